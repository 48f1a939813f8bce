"""Golden sentences for who does what to whom: passives, control, clauses, compounds, light verbs, implied sides, status, background.

They were written before the rules that they test were looked at again; `expect: fail` marks what is still wrong.  Phrases are compared
without a leading article; ``implied`` names actors that another sentence gives.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from crossread.reading import read_documents
from crossread.records import Document, Event, Party, Reading
from crossread.vocabulary import Auxiliary

CASES: list[dict[str, Any]] = json.loads(Path(__file__).with_name("event_frames.json").read_text("utf-8"))


@cache
def read_all() -> dict[str, Reading]:
    texts = sorted({c["text"] for c in CASES})
    return dict(zip(texts, read_documents(Document(id=str(n), text=t) for n, t in enumerate(texts)), strict=True))


def plain(phrase: str) -> str:
    words = phrase.lower().split()
    return " ".join(words[1:] if words[0] in ("the", "a", "an") else words)


def phrases(reading: Reading, parties: tuple[Party, ...]) -> list[str]:
    return sorted({plain(reading.document.text[slice(*p.span)]) for p in parties if p.span is not None})


def events_at(reading: Reading, anchor: str) -> list[Event]:
    start = reading.document.text.rindex(anchor)
    end = start + len(anchor)
    return [e for e in reading.events if any(s.start < end and start < s.end for s in e.anchor)]


def faults(case: dict[str, Any]) -> list[str]:
    """What is wrong with the best reading of the anchor; empty when all is right."""
    reading = read_all()[case["text"]]
    found = events_at(reading, case["anchor"])
    return min((_faults_of(case, reading, e) for e in found), key=len, default=["no event at the anchor"])


def _faults_of(case: dict[str, Any], reading: Reading, event: Event) -> list[str]:
    names = {e.id: e.name for e in reading.entities}
    seen: dict[str, object] = {"type": event.type.value, "status": event.status.value}
    seen |= {role: phrases(reading, getattr(event, role)) for role in ("actors", "recipients")}
    seen["implied"] = [names[p.entity] for p in event.actors if p.span is None and p.entity is not None]
    seen["historical"] = Auxiliary.HISTORICAL in event.auxiliary
    wanted = {k: sorted(plain(p) for p in v) if k in ("actors", "recipients") and v != "*" else v for k, v in case.items()}
    return [f"{k}: {v}, not {wanted[k]}" for k, v in seen.items() if wanted.get(k, "*") not in ("*", v)]


@pytest.mark.parametrize("case", CASES, ids=[c["label"] for c in CASES])
def test_golden_frame(case: dict[str, Any]) -> None:
    wrong = faults(case)
    if case["expect"] == "fail":
        assert wrong, "a known failure is right now: set its expectation to pass"
    else:
        assert not wrong, "; ".join(wrong)
