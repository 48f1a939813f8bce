"""CSV read back by the csv module, pandas and DuckDB."""

import csv
import io
import json
import zipfile

import duckdb
import pandas
import pytest

from crossread.export import EXPORTS, export_stories
from crossread.export.columns import flat
from crossread.export.context import context_of
from crossread.export.csv_files import csv_text, safe_cell, unescaped
from crossread.export.tables import TABLES
from tests.unit.export.material import hostile, plain

FORMULAS = ["=1+1", "+1", "-1", "@x", "  =1", "\tx", "\r=1", "＝1", "\u200b=1", "\ufeff@x", "\x00=1", "'=1", "−1"]
HARMLESS = ["1", "a=b", "Renn", "'quoted'", "", "a\n=b", "£3"]


@pytest.mark.parametrize("text", FORMULAS)
def test_cells_that_look_like_formulas_get_an_apostrophe(text: str) -> None:
    assert safe_cell(text) == f"'{text}"
    assert unescaped(f"'{text}") == text


@pytest.mark.parametrize("text", HARMLESS)
def test_other_cells_stay(text: str) -> None:
    assert safe_cell(text) == text
    assert unescaped(text) == text


@pytest.mark.parametrize("name", list(TABLES))
def test_rows_have_the_columns_that_the_table_names(name: str) -> None:
    material, table = hostile("A raid."), TABLES[name]
    rows = list(table.rows(context_of(material.stories[0], material.by_document)))
    assert rows
    for row in rows:
        assert list(row) == [c.name for c in table.columns]
        for column in table.columns:
            kinds = {"list": tuple, "integer": int, "number": (int, float), "boolean": bool}.get(column.kind, str)
            assert row[column.name] is None or isinstance(row[column.name], kinds), column.name


@pytest.mark.parametrize("name", list(TABLES))
def test_the_csv_module_gives_back_every_cell(name: str) -> None:
    material = plain()
    rows = list(TABLES[name].rows(context_of(material.stories[0], material.by_document)))
    content = export_stories(material.stories, material.readings, to=f"csv-{name}", raw_csv=True).decode()
    back = list(csv.DictReader(io.StringIO(content, newline="")))
    told = [{k: "" if flat(v) is None else str(flat(v)) for k, v in row.items()} for row in rows]
    assert back == told


def test_pandas_and_duckdb_see_numbers_gaps_and_texts(tmp_path) -> None:
    path = tmp_path / "figures.csv"
    path.write_bytes(export_stories(plain().stories, plain().readings, to="csv-figures"))
    frame = pandas.read_csv(path)
    assert frame["low"].tolist() == [12, 20]
    assert frame["high"].isna().tolist() == [True, False]
    rows = duckdb.sql(f"SELECT low, high, bound FROM read_csv('{path}') ORDER BY low").fetchall()
    assert [(float(a), b and float(b), c) for a, b, c in rows] == [(12.0, None, "at_least"), (20.0, 20.0, "about")]


def test_words_behind_a_row_are_the_words_of_the_report() -> None:
    material = plain()
    rows = list(csv.DictReader(io.StringIO(export_stories(material.stories, material.readings, to="csv-claims").decode())))
    document, span = rows[0]["evidence"].split(":")
    start, end = map(int, span.split("-"))
    assert material.by_document[document].document.text[start:end] == rows[0]["words"] == "No one <asked> us"


def test_a_table_without_rows_keeps_its_header() -> None:
    story = type(plain().stories[0])(id="empty", documents=())
    lines = export_stories([story], [], to="csv-events").decode().splitlines()
    assert len(lines) == 1
    assert lines[0].startswith('"story","event"')
    assert csv_text([]) == ""


def test_package_describes_every_file_and_is_the_same_every_time() -> None:
    material = plain()
    content = export_stories(material.stories, material.readings, to="csv")
    assert content == export_stories(material.stories, material.readings, to="csv")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        package = json.loads(archive.read("datapackage.json"))
        assert {r["path"] for r in package["resources"]} == set(archive.namelist()) - {"datapackage.json"}
        for resource in package["resources"]:
            header = next(csv.reader(io.StringIO(archive.read(resource["path"]).decode())))
            assert header == [f["name"] for f in resource["schema"]["fields"]]
            assert all(f["description"] for f in resource["schema"]["fields"])


def test_raw_csv_leaves_formulas() -> None:
    material = hostile("=1+1")
    assert '"\'=1+1"' in export_stories(material.stories, material.readings, to="csv-brief").decode()
    assert '"=1+1"' in export_stories(material.stories, material.readings, to="csv-brief", raw_csv=True).decode()


def test_every_table_is_a_format() -> None:
    assert {f"csv-{name}" for name in TABLES} <= set(EXPORTS)
