"""Stories in other formats.  `EXPORTERS` names them; each turns stories and their readings into one text."""

from collections.abc import Callable, Sequence

from crossread.errors import ExportError
from crossread.records import Reading, Story

Exporter = Callable[[Sequence[Story], Sequence[Reading], bool], str]


def _json(stories: Sequence[Story], readings: Sequence[Reading], raw_csv: bool) -> str:
    from crossread.jsonlines import encode

    return "".join(encode(s).decode() + "\n" for s in stories)


def _only_story(stories: Sequence[Story], readings: Sequence[Reading], to: str) -> Story:
    if len(stories) != 1:
        raise ExportError(f"{to} holds one story, the input has {len(stories)}; `crossread brief` makes one story of many reports")
    missing = sorted(set(stories[0].documents) - {r.document.id for r in readings})
    if missing:
        raise ExportError(
            f"{to} needs the readings behind the story; give them with --readings (lacking: {', '.join(missing[:5])})"
        )
    return stories[0]


def _html(stories: Sequence[Story], readings: Sequence[Reading], raw_csv: bool) -> str:
    from crossread.export.html import html_page

    return html_page(_only_story(stories, readings, "html"), readings)


def _markdown(stories: Sequence[Story], readings: Sequence[Reading], raw_csv: bool) -> str:
    from crossread.export.markdown import markdown_page

    return markdown_page(_only_story(stories, readings, "md"), readings)


def _table(kind: str) -> Exporter:
    def write(stories: Sequence[Story], readings: Sequence[Reading], raw_csv: bool) -> str:
        from crossread.export.tables import csv_text, rows_of

        return csv_text(rows_of(stories, kind), raw=raw_csv)

    return write


EXPORTERS: dict[str, Exporter] = {
    "json": _json,
    "html": _html,
    "md": _markdown,
    "csv-claims": _table("claims"),
    "csv-events": _table("events"),
    "csv-figures": _table("figures"),
    "csv-timeline": _table("timeline"),
}


def export_stories(stories: Sequence[Story], readings: Sequence[Reading], *, to: str, raw_csv: bool = False) -> str:
    """Stories as text in a named format.

    Args:
        stories: One or more stories; ``html`` and ``md`` hold exactly one.
        readings: The readings behind them; needed by ``html`` and ``md``.
        to: A name in `EXPORTERS`.
        raw_csv: Leave cells that a spreadsheet would take for formulas as they are.

    Raises:
        ExportError: If the format is unknown (the message lists those there are), or the input does not fit it.
    """
    exporter = EXPORTERS.get(to)
    if exporter is None:
        raise ExportError(f"no format is called {to!r}; there are {', '.join(sorted(EXPORTERS))}")
    return exporter(stories, readings, raw_csv)
