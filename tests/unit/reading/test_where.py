"""Names of places against the shipped gazetteer, and the place that belongs to a predicate."""

import pytest
import spacy

from crossread.codebook.places import country_names, fold_place, lookup
from crossread.reading.event_place import event_place
from crossread.reading.where import country_of_place, find_places
from crossread.records import Place, Span
from tests.docs import make_doc

NLP = spacy.blank("en")


def places(text: str, *names: str) -> tuple[Place, ...]:
    """Places of a text in which the given names are labelled as places; without names, those found by their look."""
    doc = NLP(text)
    spans, at = [], 0
    for name in names:
        start = text.index(name, at)
        at = start + len(name)
        span = doc.char_span(start, at, label="GPE")
        assert span is not None, name
        spans.append(span)
    if spans:
        doc.set_ents(spans)
    return find_places(doc, Span(0, len(text)))


def test_find_places_locates_a_city_within_its_country() -> None:
    (place,) = places("Guns were heard in Aleppo.", "Aleppo")
    assert (place.name, place.within, place.country) == ("Aleppo", ("Syria",), "SYR")
    assert place.lat == pytest.approx(36.2, abs=0.1)
    assert place.precision_km is not None
    assert place.precision_km < 30


def test_find_places_never_makes_a_point_of_a_country() -> None:
    (place,) = places("Guns were heard in Syria.", "Syria")
    assert place.country == "SYR"
    assert place.precision_km is not None
    assert place.precision_km > 200
    assert place.within == ()


def test_find_places_widens_a_part_of_a_city_and_names_it() -> None:
    whole, part = places("Aleppo was quiet but eastern Aleppo was hit.", "Aleppo", "Aleppo")
    assert (part.text, part.name, part.within) == ("eastern Aleppo", "eastern Aleppo", ("Aleppo", "Syria"))
    assert (part.lat, part.country) == (whole.lat, "SYR")
    assert part.precision_km is not None
    assert whole.precision_km is not None
    assert part.precision_km > whole.precision_km


def test_find_places_splits_a_part_that_the_label_covers() -> None:
    (place,) = places("Shells hit East Mosul again.", "East Mosul")
    assert (place.name, place.within[0], place.country) == ("east Mosul", "Mosul", "IRQ")


@pytest.mark.parametrize(
    ("name", "country"), [("East Timor", "TLS"), ("South Sudan", "SSD"), ("North Korea", "PRK"), ("Northern Ireland", "GBR")]
)
def test_find_places_keeps_directions_that_belong_to_the_name(name: str, country: str) -> None:
    (place,) = places(f"Talks were held in {name}.", name)
    assert (place.name, place.country) == (name, country)


def test_find_places_puts_an_unknown_district_inside_the_named_city() -> None:
    place, city = places("In the Varnak neighborhood of Damascus a shell fell.", "Varnak", "Damascus")
    assert (place.name, place.within, place.country) == ("Varnak", ("Damascus", "Syria"), "SYR")
    assert place.precision_km is not None
    assert city.precision_km is not None
    assert place.precision_km > city.precision_km


def test_find_places_puts_an_apposed_district_inside_the_city_spoken_of() -> None:
    _, place = places("Homs was calm. In Tel Orvan, a district of the city, a shell fell.", "Homs", "Tel Orvan")
    assert (place.within, place.country) == (("Homs", "Syria"), "SYR")


def test_find_places_leaves_an_unknown_name_unlocated() -> None:
    (place,) = places("A shell fell in Tel Orvan.", "Tel Orvan")
    assert (place.name, place.country, place.lat, place.within) == ("Tel Orvan", None, None, ())


@pytest.mark.parametrize(
    ("text", "names", "country"),
    [
        ("Shells hit Tripoli, Lebanon, at dawn.", ("Tripoli", "Lebanon"), "LBN"),
        (
            "In Beirut and Sidon and Tyre and Lebanon and Tripoli people voted.",
            ("Beirut", "Sidon", "Tyre", "Lebanon", "Tripoli"),
            "LBN",
        ),
        ("Police in Paris, Texas, said so.", ("Paris", "Texas"), "USA"),
        ("Police in Paris said so.", ("Paris",), "FRA"),
        ("Talks in Geneva went on.", ("Geneva",), "CHE"),
        ("The United States sent envoys to Geneva.", ("United States", "Geneva"), "CHE"),
        ("Troops crossed from Tbilisi into Georgia.", ("Tbilisi", "Georgia"), "GEO"),
        ("From Atlanta to Savannah, Georgia voted.", ("Atlanta", "Savannah", "Georgia"), "USA"),
    ],
)
def test_find_places_lets_the_document_decide_between_namesakes(text: str, names: tuple[str, ...], country: str) -> None:
    by_text = {p.text: p for p in places(text, *names)}
    name = next(n for n in ("Tripoli", "Paris", "Geneva", "Georgia") if n in by_text)
    assert by_text[name].country == country


def test_find_places_gives_no_country_where_namesakes_cannot_be_told_apart() -> None:
    (place,) = places("Georgia voted.", "Georgia")
    assert (place.name, place.country, place.lat) == ("Georgia", None, None)


def test_find_places_reads_no_place_into_persons() -> None:
    doc = NLP("Paris Hilton met Jordan Vale.")
    doc.set_ents([doc.char_span(0, 12, label="PERSON"), doc.char_span(17, 28, label="PERSON")])
    assert find_places(doc, Span(0, len(doc.text))) == ()


