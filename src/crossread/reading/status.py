"""Whether what a predicate reports happened: from negation, modals, tense, conditionals, and the words above that govern it.

A predicate's own clause speaks first, then the words it depends on, nearest first, as long as it is their complement ("accused them
of bombing", "a call for talks"), last the attribution around it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from crossread.codebook.plover import is_past_form, operators, word_list
from crossread.reading.control import clause_subject, has_to
from crossread.reading.predicates import STATE_ADJECTIVES, Predicate
from crossread.reading.tree import Tree
from crossread.vocabulary import Auxiliary, EventType, Stance, Status

_MODALS = {
    "will": Status.PLANNED, "shall": Status.PLANNED, "'ll": Status.PLANNED, "’ll": Status.PLANNED, "wo": Status.PLANNED,
    "would": Status.PLANNED, "could": Status.HYPOTHETICAL, "may": Status.HYPOTHETICAL, "might": Status.HYPOTHETICAL,
    "can": Status.HYPOTHETICAL, "should": Status.PROPOSED, "must": Status.PROPOSED, "ought": Status.PROPOSED,
}  # fmt: skip
_CONDITIONAL = frozenset({"if", "unless", "whether", "lest"})
_ADJECTIVES = {
    "planned": Status.PLANNED, "scheduled": Status.PLANNED, "upcoming": Status.PLANNED, "forthcoming": Status.PLANNED,
    "imminent": Status.PLANNED, "future": Status.PLANNED, "intended": Status.PLANNED, "next": Status.PLANNED,
    "proposed": Status.PROPOSED, "possible": Status.HYPOTHETICAL, "potential": Status.HYPOTHETICAL,
    "threatened": Status.HYPOTHETICAL, "hypothetical": Status.HYPOTHETICAL, "likely": Status.HYPOTHETICAL,
    "alleged": Status.ALLEGED, "suspected": Status.ALLEGED, "reported": Status.ALLEGED, "cancelled": Status.CALLED_OFF,
    "canceled": Status.CALLED_OFF, "aborted": Status.CALLED_OFF, "postponed": Status.CALLED_OFF, "failed": Status.NEGATED,
    "ongoing": Status.ONGOING, "continuing": Status.ONGOING, "continued": Status.ONGOING, "relentless": Status.ONGOING,
    "constant": Status.ONGOING, "current": Status.ONGOING, "daily": Status.ONGOING, "intensifying": Status.ONGOING,
}  # fmt: skip
_DURATIVE = frozenset({
    "siege", "blockade", "war", "conflict", "violence", "fighting", "bombardment", "offensive", "campaign", "insurgency",
    "occupation", "repression", "hostility", "hostilities", "unrest", "embargo", "sanction", "crackdown", "warfare", "bloodshed",
    "terrorism", "support", "backing", "ban", "curfew", "rift", "difference", "disagreement", "dispute", "concern", "distrust",
})  # fmt: skip
_STATES = frozenset({
    EventType.ASSAULT, EventType.COERCE, EventType.AID, EventType.SUPPORT, EventType.COOPERATE, EventType.ACCUSE, EventType.NONE,
})  # fmt: skip
_WORDS = frozenset({
    EventType.AGREE, EventType.REQUEST, EventType.THREATEN, EventType.ACCUSE, EventType.REJECT, EventType.SUPPORT, EventType.CONCEDE,
    EventType.NONE,
})  # fmt: skip
_MOTION = frozenset({"go", "come", "travel", "fly", "arrive", "visit", "gather", "meet", "call", "return", "convene", "sit"})
_COURSE = frozenset({"begin", "start", "erupt", "break", "occur", "happen", "take", "end", "kill", "wound", "injure", "hit", "leave",
                     "destroy", "last", "follow", "come"})  # fmt: skip
_WARNING = frozenset({"warn", "threaten", "caution", "menace"})
_EASING = frozenset({"facilitate", "ease", "enable", "secure", "ensure", "allow", "obtain", "win", "gain", "garner", "achieve", "reach",
                     "launch", "hold", "hasten", "speed", "prepare", "arrange", "open", "begin", "start"})  # fmt: skip
_HAPPENING = frozenset({"erupt", "occur", "happen", "break", "rage", "ensue", "flare"})
_LASTING = frozenset({"continue", "remain", "persist", "intensify", "last", "rage"})
_TERMS = frozenset({"include", "cover", "apply", "allow", "require", "involve", "exclude", "affect"})
_HEARSAY = frozenset({"reportedly", "allegedly", "purportedly", "supposedly", "apparently"})
_BLAMING = frozenset({"blame", "condemn", "denounce", "fault"})
_TALKING = frozenset({"discuss", "debate", "fear", "worry", "risk", "danger", "threat"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_TEXTS = frozenset({"resolution", "draft", "proposal", "plan", "bill", "motion", "amendment", "text", "petition", "initiative"})
DECLARED = "support is given by declaring it"
"""The rule that reads "said it would support" as support."""
_SETTLED = "what is to end goes on"
_TRANSPARENT = frozenset({"begun"})
_GOVERNING_PREPOSITIONS = frozenset({"of", "for", "to", "on", "from", "against", "in", "into", "about", "with", "at", "over"})
_CARRIERS = frozenset(
    {"take", "begin", "start", "resume", "open", "occur", "happen", "come", "enter", "hold", "go", "erupt", "break", "continue"}
)
_AUXILIARY = {
    Status.PLANNED: Auxiliary.FUTURE, Status.PROPOSED: Auxiliary.HYPOTHETICAL, Status.HYPOTHETICAL: Auxiliary.HYPOTHETICAL,
    Status.NEGATED: Auxiliary.NEGATION, Status.CALLED_OFF: Auxiliary.NEGATION,
}  # fmt: skip
_STANCES = {
    Stance.ACCUSE: Status.ALLEGED, Stance.DENY: Status.DENIED, Stance.DEMAND: Status.PROPOSED, Stance.PROPOSE: Status.PROPOSED,
    Stance.PROMISE: Status.PLANNED, Stance.THREATEN: Status.HYPOTHETICAL, Stance.DOUBT: Status.HYPOTHETICAL,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class StatusReading:
    """A status and the rules that led to it."""

    status: Status
    rules: tuple[str, ...]


def read_status(
    tree: Tree, predicate: Predicate, *, in_title: bool = False, stance: Stance | None = None, refused: bool = False
) -> StatusReading:
    """The status of what a predicate reports.

    Args:
        tree: The parsed text.
        predicate: A predicate of it.
        in_title: Whether it stands in the headline, where the present tense tells of the past.
        refused: Whether the predicate was read as a refusal, which its "will not" makes and does not undo.
        stance: What the source of the innermost attribution around the predicate does by saying it.
    """
    found = list(_signals(tree, predicate, in_title))
    if refused:
        found = [(s, rule) for s, rule in found if not rule.startswith(("negation:", "modal:"))]
    for wanted in (Status.CALLED_OFF, Status.DENIED):
        for status, rule in found:
            if status is wanted:
                return StatusReading(status, (rule,))
    for status, rule in found:
        if rule == _SETTLED:
            break
        if status not in (Status.HAPPENED, Status.ONGOING):
            return StatusReading(status, (rule,))
    lasting = predicate.kind == "a" and (tree.deps[predicate.head] == "amod" or tree.lower[predicate.head] in STATE_ADJECTIVES)
    if stance in _STANCES and not lasting and not _is_given(tree, predicate) and _can_be_claimed(tree, predicate, stance):
        return StatusReading(_STANCES[stance], (f"said with stance {stance.value}",))
    return StatusReading(*_first(found))


def _can_be_claimed(tree: Tree, predicate: Predicate, stance: Stance) -> bool:
    """Whether a stance bears on an act: words exchanged stay facts inside it, deeds become claims, wishes and plans."""
    sense = predicate.sense
    if sense is None or sense.type in _WORDS:
        return stance is Stance.DENY and sense is not None and predicate.kind == "v"
    if stance is Stance.ACCUSE:
        return predicate.kind == "v" and sense.type in (EventType.ASSAULT, EventType.COERCE)
    return stance in (Stance.DENY, Stance.DOUBT) or not _is_past(tree, predicate)


def _is_past(tree: Tree, predicate: Predicate) -> bool:
    verb = predicate.light if predicate.kind == "n" else predicate.head
    if verb is None:
        return False
    return tree.tags[verb] == "VBD" or any(
        tree.tags[k] in ("VBD", "VBZ", "VBP") and tree.lemmas[k] == "have" for k in tree.kids[verb]
    )


def _first(found: list[tuple[Status, str]]) -> tuple[Status, tuple[str, ...]]:
    status, rule = found[0] if found else (Status.HAPPENED, "told as a fact")
    return status, (rule,)


def _is_given(tree: Tree, predicate: Predicate) -> bool:
    """Whether a noun is taken for granted ("the attack", "Tuesday's raid"), so that a stance about it leaves it a fact."""
    if predicate.kind != "n":
        return False
    return any(tree.lower[k] in ("the", "this", "that", "these", "those") for k in tree.kids[predicate.head])


def takes_place(tree: Tree, noun: int) -> bool:
    """Whether a noun is the subject of a verb of taking place, which makes any event noun an event ("battles took place")."""
    verb = tree.heads[noun]
    took_place = tree.lemmas[verb] == "take" and any(tree.lemmas[k] == "place" for k in tree.kids[verb])
    return tree.deps[noun] == "nsubj" and (took_place or tree.lemmas[verb] in _HAPPENING)


def auxiliary_of(status: Status, *, historical: bool = False) -> tuple[Auxiliary, ...]:
    """PLOVER's auxiliary modes for a status."""
    found = [Auxiliary.HISTORICAL] if historical else []
    if status in _AUXILIARY:
        found.append(_AUXILIARY[status])
    return tuple(found)


