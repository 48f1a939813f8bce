"""What one event says in the event table, apart from its id: dates, sides, place, dead, sources, words."""

from collections import Counter
from datetime import date

from crossread.codebook.plover import PENTA
from crossread.errors import ExportError
from crossread.export.columns import Column, Row
from crossread.export.context import Context
from crossread.export.event_deaths import Deaths
from crossread.export.wording import day_text
from crossread.records import Document, Event, Evidence, StoryEvent, StoryPlace, When
from crossread.vocabulary import Status

_ACTOR = (
    ("", "as the reports name it"),
    ("_type", "PERSON, ORGANIZATION, GPE, GROUP ..."),
    ("_country", "ISO 3166 alpha-3"),
    ("_sector", "PLOVER sector: GOV, MIL, REB ..."),
)
CONTENT: tuple[Column, ...] = (
    Column("year", "integer", "year of the first day"),
    Column("date_start", "date", "first day, empty when it is not known"),
    Column("date_end", "date", "last day, included; without a first day: it happened by then"),
    Column("time_precision", "integer", "ACLED: 1 the day, 2 the week, 3 the month; empty when it is vaguer"),
    Column("date_prec", "integer", "UCDP: 1 the day, 2 two to six days, 3 the week, 4 up to a month, 5 longer or open"),
    Column("event_type", "text", "PLOVER type"),
    Column("sub_type", "text", "finer word for the type"),
    Column("modes", "list", "PLOVER modes"),
    Column("contexts", "list", "PLOVER contexts"),
    Column("quad_class", "integer", "1 verbal and 2 material cooperation, 3 verbal and 4 material conflict"),
    Column(
        "status", "text", "happened, ongoing, planned, ...; disputed: one voice says that it happened and another that it did not"
    ),
    Column("statuses", "list", "each status with the number of voices for it"),
    *(Column(f"actor1{end}", "text", f"who acts: {what}" if not end else what) for end, what in _ACTOR),
    *(Column(f"actor2{end}", "text", f"who is acted on, or the other side: {what}" if not end else what) for end, what in _ACTOR),
    Column("actors", "list", "all who act"),
    Column("recipients", "list", "all who are acted on"),
    Column("country", "text", "where, ISO 3166 alpha-3"),
    Column("admin", "list", "larger places around the location, from the next outward"),
    Column("location", "text", "where, as named"),
    Column("latitude", "number", "WGS 84 degrees"),
    Column("longitude", "number", "WGS 84 degrees"),
    Column(
        "geo_precision", "integer", "ACLED: 1 the town (within 15 km), 2 a part of a region (75 km), 3 wider; empty: not located"
    ),
    Column("where_prec", "integer", "UCDP: 1 exact (10 km), 2 within 25 km, 3 district (60 km), 4 province (250 km), 6 country"),
    Column("precision_km", "number", "radius in which it surely lies"),
    Column("deaths_low", "number", "lowest number of dead that a report gives"),
    Column("deaths_best", "number", "the number of dead where all reports that give one agree, else empty"),
    Column("deaths_high", "number", "highest number of dead that a report gives"),
    Column("deaths_disputed", "boolean", "whether reports give different numbers"),
    Column("deaths_reported", "list", "every number of dead with who says so"),
    Column("sources", "list", "publishers, by day of publication"),
    Column("source_documents", "list", "ids of the documents"),
    Column("source_urls", "list", "their addresses"),
    Column("voices", "list", "who is said to have said it, beside the reporters themselves"),
    Column("n_documents", "integer", "documents that tell of it"),
    Column("n_independent", "integer", "origins among them, copies counted once"),
    Column("first_reported", "date", "first day of publication"),
    Column("last_reported", "date", "last day of publication"),
    Column("notes", "text", "sentences of the reports, in their own words"),
)
"""Columns whose change makes ``updated_at`` move."""

MAX_NOTES = 3
_GEO = ((15, 1), (75, 2))
_WHERE = ((10, 1), (25, 2), (60, 3), (250, 4))
_RANK = (
    Status.HAPPENED,
    Status.ONGOING,
    Status.CALLED_OFF,
    Status.PLANNED,
    Status.PROPOSED,
    Status.ALLEGED,
    Status.DENIED,
    Status.NEGATED,
    Status.HYPOTHETICAL,
)
_SAID_TO_BE = frozenset({Status.HAPPENED, Status.ONGOING, Status.ALLEGED})
_SAID_NOT_TO_BE = frozenset({Status.DENIED, Status.NEGATED})


def published(document: Document) -> str:
    """First day on which a document can have appeared; empty when it is not known."""
    return (document.published.start or document.published.end or "") if document.published else ""


def mentions_of(context: Context, event: StoryEvent) -> list[tuple[str, Event]]:
    """The event's mentions in the readings, oldest first: document id and record.

    Raises:
        ExportError: If a reading lacks a mention that the story names: stories and readings are of different runs.
    """
    found = []
    for mention in event.mentions:
        reading = context.readings.get(mention.document)
        record = next((e for e in reading.events if e.id == mention.event), None) if reading else None
        if record is None or reading is None:
            raise ExportError(
                f"story {context.story.id}: event {mention.event!r} of document {mention.document} is not in its reading;"
                " give the readings that the stories were made from, or link again"
            )
        found.append((published(reading.document) or "9999", mention.document, record.anchor[0].start, record.id, record))
    return [(document, record) for _, document, _, _, record in sorted(found, key=lambda x: x[:4])]


