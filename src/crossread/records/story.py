"""What many documents say together, and where they disagree."""

from typing import Any

import msgspec

from crossread.errors import RecordError
from crossread.listing import make_listings
from crossread.records.base import SCHEMA_VERSION, Place, Record, Span, When, check_country, check_order
from crossread.vocabulary import (
    Bound,
    Compatible,
    CopyKind,
    DisputeKind,
    EntityType,
    EventType,
    FigureKind,
    Independence,
    Stance,
    Status,
    ThreadKind,
)

_LISTS = (
    "copies", "actors", "places", "events", "claims", "figures", "corroborations", "disputes", "threads", "timeline", "brief",
)  # fmt: skip


class Evidence(Record, frozen=True, kw_only=True):
    """The words that something rests on: a span of a document and, where there is one, the record read from it."""

    document: str
    span: Span
    record: str | None = None


Proof = tuple[Evidence, ...]


class Voice(Record, frozen=True, kw_only=True):
    """Who says something where: an actor of the story, or ``None`` for the reporter; ``record`` is the record that says it."""

    speaker: str | None = None
    document: str
    record: str | None = None


class Outside(Record, frozen=True, kw_only=True):
    """A document set aside, and why."""

    document: str
    reason: str


class CopyPair(Record, frozen=True, kw_only=True):
    """Two documents that share words, and how."""

    a: str
    b: str
    kind: CopyKind


class Passage(Record, frozen=True, kw_only=True):
    """A stretch of a document."""

    document: str
    span: Span


class CopyGroup(Record, frozen=True, kw_only=True):
    """Documents that share an origin, in whole or in part."""

    id: str
    documents: tuple[str, ...]
    kind: CopyKind
    pairs: tuple[CopyPair, ...] = ()
    passages: tuple[Passage, ...] = ()
    reason: str = ""
    evidence: Proof = ()


class Form(Record, frozen=True, kw_only=True):
    """A way in which documents write a name."""

    text: str
    documents: tuple[str, ...]


class StoryActor(Record, frozen=True, kw_only=True):
    """One actor of a story under all its names."""

    id: str
    name: str
    type: EntityType
    country: str | None = None
    sector: str | None = None
    roles: tuple[str, ...] = ()
    forms: tuple[Form, ...] = ()
    reason: str = ""
    evidence: Proof = ()

    def __post_init__(self) -> None:
        check_country(self.country, f"actor {self.id}")


class StoryPlace(Record, frozen=True, kw_only=True):
    """One place of a story under all its names."""

    id: str
    name: str
    type: EntityType
    country: str | None = None
    forms: tuple[Form, ...] = ()
    within: tuple[str, ...] = ()
    lat: float | None = None
    lon: float | None = None
    precision_km: float | None = None
    reason: str = ""
    evidence: Proof = ()

    def __post_init__(self) -> None:
        check_country(self.country, f"place {self.id}")


class StatusVoices(Record, frozen=True, kw_only=True):
    """A status of an event and who vouches for it."""

    status: Status
    voices: tuple[Voice, ...]


class EventMention(Record, frozen=True, kw_only=True):
    """Link to an event of a reading."""

    document: str
    event: str


class StoryEvent(Record, frozen=True, kw_only=True):
    """One happening that mentions of several documents share.  ``actors``, ``recipients`` and ``places`` are ids of the story."""

    id: str
    type: EventType
    label: str | None = None
    statuses: tuple[StatusVoices, ...] = ()
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    when: When | None = None
    wordings: tuple[str, ...] = ()
    mentions: tuple[EventMention, ...] = ()
    evidence: Proof = ()
    n_documents: int = 0
    n_independent: int = 0
    reason: str = ""


class ClaimMention(Record, frozen=True, kw_only=True):
    """Link to an attribution of a reading."""

    document: str
    attribution: str


class Claim(Record, frozen=True, kw_only=True):
    """One statement, made or denied by the same speakers, in any number of documents.  ``polarity``: ``affirmed`` or ``denied``."""

    id: str
    text: str
    speakers: tuple[str, ...] = ()
    stance: Stance = Stance.ASSERT
    polarity: str = "affirmed"
    when: When | None = None
    mentions: tuple[ClaimMention, ...] = ()
    evidence: Proof = ()
    n_documents: int = 0
    n_independent: int = 0


