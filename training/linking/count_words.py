"""Count in how many reports of general news each word stands: ``src/crossread/codebook/word_counts.tsv``.

    python -m training.linking.count_words

Reports: PolNeAR (train, dev) and the openings of AllSides (train); neither is evaluation material for linking.  Only counts leave the
corpora.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from crossread.linking.features import counts_of
from crossread.records import Document, Reading
from training.corpora import DATA, read_jsonl

LEAST = 3
TARGET = Path(__file__).resolve().parents[2] / "src" / "crossread" / "codebook" / "word_counts.tsv"


def reports() -> Iterator[str]:
    """Texts of the reports that are counted."""
    for portion in ("train", "dev"):
        for record in read_jsonl(DATA / "polnear" / f"{portion}.jsonl.gz"):
            yield record["text"]
    for record in read_jsonl(DATA / "allsides" / "train.jsonl.gz"):
        yield "\n".join(f"{r['title'] or ''}\n{r['text']}" for r in record["reports"])


def main() -> None:
    """Write the counts, most frequent words first."""
    holders: Counter[str] = Counter()
    n = 0
    for text in reports():
        n += 1
        holders.update(counts_of(Reading(document=Document(id=str(n), text=text))).all.keys())
    rows = sorted(((term, count) for term, count in holders.items() if count >= LEAST), key=lambda x: (-x[1], x[0]))
    TARGET.write_text("\n".join([f"reports\t{n}", *(f"{term}\t{count}" for term, count in rows)]) + "\n", encoding="utf-8")
    print(f"{len(rows)} words of {n} reports -> {TARGET.name}")


if __name__ == "__main__":
    main()
