"""Two voices that tell one thing in the same words but put it on different days."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from crossread.calendar_words import MONTHS, WEEKDAY
from crossread.linking.named_days import day_words, days_of_sentence
from crossread.linking.sentences import StoryView
from crossread.linking.sides import dispute_of, shorten, side_of
from crossread.linking.statements import Statement, statements_of_view
from crossread.linking.stems import stem
from crossread.records import Dispute
from crossread.vocabulary import Compatible, DisputeKind

_SAME = 0.7
"""Weighted overlap, against both together, of two tellings that differ in nothing but the day."""
_LEAST_WORDS = 3
_LONGEST_AGO = 400
"""Days before publication on which something may be said to have happened without being history."""
_MONTHS = frozenset(map(stem, MONTHS))
_REPEATED = re.compile(rf"\b(?:again|still|another|second|third|every|each|daily|nightly|also|{WEEKDAY}s)\b")
_TO_COME = re.compile(r"\b(?:will|would|could|may|might|expected|due|set|plan\w*|scheduled|tomorrow|next)\b")


@dataclass(frozen=True, eq=False)
class _Dated:
    statement: Statement
    day: int
    bag: frozenset[str]
    words: tuple[str, ...]


def told_dates(view: StoryView) -> Iterator[Dispute]:
    """One dispute for each pair of tellings in the same words on different days, the earliest pair first."""
    told = [d for s in statements_of_view(view) if (d := _dated(s)) is not None]
    holders: dict[str, list[int]] = {}
    for number, item in enumerate(told):
        for word in item.bag:
            holders.setdefault(word, []).append(number)
    pairs = {pair for numbers in holders.values() for pair in combinations(numbers, 2)}
    seen: set[int] = set()
    for i, j in sorted(pairs):
        one, other = told[i], told[j]
        if i in seen or j in seen or one.day == other.day or not _one_thing(view, one, other):
            continue
        seen |= {i, j}
        first, second = sorted((one, other), key=lambda d: (d.day, d.statement.key))
        sides = [side_of(view.case, [d.statement], position=_position(d)) for d in (first, second)]
        topic = f"When: {shorten(first.statement.text, 90)}"
        yield dispute_of(DisputeKind.DATE, topic, sides, Compatible.UNCLEAR, "the same is told of different days")


def _position(dated: _Dated) -> str:
    return f"{date.fromordinal(dated.day).isoformat()}: {shorten(dated.statement.text, 160)}"


def _dated(statement: Statement) -> _Dated | None:
    """A telling of something done that names exactly one day."""
    published = statement.sentence.published
    if published is None or statement.is_question or _REPEATED.search(statement.folded) or _TO_COME.search(statement.folded):
        return None
    today = date.fromisoformat(published).toordinal()
    days = days_of_sentence(statement.sentence, statement.text)
    bag = frozenset(w for w in statement.bag if not w[0].isdigit() and w not in _MONTHS)
    if len(days) != 1 or not today - _LONGEST_AGO < days[0] <= today or len(bag) < _LEAST_WORDS:
        return None
    return _Dated(statement, days[0], bag, day_words(statement.text))


def _one_thing(view: StoryView, one: _Dated, other: _Dated) -> bool:
    ours, theirs = one.statement, other.statement
    if one.words == other.words:
        return False  # one text printed on two days
    if (ours.sentence.document, ours.speakers) == (theirs.sentence.document, theirs.speakers) or ours.where != theirs.where:
        return False
    if {f.best for f in ours.sentence.figures} != {f.best for f in theirs.sentence.figures}:
        return False  # two counts of two days
    named = {n.name for n in ours.sentence.named} & {n.name for n in theirs.sentence.named}
    return bool(named) and view.jaccard(one.bag, other.bag) >= _SAME
