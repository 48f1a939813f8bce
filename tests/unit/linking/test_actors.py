"""Actors across reports."""

import msgspec
import pytest

from crossread.linking.actors import link_actors
from crossread.linking.case import ActorIndex, Case
from crossread.linking.names import PersonName, body_key, misspelt, person_name, same_given
from crossread.records import Reading, StoryActor
from crossread.vocabulary import EntityType
from tests.unit.linking.reports import report

PERSON, ORG, GPE, GROUP = EntityType.PERSON, EntityType.ORGANIZATION, EntityType.GPE, EntityType.GROUP


def index(*readings: Reading) -> ActorIndex:
    return link_actors(Case(readings=tuple(sorted(readings, key=lambda r: r.document.id))))


def actor(found: ActorIndex, form: str) -> StoryActor:
    return next(a for a in found.actors if any(f.text == form for f in a.forms))


def test_surname_and_full_name_are_one_person() -> None:
    found = index(report("a", "Ada Loth spoke.", names={"Ada Loth": PERSON}), report("b", "Loth left.", names={"Loth": PERSON}))
    assert actor(found, "Ada Loth") == actor(found, "Loth")


def test_a_misspelt_given_name_is_the_same_person() -> None:
    found = index(
        report("a", "Vladimar Renn spoke.", names={"Vladimar Renn": PERSON}),
        report("b", "Vladimir Renn left.", names={"Vladimir Renn": PERSON}),
    )
    assert len(found.actors) == 1


def test_a_family_name_that_stands_first_means_the_person() -> None:
    found = index(
        report("a", "Pak Jol-un spoke.", names={"Pak Jol-un": PERSON}),
        report("b", "Leader Pak Jol Un left.", names={"Pak Jol Un": PERSON}),
        report("c", "Pak left.", names={"Pak": PERSON}),
        report("d", "Boris Renn came.", names={"Boris Renn": PERSON}),
        report("e", "Boris slept.", names={"Boris": PERSON}),
    )
    assert actor(found, "Pak") == actor(found, "Pak Jol-un") == actor(found, "Pak Jol Un")
    assert actor(found, "Boris") != actor(found, "Boris Renn")


def called(reading: Reading, name: str) -> Reading:
    """The reading with its one entity under another name than its first mention, as a reading has it."""
    (entity,) = reading.entities
    return msgspec.structs.replace(reading, entities=(msgspec.structs.replace(entity, name=name),))


def test_the_words_of_an_office_are_no_part_of_a_name() -> None:
    offices = {"a": "Harbour Minority Leader Ada Loth", "b": "House Speaker Ada B. Loth", "c": "Ada Loth"}
    names = {"a": "Ada Loth", "b": "Ada B. Loth", "c": "Ada Loth"}
    found = index(*(called(report(d, f"{words} spoke.", names={words: PERSON}), names[d]) for d, words in offices.items()))
    assert len(found.actors) == 1


def test_the_first_half_of_a_double_surname_means_the_person() -> None:
    full = report("a", "President Ruy Ossa Linde spoke.", names={"Ruy Ossa Linde": PERSON})
    half = report("b", "President Ossa left.", names={"Ossa": PERSON})
    assert len(index(full, half).actors) == 1


def test_two_persons_of_one_surname_stay_apart() -> None:
    found = index(
        report("a", "Ada Loth and Piet Loth spoke.", names={"Ada Loth": PERSON, "Piet Loth": PERSON}),
        report("b", "Loth left.", names={"Loth": PERSON}),
    )
    assert actor(found, "Ada Loth") != actor(found, "Piet Loth")
    assert actor(found, "Loth") not in (actor(found, "Ada Loth"), actor(found, "Piet Loth"))


def test_a_surname_means_the_person_of_its_own_report() -> None:
    found = index(
        report("a", "Ada Loth spoke. Loth left.", names={"Ada Loth": PERSON, "Loth": PERSON}),
        report("b", "Piet Loth came.", names={"Piet Loth": PERSON}),
    )
    assert found.of("a", "e1") == found.of("a", "e0")
    assert found.of("a", "e1") != found.of("b", "e0")


def test_state_demonym_and_seat_of_government_are_one_actor() -> None:
    found = index(
        report("a", "France asked. French envoys came.", names={"France": GPE, "French": GROUP}),
        report("b", "Paris refused, an envoy said.", names={"Paris": GPE}, said=[{"who": "Paris", "content": "refused"}]),
    )
    assert actor(found, "France") == actor(found, "French") == actor(found, "Paris")
    assert actor(found, "France").country == "FRA"


def test_a_capital_that_does_nothing_is_a_place() -> None:
    assert index(report("a", "Rain fell in Paris.", names={"Paris": GPE})).actors == ()


def test_initials_are_the_longer_name_of_the_story() -> None:
    found = index(
        report("a", "The Lorne Harbour Board met.", names={"Lorne Harbour Board": ORG}),
        report("b", "The LHB met.", names={"LHB": ORG}),
    )
    assert actor(found, "LHB") == actor(found, "Lorne Harbour Board")


