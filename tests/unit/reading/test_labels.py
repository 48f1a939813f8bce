"""Legal B-I-O labels."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from crossread.reading.labels import allowed_steps, best_labels, best_labels_of, spans_of

LABELS = ["O", "B-A", "I-A", "B-B", "I-B"]
STEPS = allowed_steps(LABELS)


def _scores(*best: int, margin: float = 1.0) -> np.ndarray:
    table = np.zeros((len(best), len(LABELS)), np.float32)
    table[np.arange(len(best)), list(best)] = margin
    return table


def test_best_labels_keep_legal_choices() -> None:
    assert best_labels(_scores(1, 2, 0, 3), STEPS).tolist() == [1, 2, 0, 3]


def test_best_labels_turn_a_stray_inside_into_its_best_legal_reading() -> None:
    scores = _scores(0, 2, 2, margin=3.0)
    scores[1, 1] = 2.5
    assert best_labels(scores, STEPS).tolist() == [0, 1, 2]


def test_best_labels_do_not_change_type_inside_a_piece() -> None:
    found = best_labels(_scores(1, 4, 4, margin=2.0), STEPS).tolist()
    assert [LABELS[i] for i in found] == ["B-A", "B-B", "I-B"]


def test_best_labels_of_nothing_are_nothing() -> None:
    assert best_labels(np.zeros((0, 5), np.float32), STEPS).tolist() == []


@given(st.lists(st.integers(1, 9), min_size=1, max_size=12), st.integers(0, 2**32 - 1))
def test_best_labels_of_many_sequences_are_those_of_each(sizes: list[int], seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(sum(sizes), len(LABELS))).astype(np.float32)
    starts = np.cumsum([0, *sizes])[:-1]
    alone = [best_labels(scores[s : s + n], STEPS) for s, n in zip(starts, sizes, strict=True)]
    assert best_labels_of(scores, starts, STEPS).tolist() == np.concatenate(alone).tolist()


def test_spans_of_join_inside_labels_and_part_adjacent_pieces() -> None:
    assert spans_of([1, 2, 1, 0, 3, 4], LABELS) == [(0, 2, "A"), (2, 3, "A"), (4, 6, "B")]
