"""Words that two texts have in common, in order: longest shared runs, and sentences that are nearly the same."""

import zlib
from collections.abc import Mapping, Sequence
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


Places = Mapping[int, Sequence[int]]


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


def gram_places(grams: Grams) -> dict[int, list[int]]:
    """Where each gram stands."""
    places: dict[int, list[int]] = {}
    for i, gram in enumerate(grams.tolist()):
        found = places.setdefault(gram, [])
        if len(found) < _MOST_PLACES:
            found.append(i)
    return places


def shared_runs(a: Words, b: Words, places_of_b: Places, grams_of_a: Grams) -> list[Run]:
    """Shared runs of at least `GRAM` words in the order of ``a``, each as long as it goes."""
    runs: list[Run] = []
    end = 0
    for i, gram in enumerate(grams_of_a.tolist()):
        if i < end or gram not in places_of_b:
            continue
        best = Run(i, -1, 0)
        for j in places_of_b[gram]:
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


def common_in_order(a: Sequence[str], b: Sequence[str]) -> int:
    """Length of the longest common subsequence of two short word lists."""
    row = [0] * (len(b) + 1)
    for word in a:
        before = 0
        for j, other in enumerate(b, 1):
            before, row[j] = row[j], before + 1 if word == other else max(row[j], row[j - 1])
    return row[-1]
