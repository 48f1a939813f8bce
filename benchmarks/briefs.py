"""Briefs against human summaries: words and pairs of words in common (ROUGE-1 and -2, F1), mean over the summaries of a cluster.

    python -m benchmarks.briefs ../shared/data/wikinews_mds/clusters.jsonl.gz --words 250

Each cluster is read and linked as one story.  Beside it stand the reports' own first sentences, taken in turn, and each human summary against
the others.  Words are compared by crude stems (endings cut off), so figures are near, not equal, to those of other implementations.
"""

import argparse
import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from statistics import fmean

from crossread.calls import read_all
from crossread.ingest import ingest_text
from crossread.linking import link_one
from crossread.records import Reading

_ENDINGS = ("ingly", "edly", "ing", "ed", "es", "s", "ly")


def stem(word: str) -> str:
    """A word without its ending."""
    ending = next((e for e in _ENDINGS if word.endswith(e) and len(word) - len(e) >= 3), "")
    return word[: len(word) - len(ending)]


def words_of(text: str) -> list[str]:
    """Stems of all words."""
    return [stem(w) for w in re.findall(r"[a-z0-9]+", text.lower())]


def rouge(text: str, reference: str, n: int) -> float:
    """F1 of words (1) or pairs of neighbouring words (2) in common."""
    counts = []
    for words in (words_of(text), words_of(reference)):
        counts.append(Counter(words if n == 1 else pairwise(words)))
    shared = (counts[0] & counts[1]).total()
    return 2 * shared / max(1, counts[0].total() + counts[1].total())


def leads(readings: Sequence[Reading], n_words: int) -> Iterator[str]:
    """First sentences of all reports, then second ones, as long as they fit."""
    for turn in range(max(len(r.sentences) for r in readings)):
        for reading in readings:
            title = reading.document.title_span
            sentences = [s for s in reading.sentences if title is None or not s.overlaps(title)]
            text = sentences[turn].of(reading.document.text) if turn < len(sentences) else ""
            if text and len(text.split()) <= n_words:
                n_words -= len(text.split())
                yield text


def measured(path: Path, n_words: int) -> dict[str, dict[int, float]]:
    """Mean over clusters of ROUGE-1 and -2 of the brief, of leads taken in turn, and of one human against the others."""
    rows: dict[str, list[tuple[float, float]]] = {"brief": [], "leads": [], "human": []}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        clusters = [json.loads(line) for line in lines]
    for cluster in clusters:
        documents = [ingest_text(d["text"], title=d["title"], published=d["date"], id=d["id"]) for d in cluster["documents"]]
        readings = list(read_all(documents))
        people = [s["text"] for s in cluster["summaries"]]
        texts = {
            "brief": " ".join(line.text for line in link_one(readings, keep_all=True, words=n_words).brief),
            "leads": " ".join(leads(readings, n_words)),
        }
        for name, text in texts.items():
            rows[name].append((fmean(rouge(text, p, 1) for p in people), fmean(rouge(text, p, 2) for p in people)))
        for person in people:
            others = [p for p in people if p is not person]
            rows["human"].append((fmean(rouge(person, p, 1) for p in others), fmean(rouge(person, p, 2) for p in others)))
    return {name: {n: fmean(r[n - 1] for r in found) for n in (1, 2)} for name, found in rows.items()}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("clusters", type=Path)
    parser.add_argument("--words", type=int, default=250)
    options = parser.parse_args()
    for name, found in measured(options.clusters, options.words).items():
        print(f"{name:6}  ROUGE-1 {found[1]:.3f}  ROUGE-2 {found[2]:.3f}")


if __name__ == "__main__":
    main()
