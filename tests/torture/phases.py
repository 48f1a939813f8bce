"""The phases of the work that are broken off on purpose: each one the real command on a small store, with the real model.

A phase prepares a folder, runs, and says what the finished folder must hold.  What a commit acknowledged is noted in the file ``acknowledged``
the moment that it is, and read back after the process is gone.
"""

import contextlib
import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec
from typer.testing import CliRunner

from crossread.cli import store_commands
from crossread.cli.app import app
from crossread.cli.console import Messages
from crossread.errors import StoreError
from crossread.records import Document, Reading
from crossread.store import Store, maintenance, open_store
from crossread.store.connection import connect
from crossread.store.migrations import APPLICATION_ID, MIGRATIONS, statements
from tests.torture.content import digest_of

ARRIVED = "1933200000"  # SOURCE_DATE_EPOCH: the time of arrival is the same in all runs
N_INGESTED, N_READ, BATCH = 30, 8, 3
STORE, COPY, TABLE, NOTES = "s.db", "copy.db", "events.jsonl", "acknowledged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """One kind of work: ``prepare`` fills an empty folder, ``run`` does the work, ``outcome`` digests what it left."""

    name: str
    prepare: Callable[[Path], None]
    run: Callable[[Path], None]
    outcome: Callable[[Path], str]


class _Silent(Messages):
    def warn(self, text: str) -> None:
        pass


def quiet() -> Messages:
    """Messages that say nothing."""
    return _Silent(quiet=True)


def write_reports(folder: Path) -> None:
    """A file of many reports and two of one report each; some tell the same in another outlet, one is no English, one has no words."""
    source = folder / "in"
    source.mkdir()
    lines = []
    for n in range(N_INGESTED):
        text = f"{n % 25 + 2} people died near the bridge of Karsa, the governor said on Monday. “We will not sign,” Oda Renn said."
        lines.append(
            {"title": f"Talks fail, day {n % 25}", "text": text, "publisher": f"Outlet {n // 25}", "published": "2031-04-07"}
        )
    lines.append(
        {"title": "Le pont", "text": "Le gouverneur a dit lundi que le pont de la ville serait fermé pendant une semaine."}
    )
    lines.append({"title": "", "text": ""})
    (source / "many.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    for name in ("x", "y"):
        (source / f"{name}.txt").write_text(f"Rain in {name}\n\nRain fell on the town of {name}ford, its mayor said on Friday.\n")
    for path in source.iterdir():
        os.utime(path, (1, 1))


@contextlib.contextmanager
def noting(folder: Path) -> Iterator[None]:
    """Note what each commit acknowledged: arrivals of documents, ids of what was read.  The store's own code runs as it is."""
    handle = os.open(folder / NOTES, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    plain = Store.batch, Store.add, Store.put_reading, Store.put_failure
    waiting: list[str] = []

    def add(self: Store, document: Document, **kw: object) -> str:
        name = plain[1](self, document, **kw)  # type: ignore[arg-type]
        waiting.append(f"added {msgspec.json.encode(document.source).decode()} {document.raw_sha256 or ''}\n")
        return name

    def put_reading(self: Store, reading: Reading, *rest: object) -> bool:
        is_kept = plain[2](self, reading, *rest)  # type: ignore[arg-type]
        if is_kept:
            waiting.append(f"read {reading.document.id}\n")
        return is_kept

    @contextlib.contextmanager
    def batch(self: Store) -> Iterator[None]:
        waiting.clear()
        with plain[0](self):
            yield
        os.write(handle, "".join(waiting).encode())

    Store.batch, Store.add, Store.put_reading = batch, add, put_reading  # type: ignore[method-assign,assignment]
    try:
        yield
    finally:
        Store.batch, Store.add, Store.put_reading = plain[:3]  # type: ignore[method-assign]
        os.close(handle)


def lost(folder: Path) -> list[str]:
    """What was acknowledged and cannot be found in the store."""
    notes = set((folder / NOTES).read_text().splitlines()) if (folder / NOTES).exists() else set()
    if not notes:
        return []
    with contextlib.closing(sqlite3.connect(folder / STORE)) as db:
        there = {f"added {r[0]} {r[1]}" for r in db.execute("SELECT source, raw_sha256 FROM arrivals")}
        there |= {
            f"read {r[0]}" for r in db.execute("SELECT document FROM readings JOIN documents ON id = document WHERE state = 'read'")
        }
    return sorted(notes - there)


# ---------------------------------------------------------------- the phases


def ingest(folder: Path) -> None:
    """``crossread ingest in --store s.db --resume``."""
    with noting(folder):
        store_commands.ingest_into(str(folder / STORE), [str(folder / "in")], messages=quiet(), resume=True)


def read(folder: Path) -> None:
    """``crossread read --store s.db``."""
    with noting(folder):
        store_commands.read_into(str(folder / STORE), messages=quiet())


def reread(folder: Path) -> None:
    """``crossread read --store s.db --reread --resume`` after the codebook changed."""
    with noting(folder):
        store_commands.read_into(str(folder / STORE), messages=quiet(), reread=True, resume=True)


def link(folder: Path) -> None:
    """``crossread link --store s.db``."""
    store_commands.link_in(str(folder / STORE))


def migrate(folder: Path) -> None:
    """Opening a store of an older schema."""
    open_store(folder / STORE).close()


def back_up(folder: Path) -> None:
    """``crossread backup s.db copy.db``, which a copy that is there refuses."""
    there = (folder / COPY).exists()
    try:
        maintenance.backup(folder / STORE, folder / COPY)
    except StoreError:
        if not there:
            raise


def restore(folder: Path) -> None:
    """``crossread restore copy.db s.db``."""
    maintenance.restore(folder / COPY, folder / STORE)


def export(folder: Path) -> None:
    """``crossread export --store s.db --format json --out events.jsonl``."""
    words = ["export", "--store", folder / STORE, "--format", "jsonl", "--out", folder / TABLE, "--quiet"]
    done = CliRunner().invoke(app, [str(w) for w in words])
    if done.exit_code:
        raise RuntimeError(done.output) from done.exception


def _fill(folder: Path, *, n_read: int, linked: bool = False) -> None:
    write_reports(folder)
    ingest(folder)
    with contextlib.closing(connect(folder / STORE)) as db:
        keep = [r[0] for r in db.execute("SELECT id FROM documents WHERE state = 'new' ORDER BY id LIMIT ?", (n_read,))]
        marks = ",".join("?" * len(keep))
        db.execute(f"DELETE FROM arrivals WHERE document NOT IN ({marks})", keep)
        db.execute(f"DELETE FROM documents WHERE id NOT IN ({marks})", keep)
    if linked:
        read(folder)
        link(folder)
    (folder / NOTES).unlink()


def _older_schema(folder: Path) -> None:
    """A store as the first schema left it, with documents."""
    _fill(folder, n_read=N_READ, linked=True)
    new, old = folder / STORE, folder / "old.db"
    with contextlib.closing(sqlite3.connect(old, isolation_level=None)) as db:
        for statement in statements(MIGRATIONS[0]):
            db.execute(statement)
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute("PRAGMA user_version = 1")
        db.execute("ATTACH ? AS now", (str(new),))
        for table in ("documents", "arrivals", "readings", "sentences", "stories", "story_documents", "inputs"):
            columns = ", ".join(r[1] for r in db.execute(f"PRAGMA main.table_info({table})"))
            db.execute(f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM now.{table}")
    os.replace(old, new)


def _old_codebook(folder: Path) -> None:
    _fill(folder, n_read=N_READ, linked=True)
    with contextlib.closing(connect(folder / STORE)) as db:
        db.execute("UPDATE readings SET codebook = 'old', record = CAST(replace(CAST(record AS TEXT), 'GPE', 'OTHER') AS BLOB)")
    with open_store(folder / STORE) as store:
        from crossread.store.review import ReviewLog

        ReviewLog(store).append(at="2031-04-08T09:00:00Z", person="ada", action="reject", finding="event:1", reason="not so")


def _two(folder: Path) -> None:
    """A copy, and a store that has changed since."""
    _fill(folder, n_read=N_READ, linked=True)
    maintenance.backup(folder / STORE, folder / COPY)
    with open_store(folder / STORE) as store:
        store.put_stories([])


def _of(name: str) -> Callable[[Path], str]:
    return lambda folder: digest_of(folder / name)


def _bytes(folder: Path) -> str:
    return (folder / TABLE).read_text(encoding="utf-8")


PHASES = (
    Phase(name="ingest", prepare=write_reports, run=ingest, outcome=_of(STORE)),
    Phase(name="read", prepare=lambda folder: _fill(folder, n_read=N_READ), run=read, outcome=_of(STORE)),
    Phase(name="reread", prepare=_old_codebook, run=reread, outcome=_of(STORE)),
    Phase(name="link", prepare=lambda folder: _linkable(folder), run=link, outcome=_of(STORE)),
    Phase(name="migrate", prepare=_older_schema, run=migrate, outcome=_of(STORE)),
    Phase(name="export", prepare=lambda folder: _fill(folder, n_read=N_READ, linked=True), run=export, outcome=_bytes),
    Phase(name="backup", prepare=lambda folder: _fill(folder, n_read=N_READ, linked=True), run=back_up, outcome=_of(COPY)),
    Phase(name="restore", prepare=_two, run=restore, outcome=_of(STORE)),
)


def _linkable(folder: Path) -> None:
    _fill(folder, n_read=N_READ, linked=True)
    with open_store(folder / STORE) as store:
        first = next(iter(store.stories()))
        store.put_stories([first])  # stories of an earlier run, which go


def prepared(phase: Phase, folder: Path) -> Path:
    """The folder of a phase before its work; made once."""
    made = folder / f"{phase.name}-before"
    if not made.exists():
        made.mkdir()
        phase.prepare(made)
    return made


def fresh(before: Path, folder: Path) -> Path:
    """A copy to work in, in the same place each time, as positions hold paths."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(before, folder)
    return folder
