"""What the desk asks of a store beside records: sentences by words and facets, ways of arrival, originals, counts."""

from dataclasses import dataclass
from typing import Any

import msgspec

from crossread.records import Span
from crossread.store.repository import State, Store, fts_query

MOST_ROWS = 5000
"""Sentences that a search looks at, best first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceRow:
    """A sentence with what is known of its document."""

    document: str
    span: Span
    text: str
    title: str | None
    publisher: str | None
    published: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What sentences are asked for: ``words`` as a person writes them, ``names`` of which one must occur; days include both
    ends."""

    words: str = ""
    names: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    documents: tuple[str, ...] | None = None


def match_expression(asked: Asked) -> str:
    """The search as FTS5 takes it; empty where no word is asked for."""
    parts = []
    if words := fts_query(asked.words):
        parts.append(f"({words})")
    if names := [q for n in asked.names if (q := fts_query(f'"{n}"'))]:
        parts.append("(" + " OR ".join(names) + ")")
    return " AND ".join(parts)


def find_sentences(store: Store, asked: Asked, *, limit: int = MOST_ROWS) -> list[SentenceRow]:
    """Sentences that fit: best first where words are asked for, else newest document first."""
    where, values = _where(asked)
    expression = match_expression(asked)
    if expression:
        source = "sentence_search JOIN sentences s ON s.rowid = sentence_search.rowid"
        where.insert(0, "sentence_search MATCH ?")
        values.insert(0, expression)
        order = "sentence_search.rank, s.document, s.start"
    elif asked.words.strip():
        return []
    else:
        source, order = "sentences s", "d.published DESC, s.document, s.start"
    condition = f"WHERE {' AND '.join(where)}" if where else ""
    rows = store._all(
        f"SELECT s.document, s.start, s.until, s.text, d.title, d.publisher, d.published FROM {source}"
        f" JOIN documents d ON d.id = s.document {condition} ORDER BY {order} LIMIT ?",
        *values,
        limit,
    )
    return [SentenceRow(document=r[0], span=Span(r[1], r[2]), text=r[3], title=r[4], publisher=r[5], published=r[6]) for r in rows]


def _where(asked: Asked) -> tuple[list[str], list[object]]:
    where: list[str] = []
    values: list[object] = []
    for field, names in (("d.publisher", asked.publishers), ("s.document", asked.documents)):
        if names:
            where.append(f"{field} IN (SELECT value FROM json_each(?))")
            values.append(msgspec.json.encode(names).decode())
    if asked.documents == ():
        where.append("0")
    for sign, day in ((">=", asked.since), ("<=", asked.until)):
        if day:
            where.append(f"d.published {sign} ?")
            values.append(day)
    return where, values


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a document stands, and what it failed at."""

    state: State
    attempts: int
    reason: str | None


def standing(store: Store, document: str) -> Standing | None:
    """State of a document."""
    row = store._one("SELECT state, attempts, reason FROM documents WHERE id = ?", document)
    return Standing(state=State(row[0]), attempts=int(row[1]), reason=row[2]) if row else None


def arrivals(store: Store, document: str) -> list[tuple[dict[str, Any], str, str]]:
    """Ways in which a document arrived: its source (as JSON), the digest of its bytes, and when, oldest first."""
    rows = store._all("SELECT source, raw_sha256, arrived FROM arrivals WHERE document = ? ORDER BY arrived, source", document)
    return [(_source(r[0]), str(r[1]), str(r[2])) for r in rows]


def _source(text: str) -> dict[str, Any]:
    try:
        value = msgspec.json.decode(text)
    except msgspec.DecodeError:
        return {"kind": text}
    return value if isinstance(value, dict) else {"kind": str(value)}


def original(store: Store, document: str) -> bytes | None:
    """The bytes that a document came from, where they were kept."""
    row = store._one(
        "SELECT bytes FROM originals JOIN arrivals USING (raw_sha256) WHERE document = ? ORDER BY arrived LIMIT 1", document
    )
    return bytes(row[0]) if row else None


def has_original(store: Store, document: str) -> bool:
    """Whether the bytes that a document came from were kept."""
    return store._one("SELECT 1 FROM originals JOIN arrivals USING (raw_sha256) WHERE document = ? LIMIT 1", document) is not None


def documents_with(store: Store, documents: list[str]) -> dict[str, list[str]]:
    """Stories of documents: document id -> ids of stories."""
    found: dict[str, list[str]] = {}
    rows = store._all(
        "SELECT document, story FROM story_documents WHERE document IN (SELECT value FROM json_each(?)) ORDER BY story",
        msgspec.json.encode(documents).decode(),
    )
    for document, story in rows:
        found.setdefault(document, []).append(story)
    return found


def story_ids(store: Store) -> list[str]:
    """Ids of all stories."""
    return [str(r[0]) for r in store._all("SELECT id FROM stories ORDER BY id")]
