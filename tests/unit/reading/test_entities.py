"""Entities of hand-made documents: linking, metonyms, described actors, pronouns, and the index that other steps use."""

import pytest

from crossread.errors import RecordError
from crossread.reading.entities import read_entities
from crossread.reading.entity_index import EntityIndex
from crossread.records import Attribution, Document, Entity, Reading, Span, When
from crossread.vocabulary import EntityType
from tests.docs import make_doc

MET = [
    ("Norwegian", "norwegian", "JJ", 4, "amod"),
    ("Foreign", "foreign", "NNP", 3, "amod"),
    ("Minister", "minister", "NNP", 4, "nmod:desc"),
    ("Nils", "Nils", "NNP", 6, "nsubj"),
    ("Aker", "Aker", "NNP", 4, "flat"),
    ("met", "meet", "VBD", 0, "root"),
    ("rebels", "rebel", "NNS", 6, "obj"),
    ("and", "and", "CC", 9, "cc"),
    ("activists", "activist", "NNS", 7, "conj"),
    (".", ".", ".", 6, "punct"),
]
SAID = [
    ("Mr", "Mr", "NNP", 2, "nmod:desc"),
    ("Aker", "Aker", "NNP", 3, "nsubj"),
    ("said", "say", "VBD", 0, "root"),
    ("he", "he", "PRP", 5, "nsubj"),
    ("agreed", "agree", "VBD", 3, "ccomp"),
    (".", ".", ".", 3, "punct"),
]


def read(*sentences, ents=(), published=None):
    doc = make_doc(*sentences, ents=ents)
    when = When(start=published, end=published) if published else None
    document = Document(id="d", text=doc.text, published=when)
    return read_entities(document, doc, Reading(document=document)), doc


def by_words(reading):
    """Words of each mention -> name of its entity."""
    names = {e.id: e.name for e in reading.entities}
    return {m.span.of(reading.document.text): names[m.entity] for m in reading.mentions}


def span_of(reading, words, nth=0):
    start = -1
    for _ in range(nth + 1):
        start = reading.document.text.index(words, start + 1)
    return Span(start, start + len(words))


def test_title_surname_and_pronoun_are_one_person():
    reading, _ = read(MET, SAID, ents=[(3, 5, "PERSON"), (11, 12, "PERSON")])
    words = by_words(reading)
    assert words["Norwegian Foreign Minister Nils Aker"] == words["Mr Aker"] == words["he"] == "Nils Aker"
    person = next(e for e in reading.entities if e.name == "Nils Aker")
    assert (person.type, person.country, person.sector) == (EntityType.PERSON, "NOR", "GOV")
    assert person.role == "Norwegian Foreign Minister"
    assert len(person.mentions) == 3


def test_unnamed_actors_are_entities_under_their_own_words():
    reading, _ = read(MET, ents=[(3, 5, "PERSON")])
    entities = {e.name: e for e in reading.entities}
    assert entities["rebels"].sector == "REB"
    assert entities["activists"].sector == "CVL"
    assert entities["rebels"].type is EntityType.GROUP


def test_names_are_found_without_the_model():
    reading, _ = read(MET)
    assert "Nils Aker" in {e.name for e in reading.entities}


@pytest.mark.parametrize("label", ["PERSON", "ORGANIZATION", "OTHER"])
def test_a_known_state_keeps_its_type_whatever_the_model_says(label):
    rows = [("Peru", "Peru", "NNP", 2, "nsubj"), ("protested", "protest", "VBD", 0, "root"), (".", ".", ".", 2, "punct")]
    reading, _ = read(rows, ents=[(0, 1, label)])
    assert [(e.name, e.type, e.country, e.sector) for e in reading.entities] == [("Peru", EntityType.GPE, "PER", "GOV")]


def capital(word, preposition=None, verb="protested"):
    """A sentence with a capital as its subject, or behind a preposition."""
    if preposition is None:
        return [(word, word, "NNP", 2, "nsubj"), (verb, verb, "VBD", 0, "root"), (".", ".", ".", 2, "punct")]
    return [
        ("They", "they", "PRP", 2, "nsubj"),
        ("met", "meet", "VBD", 0, "root"),
        (preposition, preposition, "IN", 4, "case"),
        (word, word, "NNP", 2, "obl"),
        (".", ".", ".", 2, "punct"),
    ]


@pytest.mark.parametrize(
    ("rows", "name"),
    [
        (capital("Lima"), "Peru"),
        (capital("Lima", "in"), "Lima"),
        (capital("Lima", "near"), "Lima"),
        (capital("Lima", "with"), "Peru"),
        (capital("Lima", "against"), "Peru"),
        (capital("Kremlin"), "Russia"),
        (capital("Kremlin", "in"), "Kremlin"),
    ],
)
def test_capitals_stand_for_governments_by_their_place_in_the_sentence(rows, name):
    reading, _ = read(rows)
    assert name in {e.name for e in reading.entities}
    assert len(reading.entities) == 1


