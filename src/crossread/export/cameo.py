"""Events as CAMEO dyads: GDELT-shaped rows, and a plain table of mentions.

Only roots are coded, so that codes end in 0 ("180": assault, not specified).  Codes are text: a leading zero stays.  What crossread does not
know (tone, FIPS codes of places, ethnicity and religion of actors) stays empty.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence

from crossread.codebook.plover import CAMEO_OF_TYPE
from crossread.export.columns import Column, Row
from crossread.export.context import Context, context_of
from crossread.export.csv_files import csv_text, safe_cell
from crossread.export.encoding import clean, utf8
from crossread.export.event_rows import mentions_of, published
from crossread.export.registry import Material
from crossread.records import Entity, Event, Party, Reading, StoryActor, StoryEvent, StoryPlace
from crossread.vocabulary import EventType, Status

GOLDSTEIN: dict[str, float] = {
    "01": 0.0, "02": 3.0, "03": 4.0, "04": 1.0, "05": 3.5, "06": 6.0, "07": 7.0, "08": 5.0, "09": -2.0, "10": -5.0,
    "11": -2.0, "12": -4.0, "13": -6.0, "14": -6.5, "15": -7.2, "16": -4.0, "17": -7.0, "18": -9.0, "19": -10.0, "20": -10.0,
}  # fmt: skip
"""Goldstein scale of the CAMEO roots, as GDELT's table has it."""

ROLES = {
    "GOV": "GOV", "MIL": "MIL", "REB": "REB", "COP": "COP", "JUD": "JUD", "LEG": "LEG", "OPP": "OPP", "SPY": "SPY", "UAF": "UAF",
    "BUS": "BUS", "CRM": "CRM", "CVL": "CVL", "EDU": "EDU", "ELI": "ELI", "LAB": "LAB", "REF": "REF", "AGR": "AGR", "PTY": "PTY",
    "MED": "HLH", "JRN": "MED", "SOC": "CVL",
}  # fmt: skip
"""PLOVER sector to CAMEO role.  CAMEO's MED is the media and HLH health; sectors that CAMEO lacks have no role."""

CODED = frozenset({Status.HAPPENED, Status.ONGOING, Status.ALLEGED})
"""Statuses of the events that become rows: CAMEO has no mark for what did not happen."""

