"""Figures across reports: the values that documents give for one count, kept apart from other counts.

Two figures belong to one count when they count the same kind of thing, for the same place and period, of the same incident.  Parts of a
total and figures of other incidents (last year's attack, the whole war) form groups of their own.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import cos, hypot, radians

import msgspec

from crossread.linking.backgrounds import days_between, disjoint
from crossread.linking.case import Case
from crossread.linking.counts import CHANGING, PERSONS, Count, counts_of
from crossread.linking.incidents import other_matter, other_places
from crossread.linking.sentences import StoryView, view_of
from crossread.linking.stems import fold
from crossread.records import Evidence, FigureValue, Place, StoryFigure, Voice, When
from crossread.vocabulary import Basis, Bound, FigureKind

_OFTEN_UNKNOWN = frozenset({FigureKind.DISPLACED, FigureKind.OTHER})
"""Families driven from their homes are told in too many ways for each to be read as displaced."""
_AT_LARGE = frozenset({FigureKind.DURATION, FigureKind.MONEY, FigureKind.OTHER})
_ALIKE_AT_LARGE = 0.5
"""Weighted overlap of the words around two figures that count things of no known kind, money or days, from which they count the same."""


@dataclass(eq=False)
class _Group:
    kind: FigureKind
    what: str
    back: str | None
    counts: list[Count] = field(default_factory=list)


def link_figures(case: Case) -> tuple[StoryFigure, ...]:
    """The counts of a story with every value that its documents report, most reported first; lengths of time and road come last."""
    view = view_of(case)
    groups: list[_Group] = []
    for count in sorted(_vouched_for(counts_of(view)), key=_turn):
        home = _home(view, count, groups)
        if home is None:
            home = _Group(count.kind, count.what, count.back)
            groups.append(home)
        home.counts.append(count)
        if home.kind is FigureKind.OTHER:
            home.kind = count.kind
    made = [_story_figure(case, group) for group in _united(view, groups)]
    ordered = sorted(
        made, key=lambda f: (_is_measured(f), -f.n_documents, f.kind, f.counted, f.evidence[0].document, f.evidence[0].span)
    )
    return tuple(_numbered(figure, n) for n, figure in enumerate(ordered, 1))


def _vouched_for(counts: Sequence[Count]) -> list[Count]:
    """Counts without those that a voice only denies, where somebody else gives the number; a denial speaks for no number."""
    given = {(c.kind, c.value) for c in counts if not c.denied}
    return [c for c in counts if not c.denied or (c.kind, c.value) not in given]


_LENGTHS = frozenset(("km", "m", "mile", "foot", "inch", "degree", "mph"))


def _is_measured(figure: StoryFigure) -> bool:
    """Whether something was measured rather than counted: a length of time or road, a speed."""
    return figure.kind is FigureKind.DURATION or (figure.kind is FigureKind.OTHER and figure.unit in _LENGTHS)


def _turn(count: Count) -> tuple[object, ...]:
    """When a figure looks for its group: background last, numbers before "dozens", which fits too many, and totals before their parts."""
    is_vague = count.figure.bound is Bound.VAGUE
    return count.back is not None, is_vague, count.sentence.key, -(count.value or 0.0), count.figure.span


def _numbered(figure: StoryFigure, number: int) -> StoryFigure:
    return msgspec.structs.replace(figure, id=f"figure-{number}")


def _home(view: StoryView, count: Count, groups: Sequence[_Group]) -> _Group | None:
    """The group that a figure belongs to: of those that may hold it, the one it is most like."""
    fitting = [
        (_fit(view, count, g), -n, g) for n, g in enumerate(groups) if _may_hold(view, g, count) and _one_incident(view, g, count)
    ]
    return max(fitting, key=lambda f: f[:2])[2] if fitting else None


def _may_hold(view: StoryView, group: _Group, count: Count) -> bool:
    if group.what != count.what or (group.back is None) != (count.back is None):
        return False
    if group.kind is not count.kind and {group.kind, count.kind} != _OFTEN_UNKNOWN:
        return False
    if count.back is not None and group.back != count.back:
        return False
    return _meets(view, group, count)


def _meets(view: StoryView, group: _Group, count: Count) -> bool:
    """Whether neither time nor place nor a sentence that gives both parts a count from those of a group."""
    for other in group.counts:
        if (_other_time(view, other, count) and not _goes_on(other, count)) or _other_place(other.figure.place, count.figure.place):
            return False
        if _elsewhere(view, other, count) or (other.houses and count.houses and not other.houses & count.houses):
            return False
        if other.sentence is count.sentence and other.value != count.value and not _one_count_twice(other, count):
            return False
        if count.kind is FigureKind.MEMBERS and other.value != count.value:
            return False  # three members of a council of fifteen
    return True


def _elsewhere(view: StoryView, one: Count, other: Count) -> bool:
    """Whether places or days named beside two far values tell of different happenings."""
    ours, theirs = one.sentence, other.sentence
    if ours is theirs or _closeness(one.value, other.value) >= _CLOSE_ENOUGH:
        return False
    spans = (ours, (ours.span,), theirs, (theirs.span,))
    on_map = [p for p in (one.figure.place, other.figure.place) if p is not None and p.lat is not None]
    if not on_map and other_places(*spans) and not set(ours.actors) & set(theirs.actors):
        return True
    apart = other_matter(*spans)
    return apart and view.likeness(one.context, other.context) < _SAME_MATTER


_FEWEST_UNITED = 5


def _united(view: StoryView, groups: Sequence[_Group]) -> list[_Group]:
    """Groups of people of whom every report gives one and the same number are one, under words that share one or say no more than
    "people": the 15 sailors are the 15 British sailors and the 15 British citizens."""
    united: list[_Group] = []
    for group in groups:
        home = next((g for g in united if _counts_the_same(g, group) and all(_meets(view, g, c) for c in group.counts)), None)
        if home is None:
            united.append(group)
        else:
            home.counts += group.counts
            home.what = " ".join(sorted({*home.what.split(), *group.what.split()}))
    return united if len(united) == len(groups) else _united(view, united)


def _counts_the_same(one: _Group, other: _Group) -> bool:
    if one.kind is not other.kind or one.kind not in PERSONS or one.back is not None or other.back is not None:
        return False
    numbers = {c.value if c.figure.bound is not Bound.VAGUE else None for c in (*one.counts, *other.counts)}
    ours, theirs = {*one.what.split()}, {*other.what.split()}
    if len(numbers) != 1 or min(n or 0 for n in numbers) < _FEWEST_UNITED or "part" in ours | theirs:
        return False
    return not (ours and theirs) or not ours.isdisjoint(theirs)


_DAYS_APART = 14
_SAME_MATTER = 0.3


def _other_time(view: StoryView, one: Count, other: Count) -> bool:
    """Whether two figures are dated apart; a toll as of another day of the same fortnight, told in like words, is the same count."""
    ours, theirs = one.figure.when, other.figure.when
    if not disjoint(ours, theirs):
        return False
    return days_between(ours, theirs) > _DAYS_APART or view.likeness(one.context, other.context) < _SAME_MATTER


_FEWEST_KNOWN_AGAIN = 5


def _goes_on(one: Count, other: Count) -> bool:
    """Whether as many are held, trapped or driven out on another day: those 72 hostages still.  Of others, where one report gives no day."""
    exact = one.value == other.value and one.figure.bound is not Bound.VAGUE and other.figure.bound is not Bound.VAGUE
    dated = all(c.figure.when is None or c.figure.when.basis is not Basis.PUBLICATION for c in (one, other))
    return exact and (one.value or 0) >= _FEWEST_KNOWN_AGAIN and (one.kind in CHANGING or (one.kind in PERSONS and not dated))


_LIKE_ENOUGH = 0.12
_CLOSE_ENOUGH = 0.75


def _one_incident(view: StoryView, group: _Group, count: Count) -> bool:
    """Whether something other than the kind of count speaks for one incident: a near value, a shared day or place, or shared words."""
    if {group.kind, count.kind} & _AT_LARGE:
        return any(view.likeness(o.context, count.context) >= _least_alike(o, count) for o in group.counts)
    if count.kind not in PERSONS or len(view.by_document) == 1:
        return True
    for other in group.counts:
        if _closeness(other.value, count.value) >= _CLOSE_ENOUGH or _one_day(other.figure.when, count.figure.when):
            return True
        if other.figure.place is not None and count.figure.place is not None:
            return True
        if _set_against(other, count):
            return True
        if view.likeness(other.context, count.context) >= _LIKE_ENOUGH:
            return True
    return False


def _set_against(one: Count, other: Count) -> bool:
    """Whether one report gives a number by one voice and, in the next sentence, a number by another."""
    ours, theirs = one.sentence, other.sentence
    voices = (one.figure.voice, other.figure.voice)
    return (
        ours.document == theirs.document and abs(ours.number - theirs.number) == 1 and None not in voices and voices[0] != voices[1]
    )


_COMMON_TIMES = frozenset((1.0, 2.0, 3.0, 4.0))


def _least_alike(one: Count, other: Count) -> float:
    """How like the words around two figures at large must be: equal times less than others, and not at all where the number is no
    everyday one ("the seven-month blockade")."""
    equal = one.kind is FigureKind.DURATION and one.value == other.value and one.figure.bound is other.figure.bound
    if not equal:
        return _ALIKE_AT_LARGE
    return _LIKE_ENOUGH if one.value in _COMMON_TIMES else 0.0


def _one_day(one: When | None, other: When | None) -> bool:
    return one is not None and other is not None and one.start is not None and (one.start, one.end) == (other.start, other.end)


_REVISED = re.compile(r"\b(?:up from|down from|revised|earlier|previously|rather than|instead of|rose|risen|climbed|to|from|now)\b")


def _one_count_twice(one: Count, other: Count) -> bool:
    """Whether a sentence gives two values of one count rather than two counts: by the words between them."""
    first, second = sorted((one.figure.span, other.figure.span))
    start = one.sentence.span.start
    return bool(_REVISED.search(one.sentence.folded, first.end - start, max(second.start - start, first.end - start)))


_FAR_KM = 60.0


def _other_place(one: Place | None, other: Place | None) -> bool:
    """Whether two figures are put in places that lie apart: by their names, and by the map where both are on it."""
    if one is None or other is None:
        return False
    ours = {fold(n) for n in (one.text, one.name or one.text, *one.within)}
    theirs = {fold(n) for n in (other.text, other.name or other.text, *other.within)}
    if ours & theirs:
        return False
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return one.country is not None and other.country is not None and one.country != other.country
    reach = _FAR_KM + (one.precision_km or 0.0) + (other.precision_km or 0.0)
    north = (one.lat - other.lat) * 111.0
    east = (one.lon - other.lon) * 111.0 * cos(radians((one.lat + other.lat) / 2))
    return hypot(north, east) > reach


def _fit(view: StoryView, count: Count, group: _Group) -> float:
    same = any(c.value == count.value for c in group.counts)
    close = max(_closeness(c.value, count.value) for c in group.counts)
    like = max(view.likeness(c.context, count.context) for c in group.counts)
    return 2.0 * same + close + like


def _closeness(one: float | None, other: float | None) -> float:
    if not one or not other:
        return 0.0
    return min(one, other) / max(one, other)


def _story_figure(case: Case, group: _Group) -> StoryFigure:
    counts = sorted(group.counts, key=lambda c: (c.sentence.key, c.figure.span))
    evidence = tuple(dict.fromkeys(_cite(c) for c in counts))
    places = Counter((p.name or p.text) for c in counts if (p := c.figure.place) is not None)
    best = min(places, key=lambda name: (-places[name], name)) if places else None
    place = next((c.figure.place for c in counts if c.figure.place and (c.figure.place.name or c.figure.place.text) == best), None)
    return StoryFigure(
        id="figure",
        kind=next((c.figure.kind for c in counts if c.figure.kind is not FigureKind.OTHER), FigureKind.OTHER),
        counted=_counted_words(counts),
        unit=next((c.figure.unit for c in counts if c.figure.unit), None),
        place=place,
        when=_when(counts),
        values=_values(case, counts),
        range=_range(counts),
        grew=_grew(counts),
        reason=_reason(group),
        evidence=evidence,
        n_documents=len({e.document for e in evidence}),
        n_independent=case.n_origins(evidence),
    )


def _cite(count: Count) -> Evidence:
    return Evidence(document=count.sentence.document, span=count.sentence.span, record=count.figure.id or None)


def _counted_words(counts: Sequence[Count]) -> str:
    words = Counter(
        " ".join(c.figure.counted.of(c.sentence.reading.document.text).split()) for c in counts if c.figure.counted is not None
    )
    return min(words, key=lambda w: (-words[w], len(w), w)) if words else counts[0].figure.kind.value.replace("_", " ")


def _when(counts: Sequence[Count]) -> When | None:
    stated = [c.figure.when for c in counts if c.figure.when is not None and (c.figure.when.start or c.figure.when.end)]
    return min(stated, key=lambda w: (w.start or w.end or "", w.end or "")) if stated else None


def _values(case: Case, counts: Sequence[Count]) -> tuple[FigureValue, ...]:
    """One value per document, number and voice, in the order of publication."""
    merged: dict[tuple[object, ...], FigureValue] = {}
    cited: dict[tuple[object, ...], list[Evidence]] = {}
    for count in counts:
        figure = count.figure
        voice = Voice(document=count.sentence.document) if count.denied else case.voices(count.sentence.reading, figure)[0]
        key = (count.sentence.document, figure.low, figure.best, figure.high, figure.bound, voice.speaker)
        cited.setdefault(key, []).append(_cite(count))
        merged[key] = FigureValue(
            low=figure.low,
            best=figure.best,
            high=figure.high,
            bound=figure.bound,
            of=figure.of,
            voice=merged[key].voice if key in merged else voice,
            published=count.sentence.reading.document.published,
            evidence=tuple(dict.fromkeys(cited[key])),
        )
    return tuple(merged.values())


def _range(counts: Sequence[Count]) -> tuple[float | None, float | None]:
    numbers = [v for c in counts for v in (c.figure.low, c.figure.best, c.figure.high) if v is not None]
    return (min(numbers), max(numbers)) if numbers else (None, None)


_ONCE = frozenset({FigureKind.VOTES_FOR, FigureKind.VOTES_AGAINST, FigureKind.ABSTENTIONS, FigureKind.MEMBERS, FigureKind.TROOPS})
"""Kinds that do not grow: another number is that of another vote or of other people."""


def _grew(counts: Sequence[Count]) -> bool:
    """Whether later reports gave higher values: the most reported on the last day is above that of the first."""
    days: dict[str, list[float]] = {}
    for count in counts:
        if count.sentence.published is not None and count.value is not None:
            days.setdefault(count.sentence.published, []).append(count.value)
    if len(days) < 2 or counts[0].kind in _ONCE:
        return False
    ordered = [max(days[d]) for d in sorted(days)]
    return ordered[-1] > ordered[0] and all(b >= a for a, b in pairwise(ordered))


def _reason(group: _Group) -> str:
    parts = [f"same kind ({group.kind.value})"]
    if group.what:
        parts.append(f"same counted words ({group.what})")
    if group.back is not None:
        parts.append(f"kept apart as background ({group.back})")
    return "; ".join(parts)
