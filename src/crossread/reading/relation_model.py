"""The relation model: PLOVER types of what a marked actor does to a marked recipient, by a second small encoder."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from crossread.models.load import read_meta
from crossread.reading.encoder import load_segmenter, open_session, piece_vectors
from crossread.reading.segment import CLS, SEP, Position, Segmenter, quote_states
from crossread.reading.tokenize import blank_pipeline
from crossread.vocabulary import EventType

MARKS = {"actor": (1, 2), "recipient": (3, 4)}
"""Pieces put before and after the marked words; the base vocabulary leaves these numbers unused."""
MOST_PIECES = 256
BATCH_PIECES = 320  # sentences read at once stay in a core's own cache
Span = Sequence[int]


@dataclass(slots=True)
class Marked:
    """One sentence with marks: piece numbers, features and role (0 none, 1 actor, 2 recipient) of each piece, places of the marks."""

    ids: list[int]
    shapes: list[int]
    quotes: list[int]
    positions: list[int]
    roles: list[int]
    places: tuple[int, int]


def positions_of(text: str, spans: Sequence[tuple[int, int]]) -> list[int]:
    """Line position of words by their offsets, as the language model sees them."""
    found, previous = [], 0
    for i, (start, end) in enumerate(spans):
        breaks = text.count("\n", previous, start)
        spaced = start > previous
        position = (
            Position.PARAGRAPH
            if i == 0 or breaks > 1
            else Position.LINE
            if breaks
            else Position.SPACED
            if spaced
            else Position.GLUED
        )
        found.append(int(position))
        previous = end
    return found


def mark(
    segmenter: Segmenter,
    words: Sequence[str],
    positions: Sequence[int],
    actor: tuple[int, int] | None,
    recipient: tuple[int, int] | None,
) -> Marked:
    """Number one sentence; ``actor`` and ``recipient`` are ranges of words."""
    first, last = _kept(segmenter.pieces(words), actor, recipient)
    pieces, shapes, quotes = segmenter.pieces(words), segmenter.shapes(words), quote_states(words, positions)
    out = Marked([CLS], [0], [0], [0], [0], (0, 0))
    places = {"actor": 0, "recipient": 0}
    spans = {"actor": actor, "recipient": recipient}

    def put(ids: Sequence[int], features: tuple[int, int, int], role: int) -> None:
        out.ids.extend(ids)
        for values, value in zip((out.shapes, out.quotes, out.positions), features, strict=True):
            values.extend([value] * len(ids))
        out.roles.extend([role] * len(ids))

    for i in range(first, last):
        role = 0
        for number, (name, span) in enumerate(spans.items(), start=1):
            if span is not None and span[0] == i:
                places[name] = len(out.ids)
                put(MARKS[name][:1], (0, 0, 0), number)
            if span is not None and span[0] <= i < span[1]:
                role = number
        put(pieces[i], (shapes[i], quotes[i], positions[i]), role)
        for number, (name, span) in enumerate(spans.items(), start=1):
            if span is not None and span[1] == i + 1:
                put(MARKS[name][1:], (0, 0, 0), number)
    put([SEP], (0, 0, 0), 0)
    out.places = (places["actor"], places["recipient"])
    return out


def _kept(pieces: Sequence[Sequence[int]], *spans: tuple[int, int] | None) -> tuple[int, int]:
    """The words that fit, around the marked ones."""
    sizes = [len(p) for p in pieces]
    if sum(sizes) <= MOST_PIECES:
        return 0, len(sizes)
    given = [s for s in spans if s is not None]
    first = min((s for s, _ in given), default=0)
    last, total = first, 0
    while last < len(sizes) and total + sizes[last] <= MOST_PIECES:
        total += sizes[last]
        last += 1
    while first > 0 and total + sizes[first - 1] <= MOST_PIECES:
        first -= 1
        total += sizes[first]
    return first, last


def stacked(batch: Sequence[Marked]) -> dict[str, NDArray[np.int64]]:
    """Inputs of the model for sentences read together; padding is 0."""
    length = max(len(m.ids) for m in batch)
    names = ("ids", "shapes", "quotes", "positions", "roles")
    found = {k: np.zeros((len(batch), length), np.int64) for k in names}
    for row, marked in enumerate(batch):
        for name in names:
            values = getattr(marked, name)
            found[name][row, : len(values)] = values
    found["places"] = np.asarray([m.places for m in batch], np.int64)
    return found


def _batches(order: Sequence[int], sizes: Sequence[int]) -> Iterator[list[int]]:
    """Numbers of sentences, shortest first, in batches of at most `BATCH_PIECES` padded pieces."""
    batch: list[int] = []
    for i in order:
        if batch and sizes[i] * (len(batch) + 1) > BATCH_PIECES:
            yield batch
            batch = []
        batch.append(i)
    if batch:
        yield batch


def word_range(spans: Sequence[tuple[int, int]], span: Span | None) -> tuple[int, int] | None:
    """The words that share a character with the span."""
    if span is None:
        return None
    inside = [i for i, (s, e) in enumerate(spans) if s < span[1] and e > span[0]]
    return (inside[0], inside[-1] + 1) if inside else None


class RelationModel:
    """Ranks types for sentences with marked actor and recipient."""

    def __init__(self, folder: Path | None = None, *, threads: int = 1) -> None:
        self._labels = [EventType(v) for v in read_meta(folder)["labels"]["relations"]]
        self._segmenter = load_segmenter(folder)
        self._vectors = piece_vectors(folder)
        self._session = open_session("relation.onnx", folder, threads=threads)

    def probabilities(
        self, texts: Sequence[str], actor_spans: Sequence[Span | None], recipient_spans: Sequence[Span | None]
    ) -> NDArray[np.float32]:
        """(n_texts, n_types) float32, rows sum to 1; columns follow `types`.  Spans are ``[start, end)`` in each text."""
        marked = [self._mark(*row) for row in zip(texts, actor_spans, recipient_spans, strict=True)]
        out = np.zeros((len(marked), len(self._labels)), np.float32)
        order = sorted(range(len(marked)), key=lambda i: (len(marked[i].ids), i))
        for chosen in _batches(order, [len(m.ids) for m in marked]):
            inputs = stacked([marked[i] for i in chosen])
            out[chosen] = self._session.run(["types"], {"pieces": self._vectors(inputs["ids"]), **inputs})[0]
        return out

    @property
    def types(self) -> tuple[EventType, ...]:
        """Types in the order of the columns."""
        return tuple(self._labels)

    def rank(
        self, texts: Sequence[str], actor_spans: Sequence[Span | None], recipient_spans: Sequence[Span | None]
    ) -> list[list[tuple[EventType, float]]]:
        """All types with probabilities, best first, for each sentence; ``None`` where actor or recipient is not named."""
        table = self.probabilities(texts, actor_spans, recipient_spans)
        return [
            sorted(zip(self._labels, map(float, row), strict=True), key=lambda item: (-item[1], item[0].value)) for row in table
        ]

    def _mark(self, text: str, actor: Span | None, recipient: Span | None) -> Marked:
        tokens: list[Any] = [t for t in blank_pipeline().tokenizer(text) if not t.is_space]
        spans = [(t.idx, t.idx + len(t)) for t in tokens]
        words = [t.text for t in tokens]
        return mark(self._segmenter, words, positions_of(text, spans), word_range(spans, actor), word_range(spans, recipient))


@cache
def load_relation_model(folder: Path | None = None, *, threads: int = 1) -> RelationModel:
    """The shipped relation model, opened once.

    Raises:
        ModelMissing: If its weights are not there.
        ModelMismatch: If they are damaged.
    """
    return RelationModel(folder, threads=threads)
