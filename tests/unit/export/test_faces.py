"""HTML, Markdown and tables of a story built by hand."""

import csv
import dataclasses
import io
import re
from itertools import pairwise

import lxml.html
import msgspec
import pytest
from markdown_it import MarkdownIt

from crossread.errors import ExportError
from crossread.export import EXPORTS, export_stories
from crossread.export.csv_files import csv_text, safe_cell
from crossread.export.html import html_page
from crossread.export.layout import lay_out
from crossread.export.markdown import markdown_page
from crossread.export.plots import time_plot
from crossread.export.view import VERDICTS
from crossread.export.wording import figure_value_text, kind_and_detail, quoted, shorten, when_text
from crossread.records import FigureValue, When
from crossread.vocabulary import Bound, FigureKind, Precision, Stance
from tests.stories import readings, story


def test_citations_are_numbered_by_first_use_and_shared_by_sentence() -> None:
    view = lay_out(story(), readings())
    assert view.brief[0].cites == (1,)
    assert view.timeline[0].cites == (1,)
    assert [n.number for n in view.notes] == list(range(1, len(view.notes) + 1))
    assert view.notes[0].sentence == "Veltland vetoed the draft on Monday."


def test_note_holds_whole_sentence_around_the_words() -> None:
    notes = lay_out(story(), readings()).notes
    assert any(n.words == "No one <asked> us" and n.sentence.endswith("said Minister Oda Renn.") for n in notes)


def test_every_link_of_the_page_leads_to_an_anchor() -> None:
    page = html_page(story(), readings())
    anchors = set(re.findall(r'\bid="([^"]+)"', page))
    links = re.findall(r'href="#([^"]+)"', page)
    assert len(links) > 20
    assert set(links) <= anchors


def test_page_escapes_report_text() -> None:
    page = html_page(story(), readings())
    assert "<asked>" not in page
    assert "&lt;asked&gt;" in page
    assert "Share <b>" not in page


def test_page_loads_nothing_from_outside() -> None:
    page = html_page(story(), readings())
    assert not re.search(r'(src|href)="(?!#)', page)
    assert "url(" not in page
    assert "default-src 'none'" in page


def test_page_holds_the_whole_text_of_every_report() -> None:
    page = html_page(story(), readings())
    for reading in readings():
        for sentence in reading.sentences:
            words = sentence.of(reading.document.text).split()
            assert words[0].strip("“") in page
    assert "another episode" in page


def test_page_draws_figures_that_differ() -> None:
    assert '<svg class="plot"' in html_page(story(), readings())


def test_markdown_defines_every_footnote_it_uses() -> None:
    page = markdown_page(story(), readings())
    used, defined = set(re.findall(r"\[\^(\d+)\](?!:)", page)), set(re.findall(r"^\[\^(\d+)\]:", page, re.MULTILINE))
    assert used
    assert used == defined
    assert "<asked>" not in page


