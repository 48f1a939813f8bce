"""Whether two stretches of text speak of different happenings, by the places and days that they name."""

import re
from collections.abc import Sequence

from crossread.linking.sentences import Sentence
from crossread.records import Span
from crossread.vocabulary import EntityType

_DAYS = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b")
_WHERE = re.compile(r"\b(?:in|at|near|around|outside|inside|across|over|on|of|off|from)(?: the)?(?: \w+)? $")
_PLACES = frozenset({EntityType.GPE, EntityType.LOCATION, EntityType.FACILITY})


def other_matter(one: Sentence, ours: Sequence[Span], other: Sentence, theirs: Sequence[Span]) -> bool:
    """Whether places or days named in two stretches tell that they are about different happenings."""
    if other_places(one, ours, other, theirs):
        return True
    days = (_days(one, ours), _days(other, theirs))
    return bool(all(days) and not days[0] & days[1])


def other_places(one: Sentence, ours: Sequence[Span], other: Sentence, theirs: Sequence[Span]) -> bool:
    """Whether two stretches put what they tell in places of different names."""
    places = (_places(one, ours), _places(other, theirs))
    return bool(all(places) and not places[0] & places[1])


def _places(sentence: Sentence, spans: Sequence[Span]) -> set[str]:
    """Places in which the words put what they tell: names after ``in``, ``near`` and the like."""
    found = set()
    for named in sentence.named:
        at = named.span.start - sentence.span.start
        inside = any(s.covers(named.span) for s in spans)
        if inside and named.type in _PLACES and _WHERE.search(sentence.folded, max(0, at - 24), at):
            found.add(named.name.casefold())
    return found


def _days(sentence: Sentence, spans: Sequence[Span]) -> set[str]:
    """Days of the week; the day of saying (``said on Monday``) counts where nothing else is named."""
    text = sentence.reading.document.text
    return {day for span in spans for day in _DAYS.findall(span.of(text).lower())}
