"""Who is quoted: speakers of marked quotations in BASIL (Fan et al., 2019), for measuring only.

    python -m benchmarks.basil ../shared/data/basil/docs.jsonl.gz

A quotation is right when the attribution that covers most of it has one speaker and one of that entity's names shares its
last word with the marked speaker's name (or holds all of its words).  Spans whose speaker is marked as ``other_...`` or as a party or
group ("House_Democrats") name nobody; for them only the share that gets any speaker is reported.
"""

import argparse
import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from crossread.reading import attribution, entities, read_document
from crossread.reading.language import load_reader
from crossread.records import Attribution, Document, Reading, Span
from crossread.steps import compose

STEPS = ("sentences.v1", "entities.v1", "attribution.v1")
GROUPS = frozenset(("democrats", "republicans", "officials", "members", "catholics", "protestors"))
REGISTERED = (entities.read_entities, attribution.read_attributions)
_WORD = re.compile(r"[a-z0-9]+")


def documents(path: Path) -> list[dict[str, Any]]:
    """Articles of the corpus."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def text_of(article: dict[str, Any]) -> str:
    """The article's text."""
    return "\n\n".join(article["paragraphs"])


def marked_quotations(article: dict[str, Any]) -> Iterator[tuple[Span, str]]:
    """(place, speaker) of the quotations whose speaker is marked; by their words, for the paragraph numbers do not fit."""
    text = text_of(article)
    for span in article["spans"]:
        if span["quote"] == "yes" and span["speaker"]:
            at = text.find(span["text"])
            if at >= 0:
                yield Span(at, at + len(span["text"])), span["speaker"]


def covering(reading: Reading, place: Span) -> Attribution | None:
    """The outermost attribution whose content covers most of a place; the one that covers most of several."""
    best, most = None, len(range(*place)) / 2
    for candidate in reading.attributions:
        covered = sum(max(0, min(c.end, place.end) - max(c.start, place.start)) for c in candidate.content)
        if covered > most:
            best, most = candidate, covered
    return best


def words(name: str) -> list[str]:
    """Lower-case words of a name, titles and suffixes left out."""
    return [w for w in _WORD.findall(name.lower().replace("’", "'").replace("'s", "")) if w not in ("jr", "sr", "mr", "mrs", "ms")]


def is_name_of(names: set[str], wanted: str) -> bool:
    """Whether one of the names means the wanted speaker."""
    gold = words(wanted)
    return any(gold[-1] in words(name) or set(gold) <= set(words(name)) for name in names)


def names_of(reading: Reading, entity: str) -> set[str]:
    """All names by which a reading calls an entity."""
    forms = {m.span.of(reading.document.text) for m in reading.mentions if m.entity == entity}
    return forms | {e.name for e in reading.entities if e.id == entity}


def measure(path: Path, *, verbose: bool = False) -> Counter[str]:
    """Counts of right, wrong, undecided and uncovered quotations."""
    articles = documents(path)
    counts: Counter[str] = Counter()
    texts = [text_of(a) for a in articles]
    steps = compose(STEPS)
    for article, text, tokens in zip(articles, texts, load_reader().docs(texts), strict=True):
        reading = read_document(Document(id=article["id"], text=text), tokens, steps)
        for place, speaker in marked_quotations(article):
            found = covering(reading, place)
            if speaker.startswith("other_") or words(speaker)[-1] in GROUPS:
                counts["unnamed"] += 1
                counts["unnamed, with a speaker"] += bool(found and found.speaker)
                continue
            names = set().union(*(names_of(reading, e) for e in found.speaker)) if found else set()
            verdict = (
                "uncovered"
                if found is None
                else "undecided"
                if not found.speaker
                else "right"
                if is_name_of(names, speaker)
                else "wrong"
            )
            counts[verdict] += 1
            if verbose and verdict != "right":
                said = place.of(reading.document.text)[:150]
                print(verdict, speaker, sorted(names), found.reason if found else None, said, sep=" | ")
    return counts


def main() -> None:
    """Print the counts and, last, one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("docs", type=Path)
    parser.add_argument("--verbose", action="store_true", help="list what is not right")
    options = parser.parse_args()
    counts = measure(options.docs, verbose=options.verbose)
    named = sum(counts[k] for k in ("right", "wrong", "undecided", "uncovered"))
    decided = counts["right"] + counts["wrong"]
    figures = {
        **dict(sorted(counts.items())),
        "named": named,
        "speaker_right": round(counts["right"] / named, 4) if named else 0.0,
        "speaker_right_of_decided": round(counts["right"] / decided, 4) if decided else 0.0,
    }
    for name, value in figures.items():
        print(f"{name:28}{value}")
    print(json.dumps(figures))


if __name__ == "__main__":
    sys.exit(main())
