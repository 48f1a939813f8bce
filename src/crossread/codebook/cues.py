"""Loader of the codebook of cues (``cues.toml``): words of saying, thinking and finding with class, stance and polarity."""

import re
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
    silence: re.Pattern[str]
    """Any phrase of silence."""


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
    silence = re.compile("|".join(re.escape(p) for p, cue in tables["phrases"].items() if cue.stance is Stance.SILENCE))
    return Codebook(raw["version"], **tables, silence=silence)


class CueWords(NamedTuple):
    """Word lists beside the codebook, as ``cues_words.toml`` explains them."""

    blame: frozenset[str]
    judgements: frozenset[str]
    praise: frozenset[str]
    faults: frozenset[str]
    measures: frozenset[str]
    innocence: frozenset[str]
    untruth: frozenset[str]
    fitting: frozenset[str]
    verdicts: frozenset[str]
    loss: frozenset[str]
    endorse: frozenset[str]
    refuse: frozenset[str]
    doubting: frozenset[str]
    threat: frozenset[str]
    willing: frozenset[str]
    falsity: frozenset[str]
    statements: frozenset[str]
    light_verbs: frozenset[str]
    first_person: frozenset[str]
    factual_denial: frozenset[str]
    documents: frozenset[str]
    bodies: frozenset[str]
    empty: frozenset[str]
    tells: frozenset[str]
    force: frozenset[str]
    deeds: frozenset[str]
    urged: frozenset[str]
    naming: frozenset[str]
    portraying: frozenset[str]
    involuntary: frozenset[str]
    opening: frozenset[str]
    hurting: frozenset[str]
    befalling: frozenset[str]
    meritless: frozenset[str]
    contending: frozenset[str]
    admitting: frozenset[str]
    no_denial: frozenset[str]
    accepting: frozenset[str]
    calamities: frozenset[str]
    offering: frozenset[str]
    outrages: frozenset[str]
    viewing: frozenset[str]
    minding: frozenset[str]
    addressing: frozenset[str]
    fortune: frozenset[str]
    chances: frozenset[str]
    charges: frozenset[str]
    improper: frozenset[str]
    harming: frozenset[str]
    shared_goods: frozenset[str]
    channels: frozenset[str]
    spreading: frozenset[str]
    denying: frozenset[str]


@cache
def cue_words() -> CueWords:
    """The word lists, read once."""
    raw = tomllib.loads(resources.files(__package__).joinpath("cues_words.toml").read_text(encoding="utf-8"))
    return CueWords(**{name: frozenset(words) for name, words in raw.items()})


def inflections(verb: str) -> tuple[str, ...]:
    """Regular forms of a verb, and of the first word of a phrasal one."""
    first, _, rest = verb.partition(" ")
    tail = f" {rest}" if rest else ""
    stem = first[:-1] if first.endswith("e") else first
    if first.endswith("y") and first[-2:-1] not in "aeou":
        forms = (f"{first[:-1]}ies", f"{first[:-1]}ied", f"{first}ing")
    elif first.endswith(("s", "x", "z", "ch", "sh")):
        forms = (f"{first}es", f"{first}ed", f"{first}ing")
    else:
        forms = (f"{first}s", f"{stem}ed", f"{stem}ing")
    doubled = (f"{first}{first[-1]}ed", f"{first}{first[-1]}ing") if first[-1] in "bdgmnprt" else ()
    return tuple(form + tail for form in (first, *forms, *doubled))


@cache
def blame_forms() -> frozenset[str]:
    """Words of blame in all their regular forms."""
    return frozenset(form for word in cue_words().blame for form in inflections(word))


@cache
def verb_forms() -> dict[str, Cue]:
    """Cues by the regular forms of verbs, for where the lemmatizer errs."""
    book = cue_codebook()
    forms: dict[str, Cue] = {}
    for lemma, cue in book.verbs.items():
        for form in inflections(lemma):
            forms.setdefault(form, cue)
    for form, lemma in IRREGULAR.items():
        forms[form] = book.verbs[lemma]
    return forms


IRREGULAR = {
    "said": "say", "told": "tell", "wrote": "write", "written": "write", "thought": "think", "felt": "feel", "knew": "know", "known": "know",
    "heard": "hear", "meant": "mean", "spoke": "speak", "spoken": "speak", "sought": "seek", "swore": "swear", "sworn": "swear",
    "understood": "understand", "saw": "see", "seen": "see", "chose": "choose", "chosen": "choose", "found": "find", "showed": "show",
    "shown": "show", "held": "hold", "began": "begin", "forecast": "forecast", "learnt": "learn", "sang": "sing", "sung": "sing",
    "forgot": "forget", "pled": "plead", "denied": "deny", "forbade": "forbid",
}  # fmt: skip
"""Irregular forms of verbs of the codebook."""
