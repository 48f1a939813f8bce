"""Who plans, calls off, takes part in or is involved in the act that a noun names."""

from crossread.codebook.plover import Sense, operators, word_list
from crossread.reading.control import clause_subject
from crossread.reading.party_phrases import is_animate
from crossread.reading.tree import Tree

_REACTIONS = frozenset({"protest", "retaliation", "reprisal", "revenge", "support", "solidarity"})
_SHARES = frozenset({"involvement", "role", "participation", "part", "responsibility", "complicity", "campaign", "use"})
_MULLING = frozenset({"consider", "mull", "weigh", "contemplate", "study", "threaten", "ponder", "explore"})
_DRAWING = frozenset({"draw", "prompt", "provoke", "attract", "elicit", "earn", "bring", "win", "spark", "trigger", "invite"})
_HEARING = frozenset({"expect", "anticipate", "hear", "fear"})
"""Who does this to words "from" somebody is whom they reach."""
_OWN_ACTS = frozenset(
    {"resignation", "departure", "exit", "restraint", "surrender", "abdication", "apology", "withdrawal", "pullout"}
)
_LEGS = frozenset({"day", "leg", "stage", "stop"})
_FORESEEING = frozenset({"expect", "await", "anticipate", "predict", "foresee"})
"""Who does this to an act does not plan it ("does not expect the strikes to stop")."""


def planner(tree: Tree, head: int, sense: Sense) -> list[int]:
    """Who plans, calls off or refuses an act of their own that a noun names ("called off the trip", "plans a visit")."""
    verb = tree.heads[head]
    bare = not any(tree.deps[k] in ("det", "nmod:poss") for k in tree.kids[head])
    if bare and tree.preposition(head) == "in" and tree.lemmas[head] in _REACTIONS:
        verb = next((i for i in tree.ancestors(head) if tree.is_verb(i)), verb)
        subject, _ = clause_subject(tree, verb)
        return [subject] if subject is not None else []
    if (involved := _involved(tree, head)) is not None:
        return [involved]
    if tree.preposition(head) in ("in", "of") and tree.deps[head] == "nmod" and tree.lemmas[verb] in _SHARES:
        return [k for k in tree.kids[verb] if tree.deps[k] == "nmod:poss"]
    if not tree.is_verb(verb) or tree.is_passive(verb):
        return []
    if tree.deps[head] != "obj":
        return []
    if tree.lemmas[verb] in _FORESEEING:
        return []
    particle = tree.particle(verb)
    said = set(operators().get(f"{tree.lemmas[verb]}_{particle}" if particle else tree.lemmas[verb], ()))
    own = (
        said & {"planned", "called_off"} or tree.lemmas[verb] in _MULLING or (sense.mode == "visit" and said & {"ended", "negated"})
    )
    subject, _ = clause_subject(tree, verb) if own else (None, "")
    return [subject] if subject is not None and subject != head else []


def drawn_from(tree: Tree, head: int) -> tuple[list[int], list[int]] | None:
    """Who reacts to whom where somebody or his words bring a reaction about ("his speech drew a rebuke from the king")."""
    verb = tree.heads[head]
    if tree.deps[head] not in ("obj", "conj") or tree.lemmas[verb] not in _DRAWING | _HEARING or tree.is_passive(verb):
        return None
    near = [
        k
        for i in (head, verb)
        for k in tree.kids[i]
        if tree.deps[k] in ("obl", "nmod") and tree.preposition(k) in ("from", "among")
    ]
    if tree.lemmas[verb] in _HEARING and not near:
        return None
    subject, _ = clause_subject(tree, verb)
    owner = tree.child(subject, "nmod:poss") if subject is not None else None
    reached = owner if owner is not None else subject
    reached = reached if reached is not None and is_animate(tree, reached) else None
    return [k for k in near if is_animate(tree, k) or tree.lemmas[k] in word_list("quantity")][:1], [
        reached
    ] if reached is not None else []


def own_act_of(tree: Tree, head: int) -> list[int]:
    """Whose act is called for that only they can do ("called for the resignation of the king", "demanded the king's departure")."""
    for k in tree.kids[head]:
        wanted = tree.deps[k] == "obj" or (tree.deps[k] in ("obl", "nmod") and tree.preposition(k) == "for")
        if wanted and tree.lemmas[k] in _OWN_ACTS:
            return [j for j in tree.kids[k] if tree.deps[j] == "nmod:poss" or tree.preposition(j) in ("of", "by")][:1]
    return []


def traveller(tree: Tree, head: int) -> int | None:
    """Who "is on a visit", or "on the second day of" one."""
    top = tree.heads[head] if tree.deps[head] == "nmod" and tree.preposition(head) == "of" else head
    if tree.preposition(top) != "on" or tree.child(top, "cop") is None or (top != head and tree.lemmas[top] not in _LEGS):
        return None
    return tree.child(top, "nsubj")


def is_on_it(tree: Tree, visit: int) -> bool:
    """Whether somebody "is on a visit" now, or "on the second day of" one."""
    top = tree.heads[visit] if traveller(tree, visit) is not None and tree.child(visit, "cop") is None else visit
    return traveller(tree, visit) is not None and any(
        tree.deps[k] == "cop" and tree.lower[k] in ("is", "are", "'s", "’s") for k in tree.kids[top]
    )


def _involved(tree: Tree, head: int) -> int | None:
    """Who "was involved in" what a noun names."""
    while tree.deps[head] == "conj" and tree.heads[head] < head:
        head = tree.heads[head]
    verb = tree.heads[head]
    if tree.preposition(head) != "in" or tree.lower[verb] != "involved" or tree.tags[verb] not in ("VBN", "JJ"):
        return None
    return tree.child(verb, "nsubj", "nsubj:pass")
