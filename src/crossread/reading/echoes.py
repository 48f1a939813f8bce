"""Events that only repeat another one of their sentence, or that are too weak to stand beside it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from crossread.vocabulary import EventType

if TYPE_CHECKING:
    from crossread.reading.events import Draft
    from crossread.reading.tree import Tree


def without_asides(drafts: Sequence["Draft"]) -> list["Draft"]:
    """The drafts without weak words for what PLOVER leaves out ("discuss", "consider") beside a surer event of the sentence."""
    top = max((d.confidence for d in drafts), default=0.0)
    return [d for d in drafts if not (d.confidence < top and _is_weak_none(d))]


def without_echoes(tree: "Tree", drafts: Sequence["Draft"]) -> list["Draft"]:
    """The drafts without a verb of saying that only repeats its clause: "said it was ready to talk" is one promise, not two."""
    inner = [(d.coding.type, tree.ancestors(d.predicate.head)) for d in drafts if d.predicate.kind != "s"]
    deeds = {i for d in drafts if d.coding.type is EventType.ASSAULT and d.predicate.kind == "v" for i in d.arguments.actors}
    return [
        d
        for d in drafts
        if (d.predicate.kind != "s" or not any(d.coding.type is t and d.predicate.head in up for t, up in inner))
        and not (tree.lemmas[d.predicate.head] == "bomber" and _does(tree, d.predicate.head, deeds))
    ]


def _does(tree: "Tree", bomber: int, deeds: set[int]) -> bool:
    """Whether "a suicide bomber" is who does what the sentence tells by a verb, so that he is no attack of his own."""
    return bomber in deeds or tree.heads[bomber] in deeds or tree.deps[bomber] in ("nsubj", "obl:agent")


def _is_weak_none(draft: "Draft") -> bool:
    sense = draft.predicate.sense
    return draft.coding.type is EventType.NONE and sense is not None and sense.weak
