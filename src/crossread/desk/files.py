"""What pages and the API get from the desk: plain frozen records, put together from a store and what people decided."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from crossread.records import Claim, Dispute, Document, Evidence, Reading, Record, Span, Story, StoryActor, StoryEvent
from crossread.store.repository import State
from crossread.store.review import LogLine, SavedSearch


class FindingState(StrEnum):
    """Where a finding stands.  Only what a person did makes it anything but proposed."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    EDITED = "edited"
    REJECTED = "rejected"
    ADDED = "added"


STORY_KINDS = ("actor", "place", "event", "claim", "figure", "corroboration", "dispute", "thread", "entry", "copy")
"""Kinds of findings of a story; the lists of `Story` in the same order, ``entry`` being a line of the timeline."""

DOCUMENT_KINDS = ("mention", "attribution", "event", "figure")
"""Kinds of findings of one document: records of its reading."""

EDITABLE: dict[str, tuple[str, ...]] = {
    "mention": ("type",),
    "attribution": ("stance", "denied", "kind", "speaker"),
    "event": ("type", "label", "status", "place", "start", "end"),
    "figure": ("kind", "low", "best", "high", "bound", "of", "unit"),
    "story-actor": ("name", "type", "country"),
    "story-place": ("name", "type", "country", "lat", "lon", "precision_km"),
    "story-event": ("type", "label", "start", "end"),
    "story-claim": ("text", "stance", "polarity"),
    "story-figure": ("kind", "counted", "unit"),
    "story-corroboration": ("what", "independent"),
    "story-dispute": ("kind", "topic", "compatible", "reason"),
    "story-thread": ("kind", "title"),
    "story-entry": ("text", "status", "start", "end"),
    "story-copy": ("kind",),
}
"""Fields that the action ``edit`` takes, by `Finding.kind` (``story-`` before the kinds of a story).  ``start`` and ``end`` are
ISO days, ``speaker`` a name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A line of the history: what a person did, when, and why; ``undone`` when it was taken back, ``undoes`` the line that it
    takes back."""

    seq: int
    at: str
    person: str
    action: str
    finding: str
    details: Mapping[str, Any]
    reason: str | None
    undone: bool
    undoes: int | None
    words: str
    """What it was about, in short, kept from when it was decided."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something that the machine proposes or a person added, with what people decided about it.

    ``key`` survives re-reading and re-linking.  ``kind`` is one of `DOCUMENT_KINDS`, or ``story-`` and one of
    `STORY_KINDS`.  ``item`` is the id of the record in its story or reading as shown now (``None`` when it is not shown:
    rejected, merged away or no longer found).  ``doubt`` runs from 0 (sure) to 1.
    """

    key: str
    kind: str
    item: str | None
    type: str
    words: str
    evidence: tuple[Evidence, ...]
    state: FindingState
    doubt: float
    document: str | None = None
    by: tuple[str, ...] = ()
    """Who decided, latest last."""
    merged_into: str | None = None
    """Key of the finding that it was merged into."""
    lost: bool = False
    """Decided on, but no longer found by the machine."""
    record: Record | None = None
    """The record as shown now; as proposed where it is not shown."""
    proposed_type: str = ""
    """The type that the machine gave it."""
    proposed_evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryLine:
    """A story in a list.  Days are ISO days of publication; ``reviewed`` is the share of its findings that a person decided on."""

    id: str
    title: str
    n_documents: int
    n_outside: int
    n_disputes: int
    first_day: str | None
    last_day: str | None
    n_findings: int
    n_reviewed: int
    reviewed: float
    publishers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryFile:
    """A story as people decided it.

    ``story`` has accepted, edited, added, merged, split and renamed findings applied and leaves out what was rejected;
    ``proposed`` is what the machine wrote.  ``readings`` (decisions applied) are those of its documents and of those set aside,
    by document id.  ``findings`` holds all by key, rejected and merged ones too.
    """

    line: StoryLine
    story: Story
    proposed: Story
    readings: Mapping[str, Reading]
    findings: Mapping[str, Finding]
    by_item: Mapping[str, Finding]
    """Findings of the story by the id of their item in ``story``."""
    by_record: Mapping[tuple[str, str], Finding]
    """Findings of documents by (document, record id)."""
    lost: tuple[Finding, ...] = ()

    @property
    def rejected(self) -> tuple[Finding, ...]:
        """Findings of the story (not of single documents) that a person rejected."""
        return tuple(f for f in self.findings.values() if f.state is FindingState.REJECTED and f.document is None and not f.lost)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A way in which a document arrived; ``where`` is a path, an address or "pasted text"."""

    where: str
    raw_sha256: str
    arrived: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFile:
    """A document with what was read from it; ``reading`` has decisions applied and is ``None`` before it was read."""

    document: Document
    reading: Reading | None
    state: State
    failure: str | None
    arrivals: tuple[Arrival, ...]
    stories: tuple[StoryLine, ...]
    has_original: bool
    findings: Mapping[str, Finding]
    """By record id of ``reading``."""
    rejected: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorFile:
    """An actor of a story with all that it said and did; claims and events by day."""

    file: StoryFile
    actor: StoryActor
    finding: Finding
    claims: tuple[Claim, ...]
    acted: tuple[StoryEvent, ...]
    received: tuple[StoryEvent, ...]
    changes: tuple[Dispute, ...]
    """Disputes of kind position_change that it is a side of."""
    disputes: tuple[Dispute, ...]
    merged: tuple[Finding, ...]
    """Actors that were merged into it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchHit:
    """A sentence; ``marks`` are the words that were searched, as spans into ``text`` (code points)."""

    document: str
    span: Span
    text: str
    marks: tuple[Span, ...]
    title: str | None
    publisher: str | None
    published: str | None
    stories: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """What narrows a search; days are ISO days of publication, both included."""

    publisher: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    actor: str | None = None
    """A name; sentences that name it."""
    kind: str | None = None
    """A kind of finding of `DOCUMENT_KINDS`; sentences that hold one."""
    state: FindingState | None = None
    """Sentences with a finding in this state."""
    story: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    """A page of a search.  ``counts`` gives for each facet (``publisher``, ``month``, ``story``) its values with the number of
    hits, most first."""

    query: str
    facets: Facets
    hits: tuple[SearchHit, ...]
    total: int
    page: int
    n_pages: int
    stories: tuple[StoryLine, ...]
    counts: Mapping[str, tuple[tuple[str, int], ...]]
    saved: tuple[SavedSearch, ...] = ()


