"""When two arrivals are the same report: the same words, in the same outlet."""

import hashlib
from collections.abc import Mapping
from typing import TypeVar

from crossread.jsonlines import encode
from crossread.records import Document

T = TypeVar("T")


def words_key(document: Document) -> str:
    """SHA-256 of a document's words; of its id where there are none, so that two inputs without words stay two."""
    words = " ".join(document.text.split()) or f"\x00{document.id}"
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


def content_key(document: Document) -> str:
    """SHA-256 of a document's words and outlet: what makes two arrivals the same report.

    One text in two outlets is two documents, as everywhere in crossread; an arrival whose outlet is not known belongs to the one that is.
    """
    outlet = outlet_of(document.publisher)
    return words_key(document) if outlet is None else hashlib.sha256(f"{words_key(document)}\x1f{outlet}".encode()).hexdigest()


def outlet_of(publisher: str | None) -> str | None:
    """A publisher's name as it is compared."""
    return " ".join(publisher.casefold().split()) or None if publisher else None


def same_report(known: Mapping[str | None, T], outlet: str | None) -> tuple[str | None, T] | None:
    """Of the reports with the same words, by outlet, the one that an arrival belongs to: of its own outlet; where its own or the other's
    is not known, the first there is."""
    if outlet in known:
        return outlet, known[outlet]
    if outlet is None and known:
        first = min(known, key=str)
        return first, known[first]
    return (None, known[None]) if None in known else None


def rank(document: Document) -> tuple[str, bytes]:
    """Of several arrivals of one report, the one that sorts first gives the record."""
    return document.raw_sha256 or "", encode(document)
