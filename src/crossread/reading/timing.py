"""Which time expression belongs to a predicate, and what the publication date says where none does.

`time_of` looks in this order: the expression that hangs from the predicate or its clause; the only expression of the sentence that no
clause or quotation mark parts from it; the one day that the paragraph speaks of; the publication date.  A main clause in the simple past
without a time tells of the day of publication or the one before, as news does; anything else that has happened is bounded by publication.
"""

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from crossread.reading.bearing import in_quotation, may_speak_of, paragraph_start
from crossread.reading.counting import COUNTING, before_clause, day_after, eve_of, of_complement, opens_clause, without_start
from crossread.reading.days import Direction, shift
from crossread.reading.directions import climb, direction_of, root_of
from crossread.reading.doc_text import text_of
from crossread.reading.news_days import LIGHT, SAYING, by_now, by_publication, helpers, is_main, is_past, tells_news, told_clause
from crossread.reading.retold import told_before
from crossread.reading.timewords import Expression
from crossread.reading.when import DocumentTimes, as_date
from crossread.records import Span, When
from crossread.vocabulary import Basis, Precision

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Timed = tuple[Expression, When]

_PREDICATES = frozenset(("VERB", "AUX"))
_CAUSING = frozenset(
    ("force", "prompt", "cause", "lead", "compel", "push", "drive", "manage", "begin", "start", "continue", "proceed", "help")
)
"""Of what an infinitive tells that has come about with them ("forced to resign")."""
_RESULTING = frozenset(
    ("spark", "prompt", "cause", "trigger", "force", "draw", "kill", "wound", "injure", "leave", "destroy", "damage", "provoke")
)
"""What something has for its outcome."""
_SCHEDULING = frozenset(("schedule", "plan", "set", "slate", "expect", "book"))
"""Participles whose day is that of the noun before them ("the speech, scheduled for 3 March, was arranged")."""
_CLAUSE_LINKS = frozenset(("ccomp", "advcl", "acl", "acl:relcl", "parataxis", "csubj", "csubj:pass"))
_OWN_CLAUSE = frozenset(("ccomp", "acl:relcl", "parataxis", "csubj"))
_PARTING = re.compile(
    r"[;:“”\"]|\n\s*\n|\n(?=[ \t]*(?-i:[A-Z][a-z]))"
    r"|\b(?:said|says|told|who|which|where|that|after|before|because|while|when|if|but|whose|since|until|than|although|though)\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"[“”\"]|\n\s*\n|\b(?:who|which|where|whose)\b", re.IGNORECASE)
_FAR = 140
_STEPS = 6
"""So many verbs may be followed from one to the next."""


def time_of(times: DocumentTimes, anchor: "Token", *, steps: int = 0) -> When | None:
    """The time of the happening that a predicate reports; ``steps`` is how many verbs have been followed to it."""
    if (main := eve_of(anchor)) is not None:
        return day_after(time_of(times, main))
    start, end = sentence_bounds(anchor)
    timed = [p for p in times.timed(start, end) if may_speak_of(times.doc, anchor, p[0]) and not _is_to_come(times, anchor, p[1])]
    timed = [p for p in timed if not _is_of_participle(times, anchor, p)]
    found = _named(times, anchor, timed)
    if found is not None:
        return _by_saying(times, anchor, found) or found
    main = _main_of_when_clause(anchor) or _told_clause(anchor) or _when_clause_behind(anchor) or _where_clause(anchor)
    named = day_in_sentence(times, main) if main is not None else None
    if named is not None:
        return named
    if (
        anchor.dep_.lower() == "ccomp"
        and anchor.head.lemma_.lower() in SAYING
        and any(c.dep_.lower() == "cop" for c in anchor.children)
    ):
        return time_of(times, anchor.head)  # "said on Monday that it was ready": a state holds when it is told
    told_by = _cause_of(anchor) or _followed_from(anchor)
    if told_by is not None and steps < _STEPS:
        return time_of(times, told_by, steps=steps + 1)
    joined = _joined_to(anchor)
    shared = time_of(times, joined, steps=steps + 1) if joined is not None and steps < _STEPS else None
    if shared is not None and shared.start is not None and shared.basis is not Basis.PUBLICATION:
        return shared
    if not is_past(anchor):
        if tells_news(times, anchor, start):
            return by_publication(times, anchor, start)
        return by_now(anchor, times.published)
    carried = None if timed else _carried(times, anchor, start)
    carried = carried or _by_saying(times, anchor) or (None if timed else told_before(times, anchor))
    return carried or by_publication(times, anchor, start, told_of=_opening_time(times, timed))


def _is_to_come(times: DocumentTimes, anchor: "Token", when: When) -> bool:
    """Whether a time lies after publication while the verb tells what was done ("called for a rally on 14 July", written in June), or
    reaches beyond it while the verb says something ("the report says that targets hold through 2042")."""
    start, end = as_date(when.start), as_date(times.published.end) if times.published is not None else None
    if end is None or anchor.tag_ not in ("VBD", "VBZ", "VBP"):
        return False
    last = as_date(when.end)
    if last is not None and last > shift(end, 7) and anchor.lemma_.lower() in SAYING - LIGHT and not helpers(anchor):
        return True
    if start is None or start <= shift(end, 1) or anchor.tag_ != "VBD":
        return False
    return not any(c.dep_.lower() == "xcomp" or c.lower_ in ("to", "n't", "not") for c in anchor.children)


def _is_of_participle(times: DocumentTimes, anchor: "Token", timed: Timed) -> bool:
    """Whether a day gone by is that of a participle before it, while the verb looks ahead ("will free 12 men seized on 3 May")."""
    expression, when = timed
    last, published = as_date(when.end), as_date(times.published.start) if times.published is not None else None
    if last is None or published is None or last >= published or expression.start < anchor.idx:
        return False
    between = takewhile(lambda t: t.idx < expression.start, (anchor.doc[i] for i in range(anchor.i + 1, len(anchor.doc))))
    done = next((t for t in between if t.tag_ == "VBN" and t.dep_.lower() == "acl"), None)
    return done is not None and direction_of(anchor) is Direction.FUTURE


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


def _cause_of(anchor: "Token") -> "Token | None":
    """The verb of which what an infinitive tells came about ("the raid forced them to flee")."""
    verb = anchor
    while verb.dep_.lower() == "conj" and verb.head.i < verb.i and verb.tag_ == "VB":
        verb = verb.head
    above = verb.head
    came = verb.tag_ == "VB" and verb.dep_.lower() in ("xcomp", "ccomp", "advcl") and above.i < verb.i
    done = above.tag_ in ("VBD", "VBN", "VBG") and not any(c.lower_ in ("not", "n't", "n’t") for c in above.children)
    goes_on = above.lemma_.lower() == "go" and any(c.lower_ == "on" for c in above.children)
    return above if came and done and (goes_on or above.lemma_.lower() in _CAUSING) else None


def _joined_to(anchor: "Token") -> "Token | None":
    """The verb before one that shares its subject ("was in May 2029, when he seized and sold it")."""
    head = anchor.head
    if anchor.dep_.lower() != "conj" or anchor.tag_ != "VBD" or head.tag_ != "VBD" or head.i > anchor.i:
        return None
    own = any(c.dep_.lower() in ("nsubj", "nsubj:pass") for c in anchor.children) or helpers(anchor)
    return None if own else head


def _followed_from(anchor: "Token") -> "Token | None":
    """What a relative clause by the way tells the outcome of ("the ban was lifted, a step that sparked protests")."""
    verb = next((t for t in climb(anchor) if t.tag_[:2] == "VB"), None)
    if (
        verb is None
        or verb.tag_ != "VBD"
        or verb.dep_.lower() not in ("acl:relcl", "advcl")
        or verb.lemma_.lower() not in _RESULTING
    ):
        return None
    subject = next((c for c in verb.children if c.dep_.lower() == "nsubj" and c.lower_ in ("that", "which")), None)
    if subject is None or not (
        anchor.doc[subject.i - 1].text == "," or verb.head.dep_.lower() in ("appos", "obl:unmarked", "parataxis")
    ):
        return None
    return next((t for t in climb(verb.head) if t.tag_[:2] == "VB"), verb.head)


def _where_clause(anchor: "Token") -> "Token | None":
    """The verb of the place of which a clause tells more ("came to Velm on Sunday, where she met the mayor")."""
    verb = anchor.head if anchor.dep_ == "conj" and anchor.head.i < anchor.i else anchor
    where = (
        verb.tag_ == "VBD"
        and verb.dep_.lower() in ("acl:relcl", "advcl")
        and any(c.lower_ == "where" and c.i < verb.i for c in verb.children)
    )
    return verb.head if where and not any(c.lower_ == "had" for c in verb.children) else None


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
        finite = step.tag_ not in ("VBG", "VBN") or "had" in helpers(step)
        if link in _OWN_CLAUSE or (link in ("advcl", "acl") and finite):
            return None
    return None


def _attached(predicate: "Token", heads: list[tuple["Token", When]]) -> When | None:
    """The first expression whose nearest predicate is this one."""
    for token, when in heads:
        if token.i == predicate.i:
            continue
        for step in (token, *climb(token.head)):
            if step.i == predicate.i:
                return when
            if _tells_who(step):
                break
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
    if doc.has_annotation("DEP") and (_in_other_relative(doc, anchor, when.span) or _in_aside_of_noun(doc, anchor, when.span)):
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


def _tells_who(step: "Token") -> bool:
    """Whether a word opens an apposition by an office, of which a time in it then tells ("Dret, mayor from 2021 to 2026, said")."""
    return step.dep_.lower() == "appos" and step.head.pos_ == "PROPN" and step.pos_ == "NOUN"


def _in_aside_of_noun(doc: "Doc", anchor: "Token", span: Span) -> bool:
    """Whether an expression dates an office in apposition, or the noun that is "scheduled for" it, and not the anchor's clause."""
    token = root_of(doc, span.start, span.end)
    own = {t.i for t in climb(anchor)}
    if token is None:
        return False
    for step in (token, *climb(token.head)):
        due = step.dep_.lower() == "acl" and step.tag_ == "VBN" and step.lemma_.lower() in _SCHEDULING
        if step.i not in own and (_tells_who(step) or (due and step.head.i != anchor.i)):
            return True
    return False


def _in_other_relative(doc: "Doc", anchor: "Token", span: Span) -> bool:
    """Whether an expression stands in a relative clause that the anchor is no part of ("the quake, which struck on 20 May")."""
    token = root_of(doc, span.start, span.end)
    own = {t.i for t in climb(anchor)}
    return token is not None and any(t.dep_.lower() == "acl:relcl" and t.i not in own for t in climb(token))


# ---------------------------------------------------------------- without an expression


def _by_saying(times: DocumentTimes, anchor: "Token", found: When | None = None) -> When | None:
    """The day of a dated saying and the one before, for the news that is its content ("said on Monday that gunmen fired").

    ``found`` is the expression that may date the anchor: where it is not that of the saying, it does.
    """
    saying = told_clause(anchor) if is_main(anchor) else None
    day = day_in_sentence(times, saying) if saying is not None else None
    start = as_date(day.start) if day is not None and day.start == day.end else None
    if saying is None or day is None or start is None:
        return None
    if found is not None:
        token = root_of(times.doc, found.span.start, found.span.end) if found.span is not None else None
        if token is None or token.i > anchor.i or _attached(saying, [(token, found)]) is None:
            return None
    first = shift(start, -1).isoformat()
    return When(text=day.text, span=day.span, start=first, end=day.end, precision=Precision.DAY, basis=Basis.CONTEXT)


def _opening_time(times: DocumentTimes, timed: list[Timed]) -> When | None:
    """The time that a sentence sets at its beginning or in its main clause, though no verb of it was found to have it."""
    for expression, when in timed:
        token = root_of(times.doc, expression.start, expression.end)
        if token is not None and not expression.op and not any(t.dep_.lower() in _CLAUSE_LINKS for t in climb(token)):
            return when
    return None


def _carried(times: DocumentTimes, anchor: "Token", start: int) -> When | None:
    """The single day that the paragraph's earlier sentences speak of, for a main clause that says something."""
    text = text_of(times.doc)
    paragraph = paragraph_start(text, start)
    if not is_main(anchor) or anchor.lemma_.lower() not in SAYING or paragraph >= start:
        return None
    days = {(w.start, w.end): w for e, w in times.timed(paragraph, start) if not in_quotation(text, e.start)}
    only = next(iter(days.values())) if len(days) == 1 else None
    if only is None or only.start is None or only.start != only.end:
        return None
    return When(text=only.text, span=only.span, start=only.start, end=only.end, precision=only.precision, basis=Basis.CONTEXT)
