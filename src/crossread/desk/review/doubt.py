"""How doubtful a finding is, to order the queue: 0 (sure) to 1.  It ranks; it is no probability."""

from typing import Any

from crossread.records import (
    Attribution,
    Claim,
    CopyGroup,
    Corroboration,
    Dispute,
    Event,
    Figure,
    Mention,
    StoryActor,
    StoryEvent,
    StoryFigure,
    StoryPlace,
    Thread,
    TimelineEntry,
)
from crossread.vocabulary import AttributionKind, Bound, Compatible, EventType, Independence, Precision, Status

ALONE = 0.15
"""Added where one document alone carries a finding."""


def doubt_of(kind: str, record: Any, *, confidence: float | None = None) -> float:
    """Doubt of a finding.

    Args:
        kind: As in `Finding.kind`.
        record: The record as the machine proposed it.
        confidence: Mean confidence of the event mentions behind an event of a story, where it is known.
    """
    look = _LOOKS[kind]
    value = look(record) if kind != "story-event" else _story_event(record, confidence)
    return round(min(1.0, max(0.0, value)), 3)


def _mention(record: Mention) -> float:
    return 0.3 if record.type.value == "OTHER" else 0.1


def _attribution(record: Attribution) -> float:
    doubt = {AttributionKind.DIRECT: 0.1, AttributionKind.MIXED: 0.25, AttributionKind.INDIRECT: 0.35}[record.kind]
    return (
        doubt + (0.35 if not record.speaker else 0.0) + (0.1 if record.inside else 0.0) + (0.1 if len(record.content) > 1 else 0.0)
    )


def _event(record: Event) -> float:
    return 1.0 - record.confidence + (0.05 if record.type is EventType.NONE else 0.0)


def _figure(record: Figure) -> float:
    doubt = 0.45 if record.bound is Bound.VAGUE else 0.2
    return doubt + (0.25 if record.counted is None else 0.0) + (0.15 if record.kind.value == "other" else 0.0)


def _actor(record: StoryActor | StoryPlace) -> float:
    return 0.1 + 0.12 * min(5, len(record.forms) - 1) + (0.1 if record.type.value == "OTHER" else 0.0)


def _story_event(record: StoryEvent, confidence: float | None) -> float:
    doubt = 0.6 * (1.0 - confidence) if confidence is not None else 0.3  # below what is openly disputed
    contested = len({s.status for s in record.statuses} & {Status.HAPPENED, Status.DENIED, Status.NEGATED}) > 1
    return doubt + (ALONE if record.n_documents < 2 else 0.0) + (0.25 if contested else 0.0)


def _claim(record: Claim) -> float:
    return 0.25 + (0.35 if not record.speakers else 0.0) + (ALONE if record.n_documents < 2 else 0.0)


def _story_figure(record: StoryFigure) -> float:
    values = {(v.low, v.best, v.high) for v in record.values}
    return 0.2 + 0.1 * min(4, len(values) - 1) + (ALONE if record.n_documents < 2 else 0.0) + (0.1 if record.grew else 0.0)


def _corroboration(record: Corroboration) -> float:
    return {Independence.YES: 0.3, Independence.NO: 0.3, Independence.PARTLY: 0.45, Independence.UNKNOWN: 0.7}[record.independent]


def _dispute(record: Dispute) -> float:
    return {Compatible.UNCLEAR: 0.85, Compatible.YES: 0.6, Compatible.NO: 0.5}[record.compatible]


def _thread(record: Thread) -> float:
    return 0.65 if len(record.states) < 2 else 0.4


def _entry(record: TimelineEntry) -> float:
    return {Precision.DAY: 0.2, Precision.WEEK: 0.35, Precision.MONTH: 0.4, Precision.YEAR: 0.45, Precision.UNKNOWN: 0.6}[
        record.when.precision
    ]


def _copy(record: CopyGroup) -> float:
    return {"copy": 0.15, "partial": 0.4, "quote": 0.35, "boilerplate": 0.3}[record.kind.value]


_LOOKS: dict[str, Any] = {
    "mention": _mention,
    "attribution": _attribution,
    "event": _event,
    "figure": _figure,
    "story-actor": _actor,
    "story-place": _actor,
    "story-event": _story_event,
    "story-claim": _claim,
    "story-figure": _story_figure,
    "story-corroboration": _corroboration,
    "story-dispute": _dispute,
    "story-thread": _thread,
    "story-entry": _entry,
    "story-copy": _copy,
}
