"""What work costs in processor time."""

import contextlib
import os
import time
from pathlib import Path


def processor_seconds() -> float:
    """Processor time of this process and of the children that it keeps (parsers of untrusted pages)."""
    children = Path(f"/proc/self/task/{os.getpid()}/children")
    ticks = 0.0
    for child in children.read_text().split() if children.exists() else ():
        with contextlib.suppress(OSError):
            fields = Path("/proc", child, "stat").read_text().rsplit(")", 1)[1].split()
            ticks += int(fields[11]) + int(fields[12])
    return time.process_time() + ticks / os.sysconf("SC_CLK_TCK")
