"""``python -m benchmarks.archive``: whole archives of invented reports, read and linked by the engines.

Prints, for each number of documents: seconds and processor seconds of reading and linking, the largest process, the size on disk, and how
each grew; and, with ``--compare``, two workers against one and Ray against the local engine.  Run it on an idle machine.
"""

import argparse
import json
import os
import resource
import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.generator import reports
from crossread.scale import LinkOptions, ReadOptions, link_archive, open_engine, read_archive


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds by the clock and of processors, and the largest process so far in MB."""

    seconds: float
    processor: float
    megabytes: float


def write_input(path: Path, n: int, sentences: int) -> int:
    """Write ``n`` invented reports as JSON Lines; returns how many words."""
    words = 0
    with path.open("w") as out:
        for r in reports(n, sentences=sentences):
            words += len(r.text.split())
            row = {"id": r.id, "title": r.title, "text": r.text, "publisher": r.publisher, "published": r.published}
            out.write(json.dumps(row) + "\n")
    return words


def measured(work: Callable[[], Any]) -> Cost:
    """What a piece of work costs, child processes that end with it counted in."""
    start, before = time.perf_counter(), _processor()
    work()
    return Cost(time.perf_counter() - start, _processor() - before, _largest())


def _processor() -> float:
    return sum(u.ru_utime + u.ru_stime for u in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))


def _largest() -> float:
    return max(resource.getrusage(w).ru_maxrss for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024


def run(source: Path, folder: Path, *, engine: str, workers: int, shard: int) -> tuple[Cost, Cost, Any]:
    """Read and link one input; the engine's start is left out of the clock."""
    runs = open_engine(engine, workers=workers)
    list(runs.run("crossread.scale.tasks:warm_up", [(n,) for n in range(workers * 4)]))
    try:
        shutil.rmtree(folder, ignore_errors=True)
        reading = measured(lambda: read_archive([str(source)], str(folder), runs, ReadOptions(shard_size=shard)))
        linked: list[Any] = []
        linking = measured(lambda: linked.append(link_archive(str(folder), runs, LinkOptions())))
    finally:
        runs.close()
    return reading, linking, linked[0]


def show(name: str, words: int, reading: Cost, linking: Cost, folder: Path, linked: Any) -> None:
    """One line of the table."""
    size = sum(f.stat().st_size for f in folder.rglob("*") if f.is_file()) / 1e6
    print(
        f"{name:<24} {words:>11,} words  read {reading.seconds:8.1f} s  link {linking.seconds:8.1f} s  largest process "
        f"{linking.megabytes:6,.0f} MB  on disk {size:8.1f} MB  {linked.stories:,} stories, {linked.events:,} events",
        flush=True,
    )


def main() -> None:
    """Run the benches asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.archive", description=__doc__.split("\n")[0])
    parser.add_argument("--documents", type=int, nargs="+", default=[100, 1000], help="numbers of invented reports")
    parser.add_argument("--sentences", type=int, default=4, help="sentences of a report")
    parser.add_argument("--engine", default="local")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--shard", type=int, default=250, help="documents of a shard")
    parser.add_argument("--compare", action="store_true", help="one worker, two workers and Ray on the first number")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        source, folder = Path(place, "in.jsonl"), Path(place, "archive")
        setups = [(options.engine, options.workers)]
        if options.compare:
            setups = [("local", 1), ("local", 2), ("ray", 2)]
        for n in options.documents:
            words = write_input(source, n, options.sentences)
            for engine, workers in setups:
                reading, linking, linked = run(source, folder, engine=engine, workers=workers, shard=options.shard)
                show(f"{n:,} {engine} {workers}", words, reading, linking, folder, linked)


if __name__ == "__main__":
    main()
