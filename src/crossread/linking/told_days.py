"""Days on which reports put one thing: the day beside a clause of one report against that beside the clause of another most like it."""

import re
from collections.abc import Iterator
from datetime import date

from crossread.linking.dating import printed_days
from crossread.linking.quantities import Quantity
from crossread.linking.sentences import Sentence
from crossread.linking.stems import stem

DAYS = ("day", "weekday", "date")
"""Kinds of days: of a report with a date; the day of the week, or of a month, of one without."""
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()  # noqa: SIM905
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()  # noqa: SIM905
_DIGIT = re.compile(r"\d")
_IN_MONTH = re.compile(rf"\d (?:{'|'.join(_MONTHS)})|\b(?:{'|'.join(_MONTHS)})[a-z.]{{0,7}} \d")
_DAY = re.compile(
    rf"\b(?:(?P<week>{'|'.join(_WEEKDAYS)})(?:,? (?:morning|afternoon|evening|night))?|(?P<near>today|yesterday)"
    rf"|(?P<month>{'|'.join(_MONTHS)})[a-z]{{0,6}}\.? (?P<day>[12]\d|3[01]|[1-9])(?:st|nd|rd|th)?(?!\d|,\d|:)"
    rf"|(?P<first>[12]\d|3[01]|[1-9])(?:st|nd|rd|th)? (?:of )?(?P<named>{'|'.join(_MONTHS)})[a-z]{{0,6}})\b(?!'s)"
)
_SAYING = re.compile(
    r"\b(?:said|says|saying|told (?:\w+ ){1,3}|announced|warned|called|added|reported|promised|confirmed|statement|tweeted|wrote"
    r"|according to [\w ]{2,30}?|news conference|interview|published|updated|posted)(?: \w+)?(?: (?:on|late|early|in))*,? $"
)
_SAYS = re.compile(r"[\w ]{0,18}\b(?:that|said|told)\b")
_REPEATED = re.compile(
    r"\b(?:again|still|another|second|third|every|each|daily|nightly|also|since|until|till|by|from|between|before|after) (?:on |last |this )?$"
)


def days_of(sentence: Sentence) -> Iterator[Quantity]:
    """The days that a sentence gives to what it tells, those of saying it left out."""
    folded = sentence.folded
    if "day" not in folded and (_DIGIT.search(folded) is None or _IN_MONTH.search(folded) is None):
        return
    published = date.fromisoformat(sentence.published).toordinal() if sentence.published else None
    for match in _DAY.finditer(folded):
        before = folded[max(0, match.start() - 50) : match.start()]
        if (
            sentence.text[match.start() : match.end()].isupper()
            or _SAYING.search(before)
            or _REPEATED.search(before)
            or before.endswith((" the ", "'s "))
        ):
            continue
        found = _day(match, folded, published)
        if found is not None:
            kind, number = found
            yield Quantity(sentence, match.start(), match.end(), kind, number, number, frozenset())


def _day(match: re.Match[str], folded: str, published: int | None) -> tuple[str, float] | None:
    if published is not None:
        days = printed_days(folded[max(0, match.start() - 60) : match.end()], published)
        own = printed_days(match.group(), published)
        days = [d for d in days if d in own] or own
        return ("day", float(days[0])) if len(days) == 1 else None
    if match["week"]:
        return ("weekday", float(_WEEKDAYS.index(match["week"])))
    if match["near"]:
        return None
    month, day = match["month"] or match["named"], match["day"] or match["first"]
    return ("date", float(31 * _MONTHS.index(month) + int(day)))


_FARTHEST = 14.0


def days_apart(one: Quantity, other: Quantity) -> bool:
    """Whether two days are different ones, told in different words, yet near enough to be of one thing."""
    ours, theirs = (q.sentence.folded[q.at : q.end] for q in (one, other))
    return ours != theirs and one.low != other.low and (one.kind == "weekday" or abs(one.low - other.low) <= _FARTHEST)


_NEAR, _ALIKE, _POINTS, _SHARED = 0.3, 0.22, 0.75, 2


def told_of_one(near: float, alike: float, one: Quantity, other: Quantity) -> bool:
    """Whether the words right beside two days, in sentences so much alike, tell of one thing."""
    if near < _NEAR or alike < _ALIKE or near + alike < _POINTS or len(one.near & other.near) < _SHARED:
        return False
    return told_beside(one, other) and not (one.names and other.names and not one.names & other.names)


def told_beside(one: Quantity, other: Quantity) -> bool:
    """Whether two days or years share a word right beside them that names nobody and no place."""
    names = one.sentence.name_stems & other.sentence.name_stems
    return bool((one.beside & other.beside) - names - _PLACES)


_PLACES = frozenset(
    map(stem, ("city", "town", "capital", "street", "state", "country", "region", "area", "province", "village", "airport"))
)
