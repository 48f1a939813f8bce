"""Packed and container inputs."""

import gzip
import io
import json
from pathlib import Path

import pytest

from crossread.ingest import ingest_bytes, ingest_paths, is_failed
from crossread.records import Document, FeedSource, LineSource, MailSource, WarcSource

LEAD = "The army of Kardenia shelled the town of Varnik on Monday, killing four people, residents and a nurse said."
SECOND = "Rescue workers reached the market in the afternoon and carried nine wounded people to the harbour, they said."
THIRD = "The government in Ostrel said that it knew of no shelling and that its guns had been silent since Sunday night."
PAGE = f"<html><head><title>Varnik shelled</title></head><body><article><p>{LEAD}</p><p>{SECOND}</p><p>{THIRD}</p></article></body></html>"
ROWS = "\n".join(json.dumps({"id": f"r{n}", "text": f"{LEAD} It was round {n}."}) for n in range(3))


def read(data: bytes, name: str) -> list[Document]:
    return list(ingest_bytes(data, name=name))


def zstd(data: bytes) -> bytes:
    from fastwarc.stream_io import ZstdWriter

    out = io.BytesIO()
    writer = ZstdWriter(out)
    for at in range(0, len(data), 1 << 20):  # of one larger piece it writes the first 8 MB only
        writer.write(data[at : at + (1 << 20)])
    writer.close()
    return out.getvalue()


def codes(documents: list[Document]) -> list[str]:
    return [p.code for d in documents for p in d.problems if p.severity == "error"]


def warc(*pages: tuple[str, str, bytes], gzipped: bool = False) -> bytes:
    out = io.BytesIO()
    for n, (url, status, body) in enumerate(pages):
        http = f"HTTP/1.1 {status}\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2023-05-09T10:00:00Z\r\n"
            f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-00000000000{n}>\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
        )
        record = head.encode() + http + b"\r\n\r\n"
        out.write(gzip.compress(record) if gzipped else record)
    return out.getvalue()


@pytest.mark.parametrize("name", ["in.jsonl.gz", "in.jsonl.zst"])
def test_packed_lines_are_reports(name: str) -> None:
    data = gzip.compress(ROWS.encode()) if name.endswith(".gz") else zstd(ROWS.encode())
    documents = read(data, name)
    assert [d.id for d in documents] == ["r0", "r1", "r2"]
    assert not any(map(is_failed, documents))
    assert isinstance(documents[0].source, LineSource)


def test_packed_text_is_told_by_its_first_bytes() -> None:
    (document,) = read(gzip.compress(f"{LEAD}\n\n{SECOND}".encode()), "report")
    assert document.text == f"{LEAD}\n\n{SECOND}"


@pytest.mark.parametrize("pack", [gzip.compress, zstd])
def test_stream_bomb_is_refused(pack: object) -> None:
    data = pack(b"0" * 150_000_000)  # type: ignore[operator]
    documents = read(data, "in.jsonl.gz" if pack is gzip.compress else "in.jsonl.zst")
    assert all(map(is_failed, documents))
    assert not any(d.text for d in documents)


def test_nested_packing_is_bounded() -> None:
    data = ROWS.encode()
    for _ in range(4):
        data = gzip.compress(data)
    assert codes(read(data, "in.jsonl.gz.gz.gz.gz")) == ["document.unreadable"]


@pytest.mark.parametrize("cut", [5, 30, 200])
def test_cut_stream_is_reported_and_what_came_before_is_read(cut: int) -> None:
    data = gzip.compress(ROWS.encode())
    documents = read(data[: -min(cut, len(data) - 12)], "in.jsonl.gz")
    assert codes(documents)


@pytest.mark.parametrize("gzipped", [False, True])
def test_warc_responses_are_reports(gzipped: bool) -> None:
    pages = (("https://courier.example/a", "200 OK", PAGE.encode()), ("https://courier.example/b", "404 Not Found", b"<p>gone</p>"))
    documents = read(warc(*pages, gzipped=gzipped), "in.warc.gz" if gzipped else "in.warc")
    assert [(d.title, d.url, d.publisher) for d in documents] == [
        ("Varnik shelled", "https://courier.example/a", "courier.example")
    ]
    assert isinstance(documents[0].source, WarcSource)
    assert documents[0].source.captured == "2023-05-09T10:00:00Z"


def test_page_has_one_id_whatever_it_comes_in() -> None:
    (from_page,) = read(PAGE.encode(), "a.html")
    (from_warc,) = read(warc(("https://courier.example/a", "200 OK", PAGE.encode())), "a.warc")
    (from_line,) = read(json.dumps({"html": PAGE}).encode(), "a.jsonl")
    (from_text,) = read(f"Varnik shelled\n\n{LEAD}\n\n{SECOND}\n\n{THIRD}".encode(), "a.txt")
    assert from_page.id == from_warc.id == from_line.id == from_text.id


