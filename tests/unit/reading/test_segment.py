"""Features of words."""

import pytest

from crossread.reading.segment import MAX_PIECES, Position, Quote, Segmenter, Shape, quote_states, shape_of


@pytest.mark.parametrize(
    ("word", "shape"),
    [
        ("river", Shape.LOWER),
        ("Orsk", Shape.TITLE),
        ("NATO", Shape.UPPER),
        ("A", Shape.INITIAL),
        ("McDow", Shape.MIXED),
        ("U.S.", Shape.UPPER),
        ("250,000", Shape.DIGITS),
        ("12", Shape.DIGITS),
        ("T-72", Shape.DIGITS_AND_LETTERS),
        ("3rd", Shape.DIGITS_AND_LETTERS),
        ("--", Shape.OTHER),
        ("", Shape.OTHER),
        ("\x00", Shape.OTHER),
        ("J.", Shape.INITIAL),
        ("iPhone", Shape.MIXED),
    ],
)
def test_shape_of(word: str, shape: Shape) -> None:
    assert shape_of(word) is shape


def _states(text: str) -> list[Quote]:
    words, positions = [], []
    for n, line in enumerate(text.split("\n\n")):
        for k, chunk in enumerate(line.split(" ")):
            for i, word in enumerate(chunk.split("_")):
                words.append(word)
                positions.append(Position.GLUED if i else Position.PARAGRAPH if k == 0 else Position.SPACED)
        del n
    return [Quote(s) for s in quote_states(words, positions)]


O, I, B, E = Quote.OUTSIDE, Quote.INSIDE, Quote.OPENS, Quote.CLOSES  # noqa: E741


def test_quote_states_of_straight_marks() -> None:
    assert _states('"_Go_,_" she said') == [B, I, I, E, O, O]


def test_quote_states_of_typographic_marks() -> None:
    assert _states("he said_: “_no_”") == [O, O, O, B, I, E]


def test_quote_states_start_anew_with_each_paragraph() -> None:
    assert _states('"_never closed\n\nnext "_one_"') == [B, I, I, O, B, I, E]


def test_an_apostrophe_is_no_quotation() -> None:
    assert Quote.OPENS not in _states("the ministers_' plan")


class _Pieces:
    def __init__(self) -> None:
        self.calls = 0

    def encode_batch(self, texts: list[str], *, add_special_tokens: bool = True) -> list["_Ids"]:
        self.calls += 1
        return [_Ids([ord(c) for c in t]) for t in texts]


class _Ids:
    def __init__(self, ids: list[int]) -> None:
        self.ids = ids


def test_segmenter_cuts_long_words_and_gives_empty_ones_a_piece() -> None:
    pieces = Segmenter(_Pieces()).pieces(["a" * 500, "", "b"])
    assert [len(p) for p in pieces] == [MAX_PIECES, 1, 1]


def test_segmenter_forgets_when_its_cache_is_full_and_still_answers() -> None:
    segmenter = Segmenter(_Pieces(), cache_size=3)
    for words in (["a", "b"], ["c", "d"], ["a", "d"]):
        assert [p[0] for p in segmenter.pieces(words)] == [ord(w) for w in words]
