"""Datelines, bylines, agencies, site labels, publishers."""

import pytest

from crossread.ingest.credits import (
    agency_in_text,
    agency_name,
    credited_agency,
    dateline_agency,
    publisher_of_url,
    read_byline,
    read_dateline,
    read_site_label,
)


@pytest.mark.parametrize(
    ("line", "place", "day", "agency"),
    [
        ("VARNIK, May 9 (Reuters) - Air strikes hit the town.", "VARNIK", "May 9", "Reuters"),
        ("VARNIK, Kardenia, May 9 (Meridian Press Agency) – Air strikes", "VARNIK, Kardenia", "May 9", "Meridian Press Agency"),
        ("OSTREL (AP) — The president left.", "OSTREL", None, "Associated Press"),
        ("OSTREL, 10 May 2023 – Six militants died.", "OSTREL", "10 May 2023", None),
        ("PELL — The council met.", "PELL", None, None),
        ("Ostrel, Kardenia (AFP) - The president left.", "Ostrel, Kardenia", None, "Agence France-Presse"),
    ],
)
def test_dateline_is_read(line: str, place: str, day: str | None, agency: str | None) -> None:
    found = read_dateline(line)
    assert found is not None
    assert (found.place, found.day, found.agency) == (place, day, agency)
    assert line[found.span.end :][0].isupper()


@pytest.mark.parametrize(
    "line",
    [
        "The truce (which nobody kept) - and which nobody wanted - ended.",
        "Talks broke up on Thursday - again.",
        "UN to vote on truce",
        "“OSTREL is quiet,” he said.",
        "A man - a soldier - was seen.",
    ],
)
def test_other_openings_are_no_dateline(line: str) -> None:
    assert read_dateline(line) is None


def test_agency_without_a_place_is_read() -> None:
    assert dateline_agency("(Reuters) - Air strikes hit the town.") == "Reuters"


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ("By Ilse Vorrin", "Ilse Vorrin"),
        ("By Ilse Vorrin and Bran de Tesk in Ostrel", "Ilse Vorrin and Bran de Tesk in Ostrel"),
        ("By Ilse Vorrin, political correspondent", "Ilse Vorrin, political correspondent"),
        ("By our foreign staff", "our foreign staff"),
        ("Ilse Vorrin, Diplomatic Editor", "Ilse Vorrin, Diplomatic Editor"),
        ("BY ILSE VORRIN", "ILSE VORRIN"),
    ],
)
def test_byline_is_read(line: str, byline: str) -> None:
    assert read_byline(line) == byline


@pytest.mark.parametrize(
    "line",
    [
        "By the time they came it was over",
        "By Tuesday the army had taken most of the town.",
        "Editor resigns over leaked letter",
        "The correspondent said so",
        "Reporter Without a Country: a life",
    ],
)
def test_other_lines_are_no_byline(line: str) -> None:
    assert read_byline(line) is None


@pytest.mark.parametrize(
    ("line", "agency"),
    [
        ("Additional reporting by Associated Press", "Associated Press"),
        ("(Reuters)", "Reuters"),
        ("With reporting by AFP and dpa", "Agence France-Presse"),
        ("Additional reporting by Ilse Vorrin", None),
        ("Meridian Press Agency contributed to this report.", "Meridian Press Agency"),
        ("Source: Xinhua", "Xinhua"),
    ],
)
def test_credit_line_names_the_agency(line: str, agency: str | None) -> None:
    assert credited_agency(line) == agency


def test_agency_according_to_the_text() -> None:
    assert agency_in_text("Nine people died, according to AFP, in the east.") == "Agence France-Presse"
    assert agency_in_text("Nine people died, according to Amra Dellin, in the east.") is None


def test_agency_name_knows_forms_and_kinds() -> None:
    assert agency_name("The Associated Press") == "Associated Press"
    assert agency_name("Coastal News Agency") == "Coastal News Agency"
    assert agency_name("Ilse Vorrin") is None


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("The Aldport Standard Online", "The Aldport Standard"),
        ("The Lakeside Tribune", "The Lakeside Tribune"),
        ("Ostrel Daily | Online edition", "Ostrel Daily"),
        ("Northern News", "Northern News"),
    ],
)
def test_site_label_is_read(line: str, label: str) -> None:
    assert read_site_label(line) == label


@pytest.mark.parametrize("line", ["No News", "We read the news", "Tribune", "Leaders of the world condemn a long press report"])
def test_other_lines_are_no_site_label(line: str) -> None:
    assert read_site_label(line) is None


@pytest.mark.parametrize(
    ("url", "publisher"),
    [
        ("https://www.courier.example/world/a?b=c", "courier.example"),
        ("courier.example/a", "courier.example"),
        ("https://m.courier.example/a", "courier.example"),
        (None, None),
        ("", None),
        ("http://[::1", None),
        ("nonsense", None),
    ],
)
def test_publisher_of_url(url: str | None, publisher: str | None) -> None:
    assert publisher_of_url(url) == publisher
