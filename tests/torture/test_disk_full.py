"""Disks that are full or fail, at every write: the work stops with a message that names the disk, and goes on when there is space again."""

import contextlib
import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import apsw
import pytest

from crossread.cli import store_commands
from crossread.errors import CrossreadError, StoreError
from crossread.store import open_store
from crossread.store.maintenance import check
from tests.torture import phases
from tests.torture.conftest import counts
from tests.torture.disk import Disk, Op, on_disk
from tests.torture.phases import PHASES, STORE, Phase, fresh, prepared
from tests.torture.test_power_cut import _STATE, noting_on

BROKEN = tuple(p for p in PHASES if p.name in ("ingest", "read", "reread", "link", "migrate"))
Refuse = Callable[[int, Op], type[Exception] | None]


def full(at: int) -> Refuse:
    """Full from a call on: nothing grows any more; syncs and deletions work."""
    return lambda number, op: apsw.FullError if number >= at and op.kind == "write" else None


def failing(at: int) -> Refuse:
    """Dead from a call on."""
    return lambda number, op: apsw.IOError if number >= at else None


def failing_once(at: int) -> Refuse:
    """One call fails."""
    return lambda number, op: apsw.IOError if number == at else None


KINDS = {"full": full, "failing": failing, "failing once": failing_once}


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_commands, "BATCH", phases.BATCH)
    monkeypatch.setattr(store_commands, "BATCH_SECONDS", 1e9)  # the same commits in each run, however slow the machine is
    monkeypatch.setenv("SOURCE_DATE_EPOCH", phases.ARRIVED)


def rows_in(folder: Path) -> frozenset[tuple[str, ...]]:
    """What a folder's store holds; nothing where there is none yet."""
    if not (folder / STORE).exists():
        return frozenset()
    with contextlib.closing(sqlite3.connect(folder / STORE)) as db:
        try:
            return frozenset(tuple(row) for row in db.execute(_STATE))
        except sqlite3.OperationalError:
            return frozenset()


def run_on(disk: Disk, phase: Phase, work: Path) -> str | None:
    """Run a phase on a disk; returns the message that it stopped with, ``None`` where it came to its end."""
    with on_disk(disk), noting_on(disk):
        try:
            phase.run(work)
        except StoreError as err:
            return str(err)
    return None


def points(n_calls: int, wanted: int | None, chance: random.Random) -> list[tuple[str, int]]:
    """Where to fail: kinds of fault and numbers of calls; ``None`` for all there are."""
    every = [(kind, at) for at in range(n_calls) for kind in KINDS]
    return every if wanted is None else chance.sample(every, wanted)


def notes_of(disk: Disk, first: frozenset[tuple[str, ...]]) -> list[frozenset[tuple[str, ...]]]:
    """What there was at the beginning and after each acknowledgement."""
    return [first, *(op.data for op in disk.ops if op.kind == "note")]


