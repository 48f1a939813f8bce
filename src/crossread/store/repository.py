"""The one way into the store.

A document is known by its content: the same report arriving as text, page or archive member, in any order and any number of times,
is one row with several arrivals.  Each change of a document is one transaction; several may share a commit (`Store.batch`), and what a commit
acknowledged survives a kill and a power cut.
"""

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import msgspec

from crossread.errors import StoreError
from crossread.jsonlines import decode, encode
from crossread.records import Document, Reading, Span, Story
from crossread.store.connection import connect, explained, restore_advice
from crossread.store.identity import outlet_of
from crossread.store.migrations import MIGRATIONS, SUMS
from crossread.store.placing import place
from crossread.store.searching import fts_query as fts_query

BATCH = 100


class State(StrEnum):
    """Where a document stands."""

    NEW = "new"
    READ = "read"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Versions:
    """What a reading was made with."""

    model: str
    code: str
    codebook: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A document's line in listings."""

    id: str
    title: str | None
    publisher: str | None
    published: str | None
    state: State
    attempts: int
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A sentence that a search found."""

    document: str
    span: Span
    text: str
    title: str | None
    publisher: str | None


def open_store(path: str | Path, *, read_only: bool = False) -> "Store":
    """The store in a file, made when it is not there.

    Raises:
        StoreError: If the file cannot be opened, is damaged, belongs to another program, or was written by a newer version.
    """
    return Store(Path(path), read_only=read_only)


class Store:
    """Documents, readings and stories in one file.  Use as a context manager, or call `close`."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.path = path
        self._db = connect(path, read_only=read_only)
        if self._db.execute("PRAGMA user_version").fetchone()[0] != len(MIGRATIONS):
            self._db.close()
            raise StoreError(
                f"{path}: was written by an older crossread; a command that writes brings it up to date, `crossread read --store {path}` say"
            )

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def _transaction(self, doing: str) -> Iterator[sqlite3.Connection]:
        """One transaction, or a savepoint inside `batch`."""
        with explained(self.path, doing):
            inner = self._db.in_transaction
            self._db.execute("SAVEPOINT change" if inner else "BEGIN IMMEDIATE")
            try:
                yield self._db
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK TO change" if inner else "ROLLBACK")
                    if inner:
                        self._db.execute("RELEASE change")
                raise
            self._db.execute("RELEASE change" if inner else "COMMIT")

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Changes made inside share one commit; a fault undoes all of them.  Acknowledge only after it has ended."""
        with self._transaction("the changes cannot be written"):
            yield

    # ------------------------------------------------------------ documents

    def add(
        self, document: Document, *, arrived: str, original: bytes | None = None, position: tuple[str, int, str] | None = None
    ) -> str:
        """Add a document, or one more arrival of a known one; returns the id under which it is kept.

        Args:
            document: The document; its record is kept from the arrival that sorts first, so that the order of arrivals does not matter.
            arrived: ISO time of arrival.
            original: The bytes as they came, when they are to be kept.
            position: ``(input path, position reached, fingerprint)``, written in the same transaction.
        """
        with self._transaction(f"document {document.id} cannot be written") as db:
            source = msgspec.json.encode(document.source).decode()
            raw = document.raw_sha256 or ""
            if document.text.strip():
                self._forget_failure(db, source)
            name = place(db, document)
            db.execute("INSERT OR IGNORE INTO arrivals VALUES (?, ?, ?, ?)", (name, source, raw, arrived))
            if original is not None:
                db.execute("INSERT OR IGNORE INTO originals VALUES (?, ?)", (raw or hashlib.sha256(original).hexdigest(), original))
            if position is not None:
                self._put_position(db, *position, done=False)
        return name

    @staticmethod
    def _forget_failure(db: sqlite3.Connection, source: str) -> None:
        """Take out a document without words of the same source, which can be read now."""
        rows = db.execute(
            "SELECT id, record FROM documents JOIN arrivals ON document = id WHERE source = ? AND state = 'failed'", (source,)
        ).fetchall()
        for name, record in rows:
            if not decode(record, Document).text.strip():
                db.execute("DELETE FROM arrivals WHERE document = ?", (name,))
                db.execute("DELETE FROM documents WHERE id = ?", (name,))

    def document(self, name: str) -> Document | None:
        """A document by id."""
        record = self._record("documents", name)
        return decode(record, Document, where=str(self.path)) if record else None

    def documents(self, *, state: State | None = None, after: str = "", limit: int = BATCH) -> list[Document]:
        """Documents in order of id, a page at a time (``after`` is the last id seen)."""
        where, values = ("state = ? AND ", [state.value]) if state else ("", [])
        rows = self._all(f"SELECT id FROM documents WHERE {where}id > ? ORDER BY id LIMIT ?", *values, after, limit)
        return [d for r in rows if (d := self.document(r[0])) is not None]

    def listing(self, *, state: State | None = None) -> list[Found]:
        """All documents with their states, in order of id."""
        where, values = ("WHERE state = ?", [state.value]) if state else ("", [])
        rows = self._all(
            f"SELECT id, title, publisher, published, state, attempts, reason FROM documents {where} ORDER BY id", *values
        )
        return [
            Found(id=r[0], title=r[1], publisher=r[2], published=r[3], state=State(r[4]), attempts=r[5], reason=r[6]) for r in rows
        ]

    def state(self, name: str) -> State | None:
        """Where a document stands."""
        row = self._one("SELECT state FROM documents WHERE id = ?", name)
        return State(row[0]) if row else None

    def counts(self) -> dict[State, int]:
        """How many documents are in each state."""
        found = dict(self._all("SELECT state, count(*) FROM documents GROUP BY state"))
        return {state: int(found.get(state.value, 0)) for state in State}

    def position(self, path: str) -> tuple[int, str] | None:
        """How far an input was read: ``(position, fingerprint)``."""
        row = self._one("SELECT position, fingerprint FROM inputs WHERE path = ?", path)
        return (int(row[0]), str(row[1])) if row else None

    def is_done(self, path: str) -> bool:
        """Whether an input was taken in to its end."""
        row = self._one("SELECT done FROM inputs WHERE path = ?", path)
        return row is not None and bool(row[0])

    def put_position(self, path: str, position: int, fingerprint: str, *, done: bool) -> None:
        """Keep how far an input was read: in one `batch` with the documents that came from it."""
        with self._transaction(f"the position in {path} cannot be written") as db:
            self._put_position(db, path, position, fingerprint, done=done)

    @staticmethod
    def _put_position(db: sqlite3.Connection, path: str, position: int, fingerprint: str, *, done: bool) -> None:
        db.execute(
            "INSERT INTO inputs VALUES (?, ?, ?, ?) ON CONFLICT (path) DO UPDATE"
            " SET position = excluded.position, fingerprint = excluded.fingerprint, done = excluded.done",
            (path, position, fingerprint, int(done)),
        )

    # ------------------------------------------------------------ readings

    def put_reading(self, reading: Reading, versions: Versions) -> bool:
        """Keep a reading with its sentences and mark its document as read, in one transaction.

        An older reading is replaced; what people decided (the review log) is not touched.  Where the document was given another id or outlet
        since it was taken out, nothing is kept: it waits to be read under that.
        """
        name = reading.document.id
        with self._transaction(f"the reading of {name} cannot be written") as db:
            row = db.execute("SELECT record FROM documents WHERE id = ?", (name,)).fetchone()
            if row is None or not _is_of(reading, decode(row[0], Document)):
                return False
            db.execute(
                "INSERT INTO readings VALUES (?, ?, ?, ?, ?) ON CONFLICT (document) DO UPDATE SET record = excluded.record,"
                " model = excluded.model, code = excluded.code, codebook = excluded.codebook",
                (name, encode(reading), versions.model, versions.code, versions.codebook),
            )
            db.execute("DELETE FROM sentences WHERE document = ?", (name,))
            text = reading.document.text
            rows = [(name, s.start, s.end, s.of(text)) for s in reading.sentences]
            db.executemany("INSERT INTO sentences (document, start, until, text) VALUES (?, ?, ?, ?)", rows)
            db.execute("UPDATE documents SET state = 'read', reason = NULL WHERE id = ?", (name,))
        return True

    def put_failure(self, name: str, reason: str) -> None:
        """Mark a document as failed, with its reason; attempts are counted."""
        with self._transaction(f"the failure of {name} cannot be written") as db:
            db.execute("UPDATE documents SET state = 'failed', reason = ?, attempts = attempts + 1 WHERE id = ?", (reason, name))

    def reading(self, name: str) -> Reading | None:
        """The reading of a document."""
        record = self._record("readings", name)
        return decode(record, Reading, where=str(self.path)) if record else None

    def readings(self, names: Iterable[str] | None = None) -> Iterator[Reading]:
        """Readings in order of document id: all, or those of the named documents."""
        if names is None:
            names = [r[0] for r in self._all("SELECT document FROM readings ORDER BY document")]
        for name in sorted(names):
            reading = self.reading(name)
            if reading is not None:
                yield reading

    def made_with(self) -> list[tuple[Versions, int]]:
        """What the readings were made with, and how many with each, most first."""
        with explained(self.path, "the store cannot be read"):
            return made_with(self._db)

    def not_made_with(self, versions: Versions) -> list[str]:
        """Ids of documents whose reading was made with other versions, in order."""
        rows = self._all(
            "SELECT document FROM readings WHERE (model, code, codebook) != (?, ?, ?) ORDER BY document",
            versions.model,
            versions.code,
            versions.codebook,
        )
        return [str(r[0]) for r in rows]

    def versions(self, name: str) -> Versions | None:
        """What a document's reading was made with."""
        row = self._one("SELECT model, code, codebook FROM readings WHERE document = ?", name)
        return Versions(model=row[0], code=row[1], codebook=row[2]) if row else None

    # ------------------------------------------------------------ stories and search

    def put_stories(self, stories: Iterable[Story]) -> None:
        """Replace all stories, in one transaction."""
        with self._transaction("the stories cannot be written") as db:
            db.execute("DELETE FROM stories")
            for story in stories:
                db.execute("INSERT INTO stories VALUES (?, ?, ?)", (story.id, story.title, encode(story)))
                db.executemany("INSERT INTO story_documents VALUES (?, ?)", [(story.id, d) for d in story.documents])

    def stories(self) -> Iterator[Story]:
        """All stories, in order of id."""
        for (name,) in self._all("SELECT id FROM stories ORDER BY id"):
            story = self.story(name)
            if story is not None:
                yield story

    def story(self, name: str) -> Story | None:
        """A story by id."""
        record = self._record("stories", name)
        return decode(record, Story, where=str(self.path)) if record else None

    def search(self, words: str, *, limit: int = 50) -> list[Hit]:
        """Sentences that hold all the words, best first; every word is taken as it stands, quotation marks keep words together.

        Where more than `MOST_WEIGHED` sentences hold them, the ones kept last are weighed.
        """
        query = fts_query(words)
        if not query:
            return []
        rows = self._all(_SEARCH, query, max(limit, MOST_WEIGHED), limit)
        return [Hit(document=r[0], span=Span(r[1], r[2]), text=r[3], title=r[4], publisher=r[5]) for r in rows]

    # ------------------------------------------------------------ reading rows

    def _record(self, table: str, key: str) -> bytes | None:
        """The record in a row, its check sum looked at.

        Raises:
            StoreError: If the row is damaged.
        """
        row = self._one(_CHECKED[table], key)
        if row is None:
            return None
        if not row[1]:
            raise StoreError(f"{self.path}: the store is damaged: {key} in {table} was changed; {restore_advice(self.path)}")
        return bytes(row[0])

    def _all(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        with explained(self.path, "the store cannot be read"):
            return self._db.execute(sql, values).fetchall()

    def _one(self, sql: str, *values: object) -> tuple[Any, ...] | None:
        with explained(self.path, "the store cannot be read"):
            row: tuple[Any, ...] | None = self._db.execute(sql, values).fetchone()
            return row


MOST_WEIGHED = 5000
"""Sentences that a search weighs against each other (a microsecond each): words that more of them hold hardly tell one from another."""

_SEARCH = """
    SELECT s.document, s.start, s.until, s.text, d.title, d.publisher
    FROM (
        SELECT found.place, found.score
        FROM (
            SELECT rowid AS place, rank AS score FROM sentence_search WHERE sentence_search MATCH ? ORDER BY rowid DESC LIMIT ?
        ) found
        JOIN sentences s ON s.rowid = found.place
        ORDER BY found.score, s.document, s.start LIMIT ?
    ) best
    JOIN sentences s ON s.rowid = best.place
    JOIN documents d ON d.id = s.document
    ORDER BY best.score, s.document, s.start
"""
"""Documents, whose rows are large, are looked at for the best sentences only: of 12,500 found ones that takes a quarter of the time less."""


def _is_of(reading: Reading, document: Document) -> bool:
    read = reading.document
    return read.text == document.text and outlet_of(read.publisher) == outlet_of(document.publisher)


def made_with(db: sqlite3.Connection) -> list[tuple[Versions, int]]:
    """As `Store.made_with`, in a store of any schema."""
    rows = db.execute("SELECT model, code, codebook, count(*) AS n FROM readings GROUP BY 1, 2, 3 ORDER BY n DESC, 1, 2, 3")
    return [(Versions(model=r[0], code=r[1], codebook=r[2]), int(r[3])) for r in rows]


def _checked(table: str) -> str:
    """SQL that gives a row's record and whether the row fits its check sum."""
    key, columns = SUMS[table]
    summed = f"row_sum({', '.join(columns)})"
    return f"SELECT record, {summed} IS (SELECT sum FROM sums WHERE kind = '{table}' AND key = {key}) FROM {table} WHERE {key} = ?"


_CHECKED = {table: _checked(table) for table in ("documents", "readings", "stories")}
