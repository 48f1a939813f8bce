"""What the model says beyond an ordinary spaCy ``Doc``; found in ``doc.user_data["crossread"]``."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

import numpy as np
import srsly
from numpy.typing import NDArray

if TYPE_CHECKING:
    from spacy.tokens import Doc

KEY = "crossread"
_MARK = "crossread.layers"


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


def _packed(value: Any, chain: Callable[[Any], Any] | None = None) -> Any:
    """Layers as something that msgpack knows, so that ``Doc.to_bytes``, ``DocBin`` and ``nlp.pipe(n_process=2)`` work."""
    if isinstance(value, Layers):
        return {_MARK: {f.name: getattr(value, f.name) for f in fields(value)}}
    return value if chain is None else chain(value)


def _unpacked(value: Any, chain: Callable[[Any], Any] | None = None) -> Any:
    if isinstance(value, dict) and _MARK in value:
        found: dict[str, Any] = {k: tuple(v) if k.endswith("_labels") else v for k, v in value[_MARK].items()}
        return Layers(**found)
    return value if chain is None else chain(value)


srsly.msgpack_encoders.register("crossread_layers", func=_packed)
srsly.msgpack_decoders.register("crossread_layers", func=_unpacked)
