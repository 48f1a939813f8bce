"""Quantities read from the words of a sentence: what is counted, how much it leaves possible, and what is none."""

from math import inf

import pytest

from crossread.linking.incidents import other_places
from crossread.linking.quantities import Quantity
from crossread.linking.sentences import Sentence, view_of
from crossread.linking.told_days import days_of
from crossread.linking.told_measures import measures_of
from crossread.linking.told_quantities import quantities_of
from crossread.vocabulary import EntityType
from tests.unit.linking.reports import case_of, report


def sentence_of(text: str, **names: EntityType) -> Sentence:
    """The only sentence of a report."""
    return view_of(case_of(report("a", text, names=names))).sentences[0]


def told(text: str) -> list[Quantity]:
    return list(quantities_of(sentence_of(text)))


@pytest.mark.parametrize(
    ("text", "kind", "low", "high", "words"),
    [
        ("More than 50 weavers left the hall.", "count", 50, inf, "50 weavers"),
        ("Between 60 and 100 weavers left the hall.", "count", 60, 100, "60 and 100 weavers"),
        ("Two dozen weavers left the hall.", "count", 24, 24, "Two dozen weavers"),
        ("He took the 32-word oath.", "count", 32, 32, "32-word"),
        ("They took two other rifles.", "count", 2, 2, "two"),
        ("Some 2.5 million crowns were lost.", "count", 2.5e6, 2.5e6, "2.5 million crowns"),
        ("The roof cost $2.5 million.", "sum in dollars", 2.5e6, 2.5e6, "$2.5 million"),
        ("He got 2 1/2 years for it.", "time", 2.5 * 31557600, 2.5 * 31557600, "2 1/2 years"),
        ("They moved out three weeks ago.", "time ago", 1814400, 1814400, "three weeks"),
        ("It was the sixth theft.", "ordinal", 6, 6, "sixth theft"),
        ("It was the third theft.", "ordinal", 3, 3, "third theft"),
        ("Up to 40 percent of it burned.", "share", 0, 40, "40 percent"),
        ("Two-thirds of the barns burned.", "share", 200 / 3, 200 / 3, "Two-thirds"),
        ("A 34-year-old baker fell.", "age", 34, 34, "34-year-old"),
        ("In 2029 the guild bought the mill.", "year", 2029, 2029, "In 2029"),
    ],
)
def test_a_quantity(text: str, kind: str, low: float, high: float, words: str) -> None:
    found = next(q for q in told(text) if q.kind == kind)
    assert (found.low, found.high) == pytest.approx((low, high))
    assert found.words.startswith(words)


@pytest.mark.parametrize(
    "text",
    [
        "Three of the seven barns burned down before noon.",
        "The hall has room for 400 guests.",
        "They flew in a Brenner 747 aircraft.",
        "At 10:15 the bell rang.",
    ],
)
def test_numbers_that_count_nothing_there(text: str) -> None:
    assert [q.low for q in told(text) if q.kind == "count" and q.low != 7] == []


def test_the_first_so_many_are_marked() -> None:
    assert [(q.low, q.mark) for q in told("He threw his first 17 stones.")] == [(17, "first")]


def test_the_day_of_saying_is_none_of_what_is_told() -> None:
    said, done = (
        list(days_of(sentence_of(text))) for text in ("The guild said on Friday that it sold.", "The guild met on Friday.")
    )
    assert (len(said), len(done)) == (0, 1)


def test_a_state_may_hold_the_town() -> None:
    town = sentence_of("The barn in Olm burned down.", Olm=EntityType.GPE)
    other = sentence_of("The barn in Velm burned down.", Velm=EntityType.GPE)
    state = sentence_of("The barn in France burned down.", France=EntityType.GPE)
    assert other_places(town, (town.span,), other, (other.span,))
    assert not other_places(town, (town.span,), state, (state.span,))


@pytest.mark.parametrize(
    ("text", "kind", "value", "words"),
    [
        ("A quake of magnitude 5.8 shook the isle.", "magnitude", 5.8, "magnitude 5.8"),
        ("A 6.1-magnitude tremor shook the isle.", "magnitude", 6.1, "6.1-magnitude"),
        ("He carried a .38 caliber pistol.", "calibre", 0.38, ".38 caliber"),
        ("Ana Roth, a mother of four, saw it.", "children", 4, "mother of four"),
        ("She led the guild from 1967 to 1979.", "since", 1967, "from 1967 to 1979"),
        ("The roof fell in at 7.10pm.", "clock", 19 * 60 + 10, "7.10pm"),
        ("The roof fell in at 12 : 05 a.m. on Friday.", "clock", 5, "12 : 05 a.m"),
        ("The roof fell in around noon.", "clock", 720, "noon"),
        ("The roof fell in at 1430 hrs.", "clock", 870, "1430 hrs"),
    ],
)
def test_a_measure_with_a_form_of_its_own(text: str, kind: str, value: float, words: str) -> None:
    found = next(q for q in measures_of(sentence_of(text)) if q.kind == kind)
    assert (found.low, found.high, found.words) == (value, value, words)


@pytest.mark.parametrize("text", ["He was the father of the bride.", "She came from 12 to 14.", "The mall opens at ten."])
def test_no_measure_of_such_a_form(text: str) -> None:
    assert list(measures_of(sentence_of(text))) == []


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("The train ran at 90 miles an hour.", "speed", 90 * 1.609),
        ("The talks lasted an hour.", "time", 3600),
        ("They held an hour-long parley.", "time", 3600),
        ("They waited for half an hour.", "time", 1800),
        ("It costs $40 a month.", "sum in dollars a month", 40),
        ("The mill was built in 1811.", "year", 1811),
    ],
)
def test_rates_and_single_units(text: str, kind: str, value: float) -> None:
    found = [q for q in told(text) if q.kind == kind]
    assert [q.low for q in found] == pytest.approx([value])


@pytest.mark.parametrize(
    "text",
    ["They meet twice an hour.", "The talks lasted an hour and a half.", "See http://velm.example/story-19548736-detail for more."],
)
def test_no_single_unit_and_no_number_of_an_address(text: str) -> None:
    assert told(text) == []