def _signals(tree: Tree, predicate: Predicate, in_title: bool) -> Iterator[tuple[Status, str]]:
    """Statuses with their reasons, the nearest first."""
    i = predicate.head
    if predicate.kind == "n":
        yield from _noun_signals(tree, i)
        if predicate.light is not None:
            yield from _light_signals(tree, predicate.light)
            i = predicate.light
            yield from _clause_signals(tree, i, predicate, in_title)
            yield from _above(tree, i, predicate)
            if tree.lemmas[i] in ("have", "wage", "pursue", "maintain") and _is_durative(tree, predicate.head):
                yield Status.ONGOING, f"a state: {tree.lower[predicate.head]}"
            return
        yield from _above(tree, i, predicate)
        if _is_durative(tree, i):
            yield Status.ONGOING, f"a state: {tree.lower[i]}"
        return
    if predicate.kind == "a" and tree.deps[i] == "amod":
        yield Status.ONGOING, "a state that a participle names"
        return
    yield from _clause_signals(tree, i, predicate, in_title)
    yield from _above(tree, i, predicate)
    if predicate.kind == "a" and predicate.sense is not None and predicate.sense.type is EventType.NONE:
        yield Status.ONGOING, "an attitude"


def _is_durative(tree: Tree, i: int) -> bool:
    return tree.lemmas[i] in _DURATIVE or tree.lower[i] in _DURATIVE


