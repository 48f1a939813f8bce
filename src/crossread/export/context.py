"""What the rows and lines of an export look up: names behind ids, words behind spans."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from crossread.export.notes import sentence_around
from crossread.export.wording import document_label
from crossread.records import Evidence, Reading, Story, Voice


@dataclass(frozen=True, slots=True)
class Context:
    """A story with what its rows look up: names of actors and places, and the readings as far as they are there."""

    story: Story
    readings: Mapping[str, Reading]
    names: Mapping[str, str]

    def named(self, ids: Sequence[str]) -> tuple[str, ...]:
        """Names of actors or places."""
        return tuple(self.names.get(i, i) for i in ids)

    def label(self, document: str) -> str:
        """What a document is called in citations."""
        reading = self.readings.get(document)
        return document_label(reading.document) if reading else document

    def voice(self, voice: Voice | None) -> str | None:
        """Name of the one who speaks; ``None`` for the reporter's own voice."""
        return self.names.get(voice.speaker, voice.speaker) if voice is not None and voice.speaker is not None else None

    def words(self, evidence: Evidence) -> str | None:
        """The exact words that something rests on, on one line; ``None`` where the reading is not at hand."""
        reading = self.readings.get(evidence.document)
        return " ".join(evidence.span.of(reading.document.text).split()) if reading else None

    def sentence(self, evidence: Evidence) -> str | None:
        """The whole sentence around the words."""
        reading = self.readings.get(evidence.document)
        return " ".join(sentence_around(reading, evidence.span).of(reading.document.text).split()) if reading else None


def context_of(story: Story, readings: Mapping[str, Reading]) -> Context:
    """What the rows of a story look things up in."""
    names = {a.id: a.name for a in story.actors} | {p.id: p.name for p in story.places}
    return Context(story=story, readings=readings, names=names)
