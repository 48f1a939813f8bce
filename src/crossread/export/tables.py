"""Stories as flat tables: one row an event, a reported value, a claim, a dispute's side, a timeline entry and so on.

`TABLES` holds every table with the meaning of each column; CSV, spreadsheets, data frames and the codebook page are all made from it.
A cell is a text, a number, a yes or no, a list of texts, or ``None`` where nothing is known.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from crossread.export.view import sentence_around
from crossread.export.wording import document_label, figure_value_text
from crossread.records import Evidence, Place, Proof, Reading, Story, Voice, When

Cell = str | float | int | bool | tuple[str, ...] | None
Row = dict[str, Cell]

LIST_MARK = "; "
"""What parts the items of a list where a format has no lists."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the kind of its cells (``text``, ``date``, ``integer``, ``number``, ``boolean``, ``list``) and what they mean."""

    name: str
    kind: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Context:
    """A story with what its rows look up: names of actors and places, and the readings as far as they are there."""

    story: Story
    readings: Mapping[str, Reading]
    names: Mapping[str, str]

    def named(self, ids: Sequence[str]) -> tuple[str, ...]:
        """Names of actors or places."""
        return tuple(self.names.get(i, i) for i in ids)

    def label(self, document: str) -> str:
        """What a document is called in citations."""
        reading = self.readings.get(document)
        return document_label(reading.document) if reading else document

    def voice(self, voice: Voice | None) -> str | None:
        """Name of the one who speaks; ``None`` for the reporter's own voice."""
        return self.names.get(voice.speaker, voice.speaker) if voice is not None and voice.speaker is not None else None

    def words(self, evidence: Evidence) -> str | None:
        """The exact words that something rests on, on one line; ``None`` where the reading is not at hand."""
        reading = self.readings.get(evidence.document)
        return " ".join(evidence.span.of(reading.document.text).split()) if reading else None

    def sentence(self, evidence: Evidence) -> str | None:
        """The whole sentence around the words."""
        reading = self.readings.get(evidence.document)
        return " ".join(sentence_around(reading, evidence.span).of(reading.document.text).split()) if reading else None


def context_of(story: Story, readings: Mapping[str, Reading]) -> Context:
    """What the rows of a story look things up in."""
    names = {a.id: a.name for a in story.actors} | {p.id: p.name for p in story.places}
    return Context(story=story, readings=readings, names=names)


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its columns in order, its rows for one story, and which column holds the id of the record behind a row."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    rows: Callable[[Context], Iterator[Row]]
    key: str


_STORY = Column("story", "text", "id of the story")
_DAYS = (
    Column("start", "date", "first day, empty when open or not known"),
    Column("end", "date", "last day (included), empty when open or not known"),
    Column("date_precision", "text", "how exact the days are: day, week, month, year, unknown"),
)
_SUPPORT = (
    Column("n_documents", "integer", "documents that are cited"),
    Column("n_independent", "integer", "origins among them, copies counted once"),
)
_EVIDENCE = (
    Column("evidence", "list", "where the words are: document:start-end, in code points of the document's text, end not included"),
    Column("words", "list", "the exact words that the row rests on, in the order of `evidence` (when the readings are given)"),
)


def _days(when: When | None) -> Row:
    return {
        "start": when.start if when else None,
        "end": when.end if when else None,
        "date_precision": when.precision.value if when else None,
    }


def _proof(context: Context, evidence: Proof) -> Row:
    words = tuple(w for w in (context.words(e) for e in evidence) if w is not None)
    return {"evidence": tuple(f"{e.document}:{e.span.start}-{e.span.end}" for e in evidence), "words": words or None}


def _place(place: Place | None) -> str | None:
    return (place.name or place.text) if place else None


def _brief(c: Context) -> Iterator[Row]:
    for line in c.story.brief:
        yield {"story": c.story.id, "line": line.id, "text": line.text, **_proof(c, line.evidence)}


def _events(c: Context) -> Iterator[Row]:
    for e in c.story.events:
        yield {
            "story": c.story.id,
            "event": e.id,
            "type": e.type.value,
            "label": e.label,
            "status": tuple(s.status.value for s in e.statuses),
            "actors": c.named(e.actors),
            "recipients": c.named(e.recipients),
            "places": c.named(e.places),
            **_days(e.when),
            "wordings": e.wordings,
            "n_documents": e.n_documents,
            "n_independent": e.n_independent,
            **_proof(c, e.evidence),
        }