def _noun_signals(tree: Tree, i: int) -> Iterator[tuple[Status, str]]:
    for k in tree.kids[i]:
        word = tree.lower[k]
        if tree.deps[k] in ("det", "advmod", "amod") and word in ("no", "not", "without", "neither"):
            yield Status.NEGATED, f"negation: {word}"
        elif tree.deps[k] == "case" and word == "without":
            yield Status.NEGATED, "negation: without"
        elif tree.deps[k] in ("amod", "compound") and word in _ADJECTIVES:
            yield _ADJECTIVES[word], f"modifier: {word}"
        elif tree.deps[k] == "acl" and tree.tags[k] == "VBN":
            for status in _governing(tree, k):
                yield status, f"participle: {word}"


def _light_signals(tree: Tree, light: int) -> Iterator[tuple[Status, str]]:
    for status in _governing(tree, light):
        yield status, f"verb: {tree.lower[light]}"


def _governing(tree: Tree, i: int) -> list[Status]:
    """What a governing word says of its complement; nothing for words that leave it as it is."""
    if tree.lower[i] == "going":
        return [Status.PLANNED]
    particle = tree.particle(i) if tree.tags[i].startswith("VB") else None
    names = operators().get(f"{tree.lemmas[i]}_{particle}" if particle else tree.lemmas[i], ())
    found = []
    for name in names:
        if name in _TRANSPARENT:
            continue
        found.append(Status.ONGOING if name == "ended" else Status(name))
    if Status.NEGATED in found and Status.HYPOTHETICAL in found:  # "prevented the raid", but "to prevent raids"
        return [Status.NEGATED if _is_done(tree, i) else Status.HYPOTHETICAL]
    return found[:1]


