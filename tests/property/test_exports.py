"""Whatever text reports hold, every format stays whole and gives it back."""

import csv
import io
import json
import zipfile

import bibtexparser
import lxml.html
import msgspec
import openpyxl
import pyarrow.parquet
import pytest
import rispy
import shapely.geometry
from hypothesis import example, given, settings
from hypothesis import strategies as st

from crossread.export import EXPORTS, export_stories
from crossread.export.cameo import GDELT_COLUMNS
from crossread.export.encoding import clean, cleaned
from crossread.export.event_table import parse_table
from crossread.export.parquet import records_of
from crossread.export.xlsx import MAX_CELL
from crossread.jsonlines import decode
from crossread.records import Reading, Story
from tests.unit.export.material import hostile

STARTS = st.sampled_from(
    ["", "=", "+", "-", "@", "\t=", " =", "\r", "\n=", "'=", "＝", "\u202e", "\x00", "\ud800", "</script>", '"', ";="]
)
TEXTS = st.tuples(STARTS, st.text(st.characters(exclude_categories=()), max_size=60)).map("".join).filter(lambda t: bool(t))
LONG = "=" + "𝔸b" * 20_000


def hostile_texts(test):
    """The texts that broke programs before, and whatever else hypothesis finds."""
    for text in [
        "=cmd|' /C calc'!A0",
        "\x00",
        "\ud83d",
        "a\r\nb",
        "\u202egnp.exe",
        "<img src=x onerror=alert(1)>",
        "@a{b,}",
        "TY  - JOUR",
        LONG,
    ]:
        test = example(text)(test)
    return settings(max_examples=25)(given(TEXTS)(test))


def exported(text: str, to: str) -> bytes:
    material = hostile(text)
    return export_stories(material.stories, material.readings, to=to, as_of="2031-04-09")


def plain_of(record: Story | Reading) -> object:
    return cleaned(msgspec.to_builtins(record))


@hostile_texts
def test_json_lines_give_back_the_records(text: str) -> None:
    material = hostile(text)
    assert plain_of(decode(exported(text, "jsonl"), Story)) == plain_of(material.stories[0])
    assert plain_of(decode(exported(text, "readings"), Reading)) == plain_of(material.readings[0])


@hostile_texts
def test_parquet_gives_back_the_records(text: str) -> None:
    material = hostile(text)
    for to, kind, record in (("parquet", Story, material.stories[0]), ("parquet-readings", Reading, material.readings[0])):
        rows = pyarrow.parquet.read_table(io.BytesIO(exported(text, to))).to_pylist()
        assert [plain_of(r) for r in records_of(rows, kind)] == [plain_of(record)]


@hostile_texts
def test_csv_keeps_its_cells_and_none_is_a_formula(text: str) -> None:
    limit = csv.field_size_limit(10**7)
    try:
        with zipfile.ZipFile(io.BytesIO(exported(text, "csv"))) as archive:
            for name in archive.namelist():
                if name.endswith(".csv"):
                    header, *rows = csv.reader(io.StringIO(archive.read(name).decode(), newline=""))
                    assert rows
                    for row in rows:
                        assert len(row) == len(header)
                        for cell in row:
                            assert cell.lstrip(" \t\r\n\x00\u200b\ufeff")[:1] not in set("=+-@＝＋－＠") or cell == ""
    finally:
        csv.field_size_limit(limit)


@hostile_texts
def test_workbook_opens_and_holds_no_formula(text: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(exported(text, "xlsx")))
    cells = [c for sheet in book for row in sheet.iter_rows(min_row=2) for c in row if c.value is not None]
    assert {c.data_type for c in cells} <= {"s", "n", "d"}
    assert all(len(c.value) <= MAX_CELL for c in cells if isinstance(c.value, str))
    kept = clean(text)
    if kept.isprintable() and len(kept) < 1000:
        assert book["brief"]["C2"].value == kept


@hostile_texts
def test_page_has_no_element_of_the_report(text: str) -> None:
    page = lxml.html.document_fromstring(exported(text, "html"))
    assert len(page.findall(".//script")) == 1
    assert not page.findall(".//img")
    assert not [e for e in page.iter() if any(str(name).startswith("on") for name in e.attrib)]


@hostile_texts
def test_annotations_quote_the_text_exactly(text: str) -> None:
    for annotation in json.loads(exported(text, "webannotation"))["first"]["items"]:
        for target in annotation["target"]:
            quote, position = target["selector"]
            assert clean(text)[position["start"] : position["end"]] == quote["exact"]


@hostile_texts
def test_bibliographies_hold_one_entry(text: str) -> None:
    title = " ".join("".join(" " if ord(c) < 32 or 127 <= ord(c) < 160 or c in "\u2028\u2029" else c for c in clean(text)).split())
    (item,) = json.loads(exported(text, "csl-json"))
    assert item["title"] == title
    library = bibtexparser.parse_string(exported(text, "bibtex").decode())
    assert not library.failed_blocks
    assert len(library.entries) == 1
    (entry,) = rispy.loads(exported(text, "ris").decode())
    assert entry.get("title", "") == title


@hostile_texts
def test_rows_of_gdelt_stay_rows(text: str) -> None:
    (line,) = exported(text, "gdelt").decode().removesuffix("\n").split("\n")
    assert len(line.split("\t")) == len(GDELT_COLUMNS)


@hostile_texts
def test_points_and_records_parse(text: str) -> None:
    for feature in json.loads(exported(text, "geojson"))["features"]:
        assert shapely.geometry.shape(feature["geometry"]).is_valid
    (record,) = map(json.loads, exported(text, "plover").removesuffix(b"\n").split(b"\n"))
    assert record["text_info"]["text_story"] == clean(text)


@hostile_texts
def test_event_table_is_its_own_former_table(text: str) -> None:
    material = hostile(text)
    for to in ("event-table", "event-table-jsonl"):
        first = exported(text, to)
        assert export_stories(material.stories, material.readings, to=to, previous=first, as_of="2032-01-01") == first
        assert len(parse_table(first)) == 1


@pytest.mark.parametrize("name", list(EXPORTS))
@settings(max_examples=5)
@given(TEXTS)
def test_no_format_gives_up(name: str, text: str) -> None:
    assert exported(text, name)
