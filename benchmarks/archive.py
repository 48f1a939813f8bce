"""``python -m benchmarks.archive``: whole archives of invented reports, read and linked by the engines.

Prints, for each number of documents: seconds by the clock and of processors for reading and linking, memory, and the size on disk; with
``--compare``, two workers against one and Ray against the local engine, by turns.  Processor time and memory are told by the tasks
themselves, so that they are right on any engine and beside other work; the engine's start is left out.
"""

import argparse
import json
import os
import resource
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from benchmarks.cost import processor_seconds
from benchmarks.generator import reports
from benchmarks.pages import write_archive
from crossread.scale import Engine, Linked, LinkOptions, ReadOptions, link_archive, open_engine, read_archive
from crossread.scale.engines import Outcome, call

SETUPS = ("local:1", "local:2", "ray:2")


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds by the clock, seconds of processors in tasks and in the process that hands them out."""

    clock: float
    tasks: float
    driver: float

    def __str__(self) -> str:
        return f"{self.clock:8.1f} s ({self.tasks + self.driver:8.1f} s of processors, {self.driver:5.1f} of them handing out)"


@dataclass(slots=True)
class Metered:
    """An engine whose tasks say what they cost."""

    engine: Engine
    seconds: float = 0.0
    megabytes: dict[int, float] = field(default_factory=dict)

    @property
    def workers(self) -> int:
        """Those of the engine."""
        return self.engine.workers

    def run(self, function: str, calls: Sequence[tuple[Any, ...]]) -> Iterator[Outcome]:
        """The engine's outcomes; what they cost is added up."""
        for outcome in self.engine.run("benchmarks.archive:metered", [(function, c) for c in calls]):
            if outcome.fault is not None:
                yield outcome
                continue
            result, seconds, process, megabytes = outcome.result
            self.seconds += seconds
            self.megabytes[process] = max(megabytes, self.megabytes.get(process, 0.0))
            yield Outcome(outcome.number, result=result)

    def close(self) -> None:
        """End the workers."""
        self.engine.close()

    def memory(self) -> float:
        """MB of the largest workers and of this process, each at its peak."""
        return _megabytes() + sum(sorted(self.megabytes.values())[-self.workers :])


def metered(function: str, arguments: tuple[Any, ...]) -> tuple[Any, float, int, float]:
    """What a task returns, its processor seconds, and the process with its largest size in MB."""
    before = processor_seconds()
    result = call(function, arguments)
    return result, processor_seconds() - before, os.getpid(), _megabytes()


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def write_input(path: Path, n: int, sentences: int) -> int:
    """Write ``n`` invented reports as JSON Lines; returns how many words."""
    words = 0
    with path.open("w") as out:
        for r in reports(n, sentences=sentences):
            words += len(r.text.split())
            row = {"id": r.id, "title": r.title, "text": r.text, "publisher": r.publisher, "published": r.published}
            out.write(json.dumps(row) + "\n")
    return words


def measured(engine: Metered, work: Callable[[], Any]) -> Cost:
    """What a piece of work costs."""
    clock, driver, tasks = time.perf_counter(), time.process_time(), engine.seconds
    work()
    return Cost(time.perf_counter() - clock, engine.seconds - tasks, time.process_time() - driver)


@dataclass(frozen=True, slots=True)
class Run:
    """One archive read and linked."""

    reading: Cost
    linking: Cost
    linked: Linked
    read_megabytes: float
    megabytes: float
    disk: float


NOTHING = Linked(documents=0, repeats=0, stories=0, events=0, copies=0)


