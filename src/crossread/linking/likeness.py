"""How alike reports are: their words, and how far apart they were published.  Only pairs that may matter are looked at."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp

import numpy as np

from crossread.linking.dating import Dating, dating_of, days_apart
from crossread.linking.features import vectors_of
from crossread.records import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class LikenessOptions:
    """Tuned together on stories, BASIL, NewsWCL50, ECB+ and two more sets; the best settings form a wide plateau."""

    decay_days: float = 20.0
    """Days after which likeness has fallen to a third."""
    far: float = 0.3
    """What is left of the likeness of reports however far apart: the same episode may be told a year later."""
    undated: float = 0.5
    """What is left where one report has no date: its words must decide alone, and have to be twice as alike."""
    least: float = 0.02
    """Pairs less alike than this count as not alike at all."""
    n_terms: int = 64
    """Heaviest terms of a report that propose its pairs."""


Edges = dict[tuple[int, int], float]


def nearness(a: Dating, b: Dating, options: LikenessOptions) -> float:
    """What time leaves of the likeness of two reports."""
    gap = days_apart(a, b)
    return options.undated if gap is None else max(options.far, exp(-gap / options.decay_days))


def likeness_edges(readings: Sequence[Reading], options: LikenessOptions = LikenessOptions()) -> Edges:
    """Likeness of each pair of readings ``(i, j)``, ``i < j``, that are alike at all."""
    dates = [dating_of(r.document) for r in readings]
    edges: Edges = {}
    for i, j, likeness in _like_pairs(vectors_of(readings), options):
        value = likeness * nearness(dates[i], dates[j], options)
        if value >= options.least:
            edges[i, j] = value
    return edges


def _like_pairs(vectors: Sequence[dict[str, float]], options: LikenessOptions) -> list[tuple[int, int, float]]:
    """Pairs with their exact likeness, proposed by the heaviest terms of each report."""
    from scipy.sparse import csr_matrix

    numbers = {term: n for n, term in enumerate(sorted({t for v in vectors for t in v}))}
    shape = (len(vectors), max(1, len(numbers)))
    whole = csr_matrix(_cells(vectors, numbers), shape=shape, dtype=np.float32)
    heavy = [dict(sorted(v.items(), key=lambda x: (-x[1], x[0]))[: options.n_terms]) for v in vectors]
    proposing = csr_matrix(_cells(heavy, numbers), shape=shape, dtype=np.float32)
    turned = proposing.T.tocsr()
    pairs: list[tuple[int, int, float]] = []
    step = 256
    for first in range(0, len(vectors), step):
        block = (proposing[first : first + step] @ turned).tocoo()
        keep = (block.data >= options.least / 2) & (block.row + first < block.col)
        rows, columns = block.row[keep] + first, block.col[keep]
        order = np.lexsort((columns, rows))
        rows, columns = rows[order], columns[order]
        for at in range(0, len(rows), 20_000):
            i, j = rows[at : at + 20_000], columns[at : at + 20_000]
            exact = np.asarray(whole[i].multiply(whole[j]).sum(axis=1)).ravel()
            pairs += [(int(x), int(y), float(s)) for x, y, s in zip(i, j, exact, strict=True) if s >= options.least]
    return pairs


def _cells(
    vectors: Sequence[dict[str, float]], numbers: dict[str, int]
) -> tuple["np.ndarray[tuple[int], np.dtype[np.float32]]", tuple[list[int], list[int]]]:
    rows = [n for n, vector in enumerate(vectors) for _ in vector]
    columns = [numbers[term] for vector in vectors for term in vector]
    values = np.fromiter((w for vector in vectors for w in vector.values()), dtype=np.float32, count=len(rows))
    return values, (rows, columns)