class FigureValue(Record, frozen=True, kw_only=True):
    """One reported value of a figure, with who says it and when that was published."""

    low: float | None = None
    best: float | None = None
    high: float | None = None
    bound: Bound = Bound.EXACT
    of: float | None = None
    voice: Voice | None = None
    published: When | None = None
    evidence: Proof = ()

    def __post_init__(self) -> None:
        check_order(self.low, self.best, self.high, "figure value")


class StoryFigure(Record, frozen=True, kw_only=True):
    """All reported values of one count.  ``range`` spans them; ``grew`` says that later reports gave higher values."""

    id: str
    kind: FigureKind
    counted: str
    unit: str | None = None
    place: Place | None = None
    when: When | None = None
    values: tuple[FigureValue, ...] = ()
    range: tuple[float | None, float | None] = (None, None)
    grew: bool = False
    reason: str = ""
    evidence: Proof = ()
    n_documents: int = 0
    n_independent: int = 0


class Corroboration(Record, frozen=True, kw_only=True):
    """Something that several documents report, and whether they do so independently."""

    id: str
    what: str
    independent: Independence
    reason: str
    evidence: Proof
    n_documents: int
    n_independent: int


class Side(Record, frozen=True, kw_only=True):
    """One position in a dispute; ``held_by`` are ids of the story's actors."""

    position: str
    held_by: tuple[str, ...] = ()
    voices: tuple[Voice, ...] = ()
    evidence: Proof = ()


class Dispute(Record, frozen=True, kw_only=True):
    """Two or more positions on one matter."""

    id: str
    kind: DisputeKind
    topic: str
    sides: tuple[Side, ...]
    compatible: Compatible
    reason: str
    evidence: Proof

    def __post_init__(self) -> None:
        if len(self.sides) < 2:
            raise RecordError(f"dispute {self.id}: a dispute has at least two sides, got {len(self.sides)}")


class ThreadState(Record, frozen=True, kw_only=True):
    """One state that a process passed through."""

    state: str
    when: When | None = None
    by: tuple[str, ...] = ()
    facts: dict[str, Any] = msgspec.field(default_factory=dict)
    evidence: Proof = ()


class Thread(Record, frozen=True, kw_only=True):
    """A process followed over the reports (a resolution, a truce, a visit), with what is not known as ``open_questions``."""

    id: str
    kind: ThreadKind
    title: str
    states: tuple[ThreadState, ...] = ()
    open_questions: tuple[str, ...] = ()
    evidence: Proof = ()


class TimelineEntry(Record, frozen=True, kw_only=True):
    """A dated happening of the story."""

    id: str
    when: When
    text: str
    status: Status
    evidence: Proof


class BriefLine(Record, frozen=True, kw_only=True):
    """A line of the brief with the words that it rests on."""

    id: str
    text: str
    evidence: Proof


class Story(Record, frozen=True, kw_only=True):
    """What many documents on one developing matter say together, and where they disagree."""

    schema_version: int = SCHEMA_VERSION
    id: str
    title: str | None = None
    documents: tuple[str, ...] = ()
    outside: tuple[Outside, ...] = ()
    copies: tuple[CopyGroup, ...] = ()
    actors: tuple[StoryActor, ...] = ()
    places: tuple[StoryPlace, ...] = ()
    events: tuple[StoryEvent, ...] = ()
    claims: tuple[Claim, ...] = ()
    figures: tuple[StoryFigure, ...] = ()
    corroborations: tuple[Corroboration, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    threads: tuple[Thread, ...] = ()
    timeline: tuple[TimelineEntry, ...] = ()
    brief: tuple[BriefLine, ...] = ()

    def __post_init__(self) -> None:
        make_listings(self, _LISTS, ("id", "actors", "places"))

    def _repr_html_(self) -> str:
        from crossread.export.notebook import story_html

        return story_html(self)
