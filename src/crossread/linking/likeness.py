"""How alike reports are: their words, and how far apart they were published.  Only pairs that may matter are looked at."""

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import exp
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from crossread.linking.dating import Dating, dating_of, days_apart
from crossread.linking.features import Rarity, vectors_of
from crossread.records import Reading

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

_BLOCK, _AT_ONCE = 256, 4_096  # rows of a product, and pairs, held in memory at once


@dataclass(frozen=True, slots=True, kw_only=True)
class LikenessOptions:
    """Tuned together on stories, BASIL, NewsWCL50, ECB+ and two more sets; the best settings form a wide plateau."""

    decay_days: float = 14.0
    """Days after which likeness has fallen to a third."""
    far: float = 0.3
    """What is left of the likeness of reports however far apart: the same episode may be told a year later."""
    undated: float = 0.5
    """What is left where one report has no date: its words must decide alone, and have to be twice as alike."""
    least: float = 0.02
    """Pairs less alike than this count as not alike at all."""
    n_terms: int = 192
    """Heaviest terms of a report that propose its pairs; the 64 heaviest miss one pair in twelve that is alike."""
    reach_days: float | None = None
    """Reports published further apart are not compared at all; ``None`` compares all."""


Edges = dict[tuple[int, int], float]


def nearness(a: Dating, b: Dating, options: LikenessOptions) -> float:
    """What time leaves of the likeness of two reports."""
    gap = days_apart(a, b)
    return options.undated if gap is None else max(options.far, exp(-gap / options.decay_days))


def within_reach(a: Dating, b: Dating, options: LikenessOptions) -> bool:
    """Whether two reports are near enough in time to be compared; an undated one is compared with all."""
    if options.reach_days is None or a.day is None or b.day is None:
        return True
    return abs(a.day - b.day) <= options.reach_days


class EdgeTable(NamedTuple):
    """Pairs of numbers, ``left`` below ``right``, in order, with their likeness: compact, as ten thousand reports have millions."""

    left: NDArray[np.int32]
    right: NDArray[np.int32]
    values: NDArray[np.float64]

    def edges(self) -> Edges:
        """The same by pair."""
        return dict(zip(zip(self.left.tolist(), self.right.tolist(), strict=True), self.values.tolist(), strict=True))


def likeness_edges(
    readings: Sequence[Reading], options: LikenessOptions = LikenessOptions(), rarity: Rarity | None = None
) -> EdgeTable:
    """Likeness of each pair of readings ``(i, j)``, ``i < j``, that are alike at all.

    With the ``rarity`` of a larger archive a pair has the same likeness, to the last bit, whatever other readings are given beside it.
    """
    dates = [dating_of(r.document) for r in readings]
    days = np.array([np.nan if d.day is None else d.day for d in dates], np.float64)
    left, right, values = array("i"), array("i"), array("d")
    for i, j, likeness in _like_pairs(readings, options, rarity, days):
        value = likeness * nearness(dates[i], dates[j], options)
        if value >= options.least and within_reach(dates[i], dates[j], options):
            left.append(i)
            right.append(j)
            values.append(value)
    return EdgeTable(np.array(left, np.int32), np.array(right, np.int32), np.array(values, np.float64))


class _Rows:
    """Vectors as rows of a sparse matrix: compact, as ten thousand reports have millions of terms."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._columns: list[NDArray[np.int32]] = []
        self._values: list[NDArray[np.float32]] = []

    def add(self, vector: Mapping[str, float]) -> None:
        """One more row; terms are numbered as they come."""
        numbers = self._numbers
        columns = np.fromiter((numbers.setdefault(t, len(numbers)) for t in vector), dtype=np.int32, count=len(vector))
        self._columns.append(columns)
        self._values.append(np.fromiter(vector.values(), dtype=np.float32, count=len(vector)))

    def matrix(self, n_heaviest: int | None = None) -> "csr_matrix":
        """All rows, or each row's heaviest cells (of equal ones the first terms); columns are in order of their terms.

        The order makes sums come out the same, to the last bit, whatever other rows there are.
        """
        from scipy.sparse import csr_matrix

        place = np.empty(len(self._numbers), np.int32)
        place[[self._numbers[term] for term in sorted(self._numbers)]] = np.arange(len(self._numbers), dtype=np.int32)
        columns, values = [place[c] for c in self._columns], self._values
        if n_heaviest is not None:
            kept = [np.lexsort((c, -v))[:n_heaviest] for c, v in zip(columns, values, strict=True)]
            columns = [c[k] for c, k in zip(columns, kept, strict=True)]
            values = [v[k] for v, k in zip(values, kept, strict=True)]
        ends = np.cumsum([0, *(len(c) for c in columns)])
        cells = (np.concatenate([*values, np.empty(0, np.float32)]), np.concatenate([*columns, np.empty(0, np.int32)]), ends)
        matrix = csr_matrix(cells, shape=(len(columns), max(1, len(self._numbers))))
        matrix.sort_indices()
        return matrix


def _like_pairs(
    readings: Sequence[Reading], options: LikenessOptions, rarity: Rarity | None, days: NDArray[np.float64]
) -> Iterator[tuple[int, int, float]]:
    """Pairs with their exact likeness, proposed by the heaviest terms of each report; those that time parts are left out early."""
    rows = _Rows()
    for vector in vectors_of(readings, rarity):
        rows.add(vector)
    whole, proposing = rows.matrix(), rows.matrix(options.n_terms)
    del rows  # as large as the whole matrix
    turned = proposing.T.tocsr()
    for first in range(0, len(readings), _BLOCK):
        block = (proposing[first : first + _BLOCK] @ turned).tocoo()
        keep = (block.data >= options.least / 2) & (block.row + first < block.col)
        left, right = block.row[keep] + first, block.col[keep]
        order = np.lexsort((right, left))
        left, right = left[order], right[order]
        if options.reach_days is not None:
            near = ~(np.abs(days[left] - days[right]) > options.reach_days)  # a day that is not known is near
            left, right = left[near], right[near]
        for i, others in _by_first(left, right):
            for j, value in _alike(whole, i, others, options.least):
                yield i, j, value


def _by_first(left: NDArray[np.int32], right: NDArray[np.int32]) -> Iterator[tuple[int, NDArray[np.int32]]]:
    """Each first report of sorted pairs, with the second ones."""
    starts = np.flatnonzero(np.diff(left, prepend=-1))
    for start, end in pairwise([*starts.tolist(), len(left)]):
        yield int(left[start]), right[start:end]


def _alike(whole: "csr_matrix", i: int, others: NDArray[np.int32], least: float) -> Iterator[tuple[int, float]]:
    """Those of other reports that are alike to report ``i``, with their likeness, summed in the order of the terms."""
    own = np.zeros(whole.shape[1], np.float32)
    cells = slice(whole.indptr[i], whole.indptr[i + 1])
    own[whole.indices[cells]] = whole.data[cells]
    for at in range(0, len(others), _AT_ONCE):
        some = others[at : at + _AT_ONCE]
        values = whole[some] @ own
        kept = np.flatnonzero(values >= least)
        yield from zip(some[kept].tolist(), values[kept].tolist(), strict=True)
