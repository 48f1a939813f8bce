"""Actor and recipient phrases of a sentence's main event as the model's own head sees them, to correct what the parse gives.

Rules over a parse find all events; the head has seen how people mark the phrases of the main one.  Where both find a phrase, the head's
edges count; where the rules find none for the main event, the head's phrase is taken if it is sure.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from crossread.reading.arguments import Arguments
from crossread.reading.party_phrases import ASIDES, phrase
from crossread.reading.tree import MAX_CLIMB, Tree

if TYPE_CHECKING:
    from crossread.reading.events import Draft
    from crossread.reading.layers import Layers

_CLAUSES = frozenset({"conj", "advcl", "ccomp", "parataxis", "acl:relcl"})
SURE_EDGES = 0.85
"""Mean probability of an actor phrase's words from which its edges replace the rules'; edges of recipients the rules know better."""
SURE_ADD = {"S": 0.75, "R": 0.75, "T": 0.85}
"""The same from which a phrase is added, by role."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A phrase that the head marks: role ``S`` actor, ``T`` recipient, ``R`` both; words ``first`` to ``last``, both included."""

    role: str
    first: int
    last: int
    sure: float


class MarkedPhrases:
    """The phrases that the head marks in a text, asked for sentence by sentence."""

    def __init__(self, layers: "Layers", tree: Tree) -> None:
        self._tree = tree
        labels = layers.actor_labels
        self._labels = [labels[k] for k in layers.actor_roles.argmax(1).tolist()]
        self._columns = {role: [n for n, label in enumerate(labels) if label != "O" and label[-1] == role] for role in "STR"}
        self._roles = layers.actor_roles

    def within(self, first: int, last: int) -> list[Marked]:
        """Those among the words ``first`` to ``last`` (half open)."""
        found: list[Marked] = []
        start, role = first, "O"
        for i in range(first, last + 1):
            label = self._labels[i] if i < last else "O"
            goes_on = label[:1] == "I" and label[-1] == role
            if role != "O" and not goes_on:
                found.append(Marked(role, start, i - 1, self._sure(role, start, i - 1)))
            if not goes_on:
                start, role = i, label[-1]
        return [m for m in found if any(c.isalnum() for c in self._tree.words[m.first])]

    def _sure(self, role: str, first: int, last: int) -> float:
        columns = self._columns[role]
        total = sum(row[c] for row in self._roles[first : last + 1].tolist() for c in columns)
        return float(total) / (last - first + 1)


def head_of(tree: Tree, first: int, last: int) -> int:
    """The word of a phrase that depends on none of the others; the last such noun where there are several."""
    outer = [i for i in range(first, last + 1) if not first <= tree.heads[i] <= last or tree.heads[i] == i]
    nouns = [i for i in outer if tree.tags[i].startswith(("NN", "PRP"))]
    return (nouns or outer or [last])[0]


def with_marked(tree: Tree, drafts: Sequence["Draft"], marked: Sequence[Marked]) -> list["Draft"]:
    """The drafts of one sentence with edges of phrases corrected, and the main one's missing phrases added."""
    if not drafts or not marked:
        return list(drafts)
    snapped = [_snapped(tree, d, _beside(d, marked)) for d in drafts]
    main = max(range(len(snapped)), key=lambda n: (snapped[n].confidence, -n))
    snapped[main] = _completed(tree, snapped[main], _beside(snapped[main], marked))
    return snapped


def _beside(draft: "Draft", marked: Sequence[Marked]) -> list[Marked]:
    """Marked phrases that do not hold the act itself: nobody's air strikes are a side of the air strikes."""
    return [m for m in marked if not m.first <= draft.predicate.head <= m.last]


def _snapped(tree: Tree, draft: "Draft", marked: Sequence[Marked]) -> "Draft":
    spans = dict(draft.spans)
    heads = (*draft.arguments.actors, *draft.arguments.recipients)
    for head in heads:
        first, last = phrase(tree, head)
        near = [m for m in marked if m.role != "T" and m.sure >= SURE_EDGES and m.first <= head <= m.last]
        alone = near and sum(near[0].first <= h <= near[0].last for h in heads) == 1
        if alone and _alike(near[0], first, last):
            spans[head] = _edges(tree, near[0], head)
    return replace(draft, spans=tuple(sorted(spans.items())))


