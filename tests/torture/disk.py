"""A disk that can be made to fail or to lose power, under the store's own code: an SQLite VFS (apsw) below the real file system.

`Disk` notes every write, truncation, sync and deletion, and can answer the n-th of them with an error.  `after_power_cut` builds the files that
a machine would find after the power went: what was synced is there; of what was not, each sector may be there or not.
"""

import contextlib
import random
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import apsw
import pytest

from crossread.store import connection, maintenance

SECTOR = 512
_LOGS = apsw.SQLITE_OPEN_MAIN_JOURNAL | apsw.SQLITE_OPEN_SUPER_JOURNAL | apsw.SQLITE_OPEN_WAL
_NUMBERS = count()


@dataclass(frozen=True, slots=True)
class Op:
    """What was done to a file: ``write``, ``truncate``, ``sync``, ``delete``; or ``note``, which the test adds (``data`` says what).

    ``offset`` is the size of a truncation, and 1 where a sync or deletion also makes the folder's names safe.
    """

    kind: str
    name: str
    offset: int = 0
    data: Any = b""


class Disk:
    """What was done to files, and which of it to refuse.

    ``refuse`` is asked at each call that changes a file, with its number and what it is; it gives the error to answer with, or ``None``.
    """

    def __init__(self, refuse: Callable[[int, Op], type[Exception] | None] = lambda number, op: None) -> None:
        self.ops: list[Op] = []
        self.refuse = refuse
        self.n_calls = self.n_refused = 0
        self.name = f"disk-{next(_NUMBERS)}"
        self._vfs = _VFS(self)

    def close(self) -> None:
        """Take the file system out of SQLite."""
        self._vfs.unregister()

    def note(self, what: object) -> None:
        """Mark the moment, after an acknowledgement say."""
        self.ops.append(Op("note", "", 0, what))

    def done(self, op: Op) -> None:
        """Count a call; raises the error when it is refused."""
        number, self.n_calls = self.n_calls, self.n_calls + 1
        error = self.refuse(number, op)
        if error is not None:
            self.n_refused += 1
            raise error(f"refused: {op.kind} {Path(op.name).name}")
        if op.name != NAMELESS:
            self.ops.append(op)


NAMELESS = "a temporary file"
"""Stands for the name of files that SQLite opens without one: no cut leaves anything of them."""


