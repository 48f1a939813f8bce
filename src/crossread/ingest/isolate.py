"""The parent's side of the killable child: untrusted bytes are parsed and unpacked in a process with bounded time and memory.

A child is started when first needed, kept for the next job, and replaced when it dies.  Each process and thread of work has its own: one for
markup, and as many for archives as are open inside each other.
"""

import atexit
import os
import selectors
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

import msgspec

from crossread.errors import InputError, UnreadableDocument
from crossread.ingest.child import GO_ON

WALL_SECONDS = 5.0
"""Patience with one job by the clock, without the time for which the child waited for a processor (where the system tells, on Linux)."""
LONGEST_SECONDS = 15.0
"""Patience with one job by the clock, whatever the child waited for."""
START_SECONDS = 60.0
MAX_ANSWER = 256 * 1024**2
_CHUNK = 65_536

T = TypeVar("T")


class ParserGaveUp(InputError):
    """The child died, ran out of time or memory, or reported a fault."""


class Child:
    """A running child and the pipe to it."""

    def __init__(self, kind: str) -> None:
        environment = {k: v for k, v in os.environ.items() if k not in ("PYTHONSTARTUP", "PYTHONINSPECT")}
        roots = [str(Path(__file__).parents[2]), environment.get("PYTHONPATH", "")]
        environment["PYTHONPATH"] = os.pathsep.join(r for r in roots if r)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "crossread.ingest.child", kind],
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
                until = time.monotonic() + START_SECONDS
                self._read(8, lambda: until - time.monotonic())
                self._is_ready = True
            left = self._patience()
            self._process.stdin.write(len(message).to_bytes(8, "big") + message)
            self._process.stdin.flush()
            size = int.from_bytes(self._read(8, left), "big")
            if size > MAX_ANSWER:
                raise ParserGaveUp("too much")
            answer = self._read(size, left)
        except (OSError, ParserGaveUp):
            self.end()
            raise ParserGaveUp("the parser ran out of time or memory") from None
        return answer

    def _patience(self) -> Callable[[], float]:
        """Tells how many seconds are left for the job that begins now."""
        begun, waited = time.monotonic(), self._waited()

        def left() -> float:
            gone = time.monotonic() - begun
            if gone < WALL_SECONDS:
                return WALL_SECONDS - gone
            return min(WALL_SECONDS + self._waited() - waited, LONGEST_SECONDS) - gone

        return left

    def _waited(self) -> float:
        """Seconds that the child was ready to run and another process had the processor; all of them where no one can tell."""
        try:
            return int(Path(f"/proc/{self._process.pid}/schedstat").read_text().split()[1]) / 1e9
        except (OSError, IndexError):
            return time.monotonic()  # then `LONGEST_SECONDS` bound it alone

    def _read(self, size: int, left: Callable[[], float]) -> bytes:
        assert self._process.stdout is not None
        pieces: list[bytes] = []
        with selectors.DefaultSelector() as selector:
            selector.register(self._process.stdout, selectors.EVENT_READ)
            while size > 0:
                if not selector.select(max(0.0, left())):
                    if left() > 0:
                        continue
                    raise ParserGaveUp("too slow")
                piece = os.read(self._process.stdout.fileno(), min(size, _CHUNK * 16))
                if not piece:
                    raise ParserGaveUp("it died")
                pieces.append(piece)
                size -= len(piece)
        return b"".join(pieces)

    def end(self) -> None:
        """End the process and close the pipes."""
        atexit.unregister(self.end)
        self._process.kill()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                try:
                    stream.close()
                except OSError:
                    continue
        self._process.wait()


_local = threading.local()


def _idle(kind: str) -> list[Child]:
    """Children of this thread and process that have no job."""
    if getattr(_local, "pid", None) != os.getpid():
        _local.pid, _local.idle = os.getpid(), {}
    idle: list[Child] = _local.idle.setdefault(kind, [])
    return idle


def _child(kind: str) -> Child:
    """A child without a job, an old one where there is one."""
    idle = _idle(kind)
    while idle:
        child = idle.pop()
        if child.is_alive:
            return child
        child.end()
    child = Child(kind)
    atexit.register(child.end)
    return child


def run_isolated(job: str, arguments: list[Any], result: type[T]) -> T:
    """Have a child do a job on markup and give back its result.

    Raises:
        ParserGaveUp: If it could not; the message says why.
    """
    child = _child("markup")
    answer = child.ask(msgspec.msgpack.encode([job, arguments]))
    _idle("markup").append(child)
    done, value = msgspec.msgpack.decode(answer)
    if not done:
        raise ParserGaveUp(str(value))
    return msgspec.convert(value, result)


def stream_isolated(job: str, arguments: list[Any], packed: BinaryIO) -> Generator[Any, None, None]:
    """Have a child work through packed bytes and give back the pieces one by one; bounds hold for each piece.

    Args:
        job: One of `crossread.ingest.unpack.STREAMS`.
        arguments: Of the job, beside the stream.
        packed: Read here, as far as the child asks for it.

    Raises:
        UnreadableDocument: What the job says of its input.
        ParserGaveUp: If the child could not; the message says why.
    """
    child = _child("archive")
    size = packed.seek(0, os.SEEK_END) if packed.seekable() else None
    answer = child.ask(msgspec.msgpack.encode([job, arguments, size]))
    try:
        kind, value = msgspec.msgpack.decode(answer)
        while kind in ("read", "piece"):
            if kind == "piece":
                yield value
            answer = child.ask(GO_ON if kind == "piece" else _stretch(packed, *value, is_seekable=size is not None))
            kind, value = msgspec.msgpack.decode(answer)
    except GeneratorExit:  # the rest is not wanted
        child.ask(b"")
        _idle("archive").append(child)
        raise
    except BaseException:
        child.end()
        raise
    _idle("archive").append(child)
    if kind == "unreadable":
        raise UnreadableDocument(value)
    if kind == "fault":
        raise ParserGaveUp(value)


def _stretch(packed: BinaryIO, place: int, wanted: int, *, is_seekable: bool) -> bytes:
    if is_seekable:
        packed.seek(place)
    return packed.read(wanted)
