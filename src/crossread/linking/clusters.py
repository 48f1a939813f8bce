"""Which reports belong to one story.

Average-link clustering on likeness: two groups of reports become one story when their reports are alike on average, so that a single
report that touches on two matters does not weld them together.  How alike is enough rises with how alike each group is in itself, so that twin
incidents stay apart, and a process that every report tells in its own way stays whole.
"""

from collections.abc import Iterator, Sequence
from heapq import heapify, heappop, heappush
from typing import Any

import numpy as np
from numpy.typing import NDArray

from crossread.linking.likeness import Edges, EdgeTable, likeness_edges
from crossread.records import Reading

SAME_STORY = 0.09
"""Mean likeness from which two groups of reports are one story."""
OWN_SHARE = 0.4
"""Two groups are one story only where they are at least this share as alike to each other as the looser of them is in itself.

Reports of one incident differ by what each outlet looks at; those of twin incidents agree among themselves and differ between the two.
"""
OWN_MOST = 0.3
"""Likeness above this counts as this: copies of one text are more alike than other reports of their story can be."""


def cluster_readings(readings: Sequence[Reading]) -> list[tuple[Reading, ...]]:
    """Readings by story, the stories in order of their first document id; the order of the input does not matter."""
    ordered = sorted(readings, key=lambda r: r.document.id)
    edges = edges_within_parts(len(ordered), likeness_edges(ordered))
    return [tuple(ordered[n] for n in group) for group in average_link(len(ordered), edges, SAME_STORY)]


def edges_within_parts(n: int, table: EdgeTable, least: float = SAME_STORY) -> Edges:
    """Edges between things that a chain of pairs alike enough joins: two groups can only become one where they hold such a pair.

    Clustering by these alone gives the same groups, and they are few where all edges are too many to hold.
    """
    parts = parts_of(n, table.left, table.right, table.values >= least)
    inside = parts[table.left] == parts[table.right]
    return EdgeTable(table.left[inside], table.right[inside], table.values[inside]).edges()


def parts_of(n: int, left: NDArray[Any], right: NDArray[Any], strong: NDArray[np.bool_]) -> NDArray[np.int32]:
    """For each of ``0..n-1`` the number of the part to which chains of strong edges join it."""
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    graph = coo_matrix((np.ones(int(strong.sum()), np.int8), (left[strong], right[strong])), shape=(n, n))
    parts: NDArray[np.int32] = connected_components(graph, directed=False)[1]
    return parts


def kept_apart(mean: float, own: float, others: float, share: float = OWN_SHARE) -> bool:
    """Whether two groups are too little alike for how alike each of them is in itself (0 for a single thing)."""
    return mean < share * min(own, others, OWN_MOST)


def average_link(n: int, edges: Edges, least: float, share: float = OWN_SHARE) -> list[tuple[int, ...]]:
    """Groups of ``0..n-1`` by repeated merging of the two groups most alike on average; pairs without an edge count as 0.

    Args:
        n: How many things there are.
        edges: Likeness of pairs ``(i, j)``, ``i < j``.
        least: Groups less alike than this on average stay apart.
        share: So do groups of several less alike than this share of how alike the looser of them is in itself; 0 asks for `least` alone.

    Returns:
        Groups in order of their smallest member, members in order.
    """
    groups = _Groups(n, edges)
    heap = [(-value, i, j, 1, 1) for (i, j), value in edges.items() if value >= least]
    heapify(heap)
    sizes = groups.sizes
    while heap:
        negative, a, b, size_a, size_b = heappop(heap)
        if sizes[a] != size_a or sizes[b] != size_b:
            continue  # one of the two has grown or is gone since
        if kept_apart(-negative, groups.own(a), groups.own(b), share):
            continue
        for other, mean in groups.join(a, b):
            if mean >= least:
                low, high = (a, other) if a < other else (other, a)
                heappush(heap, (-mean, low, high, sizes[low], sizes[high]))
    return [tuple(sorted(group)) for _, group in sorted(groups.members.items())]


class _Groups:
    """Groups of things, each under the number of one member, with how alike they are to one another and in themselves."""

    def __init__(self, n: int, edges: Edges) -> None:
        self.members: dict[int, list[int]] = {i: [i] for i in range(n)}
        self.sizes = [1] * n
        """Members of each group; 0 where it has gone into another."""
        self._between: dict[int, dict[int, float]] = {i: {} for i in range(n)}
        self._inside = [0.0] * n
        for (i, j), value in edges.items():
            self._between[i][j] = self._between[j][i] = value

    def own(self, a: int) -> float:
        """Mean likeness of a group's members to one another; 0 for a single one."""
        size = len(self.members[a])
        return self._inside[a] / (size * (size - 1) / 2) if size > 1 else 0.0

    def join(self, a: int, b: int) -> Iterator[tuple[int, float]]:
        """Put group ``b`` into ``a``; the groups that have something in common with both together, with their mean likeness."""
        own = self._between[a]
        self._inside[a] += self._inside[b] + own.pop(b, 0.0)
        self.members[a] += self.members.pop(b)
        self.sizes[a], self.sizes[b] = self.sizes[a] + self.sizes[b], 0
        for other, value in self._between.pop(b).items():
            if other != a:
                own[other] = self._between[other][a] = own.get(other, 0.0) + value
                del self._between[other][b]
        sizes, size = self.sizes, self.sizes[a]
        for other, total in own.items():
            yield other, total / (size * sizes[other])
