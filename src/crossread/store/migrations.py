"""The shape of the store, as numbered migrations.  A migration is never edited once released: the next change is the next number."""

import sqlite3
import zlib
from collections.abc import Iterator

APPLICATION_ID = 0x43524F53  # "CROS", in the header of the file

_SUMMED: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (
        "documents",
        "{}.id",
        ("id", "content", "words", "title", "publisher", "published", "state", "attempts", "reason", "record"),
    ),
    (
        "arrivals",
        "{0}.document || '/' || row_sum({0}.source, {0}.raw_sha256)",
        ("document", "source", "raw_sha256", "arrived"),
    ),
    ("originals", "{}.raw_sha256", ("raw_sha256", "bytes")),
    ("readings", "{}.document", ("document", "record", "model", "code", "codebook")),
    ("stories", "{}.id", ("id", "title", "record")),
    ("story_documents", "{0}.story || '/' || {0}.document", ("story", "document")),
    ("inputs", "{}.path", ("path", "position", "fingerprint", "done")),
    ("review", "CAST({}.seq AS TEXT)", ("seq", "at", "person", "action", "finding", "details", "reason", "undoes")),
    ("saved_searches", "{}.name", ("name", "query", "at")),
)


def _sums(table: str, key: str, columns: tuple[str, ...]) -> str:
    """Triggers that keep a check sum of every row of a table in ``sums``, and the sums of the rows that are there."""
    values = ", ".join("new." + c for c in columns)
    new, old = key.format("new"), key.format("old")
    return f"""
    INSERT INTO sums SELECT '{table}', {key.format(table)}, row_sum({", ".join(columns)}) FROM {table};
    CREATE TRIGGER {table}_summed AFTER INSERT ON {table} BEGIN
        INSERT OR REPLACE INTO sums VALUES ('{table}', {new}, row_sum({values}));
    END;
    CREATE TRIGGER {table}_summed_again AFTER UPDATE ON {table} BEGIN
        DELETE FROM sums WHERE kind = '{table}' AND key = {old};
        INSERT OR REPLACE INTO sums VALUES ('{table}', {new}, row_sum({values}));
    END;
    CREATE TRIGGER {table}_summed_no_more AFTER DELETE ON {table} BEGIN
        DELETE FROM sums WHERE kind = '{table}' AND key = {old};
    END;
    """


