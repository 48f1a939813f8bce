"""Who does it to whom: actor and recipient phrases of a predicate, from dependencies.

Coordinated parts are parties of their own; how their phrases are cut is said in `crossread.reading.party_phrases`.
"""

from dataclasses import dataclass

from crossread.codebook.plover import Sense, word_classes, word_list
from crossread.reading.control import agents, clause_subject, has_to, resolve_relative, speaker_for, subject_of_clause
from crossread.reading.noun_arguments import dealt_with, noun_arguments
from crossread.reading.party_phrases import is_actor_like, is_animate, is_aside, is_place_or_name, is_time, listed
from crossread.reading.planners import own_act_of
from crossread.reading.predicates import Predicate
from crossread.reading.tree import Tree
from crossread.vocabulary import EventType

_RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
_OBJECT_RECIPIENTS = frozenset({"his", "her", "their", "its", "our", "my", "your"})
_OBJECT_FIRST = frozenset({EventType.REJECT, EventType.ASSAULT, EventType.ACCUSE, EventType.SUPPORT})
_YIELDING = frozenset({EventType.AGREE, EventType.CONCEDE, EventType.RETREAT})
_SENT = frozenset({"peacekeeper", "team", "expert", "monitor", "observer", "inspector", "doctor", "platoon", "troops", "forces"})
_SWAPPED = frozenset({"prisoner", "hostage", "captive", "detainee"})
_OWN_STAFF = frozenset({"leave", "break_relations"})
_TAUGHT = frozenset({"train", "equip", "arm", "rescue", "evacuate"})
"""Whom this is done to is helped by it, be they troops."""
_SENDING = frozenset({"send", "dispatch", "deploy", "rush"})
_CLAUSE_REACHES = frozenset({EventType.REQUEST, EventType.ACCUSE, EventType.THREATEN})
"""Types that reach the subject of their clause ("insisted that Borduria withdraw")."""
_MEANS = frozenset({EventType.MOBILIZE, EventType.AID})
"""Types whose framed object is what is sent or given, not whom it reaches."""


@dataclass(frozen=True, slots=True)
class Arguments:
    """Head words of the actors and recipients of a predicate, in the order of the text, and the rules that found them."""

    actors: tuple[int, ...] = ()
    recipients: tuple[int, ...] = ()
    rules: tuple[str, ...] = ()


def find_arguments(tree: Tree, predicate: Predicate) -> Arguments:
    """Actors and recipients of a predicate."""
    if predicate.kind == "n":
        return _result(tree, *noun_arguments(tree, predicate))
    if predicate.kind == "a":
        return _adjective_arguments(tree, predicate)
    return _verb_arguments(tree, predicate.head, predicate.sense)


def _expand(tree: Tree, heads: list[int]) -> list[int]:
    found: dict[int, None] = {}
    for head in heads:
        for i in listed(tree, head):
            if tree.tags[i].startswith(("NN", "PRP", "CD", "JJ", "WP", "DT", "$", "VBN", "VBG")) or tree.pos[i] in (
                "NOUN",
                "PROPN",
                "PRON",
            ):
                found[i] = None
    return sorted(found)


def _verb_arguments(tree: Tree, head: int, sense: Sense | None) -> Arguments:
    rules: list[str] = []
    actors: list[int] = []
    recipients: list[int] = []
    passive = tree.is_passive(head)
    subject, rule = clause_subject(tree, head)
    if passive:
        actors = agents(tree, head) or _shared_agents(tree, head)
        rules.append("passive" if actors else "passive without agent")
        if subject is not None:
            recipients = _from_object(tree, head, subject, sense, rules) if sense is not None and sense.to else [subject]
    elif subject is not None:
        actors = [subject]
        rules.append(rule)
    if not passive and not (sense is not None and sense.label == "resign"):  # nobody undergoes "resigned the presidency"
        recipients = _object_recipients(tree, head, sense, rules)
    if sense is not None and sense.type is EventType.AID:
        recipients = [k for i in recipients for k in _helped(tree, i)]
    if sense is not None and sense.mutual and not passive:
        actors, recipients = _mutual(tree, head, actors, recipients, rules, met=sense.type is EventType.CONSULT)
    return _result(tree, actors, recipients, rules)


def _shared_agents(tree: Tree, head: int) -> list[int]:
    """The "by"-phrase of a coordinated passive ("was surrounded and shelled by troops")."""
    if tree.deps[head] == "conj" and tree.child(head, "nsubj:pass") is None:
        return agents(tree, tree.heads[head]) if any(k > head for k in agents(tree, tree.heads[head])) else []
    others = [
        k for k in tree.kids[head] if tree.deps[k] == "conj" and tree.tags[k] == "VBN" and tree.child(k, "nsubj:pass") is None
    ]
    return agents(tree, others[-1]) if others else []


