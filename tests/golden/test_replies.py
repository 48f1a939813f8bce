"""Denials in short invented reports: what they answer, and what they do not."""

import json
from pathlib import Path
from typing import Any

import pytest

from crossread.linking import build_story
from crossread.reading import read_documents
from crossread.records import Document, Side, Story, When
from crossread.vocabulary import DisputeKind, Precision

CASES: list[dict[str, Any]] = json.loads(Path(__file__).with_name("replies.json").read_text("utf-8"))
_SPOKEN = {DisputeKind.ACCUSATION_VS_DENIAL, DisputeKind.CLAIM_VS_COUNTERCLAIM}
_REFUSALS = ("The offer", "Called for and refused")
"""How disputes begin in which something is refused, not denied."""


@pytest.fixture(scope="module")
def stories() -> dict[str, Story]:
    """One story for each case."""
    when = When(start="2031-05-14", end="2031-05-14", precision=Precision.DAY)
    documents = [Document(id=c["id"], text=c["text"], publisher="The Harbour Post", published=when) for c in CASES]
    return {r.document.id: build_story([r]) for r in read_documents(documents)}


def _words(case: dict[str, Any], side: Side) -> str:
    return " ".join(e.span.of(case["text"]) for e in side.evidence)


@pytest.mark.parametrize("case", CASES, ids=[c["id"] for c in CASES])
def test_a_denial_stands_against_what_it_answers(case: dict[str, Any], stories: dict[str, Story]) -> None:
    spoken = [d for d in stories[case["id"]].disputes if d.kind in _SPOKEN and not d.topic.startswith(_REFUSALS)]
    answered = [d for d in spoken if any(case["answer"] in _words(case, s) for s in d.sides)]
    if case["claim"] is None:
        assert answered == []
        return
    assert [d for d in answered if any(case["claim"] in _words(case, s) for s in d.sides)]
