"""Whether a noun names an act that is only supposed: asked about, part of a drill, or what one merely comes near."""

from crossread.reading.governing import CONDITIONAL, LASTING, is_known
from crossread.reading.tree import Tree

_MOCK = frozenset({"mock", "simulated", "dummy", "imaginary", "fictitious"})
_DRILLS = frozenset(
    {"game", "games", "exercise", "exercises", "drill", "drills", "manoeuvre", "maneuver", "rehearsal", "simulation"}
)


def is_in_question(tree: Tree, noun: int) -> bool:
    """Whether a noun that tells of something new stands in a clause with "whether" or "if" ("unclear whether they are open to concessions")."""
    lasting = tree.deps[noun] == "nsubj" and tree.lemmas[tree.heads[noun]] in LASTING  # "if the raids go on"
    if is_known(tree, noun) or lasting:
        return False
    clause = next((k for k in tree.ancestors(noun)[:4] if tree.is_verb(k) or tree.deps[k] in ("ccomp", "advcl", "csubj")), noun)
    return any(tree.deps[k] == "mark" and tree.lower[k] in CONDITIONAL for k in tree.kids[clause])


def is_mock(tree: Tree, noun: int) -> bool:
    """Whether an attack is one of a drill: on a mock target, or part of an exercise ("the games included attacks")."""
    reached = [j for k in tree.kids[noun] if tree.deps[k] == "nmod" for j in tree.kids[k]]
    if any(tree.lower[j] in _MOCK for j in reached):
        return True
    verb = tree.heads[noun]
    subject = tree.child(verb, "nsubj") if tree.lemmas[verb] in ("include", "involve", "feature", "simulate") else None
    return subject is not None and tree.deps[noun] in ("obj", "conj") and tree.lemmas[subject] in _DRILLS


def is_close_to(tree: Tree, noun: int) -> bool:
    """Whether a noun is what one only comes near ("closer to a war", "on the brink of war")."""
    above = tree.heads[noun]
    if tree.preposition(noun) == "to":
        return tree.lower[above] in ("close", "closer", "closest", "near", "nearer") and not tree.tags[above].startswith("VB")
    return tree.preposition(noun) == "of" and tree.lemmas[above] in ("brink", "verge", "cusp")
