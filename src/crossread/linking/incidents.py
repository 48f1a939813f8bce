"""Whether two stretches of text speak of different happenings, by the places and days that they name."""

import re
from collections.abc import Sequence
from functools import lru_cache

from crossread.calendar_words import MONTHS, WEEKDAY
from crossread.codebook.actors import names
from crossread.linking.sentences import Sentence
from crossread.records import Span

_DAYS = re.compile(rf"\b{WEEKDAY}\b")
_OVER_DAYS = re.compile(
    r"\b(?:over|in|during|after|for) (?:the (?:past|last) )?(?:two|three|four|five|six|seven|several|\d{1,2}) (?:days|nights|weeks|months)\b"
)
_HOSPITAL = re.compile(r"\b(?:[A-Z][\w'’]{1,20} ){1,4}(?:Hospital|Infirmary|Medical Cent|Clinic)")
_IN_MONTH = re.compile(rf"\b(?:in|last) ({'|'.join(MONTHS)})\b")


def other_matter(one: Sentence, ours: Sequence[Span], other: Sentence, theirs: Sequence[Span]) -> bool:
    """Whether places or days named in two stretches tell that they are about different happenings."""
    return apart(places_in(one, ours), days_in(one, ours), places_in(other, theirs), days_in(other, theirs))


def apart(places: frozenset[str], days: frozenset[str], other_places: frozenset[str], other_days: frozenset[str]) -> bool:
    """The same for places and days already found."""
    if _set_apart(places, other_places):
        return True
    return bool(days and other_days and not days & other_days)


def other_places(one: Sentence, ours: Sequence[Span], other: Sentence, theirs: Sequence[Span]) -> bool:
    """Whether two stretches put what they tell in places of different names."""
    return _set_apart(places_in(one, ours), places_in(other, theirs))


def _set_apart(places: frozenset[str], others: frozenset[str]) -> bool:
    """Whether places of two tellings are different ones; a state may hold the town that the other names."""
    if not places or not others or _one_named(places, others):
        return False
    return all(map(_is_wide, places)) == all(map(_is_wide, others))


@lru_cache(maxsize=8192)
def _is_wide(place: str) -> bool:
    """Whether a place is a state, or a part of one that is named after it ("northern Tessaria")."""
    return any(names().get(word.capitalize()) is not None for word in place.split())


def _one_named(places: frozenset[str], others: frozenset[str]) -> bool:
    """Whether a place of each shares a word with one of the other: the camp at a town is named after it."""
    words = {word for place in places for word in place.split()}
    return any(word in words for place in others for word in place.split())


def places_in(sentence: Sentence, spans: Sequence[Span]) -> frozenset[str]:
    """Places in which the words put what they tell: names after ``in``, ``near`` and the like; "the city" may be any."""
    text = sentence.reading.document.text
    return frozenset(name for at, name in sentence.placed if not at.of(text).islower() and any(span.covers(at) for span in spans))


def days_in(sentence: Sentence, spans: Sequence[Span]) -> frozenset[str]:
    """Days of the week that the words name."""
    text = sentence.reading.document.text
    return frozenset(day for span in spans for day in _DAYS.findall(span.of(text).lower()))


def in_months(sentence: Sentence) -> frozenset[str]:
    """Months in which a sentence puts what it tells."""
    return frozenset(_IN_MONTH.findall(sentence.folded))


def over_days(sentence: Sentence) -> bool:
    """Whether a sentence tells of several days together ("over four nights")."""
    return _OVER_DAYS.search(sentence.folded) is not None


def of_one_hospital(sentence: Sentence) -> bool:
    """Whether a sentence names a hospital, of whose patients it may tell."""
    return _HOSPITAL.search(sentence.text) is not None
