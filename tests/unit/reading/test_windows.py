"""Windows of the encoder: every word counted once, sizes bounded, paragraphs kept whole where they fit."""

from hypothesis import given
from hypothesis import strategies as st

from crossread.reading.segment import CLS, SEP, Position
from crossread.reading.windows import CORE, LEFT, RIGHT, Words, arrays, cut_windows

KINDS = st.sampled_from([Position.SPACED, Position.SPACED, Position.SPACED, Position.GLUED, Position.LINE, Position.PARAGRAPH])


def words_of(sizes: list[int], positions: list[Position] | None = None) -> Words:
    """Words of so many pieces each, numbered through."""
    n = len(sizes)
    numbers = iter(range(1000, 1000 + sum(sizes)))
    pieces = [tuple(next(numbers) for _ in range(size)) for size in sizes]
    return Words(pieces, [1] * n, [0] * n, list(positions or [Position.SPACED] * n), [i % 7 == 6 for i in range(n)])


@given(st.lists(st.tuples(st.one_of(st.integers(1, 4), st.integers(1, 400)), KINDS), min_size=1, max_size=600))
def test_windows_count_every_word_once_and_stay_in_bounds(rows: list[tuple[int, Position]]) -> None:
    words = words_of([size for size, _ in rows], [kind for _, kind in rows])
    windows = cut_windows(words)
    assert [w.start for w in windows] == [0, *[w.end for w in windows[:-1]]]
    assert windows[-1].end == len(words)
    for w in windows:
        assert w.first <= w.start < w.end <= w.last
        counted = sum(len(p) for p in words.pieces[w.start : w.end])
        assert counted <= CORE or w.end == w.start + 1
        assert w.n_pieces <= counted + LEFT + RIGHT + 2
        ids = arrays(w)["ids"][0].tolist()
        assert ids == [CLS, *[p for word in words.pieces[w.first : w.last] for p in word], SEP]


def test_windows_of_ordinary_words_are_as_few_as_can_be_and_of_like_size() -> None:
    windows = cut_windows(words_of([1, 2] * 200))
    sizes = [w.end - w.start for w in windows]
    assert len(windows) == -(-600 // CORE)
    assert max(sizes) <= min(sizes) * 1.2


def test_a_window_ends_at_a_paragraph_where_the_rest_fits_behind_it() -> None:
    positions = [Position.SPACED] * 300
    positions[0] = positions[140] = Position.PARAGRAPH
    assert [(w.start, w.end) for w in cut_windows(words_of([1] * 300, positions))] == [(0, 140), (140, 300)]
