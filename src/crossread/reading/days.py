"""Arithmetic on days: the interval that a time expression covers, seen from one day.

A `Reach` is an interval with its precision; ``None`` is an open end.  Nothing here reads a clock.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from crossread.vocabulary import Precision


class Direction(StrEnum):
    """Which way an expression looks from the day of writing."""

    PAST = "past"
    FUTURE = "future"


@dataclass(frozen=True, slots=True)
class Reach:
    """A stretch of days, both ends included."""

    start: date | None = None
    end: date | None = None
    precision: Precision = Precision.UNKNOWN


NOWHERE = Reach()
FIRST, LAST = date(1, 1, 1), date(9999, 12, 31)


def shift(day: date, n_days: int) -> date:
    """The day ``n_days`` later, kept within the calendar."""
    number = min(max(day.toordinal() + n_days, FIRST.toordinal()), LAST.toordinal())
    return date.fromordinal(number)


def shift_months(day: date, n_months: int) -> date:
    """The same day of another month, or that month's last day."""
    number = min(max(day.year * 12 + day.month - 1 + n_months, 12), 9999 * 12 + 11)
    year, month = divmod(number, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def one_day(day: date) -> Reach:
    """A single day."""
    return Reach(day, day, Precision.DAY)


def week_of(day: date, n_weeks: int = 0) -> Reach:
    """Monday to Sunday of the day's week, ``n_weeks`` later."""
    monday = shift(day, 7 * n_weeks - day.weekday())
    return Reach(monday, shift(monday, 6), Precision.WEEK)


def month_of(year: int, month: int, third: str | None = None) -> Reach:
    """A month, or its early, mid or late third."""
    last = monthrange(year, month)[1]
    first, final = {"early": (1, 10), "mid": (11, 20), "late": (21, last)}.get(third or "", (1, last))
    return Reach(date(year, month, first), date(year, month, final), Precision.MONTH)


def year_of(year: int, third: str | None = None) -> Reach:
    """A year, or its early, mid or late third."""
    first, final = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}.get(third or "", (1, 12))
    return Reach(date(year, first, 1), date(year, final, monthrange(year, final)[1]), Precision.YEAR)


_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}


def season_of(year: int, season: str) -> Reach:
    """Three months of a northern season; a winter begins in ``year``."""
    first = date(year, _SEASONS[season], 1)
    return Reach(first, shift(shift_months(first, 3), -1) if year < LAST.year else date(year, 12, 31), Precision.MONTH)


def weekday_near(day: date, weekday: int, direction: Direction | None) -> date:
    """The named weekday: the last one up to the day itself, or, looking forward, the first from it on."""
    if direction is Direction.FUTURE:
        return shift(day, (weekday - day.weekday()) % 7)
    return shift(day, -((day.weekday() - weekday) % 7))


def next_weekday(day: date, weekday: int) -> date:
    """'Next Tuesday': the coming one, but the one after where the coming one is at most two days off ('Tuesday' would do)."""
    ahead = (weekday - day.weekday()) % 7 or 7
    return shift(day, ahead + 7 if ahead <= 2 else ahead)


def last_weekday(day: date, weekday: int) -> date:
    """'Last Tuesday': the latest one before the day."""
    return shift(day, -((day.weekday() - weekday) % 7 or 7))


def weekend_of(day: date, direction: Direction | None) -> Reach:
    """Saturday and Sunday: the running weekend, else the last one, or the coming one looking forward."""
    saturday = shift(day, 5 - day.weekday())
    if day.weekday() < 5 and direction is not Direction.FUTURE:
        saturday = shift(saturday, -7)
    return Reach(saturday, shift(saturday, 1), Precision.DAY)


def month_near(day: date, month: int, direction: Direction | None) -> int:
    """The year of a month named without one: the last such month that has begun, or the first that has not ended; without a hint, one that
    is soon to come."""
    if direction is Direction.FUTURE:
        return day.year if month >= day.month else min(day.year + 1, LAST.year)
    soon = (month - day.month) % 12
    if direction is None and soon <= _MONTHS_SOON:
        return min(day.year + (month < day.month), LAST.year)
    return day.year if month <= day.month else max(day.year - 1, 1)


