"""Days that the words of a sentence name, and what its reading resolved them to; reports of Wednesday 14 May 2031."""

from collections.abc import Iterator
from datetime import date

import pytest

from crossread.linking.named_days import day_words, days_named, days_of_sentence, days_of_whens, days_told, months_in, words_at
from crossread.linking.sentences import Sentence, view_of
from crossread.linking.told_days import days_of
from crossread.records import When
from crossread.vocabulary import Basis, Precision
from tests.unit.linking.happen import with_events
from tests.unit.linking.reports import case_of, day, report

PUBLISHED = date(2031, 5, 14).toordinal()


def iso(days: list[int]) -> list[str]:
    return [date.fromordinal(d).isoformat() for d in days]


@pytest.mark.parametrize(
    ("sentence", "days"),
    [
        ("It sank on Monday.", ["2031-05-12"]),
        ("It sank on Wednesday.", ["2031-05-14"]),
        ("It sails next Friday.", ["2031-05-23"]),
        ("It sank on May 3.", ["2031-05-03"]),
        ("It sank on 28 December.", ["2030-12-28"]),
        ("It sank yesterday, not today.", ["2031-05-13", "2031-05-14"]),
        ("Nobody knows when it sank.", []),
        ("It may sail again on Friday.", ["2031-05-16"]),
        ("It may have sunk on Friday.", ["2031-05-09"]),
        ("It sank after September 11.", ["2001-09-11"]),
        ("It sank on June 1 last year.", ["2030-06-01"]),
        ("It sails on 2 May next year.", ["2032-05-02"]),
        ("It was built on May 9 , 1989 , in Karsa.", ["1989-05-09"]),
        ("It was built on 9 May , 1989 , in Karsa.", ["1989-05-09"]),
        ("It will sail again on Friday.", ["2031-05-16"]),
        ("It is due to sail on Wednesday.", ["2031-05-14"]),
        ("The owner will say why, after it sank on Friday.", ["2031-05-09"]),
        ('The owner "will not sell"; it sank on Friday.', ["2031-05-09"]),
    ],
)
def test_days_that_a_sentence_names(sentence: str, days: list[str]) -> None:
    assert iso(days_named(sentence, PUBLISHED)) == days


@pytest.mark.parametrize(
    ("sentence", "days"),
    [
        ("It sank on the 3rd of May.", ["2031-05-03"]),
        ("It sank on May the 3rd.", ["2031-05-03"]),
        ("It sank on Monday, May 5.", ["2031-05-05"]),
        ("It sank on Tuesday 6 May 2031.", ["2031-05-06"]),
        ("Page changed 2031-05-06 09:53", []),
        ("It lies off Karsa in this Dec. 28, 2030, photo.", ["2030-12-28"]),
        ("It lies off Karsa in this Thursday, Dec. 26, 2030 photo.", ["2030-12-26"]),
        ("The crew said at the Monday afternoon's session that it sank.", ["2031-05-12"]),
        ("It was at sea from May 3 to 5.", ["2031-05-03", "2031-05-05"]),
        ("It was at sea on May 3 and 5.", ["2031-05-03", "2031-05-05"]),
        ("The alarm was raised on May 3 to 5.", ["2031-05-03"]),
        ("It was at sea on September 13 and 15 2030.", ["2030-09-13", "2030-09-15"]),
        ("It was at sea from Monday to Tuesday.", ["2031-05-12", "2031-05-13"]),
        ("It sails this Friday.", ["2031-05-16"]),
        ("It sails this coming Monday.", ["2031-05-19"]),
        ("It has been at sea since Monday.", ["2031-05-12"]),
        ("It sank late yesterday afternoon.", ["2031-05-13"]),
        ("It sank in the year of 9/11.", ["2001-09-11"]),
        ("It sank in the panic over the Sept. 11 attacks.", ["2001-09-11"]),
        ("It sank off Karsa, the Monday papers wrote.", []),
        ("It sank on Good Friday, the Sunday Times wrote.", []),
        ("It sank on the Friday before the fair.", []),
        ("It sank the previous Friday.", []),
        ("It will stay at sea until Friday.", []),
        ("It was home before Monday's storm.", ["2031-05-12"]),
        ("They agreed to sail on Friday.", ["2031-05-16"]),
        ("It plans another trip Friday.", ["2031-05-16"]),
        ("The mayor unveiled a plan Friday to raise it.", ["2031-05-09"]),
        ("The crew said at the Monday session that it sank.", ["2031-05-12"]),
        ("It may sail tonight.", []),
    ],
)
def test_days_as_the_grammar_of_the_reading_knows_them(sentence: str, days: list[str]) -> None:
    assert iso(days_named(sentence, PUBLISHED)) == days


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("It was built in May 2029.", [("2029-05-01", "2029-05-31")]),
        ("It was built in late February 2028.", [("2028-02-01", "2028-02-29")]),
        ("It was refitted during December 2030.", [("2030-12-01", "2030-12-31")]),
        ("The rule of May 2029 was dropped, and nothing since May 2030.", []),
    ],
)
def test_months_in_which_something_was(text: str, months: list[tuple[str, str]]) -> None:
    assert [(date.fromordinal(a).isoformat(), date.fromordinal(b).isoformat()) for a, b in months_in(text)] == months


