"""Backup, restore and check of a store file."""

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from crossread.errors import StoreError
from crossread.store.connection import connect, explained, open_file
from crossread.store.damage import faults_of
from crossread.store.repository import Versions, made_with


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """What a check found: ``faults`` is empty when all is well, ``made_with`` says what how many readings were made with, ``failed`` what could
    not be read: ids, attempts, reasons."""

    schema: int
    documents: int
    readings: int
    stories: int
    waiting: int = 0
    failed: tuple[tuple[str, int, str], ...] = ()
    made_with: tuple[tuple[Versions, int], ...] = ()
    faults: tuple[str, ...]


def check(path: str | Path) -> Health:
    """Look for damage, changing nothing: pages, indexes, links between rows, check sums of all rows, sentences, the search index.

    Raises:
        StoreError: If the file is missing, no store, or too damaged to be opened.
    """
    path = _there(path)
    with contextlib.closing(connect(path, look=False, upgrade=False)) as db, explained(path, "the store cannot be checked"):
        faults = faults_of(db)
        documents, readings, stories = (_number(db, f"SELECT count(*) FROM {t}") for t in ("documents", "readings", "stories"))
        schema = _number(db, "PRAGMA user_version")
        return Health(
            schema=schema,
            documents=documents,
            readings=readings,
            stories=stories,
            waiting=_number(db, "SELECT count(*) FROM documents WHERE state = 'new'"),
            failed=_failed(db) if schema and not faults else (),
            made_with=tuple(made_with(db)) if schema and not faults else (),
            faults=faults,
        )


def _there(path: str | Path) -> Path:
    path = Path(path)
    if not path.exists():
        raise StoreError(f"{path}: there is no such file; give the store's path")
    return path


def _number(db: sqlite3.Connection, sql: str) -> int:
    try:
        return int(db.execute(sql).fetchone()[0])
    except sqlite3.Error:  # a damaged table: it is among the faults
        return 0


def _failed(db: sqlite3.Connection) -> tuple[tuple[str, int, str], ...]:
    rows = db.execute("SELECT id, attempts, coalesce(reason, '') FROM documents WHERE state = 'failed' ORDER BY id")
    return tuple((str(r[0]), int(r[1]), str(r[2])) for r in rows)


def backup(path: str | Path, to: str | Path) -> None:
    """Copy a store while it may be in use; the copy is looked through and appears whole or not at all.

    Raises:
        StoreError: If the store is missing or damaged, or the copy cannot be written.
    """
    path, to = _there(path), Path(to)
    _sweep(to)
    if to.exists():
        raise StoreError(f"{to}: exists already; give another name for the backup, or move it away first")
    with contextlib.closing(connect(path, look=False, upgrade=False)) as source:
        part = _copied(source, to)
        try:
            with explained(to, "the backup cannot be put in place"):
                _look_through(part, path)
                _link(part, to)  # unlike a replacing rename, leaves a file alone that has come up meanwhile
                _sync(to.parent)
        finally:
            part.unlink(missing_ok=True)


def _copied(source: sqlite3.Connection, to: Path) -> Path:
    """A copy of an open store, on the disk, under a name of this process beside the final one."""
    part = to.with_name(f"{to.name}.{os.getpid()}.part")
    try:
        with explained(to, "the backup cannot be written"):
            os.close(os.open(part, os.O_CREAT | os.O_RDWR | os.O_TRUNC, 0o600))
            with contextlib.closing(sqlite3.connect(part, isolation_level=None)) as copy:
                source.backup(copy)
                copy.execute("PRAGMA journal_mode = DELETE")
            _sync(part)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return part


def _sweep(to: Path) -> None:
    """Take away what a killed backup to the same place left; parts of processes that are alive stay."""
    for old in to.parent.glob(f"{to.name}.*.part*"):
        process = old.name[len(to.name) + 1 :].split(".")[0]
        if process.isdigit() and not _is_alive(int(process)):
            old.unlink(missing_ok=True)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return process != os.getpid()


def _look_through(part: Path, path: Path) -> None:
    with contextlib.closing(open_file(part)) as db:
        faults = faults_of(db)
    if faults:
        raise StoreError(
            f"{path}: cannot be backed up, it is damaged: {faults[0]}; `crossread check {path}` lists all that is wrong"
        )


def restore(copy: str | Path, path: str | Path) -> Path | None:
    """Put a backup in the place of a store; returns where the store that was there is kept (``NAME.before-restore``).

    Raises:
        StoreError: If the backup is missing or damaged, or the store is in use; the store is then left as it was.
    """
    copy, path = _there(copy), Path(path)
    with contextlib.closing(connect(copy, look=False, upgrade=False)) as source:
        faults = faults_of(source)
        if faults:
            raise StoreError(f"{copy}: is damaged itself ({faults[0]}); give another backup")
        _sweep(path)
        part = _copied(source, path)
    with explained(path, "the backup cannot be put in place"), contextlib.ExitStack() as held:
        held.callback(part.unlink, missing_ok=True)
        kept = None
        if path.exists():
            held.enter_context(_alone(path))
            kept = _free_name(path)
            _link(path, kept)
        for suffix in ("-wal", "-shm"):
            extra = path.with_name(path.name + suffix)
            if extra.exists():
                os.replace(extra, (kept or path).with_name((kept or path).name + suffix + ("" if kept else ".old")))
        os.replace(part, path)
        _sync(path.parent)
    return kept


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold a store so that no other process uses it; one too damaged for that is not held.

    Raises:
        StoreError: If another process has it open.
    """
    connection = sqlite3.connect(path, timeout=2, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = DELETE")  # writes back the log; refused while anyone else has the file open
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error as err:
        if getattr(err, "sqlite_errorname", "").startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            connection.close()
            raise StoreError(f"{path}: is in use; end the commands and the desk that have it open, then restore again") from err
    try:
        yield
    finally:
        connection.close()


def _link(path: Path, to: Path) -> None:
    """A second name for a file; where the disk knows no such thing, the file goes by the new name alone."""
    try:
        os.link(path, to)
    except FileExistsError:
        raise
    except OSError:
        os.rename(path, to)


def _free_name(path: Path) -> Path:
    """A name for the store that goes, so that nothing kept before is written over."""
    first = path.with_name(path.name + ".before-restore")
    names = [first, *(path.with_name(f"{first.name}-{n}") for n in range(2, 1000))]
    return next(name for name in names if not name.exists())


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
