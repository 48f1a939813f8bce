"""What is done with packed input inside the killable child: streams, web archives, zip archives and tables, piece by piece.

A job takes the packed bytes as a stream and yields plain values.  What it raises as `UnreadableDocument` is told as it stands; of any other
fault its text is told.
"""

import errno
import gzip
import io
import os
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, Literal

from crossread.errors import UnreadableDocument

_PIECE = 1 << 18
_FLAT = (OSError, EOFError, zlib.error, ValueError, RuntimeError)
_ROWS = 20
_MOST_HEAD = 1 << 18
"""Bytes of a server's answer that are read to tell whether it is a page."""


class Packed(io.RawIOBase):
    """The packed bytes, which the parent gives on demand; ``size`` is known where they can be read in any order."""

    def __init__(self, ask: Callable[[int, int], bytes], size: int | None) -> None:
        self._ask, self._size, self._at = ask, size, 0

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Whether the size is known, so that any place can be asked for."""
        return self._size is not None

    def tell(self) -> int:
        """The place of the next byte."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place; it may lie past the end, where nothing is read."""
        if self._size is None:
            raise io.UnsupportedOperation("seek")
        self._at = offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        if self._at < 0:
            raise OSError(errno.EINVAL, f"negative place {self._at}")
        return self._at

    def readinto(self, buffer: Any) -> int:
        """Ask the parent for the next bytes; 0 at the end."""
        piece = self._ask(self._at, len(buffer))
        self._at += len(piece)
        buffer[: len(piece)] = piece
        return len(piece)


# ---------------------------------------------------------------- streams


def gzip_pieces(packed: BinaryIO) -> Iterator[bytes]:
    """What a gzip stream unpacks to; what comes before a damaged place is given."""
    with gzip.GzipFile(fileobj=packed) as stream:
        while piece := stream.read1(_PIECE):
            yield piece


def zstd_pieces(packed: BinaryIO) -> Iterator[bytes]:
    """What a Zstandard stream unpacks to."""
    from fastwarc.stream_io import ZstdReader

    stream = ZstdReader(packed)
    while piece := stream.read(_PIECE):
        yield piece


# ---------------------------------------------------------------- web archives


WarcPiece = tuple[int, list[str | None], tuple[bytes | None, str] | None]
"""Place, the record's id, address and time, and of a page its body or the reason why that cannot be had."""


def warc_pages(packed: BinaryIO, limit: int, place: int, passed: str | None) -> Iterator[WarcPiece]:
    """The successful HTML responses of a web archive, from a place in it on.

    Each response is named before it is looked into, and comes once more with its body where it is a page.  What the server said of length
    and packing never decides where the next record is.

    Args:
        packed: The archive.
        limit: Bytes of a body at most, packed and unpacked.
        place: Where to begin.
        passed: The id of the record at that place, if that record is to be passed over; no page can know the id that its record was given.
    """
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    if place:
        packed.seek(place)
    records = iter(ArchiveIterator(packed, record_types=WarcRecordType.response, parse_http=False))
    if passed is not None:
        _pass_over(records, passed)
    n_read = 0
    while True:
        try:
            record = next(records, None)
        except _FLAT as err:
            raise UnreadableDocument(f"the archive is damaged after {n_read} records: {err}; copy or fetch it again") from err
        if record is None:
            return
        n_read += 1
        about = [str(record.record_id), record.headers.get("WARC-Target-URI"), record.headers.get("WARC-Date")]
        yield record.stream_pos, about, None
        page = _page(record, limit)
        if page is not None:
            yield record.stream_pos, about, page


def _pass_over(records: Iterator[Any], name: str) -> None:
    try:
        is_there = str(getattr(next(records, None), "record_id", None)) == name
    except _FLAT:
        is_there = False
    if not is_there:
        raise UnreadableDocument(
            "what follows cannot be reached, as the archive is packed as one piece; unpack it and give that file"
        )


def _page(record: Any, limit: int) -> tuple[bytes | None, str] | None:
    """The body of a response that is a page, or the reason why it cannot be had; nothing where it is no page."""
    try:
        raw: bytes = record.reader.read(_MOST_HEAD)
        head = _answer(raw, "none")
        if head is None or not _is_page(head):
            return None
        raw += record.reader.read(limit + 1 - len(raw))
        body = _body(raw, limit) if len(raw) <= limit else raw
    except _FLAT as err:
        return None, f"damaged: {err}; fetch the page again"
    return (body, "") if len(body) <= limit else (None, f"larger than {limit // 2**20} MB")


def _answer(raw: bytes, decode: Literal["none", "all"]) -> Any:
    """What a server answered, as a record of its own, so that whatever is wrong with it stays in it."""
    from fastwarc.warc import ArchiveIterator

    head = f"WARC/1.1\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: {len(raw)}\r\n\r\n"
    return next(iter(ArchiveIterator(io.BytesIO(head.encode() + raw + b"\r\n\r\n"), parse_http=True, auto_decode=decode)), None)


def _body(raw: bytes, limit: int) -> bytes:
    """The body of an answer, at most one byte more than the limit; as it stands where it is markup already, whatever its server says."""
    try:
        body: bytes = _answer(raw, "all").reader.read(limit + 1)
    except _FLAT:
        body = _answer(raw, "none").reader.read()
        if not body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
            raise
    return body


