"""Whether what a predicate reports happened: from negation, modals, tense, conditionals, and the words above that govern it.

A predicate's own clause speaks first, then the words it depends on, nearest first, as long as it is their complement ("accused them
of bombing", "a call for talks"), last the attribution around it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from crossread.codebook.plover import is_past_form, word_classes, word_list
from crossread.reading.clause_forms import (
    describes,
    has_condition,
    is_asked,
    is_awaited,
    is_conditional,
    is_due,
    is_gone_by,
    is_imperative,
    is_inverted,
    is_nobody,
    is_of_nobody,
    is_of_time,
    is_parted,
    is_regretted,
    is_ruled_out,
    is_single_act,
    is_step_taken,
    is_subjunctive,
    is_told_as_past,
)
from crossread.reading.control import has_to, is_one_of_several
from crossread.reading.directions import DUE
from crossread.reading.governing import (
    ADJECTIVES,
    CONDITIONAL,
    MODALS,
    SETTLED,
    UNSURE,
    WORDS,
    above,
    before_to,
    governing,
    is_durative,
    is_over,
    is_yet_to,
)
from crossread.reading.planners import is_on_it
from crossread.reading.predicates import STATE_ADJECTIVES, Predicate
from crossread.reading.supposed import is_close_to, is_in_question, is_mock
from crossread.reading.tree import Tree
from crossread.vocabulary import Auxiliary, EventType, Stance, Status

_STATES = frozenset({
    EventType.ASSAULT, EventType.COERCE, EventType.AID, EventType.SUPPORT, EventType.COOPERATE, EventType.ACCUSE, EventType.NONE,
})  # fmt: skip
_MOTION = frozenset(
    {
        "follow",
        "march",
        "rally",
        "pour",
        "flock",
        "turn",
        "stream",
        "assemble",
        "go",
        "come",
        "travel",
        "fly",
        "arrive",
        "visit",
        "gather",
        "meet",
        "call",
        "return",
        "convene",
        "sit",
    }
)
_WARNING = frozenset({"warn", "threaten", "caution", "menace"})
_LASTING_TIES = frozenset({"contact", "contacts", "tie", "link", "relation", "dialogue"})
_TALKED_OVER = frozenset({"talk", "talks", "negotiation", "discussion", "debate", "vote", "referendum"})
_GROUNDS = frozenset({"for", "after", "by"})
_BE_TO = frozenset({"is", "are", "was", "were"})
_HEARSAY = frozenset({"reportedly", "allegedly", "purportedly", "supposedly", "apparently"})
_MAYBE = frozenset({"potentially", "possibly", "perhaps", "maybe", "conceivably"})
_WANTED_NOT = frozenset({
    EventType.AGREE, EventType.CONSULT, EventType.SUPPORT, EventType.CONCEDE, EventType.COOPERATE, EventType.AID, EventType.RETREAT,
})  # fmt: skip
"""Types of which somebody may be against one to come ("made his case against a deal")."""
DECLARED = "support is given by declaring it"
"""The rule that reads "said it would support" as support."""
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
    for status, rule in found:
        if rule == "should have":
            return StatusReading(status, (rule,))
    if refused:
        found = [(s, rule) for s, rule in found if not rule.startswith(("negation", "modal:", "under: going"))]
    for wanted in (Status.CALLED_OFF, Status.DENIED):
        for status, rule in found:
            if status is wanted:
                return StatusReading(status, (rule,))
    open_if = next((rule for _, rule in found if rule.startswith("condition")), None)
    if open_if is not None and found[0][0] is Status.NEGATED:
        return StatusReading(Status.HYPOTHETICAL, (open_if,))  # "should they not be freed"
    for status, rule in found:
        if rule == SETTLED:
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
    if sense is None or sense.type in WORDS:
        return stance is Stance.DENY and sense is not None and predicate.kind == "v"
    if stance is Stance.ACCUSE:
        return (
            predicate.kind == "v" and sense.type in (EventType.ASSAULT, EventType.COERCE) and not is_of_time(tree, predicate.head)
        )
    if stance not in (Stance.DENY, Stance.DOUBT) and predicate.kind == "v" and describes(tree, predicate.head):
        return False
    return stance in (Stance.DENY, Stance.DOUBT) or not is_told_as_past(
        tree, predicate.light if predicate.kind == "n" else predicate.head, predicate.head
    )


def _first(found: list[tuple[Status, str]]) -> tuple[Status, tuple[str, ...]]:
    status, rule = found[0] if found else (Status.HAPPENED, "told as a fact")
    return status, (rule,)


def _is_given(tree: Tree, predicate: Predicate) -> bool:
    """Whether a noun is taken for granted ("the attack", "Tuesday's raid"), so that a stance about it leaves it a fact."""
    if predicate.kind != "n":
        return False
    dated = tree.preposition(predicate.head) in ("after", "before", "during", "since", "following", "until")
    return any(
        tree.lower[k] in ("the", "this", "that", "these", "those") or (dated and tree.deps[k] == "nmod:poss")
        for k in tree.kids[predicate.head]
    )


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
            yield from above(tree, i, predicate)
            tied = tree.lemmas[predicate.head] in _LASTING_TIES and tree.tags[i] in ("VBZ", "VBP")
            if tree.lemmas[i] in ("have", "wage", "pursue", "maintain") and (tied or is_durative(tree, predicate.head)):
                yield Status.ONGOING, f"a state: {tree.lower[predicate.head]}"
            return
        yield from _ahead_signals(tree, i, predicate)
        if predicate.sense is not None and predicate.sense.mode == "visit" and is_on_it(tree, i):
            yield Status.ONGOING, "on it now"
        yield from above(tree, i, predicate)
        if is_in_question(tree, i):
            yield Status.HYPOTHETICAL, "in what is asked or supposed"
        if (is_durative(tree, i) or _is_under_way(tree, i)) and not is_over(tree, i):
            yield Status.ONGOING, f"a state: {tree.lower[i]}"
        return
    if predicate.kind == "a" and tree.deps[i] == "amod":
        yield Status.ONGOING, "a state that a participle names"
        return
    yield from _clause_signals(tree, i, predicate, in_title)
    yield from above(tree, i, predicate)
    if predicate.kind == "a" and predicate.sense is not None and predicate.sense.type is EventType.NONE:
        yield Status.ONGOING, "an attitude"


def _noun_signals(tree: Tree, i: int) -> Iterator[tuple[Status, str]]:
    if is_mock(tree, i) or is_close_to(tree, i):
        yield Status.HYPOTHETICAL, "mock, or only near"
    for k in tree.kids[i]:
        word = tree.lower[k]
        hyphened = k + 1 < i and tree.words[k + 1] in ("-", "–")  # "a no-fly zone"
        if tree.deps[k] in ("det", "advmod", "amod") and word in ("no", "not", "without", "neither") and not hyphened:
            yield Status.NEGATED, f"negation: {word}"
        elif tree.deps[k] == "case" and word == "without":
            yield Status.NEGATED, "negation: without"
        elif tree.deps[k] == "amod" and word in UNSURE and tree.lemmas[i] in word_classes()["crime"]:
            yield Status.ALLEGED, f"modifier: {word}"
        elif tree.deps[k] == "mark" and word in CONDITIONAL:
            yield Status.HYPOTHETICAL, f"condition: {word}"
        elif word == "underway" and k > i:
            yield Status.ONGOING, "under way"
        elif tree.deps[k] in ("amod", "compound") and word in ADJECTIVES:
            yield ADJECTIVES[word], f"modifier: {word}"
        elif tree.deps[k] == "acl" and tree.tags[k] == "VBN" and not (word == "aimed" and _is_aimed_at(tree, k)):
            for status in governing(tree, k):
                yield status, f"participle: {word}"


def _ahead_signals(tree: Tree, noun: int, predicate: Predicate) -> Iterator[tuple[Status, str]]:
    """What a phrase says of a noun that it sets before the clause or against it ("arrives before the vote", "against a deal")."""
    preposition = tree.preposition(noun)
    verb = tree.heads[noun]
    if preposition == "before" and tree.tags[verb] in ("VB", "VBZ", "VBP"):
        if not any(tree.lower[k] in ("had", "was", "were") for k in tree.kids[verb]):
            yield Status.PLANNED, "still ahead"
        return
    kind = predicate.sense.type if predicate.sense is not None else None
    if preposition == "against" and kind in _WANTED_NOT and _is_any(tree, noun):
        yield Status.HYPOTHETICAL, "what somebody is against"


def _is_any(tree: Tree, noun: int) -> bool:
    return any(tree.lower[k] in ("a", "an", "any", "every") for k in tree.kids[noun])


def _is_aimed_at(tree: Tree, participle: int) -> bool:
    """Whether words are "aimed at" somebody, which plans nothing."""
    return any(tree.preposition(k) == "at" for k in tree.kids[participle])


def _is_under_way(tree: Tree, noun: int) -> bool:
    """Whether a noun names an inquiry as one that goes on ("the probe", "the prosecutor's investigation"), not as one newly told of."""
    if tree.lemmas[noun] not in word_classes()["probe"]:
        return False
    return any(tree.lower[k] in ("the", "this", "that") or tree.deps[k] == "nmod:poss" for k in tree.kids[noun])


def _light_signals(tree: Tree, light: int) -> Iterator[tuple[Status, str]]:
    for status in governing(tree, light):
        yield status, f"verb: {tree.lower[light]}"


def _clause_signals(tree: Tree, verb: int, predicate: Predicate, in_title: bool) -> Iterator[tuple[Status, str]]:
    """What the verb's own clause says: negation, condition, modal, tense."""
    auxiliaries = [k for k in tree.kids[verb] if tree.deps[k] in ("aux", "aux:pass", "cop")]
    if tree.deps[verb] == "conj" and not auxiliaries and tree.tags[verb] in ("VB", "VBN", "VBG"):
        auxiliaries = [k for k in tree.kids[tree.heads[verb]] if tree.deps[k] in ("aux", "aux:pass")]
    if is_of_nobody(tree, verb):
        yield Status.NEGATED, "negation: nobody"
    if is_ruled_out(tree, verb):
        yield Status.NEGATED, "negation: no chance"
    for k in tree.kids[verb]:
        word = tree.lower[k]
        if tree.deps[k] == "advmod" and word in _HEARSAY:
            yield Status.ALLEGED, f"hearsay: {word}"
        elif tree.deps[k] == "advmod" and word in _MAYBE:
            yield Status.HYPOTHETICAL, f"perhaps: {word}"
        elif tree.deps[k] in ("advmod", "mark", "neg", "det", "cc:preconj") and word in word_list("negators"):
            if k < verb and is_parted(tree, k, verb):
                continue
            yield Status.NEGATED, f"negation: {word}"
        elif tree.deps[k] == "mark" and word in CONDITIONAL:
            yield Status.HYPOTHETICAL, f"condition: {word}"
        elif tree.deps[k] in ("nsubj", "nsubj:pass") and is_nobody(tree, k):
            yield Status.NEGATED, "negation: no"
    if any(word in DUE and tree.heads[k] == verb for k, word in before_to(tree, verb)) or is_due(tree, verb):
        yield Status.PLANNED, "under: due"
    if tree.deps[verb] == "advcl" and is_inverted(tree, verb, auxiliaries):
        yield Status.HYPOTHETICAL, "condition by word order"
    if has_to(tree, verb) and any(tree.lower[k] in _BE_TO for k in auxiliaries):
        yield Status.PLANNED, "is to"
    if tree.deps[verb] == "conj" and tree.tags[verb] in ("VBZ", "VBP", "VBD") and is_conditional(tree, tree.heads[verb]):
        yield Status.HYPOTHETICAL, "condition shared"
    if predicate.kind == "v" and is_imperative(tree, verb):
        yield Status.PROPOSED, "an order"
    if is_subjunctive(tree, verb):
        yield Status.PROPOSED, "what somebody would have others do"
    if tree.deps[verb] == "acl:relcl" and _is_any(tree, tree.heads[verb]) and is_in_question(tree, tree.heads[verb]):
        yield Status.HYPOTHETICAL, "condition around"
    if is_yet_to(tree, verb):
        yield Status.NEGATED, "negation: yet to"
    if is_asked(tree, verb):
        yield Status.HYPOTHETICAL, "a question"
    if is_awaited(tree, verb, auxiliaries):
        yield Status.HYPOTHETICAL, "awaited"
    if (missed := is_regretted(tree, verb, auxiliaries)) is not None:
        yield missed, "should have"
    for k in auxiliaries:
        word = tree.lower[k]
        if word == "would" and (not _is_reported(tree, verb) or has_condition(tree, verb)):
            yield Status.HYPOTHETICAL, "modal: would"
        elif word in ("will", "would") and _is_feared(tree, verb):
            yield Status.HYPOTHETICAL, f"modal under a warning: {word}"
        elif word in ("will", "would") and predicate.sense is not None and predicate.sense.type is EventType.SUPPORT:
            yield Status.HAPPENED, DECLARED
        elif word in MODALS:
            yield MODALS[word], f"modal: {word}"
    if predicate.kind != "a":
        yield from _tense_signals(tree, verb, predicate, auxiliaries, in_title)


