"""Bytes to text: encodings, line breaks, control characters."""

import json
import re
from typing import Any, NamedTuple

from crossread.errors import UnreadableDocument
from crossread.records import Problem

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufeff\ufffe\uffff\ufff9-\ufffb]|[\ud800-\udfff]")
_SIGNATURES = (
    b"%PDF",
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"\x7fELF",
    b"MZ\x90",
    b"\xd0\xcf\x11\xe0",
    b"Rar!",
    b"7z\xbc\xaf",
    b"SQLite format 3",
    b"OggS",
    b"ID3",
    b"fLaC",
    b"\x00asm",
)
_CHARSET = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([a-zA-Z0-9_:.-]{2,40})|<\?xml[^>]{0,100}?encoding\s*=\s*["']([a-zA-Z0-9_.-]{2,40})""",
    re.IGNORECASE,
)
_SAMPLE = 65_536
_MARKS_1252 = (
    b"\x80\x82\x84\x85\x8b\x91\x92\x93\x94\x95\x96\x97\x9b\xa0\xa3\xa9\xab\xb0\xb7\xbb\xbd"
    b"\xc9\xe0\xe1\xe4\xe7\xe8\xe9\xed\xf1\xf3\xf6\xfc"
)


_SURROGATE = re.compile("[\ud800-\udfff]")
MAX_PARTS = 1_000_000
"""Lists and objects of a JSON text at most."""
_ESCAPED = re.compile(r"\\u[dD][89a-fA-F]")


def storable(text: str) -> str:
    """The text with each lone surrogate, which cannot be written as UTF-8, as one U+FFFD, so that offsets stay."""
    return _SURROGATE.sub("\ufffd", text)


def load_json(text: str) -> Any:
    """The value of a JSON text, all of its strings `storable`.

    Raises:
        ValueError: If it is no JSON, or of so many parts that its values would take a gigabyte.
        RecursionError: If it is nested too deep.
    """
    if text.count("[") + text.count("{") > MAX_PARTS:
        raise ValueError(f"more than {MAX_PARTS} lists and objects")
    value = json.loads(text)
    return storable_value(value) if _ESCAPED.search(text) else value


def storable_value(value: Any) -> Any:
    """A value of plain types with all of its strings `storable`."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {storable_value(k): storable_value(v) for k, v in value.items()}
    return [storable_value(v) for v in value] if isinstance(value, list | tuple) else value


class Decoded(NamedTuple):
    """Text, the encoding that it was in, and what was lost on the way."""

    text: str
    encoding: str
    problems: tuple[Problem, ...]


def decode(data: bytes, *, html: bool = False) -> Decoded:
    """Text of bytes in an encoding that is stated (BOM, in ``html`` also the page's own word), UTF-8, or guessed.

    Line breaks become ``\\n``; control characters are dropped and reported.

    Raises:
        UnreadableDocument: If the bytes are not text.
    """
    if not data.strip(b"\x00 \t\r\n\x0b\x0c"):
        return Decoded("", "utf-8", ())
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _clean(data[len(bom) :].decode(encoding, "replace"), encoding)
    if data.startswith(_SIGNATURES):
        raise UnreadableDocument(
            "the bytes are those of a binary file (picture, PDF, program, office file or database), not of text;"
            " export it as text or HTML and give that file"
        )
    wide = _wide_encoding(data)
    if wide is not None:
        return _clean(data.decode(wide, "replace"), wide)
    try:
        return _clean(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as err:
        wrong = err
    stated = _stated_charset(data) if html else None
    if stated is not None and stated != "utf-8":
        return _clean(data.decode(stated, "replace"), stated)
    return _guess(data, wrong)


def _wide_encoding(data: bytes) -> str | None:
    """UTF-16 without a BOM shows as a zero in every second byte."""
    sample = data[:4096]
    if len(sample) < 8 or b"\x00" not in sample:
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > 0.7 * half and even < 0.1 * half:
        return "utf-16-le"
    if even > 0.7 * half and odd < 0.1 * half:
        return "utf-16-be"
    return None


def _stated_charset(data: bytes) -> str | None:
    found = _CHARSET.search(data[:4096])
    if found is None:
        return None
    name = (found[1] or found[2]).decode("ascii").lower()
    try:
        known = "".encode(name)
    except LookupError:
        return None
    return (
        {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "ascii": "cp1252", "us-ascii": "cp1252"}.get(name, name)
        if known == b""
        else None
    )


def _guess(data: bytes, wrong: UnicodeDecodeError) -> Decoded:
    sample = data[:_SAMPLE]
    n_control = sum(sample.count(bytes([b])) for b in (*range(9), *range(14, 32), 127))
    if n_control > 0.02 * len(sample):
        raise UnreadableDocument(
            f"the bytes are not text: {n_control} of the first {len(sample)} are control characters; export it as text or HTML"
        )
    lenient = data.decode("utf-8", "replace")
    n_bad = lenient.count("\ufffd")
    n_wide = sum(c > "\x7f" for c in lenient) - n_bad
    if n_bad <= 0.1 * max(n_wide, 1) or (wrong.start >= len(data) - 4 and n_bad == 1):
        return _clean(lenient, "utf-8")  # UTF-8 with a few broken bytes, or cut in the middle of a character
    encoding = _western(sample) or _ask_normalizer(sample) or "cp1252"
    return _clean(data.decode(encoding, "replace"), encoding)


def _western(sample: bytes) -> str | None:
    """Windows-1252, what most old English pages are in: mostly ASCII, the rest typographic marks and accents between letters."""
    high = [b for b in sample if b > 127]
    marks = sum(b in _MARKS_1252 for b in high)
    if len(high) < 0.05 * len(sample) and marks > 0.8 * len(high):
        return "cp1252"
    return None


def _ask_normalizer(sample: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    return None if best is None else best.encoding


def _clean(text: str, encoding: str) -> Decoded:
    problems = []
    n_lost = text.count("\ufffd")
    if n_lost:
        problems.append(
            Problem(
                step="ingest",
                code="text.undecodable",
                message=f"{n_lost} characters could not be decoded as {encoding} and stand as U+FFFD",
            )
        )
    text = (
        text.replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\x0c", "\n")
        .replace("\x85", "\n")
        .replace("\u2028", "\n")
        .replace("\u2029", "\n\n")
    )
    text, n_control = _CONTROL.subn("", text)
    if n_control:
        problems.append(
            Problem(step="ingest", code="text.control_characters", message=f"{n_control} control characters were dropped")
        )
    return Decoded(text, encoding, tuple(problems))


def normalise(text: str) -> Decoded:
    """The same clean-up for text that comes as text."""
    return _clean(text, "text")
