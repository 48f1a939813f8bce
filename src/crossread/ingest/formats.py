"""Readers of plain text, HTML, JSON Lines, CSV and zip archives."""

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from html import escape
from typing import Any

import msgspec

from crossread.errors import UnreadableDocument, UnsupportedFormat
from crossread.ingest.build import Known, build_document, failed_document
from crossread.ingest.decode import decode, load_json
from crossread.ingest.extract import MAX_ENTRIES, Feed, FeedEntry
from crossread.ingest.isolate import ParserGaveUp, stream_isolated
from crossread.ingest.readers import MAX_DOCUMENT_BYTES, Blob, Options, bytes_blob, read_blob, register_reader, sha256
from crossread.records import Document, FileSource, LineSource, MemberSource, Problem, Source

MAX_MEMBERS = 100_000
MAX_ARCHIVE_BYTES = 8 * 1024**3
MAX_RATIO = 200  # unpacked to packed bytes of one member; text packs to a fifth, bombs to a thousandth
FREE_BYTES = 64 * 1024**2  # so much any archive may unpack to, whatever its ratio
MAX_DEPTH = 2
MAX_ROWS, MAX_HEADER = 1_000_000, 100_000
"""Lines of a table and characters of its first line at most."""
_OFFICE = (".docx", ".odt", ".xlsx", ".ods", ".pptx", ".odp", ".epub", ".pages")  # zip archives all of them

_HTML = re.compile(rb"<(?:!doctype html|html|head|body|article|div|p|meta|title)[\s>]", re.IGNORECASE)
_TEXT_KEYS = ("text", "body", "content", "article", "story", "fulltext", "full_text")
_TITLE_KEYS = ("title", "headline", "head")
_PUBLISHER_KEYS = ("publisher", "outlet", "publication", "source", "newspaper", "site")
_PUBLISHED_KEYS = ("published", "date", "published_at", "publish_date", "pubdate", "publication_date", "time")
_URL_KEYS = ("url", "link", "uri")
_JSON_FEED = "https://jsonfeed.org/version/"


# ---------------------------------------------------------------- one report a file


@register_reader("text.v1", suffixes=(".txt", ".text", ".md"))
def read_text(blob: Blob, options: Options) -> Iterator[Document]:
    """A plain-text file: one report."""
    data = blob.data()
    if options.as_is:
        yield build_document(_untouched(data), known=blob.known, source=blob.source, raw_sha256=options.digest(data), as_is=True)
        return
    decoded = decode(data)
    if reader_of_html(data) and not blob.name.lower().endswith((".txt", ".text", ".md")):
        yield from read_html(blob, options)
        return
    yield build_document(
        decoded.text, known=blob.known, source=blob.source, raw_sha256=options.digest(data), problems=decoded.problems
    )


