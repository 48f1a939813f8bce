"""Input made to hurt: every piece ends in bounded time, is never silently empty, and reads nothing it was not given."""

import os
import random
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from crossread.ingest import ingest_bytes, ingest_text, is_failed
from crossread.ingest.child import _deny
from crossread.ingest.isolate import LONGEST_SECONDS, WALL_SECONDS, Child, ParserGaveUp, _idle, run_isolated
from crossread.ingest.strip import strip_tags
from crossread.records import Document

WORDS = "Nine people died in Varnik on Monday, a nurse said. "
P = f"<p>{WORDS * 4}</p>"
EXAMPLES = Path(__file__).parents[3] / "src" / "crossread" / "examples" / "varnik"

PAGES = {
    "attributes": lambda: "<html><body><div " + " ".join(f"a{n}='{n}'" for n in range(200_000)) + ">" + P * 5,
    "nesting": lambda: "<div>" * 200_000 + P,
    "inline nesting": lambda: P * 5 + "<b><i>" * 100_000,
    "links": lambda: P * 5 + "".join(f"<a href='/{n}'>{n}</a> " for n in range(50_000)),
    "paragraphs": lambda: P * (10_000_000 // len(P)),
    "one token": lambda: "<p>" + "a" * 20_000_000 + "</p>" + P,
    "scripts that never close": lambda: "<script>" * 200_000 + P,
    "comments that never close": lambda: "<!-- " * 500_000 + P,
    "angle brackets": lambda: "<" * 2_000_000 + P,
    "entities": lambda: "&amp;" * 1_000_000 + P,
    "tables": lambda: "<table><tr><td>" * 50_000 + P,
    "linked data": lambda: "<script type='application/ld+json'>" + '{"a":[' * 300_000 + "</script>" + P * 5,
    "quotes that never close": lambda: "<p title='" + "x" * 5_000_000 + P,
    "meta": lambda: "<meta property='og:title' content='x'>" * 200_000 + P * 5,
    "times": lambda: "<time datetime='2023-01-01'>2023-01-01</time> " * 50_000 + P * 5,
}


def read(data: bytes | str, name: str) -> list[Document]:
    return list(ingest_bytes(data.encode() if isinstance(data, str) else data, name=name))


@pytest.mark.parametrize("make", PAGES.values(), ids=PAGES.keys())
def test_page_ends_in_time_and_is_not_empty(make: Callable[[], str]) -> None:
    page = make()
    start, own = time.monotonic(), time.process_time()
    (document,) = read(page, "page.html")
    assert document.text.strip()
    assert time.process_time() - own < 6  # of this process; the child's are bounded by the system
    assert time.monotonic() - start < LONGEST_SECONDS + 60  # the start of a new child included
    assert "died in Varnik" in document.text or document.problems


def test_child_that_is_out_of_time_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    run_isolated("page", ["<p>It rained.</p>", None], dict)  # the child is up, so that the clock runs for the page alone
    monkeypatch.setattr("crossread.ingest.isolate.WALL_SECONDS", 0.2)
    with pytest.raises(ParserGaveUp):
        run_isolated("page", ["<p title='" + "x" * 8_000_000 + "<br>" * 2_000_000, None], dict)
    monkeypatch.undo()
    (document,) = read(f"<html><body><article>{P}<p>{WORDS} And it rained.</p></article></body></html>", "page.html")
    assert "And it rained." in document.text


@pytest.mark.skipif(sys.platform != "linux", reason="stops the child by a signal of Unix and reads its waits from /proc")
def test_child_that_stands_still_is_given_up_after_its_time_by_the_clock() -> None:
    child = Child("markup")
    child.ask(msgspec.msgpack.encode(["page", ["<p>It rained.</p>", None]]))
    os.kill(child._process.pid, signal.SIGSTOP)
    start = time.monotonic()
    with pytest.raises(ParserGaveUp):
        child.ask(msgspec.msgpack.encode(["page", ["<p>It rained.</p>", None]]))
    assert WALL_SECONDS <= time.monotonic() - start < LONGEST_SECONDS
    assert not child.is_alive


@pytest.mark.skipif(sys.platform != "linux", reason="counts handles in /proc")
def test_child_that_died_between_two_jobs_leaves_no_handles() -> None:
    counts = []
    for _ in range(4):
        run_isolated("page", ["<p>It rained.</p>", None], dict)
        child = _idle("markup")[-1]
        counts.append(len(os.listdir("/proc/self/fd")))
        os.kill(child._process.pid, signal.SIGKILL)
        child._process.wait()
    assert len(set(counts)) == 1


@pytest.mark.parametrize("event", ["socket.connect", "subprocess.Popen", "os.system", "os.exec"])
def test_child_may_not_reach_out(event: str) -> None:
    with pytest.raises(PermissionError):
        _deny(event, ())


def test_child_may_not_write_files() -> None:
    with pytest.raises(PermissionError):
        _deny("open", ("a.txt", "w", 0))
    _deny("open", ("a.txt", "rb", 0))


# ---------------------------------------------------------------- damage


@pytest.mark.parametrize("path", sorted(EXAMPLES.iterdir()), ids=lambda p: p.name[:2])
def test_report_cut_anywhere_is_read_or_reported(path: Path) -> None:
    data = path.read_bytes()
    name = path.name
    step = 29 if name.endswith(".txt") else 397
    for cut in range(0, len(data), step):
        (document,) = read(data[:cut], name)
        assert document.text.strip() or is_failed(document)


def test_flipped_bits_never_crash() -> None:
    chance = random.Random(7)
    for path in sorted(EXAMPLES.glob("*.txt")):
        data = bytearray(path.read_bytes())
        for _ in range(25):
            damaged = bytearray(data)
            for _ in range(chance.choice((1, 1, 3, 50))):
                damaged[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
            (document,) = read(bytes(damaged), path.name)
            assert document.text.strip() or is_failed(document)


@pytest.mark.parametrize(
    "encoding",
    [
        "utf-8",
        "utf-8-sig",
        "utf-16",
        "utf-16-le",
        "utf-16-be",
        "utf-32",
        "cp1252",
        "iso-8859-15",
        "mac-roman",
        "cp850",
        "utf-7",
        "cp037",
    ],
)
def test_report_in_any_encoding_is_read_or_reported(encoding: str) -> None:
    text = (EXAMPLES / "02-belgor-herald.txt").read_text("utf-8")
    (document,) = read(text.encode(encoding, "replace"), "a.txt")
    assert document.text.strip() or is_failed(document)
    if encoding.startswith(("utf-8", "utf-16", "utf-32", "cp1252")):
        assert document.text == ingest_text(text).text


# ---------------------------------------------------------------- time grows with length, not faster

UNITS = [
    "a ",
    "a",
    "( ",
    "By A, ",
    "A B | ",
    "[",
    "“",
    "https://a.b/",
    "A-",
    "1 ",
    "@a ",
    "May 1, ",
    "a\n",
    "Share\n",
    "Photo: ",
    "<a ",
    "&",
    "<script>",
    "AP/",
]


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("call", [ingest_text, strip_tags], ids=["text", "strip"])
def test_time_doubles_with_length_at_most(call: Callable[[str], object], unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        best = float("inf")
        for _ in range(2):
            start = time.process_time()
            call(text)
            best = min(best, time.process_time() - start)
        return best

    small, large = seconds(60_000), seconds(240_000)
    assert large <= 4 * 2.5 * max(small, 0.02)
