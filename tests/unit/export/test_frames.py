"""Lists of records as data frames and in notebooks."""

import copy
import datetime
import gc
import pickle
import sys

import lxml.html
import msgspec
import pandas
import polars
import pytest

from crossread.errors import MissingExtra
from crossread.export.frames import columns_of, to_pandas, to_polars
from crossread.export.notebook import MAX_ROWS
from crossread.export.reading_tables import READING_TABLES
from crossread.export.tables import TABLES
from crossread.jsonlines import decode, encode
from crossread.listing import Listing
from crossread.records import Reading, Story
from tests.stories import readings, story
from tests.unit.export.material import hostile_reading, hostile_story

STORY_LISTS = [name for name in TABLES if name != "documents"]


@pytest.mark.parametrize("field", STORY_LISTS)
def test_every_list_of_a_story_becomes_frames(field: str) -> None:
    told = hostile_story("A raid.")
    pandas_frame, polars_frame = getattr(told, field).to_pandas(), getattr(told, field).to_polars()
    names = [c.name for c in columns_of(told, field)]
    assert list(pandas_frame.columns) == polars_frame.columns == names
    assert len(pandas_frame) == polars_frame.height == len(getattr(told, field).to_rows()) > 0


@pytest.mark.parametrize("field", list(READING_TABLES))
def test_every_list_of_a_reading_becomes_frames(field: str) -> None:
    reading = hostile_reading("A raid.")
    rows = getattr(reading, field).to_rows()
    assert [list(r) for r in rows] == [[c.name for c in READING_TABLES[field].columns]]
    assert getattr(reading, field).to_pandas().shape == getattr(reading, field).to_polars().shape == (1, len(rows[0]))


def test_names_are_looked_up_and_kinds_kept() -> None:
    frame = story().figures.to_polars()
    assert frame["voice"].to_list() == [None, "Oda Renn"]
    assert frame.schema["low"] == polars.Float64
    assert story().timeline.to_polars()["start"].to_list() == [datetime.date(2031, 4, 7)]
    days = story().timeline.to_pandas()["start"]
    assert str(days.dtype).startswith("datetime64")
    assert days[0] == pandas.Timestamp("2031-04-07")
    assert str(story().events.to_pandas()["n_documents"].dtype) == "Int64"


def test_years_that_older_clocks_do_not_hold_are_days_all_the_same() -> None:
    when = msgspec.structs.replace(story().timeline[0].when, start="0900-01-01", end="0900-12-31")
    old = msgspec.structs.replace(story(), timeline=(msgspec.structs.replace(story().timeline[0], when=when),))
    assert old.timeline.to_pandas()["start"][0].year == 900
    assert old.timeline.to_polars()["end"][0] == datetime.date(900, 12, 31)


def test_empty_lists_are_frames_with_all_columns() -> None:
    empty = Story(id="s")
    assert empty.events.to_pandas().shape == (0, len(TABLES["events"].columns))
    assert empty.events.to_polars().schema["start"] == polars.Date
    assert empty.events._repr_html_() == "<p>no events</p>"


def test_readings_give_the_words_behind_the_rows() -> None:
    known = {r.document.id: r for r in readings()}
    assert to_pandas(story(), "claims", known)["words"][0] == ["No one <asked> us"]
    assert to_polars(story(), "claims")["words"][0] is None


def test_listings_are_tuples_in_every_other_way() -> None:
    told = story()
    assert isinstance(told.events, Listing)
    assert told.events == tuple(told.events)
    assert hash(told.events) == hash(tuple(told.events))
    assert type(told.events[:1]) is tuple
    assert decode(encode(told), Story) == told
    for again in (pickle.loads(pickle.dumps(told)), copy.deepcopy(told), msgspec.structs.replace(told, title="x")):
        assert again.events == told.events
        assert again.events.to_rows() == told.events.to_rows()


def test_a_list_outlives_its_story_and_keeps_no_cycle() -> None:
    assert story().claims.to_rows()[0]["speakers"] == ("Oda Renn",)
    assert readings()[0].attributions.to_rows()[0]["speaker"] == ("Oda Renn",)
    gc.collect()
    before = n_readings()  # other tests may hold some
    made = [hostile_reading("A raid.") for _ in range(50)]
    del made
    assert n_readings() == before


def n_readings() -> int:
    return sum(isinstance(o, Reading) for o in gc.get_objects())


@pytest.mark.parametrize(("package", "call"), [("pandas", "to_pandas"), ("polars", "to_polars")])
def test_without_the_package_the_message_names_the_extra(package: str, call: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingExtra, match=r"pip install 'crossread\[frames\]'"):
        getattr(story().events, call)()


@pytest.mark.parametrize("text", ["<img src=x onerror=alert(1)>", "</td><script>alert(1)</script>", "a & b", "\x00"])
def test_nothing_of_a_report_becomes_an_element(text: str) -> None:
    told, reading = hostile_story(text), hostile_reading(text)
    for html in (
        told._repr_html_(),
        reading._repr_html_(),
        reading.document._repr_html_(),
        *(getattr(told, f)._repr_html_() for f in STORY_LISTS),
    ):
        tree = lxml.html.fragment_fromstring(html, create_parent="div")
        assert not tree.findall(".//script")
        assert not tree.findall(".//img")
        assert "onerror" not in {name for e in tree.iter() for name in e.attrib}


def test_long_lists_show_their_beginning_and_their_length() -> None:
    entry = story().timeline[0]
    long = Story(id="s", timeline=tuple(msgspec.structs.replace(entry, id=f"entry-{n}") for n in range(MAX_ROWS + 5)))
    html = long.timeline._repr_html_()
    assert html.count("<tr>") == MAX_ROWS + 1
    assert f"5 more of {MAX_ROWS + 5} timeline" in html


def test_what_a_notebook_shows_has_the_parts_that_matter() -> None:
    html = story()._repr_html_()
    assert "Veltland vetoed the draft on Monday." in html
    assert "2 documents, 1 set aside" in html
    assert "Deaths in Karsa" in html
    reading = readings()[0]
    assert "No one &lt;asked&gt; us" in reading._repr_html_()
    assert "1 piece of furniture" in reading.document._repr_html_()
