"""What the publication date says of a predicate that no time expression dates.

A main clause in the simple past tells of the day of publication or the one before, as news does, and so does what somebody is said to
have told there; anything else that has happened is bounded by publication.
"""

import re
from typing import TYPE_CHECKING

from crossread.reading.bearing import in_quotation
from crossread.reading.days import Reach, shift
from crossread.reading.directions import AHEAD_MODALS, climb
from crossread.reading.doc_text import text_of
from crossread.reading.when import DocumentTimes, as_date, to_when
from crossread.records import When
from crossread.vocabulary import Basis, Precision

if TYPE_CHECKING:
    from spacy.tokens import Token

SAYING = frozenset((
    "say", "tell", "announce", "state", "add", "warn", "claim", "accuse", "urge", "report", "declare", "confirm", "deny", "insist", "note",
    "call", "reject", "condemn", "demand", "describe", "explain", "vow", "pledge", "argue", "suggest", "acknowledge", "reply", "respond",
    "write", "tweet", "speak", "criticize", "criticise", "welcome", "dismiss", "blame", "appeal", "express", "plead", "ask", "threaten",
    "promise", "offer"
))  # fmt: skip
_STATES = frozenset((
    "be", "have", "know", "want", "believe", "live", "remain", "seem", "own", "control", "need", "hold", "contain", "include", "belong",
    "like", "fear", "hope", "expect", "support", "back", "oppose", "serve", "work", "stand", "lie", "depend", "mean", "consider", "think",
    "begin", "become", "grow"
))  # fmt: skip
LIGHT = frozenset(("express", "announce", "offer"))  # what they take as object is what happens
_OVER_TIME = frozenset(
    (
        "long",
        "once",
        "often",
        "always",
        "previously",
        "frequently",
        "consistently",
        "regularly",
        "routinely",
        "formerly",
        "originally",
    )
)
"""What makes an act no news of the day ("has long criticised")."""
_EARLIER = frozenset(("for", "after", "since"))
"""Before a participle that tells of another time than the main clause ("praised them for saving the crew")."""
_NOT_THEN = frozenset(("for", "over", "about", "against", "despite"))
"""Before a noun that happens at another time than what is done about it ("called for an inquiry")."""
_MATTERS = frozenset(("issue", "question", "matter", "idea", "possibility", "prospect", "risk", "danger", "topic", "subject"))
"""Of what these speak of is not said that it happened."""
_ARTICLE = re.compile(r"\b(?:the|an?|still|often|most|many|some)\b", re.IGNORECASE)
_LONG_UNITS = frozenset(("weeks", "months", "years", "decades"))
_WEEK, _LEAD = 7, 400


def helpers(verb: "Token") -> set[str]:
    return {c.lower_ for c in verb.children if c.dep_.lower() in ("aux", "aux:pass", "cop")}


def is_past(anchor: "Token") -> bool:
    """Whether the anchor reports something that has happened by the time of writing."""
    for step in climb(anchor):
        words = helpers(step)
        if words & AHEAD_MODALS and "have" not in words:
            return False
        if step.tag_ == "VBD" or words & {"was", "were", "has", "have", "had", "been", "'ve", "’ve"}:
            return True
        if step.tag_ == "VBN" and (step.i == anchor.i or _is_bare_past(step)) and not words & {"be", "is", "are", "being"}:
            return True
        if step.tag_ == "VB" or step.dep_.lower() in ("acl", "acl:relcl"):
            return False
    return False


def _is_bare_past(verb: "Token") -> bool:
    """Whether a participle with a subject and no helper is a past tense that the tagger took for one."""
    return verb.tag_ == "VBN" and not helpers(verb) and any(c.dep_.lower() == "nsubj" for c in verb.children)


