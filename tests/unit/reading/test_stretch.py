"""What is read out of a stretch that several windows hold."""

import numpy as np

from crossread.reading.encoder import Scores
from crossread.reading.stretch import ARC, _homes, _tree
from crossread.reading.windows import Window, Words


def scores(words: Words, first: int, last: int, heads: dict[int, tuple[int, float]], root: int) -> Scores:
    """Scores of a window in which each word leans towards a head by so much."""
    n = last - first
    dependents, governors = np.zeros((n, ARC + 1), np.float32), np.eye(n, ARC, dtype=np.float32)
    for word, (head, weight) in heads.items():
        dependents[word - first, head - first] = weight
    dependents[root - first, ARC] = 1.0
    return Scores(Window(words, first, first, last, last, n), {"arc_dep": dependents, "arc_head": governors})


def test_a_sentence_that_two_windows_hold_is_read_by_the_mean_of_both() -> None:
    words = Words([(1,)] * 5, [0] * 5, [0] * 5, [0] * 5, [False] * 5)
    sure = scores(words, 0, 4, {2: (1, 3.0), 3: (2, 1.0)}, 1)
    unsure = scores(words, 1, 5, {2: (3, 1.0), 3: (1, 2.0)}, 1)
    assert _homes([sure, unsure], 1, 4) == [sure, unsure]
    assert _homes([sure, unsure], 0, 5) == []
    assert _tree(1, 4, [sure]).tolist() == [0, 0, 1]
    assert _tree(1, 4, [sure, unsure]).tolist() == [0, 0, 0]
