"""One thing of which voices tell more or less: damaged or destroyed, lightly or critically hurt, heavy or light fire."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from crossread.linking.backgrounds import looks_back
from crossread.linking.concepts import is_negated
from crossread.linking.incidents import apart
from crossread.linking.sentences import StoryView
from crossread.linking.sides import dispute_of, shorten, side_of
from crossread.linking.statements import Statement, statements_of_view
from crossread.linking.stems import content_stems, fold, stem, words_of
from crossread.records import Dispute
from crossread.vocabulary import Compatible, DisputeKind, EntityType

_HINTS = frozenset(
    """
    damage damaged damaging destroyed destroying flattened levelled leveled razed collapsed demolished obliterated gutted wrecked wrecking
    crushed ruins rubble burned burnt injured wounded hurt injuries injury wound wounds condition threatening lighter light sporadic scattered
    limited reduced lull heavy heavier heaviest fierce intense intensified relentless no loss
    """.split()  # noqa: SIM905 - a text is easier to read than a list of strings
)
"""Words of which a sentence holds one that tells of a degree."""
_MUCH = r"(?:badly|seriously|severely|heavily|extensively|substantially|gravely)"
_LITTLE = r"(?:slightly|lightly|barely|superficially)"
_FIRE = r"(?:strikes?|air ?strikes?|bombardments?|bombing|shelling|fighting|clashes|fire|raids|attacks)"
_DAMAGE, _HURT, _FIRE_TOPIC = "How badly damaged", "How badly hurt", "How heavy the fire was"
_NEAR = 3
"""Sentences of a report within which two voices tell of one place's fire."""
_WAS = r"(?:was|were|is|are|has been|have been)"
_WHOLE = r"(?<!partly )(?<!partially )(?<!half )(?<!half-)"
_STEPS: tuple[tuple[str, int, tuple[str, ...]], ...] = (
    (_DAMAGE, 1, (rf"\b{_LITTLE} damaged\b", r"\b(?:minor|slight|light|superficial|little|limited) damage\b")),
    (_DAMAGE, 2, (r"(?<!ly )\bdamag(?:ed|ing)\b", r"\bsustained damage\b")),
    (
        _DAMAGE,
        3,
        (
            rf"\b{_MUCH} damaged\b",
            r"\b(?:serious|severe|extensive|heavy|major|considerable|substantial) damage\b",
            r"\bdamage (?:to [^,;.]{1,40} )?(?:is|was|has been|had been) (?:\w+ )?(?:extensive|severe|serious|heavy|considerable)\b",
            r"\b(?:partly|partially|half)[ -](?:destroyed|collapsed|demolished)\b",
        ),
    ),
    (
        _DAMAGE,
        5,
        (
            rf"{_WHOLE}\b(?:destroy(?:ed|ing)|flattened|levell?ed|razed|collapsed|demolished|obliterated|gutted|wreck(?:ed|ing)|crushed)\b",
            r"\btotal loss\b|\bin ruins\b|\breduced to (?:rubble|ruins)\b|\bburn(?:ed|t) down\b",
        ),
    ),
    (
        _HURT,
        1,
        (
            rf"\b{_LITTLE} (?:injured|wounded|hurt)\b",
            r"\b(?:minor|slight|light|non-life-threatening) (?:injur\w+|wounds?)\b",
            r"\bnot (?:be )?life-threatening\b|\b(?:stable|good|fair|satisfactory) condition\b",
        ),
    ),
    (
        _HURT,
        3,
        (
            rf"\b(?:{_MUCH}|critically) (?:injured|wounded|hurt)\b",
            r"(?<!non-)(?<!not )\blife-threatening (?:injur\w+|wounds?)\b",
            r"\b(?:serious|severe|critical|grave) (?:injur\w+|wounds?|condition)\b",
        ),
    ),
    (_FIRE_TOPIC, -1, (rf"\b(?:there {_WAS}|there's|saw|seen|heard) no (?:\w+ )?{_FIRE}\b",)),
    (
        _FIRE_TOPIC,
        1,
        (
            rf"\b(?:light|lighter|sporadic|scattered|limited) {_FIRE}\b",
            rf"\b{_FIRE} {_WAS} (?:\w+ )?(?:lighter|sporadic|light|reduced)\b",
            rf"\b{_FIRE}\b[^,;.]{{1,90}}? (?:remain\w*|became|grew) (?:\w+ )?lighter\b",
            rf"\blull in (?:the )?{_FIRE}\b",
        ),
    ),
    (
        _FIRE_TOPIC,
        3,
        (
            rf"\b(?:heavy|fierce|intense|intensified|relentless|heaviest) {_FIRE}\b",
            rf"\b{_FIRE} {_WAS} (?:\w+ )?(?:heavy|heavier|fierce|intense|intensified|relentless)\b",
        ),
    ),
)
_LADDERS = {
    topic: tuple((step, re.compile("|".join(patterns))) for about, step, patterns in _STEPS if about == topic)
    for topic in (_DAMAGE, _HURT, _FIRE_TOPIC)
}
_LEAST_STEP = 2
_CLAUSE = re.compile(r"[;:.!?()\"]|, (?:and|but|while|where|when|which|as|with)\b|\b(?:while|whereas|but|although|because)\b")
_BEFORE, _AFTER = 5, 4
"""Content words before and after a word of degree that may name what it is about."""
_STRUCTURES = frozenset(
    stem(word)
    for word in """
    palace headquarters cathedral church hotel bridge airport hospital school mosque embassy consulate parliament station plant
    factory ship plane vessel ferry convoy temple shrine museum library prison tower dam pipeline terminal theatre theater
    university clinic base monastery synagogue statue stadium mall store cable warehouse refinery reactor roof building boat vehicle helicopter
    jet ministry market
    """.split()  # noqa: SIM905 - a text is easier to read than a list of strings
)
"""What there is one of in a place."""
_EMPTY = frozenset(
    stem(word)
    for word in """
    buildings house houses home homes area people city town village part parts reported cause caused many several least
    number believed thought feared still leaving left suffered sustained
    """.split()  # noqa: SIM905 - a text is easier to read than a list of strings
)
"""Words beside a degree that tell of nothing in particular."""
_MOST = 3
"""Such differences shown of one story."""


