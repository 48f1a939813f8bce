"""What decisions on single documents mean for the story that was made of them."""

from collections.abc import Mapping
from typing import Any

import msgspec

from crossread.desk.review.joining import counted
from crossread.desk.review.of_reading import Decided
from crossread.linking.origins import Origins
from crossread.records import (
    Attribution,
    Claim,
    ClaimMention,
    Event,
    EventMention,
    Evidence,
    Figure,
    FigureValue,
    Proof,
    Span,
    StatusVoices,
    Story,
    StoryEvent,
    StoryFigure,
    Voice,
)

REPLACES = msgspec.structs.replace
Records = frozenset[tuple[str, str | None]]
_COUNTED = ("events", "claims", "figures", "corroborations")
_PLAIN = ("threads", "timeline")


def settle_records(story: Story, decided: Mapping[str, Decided], origins: Origins) -> Story:
    """The story without what rests on rejected records alone, and with corrected records' values; the same object where nothing
    changes."""
    dropped: Records = frozenset((name, record) for name, d in decided.items() for record in d.dropped)
    edited: Records = frozenset((name, record) for name, d in decided.items() for record in d.edited)
    if dropped:
        story = _without(story, dropped, origins)
    if edited:
        story = _corrected(story, edited, decided)
    return story


# ---------------------------------------------------------------- rejected records


def _left(evidence: Proof, dropped: Records) -> Proof:
    return tuple(e for e in evidence if (e.document, e.record) not in dropped)


def _without(story: Story, dropped: Records, origins: Origins) -> Story:
    parts: dict[str, Any] = {}
    for field in (*_COUNTED, *_PLAIN, "disputes"):
        kept = []
        for record in getattr(story, field):
            left = _left(record.evidence, dropped)
            if left == record.evidence or (left and (record := _thinned(record, field, left, dropped, origins)) is not None):
                kept.append(record)
        parts[field] = tuple(kept)
    return REPLACES(story, **parts)


def _thinned(record: Any, field: str, left: Proof, dropped: Records, origins: Origins) -> Any:
    """A record that some of its evidence was taken from; ``None`` where it does not stand any more."""
    if field == "disputes":
        sides = tuple(
            REPLACES(s, evidence=_left(s.evidence, dropped), voices=_voices(s.voices, dropped))
            for s in record.sides
            if _left(s.evidence, dropped)
        )
        return REPLACES(record, evidence=left, sides=sides) if len(sides) > 1 else None
    if field == "threads":
        states = tuple(REPLACES(s, evidence=_left(s.evidence, dropped)) for s in record.states if _left(s.evidence, dropped))
        return REPLACES(record, evidence=left, states=states)
    if field == "timeline":
        return REPLACES(record, evidence=left)
    changes = counted(left, origins)
    if isinstance(record, StoryEvent):
        changes["mentions"] = tuple(m for m in record.mentions if (m.document, m.event) not in dropped)
        changes["statuses"] = tuple(
            REPLACES(s, voices=_voices(s.voices, dropped)) for s in record.statuses if _voices(s.voices, dropped)
        )
    elif isinstance(record, Claim):
        changes["mentions"] = tuple(m for m in record.mentions if (m.document, m.attribution) not in dropped)
    elif isinstance(record, StoryFigure):
        values = tuple(REPLACES(v, evidence=_left(v.evidence, dropped)) for v in record.values if _left(v.evidence, dropped))
        changes |= {"values": values, "range": _range(values)}
    return REPLACES(record, **changes)


def _voices(voices: tuple[Voice, ...], dropped: Records) -> tuple[Voice, ...]:
    return tuple(v for v in voices if (v.document, v.record) not in dropped)


def _range(values: tuple[FigureValue, ...]) -> tuple[float | None, float | None]:
    lows = [v.low for v in values if v.low is not None]
    highs = [v.high for v in values if v.high is not None]
    return (min(lows) if lows else None, max(highs) if highs else None)


# ---------------------------------------------------------------- corrected records


