"""Loader of the codebook of cues (``cues.toml``): words of saying, thinking and finding with class, stance and polarity."""

import tomllib
from functools import cache
from importlib import resources
from typing import NamedTuple

from crossread.vocabulary import Stance


class Cue(NamedTuple):
    """What a cue word says about its attribution.

    ``kind`` is speech, belief, perception, finding, intention or decision; ``takes_object`` says that a plain object is content;
    ``denied`` that the cue itself negates its content.
    """

    lemma: str
    stance: Stance
    kind: str
    takes_object: bool
    denied: bool


class Codebook(NamedTuple):
    """Cues by lemma and part of speech; the first entry of a lemma wins unless a later one is narrower in stance."""

    version: int
    verbs: dict[str, Cue]
    nouns: dict[str, Cue]
    adjectives: dict[str, Cue]
    adverbs: dict[str, Cue]
    phrases: dict[str, Cue]


@cache
def cue_codebook() -> Codebook:
    """The codebook, read once."""
    raw = tomllib.loads(resources.files(__package__).joinpath("cues.toml").read_text(encoding="utf-8"))
    tables: dict[str, dict[str, Cue]] = {part: {} for part in ("verbs", "nouns", "adjectives", "adverbs", "phrases")}
    for entry in raw["cues"]:
        stance = Stance(entry["stance"])
        for part, table in tables.items():
            for lemma in entry.get(part, ()):
                cue = Cue(lemma, stance, entry["class"], entry.get("object") == "noun", entry.get("polarity") == "denied")
                known = table.get(lemma)
                if known is None or known.stance is Stance.ASSERT:
                    table[lemma] = cue
    return Codebook(raw["version"], **tables)


class CueWords(NamedTuple):
    """Word lists beside the codebook, as ``cues_words.toml`` explains them."""

    blame: frozenset[str]
    loss: frozenset[str]
    endorse: frozenset[str]
    refuse: frozenset[str]
    doubting: frozenset[str]
    threat: frozenset[str]
    factual_denial: frozenset[str]
    documents: frozenset[str]
    bodies: frozenset[str]
    empty: frozenset[str]
    tells: frozenset[str]


@cache
def cue_words() -> CueWords:
    """The word lists, read once."""
    raw = tomllib.loads(resources.files(__package__).joinpath("cues_words.toml").read_text(encoding="utf-8"))
    return CueWords(**{name: frozenset(words) for name, words in raw.items()})
