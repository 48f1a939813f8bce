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
MASK = 103  # the base model's piece for a word that is not shown
HIDDEN = 0.05  # share of words that training does not show, so that their neighbours have to tell


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
    vectors: Any = None  # (n_sentences, 384) of the base model, or None
    soft: Any = None  # head -> (n_words, n_labels) shares that a teacher gives each of its labels, or None
    arrays: Any = None  # the same as numpy arrays, made when first needed

    def __len__(self) -> int:
        return len(self.pieces)

    def packed(self) -> dict[str, NDArray[Any]]:
        """Numbers as arrays: all pieces in a row, sizes of words, features and labels by word."""
        if self.arrays is None:
            sizes = np.fromiter(map(len, self.pieces), np.int64, len(self.pieces))
            names = {k: np.asarray(v, np.int64) for k, v in self.labels.items()}
            self.arrays = {
                "ids": np.fromiter((p for word in self.pieces for p in word), np.int64, int(sizes.sum())),
                "sizes": sizes,
                "ends": sizes.cumsum(),
                "shapes": np.asarray(self.shapes),
                "quotes": np.asarray(self.quotes),
                "positions": np.asarray(self.positions),
                "number": np.searchsorted(self.sentence_starts, np.arange(len(self.pieces)), side="right") - 1,
                **names,
            }
        return self.arrays  # type: ignore[no-any-return]


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


STRIDE = 32  # lengths are rounded up to it: kernels are compiled once per shape, so few shapes are fast


def rounded(n: int) -> int:
    """``n`` rounded up to a whole `STRIDE`."""
    return -(-n // STRIDE) * STRIDE


def batches(windows: list[Window], *, pieces: int, rng: random.Random) -> list[list[Window]]:
    """Windows of like length together, about ``pieces`` padded pieces a batch, in random order; a short last batch is filled up, a very short
    one left out unless it is all there is."""
    by_length: dict[int, list[Window]] = {}
    for window in windows:
        by_length.setdefault(rounded(window.n_pieces), []).append(window)
    out: list[list[Window]] = []
    for length, found in sorted(by_length.items()):
        rng.shuffle(found)
        size = max(1, pieces // length)
        out += [found[k : k + size] for k in range(0, len(found), size)]
        missing = size - len(out[-1])
        if missing and len(out[-1]) * 3 < size:
            out.pop()
        elif missing:
            out[-1] = out[-1] + rng.choices(found, k=missing)
    rng.shuffle(out)
    return out or ([list(windows)] if windows else [])


def collate(batch: Sequence[Window], *, rng: random.Random | None = None, hidden: float = HIDDEN) -> dict[str, torch.Tensor]:
    """Tensors of a batch; with ``rng`` a share of the words is hidden and some windows lose their letter case."""
    n_pieces = rounded(max(w.n_pieces for w in batch))
    n_words = rounded(max(w.end - w.start for w in batch))
    shape = (len(batch), n_pieces)
    ids, shapes, quotes, positions = (np.zeros(shape, np.int64) for _ in range(4))
    first, last = (np.zeros((len(batch), n_words), np.int64) for _ in range(2))
    sentence = np.full((len(batch), n_words), -1, np.int64)
    names = list(batch[0].document.labels)
    labels = {name: np.full((len(batch), n_words), IGNORE, np.int64) for name in names}
    for row, window in enumerate(batch):
        d, s, e = window.document.packed(), window.start, window.end
        sizes = d["sizes"][s:e]
        ends = d["ends"][s:e]
        before = ends[0] - sizes[0]
        total = int(ends[-1] - before)
        ids[row, 0], ids[row, total + 1] = CLS, SEP
        ids[row, 1 : total + 1] = d["ids"][before : before + total]
        shapes[row, 1 : total + 1] = np.repeat(_recase(rng)[d["shapes"][s:e]], sizes)
        quotes[row, 1 : total + 1] = np.repeat(d["quotes"][s:e], sizes)
        positions[row, 1 : total + 1] = np.repeat(d["positions"][s:e], sizes)
        first[row, : e - s], last[row, : e - s] = ends - before - sizes + 1, ends - before
        for name in names:
            labels[name][row, : e - s] = d[name][s:e]
        if rng:
            unseen = np.random.default_rng(rng.getrandbits(32)).random(e - s) < hidden
            ids[row, 1 : total + 1][np.repeat(unseen, sizes)] = MASK
            if "lemma" in labels:
                labels["lemma"][row, : e - s][unseen] = IGNORE
        if "head" in labels:
            gold = d["head"][s:e]
            labels["head"][row, : e - s] = np.where(gold < 0, gold, np.where((gold >= s) & (gold < e), gold - s, IGNORE))
        sentence[row, : e - s] = d["number"][s:e]
    arrays: dict[str, NDArray[Any]] = {
        "ids": ids,
        "shapes": shapes,
        "quotes": quotes,
        "positions": positions,
        "first": first,
        "last": last,
        "sentence": sentence,
    }
    for head in sorted({k for w in batch for k in w.document.soft or ()}):
        arrays[f"soft_{head}"] = _shares([(w.document.soft or {}).get(head) for w in batch], batch, n_words)
    if batch[0].document.vectors is not None:
        arrays |= _vectors(batch, sentence)
    return {k: torch.from_numpy(v) for k, v in (arrays | labels).items()}


def _shares(shares: Sequence[Any], batch: Sequence[Window], n_words: int) -> NDArray[np.float32]:
    """(windows, words, labels) of what a teacher says; zeros where it says nothing."""
    n_labels = next(s.shape[1] for s in shares if s is not None)
    found = np.zeros((len(batch), n_words, n_labels), np.float32)
    for row, (said, window) in enumerate(zip(shares, batch, strict=True)):
        if said is not None:
            found[row, : window.end - window.start] = said[window.start : window.end]
    return found


def _vectors(batch: Sequence[Window], sentence: IntArray) -> dict[str, NDArray[Any]]:
    """The teacher's vector of every sentence in the batch, and which of them each word belongs to."""
    rows, vectors = np.zeros_like(sentence), []
    for row, window in enumerate(batch):
        n = window.end - window.start
        numbers = sentence[row, :n]
        rows[row, :n] = numbers - numbers[0] + len(vectors)
        vectors += list(window.document.vectors[numbers[0] : numbers[-1] + 1])
    return {"vector_row": rows, "vectors": np.asarray(vectors, dtype=np.float32)}


def _table(changes: dict[Shape, Shape]) -> IntArray:
    return np.asarray([int(changes.get(s, s)) for s in Shape], np.int64)


_AS_IT_IS = _table({})
_UPPER = _table(dict.fromkeys((Shape.LOWER, Shape.TITLE, Shape.MIXED), Shape.UPPER))
_LOWER = _table(dict.fromkeys((Shape.UPPER, Shape.TITLE, Shape.MIXED, Shape.INITIAL), Shape.LOWER))
_TITLE = _table({Shape.LOWER: Shape.TITLE})


def _recase(rng: random.Random | None) -> IntArray:
    """How the letter case of one window changes: mostly not at all."""
    draw = rng.random() if rng else 1.0
    return _UPPER if draw < 0.06 else _LOWER if draw < 0.09 else _TITLE if draw < 0.11 else _AS_IT_IS


__all__ = ["IGNORE", "Encoded", "Position", "Window", "batches", "collate", "cut", "encode"]
