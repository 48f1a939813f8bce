"""Undated reports among dated ones: the date of one report hidden at a time, and what the others of its story say of it.

    python -m benchmarks.undated reports.jsonl [more.jsonl ...]

Each file or folder, of whatever `crossread read` takes, is a set of its own.  Documents with a publication day are read, put into stories, and
each is read once more without its date.  Counted are reports whose own words give no date either and whose story has others with a date.  A
report counts as right where its day lies within the days that it is given.
"""

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import msgspec

from crossread.calls import read_all
from crossread.ingest import ingest_paths
from crossread.linking.clusters import cluster_readings
from crossread.linking.undated import is_dated, publication_by_others
from crossread.records import Document, Reading, When


class Hidden(NamedTuple):
    """A report whose date was hidden: its day, and the days that the others give it, if any."""

    document: str
    day: date
    given: When | None

    @property
    def width(self) -> int:
        """Number of days given; 0 where there are none."""
        first, last = self._days()
        return (last - first).days + 1 if first and last else 0

    @property
    def is_right(self) -> bool:
        """Whether the day is one of those given."""
        first, last = self._days()
        return bool(first and last and first <= self.day <= last)

    def _days(self) -> tuple[date | None, date | None]:
        if self.given is None or self.given.start is None or self.given.end is None:
            return None, None
        return date.fromisoformat(self.given.start), date.fromisoformat(self.given.end)


def hidden(stories: Iterable[Sequence[Reading]], undated: dict[str, Reading]) -> Iterator[Hidden]:
    """Each report of the stories with its date hidden in turn; ``undated`` holds their readings without one, by document id."""
    for story in stories:
        for reading in story:
            name, published = reading.document.id, reading.document.published
            alone = undated.get(name)
            if alone is None or published is None or published.start is None or is_dated(alone):
                continue
            others = [r for r in story if r.document.id != name]
            if any(r.document.published is not None for r in others):
                yield Hidden(name, date.fromisoformat(published.start), publication_by_others([alone, *others]).get(name))


def measured(documents: Sequence[Document]) -> list[Hidden]:
    """What the others say of each report that has a single day of publication."""
    days = {d.id for d in documents if d.published is not None and d.published.start == d.published.end is not None}
    readings = list(read_all(documents))
    bare = (msgspec.structs.replace(d, published=None) for d in documents if d.id in days)
    undated = {r.document.id: r for r in read_all(bare)}
    return list(hidden(cluster_readings(tuple(readings)), undated))


def main() -> None:
    """Print how many get days, how many of these are right, and how many days wide they are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", type=Path, nargs="+", help="sets of reports")
    parser.add_argument("--show", action="store_true", help="also print each report that gets days")
    options = parser.parse_args()
    found: list[Hidden] = []
    for path in options.files:
        found += measured(list(ingest_paths([str(path)])))
    given = [h for h in found if h.width]
    if options.show:
        for h in given:
            print(f"{h.document}\t{h.day}\t{h.given.start if h.given else ''}\t{h.given.end if h.given else ''}\t{h.is_right}")
    widths = Counter("1 to 3 days" if h.width <= 3 else "4 to 7 days" if h.width <= 7 else "wider" for h in given)
    print(f"{len(found)} dates hidden, {len(given)} given days, {sum(h.is_right for h in given)} right; {dict(widths)}")


if __name__ == "__main__":
    main()
