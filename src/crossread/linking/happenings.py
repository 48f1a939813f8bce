"""Reported events of a story side by side: what each mention says of who, to whom, where and when, and how far two of them agree."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from crossread.linking.case import Case
from crossread.linking.mentions import EventWords, event_words
from crossread.linking.places import place_key
from crossread.linking.stems import stem
from crossread.linking.turns import turn_of
from crossread.linking.words import sentences_of
from crossread.records import Event, Place, Reading, When
from crossread.vocabulary import EventType

MUTUAL = frozenset({EventType.AGREE, EventType.CONSULT, EventType.COOPERATE})
"""Acts done together: all sides are one group."""
VERBAL = frozenset(
    {
        EventType.AGREE,
        EventType.SUPPORT,
        EventType.CONCEDE,
        EventType.REQUEST,
        EventType.ACCUSE,
        EventType.REJECT,
        EventType.THREATEN,
    }
)
"""Acts by words: the same words from another mouth are another act."""
_SAYING = frozenset(stem(w) for w in "say tell state add speak comment ask call speak claim note insist deny".split())  # noqa: SIM905


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One event mention of one report, its parties as actors of the story."""

    document: str
    event: Event
    words: EventWords
    actors: frozenset[str]
    recipients: frozenset[str]
    countries: frozenset[str]
    """Countries of the parties: a state, its president and its army agree on this when nothing else does."""
    place: str | None
    place_country: str | None
    days: tuple[int, int] | None
    """First and last possible day, where both are known."""
    hit: frozenset[str] = frozenset()
    """Words of the name to which it was done ("the attack on Quell"), where one follows."""
    turn: int | None = None
    """Which one of a series it is, where an ordinal says so."""


_last: list[tuple[Case, list[Happening]]] = []


def happenings_of(case: Case) -> list[Happening]:
    """All reported events of a story, by document and place in the text; those of the last story are kept."""
    for known, happenings in _last:
        if known is case:
            return happenings
    countries = {a.id: a.country for a in case.actors.actors if a.country is not None}
    happenings = [h for reading in case.readings for h in _of_reading(case, reading, countries)]
    _last[:] = [(case, happenings)]
    return happenings


def _of_reading(case: Case, reading: Reading, countries: Mapping[str, str]) -> Iterable[Happening]:
    name, text = reading.document.id, reading.document.text
    starts = [s.start for s in sentences_of(reading)]
    for event in sorted(reading.events, key=lambda e: (e.anchor, e.id)):
        number = max(0, bisect_right(starts, event.anchor[0].start) - 1)
        actors = frozenset(a for p in event.actors if (a := case.actors.of(name, p.entity)) is not None)
        recipients = frozenset(a for p in event.recipients if (a := case.actors.of(name, p.entity)) is not None)
        yield Happening(
            document=name,
            event=event,
            words=event_words(name, event.id, text, event.anchor, event.sentence, number),
            actors=actors,
            recipients=recipients,
            countries=frozenset(countries[a] for a in actors | recipients if a in countries),
            place=_place(case, event.place),
            place_country=event.place.country if event.place else None,
            days=days_of(event.when),
            hit=hit_by(text, event.anchor[-1].end),
            turn=turn_of(text, event.sentence, event.anchor[0]),
        )


_HIT = re.compile(
    r" (?:on|against|upon) (?:the )?(?:[a-z-]{1,30} ){0,2}?(?:(?:town|city|village|port|district|suburb|capital|region|province) of )?"
    r"(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Jan|Febr)uary|March|April|May|June|July|August|(?:Sept|Nov|Dec)ember|October)"
    r"([A-Z][\w'’-]{1,30}(?: [A-Z][\w'’-]{1,30}){0,3})"
)


def hit_by(text: str, end: int) -> frozenset[str]:
    """Words of the name that follows the words of an act at `end` ("the attack on the town of Quell")."""
    match = _HIT.match(text, end)
    return frozenset(match[1].casefold().split()) if match is not None else frozenset()


def _place(case: Case, place: Place | None) -> str | None:
    if place is None:
        return None
    return case.places.of(place.text) or case.places.of(place.name) or place_key(place.name or place.text)


def days_of(when: When | None) -> tuple[int, int] | None:
    """The first and last day of a When as numbers; ``None`` where an end is open."""
    if when is None or when.start is None or when.end is None:
        return None
    return date.fromisoformat(when.start).toordinal(), date.fromisoformat(when.end).toordinal()


def is_saying(happening: Happening) -> bool:
    """Whether the anchor is no more than a word of saying: what was said is then not in it."""
    return all(word in _SAYING for word in happening.words.anchor)
