"""Reports of our own, published on Wednesday 4 June 2031, of whose tellings one takes the time of another."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from crossread.calls import read_all
from crossread.records import Document, Reading, When
from crossread.vocabulary import Precision

CASES: list[dict[str, Any]] = json.loads(Path(__file__).with_name("shared_times.json").read_text("utf-8"))
PUBLISHED = When(start="2031-06-04", end="2031-06-04", precision=Precision.DAY)


@cache
def readings() -> dict[str, Reading]:
    documents = (Document(id=case["label"], text=case["text"], published=PUBLISHED) for case in CASES)
    return {reading.document.id: reading for reading in read_all(documents)}


def days(reading: Reading, anchor: str) -> list[str | None] | None:
    """Days of the event told by these words; "word/2" is the second one of that word."""
    words, _, nth = anchor.partition("/")
    text = reading.document.text
    found = [e for e in reading.events if " ".join(text[a.start : a.end] for a in e.anchor) == words]
    when = found[int(nth or 1) - 1].when
    return [None, None] if when is None else [when.start, when.end]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_times_of_one_report(case: dict[str, Any]) -> None:
    reading = readings()[case["label"]]
    assert {words: days(reading, words) for words in case["events"]} == case["events"]