def test_two_persons_of_one_surname_stay_two():
    rows = [
        ("Klara", "Klara", "NNP", 3, "nsubj"),
        ("Reuss", "Reuss", "NNP", 1, "flat"),
        ("saw", "see", "VBD", 0, "root"),
        ("Anton", "Anton", "NNP", 3, "obj"),
        ("Reuss", "Reuss", "NNP", 4, "flat"),
        (".", ".", ".", 3, "punct"),
    ]
    reading, _ = read(rows, ents=[(0, 2, "PERSON"), (3, 5, "PERSON")])
    assert sorted(e.name for e in reading.entities) == ["Anton Reuss", "Klara Reuss"]


def test_she_is_not_linked_to_a_man():
    she = [("She", "she", "PRP", 2, "nsubj"), ("left", "leave", "VBD", 0, "root"), (".", ".", ".", 2, "punct")]
    reading, _ = read(SAID, she, ents=[(1, 2, "PERSON")])
    assert "She" not in by_words(reading)


def test_an_office_holder_depends_on_the_day():
    rows = [
        ("David", "David", "NNP", 3, "nsubj"),
        ("Cameron", "Cameron", "NNP", 1, "flat"),
        ("left", "leave", "VBD", 0, "root"),
        (".", ".", ".", 3, "punct"),
    ]
    in_office, _ = read(rows, ents=[(0, 2, "PERSON")], published="2014-01-01")
    out_of_office, _ = read(rows, ents=[(0, 2, "PERSON")], published="2019-01-01")
    assert in_office.entities[0].sector == "GOV"
    assert out_of_office.entities[0].sector != "GOV"
    assert out_of_office.entities[0].country == "GBR"


def test_reading_is_the_same_every_time():
    first, _ = read(MET, SAID, ents=[(3, 5, "PERSON"), (11, 12, "PERSON")])
    again, _ = read(MET, SAID, ents=[(3, 5, "PERSON"), (11, 12, "PERSON")])
    assert first == again


def test_an_empty_text_has_no_entities():
    reading, _ = read([("...", "...", ":", 0, "root")])
    assert (reading.mentions, reading.entities) == ((), ())


# ---------------------------------------------------------------- the index


def test_index_finds_by_edges_head_and_possessive():
    reading, doc = read(MET, SAID, ents=[(3, 5, "PERSON"), (11, 12, "PERSON")])
    index = EntityIndex.of(reading, doc)
    person = next(e.id for e in reading.entities if e.name == "Nils Aker")
    for words in ("Norwegian Foreign Minister Nils Aker", "Nils Aker", "Mr Aker", "he"):
        assert index.find(span_of(reading, words)) == person


def test_index_splits_coordinations():
    reading, doc = read(MET, ents=[(3, 5, "PERSON")])
    index = EntityIndex.of(reading, doc)
    found = [index.entity(i).name for i in index.find_all(span_of(reading, "rebels and activists"))]
    assert found == ["rebels", "activists"]


def test_index_adds_a_phrase_once_with_a_fresh_id():
    rows = [("The", "the", "DT", 2, "det"), ("harbour", "harbour", "NN", 3, "nsubj"), ("froze", "freeze", "VBD", 0, "root")]
    reading, doc = read(MET, rows, ents=[(3, 5, "PERSON")])
    taken = Attribution(id="e99")
    reading = Reading(document=reading.document, mentions=reading.mentions, entities=reading.entities, attributions=(taken,))
    index = EntityIndex.of(reading, doc)
    assert index.find(span_of(reading, "The harbour")) is None
    added = index.find_or_add(span_of(reading, "The harbour"), type=EntityType.FACILITY)
    assert index.find_or_add(span_of(reading, "harbour")) == added
    extended = index.extend(reading)
    new = extended.entities[-1]
    assert (new.id, new.name, new.type) == (added, "harbour", EntityType.FACILITY)
    ids = [x.id for x in (*extended.mentions, *extended.entities, *extended.attributions)]
    assert len(ids) == len(set(ids))
    assert index.extend(extended) == extended


def test_index_of_nothing_finds_nothing():
    reading, doc = read([("...", "...", ":", 0, "root")])
    index = EntityIndex.of(reading, doc)
    assert index.find(Span(0, 3)) is None
    assert index.head_of(Span(0, 3)) is None
    assert index.find_all(Span(0, 3)) == ()
    assert index.extend(reading) == reading


def test_entity_countries_are_checked_by_the_record():
    with pytest.raises(RecordError):
        Entity(id="e1", name="x", type=EntityType.GPE, country="Peru")


def test_the_place_of_a_dateline_is_no_role_of_the_agency():
    from crossread.reading import read_documents

    text = "HARBOUR PRISON, West Bank (Reuters) - A court sat on Monday. The police said little."
    (reading,) = read_documents([Document(id="d", text=text)])
    assert {e.name: e.role for e in reading.entities}["Reuters"] is None
