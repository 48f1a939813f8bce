"""The event table: one row an event, shaped like those of ACLED and UCDP, with ids that last.

Give the former table (``previous``) and events keep their ids while the corpus grows (rules: `crossread.export.event_ids`); what was merged
or withdrawn stays as a tombstone, and ``updated_at`` says when a row last changed, so that users can take in changes alone.
Nothing is averaged: ``deaths_best`` is filled only where all reports that give a number agree on it.
"""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from crossread.errors import ExportError
from crossread.export.columns import LIST_MARK, Cell, Column, Row, flat
from crossread.export.context import Context, context_of
from crossread.export.csv_files import csv_text, unescaped
from crossread.export.encoding import clean, cleaned, utf8
from crossread.export.event_deaths import Deaths, deaths_of
from crossread.export.event_ids import Former, Given, Gone, State, give_ids
from crossread.export.event_rows import CONTENT, content_of, mentions_of, published
from crossread.export.registry import Material
from crossread.records import StoryEvent
from crossread.vocabulary import EventType

COLUMNS: tuple[Column, ...] = (
    Column("event_id", "text", "id that lasts: it stays the same over runs and while reports are added"),
    Column("state", "text", "active; merged or withdrawn: a tombstone, not to be counted"),
    Column("superseded_by", "text", "of a merged one: the id of the event that it became a part of"),
    Column("split_from", "text", "the event that it was a part of in the former table"),
    Column("created_at", "text", "when the id was given"),
    Column("updated_at", "text", "when the row last changed"),
    *CONTENT,
    Column(
        "story",
        "text",
        "id of the story (a fingerprint of its documents: it changes when one is added, and is no change of the row)",
    ),
    Column("event", "text", "id of the event within the story, as other tables have it"),
    Column(
        "mentions",
        "list",
        "where the event is told, oldest first: document:start-end (in CSV a JSON array); what the id is known by",
    ),
)
"""Columns of the event table, in order."""

_NAMES = tuple(c.name for c in COLUMNS)
_KINDS = {c.name: c.kind for c in COLUMNS}
_CONTENT = tuple(c.name for c in CONTENT)
_MAX_FIELD = 2**31 - 1  # the csv module gives up at 131,072 characters a cell unless told otherwise


@dataclass(frozen=True, slots=True)
class _Found:
    """An event of the corpus as it is now, with what it is known by."""

    context: Context
    event: StoryEvent
    mentions: tuple[str, ...]


def event_rows(material: Material) -> list[Row]:
    """Rows of the event table, events by first day, tombstones after them.

    Events of type NONE (what PLOVER leaves out) are not in the table.

    Raises:
        ExportError: If the former table is none, or stories and readings do not fit together.
    """
    former = parse_table(material.previous) if material.previous else []
    stamp = material.as_of or _newest_day(material)
    found = list(_found(material))
    ids = give_ids([f.mentions for f in found], [_former(row) for row in former])
    known = {str(row["event_id"]): row for row in former}
    deaths = {s.id: deaths_of(context_of(s, material.by_document)) for s in material.stories}
    rows = []
    for item, given in zip(found, ids.given, strict=True):
        content = content_of(item.context, item.event, deaths[item.context.story.id].get(item.event.id, Deaths()))
        rows.append(_active(item, given, content, known.get(given.id), stamp))
    rows.sort(key=lambda r: (str(r["date_start"] or r["date_end"] or "9999"), str(r["event_id"])))
    return rows + [_tombstone(stone, known[stone.id], stamp) for stone in ids.gone]


def _newest_day(material: Material) -> str:
    return max((published(r.document) for r in material.readings), default="") or "1970-01-01"


def _found(material: Material) -> Iterator[_Found]:
    taken: set[str] = set()
    for story in material.stories:
        context = context_of(story, material.by_document)
        for event in story.events:
            if event.type is EventType.NONE:
                continue
            keys = []
            for document, record in mentions_of(context, event):
                key = base = f"{clean(document)}:{record.anchor[0].start}-{record.anchor[-1].end}"
                number = 2
                while key in taken:  # two events of one sentence may share their word
                    key, number = f"{base}#{number}", number + 1
                taken.add(key)
                keys.append(key)
            if keys:
                yield _Found(context, event, tuple(keys))


def _active(item: _Found, given: Given, content: Row, old: Row | None, stamp: str) -> Row:
    state: Row = {"event_id": given.id, "state": State.ACTIVE.value, "superseded_by": None}
    split_from = given.split_from or (old["split_from"] if old else None)
    same = old is not None and old["state"] == State.ACTIVE.value and old["split_from"] == split_from and _same(content, old)
    return {
        **state,
        "split_from": split_from,
        "created_at": old["created_at"] if old else stamp,
        "updated_at": old["updated_at"] if same and old else stamp,
        **content,
        "story": item.context.story.id,
        "event": item.event.id,
        "mentions": item.mentions,
    }


