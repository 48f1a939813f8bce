"""Grouping of figures across reports, measured on the shared figures data.

    python benchmarks/figure_groups.py ../shared/data/figures/figures.jsonl.gz readings.jsonl

For each event and quantity the gold holds the totals that documents give (marks of the event that count all, with a number) and
background marks (another incident).  Recalled: totals whose value is among the values of the main group of that kind, the one that most
documents speak of.  Kept out: background marks on which no figure of the main group stands.  ``--gold-figures`` builds the readings'
figures from the marks, so that grouping is measured apart from reading.
"""

import argparse
import gzip
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import msgspec

from crossread.linking.case import Case
from crossread.linking.copies import find_copies
from crossread.linking.figures import link_figures
from crossread.records import Figure, Reading, Span, StoryFigure
from crossread.vocabulary import Bound, FigureKind

KINDS = {
    "killed": {"killed", "killed_or_wounded"},
    "injured": {"wounded", "killed_or_wounded"},
    "hospitalised": {"wounded"},
    "critical": {"wounded"},
    "trapped": {"trapped", "besieged"},
    "abducted": {"abducted", "detained"},
    "captive": {"abducted", "detained"},
}
PLAIN = {"injured": "wounded", "hospitalised": "wounded", "critical": "wounded", "captive": "abducted"}
BOUNDS = {"eq": "exact", "ge": "at_least", "gt": "more_than", "lt": "nearly", "le": "up_to", "about": "about", "vague": "vague"}
LABELS = {"hospitalised": "hospitalised", "critical": "critical"}
Mark = dict[str, Any]


def read_marks(path: Path) -> list[Mark]:
    """Marks in the text of articles."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [mark for mark in map(json.loads, lines) if mark["field"] == "text"]


def with_gold_figures(reading: Reading, marks: list[Mark]) -> Reading:
    """The reading with figures made from the marks of its document."""
    figures = [_figure(n, m) for n, m in enumerate(marks) if m["doc"] == reading.document.id and m["value"] is not None]
    return msgspec.structs.replace(reading, figures=tuple(figures))


def _figure(number: int, mark: Mark) -> Figure:
    value, bound = float(mark["value"]), Bound(BOUNDS[mark["hedge"]])
    kind = PLAIN.get(mark["quantity"], mark["quantity"])
    low = None if bound in (Bound.NEARLY, Bound.UP_TO) else value
    high = None if bound in (Bound.AT_LEAST, Bound.MORE_THAN) else value
    label = LABELS.get(mark["quantity"]) or mark["subset"]
    return Figure(
        id=f"g{number}",
        span=Span(mark["start"], mark["end"]),
        kind=FigureKind(kind),
        label=label,
        low=low,
        best=value,
        high=high,
        bound=bound,
    )


def main_group(groups: tuple[StoryFigure, ...], quantity: str) -> StoryFigure | None:
    """The group of a quantity that most documents speak of."""
    kinds = KINDS.get(quantity, {quantity})
    of_kind = [
        g for g in groups if g.kind.value in kinds and "background" not in g.reason and not g.reason.count("counted words (part")
    ]
    if quantity in LABELS:
        of_kind = [g for g in of_kind if LABELS[quantity][:6] in g.reason]
    else:
        of_kind = [g for g in of_kind if not any(label[:6] in g.reason for label in LABELS.values())]
    return max(of_kind, key=lambda g: (g.n_documents, len(g.values)), default=None)


def on_mark(group: StoryFigure, readings: dict[str, Reading], mark: Mark) -> bool:
    """Whether a figure of the group stands on a mark."""
    figures = {f.id: f for f in readings[mark["doc"]].figures}
    place = Span(mark["start"], mark["end"])
    return any(e.document == mark["doc"] and e.record in figures and figures[e.record].span.overlaps(place) for e in group.evidence)


def measure(marks: list[Mark], readings: dict[str, Reading]) -> dict[str, Any]:
    """Totals recalled and background kept out, over all events and quantities."""
    right = total = kept = background = 0
    rows = []
    for event in sorted({m["event"] for m in marks}):
        own = [m for m in marks if m["event"] == event and m["doc"] in readings]
        inside = tuple(readings[d] for d in sorted({m["doc"] for m in own}))
        groups = link_figures(Case(readings=inside, copies=find_copies(inside)))
        for quantity in sorted({m["quantity"] for m in own}):
            of_quantity = [m for m in own if m["quantity"] == quantity]
            totals = {m["value"] for m in of_quantity if m["scope"] == "event" and not m["subset"] and m["value"] is not None}
            others = [m for m in of_quantity if m["scope"] == "other"]
            group = main_group(groups, quantity)
            values = {v for g in [group] if g for x in g.values for v in (x.best, x.low, x.high) if v is not None}
            found = {t for t in totals if float(t) in values}
            out = sum(group is None or not on_mark(group, readings, m) for m in others)
            right, total, kept, background = right + len(found), total + len(totals), kept + out, background + len(others)
            rows.append((event, quantity, sorted(totals), sorted(values), f"{out}/{len(others)}"))
    return {
        "rows": rows,
        "recalled": right / max(total, 1),
        "totals": total,
        "kept_out": kept / max(background, 1),
        "background": background,
    }


def gather(marks: list[Mark]) -> dict[str, list[Mark]]:
    """Marks by document."""
    found: dict[str, list[Mark]] = defaultdict(list)
    for mark in marks:
        found[mark["doc"]].append(mark)
    return found


def main() -> None:
    """Print one row per event and quantity, then the two figures as JSON."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("gold", type=Path)
    parser.add_argument("readings", type=Path)
    parser.add_argument("--gold-figures", action="store_true")
    options = parser.parse_args()
    marks = read_marks(options.gold)
    decoder = msgspec.json.Decoder(Reading)
    by_document = gather(marks)
    readings = {}
    with options.readings.open("rb") as lines:
        for line in lines:
            reading = decoder.decode(line)
            if reading.document.id in by_document:
                readings[reading.document.id] = with_gold_figures(reading, marks) if options.gold_figures else reading
    result = measure(marks, readings)
    for row in result.pop("rows"):
        print(*row, sep="  ")
    print(json.dumps({k: round(v, 3) if isinstance(v, float) else v for k, v in result.items()}))


if __name__ == "__main__":
    main()
