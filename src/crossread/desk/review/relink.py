"""Links to actors and places after people merged and split them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from crossread.records import Evidence, Reading, Story, Voice

REPLACES = msgspec.structs.replace
Where = tuple[str, str | None]
"""A document, and the id of the record in it that names the actor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """``old`` becomes ``new``: everywhere after a merge, after a split where the entities of a document went to the new one."""

    old: str
    new: str
    moved: Mapping[str, frozenset[str]] | None = None
    stayed: Mapping[str, frozenset[str]] | None = None


class Links:
    """Where a link to an actor or place leads now."""

    def __init__(self, steps: Iterable[Step], readings: Mapping[str, Reading], gone: Iterable[str]) -> None:
        self.steps = tuple(steps)
        self.readings = readings
        self.gone = frozenset(gone)
        self.touched = {s.old for s in self.steps} | self.gone
        self._entities: dict[Where, frozenset[str]] = {}

    def one(self, name: str, where: Where) -> str | None:
        """The id that a link leads to, ``None`` where that was rejected."""
        if name not in self.touched:
            return name
        for step in self.steps:
            if name == step.old and (step.moved is None or self._moved(step, where)):
                name = step.new
        return None if name in self.gone else name

    def many(self, names: Iterable[str], places: Iterable[Where]) -> tuple[str, ...]:
        """Ids that links lead to, each once; ``places`` are the records behind the item that holds them."""
        known = tuple(names)
        if self.touched.isdisjoint(known):
            return known
        found: dict[str, None] = {}
        wheres = list(places)
        for name in known:
            led = {self.one(name, where) for where in wheres if self._speaks_of(name, where)} or {self.one(name, ("", None))}
            found |= dict.fromkeys(sorted(x for x in led if x is not None))
        return tuple(found)

    def voices(self, voices: Iterable[Voice]) -> tuple[Voice, ...]:
        """Voices with their speakers moved on; those of rejected actors are left out."""
        kept = []
        for voice in voices:
            if voice.speaker is None or voice.speaker not in self.touched:
                kept.append(voice)
            elif (name := self.one(voice.speaker, (voice.document, voice.record))) is not None:
                kept.append(REPLACES(voice, speaker=name))
        return tuple(kept)

    def _moved(self, step: Step, where: Where) -> bool:
        moved = (step.moved or {}).get(where[0])
        if not moved:
            return False
        stayed = (step.stayed or {}).get(where[0], frozenset())
        if not stayed:
            return True
        named = self.entities(where)
        return bool(named & moved) and not named & stayed

    def _speaks_of(self, name: str, where: Where) -> bool:
        """Whether a split of this actor could turn on this record."""
        named = self.entities(where)
        parts = [
            (s.moved or {}).get(where[0], frozenset()) | (s.stayed or {}).get(where[0], frozenset())
            for s in self.steps
            if s.old == name
        ]
        return any(named & part for part in parts)

    def entities(self, where: Where) -> frozenset[str]:
        """Entities that a record names as speaker, actor or recipient."""
        known = self._entities.get(where)
        if known is None:
            reading = self.readings.get(where[0])
            known = frozenset(_named(reading, where[1])) if reading is not None and where[1] else frozenset()
            self._entities[where] = known
        return known


def _named(reading: Reading, record: str | None) -> Iterator[str]:
    for attribution in reading.attributions:
        if attribution.id == record:
            yield from attribution.speaker
    for event in reading.events:
        if event.id == record:
            yield from (p.entity for p in (*event.actors, *event.recipients) if p.entity is not None)
            yield from _named(reading, event.voice) if event.voice else ()
    for figure in reading.figures:
        if figure.id == record and figure.voice:
            yield from _named(reading, figure.voice)


def _wheres(evidence: Iterable[Evidence]) -> list[Where]:
    return [(e.document, e.record) for e in evidence]


def relink(story: Story, links: Links) -> Story:
    """The story with all its links to actors and places moved on."""
    if not links.touched:
        return story
    return REPLACES(
        story,
        events=tuple(_event(e, links) for e in story.events),
        claims=tuple(
            c
            if links.touched.isdisjoint(c.speakers)
            else REPLACES(c, speakers=links.many(c.speakers, [(m.document, m.attribution) for m in c.mentions]))
            for c in story.claims
        ),
        figures=tuple(_figure(f, links) for f in story.figures),
        disputes=tuple(REPLACES(d, sides=tuple(_side(s, links) for s in d.sides)) for d in story.disputes),
        threads=tuple(
            REPLACES(t, states=tuple(REPLACES(s, by=links.many(s.by, _wheres(s.evidence))) for s in t.states))
            for t in story.threads
        ),
    )


def _event(event: Any, links: Links) -> Any:
    named = {*event.actors, *event.recipients, *event.places, *(v.speaker for s in event.statuses for v in s.voices)}
    if links.touched.isdisjoint(named):
        return event
    wheres: list[Where] = [(m.document, m.event) for m in event.mentions]
    return REPLACES(
        event,
        actors=links.many(event.actors, wheres),
        recipients=links.many(event.recipients, wheres),
        places=links.many(event.places, wheres),
        statuses=tuple(REPLACES(s, voices=links.voices(s.voices)) for s in event.statuses),
    )


def _figure(figure: Any, links: Links) -> Any:
    if links.touched.isdisjoint(v.voice.speaker for v in figure.values if v.voice is not None):
        return figure
    return REPLACES(figure, values=tuple(_value(v, links) for v in figure.values))


def _value(value: Any, links: Links) -> Any:
    if value.voice is None:
        return value
    kept = links.voices((value.voice,))
    return REPLACES(value, voice=kept[0] if kept else None)


def _side(side: Any, links: Links) -> Any:
    wheres = _wheres(side.evidence) + [(v.document, v.record) for v in side.voices]
    return REPLACES(side, held_by=links.many(side.held_by, wheres), voices=links.voices(side.voices))
