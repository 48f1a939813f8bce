"""The actor codebook: states, demonyms, capitals, offices, institutions, armed groups, and who held an office when."""

from crossread.codebook.actors.coding import INTERNATIONAL, ActorCode, actor_code, holder_of, tidy
from crossread.codebook.actors.tables import COMMON_WORDS, Holder, Name, Noun, holders, names, noun_endings, nouns

__all__ = [
    "COMMON_WORDS",
    "INTERNATIONAL",
    "ActorCode",
    "Holder",
    "Name",
    "Noun",
    "actor_code",
    "holder_of",
    "holders",
    "names",
    "noun_endings",
    "nouns",
    "tidy",
]
