"""Small SVG pictures, drawn on the server: ranges of figures, and a time line of dated entries."""

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup, escape

from crossread.export.view import FigureBlock, TimelineLine

WIDTH = 560
_LEFT, _RIGHT = 150, 20


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
        rows.append(
            f'<text x="{_LEFT - 12}" y="{y + 4}" text-anchor="end">{escape(value.voice[:24])}</text>'
            f'<line class="bar" x1="{x1:.1f}" x2="{x2:.1f}" y1="{y}" y2="{y}"/><circle cx="{x1:.1f}" cy="{y}" r="5"/>'
            f'<circle cx="{x2:.1f}" cy="{y}" r="5"/><text x="{at:.1f}" y="{y + 4}" text-anchor="{anchor}">{escape(value.text)}</text>'
        )
    axis = f'<line class="axis" x1="{_LEFT}" x2="{WIDTH - _RIGHT}" y1="{height - 14}" y2="{height - 14}"/>'
    label = escape(f"{figure.kind}, {figure.counted}: {figure.range}")
    return Markup(f'<svg class="plot" viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{label}">{"".join(rows)}{axis}</svg>')


def time_plot(entries: Sequence[TimelineLine]) -> Markup:
    """Dated entries on one scale: days as dots, vague dates as bars; empty when there are fewer than two dates."""
    dated = [(e, date.fromisoformat(e.start), date.fromisoformat(e.end)) for e in entries if e.start and e.end]
    recent = [x for x in dated if (dated[-1][2] - x[2]).days < 120] if dated else []
    if len({x[1] for x in recent}) < 2:
        return Markup("")
    low, high = min(x[1] for x in recent), max(x[2] for x in recent)
    stacked: dict[date, int] = {}
    marks, deepest = [], 0
    for entry, first, last in recent:
        depth = stacked[first] = stacked.get(first, -1) + 1
        if depth > 7:
            continue
        deepest = max(deepest, depth)
        x1, x2 = (20 + (d - low).days / max(1, (high - low).days) * (WIDTH - 40) for d in (first, last))
        title = f"<title>{escape(f'{entry.when}: {entry.text}')}</title>"
        y = 12 + 10 * depth
        marks.append(
            f'<line class="bar" x1="{x1:.1f}" x2="{x2:.1f}" y1="{y}" y2="{y}">{title}</line>'
            if x2 > x1
            else f'<circle cx="{x1:.1f}" cy="{y}" r="4">{title}</circle>'
        )
    height = 12 + 10 * deepest + 26
    axis = (
        f'<line class="axis" x1="20" x2="{WIDTH - 20}" y1="{height - 18}" y2="{height - 18}"/>'
        f'<text x="20" y="{height - 4}">{low.day} {low:%b %Y}</text>'
        f'<text x="{WIDTH - 20}" y="{height - 4}" text-anchor="end">{high.day} {high:%b %Y}</text>'
    )
    return Markup(
        f'<svg class="plot" viewBox="0 0 {WIDTH} {height}" role="img" aria-label="Dated entries over time">{"".join(marks)}{axis}</svg>'
    )
