"""Counts on which reports differ: values that do not meet, values that differ but can both be true, tolls that grew."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations
from math import inf

import msgspec

from crossread.linking.backgrounds import disjoint
from crossread.linking.case import Case
from crossread.linking.sentences import view_of
from crossread.linking.sides import dispute_of, unique_voices
from crossread.linking.told_counts import Told, of_one_count, told_of
from crossread.records import Dispute, Evidence, FigureValue, Side, StoryFigure, When
from crossread.vocabulary import Basis, Bound, Compatible, DisputeKind, FigureKind

_ABOUT = 0.15
"""Part of a value by which "about" may be off."""
_SILENT = frozenset({FigureKind.DURATION, FigureKind.MEMBERS, FigureKind.MONEY, FigureKind.OTHER})
"""Kinds whose groups are too loose to set values against each other; sums and other things are compared as quantities."""
_ADDED_UP = frozenset(
    {FigureKind.KILLED, FigureKind.WOUNDED, FigureKind.KILLED_OR_WOUNDED, FigureKind.STRIKES, FigureKind.BUILDINGS}
)
"""Kinds that only grow: another count on another day is a correction, where others may have changed."""

_BOUND_WORDS = {
    Bound.AT_LEAST: "at least ", Bound.MORE_THAN: "more than ", Bound.ABOUT: "about ", Bound.NEARLY: "nearly ", Bound.UP_TO: "up to ",
}  # fmt: skip


def number_disputes(case: Case, figures: Sequence[StoryFigure]) -> Iterator[Dispute]:
    """One dispute for each count of which reports give different values."""
    for figure in figures:
        if figure.kind in _SILENT or "background" in figure.reason:
            continue
        groups = _of_one_thing(case, figure, _comparable(case, figure))
        for by_words in groups:
            yield from _dispute(case, figure, by_words)
        if not groups:
            yield from _roughly(case, figure)
    yield from _people_or_fighters(case, figures)


def _dispute(case: Case, figure: StoryFigure, by_words: Mapping[str, Sequence[FigureValue]]) -> Iterator[Dispute]:
    numbers = [_main(values[0]) for values in by_words.values()]
    if len(set(numbers)) < 2 or _is_rounding(numbers) or _said_together(by_words):
        return
    compatible, reason = _judge(case, figure, [v for values in by_words.values() for v in values])
    if compatible is Compatible.YES and _says_little(numbers):
        return
    sides = [_side(words, values) for words, values in by_words.items()]
    yield dispute_of(DisputeKind.NUMBER, f"How many {_thing(figure)}", sides, compatible, reason)


def _of_one_thing(case: Case, figure: StoryFigure, values: Sequence[FigureValue]) -> list[dict[str, list[FigureValue]]]:
    """The values that stand against others of the same thing, by their words, one group for each thing; each with the evidence for it."""
    view = view_of(case)
    exact = [v for v in values if _extent(v) is not None and v.bound is not Bound.VAGUE]
    told = [t for t in told_of(case, figure) if t.value in exact and not _is_of_larger(t, figure.kind)]
    things: list[set[Told]] = []
    for one, other in combinations(told, 2):
        if _main(one.value) != _main(other.value) and of_one_count(view, one, other, told):
            joined = [thing for thing in things if one in thing or other in thing]
            things = [thing for thing in things if thing not in joined] + [{one, other}.union(*joined)]
    return [_by_words(figure, exact, [t for t in told if t in thing]) for thing in things]


def _is_of_larger(told: Told, kind: FigureKind) -> bool:
    """Whether the same voice gives a larger count of the kind in the sentence ("11 dead after one of the wounded died")."""
    own = next((f for f in told.sentence.figures if f.id == told.record), None)
    if own is None or own.best is None or kind not in _VICTIMS:
        return False
    return any(f.kind is kind and f.voice == own.voice and f.best is not None and f.best > own.best for f in told.sentence.figures)


def _by_words(figure: StoryFigure, values: Sequence[FigureValue], told: Sequence[Told]) -> dict[str, list[FigureValue]]:
    """Values by their words, each with the evidence that tells it here."""
    places = {(id(t.value), t.sentence.document, t.record) for t in told}
    found: dict[str, list[FigureValue]] = {}
    for value in values:
        pieces = tuple(e for e in value.evidence if (id(value), e.document, e.record) in places)
        if pieces:
            found.setdefault(in_words(value, figure.unit), []).append(msgspec.structs.replace(value, evidence=pieces))
    return found


_LITTLE_MORE = 4.0
"""How many times one value is another that leaves it possible from which the two say little about each other ("at least two")."""


def _says_little(numbers: Sequence[float | None]) -> bool:
    known = [n for n in numbers if n]
    return len(known) > 1 and max(known) > _LITTLE_MORE * min(known)


_ROUNDED_BY, _LEAST_ROUND, _FIGURES = 1.05, 1000, 2


def _is_rounding(numbers: Sequence[float | None]) -> bool:
    """Whether large numbers lie so close to each other that one may be the other in two figures and zeros."""
    known = [n for n in numbers if n is not None]
    if len(known) < 2 or len(known) < len(numbers) or min(known) < _LEAST_ROUND or max(known) > _ROUNDED_BY * min(known):
        return False
    return any(len(f"{n:.0f}".rstrip("0")) <= _FIGURES for n in known)


_ROUGHLY = frozenset(
    {
        FigureKind.KILLED, FigureKind.WOUNDED, FigureKind.KILLED_OR_WOUNDED, FigureKind.MISSING, FigureKind.DETAINED, FigureKind.DISPLACED,
        FigureKind.AFFECTED,
    }
)  # fmt: skip
"""Kinds of which hundreds and thousands are set against each other."""
_FEWEST_ROUGHLY = 10
_WELL_APART, _TOO_FAR = 1.5, 40.0
"""How many times the lower end of one rough value is the upper end of another, to be another value, and to be of the same thing."""


def _roughly(case: Case, figure: StoryFigure) -> Iterator[Dispute]:
    """One dispute where reports put a count at hundreds, and at thousands."""
    known = [v for v in figure.values if vague_words(v) is not None or (v.bound is not Bound.VAGUE and _extent(v) is not None)]
    if figure.kind not in _ROUGHLY or _PART.search(figure.reason) or not any(vague_words(v) for v in known):
        return
    pairs = [(a, b) for a in known for b in known if vague_words(a) and _is_well_below(a, b) and not _in_one_sentence(case, a, b)]
    pairs += [(a, b) for a in known for b in known if vague_words(b) and _is_well_below(a, b) and not _in_one_sentence(case, a, b)]
    for low, high in pairs[:1]:
        words = (in_words(low, figure.unit), in_words(high, figure.unit))
        sides = [_side(w, [v for v in known if in_words(v, figure.unit) == w]) for w in words]
        why = "reports put one count at values of another order"
        yield dispute_of(DisputeKind.NUMBER, f"How many {_thing(figure)}", sides, Compatible.UNCLEAR, why)


def _is_well_below(one: FigureValue, other: FigureValue) -> bool:
    """Whether one value of another report is far below another, yet may count the same."""
    (low, upper), (lower, _) = _extent(one) or (0.0, inf), _extent(other) or (0.0, inf)
    if upper is inf or low < _FEWEST_ROUGHLY or {e.document for e in one.evidence} & {e.document for e in other.evidence}:
        return False
    return upper * _WELL_APART < lower <= low * _TOO_FAR


def _said_together(by_words: Mapping[str, Sequence[FigureValue]]) -> bool:
    """Whether one voice gives every value in one report: so far and in the end, here and in all."""
    voices = [
        {(e.document, v.voice.speaker) for v in values if v.voice is not None and v.voice.speaker is not None for e in v.evidence}
        for values in by_words.values()
    ]
    return bool(set.intersection(*voices))


_VOTES = frozenset({FigureKind.VOTES_FOR, FigureKind.VOTES_AGAINST, FigureKind.ABSTENTIONS})
_ONE_VOTE = 2
"""Days between reports that may be of one vote; another vote has another count."""
_SAME_MATTER = 0.25
"""Weighted overlap of two sentences, against both together, from which they count the same soldiers: there are some here and some there."""


_OF_PARTS = 2
"""Reports that must give a part of a total, as one report has several parts."""


def _comparable(case: Case, figure: StoryFigure) -> Sequence[FigureValue]:
    """The values of a count that can be set against others."""
    if _PART.search(figure.reason) and figure.n_documents < _OF_PARTS:
        return ()
    if figure.kind in _VOTES:
        return [v for v in figure.values if any(_main(o) != _main(v) and _days_apart(o, v) <= _ONE_VOTE for o in figure.values)]
    if figure.kind is FigureKind.TROOPS:
        alone = [v for v in figure.values if not any(_main(o) != _main(v) and _in_one_sentence(case, o, v) for o in figure.values)]
        return [v for v in alone if any(_main(o) != _main(v) and _alike(case, o, v) for o in alone)]
    return figure.values


def _days_apart(one: FigureValue, other: FigureValue) -> float:
    days = [v.published.start for v in (one, other) if v.published is not None and v.published.start is not None]
    return abs(date.fromisoformat(days[0]).toordinal() - date.fromisoformat(days[1]).toordinal()) if len(days) > 1 else 0


def _in_one_sentence(case: Case, one: FigureValue, other: FigureValue) -> bool:
    """Whether a sentence gives both values: of two things."""
    view = view_of(case)
    places = [
        {(e.document, s.number) for e in v.evidence if (s := view.at(e.document, e.span.start)) is not None} for v in (one, other)
    ]
    return bool(places[0] & places[1])


def _alike(case: Case, one: FigureValue, other: FigureValue) -> bool:
    view = view_of(case)
    said = [[s for e in v.evidence if (s := view.at(e.document, e.span.start)) is not None] for v in (one, other)]
    return any(view.jaccard(a.bag, b.bag) >= _SAME_MATTER for a in said[0] for b in said[1])


_FIGHTERS = re.compile(
    r"\b(?:militants?|fighters?|rebels?|terrorists?|insurgents?|gunmen|guerrillas?|extremists?|jihadists?|combatants?)\b"
)
_VICTIMS = frozenset({FigureKind.KILLED, FigureKind.WOUNDED, FigureKind.KILLED_OR_WOUNDED})
_ONE_ATTACK, _ONE_DAY = 0.3, 0.15
"""Weighted overlap of two sentences of different reports from which two counts are of one attack; the same where both are of one day."""


def _people_or_fighters(case: Case, figures: Sequence[StoryFigure]) -> Iterator[Dispute]:
    """One report counts the people hit, another fighters only."""
    victims = [f for f in figures if f.kind in _VICTIMS and "background" not in f.reason and not _PART.search(f.reason)]
    for people in (f for f in victims if not _FIGHTERS.search(f.counted.casefold())):
        most = [v for v in people.values if _extent(v) is not None and v.bound is not Bound.VAGUE]
        for fighters in (f for f in victims if f.kind is people.kind and _FIGHTERS.search(f.counted.casefold())):
            values = [v for v in fighters.values if any(_one_attack(case, e, p) for e in v.evidence for p in people.evidence)]
            if most and values and {_main(v) for v in most}.isdisjoint(_main(v) for v in values):
                counts = ((most, people), (values, fighters))
                sides = [_side(f"{in_words(told[0])} {figure.counted}", told) for told, figure in counts]
                topic = f"Who and how many {people.kind.value.replace('_', ' ')}"
                why = "one report counts people, the other fighters only"
                yield dispute_of(DisputeKind.NUMBER, topic, sides, Compatible.UNCLEAR, why)


_PART = re.compile(r"\(part\b")


def _one_attack(case: Case, one: Evidence, other: Evidence) -> bool:
    view = view_of(case)
    first, second = (view.at(e.document, e.span.start) for e in (one, other))
    if first is None or second is None or one.document == other.document:
        return False
    ours, theirs = (next((f.when for f in s.figures if f.id == e.record), None) for s, e in ((first, one), (second, other)))
    same_day = (
        ours is not None and theirs is not None and ours.start is not None and (ours.start, ours.end) == (theirs.start, theirs.end)
    )
    return view.likeness(first.bag, second.bag) >= (_ONE_DAY if same_day else _ONE_ATTACK)


_THINGS_COUNTED = frozenset(
    {FigureKind.TROOPS, FigureKind.STRIKES, FigureKind.BUILDINGS, FigureKind.POSITIONS, FigureKind.MONEY, FigureKind.OTHER}
)
"""Kinds that name things, where the words counted say it better: jet fighters, missiles, villages."""


def _thing(figure: StoryFigure) -> str:
    kind = figure.kind.value.replace("_", " ")
    if figure.kind in _THINGS_COUNTED and figure.counted.strip():
        return figure.counted
    return kind if kind in figure.counted.casefold() else f"{figure.counted} {kind}"


def _side(words: str, values: Sequence[FigureValue]) -> Side:
    return Side(
        position=words,
        held_by=tuple(dict.fromkeys(v.voice.speaker for v in values if v.voice is not None and v.voice.speaker is not None)),
        voices=unique_voices(v.voice for v in values if v.voice is not None),
        evidence=tuple(dict.fromkeys(e for v in values for e in v.evidence)),
    )


def in_words(value: FigureValue, unit: str | None = None) -> str:
    """A value as a reader would write it: ``at least 12``, ``200 to 999``, a share as ``30 %``."""
    if (vague := vague_words(value)) is not None:
        return vague
    number = _main(value)
    if number is None:
        return f"{_plain(value.low, unit)} to {_plain(value.high, unit)}"
    return _BOUND_WORDS.get(value.bound, "") + _plain(number, unit)


SEVERAL, _SEVERAL = "several", 2
"""What a few and several are, of which only the least is known."""
_VAGUE = {
    (20, 99): "tens",
    (24, 99): "dozens",
    (40, 99): "scores",
    (200, 999): "hundreds",
    (2000, 9999): "thousands",
    (20_000, 99_999): "tens of thousands",
    (200_000, 999_999): "hundreds of thousands",
    (2_000_000, 9_999_999): "millions",
    (20_000_000, 99_999_999): "tens of millions",
    (200_000_000, 999_999_999): "hundreds of millions",
    (2_000_000_000, 9_999_999_999): "billions",
    (20_000_000_000, 99_999_999_999): "tens of billions",
    (200_000_000_000, 999_999_999_999): "hundreds of billions",
}
"""What words such as *hundreds* leave possible, as `crossread.reading.numbers` reads them."""


def vague_words(value: FigureValue) -> str | None:
    """The word behind a vague value (``hundreds``), where it is one of the usual ones."""
    if value.bound is not Bound.VAGUE or value.low is None:
        return None
    if value.high is None:
        return SEVERAL if value.low == _SEVERAL else None
    return _VAGUE.get((int(value.low), int(value.high)))


def _plain(number: float | None, unit: str | None = None) -> str:
    if number is not None and unit == "share":
        return f"{round(100 * number, 1):g} %"
    if number is None:
        return "?"
    for size, name in ((1e9, "billion"), (1e6, "million")):
        if number >= size and (100 * number / size).is_integer():
            return f"{number / size:,g} {name}"
    return f"{number:,.0f}" if number == int(number) else f"{number:,}"


def _main(value: FigureValue) -> float | None:
    if value.best is not None:
        return value.best
    if value.low is not None and value.high is not None and value.low != value.high:
        return None
    return value.low if value.low is not None else value.high


def _extent(value: FigureValue) -> tuple[float, float] | None:
    """The numbers that a value leaves possible, both ends included."""
    main = _main(value)
    if main is None:
        return (value.low, value.high) if value.low is not None and value.high is not None else None
    if value.bound in (Bound.AT_LEAST, Bound.MORE_THAN):
        return (main, inf)
    if value.bound is Bound.ABOUT:
        return (main * (1 - _ABOUT), main * (1 + _ABOUT))
    if value.bound is Bound.NEARLY:
        return (main * (1 - _ABOUT), main)
    if value.bound is Bound.UP_TO:
        return (0.0, main)
    return (value.low if value.low is not None else main, value.high if value.high is not None else main)


def _judge(case: Case, figure: StoryFigure, values: Sequence[FigureValue]) -> tuple[Compatible, str]:
    extents = [e for v in values if (e := _extent(v)) is not None]
    if max(e[0] for e in extents) <= min(e[1] for e in extents):
        return Compatible.YES, "the values differ, but their bounds leave a number that fits all of them"
    if figure.grew:
        return Compatible.YES, "later reports give higher values: the count grew"
    if figure.kind not in _ADDED_UP and _of_other_days(case, values):
        return Compatible.YES, "the values are those of different days"
    days = {v.published.start for v in values if v.published is not None}
    voices = {v.voice.speaker for v in values if v.voice is not None}
    if len(days) > 1:
        return Compatible.UNCLEAR, "the values exclude each other, but were reported on different days"
    if len(voices) > 1:
        return Compatible.NO, "different voices give values that exclude each other"
    return Compatible.UNCLEAR, "the values exclude each other; one may be the later count"


def _of_other_days(case: Case, values: Sequence[FigureValue]) -> bool:
    """Whether each value is dated, and values that differ have no day in common."""
    dated: dict[float | None, list[When]] = {}
    for value in values:
        for piece in value.evidence:
            figure = next((f for f in case.reading(piece.document).figures if f.id == piece.record), None)
            if figure is None or figure.when is None or figure.when.basis is Basis.PUBLICATION:
                return False
            dated.setdefault(_main(value), []).append(figure.when)
    groups = list(dated.values())
    return all(disjoint(a, b) for n, group in enumerate(groups) for a in group for other in groups[n + 1 :] for b in other)
