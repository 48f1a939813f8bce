"""Of what a time expression may speak: not of what lies on the other side of quotation marks, brackets or dashes, nor of what only names it."""

import re
from typing import TYPE_CHECKING

from crossread.reading.dated_names import is_of_happening
from crossread.reading.datelines import dateline_end
from crossread.reading.directions import root_of
from crossread.reading.doc_text import text_of
from crossread.reading.timewords import Expression

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_DATELINE = 60
"""Characters of a line before a date that may be the place of a dateline."""
_JUDGING = frozenset((
    "call", "cancel", "postpone", "delay", "condemn", "criticise", "criticize", "investigate", "denounce", "mourn", "review", "praise",
    "blame", "welcome", "reject", "describe", "discuss", "protest", "remember", "accuse", "link", "probe", "defend", "deplore"
))  # fmt: skip
"""What is done about a happening on another day than its own."""
_CHARGING = frozenset(("accuse", "charge", "indict", "blame", "suspect", "convict", "sue", "prosecute"))
_CHARGE = re.compile(r"\b(?:of|for|with|over)\s(?:(?:repeatedly|illegally|allegedly|also)\s)?[a-z]{3,20}ing\b[^,;:“”\"]{0,140}$")
"""What stands between them and the charge, of which a year or a whole date then tells ("accused of hacking the ministry in 2029")."""
_RESULTING = frozenset(
    (
        "kill",
        "wound",
        "injure",
        "leave",
        "destroy",
        "claim",
        "displace",
        "topple",
        "oust",
        "hit",
        "lead",
        "start",
        "begin",
        "devastate",
    )
)
"""What a happening does when it happens ("the 2006 bombing killed nine")."""
_SET_APART = re.compile(r"\([^()\n]{2,90}\)|\s(--|–|—)\s[^.!?\n–—]{2,90}?\s\1\s")
_RANKED = re.compile(r"\b(?:first|second|third|fourth|fifth|sixth|most|worst|[a-z]{3,}est)\b[^.;:“”\"]{0,60}$", re.IGNORECASE)
"""Before "since 2029": the third of its kind since then."""
_WHEN_AFTER = re.compile(r",?\s+when\b")
_COMPARED = re.compile(
    r"\b(?:than\s+(?:(?:during|in|on|it\s+was|they\s+were)\s+)?(?:the\s+)?|(?:from|with)\s+[\d.,]+%?\s+(?:(?!and\b|to\b)[a-z]+\s+)?(?:on\s+|in\s+)?)$",
    re.IGNORECASE,
)
_NAMING = frozenset(("compound", "nmod:poss", "amod", "nummod", "det"))
_APART = frozenset(("after", "before", "since", "following", "until"))
_TIMES_OF = frozenset((
    "night", "morning", "evening", "afternoon", "day", "week", "weekend", "month", "year", "start", "beginning", "end", "middle", "close",
    "eve", "course"
))  # fmt: skip
"""What is itself a time ("on the night of 3 April")."""
_FEW_WORDS = 36  # characters of a quotation that is part of the reporter's own sentence


def paragraph_start(text: str, at: int) -> int:
    """Where the paragraph of a place begins: after a blank line, or a line end that follows the end of a sentence."""
    start = text.rfind("\n", 0, at)
    while start > 0 and text[start - 1] not in '.!?:”"’)\n\r \t':
        start = text.rfind("\n", 0, start)
    return start + 1


def in_quotation(text: str, at: int) -> bool:
    """Whether a place in a text lies in a quotation of its paragraph; a few words in quotation marks are none."""
    start = paragraph_start(text, at)
    if text.count("“", start, at) > text.count("”", start, at):
        opened, closed = text.rfind("“", start, at), text.find("”", at)
    elif text.count('"', start, at) % 2 == 1:
        opened, closed = text.rfind('"', start, at), text.find('"', at)
    else:
        return False
    return closed < 0 or closed - opened > _FEW_WORDS


def _is_in_dateline(doc: "Doc", text: str, expression: Expression) -> bool:
    """Whether a date stands before the dash of a dateline: it is the day of writing ("LOMUND, May 16 - Rebels shelled the port on Monday")."""
    line = text.rfind("\n", 0, expression.start) + 1
    line += len(text[line : expression.start]) - len(text[line : expression.start].lstrip())
    if expression.start - line > _DATELINE or not text[line : line + 2].isupper():
        return False
    opening = doc.char_span(line, expression.start, alignment_mode="expand")
    if opening is None:
        return False
    words = [t.text for t in doc[opening.start : opening.start + 30]]
    dash = dateline_end(words, 0, len(words))
    return dash is not None and doc[opening.start + dash].idx >= expression.end