def _is_done(tree: Tree, verb: int) -> bool:
    helpers = {tree.lemmas[k] for k in tree.kids[verb] if tree.deps[k] == "aux"}
    return tree.tags[verb] == "VBD" or (tree.tags[verb] == "VBN" and not helpers & set(_MODALS))


def _operator(tree: Tree, i: int) -> tuple[str, ...]:
    """What the codebook says of a word or phrasal verb that governs another."""
    particle = tree.particle(i) if tree.tags[i].startswith("VB") else None
    return operators().get(f"{tree.lemmas[i]}_{particle}" if particle else tree.lemmas[i], ())


def _clause_signals(tree: Tree, verb: int, predicate: Predicate, in_title: bool) -> Iterator[tuple[Status, str]]:
    """What the verb's own clause says: negation, condition, modal, tense."""
    auxiliaries = [k for k in tree.kids[verb] if tree.deps[k] in ("aux", "aux:pass", "cop")]
    if tree.deps[verb] == "conj" and not auxiliaries and tree.tags[verb] in ("VB", "VBN", "VBG"):
        auxiliaries = [k for k in tree.kids[tree.heads[verb]] if tree.deps[k] in ("aux", "aux:pass")]
    for k in tree.kids[verb]:
        word = tree.lower[k]
        if tree.deps[k] == "advmod" and word in _HEARSAY:
            yield Status.ALLEGED, f"hearsay: {word}"
        elif tree.deps[k] in ("advmod", "mark", "neg", "det", "cc:preconj") and word in word_list("negators"):
            yield Status.NEGATED, f"negation: {word}"
        elif tree.deps[k] == "mark" and word in _CONDITIONAL:
            yield Status.HYPOTHETICAL, f"condition: {word}"
        elif tree.deps[k] in ("nsubj", "nsubj:pass") and any(tree.lower[j] == "no" and tree.deps[j] == "det" for j in tree.kids[k]):
            yield Status.NEGATED, "negation: no"
    for k in auxiliaries:
        word = tree.lower[k]
        if word == "would" and not _is_reported(tree, verb):
            yield Status.HYPOTHETICAL, "modal: would"
        elif word in ("will", "would") and _is_feared(tree, verb):
            yield Status.HYPOTHETICAL, f"modal under a warning: {word}"
        elif word in ("will", "would") and predicate.sense is not None and predicate.sense.type is EventType.SUPPORT:
            yield Status.HAPPENED, DECLARED
        elif word in _MODALS:
            yield _MODALS[word], f"modal: {word}"
    tags = tree.tags[verb]
    forms = {tree.lemmas[k] for k in auxiliaries}
    if predicate.kind == "a":
        return
    if "being" in {tree.lower[k] for k in auxiliaries} and tags == "VBN":
        yield Status.ONGOING, "tense: progressive passive"
    elif tags == "VBG" and "be" in forms:
        yield Status.ONGOING, "tense: progressive"
    elif tags == "VBG" and (tree.deps[verb] == "acl" or (tree.deps[verb] == "advcl" and _lasts(predicate))):
        yield Status.ONGOING, "tense: present participle"
    elif tags == "VBN" and tree.deps[verb] in ("acl", "advcl", "amod") and _lasts(predicate):
        yield Status.ONGOING, "a state that a participle names"
    elif tags == "VBN" and "be" in forms and not any(tree.lower[k] in ("was", "were") for k in auxiliaries) and _lasts(predicate):
        yield Status.ONGOING, "a state in the present"
    elif (
        tags in ("VBZ", "VBP")
        and not in_title
        and not is_past_form(tree.lower[verb])
        and predicate.kind != "s"
        and predicate.sense is not None
        and predicate.sense.type in _STATES
    ):
        yield Status.ONGOING, "tense: present"
    elif has_to(tree, verb) and (tree.deps[verb] == "csubj" or _is_clausal_subject(tree, verb)):
        yield Status.HYPOTHETICAL, "an act as a subject"
    elif has_to(tree, verb) and tree.deps[verb] in ("advcl", "acl") and not _governing(tree, tree.heads[verb]):
        moved = tree.lemmas[tree.heads[verb]] in _MOTION and tree.tags[tree.heads[verb]] in ("VBD", "VBN")
        yield (Status.HAPPENED, "done by going there") if moved else (Status.PLANNED, "purpose clause")


