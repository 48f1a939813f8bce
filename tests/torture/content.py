"""What a store holds, row by row, for comparing two stores."""

import contextlib
import hashlib
import sqlite3
from pathlib import Path

_LEFT_OUT = ("sqlite_", "sentence_search", "stamps")
"""SQLite's own tables, the search index (its pages depend on the order of writing; ``faults`` compares it to the sentences), and counters
of changes."""


def rows_of(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables that carry content, sorted; row numbers of sentences are left out."""
    with contextlib.closing(sqlite3.connect(path)) as db:
        names = [r[0] for r in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        found: dict[str, list[tuple[object, ...]]] = {}
        for name in names:
            if name.startswith(_LEFT_OUT):
                continue
            columns = "document, start, until, text" if name == "sentences" else "*"
            found[name] = sorted(db.execute(f"SELECT {columns} FROM {name}").fetchall(), key=repr)
    return found


def digest_of(path: Path) -> str:
    """SHA-256 of `rows_of`: equal for two stores of the same content, byte for byte."""
    return hashlib.sha256(repr(rows_of(path)).encode()).hexdigest()
