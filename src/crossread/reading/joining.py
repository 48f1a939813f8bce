"""Joins pieces tagged source, cue and content into attributions.

Features of a content piece and a cue, and of a source and a cue: distance, what lies between, dependencies, quotation marks.  Their
weights are learnt from PolNeAR's train portion (``training/attribution_joiner.py``) and shipped as plain JSON.
"""

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import NamedTuple

from crossread.reading.columns import SUBJECTS, Columns

Piece = tuple[int, int]
"""Tokens ``[start, end)``."""

_REACH = 4  # cues looked at on each side of a piece
_REACH_SOURCES = 3
_FAR_BEFORE, _FAR_AFTER = 90, 60  # tokens from a source to its cue
MARKS = frozenset('"“”«»„')
DOUBLED_MARKS = frozenset(("''", "``"))


class Pieces(NamedTuple):
    """Tagged pieces of one document, each role in order of position."""

    sources: tuple[Piece, ...]
    cues: tuple[Piece, ...]
    contents: tuple[Piece, ...]


class Joined(NamedTuple):
    """One attribution as pieces of tokens."""

    source: tuple[Piece, ...]
    cue: tuple[Piece, ...]
    content: tuple[Piece, ...]


class Joiner(NamedTuple):
    """What was learnt: weights by feature for pairs of content and cue, of source and cue, for whole attributions, and transitions
    between labels (in the order of ``tagging.LABELS``)."""

    content: Mapping[str, float]
    source: Mapping[str, float]
    keep: Mapping[str, float]
    transitions: tuple[tuple[float, ...], ...]


@cache
def joiner() -> Joiner:
    """The shipped joiner, read once."""
    return read_joiner(resources.files("crossread.models").joinpath("attribution_joiner.json"))


def read_joiner(path: Traversable) -> Joiner:
    """A joiner from its file."""
    raw = json.loads(path.read_text(encoding="utf-8"))
    weights = raw["weights"]
    return Joiner(weights["content"], weights["source"], weights["keep"], tuple(map(tuple, raw["transitions"])))


def total(features: Iterable[str], weights: Mapping[str, float]) -> float:
    """Sum of the weights of the features; unknown ones count nothing."""
    score, weigh = weights.get("bias", 0.0), weights.get
    for feature in features:
        score += weigh(feature, 0.0)
    return score


def size_class(n: int) -> str:
    """Numbers of words in classes of growing width."""
    for limit in (0, 1, 2, 4, 8, 16, 32):
        if n <= limit:
            return str(limit)
    return "far"


def _between(starts: Sequence[int], low: int, high: int) -> int:
    return max(0, bisect_left(starts, high) - bisect_left(starts, low))


