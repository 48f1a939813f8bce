"""Figures of a story: every reported value as a mark on one scale, in the order of publication, with who says it."""

from dataclasses import dataclass

from markupsafe import Markup

from crossread.desk.draw import ranges
from crossread.desk.pages.cites import Cite, Line, Notes
from crossread.export.wording import figure_value_text, kind_and_detail, range_text, when_text
from crossread.records import FigureValue, StoryFigure
from crossread.vocabulary import FigureKind


@dataclass(frozen=True, slots=True)
class ValueRow:
    """One reported value; ``number`` is that of its mark in the picture over time."""

    id: str
    number: int
    text: str
    voice: str
    report: str
    published: str
    mark: Markup
    cites: tuple[Cite, ...]

    @property
    def href(self) -> str:
        """Where the value's sentence opens."""
        return self.cites[0].href if self.cites else ""


@dataclass(frozen=True, slots=True)
class FigureView:
    """All reported values of one count."""

    line: Line
    title: str
    where: str
    when: str
    range: str
    grew: bool
    differs: bool
    n_documents: int
    n_independent: int
    axis: Markup
    over_time: Markup
    rows: tuple[ValueRow, ...]


def is_minor(figure: StoryFigure) -> bool:
    """Spans of time and counts of unknown kind come after people, votes and things."""
    return figure.kind in (FigureKind.DURATION, FigureKind.OTHER)


def figure_view(figure: StoryFigure, notes: Notes) -> FigureView:
    """A figure laid out."""
    values = sorted(figure.values, key=lambda v: (v.published.start or "9999") if v.published else "9999")
    scale = ranges.figure_scale(values)
    rows, points = [], []
    for n, value in enumerate(values, start=1):
        row = _row(figure, value, n, notes, ranges.range_row(value, scale) if scale else Markup(""))
        rows.append(row)
        points.append(
            ranges.Point(n, value, row.id, f"{n}: {row.text}, {row.voice or row.report}, {row.published}", row.voice or row.report)
        )
    kind, detail = kind_and_detail(figure)
    title = f"{kind}: {detail}" if detail else kind
    shown = range_text(figure)
    label = f"{title}: {len(rows)} reported values, {shown}, by day of publication. The table lists them."
    return FigureView(
        line=notes.line(figure.id, title, figure.evidence),
        title=title,
        where=(figure.place.name or figure.place.text) if figure.place else "",
        when=when_text(figure.when),
        range=shown,
        grew=figure.grew,
        differs=len({r.text for r in rows}) > 1,
        n_documents=figure.n_documents,
        n_independent=figure.n_independent,
        axis=ranges.axis(scale, figure.unit) if scale else Markup(""),
        over_time=ranges.over_time(points, label=label, unit=figure.unit),
        rows=tuple(rows),
    )


def _row(figure: StoryFigure, value: FigureValue, number: int, notes: Notes, mark: Markup) -> ValueRow:
    report = notes.report(value.voice.document) if value.voice else ""
    return ValueRow(
        id=f"{figure.id}-v{number}",
        number=number,
        text=figure_value_text(value, figure.unit),
        voice=notes.names.get(value.voice.speaker or "", "") if value.voice else "",
        report=report,
        published=when_text(value.published),
        mark=mark,
        cites=notes.of(value.evidence),
    )
