"""Parquet read back by pyarrow, polars and DuckDB: the same records."""

import io
import sys

import msgspec
import polars
import pyarrow.parquet
import pytest

from crossread.errors import MissingExtra, SchemaMismatch
from crossread.export import export_stories
from crossread.export.parquet import read_parquet_records, records_of
from crossread.records import FeedSource, Reading, Story, TextSource, UrlSource
from tests.unit.export.material import hostile, hostile_reading, plain, with_ids


@pytest.mark.parametrize(
    "material", [plain(), hostile("A raid — “at dawn”."), with_ids("d1", "d2", "d3")], ids=["plain", "full", "three"]
)
def test_stories_and_readings_come_back_whole(material, tmp_path) -> None:
    stories, readings = tmp_path / "stories.parquet", tmp_path / "readings.parquet"
    stories.write_bytes(export_stories(material.stories, material.readings, to="parquet"))
    readings.write_bytes(export_stories(material.stories, material.readings, to="parquet-readings"))
    expected = sorted(material.readings, key=lambda r: r.document.id)
    assert list(records_of(pyarrow.parquet.read_table(stories).to_pylist(), Story)) == list(material.stories)
    assert list(records_of(polars.read_parquet(stories).to_dicts(), Story)) == list(material.stories)
    assert read_parquet_records(stories, Story) == list(material.stories)
    assert read_parquet_records(readings, Reading) == expected
    assert list(records_of(pyarrow.parquet.read_table(readings).to_pylist(), Reading)) == expected


@pytest.mark.parametrize("source", [TextSource(), UrlSource(url="https://x.example"), FeedSource(path="a", entry="b", url=None)])
def test_every_kind_of_source_comes_back(source, tmp_path) -> None:
    reading = hostile_reading("A raid.")
    reading = msgspec.structs.replace(reading, document=msgspec.structs.replace(reading.document, source=source))
    path = tmp_path / "readings.parquet"
    path.write_bytes(export_stories(hostile("A raid.").stories, [reading], to="parquet-readings"))
    assert read_parquet_records(path, Reading) == [reading]


def test_event_table_has_typed_columns() -> None:
    material = hostile("A raid.")
    table = pyarrow.parquet.read_table(io.BytesIO(export_stories(material.stories, material.readings, to="parquet-event-table")))
    kinds = {f.name: str(f.type) for f in table.schema}
    assert kinds["date_start"] == "date32[day]"
    assert kinds["deaths_best"] == "double"
    assert kinds["sources"].startswith("list<")
    (row,) = table.to_pylist()
    assert (row["deaths_low"], row["event_type"], row["mentions"]) == (3.0, "ASSAULT", ["d1:0-1"])


def test_other_records_are_a_mismatch(tmp_path) -> None:
    path = tmp_path / "stories.parquet"
    path.write_bytes(export_stories(plain().stories, plain().readings, to="parquet"))
    with pytest.raises(SchemaMismatch):
        read_parquet_records(path, Reading)


def test_without_duckdb_the_message_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(MissingExtra, match=r"crossread\[parquet\]"):
        export_stories(plain().stories, plain().readings, to="parquet")
