"""Merging and splitting actors, places and events of a story."""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from crossread.desk.review.relink import Step
from crossread.linking.origins import Origins
from crossread.records import Evidence, Form, Proof, Reading, StatusVoices, StoryActor, StoryEvent, StoryPlace

REPLACES = msgspec.structs.replace
Part = frozenset[tuple[str, int, int]]

MERGEABLE = {"story-actor": "actors", "story-place": "places", "story-event": "events"}
"""Kinds that people may merge, split and rename, and their lists."""
NAME_FIELDS = {"story-actor": "name", "story-place": "name", "story-event": "label", "story-thread": "title"}
"""The field that a rename changes."""


def unite(*proofs: Iterable[Any]) -> tuple[Any, ...]:
    """Pieces of all, each once, in order."""
    return tuple(dict.fromkeys(piece for proof in proofs for piece in proof))


def in_part(evidence: Evidence, part: Part) -> bool:
    """Whether a piece of evidence belongs to the part that is split off."""
    return (evidence.document, evidence.span.start, evidence.span.end) in part


def merged(kept: Any, other: Any, person: str, origins: Origins) -> Any:
    """A record with another taken into it."""
    evidence = unite(kept.evidence, other.evidence)
    reason = "; ".join(x for x in (kept.reason, f"{person} merged {_name(other)} into it") if x)
    if isinstance(kept, StoryEvent):
        return _merged_event(kept, other, evidence, reason, origins)
    forms: dict[str, tuple[str, ...]] = {f.text: f.documents for f in kept.forms}
    for form in other.forms:
        forms[form.text] = tuple(sorted({*forms.get(form.text, ()), *form.documents}))
    shared = {
        "forms": tuple(Form(text=t, documents=d) for t, d in forms.items()),
        "evidence": evidence,
        "reason": reason,
        "country": kept.country or other.country,
    }
    if isinstance(kept, StoryActor):
        return REPLACES(kept, roles=unite(kept.roles, other.roles), sector=kept.sector or other.sector, **shared)
    lat, lon, precision = (
        (kept if kept.lat is not None else other).lat,
        (kept if kept.lat is not None else other).lon,
        kept.precision_km,
    )
    return REPLACES(kept, lat=lat, lon=lon, precision_km=precision if precision is not None else other.precision_km, **shared)


def _name(record: Any) -> str:
    words: str = getattr(record, "name", None) or record.label or (record.wordings[0] if record.wordings else record.type.value)
    return words


def _merged_event(kept: StoryEvent, other: StoryEvent, evidence: Proof, reason: str, origins: Origins) -> StoryEvent:
    voices: dict[Any, tuple[Any, ...]] = {s.status: s.voices for s in kept.statuses}
    for status in other.statuses:
        voices[status.status] = unite(voices.get(status.status, ()), status.voices)
    return REPLACES(
        kept,
        statuses=tuple(StatusVoices(status=s, voices=v) for s, v in voices.items()),
        actors=unite(kept.actors, other.actors),
        recipients=unite(kept.recipients, other.recipients),
        places=unite(kept.places, other.places),
        wordings=unite(kept.wordings, other.wordings),
        mentions=unite(kept.mentions, other.mentions),
        when=kept.when or other.when,
        reason=reason,
        **counted(evidence, origins),
    )


def counted(evidence: Proof, origins: Origins) -> dict[str, Any]:
    """Evidence with the number of documents and of independent origins behind it."""
    return {"evidence": evidence, "n_documents": len({e.document for e in evidence}), "n_independent": origins.count(evidence)}


def split(
    record: Any, part: Part, new_id: str, name: str | None, person: str, readings: Mapping[str, Reading], origins: Origins
) -> tuple[Any, Any] | None:
    """What stays and what is split off; ``None`` where the part is nothing, or all, of the evidence."""
    moved = tuple(e for e in record.evidence if in_part(e, part))
    stayed = tuple(e for e in record.evidence if not in_part(e, part))
    if not moved or not stayed:
        return None
    reason = f"{person} split it from {_name(record)}"
    if isinstance(record, StoryEvent):
        off = REPLACES(_event_part(record, moved, readings, origins), id=new_id, reason=reason, label=name or record.label)
        return _event_part(record, stayed, readings, origins), off
    words = _words(moved, readings)
    off = REPLACES(
        record, id=new_id, name=name or (words[0].text if words else record.name), forms=words, evidence=moved, reason=reason
    )
    documents = {e.document for e in stayed}
    forms = tuple(REPLACES(f, documents=kept) for f in record.forms if (kept := tuple(d for d in f.documents if d in documents)))
    return REPLACES(record, forms=forms, evidence=stayed), off


def _words(evidence: Proof, readings: Mapping[str, Reading]) -> tuple[Form, ...]:
    found: dict[str, set[str]] = {}
    for e in evidence:
        if e.document in readings:
            found.setdefault(e.span.of(readings[e.document].document.text), set()).add(e.document)
    return tuple(Form(text=t, documents=tuple(sorted(d))) for t, d in found.items())


def _event_part(event: StoryEvent, evidence: Proof, readings: Mapping[str, Reading], origins: Origins) -> StoryEvent:
    records = {(e.document, e.record) for e in evidence}
    mentions = tuple(m for m in event.mentions if (m.document, m.event) in records)
    behind = set(records)
    for m in mentions:
        reading = readings.get(m.document)
        behind |= {(m.document, e.voice) for e in (reading.events if reading else ()) if e.id == m.event}
    statuses = []
    for status in event.statuses:
        voices = tuple(v for v in status.voices if (v.document, v.record) in behind)
        if voices:
            statuses.append(REPLACES(status, voices=voices))
    return REPLACES(event, mentions=mentions, statuses=tuple(statuses), **counted(evidence, origins))


def split_step(old: Any, stays: Any, off: Any, readings: Mapping[str, Reading]) -> Step:
    """How links follow a split actor or place."""
    return Step(old=old.id, new=off.id, moved=_entities(off.evidence, readings), stayed=_entities(stays.evidence, readings))


def _entities(evidence: Proof, readings: Mapping[str, Reading]) -> dict[str, frozenset[str]]:
    mentions: dict[str, set[str]] = {}
    for e in evidence:
        if e.record is not None:
            mentions.setdefault(e.document, set()).add(e.record)
    return {
        document: frozenset(m.entity for m in readings[document].mentions if m.id in names)
        for document, names in mentions.items()
        if document in readings
    }


KINDS = (StoryActor, StoryPlace, StoryEvent)
