"""A reading as people decided it: rejected records taken out, edited ones changed, added ones put in."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from crossread.desk.files import Finding, FindingState
from crossread.desk.review.doubt import doubt_of
from crossread.desk.review.fold import Folded, Verdict, fold
from crossread.desk.review.items import DOCUMENT_LISTS, Item, reading_items, short
from crossread.desk.review.targets import MADE
from crossread.errors import RecordError
from crossread.records import Attribution, Entity, Event, Evidence, Figure, Mention, Place, Reading, Record, Span, When
from crossread.store.review import LogLine
from crossread.vocabulary import Basis, EntityType, Precision

Record_ = Mention | Attribution | Event | Figure
REPLACES = msgspec.structs.replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A reading with decisions applied.

    ``findings`` by key; ``dropped`` are ids of rejected records, ``edited`` of changed ones, ``added`` of those put in by hand;
    ``lost`` are decisions on what is no longer found.
    """

    reading: Reading
    findings: Mapping[str, Finding]
    by_record: Mapping[str, Finding]
    dropped: frozenset[str] = frozenset()
    edited: frozenset[str] = frozenset()
    added: tuple[str, ...] = ()
    lost: tuple[Finding, ...] = ()


def decide_reading(reading: Reading, lines: Sequence[LogLine]) -> Decided:
    """Apply the lines of one document's findings (those that count, in order) to its reading."""
    items = reading_items(reading)
    folded = fold(lines, items)
    draft = _Draft(reading)
    for item in items:
        verdict = folded.verdicts.get(item.key)
        if verdict is not None:
            draft.settle(item, verdict)
    made = [m for line in folded.added if (m := draft.add(line, folded.verdicts[line.finding])) is not None]
    return _decided(draft, [*items, *made], folded)


def _decided(draft: "_Draft", items: list[Item], folded: Folded) -> Decided:
    reading = draft.done()
    records = {r.id: r for field, _ in DOCUMENT_LISTS.values() for r in getattr(reading, field)}
    findings = {item.key: _finding(item, folded.verdicts.get(item.key), records.get(item.item)) for item in items}
    return Decided(
        reading=reading,
        findings=findings,
        by_record={f.item: f for f in findings.values() if f.item is not None},
        dropped=frozenset(draft.dropped),
        edited=frozenset(draft.edited),
        added=tuple(draft.made),
        lost=lost_findings(folded),
    )


def _finding(item: Item, verdict: Verdict | None, record: Record | None) -> Finding:
    shown = item.record if record is None else record
    kind, type_, words, evidence = item.kind, item.type, item.words, item.evidence
    return Finding(
        key=item.key,
        kind=kind,
        item=None if record is None else item.item,
        type=_type_of(shown, type_),
        words=words,
        evidence=evidence,
        state=verdict.state if verdict else FindingState.PROPOSED,
        doubt=doubt_of(kind, item.record),
        document=item.document,
        by=tuple(verdict.by) if verdict else (),
        record=shown,
        proposed_type=type_,
        proposed_evidence=evidence,
    )


def _type_of(record: Record, otherwise: str) -> str:
    for name in ("stance", "type", "kind"):
        value = getattr(record, name, None)
        if value is not None:
            return str(value.value)
    return otherwise


def lost_findings(folded: Folded) -> tuple[Finding, ...]:
    """Findings that people decided on and that the machine no longer finds."""
    found = []
    for key, target in sorted(folded.lost.items()):
        verdict = folded.verdicts.get(key)
        if verdict is not None and verdict.state is not FindingState.PROPOSED:
            found.append(
                Finding(
                    key=key,
                    kind=target.kind,
                    item=None,
                    type=target.type,
                    words=target.words,
                    evidence=target.evidence,
                    state=verdict.state,
                    doubt=0.0,
                    document=target.document,
                    by=tuple(verdict.by),
                    lost=True,
                    proposed_type=target.type,
                    proposed_evidence=target.evidence,
                )
            )
    return tuple(found)


