"""Backup, restore and check of a store file."""

import contextlib
import os
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from crossread.errors import StoreError
from crossread.store.connection import connect, explained
from crossread.store.migrations import MIGRATIONS


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """What a check found; ``faults`` is empty when all is well."""

    schema: int
    documents: int
    readings: int
    stories: int
    faults: tuple[str, ...]


_INVARIANTS = (
    (
        "a document that is marked as read has no reading",
        "SELECT id FROM documents WHERE state = 'read' AND id NOT IN (SELECT document FROM readings)",
    ),
    ("a document has no way of arrival", "SELECT id FROM documents WHERE id NOT IN (SELECT document FROM arrivals)"),
    ("a reading belongs to no document", "SELECT document FROM readings WHERE document NOT IN (SELECT id FROM documents)"),
    (
        "a sentence belongs to no reading",
        "SELECT DISTINCT document FROM sentences WHERE document NOT IN (SELECT document FROM readings)",
    ),
    ("a failed document has no reason", "SELECT id FROM documents WHERE state = 'failed' AND reason IS NULL"),
)


def check(path: str | Path) -> Health:
    """Look for damage: pages, indexes, foreign keys, the search index, and what must hold between tables.

    Raises:
        StoreError: If the file is missing, no store, or too damaged to be opened.
    """
    path = Path(path)
    if not path.exists():
        raise StoreError(f"{path}: there is no such file; give the store's path")
    faults: list[str] = []
    with contextlib.closing(connect(path)) as db, explained(path, "the store cannot be checked"):
        faults += [str(r[0]) for r in db.execute("PRAGMA integrity_check(20)") if r[0] != "ok"]
        faults += [f"row {r[1]} of {r[0]} points to a missing row of {r[2]}" for r in db.execute("PRAGMA foreign_key_check")]
        try:
            db.execute("INSERT INTO sentence_search (sentence_search) VALUES ('integrity-check')")
        except sqlite3.DatabaseError as err:
            faults.append(f"the search index does not fit the sentences ({err})")
        for meaning, sql in _INVARIANTS:
            faults += [f"{meaning}: {r[0]}" for r in db.execute(f"{sql} LIMIT 20")]
        numbers = [int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]) for table in ("documents", "readings", "stories")]
    return Health(schema=len(MIGRATIONS), documents=numbers[0], readings=numbers[1], stories=numbers[2], faults=tuple(faults))


def backup(path: str | Path, to: str | Path) -> None:
    """Copy a store while it may be in use; the copy appears whole or not at all.

    Raises:
        StoreError: If the store is missing, or the copy cannot be written.
    """
    path, to = Path(path), Path(to)
    if not path.exists():
        raise StoreError(f"{path}: there is no such file; give the store's path")
    if to.exists():
        raise StoreError(f"{to}: exists already; give another name for the backup, or move it away first")
    part = to.with_name(to.name + ".part")
    with contextlib.closing(connect(path)) as source, explained(to, "the backup cannot be written"):
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_CREAT | os.O_RDWR, 0o600))
        with contextlib.closing(sqlite3.connect(part)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
        _sync(part)
        os.replace(part, to)
        _sync(to.parent)


def restore(copy: str | Path, path: str | Path) -> None:
    """Put a backup in the place of a store; the store that was there is kept beside it as ``NAME.before-restore``.

    Raises:
        StoreError: If the backup is missing or damaged; the store is then left as it was.
    """
    copy, path = Path(copy), Path(path)
    health = check(copy)
    if health.faults:
        raise StoreError(f"{copy}: is damaged itself ({health.faults[0]}); give another backup")
    part = path.with_name(path.name + ".part")
    part.unlink(missing_ok=True)
    backup(copy, part)
    with explained(path, "the backup cannot be put in place"):
        if path.exists():
            os.replace(path, path.with_name(path.name + ".before-restore"))
        for suffix in ("-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        os.replace(part, path)
        _sync(path.parent)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
