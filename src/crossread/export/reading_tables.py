"""The lists of one reading as flat tables, for data frames and notebooks: words beside the spans, names beside the ids."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from crossread.export.columns import DAYS, VOICE, Cell, Column, Row, days, place_name
from crossread.records import Party, Reading, Span, Spans


@dataclass(frozen=True, slots=True)
class ReadingTable:
    """A table: its columns in order, and its rows for one reading."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    rows: Callable[[Reading], Iterator[Row]]


def _words(reading: Reading, span: Span | None) -> str | None:
    return " ".join(span.of(reading.document.text).split()) if span is not None else None


def _joined(reading: Reading, spans: Spans) -> str | None:
    return " … ".join(" ".join(s.of(reading.document.text).split()) for s in spans) or None


def _names(reading: Reading) -> dict[str, str]:
    return {e.id: " ".join(e.name.split()) for e in reading.entities}


def _sentence(reading: Reading, span: Span | None) -> str | None:
    touched = next((s for s in reading.sentences if span is not None and s.overlaps(span)), None)
    return _words(reading, touched)


def _speakers(reading: Reading) -> dict[str, str]:
    """Who speaks in each attribution: names, else the words of its source."""
    names = _names(reading)
    return {
        a.id: ", ".join(names.get(s, s) for s in a.speaker) or _joined(reading, a.source) or "not said who"
        for a in reading.attributions
    }


def _mentions(r: Reading) -> Iterator[Row]:
    names = _names(r)
    for m in r.mentions:
        yield {
            "mention": m.id,
            "text": _words(r, m.span),
            "type": m.type.value,
            "entity": names.get(m.entity, m.entity),
            **_at(m.span),
        }


def _at(span: Span | None) -> Row:
    return {"from": span.start if span else None, "to": span.end if span else None}


def _entities(r: Reading) -> Iterator[Row]:
    for e in r.entities:
        yield {
            "entity": e.id,
            "name": " ".join(e.name.split()),
            "type": e.type.value,
            "country": e.country,
            "sector": e.sector,
            "role": e.role,
            "n_mentions": len(e.mentions),
        }


def _attributions(r: Reading) -> Iterator[Row]:
    names, speakers = _names(r), _speakers(r)
    for a in r.attributions:
        spans = (*a.content, *a.cue, *a.source)
        yield {
            "attribution": a.id,
            "speaker": tuple(names.get(s, s) for s in a.speaker),
            "source": _joined(r, a.source),
            "cue": _joined(r, a.cue),
            "content": _joined(r, a.content),
            "kind": a.kind.value,
            "stance": a.stance.value,
            "parts": tuple(f"{p.stance.value}: {_joined(r, (p.span,))}" for p in a.parts),
            "denied": a.denied,
            "about": tuple(names.get(e, e) for e in a.about),
            "addressee": tuple(names.get(e, e) for e in a.addressee),
            "inside": speakers.get(a.inside, a.inside) if a.inside else None,
            "reason": a.reason,
            **_at(Span(min(s.start for s in spans), max(s.end for s in spans)) if spans else None),
        }


def _sides(r: Reading, parties: tuple[Party, ...], names: dict[str, str]) -> Cell:
    return tuple(names.get(p.entity or "") or _words(r, p.span) or "" for p in parties)


def _events(r: Reading) -> Iterator[Row]:
    names, speakers = _names(r), _speakers(r)
    for e in r.events:
        yield {
            "event": e.id,
            "type": e.type.value,
            "label": e.label,
            "mode": e.mode,
            "contexts": e.contexts,
            "anchor": _joined(r, e.anchor),
            "actors": _sides(r, e.actors, names),
            "recipients": _sides(r, e.recipients, names),
            "place": place_name(e.place),
            **days(e.when),
            "status": e.status.value,
            "voice": speakers.get(e.voice, e.voice) if e.voice else None,
            "cameo": e.cameo,
            "confidence": e.confidence,
            "sentence": _words(r, e.sentence),
            **_at(e.sentence),
        }


