"""Words in the content of an attribution that judge somebody: blame that no negation takes back and that is no title."""

from collections.abc import Sequence

from crossread.codebook.cues import blame_forms, cue_words
from crossread.reading.columns import SUBJECTS, Columns
from crossread.reading.said_forms import names_a_time

_WORDS = cue_words()
_AFFAIRS = frozenset(("scandal", "affair", "case", "inquiry", "enquiry", "investigation", "probe", "trial", "charge", "allegation",
                      "tribunal", "court", "report", "hearing", "victim", "suspect"))  # fmt: skip
_DEEDS = frozenset(("act", "attack", "bombing", "threat", "group", "network", "cell", "plot", "suspect", "incident", "justice", "code",
                    "organisation", "organization", "law", "court"))  # fmt: skip
_UNLAWFUL = frozenset(
    (
        "worker",
        "labourer",
        "laborer",
        "immigrant",
        "migrant",
        "alien",
        "immigration",
        "drug",
        "arms",
        "weapon",
        "trade",
        "settlement",
        "outpost",
    )
)
"""Who and what is called illegal by way of naming it."""
_FIGHTING = frozenset(
    ("fight", "combat", "battle", "oppose", "resist", "tackle", "prevent", "end", "stop", "investigate", "defeat")
)
_FIGHTS = frozenset(("war", "fight", "battle", "struggle", "campaign", "crackdown", "convention", "law"))
NEGATIONS = frozenset(("not", "n't", "n’t", "never", "no", "neither", "nor", "without", "nothing", "none", "nobody"))


def judged_at(content: Sequence[int], tops: Sequence[int], columns: Columns) -> int | None:
    """The first token that judges somebody else, ``None`` where nothing does; ``tops`` are the main predicates of the content.

    Needs a word or phrase of blame, and a subject or name besides the speaker.
    """
    forms = blame_forms()
    words = (i for i in content if columns.lower[i] in forms or columns.lemmas[i] in forms)
    spared = (_is_title, names_a_time, _is_suffered, _is_matter, _is_own_burden, _is_possible, _is_placed, _is_condition)
    inside = set(content)
    blamed = (i for i in words if not any(rule(i, columns) for rule in spared) and not _is_told_of(i, inside, columns))
    at = next((i for i in blamed if not is_negated(i, content[0], columns)), None)
    if at is None:
        phrase = " ".join(columns.lower[i] for i in content)
        place = min((p for judgement in _WORDS.judgements if (p := phrase.find(judgement)) >= 0), default=None)
        if place is None:
            return None
        at = content[phrase.count(" ", 0, place)]
    subjects = [c for top in tops for c in columns.children[top] if columns.deps[c] in SUBJECTS]
    own = [c for c in subjects if columns.lower[c] in _WORDS.first_person and columns.pos[c] != "PROPN"]
    return at if len(own) < len(subjects) or not subjects or any(columns.pos[i] == "PROPN" for i in content) else None


def _is_title(i: int, columns: Columns) -> bool:
    """Whether a word stands before a name as its title ("the Nordish dictator Odo Kell"), which judges nobody."""
    following = i + 1
    return columns.pos[i] == "NOUN" and following < columns.n and columns.pos[following] == "PROPN"


def _is_condition(i: int, columns: Columns) -> bool:
    """Whether a word only tells which people or things are meant ("strangers who commit crimes", "the fumes blamed for the haze")."""
    if columns.lemmas[i] in ("blame", "suspect") and columns.tags[i] == "VBN" and columns.deps[i] == "acl":
        return True
    for _ in range(4):
        if columns.deps[i] == "acl:relcl":
            break
        if columns.heads[i] == i:
            return False
        i = columns.heads[i]
    else:
        return False
    noun, told = columns.heads[i], next((c for c in columns.children[i] if columns.deps[c] in SUBJECTS), None)
    if told is None or columns.lower[told] != "who" or columns.tags[i] not in ("VBP", "VBZ"):
        return False
    named = any(columns.deps[c] in ("det", "nmod:poss", "nummod") and columns.lower[c] != "all" for c in columns.children[noun])
    return (columns.tags[noun] == "NNS" and not named) or columns.lower[noun] in (
        "anyone",
        "anybody",
        "those",
        "everyone",
        "everybody",
    )


