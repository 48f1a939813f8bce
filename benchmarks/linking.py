"""``python -m benchmarks.linking``: processor time and memory of linking as the number of reports grows.

Reading ten thousand reports takes longer than linking them, so a few hundred readings are made into many: in each further set the rare
words (names, places, matters) are written in other letters of the same length and the days are moved, which makes other stories of the
same size and shape; spans and everything else stay.  Each number of reports is measured in a process of its own.
"""

import argparse
import json
import re
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec

from crossread.codebook.word_counts import word_counts
from crossread.jsonlines import read_lines
from crossread.linking.stems import stem
from crossread.records import Reading

_WORD = re.compile(r"[A-Za-z]{4,}")
_COMMON = 0.03
"""Share of general news that holds a word from which it stays as it is."""
_VOWELS, _CONSONANTS = "aeiou", "bcdfghjklmnprstvwz"
_DAYS = 41


def _other_word(word: str, number: int) -> str:
    """The word in other letters, the same for every place of one set; common words stay."""
    counts = word_counts()
    if counts.holders.get(stem(word.lower()), 0) > _COMMON * counts.reports:
        return word
    letters = []
    for at, letter in enumerate(word):
        group = next((g for g in (_VOWELS, _CONSONANTS) if letter.lower() in g), None)
        if group is None:
            letters.append(letter)
            continue
        other = group[(group.index(letter.lower()) + number * (3 + 2 * at) + at) % len(group)]
        letters.append(other.upper() if letter.isupper() else other)
    return "".join(letters)


def _renamed(value: Any, number: int) -> Any:
    return _WORD.sub(lambda m: _other_word(m.group(), number), value) if isinstance(value, str) else value


def other_reading(reading: Reading, number: int) -> Reading:
    """The reading as one of another story; ``number`` 0 gives it back."""
    if number == 0:
        return reading
    plain: dict[str, Any] = msgspec.to_builtins(reading)
    document = plain["document"]
    document["id"] = f"{document['id']}-{number}"
    for name in ("text", "title"):
        document[name] = _renamed(document[name], number)
    if document["published"] is not None:
        for end in ("start", "end"):
            day = document["published"][end]
            if day is not None:
                document["published"][end] = (date.fromisoformat(day) + timedelta(days=_DAYS * number)).isoformat()
    for entity in plain["entities"]:
        entity["name"] = _renamed(entity["name"], number)
    return msgspec.convert(plain, Reading)


def many(readings: Sequence[Reading], n: int) -> Iterator[Reading]:
    """``n`` readings, made of sets of the given ones."""
    for at in range(n):
        yield other_reading(readings[at % len(readings)], at // len(readings))


def base_readings(path: str | None, n: int = 160) -> list[Reading]:
    """Readings of a file, else of invented reports."""
    if path is not None:
        with Path(path).open("rb") as lines:
            return list(read_lines(lines, Reading, where=path))
    from benchmarks.generator import reports
    from crossread.ingest import ingest_text
    from crossread.reading import read_documents

    documents = [ingest_text(r.text, title=r.title, publisher=r.publisher, published=r.published, id=r.id) for r in reports(n)]
    return list(read_documents(documents))


def measure(path: str, n: int) -> dict[str, float]:
    """Seconds of processor time, stories and peak memory of linking ``n`` readings made from a file."""
    from crossread.linking import link_stories

    readings = list(many(base_readings(path), n))
    words = sum(len(r.document.text.split()) for r in readings)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    start = time.process_time()
    stories = link_stories(readings)
    seconds = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"n": n, "words": words / n, "stories": len(stories), "seconds": seconds, "readings_mb": before, "peak_mb": peak}


def main() -> None:
    """Measure each number of reports in a new process and print the growth."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.linking", description=__doc__.split("\n")[0])
    parser.add_argument("readings", nargs="?", help="readings (JSON Lines) to make more of; invented reports where not given")
    parser.add_argument("--documents", type=int, nargs="+", default=[160, 640], help="numbers of reports to link")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one is not None:
        print(json.dumps(measure(options.readings, options.one)))
        return
    path = options.readings or _written(base_readings(None))
    first: dict[str, float] | None = None
    for n in options.documents:
        words = [sys.executable, "-m", "benchmarks.linking", path, "--one", str(n)]
        found = json.loads(subprocess.run(words, check=True, capture_output=True, text=True).stdout)
        first = first or found
        growth = f"{found['seconds'] / first['seconds']:.1f} times the first" if found is not first else ""
        print(
            f"{n:>7} reports of {found['words']:.0f} words, {found['stories']:.0f} stories: {found['seconds']:.1f} s of processor time,"
            f" {1000 * found['seconds'] / n:.1f} ms a report; memory {found['readings_mb']:.0f} MB of readings, {found['peak_mb']:.0f} MB"
            f" at the peak  {growth}",
            flush=True,
        )


def _written(readings: Sequence[Reading]) -> str:
    """A temporary file of readings."""
    import tempfile

    from crossread.jsonlines import encode

    with tempfile.NamedTemporaryFile(suffix=".jsonl", delete=False) as handle:
        handle.writelines(encode(r) + b"\n" for r in readings)
    return handle.name


if __name__ == "__main__":
    main()
