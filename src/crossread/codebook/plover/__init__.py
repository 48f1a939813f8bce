"""PLOVER as data: predicates with their frames, word classes, modes, contexts, and the tables between PLOVER and CAMEO.

Restated from the PLOVER manual (draft 2.0, 2024) and its table ``CAMEO2PLOVER-2021``.  The lexicon is our own work.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from crossread.vocabulary import EventType

ANY, ABSENT = "*", "-"

PENTA: Mapping[EventType, int] = {
    EventType.NONE: 0, EventType.AGREE: 1, EventType.CONSULT: 1, EventType.SUPPORT: 1, EventType.CONCEDE: 1,
    EventType.COOPERATE: 2, EventType.AID: 2, EventType.RETREAT: 2, EventType.REQUEST: 3, EventType.ACCUSE: 3,
    EventType.REJECT: 3, EventType.THREATEN: 3, EventType.PROTEST: 4, EventType.SANCTION: 4, EventType.MOBILIZE: 4,
    EventType.COERCE: 4, EventType.ASSAULT: 4,
}  # fmt: skip
"""Class of a type: 0 none, 1 verbal and 2 material cooperation, 3 verbal and 4 material conflict."""

MODES: Mapping[EventType, tuple[str, ...]] = {
    EventType.CONSULT: ("visit", "third-party", "multilateral", "phone"),
    EventType.RETREAT: ("withdraw", "release", "disarm", "ceasefire", "access", "resign"),
    EventType.REQUEST: ("assist", "change", "yield", "meet"),
    EventType.REJECT: ("assist", "change", "yield", "meet"),
    EventType.ACCUSE: ("disapprove", "investigate", "allege"),
    EventType.THREATEN: ("restrict", "arrest", "relations", "expel", "territory", "violence"),
    EventType.PROTEST: ("demo", "riot", "strike", "hunger", "boycott", "obstruct", "vandalize"),
    EventType.SANCTION: ("convict", "expel", "withdraw", "discontinue"),
    EventType.MOBILIZE: ("troops", "weapons", "police", "militia"),
    EventType.COERCE: (
        "seize", "restrict", "censor", "curfew", "martial-law", "arrest", "deport", "withhold", "misinformation", "cyber",
    ),
    EventType.ASSAULT: (
        "abduct", "beat", "torture", "sexual", "targeted", "destroy", "primitive", "firearms", "explosives", "suicide-attack",
        "aerial", "drone", "heavy-weapons", "crowd-control", "unconventional",
    ),
}  # fmt: skip
"""Modes of the types that have any (manual of 2024)."""

CAMEO_OF_TYPE: Mapping[EventType, str] = {
    EventType.NONE: "01", EventType.AGREE: "03", EventType.CONSULT: "04", EventType.SUPPORT: "05", EventType.COOPERATE: "06",
    EventType.AID: "07", EventType.CONCEDE: "08", EventType.RETREAT: "08", EventType.ACCUSE: "11", EventType.REQUEST: "10",
    EventType.REJECT: "12", EventType.THREATEN: "13", EventType.PROTEST: "14", EventType.MOBILIZE: "15",
    EventType.SANCTION: "16", EventType.COERCE: "17", EventType.ASSAULT: "18",
}  # fmt: skip
"""The CAMEO root that a type has when nothing more is known."""

TYPE_OF_CAMEO: Mapping[str, EventType] = {
    "01": EventType.NONE, "02": EventType.NONE, "03": EventType.AGREE, "04": EventType.CONSULT, "05": EventType.SUPPORT,
    "06": EventType.COOPERATE, "07": EventType.AID, "08": EventType.RETREAT, "09": EventType.ACCUSE, "10": EventType.REQUEST,
    "11": EventType.ACCUSE, "12": EventType.REJECT, "13": EventType.THREATEN, "14": EventType.PROTEST, "15": EventType.MOBILIZE,
    "16": EventType.SANCTION, "17": EventType.COERCE, "18": EventType.ASSAULT, "19": EventType.ASSAULT, "20": EventType.ASSAULT,
}  # fmt: skip
"""CAMEO root to PLOVER type; of root 08 the codes 081 to 083 are CONCEDE, the rest RETREAT."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What a frame asks of a predicate's surroundings: an argument ``key`` whose head word is one of ``words``.

    ``words`` is ``None`` for "anything"; an ``absent`` condition wants no such argument.
    """

    key: str
    words: frozenset[str] | None
    absent: bool = False


@dataclass(frozen=True, slots=True)
class Sense:
    """One sense of a predicate.  ``weak`` senses need more than the bare word to count; ``to``: prepositions of the recipient."""

    lemma: str
    type: EventType
    mode: str | None
    cameo: str
    label: str
    to: tuple[str, ...]
    weak: bool
    mutual: bool
    conditions: tuple[Condition, ...]
    order: int


@dataclass(frozen=True, slots=True)
class Predicates:
    """The lexicon: senses by lemma, for verbs (``lemma_particle`` for phrasal verbs), nouns and predicative adjectives."""

    verbs: Mapping[str, tuple[Sense, ...]]
    nouns: Mapping[str, tuple[Sense, ...]]
    adjectives: Mapping[str, tuple[Sense, ...]]


def _lines(name: str) -> Iterator[str]:
    for line in files(__package__).joinpath(name).read_text("utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.strip()


@cache
def word_classes() -> Mapping[str, frozenset[str]]:
    """Named classes of words that frames refer to as ``@name``."""
    classes = {}
    for line in _lines("classes.txt"):
        name, _, words = line.partition(":")
        classes[name.strip()] = frozenset(words.split())
    return classes


def _words(values: str) -> frozenset[str] | None:
    if values == ANY:
        return None
    words: set[str] = set()
    for value in values.split("|"):
        words |= word_classes()[value[1:]] if value.startswith("@") else {value}
    return frozenset(words)


_ENTRY = re.compile(r"([^\s\[\]]+)(?:\[([^\]]*)\])?")


def _entries(text: str) -> Iterator[tuple[str, bool, tuple[Condition, ...]]]:
    """(lemma, weak, conditions) of the entries of a lexicon line."""
    for match in _ENTRY.finditer(text):
        conditions, weak = [], False
        for item in (match.group(2) or "").split(";"):
            if item == "weak":
                weak = True
            elif item:
                key, _, values = item.partition("=")
                absent = values == ABSENT
                conditions.append(Condition(key.strip(), None if absent else _words(values or ANY), absent))
        yield match.group(1), weak, tuple(conditions)


def _header(line: str) -> tuple[EventType, str | None, str, str, tuple[str, ...], frozenset[str]]:
    name, mode, cameo, label, *rest = line.removeprefix("==").split()
    to: tuple[str, ...] = ()
    for item in rest:
        if item.startswith("to="):
            to = tuple(w for w in item[3:].split(",") if w != ABSENT)
    return EventType(name), None if mode == ABSENT else mode, cameo, label, to, frozenset(rest)


@cache
def predicates() -> Predicates:
    """The lexicon of predicates, read once."""
    tables: dict[str, dict[str, list[Sense]]] = {"v": {}, "n": {}, "a": {}}
    head: tuple[EventType, str | None, str, str, tuple[str, ...], frozenset[str]] | None = None
    order = 0
    for line in _lines("predicates.txt"):
        if line.startswith("=="):
            head = _header(line)
            continue
        if head is None:
            raise ValueError(f"predicates.txt: {line[:40]!r} stands before the first section")
        kind, _, text = line.partition(" ")
        event_type, mode, cameo, label, to, flags = head
        for lemma, weak, conditions in _entries(text):
            order += 1
            sense = Sense(
                lemma, event_type, mode, cameo, label, to, weak or "weak" in flags, "mutual" in flags, conditions, order
            )  # fmt: skip
            tables[kind].setdefault(lemma, []).append(sense)
    verbs, nouns, adjectives = ({lemma: tuple(s) for lemma, s in tables[kind].items()} for kind in "vna")
    return Predicates(verbs, nouns, adjectives)


@cache
def operators() -> Mapping[str, tuple[str, ...]]:
    """Words that say whether what depends on them happened: lemma -> (status, ...), see ``operators.txt``."""
    table: dict[str, list[str]] = {}
    for line in _lines("operators.txt"):
        status, _, words = line.partition(":")
        for word in words.split():
            table.setdefault(word, []).append(status.strip())
    return {word: tuple(found) for word, found in table.items()}


@cache
def word_list(name: str) -> frozenset[str]:
    """One of the plain word lists in ``lists.txt`` (light verbs, control verbs, and the like)."""
    for line in _lines("lists.txt"):
        key, _, words = line.partition(":")
        if key.strip() == name:
            return frozenset(words.split())
    raise KeyError(name)


@cache
def context_words() -> Mapping[str, tuple[str, ...]]:
    """Lemma -> the contexts that it speaks for."""
    table: dict[str, list[str]] = {}
    for line in _lines("contexts.txt"):
        context, _, words = line.partition(":")
        for word in words.split():
            table.setdefault(word, []).append(context.strip())
    return {word: tuple(found) for word, found in table.items()}


@cache
def _known_lemmas(*, verb: bool) -> frozenset[str]:
    lexicon = predicates()
    tables = (lexicon.verbs, operators()) if verb else (lexicon.nouns, lexicon.adjectives, operators())
    whole = {name.split("_")[0] for table in tables for name in table}
    return frozenset(whole) | (
        word_list("light_verbs") | word_list("object_control") | word_list("saying") if verb else frozenset()
    )


@cache
def is_phrasal(lemma: str, particle: str) -> bool:
    """Whether the lexicon has the phrasal verb."""
    return f"{lemma}_{particle}" in predicates().verbs


def is_past_form(word: str) -> bool:
    """Whether a word is an irregular past form of a verb in the codebook."""
    return word in _irregular()


_OTHER_WORDS = frozenset({"aide", "aides"})
"""Words that only look like a form of one in the codebook."""


@lru_cache(maxsize=20_000)
def known_lemma(lemma: str, word: str, *, verb: bool) -> str:
    """The lemma, or where the codebook does not know it, the form of the word without its ending that it does know.

    Lemmas come from a model and may be wrong ("banne"); a wrong one must not cost the event.
    """
    known = _known_lemmas(verb=verb)
    if lemma in known or lemma in _OTHER_WORDS:
        return lemma
    return (_irregular().get(word) if verb else None) or next((form for form in _stems(word) if form in known), lemma)


@cache
def _irregular() -> Mapping[str, str]:
    return {form: lemma for lemma, _, forms in (line.partition(":") for line in _lines("irregular.txt")) for form in forms.split()}


def _stems(word: str) -> Iterator[str]:
    yield word
    for ending in ("ed", "ing", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) > 2:
            stem = word[: -len(ending)]
            yield from (stem, stem + "e")
            if stem[-1] == stem[-2]:
                yield stem[:-1]
            if stem[-1] == "i":
                yield stem[:-1] + "y"
