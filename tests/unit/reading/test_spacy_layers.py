"""Reading steps as spaCy components."""

from importlib.metadata import entry_points

import pytest
import spacy
from spacy import displacy
from spacy.tokens import Doc, DocBin

import crossread
from crossread.errors import StepOrderError
from crossread.reading.spacy_layers import STEPS, reading_of

TEXT = "Veltland’s army said on Monday that at least 12 people were killed when its aircraft bombed Karsa. “No one asked us,” Oda Renn said."


@pytest.fixture(scope="module")
def nlp() -> spacy.Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("crossread_reader")
    nlp.add_pipe("crossread_attribution")
    nlp.add_pipe("crossread_events")
    nlp.add_pipe("crossread_figures")
    return nlp


def test_components_are_entry_points() -> None:
    listed = {e.name for e in entry_points(group="spacy_factories")}
    assert {"crossread_reader", *STEPS} <= listed


def test_components_find_what_reading_finds(nlp: spacy.Language) -> None:
    found = nlp(TEXT)._.crossread
    told = crossread.read(TEXT)
    assert found.attributions == told.attributions != ()
    assert found.events == told.events != ()
    assert found.figures == told.figures != ()
    assert found.entities == told.entities
    assert found.sentences == told.sentences


def test_one_component_does_all(nlp: spacy.Language) -> None:
    whole = spacy.blank("en")
    whole.add_pipe("crossread_reader")
    whole.add_pipe("crossread_reading")
    assert reading_of(whole(TEXT)) == reading_of(nlp(TEXT))


def test_spans_are_groups_that_displacy_draws(nlp: spacy.Language) -> None:
    doc = nlp(TEXT)
    assert {s.label_ for s in doc.spans["crossread_attributions"]} == {"SOURCE", "CUE", "CONTENT"}
    assert {s.label_ for s in doc.spans["crossread_figures"]} == {"KILLED"}
    assert "ASSAULT" in {s.label_ for s in doc.spans["crossread_events"]}
    assert "CUE" in displacy.render(doc, style="span", options={"spans_key": "crossread_attributions"}, jupyter=False)


def test_docs_survive_bytes_and_bins(nlp: spacy.Language) -> None:
    doc = nlp(TEXT)
    assert reading_of(Doc(nlp.vocab).from_bytes(doc.to_bytes())) == reading_of(doc)
    (back,) = DocBin(store_user_data=True, docs=[doc]).get_docs(nlp.vocab)
    assert reading_of(back) == reading_of(doc)


def test_without_a_parse_the_message_names_the_component() -> None:
    bare = spacy.blank("en")
    bare.add_pipe("crossread_events")
    with pytest.raises(StepOrderError, match="crossread_reader"):
        bare(TEXT)


def test_nothing_ran_nothing_found() -> None:
    assert reading_of(spacy.blank("en")(TEXT)) is None


@pytest.mark.parametrize("text", ["", " \n "])
def test_empty_texts_are_no_fault(nlp: spacy.Language, text: str) -> None:
    doc = Doc(nlp.vocab, words=[text] if text else [], sent_starts=[True] if text else None, deps=["dep"] if text else None)
    nlp.get_pipe("crossread_events")(doc) if text else None
    assert reading_of(nlp(text)) is None or not reading_of(nlp(text)).events
