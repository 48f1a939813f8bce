"""Words for what records hold."""

import msgspec
import pytest

from crossread.export.layout import lay_out
from crossread.export.view import Agreement
from crossread.export.wording import published_text, says_something, words_around
from crossread.linking.figures import link_figures
from crossread.records import Problem, Span, Story
from crossread.vocabulary import FigureKind
from tests.unit.linking.reports import case_of, report


def test_a_report_without_a_date_shows_what_others_let_tell_of_it() -> None:
    dated, undated = report("a", "The ferry left.", published="2031-05-14"), report("b", "The ferry left.", published=None)
    told = Problem(step="read", code="date.by_others", message="no date is given; it was published 2031-05-13 to 2031-05-14")
    other = Problem(step="read", code="quote.unclosed", message="a quotation never ends")
    assert published_text(dated) == "14 May 2031"
    assert published_text(undated) == ""
    assert published_text(msgspec.structs.replace(undated, problems=(other, told))) == told.message
    assert published_text(msgspec.structs.replace(dated, problems=(told,))) == "14 May 2031"


def test_a_figure_is_shown_in_the_words_around_it() -> None:
    text = "It rained. Torvek and his two aides have spent more than a year repairing the old quay of Osk with nine men and a mule."
    sentence = Span(11, len(text))

    def around(words: str) -> str:
        return words_around(text, sentence, Span(text.index(words), text.index(words) + len(words)))

    assert around("more than a year") == "… aides have spent more than a year repairing the old quay …"
    assert around("two aides") == "Torvek and his two aides have spent more than a year …"
    assert around("a mule") == "… nine men and a mule"


@pytest.mark.parametrize("text", ["that theme", "Torvek", "the Osk Harbour Board", "the speech"])
def test_a_name_or_a_noun_says_nothing(text: str) -> None:
    assert not says_something(text)


@pytest.mark.parametrize("text", ["“Stop that!”", "that the quay would be closed", "no boats will leave", "Torvek will leave Osk"])
def test_words_say_something(text: str) -> None:
    assert says_something(text)


def test_a_span_of_time_is_shown_with_what_lasted() -> None:
    lasted = {"words": "more than a year", "kind": FigureKind.DURATION, "best": 1, "unit": "year"}
    reading = report("a", "Torvek spent more than a year repairing the old quay of Osk.", figures=[lasted])
    shown = lay_out(Story(id="s", figures=link_figures(case_of(reading))), [reading]).figures
    assert [f.detail for f in shown] == ["Torvek spent more than a year repairing the old quay of …"]


@pytest.mark.parametrize(
    ("independent", "n_independent", "words"),
    [
        ("yes", 3, "3 of 3 independent"),
        ("partly", 2, "2 of 3 independent"),
        ("no", 1, "3 reports, one origin"),
        ("unknown", 1, "3 reports, origin unknown"),
    ],
)
def test_what_several_reports_have_from_one_speaker_is_not_told_by_one(independent: str, n_independent: int, words: str) -> None:
    told = Agreement(text="", independent=independent, reason="", n_documents=3, n_independent=n_independent, cites=())
    assert told.support == words
