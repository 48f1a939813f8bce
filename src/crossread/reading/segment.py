"""Words of a text as the encoder wants them: word pieces and, beside each, letter case, quotation state and line position.

The base model knows lower-case pieces only, and it sees no line breaks: what it cannot see goes in as three small features per word.
Training and reading share this module, so both see a text the same way.
"""

from collections.abc import Iterable, Sequence
from enum import IntEnum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

CLS, SEP, PAD, UNKNOWN = 101, 102, 0, 100
MAX_PIECES = 12  # of one word; web addresses and runs of letters are cut here
MAX_CHARACTERS = 80  # of one word that the piece tokenizer looks at


class Shape(IntEnum):
    """Letter case of a word."""

    OTHER = 0
    LOWER = 1
    TITLE = 2
    UPPER = 3
    INITIAL = 4
    MIXED = 5
    DIGITS = 6
    DIGITS_AND_LETTERS = 7


class Quote(IntEnum):
    """Where a word stands to the quotation marks of its paragraph."""

    OUTSIDE = 0
    INSIDE = 1
    OPENS = 2
    CLOSES = 3
    INSIDE_SINGLE = 4


class Position(IntEnum):
    """Where a word stands in its line."""

    SPACED = 0
    GLUED = 1
    LINE = 2
    PARAGRAPH = 3


N_SHAPES, N_QUOTES, N_POSITIONS = len(Shape), len(Quote), len(Position)
_OPENING, _CLOSING, _EITHER = frozenset("“«„"), frozenset("”»"), frozenset(('"', "``", "''", "＂"))
_SINGLE_OPENING, _SINGLE_CLOSING = "‘", "’"
_MARKS = _OPENING | _CLOSING | _EITHER | {_SINGLE_OPENING, _SINGLE_CLOSING, "'", "`"}
_STATES = {
    (inside, single): int(Quote.INSIDE if inside else Quote.INSIDE_SINGLE if single else Quote.OUTSIDE)
    for inside in (False, True)
    for single in (False, True)
}


class PieceTokenizer(Protocol):
    """What this module uses of ``tokenizers.Tokenizer``."""

    def encode_batch(self, texts: Sequence[str], /, *, add_special_tokens: bool = ...) -> Sequence["Encoded"]:
        """Encode many strings."""
        ...

    def token_to_id(self, token: str, /) -> int | None:
        """Number of a piece, ``None`` where there is none."""
        ...


class Encoded(Protocol):
    """Pieces of one string."""

    @property
    def ids(self) -> list[int]:
        """Numbers of the pieces."""
        ...


def shape_of(word: str) -> Shape:
    """Letter case of one word."""
    if word.islower():
        return Shape.DIGITS_AND_LETTERS if any(map(str.isdigit, word)) else Shape.LOWER
    if word.isdigit():
        return Shape.DIGITS
    letters = [c for c in word if c.isalpha()]
    if not letters:
        return Shape.DIGITS if any(map(str.isdigit, word)) else Shape.OTHER
    if len(letters) < len(word) and any(map(str.isdigit, word)):
        return Shape.DIGITS_AND_LETTERS
    if len(letters) == 1:
        return Shape.INITIAL if letters[0].isupper() else Shape.LOWER
    if word.isupper():
        return Shape.UPPER
    if letters[0].isupper() and not any(c.isupper() for c in letters[1:]):
        return Shape.TITLE
    return Shape.MIXED


def quote_states(words: Sequence[str], positions: Sequence[int]) -> list[int]:
    """Quotation state of each word; every paragraph starts outside, so a mark that never closes costs one paragraph.

    A straight mark opens after a space and closes before one; typographic marks say which they are.
    """
    states, inside, single = [], False, False
    last = len(words) - 1
    for i, word in enumerate(words):
        if positions[i] == Position.PARAGRAPH:
            inside = single = False
        if word not in _MARKS:
            states.append(_STATES[inside, single])
            continue
        state = Quote.INSIDE if inside else Quote.INSIDE_SINGLE if single else Quote.OUTSIDE
        spaced = positions[i] != Position.GLUED
        spaced_after = i == last or positions[i + 1] != Position.GLUED
        if word in _OPENING or (word in _EITHER and not inside and (spaced or not spaced_after)):
            state, inside = Quote.OPENS, True
        elif word in _CLOSING or (word in _EITHER and inside):
            state, inside = Quote.CLOSES, False
        elif word in (_SINGLE_OPENING, "'", "`") and not single and spaced and not spaced_after:
            single, state = True, Quote.INSIDE if inside else Quote.OPENS
        elif word in (_SINGLE_CLOSING, "'") and single and (not spaced or spaced_after):
            single, state = False, Quote.INSIDE if inside else Quote.CLOSES
        states.append(int(state))
    return states


class Segmenter:
    """Turns words into piece numbers and features; pieces of words seen before come from a bounded cache."""

    def __init__(self, tokenizer: PieceTokenizer, *, cache_size: int = 10_000) -> None:
        self._tokenizer = tokenizer
        self._known: dict[str, tuple[int, ...]] = {}
        self._shapes: dict[str, int] = {}
        self._cache_size = cache_size

    def pieces(self, words: Iterable[str]) -> list[tuple[int, ...]]:
        """Piece numbers of each word, at least one and at most `MAX_PIECES`."""
        words = list(words)
        known = self._known
        new = [w for w in dict.fromkeys(words) if w not in known]
        if new:
            if len(known) + len(new) > self._cache_size:
                known.clear()
                self._shapes.clear()
                new = list(dict.fromkeys(words))
            encoded = self._tokenizer.encode_batch([w[:MAX_CHARACTERS] for w in new], add_special_tokens=False)
            for word, found in zip(new, encoded, strict=True):
                known[word] = tuple(found.ids[:MAX_PIECES]) or (UNKNOWN,)
                self._shapes[word] = int(shape_of(word[:MAX_CHARACTERS]))
        return [known[w] for w in words]

    def is_piece(self, word: str) -> bool:
        """Whether the whole word is one piece: it is, for about 20,000 common English words."""
        return self._tokenizer.token_to_id(word) is not None

    def shapes(self, words: Sequence[str]) -> list[int]:
        """Letter case of each word, after `pieces` of the same words."""
        shapes = self._shapes
        return [shapes[w] if w in shapes else int(shape_of(w[:MAX_CHARACTERS])) for w in words]


IntArray = NDArray[np.int64]
