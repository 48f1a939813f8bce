"""Where the readings of an archive lie, so that linking unpacks those it wants and few others, however large the archive is."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np

from crossread.jsonlines import decode
from crossread.records import Document, Reading, Record
from crossread.scale.archive import Archive

if TYPE_CHECKING:
    import pyarrow


class _Report(Record, frozen=True, kw_only=True):
    """A reading of which only the document is wanted: the rest of its JSON is passed over."""

    schema_version: int
    document: Document


def places_where(archive: Archive, where: str) -> "pyarrow.Table":
    """Number, name, part and row of the documents of the index for which a condition of SQL holds, in order of their numbers."""
    import pyarrow as pa

    names = archive.parts("readings")
    parts = pa.table({"shard": pa.array([int(n.split("-")[0]) for n in names], pa.int32()), "part": pa.array(names, pa.string())})
    return archive.query(
        f"SELECT i.number, i.name, p.part, i.row FROM {{index}} i JOIN parts p ON i.shard = p.shard WHERE {where} ORDER BY i.number",
        parts=parts,
    )


class Places:
    """Places of all documents that count, by their numbers (which run from 0 without a gap)."""

    def __init__(self, archive: Archive) -> None:
        self._all = places_where(archive, "true")
        parts, rows = self._all.column("part").to_numpy(), self._all.column("row").to_numpy()
        order = np.lexsort((rows, parts))
        self._rank = np.empty(len(order), np.int64)
        self._rank[order] = np.arange(len(order))

    def of(self, numbers: Sequence[int]) -> "pyarrow.Table":
        """The places of some documents."""
        return self._all.take(numbers)

    def by_part(self) -> Iterator[tuple[str, "pyarrow.Table"]]:
        """The places that lie in each part, by its name."""
        order = np.argsort(self._rank)
        parts = self._all.column("part").take(order).to_numpy()
        starts = [n for n in range(len(parts)) if n == 0 or parts[n] != parts[n - 1]]
        for start, end in zip(starts, [*starts[1:], len(parts)], strict=True):
            yield str(parts[start]), self._all.take(order[start:end])

    def nearby(self, groups: Sequence[list[int]]) -> list[list[int]]:
        """Groups of documents in the order in which they lie, so that few parts are opened for neighbours."""
        return sorted(groups, key=lambda group: int(self._rank[group].min()))


def load(archive: Archive, places: "pyarrow.Table", *, whole: bool = True) -> list[tuple[int, Reading]]:
    """Number and reading of documents, in order of their numbers, under the names that the index gives them.

    Args:
        archive: The archive.
        places: Where they lie.
        whole: Whether all that was read is wanted, or readings that hold their document only, which take a hundredth of the memory.
    """
    by_part: dict[str, list[dict[str, Any]]] = {}
    for place in places.to_pylist():
        by_part.setdefault(place["part"], []).append(place)
    found: list[tuple[int, Reading]] = []
    for part, wanted in by_part.items():
        records = archive.rows_at("readings", part, "record", [w["row"] for w in wanted])
        found += [(w["number"], _reading(record, w["name"], archive.url, whole)) for w, record in zip(wanted, records, strict=True)]
    return sorted(found, key=lambda item: item[0])


def _reading(record: bytes, name: str, where: str, whole: bool) -> Reading:
    reading = decode(record, Reading, where=where) if whole else Reading(document=decode(record, _Report, where=where).document)
    if reading.document.id == name:
        return reading
    return msgspec.structs.replace(reading, document=msgspec.structs.replace(reading.document, id=name))
