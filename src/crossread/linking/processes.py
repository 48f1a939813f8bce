"""Tellings of one kind, parted into processes: visits by who travels, charges by who is accused, offers by who makes them."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from crossread.linking.allies import SIDE
from crossread.linking.camps import camps_of
from crossread.linking.sentences import StoryView
from crossread.linking.sightings import Sighting
from crossread.records import When
from crossread.vocabulary import Basis, EntityType, ThreadKind


class Process(NamedTuple):
    """Tellings of one process; ``about`` is who is accused in it, or who makes the offer, where known."""

    told: list[Sighting]
    about: str | None = None


def processes(view: StoryView, kind: ThreadKind, told: Sequence[Sighting]) -> list[Process]:
    """The processes of one kind that a story follows."""
    if not told:
        return []
    if kind is ThreadKind.VISIT:
        return _visits(view, told)
    if kind is ThreadKind.BLAME:
        return _Charges(view, tuple(told)).processes()
    if kind is ThreadKind.OFFER:
        return _offers(view, told)
    if kind is ThreadKind.SANCTION:
        told = _without_targets(told)
    if kind is ThreadKind.ALLIANCE:
        told = [s for s in told if _names_a_side(s)]
    return [Process(list(told))] if told else []


def _names_a_side(sighting: Sighting) -> bool:
    """Whether it is told who backs or opposes, or whom: somebody else than himself."""
    others = set(sighting.toward) - set(sighting.by)
    return bool(others) or SIDE.search(sighting.sentence.folded, sighting.start, sighting.end + _SIDE_REACH) is not None


_SIDE_REACH = 25
"""Characters after a phrase in which a side is told by what it is ("the Lomund-backed militia")."""


_OF_A_VISIT = re.compile(
    r"\b(?:visit|trip|tour|journey|travel|summit|meet|met\b|talks|schedules?\b|program|agenda|itinerary|invit)"
)
"""Words by which an act without a doer tells of somebody's visit."""


def _visits(view: StoryView, told: Sequence[Sighting]) -> list[Process]:
    travellers = {a.id for a in view.case.actors.actors if a.type is EntityType.PERSON or _ENVOYS.search(a.name)}
    groups: dict[str, list[Sighting]] = defaultdict(list)
    loose: list[Sighting] = []
    for sighting in told:
        by = tuple(a for a in sighting.by if a in travellers)
        if by:
            groups[by[0]].append(replace(sighting, by=by))
        elif not sighting.by and _OF_A_VISIT.search(sighting.sentence.folded, sighting.start, sighting.end):
            loose.append(sighting)  # else nobody travels: tents arrive, a firm goes into business, a council meets
    groups = _joined(groups)
    for sighting in loose:
        groups[_closest(sighting, groups)].append(sighting)
    most = max(map(len, groups.values()), default=0)
    followed = [n for n in sorted(groups) if len(groups[n]) > 1 or most < _FOLLOWED or groups[n][0].state != "held"]
    return [Process(part) for name in followed for part in _trips(_in_order(groups[name]))]


_ENVOYS = re.compile(
    r"\b(?:delegat|envoy|inspector|mission|diplomat|official|minister|negotiator|lawmaker|observer)", re.IGNORECASE
)
"""Bodies and groups that travel as people do."""
_FOLLOWED = 3
"""Tellings of a visit that a story follows, beside which it is no process that somebody else was somewhere."""


def _in_order(told: Sequence[Sighting]) -> list[Sighting]:
    return sorted(told, key=lambda s: (s.sentence.key, s.start))


def _trips(told: list[Sighting]) -> list[list[Sighting]]:
    """Tellings of one traveller, parted where he had been somewhere before any report spoke of the journey that he plans."""
    ahead = [s for s in told if s.state == "planned"]
    first = min((s.sentence.published or "" for s in ahead), default="")
    past = [s for s in told if s.state == "held" and s.has_own_day and (_last_day(s.when) or "9999") < first]
    return [past, [s for s in told if s not in past]] if past else [told]


def _last_day(when: When | None) -> str | None:
    return None if when is None or when.basis is Basis.PUBLICATION else when.end


