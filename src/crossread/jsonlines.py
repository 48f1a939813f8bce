"""Records to JSON Lines and back."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, TypeVar

import msgspec

from crossread.errors import SchemaMismatch
from crossread.records import SCHEMA_VERSION, Document, Reading, Record, Story

R = TypeVar("R", bound=Record)

_ENCODER = msgspec.json.Encoder()
_MADE_BY = {
    Document: "`crossread ingest` writes documents",
    Reading: "`crossread read` writes readings",
    Story: "`crossread link` writes stories",
}


@cache
def _decoder(kind: type[Any]) -> "msgspec.json.Decoder[Any]":
    return msgspec.json.Decoder(kind)


def encode(record: Record) -> bytes:
    """One record as one line of JSON, without the line break."""
    return _ENCODER.encode(record)


def decode(line: bytes | str, kind: type[R], *, where: str = "input") -> R:
    """One line of JSON as a record of the given kind.

    Raises:
        SchemaMismatch: If the line is no JSON, has another shape, or another schema version; the message names ``where``.
    """
    try:
        record: R = _decoder(kind).decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as err:
        raise SchemaMismatch(f"{where}: not a {kind.__name__} record: {err}; {_MADE_BY.get(kind, '')}".rstrip("; ")) from err
    version = getattr(record, "schema_version", SCHEMA_VERSION)
    if version != SCHEMA_VERSION:
        raise SchemaMismatch(
            f"{where}: schema_version {version} cannot be read by this version, which writes {SCHEMA_VERSION}; make the file again"
        )
    return record


def convert(value: Any, kind: type[R], *, where: str = "input") -> R:
    """A plain object (as JSON gives it) as a record of the given kind; raises `SchemaMismatch` as `decode` does."""
    if isinstance(value, kind):
        return value
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError as err:
        raise SchemaMismatch(f"{where}: not a {kind.__name__} record: {err}") from err


def read_lines(lines: Iterable[bytes | str], kind: type[R], *, where: str = "input") -> Iterator[R]:
    """Records of JSON Lines, empty lines skipped; errors name the 1-based line."""
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield decode(line, kind, where=f"{where}, line {number}")


def schema() -> dict[str, Any]:
    """JSON Schema of Document, Reading and Story."""
    _, components = msgspec.json.schema_components((Document, Reading, Story), ref_template="#/$defs/{name}")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "crossread records",
        "schema_version": SCHEMA_VERSION,
        "$defs": components,
    }