def run(source: Path, folder: Path, *, engine: str, workers: int, shard: int, link: bool = True) -> Run:
    """Read and link one input; a folder that is there is gone on with."""
    own = [str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH", "")]
    os.environ["PYTHONPATH"] = os.pathsep.join(p for p in own if p)  # workers of any engine find the metered task
    runs = Metered(open_engine(engine, workers=workers))
    list(runs.run("crossread.scale.tasks:warm_up", [(n,) for n in range(workers * 4)]))
    linked = [NOTHING]
    try:
        options = ReadOptions(shard_size=shard)
        reading = measured(runs, lambda: read_archive([str(source)], str(folder), runs, options, tell=_tell_reading))
        read_megabytes = max(runs.megabytes.values())
        print(f"  read {reading}, largest process {read_megabytes:,.0f} MB", file=sys.stderr, flush=True)
        if link:
            linking = measured(runs, lambda: linked.append(link_archive(str(folder), runs, LinkOptions(), tell=_tell)))
        else:
            linking = measured(runs, lambda: None)
        megabytes = runs.memory()
    finally:
        runs.close()
    disk = sum(f.stat().st_size for f in folder.rglob("*") if f.is_file()) / 1e6
    return Run(reading, linking, linked[-1], read_megabytes, megabytes, disk)


def _tell_reading(progress: Any) -> None:
    _tell("read", progress.done, progress.of)


def _tell(step: str, done: int, of: int) -> None:
    if done == of or done % max(1, of // 10) == 0:
        print(f"  {time.strftime('%H:%M:%S')} {step} {done:,} of {of:,}", file=sys.stderr, flush=True)


def show(name: str, words: int, found: Run) -> None:
    """The lines of one archive."""
    print(
        f"{name}: {words:,} words, {found.linked.stories:,} stories, {found.linked.events:,} events, {found.linked.copies:,} pairs of copies\n"
        f"  read {found.reading}, largest process {found.read_megabytes:,.0f} MB\n"
        f"  link {found.linking}, all processes {found.megabytes:,.0f} MB\n"
        f"  on disk {found.disk:,.1f} MB; {_hours(found):.1f} core-hours for a million of such reports",
        flush=True,
    )


def _hours(found: Run) -> float:
    spent = sum(c.tasks + c.driver for c in (found.reading, found.linking))
    return spent / max(1, found.linked.documents) * 1e6 / 3600


def compare(
    source: Path, place: Path, *, words: int, rounds: int, shard: int, setups: Sequence[str] = SETUPS, link: bool = True
) -> None:
    """Engines with their workers (``ray:2``) by turns, Ray where it is installed; prints medians and ratios."""
    parted = [(name, int(workers)) for name, _, workers in (s.partition(":") for s in setups)]
    parted = [s for s in parted if s[0] != "ray" or find_spec("ray") is not None]
    found: dict[tuple[str, int], list[Run]] = {s: [] for s in parted}
    for n in range(rounds):
        for engine, workers in parted if n % 2 == 0 else parted[::-1]:
            folder = place / "compared"
            shutil.rmtree(folder, ignore_errors=True)
            found[engine, workers].append(run(source, folder, engine=engine, workers=workers, shard=shard, link=link))
            show(f"round {n + 1}, {engine} {workers}", words, found[engine, workers][-1])
    for step in ("reading", "linking") if link else ("reading",):
        clocks = {s: [getattr(r, step).clock for r in runs] for s, runs in found.items()}
        median = {s: statistics.median(c) for s, c in clocks.items()}
        for s, c in clocks.items():
            print(f"{step}, {s[0]} {s[1]}: median {median[s]:.1f} s, spread {(max(c) - min(c)) / median[s]:.0%} of {len(c)} rounds")
        if {("local", 1), ("local", 2)} <= set(median):
            print(f"{step}: two workers {median['local', 1] / median['local', 2]:.2f} times as fast as one")
        if {("local", 2), ("ray", 2)} <= set(median):
            print(f"{step}: Ray {median['ray', 2] / median['local', 2] - 1:+.1%} against the local engine", flush=True)


def main() -> None:
    """Run the benches asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.archive", description=__doc__.split("\n")[0])
    parser.add_argument("--documents", type=int, nargs="+", default=[100, 1000], help="numbers of invented reports")
    parser.add_argument("--sentences", type=int, default=4, help="sentences of a report")
    parser.add_argument("--engine", default="local")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--shard", type=int, default=250, help="documents of a shard")
    parser.add_argument("--pages", action="store_true", help="reports come as web pages in a web archive")
    parser.add_argument("--folder", type=Path, help="where archives are kept; one that was interrupted is gone on with")
    parser.add_argument("--compare", action="store_true", help="engines by turns on each number")
    parser.add_argument("--rounds", type=int, default=1, help="rounds of a comparison")
    parser.add_argument("--setups", nargs="+", default=SETUPS, help="engines of a comparison with their workers")
    parser.add_argument("--no-link", dest="link", action="store_false", help="compare reading alone")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        place = options.folder or Path(temporary)
        place.mkdir(parents=True, exist_ok=True)
        for n in options.documents:
            source = place / (f"{n}.warc.gz" if options.pages else f"{n}.jsonl")
            words = write_archive(source, n, options.sentences)[0] if options.pages else write_input(source, n, options.sentences)
            if options.compare:
                compare(
                    source, place, words=words, rounds=options.rounds, shard=options.shard, setups=options.setups, link=options.link
                )
                continue
            found = run(source, place / str(n), engine=options.engine, workers=options.workers, shard=options.shard)
            show(f"{n:,} documents, {options.engine}, {options.workers} workers", words, found)


if __name__ == "__main__":
    main()
