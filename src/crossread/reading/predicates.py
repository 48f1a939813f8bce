"""Words that may report an act: verbs, nouns and adjectives of a sentence with the sense of the lexicon that fits best.

A light verb and its noun ("imposed its veto", "launched an attack") are one predicate, headed by the noun.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from crossread.codebook.actors.tables import names
from crossread.codebook.plover import PENTA, Condition, Sense, predicates, word_classes, word_list
from crossread.reading.control import agents, clause_subject, has_to, resolve_relative
from crossread.reading.party_phrases import is_place_or_name, is_time
from crossread.reading.tree import Tree

_LARGE = frozenset({"million", "billion", "trillion"})
_MONEY = frozenset({"$", "€", "£", "¥", "us$"})
_PERSONS = frozenset({"he", "she", "him", "her"})
_OF_TIME = frozenset({"before", "after", "ahead", "since", "during", "following", "until", "amid", "despite", "because"})
"""Prepositions of phrases in which nobody takes part ("comes two weeks before the vote")."""
STATE_ADJECTIVES = frozenset({"besieged", "blockaded", "occupied"})
"""Participles that tell of a lasting act even before a noun ("the besieged town")."""


@dataclass(frozen=True, slots=True)
class Predicate:
    """A predicate: its head word, all its words, the sense found, and for nouns the light verb that carries them."""

    head: int
    words: tuple[int, ...]
    kind: str
    """``v`` verb, ``n`` noun, ``a`` adjective, ``s`` a verb of saying that an attribution gives a sense."""
    sense: Sense | None
    light: int | None = None
    framed: bool = False
    """Whether the sense was chosen by a frame and not by the bare word."""
    rules: tuple[str, ...] = field(default=())


class Surroundings:
    """What stands around a predicate, as the conditions of frames ask for it."""

    def __init__(self, tree: Tree, head: int) -> None:
        self.tree, self.head = tree, head
        self._memo: dict[str, list[str]] = {}

    def lemmas(self, key: str) -> list[str]:
        """Head lemmas of the arguments that a condition's key names."""
        if key not in self._memo:
            self._memo[key] = list(self._find(key))
        return self._memo[key]

    def _find(self, key: str) -> Iterator[str]:
        tree, head = self.tree, self.head
        if key == "obj":
            for k in self.objects():
                yield from noun_lemmas(tree, k)
        elif key == "subj":
            subject, _ = clause_subject(tree, head)
            if subject is not None and not tree.is_passive(head):
                yield from noun_lemmas(tree, subject)
            for k in agents(tree, head) if tree.is_passive(head) else ():
                yield from noun_lemmas(tree, k)
        elif key == "mod":
            yield from self._modifiers()
        elif key == "name":
            yield from (tree.words[k] for k in self.objects() if tree.tags[k] in ("NNP", "NNPS") or tree.lower[k] in _PERSONS)
        elif key == "iobj":
            yield from (tree.lemmas[k] for k in tree.children(head, "iobj"))
        elif key == "for_doing":
            doing = (k for k in tree.kids[head] if tree.tags[k] == "VBG")
            yield from (tree.lemmas[k] for k in doing if any(tree.lower[j] == "for" for j in tree.children(k, "mark")))
        elif key == "under":
            yield tree.lemmas[tree.heads[head]]
        elif key == "who":
            yield from self._somebody()
        elif key == "where":
            yield from (tree.words[k] for k in tree.children(head, "obl") if _is_named_place(tree, k))
        elif key == "until":
            yield from (tree.lemmas[k] for k in tree.children(head, "obl") if tree.preposition(k) in ("until", "till"))
        elif key == "x":
            yield from self._clauses("xcomp")
        elif key == "xobj":
            yield from (tree.lemmas[o] for k in tree.children(head, "xcomp", "advcl") for o in tree.children(k, "obj"))
        elif key == "c":
            yield from (tree.lemmas[k] for k in tree.children(head, "ccomp"))
        else:
            yield from self._prepositional(key)

    def _somebody(self) -> Iterator[str]:
        """The subject, or a noun's owner, where it is a person ("Milan Dret", "she", "Mr. Dret's"), not a state or a storm with a name."""
        tree = self.tree
        if tree.is_noun(self.head):
            titled = (k for k in tree.children(self.head, "nmod:poss") if tree.child(k, "nmod:desc") is not None)
            yield from (tree.lemmas[k] for k in (*titled, *(k for k in tree.kids[self.head] if tree.lower[k] in ("his", "her"))))
            return
        subject, _ = clause_subject(tree, self.head)
        if subject is None or tree.is_passive(self.head):
            return
        near = {tree.lemmas[k] for k in (subject, *tree.kids[subject])}
        named = tree.tags[subject] == "NNP" and names().get(tree.words[subject]) is None
        if (named or tree.lower[subject] in _PERSONS) and not near & word_classes()["disaster"]:
            yield tree.lemmas[subject]

    def objects(self) -> list[int]:
        """The direct objects, the subject of a passive, the noun that a reduced relative stands by."""
        tree, head = self.tree, self.head
        found = [j for k in tree.children(head, "obj", "nsubj:pass") for j in tree.conjuncts(resolve_relative(tree, k))]
        if not found and tree.deps[head] in ("acl", "acl:relcl") and tree.is_verb(head):
            gap = tree.deps[head] == "acl:relcl" and tree.child(head, "nsubj") is not None
            found = [tree.heads[head]] if gap or tree.is_passive(head) else []
        if not found and tree.deps[head] == "conj" and tree.tags[head].startswith("VB"):
            shared = [k for k in tree.kids[tree.heads[head]] if tree.deps[k] == "nsubj:pass"]
            found = shared if tree.is_passive(head) or (shared and tree.tags[head] == "VBN") else []
        return found

    def _clauses(self, dep: str) -> Iterator[str]:
        tree = self.tree
        for k in tree.kids[self.head]:
            if tree.deps[k] == dep or (dep == "xcomp" and tree.deps[k] in ("ccomp", "advcl", "acl") and has_to(tree, k)):
                yield tree.lemmas[k]

    def _modifiers(self) -> Iterator[str]:
        tree = self.tree
        for k in tree.kids[self.head]:
            if (tree.deps[k] in ("compound", "amod", "advmod", "nmod:poss", "nmod", "nummod") and tree.preposition(k) is None) or (
                tree.deps[k] == "amod"
            ):
                yield tree.lemmas[k]
                yield tree.lower[k]
                yield from (tree.lemmas[j] for j in tree.kids[k] if tree.deps[j] in ("compound", "amod", "conj"))
        if tree.is_verb(self.head):
            for o in (*self.objects(), *tree.children(self.head, "obl")):
                yield from (tree.lemmas[k] for k in tree.kids[o] if tree.deps[k] in ("compound", "amod"))

    def _company(self, key: str) -> Iterator[int]:
        """With whom a noun's act is done where the phrase hangs from its light verb ("held exercises with Borduria")."""
        tree, head = self.tree, self.head
        verb = _light_verb(tree, head) if key == "with" and tree.is_noun(head) and tree.deps[head] == "obj" else None
        if verb is not None:
            yield from (k for k in tree.kids[verb] if tree.deps[k] == "obl")

    def _prepositional(self, key: str) -> Iterator[str]:
        tree = self.tree
        for k in (*tree.kids[self.head], *self._company(key)):
            dep = tree.deps[k]
            able = dep.startswith(("obl", "nmod")) or dep in ("advcl", "xcomp", "ccomp", "acl", "conj", "advmod")
            able = (able or dep == "obj") and not is_time(tree, k)  # "called on the king": the parse may see an object
            if able and any(tree.lower[j] == key for j in tree.kids[k] if tree.deps[j] in ("case", "mark")):
                for j in tree.conjuncts(k):
                    yield from noun_lemmas(tree, j)
            if dep in ("obj", "xcomp", "advmod") and tree.lemmas[k] == key:
                yield key
        for o in tree.children(self.head, "obj") if tree.is_verb(self.head) else ():  # a phrase attached to the object
            for k in tree.kids[o]:
                if tree.deps[k] == "nmod" and tree.preposition(k) == key:
                    yield from noun_lemmas(tree, k)


