"""What the words above a predicate say of whether it happened: verbs, nouns and prepositions that govern it, nearest first."""

from collections.abc import Generator, Iterator

from crossread.codebook.plover import operators, word_classes, word_list
from crossread.reading.clause_forms import is_failed, is_imperative, is_ruled_out
from crossread.reading.control import clause_subject, has_to, is_asserted
from crossread.reading.predicates import Predicate
from crossread.reading.tree import Tree
from crossread.vocabulary import EventType, Status

MODALS = {
    "will": Status.PLANNED, "shall": Status.PLANNED, "'ll": Status.PLANNED, "’ll": Status.PLANNED, "wo": Status.PLANNED,
    "would": Status.PLANNED, "could": Status.HYPOTHETICAL, "may": Status.HYPOTHETICAL, "might": Status.HYPOTHETICAL,
    "can": Status.HYPOTHETICAL, "should": Status.PROPOSED, "must": Status.PROPOSED, "ought": Status.PROPOSED,
}  # fmt: skip
CONDITIONAL = frozenset({"if", "unless", "whether", "lest"})
ADJECTIVES = {
    "planned": Status.PLANNED, "scheduled": Status.PLANNED, "upcoming": Status.PLANNED, "forthcoming": Status.PLANNED,
    "imminent": Status.PLANNED, "future": Status.PLANNED, "intended": Status.PLANNED, "next": Status.PLANNED,
    "proposed": Status.PROPOSED, "possible": Status.HYPOTHETICAL, "potential": Status.HYPOTHETICAL,
    "threatened": Status.HYPOTHETICAL, "hypothetical": Status.HYPOTHETICAL, "likely": Status.HYPOTHETICAL, "mock": Status.HYPOTHETICAL,
    "simulated": Status.HYPOTHETICAL, "alleged": Status.ALLEGED, "suspected": Status.ALLEGED, "reported": Status.ALLEGED,
    "cancelled": Status.CALLED_OFF, "canceled": Status.CALLED_OFF, "aborted": Status.CALLED_OFF, "postponed": Status.CALLED_OFF,
    "failed": Status.NEGATED, "ongoing": Status.ONGOING, "continuing": Status.ONGOING, "continued": Status.ONGOING,
    "relentless": Status.ONGOING, "growing": Status.ONGOING, "mounting": Status.ONGOING, "increasing": Status.ONGOING,
    "escalating": Status.ONGOING, "persistent": Status.ONGOING, "constant": Status.ONGOING, "current": Status.ONGOING,
    "daily": Status.ONGOING, "intensifying": Status.ONGOING,
}  # fmt: skip
_DURATIVE = frozenset({
    "siege", "blockade", "war", "conflict", "violence", "fighting", "bombardment", "offensive", "campaign", "insurgency",
    "occupation", "repression", "hostility", "hostilities", "unrest", "embargo", "sanction", "crackdown", "warfare", "bloodshed",
    "terrorism", "support", "backing", "ban", "curfew", "rift", "difference", "disagreement", "dispute", "concern", "distrust",
})  # fmt: skip
WORDS = frozenset({
    EventType.AGREE, EventType.REQUEST, EventType.THREATEN, EventType.ACCUSE, EventType.REJECT, EventType.SUPPORT, EventType.CONCEDE,
    EventType.NONE,
})  # fmt: skip
_COURSE = frozenset({"begin", "start", "erupt", "break", "occur", "happen", "take", "end", "kill", "wound", "injure", "hit", "leave",
                     "destroy", "last", "follow", "come"})  # fmt: skip
_EASING = frozenset({"facilitate", "ease", "enable", "secure", "ensure", "allow", "obtain", "win", "gain", "garner", "achieve", "reach",
                     "launch", "set", "provide", "hold", "hasten", "speed", "prepare", "arrange", "open", "begin", "start"})  # fmt: skip
