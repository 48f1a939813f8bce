"""Golden sentences of our own for events: every PLOVER type, mode and status, and sentences that only look like one."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from crossread.reading.events import Draft, Voices, draft_events
from crossread.reading.tree import Tree

CASES: list[dict[str, Any]] = json.loads(Path(__file__).with_name("events.json").read_text("utf-8"))


@cache
def read_all() -> dict[str, tuple[Tree, list[Draft]]]:
    from crossread.reading.language import load_reader

    texts = [case["sentence"] for case in CASES]
    found = {}
    for text, doc in zip(texts, load_reader().docs(texts), strict=True):
        tree = Tree(doc)
        found[text] = (tree, draft_events(tree, Voices(())))
    return found


def phrases(text: str, tree: Tree, heads: tuple[int, ...]) -> list[str]:
    from crossread.reading.party_phrases import phrase

    return sorted(text[slice(*tree.span(*phrase(tree, h)))] for h in heads)


def faults(case: dict[str, Any]) -> list[str]:
    """What is wrong with the reading of a case; empty when all is right."""
    tree, drafts = read_all()[case["sentence"]]
    start = case["sentence"].index(case["anchor"])
    end = start + len(case["anchor"])
    at = [d for d in drafts if any(tree.starts[i] < end and start < tree.ends[i] for i in d.predicate.words)]
    if case["type"] == "absent":
        return [f"read as {d.coding.type.value}" for d in at if d.coding.type.value != "NONE"]
    if not at:
        return ["no event at the anchor"]
    return min((_differences(case, tree, d) for d in at), key=len)


def _differences(case: dict[str, Any], tree: Tree, draft: Draft) -> list[str]:
    found = {"type": draft.coding.type.value, "mode": draft.coding.mode, "status": draft.status.status.value}
    wrong = [f"{k}: {v}, not {case[k]}" for k, v in found.items() if case[k] != "*" and case[k] != v]
    for role, heads in (("actor", draft.arguments.actors), ("recipient", draft.arguments.recipients)):
        words = phrases(case["sentence"], tree, heads)
        if case[role] != "*" and sorted(case[role]) != words:
            wrong.append(f"{role}: {words}, not {case[role]}")
    return wrong


@pytest.mark.parametrize("case", CASES, ids=[c["label"] for c in CASES])
def test_golden_event(case: dict[str, Any]) -> None:
    wrong = faults(case)
    if case["expect"] == "fail":
        assert wrong, "a known failure is right now: set its expectation to pass"
    else:
        assert not wrong, "; ".join(wrong)


def test_golden_events_cover_all_types_modes_and_statuses() -> None:
    from crossread.codebook.plover import MODES
    from crossread.vocabulary import EventType, Status

    assert {c["type"] for c in CASES} >= {t.value for t in EventType}
    assert {(c["type"], c["mode"]) for c in CASES} >= {(t.value, m) for t, modes in MODES.items() for m in modes}
    assert {c["status"] for c in CASES} >= {s.value for s in Status}
    assert sum(c["type"] == "absent" for c in CASES) >= 25
