"""Pairs of invented reports that tell one thing, and the kind of difference that is shown between them, or is not."""

import json
from pathlib import Path
from typing import Any

import pytest

from crossread.linking import build_story
from crossread.reading import read_documents
from crossread.records import Document, Story, When
from crossread.vocabulary import Precision

PAIRS: list[dict[str, Any]] = json.loads(Path(__file__).with_name("differences.json").read_text("utf-8"))


def _document(pair: dict[str, Any], side: str) -> Document:
    day = pair.get(f"day_{side}", "2031-05-14")
    outlet = {"a": "The Harbour Post", "b": "Kessel Tribune"}[side]
    when = When(start=day, end=day, precision=Precision.DAY)
    return Document(id=pair["id"] + side, text=pair[side], publisher=outlet, published=when)


@pytest.fixture(scope="module")
def stories() -> dict[str, Story]:
    """One story for each pair."""
    readings = {r.document.id: r for r in read_documents([_document(pair, side) for pair in PAIRS for side in "ab"])}
    return {p["id"]: build_story([readings[p["id"] + "a"], readings[p["id"] + "b"]]) for p in PAIRS}


def marked(pair: dict[str, Any]) -> Any:
    """A pair, as a known fault where it says so."""
    faults = [pytest.mark.xfail(strict=True, reason="a known fault")] if pair.get("expect") == "fail" else []
    return pytest.param(pair, id=pair["id"], marks=faults)


@pytest.mark.parametrize("pair", [marked(pair) for pair in PAIRS])
def test_a_difference_is_shown_where_there_is_one(pair: dict[str, Any], stories: dict[str, Story]) -> None:
    shown = [d.topic for d in stories[pair["id"]].disputes if d.kind.value == pair["kind"]]
    assert bool(shown) == pair["shown"], (pair["why"], shown)
