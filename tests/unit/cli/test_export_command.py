"""``crossread export``: files, stores, several formats and stories, and what it says when something is lacking."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from crossread.cli.app import app
from crossread.cli.store_commands import versions_of
from crossread.errors import ExportError, InputError
from crossread.export import EXPORTS
from crossread.jsonlines import encode
from crossread.store import open_store
from tests.unit.export.material import with_ids


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    material = with_ids("d1", "d2")
    stories, readings = tmp_path / "stories.jsonl", tmp_path / "readings.jsonl"
    stories.write_bytes(b"".join(encode(s) + b"\n" for s in material.stories))
    readings.write_bytes(b"".join(encode(r) + b"\n" for r in material.readings))
    return str(stories), str(readings)


def run(*words: str, **options: object) -> Result:
    result = CliRunner().invoke(app, ["export", *words], **options)  # type: ignore[arg-type]
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@contextmanager
def umask(mask: int) -> Iterator[None]:
    former = os.umask(mask)
    try:
        yield
    finally:
        os.umask(former)


def test_a_text_format_goes_to_stdout(files) -> None:
    result = run(files[0], "--format", "csv-events", "--readings", files[1], "-q")
    assert result.stdout.count("\n") == 3
    assert result.stderr == ""


def test_the_old_name_of_the_option_still_works(files) -> None:
    assert run(files[0], "--to", "jsonl").stdout.count("\n") == 2


def test_stories_may_come_from_stdin(files) -> None:
    result = run("-", "--format", "jsonl", input=Path(files[0]).read_bytes())
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["story-d1", "story-d2"]


def test_several_formats_and_stories_fill_a_folder(files, tmp_path: Path) -> None:
    out = tmp_path / "new" / "exports"
    result = run(files[0], "--readings", files[1], "-f", "html", "-f", "xlsx", "-f", "event-table", "--out", str(out))
    assert sorted(os.listdir(out)) == ["stories.event-table.csv", "stories.xlsx", "story-d1.html", "story-d2.html"]
    assert result.stdout == ""
    assert "stories.xlsx: xlsx," in result.stderr


def test_a_chosen_story_gets_its_name(files, tmp_path: Path) -> None:
    run(files[0], "--readings", files[1], "-f", "html", "-f", "ris", "--story", "story-d2", "--out", str(tmp_path / "x"))
    assert sorted(os.listdir(tmp_path / "x")) == ["story-d2.html", "story-d2.ris"]


def test_one_file_keeps_the_name_given(files, tmp_path: Path) -> None:
    with umask(0o027):
        run(files[0], "--readings", files[1], "-f", "geojson", "--out", str(tmp_path / "map.json"))
    assert json.loads((tmp_path / "map.json").read_text())["type"] == "FeatureCollection"
    assert (tmp_path / "map.json").stat().st_mode & 0o777 == 0o640


def test_every_format_is_written_in_one_run(files, tmp_path: Path) -> None:
    words = [w for name in EXPORTS for w in ("-f", name)]
    run(files[0], "--readings", files[1], "--story", "story-d1", *words, "--out", str(tmp_path / "all"))
    assert sorted(os.listdir(tmp_path / "all")) == sorted(f"story-d1{e.suffix}" for e in EXPORTS.values())


def test_ids_last_from_run_to_run(files, tmp_path: Path) -> None:
    table = tmp_path / "events.csv"
    common = [files[0], "--readings", files[1], "-f", "event-table", "--out", str(table)]
    run(*common, "--as-of", "2031-04-09")
    first = table.read_bytes()
    run(*common, "--previous", str(table), "--as-of", "2031-04-10")
    assert table.read_bytes() == first
    run(*common, "--story", "story-d1", "--previous", str(table), "--as-of", "2031-04-11")
    assert b'"withdrawn"' in table.read_bytes()


def test_a_store_gives_stories_and_readings(files, tmp_path: Path) -> None:
    material, path = with_ids("d1", "d2"), tmp_path / "desk.db"
    with open_store(path) as store:
        for reading in material.readings:
            store.add(reading.document, arrived="2031-04-09T00:00:00Z")
        names = [f.id for f in store.listing()]
        assert names
        for reading in material.readings:
            store.put_reading(reading, versions_of(None))
        store.put_stories(material.stories)
    result = run("--store", str(path), "-f", "csv-claims", "--story", "story-d2")
    assert result.stdout.count("\n") == 2
    assert "A raid near d2." in result.stdout


def test_list_names_every_format() -> None:
    lines = run("--list").stdout.splitlines()
    assert [line.split()[0] for line in lines] == list(EXPORTS)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["-f", "csv-events", "-f", "html"], "give a folder with --out"),
        (["-f", "html"], "give a folder with --out"),
        (["-f", "html", "--story", "nope"], "no story is called nope; there are story-d1, story-d2"),
        (["-f", "event-table", "--previous", "nowhere.csv"], "nowhere.csv: No such file"),
    ],
)
def test_what_is_lacking_is_said(files, words, message) -> None:
    with pytest.raises(InputError, match=message):
        run(files[0], "--readings", files[1], *words)


def test_unknown_formats_and_lacking_readings_are_said(files) -> None:
    with pytest.raises(ExportError, match="no format is called 'docx'; there are bibtex, cameo"):
        run(files[0], "-f", "docx")
    with pytest.raises(ExportError, match="--readings"):
        run(files[0], "-f", "xlsx", "--out", "x.xlsx")


def test_several_files_do_not_go_into_a_file(files, tmp_path: Path) -> None:
    (tmp_path / "x").write_text("")
    with pytest.raises(InputError, match="is a file"):
        run(files[0], "--readings", files[1], "-f", "ris", "-f", "bibtex", "--out", str(tmp_path / "x"))


@pytest.mark.parametrize(
    "words", [["-f", "html"], ["a.jsonl"], ["a.jsonl", "--store", "b", "-f", "ris"], ["-", "-f", "ris", "--readings", "-"]]
)
def test_wrong_usage_is_exit_code_two(words) -> None:
    assert run(*words).exit_code == 2


def test_a_store_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such store"):
        run("--store", str(tmp_path / "desk.db"), "-f", "ris")
    assert not os.listdir(tmp_path)


def test_a_wrong_time_is_wrong_usage(files) -> None:
    assert run(files[0], "--readings", files[1], "-f", "event-table", "--as-of", "yesterday").exit_code == 2
