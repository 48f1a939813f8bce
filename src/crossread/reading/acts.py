"""Whether a predicate with its sides reports an act, or only tells how something was said or what readers are to do."""

from crossread.codebook.plover import predicates, word_classes, word_list
from crossread.reading.arguments import Arguments
from crossread.reading.control import has_to
from crossread.reading.noun_arguments import is_placed
from crossread.reading.party_phrases import is_animate, is_place_or_name
from crossread.reading.predicates import Predicate
from crossread.reading.taking_place import takes_place
from crossread.reading.tree import Tree
from crossread.vocabulary import EventType

_KNOWN_FIGHTS = frozenset({"violence", "bloodshed"})
"""Nouns that tell of fighting without its sides where it is taken for known ("the violence")."""


_UTTERED = frozenset({"bomb", "death", "verbal", "written", "telephone", "anonymous"})
_GRADES = frozenset((
    "common", "existential", "serious", "growing", "major", "real", "grave", "mortal", "great", "big", "nuclear", "terror", "terrorist",
    "potential", "emerging", "global", "shared", "main", "constant"
))  # fmt: skip
"""Words that weigh a danger or say of what kind it is."""
_LAWS = word_classes()["document"] | {
    "ruling",
    "rule",
    "act",
    "statute",
    "provision",
    "policy",
    "constitution",
    "order",
    "system",
    "deal",
}
_PROVOKING = word_classes()["violence"] | word_classes()["measure"] | {"move", "step", "action", "violation", "response", "force"}
_ANSWERED = frozenset(
    {"meet", "bring", "trigger", "provoke", "answer", "regard", "consider", "face", "come", "follow", "treat", "lead"}
)
"""What is said of a deed that somebody means to answer ("any attack will be met with force")."""
_MEETING = frozenset((
    "face", "counter", "confront", "address", "combat", "eliminate", "assess", "reduce", "perceive", "see", "contain", "tackle", "fight",
    "underestimate", "remove", "meet", "discuss"
))  # fmt: skip


def reports_act(tree: Tree, predicate: Predicate, arguments: Arguments) -> bool:
    """Whether a predicate with these arguments reports an act: weak senses need sides that can act."""
    sense = predicate.sense
    assert sense is not None
    if sense.label == "idiom":
        return False  # a figure of speech: "struck a note", "the border that it shares with them"
    if sense.type is EventType.THREATEN and predicate.kind == "n" and _is_danger(tree, predicate):
        return False
    if sense.mode == "visit" and _is_imperative(tree, predicate.head):
        return False
    if sense.type is EventType.REJECT and predicate.kind == "v" and _is_of_a_fact(tree, predicate.head):
        return False
    if sense.lemma == "warn" and sense.type is EventType.THREATEN and _is_foreseen(tree, predicate.head):
        return False
    if tree.lemmas[predicate.head] == "roadblock" and tree.preposition(predicate.head) in ("at", "near", "through"):
        return False  # where something happens
    if sense.lemma == "discuss" and has_to(tree, predicate.head):
        return False  # "met to discuss the war" tells of one meeting
    if sense.type in (EventType.AID, EventType.SUPPORT) and _is_done_to_itself(tree, predicate):
        return False
    if not sense.weak:
        return True
    acting = any(is_animate(tree, i) for i in arguments.actors)
    if predicate.kind == "n":
        told = predicate.light is not None or takes_place(tree, predicate.head)
        if sense.type is EventType.ASSAULT and tree.lemmas[predicate.head] in _KNOWN_FIGHTS and _is_definite(tree, predicate.head):
            return True
        if sense.type in (EventType.ASSAULT, EventType.PROTEST) and is_placed(tree, predicate.head):
            return True
        if tree.lower[predicate.head] == "talks" and sense.type is EventType.CONSULT and _is_definite(tree, predicate.head):
            told = told or tree.deps[predicate.head] in ("nmod", "obl")  # "the substance of the talks"
        return acting or told or any(is_place_or_name(tree, i) or is_animate(tree, i) for i in arguments.recipients)
    if sense.lemma == "want" and not any(is_animate(tree, i) for i in arguments.recipients):
        return False  # "they want to win", "want the rally to work"
    if (sense.type is EventType.REQUEST or sense.label == "compel") and arguments.actors and not acting:
        return False  # "snow forced them to turn back"
    if sense.lemma in ("allow", "permit") and any(tree.lemmas[i] in _LAWS for i in arguments.actors):
        return False  # "the law allows them to sue"
    if predicate.framed or sense.type is EventType.NONE:
        return acting or bool(arguments.recipients)
    return acting and bool(arguments.recipients)


def _is_danger(tree: Tree, predicate: Predicate) -> bool:
    """Whether a threat is a danger and no words of somebody's: what something is, what is faced, "the biggest threat", "a threat to trade"."""
    noun = predicate.head
    if _is_what_something_is(tree, noun):
        return True
    if tree.lower[noun] != "threat" or predicate.light is not None or tree.child(noun, "acl", "nmod:poss") is not None:
        return False
    before = {tree.lower[k] for k in tree.kids[noun] if k < noun and tree.deps[k] in ("amod", "compound")}
    if before & _UTTERED or any(tree.preposition(k) == "by" for k in tree.kids[noun]):
        return False
    graded = before & _GRADES or any(tree.tags[k] == "JJS" for k in tree.kids[noun])
    toward = any(tree.preposition(k) in ("to", "from", "of") for k in tree.kids[noun])
    met = tree.deps[noun] == "obj" and tree.lemmas[tree.heads[noun]] in _MEETING
    return bool(graded) or toward or met


