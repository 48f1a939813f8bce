"""Records in and out of files, stdin and stdout."""

import json
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from crossread.errors import ExportError, UnreadableDocument
from crossread.jsonlines import decode, encode, read_lines
from crossread.records import Document, Reading, Record, Story

RECORD_KEYS = {"raw_sha256", "removed", "problems", "title_span"}


def write_records(records: Iterable[Record], out: BinaryIO) -> int:
    """Write records as JSON Lines as they come; returns how many."""
    count = 0
    for record in records:
        out.write(encode(record) + b"\n")
        out.flush()
        count += 1
    return count


def write_file(path: Path, content: str) -> None:
    """Write a text file whole or not at all: temporary file beside it, fsync, rename.

    Raises:
        ExportError: If it cannot be written; the message names the file and what to do.
    """
    handle = None
    try:
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", newline="", dir=path.parent, delete=False) as handle:
            handle.write(content)
            handle.flush()
            os.fsync(handle.fileno())
        os.chmod(handle.name, 0o644)
        os.replace(handle.name, path)
    except OSError as err:
        if handle is not None:
            Path(handle.name).unlink(missing_ok=True)
        raise ExportError(
            f"{path}: cannot be written ({err.strerror or err}); check the folder, its rights and the space left"
        ) from err


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


def is_document_line(line: bytes) -> bool:
    """Whether a line of JSON is a Document record as ``crossread ingest`` writes it, rather than raw input."""
    try:
        value = json.loads(line)
    except ValueError:
        return False
    return isinstance(value, dict) and value.keys() >= RECORD_KEYS


def documents_of(path: str) -> list[Document] | None:
    """The Document records of a JSON Lines file or of stdin; ``None`` where the first line is not such a record.

    Only files that can hold records are looked at: ``-`` is handled by `stdin_documents`.
    """
    if not path.endswith((".jsonl", ".json", ".ndjson")) or not Path(path).is_file():
        return None
    with open(path, "rb") as handle:
        if not is_document_line(handle.readline()):
            return None
    return list(read_lines(lines_of(path), Document, where=path))


def stdin_documents(data: bytes) -> list[Document] | None:
    """The Document records of bytes from stdin; ``None`` where they are raw input."""
    first = data.lstrip().split(b"\n", 1)[0]
    return list(read_lines(data.splitlines(), Document, where="stdin")) if is_document_line(first) else None


def read_stories(path: str) -> Iterator[Story]:
    """Stories of a JSON Lines file."""
    for number, line in enumerate(lines_of(path), start=1):
        if line.strip():
            yield decode(line, Story, where=f"{path}, line {number}")