def is_main(anchor: "Token") -> bool:
    """Whether the anchor, or the verb whose subject or object it is, opens a main clause in the simple past."""
    for step in climb(anchor):
        words, link = helpers(step), step.dep_.lower()
        simple = step.tag_ == "VBD" or _is_bare_past(step) or (step.tag_ == "VBN" and bool(words & {"was", "were"}))
        recent = bool(words & {"has", "have"}) and step.tag_ in ("VBN", "VBD") and (step.lemma_.lower() in SAYING or _is_lead(step))
        if (simple and "had" not in words and not _goes_on(step)) or recent:
            dynamic = step.lemma_.lower() not in _STATES and not words & AHEAD_MODALS
            said = step.lemma_.lower() in SAYING - LIGHT and step.i != anchor.i and anchor.dep_.lower() in ("obj", "nmod")
            leads = _heads_sentence(step) or (
                link == "advcl" and _is_beside(step) and step.head.i != step.i and _is_told_past(step.head)
            )
            return dynamic and leads and not said
        if link in ("obl", "nmod") and (_NOT_THEN & {c.lower_ for c in step.children} or step.head.lower_ in _MATTERS):
            return False
        if link not in ("nsubj", "nsubj:pass", "obj", "obl", "xcomp", "compound", "nmod") and not (
            link in ("advcl", "ccomp", "conj") and step.tag_ == "VBG" and not _EARLIER & {c.lower_ for c in step.children}
        ):
            return False
    return False


def _goes_on(verb: "Token") -> bool:
    """Whether a verb shares the "had" of the one before it ("had called him and pressed for more")."""
    joined = (
        verb.dep_.lower() == "conj"
        and verb.lemma_.lower() not in SAYING
        and not any(c.dep_.lower() == "nsubj" for c in verb.children)
    )
    return joined and "had" in helpers(verb.head)


def _is_beside(verb: "Token") -> bool:
    """Whether a clause tells of the time of the one above it ("spoke before they met")."""
    return any(c.dep_.lower() == "mark" and c.lower_ in ("before", "after", "as", "when", "while") for c in verb.children)


def _is_told_past(verb: "Token") -> bool:
    """Whether a clause is a main one in the past, be it of a state ("was furious after they met")."""
    states = any(c.dep_.lower() == "cop" and c.lower_ in ("was", "were") for c in verb.children)
    return is_main(verb) or (states and _heads_sentence(verb))


def _heads_sentence(verb: "Token") -> bool:
    """Whether a verb is that of the main clause, or joined to it, or what the main clause says ("Two boats sank, the coast guard said")."""
    for step in climb(verb):
        link = step.dep_.lower()
        if link == "ccomp" and step.head.lemma_.lower() in SAYING:
            told = step.i < step.head.i or _is_reported(step) or (verb.lemma_.lower() in SAYING and step.head.tag_ == "VBD")
            return told and _heads_sentence(step.head)
        if link not in ("conj", "parataxis"):
            return link == "root"
    return False


def _is_reported(verb: "Token") -> bool:
    """Whether a clause is what somebody told as news ("police said two men fired"): not of the teller ("said he fought in the war")."""
    told = verb.head.tag_ == "VBD" and "had" not in helpers(verb.head)
    subject = next((c for c in verb.children if c.dep_.lower() in ("nsubj", "nsubj:pass")), None)
    return told and subject is not None and subject.tag_ != "PRP"


def told_clause(anchor: "Token") -> "Token | None":
    """The verb whose content the clause of an anchor is, where it tells news."""
    for step in climb(anchor):
        if step.dep_.lower() == "ccomp" and step.head.lemma_.lower() in SAYING and step.head.i < step.i:
            return step.head if _is_reported(step) else None
    return None


def _is_lead(verb: "Token") -> bool:
    """Whether a verb stands in the first line that is a sentence: the perfect is there what the past is elsewhere ("has resigned")."""
    if any(c.lower_ == "since" for part in verb.children for c in (part, *part.children)):
        return False
    text = text_of(verb.doc)
    above = text[: text.rfind("\n", 0, verb.idx) + 1]
    if any(line.rstrip().endswith((".", "!", "?", ".”", '."')) for line in above.splitlines()):
        return verb.idx < _LEAD and _goes_on_in_perfect(verb)
    return True


