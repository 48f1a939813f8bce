"""Feast days: those with a date of their own, and those that move."""

import re
from datetime import date

from crossread.reading.days import Direction, Reach, date_near, one_day, shift
from crossread.reading.timeforms import View
from crossread.vocabulary import Precision

_FEASTS = {
    "christmas": (12, 25),
    "christmas eve": (12, 24),
    "christmas day": (12, 25),
    "new year's eve": (12, 31),
    "new year's day": (1, 1),
    "bastille day": (7, 14),
    "boxing day": (12, 26),
}


def feast(m: re.Match[str], view: View) -> Reach | None:
    """Christmas Eve and the like."""
    month, number = _FEASTS[" ".join(m[0].lower().replace("’", "'").split())]
    made = date_near(view.day, month, number, view.direction)
    return one_day(made) if made else None


def movable_feast(m: re.Match[str], view: View) -> Reach | None:
    """Easter and the days around it, Thanksgiving: the one nearest to the day, on the side that the clause looks to."""
    name = " ".join(m[0].lower().split())
    spans = [_feast_of(name, year) for year in range(max(2, view.day.year - 1), min(9998, view.day.year + 1) + 1)]
    if view.direction is Direction.FUTURE:
        spans = [s for s in spans if s[1] >= view.day] or spans
    elif view.direction is Direction.PAST:
        spans = [s for s in spans if s[0] <= view.day] or spans
    first, last = min(spans, key=lambda s: abs((s[0] - view.day).days))
    return Reach(first, last, Precision.DAY)


def _feast_of(name: str, year: int) -> tuple[date, date]:
    if "thanksgiving" in name:
        first = date(year, 11, 1)
        fourth = shift(first, (3 - first.weekday()) % 7 + 21)
        return fourth, fourth
    sunday = _easter(year)
    if "weekend" in name:
        return shift(sunday, -1), shift(sunday, 1)
    day = shift(sunday, -2 if "friday" in name else 1 if "monday" in name else 0)
    return day, day


def _easter(year: int) -> date:
    """Easter Sunday of the Western churches (the anonymous Gregorian computus)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)