def _object_recipients(tree: Tree, head: int, sense: Sense | None, rules: list[str]) -> list[int]:
    """The object where it can suffer the act, else whom the object or the verb's prepositional phrase names."""
    to = sense.to if sense is not None else ("to", "on", "against", "with")
    iobj = tree.child(head, "iobj")
    if iobj is not None and tree.lower[iobj] != "dead":  # "shot dead two guards"
        rules.append("indirect object")
        return [iobj]
    obj = next((k for k in tree.kids[head] if tree.deps[k] == "obj" and tree.lower[k] != "dead"), None)
    if obj is None and _has_object_gap(tree, head):
        rules.append("relative object")
        return [tree.heads[head]]
    if obj is not None:
        return _from_object(tree, head, resolve_relative(tree, obj), sense, rules)
    for prep in to:
        for k in tree.kids[head]:
            if tree.deps[k].startswith("obl") and tree.preposition(k) == prep and not _is_no_party(tree, k, prep, sense):
                rules.append(f"{prep}-phrase")
                return _place_of(tree, k) if sense is not None and sense.type in _YIELDING else [k]
    if sense is not None and sense.type is EventType.REQUEST and (meant := own_act_of(tree, head)):
        rules.append("whose act is asked for")
        return meant
    called = _called_on(tree, head) if sense is not None and sense.type is EventType.REQUEST else None
    if called is not None:
        rules.append("who is called on to act")
        return [called]
    if sense is not None and (sense.type in _CLAUSE_REACHES or sense.label == "concern"):
        subject = subject_of_clause(tree, head, "ccomp")
        if subject is not None:
            rules.append("subject of the clause")
            return [subject]
    if sense is not None and sense.type is EventType.REJECT:
        return _refused(tree, head, rules)
    return []


def _helped(tree: Tree, given: int) -> list[int]:
    """Who is helped by a thing that is given ("$2 million in assistance to Borduria"), which itself is not."""
    thing = _counted(tree, given)
    if tree.lemmas[thing] not in word_classes()["aid"]:
        return [given]
    near = [k for k in (*tree.kids[given], *tree.kids[thing]) if tree.deps[k] == "nmod" and tree.preposition(k) in ("to", "for")]
    return near[:1]


def _refused(tree: Tree, head: int, rules: list[str]) -> list[int]:
    """Whom the refused act would have reached ("refused to hand the file to the court")."""
    for clause in tree.children(head, "xcomp"):
        for k in tree.kids[clause]:
            toward = any(
                tree.deps[j] == "case" and tree.lower[j] in ("to", "with", "for") for j in tree.kids[k]
            )  # "over to the court"
            if (
                (tree.deps[k] == "iobj" or (tree.deps[k].startswith("obl") and toward))
                and is_animate(tree, k)
                and not is_aside(tree, k)
            ):
                rules.append("recipient of the refused act")
                return [k]
    return []


def _called_on(tree: Tree, head: int) -> int | None:
    """Who is to do what is asked ("pleaded for the rebels to leave")."""
    for k in tree.kids[head]:
        if tree.deps[k] == "obl" and tree.preposition(k) == "for" and is_animate(tree, k):
            below = (*tree.kids[head], *tree.subtree(k))
            return k if any(j > k and tree.tags[j] == "VB" and has_to(tree, j) for j in below) else None
    return None


def _from_object(tree: Tree, head: int, obj: int, sense: Sense | None, rules: list[str]) -> list[int]:
    """The object itself where it suffers the act; whom it concerns where it is the means or the matter."""
    if sense is not None and sense.label == "deny":
        makers = [
            k for k in tree.kids[obj] if tree.deps[k] == "nmod" and tree.preposition(k) in ("from", "by") and is_animate(tree, k)
        ]
        if makers:
            rules.append("whose words they are")
            return makers[:1]
    if sense is not None and sense.type is EventType.REJECT and not is_animate(tree, obj):
        made = [
            k for k in tree.kids[obj] if tree.deps[k] == "nmod" and tree.preposition(k) in ("from", "by") and is_animate(tree, k)
        ]
        if made and tree.lemmas[obj] in word_classes()["proposal"] | {"approach", "overture", "advance", "plea"}:
            rules.append("whose offer it is")
            return made[:1]
        near = [k for k in (*tree.kids[head], *tree.kids[obj]) if tree.deps[k] in ("obl", "nmod") and tree.preposition(k) == "to"]
        if near and is_animate(tree, near[0]) and tree.lemmas[obj] in word_classes()["granted"]:
            rules.append("to-phrase")
            return near[:1]
    if (
        sense is not None
        and sense.label == "release"
        and not is_animate(tree, obj)
        and tree.lemmas[obj] not in word_classes()["captive"]
    ):
        owners = [k for k in (*tree.kids[head], *tree.kids[obj]) if tree.deps[k] in ("obl", "nmod") and tree.preposition(k) == "to"]
        if owners:
            rules.append("to-phrase")
            return owners[:1]
    if not _is_matter(tree, head, obj, sense):
        rules.append("object")
        return [obj]
    through = _through_object(tree, head, obj, sense, rules)
    if not through and not _is_framed(sense) and not _is_sent(tree, head, obj, sense):
        rules.append("object")
        return [obj]
    return through


