"""Commands on a store, with readings made by hand in place of the model."""

import dataclasses
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

import crossread.calls
from crossread.cli import store_commands
from crossread.cli.app import app
from crossread.cli.console import Messages
from crossread.ingest import formats
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
    run("ingest", folder / "in", "--store", db)
    assert f"4 documents are not read yet: `crossread read --store {db}` reads them" in run("check", db)[1]
    run("read", "--store", db)
    run("read", "--store", db, "--only-failed")
    with open_store(db) as store:
        (found,) = store.listing(state=State.FAILED)
    assert found.attempts == 2
    told = run("check", db)[1]
    assert f"failed: {found.id}: cannot be read (2 attempts)" in told
    assert f"`crossread read --store {db} --only-failed` tries them again" in told


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


# ---------------------------------------------------------------- going on where a run stopped


def lines(path: Path, n: int) -> Path:
    """A file of reports."""
    rows = [{"id": f"r{k}", "text": f"The mayor said on day {k} that the river had risen again near the bridge."} for k in range(n)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


class Stopped(Exception):
    """The run is broken off here."""


def test_resume_goes_on_in_the_middle_of_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    big, db = lines(tmp_path / "big.jsonl", 10), tmp_path / "s.db"
    monkeypatch.setattr(store_commands, "BATCH", 3)
    build, built = formats.build_document, []

    def build_some(text: str, **known: object) -> Document:
        built.append(text)
        if len(built) == 8:
            raise Stopped
        return build(text, **known)  # type: ignore[arg-type]

    monkeypatch.setattr(formats, "build_document", build_some)
    with pytest.raises(Stopped):
        store_commands.ingest_into(str(db), [str(big)], messages=Messages(quiet=True))
    with open_store(db) as store:
        assert len(store.listing()) == 6
        known = store.position(str(big))
        assert known is not None
        assert (known[0], store.is_done(str(big))) == (6, False)
    built.clear()
    built.extend([""] * 10)
    code, told = run("ingest", big, "--store", db, "--resume")
    assert (code, len(built)) == (0, 14), "only the four that were left are built"
    assert "gone on from there: 1" in told
    with open_store(db) as store:
        assert [f.id for f in store.listing()] == sorted(f"r{k}" for k in range(10))
        assert store.is_done(str(big))


def test_resume_passes_over_what_is_done_and_reads_what_changed(folder: Path) -> None:
    db = folder / "s.db"
    assert run("ingest", folder / "in", "--store", db)[1].startswith("4 documents")
    assert "0 documents" in run("ingest", folder / "in", "--store", db, "--resume")[1]
    (folder / "in" / "1.txt").write_text(
        "Talks resume\n\nThe minister of Veltland said that the talks had begun anew.\n", encoding="utf-8"
    )
    assert "1 document," in run("ingest", folder / "in", "--store", db, "--resume")[1]
    assert "4 documents" in run("ingest", folder / "in", "--store", db)[1]
    with open_store(db) as store:
        assert len(store.listing()) == 5


def test_resume_tries_a_file_again_that_could_not_be_read(tmp_path: Path) -> None:
    db, report = tmp_path / "s.db", tmp_path / "a.txt"
    report.write_text("", encoding="utf-8")
    assert run("ingest", report, "--store", db)[0] == 1
    assert run("ingest", report, "--store", db, "--resume")[0] == 1


@pytest.mark.parametrize(
    "words", [("ingest", "x.txt", "--resume"), ("read", "x.txt", "--resume"), ("read", "--reread"), ("read", "--only-failed")]
)
def test_options_of_a_store_need_one(words: tuple[str, ...]) -> None:
    code, told = run(*words)
    assert code == 2
    assert "--store" in told


def test_reread_that_was_broken_off_goes_on(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    db = folder / "s.db"
    run("read", folder / "in", "--store", db)
    with open_store(db) as store:
        first = store.listing(state=State.READ)[0].id
        now = store.versions(first)
        assert now is not None
        for reading in store.readings():
            if reading.document.id != first:
                store.put_reading(reading, dataclasses.replace(now, codebook="older"))
    assert "codebook older (codebook changed since: `crossread read --reread --resume`" in run("check", db)[1]
    assert run("read", "--store", db, "--reread", "--resume")[1].strip().endswith("2 documents, 1 not read")
    assert "changed since" not in run("check", db)[1]


def test_time_of_arrival_can_be_fixed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1933200000")
    run("ingest", lines(tmp_path / "a.jsonl", 1), "--store", tmp_path / "s.db")
    with open_store(tmp_path / "s.db") as store:
        assert store._all("SELECT arrived FROM arrivals") == [("2031-04-06T00:00:00Z",)]


def test_batches_are_bounded_in_number_and_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_commands, "BATCH", 3)
    assert [len(b) for b in store_commands.batches(range(7))] == [3, 3, 1]
    monkeypatch.setattr(store_commands, "BATCH_SECONDS", 0.0)
    assert [len(b) for b in store_commands.batches(range(3))] == [1, 1, 1]
