"""Names of persons: parts, misspellings, who can be the same."""

import pytest

from crossread.reading.persons import distance, fold, gender_of, given_agree, is_misspelling, parse_name, same_person


@pytest.mark.parametrize(
    ("text", "given", "surname"),
    [
        ("Nils Aker", ("nils",), "aker"),
        ("Salim al-Tarek", ("salim",), "tarek"),
        ("Pieter van Doorn", ("pieter",), "doorn"),
        ("Boris K. Halm", ("boris", "k"), "halm"),
        ("Aker", (), "aker"),
        ("Žofie Černá", ("zofie",), "cerna"),
        ("Jean-Luc Moreau", ("jean-luc",), "moreau"),
        ("", (), ""),
    ],
)
def test_names_are_taken_apart(text, given, surname):
    name = parse_name(text)
    assert (name.given, name.surname) == (given, surname)


def test_suffix_is_no_surname():
    assert parse_name("Hugo Lindt Jr.").surname == "lindt"
    assert parse_name("Hugo Lindt Jr.").suffix == "jr"


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("Teodor Vask", "Vask", True),
        ("Teodor Vask", "T. Vask", True),
        ("Teodor Vask", "Teodoor Vask", True),
        ("Teodor Vask", "Maria Vask", False),
        ("Teodor Vask", "Teodor Rell", False),
        ("Artur Hollender", "Artur Holender", True),
        ("Artur Hollender", "Olga Holender", False),
        ("Hugo Lindt Sr.", "Hugo Lindt Jr.", False),
        ("Bashir al-Tarek", "Bashir Tarek", True),
        ("John A. Halm", "John B. Halm", False),
        ("Anna Berg", "Anne Berg", False),
        ("Pak Jol-un", "Pak Jol Un", True),
    ],
)
def test_who_can_be_the_same(a, b, same):
    assert same_person(parse_name(a), parse_name(b)) is same


@pytest.mark.parametrize(
    ("a", "b", "n"), [("abc", "abc", 0), ("abcd", "abdc", 1), ("abc", "abxc", 1), ("abc", "xyz", 3), ("abcdef", "a", 3)]
)
def test_distance_stops_at_the_limit(a, b, n):
    assert distance(a, b, 2) == n


@pytest.mark.parametrize(("a", "b", "result"), [("wladimir", "wladmir", True), ("anna", "anne", False), ("vask", "vask", False)])
def test_short_words_are_never_misspellings(a, b, result):
    assert is_misspelling(a, b) is result


def test_gender_by_given_name():
    assert gender_of(parse_name("Maria Stahl")) == "f"
    assert gender_of(parse_name("Stahl")) == ""


def test_missing_given_names_agree():
    assert given_agree((), ("a",))
    assert fold("ÉLODIE") == "elodie"
