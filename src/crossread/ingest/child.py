"""The killable child: takes jobs from standard input, answers on standard output, has no network and cannot write files.

Run as ``python -m crossread.ingest.child`` by `crossread.ingest.isolate`.  A message is its length (8 bytes, big-endian) and a msgpack
value: ``[job, arguments]`` one way, ``[true, result]`` or ``[false, reason]`` the other.  When it has started it says so first.

A job on a stream has a third part, the size of the stream (``null`` where it cannot be told); it is answered with ``["read", [place, size]]``,
to which the bytes are sent; ``["piece", value]``, to which `GO_ON` is sent or nothing, to stop; at last ``["end", null]`` or, with the reason,
``["unreadable", ...]`` or ``["fault", ...]``.
"""

import io
import os
import sys
import time
from collections.abc import Callable
from typing import Any, BinaryIO

import msgspec

from crossread.errors import UnreadableDocument
from crossread.ingest.decode import storable_value
from crossread.ingest.unpack import STREAMS, Packed

MEMORY_BYTES = 1024**3
PROCESSOR_SECONDS = 5
READY = b"ready..\n"
GO_ON = b"\x01"
_MANY, _FEW = 1 << 18, 1 << 14
"""Packed bytes asked for at once; few from zip archives, whose members are read in the order of their names."""
_RENEWED_EVERY = 16 * 1024**2
"""Packed bytes for which a job on a stream has its seconds anew, even where they hold nothing that is wanted."""
_DENIED = (
    "socket.",
    "subprocess.",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.spawn",
    "os.system",
    "ftplib.",
    "urllib.Request",
    "http.client.",
)


def _jobs() -> dict[str, Callable[..., Any]]:
    from crossread.ingest.extract import extract_feed, extract_links, extract_mail, extract_page

    return {"page": extract_page, "feed": extract_feed, "mail": extract_mail, "links": extract_links}


def _deny(event: str, arguments: tuple[Any, ...]) -> None:
    """Audit hook: no network, no other programs, no file opened for writing."""
    if event.startswith(_DENIED):
        raise PermissionError(f"{event} is not allowed in here")
    if event == "open" and isinstance(arguments[1], str) and arguments[1].strip("rbtU"):
        raise PermissionError(f"writing {arguments[0]!r} is not allowed in here")


def _bound(seconds: int) -> None:
    """Processor time from now on, and memory, as far as the system can bound them."""
    try:
        import resource
    except ImportError:  # Windows: the parent's clock is what there is
        return
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time()) + 1 + seconds, hard))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(jobs: dict[str, Callable[..., Any]], message: bytes) -> bytes:
    try:
        job, arguments = msgspec.msgpack.decode(message)
        result = jobs[job](*arguments)
        try:
            return msgspec.msgpack.encode([True, result])
        except UnicodeEncodeError:  # strings that no file can hold
            return msgspec.msgpack.encode([True, storable_value(msgspec.to_builtins(result))])
    except Exception as err:  # a fault of one job is an answer, not the end
        return msgspec.msgpack.encode([False, f"{type(err).__name__}: {str(err)[:300]}"])


class _Pipe:
    """The pipe to the parent."""

    def __init__(self, source: BinaryIO, sink: BinaryIO) -> None:
        self._source, self._sink = source, sink

    def take(self) -> bytes | None:
        """The next message, ``None`` at the end."""
        head = self._source.read(8)
        return self._source.read(int.from_bytes(head, "big")) if head else None

    def give(self, answer: bytes) -> None:
        """Send an answer."""
        self._sink.write(len(answer).to_bytes(8, "big") + answer)
        self._sink.flush()


def _work_through(pipe: _Pipe, job: str, arguments: list[Any], size: int | None) -> None:
    """Do a job on a stream, piece by piece; each has the seconds of a job."""
    n_asked = 0

    def ask(place: int, wanted: int) -> bytes:
        nonlocal n_asked
        pipe.give(msgspec.msgpack.encode(["read", [place, wanted]]))
        piece = pipe.take() or b""
        n_asked += len(piece)
        if n_asked > _RENEWED_EVERY:
            n_asked = 0
            _bound(PROCESSOR_SECONDS)
        return piece

    end: list[Any] = ["end", None]
    try:
        for value in STREAMS[job](io.BufferedReader(Packed(ask, size), _MANY if job != "zip" else _FEW), *arguments):
            pipe.give(msgspec.msgpack.encode(["piece", value]))
            if pipe.take() != GO_ON:
                break
            _bound(PROCESSOR_SECONDS)
    except UnreadableDocument as err:
        end = ["unreadable", str(err)]
    except Exception as err:
        end = ["fault", str(err)[:300] or type(err).__name__]
    pipe.give(msgspec.msgpack.encode(end))


def serve(source: BinaryIO, sink: BinaryIO, kind: str) -> None:
    """Answer messages until the input ends; a child of the kind ``markup`` loads what it needs before the bounds hold."""
    jobs = _jobs() if kind == "markup" else {}
    if kind == "markup":
        import htmldate  # noqa: F401
        import trafilatura  # noqa: F401

    sys.addaudithook(_deny)
    sink.write(READY)
    sink.flush()
    pipe = _Pipe(source, sink)
    while (message := pipe.take()) is not None:
        _bound(PROCESSOR_SECONDS)
        if kind == "markup":
            pipe.give(_answer(jobs, message))
        else:
            _work_through(pipe, *msgspec.msgpack.decode(message))


def main() -> None:
    """Serve on the standard streams; whatever a library prints goes to standard error."""
    sink = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    serve(sys.stdin.buffer, sink, sys.argv[1])


if __name__ == "__main__":
    main()
