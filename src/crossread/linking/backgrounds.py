"""Which figures and sentences look back to something else than the matter at hand: other years, other incidents, other places."""

import re
from datetime import date, timedelta
from functools import lru_cache
from weakref import WeakKeyDictionary

from crossread.calendar_words import MONTH, month_number
from crossread.linking.sentences import Sentence
from crossread.records import Figure, When
from crossread.vocabulary import Basis

_YEAR = re.compile(r"(?<![\d,.$£€])(1[89]\d\d|20\d\d)(?:s\b)?(?![\d,]*\d)")
_MONTH = re.compile(rf"\b(?:in|last|since|of|late|early|mid|on|the|\d{{1,2}})[ -]({MONTH})(?= |,|$|'s)")
_BACK = re.compile(
    r"\b(?:last (?:year|month|summer|winter|spring|autumn|decade|century)|(?:years?|months?|decades?) (?:ago|earlier|before)"
    r"|earlier this (?:year|month)|previous(?:ly)? (?:attacks?|incidents?|accidents?|crash(?:es)?|strikes?)|in recent (?:years|months|decades)"
    r"|(?:worst|deadliest|biggest|largest|first) .{0,60}\bsince\b"
    r"|since the (?:start|beginning|outbreak) of the (?:war|conflict|uprising|crisis)"
    r"|anniversary|history of|the (?:civil )?war has|conflict has|over the (?:past|last) (?:\w+ )?(?:years?|months?|decades?)|so far this year"
    r"|similar (?:attack|incident|accident|crash|case)s?|a separate|another (?:attack|incident|accident|crash)"
    r"|wounds of|in the past (?:\w+ )?(?:years?|months?|decades?)|on that occasion)\b"
)
_OTHER = re.compile(
    r"\b(?:similar|separate|unrelated) (?:\w+ )?(?:attack|assault|incident|accident|crash|case|raid|strike|protest|shooting|blast|explosion)"
    r"|\bin (?:a|another) second (?:town|city|village|incident|attack)\b"
)
"""Words before a figure that say of a whole sentence that it is about another incident."""
_WINDOW = timedelta(days=21)
_COUNTING_ON = re.compile(
    r"\b(?:up from|from an earlier|revised|earlier (?:said|put|reported|toll|estimate)|previous (?:toll|count|figure))\b"
)


def looks_back(
    sentence: Sentence, figure: Figure | None = None, *, clause: str | None = None, since: date | None = None
) -> str | None:
    """Why a sentence (or a figure in it) speaks of an earlier or other matter; ``None`` when nothing says so.

    ``since`` is the day of the first report of the story: what is dated from then on is no background, however late the report.
    The reason names the year, month or words that tell, so that figures of one background incident share it.
    """
    if figure is None and clause is None and since is None:
        if sentence not in _SEEN:
            _SEEN[sentence] = _by_own_words(sentence.folded, _day(sentence.published), None)
        return _SEEN[sentence]
    published = _day(sentence.published)
    if figure is not None:
        other = _OTHER.search(sentence.folded, 0, max(0, figure.span.start - sentence.span.start))
        if other is not None:
            return other.group()
    if figure is not None and figure.when is not None and figure.when.basis is not Basis.PUBLICATION:
        if published is None or figure.when.end is None:
            pass
        elif min(published, since or published) - (_day(figure.when.end) or published) > _WINDOW:
            return f"dated {figure.when.end[:7]}"
        else:
            return None
    return _by_own_words(sentence.folded if clause is None else clause, published, since)


_SEEN: WeakKeyDictionary[Sentence, str | None] = WeakKeyDictionary()
"""What whole sentences said when they were asked first."""


def _by_own_words(text: str, published: date | None, since: date | None) -> str | None:
    if _COUNTING_ON.search(text):
        return None
    return _by_words(text, published, min(published, since or published) if published is not None else None)


@lru_cache(maxsize=16384)
def _by_words(text: str, published: date | None, since: date | None) -> str | None:
    for year in _YEAR.findall(text):
        if published is None or since is None or not since.year <= int(year) <= published.year:
            return f"in {year}"
    for name in _MONTH.findall(text):
        if published is not None and since is not None and not _near(month_number(name), since, published):
            return f"in {name}"
    found = _BACK.search(text)
    return found.group() if found else None


def _near(month: int, since: date, published: date) -> bool:
    """Whether a month lies between two days, three weeks before and after included."""
    first, last = since - _WINDOW, published + _WINDOW
    n_months = (last.year - first.year) * 12 + last.month - first.month
    return (month - first.month) % 12 <= n_months


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def disjoint(one: When | None, other: When | None) -> bool:
    """Whether two dates cannot be the same."""
    if one is None or other is None:
        return False
    return bool((one.end and other.start and one.end < other.start) or (other.end and one.start and other.end < one.start))


def days_between(one: When | None, other: When | None) -> int:
    """Days from the end of the earlier date to the start of the later one; 0 where they meet or nothing is known."""
    if one is None or other is None or not disjoint(one, other):
        return 0
    first, last = (one, other) if (one.end or "9999") < (other.start or "") else (other, one)
    if first.end is None or last.start is None:
        return 0
    return (date.fromisoformat(last.start) - date.fromisoformat(first.end)).days
