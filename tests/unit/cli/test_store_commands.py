"""Commands on a store, with readings made by hand in place of the model."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

import crossread.calls
from crossread.cli import store_commands
from crossread.cli.app import app
from crossread.records import Document, Problem, Reading, Span
from crossread.store import State, open_store


def read_plainly(documents: Iterable[Document], *, model: str | None = None) -> Iterator[Reading]:
    """One sentence a document; texts that hold the word ``broken`` fail."""
    for document in documents:
        if "broken" in document.text:
            problem = Problem(step="read", code="step.failed", severity="error", message="cannot be read", doc_id=document.id)
            yield Reading(document=document, problems=(problem,))
        else:
            yield Reading(document=document, sentences=(Span(0, len(document.text)),))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(crossread.calls, "read_all", read_plainly)
    reports = tmp_path / "in"
    reports.mkdir()
    for n in range(3):
        words = f"The minister of Veltland said on day {n} that the talks about the border had failed again."
        (reports / f"{n}.txt").write_text(f"Talks fail, day {n}\n\n{words}\n", encoding="utf-8")
    (reports / "3.txt").write_text(
        "A broken report\n\nThe envoy said that the bridge over the river was broken since the storm.\n", encoding="utf-8"
    )
    return tmp_path


def run(*words: str | Path) -> tuple[int, str]:
    """Exit code and stderr of a command."""
    done = CliRunner().invoke(app, [str(w) for w in words])
    return done.exit_code, done.stderr


def test_ingest_read_link_keep_everything_in_the_store(folder: Path) -> None:
    db = folder / "s.db"
    assert run("ingest", folder / "in", "--store", db)[0] == 0
    code, told = run("read", "--store", db)
    assert code == 1
    assert "cannot be read" in told
    with open_store(db) as store:
        assert store.counts() == {State.NEW: 0, State.READ: 3, State.FAILED: 1}
    assert run("link", "--store", db)[0] == 0
    with open_store(db) as store:
        assert sorted(d for s in store.stories() for d in s.documents) == [f.id for f in store.listing(state=State.READ)]
    assert run("check", db)[0] == 0


def test_reading_goes_on_where_it_stopped(folder: Path) -> None:
    db = folder / "s.db"
    run("read", folder / "in", "--store", db)
    _, told = run("read", "--store", db)
    assert told.strip().endswith("0 documents, 0 not read")


def test_only_failed_tries_what_failed_and_counts_attempts(folder: Path) -> None:
    db = folder / "s.db"
    run("read", folder / "in", "--store", db)
    run("read", "--store", db, "--only-failed")
    with open_store(db) as store:
        (found,) = store.listing(state=State.FAILED)
    assert found.attempts == 2


def test_reread_reads_everything_again(folder: Path) -> None:
    db = folder / "s.db"
    run("read", folder / "in", "--store", db)
    _, told = run("read", "--store", db, "--reread")
    assert "3 documents, 1 not read" in told


def test_backup_and_restore(folder: Path) -> None:
    db = folder / "s.db"
    run("read", folder / "in", "--store", db)
    assert run("backup", db, folder / "b.db")[0] == 0
    db.unlink()
    assert run("restore", folder / "b.db", db)[0] == 0
    with open_store(db) as store:
        assert len(store.listing()) == 4


def test_read_needs_files_or_a_store() -> None:
    code, told = run("read")
    assert code == 2
    assert "--store" in told


def test_codebook_version_covers_files_in_folders(tmp_path: Path) -> None:
    (tmp_path / "actors").mkdir()
    (tmp_path / "__pycache__").mkdir()
    for name, words in (("units.toml", "a"), ("actors/states.tsv", "b"), ("__pycache__/x.pyc", "c")):
        (tmp_path / name).write_text(words, encoding="utf-8")
    assert list(store_commands._contents(tmp_path)) == [b"b", b"a"]