def _tense_signals(
    tree: Tree, verb: int, predicate: Predicate, auxiliaries: list[int], in_title: bool
) -> Iterator[tuple[Status, str]]:
    """What tense, aspect and the kind of clause say."""
    tags = tree.tags[verb]
    forms = {tree.lemmas[k] for k in auxiliaries}
    if "being" in {tree.lower[k] for k in auxiliaries} and tags == "VBN" and not is_gone_by(tree, verb):
        yield Status.ONGOING, "tense: progressive passive"
    elif tags == "VBG" and "be" in forms:
        yield Status.ONGOING, "tense: progressive"
    elif (
        tags == "VBG"
        and tree.deps[verb] == "acl"
        and tree.lemmas[tree.heads[verb]] in _TALKED_OVER
        and tree.child(verb, "mark", "case")
    ):
        yield Status.PROPOSED, "what is talked about"
    elif tags == "VBG" and tree.deps[verb] == "acl" and any(tree.lower[k] in _GROUNDS for k in tree.children(verb, "mark", "case")):
        yield Status.HAPPENED, "what is judged"
    elif is_one_of_several(tree, verb):
        yield Status.HAPPENED, "one of several"
    elif tags == "VBG" and is_step_taken(tree, verb):
        yield Status.HAPPENED, "a step taken"
    elif tags == "VBG" and (tree.deps[verb] == "acl" or (tree.deps[verb] == "advcl" and _lasts(predicate))):
        yield Status.ONGOING, "tense: present participle"
    elif tags == "VBN" and tree.deps[verb] in ("acl", "advcl", "amod") and not auxiliaries and _lasts(predicate):
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
        and not is_single_act(tree, verb)
    ):
        yield Status.ONGOING, "tense: present"
    elif _is_act_as_subject(tree, verb):
        yield Status.HYPOTHETICAL, "an act as a subject"
    elif has_to(tree, verb) and tree.deps[verb] == "acl" and (offered := _offered(tree, tree.heads[verb])):
        yield offered, "what is offered"
    elif has_to(tree, verb) and tree.deps[verb] == "root" and tree.child(verb, "nsubj") is not None:
        yield Status.PLANNED, "an infinitive of a headline"
    elif has_to(tree, verb) and tree.deps[verb] in ("advcl", "acl") and not governing(tree, tree.heads[verb]):
        moved = tree.lemmas[tree.heads[verb]] in _MOTION and tree.tags[tree.heads[verb]] in ("VBD", "VBN")
        yield (Status.HAPPENED, "done by going there") if moved else (Status.PLANNED, "purpose clause")


