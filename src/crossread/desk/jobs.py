"""Jobs of the desk: one after the other, in a worker process, watched from a thread."""

import atexit
import itertools
import multiprocessing
import queue
import shutil
import sys
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from crossread.desk.files import Job, JobState
from crossread.desk.worker import Closable, main, now
from crossread.store import open_store

MOST_KEPT = 100
SILENCE_SECONDS = 180.0
"""Longest that the worker may say nothing while it reads one document."""
LINKING_SECONDS = 6 * 3600.0
MOST_WAITING = 200


class TooManyJobs(Exception):
    """The queue is full."""


class Jobs:
    """Takes work, does it in order, and knows how far each job has come.

    Args:
        store: The store's file.
        model: As for `Desk`.
    """

    def __init__(self, store: Path, *, model: str | None) -> None:
        self._path, self._model = store, model
        self.on_done: Callable[[], None] = lambda: None
        """Called (in the watching thread) when stories have changed."""
        self._lock = threading.Lock()
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._queue: queue.Queue[tuple[str, str, tuple[Any, ...]] | None] = queue.Queue()
        self._ids = itertools.count(1)
        self._thread: threading.Thread | None = None
        self._process: Any = None
        self._pipe: Connection | None = None
        self._reading = ""
        self._closed = False

    # ------------------------------------------------------------ taking work

    def submit(self, kind: str, title: str, *arguments: Any) -> Job:
        """Put a job at the end of the queue.

        Raises:
            TooManyJobs: If too many wait already.
        """
        if self._queue.qsize() >= MOST_WAITING:
            raise TooManyJobs
        job = Job(id=f"job-{next(self._ids)}", kind=kind, title=title, state=JobState.WAITING, started=now())
        with self._lock:
            self._jobs[job.id] = job
            while len(self._jobs) > MOST_KEPT:
                ended = next((k for k, j in self._jobs.items() if j.state in (JobState.DONE, JobState.FAILED)), None)
                if ended is None:
                    break
                del self._jobs[ended]
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="crossread-jobs", daemon=True)
                self._thread.start()
        self._queue.put((job.id, kind, arguments))
        return job

    def start_worker(self, *unneeded: Closable) -> None:
        """Start the process before the first job comes, so that it is ready then.

        Where this process has no other thread yet, the worker is a fork of it, which has no imports to repeat; ``unneeded`` is what it
        must not hold open.
        """
        with self._lock:
            self._ensure(unneeded, fork=sys.platform == "linux" and threading.active_count() == 1)

    def listing(self) -> tuple[Job, ...]:
        """All jobs that are remembered, newest first."""
        with self._lock:
            return tuple(reversed(self._jobs.values()))

    def job(self, name: str) -> Job | None:
        """A job by id."""
        with self._lock:
            return self._jobs.get(name)

    @property
    def busy(self) -> bool:
        """Whether a job runs or waits."""
        return any(j.state in (JobState.WAITING, JobState.RUNNING) for j in self.listing())

    def wait(self, seconds: float) -> bool:
        """Wait until nothing runs or waits; says whether that came true in time."""
        deadline = time.monotonic() + seconds
        while self.busy:
            if time.monotonic() > deadline:
                return False
            time.sleep(0.02)
        return True

    def close(self) -> None:
        """End the worker and the thread."""
        self._closed = True
        self._queue.put(None)
        self._end()
        if self._thread is not None:
            self._thread.join(timeout=10)

    # ------------------------------------------------------------ doing it

    def _ensure(self, unneeded: tuple[Closable, ...] = (), *, fork: bool = False) -> Connection:
        if self._process is None or not self._process.is_alive():
            context: Any = multiprocessing.get_context("fork" if fork else "spawn")
            self._pipe, child = context.Pipe()
            inherited = (self._pipe, *unneeded) if fork else ()
            self._process = context.Process(
                target=main, args=(child, str(self._path), self._model, inherited), daemon=False, name="crossread-desk"
            )
            self._process.start()
            atexit.register(self._end)
            child.close()
        assert self._pipe is not None
        return self._pipe

    def _end(self) -> None:
        process, pipe = self._process, self._pipe
        self._process = self._pipe = None
        atexit.unregister(self._end)
        if process is not None:
            process.kill()
            process.join(timeout=10)
        if pipe is not None:
            pipe.close()

    def _change(self, name: str, **changes: Any) -> None:
        with self._lock:
            if name in self._jobs:
                self._jobs[name] = replace(self._jobs[name], **changes)

    def _run(self) -> None:
        while (task := self._queue.get()) is not None and not self._closed:
            name, kind, arguments = task
            self._change(name, state=JobState.RUNNING, started=now())
            state, message = self._do(name, kind, arguments)
            _tidy(kind, arguments)
            if self._closed:
                return
            self._finish()
            self._change(name, state=state, message=message, ended=now(), step="")

    def _finish(self) -> None:
        try:
            self.on_done()
        except Exception:  # a page will meet the same fault and show it
            return

    def _do(self, name: str, kind: str, arguments: tuple[Any, ...]) -> tuple[JobState, str]:
        """One job; a document that kills or stalls the worker is set aside, and the job goes on with the next."""
        set_aside = 0
        while not self._closed:
            ended = self._ask(name, kind, arguments)
            if ended is not None:
                state, message = ended
                return state, f"{message}; {set_aside} set aside" if set_aside else message
            document, self._reading = self._reading, ""
            if self._closed:
                break
            if not document:
                return JobState.FAILED, "the worker process ended; what was not read yet is read with the next job"
            with open_store(self._path) as store:
                store.put_failure(document, f"set aside: reading it ended the worker or took longer than {SILENCE_SECONDS:g} s")
            set_aside += 1
            kind, arguments = "link", ()
        return JobState.FAILED, "the desk was closed"

    def _ask(self, name: str, kind: str, arguments: tuple[Any, ...]) -> tuple[JobState, str] | None:
        """Have the worker do it; ``None`` when the worker died or fell silent."""
        try:
            with self._lock:
                pipe = self._ensure()
            pipe.send((kind, arguments))
            while pipe.poll(SILENCE_SECONDS if self._reading else LINKING_SECONDS):
                match pipe.recv():
                    case ("step", step, done, total, message):
                        self._change(name, step=step, done=done, total=total, message=message)
                    case ("reading", document):
                        self._reading = document
                    case ("linked",):
                        self._finish()
                    case ("done", message):
                        return JobState.DONE, message
                    case ("failed", message):
                        return JobState.FAILED, message
        except (EOFError, OSError, ValueError):
            pass
        with self._lock:
            self._end()
        return None


def _tidy(kind: str, arguments: tuple[Any, ...]) -> None:
    """Take away the private folder that uploaded files lay in."""
    if kind == "files":
        for folder in {Path(place).parent for _, place in arguments[0]}:
            shutil.rmtree(folder, ignore_errors=True)
