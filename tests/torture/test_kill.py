"""Processes killed with SIGKILL, at random times and at random system calls that change files.

After each kill: nothing acknowledged is lost, nothing is there twice or by half; and the same command again ends with the content, byte for
byte, of a run that nobody broke off.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from itertools import chain
from pathlib import Path

import pytest

from crossread.cli import store_commands
from crossread.store.maintenance import check
from tests.torture import phases
from tests.torture.conftest import counts
from tests.torture.content import digest_of
from tests.torture.killing import Ended, can_trace, run_killed_after, run_traced
from tests.torture.phases import COPY, PHASES, STORE, TABLE, Phase, fresh, prepared

N_PHASES = len(PHASES)
OUTSIDE = 1.03  # times are drawn up to this share of an unbroken run


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_commands, "BATCH", phases.BATCH)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", phases.ARRIVED)


def time_of(action: Callable[[], object], again: Callable[[], object]) -> float:
    """Seconds by the clock that an action takes in a process of its own, unbroken."""
    again()
    began = time.monotonic()
    run = os.fork()
    if run == 0:
        action()
        os._exit(0)
    os.waitpid(run, 0)
    return time.monotonic() - began


def kills(action: Callable[[], object], n: int, *, seed: str, again: Callable[[], object]) -> "list[Callable[[], Ended]]":
    """Ways to kill an action: half at system calls, drawn so that they are spread over all that it makes, half after random times."""
    chance = random.Random(seed)
    again()
    whole = run_traced(action) if can_trace() else None
    again()
    seconds = run_killed_after(action, 0.0).seconds  # the cost of a fork
    span = max(min(time_of(action, again) for _ in range(3)), seconds)  # the shortest, as other work may have taken the time
    steps: list[int] = []
    if whole is not None:
        assert whole.code == 0
        width = len(whole.calls) / max(1, n - n // 2)
        steps = [min(len(whole.calls) - 1, int((k + chance.random()) * width)) for k in range(n - n // 2)]
    times = [chance.random() * span * OUTSIDE for _ in range(n - len(steps))]
    at_steps = (lambda step=step: run_traced(action, kill_at=step) for step in steps)
    at_times = (lambda after=after: run_killed_after(action, after) for after in times)
    return [*chain(at_steps, at_times)]


def faults_after(folder: Path, *, whole_table: str) -> list[str]:
    """What is lost, double or half after a kill."""
    faults = [f"lost: {what}" for what in phases.lost(folder)]
    for name in (STORE, COPY):
        if (folder / name).exists():
            faults += [f"{name}: {fault}" for fault in check(folder / name).faults]
    if (folder / TABLE).exists() and (folder / TABLE).read_text(encoding="utf-8") != whole_table:
        faults.append("half an export")
    return faults


@counts(13 * N_PHASES, 125 * N_PHASES)
@pytest.mark.parametrize("phase", PHASES, ids=lambda phase: phase.name)
@pytest.mark.usefixtures("model")
def test_killed_work_loses_nothing_and_ends_the_same(
    phase: Phase, count: int, tmp_path: Path, figure: Callable[[str], None]
) -> None:
    before, folder = prepared(phase, tmp_path), tmp_path / "work"
    phase.run(fresh(before, folder))
    wanted = phase.outcome(folder)
    whole_table = (folder / TABLE).read_text(encoding="utf-8") if (folder / TABLE).exists() else ""
    landed: Counter[str] = Counter()
    n_traced = n_timed = n_tried = 0
    for kill in kills(lambda: phase.run(folder), count // N_PHASES, seed=phase.name, again=lambda: fresh(before, folder)):
        fresh(before, folder)
        ended = kill()
        assert ended.killed or ended.code == 0, f"{phase.name} failed by itself"
        n_tried += 1
        landed[ended.calls[-1] if ended.calls else "by time" if ended.killed else "after the end"] += 1
        n_traced += ended.killed and bool(ended.calls)
        n_timed += ended.killed and not ended.calls
        assert faults_after(folder, whole_table=whole_table) == [], f"{phase.name}, killed at {ended}"
        phase.run(folder)
        assert phase.outcome(folder) == wanted, f"{phase.name}, killed at {ended}"
        assert not list(folder.glob("*.part*")), "pieces of a killed run stay about"
    assert n_tried >= count // N_PHASES
    assert n_traced + n_timed >= 0.7 * n_tried, "most kills came too late to break anything off"
    figure(
        f"kill -9 in {phase.name}: {n_tried} tried, {n_traced + n_timed} while it ran; {', '.join(f'{k} {v}' for k, v in landed.most_common())}"
    )


def group_of(leader: int) -> list[int]:
    """Processes of a process group that are there still."""
    alive = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rsplit(")", 1)[1].split()
            except OSError:
                continue
            if int(fields[2]) == leader and fields[0] != "Z":
                alive.append(int(entry.name))
    return alive


@counts(4, 40)
@pytest.mark.skipif(sys.platform != "linux", reason="looks for what is left of a process group in /proc")
@pytest.mark.usefixtures("model")
def test_killed_run_with_workers_goes_on_and_leaves_no_process(count: int, tmp_path: Path, figure: Callable[[str], None]) -> None:
    phase = next(p for p in PHASES if p.name == "read")
    before, folder = prepared(phase, tmp_path), tmp_path / "work"
    phase.run(fresh(before, folder))
    wanted = digest_of(folder / STORE)
    command = [sys.executable, "-c", _COMMAND, "read", "--store", str(folder / STORE), "--workers", "2", "--quiet"]
    times = []
    for _ in range(3):
        fresh(before, folder)
        began = time.monotonic()
        assert subprocess.run(command, check=False, stderr=subprocess.DEVNULL).returncode in (0, 1)
        times.append(time.monotonic() - began)
        assert digest_of(folder / STORE) == wanted
    span, chance, n_killed = min(times), random.Random(5), 0
    for number in range(count):  # spread over all that it does after its start
        fresh(before, folder)
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL, start_new_session=True)
        time.sleep(span * (0.3 + 0.7 * (number + chance.random()) / count))
        n_killed += process.poll() is None
        process.kill()
        process.wait()
        deadline = time.monotonic() + 20
        while group_of(process.pid) and time.monotonic() < deadline:
            time.sleep(0.05)
        left = group_of(process.pid)
        for worker in left:
            os.kill(worker, signal.SIGKILL)
        assert left == [], "workers outlive the process that started them"
        assert check(folder / STORE).faults == ()
        phase.run(folder)
        assert digest_of(folder / STORE) == wanted
    assert n_killed >= count // 2
    figure(f"kill -9 in read with two workers: {count} tried, {n_killed} while it ran")


_COMMAND = f"from crossread.cli import main, store_commands; store_commands.BATCH = {phases.BATCH}; main()"
