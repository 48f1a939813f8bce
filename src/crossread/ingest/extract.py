"""What is done with untrusted markup inside the killable child: pages, feeds and mail to plain records.

Nothing here reads files or the network.  The parent (`crossread.ingest.isolate`) bounds time and memory.
"""

import io
import logging
import re
from typing import Any

import msgspec

from crossread.ingest.page import Page, read_page
from crossread.records import Problem, Removed

log = logging.getLogger("crossread.ingest")

_SHORT = 60  # words; a main text of fewer is compared with the second opinion
_MUCH_SHORTER = 0.35
_MAX_CAPTIONS = 60


class Extracted(msgspec.Struct, frozen=True, kw_only=True):
    """The report of a page: paragraphs one a line, what the page says about itself, captions left out, faults met."""

    text: str
    page: Page
    guessed_date: str | None = None
    captions: tuple[Removed, ...] = ()
    problems: tuple[Problem, ...] = ()


def extract_page(html: str, url: str | None) -> Extracted:
    """The main text and the metadata of a page."""
    tree = _parse(html)
    page = read_page(tree) if tree is not None else Page()
    captions = _captions(tree) if tree is not None else ()
    url = url or page.url
    text, problems = _main_text(html, tree, url, page)
    guessed = _guessed_date(html, url) if page.published is None else None
    return Extracted(text=text, page=page, guessed_date=guessed, captions=captions, problems=problems)


def _parse(html: str) -> Any:
    """The page as an lxml tree, ``None`` where it is none."""
    from lxml.etree import LxmlError
    from trafilatura import load_html

    try:
        return load_html(html)
    except (LxmlError, ValueError, UnicodeError, RecursionError, AssertionError, TypeError):
        return None


# ---------------------------------------------------------------- main text


def _main_text(html: str, tree: Any, url: str | None, page: Page) -> tuple[str, tuple[Problem, ...]]:
    """Paragraphs of the report, one a line, by the first extractor that finds enough of them."""
    text = _by_trafilatura(tree, url) if tree is not None else ""
    n_words = len(text.split())
    if n_words >= _SHORT and (page.body is None or n_words >= _MUCH_SHORTER * len(page.body.split())):
        return text, ()
    others = [_by_trafilatura(tree, url, recall=True) if tree is not None else "", _by_resiliparse(html), page.body or ""]
    best = max(others, key=lambda t: len(t.split()))
    if len(best.split()) * _MUCH_SHORTER > n_words:
        text, n_words = best, len(best.split())
    return (text, ()) if n_words else stripped(html, "no extractor found a main text")


def stripped(html: str, why: str) -> tuple[str, tuple[Problem, ...]]:
    """The last resort: all visible text, flagged."""
    from crossread.ingest.strip import strip_tags

    message = f"{why}; all visible text was taken, furniture may have stayed in it"
    return strip_tags(html), (Problem(step="ingest", code="html.stripped", message=message),)


def _by_trafilatura(tree: Any, url: str | None, *, recall: bool = False) -> str:
    from copy import deepcopy

    from trafilatura import bare_extraction

    try:
        found = bare_extraction(deepcopy(tree), url=url, include_comments=False, favor_precision=not recall, favor_recall=recall)
    except Exception as err:  # whatever a hostile page raises in there, the next extractor has its turn
        log.info("trafilatura gave up: %s: %s", type(err).__name__, err)
        return ""
    return str(getattr(found, "text", None) or "")


def _by_resiliparse(html: str) -> str:
    from resiliparse.extract.html2text import extract_plain_text

    try:
        text = str(extract_plain_text(html, main_content=True, alt_texts=False, links=False, comments=False))
    except (ValueError, RuntimeError, UnicodeError) as err:
        log.info("resiliparse gave up: %s: %s", type(err).__name__, err)
        return ""
    return "\n".join(line.strip() for line in text.split("\n") if line.strip())


def _guessed_date(html: str, url: str | None) -> str | None:
    """The day that htmldate finds in addresses, comments and printed dates."""
    from htmldate import find_date

    try:
        return find_date(html, url=url, original_date=True)
    except (ValueError, TypeError, RecursionError, OverflowError, AttributeError) as err:
        log.info("htmldate gave up: %s: %s", type(err).__name__, err)
        return None


def _captions(tree: Any) -> tuple[Removed, ...]:
    """Picture captions of the page."""
    found: dict[str, Removed] = {}
    for element in tree.iter("figcaption"):
        text = " ".join(element.text_content().split())
        if 3 <= len(text) <= 1000 and len(found) < _MAX_CAPTIONS:
            found.setdefault(text, Removed(text=text, reason="photo_caption", line=max(1, element.sourceline or 1)))
    return tuple(found.values())


# ---------------------------------------------------------------- feeds


class FeedEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of a feed; ``html`` is its longest content."""

    name: str
    title: str | None = None
    html: str | None = None
    published: str | None = None
    url: str | None = None
    byline: str | None = None


class Feed(msgspec.Struct, frozen=True, kw_only=True):
    """A feed: its title, its entries in order, and how many more there were than are taken."""

    title: str | None = None
    entries: tuple[FeedEntry, ...] = ()
    n_left_out: int = 0


MAX_ENTRIES = 10_000
"""Entries of a feed that are taken; how many more there are is told."""


_NO_CHARACTER = re.compile(
    rb"&#(?:[xX]0{0,8}[dD][89a-fA-F][0-9a-fA-F]{2}|0{0,8}5(?:529[6-9]|5[3-9]\d\d|6\d{3}|7[0-2]\d\d|73[0-3]\d|734[0-3]));"
)
"""References to surrogates (D800 to DFFF), on which feedparser stops."""


def extract_feed(data: bytes) -> Feed:
    """RSS and Atom by fastfeedparser, by feedparser where that finds nothing."""
    from fastfeedparser import parse

    data = _NO_CHARACTER.sub(b"&#xFFFD;", data)
    try:
        found: Any = parse(data)
    except Exception as err:  # whatever a hostile feed raises in there, the slower parser has its turn
        log.info("fastfeedparser gave up: %s: %s", type(err).__name__, err)
        found = None
    if not found or not found.get("entries"):
        import feedparser

        found = feedparser.parse(io.BytesIO(data))  # bytes alone it would first take for the path of a file to open
    head, entries = found.get("feed") or {}, list(found.get("entries") or ())
    return Feed(
        title=_string(head.get("title")),
        entries=tuple(map(_entry, entries[:MAX_ENTRIES])),
        n_left_out=max(0, len(entries) - MAX_ENTRIES),
    )


def _string(value: Any) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _entry(entry: Any) -> FeedEntry:
    contents = [c.get("value") for c in entry.get("content") or () if isinstance(c, dict)]
    texts = [t for t in (*contents, entry.get("description"), entry.get("summary")) if isinstance(t, str)]
    url = _string(entry.get("link"))
    return FeedEntry(
        name=_string(entry.get("id")) or url or _string(entry.get("title")) or "",
        title=_string(entry.get("title")),
        html=max(texts, key=len, default=None),
        published=_string(entry.get("published")) or _string(entry.get("updated")),
        url=url,
        byline=_string(entry.get("author")),
    )


# ---------------------------------------------------------------- mail


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """An e-mail message: its headers and its body as text or as HTML."""

    subject: str | None = None
    sender: str | None = None
    date: str | None = None
    message_id: str | None = None
    text: str | None = None
    html: str | None = None


_MAX_PARTS = 200


def extract_mail(data: bytes) -> Letter:
    """The first plain-text and the first HTML part of a message, attachments aside."""
    from email import message_from_bytes, policy
    from email.utils import parsedate_to_datetime

    message = message_from_bytes(data, policy=policy.default)
    bodies: dict[str, str] = {}
    for n, part in enumerate(message.walk()):
        if n >= _MAX_PARTS:
            break
        kind = part.get_content_type()
        if kind in ("text/plain", "text/html") and kind not in bodies and part.get_content_disposition() != "attachment":
            try:
                bodies[kind] = str(part.get_content())
            except (LookupError, ValueError, KeyError):
                payload = part.get_payload(decode=True)
                bodies[kind] = payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
    try:
        date = parsedate_to_datetime(str(message["date"])).isoformat()
    except (TypeError, ValueError, IndexError):
        date = None
    return Letter(
        subject=_string(str(message["subject"] or "")),
        sender=_string(str(message["from"] or "")),
        date=date,
        message_id=_string(str(message["message-id"] or "")),
        text=bodies.get("text/plain"),
        html=bodies.get("text/html"),
    )


# ---------------------------------------------------------------- lists of addresses


class Links(msgspec.Struct, frozen=True, kw_only=True):
    """Addresses that an OPML file or a sitemap lists, in order; ``kind`` is opml, sitemap (of pages) or index (of sitemaps)."""

    kind: str
    addresses: tuple[str, ...] = ()


_MAX_LINKS = 500_000


def extract_links(data: bytes) -> Links:
    """Addresses of an OPML file or a sitemap; entities are not expanded and nothing is loaded.

    Raises:
        ValueError: If it is neither.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    root = etree.fromstring(data.lstrip(), parser)
    if root is None:
        raise ValueError("no XML in it")
    kind = {"opml": "opml", "urlset": "sitemap", "sitemapindex": "index"}.get(etree.QName(root).localname)
    if kind is None:
        raise ValueError(f"neither OPML nor a sitemap but <{etree.QName(root).localname[:40]}>")
    found: list[str] = []
    for element in root.iter(etree.Element):
        name = etree.QName(element).localname
        if kind == "opml" and name == "outline":
            value = next((v for k, v in element.attrib.items() if str(k).lower() == "xmlurl"), None)
        elif kind != "opml" and name == "loc":
            value = element.text
        else:
            continue
        if value and str(value).strip():
            found.append(str(value).strip())
        if len(found) == _MAX_LINKS:
            break
    return Links(kind=kind, addresses=tuple(dict.fromkeys(found)))
