"""Which reader does the work: the shipped one without torch, an installed spaCy pipeline by name, or a clear refusal."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from spacy.training import Example

REPORT = "VELN, Orsania - Arvo Lind said on Tuesday that rebels killed 12 people in Veln. “We are ready,” he told reporters.\n"
WITHOUT = ("torch", "tensorflow", "transformers", "sklearn", "onnx", "jax")
READ = f"""
import sys
class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {WITHOUT!r}:
            raise ModuleNotFoundError(f"{{name}} is not on this machine", name=name)
sys.meta_path.insert(0, Absent())
import crossread
reading = crossread.read({REPORT!r})
assert [p for p in reading.problems if p.severity == "error"] == [], reading.problems
assert reading.attributions and reading.events and reading.figures and reading.entities
loaded = sorted(set(sys.modules) & set({WITHOUT!r}))
assert not loaded, loaded
"""


def run(*words: str | Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "crossread", *map(str, words)],
        input=stdin,
        capture_output=True,
        timeout=240,
        check=False,
        encoding="utf-8",
    )


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("reports") / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small spaCy pipeline with tagger, parser and names, as another program would have trained and saved it."""
    nlp = spacy.blank("en")
    for pipe in ("tagger", "morphologizer", "ner"):
        nlp.add_pipe(pipe)
    nlp.add_pipe("parser", config={"min_action_freq": 1})
    words = ["Arvo", "Lind", "said", "rebels", "killed", "12", "people", "."]
    reference = {
        "words": words,
        "tags": ["NNP", "NNP", "VBD", "NNS", "VBD", "CD", "NNS", "."],
        "pos": ["PROPN", "PROPN", "VERB", "NOUN", "VERB", "NUM", "NOUN", "PUNCT"],
        "heads": [1, 2, 2, 4, 2, 6, 4, 2],
        "deps": ["compound", "nsubj", "ROOT", "nsubj", "ccomp", "nummod", "obj", "punct"],
        "entities": ["B-PERSON", "L-PERSON", "O", "O", "O", "O", "O", "O"],
    }
    examples = [Example.from_dict(spacy.tokens.Doc(nlp.vocab, words=words), reference)]
    optimizer = nlp.initialize(lambda: examples, sgd=None)
    for _ in range(20):
        nlp.update(examples, sgd=optimizer)
    folder = tmp_path_factory.mktemp("pipelines") / "small"
    nlp.to_disk(folder)
    return folder


def test_a_process_without_torch_reads() -> None:
    done = subprocess.run([sys.executable, "-c", READ], capture_output=True, timeout=240, check=False, encoding="utf-8")
    assert done.returncode == 0, done.stderr


def test_unknown_pipeline_names_what_is_installed(report: Path) -> None:
    done = run("read", "--model", "xx_no_such_pipeline", report)
    assert done.returncode == 3
    assert done.stdout == ""
    assert "no spaCy pipeline called 'xx_no_such_pipeline' is installed; installed pipelines: " in done.stderr
    assert "Traceback" not in done.stderr


def test_installed_pipeline_reads_in_place_of_the_shipped_model(report: Path, pipeline: Path) -> None:
    done = run("read", "--model", pipeline, "--quiet", report)
    assert done.returncode == 0, done.stderr
    (reading,) = [json.loads(line) for line in done.stdout.splitlines()]
    text = reading["document"]["text"]
    assert [p for p in reading["problems"] if p["code"] == "step.failed"] == []
    assert reading["sentences"]
    assert all(0 <= s < e <= len(text) for s, e in reading["sentences"])
    assert [f["best"] for f in reading["figures"]] == [12]


def test_a_folder_that_holds_no_pipeline_is_refused(report: Path, tmp_path: Path) -> None:
    done = run("read", "--model", tmp_path, report)
    assert done.returncode == 3
    assert str(tmp_path) in done.stderr
    assert "Traceback" not in done.stderr
