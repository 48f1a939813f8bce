"""Times counted from a happening: "two days after the vote", "on Sunday, five days after the boat sank", "on the eve of the summit".

Such words date two things: what the main clause tells, and the happening that is counted from.  Where one of the two has a day (in the
same sentence, or in another one of the report that speaks of the happening by the same word), the other follows.
"""

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from crossread.reading.days import Direction, Reach, back, shift
from crossread.reading.directions import climb
from crossread.reading.doc_text import text_of
from crossread.reading.noun_phrases import PhraseTokens
from crossread.reading.timeforms import amount, unit
from crossread.reading.timewords import Expression
from crossread.reading.when import DocumentTimes, as_date, resolved, to_when
from crossread.records import Span, When
from crossread.vocabulary import Basis, Precision

if TYPE_CHECKING:
    from spacy.tokens import Token

Timed = tuple[Expression, When]

COUNTING = frozenset(("day_later", "day_before"))
_CLAUSE_AFTER = re.compile(r"\s+(?!\W|and\b|or\b|but\b)", re.IGNORECASE)
_STOP = re.compile(r"[,;:.!?“”\"()\n]|\s[–—-]\s")
_APPOSED = re.compile(r"\s*(?:[,–—-]\s*)?(?:just\s+|only\s+|some\s+|about\s+)?", re.IGNORECASE)
_PARTED = re.compile(
    r"[,;:“”\"]|\n\s*\n|\n(?=[ \t]*(?-i:[A-Z][a-z]))"
    r"|\b(?:said|says|told|who|which|where|that|after|before|because|while|when|if|but|whose|since|until|than|although|though)\b",
    re.IGNORECASE,
)
_WHICH = re.compile(r"[^,;:.!?“”\"()\n]{1,80},\s+(?:which|who|held)\b[^,;:.!?“”\"()\n]{0,80}", re.IGNORECASE)


def opens_clause(text: str, expression: Expression) -> bool:
    """ "A day after the raid": what follows is the happening that is counted from."""
    if expression.rule.name not in COUNTING:
        return False
    words = text[expression.start : expression.end].lower()
    return words.endswith(("after", "before")) and _CLAUSE_AFTER.match(text, expression.end) is not None


def counted(times: DocumentTimes, expression: Expression, before: Timed | None, following: Timed | None) -> When | None:
    """When "two days after the vote" is: counted from the day of the vote, or the day that the words before it name.

    ``before`` and ``following`` are the neighbouring expressions of the sentence.
    """
    text = text_of(times.doc)
    if following is not None and _is_day(following[1]) and _belongs(text, expression, following[0]):
        return _not_to_come(times, expression, resolved(times, expression, following[1]))
    if following is not None and _is_stretch(following[1]) and _belongs(text, expression, following[0]):
        later = _moved(times, expression, following[1], -_sign(text, expression))
        return _not_to_come(times, expression, later) if later is not None else None
    if before is not None and _is_day(before[1]) and _APPOSED.fullmatch(text, before[0].end, expression.start):
        span = (expression.start, expression.end)
        return replace_span(before[1], text, span)
    told = _day_told_of(times, expression)
    return _not_to_come(times, expression, resolved(times, expression, told)) if told is not None else None


def _not_to_come(times: DocumentTimes, expression: Expression, when: When) -> When | None:
    """A day after publication only where the clause looks ahead: else the day counted from was of another week."""
    last = times.published.end if times.published is not None else None
    late = last is not None and when.start is not None and when.start > last
    return None if late and times.direction(expression) is not Direction.FUTURE else when


def replace_span(when: When, text: str, span: tuple[int, int]) -> When:
    """The same days under other words."""
    return When(
        text=text[slice(*span)], span=Span(*span), start=when.start, end=when.end, precision=when.precision, basis=Basis.CONTEXT
    )


def _belongs(text: str, expression: Expression, following: Expression) -> bool:
    """Whether an expression dates the happening that is counted from: "after Monday's vote", "after the vote, which was held on Monday"."""
    if _STOP.search(text, expression.end, following.start) is None:
        return True
    return _WHICH.fullmatch(text, expression.end, following.start) is not None


def of_complement(text: str, expression: Expression, timed: list[Timed]) -> bool:
    """Whether an expression is part of what another one counts from: it does not date the main clause."""
    return any(opens_clause(text, e) and e.end <= expression.start and _belongs(text, e, expression) for e, _ in timed)


def _is_day(when: When) -> bool:
    return when.start is not None and when.start == when.end


def _is_stretch(when: When) -> bool:
    """A week, a month or a year with both its ends."""
    return when.start is not None and when.end is not None and when.start < when.end and when.precision is not Precision.DAY


