"""Which reports belong to one story.

Average-link clustering on likeness: two groups of reports become one story when their reports are alike on average, so that a single
report that touches on two matters does not weld them together.
"""

from collections.abc import Sequence
from heapq import heapify, heappop, heappush

from crossread.linking.likeness import Edges, likeness_edges
from crossread.records import Reading

SAME_STORY = 0.0975
"""Mean likeness from which two groups of reports are one story."""


def cluster_readings(readings: Sequence[Reading]) -> list[tuple[Reading, ...]]:
    """Readings by story, the stories in order of their first document id; the order of the input does not matter."""
    ordered = sorted(readings, key=lambda r: r.document.id)
    return [tuple(ordered[n] for n in group) for group in average_link(len(ordered), likeness_edges(ordered), SAME_STORY)]


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
