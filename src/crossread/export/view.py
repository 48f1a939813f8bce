"""The parts of a story laid out for people: lines with numbered citations, ready for terminal, Markdown and HTML alike."""

from collections import Counter
from dataclasses import dataclass

from crossread.export.notes import Note
from crossread.export.wording import shorten

VERDICTS = {"yes": "both can be true", "no": "cannot both be true", "unclear": "unclear whether both can be true"}
"""What the sides of a dispute are to each other, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of text with the numbers of its citations."""

    text: str
    cites: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineLine:
    """A dated line; ``precision`` says how vague the date is."""

    when: str
    start: str | None
    end: str | None
    precision: str
    text: str
    status: str
    cites: tuple[int, ...]

    @property
    def mark(self) -> str:
        """The status in words where the sentence may be taken for what it is not; empty for what happened or goes on."""
        return "" if self.status in ("happened", "ongoing") else self.status.replace("_", " ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One statement of one speaker, in the exact words of the first report that carries it."""

    stance: str
    polarity: str
    text: str
    when: str
    cites: tuple[int, ...]
    n_independent: int

    @property
    def manner(self) -> str:
        """The stance, and that the words are denied where the stance does not say so itself: ``assert, denied``; ``denial`` where the words
        themselves deny something."""
        if self.stance == "deny" and self.polarity == "affirmed":
            return "denial"
        return self.stance if self.polarity == "affirmed" or self.stance == "deny" else f"{self.stance}, denied"


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Everything that one actor is reported to have said."""

    name: str
    about: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueLine:
    """One reported value of a figure."""

    text: str
    low: float | None
    high: float | None
    voice: str
    published: str
    cites: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureBlock:
    """All reported values of one count."""

    kind: str
    counted: str
    detail: str
    place: str
    when: str
    range: str
    grew: bool
    differs: bool
    values: tuple[ValueLine, ...]

    @property
    def grouped(self) -> tuple[tuple[str, tuple[ValueLine, ...]], ...]:
        """The values by their wording, so that a number that several give stands once."""
        groups: dict[str, list[ValueLine]] = {}
        for value in self.values:
            groups.setdefault(value.text, []).append(value)
        return tuple((text, tuple(values)) for text, values in groups.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class SideBlock:
    """One side of a dispute."""

    position: str
    held_by: str
    cites: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeBlock:
    """A dispute with its sides side by side."""

    kind: str
    topic: str
    compatible: str
    reason: str
    sides: tuple[SideBlock, ...]

    @property
    def verdict(self) -> str:
        """Whether the sides can both be true, in words."""
        return VERDICTS[self.compatible]


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """What several reports say, and on how many independent origins it rests."""

    text: str
    independent: str
    reason: str
    n_documents: int
    n_independent: int
    cites: tuple[int, ...]

    @property
    def support(self) -> str:
        """On how many origins it rests, in words."""
        if self.independent == "unknown":
            return f"{self.n_documents} reports, origin unknown"
        if self.n_independent == 1 < self.n_documents:
            return f"{self.n_documents} reports, one origin"
        return f"{self.n_independent} of {self.n_documents} independent"


@dataclass(frozen=True, slots=True, kw_only=True)
class StateLine:
    """One state of a thread."""

    state: str
    when: str
    by: str
    facts: str
    cites: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadBlock:
    """A process and the states it passed through."""

    kind: str
    title: str
    states: tuple[StateLine, ...]
    open_questions: tuple[str, ...]

    @property
    def heading(self) -> str:
        """The title, with the kind before it where it does not say so itself."""
        said = self.title.lower().startswith(self.kind.lower())
        return self.title if said else f"{self.kind[:1].upper()}{self.kind[1:]}: {self.title}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyBlock:
    """Documents that share words."""

    kind: str
    documents: tuple[str, ...]
    reason: str
    passages: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentLine:
    """A document of the story, or one set aside with the reason."""

    id: str
    label: str
    title: str
    published: str
    reason: str = ""
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryView:
    """A story laid out for people."""

    title: str
    brief: tuple[Line, ...]
    timeline: tuple[TimelineLine, ...]
    speakers: tuple[Speaker, ...]
    figures: tuple[FigureBlock, ...]
    disputes: tuple[DisputeBlock, ...]
    agreements: tuple[Agreement, ...]
    threads: tuple[ThreadBlock, ...]
    copies: tuple[CopyBlock, ...]
    documents: tuple[DocumentLine, ...]
    outside: tuple[DocumentLine, ...]
    notes: tuple[Note, ...]

    @property
    def head(self) -> str:
        """How many reports there are, by whom, and how many are set aside."""
        count = f"{len(self.documents)} {'report' if len(self.documents) == 1 else 'reports'}"
        labels = Counter(d.label for d in self.documents)
        named = shorten(", ".join(f"{label} ×{n}" if n > 1 else label for label, n in labels.items()), 200)
        return f"{count} ({named})" + (f"; {len(self.outside)} set aside" if self.outside else "")
