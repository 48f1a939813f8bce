"""Looking for damage: what SQLite can see (pages, indexes, links between rows) and what it cannot (changed bytes inside a record)."""

import contextlib
import sqlite3
from collections.abc import Iterator
from functools import cache
from itertools import islice

import msgspec

from crossread.store.migrations import MIGRATIONS, SUMS, row_sum, statements

MOST_FAULTS = 20
_NO_DAMAGE = ("SQLITE_IOERR", "SQLITE_FULL", "SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_CANTOPEN", "SQLITE_READONLY")

Schema = dict[str, tuple[str, str, str | None]]

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


class _Words(msgspec.Struct):
    text: str


class _Light(msgspec.Struct):
    """Of a reading, only what the table of sentences repeats; the rest is passed over in decoding."""

    document: _Words
    sentences: tuple[tuple[int, int], ...]


_LIGHT = msgspec.json.Decoder(_Light)


def schema_of(connection: sqlite3.Connection) -> Schema:
    """Kind, table and definition of each table, index and trigger, by name; tables of the search index have SQLite's own definitions."""
    rows = connection.execute(
        "SELECT name, type, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite@_%' ESCAPE '@'"
    ).fetchall()
    return {row[0]: (*row[1:3], None if str(row[0]).startswith("sentence_search_") else row[3]) for row in rows}


@cache
def expected_schema(version: int) -> Schema:
    """What `schema_of` gives for a store of a schema version that is as it was made."""
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        db.create_function("row_sum", -1, row_sum, deterministic=True)
        for script in MIGRATIONS[:version]:
            for statement in statements(script):
                db.execute(statement)
        return schema_of(db)


def faults_of(connection: sqlite3.Connection) -> tuple[str, ...]:
    """All that is wrong with a store, in words; empty when nothing is.  Reads everything.

    The search index is left out when another process is writing at the moment: its check needs the place of the writer.

    Raises:
        sqlite3.Error: If the disk fails or is full, which is no damage.
    """
    faults: list[str] = []
    try:
        connection.execute("BEGIN")  # one view of all tables, whatever others write meanwhile
        faults += islice(_faults(connection), MOST_FAULTS)
        connection.execute("ROLLBACK")
        if not faults and _search_is_wrong(connection):
            faults.append("the search index does not fit the sentences")
    except (sqlite3.Error, MemoryError, ValueError) as err:  # damage that stops the search for damage
        if str(getattr(err, "sqlite_errorname", "")).startswith(_NO_DAMAGE):
            raise
        faults.append(f"a page cannot be read ({err or type(err).__name__})")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
    return tuple(faults)


def _faults(db: sqlite3.Connection) -> Iterator[str]:
    for row in db.execute(f"PRAGMA integrity_check({MOST_FAULTS})").fetchall():
        if row[0] != "ok":
            yield str(row[0])
    version = db.execute("PRAGMA user_version").fetchone()[0]
    if version == 0:
        return
    for row in db.execute("PRAGMA foreign_key_check").fetchmany(MOST_FAULTS):
        yield f"row {row[1]} of {row[0]} points to a missing row of {row[2]}"
    for meaning, sql in _INVARIANTS:
        for row in db.execute(f"{sql} LIMIT {MOST_FAULTS}").fetchall():
            yield f"{meaning}: {row[0]}"
    if version >= 3:
        yield from _wrong_sums(db)
    yield from _wrong_sentences(db)


def _wrong_sums(db: sqlite3.Connection) -> Iterator[str]:
    for table, (key, columns) in SUMS.items():
        rows = db.execute(
            f"SELECT {key}, sums.sum IS row_sum({', '.join(f'{table}.{c}' for c in columns)}) FROM {table}"
            f" LEFT JOIN sums ON kind = '{table}' AND key = {key}"
        )
        count = 0
        for name, fits in rows:
            count += 1
            if not fits:
                yield f"a row of {table} was changed from outside: {name}"
        wanted = db.execute("SELECT count(*) FROM sums WHERE kind = ?", (table,)).fetchone()[0]
        if count != wanted:
            yield f"{table} has {count} rows and should have {wanted}"
    names = ", ".join(f"'{table}'" for table in SUMS)
    if stray := db.execute(f"SELECT count(*) FROM sums WHERE kind NOT IN ({names})").fetchone()[0]:
        yield f"{stray} check sums belong to nothing"


def _wrong_sentences(db: sqlite3.Connection) -> Iterator[str]:
    """Sentences for search that are not those of their readings."""
    for name, record in db.execute("SELECT document, record FROM readings ORDER BY document"):
        reading = _LIGHT.decode(record)
        text = reading.document.text
        wanted = [(start, end, text[start:end]) for start, end in reading.sentences]
        found = db.execute("SELECT start, until, text FROM sentences WHERE document = ? ORDER BY rowid", (name,)).fetchall()
        if found != wanted:
            yield f"the sentences of {name} are not those of its reading"


def _search_is_wrong(db: sqlite3.Connection) -> bool:
    """Whether the full-text index differs from the sentences; ``False`` where that cannot be asked now."""
    if db.execute("PRAGMA user_version").fetchone()[0] == 0 or not _can_write(db):
        return False
    try:
        db.execute("INSERT INTO sentence_search (sentence_search, rank) VALUES ('integrity-check', 1)")
    except sqlite3.Error as err:
        name = str(getattr(err, "sqlite_errorname", ""))
        if name.startswith("SQLITE_READONLY"):  # of a store opened to be read; some versions let it begin to write
            return False
        if name.startswith(_NO_DAMAGE):
            raise
        return True
    finally:
        if db.in_transaction:
            db.execute("ROLLBACK")
    return False


def _can_write(db: sqlite3.Connection) -> bool:
    """Take the writer's place without waiting."""
    wait = db.execute("PRAGMA busy_timeout").fetchone()[0]
    db.execute("PRAGMA busy_timeout = 0")
    try:
        db.execute("BEGIN IMMEDIATE")
    except sqlite3.Error:
        return False
    finally:
        db.execute(f"PRAGMA busy_timeout = {wait}")
    return True