_ACTOR = ("Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code", "Type1Code", "Type2Code")
_GEO = ("Type", "Fullname", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
GDELT_COLUMNS: tuple[str, ...] = (
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
    *(f"Actor1{name}" for name in (*_ACTOR, "Type3Code")),
    *(f"Actor2{name}" for name in (*_ACTOR, "Type3Code")),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumMentions", "NumSources",
    "NumArticles", "AvgTone",
    *(f"Actor1Geo_{name}" for name in _GEO),
    *(f"Actor2Geo_{name}" for name in _GEO),
    *(f"ActionGeo_{name}" for name in _GEO),
    "DATEADDED", "SOURCEURL",
)  # fmt: skip
"""The 61 columns of GDELT 2.0's event table, in order."""


def quad_class(root: str) -> int:
    """GDELT's class of a CAMEO root: 1 verbal and 2 material cooperation, 3 verbal and 4 material conflict."""
    number = int(root)
    return 1 if number <= 5 else 2 if number <= 8 else 3 if number <= 13 else 4


def actor_code(country: str | None, sector: str | None) -> str:
    """CAMEO code of an actor: country, then role, as far as they are known."""
    return (country or "") + ROLES.get(sector or "", "")


def event_root(event: StoryEvent, mentions: Sequence[tuple[str, Event]]) -> str:
    """The CAMEO root that most mentions have; of several the lowest; the type's own root where none has one."""
    counts = Counter(m.cameo for _, m in mentions if m.cameo)
    return min(counts, key=lambda root: (-counts[root], root)) if counts else CAMEO_OF_TYPE[event.type]


def _pairs(event: StoryEvent) -> list[tuple[str | None, str | None]]:
    """Who does it to whom: each actor with each recipient; sides of a reciprocal event with one another."""
    if event.actors and event.recipients:
        return [(a, r) for a in event.actors for r in event.recipients]
    if len(event.actors) > 1:
        return [(a, b) for n, a in enumerate(event.actors) for b in event.actors[n + 1 :]]
    return [(event.actors[0] if event.actors else None, event.recipients[0] if event.recipients else None)]


def _number(*parts: str | None) -> int:
    """An integer below 2^53 made from texts, as GDELT's ids are integers."""
    joined = "\n".join(clean(p or "") for p in parts)
    return int(hashlib.sha256(joined.encode()).hexdigest()[:13], 16)


def _actor_cells(side: str, actor: StoryActor | None) -> dict[str, str]:
    if actor is None:
        return {}
    return {
        f"{side}Code": actor_code(actor.country, actor.sector),
        f"{side}Name": " ".join(actor.name.split()).upper(),
        f"{side}CountryCode": actor.country or "",
        f"{side}Type1Code": ROLES.get(actor.sector or "", ""),
    }


def _date_cells(day: str | None) -> dict[str, str | int | float]:
    if day is None:
        return {}
    year, month, number = (int(part) for part in day.split("-"))
    fraction = round(year + (month * 30 + number) / 365, 4)  # as GDELT reckons it
    return {"SQLDATE": day.replace("-", ""), "MonthYear": day[:7].replace("-", ""), "Year": year, "FractionDate": fraction}


def _place_cells(place: StoryPlace | None) -> dict[str, str | float]:
    if place is None:
        return {}
    name = ", ".join((place.name, *place.within))
    located = place.lat is not None and place.lon is not None
    return {
        "ActionGeo_Fullname": " ".join(name.split()),
        **({"ActionGeo_Lat": float(place.lat or 0.0), "ActionGeo_Long": float(place.lon or 0.0)} if located else {}),
    }


def _gdelt_rows(context: Context, stamp: str) -> Iterator[dict[str, str | int | float]]:
    actors, places = {a.id: a for a in context.story.actors}, {p.id: p for p in context.story.places}
    for event in context.story.events:
        mentions = [(d, m) for d, m in mentions_of(context, event) if m.status in CODED]
        if event.type is EventType.NONE or not mentions:
            continue
        root, documents = event_root(event, mentions), list(dict.fromkeys(d for d, _ in mentions))
        oldest = f"{mentions[0][0]}:{mentions[0][1].anchor[0].start}"
        url = next((u for d in documents if (u := context.readings[d].document.url)), "")
        place = next((places[p] for p in event.places if p in places), None)
        for first, second in _pairs(event):
            names = [context.names.get(a) if a else None for a in (first, second)]
            yield {
                "GLOBALEVENTID": _number(oldest, event.type.value, *names),
                **_date_cells(event.when.start if event.when else None),
                **_actor_cells("Actor1", actors.get(first or "")),
                **_actor_cells("Actor2", actors.get(second or "")),
                "EventCode": f"{root}0",
                "EventBaseCode": f"{root}0",
                "EventRootCode": root,
                "QuadClass": quad_class(root),
                "GoldsteinScale": GOLDSTEIN[root],
                "NumMentions": len(mentions),
                "NumSources": len({context.label(d) for d in documents}),
                "NumArticles": len(documents),
                **_place_cells(place),
                "DATEADDED": stamp,
                "SOURCEURL": " ".join(url.split()),
            }


def gdelt(material: Material) -> bytes:
    """Rows shaped like GDELT 2.0's event files: 61 columns parted by tabs, no header, one row an event and pair of actors."""
    days = [published(r.document) for r in material.readings]
    stamp = "".join(c for c in (material.as_of or max(days, default="")) if c.isdigit())[:14]
    stamp = stamp.ljust(14, "0") if len(stamp) >= 8 else ""
    lines = []
    for story in material.stories:
        for row in _gdelt_rows(context_of(story, material.by_document), stamp):
            lines.append("\t".join(_tabless(row.get(name, ""), raw=material.raw_csv) for name in GDELT_COLUMNS) + "\n")
    return utf8("".join(lines))


def _tabless(cell: str | float, *, raw: bool) -> str:
    """A cell without tabs, line breaks and quotation marks, which the format has no way to write."""
    if not isinstance(cell, str):
        return str(cell)
    text = " ".join(clean(cell).replace("\x00", "\ufffd").replace('"', "”").split())
    return text if raw else str(safe_cell(text))


CAMEO_COLUMNS: tuple[Column, ...] = (
    Column("id", "text", "document and event of its reading"),
    Column("event", "text", "id of the event within the story"),
    Column("story", "text", "id of the story"),
    Column("date", "date", "first day, empty when it is not known"),
    Column("source_name", "text", "who acts (CAMEO's source)"),
    Column("source_code", "text", "country and role"),
    Column("target_name", "text", "who is acted on (CAMEO's target)"),
    Column("target_code", "text", "country and role"),
    Column("cameo_root", "text", "CAMEO root, two digits"),
    Column("quad_class", "integer", "1 verbal and 2 material cooperation, 3 verbal and 4 material conflict"),
    Column("goldstein", "number", "Goldstein scale of the root"),
    Column("plover_type", "text", "PLOVER type"),
    Column("status", "text", "happened, planned, denied ...: filter by it, as CAMEO has no mark for it"),
    Column("document", "text", "id of the document"),
    Column("report", "text", "publisher, or what else the report is called"),
    Column("published", "date", "day of publication"),
    Column("url", "text", "address"),
    Column("start", "integer", "where the sentence starts in the document's text, in code points"),
    Column("end", "integer", "where it ends, not included"),
    Column("sentence", "text", "the sentence"),
)


def _named(reading: Reading, party: Party | None, known: dict[str, Entity]) -> tuple[str | None, str | None]:
    """Name and code of a side."""
    if party is None:
        return None, None
    entity = known.get(party.entity or "")
    name = entity.name if entity else party.span.of(reading.document.text) if party.span else None
    return (" ".join(name.split()) if name else None), (actor_code(entity.country, entity.sector) or None if entity else None)


def _cameo_rows(context: Context) -> Iterator[Row]:
    for event in context.story.events:
        for document, mention in mentions_of(context, event):
            reading = context.readings[document]
            known = {e.id: e for e in reading.entities}
            root = mention.cameo or CAMEO_OF_TYPE[mention.type]
            for actor in mention.actors or (None,):
                for recipient in mention.recipients or (None,):
                    source, target = _named(reading, actor, known), _named(reading, recipient, known)
                    yield {
                        "id": f"{document}:{mention.id}",
                        "event": event.id,
                        "story": context.story.id,
                        "date": mention.when.start if mention.when else None,
                        "source_name": source[0],
                        "source_code": source[1],
                        "target_name": target[0],
                        "target_code": target[1],
                        "cameo_root": root,
                        "quad_class": quad_class(root),
                        "goldstein": GOLDSTEIN[root],
                        "plover_type": mention.type.value,
                        "status": mention.status.value,
                        "document": document,
                        "report": context.label(document),
                        "published": published(reading.document) or None,
                        "url": reading.document.url,
                        "start": mention.sentence.start,
                        "end": mention.sentence.end,
                        "sentence": " ".join(mention.sentence.of(reading.document.text).split()),
                    }


def cameo(material: Material) -> bytes:
    """Mentions as CAMEO dyads in CSV with a header, one row a mention and pair of sides."""
    rows = [row for s in material.stories for row in _cameo_rows(context_of(s, material.by_document))]
    return utf8(csv_text(rows, raw=material.raw_csv, columns=[c.name for c in CAMEO_COLUMNS]))
