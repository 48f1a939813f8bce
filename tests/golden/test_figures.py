"""Sentences of our own and the figures that they report, none for numbers that count nothing."""

import json
from pathlib import Path
from typing import Any

import pytest

from crossread.reading.counted import Draft
from crossread.reading.figures import sentence_drafts
from crossread.records import Span

CASES: list[dict[str, Any]] = json.loads(Path(__file__).with_name("figures.json").read_text(encoding="utf-8"))


def described(text: str, drafts: list[Draft], expected: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The drafts as the golden file writes them, with the keys that it names."""
    rows = []
    for n, draft in enumerate(drafts):
        number = draft.number
        vague = number.best is None and number.low is not None and number.high is not None and number.bound.value == "vague"
        row: dict[str, Any] = {
            "words": text[draft.start : draft.end],
            "kind": draft.kind.value if draft.kind else "other",
            "value": None if vague else number.value,
            "bound": number.bound.value,
        }
        more = {
            "low": number.low,
            "best": number.best,
            "high": number.high,
            "of": draft.of,
            "label": draft.label,
            "unit": number.unit or draft.unit,
            "part_of": next((i for i, d in enumerate(drafts) if d is draft.part_of), None),
        }
        wanted = expected[n] if n < len(expected) else {}
        rows.append(row | {key: more[key] for key in wanted if key in more})
    return rows


UNTAGGED = [c for c in CASES if not c.get("tagged")]


@pytest.mark.parametrize("case", UNTAGGED, ids=[c["label"] for c in UNTAGGED])
def test_figures_of_a_sentence_without_tags(case: dict[str, Any]) -> None:
    text = case["text"]
    drafts = sentence_drafts(text, Span(0, len(text)))
    assert described(text, drafts, case["figures"]) == case["figures"]


def test_figures_of_the_sentences_with_the_shipped_model() -> None:
    from crossread.reading.language import load_reader

    texts = [c["text"] for c in CASES]
    wrong = []
    for case, doc in zip(CASES, load_reader().docs(texts), strict=True):
        text = case["text"]
        found = described(text, sentence_drafts(text, Span(0, len(text)), doc), case["figures"])
        if found != case["figures"]:
            wrong.append(case["label"])
    assert len(wrong) <= 0.05 * len(CASES), wrong
