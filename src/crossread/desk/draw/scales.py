"""From values and days to places on a picture."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class NumberScale:
    """Numbers from ``low`` to ``high`` onto ``0..width``; logarithmic where the numbers differ a hundredfold."""

    low: float
    high: float
    width: float
    is_log: bool = False

    def at(self, value: float) -> float:
        """Where a number lies; numbers outside lie on the edge."""
        low, high, value = (math.log10(max(x, 1e-9)) if self.is_log else x for x in (self.low, self.high, value))
        return min(1.0, max(0.0, (value - low) / (high - low) if high > low else 0.5)) * self.width

    def ticks(self, most: int = 4) -> tuple[float, ...]:
        """Round numbers within the scale, at most ``most`` (powers of ten on a logarithmic one)."""
        if self.is_log:
            powers = range(math.ceil(math.log10(self.low)), math.floor(math.log10(self.high)) + 1)
            return tuple(10.0**p for p in powers)[:: max(1, math.ceil(len(powers) / most))]
        if self.high <= self.low:
            return (self.low,)
        step = _round_step((self.high - self.low) / most)
        first = math.ceil(self.low / step)
        return tuple(n * step for n in range(first, math.floor(self.high / step) + 1))


def _round_step(rough: float) -> float:
    power = 10.0 ** math.floor(math.log10(rough))
    return next((m * power for m in (1, 2, 5) if m * power >= rough), 10 * power)


def number_scale(values: Iterable[float], width: float) -> NumberScale:
    """A scale that holds all values with some air; it starts at nought unless all values are of one size.

    Raises:
        ValueError: If there are no values.
    """
    known = sorted(values)
    if not known:
        raise ValueError("a scale needs at least one value")
    low, high = known[0], known[-1]
    if low > 0 and high / low > 100:
        return NumberScale(low, high, width, is_log=True)
    if high == low:
        air = abs(high) * 0.5 or 1.0
        return NumberScale(low - air, high + air, width)
    start = 0.0 if low >= 0 and high / max(low, 1e-9) > 2 else low - (high - low) * 0.15
    return NumberScale(start, high + (high - start) * 0.06, width)


@dataclass(frozen=True, slots=True)
class TimeScale:
    """Days from ``first`` to ``last`` (both included) onto ``0..width``; the middle of a day is its place."""

    first: date
    last: date
    width: float

    @property
    def n_days(self) -> int:
        """How many days the scale holds."""
        return (self.last - self.first).days + 1

    def at(self, day: date, part: float = 0.5) -> float:
        """Where a day lies (``part``: 0 its beginning, 1 its end); days outside lie on the edge."""
        return min(1.0, max(0.0, ((day - self.first).days + part) / self.n_days)) * self.width

    def holds(self, day: date) -> bool:
        """Whether a day lies within the scale."""
        return self.first <= day <= self.last

    def ticks(self, most: int = 5) -> tuple[date, ...]:
        """Days to name: every so many days, or the first of months or years on long scales."""
        if self.n_days <= 62:
            step = next(s for s in (1, 2, 3, 4, 7, 14, 31) if self.n_days / s <= most or s == 31)
            return tuple(self.first + timedelta(days=n) for n in range(0, self.n_days, step))
        months = [m for m in _months(self.first, self.last) if m >= self.first]
        step = next((s for s in (1, 2, 3, 6, 12, 24, 60, 120) if len(months) / s <= most), 240)
        return tuple(m for m in months if (m.year * 12 + m.month - 1) % step == 0) or (self.first,)

    def label(self, day: date) -> str:
        """A tick in words: the day where days are told apart, else month and year."""
        if self.n_days <= 62:
            return f"{day.day} {day:%b}"
        return f"{day:%b %Y}" if self.n_days < 1500 else str(day.year)


def _months(first: date, last: date) -> Iterable[date]:
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = (month.replace(day=28) + timedelta(days=5)).replace(day=1)


def time_scale(days: Sequence[date], width: float, *, around: Sequence[date] = ()) -> TimeScale | None:
    """A scale for dated things; ``None`` when there are no days.

    Single far-off days would squeeze all others into a corner, so the scale covers the days ``around`` (those of publication) with as
    much again before them (at least two weeks) and after; whatever lies outside sits on its edge.  Without ``around`` it covers all.
    """
    if not days:
        return None
    first, last = min(days), max(days)
    if around:
        before, after = min(around), max(around)
        air = max(timedelta(days=14), after - before)
        first, last = max(first, before - air), min(last, after + air)
        if first > last:
            first, last = before, after
    return TimeScale(first, last, width)
