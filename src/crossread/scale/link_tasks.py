"""What the workers of an engine run to link: each function loads readings of an archive and writes one part of it.

Arguments and results are plain values and tables, so that any engine can carry them.
"""

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from crossread.collecting import rare_collections
from crossread.linking.furniture import Furniture
from crossread.records import Reading
from crossread.scale.archive import Archive
from crossread.scale.places import load, places_where

if TYPE_CHECKING:
    import pyarrow


@cache
def _archive(url: str) -> Archive:
    return Archive(url)


def survey(url: str, part: str, places: "pyarrow.Table") -> dict[str, int]:
    """Count the terms of a part's documents, and the lines that outlets print."""
    import pyarrow as pa

    from crossread.linking.features import counts_of
    from crossread.linking.furniture import line_digests

    archive = _archive(url)
    terms: dict[str, int] = {}
    lines: list[tuple[int, bytes, int]] = []
    loaded = load(archive, places, whole=False)
    for number, reading in loaded:
        for term in counts_of(reading).all:
            terms[term] = terms.get(term, 0) + 1
        lines += [(number, line, length) for line, length in (line_digests(reading) or {}).items()]
    names = sorted(terms)
    counted = {"term": pa.array(names, pa.string()), "n": pa.array([terms[t] for t in names], pa.int64())}
    archive.write("terms", part, pa.table(counted))
    numbers, digests, lengths = zip(*lines, strict=True) if lines else ((), (), ())
    table = {
        "number": pa.array(numbers, pa.int64()),
        "line": pa.array(digests, pa.binary()),
        "length": pa.array(lengths, pa.int64()),
    }
    archive.write("lines", part, pa.table(table))
    archive.finish("survey", part, {"documents": len(loaded)})
    return {"documents": len(loaded)}


def window_edges(url: str, window: int, days: int, reach: float, n_documents: int) -> int:
    """Write the edges of likeness whose earlier report lies in a window of days; window -1 holds the reports without a date.

    Args:
        url: The archive.
        window: Number of the window: days ``window * days`` to ``(window + 1) * days``.
        days: Length of a window.
        reach: Reports further apart are not compared: so many days of the next windows are looked at as well.
        n_documents: Reports of the archive.
    """
    import pyarrow as pa

    from crossread.linking.likeness import LikenessOptions, likeness_edges

    archive = _archive(url)
    first, end = window * days, (window + 1) * days
    where = "i.day IS NULL" if window < 0 else f"i.day IS NULL OR (i.day >= {first} AND i.day < {end + reach + 1})"
    loaded = load(archive, places_where(archive, where), whole=False)
    numbers = np.array([n for n, _ in loaded], np.int64)
    readings = [reading for _, reading in loaded]
    days_of = np.array([_day(reading) for reading in readings], np.float64)
    alike = likeness_edges(readings, LikenessOptions(reach_days=reach), rarity=_rarity(archive, readings, n_documents))
    earlier = np.fmin(days_of[alike.left], days_of[alike.right])
    own = (earlier >= first) & (earlier < end) if window >= 0 else np.isnan(earlier)
    table = {
        "a": pa.array(numbers[alike.left[own]], pa.int64()),
        "b": pa.array(numbers[alike.right[own]], pa.int64()),
        "value": pa.array(alike.values[own], pa.float64()),
    }
    part = f"{window + 1:06d}"
    archive.write("edges", part, pa.table(table))
    n_edges = int(own.sum())
    archive.finish("edges", part, {"edges": n_edges})
    return n_edges


def _day(reading: Reading) -> float:
    from crossread.linking.dating import dating_of

    day = dating_of(reading.document).day
    return np.nan if day is None else day


def _rarity(archive: Archive, readings: Sequence[Reading], n_documents: int) -> Any:
    """How rare the terms of some readings are in the whole archive."""
    import pyarrow as pa

    from crossread.linking.features import Rarity, counts_of

    own = sorted({term for reading in readings for counts in [counts_of(reading)] for term in (*counts.all, *counts.head)})
    rows = archive.query(
        "SELECT t.term, sum(t.n)::BIGINT AS n FROM {terms} t SEMI JOIN own ON t.term = own.term GROUP BY t.term",
        own=pa.table({"term": pa.array(own, pa.string())}),
    )
    return Rarity.of_archive(n_documents, dict(zip(rows.column(0).to_pylist(), rows.column(1).to_pylist(), strict=True)))


@rare_collections()
def link_group_part(url: str, part: str, groups: list[list[int]], places: "pyarrow.Table") -> dict[str, int]:
    """Build the stories of groups of reports and write them with their events."""
    import pyarrow as pa

    from crossread.linking import build_story
    from crossread.scale.rows import event_rows, events_schema, stories_schema, story_row

    archive = _archive(url)
    loaded, furniture = dict(load(archive, places)), _furniture(archive)
    stories, events = [], []
    for group in groups:
        readings = [loaded.pop(n) for n in group]
        story = build_story(readings, furniture=furniture)
        stories.append(story_row(story, readings))
        events += event_rows(story)
    archive.write("stories", part, pa.Table.from_pylist(stories, stories_schema()))
    archive.write("events", part, pa.Table.from_pylist(events, events_schema()))
    facts = {"stories": len(stories), "events": len(events)}
    archive.finish("stories", part, facts)
    return facts


def _furniture(archive: Archive) -> Furniture:
    """Lines that are furniture in the whole archive, loaded once by each process."""
    return _furniture_of(archive.url, archive.get_json("link.json")["about"])


@lru_cache(maxsize=1)
def _furniture_of(url: str, about: str) -> Furniture:
    rows = _archive(url).query("SELECT line FROM {furniture}")
    return Furniture(frozenset(rows.column(0).to_pylist()))


def copy_part(url: str, part: str, groups: list[list[int]], places: "pyarrow.Table") -> dict[str, int]:
    """Compare reports that met in a band, passage by passage, and write which are copies of which."""
    import pyarrow as pa

    from crossread.linking.copies import find_copies

    archive = _archive(url)
    loaded, furniture = dict(load(archive, places)), _furniture(archive)
    pairs = []
    for group in groups:
        for found in find_copies([loaded.pop(n) for n in group], furniture):
            pairs += [{"a": p.a, "b": p.b, "kind": p.kind.value, "reason": found.reason} for p in found.pairs]
    pairs.sort(key=lambda p: (p["a"], p["b"]))
    schema = pa.schema([(name, pa.string()) for name in ("a", "b", "kind", "reason")])
    archive.write("copies", part, pa.Table.from_pylist(pairs, schema))
    archive.finish("copies", part, {"pairs": len(pairs)})
    return {"pairs": len(pairs)}
