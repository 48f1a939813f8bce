"""Corpora turned into numbered documents, one list per task, and the label lists that go with them."""

import csv
import gzip
import json
import random
from collections import Counter
from itertools import pairwise
from typing import Any

import spacy
from tokenizers import Tokenizer

from crossread.reading.segment import Segmenter
from crossread.reading.tokenize import english_tokenizer
from training.corpora import DATA, GLUED, LINE, PARAGRAPH, SPACED, Annotated, polnear_documents, re3d_documents, ud_documents
from training.lemmas import lemma_rule
from training.names import count_votes, gum_names, longest, silver_names
from training.windows import IGNORE, Encoded, encode

NAME_TYPES = ("PERSON", "ORGANIZATION", "GPE", "LOCATION", "FACILITY", "GROUP", "EVENT", "WORK", "OTHER")
MENTION_TYPES = ("Person", "Organisation", "Location", "Nationality")
ROLE_TYPES = ("SOURCE", "CUE", "CONTENT")
ACTOR_TYPES = ("S", "T", "R")
SHORTEST = 300  # characters of a machine-written story that is more than a torn-off start


def bio_labels(types: tuple[str, ...]) -> list[str]:
    """O, then B- and I- of each type."""
    return ["O", *(f"{p}-{t}" for t in types for p in "BI")]


LABELS: dict[str, list[str]] = {
    "names": bio_labels(NAME_TYPES),
    "mentions": bio_labels(MENTION_TYPES),
    "roles": bio_labels(ROLE_TYPES),
    "actors": bio_labels(ACTOR_TYPES),
}


def bio(n: int, spans: list[tuple[int, int, str]], labels: list[str]) -> list[int]:
    """Label numbers of ``n`` words with the given spans."""
    out = [0] * n
    for s, e, kind in spans:
        out[s] = labels.index(f"B-{kind}")
        for i in range(s + 1, e):
            out[i] = labels.index(f"I-{kind}")
    return out


def tokenized(tokenizer: Any, text: str) -> tuple[list[str], list[int], list[tuple[int, int]]]:
    """(words, positions, offsets) of raw text, white space left out."""
    words, positions, offsets = [], [], []
    previous = 0
    for token in tokenizer(text):
        if token.is_space:
            continue
        gap = text[previous : token.idx]
        breaks = gap.count("\n")
        positions.append(PARAGRAPH if breaks > 1 or not words else LINE if breaks else SPACED if gap else GLUED)
        words.append(token.text)
        offsets.append((token.idx, token.idx + len(token.text)))
        previous = offsets[-1][1]
    return words, positions, offsets


def covered(offsets: list[tuple[int, int]], start: int, end: int) -> tuple[int, int] | None:
    """Words that share a character with the span."""
    inside = [i for i, (s, e) in enumerate(offsets) if s < end and e > start]
    return (inside[0], inside[-1] + 1) if inside else None


def without_stops(d: Annotated, rng: random.Random) -> Annotated:
    """A copy of a third of the document's sentences as headlines and list items: no final stop, each on a line of its own."""
    starts = [*d.sentence_starts, len(d.words)]
    kept: list[int] = []
    new_starts, positions = [], []
    for s, e in pairwise(starts):
        if rng.random() > 0.34:
            continue
        inside = list(range(s, e))
        last = inside[-1]
        is_leaf = last not in d.layers["head"][s:e]
        if d.words[last] in (".", "!", "?") and is_leaf and len(inside) > 2 and rng.random() < 0.8:
            inside.pop()
        new_starts.append(len(kept))
        positions += [PARAGRAPH if rng.random() < 0.5 or not kept else LINE, *(d.positions[i] for i in inside[1:])]
        kept += inside
    number = {old: new for new, old in enumerate(kept)}
    layers = {k: [v[i] for i in kept] for k, v in d.layers.items() if k != "mention"}
    layers["head"] = [-1 if h < 0 else number[h] for h in layers["head"]]
    layers["mention"] = [
        (number[s], number[e - 1] + 1, f)
        for s, e, f in d.layers["mention"]
        if s in number and e - 1 in number and number[e - 1] - number[s] == e - 1 - s
    ]
    return Annotated(d.id + "-lines", [d.words[i] for i in kept], positions, new_starts, layers)


