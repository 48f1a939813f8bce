"""Cards say what is true: of the corpora beside the project, of the shipped weights, and of the code that trains."""

import csv
import gzip
import io
import re
from pathlib import Path

import pytest
from training.card import CARD, card
from training.figures import QUALITY, read_figures, table

from crossread.models.load import read_meta

ROOT = Path(__file__).resolve().parents[2]
CARDS = ROOT / "docs" / "cards" / "data"
DATA = ROOT.parent / "shared" / "data"
NAMES = sorted(p.stem for p in CARDS.glob("*.md") if p.stem != "README")
shared = pytest.mark.skipif(not DATA.is_dir(), reason="the corpora are not beside the project")


def rows_of(name: str) -> dict[str, int]:
    """File name -> number of records, as a card has them."""
    found = re.findall(r"^\| (\S+\.(?:gz|jsonl|tsv)) \| ([\d,]+) \|", (CARDS / f"{name}.md").read_text(encoding="utf-8"), re.M)
    return {file: int(n.replace(",", "")) for file, n in found}


def count(path: Path) -> int:
    """Records of a corpus file: lines, rows below a header, or sentences."""
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    text = raw.decode("utf-8")
    if ".tsv" in path.name or ".csv" in path.name:
        return sum(1 for _ in csv.reader(io.StringIO(text), delimiter="\t" if ".tsv" in path.name else ",")) - 1
    if ".conllu" in path.name:
        return len(re.findall(r"^# sent_id", text, re.M))
    return sum(1 for line in text.split("\n") if line.strip())


@shared
@pytest.mark.shared
def test_every_corpus_has_a_card_and_every_card_a_corpus() -> None:
    assert sorted(p.name for p in DATA.iterdir() if p.is_dir()) == NAMES


@shared
@pytest.mark.shared
@pytest.mark.parametrize("name", NAMES)
def test_counts_of_a_card_are_those_of_the_files(name: str) -> None:
    assert {p.name: count(p) for p in (DATA / name).iterdir() if p.name != "README.md"} == rows_of(name)


def test_only_corpora_whose_card_says_so_are_read_by_training() -> None:
    read = {n for p in (ROOT / "training").rglob("*.py") for n in re.findall(r'DATA / "(\w+)"', p.read_text(encoding="utf-8"))}
    allowed = {
        n for n in NAMES if re.search(r"^\| trains shipped weights \| (yes|no; .*counted)", (CARDS / f"{n}.md").read_text(), re.M)
    }
    assert read
    assert read <= allowed


def test_card_index_lists_every_card() -> None:
    index = (CARDS / "README.md").read_text(encoding="utf-8")
    assert sorted(re.findall(r"\]\((\w+)\.md\)", index)) == NAMES


def test_model_card_is_the_one_that_the_weights_description_gives() -> None:
    assert CARD.read_text(encoding="utf-8") == card(read_meta())


def test_model_card_and_quality_hold_the_measured_figures() -> None:
    rows = "\n".join(table(read_figures()))
    assert rows in QUALITY.read_text(encoding="utf-8")
    assert rows in CARD.read_text(encoding="utf-8")
