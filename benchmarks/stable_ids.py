"""``python -m benchmarks.stable_ids``: how ids of events last while a corpus grows, report by report.

For the shipped example (by day of publication, and in shuffled orders) and for invented stories in batches: the share of ids that stay when
reports are added, with the former table and without it, and the tombstones.
"""

import argparse
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crossread.calls import link, read_all
from crossread.export.event_ids import State
from crossread.export.event_table import event_rows, event_table_csv, parse_table
from crossread.export.registry import Material
from crossread.records import Reading


@dataclass(frozen=True, slots=True)
class Step:
    """What adding reports did to the ids of the table before."""

    n_documents: int
    n_active: int
    n_before: int
    n_kept: int
    n_kept_without: int
    n_merged: int
    n_withdrawn: int
    n_split: int
    n_changed: int


def grow(readings: Sequence[Reading], *, batch: int = 1) -> Iterator[Step]:
    """Add readings batch by batch, making the table anew each time with the one before as the former one."""
    table: bytes | None = None
    before: set[str] = set()
    before_without: set[str] = set()
    for n in range(batch, len(readings) + batch, batch):
        known = readings[:n]
        stories = link(known)
        material = Material(stories=stories, readings=known, previous=table, as_of=f"2031-01-01T{n // 60:02d}:{n % 60:02d}:00Z")
        rows = event_rows(material)
        without = {str(r["event_id"]) for r in event_rows(Material(stories=stories, readings=known))}
        active = {str(r["event_id"]) for r in rows if r["state"] == State.ACTIVE}
        stones = [r for r in rows if r["state"] != State.ACTIVE and str(r["event_id"]) in before]
        yield Step(
            n_documents=len(known),
            n_active=len(active),
            n_before=len(before),
            n_kept=len(before & active),
            n_kept_without=len(before_without & without),
            n_merged=sum(r["state"] == State.MERGED for r in stones),
            n_withdrawn=sum(r["state"] == State.WITHDRAWN for r in stones),
            n_split=sum(bool(r["split_from"]) and str(r["event_id"]) not in before for r in rows),
            n_changed=sum(r["updated_at"] == material.as_of and str(r["event_id"]) in before & active for r in rows),
        )
        before, before_without = active, without
        table = event_table_csv(material)
        if len(parse_table(table)) != len(rows):
            raise RuntimeError("the table does not read back")


HEAD = "| reports | events | ids before | kept | merged | withdrawn | split off | rows changed | kept without --previous |"


def show(title: str, steps: Sequence[Step]) -> None:
    """The steps as a table, and their sum."""
    print(f"\n{title}\n\n{HEAD}\n|" + " --- |" * 9)
    for s in steps:
        cells = (
            s.n_documents,
            s.n_active,
            s.n_before,
            s.n_kept,
            s.n_merged,
            s.n_withdrawn,
            s.n_split,
            s.n_changed,
            s.n_kept_without,
        )
        print("| " + " | ".join(map(str, cells)) + " |")
    print(summary(steps))


def summary(steps: Sequence[Step]) -> str:
    """The share of ids that lasted over all steps, and where the others went."""
    total = sum(s.n_before for s in steps)
    kept, without = sum(s.n_kept for s in steps), sum(s.n_kept_without for s in steps)
    merged, withdrawn = sum(s.n_merged for s in steps), sum(s.n_withdrawn for s in steps)
    return (
        f"kept {kept} of {total} ({kept / total:.1%}); merged {merged}, withdrawn {withdrawn}; neither kept nor listed"
        f" {total - kept - merged - withdrawn}; without a former table {without} ({without / total:.1%})"
    )


def example() -> list[Reading]:
    """Readings of the shipped example, by day of publication."""
    from importlib.resources import as_file, files

    from crossread.ingest import ingest_paths

    with as_file(files("crossread") / "examples" / "varnik") as folder:
        readings = list(read_all(ingest_paths([str(folder)])))
    return sorted(readings, key=lambda r: ((r.document.published.start or "") if r.document.published else "", r.document.id))


def invented(n: int) -> list[Reading]:
    """Readings of invented reports, by day of publication."""
    from benchmarks.generator import reports
    from crossread.ingest import ingest_text

    made = sorted(reports(n), key=lambda r: (r.published, r.id))
    documents = (ingest_text(r.text, title=r.title, publisher=r.publisher, published=r.published, id=r.id) for r in made)
    return list(read_all(documents))


def main() -> None:
    """Print all tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--orders", type=int, default=5, help="shuffled orders of the example")
    parser.add_argument("--invented", type=int, default=300, help="invented reports")
    parser.add_argument("--batch", type=int, default=30)
    options = parser.parse_args()
    known = example()
    show("The example, report by report as published", list(grow(known)))
    shuffled: list[Step] = []
    for seed in range(options.orders):
        shuffled += grow(random.Random(seed).sample(known, len(known)))
    print(f"\nThe example in {options.orders} shuffled orders: {summary(shuffled)}")
    if options.invented:
        title = f"{options.invented} invented reports, {options.batch} at a time"
        show(title, list(grow(invented(options.invented), batch=options.batch)))


if __name__ == "__main__":
    main()
