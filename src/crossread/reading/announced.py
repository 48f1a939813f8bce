"""Acts done by saying so: what a speaker announces, promises, threatens or demands in the clause of a verb of saying."""

from crossread.codebook.plover import PENTA
from crossread.reading.acts import is_supposed
from crossread.reading.event_types import Coding
from crossread.reading.governing import operator_of
from crossread.reading.predicates import Predicate
from crossread.reading.tree import Tree
from crossread.vocabulary import EventType

_SAYING = frozenset(
    ("say", "announce", "state", "declare", "add", "tell", "reiterate", "assert", "confirm", "stress", "insist", "note", "write")
)
_FUTURE = frozenset({"will", "wo", "would", "'ll", "’ll", "shall"})
_DUTY = frozenset({"must", "should", "ought"})
_ENDING = frozenset({"ended", "called_off", "negated", "denied"})
_NOT = frozenset({"not", "n't", "n’t", "never"})


def announced_coding(tree: Tree, predicate: Predicate, coding: Coding) -> tuple[int, Coding] | None:
    """The verb of saying over a predicate and what it does; ``None`` where it does nothing of its own.

    The manual: future cooperation is AGREE, announced force is THREATEN, and what somebody else must do is REQUEST.
    """
    clause = predicate.head if predicate.kind in ("v", "a") else predicate.light
    saying = _saying_over(tree, clause) if clause is not None else None
    if clause is None or saying is None:
        return None
    if predicate.kind == "n" and _ENDING & set(operator_of(tree, clause)):
        return None  # "will suspend the release"
    words = {tree.lower[k] for k in tree.kids[clause] if tree.deps[k] in ("aux", "advmod")}
    if words & _NOT:
        return None
    if words & _DUTY and not _same_subject(tree, saying, clause):
        return saying, Coding(EventType.REQUEST, None, "10", "demand", ("what others must do is demanded",))
    if not words & _FUTURE or not _same_subject(tree, saying, clause) or is_supposed(tree, saying):
        return None
    penta = PENTA[coding.type]
    if penta in (1, 2):
        return saying, Coding(EventType.AGREE, None, "03", "promise", ("announced cooperation is an agreement",))
    if penta == 4:
        return saying, Coding(EventType.THREATEN, None, "13", "threaten", ("announced force is a threat",))
    return None


def _saying_over(tree: Tree, clause: int) -> int | None:
    if tree.deps[clause] not in ("ccomp", "parataxis"):
        return None
    above = tree.heads[clause]
    return above if tree.lemmas[above] in _SAYING else None


def _same_subject(tree: Tree, saying: int, clause: int) -> bool:
    """Whether speaker and subject of the clause are the same: by pronoun, or by the same words."""
    speaker, subject = tree.child(saying, "nsubj"), tree.child(clause, "nsubj")
    if speaker is None or subject is None:
        return False
    return tree.tags[subject] == "PRP" or tree.lemmas[speaker] == tree.lemmas[subject]