def _is_clausal_subject(tree: Tree, verb: int) -> bool:
    """Whether an infinitive stands where the subject of a modal verb would ("to storm it could take months")."""
    above = tree.heads[verb]
    modal = any(tree.lower[k] in _MODALS and tree.deps[k] == "aux" for k in tree.kids[above])
    return tree.deps[verb] == "advcl" and verb < above and modal and tree.child(above, "nsubj", "nsubj:pass") is None


def _is_feared(tree: Tree, verb: int) -> bool:
    """Whether a clause is what somebody warns of, threatens or fears."""
    return tree.deps[verb] == "ccomp" and tree.lemmas[tree.heads[verb]] in _WARNING


def _lasts(predicate: Predicate) -> bool:
    sense = predicate.sense
    return sense is not None and (sense.type in (EventType.AID, EventType.SUPPORT) or sense.label in ("restrict", "occupy"))


def _is_reported(tree: Tree, verb: int) -> bool:
    """Whether a clause is what somebody says ("said it would"), where "would" is a future of the past."""
    for _ in range(3):
        if tree.deps[verb] in ("ccomp", "parataxis", "acl") or any(tree.deps[k] in ("parataxis", "ccomp") for k in tree.kids[verb]):
            return True
        if tree.deps[verb] not in ("conj", "xcomp"):
            return False
        verb = tree.heads[verb]
    return False


def _above(tree: Tree, i: int, predicate: Predicate) -> Iterator[tuple[Status, str]]:
    """What the words above say, as long as each link is one of complementation."""
    start = i
    for _ in range(8):
        dep, head = tree.deps[i], tree.heads[i]
        if head == i:
            return
        if dep == "conj":
            i = _coordinated(tree, i, head)
            if i < 0:
                return
            continue
        if not _is_complement(tree, i, head, dep):
            yield from _as_subject(tree, i, head, dep)
            yield from _in_phrase(tree, i, head, dep)
            return
        for status in _governing(tree, head):
            if _leaves_as_is(tree, i, head, dep, status, predicate.sense.type if predicate.sense else None):
                continue
            if status is Status.PLANNED and tree.lemmas[head] == "seek" and _is_proposal(tree, head):
                status = Status.PROPOSED
            elif tree.lemmas[head] in ("decide", "decision") and predicate.sense is not None and predicate.sense.type in _WORDS:
                status = Status.HAPPENED  # a refusal is made by deciding it
            elif tree.lemmas[head] == "suspend" and tree.lemmas[i] in ("visit", "trip", "tour"):
                status = Status.CALLED_OFF
            yield status, f"under: {tree.lower[head]}"
            if status is Status.ONGOING and i == start and tree.is_noun(i):
                yield Status.HAPPENED, _SETTLED
                return
        yield from _negated_or_modal(tree, head)
        i = head


def _leaves_as_is(tree: Tree, i: int, head: int, dep: str, status: Status, event_type: EventType | None) -> bool:
    """Whether a governing word says nothing of what it governs: "discussed the war", "'They fled,' he blamed"."""
    if status is Status.ALLEGED and dep in ("ccomp", "parataxis") and tree.tags[i] != "VBG":
        return tree.lemmas[head] in _BLAMING or (event_type in _WORDS and tree.lemmas[head] == "claim")
    if status is not Status.HYPOTHETICAL or not tree.is_noun(i):
        return False
    if _is_durative(tree, i) and tree.lemmas[head] in _TALKING:
        return True
    return any(tree.lower[k] in _DEFINITE or tree.deps[k] == "nmod:poss" for k in tree.kids[i])


def _is_proposal(tree: Tree, verb: int) -> bool:
    """Whether it is a text that seeks something ("a resolution seeking a truce")."""
    subject, _ = clause_subject(tree, verb)
    return subject is not None and tree.lemmas[subject] in _TEXTS


def _in_phrase(tree: Tree, i: int, head: int, dep: str) -> Iterator[tuple[Status, str]]:
    """What the noun around says ("ongoing involvement in air strikes"), and a purpose clause of its object ("to ease the transfer")."""
    if dep == "nmod" and tree.is_noun(head):
        for k in tree.kids[head]:
            if tree.deps[k] == "amod" and tree.lower[k] in _ADJECTIVES:
                yield _ADJECTIVES[tree.lower[k]], f"modifier: {tree.lower[k]}"
    elif dep == "obj" and tree.deps[head] == "advcl" and has_to(tree, head) and tree.lemmas[head] in _EASING:
        yield Status.PLANNED, "purpose clause"


