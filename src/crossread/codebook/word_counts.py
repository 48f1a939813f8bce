"""How many reports of general news hold a word (``word_counts.tsv``, made by ``training/linking/count_words.py``)."""

from functools import cache
from importlib import resources
from typing import NamedTuple


class WordCounts(NamedTuple):
    """``holders[term]`` of ``reports`` reports hold the term; terms as in `crossread.linking.features`."""

    reports: int
    holders: dict[str, int]


@cache
def word_counts() -> WordCounts:
    """The counts, read once.  Words that fewer than three reports hold are left out."""
    text = resources.files(__package__).joinpath("word_counts.tsv").read_text(encoding="utf-8")
    first, *lines = text.splitlines()
    holders = {}
    for line in lines:
        term, n = line.split("\t")
        holders[term] = int(n)
    return WordCounts(int(first.split("\t")[1]), holders)