class JobState(StrEnum):
    """Where a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Work in the background; ``done`` of ``total`` documents (``total`` is ``None`` while unknown); ``message`` says what is
    going on, or why it failed."""

    id: str
    kind: str
    title: str
    state: JobState
    step: str = ""
    done: int = 0
    total: int | None = None
    message: str = ""
    started: str | None = None
    ended: str | None = None


def progress(jobs: Iterable[Job]) -> str:
    """How far the work that goes on has come, in words; empty where none does."""
    job = next((j for j in jobs if j.state is JobState.RUNNING), None)
    if job is None:
        return ""
    return f"{job.done} of {job.total} reports are read so far" if job.total else "reports are being taken in"


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A document that could not be read, and why."""

    document: str
    title: str | None
    where: str
    reason: str
    attempts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbox:
    """Jobs (newest first), failures, how many documents are in which state, and whether addresses may be asked."""

    jobs: tuple[Job, ...]
    failures: tuple[Failure, ...]
    counts: Mapping[State, int]
    busy: bool
    notices: tuple[str, ...] = ()
    fetch: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Two people's decisions on the same findings; ``kappa`` is Cohen's, ``None`` where chance alone makes all agree."""

    first: str
    second: str
    n_both: int
    n_agreed: int
    kappa: float | None
    table: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """How often (first's word, second's word) met: accepted, edited, rejected."""
    differing: tuple[str, ...] = ()
    """Keys of findings on which they differ."""


Lines = tuple[LogLine, ...]
