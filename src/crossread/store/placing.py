"""Where an arrival goes: its row, its id, and the record that is kept, none of which depends on the order of arrivals.

A report goes by the id that its record came with.  Of several reports that came with one id (a wire text in two outlets, say) the first
by content has it, the others have the first digits of their content behind it.  Once a report has been read its id stays, as readings,
stories and decisions name it.
"""

import sqlite3
from typing import NamedTuple

import msgspec

from crossread.jsonlines import decode, encode
from crossread.records import Document
from crossread.store.identity import content_key, outlet_of, rank, same_report, words_key


class _Row(NamedTuple):
    id: str
    content: str
    record: bytes
    state: str
    is_read: bool


_ROW = "id, content, record, state, EXISTS (SELECT 1 FROM readings WHERE document = id)"


def place(db: sqlite3.Connection, document: Document) -> str:
    """Insert a document, or bring the row of the same report up to date; returns its id."""
    key, words, outlet = content_key(document), words_key(document), outlet_of(document.publisher)
    rows = db.execute(f"SELECT publisher, {_ROW} FROM documents WHERE words = ?", (words,)).fetchall()
    known = same_report({outlet_of(row[0]): _Row(*row[1:]) for row in rows}, outlet)
    if known is None:
        return _insert(db, document, key, words)
    now, row = known
    if now is None and outlet is not None:  # its outlet is known at last: the reading must say so too
        return _replace(db, row, document, key, state="new")
    if now == outlet and row.state != "read" and _rank(document) < _rank(decode(row.record, Document), row.content):
        return _replace(db, row, document, row.content, state=row.state)
    return row.id


def _rank(document: Document, content: str | None = None) -> tuple[str, bytes]:
    """Rank under the id that the document came with."""
    return rank(document if content is None else msgspec.structs.replace(document, id=_base(document.id, content)))


def _base(name: str, content: str) -> str:
    return name.removesuffix(f"-{content[:8]}")


def _insert(db: sqlite3.Connection, document: Document, key: str, words: str) -> str:
    base = document.id
    is_taken = db.execute("SELECT 1 FROM documents WHERE id = ?", (base,)).fetchone()
    kept = msgspec.structs.replace(document, id=f"{base}-{key[:8]}" if is_taken else base)
    failure = None if document.text.strip() else next((p.message for p in document.problems if p.severity == "error"), None)
    db.execute(
        "INSERT INTO documents (id, content, words, state, reason, record, title, publisher, published) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (kept.id, key, words, "failed" if failure else "new", failure, encode(kept), *_columns(kept)),
    )
    return _settled(db, base, key) if is_taken else base


def _replace(db: sqlite3.Connection, row: _Row, document: Document, key: str, *, state: str) -> str:
    """Give a row the record of another arrival, and unless it has been read the id that goes with it."""
    is_named = row.is_read or (key == row.content and document.id == _base(row.id, key))
    name = row.id if is_named else f"{document.id}-{key[:8]}"
    if name != row.id:
        _rename(db, row.id, name)
    kept = msgspec.structs.replace(document, id=name)
    db.execute(
        "UPDATE documents SET record = ?, title = ?, publisher = ?, published = ?, content = ?, state = ? WHERE id = ?",
        (encode(kept), *_columns(kept), key, state, name),
    )
    if is_named:
        return name
    _settled(db, _base(row.id, row.content), key)
    return _settled(db, document.id, key)


def _settled(db: sqlite3.Connection, base: str, key: str) -> str:
    """Give an id to the first of the reports that came with it, unless it is a read one's; returns the id of the report with the key."""
    rows = db.execute(
        "SELECT id, content, EXISTS (SELECT 1 FROM readings WHERE document = id) FROM documents"
        " WHERE id = ?1 OR (id > ?1 || '-' AND id < ?1 || '.' AND id = ?1 || '-' || substr(content, 1, 8)) ORDER BY content",
        (base,),
    ).fetchall()
    holder = next((row for row in rows if row[0] == base), None)
    first = next((row for row in rows if not row[2]), None)
    if first is not None and first is not holder and not (holder and holder[2]):
        if holder:
            _rename(db, base, f"{base}-{holder[1][:8]}")
        _rename(db, first[0], base)
    return str(db.execute("SELECT id FROM documents WHERE content = ?", (key,)).fetchone()[0])


def _rename(db: sqlite3.Connection, old: str, new: str) -> None:
    db.execute("PRAGMA defer_foreign_keys = ON")  # until the end of the transaction
    document = decode(db.execute("SELECT record FROM documents WHERE id = ?", (old,)).fetchone()[0], Document)
    record = encode(msgspec.structs.replace(document, id=new))
    db.execute("UPDATE documents SET id = ?, record = ? WHERE id = ?", (new, record, old))
    db.execute("UPDATE arrivals SET document = ? WHERE document = ?", (new, old))


def _columns(document: Document) -> tuple[str | None, str | None, str | None]:
    return document.title, document.publisher, document.published.start if document.published else None
