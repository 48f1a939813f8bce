"""Trees from scores."""

import itertools

import numpy as np
import pytest

from crossread.reading.parser import best_tree


def _is_tree(heads: list[int]) -> bool:
    roots = [i for i, h in enumerate(heads) if h == i]
    if len(roots) != 1:
        return False
    for i in range(len(heads)):
        seen = set()
        while heads[i] != i:
            if i in seen:
                return False
            seen.add(i)
            i = heads[i]
    return True


def _score(heads: tuple[int, ...], scores: np.ndarray, roots: np.ndarray) -> float:
    return float(sum(roots[i] if h == i else scores[i, h] for i, h in enumerate(heads)))


def test_best_tree_takes_best_heads_when_they_make_a_tree() -> None:
    scores = np.full((3, 3), -5.0, np.float32)
    scores[0, 1] = scores[2, 1] = 5.0
    assert best_tree(scores, np.asarray([-5.0, 5.0, -5.0], np.float32)).tolist() == [1, 1, 1]


def test_best_tree_of_one_word_is_its_root() -> None:
    assert best_tree(np.zeros((1, 1), np.float32), np.zeros(1, np.float32)).tolist() == [0]


def test_best_tree_breaks_a_cycle_where_it_costs_least() -> None:
    scores = np.full((3, 3), -9.0, np.float32)
    scores[0, 1], scores[1, 0], scores[1, 2], scores[0, 2] = 9.0, 8.0, 7.0, 1.0
    assert best_tree(scores, np.asarray([-9.0, -9.0, 5.0], np.float32)).tolist() == [1, 2, 2]


@pytest.mark.parametrize("seed", range(30))
def test_best_tree_is_the_best_of_all_trees(seed: int) -> None:
    rng = np.random.default_rng(seed)
    n = 4  # as many words as roots are tried
    scores, roots = rng.normal(size=(n, n)).astype(np.float32), rng.normal(size=n).astype(np.float32)
    found = tuple(best_tree(scores, roots).tolist())
    assert _is_tree(list(found))
    trees = [t for t in itertools.product(range(n), repeat=n) if _is_tree(list(t))]
    assert _score(found, scores, roots) == pytest.approx(max(_score(t, scores, roots) for t in trees), abs=1e-5)


@pytest.mark.parametrize("n", [2, 17, 120])
def test_best_tree_of_random_scores_has_one_root_and_no_cycle(n: int) -> None:
    rng = np.random.default_rng(n)
    heads = best_tree(rng.normal(size=(n, n)).astype(np.float32), rng.normal(size=n).astype(np.float32))
    assert _is_tree(heads.tolist())
