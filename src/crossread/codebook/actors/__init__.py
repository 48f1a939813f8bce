"""The actor codebook: states, demonyms, capitals, offices, institutions, armed groups, and who held an office when."""

from crossread.codebook.actors.coding import INTERNATIONAL, ActorCode, actor_code, holder_of, surname_holder, tidy
from crossread.codebook.actors.tables import (
    COMMON_WORDS,
    Holder,
    Name,
    Noun,
    first_names,
    holders,
    names,
    noun_endings,
    nouns,
    state_name,
    titles,
    word_list,
)

__all__ = [
    "COMMON_WORDS",
    "INTERNATIONAL",
    "ActorCode",
    "Holder",
    "Name",
    "Noun",
    "actor_code",
    "first_names",
    "holder_of",
    "holders",
    "names",
    "noun_endings",
    "nouns",
    "state_name",
    "surname_holder",
    "tidy",
    "titles",
    "word_list",
]
