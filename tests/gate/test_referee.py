"""What must always hold, checked by the referee beside the project: 0 violations on the seeds, the example and every shared cluster."""

import gzip
import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from crossread.calls import read_all
from crossread.ingest import ingest_paths, ingest_text
from crossread.jsonlines import encode
from crossread.linking import link_one, link_stories
from crossread.records import Document, Reading
from tests.e2e.test_commands import EXAMPLE

SHARED = Path(__file__).parents[2].parent / "shared"
CHECK = SHARED / "eval" / "check_story.py"
needs_shared = pytest.mark.skipif(not CHECK.exists(), reason="the shared corpora and referee are not beside the project")


def violations(readings: Iterable[Reading], tmp_path: Path, *, whole: bool) -> str:
    """What check_story.py finds wrong; empty when nothing is."""
    readings = list(readings)
    stories = [link_one(readings)] if whole else link_stories(readings)
    (tmp_path / "readings.jsonl").write_bytes(b"\n".join(map(encode, readings)) + b"\n")
    (tmp_path / "stories.jsonl").write_bytes(b"\n".join(map(encode, stories)) + b"\n")
    words = [sys.executable, CHECK, tmp_path / "readings.jsonl", tmp_path / "stories.jsonl"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr


@needs_shared
@pytest.mark.shared
@pytest.mark.parametrize("whole", [True, False])
def test_example_keeps_the_contract(tmp_path: Path, whole: bool) -> None:
    assert violations(read_all(ingest_paths([EXAMPLE])), tmp_path, whole=whole) == ""


@needs_shared
@pytest.mark.shared
@pytest.mark.parametrize("whole", [True, False])
def test_seeds_keep_the_contract(tmp_path: Path, whole: bool) -> None:
    paths = sorted((SHARED / "seeds").glob("*.txt"))
    assert violations(read_all(ingest_paths(paths)), tmp_path, whole=whole) == ""


def _shared_documents(wanted: set[str]) -> dict[str, Document]:
    found: dict[str, Document] = {}
    data = SHARED / "data"
    for name in ("stories/docs", "newswcl50/docs", "np4e/train", "np4e/dev"):
        with gzip.open(data / f"{name}.jsonl.gz", "rt", encoding="utf-8") as handle:
            for d in map(json.loads, handle):
                if d["id"] in wanted:
                    found[d["id"]] = ingest_text(
                        d["text"], id=d["id"], title=d.get("title"), publisher=d.get("source"), published=d.get("date")
                    )
    with gzip.open(data / "wikinews_mds" / "clusters.jsonl.gz", "rt", encoding="utf-8") as handle:
        for d in (d for line in handle for d in json.loads(line)["documents"]):
            if d["id"] in wanted:
                found[d["id"]] = ingest_text(d["text"], id=d["id"], title=d["title"], publisher="Wikinews", published=d["date"])
    return found


@needs_shared
@pytest.mark.shared
@pytest.mark.slow
def test_every_shared_cluster_keeps_the_contract(tmp_path: Path) -> None:
    clusters = [
        json.loads(line) for line in (SHARED / "data" / "multisource" / "clusters.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    documents = _shared_documents({d for c in clusters for d in c["docs"]})
    wrong = {}
    for cluster in clusters:
        reports = [documents[d] for d in cluster["docs"] if d in documents]
        assert len(reports) == len(cluster["docs"])
        found = violations(read_all(reports), tmp_path, whole=True)
        if found:
            wrong[cluster["cluster"]] = found
    assert wrong == {}
