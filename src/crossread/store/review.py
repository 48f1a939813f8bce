"""The review log: what people decided about findings, one line a decision, never changed and never deleted (the database refuses
both).

A line is taken back by another line that names it (``undoes``); a line that is itself taken back has no effect, so an undo can be
undone.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from crossread.errors import StoreError
from crossread.records import Record
from crossread.store.repository import Store

UNDO = "undo"


class LogLine(Record, frozen=True, kw_only=True):
    """One line of the history.

    ``finding`` is the key of what was decided on (empty for an undo), ``details`` what the action needs to be done again,
    ``undoes`` the number of the line that this one takes back.  ``at`` is an ISO time in UTC.
    """

    seq: int
    at: str
    person: str
    action: str
    finding: str = ""
    details: dict[str, Any] = msgspec.field(default_factory=dict)
    reason: str | None = None
    undoes: int | None = None


class SavedSearch(Record, frozen=True, kw_only=True):
    """A search under a name; ``query`` is the query string of its page."""

    name: str
    query: str
    at: str


class ReviewLog:
    """The review part of a store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def append(
        self,
        *,
        at: str,
        person: str,
        action: str,
        finding: str = "",
        details: Mapping[str, Any] | None = None,
        reason: str | None = None,
        undoes: int | None = None,
    ) -> int:
        """Add a line; returns its number.

        Raises:
            StoreError: If the line that it takes back is not there, or the store cannot be written.
        """
        if undoes is not None and self._store._one("SELECT 1 FROM review WHERE seq = ?", undoes) is None:
            raise StoreError(f"{self._store.path}: the history has no line {undoes}; reload the page and try again")
        body = msgspec.json.encode(dict(details or {}))
        with self._store._transaction("the decision cannot be written") as db:
            row = db.execute(
                "INSERT INTO review (at, person, action, finding, details, reason, undoes) VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING seq",
                (at, person, action, finding, body, reason, undoes),
            ).fetchone()
        return int(row[0])

    def lines(self, *, after: int = 0) -> list[LogLine]:
        """Lines in order, from the one after ``after`` on."""
        rows = self._store._all(
            "SELECT seq, at, person, action, finding, details, reason, undoes FROM review WHERE seq > ? ORDER BY seq", after
        )
        return [
            LogLine(
                seq=r[0],
                at=r[1],
                person=r[2],
                action=r[3],
                finding=r[4],
                details=msgspec.json.decode(r[5]),
                reason=r[6],
                undoes=r[7],
            )
            for r in rows
        ]

    def last(self) -> int:
        """Number of the newest line, 0 when there is none."""
        row = self._store._one("SELECT max(seq) FROM review")
        return int(row[0] or 0) if row else 0

    def stamps(self) -> tuple[int, int, int]:
        """Numbers that grow whenever documents, readings or stories change, in this order."""
        found = dict(self._store._all("SELECT name, value FROM stamps"))
        return int(found["documents"]), int(found["readings"]), int(found["stories"])

    def save_search(self, name: str, query: str, *, at: str) -> None:
        """Keep a search under a name; an older one of that name is replaced."""
        with self._store._transaction("the search cannot be kept") as db:
            db.execute("INSERT OR REPLACE INTO saved_searches VALUES (?, ?, ?)", (name, query, at))

    def delete_search(self, name: str) -> bool:
        """Forget a saved search; says whether there was one."""
        with self._store._transaction("the search cannot be deleted") as db:
            return db.execute("DELETE FROM saved_searches WHERE name = ?", (name,)).rowcount > 0

    def searches(self) -> list[SavedSearch]:
        """Saved searches, by name."""
        return [SavedSearch(name=r[0], query=r[1], at=r[2]) for r in self._store._all("SELECT * FROM saved_searches ORDER BY name")]


def effective(lines: Sequence[LogLine]) -> list[LogLine]:
    """Lines that count: undos left out, and every line that an undo which itself counts takes back."""
    gone: set[int] = set()
    for line in reversed(lines):
        if line.undoes is not None and line.seq not in gone:
            gone.add(line.undoes)
    return [line for line in lines if line.undoes is None and line.seq not in gone]


def undone(lines: Iterable[LogLine]) -> set[int]:
    """Numbers of the lines that have no effect because they were taken back."""
    known = list(lines)
    counted = {line.seq for line in effective(known)}
    return {line.seq for line in known if line.undoes is None and line.seq not in counted}
