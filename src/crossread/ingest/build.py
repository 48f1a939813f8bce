"""Text and what is known about it -> Document."""

import hashlib
from dataclasses import dataclass
from typing import Any

import msgspec

from crossread.ingest.clean import Cleaned, clean
from crossread.ingest.credits import agency_in_text, agency_name, publisher_of_url
from crossread.ingest.dates import find_dates, parse_published, published_on
from crossread.ingest.decode import normalise
from crossread.ingest.language import detect_language
from crossread.ingest.repeats import fold
from crossread.records import Document, Problem, Source, Span, TextSource, When
from crossread.vocabulary import Basis


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the input says about a report beside its text; ``None`` where it says nothing."""

    id: str | None = None
    title: str | None = None
    publisher: str | None = None
    published: Any = None
    url: str | None = None
    byline: str | None = None
    language: str | None = None


MAX_TEXT = 1_000_000
MAX_LINES = 20_000
"""Bounds of a report's text; a novel has fewer code points and a parliament's record fewer lines."""
NOTHING_KNOWN = Known()
PASTED = TextSource()


NO_TEXT = "no text of a report was found in this input; open it to see what it holds, and give the report itself"


def digest(*parts: str) -> str:
    """Sixteen hexadecimal digits of the SHA-256 of the parts."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def build_document(
    text: str,
    *,
    known: Known = NOTHING_KNOWN,
    source: Source = PASTED,
    raw_sha256: str | None = None,
    as_is: bool = False,
    extracted: bool = False,
    problems: tuple[Problem, ...] = (),
) -> Document:
    """A document of one report's text.

    Args:
        text: As it stands in the input.
        known: What is known beside the text.
        source: Where it came from.
        raw_sha256: Digest of the original bytes.
        as_is: Leave the text untouched; ``title_span`` is set only if the text begins with the headline.
        extracted: The text was taken out of a page's markup.
        problems: Faults met on the way.
    """
    if as_is:
        return _as_is(text, known, source, raw_sha256, problems)
    kept = _cut(text)
    if len(kept) < len(text):
        problems = (*problems, _cut_problem(text, kept))
    tidy = normalise(kept)
    cleaned = clean(tidy.text, title=_line(known.title), extracted=extracted)
    body, title_span = _assemble(cleaned)
    publisher = known.publisher or cleaned.publisher or publisher_of_url(known.url)
    agency = cleaned.agency or (agency_name(publisher) if publisher else None) or agency_in_text(body)
    return _finish(
        Document(
            id=known.id or digest(body),
            text=body,
            title=cleaned.title,
            title_span=title_span,
            publisher=publisher,
            agency=agency,
            byline=known.byline or cleaned.byline,
            url=known.url,
            published=_published(known, cleaned),
            source=source,
            raw_sha256=raw_sha256,
            removed=tuple(cleaned.removed),
            problems=(*problems, *tidy.problems),
        ),
        known,
    )


def _cut(text: str) -> str:
    """The text up to its first `MAX_LINES` lines and `MAX_TEXT` code points."""
    at = 0
    for _ in range(MAX_LINES):
        end = text.find("\n", at)
        if end < 0:
            return text[:MAX_TEXT]
        if end > MAX_TEXT:
            return text[: at if at > MAX_TEXT - 10_000 else MAX_TEXT]
        at = end + 1
    return text[:at]


def _cut_problem(text: str, kept: str) -> Problem:
    message = f"{len(text)} characters, more than any single report; what stands after the first {len(kept)} was left out"
    return Problem(step="ingest", code="document.cut", severity="error", message=message)


def failed_document(
    reason: Problem, *, source: Source, raw_sha256: str | None = None, known: Known = NOTHING_KNOWN, where: str = ""
) -> Document:
    """An empty document that carries why its input could not be read."""
    name = known.id or digest("failed", reason.code, raw_sha256 or "", where)
    return Document(
        id=name, text="", title=known.title, url=known.url, source=source, raw_sha256=raw_sha256, problems=(_about(reason, name),)
    )


def _about(problem: Problem, name: str) -> Problem:
    return msgspec.structs.replace(problem, doc_id=name)


def _line(text: str | None) -> str | None:
    words = " ".join(text.split()) if text else ""
    return words or None


def _assemble(cleaned: Cleaned) -> tuple[str, Span | None]:
    """The text with the headline first, and where the headline stands."""
    paragraphs = [p.text for p in cleaned.paragraphs]
    if cleaned.title is None:
        return "\n\n".join(paragraphs), None
    if paragraphs and fold(paragraphs[0]) == fold(cleaned.title):
        paragraphs[0] = cleaned.title
    else:
        paragraphs.insert(0, cleaned.title)
    return "\n\n".join(paragraphs), Span(0, len(cleaned.title))


def _published(known: Known, cleaned: Cleaned) -> When | None:
    """Metadata first, then the date line in the text; what a line calls an update counts only where nothing else does."""
    if isinstance(known.published, When):
        return known.published
    stated = parse_published(known.published)
    if stated is not None:
        return stated
    dates = sorted((d for d in cleaned.dates if d.day), key=lambda d: d.is_update)
    if not dates and cleaned.dateline is not None and cleaned.dateline.day is not None:
        dates = find_dates(cleaned.dateline.day)
    return published_on(dates[0].day, dates[0].text, Basis.STATED) if dates else None


def _as_is(text: str, known: Known, source: Source, raw_sha256: str | None, problems: tuple[Problem, ...]) -> Document:
    title = known.title
    publisher = known.publisher or publisher_of_url(known.url)
    return _finish(
        Document(
            id=known.id or digest(text),
            text=text,
            title=title,
            title_span=Span(0, len(title)) if title and text.startswith(title) else None,
            publisher=publisher,
            byline=known.byline,
            url=known.url,
            published=known.published if isinstance(known.published, When) else parse_published(known.published),
            source=source,
            raw_sha256=raw_sha256,
            problems=problems,
        ),
        known,
    )


def _finish(document: Document, known: Known) -> Document:
    """Language and the faults that follow from it; every problem names the document."""
    language = known.language or detect_language(document.text)
    problems = list(document.problems)
    if not document.text.strip():
        problems.append(Problem(step="ingest", code="document.empty", severity="error", message=NO_TEXT))
    elif language not in (None, "en"):
        message = f"the language is {language!r}; only English is read: leave it out, or give a translation"
        problems.append(Problem(step="ingest", code="language.not_read", severity="error", message=message))
    if known.published is not None and document.published is None:
        message = f"the publication date {str(known.published)[:60]!r} could not be read; write it as YYYY-MM-DD"
        problems.append(Problem(step="ingest", code="date.unreadable", message=message))
    return msgspec.structs.replace(document, language=language, problems=tuple(_about(p, document.id) for p in problems))
