"""Text of any kind as bytes that every program reads.

Text of reports may hold lone surrogates (half of a UTF-16 pair, from broken input), which UTF-8 cannot carry.  Each becomes one
U+FFFD, so that offsets into the text still fit.
"""

import json
import re
from typing import Any

import msgspec

from crossread.records import Record

_SURROGATES = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """The text with each lone surrogate replaced by U+FFFD; as long as before."""
    return text if text.isascii() else _SURROGATES.sub("\ufffd", text)


def utf8(text: str) -> bytes:
    """The text as UTF-8, lone surrogates replaced."""
    return clean(text).encode("utf-8")


def cleaned(value: Any) -> Any:
    """A plain value (as JSON gives it) with all its texts clean, keys included."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {cleaned(k): cleaned(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [cleaned(v) for v in value]
    return value


def record_line(record: Record) -> bytes:
    """One record as one line of JSON with its line break."""
    try:
        return msgspec.json.encode(record) + b"\n"
    except UnicodeEncodeError:
        return msgspec.json.encode(cleaned(msgspec.to_builtins(record))) + b"\n"


def json_bytes(value: Any, *, indent: int | None = 1) -> bytes:
    """A plain value as JSON, characters beyond ASCII as they are, line break at the end."""
    return json.dumps(cleaned(value), ensure_ascii=False, indent=indent, allow_nan=False).encode("utf-8") + b"\n"
