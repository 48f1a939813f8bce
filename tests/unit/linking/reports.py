"""Build readings of invented reports by hand, so that linking is tested without a model."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from crossread.linking.case import ActorIndex, Case
from crossread.linking.copies import find_copies
from crossread.records import (
    Attribution,
    Document,
    Entity,
    Evidence,
    Figure,
    Mention,
    Reading,
    Span,
    StoryActor,
    When,
)
from crossread.vocabulary import EntityType, FigureKind, Precision

_END = re.compile(r"[.?!][”\"]?(?:\s+|$)")


def span_of(text: str, words: str, start: int = 0) -> Span:
    """Span of the first place where the words stand."""
    at = text.index(words, start)
    return Span(at, at + len(words))


def day(date: str) -> When:
    """A day."""
    return When(start=date, end=date, precision=Precision.DAY)


def report(
    name: str,
    text: str,
    *,
    names: Mapping[str, EntityType] | None = None,
    said: Sequence[Mapping[str, Any]] = (),
    figures: Sequence[Mapping[str, Any]] = (),
    published: str | None = "2031-05-14",
    title: str | None = None,
) -> Reading:
    """A reading of a text: sentences by their full stops, mentions wherever the names stand, attributions and figures by their words.

    ``said`` holds ``{who, content, stance, denied, when}``, ``figures`` ``{words, kind, best, ...}``.
    """
    title_span = Span(0, len(title)) if title else None
    document = Document(id=name, text=text, title=title, title_span=title_span, published=day(published) if published else None)
    kinds = dict(names or {})
    entities = [Entity(id=f"e{n}", name=who, type=kind) for n, (who, kind) in enumerate(kinds.items())]
    ids = {e.name: e.id for e in entities}
    mentions = [
        Mention(id=f"m{n}-{m.start()}", span=Span(m.start(), m.end()), type=kind, entity=ids[who])
        for n, (who, kind) in enumerate(kinds.items())
        for m in re.finditer(rf"\b{re.escape(who)}\b", text)
    ]
    return Reading(
        document=document,
        sentences=_sentences(text),
        mentions=tuple(mentions),
        entities=tuple(entities),
        attributions=tuple(_attribution(text, n, a, ids) for n, a in enumerate(said)),
        figures=tuple(_figure(text, n, f) for n, f in enumerate(figures)),
    )


def _sentences(text: str) -> tuple[Span, ...]:
    spans, at = [], 0
    for line in re.finditer(r"[^\n]+", text):
        at = line.start()
        for end in _END.finditer(line.group()):
            stop = line.start() + end.start() + len(end.group().rstrip())
            spans.append(Span(at, stop))
            at = line.start() + end.end()
        if at < line.end():
            spans.append(Span(at, line.end()))
    return tuple(spans)


def _attribution(text: str, number: int, given: Mapping[str, Any], ids: Mapping[str, str]) -> Attribution:
    options = {k: v for k, v in given.items() if k not in ("who", "content", "about", "cue")}
    return Attribution(
        id=f"a{number}",
        source=(span_of(text, given["who"]),),
        cue=(span_of(text, given["cue"]),) if "cue" in given else (),
        content=(span_of(text, given["content"]),),
        speaker=(ids[given["who"]],) if given["who"] in ids else (),
        about=tuple(ids[a] for a in given.get("about", ())),
        **options,
    )


def _figure(text: str, number: int, given: Mapping[str, Any]) -> Figure:
    options = {k: v for k, v in given.items() if k not in ("words", "kind", "counted")}
    counted = span_of(text, given["counted"]) if "counted" in given else None
    return Figure(id=f"f{number}", span=span_of(text, given["words"]), kind=FigureKind(given["kind"]), counted=counted, **options)


def case_of(*readings: Reading) -> Case:
    """A case in which entities of the same name are one actor."""
    ordered = tuple(sorted(readings, key=lambda r: r.document.id))
    by_name: dict[str, list[tuple[Reading, Entity]]] = {}
    for reading in ordered:
        for entity in reading.entities:
            if any(m.entity == entity.id for m in reading.mentions):
                by_name.setdefault(entity.name, []).append((reading, entity))
    actors, index = [], {}
    for number, (name, uses) in enumerate(sorted(by_name.items()), 1):
        reading, entity = uses[0]
        first = next(m for m in reading.mentions if m.entity == entity.id)
        proof = (Evidence(document=reading.document.id, span=first.span, record=first.id),)
        actors.append(StoryActor(id=f"actor-{number}", name=name, type=entity.type, evidence=proof))
        index.update({(r.document.id, e.id): f"actor-{number}" for r, e in uses})
    return Case(readings=ordered, copies=find_copies(ordered), actors=ActorIndex(actors=tuple(actors), by_entity=index))