@dataclass(frozen=True, eq=False)
class _Told:
    """How much a statement tells of something: which ladder, which step, the words, what may be told of."""

    statement: Statement
    ladder: str
    step: int
    words: str
    of: frozenset[str]


def degrees(view: StoryView) -> Iterator[Dispute]:
    """One dispute for each thing of which two voices tell quite different degrees, the most alike tellings first."""
    telling = {s for s in view.sentences if not s.is_title and not _HINTS.isdisjoint(s.starts)}
    told = [t for s in statements_of_view(view) if s.sentence in telling for t in _told(s)]
    found = [(alike, a, b) for a, b in combinations(told, 2) if (alike := _one_thing(view, a, b))]
    seen: set[Statement] = set()
    shown: set[frozenset[str]] = set()
    for _, one, other in sorted(found, key=lambda f: (-f[0], f[1].statement.key, f[2].statement.key)):
        shared = one.of & other.of
        if one.statement in seen or other.statement in seen or any(shared & s for s in shown) or len(shown) == _MOST:
            continue
        seen |= {one.statement, other.statement}
        shown.add(shared)
        yield _dispute(
            view,
            [t for t in told if t is one or _agrees(view, t, one, other)],
            [t for t in told if t is other or _agrees(view, t, other, one)],
        )


def _told(statement: Statement) -> Iterator[_Told]:
    folded = statement.folded
    for topic, steps in _LADDERS.items():
        matches = [(step, match) for step, pattern in steps for match in pattern.finditer(folded)]
        if matches and (statement.is_question or looks_back(statement.sentence) is not None):
            return
        if len({step for step, _ in matches}) == 1:  # who tells two degrees tells of two things
            for step, match in matches:
                if is_negated(folded, match.start()) or _UNREAL.search(folded, max(0, match.start() - 40), match.start()):
                    continue
                before = _CLAUSE.split(folded[max(0, match.start() - 120) : match.start()])[-1]
                after = _CLAUSE.split(folded[match.end() : match.end() + 90])[0]
                named = _STRUCTURES & {*content_stems(before), *content_stems(match.group())}
                of = frozenset((*content_stems(before)[-_BEFORE:], *content_stems(after)[:_AFTER], *named)) - _EMPTY
                yield _Told(statement, topic, step, match.group(), frozenset(s for s in of if not s[0].isdigit()))


