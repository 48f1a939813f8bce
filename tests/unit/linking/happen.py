"""Add events to readings built by hand."""

from collections.abc import Mapping
from typing import Any

import msgspec

from crossread.records import Event, Party, Reading, Span
from crossread.vocabulary import EventType, Status
from tests.unit.linking.reports import span_of


def with_events(reading: Reading, *given: Mapping[str, Any]) -> Reading:
    """The reading with events ``{words, type, actor, recipient, status, when, place, label}``; words are those of the anchor."""
    return msgspec.structs.replace(reading, events=tuple(_event(reading, n, e) for n, e in enumerate(given)))


def _event(reading: Reading, number: int, given: Mapping[str, Any]) -> Event:
    anchor = span_of(reading.document.text, given["words"])
    sentence = next((s for s in reading.sentences if s.covers(anchor)), anchor)
    return Event(
        id=f"v{number}",
        anchor=(anchor,),
        sentence=sentence,
        type=EventType(given.get("type", "ASSAULT")),
        label=given.get("label"),
        actors=_party(reading, given.get("actor"), sentence),
        recipients=_party(reading, given.get("recipient"), sentence),
        place=given.get("place"),
        when=given.get("when"),
        status=Status(given.get("status", "happened")),
        confidence=0.5,
    )


def _party(reading: Reading, name: str | None, sentence: Span) -> tuple[Party, ...]:
    if name is None:
        return ()
    entity = next(e for e in reading.entities if e.name == name)
    return (Party(span=span_of(reading.document.text, name, sentence.start), entity=entity.id),)
