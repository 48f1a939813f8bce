"""Dependency trees from scores: the best head of each word where that makes a tree, else the best tree (Chu-Liu-Edmonds)."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


def best_tree(scores: Floats, roots: Floats) -> Ints:
    """Head of each word, the root's own number for the root; exactly one root, no cycle.

    Args:
        scores: (n, n) float32, score of column j as head of row i; the diagonal is not looked at.
        roots: (n,) float32, score of each word as the root.
    """
    n = len(roots)
    if n == 1:
        return np.zeros(1, np.int64)
    table = scores.copy()
    np.fill_diagonal(table, roots)
    heads: Ints = table.argmax(axis=1)
    own = heads == np.arange(n)
    if int(own.sum()) == 1 and not _cycle(heads.tolist()):
        return heads
    np.fill_diagonal(table, -np.inf)
    trees = [_rooted_tree(table, root) for root in _likely_roots(table, roots)]
    np.fill_diagonal(table, roots)
    return max(trees, key=lambda tree: float(np.take_along_axis(table, tree[:, None], axis=1).sum()))


def _cycle(heads: Sequence[int]) -> list[int]:
    """The words of one cycle of two or more words; empty when there is none."""
    colour = [0] * len(heads)
    for start in range(len(heads)):
        path, i = [], start
        while colour[i] == 0:
            colour[i] = 1
            path.append(i)
            i = heads[i]
        if colour[i] == 1 and heads[i] != i:
            return path[path.index(i) :]
        for j in path:
            colour[j] = 2
    return []


_ROOTS_TRIED = 4


def _likely_roots(table: Floats, roots: Floats) -> list[int]:
    """The words that gain most (or lose least) by being the root instead of hanging on their best heads, best first."""
    gains = roots - table.max(axis=1)
    return [int(k) for k in np.argsort(-gains, kind="stable")[:_ROOTS_TRIED]]


def _rooted_tree(table: Floats, root: int) -> Ints:
    """Best tree with a given root: cycles are contracted into one node and opened again from the outside in."""
    scores = table.astype(np.float64)
    scores[root] = -np.inf
    scores[root, root] = 0.0
    heads: Ints = scores.argmax(axis=1)
    cycle = _cycle(heads.tolist())
    if not cycle:
        return heads
    inside = np.zeros(len(heads), bool)
    inside[cycle] = True
    rest = np.flatnonzero(~inside)
    members = np.asarray(cycle)
    kept = scores[members, heads[members]]
    entering = scores[np.ix_(members, rest)] - kept[:, None]
    leaving = scores[np.ix_(rest, members)]
    m = len(rest)
    small = np.full((m + 1, m + 1), -np.inf)
    small[:m, :m] = scores[np.ix_(rest, rest)]
    small[m, :m] = entering.max(axis=0)
    small[:m, m] = leaving.max(axis=1)
    new_root = int(np.flatnonzero(rest == root)[0])
    inner = _rooted_tree(small.astype(np.float64), new_root)
    result = heads.copy()
    for k in range(m):
        head = int(inner[k])
        result[rest[k]] = rest[head] if head < m else members[int(leaving[k].argmax())]
    outside = int(inner[m])
    broken = int(entering[:, outside].argmax())
    result[members[broken]] = rest[outside]
    result[root] = root
    return result