def _day_told_of(times: DocumentTimes, expression: Expression) -> When | None:
    """The one day that other sentences of the report give the happening that is counted from, by the same word."""
    happening = _counted_from(times, expression)
    if happening is None or happening.pos_ != "NOUN":
        return None
    from crossread.reading.timing import day_in_sentence, sentence_bounds

    own, lemma = sentence_bounds(happening), happening.lemma_.lower()
    days = {}
    for other in times.doc:
        if other.lemma_.lower() == lemma and other.pos_ in ("NOUN", "VERB") and sentence_bounds(other) != own:
            when = day_in_sentence(times, other)
            if when is not None and _is_day(when):
                days[when.start] = when
    return next(iter(days.values())) if len(days) == 1 else None


def _counted_from(times: DocumentTimes, expression: Expression) -> "Token | None":
    """The noun or verb after "two days after": what its last word belongs to."""
    inside = PhraseTokens.of(times.doc).indices(Span(expression.start, expression.end))
    last = times.doc[inside[-1]] if inside else None
    return last.head if last is not None and last.head.i > last.i else None


def before_clause(times: DocumentTimes, anchor: "Token", expression: Expression, timed: list[Timed]) -> When | None:
    """The time of what follows "a day after": that long before the main clause, which tells of a named day or of that of publication."""
    text = text_of(times.doc)
    if not opens_clause(text, expression) or anchor.idx < expression.end or _PARTED.search(text, expression.end, anchor.idx):
        return None
    happening = _counted_from(times, expression) if times.doc.has_annotation("DEP") else None
    if happening is not None and all(t.i != happening.i for t in climb(anchor)):
        return None
    when = next(w for e, w in timed if e is expression)
    own = next((w for e, w in timed if e.start >= expression.end and _is_stretch(w) and _belongs(text, expression, e)), None)
    if own is not None:
        return own  # "two weeks after the assault began in March"
    if _is_day(when):
        base: When | None = when
    else:
        outside = (w for e, w in timed if _is_day(w) and (e.end <= expression.start or _STOP.search(text, expression.end, e.start)))
        base = next(outside, None if _in_by_clause(times, expression) else times.published)
    day = as_date(base.end) if base is not None and base.start == base.end else None
    if day is None:
        return None
    low, high, name = _length(expression)
    sign = _sign(text, expression)
    first, last = sorted((back(day, sign * low, name), back(day, sign * high, name)))
    precision = Precision.DAY if name in ("day", "night") else when.precision
    return to_when(Reach(first, last, precision), text=when.text, span=when.span, basis=Basis.RELATIVE)


def _in_by_clause(times: DocumentTimes, expression: Expression) -> bool:
    """Whether the words belong to a clause that tells something by the way ("who was held three days after the protests began")."""
    happening = _counted_from(times, expression) if times.doc.has_annotation("DEP") else None
    if happening is None or happening.head.i == happening.i:
        return False
    verb = next((t for t in climb(happening.head) if t.pos_ in ("VERB", "AUX")), None)
    return verb is not None and verb.dep_.lower() in ("acl:relcl", "acl", "advcl")


def _length(expression: Expression) -> tuple[float, float, str]:
    """(least, most, unit) of "two or three days after"."""
    groups = expression.match.groupdict()
    low, high = amount((groups.get("n") or "one").lower())
    return low, high, unit(groups.get("u") or "day")


def _sign(text: str, expression: Expression) -> int:
    """Which way the happening lies that is counted from: 1 back ("after"), -1 ahead ("before")."""
    return 1 if text[expression.start : expression.end].lower().endswith("after") else -1


def _moved(times: DocumentTimes, expression: Expression, when: When, sign: int) -> When | None:
    """A month, a year or another stretch, as long before (1) or after (-1) as the expression says."""
    start, end = as_date(when.start), as_date(when.end)
    if start is None or end is None:
        return None
    low, high, name = _length(expression)
    ends = (back(day, sign * n, name) for day, n in ((start, low), (start, high), (end, low), (end, high)))
    days = sorted(ends)
    span = Span(expression.start, expression.end)
    return to_when(Reach(days[0], days[-1], when.precision), text=span.of(text_of(times.doc)), span=span, basis=Basis.RELATIVE)


def eve_of(anchor: "Token") -> "Token | None":
    """The verb of "collapsed on the eve of the summit", seen from the summit."""
    eve = anchor.head
    return eve.head if eve.lower_ == "eve" and eve.i < anchor.i and eve.head.i != eve.i else None


def day_after(when: When | None) -> When | None:
    """The days one later: a summit on whose eve something happened."""
    start, end = (as_date(when.start), as_date(when.end)) if when is not None else (None, None)
    if when is None or start is None or end is None or when.precision is not Precision.DAY:
        return None
    return to_when(Reach(shift(start, 1), shift(end, 1), Precision.DAY), text=when.text, span=when.span, basis=when.basis)


def without_start(expression: Expression) -> Expression:
    """The expression without its "since": "the deadliest since 2019, when 52 died"."""
    return (
        replace(expression, op="")
        if expression.op in ("since", "until", "before", "after") and expression.to is None
        else expression
    )
