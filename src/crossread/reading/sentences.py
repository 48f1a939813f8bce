"""Sentence starts from boundary scores."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from crossread.codebook.actors import names
from crossread.reading.segment import Position, Shape
from crossread.reading.windows import Words

LONGEST = 300  # words of one sentence; longer ones are cut at their likeliest place, so that a tree stays a tree of bounded size
LEFT_OPEN = 6.0
"""Added to the score of a start after a plain full stop: inside quotation marks the model leaves one in twelve sentences uncut."""
_CAPITAL = (Shape.TITLE, Shape.UPPER, Shape.INITIAL)


def after_full_stops(words: Words) -> NDArray[np.bool_]:
    """Which words stand, with a capital, after a full stop that ends no abbreviation: the word before it is in lower case, or a number."""
    shapes, ends = np.asarray(words.shapes), np.asarray(words.is_end, bool)
    found: NDArray[np.bool_] = np.isin(shapes, _CAPITAL) & (np.asarray(words.positions) == Position.SPACED)
    found[1:] &= ends[:-1]
    found[2:] &= np.isin(shapes[:-2], (Shape.LOWER, Shape.DIGITS))
    found[:2] = False
    return found


def behind_slugs(words: Sequence[str], positions: Sequence[int]) -> list[int]:
    """Numbers of the words behind a slug: the name of a state in capitals that opens a line, and a colon ("KENYA: Six held in raid")."""
    found = []
    for colon in (k for k, word in enumerate(words[:-1]) if word == ":" and k):
        first = next(
            (k for k in range(colon - 1, max(-1, colon - 1 - _LONGEST_SLUG), -1) if k == 0 or positions[k] >= Position.LINE), None
        )
        slug = words[first:colon] if first is not None else []
        capitals = bool(slug) and all(w.isupper() and w.isalpha() for w in slug) and len("".join(slug)) >= _LEAST_SLUG
        if capitals and positions[colon + 1] < Position.LINE and not words[colon + 1].islower() and _is_state(" ".join(slug)):
            found.append(colon + 1)
    return found


def _is_state(name: str) -> bool:
    known = names().get(name.title())
    return known is not None and known.kind == "state"


_LONGEST_SLUG, _LEAST_SLUG = 4, 3
"""Words of a slug at most, and letters at least."""


def sentence_spans(
    boundary: NDArray[np.float32], positions: Sequence[int], sizes: Sequence[int], *, most_pieces: int
) -> list[tuple[int, int]]:
    """(start, end) of each sentence: where the score is above 0, and always at a blank line."""
    n = len(boundary)
    starts = (boundary > 0) | (np.asarray(positions) == Position.PARAGRAPH)
    if n:
        starts[0] = True
    edges = [*np.flatnonzero(starts).tolist(), n]
    spans: list[tuple[int, int]] = []
    totals = np.concatenate(([0], np.cumsum(np.asarray(sizes, np.int64))))
    for s, e in pairwise(edges):
        spans += _cut(boundary, totals, s, e, most_pieces)
    return spans


def _cut(boundary: NDArray[np.float32], totals: NDArray[np.int64], start: int, end: int, most_pieces: int) -> list[tuple[int, int]]:
    spans = []
    while end - start > LONGEST or totals[end] - totals[start] > most_pieces:
        limit = min(start + LONGEST, int(np.searchsorted(totals, totals[start] + most_pieces, side="right")) - 1)
        limit = max(limit, start + 1)
        low = start + max(1, (limit - start) // 2)
        at = low + int(boundary[low : limit + 1].argmax()) if limit > low else limit
        spans.append((start, at))
        start = at
    spans.append((start, end))
    return spans