@pytest.mark.parametrize(
    "text", ["Paris Hilton said no.", "Jordan said yes.", "Mr London smiled.", "President Lincoln spoke.", "Reading is fun."]
)
def test_find_places_without_labels_reads_no_place_into_persons(text: str) -> None:
    assert places(text) == ()


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Fighting went on in Mosul.", "Mosul", "IRQ"),
        ("Russia rejected the draft.", "Russia", "RUS"),
        ("The United States agreed.", "United States", "USA"),
        ("They met near Kandahar.", "Kandahar", "AFG"),
        ("They fled from Al-Bab.", "Al Bab", "SYR"),
    ],
)
def test_find_places_without_labels_reads_names_by_their_look(text: str, name: str, country: str) -> None:
    (place,) = places(text)
    assert (place.name, place.country) == (name, country)


def test_find_places_gives_spans_of_the_document() -> None:
    text = "Guns fell silent.\n\nBut in eastern Aleppo and in Idlib shells fell."
    doc = NLP(text)
    for place in find_places(doc, Span(19, len(text))):
        assert place.span is not None
        assert place.span.of(text) == place.text


@pytest.mark.parametrize(
    ("name", "country"),
    [("Osaka", "JPN"), ("Kiev", "UKR"), ("U.S.", "USA"), ("Ivory Coast", "CIV"), ("Raqqa", "SYR"), ("Deir ez-Zor", "SYR"), ("Catalonia", "ESP"),
     ("the Gaza Strip", "PSE"), ("Middle East", None), ("Kashmir", None), ("Nowhereville", None), ("", None)],
)  # fmt: skip
def test_country_of_place_knows_or_says_nothing(name: str, country: str | None) -> None:
    assert country_of_place(name) == country


def test_country_of_place_uses_its_context() -> None:
    assert country_of_place("Georgia", ["USA", "USA"]) == "USA"
    assert country_of_place("Georgia", ["RUS"]) is None
    assert country_of_place("Georgia", ["GEO"]) == "GEO"


def test_fold_place_drops_accents_and_apostrophes() -> None:
    assert fold_place("Côte d’Ivoire") == fold_place("Cote d'Ivoire")


def test_lookup_takes_names_with_and_without_article() -> None:
    assert {r.country for r in lookup("the Netherlands")} == {"NLD"}
    assert {r.country for r in lookup("al-Raqqah")} >= {"SYR"}


def test_country_names_are_english() -> None:
    names = country_names()
    assert (names["DEU"], names["SYR"], names["GBR"]) == ("Germany", "Syria", "United Kingdom")
    assert len(names) > 190


def clashes() -> "spacy.tokens.Doc":
    return make_doc(
        [
            ("Moscow", "Moscow", "NNP", 2, "nsubj"), ("said", "say", "VBD", 0, "root"), ("troops", "troop", "NNS", 4, "nsubj"),
            ("clashed", "clash", "VBD", 2, "ccomp"), ("in", "in", "IN", 6, "case"),
            ("Homs", "Homs", "NNP", 4, "obl"), (".", ".", ".", 2, "punct"),
        ],
        ents=[(0, 1, "GPE"), (5, 6, "GPE")],
    )  # fmt: skip


def test_event_place_takes_the_place_by_preposition() -> None:
    doc = clashes()
    place = event_place(doc, doc[3])
    assert place is not None
    assert place.name == "Homs"


def test_event_place_takes_no_acting_capital() -> None:
    doc = make_doc(
        [
            ("Moscow", "Moscow", "NNP", 2, "nsubj"),
            ("rejected", "reject", "VBD", 0, "root"),
            ("it", "it", "PRP", 2, "obj"),
            (".", ".", ".", 2, "punct"),
        ],
        ents=[(0, 1, "GPE")],
    )
    assert event_place(doc, doc[1]) is None


def test_event_place_takes_what_is_captured() -> None:
    doc = make_doc(
        [
            ("Rebels", "rebel", "NNS", 2, "nsubj"),
            ("captured", "capture", "VBD", 0, "root"),
            ("Idlib", "Idlib", "NNP", 2, "obj"),
            (".", ".", ".", 2, "punct"),
        ],
        ents=[(2, 3, "GPE")],
    )
    place = event_place(doc, doc[1])
    assert place is not None
    assert place.name == "Idlib"


def test_event_place_takes_a_name_before_the_noun() -> None:
    doc = make_doc(
        [
            ("The", "the", "DT", 3, "det"), ("Homs", "Homs", "NNP", 3, "compound"), ("bombing", "bombing", "NN", 4, "nsubj"),
            ("shocked", "shock", "VBD", 0, "root"), ("all", "all", "DT", 4, "obj"), (".", ".", ".", 4, "punct"),
        ],
        ents=[(1, 2, "GPE")],
    )  # fmt: skip
    place = event_place(doc, doc[2])
    assert place is not None
    assert place.name == "Homs"


@pytest.mark.parametrize(
    ("text", "labelled", "whole"),
    [
        ("It sells steel to the United States.", "States", "United States"),
        ("They marched in the West Bank.", "Bank", "West Bank"),
        ("They marched in Lyon on Friday.", "Lyon", "Lyon"),
        ("They visited The Hague.", "Hague", "The Hague"),
    ],
)
def test_a_name_that_was_cut_is_made_whole(text: str, labelled: str, whole: str) -> None:
    assert [p.name for p in places(text, labelled)] == [whole]
