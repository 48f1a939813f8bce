"""Sides that a clause leaves out because an earlier one named them: "Borduria shelled Kolm. The shelling killed ten."

Only a noun that takes its event for granted ("the shelling", "air strikes"), or a passive without agent, is completed, and only from a
clause about the same kind of happening in the same or one of the `REACH` sentences before.  What one party claims or denies tells nothing
about an event that another speaks of, so such clauses are passed over.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from crossread.codebook.happenings import happening_sets
from crossread.vocabulary import Status

if TYPE_CHECKING:
    from crossread.reading.events import Draft
    from crossread.reading.tree import Tree

REACH = 3
"""How many sentences back an event may have been told with its sides."""
_STEM = 4
_NEW = frozenset(
    {"a", "an", "another", "any", "no", "some", "more", "new", "further", "fresh", "other", "similar", "such", "separate"}
)
_ANY_ATTACK = frozenset({"attack", "assault", "attacks", "assaults", "strike", "strikes"})
_STORMS = frozenset({"storm", "stormed", "assault", "attack", "raid", "raided"})
_TO_COME = frozenset({Status.PLANNED, Status.PROPOSED, Status.HYPOTHETICAL})
_CLAIMED = frozenset({Status.ALLEGED, Status.DENIED})


def with_implied(tree: "Tree", drafts: Sequence["Draft"]) -> list["Draft"]:
    """The drafts of a text, in its order, with sides that only other clauses name."""
    order = {sentence: n for n, sentence in enumerate(tree.sentences)}
    done: list[Draft] = []
    for n, draft in enumerate(drafts):
        if _takes_for_granted(tree, draft):
            near = [d for d in reversed(done) if order[draft.sentence] - order[d.sentence] <= REACH]
            near += [d for d in drafts[n + 1 :] if d.sentence == draft.sentence]
            able = [d for d in near if _tells_of(tree, d, draft)]
            to_come = draft.status.status in _TO_COME
            told = next((d for d in able if (d.status.status in _TO_COME) == to_come), able[0] if able else None)
            if told is not None:
                draft = _completed(tree, draft, told)
        done.append(draft)
    return done


def _takes_for_granted(tree: "Tree", draft: "Draft") -> bool:
    """Whether a predicate speaks of an event as known."""
    predicate = draft.predicate
    if predicate.kind != "n":
        return predicate.kind == "v" and tree.is_passive(predicate.head)
    if predicate.light is not None and not tree.is_passive(predicate.light):
        return False
    words = {tree.lower[k] for k in tree.kids[predicate.head] if tree.deps[k] in ("det", "amod", "nummod", "nmod:poss")}
    return not words & _NEW


def _tells_of(tree: "Tree", told: "Draft", draft: "Draft") -> bool:
    """Whether an earlier clause tells of the same happening, with who acted."""
    if told is draft or told.coding.type is not draft.coding.type or not (told.arguments.actors or told.implied_actors):
        return False
    if _numbers_differ(tree, told.predicate.head, draft.predicate.head):
        return False
    if told.status.status in _CLAIMED and told.voice is not draft.voice:
        return False
    return any(_same_happening(a, b) for a in _words(tree, told) for b in _words(tree, draft))


def _numbers_differ(tree: "Tree", told: int, noun: int) -> bool:
    """Whether one noun names several acts and the other one ("such attacks have been made by X. This attack ...")."""
    return {tree.tags[told], tree.tags[noun]} == {"NN", "NNS"} and tree.lemmas[told] == tree.lemmas[noun]


def _words(tree: "Tree", draft: "Draft") -> Iterator[str]:
    for i in draft.predicate.words:
        yield tree.lemmas[i]
        yield tree.lower[i]


@cache
def _sets_of(word: str) -> frozenset[int]:
    return frozenset(n for n, words in enumerate(happening_sets()) if word in words)


def _same_happening(first: str, second: str) -> bool:
    """Whether two words name one kind of happening: by their stem ("bombed", "bombardment") or by the codebook.

    "The attack" may speak of any raid; "the bombing" does not speak of any attack.
    """
    if (
        {first, second} <= _STORMS
        or first == second
        or (len(first) >= _STEM and len(second) >= _STEM and first[:_STEM] == second[:_STEM])
    ):
        return True
    return bool(_sets_of(first) & _sets_of(second)) and (second in _ANY_ATTACK or not {first, second} & _ANY_ATTACK)


def _completed(tree: "Tree", draft: "Draft", told: "Draft") -> "Draft":
    named = draft.arguments.recipients
    if draft.arguments.actors:
        return replace(draft, told_at=told.predicate.head)
    actors = [i for i in (*told.arguments.actors, *told.implied_actors) if _is_named(tree, i) and i not in named]
    others = [] if named else [i for i in (*told.arguments.recipients, *told.implied_recipients) if _is_named(tree, i)]
    rules = (*draft.arguments.rules, f"sides of: {tree.lower[told.predicate.head]}")
    arguments = replace(draft.arguments, rules=rules) if actors or others else draft.arguments
    return replace(
        draft, arguments=arguments, implied_actors=tuple(actors), implied_recipients=tuple(others), told_at=told.predicate.head
    )


def _is_named(tree: "Tree", i: int) -> bool:
    return not tree.tags[i].startswith(("PRP", "W", "DT"))