def _is_what_something_is(tree: Tree, noun: int) -> bool:
    """Whether a threat is a danger that somebody or something is ("as a global threat", "is a threat to trade"), not words."""
    return tree.preposition(noun) == "as" or (tree.child(noun, "cop") is not None and tree.child(noun, "nsubj") is not None)


def _is_foreseen(tree: Tree, verb: int) -> bool:
    """Whether what is warned of is only possible, and nobody's own deed ("warned that the bank could fail")."""
    clause = tree.child(verb, "ccomp")
    subject = tree.child(clause, "nsubj", "nsubj:pass") if clause is not None else None
    if clause is None or subject is None or tree.tags[subject].startswith("PRP"):
        return False
    helpers = {tree.lower[k] for k in tree.kids[clause] if tree.deps[k] == "aux"}
    befalls = tree.is_passive(clause) and tree.lemmas[clause] not in predicates().verbs  # "the Fund will be exhausted"
    thing = befalls or not (is_animate(tree, subject) or tree.lemmas[subject] in _PROVOKING)
    coming = bool(helpers & {"will", "would", "'ll", "’ll"}) and thing
    return bool(helpers & {"could", "may", "might"} or (coming and tree.lemmas[clause] not in _ANSWERED))


def _is_of_a_fact(tree: Tree, verb: int) -> bool:
    """Whether only "that" or "this" does it ("That ruled out a deal"): a fact refuses nothing."""
    subject = tree.child(verb, "nsubj")
    return subject is not None and tree.tags[subject] == "DT" and tree.lower[subject] in ("that", "this", "these", "those")


def _is_done_to_itself(tree: Tree, predicate: Predicate) -> bool:
    """Whether somebody helps or equips "itself", which aids nobody."""
    obj = tree.child(predicate.head, "obj", "iobj") if predicate.kind == "v" else None
    return obj is not None and tree.tags[obj] == "PRP" and tree.lower[obj].endswith(("self", "selves"))


def _is_imperative(tree: Tree, verb: int) -> bool:
    """Whether a verb tells readers what to do ("Visit the site to see more")."""
    bare = tree.tags[verb] in ("VB", "VBP") and tree.deps[verb] == "root" and verb in tree.openers
    return bare and tree.child(verb, "nsubj", "aux", "mark") is None


def _is_definite(tree: Tree, noun: int) -> bool:
    return any(tree.lower[k] in ("the", "this", "that") and tree.deps[k] == "det" for k in tree.kids[noun])


def is_interview(tree: Tree, verb: int) -> bool:
    """Whether talking or being asked only tells how something was said ("a nurse, speaking by telephone, said", "asked if ..., he said")."""
    spoken = tree.tags[verb] == "VBG" and tree.lemmas[verb] in ("speak", "talk")
    asked = tree.tags[verb] == "VBN" and tree.lemmas[verb] in ("ask", "question", "press")
    if not (spoken or asked) or tree.deps[verb] not in ("acl", "advcl") or tree.child(verb, "aux:pass", "aux") is not None:
        return False
    above = tree.heads[verb]
    saying = tree.heads[above] if tree.deps[verb] == "acl" and tree.deps[above] == "nsubj" else above
    return tree.lemmas[saying] in word_list("saying")


def is_of_others(tree: Tree, saying: int) -> bool:
    """Whether what is said to come is what others will do ("police confirmed that women would find help")."""
    clause, speaker = tree.child(saying, "ccomp"), tree.child(saying, "nsubj")
    subject = tree.child(clause, "nsubj", "nsubj:pass") if clause is not None else None
    if subject is None or speaker is None or tree.tags[subject].startswith("PRP"):
        return False
    return tree.lemmas[subject] != tree.lemmas[speaker]


def is_supposed(tree: Tree, saying: int) -> bool:
    """Whether what is said only follows from a condition ("said if it were true, it would cast doubt on the inquiry")."""
    clause = tree.child(saying, "ccomp")
    subject = tree.child(clause, "nsubj", "expl") if clause is not None else None
    if clause is None or subject is None or tree.lower[subject] not in ("it", "this", "that", "there"):
        return False
    conditions = [k for k in tree.kids[clause] if tree.deps[k] == "advcl"]
    return any(tree.deps[j] == "mark" and tree.lower[j] == "if" for k in conditions for j in tree.kids[k])


def asks_somebody(tree: Tree, saying: int) -> bool:
    """Whether plain words of saying ask something of somebody they name ("said the rebels must leave"), not only of "us" or nobody."""
    if any(tree.tags[k] == "VB" and has_to(tree, k) for k in tree.kids[saying]):
        return True  # "told the rebels to leave"
    clauses = [j for k in tree.kids[saying] if tree.deps[k] in ("ccomp", "parataxis") for j in tree.conjuncts(k)]
    for clause in clauses:
        subject = tree.child(clause, "nsubj", "nsubj:pass")
        asked = any(tree.lower[k] in ("should", "must", "ought") for k in tree.kids[clause]) or tree.lemmas[clause] in (
            "need",
            "have",
        )
        if subject is not None and asked and is_animate(tree, subject) and tree.lower[subject] not in ("i", "we", "it"):
            return True
    return any(tree.tags[k] == "VB" and tree.child(k, "nsubj", "aux") is None for k in clauses)
