"""The place of a predicate: where the happening that a verb or noun reports took place."""

import re
from typing import TYPE_CHECKING

from crossread.reading.doc_text import text_of
from crossread.reading.where import find_places
from crossread.records import Place, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_LOCATIVE = frozenset((
    "in", "at", "near", "outside", "inside", "around", "across", "over", "throughout", "within", "along", "off", "beyond",
    "above", "from", "into", "to", "towards", "toward", "through", "between", "on", "against"
))  # fmt: skip
_STRICT_LOCATIVE = _LOCATIVE - {"to", "from", "towards", "toward", "against", "between"}
_PLACE_OBJECT_VERBS = frozenset((
    "bomb", "shell", "capture", "retake", "recapture", "seize", "take", "storm", "besiege", "attack", "leave", "reach",
    "enter", "visit", "strike", "hit", "bombard", "liberate", "occupy", "evacuate", "control", "surround", "destroy",
    "target", "pound", "flee", "invade", "cross", "overrun", "hold"
))  # fmt: skip
_OF_A_PLACE = frozenset((
    "bombing", "bombardment", "shelling", "siege", "capture", "recapture", "battle", "fall", "invasion", "occupation", "liberation",
    "destruction", "storming", "seizure", "evacuation", "blockade", "encirclement"
))  # fmt: skip
_SUBJECTS = frozenset(("nsubj", "nsubj:pass"))
_INSIDE_PHRASE = frozenset(("nmod", "appos", "conj", "compound", "nmod:poss", "flat", "amod"))
_LINKS_UP = frozenset(("nsubj", "nsubj:pass", "obj", "obl", "xcomp", "conj", "nmod", "compound"))


def event_place(doc: "Doc", anchor: "Token", *, spoken: bool = False) -> Place | None:
    """Where the happening that a predicate reports took place, or ``None``; of what is ``spoken`` a name before it ("the X probe") is none.

    A place hangs from the predicate or its clause by a preposition of place, stands before a noun ("the X bombing"), or is
    what the verb
    captures, shells or visits; an acting "Moscow" is none.  Else the only place of the sentence that follows such a preposition.
    """
    sent = anchor.sent if doc.has_annotation("SENT_START") else doc[:]
    places = find_places(doc, Span(sent.start_char, sent.end_char))
    if not places:
        return None
    if doc.has_annotation("DEP"):
        found = _hanging(doc, anchor, places, spoken=spoken)
        if found is not None:
            return found
    located = [p for p in places if p.span is not None and _after_locative(doc, p.span)]
    names = {p.name for p in located}
    return (
        located[0]
        if len(names) == 1 and not _far(doc, anchor, located[0]) and not _in_other_clause(doc, anchor, located[0])
        else None
    )


def _hanging(doc: "Doc", anchor: "Token", places: tuple[Place, ...], *, spoken: bool) -> Place | None:
    from crossread.reading.directions import root_of

    ranked: list[tuple[int, int, Place]] = []
    for n, place in enumerate(places):
        token = root_of(doc, place.span.start, place.span.end) if place.span else None
        away = place.text is not None and place.text[:1].isdigit()
        before = (
            token is not None and token.head.i == anchor.i and token.i < anchor.i and token.dep_.lower() in ("compound", "amod")
        )
        if token is not None and not (spoken and before) and (rank := _rank(anchor, token, away=away)) is not None:
            ranked.append((rank, n, place))
    return min(ranked, key=lambda r: r[:2])[2] if ranked else None


