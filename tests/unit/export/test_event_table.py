"""The event table: its cells, changes, tombstones, and the former table in either form."""

import csv
import io
import json

import msgspec
import pytest

from crossread.errors import ExportError
from crossread.export import export_stories
from crossread.export.event_table import COLUMNS, event_rows, parse_table
from crossread.export.registry import Material
from crossread.records import EventMention, FigureValue, Reading, Span, StatusVoices, Story, Voice, When
from crossread.vocabulary import Bound, EventType, Precision, Status
from tests.unit.export.material import hostile, hostile_reading, plain, with_ids


def table(material: Material, previous: bytes | None = None, as_of: str = "2031-04-09", to: str = "event-table") -> bytes:
    return export_stories(material.stories, material.readings, to=to, previous=previous, as_of=as_of)


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def changed(material: Material, **fields: object) -> Material:
    """The material with fields of its one event replaced."""
    story = material.stories[0]
    event = msgspec.structs.replace(story.events[0], **fields)
    return Material(stories=(msgspec.structs.replace(story, events=(event,)),), readings=material.readings)


def test_a_row_has_what_acled_and_ucdp_have() -> None:
    (row,) = rows(table(hostile("A raid.")))
    assert list(row) == [c.name for c in COLUMNS]
    assert row["event_id"].startswith("ev-")
    told = {
        "state": "active",
        "date_start": "2031-04-07",
        "time_precision": "1",
        "date_prec": "1",
        "event_type": "ASSAULT",
        "status": "happened",
        "actor1_country": "FRA",
        "actor1_sector": "",
        "country": "FRA",
        "geo_precision": "1",
        "where_prec": "1",
        "deaths_low": "3",
        "deaths_best": "3",
        "deaths_high": "3",
        "deaths_disputed": "0",
        "n_documents": "1",
        "n_independent": "1",
        "notes": "“A raid.” (A raid., 7 Apr 2031)",
        "mentions": '["d1:0-1"]',
    }
    assert {k: row[k] for k in told} == told
    assert row["created_at"] == row["updated_at"] == "2031-04-09"


def test_the_same_corpus_again_changes_nothing_and_a_change_moves_updated_at() -> None:
    material = hostile("A raid.")
    first = table(material, as_of="2031-04-09")
    assert table(material, previous=first, as_of="2031-04-10") == first
    (row,) = rows(table(changed(material, label="attack"), previous=first, as_of="2031-04-10"))
    (old,) = rows(first)
    assert (row["event_id"], row["created_at"], row["updated_at"]) == (old["event_id"], "2031-04-09", "2031-04-10")


def test_the_id_of_the_story_is_no_change() -> None:
    material = hostile("A raid.")
    renamed = Material(stories=(msgspec.structs.replace(material.stories[0], id="story-2"),), readings=material.readings)
    (row,) = rows(table(renamed, previous=table(material), as_of="2031-04-10"))
    assert (row["story"], row["updated_at"]) == ("story-2", "2031-04-09")


def test_what_is_gone_stays_as_a_tombstone() -> None:
    both, one = with_ids("d1", "d2"), with_ids("d1")
    first = table(both)
    second = table(one, previous=first, as_of="2031-04-10")
    active, stone = rows(second)
    assert (active["state"], stone["state"], stone["updated_at"]) == ("active", "withdrawn", "2031-04-10")
    assert stone["notes"] == next(r for r in rows(first) if r["event_id"] == stone["event_id"])["notes"]
    third = table(one, previous=second, as_of="2031-04-11")
    assert third == second
    assert sorted(r["event_id"] for r in rows(table(both, previous=third))) == sorted(r["event_id"] for r in rows(first))


