"""Date lines and publication dates."""

import pytest

from crossread.ingest.dates import parse_published, read_date_line
from crossread.vocabulary import Basis, Precision


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("May 12, 2023 11:30 AM EDT", "2023-05-12"),
        ("11 May, 2023", "2023-05-11"),
        ("Published: 17 May 2023, 09:15", "2023-05-17"),
        ("Tuesday 9 May 2023 18.30 BST", "2023-05-09"),
        ("Posted on Sept. 3rd, 2019 at 7:05 pm GMT", "2019-09-03"),
        ("2023-05-09", "2023-05-09"),
        ("2023-05-09T10:00:00+02:00", "2023-05-09"),
        ("First published on Fri 12 May 2023 | Last modified on Sat 13 May 2023", "2023-05-12"),
        ("25/12/2021", "2021-12-25"),
        ("12/25/2021", "2021-12-25"),
        ("VARNIK 2023-05-09", "2023-05-09"),
    ],
)
def test_date_line_is_read(line: str, day: str) -> None:
    found = read_date_line(line)
    assert found is not None
    assert found.day == day


def test_date_line_of_open_order_gives_no_day() -> None:
    found = read_date_line("05/06/2021")
    assert found is not None
    assert found.day is None


@pytest.mark.parametrize(
    "line",
    [
        "The truce of May 3, 2023 did not last.",
        "He was born on 4 June 1960",
        "May",
        "7",
        "Nobody spoke for 3 minutes",
        "31 February 2020 was never a day",
    ],
)
def test_words_beside_a_date_are_no_date_line(line: str) -> None:
    assert read_date_line(line) is None


def test_update_is_told_from_publication() -> None:
    found = read_date_line("Updated 4 May 2023")
    assert found is not None
    assert found.is_update


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2023-05-14T07:20:00+01:00", "2023-05-14"),
        ("20230514", "2023-05-14"),
        ("Sun, 14 May 2023 06:20:00 GMT", "2023-05-14"),
        ("May 14, 2023", "2023-05-14"),
        (1684045200, "2023-05-14"),
        (1684045200000, "2023-05-14"),
    ],
)
def test_published_is_parsed(value: object, day: str) -> None:
    when = parse_published(value)
    assert when is not None
    assert (when.start, when.end, when.precision, when.basis) == (day, day, Precision.DAY, Basis.PUBLICATION)


def test_published_month_is_an_interval() -> None:
    when = parse_published("2024-02")
    assert when is not None
    assert (when.start, when.end, when.precision) == ("2024-02-01", "2024-02-29", Precision.MONTH)


@pytest.mark.parametrize("value", [None, "", "soon", "2023-13-40", True, "31/31/2020"])
def test_published_that_is_none(value: object) -> None:
    assert parse_published(value) is None