def test_a_markdown_parser_finds_the_sections_tables_and_words() -> None:
    told = story()
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(markdown_page(told, readings()))
    assert not [t for t in tokens if t.type == "html_block" or any(c.type == "html_inline" for c in t.children or ())]
    lines = [t.content for t in tokens if t.type == "inline"]
    headings = [inline.content for t, inline in pairwise(tokens) if t.type == "heading_open"]
    assert headings[:2] == [told.title, "Brief"]
    assert {"Disputes", "Figures", "Timeline", "Who says what", "Agreements", "Threads"} <= set(headings)
    assert any(line.startswith(told.brief[0].text) for line in lines)
    tables = [t for t in tokens if t.type == "table_open"]
    assert len(tables) == len(told.disputes) + 1
    shown = "".join(child.content for t in tokens for child in t.children or () if child.type == "text")
    assert "No one <asked> us" in shown


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "  =1", "\tx"])
def test_cells_that_look_like_formulas_are_made_safe(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


def test_csv_gives_back_what_was_written() -> None:
    rows = list(csv.DictReader(io.StringIO(export_stories([story()], [], to="csv-figures").decode())))
    assert [(r["low"], r["bound"], r["document"]) for r in rows] == [("12", "at_least", "one"), ("20", "about", "two")]
    assert csv_text([]) == ""


def test_unknown_format_lists_known_ones() -> None:
    with pytest.raises(ExportError, match="csv-events"):
        export_stories([story()], [], to="docx")


def test_html_export_asks_for_lacking_readings() -> None:
    with pytest.raises(ExportError, match="--readings"):
        export_stories([story()], readings()[:1], to="html")


@pytest.mark.parametrize("name", sorted(EXPORTS))
def test_every_exporter_writes_something(name: str) -> None:
    assert export_stories([story()], readings(), to=name).strip()


@pytest.mark.parametrize(
    ("when", "text"),
    [
        (When(start="2031-04-07", end="2031-04-07", precision=Precision.DAY), "7 Apr 2031"),
        (When(start="2031-04-01", end="2031-04-30", precision=Precision.MONTH), "April 2031"),
        (When(start="2031-01-01", end="2031-12-31", precision=Precision.YEAR), "2031"),
        (When(start="2031-04-05", end="2031-04-06", precision=Precision.DAY), "5–6 Apr 2031"),
        (When(start="2031-03-30", end="2031-04-02"), "30 Mar–2 Apr 2031"),
        (When(start="2030-12-30", end="2031-01-02"), "30 Dec 2030 – 2 Jan 2031"),
        (When(end="2031-04-07"), "by 7 Apr 2031"),
        (When(start="2031-04-07"), "from 7 Apr 2031"),
        (When(), ""),
        (None, ""),
    ],
)
def test_when_in_words(when: When | None, text: str) -> None:
    assert when_text(when) == text


def test_figures_in_words() -> None:
    assert figure_value_text(FigureValue(low=35, best=35, bound=Bound.AT_LEAST)) == "at least 35"
    assert figure_value_text(FigureValue(low=60, high=80)) == "60 to 80"
    assert figure_value_text(FigureValue(low=11, best=11, high=11, of=15)) == "11 of 15"
    assert figure_value_text(FigureValue()) == "a number not given"
    assert figure_value_text(FigureValue(low=200, high=999, bound=Bound.VAGUE)) == "hundreds"
    assert figure_value_text(FigureValue(low=200, high=999)) == "200 to 999"
    several = FigureValue(low=2, bound=Bound.VAGUE)
    assert (figure_value_text(several), figure_value_text(several, "hour")) == ("several", "several hours")


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (FigureValue(best=2_500_000), "$", "$2.5 million"),
        (FigureValue(best=32_000, bound=Bound.AT_LEAST), "$", "at least $32,000"),
        (FigureValue(best=420_000_000), "euros", "420 million euros"),
        (FigureValue(best=1_234_567), None, "1,234,567"),
        (FigureValue(best=1_250_000), None, "1.25 million"),
        (FigureValue(best=7e9), None, "7 billion"),
        (FigureValue(low=2000, high=9999, bound=Bound.VAGUE), "tonne", "thousands of tonnes"),
        (FigureValue(low=2_000_000_000, high=9_999_999_999, bound=Bound.VAGUE), "dollars", "billions of dollars"),
        (FigureValue(low=1 / 3, best=1 / 3, high=1 / 3), "share", "33.3 %"),
        (FigureValue(low=0.25, high=0.4), "share", "25 % to 40 %"),
        (FigureValue(low=2_000_000, high=9_999_999, bound=Bound.VAGUE), "$", "millions of dollars"),
        (FigureValue(best=6), "foot", "6 feet"),
        (FigureValue(best=1), "century", "1 century"),
        (FigureValue(best=3.5), "km", "3.5 km"),
    ],
)
def test_figures_with_units(value: FigureValue, unit: str | None, text: str) -> None:
    assert figure_value_text(value, unit) == text


def test_shorten_cuts_at_a_word() -> None:
    assert shorten("one two three", 9) == "one two…"
    assert shorten("one  two", 9) == "one two"


def test_a_number_that_several_give_stands_once() -> None:
    view = lay_out(story(), readings())
    figure = dataclasses.replace(view.figures[0], values=(view.figures[0].values[0],) * 2 + view.figures[0].values[1:])
    assert [(text, len(values)) for text, values in figure.grouped] == [("at least 12", 2), ("about 20", 1)]


