"""Reported numbers: one mark per report, on one scale.

A dot is an exact number, a hollow dot one that is only about right, a bar a range, a dashed bar a vague word ("dozens"); an arrow says
that the number is a bound ("at least", "up to").
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from crossread.desk.draw.scales import NumberScale, TimeScale, number_scale, time_scale
from crossread.desk.draw.svg import element, ornament, picture
from crossread.export.wording import number_text, shorten
from crossread.records import FigureValue
from crossread.vocabulary import Bound

WIDTH = 170
_PAD = 24
ROW = 18
_OVER_TIME = (620, 170)
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 16, 30, 26


@dataclass(frozen=True, slots=True)
class Mark:
    """One reported number as drawn: its ends, its kind (exact, about, range, vague) and where an arrow points (-1, 0, 1)."""

    low: float
    high: float
    kind: str
    arrow: int = 0


def mark_of(value: FigureValue) -> Mark | None:
    """How a reported value is drawn; ``None`` where it gives no number."""
    known = [v for v in (value.low, value.best, value.high) if v is not None]
    if not known:
        return None
    low, high = min(known), max(known)
    if value.bound is Bound.VAGUE:
        return Mark(low, high, "vague", 0 if high > low else 1)
    if value.bound in (Bound.AT_LEAST, Bound.MORE_THAN):
        return Mark(low, low, "exact", 1)
    if value.bound in (Bound.UP_TO, Bound.NEARLY):
        return Mark(high, high, "exact", -1)
    if high > low:
        return Mark(low, high, "range")
    return Mark(low, high, "about" if value.bound is Bound.ABOUT else "exact")


def figure_scale(values: Sequence[FigureValue], width: float = WIDTH) -> NumberScale | None:
    """The scale that all values of a figure share; ``None`` where no value gives a number."""
    marks = [m for v in values if (m := mark_of(v)) is not None]
    return number_scale([x for m in marks for x in (m.low, m.high)], width - 2 * _PAD) if marks else None


def axis(scale: NumberScale, unit: str | None = None) -> Markup:
    """The named numbers of a scale, for the head of the column."""
    marks = []
    for value in scale.ticks(3):
        marks.append(element("text", _short(value, unit), x=_PAD + scale.at(value), y=11.0, text_anchor="middle", class_="tick"))
    return ornament(marks, width=scale.width + 2 * _PAD, height=16, class_="axis")


def _short(value: float, unit: str | None) -> str:
    if unit == "share":
        return number_text(value, unit)
    for size, letter in ((1e9, "bn"), (1e6, "m"), (1e4, "k")):
        if abs(value) >= size:
            return f"{value / (1e3 if letter == 'k' else size):g}{letter}"
    return f"{value:g}"


def range_row(value: FigureValue, scale: NumberScale) -> Markup:
    """One report's mark."""
    marks = [element("line", x1=_PAD + x, x2=_PAD + x, y1=0, y2=ROW, class_="grid") for x in map(scale.at, scale.ticks(3))]
    mark = mark_of(value)
    if mark is not None:
        marks.extend(_across(mark, scale))
    return ornament(marks, width=scale.width + 2 * _PAD, height=ROW, class_="row")


def _across(mark: Mark, scale: NumberScale) -> list[Markup]:
    x1, x2, y = _PAD + scale.at(mark.low), _PAD + scale.at(mark.high), ROW / 2
    drawn = []
    if mark.high > mark.low:
        drawn.append(element("rect", x=x1, y=y - 3.5, width=max(3.0, x2 - x1), height=7, rx=3, class_=f"span {mark.kind}"))
    else:
        drawn.append(element("circle", cx=x1, cy=y, r=4.5, class_=f"mark {mark.kind}"))
    if mark.arrow:
        tip, start = x2 + 22 * mark.arrow, x2 + 5 * mark.arrow
        drawn.append(element("line", x1=start, x2=tip - 5 * mark.arrow, y1=y, y2=y, class_="reach"))
        points = f"{tip:.1f},{y:g} {tip - 6 * mark.arrow:.1f},{y - 4:g} {tip - 6 * mark.arrow:.1f},{y + 4:g}"
        drawn.append(element("polygon", points=points, class_="reach-tip"))
    return drawn