class Corpora:
    """Builds documents with one segmenter and one set of label lists."""

    def __init__(self, tokenizer_path: str) -> None:
        tokenizer = Tokenizer.from_file(tokenizer_path)
        tokenizer.no_padding()
        tokenizer.no_truncation()
        self.segmenter = Segmenter(tokenizer)
        self.cut_words = english_tokenizer(spacy.blank("en"))
        self.labels: dict[str, list[str]] = dict(LABELS)

    def ud(self, names: list[str], *, learn: bool = False) -> list[Encoded]:
        """Treebank documents; ``learn`` makes the label lists from them."""
        documents = [(n, d) for n in names for d in ud_documents(DATA / "ud" / f"{n}.conllu.gz")]
        for _, d in documents:
            d.layers["rule"] = [lemma_rule(w, m) for w, m in zip(d.words, d.layers["lemma"], strict=True)]
        if learn:
            for layer in ("xpos", "upos", "label"):
                self.labels[layer] = sorted({v for _, d in documents for v in d.layers[layer]})
            counts = Counter(v for _, d in documents for v in d.layers["rule"])
            self.labels["lemma"] = [v for v, n in counts.most_common() if n >= 3 and not (v.startswith("=") and n < 5)]
        return [self.treebank(n, d) for n, d in documents]

    def lines(self, names: list[str]) -> list[Encoded]:
        """A third of the treebanks' sentences as headlines and list items (see `without_stops`)."""
        rng = random.Random(7)
        documents = [(n, without_stops(d, rng)) for n in names for d in ud_documents(DATA / "ud" / f"{n}.conllu.gz")]
        for _, d in documents:
            d.layers["rule"] = [lemma_rule(w, m) for w, m in zip(d.words, d.layers["lemma"], strict=True)]
        return [self.treebank(n, d) for n, d in documents if d.words]

    def treebank(self, name: str, d: Annotated) -> Encoded:
        """A parsed document of the treebank ``name``, numbered; only GUM's tell names."""
        n = len(d.words)
        starts = set(d.sentence_starts)
        labels = {
            layer: [self.number(layer, v) for v in d.layers[source]]
            for layer, source in (("xpos", "xpos"), ("upos", "upos"), ("lemma", "rule"), ("label", "label"))
        }
        labels["head"] = d.layers["head"]
        labels["boundary"] = [int(i in starts) for i in range(n)]
        if name.startswith("gum"):
            spans = gum_names(d.words, d.layers["upos"], d.layers["head"], d.layers["mention"])
            labels["names"] = bio(n, spans, self.labels["names"])
        else:
            labels["names"] = [IGNORE] * n
        return encode(self.segmenter, d.id, d.words, d.positions, labels, d.sentence_starts)

    def number(self, layer: str, value: str) -> int:
        """Number of a label, `IGNORE` for one that the lists lack."""
        try:
            return self.labels[layer].index(value)
        except ValueError:
            return IGNORE

    def polnear(self, split: str) -> list[Encoded]:
        """Articles with attribution roles (gold) and names (voted CoreNLP)."""
        pairs = [p for p in polnear_documents(split) if p[0]["attributions"]]
        votes = count_votes([s for _, s in pairs if s])
        out = []
        for article, silver in pairs:
            words, positions, offsets = tokenized(self.cut_words, article["text"])
            first_word = {s: i for i, (s, _) in enumerate(offsets)}
            labels = {"roles": self._roles(article, offsets), "names": self._silver(silver, offsets, first_word, votes)}
            out.append(encode(self.segmenter, article["id"], words, positions, labels, [0]))
        return out

    def _roles(self, article: dict[str, Any], offsets: list[tuple[int, int]]) -> list[int]:
        at = {c: i for i, (s, e) in enumerate(offsets) for c in range(s, e)}
        spans = set()
        for attribution in article["attributions"]:
            for role in ("content", "source", "cue"):
                for s, e in attribution[role]:
                    inside = [at[c] for c in range(s, e) if c in at]
                    if inside:
                        spans.add((inside[0], inside[-1] + 1, role.upper()))
        return bio(len(offsets), sorted(spans, key=lambda x: (x[2] != "CONTENT", x)), self.labels["roles"])

    def _silver(
        self, silver: dict[str, Any] | None, offsets: list[tuple[int, int]], first: dict[int, int], votes: Any
    ) -> list[int]:
        if silver is None:
            return [IGNORE] * len(offsets)
        out = [0] * len(offsets)
        ends = {e: i for i, (_, e) in enumerate(offsets)}
        for sentence in silver["s"]:
            spans, doubtful = silver_names(sentence["w"], sentence["n"], votes)
            for s, e, kind in spans:
                a, b = first.get(sentence["b"][s]), ends.get(sentence["e"][e - 1])
                if a is not None and b is not None and b >= a:
                    out[a : b + 1] = bio(b + 1 - a, [(0, b + 1 - a, kind)], self.labels["names"])
            for i, is_doubtful in enumerate(doubtful):
                a = first.get(sentence["b"][i])
                if is_doubtful and a is not None:
                    out[a] = IGNORE
        return out

    def re3d(self, *, with_bbc: bool) -> list[Encoded]:
        """re3d phrases: the outermost persons, organisations, places and nationalities."""
        out = []
        for document in re3d_documents():
            if document["source"] == "BBC Online" and not with_bbc:
                continue
            words, positions, offsets = tokenized(self.cut_words, document["text"])
            spans = []
            for entity in document["entities"]:
                if entity["type"] in MENTION_TYPES:
                    found = covered(offsets, entity["start"], entity["end"])
                    if found:
                        spans.append((*found, entity["type"]))
            labels = {"mentions": bio(len(words), longest(spans), self.labels["mentions"])}
            out.append(encode(self.segmenter, document["id"], words, positions, labels, [0]))
        return out

    def actors(self) -> list[Encoded]:
        """Sentences with tagged sources, targets and reciprocal actors."""
        out = []
        for line in (DATA / "plover" / "actor_spans_train.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            labels = {"actors": [self.labels["actors"].index(t) for t in row["tags"]]}
            positions = [PARAGRAPH] + [SPACED] * (len(row["tokens"]) - 1)
            out.append(encode(self.segmenter, row["id"], row["tokens"], positions, labels, [0]))
        return out

    def penta(self) -> list[Encoded]:
        """Sentences with a class from 0 (no event) to 4, on their first word."""
        out = []
        with (DATA / "plover" / "penta_extra_train.tsv").open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines, delimiter="\t"):
                words, positions, _ = tokenized(self.cut_words, row["sentence"])
                labels = {"penta": [int(row["gold_penta"])] + [IGNORE] * (len(words) - 1)}
                out.append(encode(self.segmenter, row["uid"], words, positions, labels, [0]))
        return out

    def stories(self) -> list[Encoded]:
        """Machine-written news of conflict, one story of each headline; texts without labels, for what a teacher says of them."""
        seen: set[str] = set()
        out = []
        with gzip.open(DATA / "plover" / "synthetic_events.csv.gz", "rt", encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                if row["headline"] in seen or len(row["text"]) < SHORTEST:
                    continue
                seen.add(row["headline"])
                words, positions, _ = tokenized(self.cut_words, row["text"])
                out.append(encode(self.segmenter, f"story-{row['id']}", words, positions, {}, [0]))
        return out
