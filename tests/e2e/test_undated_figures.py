"""The benchmark that hides dates, over the shipped example with the shipped model."""

from collections.abc import Sequence
from datetime import date

import pytest
from benchmarks.stable_ids import example
from benchmarks.undated import Hidden, measured

from crossread.records import Document


@pytest.fixture(scope="module")
def found() -> Sequence[Hidden]:
    return measured([reading.document for reading in example()])


def test_each_report_without_a_date_line_is_hidden_once(found: Sequence[Hidden]) -> None:
    assert len(found) >= 3
    assert len({h.document for h in found}) == len(found)


def test_days_that_the_others_give_hold_the_day_but_for_one_twin(found: Sequence[Hidden]) -> None:
    """Known fault: nine killed "on Tuesday" the 16th are taken for those of Tuesday the 9th, which puts that report before the 16th."""
    given = [h for h in found if h.width]
    assert len(given) >= 5
    assert all(h.width <= 7 for h in given)
    assert [h.day for h in given if not h.is_right] in ([], [date(2023, 5, 16)])


def test_a_lone_report_is_not_counted() -> None:
    assert measured([Document(id="a", text="The council of Velm met on Monday.")]) == []
