"""The registry of formats, and files that appear whole or not at all."""

import io
import json
import os
import stat
from collections.abc import Sequence
from pathlib import Path

import jsonschema_rs
import polars
import pytest

from crossread.errors import ExportError
from crossread.export import EXPORTS, Export, export_stories, find_export, register_export, write_bytes
from crossread.jsonlines import decode, schema
from crossread.records import Reading, Story
from tests.unit.export.material import plain, with_ids


def test_names_are_the_ones_that_users_know() -> None:
    """A snapshot: a name that vanishes or changes breaks somebody's script."""
    assert list(EXPORTS) == [
        "json", "jsonl", "readings", "html", "md", "xlsx", "csv", "csv-events", "csv-figures", "csv-claims", "csv-disputes",
        "csv-corroborations", "csv-threads", "csv-timeline", "csv-actors", "csv-places", "csv-copies", "csv-documents", "csv-brief",
        "event-table", "event-table-jsonl", "plover", "cameo", "gdelt", "geojson", "parquet", "parquet-readings",
        "parquet-event-table", "webannotation", "csl-json", "bibtex", "ris",
    ]  # fmt: skip


def test_suffixes_are_unique_and_descriptions_there() -> None:
    suffixes = [e.suffix for e in EXPORTS.values()]
    assert len(set(suffixes)) == len(suffixes)
    assert all(e.description and e.media_type and e.suffix.startswith(".") for e in EXPORTS.values())


@pytest.mark.parametrize("name", list(EXPORTS))
def test_same_material_gives_same_bytes(name: str) -> None:
    material = plain()
    first = export_stories(material.stories, material.readings, to=name)
    assert first == export_stories(material.stories, tuple(reversed(material.readings)), to=name)
    assert first


@pytest.mark.parametrize("name", list(EXPORTS))
def test_no_story_is_an_error(name: str) -> None:
    with pytest.raises(ExportError, match="no story"):
        export_stories([], [], to=name)


def test_one_story_formats_say_what_to_do_with_several() -> None:
    material = with_ids("d1", "d2")
    with pytest.raises(ExportError, match="--story ID"):
        export_stories(material.stories, material.readings, to="html")


def test_missing_readings_are_counted() -> None:
    material = with_ids(*(f"d{n}" for n in range(8)))
    with pytest.raises(ExportError, match="and 2 more"):
        export_stories(material.stories, material.readings[:1], to="xlsx")


def test_a_name_cannot_be_taken_twice_and_others_can_be_added() -> None:
    with pytest.raises(ExportError, match="there already"):
        register_export(EXPORTS["html"])
    added = Export(
        name="mine", suffix=".mine", media_type="text/plain", description="mine", maker="tests.unit.export.test_registry:mine"
    )
    register_export(added)
    try:
        assert export_stories(plain().stories, to="mine") == b"1"
    finally:
        del EXPORTS["mine"]
    with pytest.raises(ExportError, match="webannotation"):
        find_export("mine")


def mine(material) -> bytes:
    return str(len(material.stories)).encode()


def test_json_lines_come_back_whole() -> None:
    material = with_ids("d1", "d2")
    stories = export_stories(material.stories, material.readings, to="jsonl").splitlines()
    assert [decode(line, Story) for line in stories] == list(material.stories)
    readings = export_stories(material.stories, material.readings, to="readings").splitlines()
    assert [decode(line, Reading) for line in readings] == list(material.readings)
    assert json.loads(export_stories(material.stories[:1], to="json"))["id"] == "story-d1"


@pytest.mark.parametrize("name", ["jsonl", "readings", "json"])
def test_other_readers_find_records_that_the_schema_holds(name: str) -> None:
    material = with_ids("d1", "d2") if name != "json" else with_ids("d1")
    content = export_stories(material.stories, material.readings, to=name)
    rows = polars.read_ndjson(io.BytesIO(content), infer_schema_length=None).to_dicts()
    records: Sequence[Story | Reading] = material.readings if name == "readings" else material.stories
    told = [(r.document.id, r.document.text) if isinstance(r, Reading) else (r.id, r.title) for r in records]
    assert [(r["document"]["id"], r["document"]["text"]) if name == "readings" else (r["id"], r["title"]) for r in rows] == told
    shape = {"$ref": f"#/$defs/{'Reading' if name == 'readings' else 'Story'}", **schema()}
    for line in content.splitlines():
        jsonschema_rs.validate(shape, json.loads(line))


def test_write_replaces_whole_and_keeps_the_mode(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    write_bytes(path, b"1")
    path.chmod(0o640)
    write_bytes(path, b"2")
    assert path.read_bytes() == b"2"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert os.listdir(tmp_path) == ["x.csv"]


def test_write_follows_links_and_takes_devices(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_bytes(b"old")
    link.symlink_to(target)
    write_bytes(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    write_bytes(Path("/dev/null"), b"x")
    assert not Path("/dev/null").is_file()


def test_a_failed_write_leaves_the_old_file_and_no_rubbish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ExportError, match="No space left on device"):
        write_bytes(path, b"new")
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["x.csv"]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="check the folder"):
        write_bytes(tmp_path / "no" / "x.csv", b"1")
