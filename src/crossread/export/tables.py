"""Stories as flat tables: one row an event, a reported value, a claim, a dispute's side, a timeline entry and so on.

`TABLES` holds every table with the meaning of each column; CSV, spreadsheets, data frames and the codebook page are all made from it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from crossread.export import table_rows
from crossread.export.columns import DAYS, VOICE, Column, Row
from crossread.export.context import Context, context_of
from crossread.records import Reading, Story


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its columns in order, its rows for one story, and which column holds the id of the record behind a row."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    rows: Callable[[Context], Iterator[Row]]
    key: str


_STORY = Column("story", "text", "id of the story")
_SUPPORT = (
    Column("n_documents", "integer", "documents that are cited"),
    Column("n_independent", "integer", "origins among them, copies counted once"),
)
_EVIDENCE = (
    Column("evidence", "list", "where the words are: document:start-end, in code points of the document's text, end not included"),
    Column("words", "list", "the exact words that the row rests on, in the order of `evidence` (when the readings are given)"),
)


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
        table_rows.brief,
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
            DAYS,
            Column("wordings", "list", "the words that reports use for it"),
            _SUPPORT,
            _EVIDENCE,
        ),
        table_rows.events,
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
            DAYS,
            Column("low", "number", "lower bound of the value"),
            Column("best", "number", "the number itself, empty for vague ones"),
            Column("high", "number", "upper bound, empty when open"),
            Column("bound", "text", "exact, at_least, more_than, about, nearly, up_to, vague"),
            Column("of", "number", "the total that it is a part of"),
            Column("value", "text", "the value in words"),
            VOICE,
            Column("document", "text", "id of the document that carries it"),
            Column("published", "date", "day on which that document appeared"),
            _EVIDENCE,
        ),
        table_rows.figures,
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
            DAYS,
            _SUPPORT,
            _EVIDENCE,
        ),
        table_rows.claims,
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
        table_rows.disputes,
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
        table_rows.corroborations,
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
            DAYS,
            Column("by", "list", "who brought it about"),
            Column("facts", "list", "tallies, terms and the like, as name: value"),
            _EVIDENCE,
        ),
        table_rows.threads,
        "thread",
    ),
    Table(
        "timeline",
        "dated happenings in order",
        _columns(
            Column("entry", "text", "id of the entry"),
            DAYS,
            Column("status", "text", "happened, planned, called_off ..."),
            Column("text", "text", "the sentence"),
            _EVIDENCE,
        ),
        table_rows.timeline,
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
        table_rows.actors,
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
        table_rows.places,
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
        table_rows.copies,
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
        table_rows.documents,
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
