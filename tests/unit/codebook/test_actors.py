"""The actor codebook: tables hold together, phrases get country and sector, and no country where the words do not decide."""

import json
from pathlib import Path

import pytest
from babel.core import get_global

from crossread.codebook.actors import actor_code, first_names, holder_of, holders, names, nouns, state_name, surname_holder, tidy

GOLDEN = json.loads((Path(__file__).parents[2] / "golden" / "actors.json").read_text(encoding="utf-8"))
SECTORS = frozenset(
    {
        "GOV",
        "MIL",
        "REB",
        "COP",
        "JUD",
        "LEG",
        "PRM",
        "PTY",
        "SPY",
        "UAF",
        "UNK",
        "AGR",
        "BUS",
        "CRM",
        "CVL",
        "EDU",
        "ELI",
        "JRN",
        "LAB",
    }
    | {"MED", "REF", "OPP", "PRE", "REL", "SOC", "IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"}
)


def test_golden_forms_are_coded_right_in_97_of_100():
    assert len(GOLDEN) >= 300
    wrong = [g["text"] for g in GOLDEN if (c := actor_code(g["text"])).country != g["country"] or c.sector != g["sector"]]
    assert len(wrong) <= 0.03 * len(GOLDEN), wrong


def test_golden_forms_never_get_a_wrong_country():
    """An absent country is tolerated, another one than the expected is not."""
    wrong = [g["text"] for g in GOLDEN if actor_code(g["text"]).country not in (None, g["country"])]
    assert len(wrong) <= 2, wrong


def test_every_country_code_is_a_territory():
    aliases = get_global("territory_aliases")
    codes = {n.country for n in names().exact.values() if n.country} | {
        h.country for rows in holders().values() for h in rows if h.country
    }
    assert sorted(c for c in codes if c not in aliases and c != "KOS") == []


@pytest.mark.parametrize(
    "code", ["AND", "BTN", "KIR", "NRU", "PLW", "SMR", "TUV", "STP", "FSM", "MHL", "SSD", "TLS", "SWZ", "MKD", "ZMB", "PSE", "TWN"]
)
def test_small_states_are_in_the_table(code):
    assert state_name(code) is not None


def test_sectors_are_those_of_plover():
    used = (
        {n.sector for n in names().exact.values()}
        | {n.sector for n in nouns().values()}
        | {h.sector for r in holders().values() for h in r}
    )
    assert used - {None} <= SECTORS


@pytest.mark.parametrize("rows", list(holders().values()), ids=list(holders()))
def test_terms_run_forward(rows):
    assert all(r.valid_until is None or r.valid_from < r.valid_until for r in rows)


@pytest.mark.parametrize(
    ("day", "office", "sector"),
    [("2012-06-01", "prime minister", "GOV"), ("2024-03-01", "foreign minister", "GOV"), ("2018-01-01", None, "ELI")],
)
def test_office_depends_on_the_day(day, office, sector):
    assert actor_code("David Cameron", date="2025-01-01" if office is None else day).sector == sector
    if office is not None:
        held = holder_of("David Cameron", day)
        assert held is not None
        assert held.office == office


@pytest.mark.parametrize(
    ("text", "context", "country"),
    [
        ("the government", ("PER",), "PER"),
        ("the government", ("PER", "CHL"), None),
        ("reporters", ("PER",), None),
        ("Chilean police", ("PER",), "CHL"),
        ("the rebels", ("MLI",), "MLI"),
    ],
)
def test_context_gives_a_country_to_state_bodies_only_when_it_is_one(text, context, country):
    assert actor_code(text, context_countries=context).country == country


@pytest.mark.parametrize(
    "text",
    ["the ambassador to Mali", "anti-Russian protesters", "a French-backed plan", "Jordan Smith", "the West", "is", "who", ""],
)
def test_words_that_name_no_owner_give_no_country(text):
    assert actor_code(text).country is None


@pytest.mark.parametrize(("name", "found"), [("Kerry", True), ("Brown", False), ("May", False), ("Kim", False), ("Assad", True)])
def test_only_rare_surnames_stand_for_a_holder(name, found):
    assert (surname_holder(name) is not None) is found


def test_given_names_of_both_genders_are_left_out():
    table = first_names()
    assert table["maria"] == "f"
    assert table["sergei"] == "m"
    assert set(table.values()) == {"m", "f"}


def test_the_longest_form_is_found_in_a_text():
    text = "the UN Security Council met"
    name = names().at(text, 4, "UN")
    assert name is not None
    assert name.form == "UN Security Council"
    assert names().at("Malian troops", 0, "Malian") is not None
    assert names().at("Chadwick spoke", 0, "Chadwick") is None


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("the Velm army", "Velm army"),
        ("some of the victims", "some of the victims"),
        ("those who fled,", "those who fled"),
        ("The", "The"),
    ],
)
def test_a_phrase_is_tidied(text: str, bare: str) -> None:
    assert tidy(text) == bare
