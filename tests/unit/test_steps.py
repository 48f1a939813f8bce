"""The step registry and its order check."""

import pytest

import crossread.steps as steps
from crossread.errors import StepOrderError, UnknownStep
from crossread.reading import DEFAULT_STEPS, read_document, read_sentences
from crossread.records import Document, Reading
from crossread.steps import compose, register_step, step_names
from tests.docs import make_doc


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps, "_STEPS", dict(steps._STEPS))


def test_compose_refuses_step_before_what_it_needs(registry: None) -> None:
    register_step("late.v1", requires=("figures",), provides=("events",))(lambda d, t, r: r)
    with pytest.raises(StepOrderError, match=r"'late\.v1' needs figures"):
        compose(["sentences.v1", "late.v1"])


def test_compose_lists_steps_when_name_is_unknown() -> None:
    with pytest.raises(UnknownStep, match=r"'nope\.v1'.*sentences\.v1"):
        compose(["nope.v1"])


def test_name_is_registered_once(registry: None) -> None:
    with pytest.raises(StepOrderError, match="registered twice"):
        register_step("sentences.v1", provides=("sentences",))(lambda d, t, r: r)


def test_layer_names_are_closed(registry: None) -> None:
    with pytest.raises(StepOrderError, match="unknown layer 'moods'"):
        register_step("moods.v1", provides=("moods",))


def test_default_steps_are_in_order() -> None:
    from crossread.reading import reading_steps

    assert [s.name for s in reading_steps()] == list(DEFAULT_STEPS)


def test_failing_step_costs_its_layer_only(registry: None) -> None:
    def broken(document: Document, tokens: object, so_far: Reading) -> Reading:
        raise ValueError("odd input")

    register_step("broken.v1", provides=("figures",))(broken)
    doc = make_doc([("Rain", "rain", "NN", 2, "nsubj"), ("fell", "fall", "VBD", 0, "root"), (".", ".", ".", 2, "punct")])
    reading = read_document(Document(id="d", text=doc.text), doc, compose(["broken.v1", "sentences.v1"]))
    assert [tuple(s) for s in reading.sentences] == [(0, len(doc.text))]
    (problem,) = reading.problems
    assert (problem.code, problem.severity, problem.step) == ("step.failed", "error", "broken.v1")
    assert "odd input" in problem.message


def test_sentences_leave_out_white_space() -> None:
    doc = make_doc([("Rain", "rain", "NN", 2, "nsubj"), ("fell", "fall", "VBD", 0, "root"), ("\n\n", "\n\n", "_SP", 2, "dep")])
    document = Document(id="d", text=doc.text)
    (span,) = read_sentences(document, doc, Reading(document=document)).sentences
    assert span.of(doc.text) == "Rain fell"


def test_step_names_are_sorted() -> None:
    assert list(step_names()) == sorted(step_names())
