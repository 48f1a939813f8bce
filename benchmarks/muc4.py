"""Victims in MUC-4 (reports of 1988-1991): their number and what befell them, for measuring only.

    python -m benchmarks.muc4 ../shared/data/muc4/dev.jsonl.gz [--limit N]

A marked victim or group with the effect DEATH or INJURY is found when the reading has, anywhere in the report, for a number above one: a
figure of that value that counts killed, wounded or both alike, as the effect asks; for "plural": such a figure without a single value, or
an event as below; for one victim: an event that kills or hurts, with a recipient whose words share a name word with the marked string.
The texts are in capitals with hard line ends.
"""

import argparse
import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crossread.reading import read_documents
from crossread.records import Document, Event, Figure, Reading
from crossread.vocabulary import FigureKind

KINDS = {
    "DEATH": frozenset((FigureKind.KILLED, FigureKind.KILLED_OR_WOUNDED)),
    "INJURY": frozenset((FigureKind.WOUNDED, FigureKind.KILLED_OR_WOUNDED)),
}
ACTS = {
    "DEATH": re.compile(
        r"kill|murder|assassin|die[ds]?\b|dead|death|massacr|execut|slain|slay|perish|behead|lynch|shot", re.IGNORECASE
    ),
    "INJURY": re.compile(r"wound|injur|hurt|shot|maim|attack|explo", re.IGNORECASE),
}
_WORD = re.compile(r"[A-Z]{3,}")
_COMMON = frozenset(("THE", "AND", "FOR", "WHO", "FROM", "WITH", "WERE"))


@dataclass(frozen=True, slots=True)
class Victim:
    """A marked victim or group: alternative wordings, number (``None`` for "plural") and effect."""

    strings: tuple[str, ...]
    number: int | None
    effect: str


def victims(template: dict[str, list[dict[str, Any]]]) -> Iterator[Victim]:
    """Killed and hurt victims of one template that every annotator wants."""
    numbers = {
        s: fill["values"][0] for fill in template.get("hum_tgt_number", []) for s in fill.get("of", []) if fill.get("values")
    }
    for fill in template.get("hum_tgt_effect", []):
        strings, effect = tuple(fill.get("of", [])), fill["values"][0]
        number = next((numbers[s] for s in strings if s in numbers), None)
        if effect in KINDS and number is not None and not fill.get("optional"):
            digits = re.search(r"\d+", number)
            yield Victim(strings, int(digits[0]) if digits else None, effect)


def is_counted(victim: Victim, figures: tuple[Figure, ...]) -> bool:
    """Whether a figure gives the number and the effect."""
    fitting = [f for f in figures if f.kind in KINDS[victim.effect]]
    if victim.number is None:
        return any(f.best is None for f in fitting)
    return any(victim.number in (f.best, f.low, f.high) for f in fitting)


def is_hit(victim: Victim, events: tuple[Event, ...], text: str) -> bool:
    """Whether an event with such an effect has the victim among its recipients."""
    words = {w for s in victim.strings for w in _WORD.findall(s)} - _COMMON
    for event in events:
        if not any(ACTS[victim.effect].search(span.of(text)) for span in event.anchor):
            continue
        for party in (*event.recipients, *event.actors):
            if party.span is not None and words & set(_WORD.findall(party.span.of(text))):
                return True
    return False


def found(victim: Victim, reading: Reading) -> bool:
    """Whether the reading has the victim's number and effect."""
    text = reading.document.text
    if victim.number == 1:
        return is_hit(victim, reading.events, text)
    return is_counted(victim, reading.figures) or (victim.number is None and is_hit(victim, reading.events, text))


def main() -> None:
    """Print recall by kind of number."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--limit", type=int, default=None, help="only the first N reports with victims")
    parser.add_argument("--misses", action="store_true", help="list what was missed, by report id")
    options = parser.parse_args()
    with gzip.open(options.corpus, "rt", encoding="utf-8") as lines:
        reports = [json.loads(line) for line in lines]
    marked = [(r, [v for t in r["templates"] for v in victims(t)]) for r in reports]
    marked = [(r, wanted) for r, wanted in marked if wanted][: options.limit]
    readings = read_documents(Document(id=r["id"], text=r["text"]) for r, _ in marked)
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for (report, wanted), reading in zip(marked, readings, strict=True):
        for victim in wanted:
            kind = "one" if victim.number == 1 else "plural" if victim.number is None else "number"
            hit = found(victim, reading)
            for row in (kind, "all"):
                right[row] += hit
                total[row] += 1
            if options.misses and not hit:
                print(report["id"], kind, victim.number, victim.effect, victim.strings[:2])
    for row in ("number", "plural", "one", "all"):
        print(f"{row:<8}{right[row]:>5} of {total[row]:>5}{right[row] / max(total[row], 1):>8.3f}")


if __name__ == "__main__":
    main()
