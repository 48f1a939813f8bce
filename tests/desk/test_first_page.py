"""From the command to the first useful page: a story of the example with its brief, the desk started as a person starts it."""

import os
import time
from pathlib import Path

import psutil
import pytest

from tests.desk.test_serve import EXAMPLE, base_of, first_story, running, session

DEMAND = 3.0
REST = 1.0
"""Load average below which the clock tells of the desk alone."""


def spent(process: psutil.Process) -> float:
    """Processor seconds of a process."""
    times = process.cpu_times()
    return float(times.user + times.system)


def from_the_command(bytecode: Path) -> tuple[float, float]:
    """Seconds from the command to the page: by the clock, and of processor time one after the other.

    The latter is the desk's until it gives its link, then the worker's, then the desk's again once there is a story; as desk and worker run
    side by side in truth, it is more than what a machine at rest with two cores takes.  Python's compiled files are kept, as they are
    where a package is installed.
    """
    start = time.monotonic()
    with running(EXAMPLE, PYTHONDONTWRITEBYTECODE="", PYTHONPYCACHEPREFIX=str(bytecode)) as (process, link):
        desk = psutil.Process(process.pid)
        worker, until_link = desk.children()[0], spent(desk)
        address = first_story(session(link), base_of(link))
        before = spent(desk)
        page = address()
        clock = time.monotonic() - start
        one_after_the_other = until_link + spent(worker) + spent(desk) - before
    assert '<ol class="lines brief"><li' in page
    assert "Nothing could be told" not in page
    return clock, one_after_the_other


@pytest.mark.timeout(300)
def test_first_useful_page_within_three_seconds(tmp_path: Path) -> None:
    """By the clock on a machine at rest, else by processor time."""
    from_the_command(tmp_path)
    at_rest = os.getloadavg()[0] < REST
    clock, processor = min(from_the_command(tmp_path) for _ in range(3))
    judged = "the clock" if at_rest else "processor time"
    print(f"{clock:.2f} s by the clock, {processor:.2f} s of processor time; judged by {judged}")  # noqa: T201 -- shown with -s
    assert (clock if at_rest else processor) < DEMAND