def test_damaged_warc_is_reported() -> None:
    data = warc(("https://courier.example/a", "200 OK", PAGE.encode()), gzipped=True)
    assert all(isinstance(d, Document) for d in read(data[:-40], "in.warc.gz"))


@pytest.mark.parametrize(
    "feed",
    [
        "<?xml version='1.0'?><rss version='2.0'><channel><title>Belgor Herald</title><item><title>Varnik shelled</title>"
        f"<link>https://h.example/a</link><guid>g1</guid><description>&lt;p&gt;{LEAD}&lt;/p&gt;&lt;p&gt;{SECOND}&lt;/p&gt;</description>"
        "<pubDate>Tue, 09 May 2023 10:00:00 GMT</pubDate></item></channel></rss>",
        "<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'><title>Belgor Herald</title><id>f</id>"
        "<updated>2023-05-09T10:00:00Z</updated>"
        f"<entry><title>Varnik shelled</title><id>g1</id><link href='https://h.example/a'/><updated>2023-05-09T10:00:00Z</updated>"
        f"<content type='html'>&lt;p&gt;{LEAD}&lt;/p&gt;&lt;p&gt;{SECOND}&lt;/p&gt;</content></entry></feed>",
    ],
    ids=["rss", "atom"],
)
def test_feed_entries_are_reports(feed: str) -> None:
    (document,) = read(feed.encode(), "feed.xml")
    assert document.text == f"Varnik shelled\n\n{LEAD}\n\n{SECOND}"
    assert (document.publisher, document.url) == ("Belgor Herald", "https://h.example/a")
    assert document.published is not None
    assert document.published.start == "2023-05-09"
    assert document.source == FeedSource(path="feed.xml", entry="g1", url="https://h.example/a")


@pytest.mark.parametrize(
    "content", [{"content_text": f"{LEAD}\n\n{SECOND}"}, {"content_html": f"<p>{LEAD}</p><p>{SECOND}</p>"}], ids=["text", "html"]
)
def test_json_feed_items_are_reports_as_those_of_other_feeds(content: dict[str, str]) -> None:
    item = {"id": 1, "title": "Varnik shelled", "url": "https://h.example/a", "date_published": "2023-05-09T10:00:00Z"}
    writers = {"authors": [{"name": "Ana Orlin"}, {"name": "Jon Pell"}]}
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Belgor Herald", "items": [{**item, **content, **writers}, 7]}
    (document,) = read(json.dumps(feed, indent=1).encode(), "feed.json")
    assert document.text == f"Varnik shelled\n\n{LEAD}\n\n{SECOND}"
    assert (document.publisher, document.byline) == ("Belgor Herald", "Ana Orlin, Jon Pell")
    assert document.published is not None
    assert document.published.start == "2023-05-09"
    assert document.source == FeedSource(path="feed.json", entry="1", url="https://h.example/a")


@pytest.mark.parametrize("subtype", ["plain", "html"])
def test_mail_is_a_report(subtype: str) -> None:
    body = f"{LEAD}\n\n{SECOND}\n" if subtype == "plain" else PAGE
    mail = (
        "From: Belgor Herald <news@herald.example>\nSubject: Varnik shelled\nDate: Tue, 09 May 2023 10:00:00 +0000\n"
        "Message-ID: <m1@h.example>\n"
        f'MIME-Version: 1.0\nContent-Type: text/{subtype}; charset="utf-8"\n\n{body}'
    )
    (document,) = read(mail.encode(), "a.eml")
    assert (document.title, document.publisher) == ("Varnik shelled", "Belgor Herald")
    assert LEAD in document.text
    assert document.published is not None
    assert document.published.start == "2023-05-09"
    assert document.source == MailSource(path="a.eml", message_id="<m1@h.example>")


def test_parquet_rows_are_reports(tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    path = tmp_path / "in.parquet"
    with duckdb.connect() as connection:
        connection.execute(
            f"COPY (SELECT 'p1' AS id, '{LEAD}' AS text, DATE '2023-05-09' AS published) TO '{path}' (FORMAT parquet)"
        )
    (document,) = ingest_paths([path])
    assert (document.id, document.text) == ("p1", LEAD)
    assert document.published is not None
    assert document.published.start == "2023-05-09"


def test_parquet_that_is_none_is_reported(tmp_path: Path) -> None:
    pytest.importorskip("duckdb")
    path = tmp_path / "in.parquet"
    path.write_bytes(b"PAR1 and nothing else")
    assert codes(list(ingest_paths([path]))) == ["document.unreadable"]


@pytest.mark.parametrize("reference", ["&#xD800;", "&#55296;", "&#x00dfff;"])
def test_feed_with_references_to_no_character_is_read(reference: str) -> None:
    item = f"<item><title>Varnik {reference}</title><description>{LEAD}</description></item>"
    (document,) = read(f"<?xml version='1.0'?><rss version='2.0'><channel><title>x</title>{item}</channel></rss>".encode(), "a.rss")
    assert (LEAD in document.text, is_failed(document)) == (True, False)
