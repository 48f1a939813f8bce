"""From a predicate's sense to PLOVER type, mode, CAMEO root and label, by what the predicate is about.

The manual's rules: a promise of force is a threat, the mode of a request, refusal or threat is that of its content.
"""

from dataclasses import dataclass

from crossread.codebook.plover import CAMEO_OF_TYPE, MODES, PENTA, Sense, predicates, word_classes
from crossread.reading.control import clause_subject, is_asserted, is_one_of_several
from crossread.reading.predicates import Predicate, Surroundings, choose_sense
from crossread.reading.tree import Tree
from crossread.vocabulary import EventType, Stance

_CONTENT_MODE = {
    EventType.AID: "assist", EventType.COOPERATE: "assist", EventType.CONSULT: "meet", EventType.RETREAT: "yield",
    EventType.CONCEDE: "yield", EventType.AGREE: "yield", EventType.SUPPORT: "assist",
}  # fmt: skip
_THREAT_MODE = {
    EventType.ASSAULT: "violence", EventType.MOBILIZE: "violence", EventType.SANCTION: "relations", EventType.REJECT: "relations",
    EventType.COERCE: "restrict", EventType.RETREAT: "relations",
}  # fmt: skip
_FORCE = frozenset({EventType.ASSAULT, EventType.COERCE, EventType.SANCTION, EventType.MOBILIZE})
_PROMISES = frozenset({"promise", "plan"})
_VOWING = frozenset({"vow", "pledge", "promise", "swear"})
_AID_WORDS = frozenset(
    {"aid", "help", "assistance", "support", "money", "fund", "funds", "funding", "relief", "troop", "troops", "refuge", "asylum"}
)
_MEETING_WORDS = frozenset({"meeting", "talk", "talks", "visit", "dialogue", "summit", "negotiation", "negotiations"})
_WILL = frozenset({"will", "wo", "would", "'ll", "’ll"})
_CAN = frozenset({"can", "ca", "could"})
_NOT = frozenset({"not", "n't", "n’t", "never"})
_ACCEPTING = frozenset({"accept", "support", "back", "endorse", "recognise", "recognize", "condone", "tolerate", "consent"})
SPEECH = {
    Stance.ACCUSE: ("ACCUSE", "disapprove", "11", "criticize"), Stance.DEMAND: ("REQUEST", None, "10", "demand"),
    Stance.THREATEN: ("THREATEN", None, "13", "threaten"), Stance.PROMISE: ("AGREE", None, "03", "promise"),
    Stance.SUPPORT: ("SUPPORT", None, "05", "back"), Stance.REJECT: ("REJECT", None, "12", "reject"),
    Stance.PROPOSE: ("REQUEST", None, "02", "propose"),
}  # fmt: skip
"""What saying something with a stance is, where the verb itself does not tell."""


@dataclass(frozen=True, slots=True)
class Coding:
    """Type, mode, CAMEO root and label of an event, and the rules that led to them."""

    type: EventType
    mode: str | None
    cameo: str
    label: str
    rules: tuple[str, ...] = ()


def code_predicate(tree: Tree, predicate: Predicate) -> Coding:
    """The coding of a predicate with a sense."""
    sense = predicate.sense
    assert sense is not None
    content = _content_type(tree, predicate)
    plea = tree.child(predicate.head, "xcomp", "advmod", "amod") if tree.lemmas[predicate.head] == "plead" else None
    if plea is not None and any(tree.lower[k] == "not" for k in (*tree.kids[plea], *tree.kids[predicate.head])):
        return Coding(EventType.NONE, None, "01", "deny", ("who pleads not guilty denies it",))
    if sense.lemma == "insist" and is_asserted(tree, tree.child(predicate.head, "ccomp")):
        return Coding(EventType.NONE, None, "01", "claim", ("what somebody insists is so is claimed",))
    if is_refusal(tree, predicate):
        mode = _CONTENT_MODE.get(sense.type)
        rules = (f"lexicon: {sense.lemma} is {sense.label}", "cooperation that the actor will not give is refused")
        return Coding(EventType.REJECT, mode, "12", "reject", rules)
    if sense.type is EventType.THREATEN and sense.lemma in _VOWING and _is_forsworn(tree, predicate.head):
        return Coding(EventType.AGREE, None, "03", "promise", ("force that somebody will not use is promised",))
    if vows_never(tree, predicate):
        return Coding(EventType.REJECT, None, "12", "reject", ("what somebody vows never to do or to bear is refused",))
    if sense.type is EventType.ASSAULT and predicate.kind == "v" and _is_by_nature(tree, predicate.head):
        return Coding(EventType.NONE, None, "01", "disaster", ("what nature or an accident does is nobody's act",))
    coding = Coding(sense.type, sense.mode, sense.cameo, sense.label, (f"lexicon: {sense.lemma} is {sense.label}",))
    if sense.type is EventType.AGREE and sense.label in _PROMISES and content in _FORCE and not _is_forsworn(tree, predicate.head):
        return Coding(
            EventType.THREATEN, _THREAT_MODE.get(content), "13", "threaten", (*coding.rules, "a promise of force is a threat")
        )
    if coding.mode is None and sense.type in (EventType.REQUEST, EventType.REJECT):
        return _with_mode(coding, _request_mode(tree, predicate, content))
    if coding.mode is None and sense.type is EventType.THREATEN and content is not None:
        return _with_mode(coding, _threat_mode(tree, predicate, content))
    return coding