def _is_framed(sense: Sense | None) -> bool:
    """Whether a frame names the object's words."""
    return sense is not None and any(c.key == "obj" and c.words is not None for c in sense.conditions)


def _is_matter(tree: Tree, head: int, obj: int, sense: Sense | None) -> bool:
    """Whether an object is what is sent, used, asked or agreed, not who is acted on."""
    classes, lemma = word_classes(), tree.lemmas[_counted(tree, obj)]
    if sense is None:
        return not is_animate(tree, obj)
    if tree.lemmas[head] in _TAUGHT:
        return False
    if _is_sent(tree, head, obj, sense) or (_is_framed(sense) and lemma in classes["relation"]):
        return True
    if _is_framed(sense) and (sense.type in _MEANS or sense.label in ("withdraw", "cancel") or lemma in classes["instrument"]):
        return not _is_people(tree, obj)
    if _is_framed(sense) and (lemma in classes["measure"] or lemma == "emergency"):
        return True
    if is_actor_like(tree, obj) or (is_animate(tree, obj) and sense.type not in _MEANS):
        return False
    carried = tree.lemmas[head] in word_list("light_verbs") or lemma in classes["aid"]
    if sense.type in _OBJECT_FIRST or sense.label == "deny":
        return carried or lemma in classes["instrument"] or lemma in ("blame", "rhetoric", "criticism")
    if sense.type is EventType.COERCE and lemma in classes["property"] | {
        "newspaper",
        "broadcaster",
        "website",
        "account",
        "party",
    }:
        return False
    if not _is_framed(sense) and sense.type in (EventType.COERCE, EventType.SANCTION, EventType.RETREAT):
        return lemma in classes["measure"] or lemma in classes["aid"]
    return lemma not in classes["captive"] | classes["person"] | classes["diplomat"]


def _counted(tree: Tree, noun: int) -> int:
    """What a quantity is of ("a number of rounds")."""
    if tree.lemmas[noun] not in word_list("quantity"):
        return noun
    return next((k for k in tree.kids[noun] if tree.deps[k] == "nmod" and tree.preposition(k) == "of"), noun)


def _is_sent(tree: Tree, head: int, obj: int, sense: Sense | None) -> bool:
    """Whether an object is one's own people or arms that are sent or called back ("mobilised troops", "recalled its envoy")."""
    if sense is None:
        return False
    classes, lemma = word_classes(), tree.lemmas[obj]
    if sense.label in _OWN_STAFF and lemma in classes["diplomat"] | _SENT:
        return True
    forces = classes["troop"] | classes["police"] | classes["weaponry"]
    if sense.type is EventType.MOBILIZE:
        return lemma in forces
    return tree.lemmas[head] in _SENDING and sense.type is not EventType.SANCTION and lemma in forces | _SENT


def _is_no_party(tree: Tree, k: int, prep: str, sense: Sense | None) -> bool:
    """Whether a phrase is an aside, or the words that a frame asks for ("remain on alert")."""
    framed = sense is not None and any(c.key == prep and c.words and tree.lemmas[k] in c.words for c in sense.conditions)
    return framed or is_aside(tree, k)


def _place_of(tree: Tree, k: int) -> list[int]:
    """Of a thing agreed on ("a truce in Borduria") the name in its phrase."""
    if is_animate(tree, k):
        return [k]
    named = [j for j in tree.kids[k] if tree.deps[j] == "nmod" and is_place_or_name(tree, j)]
    whole = tree.lemmas[k] in word_classes()["position"] | word_classes()["territory"]  # "the town of Zemun" is one place
    return [k] if whole else named[:1] or [k]


def _is_people(tree: Tree, i: int) -> bool:
    """Whether a noun means people who are acted on, and not forces or goods that are sent."""
    classes = word_classes()
    return is_animate(tree, i) and tree.lemmas[i] not in classes["troop"] | classes["police"] | classes["aid"] | _SENT


def _has_object_gap(tree: Tree, head: int) -> bool:
    """Whether a relative clause lacks its object ("the ship that they seized")."""
    subject = tree.child(head, "nsubj")
    return tree.deps[head] == "acl:relcl" and subject is not None and tree.lower[subject] not in _RELATIVE