class _Draft:
    """A reading being changed; records by list, each list in its order."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.lists: dict[str, dict[str, Any]] = {
            field: {r.id: r for r in getattr(reading, field)} for field, _ in DOCUMENT_LISTS.values()
        }
        self.entities: dict[str, Entity] = {e.id: e for e in reading.entities}
        self.dropped: set[str] = set()
        self.edited: set[str] = set()
        self.made: list[str] = []

    def settle(self, item: Item, verdict: Verdict) -> None:
        """Apply a verdict to a record."""
        records = self.lists[DOCUMENT_LISTS[item.kind][0]]
        if verdict.state is FindingState.REJECTED:
            records.pop(item.item, None)
            self.dropped.add(item.item)
        elif verdict.fields or verdict.spans:
            records[item.item] = self.changed(item.kind, records[item.item], verdict)
            self.edited.add(item.item)

    def changed(self, kind: str, record: Any, verdict: Verdict) -> Any:
        """A record with fields and spans changed; what does not fit is left as it was."""
        for part, (start, end) in verdict.spans.items():
            span = Span(start, end)
            if 0 <= start < end <= len(self.reading.document.text):
                record = _SPANS[kind](record, part, span, self.reading)
        return self._with(kind, record, verdict.fields)

    def _with(self, kind: str, record: Any, fields: Mapping[str, Any]) -> Any:
        plain = dict(fields)
        if kind == "attribution" and "speaker" in plain:
            record = REPLACES(record, speaker=self._speaker(str(plain.pop("speaker") or "")))
        if kind == "event" and "place" in plain:
            place = plain.pop("place")
            record = REPLACES(record, place=Place(text=str(place), name=str(place)) if place else None)
        for name in ("start", "end"):
            if kind == "event" and name in plain:
                record = REPLACES(record, when=new_when(record.when, name, plain.pop(name)))
        return with_fields(record, plain)

    def _speaker(self, name: str) -> tuple[str, ...]:
        if not name:
            return ()
        known = next((e for e in self.entities.values() if e.name.casefold() == name.casefold()), None)
        if known is None:
            known = Entity(id=f"by-hand-{len(self.entities) + 1}", name=name, type=EntityType.OTHER)
            self.entities[known.id] = known
        return (known.id,)

    def add(self, line: LogLine, verdict: Verdict) -> Item | None:
        """Put in a record that a person added; ``None`` where its place is not in the text any more."""
        details = line.details
        kind, name = str(details["kind"]), line.finding.removeprefix(MADE)
        start, end = (int(n) for n in details["span"])
        if end > len(self.reading.document.text):
            return None
        span = Span(start, end)
        record = _BLANK[kind](f"by-hand-{name}", span, self.reading)
        record = self._with(kind, record, dict(details.get("fields") or {}))
        record = self.changed(kind, record, verdict)
        field, look = DOCUMENT_LISTS[kind]
        if verdict.state is not FindingState.REJECTED:
            self.lists[field][record.id] = record
            self.made.append(record.id)
        document = self.reading.document
        return Item(
            key=line.finding,
            kind=kind,
            item=record.id,
            type=look(record)[0],
            words=short(span.of(document.text)),
            evidence=(Evidence(document=document.id, span=span, record=record.id),),
            record=record,
            document=document.id,
        )

    def done(self) -> Reading:
        """The reading, with links to records that were taken out moved on or dropped."""
        if not (self.dropped or self.edited or self.made):
            return self.reading
        attributions = {a.id: a for a in self.reading.attributions}

        def outward(name: str | None) -> str | None:
            while name is not None and name in self.dropped:
                name = attributions[name].inside if name in attributions else None
            return name

        lists = self.lists
        kept_mentions = lists["mentions"]
        return REPLACES(
            self.reading,
            mentions=tuple(kept_mentions.values()),
            entities=tuple(
                REPLACES(e, mentions=tuple(m for m in e.mentions if m in kept_mentions)) for e in self.entities.values()
            ),
            attributions=tuple(REPLACES(a, inside=outward(a.inside)) for a in lists["attributions"].values()),
            events=tuple(REPLACES(e, voice=outward(e.voice)) for e in lists["events"].values()),
            figures=tuple(
                REPLACES(f, voice=outward(f.voice), part_of=None if f.part_of in self.dropped else f.part_of)
                for f in lists["figures"].values()
            ),
        )


# ---------------------------------------------------------------- fields and spans


def with_fields(record: Any, fields: Mapping[str, Any]) -> Any:
    """A record with fields changed, all at once; as it was where they do not fit (any more)."""
    if not fields:
        return record
    try:
        return msgspec.convert(msgspec.to_builtins(record) | dict(fields), type(record))
    except (msgspec.ValidationError, RecordError):
        return record


def new_when(when: When | None, name: str, value: Any) -> When | None:
    """A date with its first or last day set by a person; ``None`` where neither is known."""
    days = {"start": when.start if when else None, "end": when.end if when else None} | {name: value or None}
    if days["start"] and days["end"] and days["start"] > days["end"]:
        days[{"start": "end", "end": "start"}[name]] = days[name]
    if not any(days.values()):
        return None
    is_day = days["start"] == days["end"]
    return When(
        text=when.text if when else None,
        span=when.span if when else None,
        start=days["start"],
        end=days["end"],
        precision=Precision.DAY
        if is_day
        else (when.precision if when and when.precision is not Precision.DAY else Precision.UNKNOWN),
        basis=Basis.STATED,
    )


def _sentence(reading: Reading, span: Span) -> Span:
    touched = [s for s in reading.sentences if s.overlaps(span)]
    return Span(min(span.start, touched[0].start), max(span.end, touched[-1].end)) if touched else span


def _span_of_mention(record: Any, part: str, span: Span, reading: Reading) -> Any:
    return REPLACES(record, span=span) if part == "span" else record


def _span_of_attribution(record: Any, part: str, span: Span, reading: Reading) -> Any:
    return REPLACES(record, **{part: (span,)}) if part in ("source", "cue", "content") else record


def _span_of_event(record: Any, part: str, span: Span, reading: Reading) -> Any:
    return REPLACES(record, anchor=(span,), sentence=_sentence(reading, span)) if part in ("anchor", "span") else record


def _span_of_figure(record: Any, part: str, span: Span, reading: Reading) -> Any:
    return REPLACES(record, **{part: span}) if part in ("span", "counted") else record


_SPANS: dict[str, Callable[[Any, str, Span, Reading], Any]] = {
    "mention": _span_of_mention,
    "attribution": _span_of_attribution,
    "event": _span_of_event,
    "figure": _span_of_figure,
}

SPAN_PARTS: dict[str, tuple[str, ...]] = {
    "mention": ("span",),
    "attribution": ("content", "source", "cue"),
    "event": ("anchor",),
    "figure": ("span", "counted"),
}
"""Spans that a person may correct, by kind of finding; the first is the one that an added finding is given."""


def _blank_event(name: str, span: Span, reading: Reading) -> Event:
    from crossread.vocabulary import EventType

    return Event(id=name, anchor=(span,), sentence=_sentence(reading, span), type=EventType.NONE, confidence=1.0)


_BLANK: dict[str, Callable[[str, Span, Reading], Any]] = {
    "attribution": lambda name, span, reading: Attribution(id=name, content=(span,)),
    "event": _blank_event,
    "figure": lambda name, span, reading: Figure(id=name, span=span),
}
ADDABLE = tuple(_BLANK)
"""Kinds of findings that people may add to a document."""
