"""What a report says of one visit in several places: that it was called off, and to whom it leads."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from crossread.reading.status import StatusReading
from crossread.vocabulary import Status

if TYPE_CHECKING:
    from crossread.reading.events import Draft
    from crossread.reading.tree import Tree

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
