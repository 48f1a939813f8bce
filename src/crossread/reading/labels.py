"""Best legal B-I-O labels from scores."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


def allowed_steps(labels: Sequence[str]) -> Floats:
    """(n, n) float32: 0 where the column's label may follow the row's, very negative where not (I-X needs B-X or I-X before it)."""
    table = np.zeros((len(labels), len(labels)), np.float32)
    for j, label in enumerate(labels):
        if label.startswith("I-"):
            for i, before in enumerate(labels):
                if before[2:] != label[2:]:
                    table[i, j] = -1e4
    return table


def best_labels(scores: Floats, steps: Floats) -> NDArray[np.int64]:
    """Viterbi over one sequence: (n, n_labels) scores -> (n,) label numbers; a sequence cannot begin with I-."""
    n = len(scores)
    if not n:
        return np.zeros(0, np.int64)
    best = np.where(steps[0] < 0, -1e4, 0).astype(np.float32) + scores[0]
    back = np.zeros(scores.shape, np.int64)
    for t in range(1, n):
        table = best[:, None] + steps
        back[t] = table.argmax(axis=0)
        best = table.max(axis=0) + scores[t]
    out = np.empty(n, np.int64)
    out[-1] = best.argmax()
    for t in range(n - 1, 0, -1):
        out[t - 1] = back[t, out[t]]
    return out


def best_labels_of(scores: Floats, starts: NDArray[np.int64], steps: Floats) -> NDArray[np.int64]:
    """The best labels of each sequence in a row of them; ``starts`` are the numbers of their first words, the first of them 0.

    Most sequences are legal with the best label of each word; only the others are searched.
    """
    labels: NDArray[np.int64] = scores.argmax(axis=1)
    before = np.concatenate(([0], labels[:-1]))
    before[starts] = 0  # label 0 is O, which stands before the first
    wrong = np.unique(np.searchsorted(starts, np.flatnonzero(steps[before, labels]), side="right") - 1)
    for k in wrong.tolist():
        start, end = int(starts[k]), int(starts[k + 1]) if k + 1 < len(starts) else len(labels)
        labels[start:end] = best_labels(scores[start:end], steps)
    return labels


def spans_of(numbers: Sequence[int], labels: Sequence[str]) -> list[tuple[int, int, str]]:
    """(start, end, type) of each labelled piece."""
    spans: list[tuple[int, int, str]] = []
    for i, number in enumerate(numbers):
        label = labels[number]
        if label == "O":
            continue
        if label[0] == "I" and spans and spans[-1][1] == i and spans[-1][2] == label[2:]:
            spans[-1] = (spans[-1][0], i + 1, label[2:])
        else:
            spans.append((i, i + 1, label[2:]))
    return spans
