"""When a report was written, as far as linking can tell: its date of publication, else the dates that its text prints.

A date without a year says nothing about the year but much about the season: a report that looks ahead to the 25th of February was not
written beside one of October.
"""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from crossread.reading.timeforms import View
from crossread.reading.timewords import scan
from crossread.records import Document

_FULL = frozenset(("iso", "mdy", "dmy"))
_YEARLESS = frozenset(("md", "dm", "range_mdy", "range_dmy"))
_LEAP_YEAR = date(2000, 6, 15)
_OPENING = 400
"""Characters of a report in which its own date stands."""
_YEAR_DAYS = 365.25
_NEAR_SEASON = 100.0
"""Days around a printed date within which a report may well have been written: visits are announced months ahead."""


class Dating(NamedTuple):
    """``day`` of publication as a number, where known; else ``seasons``, the days of the year that the text prints."""

    day: float | None
    seasons: tuple[int, ...] = ()


def dating_of(document: Document) -> Dating:
    """When a document was written: by its record, else by full dates in its opening, else by dates without a year."""
    when = document.published
    if when is not None and when.start is not None and when.end is not None:
        first, last = date.fromisoformat(when.start).toordinal(), date.fromisoformat(when.end).toordinal()
        if last - first <= 7:
            return Dating((first + last) / 2)
    full, seasons = _printed(document.text)
    return Dating(float(max(full))) if full else Dating(None, seasons)


@lru_cache(maxsize=1024)
def _printed(text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Full dates of the opening as numbers, and days of the year of the dates without one."""
    full: list[int] = []
    seasons: set[int] = set()
    for found in scan(text):
        made = found.rule.make(found.match, View(_LEAP_YEAR)) if found.rule.name in _FULL | _YEARLESS else None
        if made is None or made.start is None:
            continue
        if found.rule.name in _YEARLESS:
            seasons.add(made.start.replace(year=_LEAP_YEAR.year).timetuple().tm_yday)
        elif found.start < _OPENING:
            full.append(made.start.toordinal())
    return tuple(full), tuple(sorted(seasons))


def days_apart(a: Dating, b: Dating) -> float | None:
    """Days between two reports; for an undated one at least how many, by the season of its dates; ``None`` where unknown."""
    if a.day is not None and b.day is not None:
        return abs(a.day - b.day)
    first, second = _seasons(a), _seasons(b)
    if not first or not second:
        return None
    nearest = min(_around(x, y) for x in first for y in second)
    return nearest if nearest > _NEAR_SEASON else None


def _seasons(dating: Dating) -> Sequence[int]:
    return (date.fromordinal(int(dating.day)).timetuple().tm_yday,) if dating.day is not None else dating.seasons


def _around(x: int, y: int) -> float:
    gap = abs(x - y) % _YEAR_DAYS
    return min(gap, _YEAR_DAYS - gap)
