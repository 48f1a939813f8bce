"""Why a finding is there, what people decided about it, and the forms to decide; the queue and the history."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum

from crossread.desk.files import EDITABLE, Decision, Finding, StoryFile
from crossread.desk.pages import links
from crossread.desk.pages.cites import Cite, Notes
from crossread.desk.pages.documents import record_details
from crossread.export.wording import range_text, when_text
from crossread.records import Claim, EventMention, Record, StoryActor, StoryEvent, StoryFigure, When
from crossread.vocabulary import (
    AttributionKind,
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

KIND_WORDS = {
    "mention": "name in a report",
    "attribution": "statement in a report",
    "event": "event in a report",
    "figure": "figure in a report",
    "story-actor": "actor",
    "story-place": "place",
    "story-event": "event",
    "story-claim": "statement",
    "story-figure": "figure",
    "story-corroboration": "agreement",
    "story-dispute": "dispute",
    "story-thread": "thread",
    "story-entry": "timeline line",
    "story-copy": "shared text",
}

_CHOICES: dict[tuple[str, str], type[Enum]] = {
    ("mention", "type"): EntityType,
    ("attribution", "kind"): AttributionKind,
    ("event", "type"): EventType,
    ("figure", "kind"): FigureKind,
    ("story-actor", "type"): EntityType,
    ("story-place", "type"): EntityType,
    ("story-event", "type"): EventType,
    ("story-figure", "kind"): FigureKind,
    ("story-dispute", "kind"): DisputeKind,
    ("story-thread", "kind"): ThreadKind,
    ("story-copy", "kind"): CopyKind,
}
_BY_FIELD: dict[str, type[Enum]] = {
    "stance": Stance,
    "status": Status,
    "bound": Bound,
    "compatible": Compatible,
    "independent": Independence,
}
_FIXED = {"denied": ("true", "false"), "polarity": ("affirmed", "denied")}

SPAN_PARTS = {
    "mention": ("span",),
    "attribution": ("source", "cue", "content"),
    "event": ("anchor",),
    "figure": ("span", "counted"),
}
MERGEABLE = frozenset({"story-actor", "story-event", "story-place", "story-claim", "story-figure"})


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the edit form: a choice where ``choices`` are given, else a line of text."""

    name: str
    label: str
    value: str
    choices: tuple[str, ...]
    type: str


@dataclass(frozen=True, slots=True)
class SpanPart:
    """A span of a finding that may be corrected."""

    name: str
    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a finding's evidence, as the split form names it."""

    value: str
    label: str
    words: str


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding's page."""

    key: str
    kind: str
    kind_word: str
    type: str
    words: str
    state: str
    doubt: float
    by: tuple[str, ...]
    lost: bool
    merged_into: str
    cites: tuple[Cite, ...]
    details: tuple[tuple[str, str], ...]
    reason: str
    fields: tuple[Field, ...]
    spans: tuple[SpanPart, ...]
    parts: tuple[Part, ...]
    others: tuple[tuple[str, str], ...]
    """Findings that it may be merged with: (key, words)."""
    can_rename: bool
    name: str
    document: str
    href: str
    members: tuple[tuple[str, str, str], ...]
    """Findings of documents that it is made of: (words, state, address)."""


def field_value(record: Record | None, name: str) -> str:
    """The present value of an editable field, as its form shows it."""
    if record is None:
        return ""
    if name in ("start", "end"):
        when = getattr(record, "when", None)
        return (getattr(when, name) or "") if isinstance(when, When) else ""
    if name == "place":
        place = getattr(record, "place", None)
        return (place.name or place.text) if place else ""
    value = getattr(record, name, None)
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:g}"
    return value if isinstance(value, str) else ""


ADDABLE = (("event", "An event"), ("attribution", "A statement"), ("figure", "A figure"))
"""Kinds of findings that a person may add, with what they are called."""


_KIND_FIELD = {"figure": "counts", "attribution": "quoted"}
"""What the field ``kind`` of a finding is called in the form that adds one, whose own ``kind`` says what is added."""


def empty_fields(kind: str) -> tuple[Field, ...]:
    """The fields of a finding that is to be added; the form leaves out ``start`` and ``end`` days, whose names the span has."""
    fields = (_field(kind, name, None) for name in EDITABLE[kind] if name not in ("start", "end"))
    return tuple(replace(f, name=_KIND_FIELD[kind]) if f.name == "kind" else f for f in fields)


def _field(kind: str, name: str, record: Record | None) -> Field:
    choices = _CHOICES.get((kind, name)) or _BY_FIELD.get(name)
    words = tuple(str(c.value) for c in choices) if choices else _FIXED.get(name, ())
    look = "date" if name in ("start", "end") else "number" if name in _NUMBERS else "text"
    label = {"of": "out of", "start": "first day", "end": "last day", "precision_km": "known to within, km"}.get(name, name)
    return Field(name=name, label=label, value=field_value(record, name), choices=words, type=look)


_NUMBERS = frozenset({"low", "best", "high", "of", "lat", "lon", "precision_km"})