def _figures(c: Context) -> Iterator[Row]:
    for f in c.story.figures:
        for v in f.values:
            yield {
                "story": c.story.id,
                "figure": f.id,
                "kind": f.kind.value,
                "counted": " ".join(f.counted.split()),
                "unit": f.unit,
                "place": _place(f.place),
                **_days(f.when),
                "low": v.low,
                "best": v.best,
                "high": v.high,
                "bound": v.bound.value,
                "of": v.of,
                "value": figure_value_text(v, f.unit),
                "voice": c.voice(v.voice),
                "document": v.voice.document if v.voice else None,
                "published": v.published.start if v.published else None,
                **_proof(c, v.evidence),
            }


def _claims(c: Context) -> Iterator[Row]:
    for claim in c.story.claims:
        yield {
            "story": c.story.id,
            "claim": claim.id,
            "speakers": c.named(claim.speakers),
            "stance": claim.stance.value,
            "polarity": claim.polarity,
            "text": " ".join(claim.text.split()),
            **_days(claim.when),
            "n_documents": claim.n_documents,
            "n_independent": claim.n_independent,
            **_proof(c, claim.evidence),
        }


def _disputes(c: Context) -> Iterator[Row]:
    for d in c.story.disputes:
        for number, side in enumerate(d.sides, start=1):
            yield {
                "story": c.story.id,
                "dispute": d.id,
                "kind": d.kind.value,
                "topic": " ".join(d.topic.split()),
                "compatible": d.compatible.value,
                "side": number,
                "position": " ".join(side.position.split()),
                "held_by": c.named(side.held_by),
                "documents": tuple(dict.fromkeys(v.document for v in side.voices)),
                "reason": d.reason,
                **_proof(c, side.evidence),
            }


def _corroborations(c: Context) -> Iterator[Row]:
    for x in c.story.corroborations:
        yield {
            "story": c.story.id,
            "corroboration": x.id,
            "text": " ".join(x.what.split()),
            "independent": x.independent.value,
            "reason": x.reason,
            "n_documents": x.n_documents,
            "n_independent": x.n_independent,
            **_proof(c, x.evidence),
        }


def _threads(c: Context) -> Iterator[Row]:
    from crossread.export.view import fact_text

    for t in c.story.threads:
        for number, s in enumerate(t.states, start=1):
            yield {
                "story": c.story.id,
                "thread": t.id,
                "kind": t.kind.value,
                "title": t.title,
                "step": number,
                "state": s.state,
                **_days(s.when),
                "by": c.named(s.by),
                "facts": tuple(f"{k}: {fact_text(v)}" for k, v in s.facts.items()),
                **_proof(c, s.evidence),
            }


def _timeline(c: Context) -> Iterator[Row]:
    for e in c.story.timeline:
        yield {
            "story": c.story.id,
            "entry": e.id,
            **_days(e.when),
            "status": e.status.value,
            "text": " ".join(e.text.split()),
            **_proof(c, e.evidence),
        }


def _actors(c: Context) -> Iterator[Row]:
    for a in c.story.actors:
        yield {
            "story": c.story.id,
            "actor": a.id,
            "name": a.name,
            "type": a.type.value,
            "country": a.country,
            "sector": a.sector,
            "roles": a.roles,
            "forms": tuple(f.text for f in a.forms),
            "n_documents": len({d for f in a.forms for d in f.documents}),
            "reason": a.reason,
            **_proof(c, a.evidence),
        }


def _places(c: Context) -> Iterator[Row]:
    for p in c.story.places:
        yield {
            "story": c.story.id,
            "place": p.id,
            "name": p.name,
            "type": p.type.value,
            "country": p.country,
            "within": p.within,
            "lat": p.lat,
            "lon": p.lon,
            "precision_km": p.precision_km,
            "forms": tuple(f.text for f in p.forms),
            "n_documents": len({d for f in p.forms for d in f.documents}),
            **_proof(c, p.evidence),
        }


def _copies(c: Context) -> Iterator[Row]:
    for group in c.story.copies:
        yield {
            "story": c.story.id,
            "copy": group.id,
            "kind": group.kind.value,
            "documents": group.documents,
            "reason": group.reason,
            **_proof(c, tuple(Evidence(document=p.document, span=p.span) for p in group.passages)),
        }


