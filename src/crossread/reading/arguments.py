"""Who does it to whom: actor and recipient phrases of a predicate, from dependencies.

Phrases are cut as people mark them: with articles and short modifiers, without relative clauses, appositions after a comma or the
preposition that introduces them; coordinated parts are phrases of their own.
"""

from dataclasses import dataclass

from crossread.codebook.plover import Sense, word_classes, word_list
from crossread.reading.control import clause_subject, resolve_relative, speaker_for
from crossread.reading.predicates import Predicate
from crossread.reading.tree import Tree
from crossread.vocabulary import EventType

_SUBJECTS = ("nsubj", "nsubj:pass", "csubj")
_RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
_CUT = ("acl:relcl", "parataxis", "cc", "conj", "dep", "discourse", "orphan", "advcl", "cop", "list", "vocative")
_TIME_LABELS = ("obl:tmod", "nmod:tmod", "obl:unmarked", "nmod:unmarked")
_OBJECT_RECIPIENTS = frozenset({"his", "her", "their", "its", "our", "my", "your"})
_OBJECT_FIRST = frozenset({EventType.REJECT, EventType.ASSAULT, EventType.ACCUSE, EventType.SUPPORT})
_YIELDING = frozenset({EventType.AGREE, EventType.CONCEDE, EventType.RETREAT})
_SENT = frozenset({"peacekeeper", "team", "expert", "monitor", "observer", "inspector", "doctor", "platoon", "troops", "forces"})
_MEANS = frozenset({EventType.MOBILIZE, EventType.AID})
"""Types whose framed object is what is sent or given, not whom it reaches."""
_AGENT_ENDINGS = ("ers", "ors", "ists", "ians", "men", "ants", "ents")
_THINGS = frozenset(
    (
        "papers", "numbers", "members", "powers", "orders", "borders", "matters", "letters", "offers", "others", "quarters", "waters",
        "factors", "doors", "errors", "events", "agreements", "documents", "statements", "talents", "elements", "comments", "moments",
        "governments", "payments", "documents", "accidents", "incidents", "shipments", "investments", "grants", "plants", "warrants",
        "helicopters", "bombers", "bunkers", "tankers", "trawlers", "newspapers", "computers", "towers", "centers", "rivers",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Arguments:
    """Head words of the actors and recipients of a predicate, in the order of the text, and the rules that found them."""

    actors: tuple[int, ...] = ()
    recipients: tuple[int, ...] = ()
    rules: tuple[str, ...] = ()


def phrase(tree: Tree, head: int) -> tuple[int, int]:
    """First and last word of the phrase of a head as people mark it: the head's group, cut at clauses and loose attachments."""
    if tree.deps[head] == "nmod:poss" or tree.tags[head] == "POS":
        return _possessor(tree, head)
    first = last = head
    todo = [head]
    while todo:
        i = todo.pop()
        for k in tree.kids[i]:
            if _is_cut(tree, i, k, head):
                continue
            todo.append(k)
            first, last = min(first, k), max(last, k)
    words = range(first, last + 1)
    outside = [k for k in words if k != head and not _under(tree, k, head)]
    if outside:  # a crossing attachment: keep the unbroken run around the head
        first = max((k + 1 for k in outside if k < head), default=first)
        last = min((k - 1 for k in outside if k > head), default=last)
    return _trim(tree, first, last, head)


def _possessor(tree: Tree, head: int) -> tuple[int, int]:
    words = [k for k in tree.subtree(head) if not (tree.deps[k] == "case" and tree.heads[k] == head)]
    first, last = min(words), max(words)
    return _trim(tree, first, max(last, head), head)


def _is_cut(tree: Tree, parent: int, k: int, head: int) -> bool:
    dep = tree.deps[k]
    if parent == head:
        return _is_cut_at_head(tree, k, head, dep)
    if dep in ("acl:relcl", "parataxis", "advcl"):
        return True
    return dep in _TIME_LABELS and tree.lemmas[k] in word_list("time_words")


def _is_cut_at_head(tree: Tree, k: int, head: int, dep: str) -> bool:
    if dep == "appos":  # "the leader Milan Dret" is one phrase, "the leader, a general," is not
        return k < head or any(tree.deps[j] == "punct" for j in range(head + 1, tree.subtree(k)[0] + 1))
    if dep == "acl":  # "forces based in Klow", but not "a plane flying home"
        return not (k == head + 1 and (tree.tags[k] == "VBN" or tree.lower[k] in ("belonging", "living")))
    if dep == "punct":
        return tree.words[k] not in ("-", "–", "$", "’", "'", ".", "/")
    if dep in _CUT or dep == "cc:preconj":
        return True
    if dep == "case":
        return k < head
    if dep.startswith(("nmod", "obl")) and k > head and _is_loose(tree, k):
        return True
    if dep in ("mark", "advmod") and k > head:
        return True
    return dep in _TIME_LABELS and tree.lemmas[k] in word_list("time_words")


def _is_loose(tree: Tree, k: int) -> bool:
    if tree.preposition(k) in word_list("loose_prepositions") or tree.lemmas[k] in word_list("time_words"):
        return True
    head = tree.heads[k]
    if (
        tree.preposition(k) == "of"
        and tree.deps[head] in ("obj", "nsubj:pass")
        and tree.lemmas[tree.heads[head]] in word_list("of_verbs")
    ):
        return True
    if tree.preposition(k) == "from" and tree.deps[head] == "obj" and tree.lemmas[tree.heads[head]] in word_list("from_verbs"):
        return True
    if tree.preposition(k) == "to" and tree.lemmas[tree.heads[k]] in word_list("sent_to"):
        return False
    return is_animate(tree, tree.heads[k]) and tree.preposition(k) in word_list("cut_after_people")


def _under(tree: Tree, i: int, top: int) -> bool:
    return i == top or top in tree.ancestors(i)


def _trim(tree: Tree, first: int, last: int, head: int) -> tuple[int, int]:
    while (
        first < head
        and (tree.deps[first] in ("punct", "cc", "case", "mark") or not tree.words[first].strip())
        and tree.words[first] != "$"
    ):
        first += 1
    while (
        last > head
        and (tree.deps[last] in ("punct", "cc") or tree.words[last] in ("'s", "’s", "'", "’", ","))
        and tree.words[last] != "."
    ):
        last -= 1
    if first > 0 and tree.lower[first] in ("least", "most") and tree.lower[first - 1] == "at":
        first -= 1
    return first, _with_acronym(tree, last)


def _with_acronym(tree: Tree, last: int) -> int:
    """The end of a phrase moved over its short form in brackets ("the Council ( NSC )")."""
    if last + 3 < len(tree) and tree.words[last + 1] == "(":
        for k in range(last + 2, min(last + 6, len(tree))):
            if tree.words[k] == ")":
                return k if any(w.isupper() for w in tree.words[last + 2 : k]) else last
    return last


def is_place_or_name(tree: Tree, i: int) -> bool:
    """Whether a word is a name or a demonym (names and their adjectives begin with a capital)."""
    return tree.tags[i] in ("NNP", "NNPS") or (tree.words[i][:1].isupper() and tree.tags[i].startswith("JJ"))


def is_actor_like(tree: Tree, i: int) -> bool:
    """Whether a noun can act: a name, a pronoun for people, a word for people or bodies."""
    if is_place_or_name(tree, i) or (tree.tags[i] == "PRP" and tree.deps[i] != "expl"):
        return True
    return (
        tree.lemmas[i] in word_list("role_nouns")
        or tree.lower[i] in word_list("role_nouns")
        or (tree.tags[i] == "CD" and tree.deps[i] != "nummod")
    )


def is_animate(tree: Tree, i: int) -> bool:
    """Whether a noun names people or bodies, by itself or by its ending ("strikers", "loyalists")."""
    if is_actor_like(tree, i) or tree.lemmas[i] in word_classes()["person"]:
        return True
    return tree.tags[i] == "NNS" and tree.lower[i].endswith(_AGENT_ENDINGS) and tree.lower[i] not in _THINGS


def find_arguments(tree: Tree, predicate: Predicate) -> Arguments:
    """Actors and recipients of a predicate."""
    if predicate.kind == "n":
        return _noun_arguments(tree, predicate)
    if predicate.kind == "a":
        return _adjective_arguments(tree, predicate)
    return _verb_arguments(tree, predicate.head, predicate.sense)


def _expand(tree: Tree, heads: list[int]) -> list[int]:
    found: dict[int, None] = {}
    for head in heads:
        for i in tree.conjuncts(head):
            if tree.tags[i].startswith(("NN", "PRP", "CD", "JJ", "WP", "DT", "$", "VBN", "VBG")) or tree.pos[i] in (
                "NOUN",
                "PROPN",
                "PRON",
            ):
                found[i] = None
    return sorted(found)


def _agents(tree: Tree, head: int) -> list[int]:
    found = []
    for k in tree.kids[head]:
        by = tree.deps[k] in ("obl", "nmod") and tree.preposition(k) == "by" and not _is_time(tree, k)
        if by or tree.deps[k] == "obl:agent":
            found.append(k)
    return found


def _is_time(tree: Tree, i: int) -> bool:
    return (
        tree.lemmas[i] in word_list("time_words")
        or tree.lower[i] in word_list("time_words")
        or (tree.tags[i] == "CD" and len(tree.words[i]) == 4)
    )


def _verb_arguments(tree: Tree, head: int, sense: Sense | None) -> Arguments:
    rules: list[str] = []
    actors: list[int] = []
    recipients: list[int] = []
    passive = tree.is_passive(head)
    subject, rule = clause_subject(tree, head)
    if passive:
        actors = _agents(tree, head)
        rules.append("passive" if actors else "passive without agent")
        if subject is not None:
            recipients = [subject]
    elif subject is not None:
        actors = [subject]
        rules.append(rule)
    if not passive:
        recipients = _object_recipients(tree, head, sense, rules)
    elif sense is not None and recipients and not is_actor_like(tree, recipients[0]) and sense.to:
        recipients = _through_object(tree, head, recipients[0], sense, rules) or recipients
    if sense is not None and sense.mutual and not passive:
        actors, recipients = _mutual(tree, head, actors, recipients, rules)
    return _result(tree, actors, recipients, rules, sense)


def _object_recipients(tree: Tree, head: int, sense: Sense | None, rules: list[str]) -> list[int]:
    """The object where it can suffer the act, else whom the object or the verb's prepositional phrase names."""
    to = sense.to if sense is not None else ("to", "on", "against", "with")
    iobj = tree.child(head, "iobj")
    if iobj is not None:
        rules.append("indirect object")
        return [iobj]
    obj = tree.child(head, "obj")
    if obj is None and _has_object_gap(tree, head):
        rules.append("relative object")
        return [tree.heads[head]]
    if obj is not None:
        return _from_object(tree, head, resolve_relative(tree, obj), sense, rules)
    for prep in to:
        for k in tree.kids[head]:
            if tree.deps[k].startswith("obl") and tree.preposition(k) == prep and not _is_time(tree, k):
                rules.append(f"{prep}-phrase")
                return _place_of(tree, k) if sense is not None and sense.type in _YIELDING else [k]
    clause = tree.child(head, "ccomp")
    if clause is not None and sense is not None and sense.type in (EventType.REQUEST, EventType.ACCUSE, EventType.THREATEN):
        subject = tree.child(clause, "nsubj", "nsubj:pass")
        if subject is not None and is_actor_like(tree, subject):
            rules.append("subject of the clause")
            return [subject]
    return []


def _from_object(tree: Tree, head: int, obj: int, sense: Sense | None, rules: list[str]) -> list[int]:
    """The object itself where it suffers the act; whom it concerns where it is the means or the matter."""
    if not _is_matter(tree, head, obj, sense):
        rules.append("object")
        return [obj]
    through = _through_object(tree, head, obj, sense, rules)
    if not through and not _is_framed(sense):
        rules.append("object")
        return [obj]
    return through


def _is_framed(sense: Sense | None) -> bool:
    """Whether a frame names the object's words."""
    return sense is not None and any(c.key == "obj" and c.words is not None for c in sense.conditions)


def _is_matter(tree: Tree, head: int, obj: int, sense: Sense | None) -> bool:
    """Whether an object is what is sent, used, asked or agreed, not who is acted on."""
    classes, lemma = word_classes(), tree.lemmas[obj]
    if sense is None:
        return not is_animate(tree, obj)
    if _is_framed(sense) and (sense.type in _MEANS or sense.label in ("withdraw", "cancel") or lemma in classes["instrument"]):
        return not _is_people(tree, obj)
    if _is_framed(sense) and (lemma in classes["measure"] or lemma == "emergency"):
        return True
    if is_actor_like(tree, obj):
        return False
    carried = tree.lemmas[head] in word_list("light_verbs") or lemma in classes["aid"]
    if sense.type in _OBJECT_FIRST:
        return carried or lemma in classes["instrument"]
    if not _is_framed(sense) and sense.type in (EventType.COERCE, EventType.SANCTION, EventType.RETREAT):
        return lemma in classes["measure"] or lemma in classes["aid"]
    return lemma not in classes["captive"] and lemma not in classes["person"]


def _place_of(tree: Tree, k: int) -> list[int]:
    """Of a thing agreed on ("a truce in Borduria") the name in its phrase."""
    if is_animate(tree, k):
        return [k]
    named = [j for j in tree.kids[k] if tree.deps[j] == "nmod" and is_place_or_name(tree, j)]
    return named[:1] or [k]


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
    wanted = (*(sense.to if sense is not None else ()), "against", "on")
    mutual = sense is not None and sense.mutual
    to = ("with",) if mutual else dict.fromkeys((*wanted, "to", "for", "with", "from", "in"))
    below = [j for k in tree.kids[obj] if tree.deps[k] == "nmod" for j in tree.kids[k]]
    near = [k for k in (*tree.kids[obj], *tree.kids[head], *below) if tree.deps[k] in ("nmod", "obl") and not _is_time(tree, k)]
    for prep in to:
        for k in near:
            if tree.preposition(k) == prep and (prep in wanted or is_animate(tree, k)):
                rules.append(f"{prep}-phrase of the object")
                return [k]
    for k in tree.kids[obj]:
        if tree.deps[k] in ("acl", "acl:relcl") and tree.tags[k] == "VBN":  # "sanctions imposed on X"
            for j in tree.kids[k]:
                if tree.deps[j] == "obl" and tree.preposition(j) in ("on", "against"):
                    rules.append("participle of the object")
                    return [j]
    for k in tree.kids[obj]:
        if tree.deps[k] == "nmod:poss" and tree.lower[k] not in _OBJECT_RECIPIENTS:
            rules.append("possessor of the object")
            return [k]
    return []


def _mutual(tree: Tree, head: int, actors: list[int], recipients: list[int], rules: list[str]) -> tuple[list[int], list[int]]:
    """All sides of a meeting or agreement are actors."""
    sides = list(recipients)
    if not sides:
        sides = [k for k in tree.kids[head] if tree.deps[k] == "obl" and tree.preposition(k) == "with"]
    sides = [k for k in sides if is_animate(tree, k)]
    if actors and sides:
        rules.append("all sides act")
        return [*actors, *sides], []
    return actors, [] if sides else recipients


def _noun_arguments(tree: Tree, predicate: Predicate) -> Arguments:
    """Arguments of an event noun: from its light verb, possessor, modifiers and "by", "of", "on", "between" phrases."""
    head, sense = predicate.head, predicate.sense
    assert sense is not None
    rules: list[str] = []
    actors, recipients = _light_arguments(tree, predicate, rules)
    top = _top_noun(tree, head)
    groups = [k for i in dict.fromkeys((head, top)) for k in tree.kids[i]]
    if not actors:
        actors = _noun_actors(tree, groups, sense, rules)
    sides = _sides(tree, groups, rules)
    if sides:
        if sense.mutual or sense.type is EventType.ASSAULT or not actors:
            actors = [*actors, *sides]
        else:
            recipients = recipients or sides
    if not recipients:
        recipients = _noun_recipients(tree, groups, predicate, sense, rules)
    if sense.mutual and len(actors) + len(recipients) > 1 and actors:
        actors, recipients = [*actors, *recipients], []
    return _result(tree, actors, recipients, rules, sense)


def _top_noun(tree: Tree, head: int) -> int:
    """The quantity noun above ("a series of attacks")."""
    if tree.deps[head] == "nmod" and tree.preposition(head) == "of" and tree.lemmas[tree.heads[head]] in word_list("quantity"):
        return tree.heads[head]
    return head


def _light_arguments(tree: Tree, predicate: Predicate, rules: list[str]) -> tuple[list[int], list[int]]:
    light = predicate.light
    if light is None:
        return [], []
    lemma = tree.lemmas[light]
    if tree.is_passive(light):
        agents = _agents(tree, light)
        if agents:
            rules.append("agent of the light verb")
        return agents, []
    subject, _ = clause_subject(tree, light)
    if subject is None or subject == predicate.head:
        return [], []
    if lemma in word_list("passive_light"):
        rules.append("subject undergoes")
        return [], [subject]
    rules.append("subject of the light verb")
    iobj = tree.child(light, "iobj")
    return [subject], [iobj] if iobj is not None else []


def _noun_actors(tree: Tree, groups: list[int], sense: Sense, rules: list[str]) -> list[int]:
    for k in groups:
        if tree.deps[k] in ("nmod", "obl:agent", "obl") and tree.preposition(k) == "by":
            rules.append("by-phrase")
            return [k]
    for k in groups:
        if tree.deps[k] == "nmod:poss":
            rules.append("possessive")
            return [k]
    for k in groups:
        led = _led_by(tree, k)
        if led is not None:
            rules.append("led or backed by")
            return [led]
    for k in groups:
        if (
            tree.deps[k] in ("compound", "amod", "nmod")
            and tree.preposition(k) is None
            and is_place_or_name(tree, k)
            and tree.words[k][:1].isupper()
        ):
            rules.append("modifier")
            return [k]
    for k in groups:
        if tree.deps[k] == "nmod" and tree.preposition(k) == "from" and is_actor_like(tree, k):
            rules.append("from-phrase")
            return [k]
    return []


def _led_by(tree: Tree, k: int) -> int | None:
    """The name in "X-led" or "X-backed"."""
    if tree.lemmas[k] in ("lead", "led", "back", "backed") and tree.deps[k] in ("amod", "acl"):
        for j in tree.kids[k]:
            if j < k and tree.words[j][:1].isupper():
                return j
    return None


def _sides(tree: Tree, groups: list[int], rules: list[str]) -> list[int]:
    for k in groups:
        if tree.deps[k] == "nmod" and tree.preposition(k) in ("between", "among"):
            rules.append("between-phrase")
            return [k]
    return []


def _noun_recipients(tree: Tree, groups: list[int], predicate: Predicate, sense: Sense, rules: list[str]) -> list[int]:
    near = [
        *groups,
        *(j for k in groups if tree.preposition(k) == "by" for j in tree.kids[k] if tree.preposition(j) in ("on", "against")),
    ]
    if predicate.light is not None:
        near += [k for k in tree.kids[predicate.light] if tree.deps[k].startswith("obl") and k != predicate.head]
    for prep in dict.fromkeys((*sense.to, "against", "on", "with", "to", "of")):
        for k in near:
            if tree.deps[k] in ("nmod", "obl") and tree.preposition(k) == prep and not _is_time(tree, k):
                fits = is_place_or_name(tree, k) if prep == "in" else prep in sense.to or is_actor_like(tree, k)
                if fits:
                    rules.append(f"{prep}-phrase")
                    return [k]
    return []


def _adjective_arguments(tree: Tree, predicate: Predicate) -> Arguments:
    head, sense = predicate.head, predicate.sense
    if tree.deps[head] == "amod":
        return _result(tree, [], [tree.heads[head]], ["noun of the participle"], sense)
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
    return _result(tree, actors, recipients, rules, sense)


def _result(tree: Tree, actors: list[int], recipients: list[int], rules: list[str], sense: Sense | None) -> Arguments:
    actors, recipients = ([speaker_for(tree, resolve_relative(tree, i)) for i in heads] for heads in (actors, recipients))
    found = _expand(tree, [a for a in actors if not _is_time(tree, a)])
    others = [i for i in _expand(tree, [r for r in recipients if not _is_time(tree, r)]) if i not in found]
    return Arguments(tuple(found), tuple(others), tuple(r for r in rules if r))
