"""A document's text cut at the edges of everything found in it, so that each piece carries the names of all that covers it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from crossread.records import Reading, Span

LAYERS = ("statement", "source", "cue", "event", "figure", "name", "time", "place", "copied")
"""Kinds of marks, in the order of the legend."""

LAYER_WORDS = {
    "statement": "what is said",
    "source": "who says it",
    "cue": "saying words",
    "event": "events",
    "figure": "figures",
    "name": "names",
    "time": "times",
    "place": "places",
    "copied": "shared with other reports",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """Words with the layers that cover them; ``at`` says that the asked-for span covers them."""

    text: str
    layers: tuple[str, ...]
    at: bool


@dataclass(frozen=True, slots=True)
class SentencePieces:
    """A sentence of the page: its number (``None`` for text between sentences), where it begins in the document, and its pieces."""

    number: int | None
    start: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; ``is_title`` for the headline."""

    is_title: bool
    sentences: tuple[SentencePieces, ...]


def marks_of(reading: Reading, shared: Iterable[Span] = ()) -> list[tuple[Span, str]]:
    """Everything found in a document as (span, layer)."""
    marks: list[tuple[Span, str]] = [(m.span, "name") for m in reading.mentions]
    for a in reading.attributions:
        marks.extend((s, "source") for s in a.source)
        marks.extend((s, "cue") for s in a.cue)
        marks.extend((s, "statement") for s in a.content)
    for e in reading.events:
        marks.extend((s, "event") for s in e.anchor)
        marks.extend((e.when.span, "time") for _ in (1,) if e.when and e.when.span)
        marks.extend((e.place.span, "place") for _ in (1,) if e.place and e.place.span)
    for f in reading.figures:
        marks.append((f.span, "figure"))
        marks.extend((f.when.span, "time") for _ in (1,) if f.when and f.when.span)
        marks.extend((f.place.span, "place") for _ in (1,) if f.place and f.place.span)
    marks.extend((s, "copied") for s in shared)
    return marks


def paragraphs(reading: Reading, marks: Sequence[tuple[Span, str]], *, at: Span | None = None) -> tuple[Paragraph, ...]:
    """The document's text as paragraphs of sentences of pieces; no character is lost or doubled but white space between sentences."""
    text, title = reading.document.text, reading.document.title_span
    cuts = _cuts(marks, at)
    found: list[Paragraph] = []
    current: list[SentencePieces] = []
    position = 0
    is_title = False
    for number, span in enumerate(reading.sentences):
        gap = text[position : span.start]
        if gap.strip():
            current.append(SentencePieces(None, position, _pieces(text, Span(position, span.start), marks, cuts, at)))
        if "\n\n" in gap.replace("\r", "") and current:
            found.append(Paragraph(is_title, tuple(current)))
            current = []
        if not current:
            is_title = title is not None and title.overlaps(span)
        current.append(SentencePieces(number, span.start, _pieces(text, span, marks, cuts, at)))
        position = max(position, span.end)
    if text[position:].strip():
        current.append(SentencePieces(None, position, _pieces(text, Span(position, len(text)), marks, cuts, at)))
    if current:
        found.append(Paragraph(is_title, tuple(current)))
    return tuple(found)


def _cuts(marks: Sequence[tuple[Span, str]], at: Span | None) -> list[int]:
    edges = {edge for span, _ in marks for edge in span}
    return sorted(edges | (set(at) if at else set()))


def _pieces(text: str, span: Span, marks: Sequence[tuple[Span, str]], cuts: Sequence[int], at: Span | None) -> tuple[Piece, ...]:
    edges = [span.start, *(c for c in cuts if span.start < c < span.end), span.end]
    here = [(s, layer) for s, layer in marks if s.overlaps(span)]
    pieces = []
    for start, end in pairwise(edges):
        part = Span(start, end)
        layers = {layer for s, layer in here if s.covers(part)}
        is_at = at is not None and at.covers(part)
        pieces.append(Piece(text[start:end], tuple(x for x in LAYERS if x in layers), is_at))
    return tuple(pieces)
