"""Which reports belong to one story.

Average-link clustering on likeness: two groups of reports become one story when their reports are alike on average, so that a single
report that touches on two matters does not weld them together.
"""

from collections.abc import Sequence
from heapq import heapify, heappop, heappush
from typing import Any

import numpy as np
from numpy.typing import NDArray

from crossread.linking.likeness import Edges, EdgeTable, likeness_edges
from crossread.records import Reading

SAME_STORY = 0.0975
"""Mean likeness from which two groups of reports are one story."""


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


def average_link(n: int, edges: Edges, least: float) -> list[tuple[int, ...]]:
    """Groups of ``0..n-1`` by repeated merging of the two groups most alike on average; pairs without an edge count as 0.

    Args:
        n: How many things there are.
        edges: Likeness of pairs ``(i, j)``, ``i < j``.
        least: Groups less alike than this on average stay apart.

    Returns:
        Groups in order of their smallest member, members in order.
    """
    members: dict[int, list[int]] = {i: [i] for i in range(n)}
    sums: dict[int, dict[int, float]] = {i: {} for i in range(n)}
    for (i, j), value in edges.items():
        sums[i][j] = sums[j][i] = value
    heap = [(-value, i, j, 1, 1) for (i, j), value in edges.items() if value >= least]
    heapify(heap)
    while heap:
        _, a, b, size_a, size_b = heappop(heap)
        if len(members.get(a, ())) != size_a or len(members.get(b, ())) != size_b:
            continue  # one of the two has grown or is gone since
        members[a] += members.pop(b)
        _join_sums(sums, a, b)
        for other, total in sums[a].items():
            mean = total / (len(members[a]) * len(members[other]))
            if mean >= least:
                low, high = min(a, other), max(a, other)
                heappush(heap, (-mean, low, high, len(members[low]), len(members[high])))
    return [tuple(sorted(group)) for _, group in sorted(members.items())]


def _join_sums(sums: dict[int, dict[int, float]], a: int, b: int) -> None:
    """Add what group ``b`` has in common with others to group ``a`` and forget ``b``."""
    own = sums[a]
    own.pop(b, None)
    for other, value in sums.pop(b).items():
        if other != a:
            own[other] = sums[other][a] = own.get(other, 0.0) + value
            del sums[other][b]