def sentence_with(text: str, *, published: str | None = "2031-05-14", when: When | None = None) -> Sentence:
    """The only sentence of a report, with an event of that time where one is given."""
    reading = report("a", text, published=published)
    if when is not None:
        reading = with_events(reading, {"type": "MOBILIZE", "words": text.split()[1], "when": when})
    return view_of(case_of(reading)).sentences[0]


def found_in(text: str, words: str, first: str, last: str | None = None) -> When:
    """The time that a reading found in a text."""
    return When(text=words, start=first, end=last or first, precision=Precision.DAY, basis=Basis.RELATIVE)


@pytest.mark.parametrize(
    ("words", "first", "last", "days"),
    [
        ("on Friday", "2031-05-16", "2031-05-16", ["2031-05-16"]),
        ("since Friday", "2031-05-02", "2031-05-14", ["2031-05-02"]),
        ("on Tuesday", "2031-05-15", "2031-05-15", ["2031-05-13"]),
        ("on 27 April", "2031-04-28", "2031-04-28", ["2031-04-27"]),
        ("on 27 April", "2032-04-27", "2032-04-27", ["2032-04-27"]),
    ],
)
def test_the_day_that_the_reading_resolved_goes_before_that_of_the_words(
    words: str, first: str, last: str, days: list[str]
) -> None:
    text = f"They sailed {words}."
    assert iso(days_of_sentence(sentence_with(text, when=found_in(text, words, first, last)))) == days


def test_another_word_for_a_weekday_means_the_day_that_the_reading_resolved() -> None:
    text = "They sail on Friday, and Friday is a feast, unlike last Friday."
    found = days_of_sentence(sentence_with(text, when=found_in(text, "on Friday", "2031-05-16")))
    assert iso(found) == ["2031-05-09", "2031-05-16"]


def test_words_that_mean_two_days_are_left_to_the_words() -> None:
    whens = [found_in("", "Friday", "2031-05-09"), found_in("", "Friday", "2031-05-16"), found_in("", "Monday", "2031-05-12")]
    assert days_of_whens(whens) == {"monday": date(2031, 5, 12).toordinal()}


def test_the_day_of_publication_is_no_day_of_words() -> None:
    assert days_of_whens([When(start="2031-05-14", end="2031-05-14", precision=Precision.DAY, basis=Basis.PUBLICATION)]) == {}
    assert days_of_whens([day("2031-05-16")]) == {"friday": date(2031, 5, 16).toordinal()}


def test_a_sentence_is_seen_from_the_day_that_is_given() -> None:
    sentence = sentence_with("They sailed on Friday.", published=None)
    assert days_of_sentence(sentence) == []
    assert iso(days_of_sentence(sentence, published=PUBLISHED)) == ["2031-05-09"]


def told(text: str, *, published: str | None = "2031-05-14") -> Iterator[tuple[str, str | None]]:
    """Words of each day of a text, and the day where it is known."""
    sentence = sentence_with(text, published=published)
    for found, number in days_told(sentence):
        start, end = words_at(found)
        yield sentence.text[start:end], None if number is None else date.fromordinal(number).isoformat()


def test_where_the_name_of_a_day_stands() -> None:
    text = "On Monday, May 5, and late on Friday evening it sank; on 3 May 2030 it did not."
    assert list(told(text)) == [("May 5", "2031-05-05"), ("Friday evening", "2031-05-09"), ("3 May 2030", "2030-05-03")]
    assert [words for words, number in told(text, published=None) if number is None] == ["May 5", "Friday evening", "3 May 2030"]


def test_days_are_told_by_the_same_words_at_any_hour() -> None:
    assert day_words("It sank on Friday evening.") == day_words("Late on Friday it sank.") == ("friday",)
    assert day_words("It sank on May 5.") != day_words("It sank on May 6.")


@pytest.mark.parametrize(
    ("text", "kind", "number"),
    [
        ("The guild met on Friday.", "weekday", 4),
        ("The guild met on the 3rd of May.", "date", 127),
        ("The guild met on May the 3rd.", "date", 127),
        ("The guild met on Saturday, May 3, 2031.", "date", 127),
        ("The guild met on Sept 3.", "date", 251),
    ],
)
def test_days_of_reports_without_a_date(text: str, kind: str, number: int) -> None:
    assert [(q.kind, q.low) for q in days_of(sentence_with(text, published=None))] == [(kind, number)]


@pytest.mark.parametrize("text", ["The guild met on Friday's order.", "The guild met again on Friday.", "The guild met yesterday."])
def test_days_that_place_nothing(text: str) -> None:
    assert list(days_of(sentence_with(text, published=None))) == []
