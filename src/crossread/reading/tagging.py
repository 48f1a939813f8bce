"""Pieces of source, cue and content from the model's role probabilities.

The likeliest sequence of labels, line by line, under the model's probabilities and the transitions counted in PolNeAR's train
portion. Picking each token's likeliest label by itself leaves stray words inside content: on PolNeAR dev "said" falls from
.67 to .61.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from crossread.reading.columns import Columns
from crossread.reading.joining import Piece, Pieces, joiner
from crossread.reading.labels import search

LABELS = ("O", "B-SOURCE", "I-SOURCE", "B-CUE", "I-CUE", "B-CONTENT", "I-CONTENT")
"""Order of the labels in here; the model's may differ."""

_INSIDE = (2, 4, 6)
_TRUST = 0.5  # weight of the transitions beside the model's probabilities, tuned on PolNeAR dev
_LEAN = (0.0, 0.3, 0.3, 0.2, 0.2, 0.0, 0.0)  # rare labels are worth a little more to "said" than their likelihood, tuned the same
_FLOOR = 1e-6
_NEVER = -1e9
_OPENING = np.asarray([_NEVER if k in _INSIDE else 0.0 for k in range(7)], dtype=np.float32)

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]


def role_probabilities(probabilities: Floats, labels: Sequence[str]) -> Floats:
    """``(n_tokens, 7) float32`` in the order of `LABELS`.

    Raises:
        ValueError: If the labels are not the seven.
    """
    if sorted(labels) != sorted(LABELS):
        raise ValueError(f"role labels must be {', '.join(LABELS)}; got {', '.join(labels)}")
    return np.asarray(probabilities[:, [list(labels).index(label) for label in LABELS]], dtype=np.float32)


def decode_pieces(probabilities: Floats, columns: Columns) -> Pieces:
    """Pieces of the likeliest label sequence; a piece never runs over the end of a line."""
    index = np.asarray([i for i, pos in enumerate(columns.pos) if pos != "SPACE"], dtype=np.int64)
    if not len(index):
        return Pieces((), (), ())
    scores = np.log(probabilities[index] + _FLOOR) + np.asarray(_LEAN, dtype=np.float32)
    labels = best_labels(scores, np.asarray(columns.lines)[index])
    return _cut(labels.tolist(), index.tolist(), columns)


def best_labels(scores: Floats, lines: Integers) -> Integers:
    """The likeliest label of each token, all lines at once: ``scores`` is ``(n, 7)``, ``lines`` numbers the line of each token."""
    first = np.flatnonzero(np.r_[True, lines[1:] != lines[:-1]])
    labels = np.zeros(len(lines), dtype=np.int64)
    search(labels, scores, (first, np.diff(first, append=len(lines))), _moves(), _OPENING)
    return labels


def _moves() -> Floats:
    """Scores of label after label: inside a role only after the same role."""
    moves = np.asarray(joiner().transitions, dtype=np.float32) * _TRUST
    for inside in _INSIDE:
        moves[[k for k in range(7) if k not in (inside - 1, inside)], inside] = _NEVER
    return moves


def _cut(labels: Sequence[int], index: Sequence[int], columns: Columns) -> Pieces:
    found: tuple[list[Piece], list[Piece], list[Piece]] = ([], [], [])
    role, start, last = 0, 0, 0
    for label, token in zip(labels, index, strict=True):
        here = (label + 1) // 2
        if here != role or label % 2:
            if role:
                _close(found[role - 1], start, last + 1, columns)
            role, start = here, token
        last = token
    if role:
        _close(found[role - 1], start, last + 1, columns)
    return Pieces(tuple(found[0]), tuple(found[1]), tuple(found[2]))


def _close(pieces: list[Piece], start: int, end: int, columns: Columns) -> None:
    if any(columns.pos[i] not in ("PUNCT", "SPACE") or columns.lower[i] == ":" for i in range(start, end)):
        pieces.append((start, end))
