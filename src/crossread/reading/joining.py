"""Joins pieces tagged source, cue and content into attributions.

Features of a content piece and a cue, and of a source and a cue: distance, what lies between, dependencies, quotation marks.  Their
weights are learnt from PolNeAR's train portion (``training/attribution_joiner.py``) and shipped as plain JSON.
"""

import json
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from itertools import accumulate
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from crossread.reading.columns import SUBJECTS, Columns

Piece = tuple[int, int]
"""Tokens ``[start, end)``."""

_REACH = 4  # cues looked at on each side of a piece
_REACH_SOURCES = 3
_FAR_BEFORE, _FAR_AFTER = 90, 60  # tokens from a source to its cue
MARKS = frozenset('"“”«»„')
_MOST_SUMS = 50_000  # remembered sums of weights
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


class Between(NamedTuple):
    """Weights of what stands between two pieces: by the first word, by the last, and of a conjunction."""

    first: Mapping[str, float]
    last: Mapping[str, float]
    conjunction: float


class Weights(dict[str, float]):
    """Weights by feature; ``sums`` remembers those of features that always come together."""

    def __init__(self, weights: Mapping[str, float] = MappingProxyType({})) -> None:
        super().__init__(weights)
        self.sums: dict[Hashable, float] = {}
        self.between = {
            side: Between(
                self._starting(f"{side} first "), self._starting(f"{side} last "), self.get(f"{side} conjunction between", 0.0)
            )
            for side in ("before", "after")
        }

    def _starting(self, prefix: str) -> dict[str, float]:
        return {feature[len(prefix) :]: weight for feature, weight in self.items() if feature.startswith(prefix)}

    def sum_of(self, key: Hashable, features: Callable[[], Iterable[str]]) -> float:
        """Sum of the weights of features that follow from a key; they are asked for where the key is new."""
        known = self.sums.get(key)
        if known is None:
            if len(self.sums) >= _MOST_SUMS:
                self.sums.clear()
            known = self.sums[key] = sum(self.get(feature, 0.0) for feature in features())
        return known


class Joiner(NamedTuple):
    """What was learnt: weights by feature for pairs of content and cue, of source and cue, for whole attributions, and transitions
    between labels (in the order of ``tagging.LABELS``)."""

    content: Weights
    source: Weights
    keep: Weights
    transitions: tuple[tuple[float, ...], ...]


@cache
def joiner() -> Joiner:
    """The shipped joiner, read once."""
    return read_joiner(resources.files("crossread.models").joinpath("attribution_joiner.json"))


def read_joiner(path: Traversable) -> Joiner:
    """A joiner from its file."""
    raw = json.loads(path.read_text(encoding="utf-8"))
    weights = raw["weights"]
    content, source, keep = (Weights(weights[name]) for name in ("content", "source", "keep"))
    return Joiner(content, source, keep, tuple(map(tuple, raw["transitions"])))


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


_SIZES = tuple(map(size_class, range(33)))


def _counts(starts: Sequence[int], n: int) -> list[int]:
    """How many of the sorted numbers lie below 0, 1, ... ``n``."""
    counts: list[int] = np.searchsorted(starts, np.arange(n + 1)).tolist()
    return counts


PlaceKey = tuple[str, int, int, int, int, int]
"""Fields of a `Place`: plain tuples are made and looked up faster."""
ContentKey = tuple[str, str, PlaceKey, str, bool]
"""Fields of a `ContentPair`."""
Tie = tuple[str, str, int]
"""How a content piece hangs together with a cue: the kind, the label of the dependency, its length where the cue stands above."""
_NO_TIE = ("no tie", "", 0)


class Place(NamedTuple):
    """What lies between two pieces: words (in classes), borders of sentences and lines (3 for more), cues, sources, contents."""

    gap: str
    sentences: int
    lines: int
    cues: int
    sources: int
    contents: int

    def features(self) -> tuple[str, ...]:
        """The gap, and what is crossed in it."""
        return (f"gap {self.gap}", *self.crossed())

    def crossed(self) -> tuple[str, ...]:
        """What is crossed."""
        return (
            f"sentences {self.sentences}",
            f"lines {self.lines}",
            f"crosses {self.cues} cues",
            f"crosses {self.sources} sources",
            f"crosses {self.contents} contents",
        )


def _place_features(side: str, place: PlaceKey) -> Iterator[str]:
    yield side
    for feature in Place(*place).features():
        yield f"{side} {feature}"


def _cue_feature(side: str, pos: str, tag: str) -> str:
    return f"{side} cue {pos} {tag}"