def _goes_on_in_perfect(verb: "Token") -> bool:
    """Whether the sentence before tells its news in the perfect, too ("The port has closed. Trains have stopped.")."""
    doc = verb.doc
    if not doc.has_annotation("SENT_START"):
        return False
    at = verb.sent.start - 1
    while at >= 0 and not doc[at].text.strip():
        at -= 1
    before = doc[at].sent.root if at >= 0 else None
    return before is not None and bool(helpers(before) & {"has", "have"}) and before.tag_ in ("VBN", "VBD") and _is_lead(before)


def tells_news(times: DocumentTimes, anchor: "Token", start: int) -> bool:
    """Whether the present tense of a headline tells what has just been done ("Union sues mayor")."""
    told = anchor.tag_ in ("VBZ", "VBP", "VBN") and anchor.lemma_.lower() not in _STATES and not helpers(anchor)
    text = text_of(times.doc)
    plain = anchor.tag_ != "VBP" or not _ARTICLE.search(text, start, anchor.idx)  # "hundreds flee" of a headline, no habit
    return told and plain and _is_headline(text, start, anchor, stop=True)


def by_publication(times: DocumentTimes, anchor: "Token", start: int, *, told_of: When | None = None) -> When | None:
    """What the day of publication says of the time of an anchor.

    ``told_of`` is the time of which its sentence, that starts at ``start``, tells: where it is past, the anchor is no news of the day.
    """
    published = times.published
    last = as_date(published.end) if published is not None else None
    if last is None or published is None:
        return None
    first, earlier = as_date(published.start), as_date(told_of.end) if told_of is not None else None
    if earlier is not None and earlier < shift(last, -_WEEK):
        return to_when(Reach(None, last, Precision.UNKNOWN), basis=Basis.PUBLICATION)
    fresh = first is not None and (last - first).days < _WEEK and not in_quotation(text_of(times.doc), anchor.idx)
    fresh = fresh and not any(c.lower_ in _OVER_TIME or _lasts(c) for c in anchor.children)
    just = bool(helpers(anchor) & {"has", "have"}) and _heads_sentence(anchor) and any(c.lower_ == "just" for c in anchor.children)
    told = tells_news(times, anchor, start) or _is_headline(text_of(times.doc), start, anchor)
    if first is not None and ((fresh and (told or is_main(anchor))) or (just and (last - first).days < _WEEK)):
        precision = Precision.DAY if (last - first).days <= 1 else Precision.WEEK
        return to_when(Reach(shift(first, -1), last, precision), basis=Basis.PUBLICATION)
    return to_when(Reach(None, last, Precision.UNKNOWN), basis=Basis.PUBLICATION)


def _lasts(part: "Token") -> bool:
    """Whether a part of a clause says how long it went on ("for weeks")."""
    return part.lower_ in _LONG_UNITS and any(c.lower_ == "for" for c in part.children)


_BEFORE_HEADLINE = re.compile(r"\s*(?:[A-Z][A-Z ]{1,40}:\s*)?")
"""Nothing, or a slug ("KENYA: ")."""


def _is_headline(text: str, start: int, anchor: "Token", *, stop: bool = False) -> bool:
    """Whether the sentence is the first line of the text and ends without a full stop; where ``stop``, it may have one at its end."""
    end = text.find("\n", start)
    line = text[start : len(text) if end < 0 else end].rstrip()
    return (
        _BEFORE_HEADLINE.fullmatch(text, 0, start) is not None
        and len(line) < 160
        and (". " not in line if stop else not line.endswith("."))
        and anchor.tag_ in ("VBZ", "VBD", "VBN", "VBP")
        and not _in_relative(anchor)
    )


def _in_relative(anchor: "Token") -> bool:
    """Whether a verb stands in a clause that only says who somebody is ("mayor who slapped guard")."""
    return anchor.dep_.lower() == "acl:relcl" and any(c.tag_ in ("WP", "WDT") for c in anchor.children)


def by_now(anchor: "Token", published: When | None) -> When | None:
    """What is going on is going on by the time of writing; plans and wishes have no time of their own."""
    if published is None or published.end is None:
        return None
    for step in climb(anchor):
        words = helpers(step)
        if words & AHEAD_MODALS or "to" in words or step.tag_ == "VB":
            return None
        if step.tag_ in ("VBZ", "VBP"):
            return When(end=published.end, basis=Basis.PUBLICATION)
    return None
