"""Golden sentences of our own for attribution: each construction, each stance, and sentences that only look like an attribution."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from crossread.reading import attribution, entities, read_document
from crossread.records import Attribution, Document, Reading, Spans
from crossread.steps import compose

CASES: list[dict[str, Any]] = json.loads(Path(__file__).with_name("attributions.json").read_text("utf-8"))["cases"]
REGISTERED = (entities.read_entities, attribution.read_attributions)
_WORD = re.compile(r"\w+")


@cache
def readings() -> dict[str, Reading]:
    from crossread.reading.language import load_reader

    texts = [case["text"] for case in CASES]
    steps = compose(("sentences.v1", "entities.v1", "attribution.v1"))
    docs = load_reader().docs(texts)
    return {t: read_document(Document(id=f"g{n}", text=t), doc, steps) for n, (t, doc) in enumerate(zip(texts, docs, strict=True))}


def words_at(text: str, wanted: list[str]) -> set[int]:
    """Offsets of the words of substrings of a text, looked for in order."""
    found, at = set(), 0
    for part in wanted:
        start = text.find(part, at)
        start = text.index(part) if start < 0 else start
        found |= {start + m.start() for m in _WORD.finditer(part)}
        at = start + len(part)
    return found


def words_in(text: str, spans: Spans) -> set[int]:
    return {s.start + m.start() for s in spans for m in _WORD.finditer(s.of(text))}


def fits(case: dict[str, Any], wanted: dict[str, Any], found: Attribution) -> bool:
    """Whether an attribution is the wanted one: the same words as content and source, by and large."""
    text = case["text"]
    content, expected = words_in(text, found.content), words_at(text, wanted["content"])
    if 2 * len(content & expected) <= 0.5 * (len(content) + len(expected)):
        return False
    source = words_in(text, found.source)
    gold = source_words(text, wanted)
    return bool(source & gold) if gold else not source


def source_words(text: str, wanted: dict[str, Any]) -> set[int]:
    """Offsets of the source's words: the occurrence nearest to the cue."""
    if not wanted["source"]:
        return set()
    cue = text.find(wanted["cue"]) if wanted["cue"] else 0
    places = [m.start() for m in re.finditer(re.escape(wanted["source"]), text)]
    near = min(places, key=lambda p: abs(p - cue))
    return {near + m.start() for m in _WORD.finditer(wanted["source"])}


def differences(wanted: dict[str, Any], found: Attribution, reading: Reading) -> list[str]:
    names = {e.id: e.name for e in reading.entities}
    seen: dict[str, Any] = {
        "kind": found.kind.value,
        "stance": found.stance.value,
        "denied": found.denied,
        "speaker": [names[e] for e in found.speaker],
        "inside": found.inside is not None,
        "parts": [p.stance.value for p in found.parts],
    }
    plain = ("kind", "stance", "denied", "inside", "parts")
    wrong = [f"{k}: {seen[k]}, not {wanted[k]}" for k in plain if k in wanted and seen[k] != wanted[k]]
    if "when" in wanted and (found.when is None or wanted["when"] not in (found.when.text or "")):
        wrong.append(f"when: {found.when}, not {wanted['when']}")
    for field, ids in (("addressee", found.addressee), ("about", found.about)):
        told = [names[e] for e in ids]
        if field in wanted and not same_names(told, wanted[field]):
            wrong.append(f"{field}: {told}, not {wanted[field]}")
    if "speaker" in wanted and not same_names(seen["speaker"], wanted["speaker"]):
        wrong.append(f"speaker: {seen['speaker']}, not {wanted['speaker']}")
    return wrong


def same_names(found: list[str], wanted: list[str]) -> bool:
    """Whether each name means one of the wanted people, by its last word."""
    return len(found) == len(wanted) and all(
        f.split()[-1] == w.split()[-1] for f, w in zip(sorted(found), sorted(wanted), strict=True)
    )


def faults(case: dict[str, Any]) -> list[str]:
    """What is wrong with the reading of a case; empty when all is right."""
    reading = readings()[case["text"]]
    if case["none"]:
        return [f"read as {a.stance.value} of {words(reading, a)}" for a in reading.attributions]
    wrong = []
    for wanted in case["attributions"]:
        fitting = [differences(wanted, a, reading) for a in reading.attributions if fits(case, wanted, a)]
        wrong += min(fitting, key=len) if fitting else [f"no attribution of {wanted['content'][0]!r} to {wanted['source']!r}"]
    return wrong


def words(reading: Reading, found: Attribution) -> str:
    return " | ".join(s.of(reading.document.text) for s in (*found.source, *found.cue, *found.content))


@pytest.mark.parametrize("case", CASES, ids=[c["label"] for c in CASES])
def test_golden_attribution(case: dict[str, Any]) -> None:
    wrong = faults(case)
    if case["expect"] == "fail":
        assert wrong, "a known fault is mended: set expect to pass"
    else:
        assert not wrong, "; ".join(wrong)


def test_golden_cases_are_many_and_mostly_right() -> None:
    assert len(CASES) >= 150
    assert sum(c["expect"] == "fail" for c in CASES) <= len(CASES) // 4
