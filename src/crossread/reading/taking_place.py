"""Event nouns that a clause tells as taking place: "battles took place", "the vote is scheduled for Sunday", "expect the talks to begin"."""

from crossread.codebook.plover import word_classes
from crossread.reading.governing import is_scheduled
from crossread.reading.tree import Tree

_HAPPENING = frozenset({"erupt", "occur", "happen", "break", "rage", "ensue", "flare"})
_COURSES = frozenset({"begin", "start", "resume", "continue", "end", "stop", "last", "subside"})
_DRAWING = frozenset({"draw", "attract", "spread", "swell", "gather"})


def takes_place(tree: Tree, noun: int) -> bool:
    """Whether a noun is the subject of a verb of taking place, which makes any event noun an event ("battles took place")."""
    verb = tree.heads[noun]
    if is_scheduled(tree, noun) or (
        tree.deps[noun] == "obj" and any(k > noun and tree.lemmas[k] in _COURSES for k in tree.children(verb, "xcomp"))
    ):
        return True  # "expect the talks to begin"
    if tree.deps[noun].startswith("nsubj") and tree.lemmas[verb] not in _HAPPENING:  # "are supposed to take place"
        inner = tree.child(verb, "xcomp")
        if inner is not None and tree.lemmas[inner] in _HAPPENING | {"take"}:
            return tree.lemmas[inner] != "take" or any(tree.lemmas[k] == "place" for k in tree.kids[inner])
    if tree.deps[noun] == "nsubj" and tree.lemmas[verb] in _DRAWING and tree.lemmas[noun] in word_classes()["protest"]:
        return True
    took_place = tree.lemmas[verb] == "take" and any(tree.lemmas[k] == "place" for k in tree.kids[verb])
    return tree.deps[noun] in ("nsubj", "nsubj:outer") and (took_place or tree.lemmas[verb] in _HAPPENING)