def may_speak_of(doc: "Doc", anchor: "Token", expression: Expression) -> bool:
    """Words inside a quotation do not date what stands outside, nor the other way round; a comparison dates nothing."""
    text = text_of(doc)
    if _is_in_dateline(doc, text, expression):
        return False
    if anchor.lemma_.lower() in _JUDGING and anchor.pos_ == "VERB" and _inside_name(doc, anchor, expression):
        return False
    if (
        anchor.lemma_.lower() in _CHARGING
        and (expression.to or expression).is_absolute
        and _CHARGE.search(text, anchor.idx, expression.start)
    ):
        return False
    if _is_in_aside(text, anchor, expression) or _is_kept_by_others(doc, anchor, expression):
        return False
    if is_of_happening(text, expression):
        return _is_of_year(doc, anchor, expression)
    if (
        text[max(0, expression.start - 3) : expression.start].lower() == "of "
        or text[expression.start : expression.start + 3].lower() == "of "
    ):
        return _is_of_dated(doc, anchor, expression)
    if _names_elsewhere(doc, anchor, expression):
        return False
    if expression.op == "since" and _RANKED.search(text, max(0, expression.start - 70), expression.start):
        return _WHEN_AFTER.match(text, expression.end) is not None
    if _COMPARED.search(text, max(0, expression.start - 24), expression.start):
        return False
    return in_quotation(text, anchor.idx) == in_quotation(text, expression.start)


_KEEPING = frozenset(("celebrate", "mark", "observe", "commemorate", "keep", "enjoy", "ban", "cancel", "spend"))


def _is_kept_by_others(doc: "Doc", anchor: "Token", expression: Expression) -> bool:
    """Whether a feast is what another verb than the anchor keeps ("agreed to let them celebrate Christmas")."""
    if "feast" not in expression.rule.name or not doc.has_annotation("DEP"):
        return False
    token = root_of(doc, expression.start, expression.end)
    kept = token is not None and token.dep_.lower() == "obj" and token.head.lemma_.lower() in _KEEPING
    return kept and token is not None and token.head.i != anchor.i


def _is_in_aside(text: str, anchor: "Token", expression: Expression) -> bool:
    """Whether an expression stands in brackets or between dashes and the anchor does not ("Brek -- in power since 1981 -- has appointed")."""
    found = next(
        (
            m
            for m in _SET_APART.finditer(text, max(0, expression.start - 90), min(len(text), expression.end + 90))
            if m.start() < expression.start and expression.end < m.end()
        ),
        None,
    )
    return found is not None and not found.start() <= anchor.idx < found.end()


def _is_of_year(doc: "Doc", anchor: "Token", expression: Expression) -> bool:
    """Whether a bare year speaks of the anchor: it is part of its name, or of what the anchor lies in ("fought in Velm's 2006 war")."""
    token = root_of(doc, expression.start, expression.end)
    if token is None or token.head.i in (anchor.i, token.i):
        return True
    named = token.head
    if named.dep_.lower() == "nsubj" and named.head.i == anchor.i and anchor.lemma_.lower() in _RESULTING:
        return True
    return named.head.i == anchor.i and any(c.dep_.lower() == "case" and c.lower_ in ("in", "during") for c in named.children)


def _is_of_dated(doc: "Doc", anchor: "Token", expression: Expression) -> bool:
    """Whether a date behind "of" speaks of the anchor: it is its own, or that of what takes part in it, not of what is spoken of
    ("raised money for the victims of the flood of 26 May", "condemned the raid of Monday night")."""
    token = root_of(doc, expression.start, expression.end)
    if token is None or token.head.i in (anchor.i, token.i) or token.head.pos_ not in ("NOUN", "PROPN"):
        return True
    dated = token.head
    if dated.lemma_.lower() in _TIMES_OF:
        return True
    return dated.head.i == anchor.i and not (anchor.pos_ == "VERB" and anchor.lemma_.lower() in _JUDGING)


def _names_elsewhere(doc: "Doc", anchor: "Token", expression: Expression) -> bool:
    """Whether a day only names what came before or after the anchor ("attacked the town after the 7 July bombings")."""
    token = root_of(doc, expression.start, expression.end)
    if token is None or token.dep_.lower() not in _NAMING or token.head.i == anchor.i or token.head.pos_ not in ("NOUN", "PROPN"):
        return False
    return token.head.head.i == anchor.i and any(c.lower_ in _APART for c in token.head.children)


def _inside_name(doc: "Doc", anchor: "Token", expression: Expression) -> bool:
    """ "Condemned Monday's attack": the day belongs to what is spoken of."""
    token = root_of(doc, expression.start, expression.end)
    return token is not None and token.dep_.lower() in ("nmod:poss", "compound", "amod") and token.head.i != anchor.i
