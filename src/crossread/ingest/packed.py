"""Packed and container inputs: gzip and zstd streams, WARC, feeds, mail, Parquet.

Everything that unpacks is bounded: a stream that grows far beyond its packed size, or beyond any archive of reports, is refused.
"""

import importlib.util
import io
import os
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO, cast

from crossread.errors import MissingExtra, UnreadableDocument, UnsupportedFormat
from crossread.ingest.addresses import looks_like_links, read_links
from crossread.ingest.build import Known, build_document, failed_document
from crossread.ingest.decode import decode
from crossread.ingest.extract import Feed, FeedEntry, Letter
from crossread.ingest.formats import FREE_BYTES, MAX_ARCHIVE_BYTES, MAX_DEPTH, MAX_RATIO, path_of, row_document
from crossread.ingest.html import html_document
from crossread.ingest.isolate import ParserGaveUp, run_isolated, stream_isolated
from crossread.ingest.readers import MAX_DOCUMENT_BYTES, Blob, Options, read_blob, register_reader
from crossread.ingest.strip import strip_tags
from crossread.records import Document, FeedSource, FileSource, LineSource, MailSource, Problem, WarcSource


class _Bounded(io.RawIOBase):
    """A stream that stops with `UnreadableDocument` when it unpacks to too much, or is damaged."""

    def __init__(self, job: str, packed: BinaryIO, limit: int) -> None:
        self._pieces = stream_isolated(job, [], packed)
        self._packed, self._limit, self._n_read, self._piece = packed, limit, 0, memoryview(b"")

    def readable(self) -> bool:
        """Always."""
        return True

    def tell(self) -> int:
        """Bytes given so far."""
        return self._n_read - len(self._piece)

    def readinto(self, buffer: Any) -> int:
        """The next unpacked bytes; 0 at the end."""
        if not self._piece:
            self._piece = memoryview(self._next())
        size = min(len(buffer), len(self._piece))
        buffer[:size] = self._piece[:size]
        self._piece = self._piece[size:]
        return size

    def _next(self) -> bytes:
        try:
            piece: bytes = next(self._pieces, b"")
        except ParserGaveUp as err:
            raise UnreadableDocument(f"damaged: {err}; copy or fetch it again") from err
        self._n_read += len(piece)
        if self._n_read > min(self._limit, max(FREE_BYTES, MAX_RATIO * self._packed.tell())):
            raise UnreadableDocument(
                f"unpacks to more than {self._n_read} bytes, which no collection of reports does; unpack it and give the files that are reports"
            )
        return piece

    def close(self) -> None:
        """End the child that unpacks, and close what it reads."""
        if not self.closed:
            self._pieces.close()
            self._packed.close()
        super().close()


def _unpacking(blob: Blob, job: str) -> BinaryIO:
    return cast("BinaryIO", io.BufferedReader(_Bounded(job, blob.opener(), MAX_ARCHIVE_BYTES), 1 << 16))


def _inner(blob: Blob, suffix: str, job: str) -> Blob:
    """What is inside, under the name without the packing's suffix."""
    name = blob.name[: -len(suffix)] if blob.name.lower().endswith(suffix) else blob.name
    return Blob(name=name, source=blob.source, opener=lambda: _unpacking(blob, job), known=blob.known)


def _check_depth(options: Options) -> Options:
    if options.depth >= MAX_DEPTH:
        raise UnreadableDocument(f"archives inside archives are read {MAX_DEPTH} deep at most; unpack it and give the folder")
    return replace(options, depth=options.depth + 1)


@register_reader("gzip.v1", suffixes=(".gz",), sniff=lambda head: head.startswith(b"\x1f\x8b"))
def read_gzip(blob: Blob, options: Options) -> Iterator[Document]:
    """A gzip stream around any other kind of input."""
    yield from read_blob(_inner(blob, ".gz", "gzip"), _check_depth(options))


@register_reader("zstd.v1", suffixes=(".zst", ".zstd"), sniff=lambda head: head.startswith(b"\x28\xb5\x2f\xfd"))
def read_zstd(blob: Blob, options: Options) -> Iterator[Document]:
    """A Zstandard stream around any other kind of input."""
    suffix = ".zstd" if blob.name.lower().endswith(".zstd") else ".zst"
    yield from read_blob(_inner(blob, suffix, "zstd"), _check_depth(options))


# ---------------------------------------------------------------- WARC


@register_reader("warc.v1", suffixes=(".warc", ".warc.gz", ".warc.zst"), sniff=lambda head: head.startswith(b"WARC/1."))
def read_warc(blob: Blob, options: Options) -> Iterator[Document]:
    """The successful HTML responses of a web archive; one that the child gives up on is reported, and the next one is read."""
    n_pages = n_read = place = 0
    about, page = list[Any](), None
    passed, has_more = None, True
    with blob.opener() as stream:
        while has_more:
            has_more = False
            try:
                for piece in stream_isolated("warc", [MAX_DOCUMENT_BYTES, place, passed], stream):
                    place, about, page = piece
                    n_read += page is None
                    n_pages += page is not None
                    if page is not None and not options.resume.passes():
                        yield _warc_document(about, page, path_of(blob), options)
            except ParserGaveUp as err:
                is_reached = stream.seekable() and bool(about) and page is None and about[0] != passed
                if not is_reached:
                    raise UnreadableDocument(
                        f"the archive is damaged after {n_read} records: {err}; copy or fetch it again"
                    ) from err
                n_pages, passed, has_more = n_pages + 1, about[0], True
                if not options.resume.passes():
                    yield _warc_document(about, (None, f"{err}; it was left out"), path_of(blob), options)
    if not n_pages:
        raise UnreadableDocument(f"no page of the web in it ({n_read} responses were looked at); give another web archive")


