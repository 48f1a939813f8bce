"""Fetching: what is never asked, and what is asked only so far.  The servers are real ones on this machine."""

import gzip
import http.server
import ipaddress
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossread.ingest import fetch, ingest_paths
from crossread.ingest.fetch import Fetched, Fetcher, NotFetched, Refused, checked, is_public

INSIDE = [
    "http://127.0.0.1/",
    "http://127.1/",
    "http://0/",
    "http://0.0.0.0/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0x7f.0.0.1/",
    "http://0177.0.0.1/",
    "http://localhost/",
    "http://localhost./",
    "http://LOCALHOST/",
    "http://[::1]/",
    "http://[::]/",
    "http://[0:0:0:0:0:ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[::127.0.0.1]/",
    "http://[64:ff9b::127.0.0.1]/",
    "http://[2002:7f00:1::]/",
    "http://[fe80::1]/",
    "http://[fc00::1]/",
    "http://[fd12:3456::1]/",
    "http://[ff02::1]/",
    "http://10.0.0.1/",
    "http://172.16.0.1/",
    "http://192.168.1.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://100.64.0.1/",
    "http://198.18.0.1/",
    "http://224.0.0.1/",
    "http://255.255.255.255/",
    "http://①②⑦.⓪.⓪.①/",
    "http://127。0。0。1/",
    "https://127.0.0.1:8443/",
    "http://user@127.0.0.1/",
    "http://example.com@127.0.0.1/",
    "http://127.0.0.1:22/",
    "file:///etc/passwd",
    "gopher://127.0.0.1/",
    "ftp://127.0.0.1/x",
    "http://127.0.0.1\\@example.com/",
    "http://exa\nmple.com/",
    "http://[::1",
    "http:///path",
    "http://127.0.0.1:99999/",
]


@pytest.fixture
def connects() -> Iterator[list[Any]]:
    """Every connection that this process tries while the test runs."""
    yield from _watching()


_seen: list[Any] | None = None


def _hook(event: str, arguments: tuple[Any, ...]) -> None:
    if event in ("socket.connect", "socket.sendto") and _seen is not None:
        _seen.append(arguments[-1])


def _watching() -> Iterator[list[Any]]:
    global _seen
    if not getattr(sys, "_crossread_connects", False):
        sys.addaudithook(_hook)
        sys._crossread_connects = True  # type: ignore[attr-defined]
    _seen = found = []
    yield found
    _seen = None


@pytest.fixture
def no_pause() -> Iterator[Fetcher]:
    fetcher = Fetcher(pause=0)
    yield fetcher
    fetcher.close()


@pytest.mark.parametrize("url", INSIDE)
def test_addresses_inside_are_never_asked(url: str, connects: list[Any], no_pause: Fetcher) -> None:
    with pytest.raises(NotFetched):
        no_pause.get(url)
    assert connects == []


