"""Days on which reports put one thing: the day beside a clause of one report against that beside the clause of another most like it."""

import re
from collections.abc import Iterator

from crossread.calendar_words import month_number, number_of_day, weekday_number
from crossread.linking.named_days import days_told, words_at
from crossread.linking.quantities import Quantity
from crossread.linking.sentences import Sentence
from crossread.linking.stems import stem
from crossread.reading.timewords import Expression

DAYS = ("day", "weekday", "date")
"""Kinds of days: of a report with a date; the day of the week, or of a month, of one without."""
_SAYING = re.compile(
    r"\b(?:said|says|saying|told (?:\w+ ){1,3}|announced|warned|called|added|reported|promised|confirmed|statement|tweeted|wrote"
    r"|according to [\w ]{2,30}?|news conference|interview|published|updated|posted)(?: \w+)?(?: (?:on|late|early|in))*,? $"
)
_REPEATED = re.compile(
    r"\b(?:again|still|another|second|third|every|each|daily|nightly|also|since|until|till|by|from|between|before|after) (?:on |last |this )?$"
)


def days_of(sentence: Sentence) -> Iterator[Quantity]:
    """The days that a sentence gives to what it tells, those of saying it left out."""
    folded = sentence.folded
    for found, day in days_told(sentence):
        start, end = words_at(found)
        before = folded[max(0, start - 50) : start]
        if (
            sentence.text[start:end].isupper()
            or folded[end : end + 2] == "'s"
            or _SAYING.search(before)
            or _REPEATED.search(before)
            or (before.endswith((" the ", "'s ")) and " of " not in folded[start:end])
        ):
            continue
        told = ("day", float(day)) if day is not None else _undated(found) if sentence.published is None else None
        if told is not None:
            kind, number = told
            yield Quantity(sentence, start, end, kind, number, number, frozenset())


def _undated(found: Expression) -> tuple[str, float] | None:
    """What a day is in a report without a date: the day of the week, or of a month, as others may leave out the year."""
    if found.rule.name == "weekday":
        return ("weekday", float(weekday_number(found.match["w"])))
    if found.rule.name not in ("md", "dm", "mdy", "dmy"):
        return None
    return ("date", float(31 * (month_number(found.match["m"]) - 1) + number_of_day(found.match["d"])))


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
