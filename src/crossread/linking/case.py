"""What the linking steps share about one story: its readings, who is who, and which documents rest on one origin."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from crossread.linking.origins import Origins
from crossread.records import Attribution, CopyGroup, Event, Evidence, Figure, Reading, Span, StoryActor, StoryPlace, Voice


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorIndex:
    """The actors of a story, and which entity of which document is which actor."""

    actors: tuple[StoryActor, ...] = ()
    by_entity: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """``(document id, entity id) -> actor id``."""

    def of(self, document: str, entity: str | None) -> str | None:
        """Actor id of an entity of a document; ``None`` when it is not an actor of the story."""
        return None if entity is None else self.by_entity.get((document, entity))


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceIndex:
    """The places of a story, and under which ids documents' place names are known."""

    places: tuple[StoryPlace, ...] = ()
    by_name: Mapping[str, str] = field(default_factory=dict)
    """Case-folded name or wording -> place id."""

    def of(self, name: str | None) -> str | None:
        """Place id of a name; ``None`` when it is not a place of the story."""
        return None if name is None else self.by_name.get(name.casefold())


@dataclass(frozen=True, kw_only=True)
class Case:
    """One story in the making: readings sorted by document id, copies, actors and places.  Pure data, shared by all later steps."""

    readings: tuple[Reading, ...]
    copies: tuple[CopyGroup, ...] = ()
    actors: ActorIndex = ActorIndex()
    places: PlaceIndex = PlaceIndex()

    def n_origins(self, evidence: Iterable[Evidence]) -> int:
        """Number of independent origins behind evidence (copies and shared passages count once)."""
        return self._origins.count(evidence)

    def reading(self, document: str) -> Reading:
        """The reading of a document of the story."""
        return self._by_id[document]

    def event(self, document: str, event: str) -> Event:
        """An event of a document of the story."""
        return self._events[document, event]

    def speaker_of(self, reading: Reading, attribution_id: str | None) -> tuple[str, ...]:
        """Actor ids of the speakers of an attribution (a record's ``voice``); empty for the reporter's own voice or unnamed."""
        if attribution_id is None:
            return ()
        return self._speakers.get((reading.document.id, attribution_id), ())

    def voices(self, reading: Reading, record: Event | Figure | Attribution) -> tuple[Voice, ...]:
        """Who says what a record says: one voice per speaker, or the reporter's own."""
        attribution = record.id if isinstance(record, Attribution) else record.voice
        speakers = self.speaker_of(reading, attribution) or (None,)
        return tuple(Voice(speaker=s, document=reading.document.id, record=attribution or record.id or None) for s in speakers)

    @staticmethod
    def sentence_evidence(reading: Reading, span: Span, record: str | None = None) -> Evidence:
        """Evidence that cites the whole sentence around a span (the span itself where no sentence holds it)."""
        for sentence in reading.sentences:
            if sentence.start <= span.start < sentence.end:
                return Evidence(document=reading.document.id, span=Span(sentence.start, max(sentence.end, span.end)), record=record)
        return Evidence(document=reading.document.id, span=span, record=record)

    @cached_property
    def _origins(self) -> Origins:
        return Origins(self.copies)

    @cached_property
    def _by_id(self) -> dict[str, Reading]:
        return {r.document.id: r for r in self.readings}

    @cached_property
    def _events(self) -> dict[tuple[str, str], Event]:
        return {(r.document.id, e.id): e for r in self.readings for e in r.events}

    @cached_property
    def _speakers(self) -> dict[tuple[str, str], tuple[str, ...]]:
        found = {}
        for reading in self.readings:
            name = reading.document.id
            for attribution in reading.attributions:
                actors = (self.actors.of(name, entity) for entity in attribution.speaker)
                found[name, attribution.id] = tuple(dict.fromkeys(a for a in actors if a is not None))
        return found
