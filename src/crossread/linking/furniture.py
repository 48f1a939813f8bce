"""Lines that an outlet prints under many of its reports: found by how often they recur, and by how footers and captions read."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from crossread.records import Reading, Span

_SHORTEST = 20  # characters; shorter lines ("He said:") recur by chance
_LINE = re.compile(r"[^\n]+")
_FURNITURE = re.compile(
    r"\ball rights reserved\b|\bcopyright\b.{0,20}\b(?:19|20)\d\d\b|©|\bterms of (?:use|service)\b"
    r"|\bmay not be (?:published|reproduced)\b|\bhide caption\b|\bimage (?:copyright|caption)\b"
    r"|\b(?:AP|file|handout|getty images?|reuters) ?(?:photo|picture|image)\b|\bphoto(?:graph)?s? (?:by|credit|courtesy)\b"
    r"|^\s*File(?: photo)?\s*[-–—:]|^\s*Photos?:|\bread more:|\bsign up (?:for|to) (?:our|the)\b|\bfollow us on\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Furniture:
    """Digests of lines that recur in the reports of an outlet."""

    lines: frozenset[bytes] = frozenset()

    def spans(self, reading: Reading) -> list[Span]:
        """Lines of a document that are furniture by recurrence or by their wording."""
        outlet = outlet_of(reading)
        return [
            span
            for span, text in _lines(reading)
            if _reads_so(text[:400]) or (len(text) >= _SHORTEST and _digest(outlet, text) in self.lines)
        ]


_HINTS = (
    "all rights", "copyright", "©", "terms of", "may not be", "caption", "photo", "picture", "image", "file", "read more", "sign up",
    "follow us",
)  # fmt: skip
"""One of these stands in every line that reads like furniture: told at once, where the pattern takes its time."""


def _reads_so(line: str) -> bool:
    low = line.lower()
    return any(hint in low for hint in _HINTS) and _FURNITURE.search(line) is not None


def learn_furniture(readings: Iterable[Reading], *, least: int = 3) -> Furniture:
    """Lines that at least ``least`` reports of one outlet print, whatever they are about.

    A report most of whose words recur is an update or a reprint of another and does not count: its news would pass for furniture.
    """
    documents = [lines for reading in readings if (lines := line_digests(reading)) is not None]
    seen = _recurring(documents, least)
    own_words = [d for d in documents if 2 * sum(n for line, n in d.items() if line in seen) <= sum(d.values())]
    return Furniture(_recurring(own_words, least))


def line_digests(reading: Reading) -> dict[bytes, int] | None:
    """Digest and length of each longer line of a report, the outlet being part of the digest; ``None`` where the outlet is not known."""
    outlet = outlet_of(reading)
    if outlet is None:
        return None
    return {_digest(outlet, text): len(text) for _, text in _lines(reading) if len(text) >= _SHORTEST}


def _recurring(documents: Iterable[dict[bytes, int]], least: int) -> frozenset[bytes]:
    seen: dict[bytes, int] = {}
    for lines in documents:
        for line in lines:
            seen[line] = seen.get(line, 0) + 1
    return frozenset(line for line, n in seen.items() if n >= least)


def outlet_of(reading: Reading) -> str | None:
    """The outlet of a document in one spelling, by its publisher or the host of its address."""
    document = reading.document
    if document.publisher:
        return document.publisher.casefold()
    match = re.match(r"https?://(?:www\.)?([^/:]+)", document.url or "")
    return match.group(1).casefold() if match else None


def _lines(reading: Reading) -> Iterator[tuple[Span, str]]:
    title = reading.document.title_span
    for match in _LINE.finditer(reading.document.text):
        if title is None or match.start() >= title.end:
            yield Span(*match.span()), match.group().strip()


def _digest(outlet: str | None, line: str) -> bytes:
    return hashlib.blake2b(f"{outlet}\n{line}".encode("utf-8", "surrogatepass"), digest_size=8).digest()
