"""The place and agency before the first sentence of a report, kept out of that sentence's grammar."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crossread.reading.tree import Tree

_DASHES = frozenset(("—", "–", "--", "-"))
_LONGEST = 16
"""Words and marks of a dateline ("SAN MARCO DEL SUR, Borduria, March 3 (AP) —")."""
_FEWEST_AFTER = 4


def dateline_end(words: list[str], first: int, last: int) -> int | None:
    """The dash that ends the dateline a sentence opens with; ``None`` where it opens with none.

    A dateline holds nothing but names, numbers and marks, and is told from a name and an aside by its capitals, comma or brackets.
    """
    for i in range(first, min(last - _FEWEST_AFTER, first + _LONGEST)):
        if words[i] in _DASHES:
            before = words[first:i]
            marked = bool(before) and ((before[0].isupper() and len(before[0]) > 2) or "(" in before or "-LRB-" in before)
            closed = before.count("(") == before.count(")")  # not "Mara Holm (D-Vt.) left"
            return i if marked and closed else None
        if not (words[i][:1].isupper() or words[i][:1].isdigit() or words[i] in (",", ".", "(", ")", "/", "of", "de", "del", "al")):
            return None
    return None


def part_dateline(tree: "Tree", first: int, last: int) -> None:
    """Make the noun after a dateline the subject where the parse took the dateline's place for it."""
    dash = dateline_end(tree.words, first, last)
    if dash is None:
        return
    taken = next((i for i in range(first, dash) if tree.deps[i].startswith("nsubj") and tree.heads[i] > dash), None)
    if taken is None:
        return
    verb, role = tree.heads[taken], tree.deps[taken]
    hanging = [i for i in range(dash + 1, verb) if first <= tree.heads[i] <= dash and tree.deps[i] != "punct"]
    own = next((i for i in range(dash + 1, verb) if tree.heads[i] == verb and tree.deps[i].startswith("nsubj")), None)
    nouns = [i for i in hanging if tree.tags[i].startswith(("NN", "PRP"))]
    if own is None and not nouns:
        return
    tree.deps[taken] = "dep"
    for i in hanging:
        tree.heads[i] = verb
        tree.deps[i] = "obl" if tree.deps[i].startswith(("nmod", "appos")) else tree.deps[i]
    if own is None:
        tree.deps[nouns[0]] = role
