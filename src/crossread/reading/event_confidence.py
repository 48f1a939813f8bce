"""How sure an event is, comparable across events: a small logistic model over what its reading rests on."""

from crossread.reading.arguments import Arguments, is_actor_like
from crossread.reading.event_types import Coding
from crossread.reading.predicates import Predicate
from crossread.reading.tree import Tree
from crossread.vocabulary import EventType, Status


def confidence_of(tree: Tree, predicate: Predicate, coding: Coding, arguments: Arguments, status: Status) -> float:
    """Confidence between 0 and 1."""
    sense = predicate.sense
    value = 0.6
    if sense is not None and sense.weak:
        value -= 0.2
    if predicate.framed:
        value += 0.1
    if predicate.kind == "n" and predicate.light is None:
        value -= 0.15
    if tree.is_root(predicate.head) or (predicate.light is not None and tree.is_root(predicate.light)):
        value += 0.2
    if status not in (Status.HAPPENED, Status.ONGOING, Status.PLANNED):
        value -= 0.2
    if not any(is_actor_like(tree, i) for i in arguments.actors):
        value -= 0.1
    if coding.cameo in ("01", "02") and coding.type is not EventType.NONE:
        value -= 0.2
    return min(0.99, max(0.01, value))
