"""Words that two texts have in common, in order: longest shared runs, and sentences that are nearly the same."""

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from crossread.linking.words import Words

GRAM = 5
"""Words in a row that two texts hardly share by chance; the unit of the reuse literature (Clough et al. 2002 use up to 5)."""
_MOST_PLACES = 12  # of one gram in one text; more is a refrain
_MASK = 0xFFFFFFFFFFFFFFFF


class Run(NamedTuple):
    """``length`` words shared from word ``a`` of one text and word ``b`` of the other."""

    a: int
    b: int
    length: int


Grams = NDArray[np.uint64]


def gram_numbers(words: Words) -> Grams:
    """Each five words in a row as one number that is the same in every process (Python salts ``hash`` of strings).

    Shape ``(n_words - GRAM + 1,)``, empty for fewer words.
    """
    if len(words) < GRAM:
        return np.empty(0, np.uint64)
    single = np.fromiter(map(_number, words.folded), dtype=np.uint64, count=len(words))
    n = len(words) - GRAM + 1
    number = single[:n].copy()
    for k in range(1, GRAM):
        number = (number * np.uint64(1_000_003)) ^ single[k : n + k]
    return number


@lru_cache(maxsize=131072)
def _number(word: str) -> int:
    return (zlib.crc32(word.encode("utf-8", "surrogatepass")) * 2_654_435_761 + len(word)) & _MASK


class GramPlaces:
    """Where the grams of a text stand."""

    def __init__(self, grams: Grams) -> None:
        self._order = np.argsort(grams, kind="stable")
        self._sorted = grams[self._order]

    def of(self, grams: Grams) -> Iterator[tuple[int, list[int]]]:
        """Each of other grams that stands in the text, by its number, with its first places."""
        first, end = np.searchsorted(self._sorted, grams), np.searchsorted(self._sorted, grams, "right")
        held = np.flatnonzero(first < end)
        for number, start, stop in zip(held.tolist(), first[held].tolist(), end[held].tolist(), strict=True):
            yield number, self._order[start : min(stop, start + _MOST_PLACES)].tolist()


def shared_runs(a: Words, b: Words, places_of_b: GramPlaces, grams_of_a: Grams) -> list[Run]:
    """Shared runs of at least `GRAM` words in the order of ``a``, each as long as it goes."""
    runs: list[Run] = []
    end = 0
    for i, places in places_of_b.of(grams_of_a):
        if i < end:
            continue
        best = Run(i, -1, 0)
        for j in places:
            length = _common_length(a.folded, b.folded, i, j)
            if length > best.length:
                best = Run(i, j, length)
        if best.length >= GRAM:
            runs.append(best)
            end = i + best.length
    return runs


def _common_length(a: Sequence[str], b: Sequence[str], i: int, j: int) -> int:
    n, most = 0, min(len(a) - i, len(b) - j)
    while n < most and a[i + n] == b[j + n]:
        n += 1
    return n


def word_bits(words: Sequence[str]) -> dict[str, int]:
    """For each word of a short list its places, as bits of a number."""
    bits: dict[str, int] = {}
    for place, word in enumerate(words):
        bits[word] = bits.get(word, 0) | 1 << place
    return bits


def common_in_order(n: int, bits: Mapping[str, int], other: Iterable[str]) -> int:
    """Length of the longest common subsequence of two short word lists: of ``n`` words with their `word_bits`, and of another.

    A row of the table of lengths is one number, whose zero bits tell where the length grows (Hyyrö 2004).
    """
    every = (1 << n) - 1
    row = every
    for word in other:
        here = row & bits.get(word, 0)
        if here:
            row = (row + here | row - here) & every
    return n - row.bit_count()
