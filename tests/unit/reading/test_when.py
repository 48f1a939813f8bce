"""Time expressions of news against a publication date, and the expression that belongs to a predicate."""

import pytest
import spacy

from crossread.reading.days import Direction
from crossread.reading.timing import in_quotation
from crossread.reading.when import TimeContext, document_window, event_when, find_whens, resolve
from crossread.records import Document, Span, When
from crossread.vocabulary import Basis, Precision
from tests.docs import make_doc

FRIDAY = When(start="2021-06-18", end="2021-06-18", precision=Precision.DAY)
NLP = spacy.blank("en")


def resolved(words: str, direction: Direction | None = None, reference: When | None = None) -> tuple[str | None, str | None]:
    when = resolve(words, FRIDAY, TimeContext(direction=direction, reference=reference))
    return when.start, when.end


@pytest.mark.parametrize(
    ("words", "start", "end", "precision"),
    [
        ("over the next decade", "2021-06-18", "2031-06-18", "year"),
        ("next decade", "2030-01-01", "2039-12-31", "year"),
        ("Tuesday", "2021-06-15", "2021-06-15", "day"),
        ("on Friday", "2021-06-18", "2021-06-18", "day"),
        ("Wednesday evening", "2021-06-16", "2021-06-16", "day"),
        ("late on Thursday", "2021-06-17", "2021-06-17", "day"),
        ("last Friday", "2021-06-11", "2021-06-11", "day"),
        ("next Tuesday", "2021-06-22", "2021-06-22", "day"),
        ("next Friday", "2021-06-25", "2021-06-25", "day"),
        ("next Saturday", "2021-06-26", "2021-06-26", "day"),
        ("this Wednesday", "2021-06-16", "2021-06-16", "day"),
        ("yesterday", "2021-06-17", "2021-06-17", "day"),
        ("tomorrow", "2021-06-19", "2021-06-19", "day"),
        ("last night", "2021-06-17", "2021-06-17", "day"),
        ("overnight", "2021-06-17", "2021-06-18", "day"),
        ("this morning", "2021-06-18", "2021-06-18", "day"),
        ("later in the day", "2021-06-18", "2021-06-18", "day"),
        ("the day before yesterday", "2021-06-16", "2021-06-16", "day"),
        ("last week", "2021-06-07", "2021-06-13", "week"),
        ("next week", "2021-06-21", "2021-06-27", "week"),
        ("earlier this week", "2021-06-14", "2021-06-18", "week"),
        ("earlier in the week", "2021-06-14", "2021-06-18", "week"),
        ("later this week", "2021-06-18", "2021-06-20", "week"),
        ("over the weekend", "2021-06-12", "2021-06-13", "day"),
        ("next weekend", "2021-06-26", "2021-06-27", "day"),
        ("last month", "2021-05-01", "2021-05-31", "month"),
        ("later this month", "2021-06-18", "2021-06-30", "month"),
        ("in early May", "2021-05-01", "2021-05-10", "month"),
        ("in October", "2020-10-01", "2020-10-31", "month"),
        ("next March", "2022-03-01", "2022-03-31", "month"),
        ("last year", "2020-01-01", "2020-12-31", "year"),
        ("late last year", "2020-09-01", "2020-12-31", "year"),
        ("this summer", "2021-06-01", "2021-06-18", "month"),
        ("last winter", "2020-12-01", "2021-02-28", "month"),
        ("two weeks ago", "2021-06-01", "2021-06-07", "week"),
        ("three days ago", "2021-06-15", "2021-06-15", "day"),
        ("two years ago", "2019-01-01", "2019-12-31", "year"),
        ("several days ago", "2021-06-08", "2021-06-16", "day"),
        ("years ago", None, "2019-06-18", "unknown"),
        ("for the past two weeks", "2021-06-04", "2021-06-18", "week"),
        ("in the past 24 hours", "2021-06-17", "2021-06-18", "day"),
        ("in recent days", "2021-06-11", "2021-06-18", "week"),
        ("in the coming days", "2021-06-18", "2021-06-25", "week"),
        ("since 2011", "2011-01-01", "2021-06-18", "year"),
        ("since Monday", "2021-06-14", "2021-06-18", "day"),
        ("until July 25", "2021-06-18", "2021-07-25", "day"),
        ("by the end of the year", "2021-06-18", "2021-12-31", "year"),
        ("before Sunday", "2021-06-18", "2021-06-20", "day"),
        ("after Tuesday", "2021-06-15", "2021-06-18", "day"),
        ("from Monday to Wednesday", "2021-06-14", "2021-06-16", "day"),
        ("between 2011 and 2013", "2011-01-01", "2013-12-31", "year"),
        ("May 28", "2021-05-28", "2021-05-28", "day"),
        ("November 15", "2020-11-15", "2020-11-15", "day"),
        ("July 20", "2021-07-20", "2021-07-20", "day"),
        ("yesterday afternoon", "2021-06-17", "2021-06-17", "day"),
        ("the 3rd of June", "2021-06-03", "2021-06-03", "day"),
        ("June 14-16", "2021-06-14", "2021-06-16", "day"),
        ("in three months' time", "2021-09-01", "2021-09-30", "month"),
        ("New Year's Eve", "2020-12-31", "2020-12-31", "day"),
        ("mid-week", None, None, "unknown"),
    ],
)  # fmt: skip
def test_resolve_reads_expression_against_friday(words: str, start: str | None, end: str | None, precision: str) -> None:
    when = resolve(words, FRIDAY)
    assert (when.start, when.end, when.precision) == (start, end, precision)


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("October 7, 2016", "2016-10-07", "2016-10-07"),
        ("Friday, 7 October 2016", "2016-10-07", "2016-10-07"),
        ("Oct. 7, 2016", "2016-10-07", "2016-10-07"),
        ("2016-10-07", "2016-10-07", "2016-10-07"),
        ("in October 2016", "2016-10-01", "2016-10-31"),
        ("in 2014", "2014-01-01", "2014-12-31"),
        ("early 2014", "2014-01-01", "2014-04-30"),
        ("the 1990s", "1990-01-01", "1999-12-31"),
        ("in the spring of 2014", "2014-03-01", "2014-05-31"),
    ],
)
def test_resolve_needs_no_publication_date_for_whole_dates(words: str, start: str, end: str) -> None:
    when = resolve(words, None)
    assert (when.start, when.end) == (start, end)


