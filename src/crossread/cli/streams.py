"""Records in and out of files, stdin and stdout."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from crossread.errors import UnreadableDocument
from crossread.jsonlines import decode, encode, read_lines
from crossread.records import Reading, Record, Story


def write_records(records: Iterable[Record], out: BinaryIO) -> int:
    """Write records as JSON Lines as they come; returns how many."""
    count = 0
    for record in records:
        out.write(encode(record) + b"\n")
        out.flush()
        count += 1
    return count


def write_file(path: Path, content: str) -> None:
    """Write a text file whole or not at all; raises `ExportError` as `crossread.export.write_bytes` does."""
    from crossread.export.encoding import utf8
    from crossread.export.files import write_bytes

    write_bytes(path, utf8(content))


def lines_of(path: str) -> Iterator[bytes]:
    """Lines of a file, or of stdin for ``-``.

    Raises:
        UnreadableDocument: If the file cannot be opened.
    """
    if path == "-":
        yield from sys.stdin.buffer
        return
    try:
        with open(path, "rb") as handle:
            yield from handle
    except OSError as err:
        raise UnreadableDocument(f"{path}: {err.strerror or err}; give a JSON Lines file, or - for stdin") from err


def read_readings(paths: Iterable[str]) -> Iterator[Reading]:
    """Readings of JSON Lines files, in order; raises `SchemaMismatch` that names file and line."""
    for path in paths:
        yield from read_lines(lines_of(path), Reading, where="stdin" if path == "-" else path)


def read_stories(path: str) -> Iterator[Story]:
    """Stories of a JSON Lines file."""
    for number, line in enumerate(lines_of(path), start=1):
        if line.strip():
            yield decode(line, Story, where=f"{path}, line {number}")
