"""What the workers of an engine run to read: each function reads documents and writes one part of an archive.

Arguments and results are plain values, so that any engine can carry them.
"""

import faulthandler
import os
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

import msgspec

from crossread.jsonlines import encode
from crossread.records import Document, Reading
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
    from crossread.records.sources import source_text

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
        "source": source_text(document.source),
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

    text = ("id", "title", "publisher", "url", "source", "outlet", "published", "digest", "state", "reason")
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


def warm_up(number: int) -> int:
    """Load what reading needs, so that the first task of a process costs no more than the others; returns its argument."""
    import pyarrow.parquet  # noqa: F401

    from crossread.calls import read
    from crossread.ingest import formats, packed  # noqa: F401

    reading = read("Rebels said on Tuesday that talks had ended in the town.")
    _described(reading)
    band_keys(reading.document.text)
    return number
