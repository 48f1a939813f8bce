"""How inputs are cut into shards, the grain at which an archive is read, kept and gone on with."""

import hashlib
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath
from typing import Any

import msgspec

from crossread.ingest.readers import Blob, Options, Resume, read_blob, reader_of_name
from crossread.records import Document, FileSource

COUNTED = ("jsonl.v1", "parquet.v1", "warc.v1")
"""Readers whose inputs hold so many documents that they are cut; any other input is one piece."""


class Piece(msgspec.Struct, frozen=True):
    """Documents ``first`` to ``first + count`` of an input, from 0; ``count`` is ``None`` for all that follow."""

    path: str
    first: int = 0
    count: int | None = None


class Shard(msgspec.Struct, frozen=True):
    """Pieces that one task reads, in order."""

    number: int
    pieces: tuple[Piece, ...]

    @property
    def name(self) -> str:
        """Name of its files: the number, and a digest of what it holds."""
        digest = hashlib.sha256(msgspec.json.encode(self.pieces)).hexdigest()[:8]
        return f"{self.number:06d}-{digest}"


def input_blob(path: str) -> Blob:
    """An input by path or by any address that fsspec opens (``s3://``, ``gs://``, ``https://``)."""
    if "://" not in path:
        return Blob(name=path, source=FileSource(path=path), opener=lambda: open(path, "rb"))
    import fsspec

    def opened() -> Any:
        return io.BufferedReader(fsspec.open(path, "rb").open(), 1 << 16)

    return Blob(name=path, source=FileSource(path=path), opener=opened)


def documents_of(shard: Shard) -> Iterator[Document]:
    """The documents of a shard, in order; what cannot be read is a document that carries its reason."""
    from crossread.ingest import formats, packed  # noqa: F401 -- register the readers

    for piece in shard.pieces:
        resume, n = Resume(left=piece.first), 0
        for document in read_blob(input_blob(piece.path), Options(resume=resume)):
            if resume.passes():
                continue
            if piece.count is not None and n == piece.count:
                break
            n += 1
            yield document


def is_counted(path: str) -> bool:
    """Whether an input holds many documents and is worth counting before it is cut."""
    from crossread.ingest import formats, packed  # noqa: F401 -- register the readers

    reader = reader_of_name(_unpacked(path))
    return reader is not None and reader.name in COUNTED


def _unpacked(path: str) -> str:
    name = PurePosixPath(path.split("?", 1)[0]).name.lower()
    for suffix in (".gz", ".zst", ".zstd"):
        if name.endswith(suffix) and not name.endswith((".warc.gz", ".warc.zst")):
            return name.removesuffix(suffix)
    return name


def count_documents(path: str) -> int:
    """How many documents an input holds, told without building them."""
    from crossread.ingest import formats, packed  # noqa: F401 -- register the readers

    resume = Resume(left=1 << 62)
    failed = sum(1 for _ in read_blob(input_blob(path), Options(resume=resume)))
    return (1 << 62) - resume.left + failed


def cut(paths: Iterable[str], counts: dict[str, int], size: int, *, first: int = 0) -> Iterator[Shard]:
    """Shards of about ``size`` documents: counted inputs in pieces, small ones several together.

    Args:
        paths: Inputs, each once, in the order that they are to be read.
        counts: Documents of each counted input; an input that is not there counts as one document.
        size: Documents of a shard.
        first: Number of the first shard.
    """
    number = first
    waiting: list[Piece] = []
    for path in paths:
        count = counts.get(path)
        if count is None or count <= size // 2:
            waiting.append(Piece(path))
            if _weight(waiting, counts) >= size:
                yield Shard(number, tuple(waiting))
                number, waiting = number + 1, []
            continue
        for start in range(0, count, size):
            yield Shard(number, (Piece(path, start, size if start + size < count else None),))
            number += 1
    if waiting:
        yield Shard(number, tuple(waiting))


def _weight(pieces: Sequence[Piece], counts: dict[str, int]) -> int:
    return sum(counts.get(piece.path, 1) for piece in pieces)
