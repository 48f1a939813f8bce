"""Reported events of a story side by side: what each mention says of who, to whom, where and when, and how far two of them agree."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from crossread.linking.case import Case
from crossread.linking.mentions import EventWords, event_words
from crossread.linking.places import place_key
from crossread.linking.stems import stem
from crossread.linking.words import sentences_of
from crossread.records import Event, Place, Reading, When
from crossread.vocabulary import Basis, EventType, Status

_MUTUAL = frozenset({EventType.AGREE, EventType.CONSULT, EventType.COOPERATE})
_VERBAL = frozenset(
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
_TO_COME = frozenset({Status.PLANNED, Status.PROPOSED, Status.HYPOTHETICAL})
_DONE = frozenset({Status.HAPPENED, Status.ONGOING})
_SAYING = frozenset(stem(w) for w in "say tell state add speak comment ask call speak claim note insist".split())  # noqa: SIM905


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


class Agreement(NamedTuple):
    """How two values compare: both known and the same, or both known and different; neither where one is not known."""

    same: bool
    different: bool


def happenings_of(case: Case) -> list[Happening]:
    """All reported events of a story, by document and place in the text."""
    countries = {a.id: a.country for a in case.actors.actors if a.country is not None}
    return [h for reading in case.readings for h in _of_reading(case, reading, countries)]


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
        )


def _place(case: Case, place: Place | None) -> str | None:
    if place is None:
        return None
    return case.places.of(place.text) or case.places.of(place.name) or place_key(place.name or place.text)


def days_of(when: When | None) -> tuple[int, int] | None:
    """The first and last day of a When as numbers; ``None`` where an end is open."""
    if when is None or when.start is None or when.end is None:
        return None
    return date.fromisoformat(when.start).toordinal(), date.fromisoformat(when.end).toordinal()


def agree_on_parties(a: Happening, b: Happening) -> tuple[Agreement, Agreement]:
    """Agreement on who acts and on who is acted upon; the sides of talks and deals are one group."""
    if a.event.type in _MUTUAL and b.event.type in _MUTUAL:
        sides = _overlap(a.actors | a.recipients, b.actors | b.recipients)
        return sides, Agreement(False, False)
    return _overlap(a.actors, b.actors), _overlap(a.recipients, b.recipients)


def _overlap(a: frozenset[str], b: frozenset[str]) -> Agreement:
    if not a or not b:
        return Agreement(False, False)
    shared = not a.isdisjoint(b)
    return Agreement(shared, not shared)


def agree_on_place(a: Happening, b: Happening) -> Agreement:
    """Agreement on the place; two names of one country may be one inside the other and do not differ."""
    if a.place is None or b.place is None:
        return Agreement(False, False)
    if a.place == b.place:
        return Agreement(True, False)
    apart = a.place_country is not None and b.place_country is not None and a.place_country != b.place_country
    return Agreement(False, apart)


def agree_on_days(a: Happening, b: Happening) -> Agreement:
    """Agreement on the time: intervals that meet, or lie more than two days apart (a dateline lags behind a happening)."""
    if a.days is None or b.days is None:
        return Agreement(False, False)
    if any(h.event.when is not None and h.event.when.basis is Basis.PUBLICATION for h in (a, b)):
        return Agreement(False, False)  # the day of the report, not of the happening
    gap = max(a.days[0] - b.days[1], b.days[0] - a.days[1])
    short = max(a.days[1] - a.days[0], b.days[1] - b.days[0]) <= 7
    return Agreement(gap <= 0 and short, gap > 2)


def event_features(a: Happening, b: Happening) -> dict[str, float]:
    """What the records, beside the words, say for and against two mentions being one event."""
    actors, recipients = agree_on_parties(a, b)
    place, days = agree_on_place(a, b), agree_on_days(a, b)
    label = a.event.label is not None and a.event.label == b.event.label
    verbal = a.event.type in _VERBAL and b.event.type in _VERBAL
    done, to_come = {a.event.status, b.event.status} & _DONE, {a.event.status, b.event.status} & _TO_COME
    return {
        "type": float(a.event.type is b.event.type),
        "label": float(label and a.event.type is b.event.type),
        "actors": float(actors.same),
        "actors_differ": float(actors.different and a.countries.isdisjoint(b.countries)),
        "recipients": float(recipients.same),
        "recipients_differ": float(recipients.different and a.countries.isdisjoint(b.countries)),
        "countries": float(not a.countries.isdisjoint(b.countries)),
        "place": float(place.same),
        "place_differs": float(place.different),
        "days": float(days.same),
        "days_differ": float(days.different),
        "other_speaker": float(verbal and actors.different),
        "speaker_unknown": float(verbal and not actors.same and not actors.different),
        "done_and_to_come": float(bool(done and to_come) and not days.same),
        "other_place": float(_other_place(a, b)),
    }


def is_saying(happening: Happening) -> bool:
    """Whether the anchor is no more than a word of saying: what was said is then not in it."""
    return all(word in _SAYING for word in happening.words.anchor)


def _other_place(a: Happening, b: Happening) -> bool:
    """Whether both name places, neither of which may lie in the other."""
    if a.place is None or b.place is None or a.place == b.place:
        return False
    inside = {place_key(w) for h in (a, b) if h.event.place is not None for w in h.event.place.within}
    names = {place_key(h.event.place.name or h.event.place.text) for h in (a, b) if h.event.place is not None}
    return inside.isdisjoint(names)