def _corrected(story: Story, edited: Records, decided: Mapping[str, Decided]) -> Story:
    def record_of(document: str, name: str | None) -> Any:
        finding = decided[document].by_record.get(name or "") if document in decided else None
        return finding.record if finding is not None else None

    return REPLACES(
        story,
        figures=tuple(_figure(f, edited, record_of) for f in story.figures),
        claims=tuple(_claim(c, edited, record_of) for c in story.claims),
        events=tuple(_event(e, edited, record_of) for e in story.events),
    )


def _figure(figure: StoryFigure, edited: Records, record_of: Any) -> StoryFigure:
    if not any((e.document, e.record) in edited for v in figure.values for e in v.evidence):
        return figure
    values = []
    for value in figure.values:
        piece = next((e for e in value.evidence if (e.document, e.record) in edited), None)
        record = record_of(piece.document, piece.record) if piece else None
        if isinstance(record, Figure):
            value = REPLACES(value, low=record.low, best=record.best, high=record.high, bound=record.bound, of=record.of)
        values.append(value)
    return REPLACES(figure, values=tuple(values), range=_range(tuple(values)))


def _claim(claim: Claim, edited: Records, record_of: Any) -> Claim:
    if not any((m.document, m.attribution) in edited for m in claim.mentions):
        return claim
    records = [record_of(m.document, m.attribution) for m in claim.mentions]
    stances = {r.stance for r in records if isinstance(r, Attribution)}
    denied = {r.denied for r in records if isinstance(r, Attribution)}
    if len(stances) == 1:
        claim = REPLACES(claim, stance=stances.pop())
    if len(denied) == 1:
        claim = REPLACES(claim, polarity="denied" if denied.pop() else "affirmed")
    return claim


def _event(event: StoryEvent, edited: Records, record_of: Any) -> StoryEvent:
    if not any((m.document, m.event) in edited for m in event.mentions):
        return event
    records = [record_of(m.document, m.event) for m in event.mentions]
    types = {r.type for r in records if isinstance(r, Event)}
    return REPLACES(event, type=types.pop()) if len(types) == 1 else event


# ---------------------------------------------------------------- added records


def added_items(story: Story, decided: Mapping[str, Decided], origins: Origins) -> Story:
    """The story with an item of its own for every record that a person added to one of its documents."""
    for document in story.documents:
        known = decided.get(document)
        for name in known.added if known else ():
            finding = known.by_record.get(name) if known else None
            if known is not None and finding is not None:
                story = _with(story, known, document, finding.record, origins)
    return story


def _span_of(record: Any) -> Span:
    if isinstance(record, Attribution):
        return record.content[0]
    return record.anchor[0] if isinstance(record, Event) else record.span


def _with(story: Story, known: Decided, document: str, record: Any, origins: Origins) -> Story:
    text = known.reading.document.text
    span = _span_of(record)
    base: dict[str, Any] = {
        "id": item_of_added(record.id),
        **counted((Evidence(document=document, span=span, record=record.id),), origins),
    }
    words = " ".join(span.of(text).split())
    voice = Voice(document=document, record=record.id)
    if isinstance(record, Event):
        event = StoryEvent(
            **base,
            type=record.type,
            label=record.label,
            wordings=(words,),
            when=record.when,
            statuses=(StatusVoices(status=record.status, voices=(voice,)),),
            mentions=(EventMention(document=document, event=record.id),),
            reason="added by hand",
        )
        return REPLACES(story, events=(*story.events, event))
    if isinstance(record, Attribution):
        mention = ClaimMention(document=document, attribution=record.id)
        polarity = "denied" if record.denied else "affirmed"
        claim = Claim(**base, text=words, stance=record.stance, polarity=polarity, when=record.when, mentions=(mention,))
        return REPLACES(story, claims=(*story.claims, claim))
    value = FigureValue(
        low=record.low, best=record.best, high=record.high, bound=record.bound, of=record.of, voice=voice, evidence=base["evidence"]
    )
    figure = StoryFigure(
        **base, kind=record.kind, counted=words, unit=record.unit, values=(value,), range=_range((value,)), reason="added by hand"
    )
    return REPLACES(story, figures=(*story.figures, figure))


def item_of_added(record: str) -> str:
    """Id in the story of a record that a person added to a document."""
    return f"story-{record}"