def _coordinated(tree: Tree, i: int, head: int) -> int:
    """The word that a coordinated one shares its governor with, or -1 where the two stand apart."""
    return head if tree.is_verb(i) == tree.is_verb(head) else -1


def _negated_or_modal(tree: Tree, head: int) -> Iterator[tuple[Status, str]]:
    """Negation and modals over a governing verb reach down to its complement ("will try to", "did not agree to")."""
    if not tree.tags[head].startswith("VB"):
        if any(tree.lower[k] == "no" and tree.deps[k] == "det" for k in tree.kids[head]):
            yield Status.NEGATED, f"negation over: {tree.lower[head]}"
        return
    for k in tree.kids[head]:
        word = tree.lower[k]
        if tree.deps[k] == "aux" and word in _MODALS and tree.lemmas[head] not in ("say", "tell", "warn", "think"):
            yield _MODALS[word], f"modal over: {tree.lower[head]}"
        elif tree.deps[k] == "advmod" and word in word_list("negators") and not operators().get(tree.lemmas[head]):
            yield Status.NEGATED, f"negation over: {tree.lower[head]}"


def _is_complement(tree: Tree, i: int, head: int, dep: str) -> bool:
    if dep in ("xcomp", "ccomp", "csubj:pass"):
        return True
    if dep == "obj":
        return bool(_governing(tree, head)) or tree.lemmas[head] in operators() or tree.lemmas[head] in word_list("light_verbs")
    if dep in ("obl", "nmod"):
        return tree.preposition(i) in _GOVERNING_PREPOSITIONS and bool(
            operators().get(tree.lemmas[head]) or _operator(tree, head) or tree.lemmas[head] in word_list("quantity")
        )
    if dep == "nsubj:pass":
        return bool(operators().get(tree.lemmas[head]))
    if dep == "acl" and any(tree.lower[k] == "that" and tree.deps[k] == "mark" for k in tree.kids[i]):
        return True
    if dep == "acl":
        return bool(operators().get(tree.lemmas[head])) and tree.is_noun(head) and tree.tags[i] != "VBN"
    if dep == "advcl":
        marks = {tree.lower[k] for k in tree.kids[i] if tree.deps[k] in ("mark", "case")}
        return bool(marks & {"of", "from", "into", "for", "to", "on"} and operators().get(tree.lemmas[head]))
    return dep == "compound" and False


def _as_subject(tree: Tree, i: int, head: int, dep: str) -> Iterator[tuple[Status, str]]:
    """An event noun as the subject of a verb of taking place has that verb's time ("talks will begin")."""
    if dep == "nsubj" and any(tree.lemmas[k] == "remain" and tree.deps[k] == "cop" for k in tree.kids[head]):
        yield Status.ONGOING, "under: remain"
    if dep not in ("nsubj", "nsubj:pass") or not tree.is_verb(head):
        return
    if tree.lemmas[head] in _LASTING and not (tree.lemmas[head] == "last" and tree.tags[head] == "VBD"):
        yield Status.ONGOING, f"under: {tree.lemmas[head]}"
        return
    carrier = tree.lemmas[head] in _CARRIERS
    if tree.lemmas[head] in _TERMS and any(tree.lower[k] in ("will", "would") for k in tree.kids[head]):
        yield Status.PLANNED, "its terms are still to come"
    if any(tree.deps[k] == "mark" and tree.lower[k] in _CONDITIONAL for k in tree.kids[head]):
        yield Status.HYPOTHETICAL, "condition"
    for k in tree.kids[head]:
        word = tree.lower[k]
        if not (carrier or dep == "nsubj:pass"):
            break
        if tree.deps[k] == "aux" and word in _MODALS:
            yield _MODALS[word], f"modal: {word}"
        elif tree.deps[k] == "advmod" and word in word_list("negators"):
            yield Status.NEGATED, f"negation: {word}"
    past = tree.tags[head] == "VBD" and tree.lemmas[head] in _COURSE
    if past or any(tree.lower[k] in ("was", "were") for k in tree.kids[head]):
        yield Status.HAPPENED, "told in the past"
