"""The commands as a person runs them, on the example story and on files that cannot be read."""

import json
import subprocess
import sys
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

import pytest

EXAMPLE = next(
    p for p in sorted(Path(str(files("crossread") / "examples")).iterdir()) if p.is_dir() and not p.name.startswith("__")
)
REPORTS = sorted(p for p in EXAMPLE.iterdir() if p.suffix in (".txt", ".html"))


def run(*words: str | Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run the command line in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "crossread", *map(str, words)], input=stdin, capture_output=True, timeout=240, check=False
    )


def lines(data: bytes) -> list[dict[str, object]]:
    """JSON Lines as objects."""
    return [json.loads(line) for line in data.splitlines()]


@pytest.fixture(scope="module")
def brief_json() -> bytes:
    """The example story as JSON."""
    done = run("brief", "--json", "-q", *REPORTS)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def test_brief_is_the_same_for_any_order_of_files(brief_json: bytes) -> None:
    again = run("brief", "--json", "-q", *REPORTS[::-1])
    assert again.stdout == brief_json


def test_brief_of_folder_equals_brief_of_its_files(brief_json: bytes) -> None:
    (story,) = lines(run("brief", "--json", "-q", EXAMPLE).stdout)
    (first,) = lines(brief_json)
    assert story["brief"] == first["brief"]
    assert story["documents"] == first["documents"]


def test_story_has_every_part(brief_json: bytes) -> None:
    (story,) = lines(brief_json)
    for part in (
        "documents",
        "actors",
        "places",
        "events",
        "claims",
        "figures",
        "corroborations",
        "disputes",
        "threads",
        "timeline",
        "brief",
    ):
        assert story[part], f"the example story has no {part}"


def test_brief_keeps_to_its_words(brief_json: bytes) -> None:
    (story,) = lines(run("brief", "--json", "-q", "--words", "90", *REPORTS).stdout)
    told = " ".join(line["text"] for line in story["brief"])  # type: ignore[union-attr, index]
    assert 0 < len(told.split()) <= 90
    (whole,) = lines(brief_json)
    assert len(whole["brief"]) >= len(story["brief"])  # type: ignore[arg-type]


def test_terminal_output_shows_every_section() -> None:
    done = run("brief", *REPORTS)
    text = done.stdout.decode()
    for section in ("Brief", "Disputes", "Figures", "Timeline", "Who says what", "Agreements", "Threads", "Notes"):
        assert f"\n{section} ─" in text, f"section {section} is missing"
    assert "[1]" in text


def test_pages_are_written_where_asked(tmp_path: Path) -> None:
    done = run("brief", "-q", *REPORTS, "--html", tmp_path / "r.html", "--md", tmp_path / "r.md")
    assert done.returncode == 0
    assert "<!doctype html>" in (tmp_path / "r.html").read_text(encoding="utf-8")
    assert (tmp_path / "r.md").read_text(encoding="utf-8").startswith("# ")


def test_page_that_cannot_be_written_is_exit_3(tmp_path: Path) -> None:
    done = run("brief", "-q", *REPORTS[:1], "--html", tmp_path / "no" / "r.html")
    assert done.returncode == 3
    assert b"r.html: cannot be written" in done.stderr


def test_steps_chain_through_files_and_stdin(tmp_path: Path) -> None:
    documents = run("ingest", "-q", *REPORTS[:3])
    readings = run("read", "-q", "-", stdin=documents.stdout)
    stories = run("link", "-q", "-", stdin=readings.stdout)
    assert [done.returncode for done in (documents, readings, stories)] == [0, 0, 0]
    ids = [d["id"] for d in lines(documents.stdout)]
    assert [r["document"]["id"] for r in lines(readings.stdout)] == ids  # type: ignore[index]
    assert sorted(d for s in lines(stories.stdout) for d in s["documents"]) == sorted(ids)  # type: ignore[attr-defined]


