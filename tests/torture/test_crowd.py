"""Many processes on one store, and one process for a long time."""

import contextlib
import json
import os
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from crossread.store import open_store
from crossread.store.maintenance import check
from crossread.store.migrations import APPLICATION_ID, MIGRATIONS, statements
from tests.torture import soak
from tests.torture.conftest import counts

LONGEST_READ_MS = 100
LARGEST_LOG = 64 * 1024 * 1024


def start(module: str, *words: object) -> "subprocess.Popen[str]":
    """A process of its own that runs a module of the tests."""
    line = [sys.executable, "-m", f"tests.torture.{module}", *map(str, words)]
    return subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def result(process: "subprocess.Popen[str]", seconds: float) -> dict[str, object]:
    """What it printed."""
    out, err = process.communicate(timeout=seconds)
    assert process.returncode == 0, err
    found: dict[str, object] = json.loads(out)
    return found


@counts(60, 600)
def test_one_writer_eight_readers_one_exporter(count: int, tmp_path: Path, figure: Callable[[str], None]) -> None:
    path, load = tmp_path / "s.db", os.getloadavg()[0]
    open_store(path).close()
    roles = ["write", *["read"] * 8, "export"]
    running = [start("crowd", role, path, count, number) for number, role in enumerate(roles)]
    results = [result(process, 3 * count + 60) for process in running]
    errors = [e for r in results for e in r["errors"]]  # type: ignore[attr-defined]
    assert errors == []
    times = [t for r in results for t in r["times"]]  # type: ignore[attr-defined]
    clock, own = sorted(t[0] for t in times), sorted(t[1] for t in times)
    last = int(len(times) * 0.99)
    written = results[0]["done"]["documents"]  # type: ignore[index]
    copies = results[-1]["done"]["backups"]  # type: ignore[index]
    figure(
        f"one writer, 8 readers, one exporter, {count} s: {written} documents written, {len(times)} reads, {copies} exports and backups,"
        f" {len(errors)} errors; reads by the clock p50 {statistics.median(clock):.1f}, p99 {clock[last]:.1f}, longest {clock[-1]:.0f} ms;"
        f" without waits for a processor p99 {own[last]:.1f}, longest {own[-1]:.0f} ms (load before {load:.1f} on {os.cpu_count()} cores)"
    )
    assert check(path).faults == ()
    assert written > 0
    assert copies > 0
    assert own[last] < LONGEST_READ_MS
    if load < (os.cpu_count() or 1):  # on a machine that is busy with other things the clock says more about them
        assert clock[last] < LONGEST_READ_MS


@counts(60, 7200, minutes=150)
@pytest.mark.skipif(sys.platform != "linux", reason="reads memory and handles from /proc")
def test_steady_run_needs_no_more_memory_and_no_more_handles(count: int, tmp_path: Path, figure: Callable[[str], None]) -> None:
    load = os.getloadavg()[0]
    measured = result(start("soak", tmp_path / "s.db", count), 3 * count + 120)
    found = soak.figures(measured)
    figure(
        f"steady run, {found['seconds']:.0f} s: {found['documents']:.0f} documents ({found['a_second']:.1f} a second), {measured['hits']} hits,"
        f" memory {found['mb_early']:.1f} to {found['mb_late']:.1f} MB ({found['growth']:+.1%}),"
        f" handles {found['handles_early']:.0f} to {found['handles_late']:.0f}, store {measured['store_bytes']:,} bytes"  # type: ignore[str-format]
    )
    assert found["growth"] <= 0.05
    assert found["handles_late"] <= found["handles_early"]
    assert measured["log_bytes"] < LARGEST_LOG  # type: ignore[operator]
    assert measured["hits"]
    if load < (os.cpu_count() or 1):
        assert found["documents"] >= 15 * count, "far behind the pace of 20 a second"
    assert check(tmp_path / "s.db").faults == ()


@counts(6, 60)
@pytest.mark.parametrize("schema", [0, 1])
def test_many_open_a_new_or_an_old_store_at_once(schema: int, count: int, tmp_path: Path) -> None:
    for number in range(count):
        path = tmp_path / f"{number}.db"
        if schema:
            with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as db:
                for statement in statements(MIGRATIONS[0]):
                    db.execute(statement)
                db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                db.execute("PRAGMA user_version = 1")
        begin = time.monotonic() + 0.1
        children = []
        for _ in range(8):
            child = os.fork()
            if child == 0:
                code = 70
                try:
                    time.sleep(max(0.0, begin - time.monotonic()))
                    open_store(path).close()
                    code = 0
                finally:
                    os._exit(code)
            children.append(child)
        assert [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children] == [0] * 8
        assert check(path).faults == ()


@pytest.mark.parametrize("n_writers", [2])
def test_two_commands_at_once_take_turns(n_writers: int, tmp_path: Path) -> None:
    path = tmp_path / "s.db"
    running = [start("crowd", "write", path, 3, number) for number in range(n_writers)]
    results = [result(process, 120) for process in running]
    assert [r["errors"] for r in results] == [[], []]
    assert check(path).faults == ()