_UNREAL = re.compile(
    r"\b(?:will|would|could|may|might|to be|must|should|if|fear\w*|threat\w*|risk\w*|can|to(?! have been))\b[^,;]{0,25}$"
)


def _one_thing(view: StoryView, one: _Told, other: _Told) -> float:
    """How surely two voices tell different degrees of one thing (0 where they do not)."""
    ours, theirs = one.statement, other.statement
    if one.ladder != other.ladder or abs(one.step - other.step) < _LEAST_STEP or ours.sentence is theirs.sentence:
        return 0.0
    if (ours.sentence.document, ours.speakers) == (theirs.sentence.document, theirs.speakers):
        return 0.0
    shared = one.of & other.of
    named = set(ours.sentence.actors) & set(theirs.sentence.actors)
    alike = view.likeness(ours.sentence.bag, theirs.sentence.bag)
    if one.ladder == _FIRE_TOPIC and ours.sentence.document == theirs.sentence.document:
        return 1.0 + alike if abs(ours.sentence.number - theirs.sentence.number) <= _NEAR else 0.0
    if apart(ours.where, ours.days, theirs.where, theirs.days):
        return 0.0
    if one.ladder == _DAMAGE and not (shared & _STRUCTURES) - _several(ours) - _several(theirs):
        return 0.0
    if one.ladder == _HURT and not shared & (_persons(ours) & _persons(theirs) | _PERSONS):
        return 0.0
    if ours.sentence.document == theirs.sentence.document and one.ladder == _DAMAGE:
        return 0.5 + alike
    more = len(shared) > 1 or bool(named) or len(ours.sentence.bag & theirs.sentence.bag) > _FURTHER
    return 0.5 + alike if shared and more and alike >= _ALIKE else 0.0


def _persons(statement: Statement) -> frozenset[str]:
    """Stems of the names of the people whom its sentence names."""
    names = (fold(n.name) for n in statement.sentence.named if n.type is EntityType.PERSON and n.name[:1].isupper())
    return frozenset(word for name in names for word in content_stems(name))


def _several(statement: Statement) -> frozenset[str]:
    """Stems of what a statement tells of in the plural: some of them may have fared otherwise."""
    return frozenset(stem(w) for w in words_of(statement.folded) if w.endswith("s") and w not in _ONE)


_ONE = frozenset(("headquarters", "premises", "offices"))
_ALIKE, _FURTHER = 0.15, 2
_PERSONS = frozenset(
    stem(word)
    for word in """
    boy girl driver pilot officer policeman teenager woman man child suspect victim soldier passenger
    """.split()  # noqa: SIM905 - a text is easier to read than a list of strings
)
"""Words for people, of whom a sentence has one each."""


def _agrees(view: StoryView, told: _Told, like: _Told, against: _Told) -> bool:
    """Whether another statement tells as much as one of the two, of the same thing."""
    return (
        told is not like
        and told.step == like.step
        and told.statement is not against.statement
        and bool(_one_thing(view, told, against))
    )


def _dispute(view: StoryView, ours: Sequence[_Told], theirs: Sequence[_Told]) -> Dispute:
    first, second = sorted((ours, theirs), key=lambda side: side[0].step)
    sides = [
        side_of(view.case, [t.statement for t in side], position=f"{side[0].words}: {shorten(side[0].statement.text, 180)}")
        for side in (first, second)
    ]
    topic = f"{first[0].ladder}: {shorten(first[0].statement.text, 90)}"
    return dispute_of(DisputeKind.WORDING, topic, sides, Compatible.UNCLEAR, "voices tell different degrees of one thing")