class _VFS(apsw.VFS):
    def __init__(self, disk: Disk) -> None:
        self.disk = disk
        super().__init__(disk.name, base="")

    def xOpen(self, name: Any, flags: list[int]) -> apsw.VFSFile:  # noqa: N802 -- SQLite's names
        return _File(self.disk, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802
        self.disk.done(Op("delete", filename, int(syncdir)))
        super().xDelete(filename, syncdir)


class _File(apsw.VFSFile):
    def __init__(self, disk: Disk, name: Any, flags: list[int]) -> None:
        self.disk = disk
        self.path = name.filename() if isinstance(name, apsw.URIFilename) else str(name or NAMELESS)
        self.syncs_folder = bool(flags[0] & apsw.SQLITE_OPEN_CREATE and flags[0] & _LOGS)  # as SQLite's unix file system does, once
        super().__init__("", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        self.disk.done(Op("write", self.path, offset, bytes(data)))
        super().xWrite(data, offset)

    def xTruncate(self, newsize: int) -> None:  # noqa: N802
        self.disk.done(Op("truncate", self.path, newsize))
        super().xTruncate(newsize)

    def xSync(self, flags: int) -> None:  # noqa: N802
        self.disk.done(Op("sync", self.path, int(self.syncs_folder)))
        self.syncs_folder = False
        super().xSync(flags)


# ---------------------------------------------------------------- the store's connection on that disk


@contextlib.contextmanager
def _as_sqlite3() -> Iterator[None]:
    """apsw's errors as the standard library gives them."""
    try:
        yield
    except apsw.Error as err:
        refused = {apsw.FullError: "SQLITE_FULL", apsw.IOError: "SQLITE_IOERR"}.get(type(err), "SQLITE_ERROR")
        name = apsw.mapping_result_codes.get(getattr(err, "result", None), refused)
        kind = sqlite3.IntegrityError if name == "SQLITE_CONSTRAINT" else sqlite3.OperationalError
        raised = kind(str(err) or name)
        raised.sqlite_errorname = str(name)
        raise raised from err


class _Cursor:
    def __init__(self, cursor: Any) -> None:
        self._cursor = cursor

    def fetchone(self) -> Any:
        with _as_sqlite3():
            return self._cursor.fetchone()

    def fetchall(self) -> list[Any]:
        with _as_sqlite3():
            return list(self._cursor.fetchall())

    def fetchmany(self, size: int) -> list[Any]:
        return self.fetchall()[:size]

    def __iter__(self) -> Iterator[Any]:
        return iter(self.fetchall())


class Connection:
    """As much of `sqlite3.Connection` as the store uses, over apsw and a `Disk`."""

    def __init__(self, path: Path, disk: Disk) -> None:
        with _as_sqlite3():
            self._db = apsw.Connection(str(path), vfs=disk.name, flags=apsw.SQLITE_OPEN_READWRITE)
            self._db.set_busy_timeout(1000)

    def execute(self, sql: str, values: Sequence[object] = ()) -> _Cursor:
        with _as_sqlite3():
            return _Cursor(self._db.cursor().execute(sql, tuple(values)))

    def executemany(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        with _as_sqlite3():
            self._db.cursor().executemany(sql, rows)

    @property
    def in_transaction(self) -> bool:
        return bool(self._db.in_transaction)

    def create_function(self, name: str, n: int, function: Callable[..., object], *, deterministic: bool = False) -> None:
        self._db.create_scalar_function(name, function, n, deterministic=deterministic)

    def close(self) -> None:
        for _ in range(
            2
        ):  # the standard library says nothing of a checkpoint at the end that fails: its content is safe in the log
            with contextlib.suppress(apsw.Error):
                self._db.close(True)


@contextlib.contextmanager
def on_disk(disk: Disk, *, checkpoint_pages: int = 40) -> Iterator[Disk]:
    """Let the store open its files on this disk; small checkpoints, so that a short run has many."""

    def open_file(path: Path, *, read_only: bool = False) -> Connection:
        opened = Connection(path, disk)
        connection.prepare(opened)  # type: ignore[arg-type]
        opened.execute(f"PRAGMA wal_autocheckpoint = {checkpoint_pages}")
        return opened

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connection, "open_file", open_file)
        patch.setattr(maintenance, "open_file", open_file)
        patch.setattr(connection, "_looked_through", set())
        try:
            yield disk
        finally:
            disk.close()


# ---------------------------------------------------------------- power cuts


@dataclass(slots=True)
class _Kept:
    """A file on the disk: what is safe, and what was done since its last sync."""

    safe: bytearray | None
    waiting: list[Op]


def after_power_cut(ops: Sequence[Op], at: int, chance: random.Random) -> dict[str, bytes]:
    """The files that are found when the power goes after ``ops[:at]``: SQLite's own assumptions of a disk, at their worst.

    A sync makes all earlier changes of its file safe, a sync of the folder all deletions.  Of later changes any may be missing, and of a write
    any sectors.
    """
    files: dict[str, _Kept] = {}
    for op in ops[:at]:
        if op.kind == "note":
            continue
        kept = files.setdefault(op.name, _Kept(None, []))
        kept.waiting.append(op)
        if op.kind in ("sync", "delete") and op.offset:
            for other in files.values():
                _fold_deletions(other)
        if op.kind == "sync":
            kept.safe = _applied(kept, [(w, None) for w in kept.waiting])
            kept.waiting = []
    share = chance.choice((0.0, 0.2, 0.5, 0.8, 1.0))
    found: dict[str, bytes] = {}
    for name, kept in files.items():
        content = _applied(kept, _survivors(kept.waiting, share, chance))
        if content is not None:
            found[name] = bytes(content)
    return found


def _fold_deletions(kept: _Kept) -> None:
    """Make a deletion safe, with all that came before it."""
    last = max((n for n, op in enumerate(kept.waiting) if op.kind == "delete"), default=-1)
    if last >= 0:
        kept.safe, kept.waiting = None, kept.waiting[last + 1 :]


def _survivors(waiting: Sequence[Op], share: float, chance: random.Random) -> list[tuple[Op, list[bool] | None]]:
    """Which changes reached the disk; with each write, which of its sectors (``None``: all)."""
    survivors: list[tuple[Op, list[bool] | None]] = []
    for op in waiting:
        if op.kind == "write" and chance.random() < 0.3:
            n_sectors = (op.offset % SECTOR + len(op.data) + SECTOR - 1) // SECTOR
            survivors.append((op, [chance.random() < share for _ in range(n_sectors)]))
        elif chance.random() < share:
            survivors.append((op, None))
    return survivors


def _applied(kept: _Kept, changes: Iterable[tuple[Op, list[bool] | None]]) -> bytearray | None:
    content = None if kept.safe is None else bytearray(kept.safe)
    for op, sectors in changes:
        if op.kind == "delete":
            content = None
        elif op.kind == "truncate" and content is not None:
            del content[op.offset :]
            content.extend(bytes(op.offset - len(content)))
        elif op.kind == "write":
            content = bytearray() if content is None else content
            _write(content, op, sectors)
    return content


def _write(content: bytearray, op: Op, sectors: list[bool] | None) -> None:
    end = op.offset + len(op.data)
    if sectors is None:
        content.extend(bytes(max(0, op.offset - len(content))))
        content[op.offset : end] = op.data
        return
    at = op.offset
    for kept in sectors:
        until = min(end, (at // SECTOR + 1) * SECTOR)
        if kept:
            content.extend(bytes(max(0, at - len(content))))
            content[at:until] = op.data[at - op.offset : until - op.offset]
        at = until
