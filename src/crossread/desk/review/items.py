"""Findings of readings and stories: their keys, types, words and evidence.

A key is made of the kind, the type and where the evidence lies, never of ids, which change whenever a document is read or linked
again.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import msgspec

from crossread.export.wording import range_text
from crossread.records import (
    Attribution,
    Claim,
    CopyGroup,
    Corroboration,
    Dispute,
    Event,
    Evidence,
    Figure,
    Mention,
    Proof,
    Reading,
    Record,
    Span,
    Story,
    StoryActor,
    StoryEvent,
    StoryFigure,
    StoryPlace,
    Thread,
    TimelineEntry,
)

WORDS = 160
"""Longest that a finding's words get, in characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A finding before anybody decided on it: ``item`` is the id of ``record`` in its story or reading."""

    key: str
    kind: str
    item: str
    type: str
    words: str
    evidence: Proof
    record: Record
    document: str | None = None


def short(text: str) -> str:
    """Words on one line, cut where they get long."""
    line = " ".join(text.split())
    return line if len(line) <= WORDS else line[: WORDS - 1].rstrip() + "…"


def key_of(kind: str, type_: str, evidence: Proof) -> str:
    """Key of a finding: kind, and a digest of type and places."""
    where = sorted({(e.document, e.span.start, e.span.end) for e in evidence})
    digest = hashlib.sha256(msgspec.json.encode([type_, where])).hexdigest()[:20]
    return f"{kind}-{digest}"


# ---------------------------------------------------------------- one document


def _of_mention(record: Mention) -> tuple[str, tuple[Span, ...]]:
    return record.type.value, (record.span,)


def _of_attribution(record: Attribution) -> tuple[str, tuple[Span, ...]]:
    return record.stance.value, record.cue + record.content + record.source


def _of_event(record: Event) -> tuple[str, tuple[Span, ...]]:
    return record.type.value, record.anchor or (record.sentence,)


def _of_figure(record: Figure) -> tuple[str, tuple[Span, ...]]:
    return record.kind.value, (record.span,)


DOCUMENT_LISTS: dict[str, tuple[str, Callable[[Any], tuple[str, tuple[Span, ...]]]]] = {
    "mention": ("mentions", _of_mention),
    "attribution": ("attributions", _of_attribution),
    "event": ("events", _of_event),
    "figure": ("figures", _of_figure),
}
"""Kinds of findings of a document: the list of `Reading` that holds them, and how type and spans are taken from a record."""


def reading_items(reading: Reading) -> list[Item]:
    """Findings of one reading, in order."""
    items: list[Item] = []
    name, text = reading.document.id, reading.document.text
    for kind, (field, look) in DOCUMENT_LISTS.items():
        for record in getattr(reading, field):
            type_, spans = look(record)
            evidence = tuple(Evidence(document=name, span=s, record=record.id) for s in spans)
            words = short(" … ".join(s.of(text) for s in sorted(spans)))
            items.append(
                Item(
                    key=key_of(kind, type_, evidence),
                    kind=kind,
                    item=record.id,
                    type=type_,
                    words=words,
                    evidence=evidence,
                    record=record,
                    document=name,
                )
            )
    return _unique(items)


# ---------------------------------------------------------------- a story


def _actor(record: StoryActor | StoryPlace) -> tuple[str, str]:
    return record.type.value, record.name


def _event(record: StoryEvent) -> tuple[str, str]:
    wording = record.wordings[0] if record.wordings else record.type.value
    return record.type.value, f"{record.label}: {wording}" if record.label else wording


def _claim(record: Claim) -> tuple[str, str]:
    return record.stance.value, record.text


def _figure(record: StoryFigure) -> tuple[str, str]:
    return record.kind.value, f"{range_text(record)} {record.counted}"


def _corroboration(record: Corroboration) -> tuple[str, str]:
    return record.independent.value, record.what


def _dispute(record: Dispute) -> tuple[str, str]:
    return record.kind.value, record.topic


def _thread(record: Thread) -> tuple[str, str]:
    return record.kind.value, record.title


def _entry(record: TimelineEntry) -> tuple[str, str]:
    return record.status.value, record.text


def _copy(record: CopyGroup) -> tuple[str, str]:
    return record.kind.value, record.reason or ", ".join(record.documents)


STORY_LISTS: dict[str, tuple[str, Callable[[Any], tuple[str, str]]]] = {
    "story-actor": ("actors", _actor),
    "story-place": ("places", _actor),
    "story-event": ("events", _event),
    "story-claim": ("claims", _claim),
    "story-figure": ("figures", _figure),
    "story-corroboration": ("corroborations", _corroboration),
    "story-dispute": ("disputes", _dispute),
    "story-thread": ("threads", _thread),
    "story-entry": ("timeline", _entry),
    "story-copy": ("copies", _copy),
}
"""Kinds of findings of a story: the list of `Story` that holds them, and how type and words are taken from a record."""


def evidence_of(record: Any) -> Proof:
    """Where a record of a story lies in the documents; passages for a group of copies."""
    if isinstance(record, CopyGroup) and not record.evidence:
        return tuple(Evidence(document=p.document, span=p.span) for p in record.passages)
    proof: Proof = record.evidence
    return proof


def story_items(story: Story) -> list[Item]:
    """Findings of one story, in order."""
    return _unique([item for kind in STORY_LISTS for item in _story_items(story, kind)])


def _story_items(story: Story, kind: str) -> Iterator[Item]:
    field, look = STORY_LISTS[kind]
    for record in getattr(story, field):
        type_, words = look(record)
        evidence = evidence_of(record)
        yield Item(
            key=key_of(kind, type_, evidence),
            kind=kind,
            item=record.id,
            type=type_,
            words=short(words),
            evidence=evidence,
            record=record,
        )


def _unique(items: list[Item]) -> list[Item]:
    """Items with a key each of their own: those that share kind, type and places are told apart by their words."""
    by_key: dict[str, list[int]] = {}
    for number, item in enumerate(items):
        by_key.setdefault(item.key, []).append(number)
    for key, numbers in by_key.items():
        if len(numbers) > 1:
            ranked = sorted(numbers, key=lambda n: (items[n].words, n))
            for rank, number in enumerate(ranked[1:], start=2):
                items[number] = _renamed(items[number], f"{key}-{rank}")
    return items


def _renamed(item: Item, key: str) -> Item:
    return Item(
        key=key,
        kind=item.kind,
        item=item.item,
        type=item.type,
        words=item.words,
        evidence=item.evidence,
        record=item.record,
        document=item.document,
    )
