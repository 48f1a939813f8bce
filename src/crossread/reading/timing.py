"""Which time expression belongs to a predicate, and what the publication date says where none does.

`time_of` looks in this order: the expression that hangs from the predicate or its clause; the only expression of the sentence that no
clause or quotation mark parts from it; the one day that the paragraph speaks of; the publication date.  A main clause in the simple past
without a time tells of the day of publication or the one before, as news does; anything else that has happened is bounded by publication.
"""

import re
from typing import TYPE_CHECKING

from crossread.reading.bearing import in_quotation, may_speak_of, paragraph_start
from crossread.reading.counting import COUNTING, before_clause, day_after, eve_of, of_complement, opens_clause, without_start
from crossread.reading.days import Reach, shift
from crossread.reading.directions import AHEAD_MODALS, climb, root_of
from crossread.reading.doc_text import text_of
from crossread.reading.timewords import Expression
from crossread.reading.when import DocumentTimes, as_date, to_when
from crossread.records import Span, When
from crossread.vocabulary import Basis, Precision

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Timed = tuple[Expression, When]

_SAYING = frozenset((
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
_LIGHT = frozenset(("express", "announce", "offer"))  # what they take as object is what happens
_PREDICATES = frozenset(("VERB", "AUX"))
_OVER_TIME = frozenset(
    ("long", "often", "always", "previously", "frequently", "consistently", "regularly", "routinely", "formerly", "originally")
)
"""What makes an act no news of the day ("has long criticised")."""
_CLAUSE_LINKS = frozenset(("ccomp", "advcl", "acl", "acl:relcl", "parataxis", "csubj", "csubj:pass"))
_OWN_CLAUSE = frozenset(("ccomp", "acl:relcl", "parataxis", "csubj"))
_PARTING = re.compile(
    r"[;:“”\"]|\n\s*\n|\n(?=[ \t]*(?-i:[A-Z][a-z]))"
    r"|\b(?:said|says|told|who|which|where|that|after|before|because|while|when|if|but|whose|since|until|than|although|though)\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"[“”\"]|\n\s*\n|\b(?:who|which|where|whose)\b", re.IGNORECASE)
_FAR, _WEEK = 140, 7


def time_of(times: DocumentTimes, anchor: "Token") -> When | None:
    """The time of the happening that a predicate reports."""
    if (main := eve_of(anchor)) is not None:
        return day_after(time_of(times, main))
    start, end = sentence_bounds(anchor)
    timed = [p for p in times.timed(start, end) if may_speak_of(times.doc, anchor, p[0]) and not _is_to_come(times, anchor, p[1])]
    found = _named(times, anchor, timed)
    if found is not None:
        return found
    main = _main_of_when_clause(anchor) or _told_clause(anchor) or _when_clause_behind(anchor)
    named = day_in_sentence(times, main) if main is not None else None
    if named is not None:
        return named
    if (
        anchor.dep_.lower() == "ccomp"
        and anchor.head.lemma_.lower() in _SAYING
        and any(c.dep_.lower() == "cop" for c in anchor.children)
    ):
        return time_of(times, anchor.head)  # "said on Monday that it was ready": a state holds when it is told
    if not _is_past(anchor):
        if _tells_news(times, anchor, start):
            return _by_publication(times, anchor, start)
        return _by_now(anchor, times.published)
    carried = None if timed else _carried(times, anchor, start)
    return carried or _by_publication(times, anchor, start)


def _is_to_come(times: DocumentTimes, anchor: "Token", when: When) -> bool:
    """Whether a time lies after publication while the verb tells what was done ("called for a rally on 14 July", written in June), or
    reaches beyond it while the verb says something ("the report says that targets hold through 2042")."""
    start, end = as_date(when.start), as_date(times.published.end) if times.published is not None else None
    if end is None or anchor.tag_ not in ("VBD", "VBZ", "VBP"):
        return False
    last = as_date(when.end)
    if last is not None and last > shift(end, 7) and anchor.lemma_.lower() in _SAYING - _LIGHT and not _helpers(anchor):
        return True
    if start is None or start <= shift(end, 1) or anchor.tag_ != "VBD":
        return False
    return not any(c.dep_.lower() == "xcomp" or c.lower_ in ("to", "n't", "not") for c in anchor.children)


def _named(times: DocumentTimes, anchor: "Token", timed: list[Timed]) -> When | None:
    """The expression of the sentence that the predicate happened at."""
    shifted = next((made for e, _ in timed if (made := before_clause(times, anchor, e, timed)) is not None), None)
    if shifted is not None:
        return shifted
    text, opening = text_of(times.doc), {w.start for e, w in timed if e.rule.name not in COUNTING}
    plain = [(e, w) for e, w in timed if not opens_clause(text, e) or (w.start is not None and w.start not in opening)]
    plain = [(e, w) for e, w in plain if not of_complement(text, e, timed) or _RELATIVE.search(text, timed[0][0].end, anchor.idx)]
    if not plain:
        return None
    asked = _when_clause(times.doc, anchor)
    before = [times.when_of(without_start(e), None) for e, w in plain if asked is not None and 0 <= asked - e.end <= 2]
    if before:
        return before[0]
    governing = _governing(times.doc, anchor, plain)
    if governing is not None:
        return governing
    near = [w for _, w in plain if _shares_clause(times.doc, anchor, w)]
    return near[0] if len(near) == 1 and (len(plain) == 1 or _distance(anchor, near[0]) < _FAR // 2) else None


def _told_clause(anchor: "Token") -> "Token | None":
    """The verb of the relative clause that tells of a happening that a noun names ("a blast that killed three on Friday")."""
    if anchor.pos_ != "NOUN":
        return None
    for clause in anchor.children:
        subject = next((c for c in clause.children if c.dep_.lower() == "nsubj"), None)
        if (
            clause.dep_.lower() == "acl:relcl"
            and clause.tag_ == "VBD"
            and subject is not None
            and subject.lower_ in ("that", "which")
        ):
            return clause
    return None


def _main_of_when_clause(anchor: "Token") -> "Token | None":
    """The verb that a clause with "when" behind it goes on from ("On Monday they were fishing, when they were arrested")."""
    verb = anchor.head if anchor.dep_ == "conj" and anchor.head.i < anchor.i else anchor
    follows = verb.dep_.lower() == "advcl" and verb.head.i < verb.i and verb.tag_ in ("VBD", "VBN")
    return verb.head if follows and any(c.lower_ == "when" and c.i < verb.i for c in verb.children) else None


def _when_clause_behind(anchor: "Token") -> "Token | None":
    """The verb of a past clause with "when" behind the anchor's own ("was killed when the office was bombed on 8 April")."""
    for clause in anchor.children:
        past = clause.tag_ in ("VBD", "VBN") and clause.dep_.lower() == "advcl" and clause.i > anchor.i
        if (
            past
            and anchor.tag_ in ("VBD", "VBN")
            and any(c.lower_ == "when" and anchor.i < c.i < clause.i for c in clause.children)
        ):
            return clause
    return None


def day_in_sentence(times: DocumentTimes, anchor: "Token") -> When | None:
    """The expression that a predicate or noun happened at, by its own sentence."""
    timed = [pair for pair in times.timed(*sentence_bounds(anchor)) if may_speak_of(times.doc, anchor, pair[0])]
    return _named(times, anchor, timed) if timed else None


def _when_clause(doc: "Doc", anchor: "Token") -> int | None:
    """Where the "when" of the anchor's clause stands ("decades ago, when the army seized it")."""
    for step in climb(anchor):
        if step.tag_.startswith("VB"):
            return next((c.idx for c in step.children if c.lower_ == "when" and c.i < step.i), None)
    return None


def sentence_bounds(anchor: "Token") -> tuple[int, int]:
    """Where the sentence of a token begins and ends; its line, where sentences are not known."""
    doc = anchor.doc
    text, at = text_of(doc), anchor.idx
    if doc.has_annotation("SENT_START"):
        sent = anchor.sent
        start, end = sent.start_char, sent.end_char
        cut = sent.start > 0 and text[start : start + 1].islower() and text[:start].rstrip()[-1:] in (",", "-", "–")
        return (doc[sent.start - 1].sent.start_char, end) if cut else (start, end)  # "On Monday, / the envoy": cut by mistake
    end = text.find("\n", at)
    return text.rfind("\n", 0, at) + 1, len(text) if end < 0 else end


# ---------------------------------------------------------------- by the tree


def _governing(doc: "Doc", anchor: "Token", timed: list[Timed]) -> When | None:
    """The expression that hangs from the anchor, or from the verb whose subject, object or complement the anchor is."""
    if not doc.has_annotation("DEP"):
        return None
    heads = [(t, w) for _, w in timed if w.span is not None and (t := root_of(doc, w.span.start, w.span.end)) is not None]
    for step in climb(anchor):
        if step.i != anchor.i and (own := next((w for t, w in heads if t.i == step.i), None)) is not None:
            return own
        if (found := _attached(step, heads)) is not None:
            return found
        link = step.dep_.lower()
        if link in _OWN_CLAUSE or (link in ("advcl", "acl") and step.tag_ not in ("VBG", "VBN")):
            return None
    return None


def _attached(predicate: "Token", heads: list[tuple["Token", When]]) -> When | None:
    """The first expression whose nearest predicate is this one."""
    for token, when in heads:
        if token.i == predicate.i:
            continue
        for step in climb(token.head):
            if step.i == predicate.i:
                return when
            if step.pos_ in _PREDICATES or step.tag_[:2] == "VB" or step.dep_.lower() in _CLAUSE_LINKS:
                break
    return None


def _distance(anchor: "Token", when: When) -> int:
    return _FAR if when.span is None else max(when.span.start - anchor.idx - len(anchor), anchor.idx - when.span.end)


def _shares_clause(doc: "Doc", anchor: "Token", when: When) -> bool:
    """Whether an expression may speak of the anchor: no clause of its own parts them, by the words between or by the tree."""
    if when.span is None:
        return False
    between = min(anchor.idx + len(anchor), when.span.end), max(anchor.idx, when.span.start)
    if doc.has_annotation("DEP") and _in_other_relative(doc, anchor, when.span):
        return False
    if _distance(anchor, when) < _FAR and not _PARTING.search(text_of(doc), *between):
        return True
    if (
        _RELATIVE.search(text_of(doc), *between)
        or not doc.has_annotation("DEP")
        or (token := root_of(doc, when.span.start, when.span.end)) is None
    ):
        return False
    own = {t.i for t in climb(anchor)}
    parted = any(t.dep_.lower() in _CLAUSE_LINKS and t.tag_ not in ("VBG", "VBN") for t in climb(anchor))
    return not parted and all(t.i in own for t in climb(token) if t.dep_.lower() in _CLAUSE_LINKS)


def _in_other_relative(doc: "Doc", anchor: "Token", span: Span) -> bool:
    """Whether an expression stands in a relative clause that the anchor is no part of ("the quake, which struck on 20 May")."""
    token = root_of(doc, span.start, span.end)
    own = {t.i for t in climb(anchor)}
    return token is not None and any(t.dep_.lower() == "acl:relcl" and t.i not in own for t in climb(token))


# ---------------------------------------------------------------- without an expression


def _helpers(verb: "Token") -> set[str]:
    return {c.lower_ for c in verb.children if c.dep_.lower() in ("aux", "aux:pass", "cop")}


def _is_past(anchor: "Token") -> bool:
    """Whether the anchor reports something that has happened by the time of writing."""
    for step in climb(anchor):
        words = _helpers(step)
        if words & AHEAD_MODALS and "have" not in words:
            return False
        if step.tag_ == "VBD" or words & {"was", "were", "has", "have", "had", "been", "'ve", "’ve"}:
            return True
        if step.tag_ == "VBN" and step.i == anchor.i and not words & {"be", "is", "are", "being"}:
            return True
        if step.tag_ == "VB" or step.dep_.lower() in ("acl", "acl:relcl"):
            return False
    return False


def _is_main(anchor: "Token") -> bool:
    """Whether the anchor, or the verb whose subject or object it is, opens a main clause in the simple past."""
    for step in climb(anchor):
        words, link = _helpers(step), step.dep_.lower()
        bare = (
            step.tag_ == "VBN" and not words and any(c.dep_.lower() == "nsubj" for c in step.children)
        )  # a past tense tagged as participle
        simple = step.tag_ == "VBD" or bare or (step.tag_ == "VBN" and bool(words & {"was", "were"}))
        recent = (
            bool(words & {"has", "have"}) and step.tag_ in ("VBN", "VBD") and (step.lemma_.lower() in _SAYING or _is_lead(step))
        )
        if (simple and "had" not in words) or recent:
            dynamic = step.lemma_.lower() not in _STATES and not words & AHEAD_MODALS
            said = step.lemma_.lower() in _SAYING - _LIGHT and step.i != anchor.i and anchor.dep_.lower() in ("obj", "nmod")
            leads = _heads_sentence(step) or (
                link == "advcl" and _is_beside(step) and step.head.i != step.i and _is_main(step.head)
            )
            return dynamic and leads and not said
        if link not in ("nsubj", "nsubj:pass", "obj", "obl", "xcomp", "compound", "nmod") and not (
            link in ("advcl", "ccomp") and step.tag_ == "VBG"
        ):
            return False
    return False


def _is_beside(verb: "Token") -> bool:
    """Whether a clause tells of the time of the one above it ("spoke before they met")."""
    return any(c.dep_.lower() == "mark" and c.lower_ in ("before", "after", "as", "when", "while") for c in verb.children)


def _heads_sentence(verb: "Token") -> bool:
    """Whether a verb is that of the main clause, or joined to it; who says so may follow ("Two boats sank, the coast guard said")."""
    for step in climb(verb):
        link = step.dep_.lower()
        if link == "ccomp" and step.i < step.head.i and step.head.lemma_.lower() in _SAYING:
            return _heads_sentence(step.head)
        if link not in ("conj", "parataxis"):
            return link == "root"
    return False


def _is_lead(verb: "Token") -> bool:
    """Whether a verb stands in the first line that is a sentence: the perfect is there what the past is elsewhere ("has resigned")."""
    if any(c.lower_ == "since" for part in verb.children for c in (part, *part.children)):
        return False
    text = text_of(verb.doc)
    above = text[: text.rfind("\n", 0, verb.idx) + 1]
    return not any(line.rstrip().endswith((".", "!", "?", ".”", '."')) for line in above.splitlines())


def _carried(times: DocumentTimes, anchor: "Token", start: int) -> When | None:
    """The single day that the paragraph's earlier sentences speak of, for a main clause that says something."""
    text = text_of(times.doc)
    paragraph = paragraph_start(text, start)
    if not _is_main(anchor) or anchor.lemma_.lower() not in _SAYING or paragraph >= start:
        return None
    days = {(w.start, w.end): w for e, w in times.timed(paragraph, start) if not in_quotation(text, e.start)}
    only = next(iter(days.values())) if len(days) == 1 else None
    if only is None or only.start is None or only.start != only.end:
        return None
    return When(text=only.text, span=only.span, start=only.start, end=only.end, precision=only.precision, basis=Basis.CONTEXT)


def _tells_news(times: DocumentTimes, anchor: "Token", start: int) -> bool:
    """Whether the present tense of a headline tells what has just been done ("Union sues mayor")."""
    told = anchor.tag_ == "VBZ" and anchor.lemma_.lower() not in _STATES and not _helpers(anchor)
    return told and _is_headline(text_of(times.doc), start, anchor, stop=True)


def _by_publication(times: DocumentTimes, anchor: "Token", start: int) -> When | None:
    published = times.published
    last = as_date(published.end) if published is not None else None
    if last is None or published is None:
        return None
    first = as_date(published.start)
    fresh = first is not None and (last - first).days < _WEEK and not in_quotation(text_of(times.doc), anchor.idx)
    fresh = fresh and not any(c.lower_ in _OVER_TIME for c in anchor.children)
    if first is not None and fresh and (_is_main(anchor) or _is_headline(text_of(times.doc), start, anchor)):
        precision = Precision.DAY if (last - first).days <= 1 else Precision.WEEK
        return to_when(Reach(shift(first, -1), last, precision), basis=Basis.PUBLICATION)
    return to_when(Reach(None, last, Precision.UNKNOWN), basis=Basis.PUBLICATION)


def _is_headline(text: str, start: int, anchor: "Token", *, stop: bool = False) -> bool:
    """Whether the sentence is the first line of the text and ends without a full stop; where ``stop``, it may have one at its end."""
    end = text.find("\n", start)
    line = text[start : len(text) if end < 0 else end].rstrip()
    return (
        not text[:start].strip()
        and len(line) < 160
        and (". " not in line if stop else not line.endswith("."))
        and anchor.tag_ in ("VBZ", "VBD", "VBN")
        and not _in_relative(anchor)
    )


def _in_relative(anchor: "Token") -> bool:
    """Whether a verb stands in a clause that only says who somebody is ("mayor who slapped guard")."""
    return anchor.dep_.lower() == "acl:relcl" and any(c.tag_ in ("WP", "WDT") for c in anchor.children)


def _by_now(anchor: "Token", published: When | None) -> When | None:
    """What is going on is going on by the time of writing; plans and wishes have no time of their own."""
    if published is None or published.end is None:
        return None
    for step in climb(anchor):
        words = _helpers(step)
        if words & AHEAD_MODALS or "to" in words or step.tag_ == "VB":
            return None
        if step.tag_ in ("VBZ", "VBP"):
            return When(end=published.end, basis=Basis.PUBLICATION)
    return None
