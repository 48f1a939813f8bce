"""Events and places as GeoJSON (RFC 7946): points in WGS 84, longitude first, with how exact they are and what they rest on.

What has no coordinates is a feature without geometry (RFC 7946, section 3.2), so that nothing is lost; coordinates carry no more digits than
the radius in which the place surely lies allows.
"""

from collections.abc import Iterator
from typing import Any

from crossread.export.context import Context, context_of
from crossread.export.encoding import json_bytes
from crossread.export.registry import Material
from crossread.records import Proof, StoryEvent, StoryPlace

_DIGITS = ((0.05, 5), (0.5, 4), (5.0, 3), (50.0, 2))
"""Radius in km up to which a coordinate has so many decimals (0.00001 of a degree is about a metre); wider places have one."""


def digits_for(precision_km: float | None) -> int:
    """How many decimals of a degree a radius allows; four where it is not known."""
    if precision_km is None:
        return 4
    return next((n for most, n in _DIGITS if precision_km <= most), 1)


def _geometry(place: StoryPlace | None) -> dict[str, Any] | None:
    if place is None or place.lat is None or place.lon is None:
        return None
    n = digits_for(place.precision_km)
    lon = (place.lon + 180.0) % 360.0 - 180.0 if abs(place.lon) > 180.0 else place.lon
    return {"type": "Point", "coordinates": [round(lon, n), round(max(-90.0, min(90.0, place.lat)), n)]}


def _proof(context: Context, evidence: Proof) -> list[dict[str, Any]]:
    return [
        {"document": e.document, "report": context.label(e.document), "span": list(e.span), "words": context.words(e)}
        for e in evidence
    ]


def _place(place: StoryPlace | None) -> dict[str, Any]:
    return {
        "place": place.name if place else None,
        "place_id": place.id if place else None,
        "within": list(place.within) if place else [],
        "country": place.country if place else None,
        "precision_km": place.precision_km if place else None,
    }


def _feature(name: str, geometry: dict[str, Any] | None, properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "id": name, "geometry": geometry, "properties": properties}


def _event_features(context: Context, event: StoryEvent, places: dict[str, StoryPlace]) -> Iterator[dict[str, Any]]:
    known: list[StoryPlace | None] = [places[p] for p in event.places if p in places]
    for place in known or [None]:
        name = f"{context.story.id}/{event.id}" + (f"/{place.id}" if place else "")
        properties = {
            "kind": "event",
            "story": context.story.id,
            "event": event.id,
            "type": event.type.value,
            "label": event.label,
            "statuses": [s.status.value for s in event.statuses],
            "actors": list(context.named(event.actors)),
            "recipients": list(context.named(event.recipients)),
            **_place(place),
            "start": event.when.start if event.when else None,
            "end": event.when.end if event.when else None,
            "date_precision": event.when.precision.value if event.when else None,
            "n_documents": event.n_documents,
            "n_independent": event.n_independent,
            "evidence": _proof(context, event.evidence),
        }
        yield _feature(name, _geometry(place), properties)


def _place_feature(context: Context, place: StoryPlace) -> dict[str, Any]:
    properties = {
        "kind": "place",
        "story": context.story.id,
        **_place(place),
        "type": place.type.value,
        "forms": [f.text for f in place.forms],
        "n_documents": len({d for f in place.forms for d in f.documents}),
        "evidence": _proof(context, place.evidence),
    }
    return _feature(f"{context.story.id}/{place.id}", _geometry(place), properties)


def geojson(material: Material) -> bytes:
    """One feature an event and place of it, then one a place; property ``kind`` tells them apart."""
    features = []
    for story in material.stories:
        context = context_of(story, material.by_document)
        places = {p.id: p for p in story.places}
        features += [f for e in story.events for f in _event_features(context, e, places)]
        features += [_place_feature(context, p) for p in story.places]
    return json_bytes({"type": "FeatureCollection", "features": features}, indent=None)
