"""What the workers of an engine run: each function reads parts of an archive and writes one part.

Arguments and results are plain values, so that any engine can carry them.
"""

import faulthandler
import os
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

import msgspec

from crossread.jsonlines import decode, encode
from crossread.records import Document, Reading, Record
from crossread.scale.archive import Archive
from crossread.scale.shards import Shard, count_documents, documents_of

if TYPE_CHECKING:
    import pyarrow

BANDS, ROWS = 42, 3
"""MinHash bands and rows a band: of reports that share half of their five-word runs 99.6 % meet in a band, of those with a tenth 4 %."""
GRAM = 5
TOGETHER = 16
"""Readings that are packed together: linking unpacks so many to have one, wherever it lies in the archive."""


@cache
def _archive(url: str) -> Archive:
    return Archive(url)


def count(path: str) -> int:
    """Documents of an input."""
    return count_documents(path)


# ---------------------------------------------------------------- reading


def read_shard(url: str, shard: dict[str, Any], model: str | None, seconds: float, careful: bool) -> dict[str, int]:
    """Read the documents of a shard and write its parts; returns how many documents were read and how many failed.

    Args:
        url: The archive.
        shard: The shard as plain values.
        model: An installed spaCy pipeline instead of the shipped model.
        seconds: Longest time for one document; one that takes longer ends this process, and the engine calls again, carefully.
        careful: Read each document in a process of its own, so that one which ends or hangs its process is set aside with its reason.
    """
    known = msgspec.convert(shard, Shard)
    archive = _archive(url)
    documents = documents_of(known)
    readings = _carefully(documents, model, seconds) if careful else _watched(documents, model, seconds)
    facts = write_readings(archive, known, readings)
    archive.finish("read", known.name, facts)
    return facts


def _carefully(documents: Iterable[Document], model: str | None, seconds: float) -> Iterator[Reading]:
    from crossread.scale.pool import read_with_workers

    return read_with_workers(documents, workers=1, model=model, seconds_per_document=seconds, shard_size=1)


def _watched(documents: Iterable[Document], model: str | None, seconds: float) -> Iterator[Reading]:
    """Readings one by one; a document that takes longer than allowed ends the process, whatever it is busy with."""
    from crossread.calls import read_all

    read_all([], model=model)  # the model is loaded before the clock starts
    with open(os.devnull, "w") as nowhere:
        readings = iter(read_all(documents, model=model))
        try:
            while True:
                faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)
                reading = next(readings, None)
                faulthandler.cancel_dump_traceback_later()
                if reading is None:
                    return
                yield reading
        finally:
            faulthandler.cancel_dump_traceback_later()


def write_readings(archive: Archive, shard: Shard, readings: Iterable[Reading]) -> dict[str, int]:
    """Write the parts of a shard; returns the counts for its marker."""
    import pyarrow as pa

    rows: list[dict[str, Any]] = []
    records: list[bytes] = []
    keys: list[tuple[int, int, int]] = []
    for row, reading in enumerate(readings):
        described = _described(reading)
        rows.append({"shard": shard.number, "row": row, **described})
        records.append(encode(reading))
        if described["state"] == "read":
            keys += [(row, band, key) for band, key in enumerate(band_keys(reading.document.text))]
    number = pa.array([shard.number] * len(records), pa.int32())
    archive.write(
        "readings",
        shard.name,
        pa.table({"shard": number, "row": pa.array(range(len(records)), pa.int32()), "record": pa.array(records, pa.binary())}),
        together=TOGETHER,
    )
    archive.write("signatures", shard.name, _signatures(shard.number, keys))
    archive.write("documents", shard.name, pa.Table.from_pylist(rows, _documents_schema()))
    failed = sum(r["state"] == "failed" for r in rows)
    return {"documents": len(rows), "failed": failed, "words": sum(r["words"] for r in rows)}


def _described(reading: Reading) -> dict[str, Any]:
    """The row of a document."""
    from crossread.ingest.build import digest
    from crossread.linking.dating import dating_of
    from crossread.linking.furniture import outlet_of

    document = reading.document
    fault = next((p.message for p in (*document.problems, *reading.problems) if p.severity == "error"), None)
    failed = fault is not None and not reading.sentences
    published = document.published
    return {
        "id": document.id,
        "title": document.title,
        "has_title_in_text": document.title_span is not None,
        "publisher": document.publisher,
        "url": document.url,
        "outlet": outlet_of(reading),
        "published": published.start if published is not None else None,
        "day": None if failed else dating_of(document).day,
        "digest": digest(document.title or "", document.text),
        "words": len(document.text.split()),
        "state": "failed" if failed else "read",
        "reason": fault if failed else None,
    }


