"""All tables as one Excel workbook: a sheet each, and a sheet of evidence that every line links to.

Every text is written as text, never as a formula or a link.  Excel holds 32,767 characters a cell: longer text is cut and says so.
"""

import io
import re
from datetime import UTC, date, datetime
from typing import Any

from crossread.errors import ExportError
from crossread.export.columns import Cell, Column, Row, flat
from crossread.export.context import Context, context_of
from crossread.export.encoding import clean
from crossread.export.registry import Material
from crossread.export.tables import TABLES, Table
from crossread.records import Evidence, Story

MAX_CELL = 32_767
MAX_ROWS = 1_048_576
MAX_LINKS = 60_000  # Excel opens 65,530 a sheet

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # XML 1.0 has no such characters
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # what spreadsheets would read as an escaped character
_WIDTHS = {"list": 34, "date": 12, "integer": 11, "number": 11, "boolean": 8}
_LONG = frozenset({"text", "position", "topic", "reason", "title", "words", "sentence"})
_NARROW = frozenset({"story", "kind", "type", "status", "country", "sector", "bound", "stance", "polarity", "date_precision"})

_EVIDENCE = (
    Column("table", "text", "the table that the row is in"),
    Column("record", "text", "id of the record; the link leads to its row"),
    Column("document", "text", "id of the document"),
    Column("report", "text", "publisher, or what else the report is called"),
    Column("published", "date", "day of publication"),
    Column("sentence", "text", "the whole sentence"),
    Column("words", "text", "the words that the row rests on"),
    Column("start", "integer", "where they start in the document's text, in code points"),
    Column("end", "integer", "where they end, not included"),
    Column("url", "text", "address of the report"),
)


def cell_text(text: str) -> str:
    """Text as a cell holds it: characters that XML has no room for become U+FFFD; cut at Excel's limit, with a note."""
    text = _ILLEGAL.sub("\ufffd", clean(text)).replace("\r\n", "\n").replace("\r", "\n")
    if len(text.encode("utf-16-le")) // 2 > MAX_CELL:
        note = f" … [cut: {len(text)} characters; the JSON Lines export has all]"
        while len((text + note).encode("utf-16-le")) // 2 > MAX_CELL:
            text = text[: MAX_CELL - len(note)] if len(text) > MAX_CELL else text[:-64]
        text += note
    return text


class _Sheet:
    """One sheet: header frozen and bold, filters on, rows written below one another."""

    def __init__(self, book: Any, formats: dict[str, Any], name: str, columns: tuple[Column, ...]) -> None:
        self.name, self.columns, self.formats = name, columns, formats
        self.sheet = book.add_worksheet(name)
        self.n_rows, self.n_links = 1, 0
        self.sheet.freeze_panes(1, 2)
        for n, column in enumerate(columns):
            self.sheet.write_string(0, n, column.name, formats["head"])
            self.sheet.write_comment(0, n, column.meaning)
            self.sheet.set_column(n, n, _width(column), formats["wrap"])

    def add(self, row: Row) -> int:
        """Write a row; returns its number as Excel counts (from 1)."""
        if self.n_rows >= MAX_ROWS:
            raise ExportError(f"xlsx: {self.name} has more than {MAX_ROWS:,} rows; write it with --format parquet or csv")
        for n, column in enumerate(self.columns):
            self._write(self.n_rows, n, column, row[column.name])
        self.n_rows += 1
        return self.n_rows

    def _write(self, row: int, n: int, column: Column, cell: Cell) -> None:
        value = flat(cell)
        if value is None or value == "":
            return
        if not isinstance(value, str):
            self.sheet.write_number(row, n, value)
        elif column.kind == "date" and (day := _excel_day(value)) is not None:
            self.sheet.write_datetime(row, n, day, self.formats["date"])
        else:
            self._text(row, n, cell_text(value))

    def _text(self, row: int, n: int, text: str) -> None:
        # xlsxwriter escapes control characters as _xHHHH_ but not text that looks like that
        self.sheet.write_string(row, n, _ESCAPE.sub("_x005F_", text), self.formats["wrap"])

    def link(self, row: int, n: int, sheet: str, to: int, text: str) -> None:
        """A cell of a row (as Excel counts) that leads to a row of another sheet."""
        if self.n_links >= MAX_LINKS:
            self._text(row - 1, n, cell_text(text))
            return
        self.n_links += 1
        shown = _ESCAPE.sub("_x005F_", cell_text(text))
        self.sheet.write_url(
            row - 1, n, f"internal:'{sheet}'!A{to}", self.formats["link"], string=shown, tip=f"row {to} of {sheet}"
        )

    def close(self) -> None:
        """Filters over all rows."""
        self.sheet.autofilter(0, 0, max(1, self.n_rows - 1), len(self.columns) - 1)


