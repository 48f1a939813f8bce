"""Web pages to documents, through one function.

The main text is trafilatura's; resiliparse gives a second opinion where that is short, and a simple stripper is the last resort,
which is flagged.  What the page says about itself (headline, outlet, byline, time) comes from `crossread.ingest.page`.
"""

import html as entities
import logging
import re
from typing import Any

import msgspec

from crossread.ingest.build import Known, build_document
from crossread.ingest.page import Page, read_page
from crossread.ingest.repeats import fold
from crossread.records import Document, Problem, Removed, Source

log = logging.getLogger("crossread.ingest")

_SHORT = 60  # words; a main text of fewer is compared with the second opinion
_MUCH_SHORTER = 0.35
_MAX_CAPTIONS = 60
_STRIPPED = re.compile(
    r"<!--.*?-->|<(script|style|noscript|template|svg|head|nav|footer|form|iframe|button|select)\b.*?</\1\s*>",
    re.DOTALL | re.IGNORECASE,
)
_BREAK = re.compile(
    r"<(?:/?(?:p|div|h[1-6]|li|ul|ol|br|tr|table|section|article|blockquote|header|main|title)\b[^>]{0,2000})>", re.IGNORECASE
)
_TAG = re.compile(r"<[^<>]{0,20000}>")


def html_document(
    html: str, *, known: Known, source: Source, raw_sha256: str | None = None, problems: tuple[Problem, ...] = ()
) -> Document:
    """The report that a page carries.

    Args:
        html: The page, decoded.
        known: What is known beside the page; it outranks what the page says.
        source: Where the page came from.
        raw_sha256: Digest of the page's bytes.
        problems: Faults met on the way.
    """
    if not html.strip():
        return build_document("", known=known, source=source, raw_sha256=raw_sha256, problems=problems)
    tree = _parse(html)
    page = read_page(tree) if tree is not None else Page()
    url = known.url or page.url
    captions = _captions(tree) if tree is not None else ()
    text, faults = _main_text(html, tree, url, page)
    document = build_document(
        _without_headlines(text, page.headlines),
        known=Known(
            id=known.id,
            title=known.title or page.title,
            publisher=known.publisher or page.site,
            published=known.published or page.published or _guessed_date(html, url),
            url=url,
            byline=known.byline or page.byline,
        ),
        source=source,
        raw_sha256=raw_sha256,
        extracted=True,
        problems=(*problems, *faults),
    )
    return msgspec.structs.replace(document, removed=_relined(document.removed, captions, document.text, html))


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
    if n_words:
        return text, ()
    message = "no extractor found a main text; all visible text was taken, furniture may have stayed in it"
    return _stripped(html), (Problem(step="ingest", code="html.stripped", message=message),)


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


def _stripped(html: str) -> str:
    """All visible text, by patterns alone."""
    text = _TAG.sub(" ", _BREAK.sub("\n", _STRIPPED.sub(" ", html)))
    return "\n".join(words for line in entities.unescape(text).split("\n") if (words := " ".join(line.split())))


def _without_headlines(text: str, headlines: tuple[str, ...]) -> str:
    """The text without the headline in its other forms; the form chosen as title is left to `crossread.ingest.clean`."""
    others = {fold(h) for h in headlines[1:]} - {fold(h) for h in headlines[:1]}
    lines = text.split("\n")
    head = [line for line in lines[:6] if fold(line) not in others]
    return "\n".join((*head, *lines[6:]))


def _guessed_date(html: str, url: str | None) -> str | None:
    """The day that htmldate finds in addresses, comments and printed dates."""
    from htmldate import find_date

    try:
        return find_date(html, url=url, original_date=True)
    except (ValueError, TypeError, RecursionError, OverflowError, AttributeError) as err:
        log.info("htmldate gave up: %s: %s", type(err).__name__, err)
        return None


# ---------------------------------------------------------------- what was removed


def _captions(tree: Any) -> tuple[Removed, ...]:
    """Picture captions of the page."""
    found: dict[str, Removed] = {}
    for element in tree.iter("figcaption"):
        text = " ".join(element.text_content().split())
        if 3 <= len(text) <= 1000 and len(found) < _MAX_CAPTIONS:
            found.setdefault(text, Removed(text=text, reason="photo_caption", line=max(1, element.sourceline or 1)))
    return tuple(found.values())


def _relined(removed: tuple[Removed, ...], captions: tuple[Removed, ...], text: str, html: str) -> tuple[Removed, ...]:
    """Furniture with its lines in the page's source, as far as its first words are found there; captions left out are added."""
    pieces = [msgspec.structs.replace(r, line=_line_of(r, html)) for r in removed]
    gone = {fold(r.text) for r in removed}
    pieces.extend(c for c in captions if fold(c.text) not in gone and c.text not in text)
    return tuple(sorted(pieces, key=lambda r: r.line))


def _line_of(piece: Removed, html: str) -> int:
    at = html.find(entities.escape(piece.text[:24], quote=False))
    if at < 0:
        at = html.find(piece.text.split(" ", 1)[0])
    return html.count("\n", 0, at) + 1 if at >= 0 else 1
