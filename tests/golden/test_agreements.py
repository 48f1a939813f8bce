"""Pairs of invented reports: which bear each other out, and which only use like words."""

import json
from pathlib import Path
from typing import Any

import pytest

from crossread.linking import build_story
from crossread.reading import read_documents
from crossread.records import Document, Story, When
from crossread.vocabulary import Precision

PAIRS: list[dict[str, Any]] = json.loads(Path(__file__).with_name("agreements.json").read_text("utf-8"))
_OUTLETS = {"a": "The Harbour Post", "b": "Kessel Tribune"}


@pytest.fixture(scope="module")
def stories() -> dict[str, Story]:
    """One story for each pair."""
    when = When(start="2031-05-15", end="2031-05-15", precision=Precision.DAY)
    documents = [Document(id=p["id"] + s, text=p[s], publisher=_OUTLETS[s], published=when) for p in PAIRS for s in "ab"]
    readings = {r.document.id: r for r in read_documents(documents)}
    return {p["id"]: build_story([readings[p["id"] + "a"], readings[p["id"] + "b"]]) for p in PAIRS}


@pytest.mark.parametrize("pair", PAIRS, ids=[p["why"] for p in PAIRS])
def test_reports_that_agree_and_reports_that_do_not(pair: dict[str, Any], stories: dict[str, Story]) -> None:
    assert bool(stories[pair["id"]].corroborations) is pair["agree"]
