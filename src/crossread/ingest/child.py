"""The killable child: takes jobs from standard input, answers on standard output, has no network and cannot write files.

Run as ``python -m crossread.ingest.child`` by `crossread.ingest.isolate`.  A message is its length (8 bytes, big-endian) and a msgpack
value: ``[job, arguments]`` one way, ``[true, result]`` or ``[false, reason]`` the other.  When it has started it says so first.
"""

import os
import sys
import time
from collections.abc import Callable
from typing import Any, BinaryIO

import msgspec

MEMORY_BYTES = 1024**3
PROCESSOR_SECONDS = 5
READY = b"ready..\n"
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
        return msgspec.msgpack.encode([True, jobs[job](*arguments)])
    except Exception as err:  # a fault of one job is an answer, not the end
        return msgspec.msgpack.encode([False, f"{type(err).__name__}: {str(err)[:300]}"])


def serve(source: BinaryIO, sink: BinaryIO) -> None:
    """Answer messages until the input ends."""
    jobs = _jobs()
    import htmldate  # noqa: F401 -- loaded before the bounds hold
    import trafilatura  # noqa: F401

    sys.addaudithook(_deny)
    sink.write(READY)
    sink.flush()
    while head := source.read(8):
        message = source.read(int.from_bytes(head, "big"))
        _bound(PROCESSOR_SECONDS)
        answer = _answer(jobs, message)
        sink.write(len(answer).to_bytes(8, "big") + answer)
        sink.flush()


def main() -> None:
    """Serve on the standard streams; whatever a library prints goes to standard error."""
    sink = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    serve(sys.stdin.buffer, sink)


if __name__ == "__main__":
    main()
