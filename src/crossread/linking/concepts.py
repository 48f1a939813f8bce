"""What a stretch of text affirms or negates, in the concepts of the codebook, and which concepts exclude each other."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import product

from crossread.linking.phrases import PhraseIndex, Phrases, Starts, compile_phrases, starts_of
from crossread.linking.stems import content_stems

_NEGATED = re.compile(
    r"(?<![\w'])(?:not|no|never|none|nobody|no one|nothing|neither|nor|without|cannot|\w+n't"
    r"|den(?:y|ied|ies|ying)|fail(?:ed|s|ing)? to"
    r"|refus(?:ed|es|ing)? to|reject(?:ed|s|ing)? (?:the )?(?:claim|report|accusation|allegation|suggestion)s?|far from|ruled out|unlikely"
    r"|false(?:ly)?|untrue|contrary to)(?![\w'])"
)
_WINDOW = re.compile(r"(?:[\w'-]+[^\w;:.?!,\"]+){0,5}$")


@dataclass(frozen=True, slots=True)
class Touch:
    """A concept that a text touches: where, and whether it is negated there."""

    concept: str
    start: int
    end: int
    negated: bool
    unreal: bool = False
    """Whether it is asked for, planned, feared or supposed rather than told."""


@cache
def _concept_index() -> PhraseIndex:
    return PhraseIndex(pattern for _, pattern in concept_book().concepts)


@dataclass(frozen=True, slots=True)
class Wording:
    """A matter on which different words say different things, and the words of each sense."""

    name: str
    matter: str
    senses: tuple[tuple[str, Phrases], ...]


@dataclass(frozen=True, slots=True)
class ConceptBook:
    """Concepts, pairs that exclude each other, and wordings."""

    concepts: tuple[tuple[str, Phrases], ...]
    opposites: frozenset[frozenset[str]]
    kin: dict[str, str]
    """Concept -> the concept that stands for its group."""
    positions: frozenset[str]
    wordings: tuple[Wording, ...]


@cache
def concept_book() -> ConceptBook:
    """The shipped codebook of concepts."""
    table = tomllib.loads(files("crossread.codebook").joinpath("concepts.toml").read_text("utf-8"))
    concepts = {name: compile_phrases(phrases) for name, phrases in table["concepts"].items()}
    pairs = [frozenset(pair.split()) for pair in table["opposites"]["pairs"]]
    unknown = {name for pair in pairs for name in pair} - set(concepts)
    if unknown:
        raise ValueError(f"concepts.toml: opposites name unknown concepts {', '.join(sorted(unknown))}")
    wordings = tuple(
        Wording(name, rule["matter"], tuple((sense, compile_phrases(p)) for sense, p in rule.items() if sense != "matter"))
        for name, rule in table["wordings"].items()
    )
    kin = {name: group.split()[0] for group in table["kin"]["groups"] for name in group.split()}
    positions = frozenset(table["kin"]["positions"])
    return ConceptBook(
        concepts=tuple(concepts.items()), opposites=frozenset(pairs), kin=kin, positions=positions, wordings=wordings
    )


def touches(folded: str, starts: Starts | None = None) -> tuple[Touch, ...]:
    """All concepts that folded text touches, in the order of the codebook; ``starts`` of its words where they are known."""
    found = []
    book = concept_book()
    starts = starts_of(folded) if starts is None else starts
    for number in _concept_index().candidates(starts):
        name, pattern = book.concepts[number]
        for match in pattern.finditer(folded, starts):
            at = match.start()
            if (
                _CONDITION.search(folded, max(0, at - 120), at)
                or _PENALTY.match(folded, at)
                or _WITHOUT.search(folded, max(0, at - 120), at)
            ):
                continue  # what is only supposed, or a punishment
            if name == "AGGRESSION" and _WARDED_OFF.search(folded, max(0, at - 80), at):
                continue
            found.append(Touch(name, at, match.end(), is_negated(folded, at), _is_unreal(folded, at)))
    return tuple(found)


_PENALTY = re.compile(r"death (?:penalt(?:y|ies)|sentences?|row|squads?|certificates?)\b")
"""What tells of nobody's death."""
_WARDED_OFF = re.compile(
    r"\b(?:defen[cs]e|defend\w*|protect\w*|deter\w*|guard\w*|shield\w*|safeguard\w*)[^,;.]{0,30}? (?:against|from) (?:[\w'.]+ ){0,2}$"
)
"""What stands before that against which somebody defends himself."""
_CONDITION = re.compile(r"(?:^|[,;(]|\b(?:and|but|that|even|only|or)) ?[\"']?(?:if|unless|whether) (?!not\b)[^,;.]*$")
"""What stands in a clause that begins so is only supposed."""
_WITHOUT = re.compile(r"\bwithout [^.;]{1,80}\bwould(?:n't| not)? [^.;]{0,40}$")
"""What would not be so without somebody is so."""
_UNREAL = re.compile(
    r"(?<![\w'])(?:to|should|must|would|could|may|might|will|shall|if|unless|whether|calls?|called|urg\w+|demand\w*|want\w*|hop\w+|plan\w*|fear\w*"
    r"|threat\w*|possible|ready|willing|prepare|preparing)(?![\w'])"
)
_SHORT_WINDOW = re.compile(r"(?:[\w'-]+[^\w;:.?!\"]+){0,3}$")


def _is_unreal(folded: str, start: int) -> bool:
    first = max(0, start - 60)
    if _UNREAL.search(folded[first:start]) is None:
        return False
    before = _SHORT_WINDOW.search(folded, first, start)
    return before is not None and _UNREAL.search(before.group()) is not None


