"""Readers of the training corpora: every corpus becomes documents of words with labels."""

import csv
import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"

SPACED, GLUED, LINE, PARAGRAPH = 0, 1, 2, 3
_BEFORE = re.compile(r" ([,.;:?!%)]|'s\b|n't\b|'(?= ))")


@dataclass(slots=True)
class Annotated:
    """Words of one document and their labels; a layer that the corpus lacks is absent from ``layers``."""

    id: str
    words: list[str]
    positions: list[int]
    sentence_starts: list[int]
    layers: dict[str, list[Any]] = field(default_factory=dict)


def read_jsonl(path: Path) -> Iterator[dict[str, Any]]:
    """Objects of a JSON Lines file, gzipped or not."""
    open_it: Any = gzip.open if path.suffix == ".gz" else open
    with open_it(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def read_conllu(path: Path) -> Iterator[tuple[str, list[list[str]], bool]]:
    """(document id, rows of one sentence, whether a paragraph starts here) of a CoNLL-U file; ranges and empty nodes left out.

    Rows get ``GLUED`` as an eleventh column where no space precedes the word.
    """
    name, rows, new_paragraph, glued, within = "", [], False, False, 0
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for raw in lines:
            line = raw.rstrip("\n")
            if not line:
                if rows:
                    yield name, rows, new_paragraph
                rows, new_paragraph, within = [], False, 0
            elif line.startswith("# newdoc"):
                name, new_paragraph, glued = line.split("=")[-1].strip(), True, False
            elif line.startswith("# newpar"):
                new_paragraph = True
            elif line[0].isdigit():
                cells = line.split("\t")
                number = cells[0]
                if "-" in number:
                    first, last = map(int, number.split("-"))
                    within = last
                    after = "SpaceAfter=No" in cells[9]
                    span = (first, last, after)
                elif "." not in number:
                    cells.append("GLUED" if glued else "")
                    i = int(number)
                    if i < within:
                        glued = True
                    elif i == within:
                        glued = span[2]
                    else:
                        glued = "SpaceAfter=No" in cells[9]
                    rows.append(cells)
        if rows:
            yield name, rows, new_paragraph


def ud_documents(path: Path) -> list[Annotated]:
    """Documents of a treebank: tags, lemmas, heads (index in the document, -1 for a root), labels, entities of GUM."""
    documents: list[Annotated] = []
    for name, rows, new_paragraph in read_conllu(path):
        if not documents or documents[-1].id != name:
            documents.append(Annotated(name, [], [], [], {k: [] for k in ("xpos", "upos", "lemma", "head", "label", "mention")}))
        document = documents[-1]
        base = len(document.words)
        document.sentence_starts.append(base)
        for i, row in enumerate(rows):
            document.words.append(row[1])
            first = PARAGRAPH if new_paragraph or base == 0 else None
            document.positions.append(first if i == 0 and first is not None else GLUED if row[10] else SPACED)
            head = int(row[6])
            document.layers["head"].append(base + head - 1 if head else -1)
            for layer, column in (("xpos", 4), ("upos", 3), ("lemma", 2), ("label", 7)):
                document.layers[layer].append(row[column])
        document.layers["mention"] += [(base + s, base + e, p) for s, e, p in gum_mentions(rows)]
    return documents


def gum_mentions(rows: list[list[str]]) -> list[tuple[int, int, list[str]]]:
    """(start, end, fields) of GUM's entity column; fields begin with group and entity type."""
    stack: list[tuple[list[str], int]] = []
    found = []
    for i, row in enumerate(rows):
        match = re.search(r"Entity=([^|]*)", row[9])
        if not match:
            continue
        for part in re.findall(r"\(?[^()]+\)?", match.group(1)):
            name = part.strip("()")
            if part.startswith("("):
                stack.append((name.split("-"), i))
                if part.endswith(")"):
                    fields, start = stack.pop()
                    found.append((start, i + 1, fields))
            elif part.endswith(")"):
                for k in range(len(stack) - 1, -1, -1):
                    if stack[k][0][0] == name:
                        fields, start = stack.pop(k)
                        found.append((start, i + 1, fields))
                        break
    return found


def polnear_documents(split: str) -> Iterator[tuple[dict[str, Any], dict[str, Any] | None]]:
    """(article, CoreNLP layer or None) pairs of one split."""
    silver = {r["id"]: r for r in read_jsonl(DATA / "polnear" / f"corenlp_{split}.jsonl.gz")}
    for article in read_jsonl(DATA / "polnear" / f"{split}.jsonl.gz"):
        yield article, silver.get(article["id"])


def re3d_documents() -> list[dict[str, Any]]:
    """Documents of re3d's train portion."""
    return list(read_jsonl(DATA / "re3d" / "train.jsonl.gz"))


def actor_texts() -> Iterator[tuple[str, str]]:
    """(id, text) of the sentences with tagged actors; their words are put together as text has them."""
    for row in read_jsonl(DATA / "plover" / "actor_spans_train.jsonl"):
        yield f"actors-{row['id']}", _BEFORE.sub(r"\1", " ".join(row["tokens"]))


def penta_texts() -> Iterator[tuple[str, str]]:
    """(id, text) of the sentences with a class from 0 to 4."""
    with (DATA / "plover" / "penta_extra_train.tsv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            yield row["uid"], row["sentence"]