def _is_act_as_subject(tree: Tree, verb: int) -> bool:
    """Whether a verb is the subject of what is thought of it ("to storm it could take months", "suing a state is hard")."""
    if has_to(tree, verb):
        return tree.deps[verb] == "csubj" or _is_clausal_subject(tree, verb)
    return tree.tags[verb] == "VBG" and tree.deps[verb] == "csubj" and _is_supposed_of(tree, tree.heads[verb])


def _is_supposed_of(tree: Tree, verb: int) -> bool:
    """Whether what is said of an act does not make it a fact ("suing a state could be hard", "presents difficulties")."""
    helpers = [k for k in tree.kids[verb] if tree.deps[k] in ("aux", "cop")]
    if any(tree.lower[k] in MODALS for k in helpers):
        return True
    return tree.tags[verb] in ("VBZ", "VBP") and not helpers


def _offered(tree: Tree, noun: int) -> Status | None:
    """What the verb over a noun says of the noun's infinitive ("offered them an amnesty to leave")."""
    if tree.deps[noun] != "obj" or governing(tree, noun) or not tree.is_verb(tree.heads[noun]):
        return None
    found = governing(tree, tree.heads[noun])
    return found[0] if found and found[0] in (Status.PROPOSED, Status.PLANNED, Status.CALLED_OFF) else None


def _is_clausal_subject(tree: Tree, verb: int) -> bool:
    """Whether an infinitive stands where the subject of a modal verb would ("to storm it could take months")."""
    above = tree.heads[verb]
    modal = any(tree.lower[k] in MODALS and tree.deps[k] == "aux" for k in tree.kids[above])
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
