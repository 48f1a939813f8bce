"""Web pages to documents, through one function.

The main text is trafilatura's; resiliparse gives a second opinion where that is short, and a simple stripper is the last resort,
which is flagged.  What the page says about itself (headline, outlet, byline, time) comes from `crossread.ingest.page`.  Markup is
parsed in a killable child (`crossread.ingest.isolate`).
"""

import html as entities

import msgspec

from crossread.ingest.build import Known, build_document
from crossread.ingest.extract import Extracted, stripped
from crossread.ingest.isolate import ParserGaveUp, run_isolated
from crossread.ingest.page import Page
from crossread.ingest.repeats import fold
from crossread.records import Document, Problem, Removed, Source

MAX_TAGS = 60_000
"""Tags up to which a page goes to the extractors; the largest of 142 real news pages has a tenth of that."""


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
    return msgspec.structs.replace(document, removed=_relined(document.removed, found.captions, document.text, html))


def _extracted(html: str, url: str | None) -> Extracted:
    n_tags = html.count("<")
    if n_tags > MAX_TAGS:
        text, problems = stripped(html, f"{n_tags} tags, more than the extractors can take in their time")
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


def _relined(removed: tuple[Removed, ...], captions: tuple[Removed, ...], text: str, html: str) -> tuple[Removed, ...]:
    """Furniture with its lines in the page's source, as far as its first words are found there; captions left out are added."""
    pieces = [msgspec.structs.replace(r, line=_line_of(r, html)) for r in removed[:_MAX_RELINED]]
    gone = {fold(r.text) for r in removed}
    pieces.extend(c for c in captions if fold(c.text) not in gone and c.text not in text)
    return (*sorted(pieces, key=lambda r: r.line), *removed[_MAX_RELINED:])


_MAX_RELINED = 200


def _line_of(piece: Removed, html: str) -> int:
    at = html.find(entities.escape(piece.text[:24], quote=False))
    if at < 0:
        at = html.find(piece.text.split(" ", 1)[0])
    return html.count("\n", 0, at) + 1 if at >= 0 else 1