@dataclass(frozen=True, slots=True)
class Point:
    """A reported value with its number in the list beside the picture, the line that it stands for, all of it in words, and who says it."""

    number: int
    value: FigureValue
    line: str
    title: str
    voice: str = ""


def over_time(points: Sequence[Point], *, label: str, unit: str | None = None) -> Markup:
    """Values against the day on which they were published; empty unless two days and two different values are known."""
    dated = [
        (p, m, date.fromisoformat(w.start)) for p in points if (m := mark_of(p.value)) and (w := p.value.published) and w.start
    ]
    width, height = _OVER_TIME
    days = [d for _, _, d in dated]
    if len(set(days)) < 2 or len({(m.low, m.high) for _, m, _ in dated}) < 2:
        return Markup("")
    x = time_scale(days, width - _LEFT - _RIGHT)
    y = number_scale([v for _, m, _ in dated for v in (m.low, m.high)], height - _TOP - _BOTTOM)
    assert x is not None
    drawn: list[Markup] = []
    for tick in y.ticks(4):
        at = height - _BOTTOM - y.at(tick)
        drawn.append(element("line", x1=_LEFT, x2=width - _RIGHT, y1=at, y2=at, class_="grid"))
        drawn.append(element("text", _short(tick, unit), x=_LEFT - 8, y=at + 4, text_anchor="end", class_="tick"))
    for day in x.ticks(6):
        drawn.append(element("text", x.label(day), x=_LEFT + x.at(day), y=height - 8, text_anchor="middle", class_="tick"))
    places = _dodged(days, x)
    heights = [height - _BOTTOM - y.at(mark.high) for _, mark, _ in dated]
    taken = [(at_y, at_x - 6, at_x + 6) for at_x, at_y in zip(places, heights, strict=True)]
    for (point, mark, _), at_x, at_y in zip(dated, places, heights, strict=True):
        drawn.append(_upright(point, mark, at_x, lambda v: height - _BOTTOM - y.at(v)))
        drawn.append(_label(point, at_x, at_y, taken))
    return picture(drawn, width=width, height=height, label=label, class_="plot over-time")


def _dodged(days: Sequence[date], x: TimeScale) -> list[float]:
    """Where the points of each day stand: side by side around the middle of the day."""
    column = x.width / x.n_days
    totals, seen, places = Counter(days), Counter[date](), []
    for day in days:
        step = min(26.0, column * 0.85 / totals[day])
        places.append(_LEFT + x.at(day) + (seen[day] - (totals[day] - 1) / 2) * step)
        seen[day] += 1
    return places


def _label(point: Point, x: float, y: float, taken: list[tuple[float, float, float]]) -> Markup:
    """The point's number, and who says it where nothing else stands there."""
    words = f"{point.number} {shorten(point.voice, 26)}"
    wide = 5.8 * len(words)
    is_free = x + 8 + wide < _OVER_TIME[0] and not any(
        abs(y - t) < 12 and x < end and start < x + 8 + wide for t, start, end in taken
    )
    taken.append((y, x - 6, x + 8 + (wide if is_free else 12)))
    return element("text", words if is_free else str(point.number), x=x + 8, y=y + 4, class_="number halo")


def _upright(point: Point, mark: Mark, x: float, at: Callable[[float], float]) -> Markup:
    top, bottom = at(mark.high), at(mark.low)
    inside = [element("title", point.title)]
    if mark.high > mark.low:
        inside.append(element("rect", x=x - 3.5, y=top, width=7, height=max(3.0, bottom - top), rx=3, class_=f"span {mark.kind}"))
    else:
        inside.append(element("circle", cx=x, cy=top, r=4.5, class_=f"mark {mark.kind}"))
    if mark.arrow:
        tip = top - 16 * mark.arrow
        inside.append(element("line", x1=x, x2=x, y1=top - 5 * mark.arrow, y2=tip, class_="reach"))
        points = f"{x:.1f},{tip - 5 * mark.arrow:.1f} {x - 4:.1f},{tip:.1f} {x + 4:.1f},{tip:.1f}"
        inside.append(element("polygon", points=points, class_="reach-tip"))
    return element("g", *inside, data_line=point.line, class_="point")