@counts(200, 0)
@pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)  # a refused checkpoint while closing, which nobody is told of
@pytest.mark.parametrize("phase", BROKEN, ids=lambda phase: phase.name)
@pytest.mark.usefixtures("model")
def test_fault_of_the_disk_stops_with_its_name_and_loses_nothing(
    phase: Phase, count: int, tmp_path: Path, figure: Callable[[str], None]
) -> None:
    before, work = prepared(phase, tmp_path), tmp_path / "work"
    first, whole = rows_in(before), Disk()
    assert run_on(whole, phase, fresh(before, work)) is None
    wanted, states = phase.outcome(work), notes_of(whole, first)
    ended: Counter[str] = Counter()
    for kind, at in points(whole.n_calls, count // len(BROKEN) or None, random.Random(phase.name)):
        fresh(before, work)
        disk = Disk(KINDS[kind](at))
        message = run_on(disk, phase, work)
        if message is not None:
            assert f"the disk that holds {work}" in message, message
            assert str(work / STORE) in message
        ended[kind if message else f"{kind}, without effect"] += 1
        n_acknowledged = len(notes_of(disk, first)) - 1
        assert check(work / STORE).faults == (), f"{phase.name}, {kind} at {at}"
        # what was being committed may be there or not, as a whole
        assert rows_in(work) in states[n_acknowledged : n_acknowledged + 2], f"{phase.name}, {kind} at {at}: lost or half"
        phase.run(work)  # there is space again
        assert phase.outcome(work) == wanted, f"{phase.name}, {kind} at {at}"
    figure(f"disk full or failing in {phase.name}: {ended.total()} points; {', '.join(f'{k} {v}' for k, v in ended.items())}")


# ---------------------------------------------------------------- disks that are really full


@contextlib.contextmanager
def small_disk(folder: Path, kilobytes: int) -> Iterator[Path]:
    """A file system in memory of so many kB.  Skips where this user may not mount one."""
    folder.mkdir()
    done = (
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "none", str(folder)], capture_output=True, check=False)
        if shutil.which("mount") and hasattr(os, "geteuid") and os.geteuid() == 0
        else None
    )
    if done is None or done.returncode:
        pytest.skip("may not mount a small disk here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def command(*words: object, **settings: object) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own."""
    line = [sys.executable, "-m", "crossread", *map(str, words)]
    return subprocess.run(line, text=True, stderr=subprocess.PIPE, check=False, **settings)  # type: ignore[call-overload,no-any-return]


@pytest.mark.parametrize("kilobytes", [40, 90, 160])
def test_store_on_a_disk_that_is_full(kilobytes: int, tmp_path: Path) -> None:
    phases.write_reports(tmp_path)
    inputs = tmp_path / "in"
    with small_disk(tmp_path / "disk", kilobytes + 2000) as disk:
        ballast = disk / "ballast"
        ballast.write_bytes(bytes(2_000_000))
        done = command("ingest", inputs, "--store", disk / STORE, "--quiet")
        assert done.returncode == 3, done.stderr
        assert f"the disk that holds {disk} is full" in done.stderr
        assert "Traceback" not in done.stderr
        ballast.unlink()
        done = command("ingest", inputs, "--store", disk / STORE, "--quiet", "--resume")
        assert done.returncode == 1, done.stderr  # one report of the input has no words
        assert check(disk / STORE).faults == ()
        with open_store(disk / STORE) as store:
            assert len(store.listing()) == phases.N_INGESTED + 4


@pytest.mark.parametrize(
    "words", [("backup", STORE, "disk/copy.db"), ("export", "--store", STORE, "-f", "html", "-o", "disk/e.html")]
)
@pytest.mark.usefixtures("model")
def test_copy_or_export_to_a_disk_that_is_full(words: tuple[str, ...], tmp_path: Path) -> None:
    phase = next(p for p in PHASES if p.name == "export")
    work = fresh(prepared(phase, tmp_path), tmp_path / "work")
    with small_disk(work / "disk", 4) as disk:
        done = command(*words, cwd=work)
        assert done.returncode == 3
        assert "disk" in done.stderr
        assert words[-1] in done.stderr
        assert "Traceback" not in done.stderr
        assert list(disk.iterdir()) == [], "pieces are left on the full disk"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
@pytest.mark.parametrize(
    "words", [("ingest", "in"), ("brief", "in"), ("brief", "in", "--json"), ("brief", "in", "--html", "/dev/full"), ("schema",)]
)
def test_output_to_a_full_disk(words: tuple[str, ...], tmp_path: Path) -> None:
    phases.write_reports(tmp_path)
    with open("/dev/full", "wb") as nowhere:
        done = command(*words, cwd=tmp_path, stdout=nowhere)
    assert done.returncode == 3, done.stderr
    assert "No space left" in done.stderr
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


@pytest.mark.parametrize("size", [8_192, 60_000, 150_000])
def test_files_that_may_not_grow(size: int, tmp_path: Path) -> None:
    """A quota on the size of files, for machines where no small disk can be mounted: the same message, and the work goes on without it."""
    phases.write_reports(tmp_path)
    told, telling = os.pipe()
    process = os.fork()
    if process == 0:
        code = 70
        try:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
            phases.ingest(tmp_path)
        except CrossreadError as err:
            os.write(telling, str(err).encode())
            code = 3
        finally:
            os._exit(code)
    os.close(telling)
    message = os.read(told, 10_000).decode()
    os.close(told)
    _, status = os.waitpid(process, 0)
    assert os.waitstatus_to_exitcode(status) == 3
    assert f"the disk that holds {tmp_path}" in message
    assert phases.lost(tmp_path) == []
    phases.ingest(tmp_path)
    assert check(tmp_path / STORE).faults == ()
    with open_store(tmp_path / STORE) as store:
        assert len(store.listing()) == phases.N_INGESTED + 4