def _documents_schema() -> "pyarrow.Schema":
    import pyarrow as pa

    text = ("id", "title", "publisher", "url", "outlet", "published", "digest", "state", "reason")
    fields = {"shard": pa.int32(), "row": pa.int32(), "has_title_in_text": pa.bool_(), "day": pa.float64(), "words": pa.int32()}
    return pa.schema([*fields.items(), *((name, pa.string()) for name in text)])


def band_keys(text: str) -> list[int]:
    """One 64-bit key a band, of the runs of five words of a text, numbers as printed; empty for fewer than five words."""
    import hashlib

    from rensa import RMinHash

    from crossread.linking.words import words_of

    words = words_of(text).folded
    grams = {" ".join(words[i : i + GRAM]) for i in range(len(words) - GRAM + 1)}
    if not grams:
        return []
    sketch = RMinHash(num_perm=BANDS * ROWS, seed=1)
    sketch.update(sorted(grams))
    digest = sketch.digest()
    found = []
    for band in range(BANDS):
        values = b"".join(int(v).to_bytes(4, "little") for v in digest[band * ROWS : (band + 1) * ROWS])
        found.append(int.from_bytes(hashlib.blake2b(values, digest_size=8).digest(), "little", signed=True))
    return found


def _signatures(shard: int, keys: Sequence[tuple[int, int, int]]) -> "pyarrow.Table":
    import pyarrow as pa

    rows, bands, values = zip(*keys, strict=True) if keys else ((), (), ())
    return pa.table(
        {
            "shard": pa.array([shard] * len(keys), pa.int32()),
            "row": pa.array(rows, pa.int32()),
            "band": pa.array(bands, pa.int16()),
            "key": pa.array(values, pa.int64()),
        }
    )


# ---------------------------------------------------------------- linking


class _Report(Record, frozen=True, kw_only=True):
    """A reading of which only the document is wanted: the rest of its JSON is passed over."""

    schema_version: int
    document: Document


def load(archive: Archive, where: str, *, whole: bool = True, **tables: Any) -> list[tuple[int, Reading]]:
    """Number and reading of the documents of the index that a condition of SQL names (``i`` is the index), in order of their numbers.

    Args:
        archive: The archive.
        where: The condition.
        whole: Whether all that was read is wanted, or readings that hold their document only, which take a hundredth of the memory.
        tables: Arrow tables that the condition names.
    """
    rows = archive.query(
        f"SELECT i.number, i.name, r.record FROM {{index}} i JOIN {{readings}} r ON i.shard = r.shard AND i.row = r.row "
        f"WHERE {where} ORDER BY i.number",
        **tables,
    )
    found = []
    for number, name, record in zip(*(_values(rows, k) for k in range(3)), strict=True):
        reading = (
            decode(record, Reading, where=archive.url)
            if whole
            else Reading(document=decode(record, _Report, where=archive.url).document)
        )
        if reading.document.id != name:
            reading = msgspec.structs.replace(reading, document=msgspec.structs.replace(reading.document, id=name))
        found.append((number, reading))
    return found


def _values(rows: "pyarrow.Table", column: int) -> Iterator[Any]:
    """Values of a column one at a time."""
    return (value.as_py() for chunk in rows.column(column).chunks for value in chunk)


def survey(url: str, shard: int) -> dict[str, int]:
    """Count the terms of a shard's documents, and the lines that outlets print."""
    import pyarrow as pa

    from crossread.linking.features import counts_of
    from crossread.linking.furniture import line_digests

    archive = _archive(url)
    terms: dict[str, int] = {}
    lines: list[tuple[int, bytes, int]] = []
    loaded = load(archive, f"i.shard = {int(shard)}", whole=False)
    for number, reading in loaded:
        for term in counts_of(reading).all:
            terms[term] = terms.get(term, 0) + 1
        lines += [(number, line, length) for line, length in (line_digests(reading) or {}).items()]
    names = sorted(terms)
    archive.write(
        "terms",
        f"{shard:06d}",
        pa.table({"term": pa.array(names, pa.string()), "n": pa.array([terms[t] for t in names], pa.int64())}),
    )
    numbers, digests, lengths = zip(*lines, strict=True) if lines else ((), (), ())
    table = {
        "number": pa.array(numbers, pa.int64()),
        "line": pa.array(digests, pa.binary()),
        "length": pa.array(lengths, pa.int64()),
    }
    archive.write("lines", f"{shard:06d}", pa.table(table))
    archive.finish("survey", f"{shard:06d}", {"documents": len(loaded)})
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
    loaded = load(archive, where, whole=False)
    edges: list[tuple[int, int, float]] = []
    if len(loaded) > 1:
        numbers = [n for n, _ in loaded]
        days_of = [_day(reading) for _, reading in loaded]
        options = LikenessOptions(reach_days=reach)
        readings = [reading for _, reading in loaded]
        alike = likeness_edges(readings, options, rarity=_rarity(archive, readings, n_documents))
        for i, j, value in zip(*(column.tolist() for column in alike), strict=True):
            known = [d for d in (days_of[i], days_of[j]) if d is not None]
            if (min(known) < end if known else window < 0) and (not known or min(known) >= first):
                edges.append((numbers[i], numbers[j], value))
    a, b, values = zip(*sorted(edges), strict=True) if edges else ((), (), ())
    table = {"a": pa.array(a, pa.int64()), "b": pa.array(b, pa.int64()), "value": pa.array(values, pa.float64())}
    part = f"{window + 1:06d}"
    archive.write("edges", part, pa.table(table))
    archive.finish("edges", part, {"edges": len(edges)})
    return len(edges)


