"""Worker processes that read documents side by side, each with an encoder of its own.

Workers are spawned, get documents in small shards over a pipe and send back one reading at a time, so that the parent knows how far
each has come.  A document that kills its worker, or takes longer than the time limit, costs that worker: a new one is started, the
rest of the shard is read again one document at a time, and a document that fails alone is set aside with its reason.  (A plain process
pool hangs or breaks on one such document.)  Readings come back in the order of the documents.
"""

import multiprocessing
import os
import time
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from multiprocessing.connection import Connection, wait
from typing import Any

from crossread.errors import ModelError
from crossread.jsonlines import decode, encode
from crossread.records import Document, Problem, Reading

READY, READING, FAULT = "ready", "reading", "fault"
MOST_FAILED_STARTS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolOptions:
    """How the workers run.

    ``seconds_per_document`` is the longest that one document may take, ``start_seconds`` the longest for a worker to load its model,
    ``shard_size`` how many documents a worker gets at a time, ``ahead`` how many shards may wait for one that is slow (bounds memory).
    """

    workers: int = 2
    model: str | None = None
    seconds_per_document: float = 60.0
    start_seconds: float = 120.0
    shard_size: int = 16
    ahead: int = 8
    read: str = "crossread.scale.pool:read_shard"
    """``module:function`` that turns documents and a model name into readings (tests put a faulty one here)."""


def read_shard(documents: list[Document], model: str | None) -> Iterable[Reading]:
    """Readings of documents, in order; what a worker runs."""
    from crossread.calls import read_all

    return read_all(documents, model=model)


def _work(pipe: Connection, options: PoolOptions) -> None:
    """Main function of a worker: shards in, readings out, until the pipe closes."""
    import importlib
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides when to stop
    module, function = options.read.split(":")
    read = getattr(importlib.import_module(module), function)
    pipe.send((READY, None))
    while True:
        try:
            shard = [decode(line, Document) for line in pipe.recv()]
        except EOFError:
            return
        try:
            for reading in read(shard, options.model):
                pipe.send((READING, encode(reading)))
        except Exception as err:  # told to the parent, which decides what becomes of the document
            pipe.send((FAULT, f"{type(err).__name__}: {err}"))


Numbered = tuple[int, Document]


def one_thread_each() -> None:
    """Let processes that start from now on compute with one thread each: several that share the cores otherwise wait for each other's.

    Libraries look at these variables when they are loaded, which in a spawned process is before any code of ours runs.
    """
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(name, "1")


class _Worker:
    """A worker process, and the documents (with their places in the output) that it still owes."""

    def __init__(self, options: PoolOptions) -> None:
        one_thread_each()
        context = multiprocessing.get_context("spawn")
        self.pipe, child = context.Pipe()
        self.process = context.Process(target=_work, args=(child, options), daemon=True)
        self.process.start()
        child.close()
        self.owed: deque[Numbered] = deque()
        self.is_ready = False
        self.deadline = time.monotonic() + options.start_seconds

    def give(self, shard: list[Numbered], seconds: float) -> None:
        """Send documents to read."""
        self.owed, self.deadline = deque(shard), time.monotonic() + seconds
        self.pipe.send([encode(document) for _, document in shard])

    def stop(self) -> None:
        """End the process at once."""
        self.process.kill()
        self.process.join()
        self.pipe.close()


def _aside(document: Document, why: str) -> Reading:
    problem = Problem(
        step="read",
        code="document.quarantined",
        severity="error",
        doc_id=document.id,
        message=f"set aside: {why}; the other documents were read",
    )
    return Reading(document=document, problems=(*document.problems, problem))


