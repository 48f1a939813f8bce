"""Power cuts: the store's own code on a disk that keeps only what was synced, and of the rest any sectors.

The runs are recorded once; each cut is a moment of a run and a choice of what reached the disk.  The files of that moment are opened with the
standard library's SQLite and the store's own code.
"""

import contextlib
import random
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from crossread.cli import store_commands
from crossread.errors import StoreError
from crossread.store import Store
from crossread.store.maintenance import check
from tests.torture import phases
from tests.torture.conftest import counts
from tests.torture.content import digest_of
from tests.torture.disk import Disk, Op, after_power_cut, on_disk
from tests.torture.phases import PHASES, STORE, Phase, fresh, prepared


@dataclass(frozen=True, slots=True)
class Recorded:
    """A run as the disk saw it: the files before, what was done to them, what each commit acknowledged, the outcome."""

    phase: Phase
    before: dict[str, bytes]
    ops: Sequence[Op]
    outcome: str
    workplace: Path


@contextlib.contextmanager
def noting_on(disk: Disk) -> Iterator[None]:
    """Put a note on the disk's record when a batch was acknowledged: the rows that there are then."""
    plain = Store.batch, Store.put_stories

    @contextlib.contextmanager
    def batch(self: Store) -> Iterator[None]:
        with plain[0](self):
            yield
        disk.note(_rows(self))

    def put_stories(self: Store, *rest: object) -> None:
        plain[1](self, *rest)  # type: ignore[arg-type]
        disk.note(_rows(self))

    Store.batch, Store.put_stories = batch, put_stories  # type: ignore[method-assign,assignment]
    try:
        yield
    finally:
        Store.batch, Store.put_stories = plain  # type: ignore[method-assign]


_STATE = """SELECT 'arrival', document, source FROM arrivals UNION ALL SELECT 'reading', document, codebook FROM readings
    UNION ALL SELECT 'story', id, '' FROM stories UNION ALL SELECT 'input', path, CAST(position AS TEXT) FROM inputs"""


def _rows(store: Store) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(row) for row in store._all(_STATE))


def record(phase: Phase, folder: Path) -> Recorded:
    """Run a phase once on the recording disk."""
    before = prepared(phase, folder)
    work = fresh(before, folder / "work")
    files = {str(work / name): (work / name).read_bytes() for name in (STORE,) if (work / name).exists()}
    with on_disk(Disk()) as disk, noting_on(disk):
        if files:
            with store_commands_open(work) as store:
                disk.note(_rows(store))
        phase.run(work)
    return Recorded(phase, files, disk.ops, digest_of(work / STORE), work)


def store_commands_open(work: Path) -> Store:
    """The store of a folder."""
    from crossread.store import open_store

    return open_store(work / STORE)


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory, model: None) -> list[Recorded]:
    """Ingest, read, reread, link and migrate, each from its own beginning."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store_commands, "BATCH", phases.BATCH)
        patch.setenv("SOURCE_DATE_EPOCH", phases.ARRIVED)
        wanted = [p for p in PHASES if p.name in ("ingest", "read", "reread", "link", "migrate")]
        return [record(phase, tmp_path_factory.mktemp(phase.name)) for phase in wanted]


def states_of(run: Recorded, at: int) -> tuple[list[frozenset[tuple[str, ...]]], int]:
    """What was acknowledged along a run, and how much of it by a moment."""
    notes = [op.data for op in run.ops if op.kind == "note"]
    return notes, sum(op.kind == "note" for op in run.ops[:at])


def lay_out(run: Recorded, at: int, chance: random.Random) -> Path:
    """The folder as it is found after the power cut."""
    base = [Op("write", name, 0, data) for name, data in run.before.items()] + [Op("sync", name) for name in run.before]
    found = after_power_cut([*base, *run.ops], len(base) + at, chance)
    work = run.workplace
    for path in work.glob(f"{STORE}*"):
        path.unlink()
    (work / STORE).touch(mode=0o600)
    for name, data in found.items():
        Path(name).write_bytes(data)
    return work


def look(run: Recorded, at: int, work: Path) -> str:
    """Open what the power cut left and compare it to what was acknowledged; says how far the run had come."""
    faults = check(work / STORE).faults
    assert faults == (), f"{run.phase.name}, cut at {at} of {len(run.ops)}"
    with contextlib.closing(sqlite3.connect(work / STORE)) as db:
        is_made = db.execute("SELECT count(*) FROM sqlite_master").fetchone()[
            0
        ]  # a store cut before its first commit has no tables yet
        rows = frozenset(tuple(row) for row in db.execute(_STATE)) if is_made else frozenset()
    notes, n_acknowledged = states_of(run, at)
    allowed = notes[max(0, n_acknowledged - 1) :]
    assert rows in allowed or (not n_acknowledged and not rows), (
        f"{run.phase.name}, cut at {at}: {n_acknowledged} acknowledged are not there"
    )
    return "acknowledged" if n_acknowledged and rows == allowed[0] else "begun" if rows else "nothing"


@counts(300, 10_000)
def test_power_cut_loses_nothing_acknowledged(
    count: int, runs: list[Recorded], figure: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_commands, "BATCH", phases.BATCH)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", phases.ARRIVED)
    chance = random.Random(count)
    by_phase, by_call = Counter[str](), Counter[str]()
    n_resumed = 0
    for n in range(count):
        run = runs[n % len(runs)]
        at = chance.randrange(len(run.ops) + 1)
        work = lay_out(run, at, chance)
        look(run, at, work)
        by_phase[run.phase.name] += 1
        by_call[run.ops[at].kind if at < len(run.ops) else "end"] += 1
        if n % 10 < 2:
            run.phase.run(work)
            assert run.phase.outcome(work) == run.outcome
            n_resumed += 1
    told = [", ".join(f"{k} {v}" for k, v in counter.items()) for counter in (by_phase, by_call)]
    figure(f"power cuts: {count} ({told[0]}; before a {told[1]}), {n_resumed} gone on with to the same end")


def test_disk_that_forgets_synced_writes_is_noticed(runs: list[Recorded], tmp_path: Path) -> None:
    """The recording can tell: with what was synced left out, stores are lost or damaged."""
    run = next(r for r in runs if r.phase.name == "read")
    chance, n_bad = random.Random(1), 0
    for n in range(30):
        ops = [op for op in run.ops if op.kind != "sync"]
        work = lay_out(Recorded(run.phase, run.before, ops, run.outcome, run.workplace), len(ops) * (n + 1) // 30, chance)
        try:
            look(run, len(run.ops), work)
        except (AssertionError, StoreError):
            n_bad += 1
    shutil.rmtree(tmp_path, ignore_errors=True)
    assert n_bad >= 25
