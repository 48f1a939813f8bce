"""When something happened: time expressions of news resolved to intervals, and the interval that belongs to a predicate.

A weekday looks back unless its clause looks ahead.  Without a publication date relative expressions keep open ends; nothing
here knows
today's date.  `find_whens`, `resolve`, `document_window` and `event_when` are the calls that other layers use.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from crossread.calendar_words import looks_ahead, month_number, number_of_day
from crossread.reading import lead_days
from crossread.reading.asked_for import DATES, is_asked_for
from crossread.reading.days import NOWHERE, Direction, Reach, one_day, shift
from crossread.reading.directions import climb, direction_of, is_told_of, root_of
from crossread.reading.doc_text import text_of
from crossread.reading.time_parts import whole_dates
from crossread.reading.timeforms import group
from crossread.reading.timewords import Expression, parse, resolve_reach, scan
from crossread.records import Document, Span, When
from crossread.vocabulary import Basis, Precision

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_ADJOURNING = frozenset((
    "adjourn", "suspend", "extend", "postpone", "delay", "remand", "ban", "bar", "prolong", "renew", "defer", "push", "put", "move", "give"
))  # fmt: skip
"""What is done up to a day to come ("adjourned until 9 July")."""


_AHEAD_OF = re.compile(
    r"\b(?:ahead|in\s+advance)\s+of\s(?:[^,.;:!?“”\"()\n]|(?<=Mr)\.|(?<=Mrs)\.|(?<=Dr)\.|(?<=Gen)\.){0,70}$", re.IGNORECASE
)
"""Before the day of what is to come ("met ahead of Thursday's vote")."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeContext:
    """What an expression is read against beside the publication date.

    ``direction`` says which way the clause looks; ``reference`` is the day that "the next day" counts from.
    """

    direction: Direction | None = None
    reference: When | None = None


NO_CONTEXT = TimeContext()


def as_date(day: str | None) -> date | None:
    """The date of an ISO day."""
    return date.fromisoformat(day) if day else None


def _window(when: When | None) -> tuple[date | None, date | None]:
    return (None, None) if when is None else (as_date(when.start), as_date(when.end))


def _reach_of(when: When | None) -> Reach:
    return NOWHERE if when is None else Reach(as_date(when.start), as_date(when.end), when.precision)


def to_when(reach: Reach, *, text: str | None = None, span: Span | None = None, basis: Basis) -> When:
    """A record of a reach."""
    start, end = reach.start, reach.end
    if start is not None and end is not None and start > end:
        start = end = None
    return When(
        text=text,
        span=span,
        start=start.isoformat() if start else None,
        end=end.isoformat() if end else None,
        precision=reach.precision,
        basis=basis,
    )


def _when_on(day: date) -> When:
    return When(start=day.isoformat(), end=day.isoformat(), precision=Precision.DAY)


def _day_later(when: When | None) -> When | None:
    start, end = _window(when)
    return None if start is None or end is None else to_when(one_day(shift(end, 1)), basis=Basis.PUBLICATION)


def _resolved(found: Expression, published: When | None, context: TimeContext, *, text: str, span: Span | None) -> When:
    reach = resolve_reach(found, _window(published), context.direction, _reach_of(context.reference))
    if found.is_absolute:
        basis = Basis.STATED
    else:
        basis = Basis.CONTEXT if context.reference is not None and found.rule.name in BY_REFERENCE else Basis.RELATIVE
    return to_when(reach, text=text, span=span, basis=basis)


BY_REFERENCE = frozenset(("next_day", "day_later", "day_before", "that_day"))


def resolve(expression: str, published: When | None, context: TimeContext = NO_CONTEXT) -> When:
    """The interval of one expression such as ``"next Tuesday"``; words that are no time expression give an unknown interval.

    >>> resolve("last week", When(start="2021-06-16", end="2021-06-16")).start
    '2021-06-07'
    """
    found = parse(expression)
    if found is None:
        return When(text=expression, basis=Basis.RELATIVE)
    return _resolved(found, published, context, text=expression, span=None)


# ---------------------------------------------------------------- expressions of a document


