"""What one document says."""

from crossread.errors import RecordError
from crossread.listing import make_listings
from crossread.records.base import SCHEMA_VERSION, Place, Problem, Record, Span, Spans, When, check_country, check_order
from crossread.records.document import Document
from crossread.vocabulary import AttributionKind, Auxiliary, Bound, EntityType, EventType, FigureKind, Stance, Status


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
        check_country(self.country, f"entity {self.id}")


class SaidPart(Record, frozen=True, kw_only=True):
    """One sentence of a longer quotation, and the stance that it takes by itself."""

    span: Span
    stance: Stance


class Attribution(Record, frozen=True, kw_only=True):
    """Who is said to have said what: source, cue and content spans, and what the source does by saying it.

    ``speaker`` is empty when the attribution is agentless or the text does not decide; ``reason`` then says why.  ``parts`` are the
    sentences of a longer quotation where they take other stances than the whole; empty where one stance serves all.
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
    parts: tuple[SaidPart, ...] = ()


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
        check_order(self.low, self.best, self.high, f"figure {self.id}")


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
