"""Processor time and memory of what is read, of this process and of its children (where the system tells, on Linux)."""

import os
import resource
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from crossread.ingest import isolate

SECONDS = 6
BYTES = 1024**3


def _children() -> list[int]:
    return [int(p) for task in Path("/proc/self/task").iterdir() for p in (task / "children").read_text().split()]


def _seconds() -> float:
    """Processor seconds of this process and its children, ended or not."""
    ended, own = resource.getrusage(resource.RUSAGE_CHILDREN), resource.getrusage(resource.RUSAGE_SELF)
    total = sum(u.ru_utime + u.ru_stime for u in (ended, own))
    for child in _children():
        fields = Path(f"/proc/{child}/stat").read_text().rsplit(")", 1)[1].split()
        total += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return total


def _peak() -> int:
    """Bytes of memory that this process has held at most since `_forget_peak`."""
    line = next(x for x in Path("/proc/self/status").read_text().splitlines() if x.startswith("VmHWM"))
    return int(line.split()[1]) * 1024


def warm() -> None:
    """Start a child for markup and one for archives, so that starting them is not counted."""
    isolate.run_isolated("page", ["<p>It rained.</p>", None], dict)
    with open(os.devnull, "rb") as nothing:
        list(isolate.stream_isolated("gzip", [], nothing))


@contextmanager
def within_bounds(seconds: float = SECONDS) -> Iterator[None]:
    """What is done inside takes so many seconds of all processors, and no process more than 1 GB more than before."""
    if sys.platform != "linux":
        yield
        return
    warm()
    Path("/proc/self/clear_refs").write_text("5")
    held, before = _peak(), _seconds()
    yield
    assert _seconds() - before < seconds
    assert _peak() - held < BYTES  # of this process; children have a bound of their own
    assert isolate_bound() <= BYTES


def isolate_bound() -> int:
    """The memory that a child may have."""
    from crossread.ingest.child import MEMORY_BYTES

    return MEMORY_BYTES