def _is_named_place(tree: Tree, k: int) -> bool:
    """Whether a phrase says by a name where somebody goes ("to Borduria")."""
    named = tree.tags[k] in ("NNP", "NNPS") and tree.preposition(k) in ("to", "in", "into", "for", "at")
    return named and is_place_or_name(tree, k) and not is_time(tree, k)


def noun_lemmas(tree: Tree, i: int) -> Iterator[str]:
    """Lemma and form of a noun; of a quantity ("thousands of troops") also those of what it counts."""
    yield "dollar" if tree.words[i] in _MONEY else tree.lemmas[i]
    if tree.lower[i] != tree.lemmas[i]:
        yield tree.lower[i]
    for k in tree.kids[i]:
        if tree.deps[k] == "nmod:desc":  # "received President X"
            yield tree.lemmas[k]
    if any(tree.deps[k] == "nummod" and tree.lemmas[k] in _LARGE for k in tree.kids[i]):
        yield "million"  # "40 million crowns": money in any currency
    if tree.lemmas[i] in word_list("quantity") or tree.tags[i] == "CD":
        for k in tree.kids[i]:
            if k > i and tree.deps[k].startswith("nmod") and (tree.preposition(k) == "of" or tree.lemmas[k] == "worth"):
                yield from noun_lemmas(tree, k)