@pytest.mark.parametrize("words", ["Tuesday", "last week", "two weeks ago", "in October", "May 28", "tomorrow", "this summer"])
def test_resolve_keeps_ends_open_without_publication_date(words: str) -> None:
    when = resolve(words, None)
    assert (when.start, when.end, when.basis) == (None, None, Basis.RELATIVE)


@pytest.mark.parametrize(
    ("published", "day"), [("2021-02-10", "2001-09-11"), ("2021-09-28", "2021-09-11"), ("2001-09-20", "2001-09-11")]
)
def test_an_eleventh_of_september_out_of_its_season_is_that_of_2001(published: str, day: str) -> None:
    assert resolve("September 11", When(start=published, end=published)).start == day


def test_resolve_leaves_the_open_end_of_since_without_publication_date() -> None:
    when = resolve("since 2011", None)
    assert (when.start, when.end) == ("2011-01-01", None)


def test_resolve_spans_the_window_of_an_uncertain_publication_date() -> None:
    week = When(start="2021-06-14", end="2021-06-18")
    when = resolve("yesterday", week)
    assert (when.start, when.end) == ("2021-06-13", "2021-06-17")


def test_resolve_keeps_one_end_open_where_only_the_last_writing_day_is_known() -> None:
    when = resolve("last week", When(end="2021-06-18"))
    assert (when.start, when.end) == (None, "2021-06-13")


