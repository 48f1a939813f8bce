"""Mentions that were joined as one event although reports date them far apart: an earlier attack named beside the one at hand."""

from collections.abc import Mapping, Sequence

from crossread.linking.case import Case
from crossread.linking.dating import dating_of
from crossread.linking.happenings import Happening
from crossread.linking.likeness import Edges
from crossread.vocabulary import Basis

_LONGEST, _FARTHEST = 31, 31
"""Days that a date may last to tell one happening from another, and that may lie between two dates of one."""


def apart_in_time(case: Case, happenings: Sequence[Happening], groups: Sequence[Sequence[int]], edges: Edges) -> list[list[int]]:
    """Groups of which each holds mentions of one time; those without a day of their own go where they are most alike."""
    published = {r.document.id: day for r in case.readings if (day := dating_of(r.document).day) is not None}
    return [part for group in groups for part in _parts(happenings, group, edges, published)]


def _parts(happenings: Sequence[Happening], group: Sequence[int], edges: Edges, published: Mapping[str, float]) -> list[list[int]]:
    days = {n: day for n in group if (day := _days(happenings[n], published)) is not None}
    runs: list[list[int]] = []
    last = 0.0
    for number in sorted(days, key=lambda n: (days[n], n)):
        if not runs or days[number][0] - last > _FARTHEST:
            runs.append([])
            last = days[number][1]
        runs[-1].append(number)
        last = max(last, days[number][1])
    if len(runs) < 2:
        return [list(group)]
    homes = [list(run) for run in runs]
    for number in group:
        if number not in days:
            homes[_most_alike(number, runs, edges)].append(number)
    return [sorted(home) for home in homes]


def _days(happening: Happening, published: Mapping[str, float]) -> tuple[float, float] | None:
    """First and last day of a mention: as told, or the day of its report where only this dates it."""
    when = happening.event.when
    if when is not None and when.basis is Basis.PUBLICATION and happening.document in published:
        return published[happening.document], published[happening.document]
    if happening.days is None or happening.days[1] - happening.days[0] > _LONGEST:
        return None
    return happening.days


_NEIGHBOURS = 3
"""Mentions of a time that a mention must be like to be of that time; a time told once draws little else."""


def _most_alike(number: int, runs: Sequence[Sequence[int]], edges: Edges) -> int:
    """The time whose mentions a mention is most like; of equals the one told most, then the latest."""

    def alike(run: Sequence[int]) -> float:
        values = sorted((edges.get((min(number, n), max(number, n)), 0.0) for n in run), reverse=True)
        return round(sum(values[:_NEIGHBOURS]) / _NEIGHBOURS, 6)

    return max(range(len(runs)), key=lambda r: (alike(runs[r]), len(runs[r]), r))
