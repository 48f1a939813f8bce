"""When a report was written, as far as linking can tell: its date of publication, else the dates that its text prints.

A date without a year says nothing about the year but much about the season: a report that looks ahead to the 25th of February was not
written beside one of October.
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from crossread.records import Document

_MONTHS = "january february march april may june july august september october november december".split()  # noqa: SIM905
_MONTH_STARTS = tuple(m[:3] for m in _MONTHS)
_MONTH = (
    r"(?P<{0}>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DAY = r"(?P<{0}>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_YEAR = r"(?: ?,? (?P<{0}>(?:19|20)\d\d)\b)?"
_MONTH_FIRST = rf"\b{_MONTH.format('m1')} {_DAY.format('d1')}(?!\d|:|,\d){_YEAR.format('y1')}"
_DAY_FIRST = rf"\b{_DAY.format('d2')} {_MONTH.format('m2')}\b{_YEAR.format('y2')}"
_DATE = re.compile(f"{_MONTH_FIRST}|{_DAY_FIRST}", re.IGNORECASE)
_IN_MONTH = re.compile(rf"\b[Ii]n (?:early |late |mid-?)?{_MONTH.format('m3')}(?: of|,)? (?P<y3>(?:19|20)\d\d)\b")
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()  # noqa: SIM905
_RELATIVE = re.compile(rf"\b(?:(last|next) )?({'|'.join(_WEEKDAYS)})\b|\b(today|yesterday)\b", re.IGNORECASE)
_AHEAD = re.compile(
    r"\b(?:will|shall|won['’]t|would|(?:may|might|could)(?! have)|tomorrow|going to|due"
    r"|set to|slated|scheduled|expected|(?:hopes?|plans?|intends?) to|(?:is|are) to"
    r"|(?:is|are) (?:gathering|meeting|holding|travell?ing|arriving|voting|flying|convening|returning|hosting))\b"
    r"(?:(?!, (?:after|but|which|who)\b)(?:[^.;:\"“”\n]|:(?=\d)|\.(?=m\. )|(?<=\.m)\.)){0,60}$",
    re.IGNORECASE,
)
"""Words before a weekday by which it is still to come; a comma that opens another clause, or a quotation mark, ends their reach."""
_NEXT = re.compile(
    r"\b(?:(?:to|should|must) (?:cancel|postpone|delay|attend|skip|boycott|join|scrap|call off)|upcoming|ahead of"
    r"|(?:begins?|starts?|opens?|kicks? off|convenes?|resumes?|concludes?|takes? place)(?: (?:in|at) (?:[A-Z][\w'’-]{0,30} ?){1,3})?)"
    r" (?:(?:the|a|his|her|their|its|on|from) ){0,2}$"
)
"""The same right before it: "begins on Monday", "to cancel the Monday session"."""
_THEN = re.compile(
    r"['’]s (?:expected|planned|scheduled|upcoming|forthcoming|proposed) [a-z]"
    r"|(?:['’]s(?: [a-z]{1,20}){1,2})? [\"“]?(?:should|will|must|is (?:due|set|expected|scheduled|planned) to)\b"
)
"""And right behind it: "the talks on Monday should not go ahead", "Monday's vote will be close"."""
_AHEAD_REACH = 80
_YEAR_DAYS = 365.25
_NEAR_SEASON = 100.0
"""Days around a printed date within which a report may well have been written: visits are announced months ahead."""


class Dating(NamedTuple):
    """``day`` of publication as a number, where known; else ``seasons``, the days of the year that the text prints."""

    day: float | None
    seasons: tuple[int, ...] = ()


def dating_of(document: Document) -> Dating:
    """When a document was written: by its record, else by full dates in its opening, else by dates without a year."""
    when = document.published
    if when is not None and when.start is not None and when.end is not None:
        first, last = date.fromisoformat(when.start).toordinal(), date.fromisoformat(when.end).toordinal()
        if last - first <= 7:
            return Dating((first + last) / 2)
    full, seasons = _printed(document.text)
    opening = [day for at, day in full if at < 400]
    if opening:
        return Dating(float(max(opening)))
    return Dating(None, tuple(sorted(set(seasons))))


def _printed(text: str) -> tuple[list[tuple[int, int]], list[int]]:
    """Full dates with their offsets, and days of the year of those without a year."""
    full, seasons = [], []
    for match in _DATE.finditer(text):
        month = _month(match["m1"] or match["m2"])
        day, year = int(match["d1"] or match["d2"]), match["y1"] or match["y2"]
        try:
            found = date(int(year) if year else 2000, month, day)
        except ValueError:  # the 30th of February
            continue
        if year:
            full.append((match.start(), found.toordinal()))
        else:
            seasons.append(found.timetuple().tm_yday)
    return full, seasons


def _month(name: str) -> int:
    return next(n for n, month in enumerate(_MONTHS, 1) if month.startswith(name[:3].lower()))


def days_apart(a: Dating, b: Dating) -> float | None:
    """Days between two reports; for an undated one at least how many, by the season of its dates; ``None`` where unknown."""
    if a.day is not None and b.day is not None:
        return abs(a.day - b.day)
    first, second = _seasons(a), _seasons(b)
    if not first or not second:
        return None
    nearest = min(_around(x, y) for x in first for y in second)
    return nearest if nearest > _NEAR_SEASON else None


def _seasons(dating: Dating) -> Sequence[int]:
    return (date.fromordinal(int(dating.day)).timetuple().tm_yday,) if dating.day is not None else dating.seasons


def _around(x: int, y: int) -> float:
    gap = abs(x - y) % _YEAR_DAYS
    return min(gap, _YEAR_DAYS - gap)


def printed_days(sentence: str, published: int) -> list[int]:
    """Days that a sentence names, as numbers: dates, the nearest year where none is given, weekdays and "yesterday".

    A weekday is the last of that name, or the next one where its clause looks ahead ("will meet on Friday").
    """
    found = []
    low = sentence.lower()
    for match in _DATE.finditer(sentence) if any(month in low for month in _MONTH_STARTS) else ():
        year = match["y1"] or match["y2"] or _year_behind(sentence, match.end(), published)
        day = _nearest(_month(match["m1"] or match["m2"]), int(match["d1"] or match["d2"]), year, published)
        if day is not None:
            found.append(day)
    for match in _RELATIVE.finditer(sentence) if "day" in low else ():
        if match[3]:
            found.append(published - (match[3].lower() == "yesterday"))
        else:
            found.append(_weekday(sentence, match, published))
    return sorted(set(found))


_OF_YEAR = re.compile(r",?\s(?:of\s)?(last|this|next)\syear(?![\w’'-])")


def _year_behind(sentence: str, at: int, published: int) -> str | None:
    """The year that "last year" and the like behind a date mean."""
    found = _OF_YEAR.match(sentence, at)
    if found is None:
        return None
    return str(date.fromordinal(published).year + {"last": -1, "this": 0, "next": 1}[found[1]])


def printed_months(sentence: str) -> list[tuple[int, int]]:
    """First and last days of the months that a sentence names with their years as when something was ("in May 2031")."""
    found = set()
    for match in _IN_MONTH.finditer(sentence):
        month, year = _month(match["m3"]), int(match["y3"])
        found.add((date(year, month, 1).toordinal(), date(year + month // 12, month % 12 + 1, 1).toordinal() - 1))
    return sorted(found)


def _weekday(sentence: str, match: re.Match[str], published: int) -> int:
    """The day, as a number, that a weekday of a sentence means."""
    today, named = date.fromordinal(published).weekday(), _WEEKDAYS.index(match[2].lower())
    back, which = (today - named) % 7, (match[1] or "").lower()
    if which == "next":
        return published - today + 7 + named
    if which == "last":
        return published - (back or 7)
    reach = (max(0, match.start() - _AHEAD_REACH), match.start())
    ahead = back and (_THEN.match(sentence, match.end()) or _AHEAD.search(sentence, *reach) or _NEXT.search(sentence, *reach))
    return published - back + (7 if ahead else 0)


def date_words(text: str) -> tuple[str, ...]:
    """The words by which a text names days, lower-case, in order."""
    found = [*_DATE.finditer(text), *_RELATIVE.finditer(text)]
    return tuple(m.group().lower() for m in sorted(found, key=lambda m: m.start()))


def _nearest(month: int, day: int, year: str | None, published: int) -> int | None:
    """The day as a number; without a year the one that lies nearest, days ahead counted double."""
    here = date.fromordinal(published).year
    options = []
    for candidate in (int(year),) if year else (here - 1, here, here + 1):
        try:
            options.append(date(candidate, month, day).toordinal())
        except ValueError:
            continue
    nearest = min(options, key=lambda d: published - d if d <= published else 2 * (d - published) + 5, default=None)
    if (month, day) == (9, 11) and not year and here > 2001 and nearest is not None and published - nearest > _ITS_SEASON:
        return date(2001, 9, 11).toordinal()
    return nearest


_ITS_SEASON = 60
"""Days after an eleventh of September beyond which the one of 2001 is meant, where no year is told."""
