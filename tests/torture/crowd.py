"""One writer, eight readers and one exporter on a store, each a process of its own.

    python -m tests.torture.crowd ROLE STORE SECONDS NUMBER

Each prints one line of JSON: what it did, how long each of its reads took, and its errors.
"""

import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from crossread.errors import CrossreadError
from crossread.records import Reading, Span
from crossread.store import Store, Versions, open_store
from crossread.store.maintenance import backup
from tests.torture.soak import SEARCHES, document

PAUSE = 0.02
"""Seconds that a reader waits between two questions, as a page of the desk that is looked at all the time would."""
VERSIONS = Versions(model="crowd", code="0", codebook="0")


def waited() -> float:
    """Seconds that this process was ready to run and another had the processor (Linux), else 0."""
    try:
        return int(Path("/proc/thread-self/schedstat").read_text().split()[1]) / 1e9
    except (OSError, IndexError):
        return 0.0


def timed(action: Callable[[], object], times: list[tuple[float, float]]) -> object:
    """The result of an action; its milliseconds go into the list, by the clock and without the wait for a processor."""
    queued, began = waited(), time.perf_counter()
    result = action()
    seconds = time.perf_counter() - began
    times.append((seconds * 1000, max(0.0, seconds - (waited() - queued)) * 1000))
    return result


def write(store: Store, number: int, done: dict[str, int]) -> None:
    """Take in reports, read them (sentence by sentence, which loads no model) and put new stories in place, as a watch does."""
    with store.batch():
        for n in range(number, number + 5):
            made = document(n * 50 + 1)
            name = store.add(made, arrived="2031-04-07T10:00:00Z")
            ends = [i + 1 for i, c in enumerate(made.text) if c == "."]
            spans = tuple(Span(a, b) for a, b in zip([0, *ends], ends, strict=False))
            kept = store.document(name)
            assert kept is not None
            store.put_reading(Reading(document=kept, sentences=spans), VERSIONS)
    done["documents"] = done.get("documents", 0) + 5
    time.sleep(0.05)


def read(store: Store, chance: random.Random, times: list[tuple[float, float]], done: dict[str, int]) -> None:
    """Ask what the desk asks: a search, a document, its reading, counts."""
    hits = timed(lambda: store.search(chance.choice(SEARCHES), limit=20), times)
    if hits:
        name = chance.choice(hits).document  # type: ignore[index]
        assert timed(lambda: store.document(name), times) is not None
        assert timed(lambda: store.reading(name), times) is not None
    timed(store.counts, times)
    done["rounds"] = done.get("rounds", 0) + 1
    time.sleep(PAUSE)


def export(store: Store, done: dict[str, int]) -> None:
    """Go through all readings and write them out; make a backup of the live store."""
    with tempfile.TemporaryDirectory(dir=store.path.parent) as folder:
        with open(Path(folder) / "readings.jsonl", "w", encoding="utf-8") as out:
            for reading in store.readings():
                out.write(reading.document.id + "\n")
                done["readings"] = done.get("readings", 0) + 1
        backup(store.path, Path(folder) / "copy.db")
    done["backups"] = done.get("backups", 0) + 1
    time.sleep(0.5)


def main() -> None:
    """Run one role for so many seconds."""
    role, path, seconds, number = sys.argv[1], Path(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4])
    times: list[tuple[float, float]] = []
    done: dict[str, int] = {}
    errors: list[str] = []
    chance, turn = random.Random(number), 0
    with open_store(path) as store:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            turn += 1
            try:
                if role == "write":
                    write(store, turn * 5, done)
                elif role == "read":
                    read(store, chance, times, done)
                else:
                    export(store, done)
            except (CrossreadError, AssertionError) as err:
                errors.append(f"{role}: {err or 'what was found is not there'}")
        state = {str(k): v for k, v in store.counts().items()} if role == "write" else {}
    sys.stdout.write(
        json.dumps({"role": role, "done": done, "times": times, "errors": errors, "state": state, "pid": os.getpid()}) + "\n"
    )


if __name__ == "__main__":
    main()
