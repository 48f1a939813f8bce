"""Pieces of source, cue and content from the model's role probabilities."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from crossread.reading.columns import Columns
from crossread.reading.joining import Piece, Pieces

ROLES = ("SOURCE", "CUE", "CONTENT")
_OUTER = frozenset((",", ".", ";", ":", "-", "--", "–", "—", "(", ")"))


class RoleScores(NamedTuple):
    """Per token: probability of each role, 0 none, 1 source, 2 cue, 3 content, and of a piece beginning with it.

    ``roles`` is ``(n_tokens, 4) float32``, rows sum to 1; ``begins`` is ``(n_tokens, 4) float32``.
    """

    roles: NDArray[np.float32]
    begins: NDArray[np.float32]


def role_scores(probabilities: NDArray[np.float32], labels: Sequence[str]) -> RoleScores:
    """Roles summed over their begin and inside labels.

    Raises:
        ValueError: If the labels lack a role.
    """
    column = {label: k for k, label in enumerate(labels)}
    roles = np.empty((len(probabilities), 4), dtype=np.float32)
    begins = np.zeros((len(probabilities), 4), dtype=np.float32)
    roles[:, 0] = probabilities[:, column["O"]]
    for k, role in enumerate(ROLES, 1):
        begins[:, k] = probabilities[:, column[f"B-{role}"]]
        roles[:, k] = begins[:, k] + probabilities[:, column[f"I-{role}"]]
    return RoleScores(roles, begins)


def decode_pieces(scores: RoleScores, columns: Columns) -> Pieces:
    """The likeliest role of each token, cut into pieces where a new one is likelier to begin than the old to go on."""
    best = scores.roles.argmax(axis=1)
    starts = (
        np.take_along_axis(scores.begins, best[:, None], 1)[:, 0] * 2 > np.take_along_axis(scores.roles, best[:, None], 1)[:, 0]
    )
    found: tuple[list[Piece], list[Piece], list[Piece]] = ([], [], [])
    role, start = 0, 0
    for i, (here, begins) in enumerate(zip(best.tolist(), starts.tolist(), strict=True)):
        if columns.pos[i] == "SPACE":
            continue
        if here != role or begins:
            if role:
                _close(found[role - 1], start, i, columns)
            role, start = here, i
    if role:
        _close(found[role - 1], start, columns.n, columns)
    return Pieces(tuple(found[0]), tuple(found[1]), tuple(found[2]))


def _close(pieces: list[Piece], start: int, end: int, columns: Columns) -> None:
    while end > start and columns.pos[end - 1] == "SPACE":
        end -= 1
    if end > start and any(columns.pos[i] not in ("PUNCT", "SPACE") or columns.lower[i] == ":" for i in range(start, end)):
        pieces.append((start, end))
