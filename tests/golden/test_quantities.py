"""Pairs of invented reports: exact differences (numbers, years, days, spellings) that are shown between them, and those that are none."""

import json
from pathlib import Path
from typing import Any

import pytest

from crossread.linking import build_story
from crossread.reading import read_documents
from crossread.records import Document, Story, When
from crossread.vocabulary import DisputeKind, Precision

PAIRS: list[dict[str, Any]] = json.loads(Path(__file__).with_name("quantities.json").read_text("utf-8"))
_EXACT = (DisputeKind.NUMBER, DisputeKind.DATE)


def _document(pair: dict[str, Any], side: str) -> Document:
    when = When(start="2031-05-14", end="2031-05-14", precision=Precision.DAY)
    return Document(id=pair["id"] + side, text=pair[side], publisher=f"Outlet {side}", published=when)


@pytest.fixture(scope="module")
def stories() -> dict[str, Story]:
    """One story for each pair."""
    readings = {r.document.id: r for r in read_documents([_document(pair, side) for pair in PAIRS for side in "ab"])}
    return {p["id"]: build_story([readings[p["id"] + "a"], readings[p["id"] + "b"]]) for p in PAIRS}


@pytest.mark.parametrize("pair", [pytest.param(pair, id=pair["id"]) for pair in PAIRS])
def test_an_exact_difference_is_shown_where_there_is_one(pair: dict[str, Any], stories: dict[str, Story]) -> None:
    shown = [
        f"{d.topic} | {' | '.join(side.position for side in d.sides)}"
        for d in stories[pair["id"]].disputes
        if d.kind in _EXACT or "spelt" in d.topic
    ]
    if pair["shown"]:
        assert any(all(words in text for words in pair["shown"]) for text in shown), (pair["why"], shown)
    else:
        assert not shown, (pair["why"], shown)
