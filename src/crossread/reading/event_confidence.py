"""How sure an event is, comparable across events: a small logistic model over what its reading rests on.

An event is right here when its class (no event, verbal or material cooperation, verbal or material conflict) is that of its sentence.
Weights were fitted on sentences with a known class; the card of the predicates has the figures.
"""

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from crossread.reading.arguments import Arguments
from crossread.reading.event_types import Coding
from crossread.reading.party_phrases import is_animate
from crossread.reading.predicates import Predicate
from crossread.reading.tree import Tree
from crossread.vocabulary import EventType, Status

if TYPE_CHECKING:
    from crossread.reading.events import Draft

NAMES = (
    "weak", "framed", "bare noun", "saying", "adjective", "root", "deep", "not actual", "alleged or denied", "planned", "actor can act",
    "no actor", "recipient", "appeal", "no type", "no type and root", "verbal", "light",
)  # fmt: skip
"""What the features of `features` say, in their order."""
_WEIGHTS = (-0.1, -0.1, -0.36, 0.71, 0.58, 1.67, -0.44, -1.93, -1.63, -1.24, 0.19, -0.16, -0.24, -2.45, 1.25, 0.31, 0.4, 0.03)
_INTERCEPT = 0.23
_BACKGROUND, _COMPLEMENT = 0.4, 0.9
_UNREAL = frozenset({Status.NEGATED, Status.HYPOTHETICAL, Status.PROPOSED, Status.CALLED_OFF})


def features(tree: Tree, predicate: Predicate, coding: Coding, arguments: Arguments, status: Status) -> tuple[bool, ...]:
    """What a reading rests on, in the order of `NAMES`."""
    sense = predicate.sense
    top = predicate.light if predicate.light is not None else predicate.head
    root = tree.is_root(top)
    none = coding.type is EventType.NONE
    return (
        sense is not None and sense.weak,
        predicate.framed,
        predicate.kind == "n" and predicate.light is None,
        predicate.kind == "s",
        predicate.kind == "a",
        root,
        len(tree.ancestors(top)) > 1,
        status in _UNREAL,
        status in (Status.ALLEGED, Status.DENIED),
        status is Status.PLANNED,
        any(is_animate(tree, i) for i in arguments.actors),
        not arguments.actors,
        bool(arguments.recipients),
        coding.cameo == "02",
        none,
        none and root,
        coding.type
        in (EventType.AGREE, EventType.ACCUSE, EventType.REJECT, EventType.THREATEN, EventType.CONSULT, EventType.SUPPORT),
        predicate.light is not None,
    )


def confidence_of(tree: Tree, predicate: Predicate, coding: Coding, arguments: Arguments, status: Status) -> float:
    """Confidence between 0 and 1."""
    found = features(tree, predicate, coding, arguments, status)
    logit = _INTERCEPT + sum(w for w, on in zip(_WEIGHTS, found, strict=True) if on)
    return 1 / (1 + math.exp(-logit))


def below_asking(tree: Tree, drafts: "Sequence[Draft]") -> "list[Draft]":
    """The events of a sentence; what somebody is asked or able to do ("urged the king to comply") is no surer than the asking."""
    sure = {d.predicate.head: d.confidence for d in drafts if d.predicate.kind != "n"}
    result = []
    for draft in drafts:
        i = draft.predicate.head
        above = tree.heads[i] if tree.deps[i] in ("xcomp", "ccomp") and tree.tags[i] == "VB" else None
        cap = sure.get(above, 1.0) if above is not None else 1.0
        result.append(replace(draft, confidence=cap * _COMPLEMENT) if draft.confidence >= cap else draft)
    return result


def lowered(confidence: float) -> float:
    """The confidence of an event that is told as background: its odds `_BACKGROUND` times as high."""
    odds = _BACKGROUND * confidence / max(1 - confidence, 1e-9)
    return odds / (1 + odds)
