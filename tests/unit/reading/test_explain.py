"""Explanations of hand-made parses."""

import msgspec

from crossread.reading.explain import explain_doc, explain_sentence
from tests.docs import Row, make_doc

ROWS: list[Row] = [
    ("The", "the", "DT", 3, "det"), ("attack", "attack", "NN", 3, "compound"), ("helicopter", "helicopter", "NN", 4, "nsubj"),
    ("bombed", "bomb", "VBD", 0, "root"), ("Lutz", "Lutz", "NNP", 4, "obj"), (".", ".", ".", 4, "punct"),
]  # fmt: skip


def test_explanation_shows_kept_and_dropped_candidates() -> None:
    found = explain_doc(make_doc(ROWS))
    by_anchor = {c.anchor: c for c in found.candidates}
    assert by_anchor["attack"].kept is False
    assert by_anchor["attack"].reason == "stands before another word as its compound"
    bombed = by_anchor["bombed"]
    assert (bombed.kept, bombed.type, bombed.status) == (True, "ASSAULT", "happened")
    assert [p.text for p in bombed.recipients] == ["Lutz"]
    assert "told as a fact" in bombed.rules
    assert bombed.types[0][0] == "ASSAULT"


def test_chosen_sense_is_marked_with_its_conditions() -> None:
    rows: list[Row] = [
        ("Voss", "Voss", "NNP", 2, "nsubj"), ("cancelled", "cancel", "VBD", 0, "root"), ("his", "his", "PRP$", 4, "nmod:poss"),
        ("visit", "visit", "NN", 2, "obj"),
    ]  # fmt: skip
    cancelled = next(c for c in explain_doc(make_doc(rows)).candidates if c.anchor.startswith("cancelled"))
    chosen = [s for s in cancelled.senses if s.chosen]
    assert [s.label for s in chosen] == ["cancel"]
    assert all(met for _, met in chosen[0].conditions)


def test_explanation_is_plain_data() -> None:
    assert msgspec.json.decode(msgspec.json.encode(explain_doc(make_doc(ROWS))))["text"].startswith("The attack")


def test_explanation_tells_background_voice_and_implied_sides() -> None:
    found = explain_sentence("Veltland bombed two camps in 2009. The army said the bombing had lasted an hour.")
    bombing = next(c for c in found.candidates if c.anchor == "bombing")
    assert (bombing.voice, bombing.historical) == ("The army", True)
    assert [p.text for p in bombing.implied] == ["Veltland", "two camps"]