@pytest.mark.parametrize(
    ("kind", "counted", "unit", "told"),
    [
        (FigureKind.KILLED, "people", None, ("killed", "people")),
        (FigureKind.KILLED, "killed", None, ("killed", "")),
        (FigureKind.DURATION, "days", "day", ("duration", "")),
        (FigureKind.MONEY, "euros", "euros", ("money", "")),
        (FigureKind.MONEY, "dollars", "$", ("money", "")),
        (FigureKind.MONEY, "appeal fund", "$", ("money", "appeal fund")),
        (FigureKind.OTHER, "fire  engines", None, ("fire engines", "")),
        (FigureKind.OTHER, "", None, ("other", "")),
    ],
)
def test_counted_thing_is_told_where_it_says_more_than_the_kind(
    kind: FigureKind, counted: str, unit: str | None, told: tuple[str, str]
) -> None:
    figure = msgspec.structs.replace(story().figures[0], kind=kind, counted=counted, unit=unit)
    (block,) = lay_out(msgspec.structs.replace(story(), figures=(figure,)), readings()).figures
    assert (block.kind, block.detail) == kind_and_detail(figure) == told


def test_lines_that_read_the_same_are_one_line() -> None:
    twice = msgspec.structs.replace(story(), timeline=story().timeline * 2)
    assert len(lay_out(twice, readings()).timeline) == 1


def test_time_plot_draws_days_as_dots_and_cuts_long_spans() -> None:
    entry = lay_out(story(), readings()).timeline[0]
    days = [dataclasses.replace(entry, start=f"2031-04-{d:02d}", end=f"2031-04-{d:02d}") for d in (1, 2, 2, 9)]
    long = dataclasses.replace(entry, start="2029-01-01", end="2031-04-09")
    picture = lxml.html.fragment_fromstring(str(time_plot([*days, long])))
    assert len(picture.findall(".//circle")) == 4
    assert len([e for e in picture.iter("line") if e.get("class") == "bar"]) == 1
    assert len(picture.findall(".//path")) == 1  # the arrow that says: it began before
    assert not time_plot(days[:1])


def test_time_plot_says_what_it_has_no_room_for() -> None:
    entry = lay_out(story(), readings()).timeline[0]
    crowd = [dataclasses.replace(entry, start="2031-04-07", end="2031-04-07")] * 12 + [
        dataclasses.replace(entry, start=f"2031-04-0{n % 2 + 1}", end="2031-04-09") for n in range(9)
    ]
    picture = time_plot(crowd)
    assert "+5</text>" in picture
    assert "3 more spans" in picture


def test_words_with_marks_of_their_own_get_no_more() -> None:
    assert quoted("No one asked us") == "“No one asked us”"
    assert quoted("“No one asked us,” Renn said.") == "“No one asked us,” Renn said."


def test_reasons_name_reports_and_not_their_ids() -> None:
    name = "4a3c8c14ea6be8fe"
    first = readings()[0]
    renamed = msgspec.structs.replace(first, document=msgspec.structs.replace(first.document, id=name))
    group = msgspec.structs.replace(story().copies[0], documents=(name, "two"), reason=f"{name} and two are one text")
    told = lay_out(msgspec.structs.replace(story(), copies=(group,)), (renamed, *readings()[1:]))
    assert told.copies[0].reason == "Karsa Post and two are one text"


def test_a_denied_claim_is_shown_as_denied_on_every_page() -> None:
    claim = story().claims[0]
    claims = tuple(
        msgspec.structs.replace(claim, id=f"c{n}", text=f"Claim number {n}", stance=Stance.ASSERT, polarity="denied")
        for n in range(8)
    )
    told = msgspec.structs.replace(story(), claims=claims)
    assert markdown_page(told, readings()).count("- *assert, denied* Claim number") == 8
    assert html_page(told, readings()).count('<span class="chip denied">denied</span>Claim number') == 8


def test_pages_say_in_words_whether_both_sides_can_be_true() -> None:
    page = markdown_page(story(), readings())
    assert "compatible:" not in page
    assert any(words in page for words in VERDICTS.values())


def test_head_counts_the_reports_of_one_outlet() -> None:
    view = lay_out(story(), readings())
    twice = dataclasses.replace(view, documents=(*view.documents[:1], *view.documents[:1]), outside=())
    assert twice.head == f"2 reports ({view.documents[0].label} ×2)"