class DocumentTimes:
    """The time expressions of one document, resolved in order, sentence by sentence."""

    def __init__(self, doc: "Doc", published: When | None) -> None:
        self.doc = doc
        self.published = published
        self._parsed = bool(doc.has_annotation("DEP"))
        self._counting = False
        self._late: int | None = None
        self._dates: dict[tuple[int, int], set[int]] | None = None
        self._found: dict[tuple[int, int], tuple[Expression, ...]] = {}
        self._known: dict[tuple[int, int], tuple[tuple[Expression, When], ...]] = {}

    def within(self, start: int, end: int) -> tuple[When, ...]:
        """Expressions of ``[start, end)``; what stands before is read too, for "the next day" counts from it."""
        return tuple(when for _, when in self.timed(start, end))

    def expressions(self, start: int, end: int) -> tuple[Expression, ...]:
        """Expressions of ``[start, end)``, looked for once."""
        found = self._found.get((start, end))
        if found is None:
            found = self._found[start, end] = tuple(scan(text_of(self.doc), start, end))
        return found

    def timed(self, start: int, end: int) -> tuple[tuple[Expression, When], ...]:
        """Expressions of ``[start, end)`` and what they resolve to."""
        known = self._known.get((start, end))
        if known is not None:
            return known
        found = self.expressions(start, end)
        reference = self._reference_before(start) if any(e.rule.name in BY_REFERENCE for e in found) else None
        pairs: list[tuple[Expression, When]] = []
        for n, expression in enumerate(found):
            when = self._counted(expression, pairs, found[n + 1 : n + 2])
            when = when or self.when_of(expression, None if self._counts_from_clause(expression) else reference)
            pairs.append((expression, when))
            if when.start is not None and (_is_single(when) or _is_coarse(expression, when)):
                reference = when
        made = self._known[start, end] = tuple(pairs)
        return made

    def _counts_from_clause(self, found: Expression) -> bool:
        """Whether "three days after" is followed by what it counts from, so that no day named before is."""
        from crossread.reading import counting

        return found.rule.name in counting.COUNTING and counting.opens_clause(text_of(self.doc), found)

    def _counted(self, found: Expression, before: list[tuple[Expression, When]], after: tuple[Expression, ...]) -> When | None:
        """What "two days after the vote" resolves to, where the report tells the day of the vote."""
        from crossread.reading import counting

        if found.rule.name not in counting.COUNTING or self._counting or not self._parsed:
            return None
        if not counting.opens_clause(text_of(self.doc), found):
            return None
        self._counting = True
        following = (after[0], self.when_of(after[0], None)) if after else None
        made = counting.counted(self, found, before[-1] if before else None, following)
        self._counting = False
        return made

    def when_of(self, found: Expression, reference: When | None) -> When:
        """What one expression resolves to; ``reference`` is the day that "the next day" counts from."""
        span = Span(found.start, found.end)
        context = TimeContext(direction=self.direction(found), reference=reference if _fits(found, reference) else None)
        written = self.published
        if context.direction is not Direction.FUTURE and lead_days.weekday_of(found) == self._late_weekday():
            written = _day_later(written)
        written = self._year_told(found, context.direction) or written
        return _resolved(found, written, context, text=span.of(text_of(self.doc)), span=span)

    def _year_told(self, found: Expression, direction: Direction | None) -> When | None:
        """The day that a date without a year means where the report prints it with one ("in a letter of 7 March 2003 ... on 7 March")."""
        if found.rule.name not in ("md", "dm") or found.op or found.to is not None or direction is Direction.FUTURE:
            return None
        if group(found.match, "w"):
            return None
        if self._dates is None:
            self._dates = {}
            for whole in whole_dates(text_of(self.doc)):
                self._dates.setdefault((whole.month, whole.day), set()).add(whole.year)
        month, day = month_number(found.match["m"]), number_of_day(found.match["d"])
        years = self._dates.get((month, day), set())
        return _when_on(date(min(years), month, day)) if len(years) == 1 else None

    def _late_weekday(self) -> int:
        """The weekday of the report where its date is a day early; -1 where nothing says so."""
        if self._late is None:
            start, end = _window(self.published)
            text = text_of(self.doc)
            opening = ((f, self.direction(f)) for f in scan(text, 0, min(len(text), lead_days.OPENING)))
            late = lead_days.late_weekday(text, opening, end if start == end else None)
            self._late = -1 if late is None else late
        return self._late

    def _reference_before(self, start: int) -> When | None:
        """The last single day named before, in this paragraph or the one above."""
        text = text_of(self.doc)
        above = text.rfind("\n", 0, max(0, text.rfind("\n", 0, start)))
        above = text.rfind("\n", 0, max(0, above - 1)) + 1
        last = None
        for found in scan(text, above, start):
            when = self.when_of(found, last)
            if when.start is not None and (when.start == when.end or _is_coarse(found, when)):
                last = when
        return last

    def direction(self, found: Expression) -> Direction | None:
        """Which way the clause of an expression looks."""
        if found.is_absolute:
            return None
        if _AHEAD_OF.search(text_of(self.doc), max(0, found.start - 90), found.start):
            return Direction.FUTURE
        if self._parsed:
            token = root_of(self.doc, found.start, found.end)
            if token is not None:
                if found.rule.name in DATES and is_asked_for(token):
                    return Direction.FUTURE
                if found.rule.name == "weekday" and is_told_of(token):
                    return Direction.FUTURE
                until = found.op in ("until", "till") and any(t.lemma_.lower() in _ADJOURNING for t in climb(token.head))
                return Direction.FUTURE if until else direction_of(token)
        return Direction.FUTURE if looks_ahead(text_of(self.doc), found.start, found.end) else None


