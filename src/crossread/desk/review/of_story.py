"""A story as people decided it: what they rejected left out, what they edited, merged, split, renamed and added put in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from crossread.desk.files import Finding, FindingState
from crossread.desk.review.doubt import doubt_of
from crossread.desk.review.fold import Change, Folded, Verdict, fold
from crossread.desk.review.items import STORY_LISTS, Item, evidence_of, short, story_items
from crossread.desk.review.joining import MERGEABLE, merged, split, split_step
from crossread.desk.review.of_reading import Decided, lost_findings, new_when, with_fields
from crossread.desk.review.propagate import added_items, settle_records
from crossread.desk.review.relink import Links, Step, relink
from crossread.linking.origins import Origins
from crossread.records import Reading, Record, Story, StoryEvent
from crossread.store.review import LogLine

REPLACES = msgspec.structs.replace


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidedStory:
    """A story with decisions applied; ``findings`` of the story by key, also those that are not shown."""

    story: Story
    findings: Mapping[str, Finding]
    lost: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """A story before anybody decided on it, worked out once: its items, and its findings by key."""

    story: Story
    items: Sequence[Item]
    findings: Mapping[str, Finding]


def base_of(story: Story, readings: Mapping[str, Reading]) -> Base:
    """Items and findings of a story as the machine wrote it."""
    confidences = {(name, e.id): e.confidence for name, reading in readings.items() for e in reading.events}
    items = story_items(story)
    return Base(story=story, items=items, findings={item.key: _untouched(item, confidences) for item in items})


def _untouched(item: Item, confidences: Mapping[tuple[str, str], float]) -> Finding:
    return Finding(
        key=item.key,
        kind=item.kind,
        item=item.item,
        type=item.type,
        words=item.words,
        evidence=item.evidence,
        state=FindingState.PROPOSED,
        doubt=doubt_of(item.kind, item.record, confidence=_mean(item.record, confidences)),
        record=item.record,
        proposed_type=item.type,
        proposed_evidence=item.evidence,
    )


def decide_story(base: Base, decided: Mapping[str, Decided], lines: Sequence[LogLine]) -> DecidedStory:
    """Apply decisions to a story.

    Args:
        base: The story as the machine wrote it.
        decided: Its documents' readings with decisions applied, by document id.
        lines: Lines about findings of the story (those that count, in order).
    """
    if not lines and not any(d.dropped or d.edited or d.added for d in decided.values()):
        return DecidedStory(story=base.story, findings=base.findings, lost=())
    folded = fold(lines, base.items)
    draft = _Draft(base, decided, folded)
    for change in folded.changes:
        draft.restructure(change)
    for key, verdict in folded.verdicts.items():
        draft.settle(key, verdict)
    story = draft.done()
    return DecidedStory(story=story, findings=draft.findings(story), lost=lost_findings(folded))


class _Draft:
    """A story being changed."""

    def __init__(self, base: Base, decided: Mapping[str, Decided], folded: Folded) -> None:
        self.base = base
        proposed, items = base.story, base.items
        self.proposed = proposed
        self.decided = decided
        self.readings: dict[str, Reading] = {name: d.reading for name, d in decided.items()}
        self.origins = Origins(proposed.copies)
        self.items = {item.key: item for item in items}
        self.folded = folded
        settled = settle_records(proposed, decided, self.origins)
        self.lists: dict[str, dict[str, Any]] = {
            field: {r.id: r for r in getattr(settled, field)} for field, _ in STORY_LISTS.values()
        }
        self.where: dict[str, tuple[str, str]] = {item.key: (item.kind, item.item) for item in items}
        self.into: dict[str, str] = {}
        self.steps: list[Step] = []
        self.gone: set[str] = set()
        self.made: dict[str, Change] = {}

    def _home(self, key: str) -> str:
        while key in self.into:
            key = self.into[key]
        return key

    def restructure(self, change: Change) -> None:
        """Merge or split."""
        key = self._home(change.finding)
        kind, name = self.where.get(key, ("", ""))
        records = self.lists.get(MERGEABLE.get(kind, ""), {})
        if name not in records:
            return
        if change.action == "merge":
            self._merge(change, key, kind, records)
        else:
            self._split(change, key, kind, records)

    def _merge(self, change: Change, key: str, kind: str, records: dict[str, Any]) -> None:
        name = self.where[key][1]
        for other in change.others:
            other_kind, other_name = self.where.get(other, ("", ""))
            if other_kind != kind or other_name not in records or other_name == name or other in self.into:
                continue
            records[name] = merged(records[name], records.pop(other_name), change.person, self.origins)
            self.into[other] = key
            if kind != "story-event":
                self.steps.append(Step(old=other_name, new=name))

    def _split(self, change: Change, key: str, kind: str, records: dict[str, Any]) -> None:
        assert change.new is not None
        name, new_name = self.where[key][1], f"by-hand-{change.new[5:]}"
        parts = split(records[name], change.part, new_name, change.name, change.person, self.readings, self.origins)
        if parts is None:
            return
        stays, off = parts
        if kind != "story-event":
            self.steps.append(split_step(records[name], stays, off, self.readings))
        records[name], records[new_name] = stays, off
        self.where[change.new] = (kind, new_name)
        self.made[change.new] = change

    def settle(self, key: str, verdict: Verdict) -> None:
        """Apply a verdict to an item."""
        kind, name = self.where.get(key, ("", ""))
        records = self.lists[STORY_LISTS[kind][0]] if kind else {}
        if name not in records or key in self.into:
            return
        if verdict.state is FindingState.REJECTED:
            records.pop(name)
            if kind in ("story-actor", "story-place"):
                self.gone.add(name)
            return
        for field in ("start", "end"):
            if field in verdict.fields:
                records[name] = _dated(records[name], field, verdict.fields[field])
        records[name] = with_fields(records[name], {f: v for f, v in verdict.fields.items() if f not in ("start", "end")})

    def done(self) -> Story:
        """The story, its links to actors and places moved on."""
        story = REPLACES(self.proposed, **{field: tuple(records.values()) for field, records in self.lists.items()})
        story = relink(story, Links(self.steps, self.readings, self.gone))
        return added_items(story, self.decided, self.origins)

    def findings(self, story: Story) -> dict[str, Finding]:
        """All findings of the story by key, in order of its lists; those that people made come after the machine's."""
        shown: dict[str, Record] = {r.id: r for field, _ in STORY_LISTS.values() for r in getattr(story, field)}
        touched = self.folded.verdicts.keys() | self.into.keys()
        found = {
            key: self.base.findings[key]
            if shown.get(item.item) is item.record and key not in touched
            else self._finding(self.base.findings[key], shown.get(item.item))
            for key, item in self.items.items()
        }
        for key in self.made:
            kind, name = self.where[key]
            if name in shown:
                found[key] = self._finding(_untouched(_item(key, kind, shown[name]), {}), shown[name])
        return found

    def _finding(self, base: Finding, record: Record | None) -> Finding:
        verdict = self.folded.verdicts.get(base.key)
        into = self.into.get(base.key)
        shown = None if into is not None else record
        state = verdict.state if verdict else FindingState.PROPOSED
        if shown is None and into is None and state is FindingState.PROPOSED:
            state = FindingState.REJECTED  # all that it rests on was rejected
        changed = base if shown is None else _item(base.key, base.kind, shown)
        return replace(
            base,
            item=None if shown is None else base.item,
            type=changed.type,
            words=changed.words,
            evidence=changed.evidence,
            state=state,
            by=tuple(verdict.by) if verdict else (),
            merged_into=None if into is None else self._home(into),
            record=base.record if shown is None else shown,
        )


def _item(key: str, kind: str, record: Any) -> Item:
    type_, words = STORY_LISTS[kind][1](record)
    return Item(key=key, kind=kind, item=record.id, type=type_, words=short(words), evidence=evidence_of(record), record=record)


def _dated(record: Any, field: str, value: Any) -> Any:
    when = new_when(record.when, field, value)
    return record if when is None else REPLACES(record, when=when)  # an entry of the timeline always keeps a date


def _mean(record: Any, confidences: Mapping[tuple[str, str], float]) -> float | None:
    if not isinstance(record, StoryEvent):
        return None
    known = [
        confidences[key] for m in getattr(record, "mentions", ()) if (key := (m.document, getattr(m, "event", ""))) in confidences
    ]
    return sum(known) / len(known) if known else None
