"""Which way the clause around a time expression looks: modals, plans and infinitives ahead, past tense back."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from crossread.codebook.plover import word_list
from crossread.reading.days import Direction
from crossread.reading.doc_text import text_of
from crossread.reading.noun_phrases import PhraseTokens
from crossread.records import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_PLAN_VERBS = frozenset((
    "plan", "expect", "schedule", "set", "slate", "due", "intend", "aim", "hope", "prepare", "want", "vow", "pledge",
    "promise", "agree", "decide", "propose", "urge", "call", "ask", "invite", "postpone", "delay"
))  # fmt: skip
_TIMETABLED = frozenset((
    "begin", "start", "end", "open", "close", "expire", "finish", "resume", "conclude", "arrive", "depart", "leave", "reopen", "go", "come",
    "fall", "run", "face", "play", "host", "vote", "decide", "meet"
))  # fmt: skip
"""What the present tense tells of a day to come ("the festival, which ends on Sunday")."""
_ARRANGED = frozenset((
    "slate", "hold", "convene", "start", "publish", "release", "issue", "host", "open", "broadcast", "air", "deliver", "complete", "finish",
    "book", "arrange", "reserve", "make", "appoint", "entitle", "call", "need", "require", "foresee", "announce", "give", "take", "play"
))  # fmt: skip
"""What may be done on a day to come, too, where a participle tells of it ("a rally held on Monday")."""
_AT_FIRST = frozenset(("originally", "initially", "first", "previously", "earlier"))
_ON_THE_POINT = frozenset(("going", "about", "ready", "preparing"))
_NOW = frozenset(("is", "are", "am", "'s", "’s", "'re", "’re", "'m", "’m"))
AHEAD_MODALS = frozenset(("will", "'ll", "’ll", "shall", "would", "wo", "may", "might", "could", "can", "should", "must"))
_PREDICATES = frozenset(("VERB", "AUX"))
_MAX_CLIMB = 12
DUE = frozenset(("due", "set", "slated", "poised", "scheduled"))
"""What an act to come is said to be before its infinitive."""


def root_of(doc: "Doc", start: int, end: int) -> "Token | None":
    """The token that the words of ``[start, end)`` hang from."""
    known = PhraseTokens.of(doc)
    inside = known.indices(Span(start, end))
    for i in inside:
        if known.heads[i] not in inside or known.heads[i] == i:
            return doc[i]
    return doc[inside[-1]] if inside else None


def climb(token: "Token") -> Iterator["Token"]:
    """The token and what it hangs from, up to the root, cycles and depth bounded."""
    for _ in range(_MAX_CLIMB):
        yield token
        if token.head.i == token.i:
            return
        token = token.head


def direction_of(token: "Token") -> Direction | None:
    """Which way the clause around a token looks: modals, plans and infinitives ahead, past tense back."""
    if _follows_participle(token):
        return Direction.PAST
    steps = [
        t
        for t in climb(token)
        if t.pos_ in _PREDICATES
        or t.tag_[:2] in ("VB", "MD")
        or any(c.tag_ == "TO" or c.dep_ == "cop" or _is_due_to(c) for c in t.children)
    ]
    for n, verb in enumerate(steps[:3]):
        if verb.lemma_.lower() == "look" and any(c.lower_ == "forward" for c in verb.children):
            return Direction.FUTURE
        if any(c.lower_ in DUE and c.i < verb.i for c in verb.children):
            return Direction.FUTURE
        if verb.lemma_.lower() in _PLAN_VERBS and any(c.lower_ in _AT_FIRST for c in verb.children):
            return None
        if n == 0 and verb.tag_ in ("VBZ", "VBP") and verb.lemma_.lower() in _TIMETABLED and not _is_line(verb):
            return Direction.FUTURE
        words = {c.lower_ for c in verb.children if c.dep_.lower() in ("aux", "aux:pass")}
        if (
            verb.tag_ == "VB"
            and any(c.tag_ == "TO" for c in verb.children)
            and any(c.lower_ in ("is", "are") for c in verb.children)
        ):
            return Direction.FUTURE
        if n > 0 and verb.lower_ in _ON_THE_POINT and any(c.lower_ in _NOW for c in verb.children):
            return Direction.FUTURE  # "is going to start talks on Monday"
        perfect = bool(words & {"have", "has", "had", "having", "'ve", "’ve"})
        if words & AHEAD_MODALS:
            return Direction.PAST if perfect else Direction.FUTURE
        if "to" in words or verb.tag_ == "VB":
            above = steps[n + 1] if n + 1 < len(steps) else verb.head
            bare = (
                above.dep_.lower() == "root"
                and above.tag_ in ("NNP", "NNPS", "NN", "NNS")
                and any(c.tag_ == "TO" for c in verb.children)
            )
            due = (
                above.lemma_.lower() in _PLAN_VERBS or above.lower_ in ("due", "set") or "to" in words or bare
            )  # "King to visit Klow"
            if due:
                before = above.lemma_.lower() in _PLAN_VERBS and any(c.lower_ == "had" for c in above.children)
                return None if before else Direction.FUTURE  # "had been scheduled to meet on 18 March"
            continue
        if verb.lemma_.lower() in _PLAN_VERBS and n > 0 and words & {"is", "are", "was", "were", "be"}:
            return Direction.FUTURE
        if verb.lemma_.lower() in ("expect", "schedule", "slate", "plan", "postpone", "delay") or _is_set_for(token, verb):
            return Direction.FUTURE
        if verb.tag_ in ("VBD", "VBN") or perfect or any(c.dep_ == "cop" and c.lower_ in ("was", "were") for c in verb.children):
            return Direction.PAST
    return None


def _follows_participle(day: "Token") -> bool:
    """Whether a day stands right behind what was done to somebody ("will bury the men killed on Monday")."""
    before = min((c.i for c in day.children if c.dep_.lower() == "case"), default=day.i) - 1
    done = day.doc[before] if before > 0 else day
    if done.tag_ != "VBN" or done.dep_.lower() != "acl" or done.head.i > done.i or done.lemma_.lower() in _PLAN_VERBS | _ARRANGED:
        return False
    return not any(c.dep_.lower().startswith("aux") for c in done.children)


def is_told_of(day: "Token") -> bool:
    """Whether a day is what a clause without another subject tells of ("she said Saturday would show who meant it"), read as the day of
    the saying."""
    if day.i == 0 or day.i + 1 >= len(day.doc) or day.nbor().tag_ != "MD" or day.nbor(-1).lemma_.lower() not in word_list("saying"):
        return False
    told = day.nbor().head
    return day.nbor().dep_ == "aux" and not any(c.dep_.startswith(("nsubj", "csubj", "expl")) for c in told.children)


def _is_due_to(token: "Token") -> bool:
    """Whether a word is "due" in "is due to travel", which the tagger may take for a cause."""
    return token.lower_ == "due" and token.i + 2 == token.head.i and any(c.dep_ == "cop" for c in token.head.children)


def _is_set_for(day: "Token", verb: "Token") -> bool:
    """Whether a day is what something was set for ("the visit, which had been set for Friday, is off")."""
    return verb.lower_ == "set" and day.head.i == verb.i and verb.i < day.i and any(c.lower_ == "for" for c in day.children)


def _is_line(verb: "Token") -> bool:
    """Whether a verb is that of a line without a full stop, as headlines are, whose present tense tells of the past."""
    text = text_of(verb.doc)
    end = text.find("\n", verb.idx)
    return text[verb.idx : len(text) if end < 0 else end].rstrip()[-1:] not in (".", "!", "?", "”", '"')