def condition_met(condition: Condition, around: Surroundings) -> bool:
    """Whether a frame's condition holds here."""
    found = around.lemmas(condition.key)
    if condition.absent:
        return not found
    if condition.words is None:
        return bool(found)
    return any(lemma in condition.words for lemma in found)


def choose_sense(senses: tuple[Sense, ...], around: Surroundings) -> Sense | None:
    """The sense whose conditions are all met: most conditions first, named words before "anything", later before earlier."""
    best: tuple[float, int] | None = None
    chosen = None
    for sense in senses:
        if all(condition_met(c, around) for c in sense.conditions):
            weight = sum(0.0 if c.absent else 0.5 if c.words is None else 1.0 for c in sense.conditions)
            rank = (weight - 0.1 * sense.weak, sense.order)
            if best is None or rank > best:
                best, chosen = rank, sense
    return chosen


def _verb_predicate(tree: Tree, i: int) -> Predicate | None:
    lexicon = predicates().verbs
    lemma, particle = tree.lemmas[i], tree.particle(i)
    around = Surroundings(tree, i)
    if particle is not None:
        senses = lexicon.get(f"{lemma}_{particle}")
        sense = choose_sense(senses, around) if senses else None
        if sense is not None:
            k = next((k for k in tree.kids[i] if tree.lower[k] == particle), i + 1)
            return Predicate(i, tuple(sorted((i, k))), "v", sense, framed=bool(sense.conditions))
    senses = lexicon.get(lemma) or lexicon.get(tree.lower[i])
    sense = choose_sense(senses, around) if senses else None
    return Predicate(i, (i,), "v", sense, framed=bool(sense and sense.conditions)) if sense else None


def _light_verb(tree: Tree, i: int) -> int | None:
    """The light verb that carries an event noun, if there is one."""
    dep, head = tree.deps[i], tree.heads[i]
    if dep == "conj" and not tree.children(i, "acl", "acl:relcl"):
        return _light_verb(tree, tree.heads[i]) if tree.heads[i] != i and tree.is_noun(tree.heads[i]) else None
    if dep in ("obj", "nsubj:pass") and tree.is_verb(head):
        if tree.lemmas[head] == "take" and any(tree.lemmas[k] == "account" for k in tree.kids[head]):
            return None
        particle = tree.particle(head)
        lemma = f"{tree.lemmas[head]}_{particle}" if particle else tree.lemmas[head]
        if lemma in word_list("light_verbs") or tree.lemmas[head] in word_list("light_verbs"):
            return head
    if (
        dep == "obl"
        and tree.is_verb(head)
        and tree.preposition(i) not in _OF_TIME
        and tree.lemmas[head] in ("go", "engage", "participate", "take", "join", "come", "be", "get", "enter")
    ):
        return head if tree.child(head, "expl") is None else None  # "there were no casualties in the raid"
    if dep == "nmod" and tree.preposition(i) == "of":  # "launched a series of attacks"
        above = tree.heads[i]
        return _light_verb(tree, above) if tree.lemmas[above] in word_list("quantity") else None
    if dep in ("acl", "acl:relcl"):
        return None
    light = word_list("light_verbs")
    told = (k for k in tree.kids[i] if tree.deps[k] in ("acl", "acl:relcl") and tree.lemmas[k] in light)
    return next((k for k in told if tree.child(k, "mark") is None or tree.child(k, "nsubj") is None), None)


def _noun_predicate(tree: Tree, i: int) -> Predicate | None:
    lexicon = predicates().nouns
    senses = lexicon.get(tree.lemmas[i]) or lexicon.get(tree.lower[i])
    if not senses or tree.deps[i] in ("compound", "flat", "fixed") or _is_in_name(tree, i):
        return None
    sense = choose_sense(senses, Surroundings(tree, i))
    if sense is None:
        return None
    words = [i]
    for c in sense.conditions:
        if c.key == "mod":
            named = [
                k
                for k in tree.kids[i]
                if tree.deps[k] in ("compound", "amod") and c.words and {tree.lemmas[k], tree.lower[k]} & c.words
            ]
            words += [k for k in named if k < i and i - k < 4]
    light = _light_verb(tree, i)
    if light is not None and PENTA[sense.type] in (1, 3) and _is_used(tree, light):
        light = None
    return Predicate(i, tuple(sorted(words)), "n", sense, light=light, framed=bool(sense.conditions))


def _is_used(tree: Tree, verb: int) -> bool:
    """Whether words are what somebody uses or makes something of, and so another's ("use the charges to get tough")."""
    if tree.lemmas[verb] == "use":
        return any(has_to(tree, k) for k in tree.kids[verb])
    return tree.lemmas[verb] == "make" and any(tree.is_noun(k) for k in tree.children(verb, "xcomp"))


