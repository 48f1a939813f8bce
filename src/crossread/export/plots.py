"""Small SVG pictures, drawn on the server: ranges of figures, and a time line of dated entries."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup, escape

from crossread.export.view import FigureBlock, TimelineLine
from crossread.export.wording import shorten

WIDTH = 560
_LEFT, _RIGHT = 150, 20
_EDGE = 20
_RECENT, _LONG = 120, 45
"""Days: what ended longer before the last entry is not drawn; a longer span is cut to the drawn days."""
_DOTS, _LANES = 8, 6
_STEPS = (1, 2, 7, 14, 28, 56, 112)
"""Days between two marks of the time axis."""


def _scale(value: float, low: float, high: float) -> float:
    return _LEFT + (value - low) / (high - low) * (WIDTH - _LEFT - _RIGHT) if high > low else (WIDTH + _LEFT) / 2


def range_plot(figure: FigureBlock) -> Markup:
    """Each reported value as a dot, or a bar where it is a range, on one scale; empty when fewer than two values differ."""
    known = [(v, v.low if v.low is not None else v.high, v.high if v.high is not None else v.low) for v in figure.values]
    points = [(v, a, b) for v, a, b in known if a is not None and b is not None]
    if len({(a, b) for _, a, b in points}) < 2:
        return Markup("")
    low, high = min(a for _, a, _ in points), max(b for _, _, b in points)
    height, rows = 22 * len(points) + 26, []
    for n, (value, a, b) in enumerate(points):
        y, x1, x2 = 14 + 22 * n, _scale(a, low, high), _scale(b, low, high)
        anchor = "end" if x2 > WIDTH * 0.75 else "start"
        at = x1 - 9 if anchor == "end" else x2 + 9
        name = Markup("<title>{}</title>{}").format(value.voice, shorten(value.voice, 24))
        rows.append(
            f'<text x="{_LEFT - 12}" y="{y + 4}" text-anchor="end">{name}</text>'
            f'<line class="bar" x1="{x1:.1f}" x2="{x2:.1f}" y1="{y}" y2="{y}"/><circle cx="{x1:.1f}" cy="{y}" r="5"/>'
            f'<circle cx="{x2:.1f}" cy="{y}" r="5"/><text x="{at:.1f}" y="{y + 4}" text-anchor="{anchor}">{escape(value.text)}</text>'
        )
    axis = f'<line class="axis" x1="{_LEFT}" x2="{WIDTH - _RIGHT}" y1="{height - 14}" y2="{height - 14}"/>'
    label = escape(f"{figure.kind}, {figure.counted}: {figure.range}")
    return Markup(f'<svg class="plot" viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{label}">{"".join(rows)}{axis}</svg>')


@dataclass(frozen=True, slots=True)
class _Dated:
    """An entry with its first and last day."""

    entry: TimelineLine
    first: date
    last: date

    @property
    def n_days(self) -> int:
        """Days from the first to the last, both counted."""
        return (self.last - self.first).days + 1

    @property
    def title(self) -> Markup:
        """What a browser shows when one points at the mark."""
        return Markup("<title>{}</title>").format(f"{self.entry.when}: {self.entry.text}")


@dataclass(frozen=True, slots=True)
class _Axis:
    """The drawn days."""

    low: date
    high: date

    def x(self, day: date) -> float:
        """Where a day lies; days beyond the ends lie at them."""
        share = ((day - self.low).days + 0.5) / ((self.high - self.low).days + 1)
        return _EDGE + min(1.0, max(0.0, share)) * (WIDTH - 2 * _EDGE)

    def marks(self) -> Iterator[date]:
        """At most nine days, evenly apart."""
        n_days = (self.high - self.low).days
        step = next((s for s in _STEPS if n_days / s <= 8), n_days // 8 + 1)
        day = self.low
        while day <= self.high:
            yield day
            day += timedelta(days=step)


def time_plot(entries: Sequence[TimelineLine]) -> Markup:
    """Entries over time: those of one day as dots above their day, spans as bars below; empty when there are fewer than two days.

    Spans of more than 45 days are cut to the days drawn.  Where there is no room for all, the picture says how many more there are.
    """
    dated = [_Dated(e, date.fromisoformat(e.start), date.fromisoformat(e.end)) for e in entries if e.start and e.end]
    newest = max((d.last for d in dated), default=date.min)
    recent = [d for d in dated if (newest - d.last).days < _RECENT]
    scaled = [d for d in recent if d.n_days <= _LONG] or recent
    if len({d.first for d in scaled}) < 2:
        return Markup("")
    axis = _Axis(min(d.first for d in scaled), max(d.last for d in scaled))
    days: dict[date, list[_Dated]] = {}
    for d in recent:
        if d.n_days == 1:
            days.setdefault(d.first, []).append(d)
    base = 14 + 11 * min(_DOTS, max((len(x) for x in days.values()), default=1)) + 8
    dots = [mark for day, found in sorted(days.items()) for mark in _dots(axis, day, found, base)]
    bars, bottom = _bars(axis, [d for d in recent if d.n_days > 1], base + 26)
    return Markup(
        f'<svg class="plot" viewBox="0 0 {WIDTH} {bottom + 8}" role="img" aria-label="{len(recent)} dated entries over time">'
        f"{''.join(dots)}{_drawn_axis(axis, base)}{''.join(bars)}</svg>"
    )


def _drawn_axis(axis: _Axis, y: int) -> str:
    first, *others = axis.marks()
    marks = f'<text x="{_EDGE}" y="{y + 14}">{first.day} {first:%b} {first.year}</text>' + "".join(
        f'<text x="{axis.x(day):.1f}" y="{y + 14}" text-anchor="middle">{day.day} {day:%b}</text>'
        for day in others
        if axis.x(day) > _EDGE + 95
    )
    return f'<line class="axis" x1="{_EDGE}" x2="{WIDTH - _EDGE}" y1="{y}" y2="{y}"/>{marks}'


def _dots(axis: _Axis, day: date, found: Sequence[_Dated], base: int) -> Iterator[str]:
    x = axis.x(day)
    shown = found if len(found) <= _DOTS else found[: _DOTS - 1]
    for n, d in enumerate(shown):
        yield f'<circle cx="{x:.1f}" cy="{base - 8 - 11 * n}" r="4">{d.title}</circle>'
    if len(found) > len(shown):
        yield f'<text x="{x:.1f}" y="{base - 5 - 11 * len(shown)}" text-anchor="middle">+{len(found) - len(shown)}</text>'


def _bars(axis: _Axis, spans: Sequence[_Dated], top: int) -> tuple[list[str], int]:
    """Spans in as few lanes as need be, and where they end."""
    ends: list[float] = []
    bars, n_left = [], 0
    for d in sorted(spans, key=lambda d: (d.first, d.last)):
        x1, x2 = axis.x(d.first), axis.x(d.last)
        lane = next((n for n, end in enumerate(ends) if end + 10 < x1), len(ends))
        if lane >= _LANES:
            n_left += 1
            continue
        ends[lane:] = [x2, *ends[lane + 1 :]]
        y = top + 10 * lane
        bars.append(f'<line class="bar" x1="{x1:.1f}" x2="{max(x2, x1 + 1):.1f}" y1="{y}" y2="{y}">{d.title}</line>')
        if d.first < axis.low:
            bars.append(f'<path class="on" d="M{_EDGE - 2} {y - 5} l-9 5 l9 5 z"/>')
    bottom = top + 10 * len(ends)
    if n_left:
        bars.append(f'<text x="{WIDTH - _EDGE}" y="{bottom + 8}" text-anchor="end">{n_left} more spans</text>')
        bottom += 12
    return bars, bottom
