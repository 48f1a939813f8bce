"""Web pages to documents."""

from crossread.ingest.build import Known, build_document
from crossread.records import Document, Problem, Source


def html_document(
    html: str, *, known: Known, source: Source, raw_sha256: str | None = None, problems: tuple[Problem, ...] = ()
) -> Document:
    """The report that a page carries."""
    from trafilatura import extract

    text = extract(html, include_comments=False) or ""
    return build_document(text, known=known, source=source, raw_sha256=raw_sha256, problems=problems)
