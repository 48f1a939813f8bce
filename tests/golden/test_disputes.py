"""Pairs of statements about invented stories: which contradict, which do not; read by the real reader, linked, and counted."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from crossread.linking import build_story
from crossread.reading import read_documents
from crossread.records import Document, Story, When
from crossread.vocabulary import Compatible, DisputeKind, Precision

PAIRS: list[dict[str, Any]] = json.loads(Path(__file__).with_name("disputes.json").read_text("utf-8"))
LEAST_PRECISION, LEAST_RECALL = 0.85, 0.70
"""Floors below the measured figures (docs/quality.md), so that a change of the model does not fail by a pair or two."""


def _document(pair: dict[str, Any], side: str) -> Document:
    day = pair[side]["published"]
    outlet = {"a": "The Harbour Post", "b": "Kessel Tribune"}[side]
    when = When(start=day, end=day, precision=Precision.DAY)
    return Document(id=pair["id"] + side, text=pair[side]["text"], publisher=outlet, published=when)


@pytest.fixture(scope="module")
def stories() -> dict[str, Story]:
    """One story for each pair."""
    documents = [_document(pair, side) for pair in PAIRS for side in "ab"]
    readings = {r.document.id: r for r in read_documents(documents)}
    return {p["id"]: build_story([readings[p["id"] + "a"], readings[p["id"] + "b"]]) for p in PAIRS}


def _contradicts(story: Story) -> bool:
    return any(d.compatible is not Compatible.YES for d in story.disputes)


def test_the_set_is_what_it_says() -> None:
    relations = Counter(pair["relation"] for pair in PAIRS)
    assert len(PAIRS) >= 120
    assert set(relations) == {"contradict", "compatible", "change", "different"}
    assert len({pair["id"] for pair in PAIRS}) == len(PAIRS)
    assert {p["kind"] for p in PAIRS if p["relation"] == "contradict"} <= {k.value for k in DisputeKind}


def test_precision_and_recall_of_contradictions(stories: dict[str, Story]) -> None:
    found = {p["id"] for p in PAIRS if _contradicts(stories[p["id"]])}
    true = {p["id"] for p in PAIRS if p["relation"] == "contradict"}
    precision, recall = len(found & true) / max(len(found), 1), len(found & true) / len(true)
    assert precision >= LEAST_PRECISION, f"precision {precision:.3f}; wrongly found: {sorted(found - true)}"
    assert recall >= LEAST_RECALL, f"recall {recall:.3f}; missed: {sorted(true - found)}"


def test_most_changes_over_time_are_not_contradictions(stories: dict[str, Story]) -> None:
    changes = [p for p in PAIRS if p["relation"] == "change"]
    wrong = [p["id"] for p in changes if _contradicts(stories[p["id"]])]
    assert len(wrong) <= len(changes) // 4, wrong
