"""The records that flow through crossread: Document, Reading, Story and their parts.

All are frozen.  Every span is a half-open ``[start, end)`` pair of Unicode code-point offsets into ``Document.text``.  Absent is
``None``, never a made-up value.  Ids are strings, unique within their reading or story across all lists; a link to another record
is its id.  In JSON a span is ``[start, end]`` and every key is written, ``null`` where nothing is known.
"""

import re
from typing import Any, NamedTuple

import msgspec

from crossread.errors import RecordError, SpanOutOfRange
from crossread.listing import make_listings
from crossread.vocabulary import (
    AttributionKind,
    Auxiliary,
    Basis,
    Bound,
    Compatible,
    CopyKind,
    DisputeKind,
    EntityType,
    EventType,
    FigureKind,
    Independence,
    Precision,
    Stance,
    Status,
    ThreadKind,
)

SCHEMA_VERSION = 1

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_COUNTRY = re.compile(r"[A-Z]{3}")


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """Base of all records: frozen, keyword-only, compared by value."""


class Span(NamedTuple):
    """Half-open ``[start, end)`` code-point offsets into a document's text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words that the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: "Span") -> bool:
        """Whether the two spans share a character."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: "Span") -> bool:
        """Whether the other span lies inside this one."""
        return self.start <= other.start and other.end <= self.end


Spans = tuple[Span, ...]


def _check_span(span: Span | None, where: str) -> None:
    if span is not None and not 0 <= span.start < span.end:
        raise SpanOutOfRange(f"{where}: span {tuple(span)} is empty or runs backwards; start must be >= 0 and below end")


def _check_order(low: float | None, best: float | None, high: float | None, where: str) -> None:
    values = [v for v in (low, best, high) if v is not None]
    if values != sorted(values):
        raise RecordError(f"{where}: low, best and high must not decrease, got {low}, {best}, {high}")


def _check_country(country: str | None, where: str) -> None:
    if country is not None and not _COUNTRY.fullmatch(country):
        raise RecordError(f"{where}: country {country!r} is not an ISO 3166 alpha-3 code such as 'FRA'")


class Problem(Record, frozen=True, kw_only=True):
    """A fault of one document that leaves the rest readable.

    ``code`` is stable and documented in docs/reference/problems.md; ``severity`` is ``error`` when something was lost, else ``warning``.
    """

    step: str
    code: str
    message: str
    severity: str = "warning"
    doc_id: str | None = None
    span: Span | None = None


class When(Record, frozen=True, kw_only=True):
    """A date interval: ISO dates, both included, ``None`` = open."""

    text: str | None = None
    span: Span | None = None
    start: str | None = None
    end: str | None = None
    precision: Precision = Precision.UNKNOWN
    basis: Basis = Basis.STATED

    def __post_init__(self) -> None:
        for day in (self.start, self.end):
            if day is not None and not _DATE.fullmatch(day):
                raise RecordError(f"when: {day!r} is not an ISO date (YYYY-MM-DD)")
        if self.start is not None and self.end is not None and self.start > self.end:
            raise RecordError(f"when: {self.start} lies after {self.end}")


class Place(Record, frozen=True, kw_only=True):
    """A place as the text names it, and where it lies as far as that is known.

    ``within`` runs from the next larger place outward; ``precision_km`` is the radius in which the place surely lies.
    """

    text: str
    span: Span | None = None
    name: str | None = None
    within: tuple[str, ...] = ()
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision_km: float | None = None

    def __post_init__(self) -> None:
        _check_country(self.country, f"place {self.text!r}")


# ---------------------------------------------------------------- where bytes came from


class TextSource(Record, frozen=True, kw_only=True, tag_field="kind", tag="text"):
    """Text given in a call or pasted."""


class FileSource(Record, frozen=True, kw_only=True, tag_field="kind", tag="file"):
    """A file of its own."""

    path: str


class LineSource(Record, frozen=True, kw_only=True, tag_field="kind", tag="line"):
    """One line (JSON Lines) or row (CSV) of a file; ``line`` is 1-based."""

    path: str
    line: int


class MemberSource(Record, frozen=True, kw_only=True, tag_field="kind", tag="member"):
    """A member of an archive."""

    path: str
    member: str


class WarcSource(Record, frozen=True, kw_only=True, tag_field="kind", tag="warc"):
    """A response record of a WARC file."""

    path: str
    record_id: str
    url: str | None = None
    captured: str | None = None


class FeedSource(Record, frozen=True, kw_only=True, tag_field="kind", tag="feed"):
    """An entry of a feed."""

    path: str
    entry: str
    url: str | None = None


class MailSource(Record, frozen=True, kw_only=True, tag_field="kind", tag="mail"):
    """An e-mail message."""

    path: str
    message_id: str | None = None


class UrlSource(Record, frozen=True, kw_only=True, tag_field="kind", tag="url"):
    """A page fetched from the web at ``fetched`` (ISO time)."""

    url: str
    fetched: str | None = None


Source = TextSource | FileSource | LineSource | MemberSource | WarcSource | FeedSource | MailSource | UrlSource