def _edges(tree: Tree, marked: Marked, head: int) -> tuple[int, int]:
    """The marked words, without a preposition left at their end and with the compound that they cut ("finance ministers")."""
    first, last = marked.first, marked.last
    opened = next((k for k in range(head + 1, last + 1) if tree.words[k] in ASIDES), None)
    if opened is not None and not (tree.words[opened] == "(" and ")" in tree.words[opened : last + 1]):
        last = opened - 1
    while last > head and tree.deps[last] in ("case", "cc", "punct", "det") and tree.words[last] not in (")", "."):
        last -= 1
    while first > 0 and tree.deps[first - 1] == "compound" and first <= tree.heads[first - 1] <= head:
        first -= 1
    return first, last


def _alike(marked: Marked, first: int, last: int) -> bool:
    shared = min(marked.last, last) - max(marked.first, first) + 1
    return shared > 0 and 2 * shared >= 0.4 * (marked.last - marked.first + last - first + 2)


def _completed(tree: Tree, draft: "Draft", marked: Sequence[Marked]) -> "Draft":
    """The main event with the head's phrases where it is sure: they add what the rules miss and replace what they got wrong."""
    sure = [m for m in marked if m.sure >= SURE_ADD[m.role]]
    sense = draft.predicate.sense
    if not sure or (sense is not None and sense.mutual and len(draft.arguments.actors) > 1):
        return draft
    actors, recipients, rules = list(draft.arguments.actors), list(draft.arguments.recipients), list(draft.arguments.rules)
    spans = dict(draft.spans)
    chosen: dict[str, list[int]] = {}
    undergoes = tree.is_passive(draft.predicate.head) or "subject undergoes" in rules
    suffers = set(recipients) if undergoes else set()
    for role, found in (("S", actors), ("T", recipients)):
        own = [] if found else [m for m in sure if m.role in (role, "R") and _is_near(tree, draft, m)]
        if role == "S":  # the subject of a passive acts in nothing, whatever the model says
            own = [m for m in own if suffers.isdisjoint(_heads_in(tree, m))]
        added = [h for m in own for h in _heads_in(tree, m)]
        if added:
            rules.append("marked by the model")
        spans |= {heads[0]: (m.first, m.last) for m in own if len(heads := _heads_in(tree, m)) == 1}
        chosen[role] = added or found
    others = [h for h in chosen["T"] if h not in chosen["S"]]
    changed = Arguments(tuple(dict.fromkeys(chosen["S"])), tuple(dict.fromkeys(others)), tuple(rules))
    return replace(draft, arguments=changed, spans=tuple(sorted(spans.items())))


def _is_near(tree: Tree, draft: "Draft", marked: Marked) -> bool:
    """Whether a marked phrase stands in the predicate's clause or in one above it; a passive has its sides in its own."""
    top = draft.predicate.light if draft.predicate.light is not None else draft.predicate.head
    head = head_of(tree, marked.first, marked.last)
    below = _own_clause(tree, head, top)
    if below is not None:
        return below
    if draft.predicate.kind == "n" and draft.predicate.light is None and tree.deps[top] in ("obl", "nmod"):
        return False  # "police blocked the square amid protests"
    above = _climb(tree, top)
    return not tree.is_passive(top) and tree.heads[head] in above and tree.heads[head] != top


def _own_clause(tree: Tree, head: int, top: int) -> bool | None:
    """Whether no other clause stands between a word and a predicate above it; ``None`` where the predicate is not above it."""
    if top not in tree.ancestors(head):
        return None
    while head != top:
        if tree.deps[head] in _CLAUSES and tree.heads[head] == top:
            return False
        head = tree.heads[head]
    return True


def _climb(tree: Tree, i: int) -> list[int]:
    """The words above a predicate up to the clause that somebody says, whose speaker does not act in it."""
    found: list[int] = []
    while tree.heads[i] != i and tree.deps[i] not in ("ccomp", "parataxis", "acl:relcl"):
        i = tree.heads[i]
        found.append(i)
        if len(found) > MAX_CLIMB:
            break
    return found


def _heads_in(tree: Tree, marked: Marked) -> list[int]:
    """The heads of a marked phrase: its outermost word and what is coordinated with it there."""
    return [i for i in tree.conjuncts(head_of(tree, marked.first, marked.last)) if marked.first <= i <= marked.last]
