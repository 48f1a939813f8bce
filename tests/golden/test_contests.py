"""Voices that stand against each other in short invented reports: by which rule, with what on each side; and what is no contest."""

import json
from pathlib import Path
from typing import Any

import pytest

from crossread.linking import build_story
from crossread.reading import read_documents
from crossread.records import Document, Side, Story, When
from crossread.vocabulary import Precision

CASES: list[dict[str, Any]] = json.loads(Path(__file__).with_name("contests.json").read_text("utf-8"))
WHEN = When(start="2031-05-14", end="2031-05-14", precision=Precision.DAY)
OUTLETS = ("The Harbour Post", "Kessel Tribune")


@pytest.fixture(scope="module")
def stories() -> dict[str, Story]:
    """One story for each case."""
    documents = [
        Document(id=f"{case['id']}-{n}", text=text, publisher=OUTLETS[n], published=WHEN)
        for case in CASES
        for n, text in enumerate(case["reports"])
    ]
    readings = {r.document.id: r for r in read_documents(documents)}
    return {c["id"]: build_story([readings[f"{c['id']}-{n}"] for n in range(len(c["reports"]))]) for c in CASES}


def _told(case: dict[str, Any], side: Side) -> str:
    texts = {f"{case['id']}-{n}": text for n, text in enumerate(case["reports"])}
    return " ".join((side.position, *(e.span.of(texts[e.document]) for e in side.evidence)))


@pytest.mark.parametrize("case", CASES, ids=[c["id"] for c in CASES])
def test_voices_stand_against_each_other(case: dict[str, Any], stories: dict[str, Story]) -> None:
    found = [d for d in stories[case["id"]].disputes if d.topic.startswith(case["rule"])]
    if "sides" not in case:
        assert found == [], case["why"]
        return
    told = [[_told(case, side) for side in dispute.sides] for dispute in found]
    assert any(all(words in text for words, text in zip(case["sides"], texts, strict=True)) for texts in told), (case["why"], told)


def test_the_words_of_saying_stand_with_what_tells_little_without_them(stories: dict[str, Story]) -> None:
    (dispute,) = [d for d in stories["a-law-by-four-voices"].disputes if d.topic.startswith("For and against")]
    assert "condemned the measure" in dispute.sides[1].position
