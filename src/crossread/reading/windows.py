"""Windows that the encoder reads: whole paragraphs where they fit, with some words of context on both sides."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, chain

import numpy as np
from numpy.typing import NDArray

from crossread.reading.segment import CLS, SEP, Position

CORE = 168
"""Most word pieces that a window counts; the treebanks were learnt in windows of 160, and attention costs more in longer ones."""
LEFT, RIGHT = 32, 16
"""Most word pieces of context before a window and after it."""
MOST_PIECES = 256
"""Word pieces of the longest sentence, which is read in a window of its own if need be."""
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
    behind_slugs: tuple[int, ...] = ()
    """Words before which a slug ends ("KENYA: Six held"), which is no part of the headline behind it."""

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
    """Windows whose counted words follow each other without gap from the first word to the last: as few as can be, of like size."""
    sizes = [len(p) for p in words.pieces]
    before = [0, *accumulate(sizes)]
    windows, i, n = [], 0, len(words)
    while i < n:
        left = before[n] - before[i]
        n_windows = -(-left // CORE)
        j = n if n_windows == 1 or i == n - 1 else _good_end(words, before, i, left, n_windows)
        windows.append(window_of(words, i, j, sizes))
        i = j
    return windows


def _good_end(words: Words, before: list[int], start: int, left: int, n_windows: int) -> int:
    """The end of the first of ``n_windows`` windows over the ``left`` pieces from ``start``: the paragraph start nearest to an even share
    that leaves the others enough room, else the nearest sentence end or line start, else the even share."""
    share = before[start] + left / n_windows
    least = max(left - (n_windows - 1) * CORE, CORE // 3)
    highest = max(start + 1, bisect_right(before, before[start] + CORE) - 1)
    lowest = min(max(start + 1, bisect_left(before, before[start] + least)), highest)
    ends = sorted(range(lowest, highest + 1), key=lambda k: abs(before[k] - share))
    for k in ends:
        if words.positions[k] == Position.PARAGRAPH:
            return k
    for k in ends:
        if _parts(words, k):
            return k
    return ends[0]


def window_of(words: Words, start: int, end: int, sizes: Sequence[int] | None = None) -> Window:
    """The window that counts words ``start`` to ``end``, with its context: back to the first sentence that begins within reach, forth to the
    end of the next sentence; some words of a longer one."""
    sizes = sizes if sizes is not None else [len(p) for p in words.pieces]
    first = reach = start
    budget = LEFT
    while reach > 0 and sizes[reach - 1] <= budget:
        reach -= 1
        budget -= sizes[reach]
        if _parts(words, reach):
            first = reach
    last, budget = end, RIGHT
    while last < len(words) and sizes[last] <= budget and (last == end or not _parts(words, last)):
        budget -= sizes[last]
        last += 1
    first = first if first < start else reach
    return Window(words, first, start, end, last, 2 + sum(sizes[first:last]))


def _parts(words: Words, k: int) -> bool:
    """Whether a line or, to all appearances, a sentence begins with word ``k``."""
    return k == 0 or words.positions[k] >= Position.LINE or (words.is_end[k - 1] and words.positions[k] != Position.GLUED)


def arrays(window: Window) -> dict[str, NDArray[np.int64]]:
    """Inputs of the encoder for one window, each (1, pieces) or, for the places of the words, (1, words)."""
    inside = slice(window.first, window.last)
    pieces = window.words.pieces[inside]
    sizes = np.fromiter(map(len, pieces), np.int64, len(pieces))
    ends = sizes.cumsum()
    total = int(ends[-1])
    ids = np.empty(total + 2, np.int64)
    ids[0], ids[-1] = CLS, SEP
    ids[1:-1] = np.fromiter(chain.from_iterable(pieces), np.int64, total)
    found = {"ids": ids[None], "first": (ends - sizes + 1)[None], "last": ends[None]}
    for name in ("shapes", "quotes", "positions"):
        found[name] = np.zeros((1, total + 2), np.int64)
        found[name][0, 1:-1] = np.repeat(np.asarray(getattr(window.words, name)[inside], np.int64), sizes)
    return found