def _warc_document(about: list[Any], page: tuple[bytes | None, str], path: str, options: Options) -> Document:
    """The document of a page: what is known about its record, and its body or the reason why there is none."""
    record, url, captured = about
    source = WarcSource(path=path, record_id=record, url=url, captured=captured)
    body, why = page
    try:
        if body is None:
            raise UnreadableDocument(why)
        decoded = decode(body, html=True)
    except UnreadableDocument as err:
        problem = Problem(step="ingest", code="document.unreadable", severity="error", message=f"{path}, {url}: {err}")
        return failed_document(problem, source=source, known=Known(url=url), where=record)
    return html_document(
        decoded.text, known=Known(url=url), source=source, raw_sha256=options.digest(body), problems=decoded.problems
    )


# ---------------------------------------------------------------- feeds and mail


def _looks_like_feed(head: bytes) -> bool:
    start = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    return start.startswith((b"<?xml", b"<rss", b"<feed", b"<rdf:rdf")) and any(
        m in start for m in (b"<rss", b"<feed", b"<rdf:rdf")
    )


@register_reader("feed.v1", suffixes=(".rss", ".atom", ".xml"), sniff=_looks_like_feed)
def read_feed(blob: Blob, options: Options) -> Iterator[Document]:
    """The entries of an RSS or Atom feed, each with as much of its report as the feed gives."""
    data = blob.data()
    if looks_like_links(data[:4096]):
        yield from read_links(blob, options)
        return
    try:
        feed = run_isolated("feed", [data], Feed)
    except ParserGaveUp as err:
        raise UnreadableDocument(f"not a readable feed: {err}; fetch it again, or open it to see what it holds") from err
    if not feed.entries:
        raise UnreadableDocument("no entries of a feed were found in it; give the feed itself, not the page about it")
    yield from feed_documents(feed, blob, options)


def feed_documents(feed: Feed, blob: Blob, options: Options) -> Iterator[Document]:
    """The entries of a feed as documents."""
    for entry in feed.entries:
        yield _entry_document(entry, feed, blob, options)
    if feed.n_left_out:
        message = f"{blob.name}: {feed.n_left_out} more entries are in this feed than are taken; split it to have them all"
        problem = Problem(step="ingest", code="links.cut", severity="error", message=message)
        yield failed_document(problem, source=blob.source, where=blob.name)


def _entry_document(entry: FeedEntry, feed: Feed, blob: Blob, options: Options) -> Document:
    known = Known(title=entry.title, publisher=feed.title, published=entry.published, url=entry.url, byline=entry.byline)
    source = FeedSource(path=path_of(blob), entry=entry.name, url=entry.url)
    raw = options.digest((entry.html or "").encode("utf-8", "replace"))
    return build_document(
        strip_tags(entry.html or ""), known=known, source=source, raw_sha256=raw, as_is=options.as_is, extracted=True
    )


@register_reader("mail.v1", suffixes=(".eml",))
def read_mail(blob: Blob, options: Options) -> Iterator[Document]:
    """An e-mail message, such as a newsletter or a forwarded report."""
    data = blob.data()
    try:
        letter = run_isolated("mail", [data], Letter)
    except ParserGaveUp as err:
        raise UnreadableDocument(f"not a readable message: {err}; save the message again as .eml") from err
    sender = (letter.sender or "").split("<", 1)[0].strip(" \"'") or None
    known = Known(title=letter.subject, publisher=sender, published=letter.date)
    source = MailSource(path=path_of(blob), message_id=letter.message_id)
    if (letter.text is not None and letter.text.strip()) or letter.html is None:
        yield build_document(letter.text or "", known=known, source=source, raw_sha256=options.digest(data), as_is=options.as_is)
    else:
        yield html_document(letter.html, known=known, source=source, raw_sha256=options.digest(data))


# ---------------------------------------------------------------- Parquet


@register_reader("parquet.v1", suffixes=(".parquet",), sniff=lambda head: head.startswith(b"PAR1"))
def read_parquet(blob: Blob, options: Options) -> Iterator[Document]:
    """Rows of a Parquet file; the columns are named as the keys of JSON Lines."""
    if not isinstance(blob.source, FileSource) or not os.path.isfile(blob.source.path):
        raise UnsupportedFormat("Parquet is read from files of their own only, not from archives or standard input")
    if importlib.util.find_spec("duckdb") is None:
        raise MissingExtra("Parquet needs duckdb: pip install 'crossread[parquet]'")
    path, bounds = blob.source.path, [MAX_ARCHIVE_BYTES, MAX_RATIO, FREE_BYTES]
    number = 0
    try:
        for row, raw in stream_isolated("parquet", [path, os.getcwd(), *bounds], io.BytesIO()):
            number += 1
            if not options.resume.passes():
                yield row_document(row, LineSource(path=path, line=number), raw=raw, options=options)
    except ParserGaveUp as err:
        raise UnreadableDocument(f"not a readable Parquet file: {str(err).splitlines()[0][:200]}; write it again") from err