_WEIGHED = frozenset(
    {"difficult", "possible", "impossible", "premature", "likely", "unlikely", "inevitable", "necessary", "risky", "dangerous"}
)
_SCHEDULED = frozenset({"schedule", "slate", "set", "plan", "expect"})
LASTING = frozenset({"continue", "remain", "persist", "intensify", "last", "rage"})
_TERMS = frozenset({"include", "cover", "apply", "allow", "require", "involve", "exclude", "affect"})
_HEARD = frozenset({"believe", "think", "report", "say", "allege", "understand", "suspect", "presume", "rumour", "rumor", "assume"})
_BLAMING = frozenset({"blame", "condemn", "denounce", "fault"})
_TALKING = frozenset({"discuss", "debate", "fear", "worry", "risk", "danger", "threat"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_TEXTS = frozenset({"resolution", "draft", "proposal", "plan", "bill", "motion", "amendment", "text", "petition", "initiative"})
SETTLED = "what is to end goes on"
_REPORTS = frozenset({"information", "intelligence", "evidence", "report", "rumour", "rumor"})
_APART = frozenset(
    {"after", "before", "since", "despite", "by", "without", "from", "instead", "of", "for", "in", "on", "upon", "when"}
)
"""Words that set what a participle tells off from the clause before it."""
_AVERTING = frozenset({"prevent", "avert", "avoid", "thwart", "foil", "stop", "forestall"})
_WRECKING = frozenset({"derail", "scuttle", "torpedo"})  # what was there
_DISMISSING = frozenset({"reject", "dismiss", "deny", "rebut", "refute", "dispute", "rubbish", "ridicule", "counter"})
_CHARGES = word_classes()["charge"] | {"notion", "idea", "speculation", "criticism"}
_LINKS = 5
"""So many words are followed up from what calls something off."""
_NOT_DONE = frozenset({Status.PROPOSED, Status.HYPOTHETICAL, Status.NEGATED, Status.DENIED})
_SAID_BY_MODAL = frozenset({"say", "tell", "warn", "think", "confirm", "assure", "add", "reveal", "report", "announce", "stress"})
"""What is done by saying that one can, must or will ("I can confirm that three were killed")."""
_ESTABLISHING = frozenset({"confirm", "verify", "corroborate", "substantiate", "establish"})
"""What is not done where it is not known whether a thing is so."""
_TELLING = frozenset({"say", "tell", "know", "reveal", "disclose", "specify", "explain", "state"})
_STOPPING = frozenset({"stop", "cease", "quit", "finish", "halt"})
_STARTS = frozenset({"start", "beginning", "outbreak", "onset", "launch"})
UNSURE = frozenset({"possible", "potential", "apparent"})
_TRANSPARENT = frozenset({"begun"})
_GOVERNING_PREPOSITIONS = frozenset({"of", "for", "to", "on", "from", "against", "in", "into", "about", "with", "at", "over"})
_CARRIERS = frozenset(
    {
        "take",
        "begin",
        "start",
        "resume",
        "open",
        "occur",
        "happen",
        "come",
        "enter",
        "hold",
        "go",
        "erupt",
        "break",
        "continue",
        "reach",
        "arrive",
        "move",
        "proceed",
    }
)
_WELL = frozenset({"over", "down", "well", "badly", "smoothly", "unnoticed", "unanswered", "wrong"})
"""How an occasion that was held went ("the trip did not go over well")."""
_NUMBERED = frozenset({"first", "second", "third", "fourth", "fifth", "last", "next", "latest"})


def above(tree: Tree, i: int, predicate: Predicate) -> Iterator[tuple[Status, str]]:
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
        if _is_only_reported(tree, i, head):
            yield Status.ALLEGED, f"told by: {tree.lower[head]}"
        if i != start and dep == "obj" and tree.lemmas[i] in _CHARGES and tree.lemmas[head] in _DISMISSING:
            yield Status.DENIED, f"under: {tree.lower[head]}"
            return
        if i == start and _is_deed(predicate) and _goes_along(tree, i, head, dep):
            yield from _modal_of(tree, head)
            i = head
            continue
        if not _is_complement(tree, i, head, dep):
            yield from _as_subject(tree, i, head, dep)
            if predicate.sense is None or predicate.sense.type not in WORDS:
                yield from _in_phrase(tree, i, head, dep)
            if i != start and dep == "advcl" and has_to(tree, i) and predicate.kind == "n":
                yield Status.PLANNED, "purpose clause"  # "flew in to help set up medical support"
            return
        if dep == "obj" and i == start and _is_hoped_to_end(tree, i, head):
            yield Status.ONGOING, SETTLED
            return
        if i != start and is_announced_by(tree, i, head):
            return
        if (yield from _governed(tree, i, start, predicate)):
            return
        if dep == "acl" and tree.lemmas[head] in _REPORTS:
            yield Status.ALLEGED, f"told by: {tree.lower[head]}"
        if dep == "xcomp" and _is_heard(tree, i, head):
            yield Status.ALLEGED, f"hearsay: {tree.lower[head]}"
        yield from _negated_or_modal(tree, head)
        i = head


def _governed(tree: Tree, i: int, start: int, predicate: Predicate) -> Generator[tuple[Status, str], None, bool]:
    """What the word right above says of its complement, and whether nothing above that matters."""
    dep, head = tree.deps[i], tree.heads[i]
    for status in governing(tree, head):
        if tree.lemmas[head] in _AVERTING and is_failed(tree, head):
            yield Status.HAPPENED, "not prevented"
            return True
        if status is Status.ONGOING and dep == "xcomp" and tree.lemmas[head] in _STOPPING and tree.tags[head] in ("VBD", "VBN"):
            status = Status.HAPPENED  # "stopped shelling", "stopped to shell"
        if status is Status.PLANNED and _is_dropped(tree, head, i):
            yield Status.CALLED_OFF, "called off in the next clause"
        if status is Status.CALLED_OFF and _is_open(tree, head):
            yield (Status.ONGOING if is_durative(tree, i) else Status.PLANNED), f"still stands under: {tree.lower[head]}"
            return True
        if tree.lemmas[head] in _WRECKING and _is_done(tree, head):
            continue
        if _leaves_as_is(tree, i, head, dep, status, predicate.sense.type if predicate.sense else None):
            continue
        if status is Status.PLANNED and tree.lemmas[head] == "seek" and _is_proposal(tree, head):
            status = Status.PROPOSED
        elif tree.lemmas[head] in ("decide", "decision") and predicate.sense is not None and predicate.sense.type in WORDS:
            status = Status.HAPPENED  # a refusal is made by deciding it
        elif tree.lemmas[head] == "suspend" and tree.lemmas[i] in ("visit", "trip", "tour"):
            status = Status.CALLED_OFF
        yield status, f"under: {tree.lower[head]}"
        if status is Status.ONGOING and i == start and tree.is_noun(i):
            yield Status.HAPPENED, SETTLED
            return True
    return False


def _is_deed(predicate: Predicate) -> bool:
    return predicate.kind == "v" and predicate.sense is not None and predicate.sense.type not in WORDS


def _goes_along(tree: Tree, i: int, head: int, dep: str) -> bool:
    """Whether a participle tells what goes along with the clause before it ("will end it while working with them")."""
    marks = {tree.lower[k] for k in tree.kids[i] if tree.deps[k] in ("mark", "case", "advmod") and k < i}
    return dep == "advcl" and tree.tags[i] == "VBG" and tree.is_verb(head) and head < i and not marks & _APART


def _modal_of(tree: Tree, verb: int) -> Iterator[tuple[Status, str]]:
    for k in tree.kids[verb]:
        if tree.deps[k] != "aux" or tree.lower[k] not in MODALS or tree.lower[k] in ("can", "could"):
            continue  # "can see them working"
        supposed = tree.lower[k] == "would" and tree.deps[verb] != "ccomp"
        yield (Status.HYPOTHETICAL if supposed else MODALS[tree.lower[k]]), f"modal over: {tree.lower[verb]}"


def _is_open(tree: Tree, verb: int) -> bool:
    """Whether calling off is itself only wished, asked for, supposed or denied ("urged him to cancel the trip")."""
    for _ in range(_LINKS):
        if _is_unsettled(tree, verb):
            return True
        dep, head = tree.deps[verb], tree.heads[verb]
        if head == verb:
            return False
        if dep == "conj":
            head = _coordinated(tree, verb, head)
            if head < 0:
                return False
        elif not _is_complement(tree, verb, head, dep):
            return False
        elif any(status in _NOT_DONE for status in governing(tree, head)):
            return True
        verb = head
    return False


def _is_unsettled(tree: Tree, verb: int) -> bool:
    """Whether a clause says of itself that it is not done: an order, a condition, a negation, a modal that does not foretell."""
    if is_imperative(tree, verb) or is_ruled_out(tree, verb):
        return True
    for k in tree.kids[verb]:
        word, dep = tree.lower[k], tree.deps[k]
        if dep == "aux" and MODALS.get(word, Status.PLANNED) is not Status.PLANNED:
            return True
        if (dep == "advmod" and word in word_list("negators")) or (dep == "mark" and word in CONDITIONAL):
            return True
    return False


def is_announced_by(tree: Tree, saying: int, wish: int) -> bool:
    """Whether a wish to say something says it ("I would like to announce that they have been freed")."""
    clear = tree.lemmas[saying] == "make" and any(tree.lower[k] in ("clear", "plain") for k in tree.kids[saying])
    if tree.deps[saying] != "xcomp" or tree.lemmas[wish] not in ("like", "want", "wish"):
        return False
    if not clear and tree.lemmas[saying] not in word_list("saying"):
        return False
    would = any(tree.lower[k] in ("would", "'d", "’d") for k in tree.kids[wish])
    return would or any(tree.deps[k] == "nsubj" and tree.lower[k] in ("i", "we") for k in tree.kids[wish])


def _is_only_reported(tree: Tree, i: int, head: int) -> bool:
    """Whether a deed is what "reports of" it or rumours tell."""
    heard = tree.lemmas[head] in ("report", "rumour", "rumor", "claim") and tree.tags[head] == "NNS"
    return heard and tree.deps[head] != "obj" and tree.preposition(i) == "of" and tree.deps[i] == "nmod"


def _is_hoped_to_end(tree: Tree, noun: int, verb: int) -> bool:
    """Whether somebody expects or wants what goes on to end or to go on ("does not expect the strikes to stop")."""
    return any(
        k > noun and has_to(tree, k) and tree.lemmas[k] in _STOPPING | LASTING | {"end", "subside"}
        for k in tree.children(verb, "xcomp")
    )


def _is_dropped(tree: Tree, plan: int, planned: int) -> bool:
    """Whether a plan's next clause undoes it ("had planned to storm it but called it off")."""
    for k in (*tree.kids[plan], *tree.kids[planned]):
        if tree.deps[k] == "conj" and "called_off" in operator_of(tree, k):
            return any(tree.deps[j] == "obj" and tree.lower[j] in ("it", "that", "them") for j in tree.kids[k])
    return False


def _is_heard(tree: Tree, i: int, head: int) -> bool:
    """Whether somebody "is believed to have done" it; what "is believed to be" so is a state that goes on."""
    perfect = any(tree.deps[k] == "aux" and tree.lemmas[k] == "have" for k in tree.kids[i])
    return perfect and tree.lemmas[head] in _HEARD and tree.tags[head] == "VBN" and tree.child(head, "aux:pass") is not None


def _leaves_as_is(tree: Tree, i: int, head: int, dep: str, status: Status, event_type: EventType | None) -> bool:
    """Whether a governing word says nothing of what it governs: "discussed the war", "'They fled,' he blamed"."""
    if status is Status.ALLEGED and dep in ("ccomp", "parataxis") and tree.tags[i] != "VBG":
        return tree.lemmas[head] in _BLAMING or (event_type in WORDS and tree.lemmas[head] == "claim")
    if (
        status is Status.PROPOSED
        and tree.lemmas[head] in ("insist", "tell")
        and dep in ("ccomp", "parataxis")
        and is_asserted(tree, i)
    ):
        return True
    if status is not Status.HYPOTHETICAL or not tree.is_noun(i):
        return False
    if is_durative(tree, i) and tree.lemmas[head] in _TALKING:
        return True
    return is_known(tree, i)


def is_known(tree: Tree, noun: int) -> bool:
    """Whether a noun takes its act as known: with a definite article or an owner."""
    return any(tree.lower[k] in _DEFINITE or tree.deps[k] == "nmod:poss" for k in tree.kids[noun])


def _is_proposal(tree: Tree, verb: int) -> bool:
    """Whether it is a text that seeks something ("a resolution seeking a truce")."""
    subject, _ = clause_subject(tree, verb)
    return subject is not None and tree.lemmas[subject] in _TEXTS


def _in_phrase(tree: Tree, i: int, head: int, dep: str) -> Iterator[tuple[Status, str]]:
    """What the noun around says ("ongoing involvement in air strikes"), and a purpose clause of its object ("to ease the transfer")."""
    if dep == "nmod" and tree.lemmas[head] in _STARTS and tree.preposition(head) == "since":
        yield Status.ONGOING, "since its start"
    elif dep == "nmod" and tree.is_noun(head):
        for k in tree.kids[head]:
            if tree.deps[k] == "amod" and tree.lower[k] in ADJECTIVES:
                yield ADJECTIVES[tree.lower[k]], f"modifier: {tree.lower[k]}"
    elif dep == "obj" and tree.lemmas[head] in _EASING:
        top = tree.heads[head] if tree.deps[head] == "xcomp" else head
        if tree.deps[top] == "advcl" and has_to(tree, top):
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
    if tree.lemmas[head] in _TELLING and any(
        tree.tags[j] in ("WDT", "WP", "WRB", "WP$") and tree.lower[j] != "that"
        for k in tree.kids[head]
        if tree.deps[k] == "ccomp"
        for j in tree.subtree(k)
    ):
        return  # "did not say which states refused": some did
    for k in tree.kids[head]:
        word = tree.lower[k]
        if tree.deps[k] == "mark" and word in ("if", "unless"):
            yield Status.HYPOTHETICAL, f"condition over: {tree.lower[head]}"
        if tree.deps[k] == "aux" and word in MODALS and tree.lemmas[head] not in _SAID_BY_MODAL:
            yield MODALS[word], f"modal over: {tree.lower[head]}"
        elif tree.deps[k] == "advmod" and word in word_list("negators") and tree.lemmas[head] in _ESTABLISHING:
            yield Status.ALLEGED, f"not known: {tree.lower[head]}"
        elif tree.deps[k] == "advmod" and word in word_list("negators") and not operators().get(tree.lemmas[head]):
            yield Status.NEGATED, f"negation over: {tree.lower[head]}"


def _is_complement(tree: Tree, i: int, head: int, dep: str) -> bool:
    if dep in ("xcomp", "ccomp", "csubj:pass"):
        return True
    if dep == "obj":
        if tree.lemmas[head] == "take" and any(tree.lemmas[k] == "account" for k in tree.kids[head]):
            return False  # "failed to take the proposals into account": they were made
        if tree.lemmas[head] == "call" and tree.particle(head) is None and is_known(tree, i):
            return False  # "called the detention wrong"
        passing = tree.lemmas[head] in word_list("light_verbs") or tree.lemmas[head] in ("hear", "draw")
        return bool(governing(tree, head)) or tree.lemmas[head] in operators() or passing
    if dep == "obl" and Status.ONGOING in governing(tree, head) and tree.preposition(i) not in ("with", "from", "to"):
        return False  # "suspended the talks in protest"
    if dep == "nmod" and tree.preposition(i) == "over" and tree.child(i, "nmod:poss") is not None:
        return False  # "pressure over the king's support for the war"
    if dep in ("obl", "nmod"):
        return tree.preposition(i) in _GOVERNING_PREPOSITIONS and bool(
            operators().get(tree.lemmas[head]) or operator_of(tree, head) or tree.lemmas[head] in word_list("quantity")
        )
    if dep == "nsubj:pass":
        return bool(operators().get(tree.lemmas[head]))
    if dep == "acl" and any(tree.lower[k] == "that" and tree.deps[k] == "mark" for k in tree.kids[i]):
        return True
    if dep == "acl":
        return bool(operators().get(tree.lemmas[head])) and tree.is_noun(head) and tree.tags[i] != "VBN"
    if dep == "advcl":
        marks = {tree.lower[k] for k in tree.kids[i] if tree.deps[k] in ("mark", "case")}
        return bool(
            marks & {"of", "from", "into", "for", "to", "on"} and (operators().get(tree.lemmas[head]) or governing(tree, head))
        )
    return dep == "compound" and False


def _as_subject(tree: Tree, i: int, head: int, dep: str) -> Iterator[tuple[Status, str]]:
    """An event noun as the subject of a verb of taking place has that verb's time ("talks will begin")."""
    if dep == "nsubj" and any(tree.lemmas[k] == "remain" and tree.deps[k] == "cop" for k in tree.kids[head]):
        yield Status.ONGOING, "under: remain"
    if dep == "nsubj" and tree.lemmas[head] not in _CARRIERS | LASTING and _is_supposed(tree, i, head):
        yield Status.HYPOTHETICAL, "what it would be"
    if dep == "nsubj" and tree.lower[head] in _NUMBERED and any(tree.lower[k] in ("will", "would") for k in tree.kids[head]):
        yield Status.PLANNED, "one of several to come"  # "the meeting will be his first"
    if is_scheduled(tree, i):
        yield Status.PLANNED, f"under: {tree.lower[head]}"
    if dep not in ("nsubj", "nsubj:pass", "nsubj:outer") or not tree.is_verb(head):
        return
    if tree.lemmas[head] in LASTING and not (tree.lemmas[head] == "last" and tree.tags[head] == "VBD"):
        yield Status.ONGOING, f"under: {tree.lemmas[head]}"
        return
    carrier = tree.lemmas[head] in _CARRIERS and not any(tree.lower[k] in _WELL for k in tree.kids[head])
    if carrier and has_to(tree, head) and any(tree.lower[k] in ("is", "are", "was", "were") for k in tree.kids[head]):
        yield Status.PLANNED, "is to"
    if carrier and tree.tags[head] in ("VB", "VBP", "VBZ") and tree.deps[head] == "ccomp":
        for status in governing(tree, tree.heads[head]):
            if tree.tags[head] == "VBZ" and status is not Status.HYPOTHETICAL:
                continue
            yield status, f"under: {tree.lower[tree.heads[head]]}"  # "asked that the rally take place"
    if any(is_yet_to(tree, verb) for verb in (head, *tree.children(head, "xcomp"))):
        yield Status.NEGATED, "negation: yet to"
    if tree.lemmas[head] in _TERMS and any(tree.lower[k] in ("will", "would") for k in tree.kids[head]):
        yield Status.PLANNED, "its terms are still to come"
    if any(tree.deps[k] == "mark" and tree.lower[k] in CONDITIONAL for k in tree.kids[head]):
        yield Status.HYPOTHETICAL, "condition"
    for k in tree.kids[head]:
        word = tree.lower[k]
        if not (carrier or dep == "nsubj:pass"):
            break
        if tree.deps[k] == "aux" and word in MODALS:
            yield MODALS[word], f"modal: {word}"
        elif tree.deps[k] == "advmod" and word in word_list("negators"):
            yield Status.NEGATED, f"negation: {word}"
    there = tree.lemmas[head] == "be" and tree.child(head, "expl") is not None
    past = tree.tags[head] == "VBD" and (there or tree.lemmas[head] in _COURSE)
    if past or any(tree.lower[k] in ("was", "were") for k in tree.kids[head]):
        yield Status.HAPPENED, "told in the past"


def is_scheduled(tree: Tree, noun: int) -> bool:
    """Whether a noun names what is due ("the vote is scheduled for Sunday", "talks are due on Monday")."""
    verb, dep = tree.heads[noun], tree.deps[noun]
    if dep == "nsubj" and tree.lower[verb] == "due" and tree.child(verb, "cop") is not None and tree.child(verb, "xcomp") is None:
        return tree.child(verb, "obl", "obl:unmarked", "advmod") is not None
    if (
        dep != "nsubj:pass"
        or tree.tags[verb] != "VBN"
        or tree.lemmas[verb] not in _SCHEDULED
        or tree.child(verb, "xcomp") is not None
    ):
        return False
    return any(tree.lower[k] in ("is", "are", "been", "be") for k in tree.kids[verb])


def _is_supposed(tree: Tree, noun: int, head: int) -> bool:
    """Whether a sentence supposes an act by an indefinite noun ("an invasion would be a disaster", "a withdrawal is difficult")."""
    if is_known(tree, noun):
        return False
    weighed = tree.lower[head] in _WEIGHED and any(tree.lower[k] == "is" and tree.deps[k] == "cop" for k in tree.kids[head])
    return weighed or any(tree.lower[k] == "would" and tree.deps[k] == "aux" for k in tree.kids[head])


def is_over(tree: Tree, noun: int) -> bool:
    """Whether a lasting act is told as past by its length ("after weeks of bombardment", "the deal follows a year of war")."""
    length = tree.heads[noun]
    if tree.deps[noun] != "nmod" or tree.preposition(noun) != "of" or tree.lemmas[length] not in word_list("time_words"):
        return False
    if tree.deps[length] == "obj" and tree.lemmas[tree.heads[length]] == "follow":
        return True
    return tree.preposition(length) in ("after", "following")


def before_to(tree: Tree, verb: int) -> list[tuple[int, str]]:
    """The word before the "to" of an infinitive, with its number, if there is one."""
    to = next((k for k in tree.kids[verb] if tree.tags[k] == "TO" and k > 0), None)
    return [] if to is None else [(to - 1, tree.lower[to - 1])]


def is_yet_to(tree: Tree, verb: int) -> bool:
    """Whether it has not happened so far: "have yet to reach the town"."""
    return any(word == "yet" for _, word in before_to(tree, verb))


def is_durative(tree: Tree, i: int) -> bool:
    """Whether a noun names an act that lasts ("siege", "war")."""
    return tree.lemmas[i] in _DURATIVE or tree.lower[i] in _DURATIVE


def governing(tree: Tree, i: int) -> list[Status]:
    """What a governing word says of its complement; nothing for words that leave it as it is."""
    if tree.lower[i] == "going":
        return [Status.PLANNED]
    if tree.tags[i] in ("VBP", "VBZ") and tree.lemmas[i] == "have" and any(has_to(tree, k) for k in tree.children(i, "xcomp")):
        return [Status.PROPOSED]  # "the deaths have to be investigated"
    if tree.tags[i] in ("VBP", "VBZ") and tree.lemmas[i] in ("allow", "permit", "enable", "entitle"):
        return [Status.HYPOTHETICAL]  # "the law allows victims to sue"
    if tree.lemmas[i] == "negotiate" and tree.tags[i] not in ("VBD", "VBN"):
        return [Status.PROPOSED]
    if tree.lower[i] == "short" and tree.lemmas[tree.heads[i]] in ("stop", "fall"):
        return [Status.NEGATED]
    if tree.lemmas[i] in ("stop", "fall") and any(tree.lower[k] == "short" for k in tree.kids[i]):
        return [Status.NEGATED]  # "stopped short of recognising"
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
    return tree.tags[verb] == "VBD" or (tree.tags[verb] == "VBN" and not helpers & set(MODALS))


def operator_of(tree: Tree, i: int) -> tuple[str, ...]:
    """What the codebook says of a word or phrasal verb that governs another."""
    particle = tree.particle(i) if tree.tags[i].startswith("VB") else None
    return operators().get(f"{tree.lemmas[i]}_{particle}" if particle else tree.lemmas[i], ())