def _joined(groups: dict[str, list[Sighting]]) -> dict[str, list[Sighting]]:
    """Processes under the name of each leading actor; who acts beside the leader of a larger one, or leads him, is told of in that one."""
    joined: dict[str, list[Sighting]] = defaultdict(list)
    for name in sorted(groups, key=lambda n: (-len(groups[n]), n)):
        beside = {actor for s in groups[name] for actor in s.by}
        home = next((n for n, told in joined.items() if n in beside or any(name in s.by for s in told)), name)
        joined[home] += groups[name]
    return joined


def _closest(sighting: Sighting, groups: dict[str, list[Sighting]]) -> str:
    """The process last told of in the same document before the sighting, else the one told most."""
    before = [
        (s.sentence.number, name)
        for name, told in groups.items()
        for s in told
        if s.sentence.document == sighting.sentence.document and s.sentence.number <= sighting.sentence.number
    ]
    if before:
        return max(before)[1]
    return min(groups, key=lambda name: (-len(groups[name]), name)) if groups else ""


_ON_ONE_CHARGE = 0.3
"""Likeness of a charge and a denial, names aside, from which one answers the other."""


@dataclass(frozen=True, eq=False)
class _Charges:
    """Charges and denials of a story, parted by the side on which a charge is laid."""

    view: StoryView
    told: tuple[Sighting, ...]

    def processes(self) -> list[Process]:
        """Charges against one side with its denials; where nobody is named as accused, those of one accuser."""
        groups: dict[str, list[Sighting]] = defaultdict(list)
        for sighting in self.told:
            groups[self._home(sighting)].append(sighting)
        found = [Process(_in_order(groups[n]), _most(_accused(s) for s in groups[n])) for n in sorted(groups)]
        followed = [p for p in found if _is_followed(p.told) or any(self._is_of_states(s) for s in p.told)]
        return followed or sorted(found, key=lambda p: -len(p.told))[:1]

    def _is_of_states(self, sighting: Sighting) -> bool:
        """Whether one country accuses another, or denies."""
        own, accused = self._countries_of(*sighting.by), self._countries_of(_accused(sighting))
        return bool(own) and bool(accused) and (sighting.state == "denied" or not own & accused)

    @cached_property
    def _targets(self) -> dict[str, frozenset[str]]:
        """Sides that each accuser accuses."""
        found: dict[str, set[str]] = defaultdict(set)
        for sighting in self.told:
            for accuser in sighting.by if sighting.state == "accused" else ():
                found[accuser] |= self._accused_sides(sighting)
        return {accuser: frozenset(sides) for accuser, sides in found.items()}

    @cached_property
    def _all_accused(self) -> frozenset[str]:
        return frozenset(side for s in self.told if s.state == "accused" for side in self._accused_sides(s))

    def _accused_sides(self, sighting: Sighting) -> frozenset[str]:
        """Who is accused: the country for which he speaks, where nobody of that country accuses him; else himself."""
        accused = _accused(sighting)
        if accused is None:
            return frozenset()
        return (self._countries_of(accused) - self._countries_of(*sighting.by)) or frozenset({accused})

    def _countries_of(self, *actors: str | None) -> frozenset[str]:
        """Countries for which actors speak."""
        return camps_of(self.view, tuple(a for a in actors if a is not None)) & self._countries

    @cached_property
    def _countries(self) -> frozenset[str]:
        return frozenset(a.country for a in self.view.case.actors.actors if a.country is not None)

    def _answering(self, charge: Sighting) -> frozenset[str]:
        """Who answers a charge that names nobody: who denies something in much the same words."""
        said = charge.sentence.bag - charge.sentence.name_stems
        found = [
            (self.view.likeness(said, d.sentence.bag - d.sentence.name_stems), d.by[0])
            for d in self.told
            if d.state == "denied" and d.by and d.by[0] not in charge.by and d.sentence is not charge.sentence
        ]
        likeness, who = max(found, default=(0.0, ""))
        return frozenset({who}) if likeness >= _ON_ONE_CHARGE else frozenset()

    def _home(self, sighting: Sighting) -> str:
        """The side that is accused; where a telling names none, the only one that its accuser accuses, or that it can answer for."""
        if sighting.state == "denied":
            own = (self._countries_of(*sighting.by) | set(sighting.by)) & self._all_accused
            answered = [self._targets.get(a, frozenset()) for a in sighting.toward]
            nobody = sighting.by or sighting.toward
            choices = [own, *answered, frozenset(sighting.by[:1]), frozenset() if nobody else self._all_accused]
        else:
            of_accusers = (self._targets.get(a, frozenset()) for a in sighting.by)
            choices = [self._accused_sides(sighting), *of_accusers, self._answering(sighting)]
        return next((min(c) for c in choices if len(c) == 1), f"by {' '.join(sighting.by)}")


