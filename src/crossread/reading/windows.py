"""Windows that the encoder reads: whole paragraphs where they fit, with some words of context on both sides."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crossread.reading.segment import CLS, SEP, Position

CORE, LEFT, RIGHT = 208, 32, 16  # word pieces: a window's own, and of context before and after them
SLACK = 24  # pieces above an even share, so that an end at a paragraph does not leave a rest
ENDS = frozenset(".?!")


@dataclass(slots=True)
class Words:
    """Words of a stretch of text, numbered for the encoder."""

    pieces: list[tuple[int, ...]]
    shapes: list[int]
    quotes: list[int]
    positions: list[int]
    is_end: list[bool]
    sentence_starts: list[int] | None = None
    """Where sentences are known to start; ``None`` lets the model decide."""

    def __len__(self) -> int:
        return len(self.pieces)


@dataclass(slots=True)
class Window:
    """Words ``first`` to ``last`` are read, ``start`` to ``end`` of them count; numbers are the words' in their stretch."""

    words: Words
    first: int
    start: int
    end: int
    last: int
    n_pieces: int


def cut_windows(words: Words) -> list[Window]:
    """Windows whose counted words follow each other without gap from the first word to the last."""
    windows, i, n = [], 0, len(words)
    sizes = [len(p) for p in words.pieces]
    left = sum(sizes)
    while i < n:
        most = min(CORE, left // -(-left // CORE) + SLACK)
        total, j = 0, i
        while j < n and total + sizes[j] <= most:
            total += sizes[j]
            j += 1
        j = max(j, i + 1)
        if j < n:
            j = _good_end(words, i, j)
        left -= sum(sizes[i:j])
        windows.append(window_of(words, i, j, sizes))
        i = j
    return windows


def window_of(words: Words, start: int, end: int, sizes: Sequence[int] | None = None) -> Window:
    """The window that counts words ``start`` to ``end``, with its context."""
    sizes = sizes if sizes is not None else [len(p) for p in words.pieces]
    first, last = start, end
    budget = LEFT
    while first > 0 and sizes[first - 1] <= budget:
        first -= 1
        budget -= sizes[first]
    budget = RIGHT
    while last < len(words) and sizes[last] <= budget:
        budget -= sizes[last]
        last += 1
    return Window(words, first, start, end, last, 2 + sum(sizes[first:last]))


def _good_end(words: Words, start: int, end: int) -> int:
    """The last paragraph start in the later half, else the last sentence end or line start in the later third, else ``end``."""
    for k in range(end, start + (end - start) // 2, -1):
        if words.positions[k] == Position.PARAGRAPH:
            return k
    for k in range(end, start + (end - start) * 2 // 3, -1):
        if words.positions[k] == Position.LINE or (words.is_end[k - 1] and words.positions[k] != Position.GLUED):
            return k
    return end


def batches(windows: Sequence[Window], *, pieces: int) -> list[list[int]]:
    """Numbers of windows of like length, at most ``pieces`` padded pieces together (one window may be longer)."""
    order = sorted(range(len(windows)), key=lambda i: (windows[i].n_pieces, i))
    out: list[list[int]] = []
    for i in order:
        if out and windows[i].n_pieces * (len(out[-1]) + 1) <= pieces:
            out[-1].append(i)
        else:
            out.append([i])
    return out


def arrays(batch: Sequence[Window]) -> dict[str, NDArray[np.int64]]:
    """Inputs of the encoder for windows read together; padding is 0."""
    n_pieces = max(w.n_pieces for w in batch)
    n_words = max(w.last - w.first for w in batch)
    found = {k: np.zeros((len(batch), n_pieces), np.int64) for k in ("ids", "shapes", "quotes", "positions")}
    found |= {k: np.zeros((len(batch), n_words), np.int64) for k in ("first", "last")}
    for row, w in enumerate(batch):
        inside = slice(w.first, w.last)
        pieces = w.words.pieces[inside]
        sizes = np.fromiter(map(len, pieces), np.int64, len(pieces))
        ends = sizes.cumsum()
        total = int(ends[-1])
        found["ids"][row, 0] = CLS
        found["ids"][row, 1 : total + 1] = np.fromiter((p for word in pieces for p in word), np.int64, total)
        found["ids"][row, total + 1] = SEP
        for name in ("shapes", "quotes", "positions"):
            found[name][row, 1 : total + 1] = np.repeat(np.asarray(getattr(w.words, name)[inside], np.int64), sizes)
        found["first"][row, : len(pieces)] = ends - sizes + 1
        found["last"][row, : len(pieces)] = ends
    return found
