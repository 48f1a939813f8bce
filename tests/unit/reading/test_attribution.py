"""The attribution step on hand-made documents: with and without role probabilities."""

from types import SimpleNamespace

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc

from crossread.reading import attribution
from crossread.reading.attribution import kind_of
from crossread.reading.columns import Columns
from crossread.reading.entities import read_entities
from crossread.reading.quotes import find_quotations
from crossread.reading.tagging import LABELS, best_labels, decode_pieces, role_probabilities
from crossread.records import Attribution, Document, Reading, Span
from crossread.vocabulary import AttributionKind, Stance
from tests.docs import Row, make_doc

ROWS: list[Row] = [
    ("Petra", "Petra", "NNP", 3, "nsubj"),
    ("Olsan", "Olsan", "NNP", 1, "flat"),
    ("said", "say", "VBD", 0, "root"),
    ("troops", "troop", "NNS", 5, "nsubj"),
    ("left", "leave", "VBD", 3, "ccomp"),
    (".", ".", ".", 3, "punct"),
]
HE: list[Row] = [("He", "he", "PRP", 2, "nsubj"), *ROWS[2:3], *[(w, m, t, h - 1, d) for w, m, t, h, d in ROWS[3:]]]


def read(doc: Doc) -> Reading:
    document = Document(id="d", text=doc.text)
    reading = read_entities(document, doc, Reading(document=document, sentences=(Span(0, len(doc.text)),)))
    return attribution.read_attributions(document, doc, reading)


def with_roles(doc: Doc, labels: list[str]) -> Doc:
    """Role probabilities of .94 for the given labels."""
    roles = np.full((len(doc), 7), 0.01, dtype=np.float32)
    for i, label in enumerate(labels):
        roles[i, LABELS.index(label)] = 0.94
    doc.user_data["crossread"] = SimpleNamespace(roles=roles, role_labels=LABELS)
    return doc


def only(reading: Reading) -> Attribution:
    assert len(reading.attributions) == 1
    return reading.attributions[0]


@pytest.mark.parametrize("tagged", [False, True])
def test_one_statement_has_its_spans_speaker_kind_and_stance(tagged: bool) -> None:
    doc = make_doc(ROWS, ents=[(0, 2, "PERSON")])
    if tagged:
        with_roles(doc, ["B-SOURCE", "I-SOURCE", "B-CUE", "B-CONTENT", "I-CONTENT", "O"])
    reading = read(doc)
    found = only(reading)
    text = doc.text
    assert [s.of(text) for s in found.source] == ["Petra Olsan"]
    assert [s.of(text) for s in found.cue] == ["said"]
    assert [s.of(text) for s in found.content] == ["troops left"]
    assert [e.name for e in reading.entities if e.id in found.speaker] == ["Petra Olsan"]
    assert (found.kind, found.stance, found.denied) == (AttributionKind.INDIRECT, Stance.ASSERT, False)


def test_a_pronoun_without_antecedent_has_no_speaker_and_a_reason() -> None:
    found = only(read(make_doc(HE)))
    assert found.speaker == ()
    assert found.reason is not None
    assert "'he'" in found.reason


def test_ids_are_unique_across_layers() -> None:
    reading = read(make_doc(ROWS, ents=[(0, 2, "PERSON")]))
    ids = [r.id for layer in (reading.mentions, reading.entities, reading.attributions) for r in layer]
    assert len(ids) == len(set(ids))


def test_an_empty_document_says_nothing() -> None:
    assert read(make_doc([("So", "so", "RB", 0, "root")])).attributions == ()


@pytest.mark.parametrize(
    ("text", "content", "wanted"),
    [
        ("“We go,” he said.", ["“We go,”"], AttributionKind.DIRECT),
        ("He said that “we go.”", ["that “we go.”"], AttributionKind.DIRECT),
        ("He said it was “a gift” to all.", ["it was “a gift” to all"], AttributionKind.MIXED),
        ("He said it rained.", ["it rained"], AttributionKind.INDIRECT),
        ("Town 'lost', mayor says", ["Town 'lost'"], AttributionKind.MIXED),
        ("“We go,” he said. “Now.”", ["“We go,”", "“Now.”"], AttributionKind.DIRECT),
    ],
)
def test_kind_is_how_much_stands_in_quotation_marks(text: str, content: list[str], wanted: AttributionKind) -> None:
    spans = tuple(Span(text.index(c), text.index(c) + len(c)) for c in content)
    assert kind_of(spans, text, find_quotations(text)) is wanted


def test_labels_are_decoded_line_by_line_and_stray_words_smoothed_out() -> None:
    doc = with_roles(make_doc(ROWS), ["B-SOURCE", "I-SOURCE", "B-CUE", "B-CONTENT", "I-CONTENT", "I-CONTENT"])
    probabilities = np.array(doc.user_data["crossread"].roles)
    probabilities[4] = [0.5, 0.0, 0.0, 0.0, 0.0, 0.05, 0.45]
    assert decode_pieces(probabilities, Columns(doc)).contents == ((3, 6),)
    labels = best_labels(np.log(probabilities + 1e-6), np.array([0, 0, 0, 0, 1, 1]))
    assert labels[4] != LABELS.index("I-CONTENT")


def test_roles_in_another_order_are_put_right_and_others_refused() -> None:
    given = np.arange(7, dtype=np.float32)[None]
    assert role_probabilities(given, LABELS[::-1]).tolist() == [[6, 5, 4, 3, 2, 1, 0]]
    with pytest.raises(ValueError, match="role labels must be"):
        role_probabilities(given, ("O",) * 7)


def test_a_mark_that_never_closes_is_a_problem_of_the_reading() -> None:
    text = "“The pumps are broken, the engineer said.\n\nThe road is closed."
    (problem,) = read(spacy.blank("en")(text)).problems
    assert (problem.code, problem.severity) == ("quote.unclosed", "warning")
    assert problem.span is not None
    assert problem.span.of(text) == "“The pumps are broken,"