def _documents(c: Context) -> Iterator[Row]:
    reasons = {o.document: o.reason for o in c.story.outside}
    for name in dict.fromkeys((*c.story.documents, *reasons)):
        reading = c.readings.get(name)
        d = reading.document if reading else None
        yield {
            "story": c.story.id,
            "document": name,
            "publisher": d.publisher if d else None,
            "agency": d.agency if d else None,
            "byline": d.byline if d else None,
            "title": " ".join(d.title.split()) if d and d.title else None,
            "published": d.published.start if d and d.published else None,
            "url": d.url if d else None,
            "raw_sha256": d.raw_sha256 if d else None,
            "n_characters": len(d.text) if d else None,
            "inside": name not in reasons,
            "reason": reasons.get(name),
        }


def _columns(*parts: Column | tuple[Column, ...]) -> tuple[Column, ...]:
    flat: list[Column] = [_STORY]
    for part in parts:
        flat += part if isinstance(part, tuple) else (part,)
    return tuple(flat)


_ALL = (
    Table(
        "brief",
        "lines of the brief",
        _columns(
            Column("line", "text", "id of the line"),
            Column("text", "text", "the line"),
            _EVIDENCE,
        ),
        _brief,
        "line",
    ),
    Table(
        "events",
        "happenings, each once however many reports tell of it",
        _columns(
            Column("event", "text", "id of the event within its story (the event table has ids that last)"),
            Column("type", "text", "PLOVER event type, or NONE"),
            Column("label", "text", "finer word for the type"),
            Column("status", "list", "statuses that reports give it: happened, planned, denied ..."),
            Column("actors", "list", "who acts"),
            Column("recipients", "list", "who is acted on"),
            Column("places", "list", "where"),
            _DAYS,
            Column("wordings", "list", "the words that reports use for it"),
            _SUPPORT,
            _EVIDENCE,
        ),
        _events,
        "event",
    ),
    Table(
        "figures",
        "reported values, one row a value: no value is chosen and none averaged",
        _columns(
            Column("figure", "text", "id of the figure; its values share it"),
            Column("kind", "text", "what is counted: killed, wounded, displaced ..."),
            Column("counted", "text", "the counted thing in the reports' words"),
            Column("unit", "text", "unit of durations, money and shares"),
            Column("place", "text", "where"),
            _DAYS,
            Column("low", "number", "lower bound of the value"),
            Column("best", "number", "the number itself, empty for vague ones"),
            Column("high", "number", "upper bound, empty when open"),
            Column("bound", "text", "exact, at_least, more_than, about, nearly, up_to, vague"),
            Column("of", "number", "the total that it is a part of"),
            Column("value", "text", "the value in words"),
            Column("voice", "text", "who says so; empty for the reporter's own voice"),
            Column("document", "text", "id of the document that carries it"),
            Column("published", "date", "day on which that document appeared"),
            _EVIDENCE,
        ),
        _figures,
        "figure",
    ),
    Table(
        "claims",
        "statements, made or denied by the same speakers, in any number of documents",
        _columns(
            Column("claim", "text", "id of the claim"),
            Column("speakers", "list", "who says it"),
            Column("stance", "text", "what the speaker does by saying it: assert, accuse, deny, demand ..."),
            Column("polarity", "text", "affirmed or denied"),
            Column("text", "text", "the statement in the words of the first report that carries it"),
            _DAYS,
            _SUPPORT,
            _EVIDENCE,
        ),
        _claims,
        "claim",
    ),
    Table(
        "disputes",
        "disagreements, one row a side",
        _columns(
            Column("dispute", "text", "id of the dispute; its sides share it"),
            Column("kind", "text", "number, accusation_vs_denial, cause, date ..."),
            Column("topic", "text", "what it is about"),
            Column("compatible", "text", "whether both sides can be true: yes, no, unclear"),
            Column("side", "integer", "number of the side, from 1"),
            Column("position", "text", "the position in the reports' words"),
            Column("held_by", "list", "actors who hold it"),
            Column("documents", "list", "ids of the documents that carry it"),
            Column("reason", "text", "why this counts as a dispute"),
            _EVIDENCE,
        ),
        _disputes,
        "dispute",
    ),
    Table(
        "corroborations",
        "what several reports say, and whether they do so independently",
        _columns(
            Column("corroboration", "text", "id"),
            Column("text", "text", "what they say"),
            Column("independent", "text", "yes, no, partly, unknown"),
            Column("reason", "text", "why"),
            _SUPPORT,
            _EVIDENCE,
        ),
        _corroborations,
        "corroboration",
    ),
    Table(
        "threads",
        "processes, one row a state that they passed through",
        _columns(
            Column("thread", "text", "id of the thread; its states share it"),
            Column("kind", "text", "resolution, truce, talks, visit ..."),
            Column("title", "text", "what the process is about"),
            Column("step", "integer", "number of the state, from 1"),
            Column("state", "text", "the state, from the closed list of its kind"),
            _DAYS,
            Column("by", "list", "who brought it about"),
            Column("facts", "list", "tallies, terms and the like, as name: value"),
            _EVIDENCE,
        ),
        _threads,
        "thread",
    ),
    Table(
        "timeline",
        "dated happenings in order",
        _columns(
            Column("entry", "text", "id of the entry"),
            _DAYS,
            Column("status", "text", "happened, planned, called_off ..."),
            Column("text", "text", "the sentence"),
            _EVIDENCE,
        ),
        _timeline,
        "entry",
    ),
    Table(
        "actors",
        "who takes part, under all names",
        _columns(
            Column("actor", "text", "id of the actor"),
            Column("name", "text", "fullest name"),
            Column("type", "text", "PERSON, ORGANIZATION, GPE, GROUP ..."),
            Column("country", "text", "ISO 3166 alpha-3"),
            Column("sector", "text", "PLOVER sector: GOV, MIL, REB ..."),
            Column("roles", "list", "offices and functions"),
            Column("forms", "list", "ways in which the reports write the name"),
            Column("n_documents", "integer", "documents that name the actor"),
            Column("reason", "text", "why the names are one actor"),
            _EVIDENCE,
        ),
        _actors,
        "actor",
    ),
    Table(
        "places",
        "where it happens, under all names",
        _columns(
            Column("place", "text", "id of the place"),
            Column("name", "text", "name"),
            Column("type", "text", "GPE, LOCATION, FACILITY"),
            Column("country", "text", "ISO 3166 alpha-3"),
            Column("within", "list", "larger places around it, from the next outward"),
            Column("lat", "number", "latitude, WGS 84 degrees"),
            Column("lon", "number", "longitude, WGS 84 degrees"),
            Column("precision_km", "number", "radius in which it surely lies"),
            Column("forms", "list", "ways in which the reports write the name"),
            Column("n_documents", "integer", "documents that name the place"),
            _EVIDENCE,
        ),
        _places,
        "place",
    ),
    Table(
        "copies",
        "documents that share words",
        _columns(
            Column("copy", "text", "id of the group"),
            Column("kind", "text", "copy, partial, quote, boilerplate"),
            Column("documents", "list", "ids of the documents"),
            Column("reason", "text", "what was found"),
            _EVIDENCE,
        ),
        _copies,
        "copy",
    ),
    Table(
        "documents",
        "the reports, with those set aside",
        _columns(
            Column("document", "text", "id of the document"),
            Column("publisher", "text", "outlet"),
            Column("agency", "text", "wire service that it came from"),
            Column("byline", "text", "by whom"),
            Column("title", "text", "headline"),
            Column("published", "date", "day of publication"),
            Column("url", "text", "address"),
            Column("raw_sha256", "text", "digest of the bytes that it was made from"),
            Column("n_characters", "integer", "length of its text in code points"),
            Column("inside", "boolean", "whether it belongs to the story"),
            Column("reason", "text", "why it was set aside"),
        ),
        _documents,
        "document",
    ),
)

TABLES: dict[str, Table] = {table.name: table for table in _ALL}
"""All tables by name, in the order in which a spreadsheet shows them."""


def rows_of(stories: Sequence[Story], kind: str, readings: Mapping[str, Reading] | None = None) -> list[Row]:
    """Rows of one table over all stories.

    Args:
        stories: The stories.
        kind: A name in `TABLES`.
        readings: Readings by document id, for the words behind the rows.
    """
    make = TABLES[kind].rows
    return [row for story in stories for row in make(context_of(story, readings or {}))]


def flat(cell: Cell) -> str | float | int | None:
    """A cell for formats without lists and truth values: lists joined, yes and no as 1 and 0."""
    if isinstance(cell, tuple):
        return LIST_MARK.join(cell)
    return int(cell) if isinstance(cell, bool) else cell
