"""What a clause says of itself by its form: a condition, what is awaited, what is due, that nobody does it."""

from crossread.reading.directions import DUE
from crossread.reading.tree import Tree
from crossread.vocabulary import Status

_STEPS = frozenset({"step", "measure", "move", "decision", "risk", "course"})
_PERFORMED = frozenset(
    ("condemn", "denounce", "thank", "praise", "congratulate", "salute", "reject", "deplore", "apologize", "apologise")
)
_SINGLE_ACTS = frozenset({
    "file", "sue", "launch", "indict", "arrest", "detain", "seize", "sign", "storm", "raid", "expel", "abduct", "kidnap", "jail",
    "sentence", "convict", "charge", "impeach", "slam", "blast", "rebuke", "open", "shoot", "ram", "impose", "veto", "suspend",
})  # fmt: skip
_OFTEN = frozenset(
    ("often", "regularly", "routinely", "usually", "always", "daily", "frequently", "repeatedly", "still", "never", "sometimes")
)
_OPENING = frozenset({":", "“", "‘", '"', "'", "``", "—", "--", "("})
_FAILING = frozenset({"fail", "failure", "unable", "powerless", "inability", "neglect", "helpless"})
_WISHING = frozenset({"suggest", "propose", "recommend", "demand", "insist", "ask", "request", "urge", "require", "order"})
_CHANCES = frozenset({"chance", "possibility", "prospect", "way", "likelihood", "question"})
_FROM_THEN = frozenset({"once", "when", "before", "after"})


def is_inverted(tree: Tree, verb: int, auxiliaries: list[int]) -> bool:
    """Whether a clause is a condition by its order ("had the army withdrawn", "should they attack")."""
    subject = tree.child(verb, "nsubj", "nsubj:pass")
    return subject is not None and any(k < subject and tree.lower[k] in ("had", "should", "were") for k in auxiliaries)


def is_awaited(tree: Tree, verb: int, auxiliaries: list[int]) -> bool:
    """Whether a clause tells up to what something lasts or from when on it will be ("until the sailors are freed", "once they leave")."""
    marks = {tree.lower[k] for k in tree.kids[verb] if tree.deps[k] in ("mark", "advmod") and k < verb}
    finite = [verb, *auxiliaries]
    present = any(tree.tags[k] in ("VBZ", "VBP") for k in finite) and not any(tree.tags[k] in ("VBD", "MD") for k in finite)
    if tree.deps[verb] != "advcl" or not present:
        return False
    above = {tree.lower[k] for k in tree.kids[tree.heads[verb]] if tree.deps[k] == "aux"}
    return bool(marks & {"until", "till"}) or (
        bool(marks & _FROM_THEN) and bool(above & {"will", "'ll", "’ll", "wo", "can", "must"})
    )


def is_due(tree: Tree, verb: int) -> bool:
    """Whether "due to" stands before a verb as one word ("are due to meet", "are due to be held")."""
    infinitive = tree.tags[verb] == "VB" or (tree.tags[verb] == "VBN" and any(tree.lower[k] == "be" for k in tree.kids[verb]))
    return infinitive and any(tree.deps[k] in ("case", "mark") and tree.lower[k] in DUE for k in tree.kids[verb])


def is_asked(tree: Tree, verb: int) -> bool:
    """Whether a clause, or the one that it belongs to, asks whether something is so ("Should Velm follow in imposing sanctions?")."""
    for _ in range(4):
        if tree.deps[verb] not in ("advcl", "xcomp", "conj") or any(
            tree.tags[k] in ("VBD", "VBZ", "VBP") for k in (verb, *tree.kids[verb])
        ):
            break
        verb = tree.heads[verb]
    subject = tree.child(verb, "nsubj", "nsubj:pass")
    first = next((k for k in tree.kids[verb] if tree.deps[k] in ("aux", "aux:pass", "cop")), None)
    if subject is None or first is None or first > subject:
        return False
    opens = first in tree.openers or _opens_lightly(tree, first) or tree.lower[first - 1] in ("or", "and", ",")
    end = next((last for start, last in tree.sentences if start <= verb < last), verb + 1)
    return opens and "?" in tree.words[verb:end]


def _opens_lightly(tree: Tree, first: int) -> bool:
    """Whether only a "but" or "so" stands before an auxiliary that opens a question."""
    return first - 1 in tree.openers and tree.tags[first - 1] in ("CC", "RB", "UH")