@pytest.fixture
def bad_files(tmp_path: Path) -> Sequence[Path]:
    """Files that hold no English report, each for its own reason, and one that does."""
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "blank.txt").write_bytes(b" \n\t\n")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 40)
    german = (
        "Der Minister sagte am Montag, die Verhandlungen seien gescheitert. "
        "Niemand habe mit der Regierung gesprochen, erklärte er vor der Presse. "
    )
    (tmp_path / "german.txt").write_text(german * 4, encoding="utf-8")
    (tmp_path / "good.txt").write_text(
        "Talks break down\n\nThe minister of Veltland said on Monday that the talks had failed.\n", encoding="utf-8"
    )
    return sorted(tmp_path.iterdir())


def test_what_cannot_be_read_is_listed_and_the_rest_is_read(bad_files: Sequence[Path]) -> None:
    done = run("read", *bad_files)
    assert done.returncode == 1
    told = done.stderr.decode()
    for path in bad_files:
        assert (path.name in told) == (path.name != "good.txt"), told
    readings = {Path(r["document"]["source"]["path"]).name: r for r in lines(done.stdout)}  # type: ignore[index]
    assert readings["good.txt"]["sentences"]
    assert all(not r["sentences"] for name, r in readings.items() if name != "good.txt")


def test_brief_reads_the_good_and_lists_the_bad(bad_files: Sequence[Path]) -> None:
    done = run("brief", "--json", *bad_files)
    assert done.returncode == 1
    (story,) = lines(done.stdout)
    assert len(story["documents"]) == 1  # type: ignore[arg-type]


def test_nothing_readable_is_exit_3(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    done = run("brief", tmp_path / "empty.txt")
    assert done.returncode == 3
    assert b"no report could be read" in done.stderr
    assert b"Traceback" not in done.stderr


def test_missing_path_is_named(tmp_path: Path) -> None:
    done = run("brief", tmp_path / "nowhere")
    assert done.returncode in (1, 3)
    assert b"nowhere" in done.stderr
    assert b"Traceback" not in done.stderr


def test_wrong_usage_is_exit_2() -> None:
    assert run("brief").returncode == 2
    assert run("nonsense").returncode == 2
    assert run("brief", "--since", "soon", *REPORTS[:1]).returncode == 2


def test_link_makes_no_story_of_what_could_not_be_read(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("The mayor of Kessel opened the bridge on Monday.\n", encoding="utf-8")
    (tmp_path / "bad.txt").write_bytes(bytes(range(32)) * 40)
    readings = run("read", tmp_path / "good.txt", tmp_path / "bad.txt")
    known = {str(r["document"]["id"]): r["document"]["text"] for r in lines(readings.stdout)}  # type: ignore[index]
    (empty,) = (name for name, text in known.items() if not text)
    done = run("link", "-", stdin=readings.stdout)
    assert [story["documents"] for story in lines(done.stdout)] == [[name for name in known if name != empty]]
    assert f"left out: 1 document without text ({empty})" in done.stderr.decode()


def test_link_names_the_line_that_is_no_reading(tmp_path: Path) -> None:
    (tmp_path / "r.jsonl").write_text('{"id": 1}\n', encoding="utf-8")
    done = run("link", tmp_path / "r.jsonl")
    assert done.returncode == 3
    assert b"r.jsonl, line 1" in done.stderr


def test_since_sets_earlier_reports_aside() -> None:
    (story,) = lines(run("brief", "--json", "-q", "--since", "2023-05-01", EXAMPLE).stdout)
    reasons = [o["reason"] for o in story["outside"]]  # type: ignore[attr-defined, index]
    assert any("days asked for" in r for r in reasons)


def test_demo_reads_the_example() -> None:
    done = run("demo")
    assert done.returncode == 0, done.stderr.decode()
    assert "Brief ─" in done.stdout.decode()


def test_unknown_model_says_what_is_there() -> None:
    done = run("read", "--model", "no_such_pipeline", REPORTS[0])
    assert done.returncode == 3
    assert b"no_such_pipeline" in done.stderr
    assert b"Traceback" not in done.stderr
