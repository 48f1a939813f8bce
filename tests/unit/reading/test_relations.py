"""Types of a relation: lexicon votes, the manual's rules, combination with a model."""

import pytest

from crossread.errors import SpanOutOfRange
from crossread.reading.relations import TYPES, code_relations, combine, lexicon_votes
from crossread.records import Span
from crossread.vocabulary import EventType
from tests.docs import Row, make_doc


def visit(*auxiliaries: Row, form: tuple[str, str]) -> list[Row]:
    verb = 2 + len(auxiliaries)
    return [
        ("Voss", "Voss", "NNP", verb, "nsubj"), *[(w, lemma, tag, verb, dep) for w, lemma, tag, _, dep in auxiliaries],
        (form[0], "visit", form[1], 0, "root"), ("Elbonia", "Elbonia", "NNP", verb, "obj"),
    ]  # fmt: skip


def test_past_visit_votes_for_consult() -> None:
    votes = lexicon_votes(make_doc(visit(form=("visited", "VBD"))), Span(0, 4), None)
    assert max(votes, key=votes.__getitem__) is EventType.CONSULT


def test_future_visit_votes_for_agree() -> None:
    votes = lexicon_votes(make_doc(visit(("will", "will", "MD", 0, "aux"), form=("visit", "VB"))), Span(0, 4), None)
    assert max(votes, key=votes.__getitem__) is EventType.AGREE


def test_predicate_that_ties_both_sides_weighs_most() -> None:
    rows: list[Row] = [
        ("Ruritania", "Ruritania", "NNP", 2, "nsubj"), ("accused", "accuse", "VBD", 0, "root"), ("Borduria", "Borduria", "NNP", 2, "obj"),
        ("after", "after", "IN", 6, "mark"), ("rebels", "rebel", "NNS", 6, "nsubj"), ("attacked", "attack", "VBD", 2, "advcl"),
        ("Lutz", "Lutz", "NNP", 6, "obj"),
    ]  # fmt: skip
    doc = make_doc(rows)
    accused = lexicon_votes(doc, Span(0, 9), Span(18, 26))
    attacked = lexicon_votes(doc, Span(33, 39), Span(49, 53))
    assert max(accused, key=accused.__getitem__) is EventType.ACCUSE
    assert max(attacked, key=attacked.__getitem__) is EventType.ASSAULT


def test_no_vote_is_even() -> None:
    shares = combine(None, {})
    assert set(shares) == set(TYPES)
    assert shares[EventType.AID] == pytest.approx(1 / len(TYPES))


def test_combination_sums_to_one_and_listens_to_both() -> None:
    model = dict.fromkeys(TYPES, 0.02) | {EventType.AID: 0.4, EventType.SUPPORT: 0.3}
    alone = combine(model, {})
    both = combine(model, {EventType.SUPPORT: 1.0})
    assert sum(both.values()) == pytest.approx(1.0)
    assert max(alone, key=alone.__getitem__) is EventType.AID
    assert max(both, key=both.__getitem__) is EventType.SUPPORT


@pytest.mark.parametrize("span", [[-1, 2], [3, 3], [0, 99]])
def test_span_outside_the_text_is_refused(span: list[int]) -> None:
    with pytest.raises(SpanOutOfRange, match="does not lie in the text"):
        code_relations(["Ruritania left."], [span], [None])
