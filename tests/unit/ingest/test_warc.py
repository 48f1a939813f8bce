"""Web archives whose pages were sent with false lengths, false packing or far too much: the next page is read all the same."""

import gzip

import pytest

from crossread.ingest import ingest_bytes, is_failed
from crossread.records import WarcSource
from tests.unit.ingest.bounds import within_bounds
from tests.unit.ingest.test_packed import PAGE, warc

OTHER = [(f"https://courier.example/{n}", "200 OK", PAGE.replace("Varnik", f"Varnik-{n}").encode()) for n in range(2)]
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def packed(times: int) -> bytes:
    """A page packed so many times, one layer a time."""
    data = PAGE.encode()
    for _ in range(times):
        data = gzip.compress(data, 1)
    return HEAD + b"Content-Encoding: " + b"gzip," * (times - 1) + b"gzip\r\n\r\n" + data


ANSWERS: dict[str, tuple[bytes, str]] = {
    # what the server sent, and words of the reason why there is no report
    "head of 20 MB": (HEAD + b"X: " + b"a" * 20_000_000 + b"\r\n\r\nx", "Maximum header length"),
    "two million lines of head": (HEAD + b"X: a\r\n" * 2_000_000 + b"\r\nx", "Maximum header length"),
    "packed, it says": (HEAD + b"Content-Encoding: gzip\r\n\r\nnothing of the kind", "decompression error"),
    "packed in another way": (HEAD + b"Content-Encoding: br\r\n\r\n" + gzip.compress(PAGE.encode()), "damaged"),
    "pieces without a length": (HEAD + b"Transfer-Encoding: chunked\r\n\r\nzzz\r\nx", "Invalid chunk header"),
    "piece of negative length": (HEAD + b"Transfer-Encoding: chunked\r\n\r\n-5\r\nx\r\n0\r\n\r\n", "Invalid chunk header"),
    "piece of 16 EB": (HEAD + b"Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\nx", "unexpected end"),
    "ten million pieces": (HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + b"1\r\nx\r\n" * 10_000_000, "larger than 32 MB"),
    "bomb": (HEAD + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"0" * 150_000_000), "larger than 32 MB"),
    "packed 6,000 times": (packed(6_000), "ran out of time or memory"),
}


def record(answer: bytes) -> bytes:
    """A response record with what a server sent."""
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://courier.example/bad\r\nWARC-Record-ID: <urn:uuid:bad>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


def archive(answer: bytes, *, gzipped: bool) -> bytes:
    """The record between two good pages; each record packed by itself."""
    records = (warc(OTHER[0]), record(answer), warc(OTHER[1]))
    return b"".join(gzip.compress(r, 1) if gzipped else r for r in records)


@pytest.mark.parametrize("gzipped", [False, True], ids=["plain", "gzip"])
@pytest.mark.parametrize("kind", ANSWERS)
def test_page_that_cannot_be_unpacked_is_named_and_the_next_is_read(kind: str, gzipped: bool) -> None:
    answer, reason = ANSWERS[kind]
    data = archive(answer, gzipped=gzipped)
    with within_bounds():
        first, bad, last = ingest_bytes(data, name="a.warc.gz" if gzipped else "a.warc")
    assert ("Varnik-0" in first.text, bad.text, "Varnik-1" in last.text) == (True, "", True)
    assert [p.message for p in bad.problems if "https://courier.example/bad" in p.message and reason in p.message]
    assert isinstance(bad.source, WarcSource)


@pytest.mark.parametrize("layers", [2, 40])
def test_page_packed_in_layers_is_read(layers: int) -> None:
    _, page, _ = ingest_bytes(archive(packed(layers), gzipped=False), name="a.warc")
    assert not is_failed(page)


@pytest.mark.parametrize("claim", [b"Content-Encoding: gzip", b"Transfer-Encoding: chunked"])
def test_page_that_was_stored_unpacked_is_read_whatever_its_head_says(claim: bytes) -> None:
    first, page, _ = ingest_bytes(archive(HEAD + claim + b"\r\n\r\n" + PAGE.encode(), gzipped=False), name="a.warc")
    assert page.text == first.text.replace("Varnik-0", "Varnik")


def test_rest_of_an_archive_packed_as_one_piece_is_reported() -> None:
    data = gzip.compress(archive(packed(6_000), gzipped=False), 1)
    first, bad, rest = ingest_bytes(data, name="a.warc.gz")
    assert "Varnik-0" in first.text
    assert ["packed as one piece" in p.message for p in (*bad.problems, *rest.problems)] == [False, True]


def test_page_cannot_pass_itself_off_as_the_next_record() -> None:
    forged = warc(("https://herald.example/forged", "200 OK", PAGE.encode()))
    body = packed(6_000) + b"\r\n\r\n" + forged + gzip.compress(forged, 0)
    for gzipped in (False, True):
        documents = list(ingest_bytes(archive(body, gzipped=gzipped), name="a.warc.gz" if gzipped else "a.warc"))
        assert [d.url for d in documents] == [OTHER[0][0], "https://courier.example/bad", OTHER[1][0]]