@settings(max_examples=200)
@given(
    st.sampled_from(["127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "0.0.0.0/8"]),
    st.integers(0, 2**32 - 1),
    st.sampled_from("dhox6mn"),
)
def test_generated_forms_of_private_addresses_are_not_public(network: str, bits: int, form: str) -> None:
    net = ipaddress.IPv4Network(network)
    address = ipaddress.IPv4Address(int(net.network_address) | (bits & int(net.hostmask)))
    number = int(address)
    host = {
        "d": str(address),
        "h": hex(number),
        "o": ".".join(f"0{part:o}" for part in address.packed),
        "x": ".".join(hex(part) for part in address.packed),
        "6": f"[::ffff:{address}]",
        "m": f"[64:ff9b::{address}]",
        "n": str(number),
    }[form]
    for found in _watching():
        with pytest.raises(NotFetched):
            _shared().get(f"http://{host}/")
        assert found == []


@cache
def _shared() -> Fetcher:
    return Fetcher(pause=0)


@pytest.mark.parametrize(
    "text", ["8.8.8.8", "1.1.1.1", "2606:4700:4700::1111", "64:ff9b::808:808", "::ffff:8.8.8.8", "2002:808:808::1"]
)
def test_public_addresses_are_public(text: str) -> None:
    assert is_public(ipaddress.ip_address(text))


# ---------------------------------------------------------------- real servers

Answer = Callable[[http.server.BaseHTTPRequestHandler], None]


class Site:
    """A server on this machine whose paths answer as the test says; ``asked`` holds every request."""

    def __init__(self, answers: dict[str, Answer]) -> None:
        self.asked: list[tuple[str, str | None]] = []
        site = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append((self.path, self.headers.get("Cookie")))
                answers.get(self.path, say(404, b""))(self)

            def log_message(self, *args: Any) -> None:
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://news.test:{self.server.server_port}"

    def lookup(self, host: str, port: int, **_: Any) -> list[Any]:
        """Every host is this server."""
        return socket.getaddrinfo("127.0.0.1", port, type=socket.SOCK_STREAM)

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


def say(status: int, body: bytes, **headers: str) -> Answer:
    def answer(request: http.server.BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        for name, value in {"Content-Length": str(len(body)), "Content-Type": "text/html", **headers}.items():
            request.send_header(name.replace("_", "-"), value)
        request.end_headers()
        request.wfile.write(body)

    return answer


PAGE = (
    b"<html><head><title>Bridge at Osteld reopens</title></head><body><article><h1>Bridge at Osteld reopens</h1>"
    + b"<p>Engineers said on Monday that the bridge at Osteld, which had been closed since the flood in March, would carry lorries again.</p>"
    * 3
    + b"</article></body></html>"
)


@pytest.fixture
def opened() -> Iterator[Callable[[dict[str, Answer]], tuple[Site, Fetcher]]]:
    made: list[Any] = []

    def make(answers: dict[str, Answer]) -> tuple[Site, Fetcher]:
        site = Site(answers)
        fetcher = Fetcher(lookup=site.lookup, allowed=lambda address: True, pause=0, check=_any_port)
        made.extend((site, fetcher))
        return site, fetcher

    yield make
    for thing in reversed(made):
        thing.close()


def _any_port(url: str) -> str:
    return url if ":" in url.split("://", 1)[1] else checked(url)


Opened = Callable[[dict[str, Answer]], tuple[Site, Fetcher]]


def test_page_is_fetched_once_with_robots_and_without_cookies(opened: Opened) -> None:
    site, fetcher = opened({"/a": say(200, PAGE, Set_Cookie="spy=1"), "/robots.txt": say(200, b"User-agent: *\nDisallow: /closed")})
    first = fetcher.get(f"{site.url}/a")
    assert isinstance(first, Fetched)
    assert first.data == PAGE
    fetcher.get(f"{site.url}/a")
    with pytest.raises(Refused, match=r"robots\.txt"):
        fetcher.get(f"{site.url}/closed/x")
    assert [path for path, _ in site.asked] == ["/robots.txt", "/a", "/a"]
    assert {cookie for _, cookie in site.asked} == {None}


def test_silent_server_of_rules_closes_the_site(opened: Opened) -> None:
    site, fetcher = opened({"/a": say(200, PAGE), "/robots.txt": say(503, b"")})
    with pytest.raises(Refused):
        fetcher.get(f"{site.url}/a")


def test_redirect_to_the_inside_is_refused(opened: Opened) -> None:
    site, _ = opened({"/a": say(302, b"", Location="http://169.254.169.254/latest/")})
    inner = Fetcher(
        lookup=lambda host, port, **_: socket.getaddrinfo(
            "127.0.0.1" if host == "news.test" else host, port, type=socket.SOCK_STREAM
        ),
        allowed=lambda address: str(address) == "127.0.0.1",
        pause=0,
        check=_any_port,
    )
    try:
        with pytest.raises(Refused, match=r"169\.254\.169\.254"):
            inner.get(f"{site.url}/a")
    finally:
        inner.close()


def test_redirects_end(opened: Opened) -> None:
    site, fetcher = opened({"/a": say(302, b"", Location="/b"), "/b": say(302, b"", Location="/a")})
    with pytest.raises(NotFetched, match="redirects"):
        fetcher.get(f"{site.url}/a")


def test_name_that_changes_its_address_is_asked_where_it_was_looked_at(connects: list[Any]) -> None:
    calls: list[str] = []

    def lookup(host: str, port: int, **_: Any) -> list[Any]:
        calls.append(host)
        address = "203.0.113.7" if len(calls) == 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    fetcher = Fetcher(lookup=lookup, allowed=lambda a: str(a) == "203.0.113.7", pause=0)
    fetch_seconds, fetch.PATIENCE = fetch.PATIENCE, 0.2
    try:
        for _ in range(2):
            with pytest.raises(NotFetched):
                fetcher.get("http://rebinding.test/")
    finally:
        fetch.PATIENCE = fetch_seconds
        fetcher.close()
    assert calls == ["rebinding.test"]
    assert {a[0] for a in connects if isinstance(a, tuple)} <= {"203.0.113.7"}


def test_body_is_bounded_also_when_packed(opened: Opened) -> None:
    bomb = gzip.compress(b"x" * (fetch.MAX_BYTES * 3))
    site, fetcher = opened({"/big": say(200, b"x" * (fetch.MAX_BYTES + 1)), "/bomb": say(200, bomb, Content_Encoding="gzip")})
    for path in ("/big", "/bomb"):
        with pytest.raises(NotFetched, match="larger than any report"):
            fetcher.get(site.url + path)


def test_server_that_drips_is_left(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    def drip(request: http.server.BaseHTTPRequestHandler) -> None:
        request.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        for _ in range(100):
            time.sleep(0.1)
            try:
                request.wfile.write(b"a")
            except OSError:
                return

    monkeypatch.setattr(fetch, "SECONDS", 1.0)
    site, fetcher = opened({"/slow": drip})
    start = time.monotonic()
    with pytest.raises(NotFetched):
        fetcher.get(f"{site.url}/slow")
    assert time.monotonic() - start < 6


# ---------------------------------------------------------------- as inputs


def test_address_without_leave_is_not_asked(connects: list[Any]) -> None:
    (document,) = ingest_paths(["https://news.example/report"])
    assert not document.text
    assert [p.code for p in document.problems] == ["address.not_fetched"]
    assert "--fetch" in document.problems[0].message
    assert connects == []


def test_lists_of_addresses(opened: Opened, tmp_path: Path) -> None:
    feed = (
        b"<rss version='2.0'><channel><title>Osteld Post</title><item><title>Ferry stops</title><guid>1</guid>"
        b"<description>The ferry between Osteld and Marn will stop running on Friday, its owners said.</description></item></channel></rss>"
    )
    site, fetcher = opened(
        {"/a": say(200, PAGE), "/feed.xml": say(200, feed, Content_Type="application/rss+xml"), "/gone": say(404, b"")}
    )
    sitemap = f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>{site.url}/a</loc></url><url><loc>{site.url}/gone</loc></url></urlset>"
    (tmp_path / "sitemap.xml").write_text(sitemap)
    (tmp_path / "local.rss").write_bytes(feed)
    outlines = f"<outline xmlUrl='{site.url}/feed.xml'/><outline xmlUrl='local.rss'/><outline xmlUrl='../../etc/passwd'/>"
    (tmp_path / "feeds.opml").write_text(f"<opml version='2.0'><body>{outlines}</body></opml>")
    pages = list(ingest_paths([str(tmp_path / "sitemap.xml")], fetch=fetcher.get))
    assert [d.title for d in pages if d.text] == ["Bridge at Osteld reopens"]
    assert pages[0].source.url == f"{site.url}/a"  # type: ignore[union-attr]
    assert [p.code for d in pages if not d.text for p in d.problems] == ["address.unreachable"]
    entries = list(ingest_paths([str(tmp_path / "feeds.opml")], fetch=fetcher.get))
    assert [d.title for d in entries if d.text] == ["Ferry stops"]  # the same entry twice is one report
    assert [p.code for d in entries if not d.text for p in d.problems] == ["address.refused"]
    assert next(iter(ingest_paths([str(tmp_path / "feeds.opml")]))).problems[0].code == "address.not_fetched"
