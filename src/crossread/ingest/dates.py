"""Publication dates: lines that hold nothing but a date, and dates in metadata."""

import datetime
import re
from typing import NamedTuple

from crossread.calendar_words import MONTHS as FULL
from crossread.records import When
from crossread.vocabulary import Basis, Precision

MONTHS = {name: number for number, month in enumerate(FULL, start=1) for name in (month, month[:3])} | {"sept": 9}
_MONTH = "(?P<{0}>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_DAY = r"(?P<{0}>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<{0}>(?:19|20)\d\d)"
_DATE = re.compile(
    "|".join(
        (
            r"\b"
            + _YEAR.format("y1")
            + r"[-/.](?P<m1>[01]?\d)[-/.](?P<d1>[0-3]?\d)(?:[T ]\d\d:\d\d(?::\d\d)?(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?)?",
            r"\b" + _MONTH.format("m2") + r" ?" + _DAY.format("d2") + r",? {0,2}" + _YEAR.format("y2"),
            r"\b" + _DAY.format("d3") + r"[ -]?(?:of )?" + _MONTH.format("m3") + r"[ ,-]{0,3}" + _YEAR.format("y3"),
            r"\b(?P<a4>[0-3]?\d)[/.-](?P<b4>[0-3]?\d)[/.-]" + _YEAR.format("y4"),
        )
    ),
    re.IGNORECASE,
)
_AROUND = re.compile(
    r"\b(?:first |last |originally |date |article )?(?:published|updated|posted|last updated|modified|created|added|released|issued"
    r"|date|time|edited|filed|uploaded|publication|dated?|pub)\b"
    r"|\b(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?\b\.?"
    r"|\b[0-2]?\d[:.h][0-5]\d(?:[:.][0-5]\d)?(?: ?hrs?\b)?|\b[01]?\d ?(?=[ap]\.?m)|\b[ap]\.?m\b\.?"
    r"|\b(?:utc|gmt|bst|[ecmp][sd]?t|ist|cest|aest|aedt|eet|msk|edt|est|local time|hours?|hrs)\b(?: ?[+-] ?\d{1,2}(?::?\d\d)?)?"
    r"|\b(?:at|on|of|the|as|last|first|a|days?|weeks?|months?|years?|mins?|minutes?|ago|modified on|this article is more than)\b"
    r"|[-+]\d\d:?\d\d\b",
    re.IGNORECASE,
)
_PUNCTUATION = re.compile(r"[\s|,.;:/()\[\]·•–—−\-+>@]+")
_UPDATED = re.compile(r"updat|modif|amend|edit", re.IGNORECASE)
_RELATIVE = re.compile(
    r"(?:(?:last )?(?:published|updated|posted) )?(?:\d{1,3}|an?|one|two|three) "
    r"(?:second|minute|min|hour|hr|day|week|month|year)s? ago",
    re.IGNORECASE,
)
_ISO = re.compile(r"\s*((?:19|20)\d\d)-?(\d\d)-?(\d\d)(?!\d)")
_PLACE = re.compile(r"[A-Z][A-Z'’]{2,24}(?: [A-Z][A-Z'’]{1,24}){0,3}")
LONGEST_DATE_LINE = 140


class DateLine(NamedTuple):
    """A line that holds a date and nothing of its own beside it; ``day`` is ``None`` where the order of day and month is open."""

    day: str | None
    text: str
    is_update: bool


def _iso(year: str, month: str | int, day: str) -> str | None:
    try:
        return datetime.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def _day_of(found: re.Match[str]) -> str | None:
    if found["y1"]:
        return _iso(found["y1"], found["m1"], found["d1"])
    if found["y2"]:
        return _iso(found["y2"], MONTHS[found["m2"].lower()], found["d2"])
    if found["y3"]:
        return _iso(found["y3"], MONTHS[found["m3"].lower()], found["d3"])
    first, second = int(found["a4"]), int(found["b4"])
    if first > 12:
        return _iso(found["y4"], second, found["a4"])
    if second > 12 or first == second:
        return _iso(found["y4"], first, found["b4"])
    return None


def find_dates(text: str) -> list[DateLine]:
    """Full dates (day, month, year) in a short text, in order."""
    dates = []
    for found in _DATE.finditer(text[:1000]):
        before = text[max(0, found.start() - 30) : found.start()]
        dates.append(DateLine(_day_of(found), found[0], bool(_UPDATED.search(before))))
    return dates


def read_date_line(line: str) -> DateLine | None:
    """The date of a line that holds a date, at most a place in capitals, and no more ("Published: 6 May 2011, 18.30 BST")."""
    if len(line) > LONGEST_DATE_LINE:
        return None
    if _RELATIVE.fullmatch(line.strip()):
        return DateLine(None, line.strip(), True)
    dates = find_dates(line)
    if not dates:
        return None
    rest = _PUNCTUATION.sub(" ", _AROUND.sub(" ", _DATE.sub(" ", line))).strip()
    if rest and not _PLACE.fullmatch(rest):
        return None
    return next((d for d in dates if not d.is_update and d.day), dates[0])


def published_on(day: str | None, text: str | None, basis: Basis) -> When | None:
    """A publication day as a record, ``None`` where no day is known."""
    if day is None:
        return None
    return When(text=text, start=day, end=day, precision=Precision.DAY, basis=basis)


def parse_published(value: object) -> When | None:
    """Publication date as metadata give it: an ISO date or time, or a written date; the day as printed, in its own time zone."""
    if value is None or isinstance(value, bool):
        return None
    if isinstance(value, datetime.date):
        value = value.isoformat()
    if isinstance(value, int | float):
        return _from_seconds(float(value))
    text = str(value).strip()
    found = _ISO.match(text)
    if found is not None:
        day = _iso(found[1], found[2], found[3])
        if day is not None:
            return published_on(day, text, Basis.PUBLICATION)
    day = next((d.day for d in find_dates(text) if d.day), None)
    if day is not None:
        return published_on(day, text, Basis.PUBLICATION)
    return _partial(text)


def _partial(text: str) -> When | None:
    """A year, or a year and a month."""
    found = re.fullmatch(r"((?:19|20)\d\d)(?:-(\d\d))?", text)
    if found is None:
        return None
    year, month = int(found[1]), int(found[2] or 0)
    if not month:
        return When(text=text, start=f"{year}-01-01", end=f"{year}-12-31", precision=Precision.YEAR, basis=Basis.PUBLICATION)
    if month > 12:
        return None
    first = datetime.date(year, month, 1)
    last = datetime.date(year + month // 12, month % 12 + 1, 1) - datetime.timedelta(days=1)
    return When(text=text, start=first.isoformat(), end=last.isoformat(), precision=Precision.MONTH, basis=Basis.PUBLICATION)


def _from_seconds(value: float) -> When | None:
    seconds = value / 1000 if value > 1e11 else value
    if not 0 < seconds < 4e9:
        return None
    moment = datetime.datetime.fromtimestamp(seconds, datetime.UTC)
    return published_on(moment.date().isoformat(), moment.isoformat(), Basis.PUBLICATION)