class Scene:
    """The pieces of a document with what the pair features need."""

    def __init__(self, pieces: Pieces, columns: Columns) -> None:
        self.pieces = pieces
        self.columns = columns
        self._cue_starts = [start for start, _ in pieces.cues]
        self._source_starts = [start for start, _ in pieces.sources]
        self._content_starts = [start for start, _ in pieces.contents]
        self._cue_heads = [columns.head_of(*cue) for cue in pieces.cues]
        self._source_heads = [columns.head_of(*source) for source in pieces.sources]

    def near(self, piece: Piece) -> list[int]:
        """Numbers of the cues around a piece, nearest four on each side."""
        at = bisect_left(self._cue_starts, piece[0])
        return list(range(max(0, at - _REACH), min(len(self.pieces.cues), at + _REACH)))

    def sources_near(self, cue: int) -> list[int]:
        """Numbers of the sources around a cue, nearest first on each side."""
        start = self.pieces.cues[cue][0]
        at = bisect_right(self._source_starts, start)
        sources = self.pieces.sources
        before = [i for i in range(max(0, at - _REACH_SOURCES), at) if start - sources[i][1] < _FAR_BEFORE]
        after = [i for i in range(at, min(len(sources), at + _REACH_SOURCES)) if sources[i][0] - start < _FAR_AFTER]
        return before + after

    def _gap(self, left: Piece, right: Piece) -> Iterator[str]:
        columns, low, high = self.columns, left[1], right[0]
        yield f"gap {size_class(max(0, high - low))}"
        last = max(low, high - 1)
        crossed = columns.sentences[min(high, columns.n - 1)] - columns.sentences[left[1] - 1]
        lines = columns.lines[min(high, columns.n - 1)] - columns.lines[left[1] - 1]
        yield f"sentences {min(crossed, 3)}"
        yield f"lines {min(lines, 3)}"
        yield f"crosses {_between(self._cue_starts, low, high)} cues"
        yield f"crosses {_between(self._source_starts, low, high)} sources"
        yield f"crosses {_between(self._content_starts, low, high)} contents"
        if low < high:
            yield f"first {columns.lower[low] if columns.pos[low] != 'PROPN' else 'name'}"
            yield f"last {columns.lower[last] if columns.pos[last] != 'PROPN' else 'name'}"
            if any(word == "and" or word == "but" for word in columns.lower[low:high]):
                yield "conjunction between"

    def content_features(self, number: int, cue_number: int) -> Iterator[str]:
        """Features of the pair of a content piece and a cue."""
        columns, content, cue = self.columns, self.pieces.contents[number], self.pieces.cues[cue_number]
        side = "after" if content[0] >= cue[0] else "before"
        pair = (cue, content) if side == "after" else (content, cue)
        quoted = columns.lower[content[0]] in MARKS or columns.lower[content[0]] in DOUBLED_MARKS
        opens = columns.sentences[content[0]] != columns.sentences[max(0, content[0] - 1)] or content[0] == 0
        shape = ("quoted" if quoted else "plain") + (" opening" if opens else "")
        yield side
        yield f"{side} {shape}"
        for feature in self._gap(*pair):
            yield f"{side} {feature}"
            if feature.startswith(("sentences", "lines", "crosses")):
                yield f"{side} {shape} {feature}"
        yield f"{side} cue {columns.pos[self._cue_heads[cue_number]]}"
        yield from self._content_tie(content, cue, self._cue_heads[cue_number], side)
        previous = self.pieces.contents[number - 1] if number else None
        if previous is not None and previous[0] < cue[0] < content[0]:
            yield f"{side} cue has content before {shape}"

    def _content_tie(self, content: Piece, cue: Piece, cue_head: int, side: str) -> Iterator[str]:
        columns = self.columns
        top = columns.head_of(*content)
        head, hops = top, 0
        while hops < 4:
            upper = columns.heads[head]
            if upper == head:
                break
            hops += 1
            if cue[0] <= upper < cue[1]:
                yield f"{side} under cue {hops}"
                yield f"{side} under cue as {columns.deps[head]}"
                return
            head = upper
        upper = columns.heads[cue_head]
        if content[0] <= upper < content[1]:
            yield f"{side} over cue as {columns.deps[cue_head]}"
        elif upper == columns.heads[top]:
            yield f"{side} beside cue as {columns.deps[cue_head]}"
        else:
            yield f"{side} no tie"

    def source_features(self, source_number: int, cue_number: int) -> Iterator[str]:
        """Features of the pair of a source and a cue."""
        columns, source, cue = self.columns, self.pieces.sources[source_number], self.pieces.cues[cue_number]
        side = "after" if source[0] > cue[0] else "before"
        pair = (cue, source) if side == "after" else (source, cue)
        yield side
        for feature in self._gap(*pair):
            yield f"{side} {feature}"
        cue_head = self._cue_heads[cue_number]
        yield f"{side} cue {columns.pos[cue_head]} {columns.tags[cue_head]}"
        yield from self._source_tie(source, cue, self._source_heads[source_number], cue_head, side)

    def _source_tie(self, source: Piece, cue: Piece, top: int, cue_head: int, side: str) -> Iterator[str]:
        columns = self.columns
        upper = columns.heads[top]
        if cue[0] <= upper < cue[1]:
            yield f"tie {columns.deps[top]}"
            return
        climbed, steps = cue_head, 0
        while steps < 4 and columns.heads[climbed] != climbed:
            label = columns.deps[climbed]
            climbed = columns.heads[climbed]
            steps += 1
            if source[0] <= climbed < source[1]:
                yield f"cue under source as {label} {min(steps, 2)}"
                return
            if upper == climbed and columns.deps[top] in SUBJECTS:
                yield f"subject {steps} up by {label}"
                return
        head, hops = top, 0
        while hops < 3 and columns.heads[head] != head:
            head = columns.heads[head]
            hops += 1
            if cue[0] <= head < cue[1]:
                yield f"source under cue {hops}"
                return
        yield f"{side} no tie"
