"""Tasks that go wrong on purpose, for the engines to survive: they run the real task once the fault is done."""

import os
import resource
import signal
import time
from pathlib import Path
from typing import Any

from crossread.records import Document, Reading
from crossread.scale import tasks


def _first_time(folder: str, name: str) -> bool:
    """Whether this is the first call with the name, over all processes."""
    try:
        Path(folder, name).touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def killed_three_times(url: str, shard: dict[str, Any], *rest: Any) -> dict[str, int]:
    """The real task; the first three calls end with the death of their process, in the middle of writing."""
    if any(_first_time(os.environ["CROSSREAD_TEST_FAULTS"], f"kill-{n}") for n in range(3)):
        Path(url, "readings").mkdir(parents=True, exist_ok=True)
        Path(url, "readings", "000000-half.parquet.1.part").write_bytes(b"PAR1 half a fi")
        os.kill(os.getpid(), signal.SIGKILL)
    return tasks.read_shard(url, shard, *rest)


def on_a_full_disk(url: str, shard: dict[str, Any], *rest: Any) -> dict[str, int]:
    """The real task; in the first call the system refuses what is written beyond some bytes, as a full disk does."""
    if not _first_time(os.environ["CROSSREAD_TEST_FAULTS"], "full"):
        return tasks.read_shard(url, shard, *rest)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200, before[1]))
    try:
        return tasks.read_shard(url, shard, *rest)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)


def poisoned(url: str, shard: dict[str, Any], model: str | None, seconds: float, careful: bool) -> dict[str, int]:
    """The real task over documents of which one ends its process and one never ends."""
    tasks._watched = _poisonous(tasks._watched)  # type: ignore[assignment]
    if careful:
        tasks._carefully = _carefully_poisonous  # type: ignore[assignment]
    return tasks.read_shard(url, shard, model, seconds, careful)


def _poisonous(watched: Any) -> Any:
    def reading(documents: Any, *rest: Any) -> Any:
        return watched((_tried(d) for d in documents), *rest)

    return reading


def _tried(document: Document) -> Document:
    if "POISON" in document.text:
        os.kill(os.getpid(), signal.SIGKILL)
    if "ENDLESS" in document.text:
        time.sleep(1000)
    return document


def read_poisoned(documents: list[Document], model: str | None) -> list[Reading]:
    """What a worker of the pool runs in the careful pass."""
    from crossread.calls import read_all

    return list(read_all([_tried(d) for d in documents], model=model))


def _carefully_poisonous(documents: Any, model: str | None, seconds: float) -> Any:
    from crossread.scale.pool import read_with_workers

    return read_with_workers(
        documents, workers=1, model=model, seconds_per_document=seconds, shard_size=1, read="tests.scale.tasks:read_poisoned"
    )