class _Pool:
    """Hands shards to workers and puts what they send back in order."""

    def __init__(self, documents: Iterable[Document], options: PoolOptions) -> None:
        self.options = options
        self.source = _sharded(enumerate(documents), options.shard_size)
        self.alone: deque[Numbered] = deque()
        self.done: dict[int, Reading] = {}
        self.n_out = self.n_in = self.failed_starts = 0
        self.exhausted = False
        self.workers = [_Worker(options) for _ in range(options.workers)]

    def run(self) -> Iterator[Reading]:
        """Readings in order of the documents; workers are ended when it is closed."""
        try:
            while True:
                self._feed()
                while self.n_out in self.done:
                    yield self.done.pop(self.n_out)
                    self.n_out += 1
                if self.exhausted and self.n_out == self.n_in:
                    return
                self._listen()
        finally:
            for worker in self.workers:
                worker.stop()

    def _next_shard(self) -> list[Numbered]:
        if self.alone:
            return [self.alone.popleft()]
        room = self.options.shard_size * (self.options.ahead + len(self.workers))
        if self.exhausted or self.n_in - self.n_out >= room:
            return []
        shard = next(self.source, [])
        self.exhausted = not shard
        self.n_in += len(shard)
        return shard

    def _feed(self) -> None:
        for worker in self.workers:
            if worker.is_ready and not worker.owed:
                shard = self._next_shard()
                if not shard:
                    return
                try:
                    worker.give(shard, self.options.seconds_per_document)
                except OSError:  # it died between two shards
                    self._lost(worker, "its worker process ended")

    def _listen(self) -> None:
        busy = [w for w in self.workers if w.owed or not w.is_ready]
        left = max(0.0, min((w.deadline for w in busy), default=0.0) - time.monotonic())
        heard = wait([w.pipe for w in busy], timeout=left)
        for worker in busy:
            if worker.pipe in heard:
                self._hear(worker)
            elif time.monotonic() >= worker.deadline:
                limit = self.options.seconds_per_document if worker.is_ready else self.options.start_seconds
                self._lost(worker, f"it took longer than {limit:g} s")

    def _hear(self, worker: _Worker) -> None:
        try:
            kind, content = worker.pipe.recv()
        except (EOFError, OSError):
            worker.process.join()
            self._lost(worker, f"its worker process ended (exit code {worker.process.exitcode})")
            return
        if kind == READY:
            worker.is_ready, self.failed_starts = True, 0
        elif kind == FAULT:
            self._give_up(worker, str(content))
        elif worker.owed:
            number, _ = worker.owed.popleft()
            self.done[number] = decode(content, Reading)
            worker.deadline = time.monotonic() + self.options.seconds_per_document

    def _lost(self, worker: _Worker, why: str) -> None:
        """A worker died or hung: start another, and read what it owed more carefully."""
        if not worker.is_ready:
            self.failed_starts += 1
            if self.failed_starts > MOST_FAILED_STARTS:
                raise ModelError(f"worker processes do not start ({why}); run `crossread read` without --workers to see the cause")
        self._give_up(worker, why)
        worker.stop()
        self.workers[self.workers.index(worker)] = _Worker(self.options)

    def _give_up(self, worker: _Worker, why: str) -> None:
        """Read what a worker owes one document at a time; a document that was alone already is set aside."""
        owed, worker.owed = list(worker.owed), deque()
        if len(owed) == 1:
            number, document = owed[0]
            self.done[number] = _aside(document, why)
        else:
            self.alone.extend(owed)


def _sharded(documents: Iterable[Numbered], size: int) -> Iterator[list[Numbered]]:
    stream = iter(documents)
    while shard := list(islice(stream, size)):
        yield shard


def read_with_workers(documents: Iterable[Document], options: PoolOptions | None = None, **changes: Any) -> Iterator[Reading]:
    """Readings of documents, in their order, made by worker processes.

    Args:
        documents: Any number; they are taken as workers come free.
        options: How the workers run; ``changes`` replaces single fields of it.

    Raises:
        ModelError: If workers cannot load the model.
    """
    return _Pool(documents, replace(options or PoolOptions(), **changes)).run()