def _is_matter(i: int, columns: Columns) -> bool:
    """Whether a word only says what an affair is about ("the torture scandal") or what is fought ("fighting tyranny")."""
    head = columns.heads[i]
    if head == i or columns.pos[i] not in ("NOUN", "ADJ"):
        return False
    if columns.deps[i] in ("compound", "conj") and columns.lemmas[head] in _AFFAIRS:
        return True
    if columns.lower[i] in ("terrorist", "criminal") and columns.deps[i] in ("amod", "compound") and columns.lemmas[head] in _DEEDS:
        return True
    if columns.lower[i] == "criminal" and columns.deps[i] == "amod" and columns.lemmas[head] in _AFFAIRS:
        return True  # "a criminal investigation"
    if columns.lower[i] == "illegal" and columns.deps[i] == "amod" and columns.lemmas[head] in _UNLAWFUL:
        return True
    if columns.deps[i] == "obj" and columns.lemmas[head] in _FIGHTING:
        return True
    over = {columns.lower[k] for k in columns.children[i] if columns.deps[k] == "case"}
    return columns.deps[i] == "nmod" and bool(over & {"against", "on"}) and columns.lemmas[head] in _FIGHTS


def _is_possible(i: int, columns: Columns) -> bool:
    """Whether an act is only possible ("the tests could provoke a war")."""
    return columns.pos[i] == "VERB" and any(columns.lower[k] in ("could", "may", "might") for k in columns.children[i])


def _is_placed(i: int, columns: Columns) -> bool:
    """Whether something only lies somewhere ("the hardest part lies ahead")."""
    if columns.lemmas[i] != "lie" or columns.pos[i] != "VERB" or columns.lower[i] == "lied":
        return False
    below = [k for k in columns.children[i] if k > i]
    cases = {columns.lower[c] for k in below for c in columns.children[k] if columns.deps[c] == "case"}
    return any(columns.lower[k] in ("ahead", "behind", "there", "elsewhere", "dormant", "low") for k in below) or bool(
        cases & {"in", "on", "at", "with", "between", "near", "under", "beneath", "within", "off", "along", "outside"}
    )


def _is_told_of(i: int, content: set[int], columns: Columns) -> bool:
    """Whether it is somebody else within the content who judges ("said the man complained of repression")."""
    for _ in range(4):
        above = columns.heads[i]
        if above == i or above not in content:
            return False
        i = above
        if columns.pos[i] == "VERB" and columns.lemmas[i] in _TELLING:
            subject = next((c for c in columns.children[i] if columns.deps[c] in SUBJECTS), None)
            return subject is not None and columns.lower[subject] not in ("i", "we")
    return False


_TELLING = frozenset(("complain", "allege", "claim", "accuse", "say", "protest", "denounce", "condemn"))
"""What somebody does of whom a content tells that he judged."""


def _is_own_burden(i: int, columns: Columns) -> bool:
    """Whether speakers take it upon themselves ("I am responsible for the decision")."""
    if columns.lemmas[i] not in ("responsible", "blame", "guilty"):
        return False
    subjects = [c for c in columns.children[i] if columns.deps[c] in SUBJECTS]
    return any(columns.lower[c] in ("i", "we") for c in subjects)


def _is_suffered(i: int, columns: Columns) -> bool:
    """Whether people starve, which blames nobody, where nobody starves them; what victims suffered, or a kind that is endangered."""
    if columns.lower[i] == "endangered" and columns.deps[i] == "amod":
        return True
    above = columns.heads[i]
    if columns.deps[i] == "nmod" and columns.lemmas[above] in ("victim", "survivor"):
        return True
    if columns.tags[i] == "VBN" and "feel" in (columns.lemmas[above], columns.lemmas[max(i - 1, 0)]):
        return True
    if columns.lemmas[i] != "starve" or columns.tags[i] == "VBN":
        return False
    return not any(columns.deps[k] == "obj" for k in columns.children[i])


def is_negated(i: int, first: int, columns: Columns) -> bool:
    """Whether a negation stands just before a word, or with a verb above it ("was not recommending criminal charges")."""
    if any(_negates(k, columns) for k in range(max(first, i - 3), i)):
        return True
    for _ in range(3):
        if any(_negates(k, columns) and columns.deps[k] in ("advmod", "neg") for k in columns.children[i]):
            return True
        i = columns.heads[i]
        if i < first:
            break
    return False


def _negates(i: int, columns: Columns) -> bool:
    """Whether a word negates; "not only" and "not just" do not."""
    return columns.lower[i] in NEGATIONS and columns.lower[i + 1 : i + 2] not in (["only"], ["just"], ["merely"])
