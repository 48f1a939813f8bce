"""Golden sentences of our own: which words mean the same actor, which do not, and where the text does not decide."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from crossread.reading.entities import read_entities
from crossread.reading.entity_index import EntityIndex
from crossread.records import Document, Reading, Span

CASES: list[dict[str, Any]] = json.loads(Path(__file__).with_name("coreference.json").read_text("utf-8"))


@cache
def read_all() -> dict[str, tuple[Reading, EntityIndex]]:
    from crossread.reading.language import load_reader

    texts = [case["text"] for case in CASES]
    found = {}
    for text, doc in zip(texts, load_reader().docs(texts), strict=True):
        document = Document(id="golden", text=text)
        reading = read_entities(document, doc, Reading(document=document))
        found[text] = (reading, EntityIndex.of(reading, doc))
    return found


def place(text: str, phrase: str) -> Span:
    """Span of a phrase of the text; ``he@2`` is its second occurrence as a whole."""
    words, _, number = phrase.partition("@")
    matches = list(re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text))
    match = matches[int(number or 1) - 1]
    return Span(match.start(), match.end())


def holds(case: dict[str, Any], check: str) -> bool:
    """Whether one check of a case holds: ``A = B``, ``A != B``, ``A : name`` or ``A ~`` (no mention)."""
    text = case["text"]
    reading, index = read_all()[text]
    left, relation, right = re.fullmatch(r"(.+?) (=|!=|:|~) ?(.*)", check).groups()
    found = index.find(place(text, left))
    if relation == "~":
        return place(text, left) not in {m.span for m in reading.mentions}
    if relation == ":":
        return found is not None and index.entity(found).name == right
    other = index.find(place(text, right))
    return (found is not None and found == other) if relation == "=" else (found is None or found != other)


@pytest.mark.parametrize("case", CASES, ids=[c["label"] for c in CASES])
def test_golden_coreference(case):
    wrong = [check for check in case["checks"] if not holds(case, check)]
    if case["expect"] == "fail":
        assert wrong, "this case holds now: set it to pass"
    else:
        assert not wrong


def test_there_are_enough_cases_and_negatives():
    negatives = [c for c in CASES if any(" != " in k or k.endswith("~") for k in c["checks"])]
    assert len(CASES) >= 80
    assert len(negatives) >= 20
