"""Months, weekdays and the words by which a day is still to come."""

import re

import pytest

from crossread.calendar_words import MONTH, MONTHS, WEEKDAY_ANY, WEEKDAYS, looks_ahead, month_number, number_of_day, weekday_number


def test_names_are_numbered_as_the_calendar_does() -> None:
    assert [month_number(name) for name in MONTHS] == list(range(1, 13))
    assert [weekday_number(name) for name in WEEKDAYS] == list(range(7))
    assert (month_number("Sept."), weekday_number("Thurs"), number_of_day("22nd")) == (9, 3, 22)


@pytest.mark.parametrize(("pattern", "word"), [(MONTH, "Sept."), (MONTH, "May"), (WEEKDAY_ANY, "Thu"), (WEEKDAY_ANY, "Wednesday")])
def test_names_are_found_in_all_their_forms(pattern: str, word: str) -> None:
    assert re.fullmatch(pattern, word, re.IGNORECASE)


@pytest.mark.parametrize(("pattern", "word"), [(MONTH, "Mays"), (WEEKDAY_ANY, "thus"), (WEEKDAY_ANY, "sunny")])
def test_other_words_are_no_names(pattern: str, word: str) -> None:
    assert not re.fullmatch(pattern, word, re.IGNORECASE)


@pytest.mark.parametrize(
    ("text", "is_ahead"),
    [
        ("Karsa will vote on Friday.", True),
        ("A march planned for Friday was banned.", True),
        ("Karsa plans a march on Friday.", True),
        ("The guild agreed to meet on Friday.", True),
        ("Karsa vowed to enforce it from Friday.", True),
        ("Ahead of Friday, shops closed.", False),
        ("Two aides left ahead of the Friday session.", True),
        ("Friday's expected vote divides Karsa.", True),
        ("The minister said Friday would show who wanted peace.", True),
        ("Friday's storm would later be called the worst of the year.", False),
        ("The session, set for Friday, was dropped.", True),
        ("Karsa voted on Friday.", False),
        ("On May 5, and again on Friday, Karsa voted.", False),
        ("The mayor unveiled a plan on Friday.", False),
        ("The mayor will stay, after he won on Friday.", False),
        ("It may have sunk on Friday.", False),
    ],
)
def test_words_around_a_day_look_ahead(text: str, is_ahead: bool) -> None:
    at = text.index("Friday")
    assert looks_ahead(text, at, at + len("Friday")) is is_ahead
