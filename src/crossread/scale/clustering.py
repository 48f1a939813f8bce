"""Average-link clustering of more reports than have room in memory with all that is alike about them.

`crossread.linking.clusters` holds the likeness of every two groups.  Here it is held for those groups alone that a pair of reports alike
enough joins, as no others can become one; where two groups come to be joined so, what else they have in common is summed up from the
edges then, in the order in which it would have been added, so that the groups are the same to the last bit.
"""

from collections.abc import Iterator
from heapq import heapify, heappop, heappush
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from crossread.linking.clusters import kept_apart, parts_of
from crossread.scale.archive import Archive


class Edges(NamedTuple):
    """Likeness of pairs: those of report ``i`` with later ones lie from ``starts[i]`` to ``starts[i + 1]``, in order of ``others``."""

    starts: NDArray[np.int64]
    others: NDArray[np.int32]
    values: NDArray[np.float64]

    def between(self, i: int, later: NDArray[np.int32]) -> NDArray[np.float64]:
        """Likeness of a report and later ones given in order, 0 where there is none."""
        start, end = self.starts[i], self.starts[i + 1]
        others = self.others[start:end]
        if not len(others):
            return np.zeros(len(later))
        at = np.minimum(np.searchsorted(others, later), len(others) - 1)
        return np.where(others[at] == later, self.values[start + at], 0.0)


def stories_of(archive: Archive, documents: int, least: float) -> list[list[int]]:
    """Numbers of the reports of each story, in order of their first, from the edges of an archive."""
    rows = archive.query(f"SELECT a, b, value FROM {{edges}} WHERE value >= {least!r}")
    a, b, values = (rows.column(k).to_numpy() for k in range(3))
    part = parts_of(documents, a, b, np.ones(len(a), np.bool_))
    groups = _Groups(documents, _edges_inside(archive, part))
    return sorted(groups.merged(a, b, values, least))


def _edges_inside(archive: Archive, part: NDArray[np.int32]) -> Edges:
    """Edges between reports of one part, which a chain of pairs alike enough joins; one file is held at a time beside them."""
    counts = np.zeros(len(part) + 1, np.int64)
    for a, _, _ in _files(archive, part):
        counts[1:] += np.bincount(a, minlength=len(part))
    starts = np.cumsum(counts)
    others, values = np.empty(starts[-1], np.int32), np.empty(starts[-1], np.float64)
    free = starts[:-1].copy()
    for a, b, value in _files(archive, part):  # in order of a within a file
        own = np.bincount(a, minlength=len(part))
        place = free[a] + np.arange(len(a)) - (np.cumsum(own) - own)[a]
        others[place], values[place] = b, value
        free += own
    for start, end in zip(starts[:-1].tolist(), starts[1:].tolist(), strict=True):
        order = np.argsort(others[start:end])
        others[start:end], values[start:end] = others[start:end][order], values[start:end][order]
    return Edges(starts, others, values)


def _files(archive: Archive, part: NDArray[np.int32]) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]]:
    for name in archive.parts("edges"):
        rows = archive.read("edges", name)
        a, b, value = (rows.column(k).to_numpy() for k in range(3))
        inside = part[a] == part[b]
        yield a[inside], b[inside], value[inside]


class _Groups:
    """Groups of reports, each under the number of one member; likeness is held between those that a pair alike enough joins."""

    def __init__(self, n: int, edges: Edges) -> None:
        self.members: dict[int, list[int]] = {i: [i] for i in range(n)}
        self._edges = edges
        self._between: dict[int, dict[int, float]] = {}
        self._inside = [0.0] * n
        self._joins: dict[int, list[tuple[int, int]]] = {}
        self._n_joins = 0

    def merged(self, a: NDArray[np.int64], b: NDArray[np.int64], values: NDArray[np.float64], least: float) -> Iterator[list[int]]:
        """Groups after repeated merging of the two most alike on average, by the rule of `crossread.linking.clusters.average_link`."""
        heap = []
        for i, j, value in zip(a.tolist(), b.tolist(), values.tolist(), strict=True):
            self._between.setdefault(i, {})[j] = self._between.setdefault(j, {})[i] = value
            heap.append((-value, i, j, 1, 1))
        heapify(heap)
        while heap:
            negative, i, j, size_i, size_j = heappop(heap)
            if len(self.members.get(i, ())) != size_i or len(self.members.get(j, ())) != size_j:
                continue  # one of the two has grown or is gone since
            if kept_apart(-negative, self._own(i), self._own(j)):
                continue
            self._join(i, j)
            for other, total in self._between[i].items():
                mean = total / (len(self.members[i]) * len(self.members[other]))
                if mean >= least:
                    low, high = min(i, other), max(i, other)
                    heappush(heap, (-mean, low, high, len(self.members[low]), len(self.members[high])))
        for group in self.members.values():
            yield sorted(group)

    def _own(self, a: int) -> float:
        """Mean likeness of a group's members to one another; 0 for a single one."""
        size = len(self.members[a])
        return self._inside[a] / (size * (size - 1) / 2) if size > 1 else 0.0

    def _join(self, a: int, b: int) -> None:
        """Put group ``b`` into ``a``, with what either has in common with others."""
        own, theirs = self._between[a], self._between.pop(b)
        self._inside[a] += self._inside[b] + own.pop(b)
        del theirs[a]
        for other in [*own, *(o for o in theirs if o not in own)]:
            mine = own[other] if other in own else self._common(a, other)
            value = theirs[other] if other in theirs else self._common(b, other)
            own[other] = self._between[other][a] = mine + value
            self._between[other].pop(b, None)
        self._joins.setdefault(a, []).append((self._n_joins, b))
        self._n_joins += 1
        self.members[a] += self.members.pop(b)

    def _common(self, a: int, b: int) -> float:
        """Likeness of two groups summed over their pairs, as if it had been added at each join."""
        first, second = self.members[a], self.members[b]
        pairs: dict[tuple[int, int], float] = {}
        for some, others in ((first, second), (second, first)):
            others_sorted = np.array(sorted(others), np.int32)
            for i in some:
                later = others_sorted[np.searchsorted(others_sorted, i) :]
                values = self._edges.between(i, later)
                for at in np.flatnonzero(values).tolist():
                    pairs[i, int(later[at])] = pairs[int(later[at]), i] = float(values[at])
        return self._added(a, self._n_joins, b, self._n_joins, pairs) if pairs else 0.0

    def _added(self, a: int, before_a: int, b: int, before_b: int, pairs: dict[tuple[int, int], float]) -> float:
        """The sum over two groups as they were before some joins, added up in the order of the joins."""
        joins = [(when, other, True) for when, other in self._joins.get(a, ()) if when < before_a]
        joins += [(when, other, False) for when, other in self._joins.get(b, ()) if when < before_b]
        total = pairs.get((a, b), 0.0)
        for when, other, into_a in sorted(joins):
            total += self._added(other, when, b, when, pairs) if into_a else self._added(a, when, other, when, pairs)
        return total