def test_unnamed_sources_are_never_joined_across_reports() -> None:
    said = [{"who": "a rebel official", "content": "It rained."}]
    readings = [report(n, "It rained. So a rebel official said.", names={"a rebel official": PERSON}, said=said) for n in "ab"]
    found = index(*readings)
    assert found.of("a", "e0") != found.of("b", "e0")


def test_pronouns_are_no_actors() -> None:
    found = index(report("a", "It rained, he said.", names={"he": PERSON}, said=[{"who": "he", "content": "It rained"}]))
    assert found.actors == ()


def test_every_actor_has_forms_evidence_and_a_reason() -> None:
    found = index(report("a", "Ada Loth spoke.", names={"Ada Loth": PERSON}), report("b", "Loth left.", names={"Loth": PERSON}))
    only = found.actors[0]
    assert only.name == "Ada Loth"
    assert {f.text: f.documents for f in only.forms} == {"Ada Loth": ("a",), "Loth": ("b",)}
    assert {e.document for e in only.evidence} == {"a", "b"}
    assert only.reason


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Veltish Foreign Minister Oda Renn", PersonName(("oda",), "renn")),
        ("Staffan de Lorne", PersonName(("staffan",), "lorne")),
        ("Basil al-Harun", PersonName(("basil",), "harun")),
        ("Jean-Marc Vell", PersonName(("jean-marc",), "vell")),
        ("Mr Renn", PersonName((), "renn")),
        ("Steve King", PersonName(("steve",), "king")),
        ("King Steve", PersonName((), "steve")),
        ("Veltish Leader Oda Renn", PersonName(("oda",), "renn")),
        ("Pak Jol Un", PersonName(("pak", "jol"), "un")),
        ("the president", None),
        ("Renn's spokesman", None),
        ("the 42-year-old driver of the Karvel", None),
        ("A spokeswoman for the Karvel ambulance service", None),
        ("wife of Oda Renn", None),
        ("a spokeswoman for Speaker Oda B. Renn", None),
        ("lawyer for Jon Arkell Renn", None),
        ("an aide to Renn", None),
        ("ambassador to Vesk Oda Renn", PersonName(("oda",), "renn")),
        ("captain of the Orion", None),
        ("minister for Europe Oda Renn", PersonName(("oda",), "renn")),
        ("the minister of defence Oda Renn", PersonName(("oda",), "renn")),
        ("Oda Renn the elder", PersonName(("oda",), "renn")),
        ("Oda Renn adviser Jon Arkell", PersonName(("jon",), "arkell")),
        ("Senate President Pro Tem Oda Renn", PersonName(("oda",), "renn")),
        ("President of the Upper Provinces", None),
        ("Minister of Defence Oda Renn", PersonName(("oda",), "renn")),
        ("a Castle Street official", None),
        ("the deputy Castle Street press secretary", None),
        ("Blue Cross worker", None),
    ],
)
def test_names_are_read_out_of_the_words_for_a_person(words: str, name: PersonName | None) -> None:
    assert person_name(words) == name


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("john", "jon", False),
        ("vladimir", "vladamir", True),
        ("j", "john", True),
        ("bill", "william", True),
        ("anna", "maria", False),
    ],
)
def test_given_names_that_fit(a: str, b: str, same: bool) -> None:
    assert same_given([a], [b]) is same


def test_misspelling_is_one_letter_in_a_longer_word() -> None:
    assert misspelt("hollande", "holande")
    assert misspelt("ayrault", "ayruult")
    assert misspelt("ayrault", "ayralut")
    assert not misspelt("renn", "rena")
    assert not misspelt("bernard", "gernard")


def test_body_names_lose_articles_and_dots() -> None:
    assert body_key("the U.N.") == body_key("UN")
    assert body_key("al-Nahr Front") == body_key("Nahr Front")


def test_father_and_son_of_one_name_are_two_where_a_report_has_both() -> None:
    names = {"Odo Kell": PERSON, "Odo Kell Jr": PERSON}
    found = index(
        report("a", "Odo Kell left. Then Odo Kell Jr spoke.", names=names),
        report("b", "Odo Kell Jr spoke.", names={"Odo Kell Jr": PERSON}),
        report("c", "Kell left.", names={"Kell": PERSON}),
    )
    assert {a.name: sorted({d for f in a.forms for d in f.documents}) for a in found.actors} == {
        "Odo Kell": ["a", "c"],
        "Odo Kell Jr": ["a", "b"],
    }


def test_a_name_with_and_without_junior_is_one_person_where_no_report_has_both() -> None:
    found = index(
        report("a", "Odo Kell Jr spoke.", names={"Odo Kell Jr": PERSON}), report("b", "Odo Kell left.", names={"Odo Kell": PERSON})
    )
    assert len(found.actors) == 1
