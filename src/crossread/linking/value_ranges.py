"""The ends of a figure's range in words: "dozens" gives an end only where no number given lies within what it leaves possible."""

from collections.abc import Callable
from math import inf

from crossread.linking.number_disputes import vague_words
from crossread.records import StoryFigure


def range_ends(figure: StoryFigure, write: Callable[[float], str]) -> tuple[str, ...]:
    """The lowest and the highest value as a reader would write them; one where they are the same, none without a value.

    Args:
        figure: The figure, its values as reported.
        write: How a number is written.
    """
    vague = {
        (v.low or 0.0, inf if v.high is None else v.high, words) for v in figure.values if (words := vague_words(v)) is not None
    }
    numbers = {n for v in figure.values if vague_words(v) is None for n in (v.low, v.best, v.high) if n is not None}
    ends = [(n, write(n)) for n in numbers]
    ends += [(low, words) for low, high, words in vague if not any(low <= n <= high for n in numbers)]
    if not ends:
        return ()
    lowest, highest = min(ends)[1], max(ends)[1]
    return (lowest,) if lowest == highest else (lowest, highest)