def content_of(context: Context, event: StoryEvent, deaths: Deaths) -> Row:
    """The cells of one event, by the names of `CONTENT`."""
    mentions = mentions_of(context, event)
    return {
        **_days(event.when),
        "event_type": event.type.value,
        "sub_type": event.label,
        "modes": tuple(sorted({e.mode for _, e in mentions if e.mode})),
        "contexts": tuple(sorted({c for _, e in mentions for c in e.contexts})),
        "quad_class": PENTA[event.type],
        **_status(event),
        **_sides(context, event),
        **_where(context, event),
        "deaths_low": deaths.low,
        "deaths_best": deaths.best,
        "deaths_high": deaths.high,
        "deaths_disputed": deaths.disputed,
        "deaths_reported": deaths.reported,
        **_sources(context, event, [d for d, _ in mentions]),
        "notes": _notes(context, event),
    }


def _days(when: When | None) -> Row:
    start, end = (when.start, when.end) if when else (None, None)
    n_days = (date.fromisoformat(end) - date.fromisoformat(start)).days + 1 if start and end else None
    return {
        "year": int(start[:4]) if start else None,
        "date_start": start,
        "date_end": end,
        "time_precision": None
        if n_days is None
        else next((code for most, code in ((1, 1), (7, 2), (31, 3)) if n_days <= most), None),
        "date_prec": 5 if n_days is None else next((c for most, c in ((1, 1), (6, 2), (7, 3), (31, 4)) if n_days <= most), 5),
    }


def _status(event: StoryEvent) -> Row:
    given = {s.status for s in event.statuses}
    strongest = next((s.value for s in _RANK if s in given), None)
    is_disputed = bool(given & _SAID_TO_BE) and bool(given & _SAID_NOT_TO_BE)
    counts = tuple(f"{s.status.value}: {len(s.voices)}" for s in event.statuses)
    return {"status": "disputed" if is_disputed else strongest, "statuses": counts}


def _sides(context: Context, event: StoryEvent) -> Row:
    known = {a.id: a for a in context.story.actors}
    first, *rest = (*event.actors, None)
    second = event.recipients[0] if event.recipients else (rest[0] if len(event.actors) > 1 else None)
    row: Row = {}
    for side, name in (("actor1", first), ("actor2", second)):
        actor = known.get(name) if name else None
        row |= {
            side: context.names.get(name, name) if name else None,
            f"{side}_type": actor.type.value if actor else None,
            f"{side}_country": actor.country if actor else None,
            f"{side}_sector": actor.sector if actor else None,
        }
    return row | {"actors": context.named(event.actors), "recipients": context.named(event.recipients)}


def _where(context: Context, event: StoryEvent) -> Row:
    """The most exact of the event's places; a place without coordinates counts after those with."""
    known = {p.id: p for p in context.story.places}
    places = [known[p] for p in event.places if p in known]
    place = min(places, key=_vagueness) if places else None
    located = place is not None and place.lat is not None and place.lon is not None
    radius = place.precision_km if place is not None and located else None
    return {
        "country": place.country if place else None,
        "admin": place.within if place else (),
        "location": place.name if place else None,
        "latitude": place.lat if place and located else None,
        "longitude": place.lon if place and located else None,
        "geo_precision": _code(radius, _GEO, 3) if located else None,
        "where_prec": _code(radius, _WHERE, 6) if located else None,
        "precision_km": radius,
    }


def _vagueness(place: StoryPlace) -> tuple[bool, float]:
    return (place.lat is None, place.precision_km if place.precision_km is not None else 1e9)


def _code(radius: float | None, steps: tuple[tuple[int, int], ...], widest: int) -> int:
    return next((code for most, code in steps if radius is not None and radius <= most), widest)


def _sources(context: Context, event: StoryEvent, documents: list[str]) -> Row:
    order = list(dict.fromkeys((*documents, *(e.document for e in event.evidence))))
    known = [context.readings[d].document for d in order if d in context.readings]
    days = sorted(filter(None, map(published, known)))
    voices = Counter(v.speaker for s in event.statuses for v in s.voices if v.speaker is not None)
    return {
        "sources": tuple(dict.fromkeys(context.label(d.id) for d in known)),
        "source_documents": tuple(order),
        "source_urls": tuple(dict.fromkeys(d.url for d in known if d.url)),
        "voices": tuple(dict.fromkeys(sorted(context.named(list(voices))))),
        "n_documents": event.n_documents,
        "n_independent": event.n_independent,
        "first_reported": days[0] if days else None,
        "last_reported": days[-1] if days else None,
    }


def _notes(context: Context, event: StoryEvent) -> str | None:
    """Up to three sentences, the oldest first, one sentence once though several reports print it."""

    def order(evidence: Evidence) -> tuple[str, str, int]:
        reading = context.readings.get(evidence.document)
        return (published(reading.document) if reading else "") or "9999", evidence.document, evidence.span.start

    told: dict[str, str] = {}
    for evidence in sorted(event.evidence, key=order):
        sentence = context.sentence(evidence)
        if sentence:
            day = order(evidence)[0]
            where = context.label(evidence.document) + (f", {day_text(day)}" if day != "9999" else "")
            told.setdefault(sentence, where)
    return " ".join(f"“{sentence}” ({where})" for sentence, where in list(told.items())[:MAX_NOTES]) or None
