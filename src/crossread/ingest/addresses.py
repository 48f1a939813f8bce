"""Inputs that are addresses, or lists of addresses: pages of the web, OPML files, sitemaps."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from crossread.errors import InputError, UnreadableDocument
from crossread.ingest.build import Known, failed_document
from crossread.ingest.extract import Links
from crossread.ingest.isolate import ParserGaveUp, run_isolated
from crossread.ingest.readers import MAX_DOCUMENT_BYTES, Blob, Options, bytes_blob, file_blob, read_blob, register_reader, shown
from crossread.records import Document, FileSource, Problem, UrlSource

MAX_PAGES = 1_000
"""Addresses that one list gives; the rest is reported."""
MAX_LISTS = 3
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,20}://")
_LISTS = re.compile(rb"<(?:\w{1,20}:)?(?:opml|urlset|sitemapindex)[\s>]", re.IGNORECASE)


def is_address(path: str) -> bool:
    """Whether a path is an address, not a file."""
    return _ADDRESS.match(path) is not None


def looks_like_links(head: bytes) -> bool:
    """Whether bytes begin like an OPML file or a sitemap."""
    return _LISTS.search(head) is not None


def read_address(address: str, options: Options) -> Iterator[Document]:
    """Documents behind an address, where fetching is allowed; a failure is a document that carries its reason."""
    url = shown(address)
    if options.fetch is None:
        why = "an address is asked only with --fetch; or save the page and give the file"
        yield _failed(url, "address.not_fetched", f"{url}: not fetched: {why}")
        return
    try:
        page = options.fetch(url)
    except InputError as err:
        message = str(err) if url in str(err) else f"{url}: {err}"
        yield _failed(url, getattr(err, "code", "address.unreachable"), message)
        return
    source = UrlSource(url=page.url, fetched=page.fetched)
    name = page.url.split("?", 1)[0].split("#", 1)[0]
    yield from read_blob(bytes_blob(page.data, name=name, source=source, known=Known(url=page.url)), options)


def _failed(url: str, code: str, message: str) -> Document:
    problem = Problem(step="ingest", code=code, severity="error", message=message)
    return failed_document(problem, source=UrlSource(url=url), known=Known(url=url), where=url)


@register_reader("links.v1", suffixes=(".opml",), sniff=looks_like_links)
def read_links(blob: Blob, options: Options) -> Iterator[Document]:
    """The feeds that an OPML file lists, the pages that a sitemap lists; feeds may be files beside the list."""
    if options.depth >= MAX_LISTS:
        raise UnreadableDocument(f"lists inside lists are followed {MAX_LISTS} deep at most")
    data = blob.data()
    try:
        links = run_isolated("links", [data[:MAX_DOCUMENT_BYTES]], Links)
    except ParserGaveUp as err:
        raise UnreadableDocument(
            f"not a readable list of addresses: {err}; fetch it again, or open it to see what it holds"
        ) from err
    if not links.addresses:
        raise UnreadableDocument("no addresses in it; an OPML file lists feeds as xmlUrl, a sitemap lists pages as <loc>")
    inner = replace(options, depth=options.depth + 1)
    for address in links.addresses[:MAX_PAGES]:
        if is_address(address):
            yield from read_address(address, inner)
        else:
            yield from _beside(blob, address, inner)
    if len(links.addresses) > MAX_PAGES:
        n = len(links.addresses) - MAX_PAGES
        yield _failed(blob.name, "links.cut", f"{blob.name}: {n} more addresses are listed; split the list to have them all")


def _beside(blob: Blob, address: str, options: Options) -> Iterator[Document]:
    """A file that a list names by a path, which must lie beside the list or below."""
    if not isinstance(blob.source, FileSource):
        yield _failed(address, "address.refused", f"{address}: a list that is no file of its own cannot name files")
        return
    folder = Path(blob.source.path).resolve().parent
    path = (folder / address).resolve()
    if not path.is_relative_to(folder):
        yield _failed(
            address, "address.refused", f"{blob.name}: lists {address}, which lies outside its folder; give that file itself"
        )
        return
    yield from read_blob(file_blob(str(path)), options)