def _untouched(data: bytes) -> str:
    """Text exactly as it stands where it is UTF-8, line breaks and all."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return decode(data).text


def reader_of_html(head: bytes) -> bool:
    """Whether bytes look like a web page."""
    return _HTML.search(head[:4096].replace(b"\x00", b"")) is not None


@register_reader("html.v1", suffixes=(".html", ".htm", ".xhtml"), sniff=reader_of_html)
def read_html(blob: Blob, options: Options) -> Iterator[Document]:
    """A web page: one report."""
    from crossread.ingest.html import html_document

    data = blob.data()
    decoded = decode(data, html=True)
    yield html_document(
        decoded.text, known=blob.known, source=blob.source, raw_sha256=options.digest(data), problems=decoded.problems
    )


# ---------------------------------------------------------------- many reports a file


def _sniff_json(head: bytes) -> bool:
    return re.match(rb"(?:\xef\xbb\xbf)?\s*\{\s*\"", head) is not None


@register_reader("jsonl.v1", suffixes=(".jsonl", ".ndjson"), sniff=_sniff_json)
def read_jsonl(blob: Blob, options: Options) -> Iterator[Document]:
    """JSON Lines with ``text`` or ``html``; also documents that crossread wrote."""
    path = path_of(blob)
    with blob.opener() as stream:
        for number, line in enumerate(_lines(stream), start=1):
            if line.strip() and not options.resume.passes():
                yield _line_document(line, LineSource(path=path, line=number), options)


@register_reader("json.v1", suffixes=(".json",))
def read_json(blob: Blob, options: Options) -> Iterator[Document]:
    """One JSON value: an object, an array of objects, or a JSON Feed; a file of JSON Lines under this name is read as such."""
    data = blob.data()
    try:
        value = load_json(decode(data).text)
    except (ValueError, RecursionError):
        yield from read_jsonl(blob, options)
        return
    if isinstance(value, dict) and str(value.get("version")).startswith(_JSON_FEED):
        from crossread.ingest.packed import feed_documents

        yield from feed_documents(_json_feed(value), blob, options)
        return
    items = value.get("items") if isinstance(value, dict) else value
    rows = items if isinstance(items, list) else [value]
    for number, row in enumerate(rows, start=1):
        if not options.resume.passes():
            yield _line_document(json.dumps(row).encode(), LineSource(path=path_of(blob), line=number), options)


def _json_feed(value: dict[str, Any]) -> Feed:
    """A JSON Feed (https://www.jsonfeed.org/version/1.1) in the form of the other feeds."""
    items = value.get("items")
    found = [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    entries = tuple(map(_feed_entry, found[:MAX_ENTRIES]))
    return Feed(title=_first(value, ("title",)), entries=entries, n_left_out=max(0, len(found) - MAX_ENTRIES))


def _feed_entry(item: dict[str, Any]) -> FeedEntry:
    url = _first(item, ("url", "external_url"))
    text = _first(item, ("content_text", "summary"))
    lines = "".join(f"<p>{escape(line)}</p>" for line in text.splitlines()) if text else None
    html, authors = _first(item, ("content_html",)) or lines, item.get("authors") or [item.get("author")]
    names = [_first(a, ("name",)) for a in authors if isinstance(a, dict)] if isinstance(authors, list) else []
    return FeedEntry(
        name=str(item.get("id") or url or ""),
        title=_first(item, ("title",)),
        html=html,
        published=_first(item, ("date_published", "date_modified")),
        url=url,
        byline=", ".join(name for name in names if name) or None,
    )


def path_of(blob: Blob) -> str:
    """The path to name in a document's source.

    What is in an archive goes by its member's name.
    """
    return blob.source.path if isinstance(blob.source, FileSource) else blob.name


def _lines(stream: Any) -> Iterator[bytes]:
    while line := stream.readline(MAX_DOCUMENT_BYTES + 1):
        yield line
        while len(line) > MAX_DOCUMENT_BYTES and not line.endswith(b"\n"):
            line = stream.readline(MAX_DOCUMENT_BYTES + 1)  # the rest of an endless line is passed over


def _line_document(line: bytes, source: LineSource, options: Options) -> Document:
    if len(line) > MAX_DOCUMENT_BYTES:
        return _failed_line(source, "line.too_long", f"longer than {MAX_DOCUMENT_BYTES // 2**20} MB")
    try:
        row = load_json(line.decode("utf-8-sig").lstrip("\ufeff"))
    except (ValueError, RecursionError) as err:
        return _failed_line(source, "line.not_json", f"not a JSON object ({err}); write one object a line")
    if not isinstance(row, dict):
        return _failed_line(source, "line.not_json", f"not a JSON object but {type(row).__name__}; write one object a line")
    if isinstance(row.get("source"), dict) and isinstance(row.get("removed"), list) and "html" not in row:
        return _own_document(row, source)
    return row_document(row, source, raw=line, options=options)


def _own_document(row: dict[str, Any], source: LineSource) -> Document:
    try:
        return msgspec.convert(row, Document)
    except (msgspec.ValidationError, ValueError) as err:
        return _failed_line(source, "line.not_document", f"looks like a Document record but is none: {err}")


def _failed_line(source: LineSource, code: str, why: str) -> Document:
    where = f"{source.path}, line {source.line}"
    return failed_document(
        Problem(step="ingest", code=code, severity="error", message=f"{where}: {why}"), source=source, where=where
    )


def _first(row: dict[str, Any], names: tuple[str, ...]) -> str | None:
    for name in names:
        value = row.get(name)
        if isinstance(value, str) and value.strip():
            return value
    return None


def row_document(row: dict[str, Any], source: LineSource, *, raw: bytes, options: Options) -> Document:
    """A document of named values: ``text`` or ``html``, and what else is known."""
    published = next((row[k] for k in _PUBLISHED_KEYS if row.get(k) not in (None, "")), None)
    name = row.get("id")
    known = Known(
        id=str(name) if isinstance(name, str | int) and str(name) else None,
        title=_first(row, _TITLE_KEYS),
        publisher=_first(row, _PUBLISHER_KEYS),
        published=_published_value(published),
        url=_first(row, _URL_KEYS),
        byline=_first(row, ("byline", "author")),
    )
    text, html = _first(row, _TEXT_KEYS), _first(row, ("html",))
    if text is None and html is None:
        why = f"neither 'text' nor 'html'; the keys are {', '.join(map(str, list(row)[:8])) or 'none'}: name the text 'text'"
        where = f"{source.path}, line {source.line}"
        problem = Problem(step="ingest", code="line.no_text", severity="error", message=f"{where}: {why}")
        return failed_document(problem, source=source, raw_sha256=sha256(raw), known=known, where=where)
    if text is not None:
        return build_document(text, known=known, source=source, raw_sha256=options.digest(raw), as_is=options.as_is)
    from crossread.ingest.html import html_document

    return html_document(html or "", known=known, source=source, raw_sha256=options.digest(raw))


def _published_value(value: Any) -> Any:
    """A When record as crossread writes it, else the value as it is."""
    if isinstance(value, dict):
        return value.get("start") or value.get("text")
    return value


@register_reader("csv.v1", suffixes=(".csv", ".tsv"))
def read_csv(blob: Blob, options: Options) -> Iterator[Document]:
    """Rows with a header line; the columns are named as the keys of JSON Lines."""
    decoded = decode(blob.data())
    if decoded.text.count("\n") > MAX_ROWS or len(decoded.text.split("\n", 1)[0]) > MAX_HEADER:
        raise UnreadableDocument(f"more than {MAX_ROWS} lines or a head of more than {MAX_HEADER} characters; split the table")
    dialect = _dialect(decoded.text[:20_000])
    csv.field_size_limit(MAX_DOCUMENT_BYTES)
    rows = csv.reader(io.StringIO(decoded.text, newline=""), dialect)
    try:
        header = [name.strip().lower() for name in next(rows)]
    except StopIteration:
        raise UnreadableDocument("an empty file; export the table again") from None
    if not {*_TEXT_KEYS, "html"} & set(header):
        raise UnreadableDocument(
            f"no column 'text' or 'html'; the columns are {', '.join(header[:10])}: call the one with the words of the reports 'text'"
        )
    path = path_of(blob)
    while True:
        source = LineSource(path=path, line=rows.line_num + 1)
        try:
            values = next(rows)
        except StopIteration:
            return
        except csv.Error as err:
            yield _failed_line(source, "line.not_csv", str(err))
            continue
        if any(v.strip() for v in values) and not options.resume.passes():
            row: dict[str, Any] = dict(zip(header, values, strict=False))
            yield row_document(row, source, raw="\x1f".join(values).encode("utf-8", "replace"), options=options)


def _dialect(sample: str) -> type[csv.Dialect]:
    header = sample.split("\n", 1)[0]
    mark = max(",;\t|", key=header.count)

    class Found(csv.excel):
        delimiter = mark

    return Found


# ---------------------------------------------------------------- archives


@register_reader("zip.v1", suffixes=(".zip",), sniff=lambda head: head.startswith((b"PK\x03\x04", b"PK\x05\x06")))
def read_zip(blob: Blob, options: Options) -> Iterator[Document]:
    """The members of an archive, by name; bombs, locked and broken members are reported, the rest is read."""
    if blob.name.lower().endswith(_OFFICE):
        raise UnsupportedFormat("office files and e-books are not read; save it as text or as HTML and give that file")
    if options.depth >= MAX_DEPTH:
        raise UnreadableDocument(f"archives inside archives are read {MAX_DEPTH} deep at most; unpack it and give the folder")
    bounds = [MAX_MEMBERS, MAX_ARCHIVE_BYTES, MAX_RATIO, FREE_BYTES, MAX_DOCUMENT_BYTES]
    with blob.opener() as stream:
        try:
            for name, data, why in stream_isolated("zip", bounds, stream):
                source = MemberSource(path=path_of(blob), member=name)
                if data is None:
                    yield _failed_member(source, why)
                    continue
                inner = bytes_blob(data, name=name, source=source)
                yield from read_blob(inner, replace(options, depth=options.depth + 1))
        except ParserGaveUp as err:
            raise UnreadableDocument(f"not a readable zip archive: {err}; copy it again, or unpack it and give the folder") from err


def _failed_member(source: Source, why: str) -> Document:
    assert isinstance(source, MemberSource)
    where = f"{source.path}, member {source.member}"
    problem = Problem(step="ingest", code="member.unreadable", severity="error", message=f"{where}: {why}")
    return failed_document(problem, source=source, where=where)