def test_merged_events_name_their_survivor() -> None:
    apart, (first, second) = with_ids("d1", "d2"), with_ids("d1", "d2").stories
    mentions = (EventMention(document="d1", event="v1"), EventMention(document="d2", event="v1"))
    event = msgspec.structs.replace(
        first.events[0], mentions=mentions, evidence=(*first.events[0].evidence, *second.events[0].evidence)
    )
    joined = Material(stories=(msgspec.structs.replace(first, documents=("d1", "d2"), events=(event,)),), readings=apart.readings)
    kept, stone = rows(table(joined, previous=table(apart), as_of="2031-04-10"))
    assert (stone["state"], stone["superseded_by"]) == ("merged", kept["event_id"])
    assert json.loads(kept["mentions"]) == ["d1:0-1", "d2:0-1"]
    part, other = rows(table(apart, previous=table(joined), as_of="2031-04-11"))
    assert {part["split_from"], other["split_from"]} == {"", kept["event_id"]}


@pytest.mark.parametrize("first", ["event-table", "event-table-jsonl"])
@pytest.mark.parametrize("then", ["event-table", "event-table-jsonl"])
def test_the_former_table_may_be_in_either_form(first: str, then: str) -> None:
    material = hostile('=SUM(A1); “Osk”, "now"\nthen')
    former = table(material, to=first)
    assert table(material, previous=former, as_of="2031-04-10", to=then) == table(material, to=then)
    raw = export_stories(material.stories, material.readings, to=then, previous=former, as_of="2031-04-10", raw_csv=True)
    assert [r["updated_at"] for r in parse_table(raw)] == ["2031-04-09"]


@pytest.mark.parametrize(
    "content", [b"a,b\n1,2\n", b"\xff\xfe", b'{"x": 1}', b"{", b"event_id,state,mentions\nx,active,[\n", b"nothing"]
)
def test_what_is_no_event_table_is_refused(content: bytes) -> None:
    with pytest.raises(ExportError, match="former event table"):
        table(hostile("A raid."), previous=content)


def test_an_empty_former_table_is_a_first_run() -> None:
    header = table(hostile("A raid.")).split(b"\n")[0] + b"\n"
    assert rows(table(hostile("A raid."), previous=header)) == rows(table(hostile("A raid.")))


def with_values(*values: FigureValue) -> Material:
    material = hostile("A raid.")
    story = material.stories[0]
    voice = Voice(document="d1", record="a1")
    given = tuple(msgspec.structs.replace(v, evidence=story.events[0].evidence, voice=voice) for v in values)
    figure = msgspec.structs.replace(story.figures[0], values=given)
    return Material(stories=(msgspec.structs.replace(story, figures=(figure,)),), readings=material.readings)


@pytest.mark.parametrize(
    ("values", "low", "best", "high", "disputed"),
    [
        ([FigureValue(low=23, best=23, bound=Bound.AT_LEAST), FigureValue(low=23, best=23, high=23)], 23, 23, 23, False),
        ([FigureValue(low=12, best=12, high=12), FigureValue(low=20, best=20, high=20)], 12, None, 20, True),
        ([FigureValue(low=200, high=999, bound=Bound.VAGUE)], 200, None, 999, False),
        ([FigureValue(high=9, bound=Bound.UP_TO)], 9, None, 9, False),
    ],
)
def test_no_number_of_dead_is_averaged(values, low, best, high, disputed) -> None:
    (row,) = event_rows(with_values(*values))
    assert (row["deaths_low"], row["deaths_best"], row["deaths_high"], row["deaths_disputed"]) == (low, best, high, disputed)
    assert len(row["deaths_reported"]) == len(values)


def test_a_breakdown_does_not_count_beside_its_total() -> None:
    material = hostile("A raid.")
    reading = material.readings[0]
    part = msgspec.structs.replace(reading.figures[0], id="v1", part_of="f0")  # the evidence of the story names v1
    broken = Material(stories=material.stories, readings=(msgspec.structs.replace(reading, figures=(part,)),))
    (row,) = event_rows(broken)
    assert row["deaths_low"] is None