def test_resolve_looks_ahead_when_told_to() -> None:
    assert resolved("on Tuesday", Direction.FUTURE) == ("2021-06-22", "2021-06-22")
    assert resolved("in October", Direction.FUTURE) == ("2021-10-01", "2021-10-31")


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("the next day", "2021-06-11"),
        ("the day before", "2021-06-09"),
        ("two days later", "2021-06-12"),
        ("the same day", "2021-06-10"),
    ],
)
def test_resolve_counts_from_the_reference_day(words: str, day: str) -> None:
    reference = When(start="2021-06-10", end="2021-06-10")
    assert resolved(words, reference=reference) == (day, day)


def test_resolve_leaves_the_next_day_open_without_reference() -> None:
    assert resolved("the next day") == (None, None)


@pytest.mark.parametrize(
    "words", ["the committee", "they may go", "he will march", "2000 people", "the Sunday Times", "Black Friday", ""]
)
def test_resolve_gives_nothing_for_other_words(words: str) -> None:
    assert resolved(words) == (None, None)


def found(text: str, published: When | None = FRIDAY) -> list[tuple[str | None, str | None, str | None]]:
    return [(w.text, w.start, w.end) for w in find_whens(NLP(text), Span(0, len(text)), published)]


def test_find_whens_looks_ahead_after_will() -> None:
    assert found("The council will vote on Tuesday.") == [("on Tuesday", "2021-06-22", "2021-06-22")]


def test_find_whens_looks_back_in_the_past_tense() -> None:
    assert found("The council voted on Tuesday.") == [("on Tuesday", "2021-06-15", "2021-06-15")]


def test_find_whens_counts_the_next_day_from_the_day_before_it() -> None:
    text = "Shells fell on Monday. The next day the guns were silent."
    assert found(text)[1] == ("The next day", "2021-06-15", "2021-06-15")


def test_find_whens_gives_spans_of_the_document() -> None:
    text = "Quiet.\n\nGuns fired again on Monday and the day after."
    for when in find_whens(NLP(text), Span(8, len(text)), FRIDAY):
        assert when.span is not None
        assert when.span.of(text) == when.text


@pytest.mark.parametrize(
    "text",
    [
        "He may go home.",
        "Protesters march through Orlan.",
        "Some 2000 people came.",
        "She reads the Sunday Mirror.",
        "They met in the second room.",
    ],
)
def test_find_whens_leaves_other_words_alone(text: str) -> None:
    assert found(text) == []


def test_document_window_is_the_publication_date() -> None:
    assert document_window(Document(id="d", text="x", published=FRIDAY)) is FRIDAY


def test_document_window_reads_a_date_line() -> None:
    when = document_window(Document(id="d", text="Guns fall silent in Orlan\n18 June, 2021\nThe guns fell silent."))
    assert when is not None
    assert (when.start, when.basis) == ("2021-06-18", Basis.CONTEXT)


def test_document_window_takes_no_date_out_of_a_sentence() -> None:
    text = (
        "The long war over the valley of Orlan, which began on 3 May 2014 with a raid on a border post, has ended, both sides said."
    )
    assert document_window(Document(id="d", text=text)) is None


def raid(*, tail: str = "VBD") -> "spacy.tokens.Doc":
    return make_doc(
        [
            ("Rebels", "rebel", "NNS", 2, "nsubj"), ("attacked", "attack", tail, 0, "root"), ("the", "the", "DT", 4, "det"),
            ("port", "port", "NN", 2, "obj"), ("on", "on", "IN", 6, "case"), ("Tuesday", "Tuesday", "NNP", 2, "obl"),
            (",", ",", ",", 9, "punct"), ("officials", "official", "NNS", 9, "nsubj"), ("said", "say", "VBD", 2, "parataxis"),
            ("on", "on", "IN", 11, "case"), ("Thursday", "Thursday", "NNP", 9, "obl"), (".", ".", ".", 2, "punct"),
        ]
    )  # fmt: skip


def test_event_when_takes_the_expression_of_its_own_verb() -> None:
    doc = raid()
    attacked, said = event_when(doc, doc[1], FRIDAY), event_when(doc, doc[8], FRIDAY)
    assert attacked is not None
    assert said is not None
    assert (attacked.start, said.start) == ("2021-06-15", "2021-06-17")


