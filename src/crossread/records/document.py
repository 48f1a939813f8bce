"""A report as published."""

from crossread.errors import SpanOutOfRange
from crossread.records.base import Problem, Record, Span, When, check_span
from crossread.records.sources import Source, TextSource


class Removed(Record, frozen=True, kw_only=True):
    """A piece of furniture taken out of the text; ``line`` is its 1-based line in the input."""

    text: str
    reason: str
    line: int


class Document(Record, frozen=True, kw_only=True):
    """One report as published: its own words, headline first, paragraphs parted by a blank line."""

    id: str
    text: str
    title: str | None = None
    title_span: Span | None = None
    publisher: str | None = None
    agency: str | None = None
    byline: str | None = None
    url: str | None = None
    language: str | None = None
    published: When | None = None
    source: Source = TextSource()
    raw_sha256: str | None = None
    removed: tuple[Removed, ...] = ()
    problems: tuple[Problem, ...] = ()

    def __post_init__(self) -> None:
        check_span(self.title_span, f"document {self.id}: title_span")
        if self.title_span is not None and self.title_span.end > len(self.text):
            raise SpanOutOfRange(f"document {self.id}: title_span {tuple(self.title_span)} ends after the text ({len(self.text)})")

    def _repr_html_(self) -> str:
        from crossread.export.notebook import document_html

        return document_html(self)