def is_imperative(tree: Tree, verb: int) -> bool:
    """Whether a clause tells somebody to act: it opens with the bare verb, or goes on from one that does ("Stay, or cancel the talks")."""
    for _ in range(3):
        if tree.tags[verb] not in ("VB", "VBP") or tree.lemmas[verb] in _PERFORMED or _is_helped(tree, verb):
            return False
        if tree.deps[verb] != "conj":
            break
        verb = tree.heads[verb]
    first = _first_word(tree, verb)
    opens = first in tree.openers or (first > 0 and tree.words[first - 1] in _OPENING)
    light = first == verb or (tree.deps[first] in ("advmod", "discourse", "cc", "aux") and first < verb)
    return opens and light and tree.tags[verb] == "VB"


def _first_word(tree: Tree, verb: int) -> int:
    """The first word of a clause, quotation marks apart."""
    for _ in range(4):
        before = next((k for k in tree.kids[verb] if k < verb and tree.words[k][:1].isalnum()), None)
        if before is None:
            break
        verb = before
    return verb


def _is_helped(tree: Tree, verb: int) -> bool:
    """Whether a verb has a subject, a "to" or a helping verb other than that of "do not"."""
    own = tree.child(verb, "nsubj", "nsubj:pass", "mark", "aux:pass", "cop") is not None
    return own or any(tree.deps[k] == "aux" and tree.lemmas[k] != "do" for k in tree.kids[verb])


def is_failed(tree: Tree, verb: int) -> bool:
    """Whether an act was not prevented after all ("failed to prevent the raid", "did not prevent it")."""
    open_clause = tree.deps[verb] in ("xcomp", "acl", "advcl") and any(tree.tags[k] == "TO" for k in tree.kids[verb])
    if open_clause and tree.lemmas[tree.heads[verb]] in _FAILING:
        return True
    return any(tree.deps[k] == "advmod" and tree.lower[k] in ("not", "n't", "n’t", "never") for k in tree.kids[verb])


def is_subjunctive(tree: Tree, verb: int) -> bool:
    """Whether a clause says what somebody would have others do ("suggested that he pay a visit"): a bare verb with a single subject."""
    subject = tree.child(verb, "nsubj")
    if tree.deps[verb] != "ccomp" or tree.tags[verb] not in ("VB", "VBP") or subject is None or _is_helped_by(tree, verb):
        return False
    single = tree.lower[subject] in ("he", "she", "it") or tree.tags[subject] in ("NN", "NNP")
    return (tree.tags[verb] == "VB" or single) and tree.lemmas[tree.heads[verb]] in _WISHING


def _is_helped_by(tree: Tree, verb: int) -> bool:
    return any(tree.deps[k] in ("aux", "aux:pass", "cop") for k in tree.kids[verb])


def is_parted(tree: Tree, first: int, last: int) -> bool:
    """Whether the end of a quotation stands between two words: a "not" there is another clause's."""
    return any(word in ("”", "’’", "''") for word in tree.words[first:last])


def is_ruled_out(tree: Tree, verb: int) -> bool:
    """Whether a clause is what there is "no chance" of."""
    noun = tree.heads[verb]
    if tree.deps[verb] not in ("acl", "ccomp", "acl:relcl") or tree.lemmas[noun] not in _CHANCES:
        return False
    return any(tree.lower[k] in ("no", "zero", "little", "scant") and k < noun for k in tree.kids[noun])


def has_condition(tree: Tree, verb: int) -> bool:
    """Whether a clause hangs on an "if" of its own."""
    return any(
        tree.deps[k] == "advcl" and any(tree.deps[j] == "mark" and tree.lower[j] in ("if", "unless") for j in tree.kids[k])
        for k in tree.kids[verb]
    )


def is_nobody(tree: Tree, subject: int) -> bool:
    """Whether nobody does it: "no group has claimed", "nobody was hurt"."""
    bare = tree.lower[subject] in ("nobody", "none", "nothing")
    return bare or any(tree.lower[j] == "no" and tree.deps[j] == "det" for j in tree.kids[subject])


def is_conditional(tree: Tree, verb: int) -> bool:
    """Whether a clause opens with "if" or "unless"."""
    return tree.is_verb(verb) and any(tree.deps[k] == "mark" and tree.lower[k] in ("if", "unless") for k in tree.kids[verb])


