"""Lines of a page with their citations: which sentences a line rests on, where they open, which number they have in print."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from crossread.desk.files import Finding, FindingState, StoryFile
from crossread.desk.pages import links
from crossread.export.wording import document_label, shorten, when_text
from crossread.records import Document, Evidence, Proof, Reading, Span, Voice


@dataclass(frozen=True, slots=True)
class Cite:
    """A sentence that a line rests on: its number on the page, where it opens, the report's name, and its words."""

    number: int
    href: str
    label: str
    day: str
    sentence: str
    document: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page.  ``id`` is its anchor on the page, ``key`` that of its finding (empty where it is none)."""

    id: str
    text: str
    cites: tuple[Cite, ...]
    key: str = ""
    state: str = "proposed"
    why: str = ""

    @property
    def href(self) -> str:
        """Where the line's first sentence opens; empty where it has none."""
        return self.cites[0].href if self.cites else ""


def sentence_at(reading: Reading, span: Span) -> int | None:
    """Number (0-based) of the sentence in which a span begins, or of the last before it; ``None`` without sentences."""
    if not reading.sentences:
        return None
    return max(0, bisect_right(reading.sentences, span.start, key=lambda s: s.start) - 1)


def sentence_words(reading: Reading, number: int | None) -> str:
    """The words of a sentence on one line."""
    text = reading.document.text
    return " ".join((reading.sentences[number].of(text) if number is not None else text).split())


def short_label(document: Document) -> str:
    """What a document is called in citations, cut to a name's length."""
    return shorten(document_label(document), 28)


class Notes:
    """Numbers the sentences that a page cites, in order of first use: one number for each document and sentence."""

    def __init__(self, file: StoryFile) -> None:
        self.file = file
        self.readings: Mapping[str, Reading] = file.readings
        self.names = {a.id: a.name for a in file.story.actors}
        self._found: dict[tuple[str, int | None], Cite] = {}

    def all(self) -> tuple[Cite, ...]:
        """All notes of the page."""
        return tuple(self._found.values())

    def of(self, evidence: Proof) -> tuple[Cite, ...]:
        """Citations of the evidence, each sentence once, those of one report together."""
        by_report: dict[str, dict[int, Cite]] = {}
        for e in evidence:
            cite = self._one(e)
            if cite is not None:
                by_report.setdefault(cite.document, {}).setdefault(cite.number, cite)
        return tuple(c for cites in by_report.values() for c in cites.values())

    def _one(self, evidence: Evidence) -> Cite | None:
        reading = self.readings.get(evidence.document)
        if reading is None:
            return None
        number = sentence_at(reading, evidence.span)
        cite = self._found.get((evidence.document, number))
        if cite is None:
            document = reading.document
            cite = Cite(
                number=len(self._found) + 1,
                href=links.document(document.id, at=evidence.span, sentence=number or 0),
                label=short_label(document),
                day=when_text(document.published),
                sentence=sentence_words(reading, number),
                document=document.id,
            )
            self._found[evidence.document, number] = cite
        return cite

    def line(self, item: str, text: str, evidence: Proof, *, anchor: str | None = None) -> Line:
        """A line for an item of the story, with the key and state of its finding."""
        finding = self.file.by_item.get(item)
        return Line(
            id=anchor or item,
            text=" ".join(text.split()),
            cites=self.of(evidence),
            key=finding.key if finding else "",
            state=finding.state.value if finding else "proposed",
            why=links.finding(self.file.story.id, finding.key) if finding else "",
        )

    def voice(self, voice: Voice | None) -> str:
        """Who says something: the actor, else the report itself."""
        if voice is None:
            return ""
        return self.names.get(voice.speaker or "") or self.report(voice.document)

    def people(self, actors: Iterable[str]) -> tuple[tuple[str, str], ...]:
        """Names of actors with their pages, each name once."""
        found: dict[str, str] = {}
        for actor in actors:
            if actor in self.names:
                found.setdefault(self.names[actor], links.actor(self.file.story.id, actor))
        return tuple(found.items())

    def report(self, name: str) -> str:
        """What a document is called."""
        reading = self.readings.get(name)
        return short_label(reading.document) if reading else name


def is_checked(finding: Finding) -> bool:
    """Whether a person decided on a finding."""
    return finding.state is not FindingState.PROPOSED