MIGRATIONS: tuple[str, ...] = (
    # 1: documents and their ways of arrival, readings, sentences for search, stories, input positions
    """
    CREATE TABLE documents (
        id TEXT PRIMARY KEY,
        content TEXT NOT NULL UNIQUE,
        title TEXT,
        publisher TEXT,
        published TEXT,
        state TEXT NOT NULL CHECK (state IN ('new', 'read', 'failed')),
        attempts INTEGER NOT NULL DEFAULT 0,
        reason TEXT,
        record BLOB NOT NULL
    ) STRICT;
    CREATE INDEX documents_by_state ON documents (state, id);
    CREATE TABLE arrivals (
        document TEXT NOT NULL REFERENCES documents (id),
        source TEXT NOT NULL,
        raw_sha256 TEXT NOT NULL DEFAULT '',
        arrived TEXT NOT NULL,
        PRIMARY KEY (document, source, raw_sha256)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE originals (raw_sha256 TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE readings (
        document TEXT PRIMARY KEY REFERENCES documents (id),
        record BLOB NOT NULL,
        model TEXT NOT NULL,
        code TEXT NOT NULL,
        codebook TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE sentences (
        rowid INTEGER PRIMARY KEY,
        document TEXT NOT NULL REFERENCES documents (id),
        start INTEGER NOT NULL,
        until INTEGER NOT NULL,
        text TEXT NOT NULL
    ) STRICT;
    CREATE INDEX sentences_by_document ON sentences (document, start);
    CREATE VIRTUAL TABLE sentence_search USING fts5 (text, content = 'sentences', tokenize = "unicode61 remove_diacritics 2");
    CREATE TRIGGER sentences_added AFTER INSERT ON sentences BEGIN
        INSERT INTO sentence_search (rowid, text) VALUES (new.rowid, new.text);
    END;
    CREATE TRIGGER sentences_gone AFTER DELETE ON sentences BEGIN
        INSERT INTO sentence_search (sentence_search, rowid, text) VALUES ('delete', old.rowid, old.text);
    END;
    CREATE TABLE stories (id TEXT PRIMARY KEY, title TEXT, record BLOB NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE story_documents (
        story TEXT NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
        document TEXT NOT NULL REFERENCES documents (id),
        PRIMARY KEY (story, document)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE inputs (path TEXT PRIMARY KEY, position INTEGER NOT NULL, fingerprint TEXT NOT NULL) STRICT, WITHOUT ROWID;
    """,
    # 2: the review log (append-only), saved searches, and stamps that say whether stories, readings or documents changed
    """
    CREATE TABLE review (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        at TEXT NOT NULL,
        person TEXT NOT NULL,
        action TEXT NOT NULL,
        finding TEXT NOT NULL,
        details BLOB NOT NULL,
        reason TEXT,
        undoes INTEGER REFERENCES review (seq)
    ) STRICT;
    CREATE INDEX review_by_finding ON review (finding, seq);
    CREATE TRIGGER review_is_not_changed BEFORE UPDATE ON review BEGIN
        SELECT RAISE(ABORT, 'the history of decisions is only added to');
    END;
    CREATE TRIGGER review_is_not_deleted BEFORE DELETE ON review BEGIN
        SELECT RAISE(ABORT, 'the history of decisions is only added to');
    END;
    CREATE TABLE saved_searches (name TEXT PRIMARY KEY, query TEXT NOT NULL, at TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE stamps (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    INSERT INTO stamps VALUES ('documents', 0), ('readings', 0), ('stories', 0);
    CREATE TRIGGER stamp_document_added AFTER INSERT ON documents BEGIN
        UPDATE stamps SET value = value + 1 WHERE name = 'documents';
    END;
    CREATE TRIGGER stamp_document_changed AFTER UPDATE ON documents BEGIN
        UPDATE stamps SET value = value + 1 WHERE name = 'documents';
    END;
    CREATE TRIGGER stamp_reading_added AFTER INSERT ON readings BEGIN
        UPDATE stamps SET value = value + 1 WHERE name = 'readings';
    END;
    CREATE TRIGGER stamp_story_added AFTER INSERT ON stories BEGIN
        UPDATE stamps SET value = value + 1 WHERE name = 'stories';
    END;
    CREATE TRIGGER stamp_story_gone AFTER DELETE ON stories BEGIN
        UPDATE stamps SET value = value + 1 WHERE name = 'stories';
    END;
    """,
    # 3: check sums of all rows, digests of words apart from the outlet, inputs that were taken in to their end, arrivals by source
    """
    ALTER TABLE documents ADD COLUMN words TEXT NOT NULL DEFAULT '';
    UPDATE documents SET words = content;
    CREATE INDEX documents_by_words ON documents (words);
    CREATE INDEX arrivals_by_source ON arrivals (source);
    ALTER TABLE inputs ADD COLUMN done INTEGER NOT NULL DEFAULT 0;
    CREATE TRIGGER stamp_reading_changed AFTER UPDATE ON readings BEGIN
        UPDATE stamps SET value = value + 1 WHERE name = 'readings';
    END;
    CREATE TABLE sums (kind TEXT NOT NULL, key TEXT NOT NULL, sum INTEGER NOT NULL, PRIMARY KEY (kind, key)) STRICT, WITHOUT ROWID;
    """
    + "".join(_sums(*table) for table in _SUMMED),
    # 4: lines of the review log are not replaced either
    """
    CREATE TRIGGER review_is_not_replaced BEFORE INSERT ON review WHEN EXISTS (SELECT 1 FROM review WHERE seq = new.seq) BEGIN
        SELECT RAISE(ABORT, 'the history of decisions is only added to');
    END;
    """,
)
"""SQL of each schema version; version ``n`` is reached by the first ``n`` scripts.  Connections must have the function `row_sum`."""

SUMS: dict[str, tuple[str, tuple[str, ...]]] = {table: (key.format(table), columns) for table, key, columns in _SUMMED}
"""Tables whose rows have check sums: the expression of a row's key in ``sums``, and the columns that are summed."""


def row_sum(*values: object) -> int:
    """CRC-32 of a row's values and their types: one changed bit, or any run of changed bits up to 32, changes it."""
    total = 0
    for value in values:
        if isinstance(value, bytes | memoryview):
            total = zlib.crc32(value, zlib.crc32(b"\x00b", total))
        else:
            kind = b"\x00n" if value is None else b"\x00t" if isinstance(value, str) else b"\x00i"
            total = zlib.crc32(("" if value is None else str(value)).encode("utf-8", "surrogatepass"), zlib.crc32(kind, total))
    return total


def statements(script: str) -> Iterator[str]:
    """The statements of a script, triggers kept whole."""
    current = ""
    for line in script.splitlines(keepends=True):
        current += line
        if sqlite3.complete_statement(current):
            yield current.strip()
            current = ""