def _day(reading: Reading) -> float | None:
    from crossread.linking.dating import dating_of

    return dating_of(reading.document).day


def _rarity(archive: Archive, readings: Sequence[Reading], n_documents: int) -> Any:
    """How rare the terms of some readings are in the whole archive."""
    import pyarrow as pa

    from crossread.linking.features import Rarity, counts_of

    own = sorted({term for reading in readings for counts in [counts_of(reading)] for term in (*counts.all, *counts.lead)})
    rows = archive.query(
        "SELECT t.term, sum(t.n)::BIGINT AS n FROM {terms} t SEMI JOIN own ON t.term = own.term GROUP BY t.term",
        own=pa.table({"term": pa.array(own, pa.string())}),
    )
    return Rarity.of_archive(n_documents, dict(zip(rows.column(0).to_pylist(), rows.column(1).to_pylist(), strict=True)))


def link_group_part(url: str, part: str, groups: list[list[int]]) -> dict[str, int]:
    """Build the stories of groups of reports and write them with their events."""
    import pyarrow as pa

    from crossread.linking import build_story
    from crossread.scale.rows import event_rows, events_schema, stories_schema, story_row

    archive = _archive(url)
    loaded = dict(_of_numbers(archive, [n for group in groups for n in group]))
    furniture = _furniture(archive, list(loaded))
    stories, events = [], []
    for group in groups:
        readings = [loaded[n] for n in group]
        story = build_story(readings, furniture=furniture)
        stories.append(story_row(story, readings))
        events += event_rows(story)
    archive.write("stories", part, pa.Table.from_pylist(stories, stories_schema()))
    archive.write("events", part, pa.Table.from_pylist(events, events_schema()))
    facts = {"stories": len(stories), "events": len(events)}
    archive.finish("stories", part, facts)
    return facts


def _of_numbers(archive: Archive, numbers: Sequence[int]) -> list[tuple[int, Reading]]:
    import pyarrow as pa

    return load(archive, "i.number IN (SELECT number FROM chosen)", chosen=pa.table({"number": pa.array(numbers, pa.int64())}))


def _furniture(archive: Archive, numbers: Sequence[int]) -> Any:
    """Lines that are furniture in the whole archive, as far as these reports print them."""
    import pyarrow as pa

    from crossread.linking.furniture import Furniture

    rows = archive.query(
        "SELECT DISTINCT l.line FROM {lines} l SEMI JOIN chosen ON l.number = chosen.number "
        "WHERE l.line IN (SELECT line FROM {furniture})",
        chosen=pa.table({"number": pa.array(numbers, pa.int64())}),
    )
    return Furniture(frozenset(rows.column(0).to_pylist()))


def copy_part(url: str, part: str, groups: list[list[int]]) -> int:
    """Compare reports that met in a band, passage by passage, and write which are copies of which."""
    import pyarrow as pa

    from crossread.linking.copies import find_copies

    archive = _archive(url)
    loaded = dict(_of_numbers(archive, [n for group in groups for n in group]))
    furniture = _furniture(archive, list(loaded))
    pairs = []
    for group in groups:
        for found in find_copies([loaded[n] for n in group], furniture):
            pairs += [{"a": p.a, "b": p.b, "kind": p.kind.value, "reason": found.reason} for p in found.pairs]
    pairs.sort(key=lambda p: (p["a"], p["b"]))
    schema = pa.schema([(name, pa.string()) for name in ("a", "b", "kind", "reason")])
    archive.write("copies", part, pa.Table.from_pylist(pairs, schema))
    archive.finish("copies", part, {"pairs": len(pairs)})
    return len(pairs)


def warm_up(number: int) -> int:
    """Load what reading needs, so that the first task of a process costs no more than the others; returns its argument."""
    from crossread.calls import read

    read("Rebels said on Tuesday that talks had ended.")
    return number
