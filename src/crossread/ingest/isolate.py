"""The parent's side of the killable child: untrusted markup is parsed in a process with bounded time and memory.

The child is started when first needed, kept for the next job, and replaced when it dies.  One per process and thread of work.
"""

import atexit
import os
import selectors
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from crossread.errors import InputError

WALL_SECONDS = 15.0
"""Patience with one job by the clock; a job ends before, after 5 s of processor time, unless the machine is overloaded."""
START_SECONDS = 60.0
_CHUNK = 65_536

T = TypeVar("T")


class ParserGaveUp(InputError):
    """The child died, ran out of time or memory, or reported a fault."""


class Child:
    """A running child and the pipe to it."""

    def __init__(self) -> None:
        environment = {k: v for k, v in os.environ.items() if k not in ("PYTHONSTARTUP", "PYTHONINSPECT")}
        roots = [str(Path(__file__).parents[2]), environment.get("PYTHONPATH", "")]
        environment["PYTHONPATH"] = os.pathsep.join(r for r in roots if r)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "crossread.ingest.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )
        self._is_ready = False

    @property
    def is_alive(self) -> bool:
        """Whether the process still runs."""
        return self._process.poll() is None

    def ask(self, message: bytes) -> bytes:
        """Send a message and wait for the answer.

        Raises:
            ParserGaveUp: If the child dies or takes too long; it is ended then.
        """
        assert self._process.stdin is not None
        try:
            if not self._is_ready:
                self._read(8, time.monotonic() + START_SECONDS)
                self._is_ready = True
            deadline = time.monotonic() + WALL_SECONDS
            self._process.stdin.write(len(message).to_bytes(8, "big") + message)
            self._process.stdin.flush()
            answer = self._read(int.from_bytes(self._read(8, deadline), "big"), deadline)
        except (OSError, ParserGaveUp):
            self.end()
            raise ParserGaveUp("the parser ran out of time or memory") from None
        return answer

    def _read(self, size: int, deadline: float) -> bytes:
        assert self._process.stdout is not None
        pieces: list[bytes] = []
        with selectors.DefaultSelector() as selector:
            selector.register(self._process.stdout, selectors.EVENT_READ)
            while size > 0:
                if not selector.select(max(0.0, deadline - time.monotonic())):
                    raise ParserGaveUp("too slow")
                piece = os.read(self._process.stdout.fileno(), min(size, _CHUNK * 16))
                if not piece:
                    raise ParserGaveUp("it died")
                pieces.append(piece)
                size -= len(piece)
        return b"".join(pieces)

    def end(self) -> None:
        """End the process and close the pipes."""
        self._process.kill()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                try:
                    stream.close()
                except OSError:
                    continue
        self._process.wait()


_local = threading.local()


def run_isolated(job: str, arguments: list[Any], result: type[T]) -> T:
    """Have the child do a job and give back its result.

    Raises:
        ParserGaveUp: If it could not; the message says why.
    """
    child: Child | None = getattr(_local, "child", None)
    if child is None or not child.is_alive or getattr(_local, "pid", None) != os.getpid():
        child = _local.child = Child()
        _local.pid = os.getpid()
        atexit.register(child.end)
    answer = child.ask(msgspec.msgpack.encode([job, arguments]))
    done, value = msgspec.msgpack.decode(answer)
    if not done:
        raise ParserGaveUp(str(value))
    return msgspec.convert(value, result)