def is_regretted(tree: Tree, verb: int, auxiliaries: list[int]) -> Status | None:
    """What "should have left" (nobody left) and "should not have been seized" (they were) say of what happened."""
    words = {tree.lower[k] for k in auxiliaries}
    if tree.tags[verb] != "VBN" or not words & {"should", "ought"} or "have" not in words:
        return None
    return Status.HAPPENED if _is_undone(tree, verb) else Status.NEGATED


def _is_undone(tree: Tree, verb: int) -> bool:
    return any(tree.lower[k] in ("not", "n't", "n’t", "never") for k in tree.kids[verb])


def describes(tree: Tree, verb: int) -> bool:
    """Whether a participle only says which people or things are meant ("the release of the sailors being held")."""
    return tree.deps[verb] == "acl" and tree.tags[verb] in ("VBN", "VBG") and not any(tree.tags[k] == "TO" for k in tree.kids[verb])


def is_gone_by(tree: Tree, verb: int) -> bool:
    """Whether "being" stands in a clause without a finite verb about what was over before ("after being released")."""
    finite = any(tree.lower[k] in ("is", "are", "was", "were", "'s", "’s", "am") for k in tree.kids[verb])
    return not finite and any(tree.lower[k] in ("after", "since", "for", "following", "on") for k in tree.kids[verb])


def is_step_taken(tree: Tree, verb: int) -> bool:
    """Whether a clause says which step somebody took ("took the rare step of recalling its envoy")."""
    noun = tree.heads[verb]
    if tree.deps[verb] == "acl" and tree.lemmas[noun] in ("hour", "day", "week", "month", "year"):
        return tree.preposition(noun) == "after"  # "after three hours of meeting the envoy"
    taken = tree.deps[verb] == "acl" and tree.lemmas[noun] in _STEPS and tree.deps[noun] == "obj"
    return taken and tree.lemmas[tree.heads[noun]] in ("take", "make") and tree.tags[tree.heads[noun]] in ("VBD", "VBN")


def is_of_nobody(tree: Tree, verb: int) -> bool:
    """Whether a clause says what nobody does ("there is no one talking to them", "It is not a matter of talking to them")."""
    noun = tree.heads[verb]
    if tree.deps[verb] not in ("acl", "acl:relcl") or tree.tags[verb] != "VBG":
        return False
    if tree.lower[noun] in ("nobody", "no-one", "none"):
        return True
    kids = {tree.lower[k] for k in tree.kids[noun]}
    if tree.lower[noun] == "one" and ("no" in kids or (noun > 0 and tree.lower[noun - 1] == "no")):
        return True
    return tree.lemmas[noun] in ("matter", "question") and bool(kids & {"not", "n't", "n’t"})


def is_told_as_past(tree: Tree, verb: int | None, head: int) -> bool:
    """Whether a verb, or of a noun without one the aside around it, is in a past tense."""
    if verb is None:  # a noun of an aside told as past ("the accord that ended the war")
        verb = next((i for i in tree.ancestors(head)[:3] if tree.is_verb(i)), head)
        if tree.deps[verb] != "acl:relcl":
            return False
    return tree.tags[verb] == "VBD" or any(
        (tree.tags[k] in ("VBD", "VBZ", "VBP") and tree.lemmas[k] == "have") or _is_past_passive(tree, k) for k in tree.kids[verb]
    )


def _is_past_passive(tree: Tree, auxiliary: int) -> bool:
    return tree.deps[auxiliary] == "aux:pass" and tree.lower[auxiliary] in ("was", "were")


def is_of_time(tree: Tree, verb: int) -> bool:
    """Whether a clause only tells of when ("since the army invaded"), so that nobody claims what it says."""
    marks = {tree.lower[k] for k in tree.kids[verb] if tree.deps[k] in ("mark", "advmod")}
    return tree.deps[verb] == "advcl" and bool(marks & {"since", "after", "before", "when", "until"})


def is_single_act(tree: Tree, verb: int) -> bool:
    """Whether the present tense tells of one act: of a headline without a mark ("files suit"), or done by saying so ("I condemn")."""
    subject = tree.child(verb, "nsubj")
    if subject is not None and tree.lower[subject] in ("i", "we") and tree.lemmas[verb] in _PERFORMED:
        return True
    often = any(tree.lower[k] in _OFTEN or tree.lemmas[k] in ("day", "week", "year") for k in tree.kids[verb])
    return tree.tags[verb] == "VBZ" and tree.lemmas[verb] in _SINGLE_ACTS and not often
