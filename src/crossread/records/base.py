"""What every record is made of: its base, spans of text, dates, places and problems."""

import re
from typing import NamedTuple

import msgspec

from crossread.errors import RecordError, SpanOutOfRange
from crossread.vocabulary import Basis, Precision

SCHEMA_VERSION = 1

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_COUNTRY = re.compile(r"[A-Z]{3}")


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """Base of all records: frozen, keyword-only, compared by value."""


class Span(NamedTuple):
    """Half-open ``[start, end)`` code-point offsets into a document's text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words that the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: "Span") -> bool:
        """Whether the two spans share a character."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: "Span") -> bool:
        """Whether the other span lies inside this one."""
        return self.start <= other.start and other.end <= self.end


Spans = tuple[Span, ...]


def check_span(span: Span | None, where: str) -> None:
    """Raise `SpanOutOfRange`, naming ``where``, if a span is empty, negative or runs backwards."""
    if span is not None and not 0 <= span.start < span.end:
        raise SpanOutOfRange(f"{where}: span {tuple(span)} is empty or runs backwards; start must be >= 0 and below end")


def check_order(low: float | None, best: float | None, high: float | None, where: str) -> None:
    """Raise `RecordError` if the known ones of three bounds decrease."""
    values = [v for v in (low, best, high) if v is not None]
    if values != sorted(values):
        raise RecordError(f"{where}: low, best and high must not decrease, got {low}, {best}, {high}")


def check_country(country: str | None, where: str) -> None:
    """Raise `RecordError` unless a country is ``None`` or three capital letters."""
    if country is not None and not _COUNTRY.fullmatch(country):
        raise RecordError(f"{where}: country {country!r} is not an ISO 3166 alpha-3 code such as 'FRA'")


class Problem(Record, frozen=True, kw_only=True):
    """A fault of one document that leaves the rest readable.

    ``code`` is stable and documented in docs/reference/problems.md; ``severity`` is ``error`` when something was lost, else ``warning``.
    """

    step: str
    code: str
    message: str
    severity: str = "warning"
    doc_id: str | None = None
    span: Span | None = None


class When(Record, frozen=True, kw_only=True):
    """A date interval: ISO dates, both included, ``None`` = open."""

    text: str | None = None
    span: Span | None = None
    start: str | None = None
    end: str | None = None
    precision: Precision = Precision.UNKNOWN
    basis: Basis = Basis.STATED

    def __post_init__(self) -> None:
        for day in (self.start, self.end):
            if day is not None and not _DATE.fullmatch(day):
                raise RecordError(f"when: {day!r} is not an ISO date (YYYY-MM-DD)")
        if self.start is not None and self.end is not None and self.start > self.end:
            raise RecordError(f"when: {self.start} lies after {self.end}")


class Place(Record, frozen=True, kw_only=True):
    """A place as the text names it, and where it lies as far as that is known.

    ``within`` runs from the next larger place outward; ``precision_km`` is the radius in which the place surely lies.
    """

    text: str
    span: Span | None = None
    name: str | None = None
    within: tuple[str, ...] = ()
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision_km: float | None = None

    def __post_init__(self) -> None:
        check_country(self.country, f"place {self.text!r}")
