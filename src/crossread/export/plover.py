"""Events of the reports as PLOVER records, one JSON object a line, with the field names of the manual (draft 2.0, section "Record").

One record a mention, as the manual takes no position on joining mentions; ``crossread`` holds the id of the story's event that joins them.
``date`` is ``null`` where the text does not tell it: a publication day stands in ``cite_info`` and never in its place.
"""

import json
from collections.abc import Iterator
from typing import Any

from crossread import __version__
from crossread.codebook.plover import PENTA
from crossread.export.context import Context, context_of
from crossread.export.encoding import cleaned
from crossread.export.event_rows import mentions_of
from crossread.export.registry import Material
from crossread.export.wording import document_label
from crossread.records import Entity, Event, Figure, Party, Place, Reading, StoryEvent
from crossread.vocabulary import EventType, FigureKind

SCORES: dict[EventType, float] = {
    EventType.AGREE: 2.5,
    EventType.CONSULT: 2.5,
    EventType.SUPPORT: 5.0,
    EventType.CONCEDE: 4.5,
    EventType.COOPERATE: 9.5,
    EventType.AID: 10.0,
    EventType.RETREAT: 6.5,
    EventType.REQUEST: 0.0,
    EventType.REJECT: -2.0,
    EventType.THREATEN: -3.5,
    EventType.PROTEST: -5.0,
    EventType.SANCTION: -6.0,
    EventType.MOBILIZE: -5.5,
    EventType.COERCE: -7.0,
    EventType.ASSAULT: -9.0,
}
"""The manual's conflict-cooperation score of the bare type; ACCUSE has none here, as the manual's own is in doubt (a lost minus sign)."""

_SIZES: dict[EventType, dict[FigureKind, str]] = {
    EventType.ASSAULT: {FigureKind.KILLED: "dead", FigureKind.WOUNDED: "injured"},
    EventType.COERCE: {FigureKind.DETAINED: "arrested"},
}


def _entity(reading: Reading, party: Party, known: dict[str, Entity]) -> dict[str, Any]:
    entity = known.get(party.entity) if party.entity else None
    return {
        "code": entity.country if entity else None,
        "sector": entity.sector if entity else None,
        "entity_text": party.span.of(reading.document.text) if party.span else None,
        "identifier_text": entity.name if entity else None,
        "office": entity.role if entity else None,
    }


def _location(place: Place | None) -> dict[str, Any] | None:
    if place is None:
        return None
    return {
        "extracted_place": place.text,
        "resolved_place": place.name,
        "lat": place.lat,
        "lon": place.lon,
        "country_code": place.country,
        "within": list(place.within),
        "precision_km": place.precision_km,
    }


def _size(figures: tuple[Figure, ...], mention: Event) -> dict[str, float]:
    """Numbers of dead and injured of an assault, of people held of a coercion, where the sentence gives exactly one."""
    sizes: dict[str, float] = {}
    for kind, name in _SIZES.get(mention.type, {}).items():
        found = {
            f.best
            for f in figures
            if f.kind is kind and f.part_of is None and mention.sentence.covers(f.span) and f.best is not None
        }
        if len(found) == 1:
            sizes[name] = found.pop()
    return sizes


def _cite(reading: Reading) -> dict[str, Any]:
    d = reading.document
    return {
        "citation": document_label(d),
        "title": d.title,
        "publication": d.publisher,
        "published": d.published.start if d.published else None,
        "url": d.url,
        "language": d.language,
        "document": d.id,
        "coder": "crossread",
        "codebook": "PLOVER",
        "version": "draft 2.0",
    }


def record_of(context: Context, event: StoryEvent, document: str, mention: Event) -> dict[str, Any]:
    """One mention as a PLOVER record."""
    reading = context.readings[document]
    known = {e.id: e for e in reading.entities}
    sequence = next((n for n, s in enumerate(reading.sentences, start=1) if s.overlaps(mention.sentence)), None)
    when = mention.when
    is_event = mention.type is not EventType.NONE
    return {
        "id": f"{document}:{mention.id}",
        "has_event": is_event,
        "date": when.start if when else None,
        "enddate": when.end if when else None,
        "actor": [_entity(reading, p, known) for p in mention.actors],
        "recipient": [_entity(reading, p, known) for p in mention.recipients],
        "event": [mention.type.value] if is_event else [],
        "mode": [mention.mode] if mention.mode else [],
        "auxiliary_mode": [a.value for a in mention.auxiliary],
        "context": list(mention.contexts),
        "quad_code": PENTA[mention.type],
        "event_scale": SCORES.get(mention.type),
        "event_loc": _location(mention.place),
        "event_text": " ".join(span.of(reading.document.text) for span in mention.anchor),
        "size": _size(reading.figures, mention),
        "text_info": {
            "sequence": sequence,
            "start": mention.sentence.start,
            "end": mention.sentence.end,
            "text_story": mention.sentence.of(reading.document.text),
        },
        "cite_info": _cite(reading),
        "coder": f"crossread {__version__}",
        "comment": f"status: {mention.status.value}; confidence: {mention.confidence:g}",
        "crossread": {"story": context.story.id, "event": event.id, "voice": mention.voice, "cameo": mention.cameo},
    }


def _records(context: Context) -> Iterator[dict[str, Any]]:
    for event in context.story.events:
        for document, mention in mentions_of(context, event):
            yield record_of(context, event, document, mention)


def plover_lines(material: Material) -> bytes:
    """PLOVER records as JSON Lines, by story, event and day of publication."""
    records = (r for s in material.stories for r in _records(context_of(s, material.by_document)))
    return b"".join(json.dumps(cleaned(r), ensure_ascii=False, allow_nan=False).encode() + b"\n" for r in records)
