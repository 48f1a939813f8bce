"""Opening the database file: durability, schema version, damage found at the start."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from crossread.errors import StoreError
from crossread.store.migrations import APPLICATION_ID, MIGRATIONS

BUSY_MS = 30_000


@contextmanager
def explained(path: Path, doing: str) -> Iterator[None]:
    """Turn faults of SQLite into one `StoreError` that names the file, the cause and the next step."""
    try:
        yield
    except sqlite3.DatabaseError as err:
        raise StoreError(f"{path}: {doing}: {err}; {_advice(path, err)}") from err
    except OSError as err:
        raise StoreError(f"{path}: {doing}: {err.strerror or err}; check the folder and its rights") from err


def _advice(path: Path, err: sqlite3.DatabaseError) -> str:
    name = getattr(err, "sqlite_errorname", "") or ""
    if name.startswith("SQLITE_FULL"):
        return f"the disk that holds {path.parent} is full: free some space and run the command again, it goes on where it stopped"
    if name.startswith(("SQLITE_IOERR", "SQLITE_CANTOPEN")):
        return f"check that {path.parent} exists, is writable and on a working disk"
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return f"the file is damaged or no crossread store: `crossread check {path}` tells more, `crossread restore BACKUP {path}` mends it"
    if name.startswith("SQLITE_READONLY"):
        return "the file or its folder may not be written: check the rights"
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return "another process is writing to it: wait for it to end and run the command again"
    return f"`crossread check {path}` looks for damage"


def connect(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    """A connection with foreign keys, WAL and ``synchronous=FULL``: what a commit acknowledged survives a power cut.

    Raises:
        StoreError: If the file cannot be opened, is damaged, or was written by a newer version.
    """
    with explained(path, "the store cannot be opened"):
        mode = "ro" if read_only else "rwc"
        if not read_only and not path.exists():
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode={mode}",
            uri=True,
            timeout=BUSY_MS / 1000,
            isolation_level=None,
            check_same_thread=False,
        )
        try:
            connection.execute("PRAGMA foreign_keys = ON")
            if not read_only:
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("PRAGMA synchronous = FULL")
            _check_header(connection, path)
            if not read_only:
                migrate(connection)
        except BaseException:
            connection.close()
            raise
    return connection


def _check_header(connection: sqlite3.Connection, path: Path) -> None:
    application, version, pages = (
        connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version", "page_count")
    )
    if pages and (version or application) and application != APPLICATION_ID:
        raise StoreError(f"{path}: is an SQLite database of another program; give another file name for the store")
    if pages and not application and connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        raise StoreError(f"{path}: is an SQLite database of another program; give another file name for the store")
    if version > len(MIGRATIONS):
        raise StoreError(
            f"{path}: was written by a newer crossread (schema {version}, this one knows {len(MIGRATIONS)}); upgrade crossread"
        )


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the schema to the newest version, each step in a transaction of its own."""
    while True:
        connection.execute("BEGIN IMMEDIATE")
        try:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if version >= len(MIGRATIONS):
                connection.execute("ROLLBACK")
                return
            for statement in statements(MIGRATIONS[version]):
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {version + 1}")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


def statements(script: str) -> Iterator[str]:
    """The statements of a script, triggers kept whole."""
    current = ""
    for line in script.splitlines(keepends=True):
        current += line
        if sqlite3.complete_statement(current):
            yield current.strip()
            current = ""