def _through_object(tree: Tree, head: int, obj: int, sense: Sense | None, rules: list[str]) -> list[int]:
    """Whom the object names: "sanctions on X", "X's request", "a ban in X"; or a prepositional phrase of the verb."""
    if (
        sense is not None
        and sense.type is EventType.REQUEST
        and tree.lemmas[obj] in ("withdrawal", "pullout", "departure", "retreat")
    ):
        return own_act_of(tree, head)  # "urged withdrawal from Borduria"
    wanted = (*(sense.to if sense is not None else ()), "against", "on")
    if tree.lemmas[obj] in word_classes()["closure"] or tree.lemmas[obj] in ("asset", "account", "fund", "control"):
        wanted += ("of",)  # "lifted the siege of the port", "froze the accounts of two firms"
    mutual = sense is not None and sense.mutual
    to = ("with",) if mutual else tuple(dict.fromkeys((*wanted, "to", "for", "with", "from", "in")))
    if sense is not None and sense.type is EventType.THREATEN:
        to = tuple(prep for prep in to if prep != "with")  # what they are threatened with
    below = [j for k in tree.kids[obj] if tree.deps[k] == "nmod" for j in tree.kids[k]]
    beside = [k for part in tree.conjuncts(obj)[1:] for k in tree.kids[part]]
    for group in ((*tree.kids[obj], *tree.kids[head]), (*below, *beside)):
        near = [k for k in group if tree.deps[k] in ("nmod", "obl") and not is_aside(tree, k)]
        for prep in to:
            for k in near:
                if tree.preposition(k) == prep and (prep in wanted or is_animate(tree, k)):
                    rules.append(f"{prep}-phrase of the object")
                    return dealt_with(tree, k, sense)
    for k in tree.kids[obj]:
        if tree.deps[k] in ("acl", "acl:relcl") and tree.tags[k] == "VBN":  # "sanctions imposed on X"
            for j in tree.kids[k]:
                if tree.deps[j] == "obl" and tree.preposition(j) in ("on", "against"):
                    rules.append("participle of the object")
                    return [j]
    about = None
    if sense is not None and sense.label == "concern":  # "voiced hope that the king will yield"
        about = subject_of_clause(tree, obj, "acl", "ccomp") or subject_of_clause(tree, head, "ccomp")
    if about is not None:
        rules.append("subject of the clause")
        return [about]
    for k in tree.kids[obj]:
        if tree.deps[k] == "nmod:poss" and tree.lower[k] not in _OBJECT_RECIPIENTS:
            rules.append("possessor of the object")
            return [k]
    return []


def _mutual(
    tree: Tree, head: int, actors: list[int], recipients: list[int], rules: list[str], *, met: bool
) -> tuple[list[int], list[int]]:
    """All sides of a meeting or agreement are actors; prisoners that are agreed on are not one, those whom somebody met are."""
    sides = list(recipients)
    if not sides:
        sides = [k for k in tree.kids[head] if tree.deps[k] == "obl" and tree.preposition(k) == "with"]
    sides = [k for k in sides if is_animate(tree, k) and (met or tree.lemmas[k] not in _SWAPPED)]
    if actors and sides:
        rules.append("all sides act")
        return [*actors, *sides], []
    return actors, [] if sides else recipients


def _adjective_arguments(tree: Tree, predicate: Predicate) -> Arguments:
    head, sense = predicate.head, predicate.sense
    if tree.deps[head] == "amod":
        return _result(tree, [], [tree.heads[head]], ["noun of the participle"])
    rules = ["subject of the adjective"]
    subject = tree.child(head, "nsubj")
    if subject is None:
        subject, _ = clause_subject(tree, head)
    actors = [resolve_relative(tree, subject)] if subject is not None else []
    recipients: list[int] = []
    for prep in sense.to if sense is not None else ():
        recipients = [k for k in tree.kids[head] if tree.deps[k] in ("obl", "nmod") and tree.preposition(k) == prep][:1]
        if recipients:
            break
    if not recipients and sense is not None and sense.label == "concern":
        about = subject_of_clause(tree, head, "ccomp", "advcl")
        recipients = [about] if about is not None else []
    return _result(tree, actors, recipients, rules)


def _result(tree: Tree, actors: list[int], recipients: list[int], rules: list[str]) -> Arguments:
    actors, recipients = ([speaker_for(tree, resolve_relative(tree, i)) for i in heads] for heads in (actors, recipients))
    found = _expand(tree, [a for a in actors if not is_time(tree, a)])
    others = [i for i in _expand(tree, [r for r in recipients if not is_time(tree, r)]) if i not in found]
    return Arguments(tuple(found), tuple(others), tuple(r for r in rules if r))