class Removed(Record, frozen=True, kw_only=True):
    """A piece of furniture taken out of the text; ``line`` is its 1-based line in the input."""

    text: str
    reason: str
    line: int


class Document(Record, frozen=True, kw_only=True):
    """One report as published: its own words, headline first, paragraphs parted by a blank line."""

    id: str
    text: str
    title: str | None = None
    title_span: Span | None = None
    publisher: str | None = None
    agency: str | None = None
    byline: str | None = None
    url: str | None = None
    language: str | None = None
    published: When | None = None
    source: Source = TextSource()
    raw_sha256: str | None = None
    removed: tuple[Removed, ...] = ()
    problems: tuple[Problem, ...] = ()

    def __post_init__(self) -> None:
        _check_span(self.title_span, f"document {self.id}: title_span")
        if self.title_span is not None and self.title_span.end > len(self.text):
            raise SpanOutOfRange(f"document {self.id}: title_span {tuple(self.title_span)} ends after the text ({len(self.text)})")

    def _repr_html_(self) -> str:
        from crossread.export.notebook import document_html

        return document_html(self)


# ---------------------------------------------------------------- what one document says


class Mention(Record, frozen=True, kw_only=True):
    """Words that name or describe an entity."""

    id: str
    span: Span
    type: EntityType
    entity: str


class Entity(Record, frozen=True, kw_only=True):
    """A person, body, place or group that a document speaks of, named or not."""

    id: str
    name: str
    type: EntityType
    country: str | None = None
    sector: str | None = None
    role: str | None = None
    mentions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _check_country(self.country, f"entity {self.id}")


class Attribution(Record, frozen=True, kw_only=True):
    """Who is said to have said what: source, cue and content spans, and what the source does by saying it.

    ``speaker`` is empty when the attribution is agentless or the text does not decide; ``reason`` then says why.
    """

    id: str
    source: Spans = ()
    cue: Spans = ()
    content: Spans = ()
    speaker: tuple[str, ...] = ()
    kind: AttributionKind = AttributionKind.INDIRECT
    stance: Stance = Stance.ASSERT
    denied: bool = False
    about: tuple[str, ...] = ()
    addressee: tuple[str, ...] = ()
    inside: str | None = None
    when: When | None = None
    reason: str | None = None


class Party(Record, frozen=True, kw_only=True):
    """An actor or recipient of an event; ``span`` is ``None`` where the sentence does not name it."""

    span: Span | None = None
    entity: str | None = None


class Event(Record, frozen=True, kw_only=True):
    """One report of a happening (an event mention), coded in PLOVER.

    ``voice`` is ``None`` for the reporter's own voice, else the id of the innermost attribution.  ``confidence`` runs from 0 to 1 and
    is comparable across events, NONE included.
    """

    id: str
    anchor: Spans
    sentence: Span
    type: EventType
    label: str | None = None
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    actors: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    place: Place | None = None
    when: When | None = None
    auxiliary: tuple[Auxiliary, ...] = ()
    status: Status = Status.HAPPENED
    voice: str | None = None
    cameo: str | None = None
    confidence: float = 0.0

    def __post_init__(self) -> None:
        if not 0.0 <= self.confidence <= 1.0:
            raise RecordError(f"event {self.id}: confidence {self.confidence} is not within 0 and 1")


class Figure(Record, frozen=True, kw_only=True):
    """A reported number: what it counts, between which bounds, of which total, in whose voice."""

    id: str
    span: Span
    counted: Span | None = None
    kind: FigureKind = FigureKind.OTHER
    label: str | None = None
    unit: str | None = None
    low: float | None = None
    best: float | None = None
    high: float | None = None
    bound: Bound = Bound.EXACT
    of: float | None = None
    part_of: str | None = None
    place: Place | None = None
    when: When | None = None
    voice: str | None = None

    def __post_init__(self) -> None:
        _check_order(self.low, self.best, self.high, f"figure {self.id}")


class Reading(Record, frozen=True, kw_only=True):
    """All that one document says."""

    schema_version: int = SCHEMA_VERSION
    document: Document
    sentences: Spans = ()
    mentions: tuple[Mention, ...] = ()
    entities: tuple[Entity, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    events: tuple[Event, ...] = ()
    figures: tuple[Figure, ...] = ()
    problems: tuple[Problem, ...] = ()

    def __post_init__(self) -> None:
        make_listings(
            self,
            ("mentions", "entities", "attributions", "events", "figures"),
            ("document", "sentences", "entities", "attributions"),
        )

    def _repr_html_(self) -> str:
        from crossread.export.notebook import reading_html

        return reading_html(self)


# ---------------------------------------------------------------- what many documents say together


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
        _check_country(self.country, f"actor {self.id}")


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
        _check_country(self.country, f"place {self.id}")


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
        _check_order(self.low, self.best, self.high, "figure value")


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
    facts: dict[str, Any] = {}
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
        make_listings(self, _STORY_LISTS, ("id", "actors", "places"))

    def _repr_html_(self) -> str:
        from crossread.export.notebook import story_html

        return story_html(self)


_STORY_LISTS = (
    "copies", "actors", "places", "events", "claims", "figures", "corroborations", "disputes", "threads", "timeline", "brief",
)  # fmt: skip