def _is_single(when: When) -> bool:
    return when.precision is Precision.DAY and when.start == when.end


def _is_coarse(found: Expression, when: When) -> bool:
    """Whether months or years may be counted from here ("in January and released three months later")."""
    return not found.op and when.end is not None and when.precision in (Precision.MONTH, Precision.YEAR)


def _fits(found: Expression, reference: When | None) -> bool:
    """Whether the unit of "two days later" is no finer than the time that it counts from."""
    if reference is None or _is_single(reference):
        return True
    if found.rule.name == "month":
        return group(found.match, "q") == "that"
    units = ("year", "decade") if reference.precision is Precision.YEAR else ("month", "year", "decade")
    return group(found.match, "u").rstrip("s") in units


def resolved(times: DocumentTimes, found: Expression, reference: When) -> When:
    """An expression counted from a day of the same report."""
    return times.when_of(found, reference)


def times_of(doc: "Doc", published: When | None) -> DocumentTimes:
    """The times of a document, made once per document and publication date."""
    held: Any = doc.user_data.get("crossread.times")
    if isinstance(held, DocumentTimes) and held.published == published and held.doc is doc:
        return held
    made = DocumentTimes(doc, published)
    doc.user_data["crossread.times"] = made
    return made


def find_whens(doc: "Doc", sentence: Span, published: When | None) -> tuple[When, ...]:
    """Time expressions of a sentence, resolved against the publication date, left to right."""
    return times_of(doc, published).within(sentence.start, sentence.end)


# ---------------------------------------------------------------- the whole document


def document_window(document: Document) -> When | None:
    """When a document was written: its publication date, else what a full date in its own first or last lines says (basis
    ``context``)."""
    if document.published is not None:
        return document.published
    text = document.text
    for start, end in ((0, min(len(text), 600)), (max(0, len(text) - 300), len(text))):
        for found in scan(text, start, end):
            if found.rule.name in ("iso", "mdy", "dmy") and not found.op and _is_date_line(text, found):
                when = _resolved(found, None, NO_CONTEXT, text=text[found.start : found.end], span=Span(found.start, found.end))
                return When(
                    text=when.text, span=when.span, start=when.start, end=when.end, precision=when.precision, basis=Basis.CONTEXT
                )
    return None


def _is_date_line(text: str, found: Expression) -> bool:
    """Whether a date stands in a short line of its own or in a dateline, not in a sentence that tells of another day."""
    start = text.rfind("\n", 0, found.start) + 1
    end = text.find("\n", found.end)
    line = text[start : len(text) if end < 0 else end]
    after = text[found.end : found.end + 12]
    return len(line) <= 90 or (found.start - start <= 40 and re.match(r"\s*(?:\([^)\n]{0,8}|[-–—:])", after) is not None)


# ---------------------------------------------------------------- the time of a predicate


def event_when(doc: "Doc", anchor: "Token", published: When | None) -> When | None:
    """When the happening that a predicate (verb or noun) reports took place; ``None`` where the text leaves it open.

    See `crossread.reading.timing` for the order in which it looks.
    """
    from crossread.reading.timing import time_of

    return time_of(times_of(doc, published), anchor)
