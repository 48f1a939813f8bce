"""Clauses of what somebody says that ask for something: "the gates must be opened", "leave the town", "we want an inquiry"."""

from crossread.codebook.cues import cue_words
from crossread.reading.columns import SUBJECTS
from crossread.reading.said_clauses import BACKSHIFTED, OURS, SHOULD, SaidClauses

_WORDS = cue_words()
_DUE = frozenset(("arrive", "land", "last", "cost", "suffice", "know"))


def is_demand(said: SaidClauses, top: int, helpers: set[str], *, negated: bool) -> bool:
    """Whether a clause asks for something: an order, a bare "must", a wish that concerns others.  ``helpers`` are its auxiliaries."""
    columns, lemma, tag = said.columns, said.columns.lemmas[top], said.columns.tags[top]
    if helpers & SHOULD and lemma in _WORDS.opening and any(columns.deps[c] == "ccomp" and c > top for c in columns.children[top]):
        return False  # "I must say that"
    if helpers & SHOULD and _is_borne_in_mind(said, top):
        return False
    if (helpers & SHOULD and lemma not in _DUE) or lemma == "demand" or _is_order(said, top):
        return True
    if negated or helpers & BACKSHIFTED:
        return False
    if lemma == "want" and tag != "VBD":
        return _is_wanted_of_others(said, top)
    subject = said.subject(top)
    if lemma == "need" and tag in ("VBP", "VB", "VBZ"):
        if any(columns.deps[c] == "expl" for c in columns.children[top]):
            return said.has_to(top)  # "there needs to be a witness"
        if subject is None or columns.lower[subject] == "i":
            return subject is not None and any(columns.deps[c] == "obj" for c in columns.children[top])
        return columns.lower[subject] in ("we", "you") or (subject not in said.quoted and not said.is_own(top) and said.has_to(top))
    return lemma == "have" and subject is not None and _is_had_to(said, top, subject)


def _is_borne_in_mind(said: SaidClauses, top: int) -> bool:
    """ "They should be aware that", "it should be seen less as a retreat than as a pause"."""
    columns, lemma = said.columns, said.columns.lemmas[top]
    below = columns.children[top]
    if lemma in _WORDS.minding and any(columns.deps[c] in ("ccomp", "acl", "advcl") and c > top for c in below):
        return True
    taken = lemma in _WORDS.viewing and any(columns.deps[c] == "aux:pass" for c in below)
    return taken and any(columns.lower[k] == "as" for c in below if c > top for k in columns.children[c])


def _is_had_to(said: SaidClauses, top: int, subject: int) -> bool:
    """ "The gates have to be opened"; what somebody had to do in the past is no demand, but "had to be given a chance" is."""
    columns = said.columns
    if not said.has_to(top) or (columns.lower[subject] != "we" and said.is_own(top)):
        return False
    done = next(c for c in columns.children[top] if columns.deps[c] == "xcomp")
    if columns.lemmas[done] in _WORDS.involuntary:
        return False
    passive = any(columns.deps[c] == "aux:pass" for c in columns.children[done])
    named = columns.pos[subject] == "PROPN" and top not in said.quoted
    return columns.tags[top] in ("VBZ", "VBP") or (named and (passive or columns.lemmas[done] in _WORDS.urged))


def _is_order(said: SaidClauses, top: int) -> bool:
    """A bare verb without a subject that opens the content ("Leave the town now", "Do not travel")."""
    columns, lemma = said.columns, said.columns.lemmas[top]
    children = columns.children[top]
    if columns.tags[top] != "VB" or any(columns.deps[c] in SUBJECTS or columns.lower[c] == "to" for c in children):
        return False
    helped = any(columns.deps[c].startswith("aux") and columns.lemmas[c] != "do" for c in children)
    if columns.lemmas[top] == "let" and columns.lower[top + 1 : top + 2] == ["me"]:
        return _WORDS.opening.isdisjoint(columns.lemmas[top + 2 : top + 3])  # "let me be clear" orders nothing
    if helped or lemma in _WORDS.addressing or (lemma == "stay" and columns.lower[top + 1 : top + 2] == ["tuned"]):
        return False
    first = next((columns.lower[i] for i in said.tokens if columns.lower[i][:1].isalnum()), "")
    if first in ("if", "when", "unless") and columns.lower[top - 1] in (",", "then"):
        return True  # "if you can, leave the town"
    return top - said.tokens[0] <= 2 + sum(columns.lemmas[c] in ("do", "not") for c in children)


def _is_wanted_of_others(said: SaidClauses, top: int) -> bool:
    """Whether the speaker's side wants something from others: "we want an inquiry", "we want them to leave"."""
    columns, subject = said.columns, said.subject(top)
    if subject is None or columns.lower[subject] not in OURS:
        return False
    wanted = next((c for c in columns.children[top] if c > top and columns.deps[c] in ("obj", "ccomp")), None)
    sure = next((c for c in columns.children[top] if columns.deps[c] == "xcomp" and columns.lemmas[c] in ("make", "ensure")), None)
    if sure is not None and columns.deps[top] != "advcl":  # "I want to make sure that others are heard"
        below = [k for c in (sure, *columns.children[sure]) for k in columns.children[c]]
        return any(columns.deps[k] == "ccomp" and columns.lower[said.subject(k) or k] not in OURS for k in below)
    return wanted is not None and (columns.deps[wanted] == "ccomp" or columns.pos[wanted] == "NOUN")
