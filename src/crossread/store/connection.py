"""Opening the database file: durability, schema version, damage found at the start."""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from crossread.errors import StoreError
from crossread.store.damage import expected_schema, faults_of, schema_of
from crossread.store.migrations import APPLICATION_ID, MIGRATIONS, row_sum, statements

BUSY_MS = 30_000
LOOK_THROUGH_BYTES = 64 * 1024 * 1024
"""Up to this size a store is looked through wholly the first time that a process opens it; a larger one is checked record by record as
it is read, and wholly by ``crossread check``."""

_looked_through: set[tuple[int, int]] = set()


@contextmanager
def explained(path: Path, doing: str) -> Iterator[None]:
    """Turn faults of SQLite and of the file system into one `StoreError` that names the file, the cause and the next step."""
    try:
        yield
    except sqlite3.Error as err:
        raise StoreError(f"{path}: {doing}: {err}; {_advice(path, err)}") from err
    except UnicodeDecodeError as err:  # SQLite names a damaged definition in its message, bytes and all
        raise StoreError(f"{path}: {doing}: the store is damaged, a name in it is no text; {restore_advice(path)}") from err
    except MemoryError as err:
        raise StoreError(f"{path}: {doing}: a record says that it is larger than memory; {restore_advice(path)}") from err
    except OSError as err:
        raise StoreError(f"{path}: {doing}: {err.strerror or err}; {_disk_advice(path, err)}") from err


def restore_advice(path: Path) -> str:
    """What to do about a damaged store."""
    return (
        f"`crossread restore BACKUP {path}` puts a backup in its place (what is there now is kept beside it),"
        f" `crossread check {path}` lists all that is wrong"
    )


def _advice(path: Path, err: sqlite3.Error) -> str:
    name = getattr(err, "sqlite_errorname", "") or ""
    if name.startswith("SQLITE_FULL"):
        return full_advice(path)
    if name.startswith(("SQLITE_IOERR", "SQLITE_CANTOPEN")):
        return f"check that the disk that holds {path.parent} works, is writable and has space left ({space_of(path)})"
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return f"the file is damaged or no crossread store: {restore_advice(path)}"
    if name.startswith("SQLITE_READONLY"):
        return "the file or its folder may not be written: check the rights"
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return "another process is writing to it: wait for it to end and run the command again"
    return f"the file may be damaged: {restore_advice(path)}"


def _disk_advice(path: Path, err: OSError) -> str:
    import errno

    return (
        full_advice(path)
        if err.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        else f"check that {path.parent} exists, its rights, and the disk"
    )


def full_advice(path: Path) -> str:
    """What to do when the disk is full."""
    return (
        f"the disk that holds {path.parent} is full ({space_of(path)}): free some space and run the command again,"
        " it goes on where it stopped; what was acknowledged is kept"
    )


def space_of(path: Path) -> str:
    """Space left on the disk that holds a file, in words."""
    try:
        disk = os.statvfs(path.parent)
    except (OSError, AttributeError):
        return "its free space is not known"
    return f"{disk.f_bavail * disk.f_frsize / 1e6:.1f} MB free"


def connect(path: Path, *, read_only: bool = False, look: bool = True, upgrade: bool = True) -> sqlite3.Connection:
    """A connection with foreign keys, WAL and ``synchronous=EXTRA``: what a commit acknowledged survives a power cut.

    Args:
        path: The file; it is made (mode 0600) unless ``read_only``.
        read_only: Neither write nor bring the schema up to date.
        look: Look for damage the first time that this process opens the file.
        upgrade: Set up the log and bring an older schema up to date; without it, opening changes nothing in the file.

    Raises:
        StoreError: If the file cannot be opened, is damaged, or was written by a newer version.
    """
    if path.is_dir():
        raise StoreError(f"{path}: is a folder; give the name of a file for the store")
    with explained(path, "the store cannot be opened"):
        if not read_only and not path.exists():
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        connection = open_file(path, read_only=read_only)
        try:
            connection.execute("BEGIN")  # one view of version and definitions, also while another process brings them up to date
            try:
                _check_header(connection, path)
            finally:
                connection.execute("ROLLBACK")
            if upgrade and not read_only:
                connection.execute("PRAGMA synchronous = EXTRA")  # as FULL, and the names of files too, while the log is set up
                _use_log(connection)
            if look:
                _look(connection, path)
            if upgrade and not read_only:
                migrate(connection)
        except BaseException:
            connection.close()
            raise
    return connection


def _use_log(connection: sqlite3.Connection) -> None:
    """Switch to the write-ahead log; where several processes do so at once, SQLite does not wait by itself."""
    until = time.monotonic() + BUSY_MS / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as err:
            if getattr(err, "sqlite_errorname", "") != "SQLITE_BUSY" or time.monotonic() > until:
                raise
            time.sleep(0.01)
        else:
            return


def open_file(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    """A plain connection to a file that is there, with what the schema needs."""
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rw'}",
        uri=True,
        timeout=BUSY_MS / 1000,
        isolation_level=None,
        check_same_thread=False,
    )
    prepare(connection)
    return connection


def prepare(connection: sqlite3.Connection) -> None:
    """Settings of every connection."""
    connection.create_function("row_sum", -1, row_sum, deterministic=True)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA cell_size_check = ON")


def _check_header(connection: sqlite3.Connection, path: Path) -> None:
    application, version, pages = (
        connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version", "page_count")
    )
    if not pages:
        return
    found = schema_of(connection)
    if application == APPLICATION_ID and version in range(len(MIGRATIONS) + 1):
        wanted = expected_schema(version)
        wrong = sorted(name for name, sql in wanted.items() if found.get(name) != sql)
        if wrong:
            raise StoreError(f"{path}: the store is damaged: {wrong[0]} is not as it was made; {restore_advice(path)}")
        return
    if any(found == expected_schema(n) for n in range(1, len(MIGRATIONS) + 1)):
        raise StoreError(f"{path}: the store is damaged: its header was changed; {restore_advice(path)}")
    if application == APPLICATION_ID and version > len(MIGRATIONS):
        raise StoreError(
            f"{path}: was written by a newer crossread (schema {version}, this one knows {len(MIGRATIONS)}); upgrade crossread"
        )
    if found or application:
        raise StoreError(f"{path}: is an SQLite database of another program; give another file name for the store")


def _look(connection: sqlite3.Connection, path: Path) -> None:
    """Look through a store that is small enough, once a process."""
    status = os.stat(path)
    key = status.st_dev, status.st_ino
    if key in _looked_through or status.st_size > LOOK_THROUGH_BYTES:
        return
    faults = faults_of(connection)
    if faults:
        raise StoreError(f"{path}: the store is damaged: {faults[0]}; {restore_advice(path)}")
    _looked_through.add(key)


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the schema to the newest version, each step in a transaction of its own."""
    if connection.execute("PRAGMA user_version").fetchone()[0] == len(MIGRATIONS):
        return
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
