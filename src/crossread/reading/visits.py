"""What a report says of one visit in several places: that it was called off, and to whom it leads."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from crossread.reading.status import StatusReading
from crossread.vocabulary import EventType, Status

if TYPE_CHECKING:
    from crossread.reading.events import Draft
    from crossread.reading.tree import Tree

_PAST = frozenset({"last", "recent", "previous", "past", "earlier", "first", "former", "latest"})
_HELD = frozenset({"at", "after", "following", "during", "in", "since"})
"""Before an occasion in a clause told as past: it was held ("said at the meeting")."""
_VISITS = frozenset({"visit", "trip", "tour", "journey"})


def with_cancelled_visits(tree: "Tree", drafts: Sequence["Draft"]) -> list["Draft"]:
    """A visit that the text elsewhere says was called off is called off wherever it is spoken of as planned or by a noun."""
    off = {tree.lower[i] for d in drafts if _calls_off_visit(tree, d) for i in d.arguments.actors}
    result = []
    for draft in drafts:
        rule = draft.status.rules[0] if draft.status.rules else ""
        spoken_of = draft.status.status is Status.PLANNED and rule.startswith(("under: ", "is to"))
        noun = draft.predicate.kind == "n" and draft.predicate.light is None and draft.status.status is Status.HAPPENED
        same = any(tree.lower[i] in off for i in draft.arguments.actors)
        if draft.coding.mode == "visit" and same and (spoken_of or noun):
            draft = replace(draft, status=StatusReading(Status.CALLED_OFF, ("called off elsewhere in the text",)))
        result.append(draft)
    return result


def with_planned_occasions(tree: "Tree", drafts: Sequence["Draft"]) -> list["Draft"]:
    """A visit or meeting that is only spoken of ("the summit", "his trip") is still ahead where its last mention, or else its next one, was."""
    result = list(drafts)
    for n, draft in enumerate(drafts):
        if not _is_spoken_of(tree, draft):
            continue
        before = (d for d in reversed(result[:n]) if _is_of_one(tree, d, draft))
        told = next(before, None) or next((d for d in drafts[n + 1 :] if _is_of_one(tree, d, draft)), None)
        if told is not None and told.status.status is Status.PLANNED and not _is_another(tree, told):
            result[n] = replace(draft, status=StatusReading(Status.PLANNED, ("planned elsewhere in the text",)))
    return result


def _is_spoken_of(tree: "Tree", draft: "Draft") -> bool:
    """Whether a noun names a known occasion of which its clause does not say that it was held."""
    noun, rules = draft.predicate.head, draft.status.rules
    if draft.coding.type is not EventType.CONSULT or draft.predicate.kind != "n" or tree.tags[noun] not in ("NN", "NNP"):
        return False
    if draft.predicate.light is not None:
        return rules == ("tense: progressive",) and tree.lemmas[draft.predicate.light] == "make"
    past = {tree.lower[k] for k in tree.kids[noun]} & _PAST or (tree.preposition(noun) in _HELD and _is_past_clause(tree, noun))
    known = any(tree.deps[k] == "nmod:poss" or tree.lower[k] in ("the", "this", "that") for k in tree.kids[noun])
    return rules == ("told as a fact",) and (known or bool(draft.arguments.actors)) and not past


def _is_past_clause(tree: "Tree", noun: int) -> bool:
    verb = next((k for k in tree.ancestors(noun) if tree.is_verb(k)), noun)
    return tree.tags[verb] == "VBD" or any(tree.lower[k] in ("was", "were", "had") for k in tree.kids[verb])


def _is_of_one(tree: "Tree", told: "Draft", draft: "Draft") -> bool:
    """Whether a draft tells of the same kind of occasion, and not of other people's."""
    if told.coding.type is not EventType.CONSULT or (told.coding.mode == "visit") != (draft.coding.mode == "visit"):
        return False
    if told.status.status not in (Status.PLANNED, Status.HAPPENED, Status.ONGOING) or told.coding.mode == "phone":
        return False
    first, second = ({tree.lower[i] for i in d.arguments.actors if not tree.tags[i].startswith("PRP")} for d in (told, draft))
    return not first or not second or bool(first & second)


def _is_another(tree: "Tree", told: "Draft") -> bool:
    return any(tree.lower[k] in ("next", "another", "second", "further", "new") for k in tree.kids[told.predicate.head])


def with_known_hosts(tree: "Tree", drafts: Sequence["Draft"]) -> list["Draft"]:
    """A visit without a host, or its calling off, has the host of the visitor's only visit that the text tells of ("cancelled the trip")."""
    hosts: dict[str, dict[str, int]] = {}
    for draft in drafts:
        if _is_visit(tree, draft):
            for visitor in draft.arguments.actors:
                hosts.setdefault(tree.lower[visitor], {}).update((tree.lower[i], i) for i in draft.arguments.recipients)
    result = []
    for draft in drafts:
        if _is_visit(tree, draft) and not draft.arguments.recipients:
            known = [hosts.get(tree.lower[i], {}) for i in draft.arguments.actors]
            if len(known) == 1 and len(known[0]) == 1:
                draft = replace(draft, implied_recipients=tuple(known[0].values()))
        result.append(draft)
    return result


def _is_visit(tree: "Tree", draft: "Draft") -> bool:
    return draft.coding.mode == "visit" or _calls_off_visit(tree, draft)


def _calls_off_visit(tree: "Tree", draft: "Draft") -> bool:
    if draft.coding.label != "cancel" or draft.status.status is not Status.HAPPENED:
        return False
    return any(tree.lemmas[k] in _VISITS for k in tree.kids[draft.predicate.head])