_HARMING = frozenset({"kill", "wound", "injure", "hurt", "maim", "destroy", "damage", "bury", "crush", "flatten", "wreck"})
_HITTING = frozenset({"hit", "strike", "batter", "ravage", "devastate"}) | _HARMING
_VESSELS = frozenset(
    {"train", "tram", "ferry", "ship", "boat", "bridge", "building", "mine", "dam", "roof", "stand", "stage", "tower"}
)
_CRAFT = frozenset({"plane", "jet", "jetliner", "airliner", "aircraft", "helicopter", "airplane", "bus", "coach"})
_ACCIDENTS = frozenset({"derail", "collide", "collapse", "capsize", "sink", "overturn", "crash"})


def _is_by_nature(tree: Tree, verb: int) -> bool:
    """Whether people were harmed when nature struck or something gave way, or a disaster is told of ("the worst storm to hit the coast",
    "were killed when a ferry sank"); who does it is told nowhere."""
    disasters, lemma = word_classes()["disaster"], tree.lemmas[verb]
    if lemma in _HITTING and is_one_of_several(tree, verb) and tree.lemmas[tree.heads[verb]] in disasters:
        return True
    if lemma in _HARMING and tree.tags[verb] == "VBG" and tree.deps[verb] == "advcl" and _is_accident(tree, tree.heads[verb]):
        return True
    if lemma not in _HARMING or not tree.is_passive(verb) or tree.child(verb, "obl:agent") is not None:
        return False
    for clause in tree.children(verb, "advcl"):
        told = any(tree.lower[k] in ("when", "as", "after", "while") for k in tree.kids[clause])
        subject = tree.child(clause, "nsubj", "nsubj:pass")
        if told and subject is not None and tree.child(clause, "aux:pass") is None:
            accident = tree.lemmas[clause] in _ACCIDENTS and tree.lemmas[subject] in _VESSELS
            return accident or tree.lemmas[subject] in disasters
    return False


def _is_accident(tree: Tree, verb: int) -> bool:
    """Whether a clause tells that a craft came to grief ("the jet crashed, killing all on board")."""
    subject = tree.child(verb, "nsubj")
    return tree.lemmas[verb] in _ACCIDENTS and subject is not None and tree.lemmas[subject] in _VESSELS | _CRAFT


def is_refusal(tree: Tree, predicate: Predicate) -> bool:
    """Whether an actor says no to cooperation: "will not lift the ban", "would not meet them", "cannot accept the terms"."""
    sense = predicate.sense
    verb = predicate.head if predicate.kind == "v" else predicate.light
    if sense is None or verb is None or not is_cooperative(sense.type) or tree.is_passive(verb):
        return False
    words = {tree.lower[k] for k in tree.kids[verb] if tree.deps[k] in ("aux", "advmod")}
    going = tree.heads[verb]
    if tree.deps[verb] == "xcomp" and tree.lower[going] == "going":  # "are not going to accept"
        words |= {tree.lower[k] for k in tree.kids[going] if tree.deps[k] == "advmod"} | {"will"}
    said = words & _WILL or (words & _CAN and tree.lemmas[verb] in _ACCEPTING)
    return bool(said) and bool(words & _NOT) and clause_subject(tree, verb)[0] is not None


