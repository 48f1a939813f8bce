"""Documents cut into windows of numbered pieces with labels, and windows put together into batches."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from crossread.reading.segment import CLS, SEP, IntArray, Position, Segmenter, Shape, quote_states

IGNORE = -100


@dataclass(slots=True)
class Encoded:
    """One document: pieces and features per word, and numbered labels per word."""

    id: str
    pieces: list[tuple[int, ...]]
    shapes: list[int]
    quotes: list[int]
    positions: list[int]
    labels: dict[str, list[int]]
    sentence_starts: list[int]
    vectors: Any = None  # (n_sentences, 384) of the teacher, or None

    def __len__(self) -> int:
        return len(self.pieces)


def encode(
    segmenter: Segmenter, name: str, words: list[str], positions: list[int], labels: dict[str, list[int]], starts: list[int]
) -> Encoded:
    """Number one document."""
    pieces = segmenter.pieces(words)
    return Encoded(name, pieces, segmenter.shapes(words), quote_states(words, positions), list(positions), labels, starts)


@dataclass(slots=True)
class Window:
    """Words ``start`` to ``end`` of a document."""

    document: Encoded
    start: int
    end: int
    n_pieces: int


def cut(document: Encoded, *, size: int, rng: random.Random, whole_sentences: bool) -> list[Window]:
    """Windows of at most ``size`` pieces that cover the document; the first one has a random length so that edges differ by epoch."""
    windows = []
    starts = set(document.sentence_starts)
    i, n = 0, len(document)
    limit = rng.randint(size // 4, size) if n > size // 2 else size
    while i < n:
        total, j = 2, i
        while j < n and total + len(document.pieces[j]) <= limit:
            total += len(document.pieces[j])
            j += 1
        j = max(j, i + 1)
        if whole_sentences and j < n:
            k = j
            while k > i and k not in starts:
                k -= 1
            j = k if k > i else j
        total = 2 + sum(len(p) for p in document.pieces[i:j])
        windows.append(Window(document, i, j, total))
        i, limit = j, size
    return windows


def batches(windows: list[Window], *, pieces: int, rng: random.Random) -> list[list[Window]]:
    """Windows of like length together, at most ``pieces`` padded pieces a batch, in random order."""
    rng.shuffle(windows)
    ordered = sorted(windows, key=lambda w: w.n_pieces + rng.uniform(0, 16))
    out: list[list[Window]] = []
    current: list[Window] = []
    for window in ordered:
        longest = max([window.n_pieces, *(w.n_pieces for w in current)])
        if current and longest * (len(current) + 1) > pieces:
            out.append(current)
            current = []
        current.append(window)
    if current:
        out.append(current)
    rng.shuffle(out)
    return out


def collate(batch: Sequence[Window], *, rng: random.Random | None = None) -> dict[str, torch.Tensor]:
    """Tensors of a batch; with ``rng`` some windows lose their letter case."""
    n_pieces = max(w.n_pieces for w in batch)
    n_words = max(w.end - w.start for w in batch)
    shape = (len(batch), n_pieces)
    ids, shapes, quotes, positions = (np.zeros(shape, np.int64) for _ in range(4))
    first, last = (np.zeros((len(batch), n_words), np.int64) for _ in range(2))
    sentence = np.full((len(batch), n_words), -1, np.int64)
    names = list(batch[0].document.labels)
    labels = {name: np.full((len(batch), n_words), IGNORE, np.int64) for name in names}
    for row, window in enumerate(batch):
        d, s, e = window.document, window.start, window.end
        ids[row, 0] = CLS
        p = 1
        recase = _recase(rng)
        for i in range(s, e):
            k = len(d.pieces[i])
            ids[row, p : p + k] = d.pieces[i]
            shapes[row, p : p + k] = recase.get(d.shapes[i], d.shapes[i])
            quotes[row, p : p + k] = d.quotes[i]
            positions[row, p : p + k] = d.positions[i]
            first[row, i - s], last[row, i - s] = p, p + k - 1
            p += k
        ids[row, p] = SEP
        for name in names:
            labels[name][row, : e - s] = d.labels[name][s:e]
        if "head" in labels:
            gold = np.asarray(d.labels["head"][s:e])
            labels["head"][row, : e - s] = np.where(gold < 0, gold, np.where((gold >= s) & (gold < e), gold - s, IGNORE))
        number = np.searchsorted(d.sentence_starts, np.arange(s, e), side="right") - 1
        sentence[row, : e - s] = number
    arrays = {"ids": ids, "shapes": shapes, "quotes": quotes, "positions": positions, "first": first, "last": last, "sentence": sentence}
    if batch[0].document.vectors is not None:
        arrays |= _vectors(batch, sentence)
    return {k: torch.from_numpy(v) for k, v in (arrays | labels).items()}


def _vectors(batch: Sequence[Window], sentence: IntArray) -> dict[str, NDArray[Any]]:
    """The teacher's vector of every sentence in the batch, and which of them each word belongs to."""
    rows, vectors = np.zeros_like(sentence), []
    for row, window in enumerate(batch):
        n = window.end - window.start
        numbers = sentence[row, :n]
        rows[row, :n] = numbers - numbers[0] + len(vectors)
        vectors += list(window.document.vectors[numbers[0] : numbers[-1] + 1])
    return {"vector_row": rows, "vectors": np.asarray(vectors, dtype=np.float32)}


_UPPER = {int(s): int(Shape.UPPER) for s in (Shape.LOWER, Shape.TITLE, Shape.MIXED)}
_LOWER = {int(s): int(Shape.LOWER) for s in (Shape.UPPER, Shape.TITLE, Shape.MIXED, Shape.INITIAL)}
_TITLE = {int(Shape.LOWER): int(Shape.TITLE)}


def _recase(rng: random.Random | None) -> dict[int, int]:
    """How the letter case of one window changes: mostly not at all."""
    draw = rng.random() if rng else 1.0
    return _UPPER if draw < 0.06 else _LOWER if draw < 0.09 else _TITLE if draw < 0.11 else {}


__all__ = ["IGNORE", "Encoded", "Position", "Window", "batches", "collate", "cut", "encode"]