def test_a_figure_counts_for_one_event_only() -> None:
    material = hostile("A raid.")
    story, reading = material.stories[0], material.readings[0]
    twin = msgspec.structs.replace(
        story.events[0], id="event-2", mentions=(EventMention(document="d1", event="v2"),), n_independent=0
    )
    second = msgspec.structs.replace(reading.events[0], id="v2")
    doubled = Material(
        stories=(msgspec.structs.replace(story, events=(*story.events, twin)),),
        readings=(msgspec.structs.replace(reading, events=(*reading.events, second)),),
    )
    found = event_rows(doubled)
    assert sorted(str(r["deaths_best"]) for r in found) == ["3", "None"]
    assert sorted(str(r["mentions"]) for r in found) == ["('d1:0-1#2',)", "('d1:0-1',)"]


@pytest.mark.parametrize(
    ("when", "time_precision", "date_prec"),
    [
        (When(start="2031-04-07", end="2031-04-07", precision=Precision.DAY), 1, 1),
        (When(start="2031-04-07", end="2031-04-09"), 2, 2),
        (When(start="2031-04-07", end="2031-04-13"), 2, 3),
        (When(start="2031-04-01", end="2031-04-30"), 3, 4),
        (When(start="2031-01-01", end="2031-12-31"), None, 5),
        (When(end="2031-04-07"), None, 5),
        (None, None, 5),
    ],
)
def test_precision_of_time_is_that_of_the_days(when, time_precision, date_prec) -> None:
    (row,) = event_rows(changed(hostile("A raid."), when=when))
    assert (row["time_precision"], row["date_prec"]) == (time_precision, date_prec)
    assert row["date_start"] == (when.start if when else None)


@pytest.mark.parametrize(
    ("statuses", "told"),
    [
        ([Status.HAPPENED], "happened"),
        ([Status.DENIED, Status.HAPPENED], "disputed"),
        ([Status.PLANNED, Status.CALLED_OFF], "called_off"),
        ([Status.HYPOTHETICAL], "hypothetical"),
        ([], None),
    ],
)
def test_status_says_when_voices_differ(statuses, told) -> None:
    given = tuple(StatusVoices(status=s, voices=(Voice(document="d1"),)) for s in statuses)
    (row,) = event_rows(changed(hostile("A raid."), statuses=given))
    assert row["status"] == told


def test_events_of_no_type_are_left_out() -> None:
    assert event_rows(changed(hostile("A raid."), type=EventType.NONE)) == []


def test_an_unlocated_place_has_a_name_and_no_coordinates() -> None:
    material = hostile("A raid.")
    story = material.stories[0]
    place = msgspec.structs.replace(story.places[0], lat=None, lon=None, precision_km=None)
    (row,) = event_rows(Material(stories=(msgspec.structs.replace(story, places=(place,)),), readings=material.readings))
    assert (row["location"], row["latitude"], row["geo_precision"], row["where_prec"]) == ("A raid.", None, None, None)


def test_notes_are_sentences_of_the_reports_and_repeat_none() -> None:
    material = plain()
    (row,) = event_rows(material)
    assert row["notes"] == "“Veltland vetoed the draft on Monday.” (Karsa Post, 7 Apr 2031)"


def test_without_a_stamp_the_newest_report_gives_the_time() -> None:
    (row,) = event_rows(Material(stories=plain().stories, readings=plain().readings))
    assert row["created_at"] == "2031-04-07"


def test_cells_longer_than_the_csv_module_takes_are_read_back() -> None:
    reading = hostile_reading("x" * 200_000)
    story: Story = hostile("x" * 200_000).stories[0]
    assert isinstance(reading, Reading)
    material = Material(stories=(story,), readings=(reading,))
    limit = csv.field_size_limit()
    first = table(material)
    assert table(material, previous=first, as_of="2032-01-01") == first
    assert csv.field_size_limit() == limit
    assert reading.sentences == (Span(0, 200_000),)