def _rank(anchor: "Token", token: "Token", *, away: bool = False) -> int | None:
    """How closely a place belongs to a predicate, 0 the closest; ``None`` for a place that acts or belongs elsewhere.

    ``away`` is for "30 km north of Lyon", which needs no preposition.
    """
    top, case, steps = _phrase(token, anchor)
    link, head = top.dep_.lower(), top.head
    if "between" in case:
        return None  # "on the border between X and Y" is in neither
    if link == "nsubj:pass" and head.i == anchor.i and (steps == 0 or token.dep_.lower() == "appos"):
        return 10 if anchor.lemma_.lower() in _PLACE_OBJECT_VERBS else None
    if top.i == head.i or link in _SUBJECTS:
        return None
    if head.i == anchor.i and link == "nmod" and "of" in case and anchor.lemma_.lower() in _OF_A_PLACE:
        return 5 + steps
    locative = away or bool(case & _STRICT_LOCATIVE)
    if head.i == anchor.i:
        if locative:
            return steps
        if link == "obj":
            return 10 + steps if anchor.lemma_.lower() in _PLACE_OBJECT_VERBS else None
        toward = bool(case & _LOCATIVE) and (steps == 0 or "of" in case)  # "a symbol of their fight against X" is not at X
        return 10 + steps if link == "compound" or (link in ("nmod", "nmod:poss", "obl", "amod") and toward) else None
    if not locative:
        return None
    if _hangs_below(anchor, head):
        return 20 + steps
    above = anchor
    for n in range(4):
        if above.dep_.lower() not in _LINKS_UP or above.head.i == above.i:
            return None
        above = above.head
        if head.i == above.i:
            return 30 + n + steps
    return None


def _phrase(token: "Token", anchor: "Token") -> tuple["Token", set[str], int]:
    """The top of the phrase that a name is part of, its prepositions, and how many words up it stands: "on X's hilltop"."""
    case: set[str] = set()
    for steps in range(6):
        if case <= {"of"}:  # "their fight against X" is not in X, "the north of X" is
            case |= {c.lower_ for c in token.children if c.dep_.lower() == "case"}
        if token.dep_.lower() not in _INSIDE_PHRASE or token.head.i in (anchor.i, token.i):
            return token, case, steps
        token = token.head
    return token, case, 6


def _hangs_below(anchor: "Token", head: "Token") -> bool:
    """Whether a word is in the object or subject of the anchor, or in a participle on it: "killed people trapped in X"."""
    for _ in range(4):
        if head.i == anchor.i:
            return True
        link = head.dep_.lower()
        if link not in ("acl", "obj", "nmod", "obl", "nsubj:pass", "xcomp") or (link == "acl" and head.tag_ not in ("VBN", "VBG")):
            return False
        head = head.head
    return head.i == anchor.i


def _after_locative(doc: "Doc", span: Span) -> bool:
    before = text_of(doc)[max(0, span.start - 60) : span.start]
    found = re.search(
        r"\b(in|at|near|outside|inside|around|across|over|throughout|within)\s+(?:the\s+)?(?:(?!(?:against|with|for|by|and|from|to|on)\b)[\w’'-]+\s+){0,4}$",
        before,
        re.IGNORECASE,
    )
    return found is not None and not re.search(r"[.,;:]", found[0])


def _in_other_clause(doc: "Doc", anchor: "Token", place: Place) -> bool:
    """Whether the clause of a place stands neither above nor below the predicate ("the raid comes as troops fight in X")."""
    from crossread.reading.directions import climb, root_of

    token = root_of(doc, place.span.start, place.span.end) if place.span is not None and doc.has_annotation("DEP") else None
    clause = next((t for t in climb(token) if t.tag_.startswith("VB")), None) if token is not None else None
    if clause is None or clause.i == anchor.i:
        return False
    return all(t.i != clause.i for t in climb(anchor)) and all(t.i != anchor.i for t in climb(clause))


def _far(doc: "Doc", anchor: "Token", place: Place) -> bool:
    """Whether a clause of its own (a quotation, a relative clause) parts the place from the predicate."""
    if place.span is None:
        return True
    between = text_of(doc)[min(anchor.idx, place.span.end) : max(anchor.idx, place.span.start)]
    return bool(re.search(r"[;:“”\"]|\b(?:who|which|said|says|told)\b", between))