def is_negated(folded: str, start: int) -> bool:
    """Whether a negation stands within five words before a place in folded text, in the same clause."""
    first = max(0, start - 90)
    if _NEGATED.search(folded[first:start]) is None:
        return False
    before = _WINDOW.search(folded, first, start)
    if before is None:
        return False
    return len(_NEGATED.findall(_LACKING.sub(" ", before.group()))) % 2 == 1


_LACKING = re.compile(r"\bno (?:\w+ )?(?:motives?|reasons?|details?|comments?|information|suspects?|word|date)\b")
"""What is lacking there is not what follows it ("no motive for the bombing")."""


Sort = tuple[str, bool, bool]
"""A concept, whether it is negated, whether it is unreal: all that decides what else it excludes."""


def sorts_of(touches_of_one: Iterable[Touch]) -> frozenset[Sort]:
    """The sorts of some touches."""
    return frozenset([(t.concept, t.negated, t.unreal) for t in touches_of_one])


@cache
def excluded_by(sort: Sort) -> frozenset[Sort]:
    """The sorts of touches that one of this sort may exclude."""
    own = Touch(sort[0], 0, 0, sort[1], sort[2])
    sorts = product((name for name, _ in concept_book().concepts), (False, True), (False, True))
    return frozenset(s for s in sorts if may_exclude(own, Touch(s[0], 0, 0, s[1], s[2])))


def opposition(one: tuple[Touch, ...], other: tuple[Touch, ...]) -> tuple[Touch, Touch] | None:
    """The first pair of touches by which two texts exclude each other: one concept affirmed and negated, or opposites affirmed.

    A text that itself holds both of them tells of a change or weighs one against the other, and opposes nobody.
    """
    for a in one:
        for b in other:
            if may_exclude(a, b) and not _weighs(one, b) and not _weighs(other, a):
                return a, b
    return None


def _weighs(touches_of_one: tuple[Touch, ...], opposed: Touch) -> bool:
    same = (opposed.concept, opposed.negated, opposed.unreal)
    return any((t.concept, t.negated, t.unreal) == same for t in touches_of_one)


def may_exclude(a: Touch, b: Touch) -> bool:
    """Whether two touches exclude each other: one concept affirmed and negated, or opposites affirmed, both told or both not."""
    book = concept_book()
    if a.unreal != b.unreal and not (a.concept in book.positions and b.concept in book.positions):
        return False
    if book.kin.get(a.concept, a.concept) == book.kin.get(b.concept, b.concept):
        return a.negated != b.negated and (a.concept == b.concept or a.concept in book.positions)
    return frozenset((a.concept, b.concept)) in book.opposites and not a.negated and not b.negated


_FALSE = re.compile(
    r"\b(?:a lie|lies|untrue|false|baseless|unfounded|groundless|absurd|nonsense|fabricat\w+|fake|invented|hoax|no truth|not true)\b"
)
_WORD_OF_DENIAL = re.compile(
    r"(?<![\w'])(?:not|no|never|none|nobody|no one|nothing|neither|without|cannot|\w+n't"
    r"|den(?:y|ied|ies|ying)|fail(?:ed|s|ing)? to|refus\w+|unlikely)(?![\w'])"
)


_IDLE = re.compile(
    r"\b(?:not (?:only|just|merely|simply|immediately|least|long|far|surpris\w+|clear|known)"
    r"|no (?:doubt|wonder|surprise|stranger|matter|less|fewer|more) ?(?:than)?"
    r"|nothing (?:but|less)|whether or not|never (?:seen|heard|known|felt|imagined|thought|expected|forget|forgotten)|why not"
    r"|(?:did|have|has|had|could|does|do)(?: not|n't) (?:immediately |yet )?"
    r"(?:respond|comment|reply|return|be reached|name|identified|elaborate|say|specify))\b"
)
"""Negations that deny nothing of the matter: idioms, and words on what was not said."""


def is_negative(folded: str) -> bool:
    """Whether folded text as a whole denies something: an odd number of negations, a charge called false counted as one."""
    if _WORD_OF_DENIAL.search(folded) is None and _FALSE.search(folded) is None:
        return False
    folded = _IDLE.sub(" ", folded)
    return (len(_WORD_OF_DENIAL.findall(folded)) + (1 if _FALSE.search(folded) else 0)) % 2 == 1


def negated_stems(folded: str) -> frozenset[str]:
    """Stem of the first content word after each negation of folded text."""
    found: list[str] = []
    for match in _WORD_OF_DENIAL.finditer(folded):
        found += content_stems(folded[match.end() : match.end() + 60])[:1]
    return frozenset(found)


@cache
def _sense_index() -> tuple[PhraseIndex, tuple[int, ...]]:
    """An index of all senses, and the number of the wording to which each belongs."""
    senses = [(number, pattern) for number, wording in enumerate(concept_book().wordings) for _, pattern in wording.senses]
    return PhraseIndex(pattern for _, pattern in senses), tuple(number for number, _ in senses)


def wordings_in(words: Iterable[str]) -> frozenset[int]:
    """Numbers of the wordings of which a text of these words may use a sense."""
    index, wording_of = _sense_index()
    return frozenset(wording_of[n] for n in index.candidates(words))


def sense_of(wording: Wording, folded: str) -> str | None:
    """The one sense of a wording that folded text uses; ``None`` for none or for several."""
    starts = starts_of(folded)
    used = [sense for sense, pattern in wording.senses if pattern.search(folded, starts)]
    return used[0] if len(used) == 1 else None
