"""The workbook read back by openpyxl."""

import io

import openpyxl
import pytest

from crossread.errors import ExportError
from crossread.export import export_stories, xlsx
from crossread.export.columns import flat
from crossread.export.context import context_of
from crossread.export.registry import Material
from crossread.export.tables import TABLES
from crossread.export.xlsx import MAX_CELL, cell_text
from tests.unit.export.material import hostile, plain


def opened(material: Material) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(export_stories(material.stories, material.readings, to="xlsx")))


def test_sheets_are_the_tables_and_the_evidence() -> None:
    book = opened(plain())
    assert book.sheetnames == [*TABLES, "evidence"]
    for sheet in book:
        assert sheet.freeze_panes == "C2"
        assert sheet.auto_filter.ref


def test_cells_hold_what_the_tables_hold() -> None:
    material = plain()
    book = opened(material)
    for name, table in TABLES.items():
        rows = list(table.rows(context_of(material.stories[0], material.by_document)))
        sheet = book[name]
        assert [c.value for c in sheet[1]] == [c.name for c in table.columns]
        assert sheet.max_row == len(rows) + 1
        for number, row in enumerate(rows, start=2):
            for cell, column in zip(sheet[number], table.columns, strict=True):
                value = cell.value.date().isoformat() if column.kind == "date" and cell.value else cell.value
                if column.name != "evidence":  # this one is a link
                    told = flat(row[column.name])
                    assert value == (None if told == "" else told)


def test_every_line_links_to_its_sentences_and_back() -> None:
    book = opened(plain())
    n_links = 0
    for name, table in TABLES.items():
        for row in book[name].iter_rows(min_row=2):
            cells = {column.name: cell for column, cell in zip(table.columns, row, strict=True)}
            link = cells["evidence"].hyperlink if "evidence" in cells else None
            if link is None:
                continue
            n_links += 1
            sheet, cell = link.location.split("!")
            target = book[sheet.strip("'")][cell].row
            there = {head.value: c for head, c in zip(book["evidence"][1], book["evidence"][target], strict=True)}
            assert (there["table"].value, there["record"].value) == (name, cells[table.key].value)
            assert there["words"].value in there["sentence"].value
            back_sheet, back_cell = there["record"].hyperlink.location.split("!")
            back = book[back_sheet.strip("'")][back_cell].row
            assert book[name].cell(back, [c.name for c in table.columns].index(table.key) + 1).value == cells[table.key].value
    assert n_links >= 9


@pytest.mark.parametrize(
    "text", ['=HYPERLINK("http://x.example")', "+1", "@SUM(A1)", "http://x.example/", "{=1}", "mailto:a@b.example"]
)
def test_no_text_becomes_a_formula_or_a_link(text: str) -> None:
    book = opened(hostile(text))
    cells = [c for sheet in book for row in sheet.iter_rows(min_row=2) for c in row]
    assert any(c.value == text for c in cells)
    assert {c.data_type for c in cells} <= {"s", "n", "d"}
    assert not [c for c in cells if c.hyperlink is not None and c.hyperlink.target]


def test_long_text_is_cut_and_says_so() -> None:
    text = "x" * 40_000
    book = opened(hostile(text))
    value = book["brief"]["C2"].value
    assert len(value) <= MAX_CELL
    assert value.startswith("x" * 32_000)
    assert "[cut: 40000 characters; the JSON Lines export has all]" in value


def test_characters_beyond_the_basic_plane_count_twice_in_a_cell() -> None:
    text = cell_text("𝔸" * 20_000)
    assert len(text.encode("utf-16-le")) // 2 <= MAX_CELL
    assert cell_text("𝔸" * 16_000) == "𝔸" * 16_000


def test_same_bytes_every_time() -> None:
    material = plain()
    assert export_stories(material.stories, material.readings, to="xlsx") == export_stories(
        material.stories, material.readings, to="xlsx"
    )


def test_text_that_looks_like_an_escape_stays() -> None:
    assert opened(hostile("a _x0041_ b"))["brief"]["C2"].value == "a _x0041_ b"


def test_more_rows_than_a_sheet_holds_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MAX_ROWS", 2)
    with pytest.raises(ExportError, match="--format parquet or csv"):
        opened(plain())


def test_links_stop_where_excel_stops_and_the_text_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MAX_LINKS", 1)
    book = opened(plain())
    linked = [c for c in book["figures"]["B"] + book["claims"]["B"] if c.hyperlink]
    assert not linked or len(linked) <= 1
    assert book["claims"]["B2"].value == "claim-1"
