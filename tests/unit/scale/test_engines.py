"""The pool of processes that stands in where no engine does."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import wait
from pathlib import Path

import pytest

from crossread.scale import LocalEngine


@pytest.fixture
def engine() -> Iterator[LocalEngine]:
    made = LocalEngine(2)
    yield made
    made.close()


def killed(engine: LocalEngine) -> None:
    """One of the pool's processes ends, and the pool has noticed before the next call is made."""
    wait([engine._opened().submit(os._exit, 9)])


def test_process_that_dies_between_two_calls_costs_no_call(engine: LocalEngine) -> None:
    outcomes = engine.run("math:sqrt", [(float(n * n),) for n in range(12)])
    first = next(outcomes)
    killed(engine)
    found = {o.number: o.result for o in (first, *outcomes)}
    assert found == {n: float(n) for n in range(12)}


def test_process_that_dies_before_the_first_call_costs_no_call(engine: LocalEngine) -> None:
    killed(engine)
    assert [o.result for o in engine.run("math:sqrt", [(4.0,)])] == [2.0]


def test_call_that_ends_its_process_is_told_and_the_others_are_made(engine: LocalEngine) -> None:
    outcomes = {o.number: o for o in engine.run("os:_exit", [(9,)])}
    assert outcomes[0].died
    assert [o.result for o in engine.run("math:sqrt", [(9.0,)])] == [3.0]


_DRIVER = """
from crossread.scale import LocalEngine
if __name__ == "__main__":
    engine = LocalEngine(2)
    print(*(o.result for o in engine.run("os:getpid", [()] * 20)), flush=True)
    list(engine.run("time:sleep", [(60,)] * 4))
"""


@pytest.mark.skipif(not Path("/proc").exists(), reason="looks for processes under /proc")
def test_processes_end_with_the_one_that_started_them(tmp_path: Path) -> None:
    (tmp_path / "driver.py").write_text(_DRIVER)
    with subprocess.Popen([sys.executable, str(tmp_path / "driver.py")], stdout=subprocess.PIPE, text=True) as driver:
        assert driver.stdout is not None
        workers = set(driver.stdout.readline().split())
        assert workers
        driver.send_signal(signal.SIGKILL)
    until = time.monotonic() + 30
    while (left := [w for w in workers if Path("/proc", w).exists()]) and time.monotonic() < until:
        time.sleep(0.05)
    assert not left
