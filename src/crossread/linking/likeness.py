"""How alike reports are: their words, and how far apart they were published.  Only pairs that may matter are looked at."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import exp
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from crossread.linking.dating import Dating, dating_of, days_apart
from crossread.linking.features import Rarity, vectors_of
from crossread.records import Reading

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

_BLOCK, _AT_ONCE = 256, 20_000  # rows of a product, and pairs, held in memory at once


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
    n_terms: int = 64
    """Heaviest terms of a report that propose its pairs."""
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


def likeness_edges(
    readings: Sequence[Reading], options: LikenessOptions = LikenessOptions(), rarity: Rarity | None = None
) -> Edges:
    """Likeness of each pair of readings ``(i, j)``, ``i < j``, that are alike at all.

    With the ``rarity`` of a larger archive a pair has the same likeness, to the last bit, whatever other readings are given beside it.
    """
    dates = [dating_of(r.document) for r in readings]
    edges: Edges = {}
    for i, j, likeness in _like_pairs(readings, options, rarity):
        value = likeness * nearness(dates[i], dates[j], options)
        if value >= options.least and within_reach(dates[i], dates[j], options):
            edges[i, j] = value
    return edges


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
        return csr_matrix(cells, shape=(len(columns), max(1, len(self._numbers))))


def _like_pairs(readings: Sequence[Reading], options: LikenessOptions, rarity: Rarity | None) -> Iterator[tuple[int, int, float]]:
    """Pairs with their exact likeness, proposed by the heaviest terms of each report."""
    rows = _Rows()
    for vector in vectors_of(readings, rarity):
        rows.add(vector)
    whole, proposing = rows.matrix(), rows.matrix(options.n_terms)
    turned = proposing.T.tocsr()
    for first in range(0, len(readings), _BLOCK):
        block = (proposing[first : first + _BLOCK] @ turned).tocoo()
        keep = (block.data >= options.least / 2) & (block.row + first < block.col)
        left, right = block.row[keep] + first, block.col[keep]
        order = np.lexsort((right, left))
        left, right = left[order], right[order]
        for at in range(0, len(left), _AT_ONCE):
            i, j = left[at : at + _AT_ONCE], right[at : at + _AT_ONCE]
            exact = np.asarray(whole[i].multiply(whole[j]).sum(axis=1)).ravel()
            yield from ((int(x), int(y), float(s)) for x, y, s in zip(i, j, exact, strict=True) if s >= options.least)