def _is_in_name(tree: Tree, i: int) -> bool:
    """Whether a noun is the last word of a name of several words amid plain text ("Israel Flying Aid", "World War")."""
    if tree.tags[i] not in ("NNP", "NNPS") or not tree.words[i][:1].isupper() or i == 0 or i + 1 >= len(tree):
        return False
    if tree.lower[i + 1] in ("for", "of") and i + 2 < len(tree) and tree.tags[i + 2] == "NNP" and tree.words[i - 1][:1].islower():
        return any(w[:1].islower() and w.isalpha() for w in tree.words[i + 3 : i + 8])  # "the Rally for Change party"
    named = tree.tags[i - 1] in ("NNP", "NNPS") and tree.words[i - 1][:1].isupper() and tree.heads[i - 1] == i
    return named and any(w[:1].islower() for w in tree.words[max(0, i - 6) : i + 6])


def _adjective_predicate(tree: Tree, i: int) -> Predicate | None:
    senses = predicates().adjectives.get(tree.lemmas[i]) or predicates().adjectives.get(tree.lower[i])
    if not senses or (tree.deps[i] == "amod" and tree.lower[i] not in STATE_ADJECTIVES):
        return None
    sense = choose_sense(senses, Surroundings(tree, i))
    return Predicate(i, (i,), "a", sense, framed=bool(sense.conditions)) if sense else None


def find_predicates(tree: Tree, first: int, last: int) -> list[Predicate]:
    """Predicates of the words ``first`` to ``last`` (half open) that the lexicon knows, in the order of the text."""
    found = []
    for i in range(first, last):
        tag = tree.tags[i]
        predicate = None
        if tree.is_noun(i):
            predicate = _noun_predicate(tree, i)
        if predicate is None and tag.startswith("VB") and tree.is_verb(i):
            predicate = _verb_predicate(tree, i)
        elif predicate is None and (tag.startswith("JJ") or tree.lower[i] in STATE_ADJECTIVES):
            predicate = _adjective_predicate(tree, i)
        if predicate is not None:
            found.append(predicate)
    return _merge_light(tree, found)


def _merge_light(tree: Tree, found: list[Predicate]) -> list[Predicate]:
    """Join light verbs with their nouns: a verb that its object's frame explains keeps its own sense, else the noun's counts."""
    by_head = {p.head: p for p in found}
    dropped: dict[int, int] = {}
    result = []
    for p in found:
        if p.kind == "n" and p.light is not None:
            verb = by_head.get(p.light)
            if verb is not None and _explains(verb, p):
                dropped[p.head] = p.light
        elif p.kind == "n" and tree.deps[p.head] == "obj" and _names(tree, by_head.get(tree.heads[p.head]), p):
            dropped[p.head] = tree.heads[p.head]
    for p in found:
        if p.head in dropped:
            continue
        carried = [q for q in found if q.kind == "n" and q.light == p.head and q.head not in dropped]
        if p.kind == "v" and carried and not p.framed:
            continue
        explained = tuple(n for n, verb in dropped.items() if verb == p.head)
        result.append(replace(p, words=tuple(sorted((*p.words, *explained)))) if explained else p)
    return result


def _names(tree: Tree, verb: Predicate | None, noun: Predicate) -> bool:
    """Whether a verb's frame asks for its object and makes it the same kind of act ("offered them an ultimatum"), of which nothing more
    is told ("offered them an amnesty to leave")."""
    if tree.child(noun.head, "acl", "acl:relcl") is not None:
        return False
    if verb is None or verb.sense is None or noun.sense is None or noun.framed:
        return False
    if (verb.sense.type, verb.sense.label) != (noun.sense.type, noun.sense.label):
        return False  # "accepted an invitation": two acts of two people
    return any(c.key == "obj" and c.words is not None and tree.lemmas[noun.head] in c.words for c in verb.sense.conditions)


def _explains(verb: Predicate, noun: Predicate) -> bool:
    """Whether the verb already says what its object noun says ("lifted the ban", "reached a deal", "put forward a draft")."""
    a, b = verb.sense, noun.sense
    if a is None or b is None or a.label == "cancel":
        return False
    if PENTA[a.type] in (1, 2) and PENTA[b.type] in (3, 4):
        return False  # "traded accusations"
    if not verb.framed:
        return b.weak and not a.weak
    if a.type.value == "SANCTION" and PENTA[b.type] in (1, 2):
        return True  # "froze trade with them"
    return (
        a.type == b.type
        or b.weak
        or a.label == "danger"
        or b.type.value in ("SANCTION", "COERCE", "NONE", "ACCUSE", "REQUEST", "AGREE")
    )
