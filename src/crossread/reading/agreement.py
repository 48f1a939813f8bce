"""Verbs that the parse ties to the subject of what is said though only the speaker agrees with them.

"Borduria says the rebels were armed and has closed the border": the rebels "have", Borduria "has".
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crossread.reading.tree import Tree


def speaker_of_conjunct(tree: "Tree", verb: int) -> int | None:
    """The verb of saying that a coordinated verb goes on from, where number or mood parts it from the clause before it."""
    clause = tree.heads[verb]
    saying = tree.heads[clause]
    if tree.deps[verb] != "conj" or tree.deps[clause] != "ccomp" or saying == clause or not saying < clause < verb:
        return None
    inner, outer = tree.child(clause, "nsubj", "nsubj:pass"), tree.child(saying, "nsubj")
    if inner is None or outer is None or tree.child(verb, "nsubj", "nsubj:pass", "expl") is not None:
        return None
    helpers = [k for k in tree.kids[verb] if tree.deps[k] in ("aux", "aux:pass", "cop")]
    finite = next((tree.tags[k] for k in (*helpers, verb) if tree.tags[k] in ("VBZ", "VBP")), None)
    one, several = _number(tree, inner), _number(tree, outer)
    apart = (finite == "VBZ" and one == "p" and several == "s") or (finite == "VBP" and one == "s" and several == "p")
    after_modal = tree.tags[verb] == "VBD" and not helpers and any(tree.tags[k] == "MD" for k in tree.kids[clause])
    return saying if apart or after_modal else None


def _number(tree: "Tree", noun: int) -> str:
    """``s`` for one, ``p`` for several, ``?`` for a pronoun or what else tells neither."""
    if tree.child(noun, "conj") is not None or tree.tags[noun] in ("NNS", "NNPS"):
        return "p"
    return "s" if tree.tags[noun] in ("NN", "NNP") else "?"