def _width(column: Column) -> int:
    if column.name in _LONG:
        return 60
    return 16 if column.name in _NARROW else _WIDTHS.get(column.kind, 22)


def _excel_day(text: str) -> datetime | None:
    """A day as Excel stores it; ``None`` before 1900, which Excel's calendar does not know."""
    day = date.fromisoformat(text)
    return datetime(day.year, day.month, day.day) if day.year >= 1901 else None


def _proofs(story: Story, table: str) -> dict[str, tuple[Evidence, ...]]:
    """Evidence of each record of a table by id."""
    records: Any = getattr(story, table, ())
    return {r.id: r.evidence for r in records if hasattr(r, "evidence")}


def _evidence_row(context: Context, table: str, record: str, evidence: Evidence) -> Row:
    reading = context.readings.get(evidence.document)
    document = reading.document if reading else None
    return {
        "table": table,
        "record": record,
        "document": evidence.document,
        "report": context.label(evidence.document),
        "published": document.published.start if document and document.published else None,
        "sentence": context.sentence(evidence),
        "words": context.words(evidence),
        "start": evidence.span.start,
        "end": evidence.span.end,
        "url": document.url if document else None,
    }


def _fill(context: Context, table: Table, sheet: _Sheet, evidence: _Sheet) -> None:
    """Rows of one table for one story, each linked to the first line of its evidence, which links back."""
    proofs = _proofs(context.story, table.name)
    key = next(n for n, c in enumerate(table.columns) if c.name == table.key)
    where = next((n for n, c in enumerate(table.columns) if c.name == "evidence"), None)
    told: dict[str, int] = {}
    for row in table.rows(context):
        name, at = str(row[table.key]), sheet.add(row)
        proof = proofs.get(name, ())
        if proof and where is not None:
            if name not in told:
                told[name] = evidence.n_rows + 1
                for item in proof:
                    line = evidence.add(_evidence_row(context, table.name, name, item))
                    evidence.link(line, 1, sheet.name, at, name)
            count = len({(e.document, e.span) for e in proof})
            sheet.link(at, where, evidence.name, told[name], f"{count} {'passage' if count == 1 else 'passages'}")
            sheet.link(at, key, evidence.name, told[name], name)


def workbook(material: Material) -> bytes:
    """All tables of all stories as an Excel workbook; the same material gives the same bytes.

    Raises:
        ExportError: If a table has more rows than a sheet.
    """
    import xlsxwriter

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"title": cell_text(material.stories[0].title or "")[:255], "created": datetime(1980, 1, 1, tzinfo=UTC)})
    formats = {
        "head": book.add_format({"bold": True, "bottom": 1, "bg_color": "#F1EEE5", "valign": "top"}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
        "date": book.add_format({"num_format": "yyyy-mm-dd", "align": "left", "valign": "top"}),
        "link": book.add_format({"font_color": "#0B4FA8", "underline": 1, "text_wrap": True, "valign": "top"}),
    }
    sheets = {name: _Sheet(book, formats, name, table.columns) for name, table in TABLES.items()}
    evidence = _Sheet(book, formats, "evidence", _EVIDENCE)
    for story in material.stories:
        context = context_of(story, material.by_document)
        for name, table in TABLES.items():
            _fill(context, table, sheets[name], evidence)
    for sheet in (*sheets.values(), evidence):
        sheet.close()
    book.close()
    return out.getvalue()