def _is_page(record: Any) -> bool:
    if record.http_headers is None or record.http_headers.status_code != 200:
        return False
    return record.http_content_type in ("text/html", "application/xhtml+xml")


# ---------------------------------------------------------------- zip archives


def zip_members(
    packed: BinaryIO, max_members: int, max_bytes: int, max_ratio: int, free: int, limit: int
) -> Iterator[tuple[str, bytes | None, str]]:
    """The members of an archive by name: each with its bytes, or with the reason why it has none.

    Args:
        packed: The archive, which can be read in any order.
        max_members: Members of an archive at most.
        max_bytes: Unpacked bytes of all members at most.
        max_ratio: Unpacked to packed bytes at most, of a member and of the archive.
        free: Bytes to which any archive may unpack.
        limit: Unpacked bytes of one member at most.
    """
    try:
        archive = zipfile.ZipFile(packed)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as err:
        raise UnreadableDocument(f"not a readable zip archive: {err}; copy it again, or unpack it and give the folder") from err
    with archive:
        members = sorted((m for m in archive.infolist() if _is_wanted(m)), key=lambda m: m.filename)
        if len(members) > max_members:
            raise UnreadableDocument(f"{len(members)} members; at most {max_members} are read")
        left = min(max_bytes, max(free, max_ratio * packed.seek(0, io.SEEK_END)))
        shared = _sharing(archive.infolist())
        for member in members:
            try:
                data = _unpacked(archive, member, max_ratio, min(left, limit), is_shared=member.header_offset in shared)
            except UnreadableDocument as err:
                yield member.filename, None, str(err)
                continue
            left -= len(data)
            yield member.filename, data, ""


def _sharing(members: list[zipfile.ZipInfo]) -> set[int]:
    """Places of members that lie inside what another member takes up, as in archives that unpack to far more than they hold."""
    found, end = set(), -1
    for member in sorted(members, key=lambda m: m.header_offset):
        if member.header_offset < end:
            found.add(member.header_offset)
        end = max(end, member.header_offset + member.compress_size + 30)
    return found


def _is_wanted(member: zipfile.ZipInfo) -> bool:
    parts = member.filename.split("/")
    return not (member.is_dir() or parts[0] == "__MACOSX" or parts[-1].startswith("."))


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo, max_ratio: int, limit: int, *, is_shared: bool) -> bytes:
    if is_shared:
        raise UnreadableDocument("lies inside another member, as only made-up archives have it; unpack it yourself")
    if member.flag_bits & 1:
        raise UnreadableDocument("locked with a password; unpack it and give the folder")
    if (member.external_attr >> 16) & 0o170000 == 0o120000:
        raise UnreadableDocument("a symbolic link; links are not followed")
    if member.file_size > limit or member.file_size > max_ratio * max(member.compress_size, 5_000):
        raise UnreadableDocument(
            f"unpacks from {member.compress_size} to {member.file_size} bytes, which no report does; unpack it yourself"
        )
    try:
        with archive.open(member) as stream:
            data = stream.read(limit + 1)
    except MemoryError as err:
        raise UnreadableDocument("asks for more memory than there is; unpack it and give the folder") from err
    except (zipfile.BadZipFile, NotImplementedError, *_FLAT) as err:
        raise UnreadableDocument(f"damaged: {err}; copy the archive again") from err
    if len(data) > limit:
        raise UnreadableDocument(f"larger than {limit} bytes unpacked, more than any single report; split it")
    return data


# ---------------------------------------------------------------- tables


def parquet_rows(
    _: BinaryIO, path: str, folder: str, max_bytes: int, max_ratio: int, free: int
) -> Iterator[tuple[dict[str, Any], bytes]]:
    """The rows of a Parquet file by column, and their values as one string of bytes; the path counts from the folder.

    All rows hold ``max_bytes`` at most, and more than ``free`` only up to ``max_ratio`` times the size of the file.
    """
    import duckdb

    os.chdir(folder)
    left = min(max_bytes, max(free, max_ratio * os.path.getsize(path)))
    config: dict[str, Any] = {"threads": 1, "memory_limit": "512MB", "autoinstall_known_extensions": False}
    with duckdb.connect(config=config) as connection:
        rows = connection.execute("SELECT * FROM read_parquet(?)", [path])
        names = [str(column[0]).lower() for column in rows.description or ()]
        while batch := rows.fetchmany(_ROWS):
            for values in batch:
                raw = "\x1f".join(map(str, values)).encode("utf-8", "replace")
                left -= len(raw)
                if left < 0:
                    raise ValueError("its rows hold far more than the file, which no collection of reports does")
                yield dict(zip(names, map(_plain, values), strict=True)), raw


def _plain(value: Any) -> Any:
    """A value as JSON Lines would have it: times as ISO strings, what has no form there as its text."""
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    is_plain = value is None or isinstance(value, str | bool | float) or (isinstance(value, int) and abs(value) < 2**63)
    return value if is_plain else str(value)


STREAMS: dict[str, Callable[..., Iterator[Any]]] = {
    "gzip": gzip_pieces,
    "zstd": zstd_pieces,
    "warc": warc_pages,
    "zip": zip_members,
    "parquet": parquet_rows,
}
"""Jobs by name."""