_MONTHS_SOON = 3
"""Months ahead within which a month is meant that nothing puts in the past."""
_SOONER = 10
"""How many times nearer than the last one the next day of a date must be to be meant against a hint at the past."""


def date_near(day: date, month: int, number: int, direction: Direction | None) -> date | None:
    """A day and month without a year: looking back, forward, or, without a hint, the one nearest to the day, days ahead counted double,
    as news tells more of what was.

    A day named as past may lie one day ahead: time zones differ.  Nobody leaves out the year of what lies most of a year back beside a
    day soon to come ("proposed talks on 9 January", written on the 3rd), nor of what lies most of a year ahead beside a day just gone by
    ("will suspend the release of men seized on 3 May", written on the 17th).
    """
    found = [made for year in (day.year - 1, day.year, day.year + 1) if (made := make_date(year, month, number)) is not None]
    if direction is Direction.FUTURE:
        just_gone = [d for d in found if 0 < (day - d).days <= _JUST_GONE]
        found = just_gone or [d for d in found if d >= day] or found
    elif direction is Direction.PAST:
        past = [d for d in found if d <= shift(day, 1)]
        soon = [d for d in found if d > day and all((day - p).days > _SOONER * (d - day).days for p in past)]
        found = soon or past or found
    return min(found, key=lambda d: (_distance(day, d), d), default=None)


def _distance(day: date, other: date) -> int:
    ahead = (other - day).days
    return -ahead if ahead <= 0 else 2 * ahead + _AHEAD


_JUST_GONE = 60
"""Days within which a date without a year is the one just gone by, whatever way its clause looks."""

_AHEAD = 5
"""Days that are added to twice the days to one that lies ahead: what is told without a hint just before its day is rare."""


def make_date(year: int, month: int, number: int) -> date | None:
    """The date, or ``None`` where the calendar has no such day."""
    if not (1 <= year <= LAST.year and 1 <= month <= 12 and 1 <= number <= monthrange(year, month)[1]):
        return None
    return date(year, month, number)


_UNIT_DAYS = {"hour": 1 / 24, "day": 1, "night": 1, "week": 7, "weekend": 7, "fortnight": 14, "month": 30.44, "year": 365.25,
              "decade": 3652.5, "century": 36525.0}  # fmt: skip


def back(day: date, number: float, unit: str) -> date:
    """The day so many units before (negative: after)."""
    if unit == "month":
        return shift_months(day, -round(number))
    if unit in ("year", "decade", "century"):
        return shift_months(day, -round(number * {"year": 12, "decade": 120, "century": 1200}[unit]))
    return shift(day, -round(number * _UNIT_DAYS[unit]))


def around(day: date, unit: str) -> Reach:
    """What 'two UNITs ago' leaves open: the day itself, half a week, the month, the year."""
    if unit == "week":
        return Reach(shift(day, -3), shift(day, 3), Precision.WEEK)
    if unit in ("fortnight", "weekend"):
        return Reach(shift(day, -3), shift(day, 3), Precision.WEEK)
    if unit == "month":
        return month_of(day.year, day.month)
    if unit in ("year", "decade", "century"):
        return year_of(day.year)
    return one_day(day)


def merged(first: Reach, second: Reach) -> Reach:
    """The stretch from the start of one to the end of the other: what is left when the day of writing is a window."""
    starts = [d for d in (first.start, second.start) if d is not None]
    ends = [d for d in (first.end, second.end) if d is not None]
    start = min(starts) if len(starts) == 2 else None
    end = max(ends) if len(ends) == 2 else None
    return Reach(start, end, first.precision)


def cut(reach: Reach, *, before: date | None = None, after: date | None = None) -> Reach:
    """The part up to ``before`` and from ``after`` on; the reach itself where nothing would be left."""
    start, end = reach.start, reach.end
    if before is not None and end is not None and end > before and (start is None or start <= before):
        end = before
    if after is not None and start is not None and start < after and (end is None or end >= after):
        start = after
    return Reach(start, end, reach.precision)


def span_days(reach: Reach) -> int | None:
    """Number of days, ``None`` where an end is open."""
    return None if reach.start is None or reach.end is None else (reach.end - reach.start) // timedelta(days=1) + 1
