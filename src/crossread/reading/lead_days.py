"""The day of a report that is dated a day early: its opening tells of what happened on the weekday that comes after its date.

Papers print and pages are dated where it is still Monday what happened "early on Tuesday" elsewhere.  An opening tells what is new,
so that its bare "Tuesday", told in the past, is the day after the date and not that of the week before.  So is "early Tuesday" behind what
was done on Monday, the day of the date.
"""

import re
from collections.abc import Iterable
from datetime import date, timedelta

from crossread.calendar_words import weekday_number
from crossread.reading.days import Direction
from crossread.reading.timewords import Expression

OPENING = 1500
"""Characters of a report in which its news is told."""
_LEAD = 500
"""Characters in which the news alone says that the report is dated a day early."""
_FIRST_HOURS = re.compile(r"\b(?:early(?: on)?|into|midnight)\s$")
_STARTS = re.compile(r"(?:^|[.!?:\n]|[”\"])\s*$")
_OWNS = re.compile(r"['’]s?\b")


def weekday_of(found: Expression) -> int | None:
    """The weekday that an expression names by itself (Monday is 0): not "last Tuesday", nor a span that it opens or ends."""
    if found.rule.name != "weekday" or found.match["q"] or found.op not in ("", "by") or found.to is not None:
        return None
    return weekday_number(found.match["w"])


def is_news(text: str, found: Expression, direction: Direction | None, published: date) -> bool:
    """Whether an expression of the opening tells in the past of the weekday after the date of publication.

    "On Tuesday, ..." at the start of a sentence and "Tuesday's fire" may look back.
    """
    return (
        weekday_of(found) == (published + timedelta(days=1)).weekday()
        and direction is Direction.PAST
        and _STARTS.search(text, max(0, found.start - 4), found.start) is None
        and 0 < found.start < _LEAD
        and _OWNS.match(text, found.end) is None
    )


def is_next_night(text: str, found: Expression, direction: Direction | None, before: list[int | None], published: date) -> bool:
    """Whether an expression tells of the first hours after the day of publication, of which the report told by its weekday before."""
    return (
        weekday_of(found) == (published + timedelta(days=1)).weekday()
        and direction is not Direction.FUTURE
        and published.weekday() in before
        and _FIRST_HOURS.search(text, max(0, found.start - 10), found.start) is not None
    )


def late_weekday(text: str, opening: Iterable[tuple[Expression, Direction | None]], published: date | None) -> int | None:
    """The weekday (Monday is 0) that a report means where it names the one after its date, if its opening says so."""
    if published is None:
        return None
    before: list[int | None] = []
    for found, direction in opening:
        if is_news(text, found, direction, published) or is_next_night(text, found, direction, before, published):
            return (published + timedelta(days=1)).weekday()
        before.append(weekday_of(found))
    return None