def _same(content: Row, old: Row) -> bool:
    return all(_cell(name, content[name]) == _cell(name, old[name]) for name in _CONTENT)


def _tombstone(stone: Gone, old: Row, stamp: str) -> Row:
    """The former row with its state; when it is not a tombstone already, it changes now."""
    same = old["state"] == stone.state.value and old["superseded_by"] == stone.superseded_by
    changed: Row = {"state": stone.state.value, "superseded_by": stone.superseded_by}
    return {**old, **changed, "updated_at": old["updated_at"] if same else stamp}


# ---------------------------------------------------------------- in and out of files


def _cell(name: str, cell: Cell) -> str:
    """A cell as text, the same whether it was just made or read back."""
    if name == "mentions":
        return json.dumps(cell or [], ensure_ascii=False)
    value = flat(cell)
    if isinstance(value, float):
        value = f"{value:.12g}"
    return clean(str(value)).replace("\x00", "\ufffd") if value is not None else ""


def event_table_csv(material: Material) -> bytes:
    """The event table as CSV; its mentions are a JSON array in one cell."""
    rows: list[Row] = [{**r, "mentions": _cell("mentions", r["mentions"])} for r in event_rows(material)]
    return utf8(csv_text(rows, raw=material.raw_csv, columns=_NAMES))


def event_table_jsonl(material: Material) -> bytes:
    """The event table as JSON Lines; lists are lists."""
    return b"".join(json.dumps(cleaned(row), ensure_ascii=False).encode() + b"\n" for row in event_rows(material))


def parse_table(content: bytes) -> list[Row]:
    """Rows of an event table, from CSV or JSON Lines.

    Raises:
        ExportError: If it is no event table; the message says what is lacking.
    """
    try:
        text = content.decode("utf-8-sig")
        rows = _json_rows(text) if text.lstrip().startswith("{") else _csv_rows(text)
        return [_whole(row, number) for number, row in enumerate(rows, start=1)]
    except (UnicodeDecodeError, ValueError, csv.Error) as err:
        raise ExportError(f"the former event table cannot be read ({err}); give the file as crossread wrote it") from err


def _json_rows(text: str) -> list[dict[str, Any]]:
    rows = [json.loads(line) for line in text.split("\n") if line.strip()]  # not at U+2028
    return [{k: tuple(v) if isinstance(v, list) else v for k, v in row.items()} for row in rows]


def _csv_rows(text: str) -> list[dict[str, Any]]:
    limit = csv.field_size_limit(_MAX_FIELD)
    try:
        reader = csv.DictReader(io.StringIO(text, newline=""))
        rows = list(reader)
    finally:
        csv.field_size_limit(limit)
    lacking = {"event_id", "state", "mentions"} - set(reader.fieldnames or ())
    if lacking and text:
        raise ValueError(f"its header has no {', '.join(sorted(lacking))}")
    for row in rows:
        row["mentions"] = tuple(json.loads(row.get("mentions") or "[]"))
    return [{k: _typed(k, unescaped(v)) if isinstance(v, str) else v for k, v in row.items()} for row in rows]


def _typed(name: str, text: str) -> Cell:
    """A cell of CSV as its column has it; lists are parted where `flat` joined them."""
    kind = _KINDS.get(name)
    if not text or kind is None:
        return None
    if kind in ("integer", "boolean"):
        return bool(int(text)) if kind == "boolean" else int(text)
    if kind == "list":
        return tuple(text.split(LIST_MARK))
    return float(text) if kind == "number" else text


def _whole(row: dict[str, Any], number: int) -> Row:
    """A row with every column; raises when it has no id, state or mentions."""
    if not row.get("event_id") or row.get("state") not in set(State) or not isinstance(row.get("mentions"), tuple):
        raise ValueError(f"row {number} has no event_id, state or mentions")
    return {name: row.get(name) if row.get(name) != "" else None for name in _NAMES}


def _former(row: Row) -> Former:
    mentions = row["mentions"]
    return Former(
        id=str(row["event_id"]),
        state=State(str(row["state"])),
        created=str(row["created_at"] or ""),
        reported=str(row["first_reported"] or ""),
        mentions=tuple(map(str, mentions)) if isinstance(mentions, tuple) else (),
        superseded_by=str(row["superseded_by"]) if row["superseded_by"] else None,
    )