def test_event_when_shares_the_verbs_time_with_its_subject() -> None:
    doc = make_doc(
        [
            ("A", "a", "DT", 2, "det"), ("raid", "raid", "NN", 3, "nsubj"),
            ("killed", "kill", "VBD", 0, "root"), ("two", "two", "CD", 5, "nummod"),
            ("men", "man", "NNS", 3, "obj"), ("on", "on", "IN", 7, "case"), ("Monday", "Monday", "NNP", 3, "obl"), (".", ".", ".", 3, "punct"),
        ]
    )  # fmt: skip
    when = event_when(doc, doc[1], FRIDAY)
    assert when is not None
    assert when.start == "2021-06-14"


def plain_report() -> "spacy.tokens.Doc":
    return make_doc(
        [("Rebels", "rebel", "NNS", 2, "nsubj"), ("attacked", "attack", "VBD", 0, "root"), ("the", "the", "DT", 4, "det"),
         ("port", "port", "NN", 2, "obj"), (".", ".", ".", 2, "punct")]
    )  # fmt: skip


def test_event_when_dates_a_plain_report_by_publication() -> None:
    doc = plain_report()
    when = event_when(doc, doc[1], FRIDAY)
    assert when is not None
    assert (when.start, when.end, when.basis) == ("2021-06-17", "2021-06-18", Basis.PUBLICATION)


def test_event_when_says_nothing_without_publication_date() -> None:
    doc = plain_report()
    assert event_when(doc, doc[1], None) is None


def test_event_when_gives_plans_no_time_of_their_own() -> None:
    doc = make_doc(
        [
            ("Rebels", "rebel", "NNS", 3, "nsubj"),
            ("will", "will", "MD", 3, "aux"),
            ("attack", "attack", "VB", 0, "root"),
            (".", ".", ".", 3, "punct"),
        ]
    )
    assert event_when(doc, doc[2], FRIDAY) is None


def test_event_when_bounds_a_relative_clause_by_publication_only() -> None:
    doc = make_doc(
        [
            ("Troops", "troop", "NNS", 4, "nsubj"), ("who", "who", "WP", 3, "nsubj"), ("fled", "flee", "VBD", 1, "acl:relcl"),
            ("returned", "return", "VBD", 0, "root"), (".", ".", ".", 4, "punct"),
        ]
    )  # fmt: skip
    when = event_when(doc, doc[2], FRIDAY)
    assert when is not None
    assert (when.start, when.end) == (None, "2021-06-18")


def test_in_quotation_counts_few_words_as_the_reporters_own() -> None:
    text = 'He called it "a mistake" and said: "We shall go back to the table on Monday and sign."'
    assert not in_quotation(text, text.index("mistake"))
    assert in_quotation(text, text.index("Monday"))


@pytest.mark.parametrize(
    ("words", "span"),
    [
        ("over Easter weekend", ("2021-04-03", "2021-04-05")),
        ("Good Friday", ("2021-04-02", "2021-04-02")),
        ("Easter Monday", ("2021-04-05", "2021-04-05")),
        ("Thanksgiving", ("2020-11-26", "2020-11-26")),
        ("Easter Island", (None, None)),
    ],
)
def test_movable_feasts(words: str, span: tuple[str | None, str | None]) -> None:
    assert resolved(words, Direction.PAST) == span


def test_days_counted_from_a_happening_without_a_day_stay_open() -> None:
    text = "The court met on Monday. She was held three days after the quarrel."
    doc = NLP(text)
    assert [(w.text, w.start) for w in find_whens(doc, Span(0, len(text)), FRIDAY)][1:] == [("three days after", None)]


def test_event_when_follows_long_chains_of_verbs() -> None:
    rows = [("They", "they", "PRP", 2, "nsubj"), ("ran", "run", "VBD", 0, "root")]
    for n in range(300):
        rows += [("and", "and", "CC", 2 * n + 4, "cc"), ("ran", "run", "VBD", 2 * n + 2, "conj")]
    doc = make_doc(rows)
    when = event_when(doc, doc[len(doc) - 1], FRIDAY)
    assert when is not None
    assert when.end == "2021-06-18"