def _tie_features(tie: Tie) -> Iterator[str]:
    kind, label, hops = tie
    if hops:
        yield f"{kind} {hops}"
    yield f"{kind} as {label}" if label else kind


class ContentPair(NamedTuple):
    """How a content piece stands to a cue: its side and shape, the place between, the cue's part of speech, whether the content
    piece before stands on the cue's other side."""

    side: str
    shape: str
    place: Place
    cue: str
    goes_on: bool

    @classmethod
    def of(cls, key: ContentKey) -> "ContentPair":
        """The pair of its plain fields."""
        side, shape, place, cue, goes_on = key
        return cls(side, shape, Place(*place), cue, goes_on)

    def features(self) -> Iterator[str]:
        """As words of the joiner."""
        side, shape = self.side, self.shape
        yield side
        yield f"{side} {shape}"
        for feature in self.place.features():
            yield f"{side} {feature}"
        for feature in self.place.crossed():
            yield f"{side} {shape} {feature}"
        yield f"{side} cue {self.cue}"
        if self.goes_on:
            yield f"{side} cue has content before {shape}"


class Scene:
    """The pieces of a document with what the pair features need."""

    def __init__(self, pieces: Pieces, columns: Columns) -> None:
        self.pieces = pieces
        self.columns = columns
        self._cue_starts = [start for start, _ in pieces.cues]
        self._source_starts = [start for start, _ in pieces.sources]
        below = [_counts([start for start, _ in role], columns.n) for role in (pieces.cues, pieces.sources, pieces.contents)]
        self._cues_below, self._sources_below, self._contents_below = below
        self._cue_heads = [columns.head_of(*cue) for cue in pieces.cues]
        self._cue_tags = [(columns.pos[head], columns.tags[head]) for head in self._cue_heads]
        self._source_heads = [columns.head_of(*source) for source in pieces.sources]
        self._content_heads = [columns.head_of(*content) for content in pieces.contents]
        self._content_climbs = [self._climb(head) for head in self._content_heads]
        self._content_shapes = [self._shape(content) for content in pieces.contents]
        self._conjunctions = list(accumulate((w in ("and", "but") for w in columns.lower), initial=0))

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

    def _climb(self, head: int) -> list[tuple[int, str]]:
        """Governors of a token, nearest first, four at most, each with the label under which one comes to it."""
        heads, deps = self.columns.heads, self.columns.deps
        found: list[tuple[int, str]] = []
        while len(found) < 4 and heads[head] != head:
            found.append((heads[head], deps[head]))
            head = heads[head]
        return found

    def _shape(self, content: Piece) -> str:
        columns = self.columns
        first = columns.lower[content[0]]
        opens = columns.sentences[content[0]] != columns.sentences[max(0, content[0] - 1)] or content[0] == 0
        return ("quoted" if first in MARKS or first in DOUBLED_MARKS else "plain") + (" opening" if opens else "")

    def _place(self, left: Piece, right: Piece) -> PlaceKey:
        """Fields of the `Place` between two pieces."""
        columns, low, high = self.columns, left[1], right[0]
        sentences, lines, here = columns.sentences, columns.lines, min(high, columns.n - 1)
        crossed_sentences, crossed_lines = sentences[here] - sentences[low - 1], lines[here] - lines[low - 1]
        high = max(low, high)
        return (
            _SIZES[high - low] if high - low < len(_SIZES) else "far",
            min(crossed_sentences, 3),
            min(crossed_lines, 3),
            self._cues_below[high] - self._cues_below[low],
            self._sources_below[high] - self._sources_below[low],
            self._contents_below[high] - self._contents_below[low],
        )

    def _between_score(self, left: Piece, right: Piece, weights: Between) -> float:
        """Sum of the weights of `_words_between`."""
        low, high = left[1], right[0]
        if low >= high:
            return 0.0
        score = weights.first.get(self._opening(low), 0.0) + weights.last.get(self._opening(high - 1), 0.0)
        return score + weights.conjunction if self._conjunctions[high] > self._conjunctions[low] else score

    def _words_between(self, left: Piece, right: Piece) -> Iterator[str]:
        low, high = left[1], right[0]
        if low < high:
            yield f"first {self._opening(low)}"
            yield f"last {self._opening(high - 1)}"
            if self._conjunctions[high] > self._conjunctions[low]:
                yield "conjunction between"

    def _opening(self, i: int) -> str:
        return self.columns.lower[i] if self.columns.pos[i] != "PROPN" else "name"

    def _content_pair(self, number: int, cue_number: int) -> ContentKey:
        """Fields of the `ContentPair`, of its place those too."""
        content, cue = self.pieces.contents[number], self.pieces.cues[cue_number]
        side, left, right = ("after", cue, content) if content[0] >= cue[0] else ("before", content, cue)
        goes_on = number > 0 and self.pieces.contents[number - 1][0] < cue[0] < content[0]
        return side, self._content_shapes[number], self._place(left, right), self._cue_tags[cue_number][0], goes_on

    def content_features(self, number: int, cue_number: int) -> Iterator[str]:
        """Features of the pair of a content piece and a cue."""
        pair = ContentPair.of(self._content_pair(number, cue_number))
        yield from pair.features()
        tie = _tie_features(self._content_tie(number, cue_number))
        for feature in (*self._words_between(*self._ordered(number, cue_number)), *tie):
            yield f"{pair.side} {feature}"

    def content_score(self, number: int, cue_number: int, weights: Weights) -> float:
        """Sum of the weights of `content_features`."""
        key = self._content_pair(number, cue_number)
        side, tie = key[0], self._content_tie(number, cue_number)
        score = weights.get("bias", 0.0) + weights.sum_of(key, lambda: ContentPair.of(key).features())
        score += weights.sum_of((side, tie), lambda: (f"{side} {feature}" for feature in _tie_features(tie)))
        return score + self._between_score(*self._ordered(number, cue_number), weights.between[side])

    def _ordered(self, number: int, cue_number: int) -> tuple[Piece, Piece]:
        content, cue = self.pieces.contents[number], self.pieces.cues[cue_number]
        return (cue, content) if content[0] >= cue[0] else (content, cue)

    def _content_tie(self, number: int, cue_number: int) -> Tie:
        columns, content, cue = self.columns, self.pieces.contents[number], self.pieces.cues[cue_number]
        for hops, (upper, label) in enumerate(self._content_climbs[number], 1):
            if cue[0] <= upper < cue[1]:
                return "under cue", label, hops
        cue_head = self._cue_heads[cue_number]
        upper = columns.heads[cue_head]
        if content[0] <= upper < content[1]:
            return "over cue", columns.deps[cue_head], 0
        beside = upper == columns.heads[self._content_heads[number]]
        return ("beside cue", columns.deps[cue_head], 0) if beside else _NO_TIE

    def source_features(self, source_number: int, cue_number: int) -> Iterator[str]:
        """Features of the pair of a source and a cue."""
        side, place = self._source_place(source_number, cue_number)
        yield from _place_features(side, place)
        source, cue = self.pieces.sources[source_number], self.pieces.cues[cue_number]
        for feature in self._words_between(*((cue, source) if side == "after" else (source, cue))):
            yield f"{side} {feature}"
        yield _cue_feature(side, *self._cue_tags[cue_number])
        yield self._source_tie(source, cue, self._source_heads[source_number], self._cue_heads[cue_number], side)

    def source_score(self, source_number: int, cue_number: int, weights: Weights) -> float:
        """Sum of the weights of `source_features`."""
        side, place = key = self._source_place(source_number, cue_number)
        source, cue = self.pieces.sources[source_number], self.pieces.cues[cue_number]
        score = weights.sum_of(key, lambda: _place_features(side, place))
        left, right = (cue, source) if side == "after" else (source, cue)
        score += self._between_score(left, right, weights.between[side])
        pos, tag = self._cue_tags[cue_number]
        score += weights.sum_of((side, pos, tag), lambda: (_cue_feature(side, pos, tag),))
        tie = self._source_tie(source, cue, self._source_heads[source_number], self._cue_heads[cue_number], side)
        return score + weights.get(tie, 0.0)

    def _source_place(self, source_number: int, cue_number: int) -> tuple[str, PlaceKey]:
        source, cue = self.pieces.sources[source_number], self.pieces.cues[cue_number]
        return ("after", self._place(cue, source)) if source[0] > cue[0] else ("before", self._place(source, cue))

    def _source_tie(self, source: Piece, cue: Piece, top: int, cue_head: int, side: str) -> str:
        columns = self.columns
        upper = columns.heads[top]
        if cue[0] <= upper < cue[1]:
            return f"tie {columns.deps[top]}"
        climbed, steps = cue_head, 0
        while steps < 4 and columns.heads[climbed] != climbed:
            label = columns.deps[climbed]
            climbed = columns.heads[climbed]
            steps += 1
            if source[0] <= climbed < source[1]:
                return f"cue under source as {label} {min(steps, 2)}"
            if upper == climbed and columns.deps[top] in SUBJECTS:
                return f"subject {steps} up by {label}"
        head, hops = top, 0
        while hops < 3 and columns.heads[head] != head:
            head = columns.heads[head]
            hops += 1
            if cue[0] <= head < cue[1]:
                return f"source under cue {hops}"
        return f"{side} no tie"