def _figures(r: Reading) -> Iterator[Row]:
    speakers = _speakers(r)
    for f in r.figures:
        yield {
            "figure": f.id,
            "kind": f.kind.value,
            "label": f.label,
            "text": _words(r, f.span),
            "counted": _words(r, f.counted),
            "unit": f.unit,
            "low": f.low,
            "best": f.best,
            "high": f.high,
            "bound": f.bound.value,
            "of": f.of,
            "part_of": f.part_of,
            "place": place_name(f.place),
            **days(f.when),
            "voice": speakers.get(f.voice, f.voice) if f.voice else None,
            "sentence": _sentence(r, f.span),
            **_at(f.span),
        }


_AT = (
    Column("from", "integer", "where the words start in the document's text, in code points"),
    Column("to", "integer", "where they end, not included"),
)
_ALL = (
    ReadingTable(
        "attributions",
        "who is said to have said what",
        (
            Column("attribution", "text", "id within the reading"),
            Column("speaker", "list", "who speaks; empty when nobody is named or the text does not decide"),
            Column("source", "text", "the words that name the source"),
            Column("cue", "text", "the words that say that it is said"),
            Column("content", "text", "what is said, pieces parted by …"),
            Column("kind", "text", "direct, mixed, indirect"),
            Column("stance", "text", "assert, accuse, deny, demand ..."),
            Column("parts", "list", "the sentences of a longer quotation with their own stances, where these differ"),
            Column("denied", "boolean", "whether the content is said not to be so"),
            Column("about", "list", "whom it is about"),
            Column("addressee", "list", "to whom"),
            Column("inside", "text", "who tells that it was said, when it stands inside another attribution"),
            Column("reason", "text", "why the speaker is not decided"),
            *_AT,
        ),
        _attributions,
    ),
    ReadingTable(
        "events",
        "event mentions",
        (
            Column("event", "text", "id within the reading"),
            Column("type", "text", "PLOVER type, or NONE"),
            Column("label", "text", "finer word for the type"),
            Column("mode", "text", "PLOVER mode"),
            Column("contexts", "list", "PLOVER contexts"),
            Column("anchor", "text", "the words that tell of it"),
            Column("actors", "list", "who acts"),
            Column("recipients", "list", "who is acted on"),
            Column("place", "text", "where"),
            *DAYS,
            Column("status", "text", "happened, planned, denied ..."),
            VOICE,
            Column("cameo", "text", "CAMEO root"),
            Column("confidence", "number", "0 to 1"),
            Column("sentence", "text", "the sentence"),
            *_AT,
        ),
        _events,
    ),
    ReadingTable(
        "figures",
        "reported numbers",
        (
            Column("figure", "text", "id within the reading"),
            Column("kind", "text", "killed, wounded, displaced ..."),
            Column("label", "text", "finer word for the kind"),
            Column("text", "text", "the words"),
            Column("counted", "text", "the counted thing"),
            Column("unit", "text", "unit"),
            Column("low", "number", "lower bound"),
            Column("best", "number", "the number itself, empty for vague ones"),
            Column("high", "number", "upper bound, empty when open"),
            Column("bound", "text", "exact, at_least, about ..."),
            Column("of", "number", "the total that it is a part of"),
            Column("part_of", "text", "the figure that it breaks down"),
            Column("place", "text", "where"),
            *DAYS,
            VOICE,
            Column("sentence", "text", "the sentence"),
            *_AT,
        ),
        _figures,
    ),
    ReadingTable(
        "entities",
        "persons, bodies, places, groups",
        (
            Column("entity", "text", "id within the reading"),
            Column("name", "text", "fullest name"),
            Column("type", "text", "PERSON, ORGANIZATION, GPE ..."),
            Column("country", "text", "ISO 3166 alpha-3"),
            Column("sector", "text", "PLOVER sector"),
            Column("role", "text", "office or function"),
            Column("n_mentions", "integer", "how often it is mentioned"),
        ),
        _entities,
    ),
    ReadingTable(
        "mentions",
        "words that name or describe an entity",
        (
            Column("mention", "text", "id within the reading"),
            Column("text", "text", "the words"),
            Column("type", "text", "PERSON, ORGANIZATION, GPE ..."),
            Column("entity", "text", "the entity's name"),
            *_AT,
        ),
        _mentions,
    ),
)

READING_TABLES: dict[str, ReadingTable] = {table.name: table for table in _ALL}
"""The tables of a reading by name."""