def finding_view(file: StoryFile, finding: Finding, notes: Notes) -> FindingView:
    """A finding laid out with its forms."""
    record = finding.record
    reading = notes.readings.get(finding.document) if finding.document else None
    details = record_details(finding, reading) if reading else story_details(record, notes)
    return FindingView(
        key=finding.key,
        kind=finding.kind,
        kind_word=KIND_WORDS.get(finding.kind, finding.kind),
        type=finding.type.replace("_", " ").lower(),
        words=finding.words,
        state=finding.state.value,
        doubt=finding.doubt,
        by=finding.by,
        lost=finding.lost,
        merged_into=finding.merged_into or "",
        cites=notes.of(finding.evidence),
        details=details,
        reason=str(getattr(record, "reason", "") or "") if not reading else "",
        fields=tuple(_field(finding.kind, name, finding.record) for name in EDITABLE.get(finding.kind, ())),
        spans=_spans(finding, notes),
        parts=_parts(finding, notes),
        others=_others(file, finding),
        can_rename=finding.kind in ("story-actor", "story-place", "story-event", "story-thread"),
        name=str(getattr(record, "name", "") or getattr(record, "label", "") or getattr(record, "title", "") or finding.words),
        document=finding.document or "",
        href=links.finding(file.story.id, finding.key),
        members=_members(file, record),
    )


def story_details(record: Record | None, notes: Notes) -> tuple[tuple[str, str], ...]:
    """What a record of a story says, as (word, value)."""
    pairs: list[tuple[str, str]] = []
    if isinstance(record, StoryActor):
        pairs = [("type", record.type.value.lower()), ("country", record.country or ""), ("roles", ", ".join(record.roles))]
        pairs.append(("written as", "; ".join(f.text for f in record.forms)))
    elif isinstance(record, StoryEvent):
        for status in record.statuses:
            voices = dict.fromkeys(notes.voice(v) for v in status.voices)
            pairs.append((status.status.value.replace("_", " "), "said by " + ", ".join(voices)))
        pairs += [
            ("who", _names(record.actors, notes)),
            ("whom", _names(record.recipients, notes)),
            ("when", when_text(record.when)),
        ]
    elif isinstance(record, StoryFigure):
        pairs = [("range", range_text(record)), ("grew", "later reports give more" if record.grew else "")]
    when = getattr(record, "when", None)
    if isinstance(when, When) and not isinstance(record, StoryEvent):
        pairs.append(("when", when_text(when)))
    n_documents = getattr(record, "n_documents", None)
    if n_documents is not None:
        pairs.append(("rests on", f"{n_documents} reports, {getattr(record, 'n_independent', 0)} independent"))
    return tuple((word, value) for word, value in pairs if value)


def _names(ids: Iterable[str], notes: Notes) -> str:
    return ", ".join(notes.names.get(a, a) for a in ids)


def _spans(finding: Finding, notes: Notes) -> tuple[SpanPart, ...]:
    reading = notes.readings.get(finding.document or "")
    if reading is None or finding.record is None:
        return ()
    found = []
    for name in SPAN_PARTS.get(finding.kind, ()):
        value = getattr(finding.record, name, None)
        first = value if value is not None and hasattr(value, "start") else value[0] if value else None
        start, end = (first.start, first.end) if first is not None else (0, 0)
        words = " ".join(reading.document.text[start:end].split())
        found.append(SpanPart(name=name, start=start, end=end, words=words))
    return tuple(found)


def _parts(finding: Finding, notes: Notes) -> tuple[Part, ...]:
    if finding.kind not in MERGEABLE or len(finding.evidence) < 2:
        return ()
    parts = []
    for e in finding.evidence[:60]:
        reading = notes.readings.get(e.document)
        if reading is not None:
            words = " ".join(e.span.of(reading.document.text).split())
            parts.append(Part(f"{e.document}:{e.span.start}-{e.span.end}", notes.report(e.document), words))
    return tuple(parts)


def _others(file: StoryFile, finding: Finding) -> tuple[tuple[str, str], ...]:
    if finding.kind not in MERGEABLE:
        return ()
    return tuple((f.key, f.words) for f in file.by_item.values() if f.kind == finding.kind and f.key != finding.key)[:400]


def _members(file: StoryFile, record: Record | None) -> tuple[tuple[str, str, str], ...]:
    mentions = record.mentions if isinstance(record, StoryEvent | Claim) else ()
    found = []
    for mention in mentions[:100]:
        item = mention.event if isinstance(mention, EventMention) else mention.attribution
        finding = file.by_record.get((mention.document, item))
        if finding is not None:
            found.append((finding.words, finding.state.value, links.finding(file.story.id, finding.key)))
    return tuple(found)


ACTION_WORDS = {
    "accept": "accepted",
    "reject": "rejected",
    "edit": "edited",
    "reset": "put back to proposed",
    "add": "added",
    "merge": "merged",
    "split": "split",
    "rename": "renamed",
    "span": "corrected the span of",
    "undo": "took back",
}


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """A line of the history."""

    seq: int
    at: str
    person: str
    action: str
    words: str
    reason: str
    details: str
    undone: bool
    undoes: int | None
    href: str


def history_row(decision: Decision, story: str) -> HistoryRow:
    """A line laid out; ``story`` is where its finding can be looked at (may be empty)."""
    details = "; ".join(f"{k.replace('_', ' ')}: {_short(v)}" for k, v in decision.details.items() if k in _TOLD)
    return HistoryRow(
        seq=decision.seq,
        at=decision.at.replace("T", " ").rstrip("Z"),
        person=decision.person or "nobody named",
        action=ACTION_WORDS.get(decision.action, decision.action),
        words=decision.words,
        reason=decision.reason or "",
        details=details,
        undone=decision.undone,
        undoes=decision.undoes,
        href=links.finding(story, decision.finding) if story and decision.finding else "",
    )


_TOLD = frozenset({"fields", "name", "other", "part", "start", "end", "kind", "type", "stance", "label"})


def _short(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{k} {v}" for k, v in value.items())
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
