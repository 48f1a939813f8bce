"""Places across reports."""

from crossread.linking.case import Case, PlaceIndex
from crossread.linking.places import link_places, place_key
from crossread.records import Reading
from crossread.vocabulary import EntityType
from tests.unit.linking.reports import report

GPE = EntityType.GPE


def index(*readings: Reading) -> PlaceIndex:
    return link_places(Case(readings=readings))


def test_spellings_of_one_place_are_joined() -> None:
    found = index(
        report("a", "It rained in Zürich.", names={"Zürich": GPE}), report("b", "It rained in Zurich.", names={"Zurich": GPE})
    )
    assert len(found.places) == 1
    assert found.of("zürich") == found.of("ZURICH") == found.places[0].id


def test_states_by_short_and_long_name_are_one() -> None:
    found = index(
        report("a", "He left the US.", names={"US": GPE}), report("b", "He left the United States.", names={"United States": GPE})
    )
    assert found.of("US") == found.of("United States")


def test_districts_with_a_common_first_word_stay_apart() -> None:
    found = index(
        report("a", "Fire in Nahr al-Bet.", names={"Nahr al-Bet": GPE}),
        report("b", "Fire in Nahr al-Kos.", names={"Nahr al-Kos": GPE}),
    )
    assert found.of("Nahr al-Bet") != found.of("Nahr al-Kos")


def test_an_unknown_place_keeps_its_name_and_no_position() -> None:
    place = index(report("a", "It rained in Karsaveld.", names={"Karsaveld": GPE})).places[0]
    assert (place.name, place.country, place.lat) == ("Karsaveld", None, None)


def test_direction_words_are_one() -> None:
    assert place_key("eastern Karsa") == place_key("East Karsa") != place_key("Karsa")


def test_no_name_is_no_place() -> None:
    assert index().of(None) is None
