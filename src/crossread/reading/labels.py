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


def search(
    labels: NDArray[np.int64], scores: Floats, spans: tuple[NDArray[np.int64], NDArray[np.int64]], steps: Floats, opening: Floats
) -> None:
    """Viterbi over many sequences at once, their best labels written into ``labels``.

    Args:
        labels: (n,) the numbers to write into; what lies in no sequence stays.
        scores: (n, n_labels) of each label.
        spans: First word and length (at least 1) of each sequence.
        steps: (n_labels, n_labels) of the column's label after the row's.
        opening: (n_labels,) of each label as the first.
    """
    order = np.argsort(-spans[1], kind="stable")
    first, lengths = spans[0][order], spans[1][order]
    longest = int(lengths[0])
    active = [
        int(n) for n in np.searchsorted(-lengths, -np.arange(longest), side="left")
    ]  # sequences that have a word with the number
    state = scores[first] + opening
    back = np.zeros((longest, *state.shape), np.int64)
    for t in range(1, longest):
        n = active[t]
        options = state[:n, :, None] + steps
        options.argmax(axis=1, out=back[t, :n])
        state[:n] = options.max(axis=1) + scores[first[:n] + t]
    current = state.argmax(axis=1)
    rows = np.arange(len(first))
    for t in range(longest - 1, -1, -1):
        n = active[t]
        labels[first[:n] + t] = current[:n]
        if t:
            current[:n] = back[t, rows[:n], current[:n]]


def best_labels(scores: Floats, steps: Floats) -> NDArray[np.int64]:
    """Viterbi over one sequence: (n, n_labels) scores -> (n,) label numbers; a sequence cannot begin with I-."""
    labels = np.zeros(len(scores), np.int64)
    if len(scores):
        search(labels, scores, (np.zeros(1, np.int64), np.asarray([len(scores)])), steps, steps[0])
    return labels


def best_labels_of(scores: Floats, starts: NDArray[np.int64], steps: Floats) -> NDArray[np.int64]:
    """The best labels of each sequence in a row of them; ``starts`` are the numbers of their first words, the first of them 0.

    Most sequences are legal with the best label of each word; only the others are searched.
    """
    labels: NDArray[np.int64] = scores.argmax(axis=1)
    before = np.concatenate(([0], labels[:-1]))
    before[starts] = 0  # label 0 is O, which stands before the first
    wrong = np.unique(np.searchsorted(starts, np.flatnonzero(steps[before, labels]), side="right") - 1)
    if len(wrong):
        lengths = np.diff(starts, append=len(labels))
        search(labels, scores, (starts[wrong], lengths[wrong]), steps, steps[0])
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
