"""A long run in one process: documents ingested, read and kept at a steady pace, with searches; a line of JSON with what was measured.

python -m tests.torture.soak STORE SECONDS [DOCUMENTS_A_SECOND]
"""

import json
import os
import statistics
import sys
import time
from itertools import islice
from pathlib import Path

from crossread.calls import read_all
from crossread.cli.store_commands import keep, versions_of, waiting
from crossread.ingest import ingest_bytes, ingest_text
from crossread.records import Document
from crossread.store import State, Store, open_store
from tests.torture.phases import quiet
from tests.torture.reports import report

SEARCHES = ("killed", "talks called off", '"blocking aid"', "Oda Renn", "market Karsa", "river troops")
PAGE_EVERY = 10
"""One report of so many comes as a web page, through the parser's process."""
FOREIGN_EVERY = 50
"""One report of so many is no English, which loads the model of languages."""


def document(number: int) -> Document:
    """The report of a number, as it would come in."""
    if number % FOREIGN_EVERY == 5:
        return ingest_text(f"Le pont de la ville numéro {number} sera fermé pendant une semaine, a dit lundi le gouverneur.")
    made = report(number, n_lines=4)
    if number % PAGE_EVERY == 0:
        return next(iter(ingest_bytes(made.page, name=f"{number}.html")))
    return ingest_text(made.text, title=made.title, publisher=made.publisher, published=made.day)


def resident_kb() -> int:
    """Memory of this process that is its own: anonymous pages, in kB."""
    fields = dict(line.split(":") for line in Path("/proc/self/status").read_text().splitlines())
    return int(fields["RssAnon"].split()[0])


def handles() -> int:
    """Open file handles of this process."""
    return len(os.listdir("/proc/self/fd"))


def second(writing: Store, reading: Store, first: int, n: int) -> int:
    """What happens each second: reports come, are read and kept; people search and look at what they found.  Returns the number of hits."""
    with writing.batch():
        for number in range(first, first + n):
            writing.add(document(number), arrived="2031-04-07T10:00:00Z")
    readings = list(read_all(islice(waiting(writing, (State.NEW,)), n)))
    with writing.batch():
        for made in readings:
            keep(writing, made, versions_of(None), quiet())
    hits = [hit for words in SEARCHES[first % 3 :: 3] for hit in reading.search(words, limit=20)]
    for hit in hits[:5]:
        assert reading.document(hit.document) is not None
        assert reading.reading(hit.document) is not None
    return len(hits)


def soak(path: Path, seconds: float, pace: int) -> dict[str, object]:
    """Run and measure: ``samples`` are ``[seconds, documents, kB, handles]``."""
    samples: list[tuple[float, int, int, int]] = []
    began = time.monotonic()
    cpu = time.process_time()
    hits = number = 0
    with open_store(path) as writing, open_store(path) as reading:
        while time.monotonic() - began < seconds:
            hits += second(writing, reading, number, pace)
            number += pace
            samples.append((time.monotonic() - began, number, resident_kb(), handles()))
            time.sleep(max(0.0, began + len(samples) - time.monotonic()))
        log = Path(f"{path}-wal").stat().st_size
    return {
        "samples": samples,
        "hits": hits,
        "log_bytes": log,
        "cpu": time.process_time() - cpu,
        "store_bytes": path.stat().st_size,
    }


def figures(measured: dict[str, object]) -> dict[str, float]:
    """Growth of memory and of handles between an early stretch, after everything was loaded once, and the last tenth."""
    samples: list[tuple[float, int, int, int]] = measured["samples"]  # type: ignore[assignment]
    n = len(samples)
    start, end = (n // 4, n * 7 // 20) if n <= 120 else (n // 20, n // 10) if n > 1200 else (n // 4, n // 2)
    early = samples[start : max(start + 1, end)]
    late = samples[-max(1, n // 10) :]
    kb = [statistics.median(s[2] for s in part) for part in (early, late)]
    fds = [max(s[3] for s in part) for part in (early, late)]
    return {
        "seconds": samples[-1][0],
        "documents": samples[-1][1],
        "a_second": samples[-1][1] / samples[-1][0],
        "mb_early": kb[0] / 1000,
        "mb_late": kb[1] / 1000,
        "growth": kb[1] / kb[0] - 1,
        "handles_early": fds[0],
        "handles_late": fds[1],
    }


def main() -> None:
    """Run from the command line."""
    path, seconds = Path(sys.argv[1]), float(sys.argv[2])
    measured = soak(path, seconds, int(sys.argv[3]) if len(sys.argv) > 3 else 20)
    sys.stdout.write(json.dumps({**measured, "figures": figures(measured)}) + "\n")


if __name__ == "__main__":
    main()
