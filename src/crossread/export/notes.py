"""Numbered citations: each sentence that a page rests on has one number."""

from collections.abc import Iterable
from dataclasses import dataclass

from crossread.export.wording import document_label
from crossread.records import Evidence, Proof, Reading, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A numbered citation: the words, and the whole sentence that they stand in."""

    number: int
    document: str
    label: str
    span: Span
    sentence_span: Span
    words: str
    sentence: str


class Citations:
    """Hands out citation numbers in order of first use, one per document and sentence."""

    def __init__(self, readings: Iterable[Reading]) -> None:
        self.readings = {r.document.id: r for r in readings}
        self.notes: dict[tuple[str, Span], Note] = {}

    def of(self, evidence: Proof) -> tuple[int, ...]:
        """Numbers of the sentences that evidence lies in, each once."""
        return tuple(dict.fromkeys(self._number(e) for e in evidence if e.document in self.readings))

    def _number(self, evidence: Evidence) -> int:
        reading = self.readings[evidence.document]
        sentence = sentence_around(reading, evidence.span)
        note = self.notes.get((evidence.document, sentence))
        if note is None:
            text = reading.document.text
            note = Note(
                number=len(self.notes) + 1,
                document=evidence.document,
                label=document_label(reading.document),
                span=evidence.span,
                sentence_span=sentence,
                words=evidence.span.of(text),
                sentence=" ".join(sentence.of(text).split()),
            )
            self.notes[evidence.document, sentence] = note
        return note.number


def sentence_around(reading: Reading, span: Span) -> Span:
    """The sentences that a span touches, as one span; the span itself where it touches none."""
    touched = [s for s in reading.sentences if s.overlaps(span)]
    return Span(min(span.start, touched[0].start), max(span.end, touched[-1].end)) if touched else span
