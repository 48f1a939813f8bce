"""Capitals that stand for governments: "Moscow accused Paris" against "flew from Moscow to Paris".

Decided by the word's place in its sentence.  A capital that acts, speaks, is accused or stands in a relation to others is a government;
one that somebody is in, goes to or comes from is a town.  Seats such as the Kremlin are governments unless somebody is inside.
"""

from crossread.codebook.actors import word_list
from crossread.reading.names import Found
from crossread.reading.noun_phrases import PhraseTokens

_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer", "csubj"})
_TOWN_VERBS = word_list("verbs of towns as objects")
_TOWN_SUBJECT_VERBS = word_list("verbs of towns as subjects")
_TOWN_NOUNS = word_list("nouns of towns")
_ADDRESSED = word_list("words addressed to governments")
_GOVERNMENT_PREPOSITIONS = frozenset(
    {"by", "with", "between", "against", "versus", "among", "like", "than", "despite", "toward", "towards"}
)
_TOWN_PREPOSITIONS = frozenset(
    {"in", "at", "near", "outside", "inside", "around", "across", "through", "throughout", "into", "within", "of", "from", "to", "via",
     "above", "over", "beyond", "north", "south", "east", "west", "central", "downtown", "off"}
)  # fmt: skip


def is_government(tokens: PhraseTokens, found: Found, *, seat: bool = False) -> bool:
    """Whether a capital (or, with ``seat``, the name of a seat of government) means the government."""
    i = found.last
    first = found.first
    while first > 0 and tokens.lower[first - 1] == "the":
        first -= 1
    before = first - 1
    preposition = tokens.lower[before] if before >= 0 and tokens.pos[before] in ("ADP", "SCONJ", "PART") else ""
    following = tokens.lower[i + 1] if i + 1 < len(tokens) else ""
    if following in ("'s", "’s", "'", "’"):
        return tokens.lemmas[tokens.heads[i]] not in _TOWN_NOUNS
    if seat:
        return preposition not in ("in", "at", "outside", "inside", "near", "to", "from") or _is_addressed(tokens, i, preposition)
    if preposition:
        return _behind(tokens, i, before, preposition)
    if i + 1 < len(tokens) and tokens.tags[i + 1] == "MD" and tokens.lower[max(0, before)] in ("and", "but", "that", ","):
        return True  # "... and Moscow should use its influence", whatever the parser coordinates
    return _bare(tokens, i, first)


def _behind(tokens: PhraseTokens, i: int, before: int, preposition: str) -> bool:
    """A capital behind a preposition."""
    head = tokens.heads[i]
    if preposition == "with" and tokens.deps[i] in _SUBJECTS:
        return True
    if preposition in _GOVERNMENT_PREPOSITIONS:
        return True
    if preposition in ("to", "on", "at", "over", "for", "from"):
        if _is_addressed(tokens, i, preposition):
            return True
        return preposition in ("on", "for") and tokens.lemmas[head] not in _TOWN_VERBS and tokens.lemmas[head] not in _TOWN_NOUNS
    return preposition not in _TOWN_PREPOSITIONS


def _is_addressed(tokens: PhraseTokens, i: int, preposition: str) -> bool:
    """Whether what the capital depends on is said or done to governments ("pressure on", "aimed at", "loyal to")."""
    head = tokens.heads[i]
    return preposition in ("to", "at", "on", "over", "from", "for") and (
        tokens.lemmas[head] in _ADDRESSED or tokens.lower[head] in _ADDRESSED
    )


def _bare(tokens: PhraseTokens, i: int, first: int) -> bool:
    """A capital without preposition: subject, object, part of a list, modifier or dateline."""
    dep, head = tokens.deps[i], tokens.heads[i]
    for _ in range(6):
        if dep not in ("conj", "flat", "appos"):
            break
        if dep == "conj":
            preposition = next((k for k in tokens.children[head] if tokens.deps[k] == "case" and k < head), None)
            if preposition is not None:
                return _behind(tokens, head, preposition, tokens.lower[preposition])
        dep, head = tokens.deps[head], tokens.heads[head]
    if _is_dateline(tokens, i, first):
        return False
    if dep in _SUBJECTS:
        return tokens.lemmas[head] not in _TOWN_SUBJECT_VERBS
    if dep in ("obj", "iobj"):
        return tokens.lemmas[head] not in _TOWN_VERBS
    if dep == "nmod:poss":
        return tokens.lemmas[head] not in _TOWN_NOUNS
    following = tokens.words[i + 1] if i + 1 < len(tokens) else ""
    if (
        following[:1] in ("-", "‐", "‑", "–")
        and i + 2 < len(tokens)
        and tokens.lower[i + 2] in ("backed", "led", "allied", "supported", "sponsored")
    ):
        return True
    return dep in ("obl:agent", "vocative", "nmod:agent")


def _is_dateline(tokens: PhraseTokens, i: int, first: int) -> bool:
    """Whether the word opens its paragraph and a dash, date or agency in brackets follows."""
    opens = first == 0 or tokens.is_space[first - 1] or tokens.paragraphs[first] != tokens.paragraphs[first - 1]
    return opens and i + 1 < len(tokens) and (tokens.words[i + 1] in ("-", "–", "—", "(", "--") or tokens.words[i].isupper())
