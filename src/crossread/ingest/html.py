"""Web pages to documents, through one function.

The main text is trafilatura's; resiliparse gives a second opinion where that is short, and a simple stripper is the last resort,
which is flagged.  What the page says about itself (headline, outlet, byline, time) comes from `crossread.ingest.page`.  Markup is
parsed in a killable child (`crossread.ingest.isolate`).
"""

import html as entities
import re
from bisect import bisect_right
from collections.abc import Iterator

import msgspec

from crossread.ingest.build import Known, build_document
from crossread.ingest.extract import Extracted, stripped
from crossread.ingest.furniture import Zone, furniture
from crossread.ingest.isolate import ParserGaveUp, run_isolated
from crossread.ingest.page import Page
from crossread.ingest.repeats import fold
from crossread.ingest.strip import NEVER_SHOWN, strip_tags
from crossread.records import Document, Problem, Removed, Source

MAX_TAGS = 60_000
MAX_PAGE = 10_000_000
"""Tags and characters up to which a page goes to the extractors; of 142 real news pages none has a sixth of that."""


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
    found = _extracted(html, known.url)
    page = found.page
    document = build_document(
        _without_headlines(found.text, page.headlines),
        known=Known(
            id=known.id,
            title=known.title or page.title,
            publisher=known.publisher or page.site,
            published=known.published or page.published or found.guessed_date,
            url=known.url or page.url,
            byline=known.byline or page.byline,
        ),
        source=source,
        raw_sha256=raw_sha256,
        extracted=True,
        problems=(*problems, *found.problems),
    )
    return msgspec.structs.replace(document, removed=_all_removed(document, found.captions, html))


def _extracted(html: str, url: str | None) -> Extracted:
    n_tags = html.count("<")
    if n_tags > MAX_TAGS or len(html) > MAX_PAGE:
        text, problems = stripped(
            html, f"{len(html)} characters and {n_tags} tags, more than the extractors can take in their time"
        )
        return Extracted(text=text, page=Page(), problems=problems)
    try:
        return run_isolated("page", [html, url], Extracted)
    except ParserGaveUp as err:
        text, problems = stripped(html, str(err))
        return Extracted(text=text, page=Page(), problems=problems)


def _without_headlines(text: str, headlines: tuple[str, ...]) -> str:
    """The text without the headline in its other forms; the form chosen as title is left to `crossread.ingest.clean`."""
    others = {fold(h) for h in headlines[1:]} - {fold(h) for h in headlines[:1]}
    lines = text.split("\n")
    head = [line for line in lines[:6] if fold(line) not in others]
    return "\n".join((*head, *lines[6:]))


# ---------------------------------------------------------------- what was removed

_MAX_PIECES = 500
_LONGEST_SEARCHED = 2_000_000


def _all_removed(document: Document, captions: tuple[Removed, ...], html: str) -> tuple[Removed, ...]:
    """Furniture of the text, captions, and the page's other visible lines, each with its line in the page's source."""
    pieces = [*document.removed]
    known = {fold(p.text) for p in pieces}
    pieces.extend(c for c in captions if fold(c.text) not in known and c.text not in document.text)
    known.update(fold(c.text) for c in captions)
    whole = f" {fold(document.text)} "
    is_stripped = any(p.code == "html.stripped" for p in document.problems)
    for line in () if is_stripped else strip_tags(html, hidden=NEVER_SHOWN).split("\n"):
        if len(pieces) >= _MAX_PIECES:
            break
        words = fold(line)
        if words and words not in known and f" {words} " not in whole:
            known.add(words)
            pieces.append(Removed(text=line, reason=furniture().reason(line, Zone.AFTER) or "outside_main_text", line=1))
    return tuple(sorted(_relined(pieces, html), key=lambda r: r.line))


def _relined(pieces: list[Removed], html: str) -> Iterator[Removed]:
    """The pieces with the line of the page's source on which their first words stand; 1 where they are not found as they are."""
    if len(html) > _LONGEST_SEARCHED:
        yield from pieces
        return
    starts = [0, *(m.end() for m in re.finditer("\n", html))]
    for piece in pieces:
        at = html.find(entities.escape(piece.text[:24], quote=False))
        if at < 0:
            at = html.find(piece.text.split(" ", 1)[0])
        yield msgspec.structs.replace(piece, line=bisect_right(starts, max(at, 0)))
