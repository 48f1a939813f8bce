"""Dated lines on one shared scale: a day is a dot, a vague date the span in which it lies, an open one runs off with an arrow."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from crossread.desk.draw.scales import TimeScale, time_scale
from crossread.desk.draw.svg import element, ornament
from crossread.records import When

WIDTH = 184
ROW = 18
_MIDDLE = ROW / 2


@dataclass(frozen=True, slots=True)
class Interval:
    """First and last day, ``None`` where the interval is open."""

    first: date | None
    last: date | None


def interval_of(when: When | None) -> Interval:
    """The days of a `When`."""
    start, end = (when.start, when.end) if when else (None, None)
    return Interval(date.fromisoformat(start) if start else None, date.fromisoformat(end) if end else None)


def timeline_scale(intervals: Sequence[Interval], published: Sequence[date], width: float = WIDTH) -> TimeScale | None:
    """The scale that all lines of a timeline share."""
    days = [d for i in intervals for d in (i.first, i.last) if d is not None]
    return time_scale(days, width, around=published)


def axis(scale: TimeScale) -> Markup:
    """The named days of a scale, for the head of the column."""
    marks: list[Markup] = []
    free = 0.0
    for day in scale.ticks():
        words = scale.label(day)
        wide = 6.9 * len(words)
        left = min(max(0.0, scale.at(day) - wide / 2), scale.width - wide)
        if left >= free:
            marks.append(element("text", words, x=left, y=11.0, class_="tick"))
            free = left + wide + 5
    return ornament(marks, width=scale.width, height=16, class_="axis")


def span_row(interval: Interval, scale: TimeScale, *, status: str = "happened") -> Markup:
    """One line's mark; ``status`` shapes it: filled for what happened, hollow for what is only planned or alleged, crossed for what did not."""
    kind = _shape(status)
    marks = [element("line", x1=scale.at(d), x2=scale.at(d), y1=0, y2=ROW, class_="grid") for d in scale.ticks()]
    first, last = interval.first, interval.last
    if first is None and last is None:
        return ornament(marks, width=scale.width, height=ROW, class_="row")
    if first is not None and first == last:
        marks.extend(_dot(first, scale, kind))
    else:
        marks.extend(_bar(first, last, scale, kind))
    return ornament(marks, width=scale.width, height=ROW, class_="row")


def _shape(status: str) -> str:
    if status in ("happened", "ongoing"):
        return "sure"
    return "not" if status in ("denied", "negated", "called_off") else "maybe"


def _dot(day: date, scale: TimeScale, kind: str) -> list[Markup]:
    if not scale.holds(day):
        return [_arrow(0.0 if day < scale.first else scale.width, leftwards=day < scale.first, kind=kind)]
    x = scale.at(day)
    marks = [element("circle", cx=x, cy=_MIDDLE, r=4.5, class_=f"mark {kind}")]
    if kind == "not":
        marks.append(element("line", x1=x - 6, y1=_MIDDLE + 6, x2=x + 6, y2=_MIDDLE - 6, class_="strike"))
    return marks


def _bar(first: date | None, last: date | None, scale: TimeScale, kind: str) -> list[Markup]:
    if (last is not None and last < scale.first) or (first is not None and first > scale.last):
        is_before = last is not None and last < scale.first
        return [_arrow(0.0 if is_before else scale.width, leftwards=is_before, kind=kind)]
    x1 = scale.at(first, 0) if first is not None else 0.0
    x2 = scale.at(last, 1) if last is not None else scale.width
    marks = [element("rect", x=x1, y=_MIDDLE - 4, width=max(4.0, x2 - x1), height=8, rx=4, class_=f"span {kind}")]
    if first is None or first < scale.first:
        marks.append(_arrow(0.0, leftwards=True, kind=kind))
    if last is None or last > scale.last:
        marks.append(_arrow(scale.width, leftwards=False, kind=kind))
    return marks


def _arrow(x: float, *, leftwards: bool, kind: str) -> Markup:
    tip, back = (x, x + 7) if leftwards else (x, x - 7)
    points = f"{tip:.1f},{_MIDDLE:g} {back:.1f},{_MIDDLE - 5:g} {back:.1f},{_MIDDLE + 5:g}"
    return element("polygon", points=points, class_=f"mark {kind}")
