"""What the model says beyond an ordinary spaCy ``Doc``; found in ``doc.user_data["crossread"]``."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from spacy.tokens import Doc

KEY = "crossread"


@dataclass(frozen=True, slots=True, kw_only=True)
class Layers:
    """Scores and vectors of one document; rows follow the tokens (white space included) or the sentences of the ``Doc``."""

    roles: NDArray[np.float32]
    """(n_tokens, n_role_labels), rows sum to 1: attribution role of the word."""
    role_labels: tuple[str, ...]
    actor_roles: NDArray[np.float32]
    """(n_tokens, n_actor_labels), rows sum to 1: actor (S), recipient (T), both (R) of the sentence's main event."""
    actor_labels: tuple[str, ...]
    token_vectors: NDArray[np.float16]
    """(n_tokens, 384): the word in its context; white space is zero."""
    sentence_vectors: NDArray[np.float32]
    """(n_sents, 384), rows of length 1: close where sentences say alike."""
    penta: NDArray[np.float32]
    """(n_sents, 5), rows sum to 1: no event, verbal and material cooperation, verbal and material conflict."""


def layers_of(doc: "Doc") -> Layers | None:
    """The layers of a ``Doc``, ``None`` where another pipeline made it."""
    found = doc.user_data.get(KEY)
    return found if isinstance(found, Layers) else None
