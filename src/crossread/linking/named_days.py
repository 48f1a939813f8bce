"""Days that the words of a sentence name: as its reading resolved them, and, where no record carries them, by their words alone.

The expressions are those of `crossread.reading.timewords`; linking has no parse, so that a weekday that no record carries looks back unless
the words around it look ahead.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import NamedTuple
from weakref import WeakKeyDictionary

from crossread.calendar_words import MONTHS, WEEKDAYS, looks_ahead, month_number, number_of_day, weekday_number
from crossread.linking.sentences import Sentence
from crossread.reading.days import Direction, month_of
from crossread.reading.timeforms import View, group
from crossread.reading.timewords import Expression, scan
from crossread.records import Attribution, Event, Figure, When
from crossread.vocabulary import Basis, Precision

_RANGES = frozenset(("range_mdy_year", "range_dmy_year", "range_mdy", "range_dmy"))
_DAYS = _RANGES | {"nine_eleven", "mdy", "dmy", "md", "dm", "weekday"}
"""Forms of expression that name days, save those that count from another day, and the stamps of machines ("2031-05-06")."""
_FIRST, _LAST = frozenset(("since", "from", "after")), frozenset(("until", "till", "by", "before", "through"))

Read = Mapping[str, int]
"""Words of a sentence, lower-case, and the day as a number to which the reading of the report resolved them."""


class NamedDays(NamedTuple):
    """An expression of a text and the days, as numbers, that it names: two for a range, none where it leaves them open."""

    expression: Expression
    days: tuple[int, ...]


@lru_cache(maxsize=8192)
def _expressions(text: str) -> tuple[tuple[Expression, ...], tuple[Expression, ...]]:
    """Expressions of a text that name days, and those that name a month with its year."""
    if _NAMES.search(text.lower()) is None:
        return (), ()
    found = tuple(scan(text))
    return tuple(e for e in found if _names_days(e)), tuple(e for e in found if e.rule.name == "month_year")


_NAMES = re.compile("|".join(("day", "9/11", *(name[:3] for name in MONTHS))))
"""What a text in lower case holds that names a day or a month: quicker than the grammar."""


def _names_days(found: Expression) -> bool:
    name = found.rule.name
    return name in _DAYS or (name == "near_day" and _TODAY.match(found.match[0]) is not None)


_TODAY = re.compile(r"(?:(?:late|early|earlier|later)\s+)?(?:yesterday|today)\b", re.IGNORECASE)
"""The day of writing and the one before; "tonight" and "this morning" are words of live talk, which seldom tells what happened."""


def day_expressions(text: str) -> tuple[Expression, ...]:
    """Expressions of a text that name days, in order."""
    return _expressions(text)[0]


def named_days(text: str, published: int, read: Read | None = None) -> Iterator[NamedDays]:
    """Each expression of a text that names days, with them, seen from the day of publication."""
    written = date.fromordinal(published)
    for found in day_expressions(text):
        known = _known(found, text, read) if read else None
        yield NamedDays(found, _by_words(found, text, written) if known is None else (known,))


def _known(found: Expression, text: str, read: Read) -> int | None:
    """The day to which the reading resolved an expression, or another one that names the same weekday."""
    day = read.get(text[found.start : found.end].lower())
    is_bare = day is None and found.rule.name == "weekday" and not found.match["q"]
    return read.get(found.match["w"].lower()) if is_bare else day


def days_named(text: str, published: int, read: Read | None = None) -> list[int]:
    """The days that a text tells of, as numbers, each once, the first day first: not one that but ends a stretch ("closed until Friday")."""
    return sorted({day for found, days in named_days(text, published, read) if not _ends_a_stretch(found, text) for day in days})


def _ends_a_stretch(found: Expression, text: str) -> bool:
    return found.op in _LAST and _OWNS.match(text, found.end) is None


_OWNS = re.compile(r"\s?['’]s\b")
"""Behind a day of which something is told to be ("before Friday's vote")."""


def days_of_sentence(sentence: Sentence, text: str | None = None, *, published: int | None = None) -> list[int]:
    """The days that a sentence names, or a part of its words, seen from the day of its report, or another where one is given."""
    words = sentence.text if text is None else text
    if published is None and sentence.published is not None:
        published = date.fromisoformat(sentence.published).toordinal()
    return days_named(words, published, days_read(sentence)) if published is not None and day_expressions(words) else []


def days_told(sentence: Sentence) -> Iterator[tuple[Expression, int | None]]:
    """Each expression of a sentence that names one day, with it; without, where its report has no date."""
    if sentence.published is None:
        yield from ((found, None) for found in day_expressions(sentence.text) if found.to is None)
    elif day_expressions(sentence.text):
        published = date.fromisoformat(sentence.published).toordinal()
        for found, days in named_days(sentence.text, published, days_read(sentence)):
            if len(days) == 1:
                yield found, days[0]


def words_at(found: Expression) -> tuple[int, int]:
    """Where the name of the day itself stands, words before it left out ("on", "late last", a weekday before a date)."""
    match = found.match
    starts = [match.start(name) for name in "wmd" if match.groupdict().get(name)]
    return (min(starts, default=match.start()), match.end())


def _by_words(found: Expression, text: str, written: date) -> tuple[int, ...]:
    """The days of an expression without a parse."""
    name = found.rule.name
    direction = None
    if name == "weekday":
        direction = Direction.FUTURE if looks_ahead(text, *found.match.span("w")) else Direction.PAST
    reach = found.rule.make(found.match, View(written, direction))
    more = () if found.to is None or not _names_days(found.to) else _by_words(found.to, text, written)
    if reach is None or reach.start is None or reach.end is None:
        return more
    ends = (reach.start.toordinal(), reach.end.toordinal())
    if ends[0] == ends[1]:
        return (ends[0], *more)
    return (*ends, *more) if name in _RANGES else more


def months_in(text: str) -> list[tuple[int, int]]:
    """First and last days of the months that a text names with their years as when something was ("in May 2031")."""
    found = set()
    for expression in _expressions(text)[1]:
        if not expression.op and _IN.match(expression.match[0]) is not None:
            month = month_of(int(expression.match["y"]), month_number(expression.match["m"]))
            if month.start is not None and month.end is not None:
                found.add((month.start.toordinal(), month.end.toordinal()))
    return sorted(found)


_IN = re.compile(r"(?:in|during)\s", re.IGNORECASE)


def day_words(text: str) -> tuple[str, ...]:
    """The words by which a text names days, lower-case, in order, without what part of the day it was."""
    return tuple(_words(e.match) for e in day_expressions(text))


def _words(match: re.Match[str]) -> str:
    return " ".join(filter(None, (group(match, name) for name in "qmdeyw"))) or match[0].lower()


# ---------------------------------------------------------------- what the reading resolved


def days_read(sentence: Sentence) -> Read:
    """Words of a sentence for days that its records carry, and these days; words that mean two are left out."""
    known = _READ.get(sentence)
    if known is None:
        known = _READ[sentence] = days_of_whens(_whens(sentence))
    return known


_READ: WeakKeyDictionary[Sentence, Read] = WeakKeyDictionary()
"""What sentences said when they were asked first."""


def _whens(sentence: Sentence) -> Iterator[When]:
    records: tuple[Event | Attribution | Figure, ...] = (*sentence.events, *sentence.attributions, *sentence.figures)
    for when in (record.when for record in records):
        if when is not None and (when.span is None or sentence.span.covers(when.span)):
            yield when


def days_of_whens(whens: Iterable[When]) -> Read:
    """Words for days and the day to which a reading resolved each; words that mean two are left out."""
    found: dict[str, set[int]] = {}
    for when in whens:
        for words, day in _as_read(when):
            found.setdefault(words, set()).add(day.toordinal())
    return {words: next(iter(days)) for words, days in found.items() if len(days) == 1}


def _as_read(when: When) -> Iterator[tuple[str, date]]:
    """Words of a time, and the bare name of its weekday, with the day that they mean.

    What a record was dated by may lie beside the day of its words ("on 27 January, the eve of the protests").
    """
    if when.precision is not Precision.DAY or when.basis is Basis.PUBLICATION:
        return
    found = day_expressions(when.text or "")
    if len(found) != (when.text is not None):
        return
    op = found[0].op if found else ""
    first, last = (when.end if op in _LAST else when.start), (when.start if op in _FIRST else when.end)
    day = date.fromisoformat(first) if first is not None and first == last else None
    if day is None or (found and not _is_named(found[0], day)):
        return
    if not found or (found[0].rule.name == "weekday" and not found[0].match["q"]):
        yield WEEKDAYS[day.weekday()], day
    if when.text is not None:
        yield when.text.lower(), day


def _is_named(told: Expression, day: date) -> bool:
    """Whether a day is one of those that a weekday, or a date without a year, may mean."""
    if told.rule.name == "weekday":
        return day.weekday() == weekday_number(told.match["w"])
    is_date = told.rule.name in ("md", "dm")
    return is_date and (day.month, day.day) == (month_number(told.match["m"]), number_of_day(told.match["d"]))
