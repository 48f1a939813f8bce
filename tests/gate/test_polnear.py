"""A development corpus read from beginning to end: no layer gives up, every span lies in its text, every link resolves."""

import gzip
import json
from pathlib import Path

import pytest

from crossread.reading import read_documents
from crossread.records import Document, Reading

DEV = Path(__file__).parents[2].parent / "shared" / "data" / "polnear" / "dev.jsonl.gz"
needs_shared = pytest.mark.skipif(not DEV.exists(), reason="the shared corpora are not beside the project")


def documents() -> list[Document]:
    with gzip.open(DEV, "rt", encoding="utf-8") as handle:
        return [Document(id=str(d["id"]), text=d["text"]) for d in map(json.loads, handle)]


def faults(reading: Reading) -> list[str]:
    """Problems of severity error, and events whose links lead nowhere."""
    found = [f"{reading.document.id}: {p.code} {p.message}" for p in reading.problems if p.severity == "error"]
    entities, voices = {e.id for e in reading.entities}, {a.id for a in reading.attributions}
    for event in reading.events:
        sides = [p.entity for p in (*event.actors, *event.recipients) if p.entity is not None]
        if not entities.issuperset(sides) or (event.voice is not None and event.voice not in voices):
            found.append(f"{reading.document.id}: {event.id} names what is not there")
        if any(s.end > len(reading.document.text) for s in event.anchor):
            found.append(f"{reading.document.id}: {event.id} stands outside the text")
    return found


@needs_shared
@pytest.mark.shared
@pytest.mark.slow
def test_polnear_dev_is_read_without_errors() -> None:
    texts = documents()
    readings = list(read_documents(texts))
    assert len(readings) == len(texts) == 84
    assert [f for r in readings for f in faults(r)] == []