def _is_followed(told: Sequence[Sighting]) -> bool:
    """Whether a charge is answered, or told by more than one report: what one says once is a statement, and no process."""
    return len({s.state for s in told}) > 1 or len({s.sentence.document for s in told}) > 1


def _accused(sighting: Sighting) -> str | None:
    """On whom a charge is laid: of those whom it is about, the first that is named in its words; who denies was accused."""
    if sighting.state == "denied":
        return next(iter(sighting.by), None)
    others = [actor for actor in sighting.toward if actor not in sighting.by]
    named = [n.actor for n in sighting.sentence.named_between(sighting.start, len(sighting.sentence.text)) if n.actor in others]
    return next(iter((*named, *others)), None)


def _most(actors: Iterable[str | None]) -> str | None:
    counts = Counter(a for a in actors if a is not None)
    return min(counts, key=lambda a: (-counts[a], a), default=None)


def _offers(view: StoryView, told: Sequence[Sighting]) -> list[Process]:
    """Offers by who makes them, each with the answers of those to whom it is made."""
    makers = _most_first(s.by[0] for s in told if s.state == "made" and s.by)
    if len(makers) < 2:
        about = next(iter(makers), None)
        return [Process(_answers(view, [_by_others(s, about) for s in told]), about)]
    groups: dict[str, list[Sighting]] = defaultdict(list)
    for sighting in told:
        groups[_maker(sighting, makers, groups)].append(sighting)
    return [Process(_answers(view, [_by_others(s, n) for s in _in_order(groups[n])]), n) for n in sorted(groups)]


def _most_first(actors: Iterable[str]) -> list[str]:
    counts = Counter(actors)
    return sorted(counts, key=lambda a: (-counts[a], a))


def _maker(sighting: Sighting, makers: Sequence[str], groups: dict[str, list[Sighting]]) -> str:
    """Who made the offer that a telling is about: its own doer, whom it answers, the one of two who does not answer, the last told of."""
    if sighting.state == "made" and sighting.by:
        return sighting.by[0]
    others = [m for m in makers if m not in sighting.by]
    named = [m for m in sighting.toward if m in makers]
    if named or len(others) == 1:
        return next(iter((*named, *others)))
    return _closest(sighting, groups) or makers[0]


def _by_others(sighting: Sighting, maker: str | None) -> Sighting:
    """An answer to an offer without its maker among those who answer."""
    if sighting.state not in ("accepted", "refused") or maker not in sighting.by:
        return sighting
    return replace(sighting, by=tuple(a for a in sighting.by if a != maker))


def _answers(view: StoryView, told: list[Sighting]) -> list[Sighting]:
    """Tellings of an offer without what another country thinks of it than that to which it was made."""
    country = {a.id: a.country for a in view.case.actors.actors}
    asked = {country.get(a) for s in told if s.state == "made" for a in s.toward} - {None}

    def is_elsewhere(sighting: Sighting) -> bool:
        own = {country.get(a) for a in sighting.by}
        return sighting.state == "refused" and bool(own and asked) and None not in own and not own & asked

    return [s for s in told if not is_elsewhere(s)]


def _without_targets(told: Sequence[Sighting]) -> list[Sighting]:
    """Tellings of sanctions of which nobody is told to impose them who only stands nearby and is the one they hit elsewhere."""
    hit = {a for s in told for a in s.toward}
    return [s if s.by_is_read or not hit & set(s.by) else replace(s, by=tuple(a for a in s.by if a not in hit)) for s in told]
