"""Golden sentences of our own for times and places, all published on Wednesday 4 June 2031: what the words resolve to, and when and where
what a word tells of took place."""

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from crossread.reading.event_place import event_place
from crossread.reading.when import event_when, find_whens
from crossread.reading.where import find_places
from crossread.records import Span, When
from crossread.vocabulary import Precision

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

CASES: list[dict[str, Any]] = json.loads(Path(__file__).with_name("times.json").read_text("utf-8"))
PUBLISHED = When(start="2031-06-04", end="2031-06-04", precision=Precision.DAY)


@cache
def docs() -> "dict[str, Doc]":
    from crossread.reading.language import load_reader

    texts = [case["text"] for case in CASES]
    return dict(zip(texts, load_reader().docs(texts), strict=True))


def token_of(doc: "Doc", word: str) -> "Token":
    """The first token of a word; "word/2" is the second one of that word."""
    text, _, nth = word.partition("/")
    return [t for t in doc if t.text == text][int(nth or 1) - 1]


def days(when: When | None) -> list[str | None]:
    return [None, None] if when is None else [when.start, when.end]


def marked(case: dict[str, Any]) -> Any:
    """A case, as a known fault where it says so."""
    faults = [pytest.mark.xfail(strict=True, reason="a known fault")] if case.get("expect") == "fail" else []
    return pytest.param(case, id=case["label"], marks=faults)


@pytest.mark.parametrize("case", [marked(case) for case in CASES])
def test_times_and_places(case: dict[str, Any]) -> None:
    doc = docs()[case["text"]]
    whole = Span(0, len(case["text"]))
    words = {w.text: days(w) for w in find_whens(doc, whole, PUBLISHED)}
    assert {k: words.get(k) for k in case.get("words", {})} == case.get("words", {})
    happened = {k: days(event_when(doc, token_of(doc, k), PUBLISHED)) for k in case.get("happened", {})}
    assert happened == case.get("happened", {})
    places = {p.text: [*p.within] for p in find_places(doc, whole)}
    assert {k: places.get(k) for k in case.get("places", {})} == case.get("places", {})
    at = {k: found.name if (found := event_place(doc, token_of(doc, k))) else None for k in case.get("at", {})}
    assert at == case.get("at", {})