def announces_refusal(tree: Tree, saying: int) -> bool:
    """Whether somebody says that they will stay away or not do it ("said they will skip the speech", "said he would not attend")."""
    clause = tree.child(saying, "ccomp", "parataxis")
    if clause is None or not any(tree.lower[k] in _WILL and tree.deps[k] == "aux" for k in tree.kids[clause]):
        return False
    speaker, subject = tree.child(saying, "nsubj"), tree.child(clause, "nsubj")
    if subject is None or not (tree.tags[subject] == "PRP" or speaker == subject):
        return False
    sense = _sense_of(tree, clause, verb=True)
    if any(tree.lower[k] in _NOT and tree.deps[k] == "advmod" for k in tree.kids[clause]):
        return sense is None or (sense.type not in _FORCE and PENTA[sense.type] != 3)
    return sense is not None and sense.type is EventType.REJECT


def _is_forsworn(tree: Tree, verb: int) -> bool:
    """Whether force is what somebody promises not to use ("pledged never to attack them")."""
    clause = tree.child(verb, "ccomp", "xcomp")
    never = any(tree.lower[k] == "never" and k > verb for k in tree.kids[verb])
    return never or (clause is not None and any(tree.lower[k] in _NOT and tree.deps[k] == "advmod" for k in tree.kids[clause]))


def vows_never(tree: Tree, predicate: Predicate) -> bool:
    """Whether somebody vows that a thing will never be ("vowed never to leave", "promised that Borduria would never pay")."""
    verb, sense = predicate.head, predicate.sense
    clause = tree.child(verb, "ccomp", "xcomp")
    if sense is None or sense.label != "promise" or predicate.kind != "v" or clause is None:
        return False
    if _content_type(tree, predicate) in _FORCE:
        return False
    never = any(tree.lower[k] == "never" for i in (verb, clause) for k in tree.kids[i])
    subject = tree.child(clause, "nsubj", "nsubj:pass")
    others = subject is not None and not (tree.tags[subject] == "PRP" and tree.lower[subject] != "it")
    return never and (others or tree.lemmas[verb] in ("vow", "swear"))


def _with_mode(coding: Coding, mode: str | None) -> Coding:
    if mode is None or mode not in MODES.get(coding.type, ()):
        return coding
    return Coding(coding.type, mode, coding.cameo, coding.label, (*coding.rules, f"mode of the content: {mode}"))


def _request_mode(tree: Tree, predicate: Predicate, content: EventType | None) -> str | None:
    around = Surroundings(tree, predicate.head)
    words = {*around.lemmas("obj"), *around.lemmas("for"), *around.lemmas("to")}
    if words & _AID_WORDS:
        return "assist"
    if words & _MEETING_WORDS:
        return "meet"
    if content is not None:
        return _CONTENT_MODE.get(content, "change")
    return None


def _threat_mode(tree: Tree, predicate: Predicate, content: EventType) -> str | None:
    for k in tree.kids[predicate.head]:
        if tree.lemmas[k] in ("arrest", "jail", "prosecute", "detain"):
            return "arrest"
        if tree.lemmas[k] in ("expel", "deport", "evict"):
            return "expel"
        if tree.lemmas[k] in ("annex", "invade", "occupy", "seize"):
            return "territory"
    return _THREAT_MODE.get(content)


def _content_type(tree: Tree, predicate: Predicate) -> EventType | None:
    """The type of the act that a predicate is about: of its clause, or of its object noun."""
    for k in tree.kids[predicate.head]:
        dep = tree.deps[k]
        if dep in ("xcomp", "ccomp", "advcl", "acl") and tree.tags[k].startswith("VB"):
            found = _sense_of(tree, k, verb=True)
        elif dep in ("obj", "obl", "nmod") and tree.is_noun(k):
            found = _sense_of(tree, k, verb=False)
        else:
            continue
        if found is not None:
            return found.type
    return None


def _sense_of(tree: Tree, i: int, *, verb: bool) -> Sense | None:
    lexicon = predicates().verbs if verb else predicates().nouns
    particle = tree.particle(i) if verb else None
    senses = lexicon.get(f"{tree.lemmas[i]}_{particle}") if particle else None
    senses = senses or lexicon.get(tree.lemmas[i])
    return choose_sense(senses, Surroundings(tree, i)) if senses else None


def is_cooperative(event_type: EventType) -> bool:
    """Whether a type is verbal or material cooperation."""
    return PENTA[event_type] in (1, 2)


def coding_of_type(event_type: EventType, label: str) -> Coding:
    """A coding where only the type is known."""
    return Coding(event_type, None, CAMEO_OF_TYPE[event_type], label)
