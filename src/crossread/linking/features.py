"""What a report is about, as weighted words: names, numbers and other words, the opening and the headline counted more.

Words are weighed by how rare they are among the reports at hand and in general news (`crossread.codebook.word_counts`), so that five
reports of one story weigh their words as sensibly as five thousand.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from sys import intern
from typing import NamedTuple

from crossread.codebook.word_counts import word_counts
from crossread.linking.stems import is_content, stem
from crossread.linking.words import WORD
from crossread.records import Document, Reading

LEAD_WORDS = 100
LEAD_CHARACTERS = 500
_HEAD_WORDS = 15
_LINE_WORDS = 6
"""Words of a line that may stand for a headline: shorter ones are datelines, sections and addresses."""
GENERAL_REPORTS = 100.0
"""How many reports the counts of general news stand for; measured best among 0, 100, 300, 1,000 and 3,000."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocks:
    """Weights of the five views of a report in its likeness to another."""

    words: float = 1.0
    lead: float = 1.0
    head: float = 0.6
    names: float = 0.6
    numbers: float = 0.4


class Counts(NamedTuple):
    """Weighted counts of the terms of one report.  Terms: stems, ``^stem`` where capitalised, ``#1,200`` for numbers."""

    all: dict[str, float]
    lead: dict[str, float]
    head: frozenset[str]
    """Stems of the headline, capitals aside: all words of some headlines have one."""


def counts_of(reading: Reading) -> Counts:
    """Terms of a report; words of the opening count twice."""
    document = reading.document
    text = document.text
    if document.title and document.title_span is None:
        text = f"{document.title}\n\n{text}"
    words = WORD.findall(text)
    found: dict[str, float] = {}
    for word, n in Counter(words).items():
        for term in _terms(word):
            found[term] = found.get(term, 0.0) + n
    for word in islice((w for w in words if _terms(w)), LEAD_WORDS):
        for term in _terms(word):
            found[term] += 1.0
    lead: dict[str, float] = {}
    for match in WORD.finditer(text):
        if match.start() >= LEAD_CHARACTERS:
            break
        for term in _terms(match.group()):
            lead[term] = lead.get(term, 0.0) + 1.0
    head = frozenset(term for word in WORD.findall(_headline(document)) for term in _terms(word.lower()))
    return Counts(found, lead, head)


def _headline(document: Document) -> str:
    """The headline of a document, or the first words of its first full line, which say the news where there is none."""
    if document.title:
        return document.title
    lines = (line.split() for line in document.text.split("\n"))
    return " ".join(next((words for words in lines if len(words) >= _LINE_WORDS), [])[:_HEAD_WORDS])


@lru_cache(maxsize=131072)
def _terms(word: str) -> tuple[str, ...]:
    low = word.lower().replace("’", "'")
    if not is_content(low.removesuffix("'s")):
        return ()
    if low[0].isdigit():
        return (f"#{low}",)
    base = stem(low)
    return (base, intern(f"^{base}")) if word[0].isupper() else (base,)


class Rarity:
    """Inverse document frequency over the reports at hand and general news."""

    def __init__(self, reports: Iterable[Counts] = ()) -> None:
        self._general = word_counts()
        self._scale = GENERAL_REPORTS / self._general.reports
        self._seen: dict[str, int] = {}
        self._n = 0
        self._known: dict[str, float] = {}
        self._squares: dict[frozenset[str], float] = {}
        for counts in reports:
            self.add(counts)

    @classmethod
    def of_archive(cls, n: int, seen: Mapping[str, int]) -> "Rarity":
        """The rarity of terms counted elsewhere: ``n`` reports, of which ``seen[term]`` hold each term."""
        rarity = cls()
        rarity._n, rarity._seen = n, dict(seen)
        return rarity

    def add(self, counts: Counts) -> None:
        """Count one more report."""
        self._n += 1
        self._known.clear()
        self._squares.clear()
        for term in counts.all:
            self._seen[term] = self._seen.get(term, 0) + 1

    def of(self, term: str) -> float:
        """Weight of a term, 0 for one that every report has."""
        weight = self._known.get(term)
        if weight is None:
            seen = self._seen.get(term, 0) + self._general.holders.get(term, 0) * self._scale
            weight = max(0.0, math.log((self._n + GENERAL_REPORTS + 1) / (seen + 0.5)))
            self._known[term] = weight
        return weight

    def squares(self, terms: frozenset[str]) -> float:
        """Sum of the squared weights of some terms."""
        total = self._squares.get(terms)
        if total is None:
            total = self._squares[terms] = math.fsum(self.of(term) ** 2 for term in terms)
        return total


def vector_of(counts: Counts, rarity: Rarity, blocks: Blocks = Blocks()) -> dict[str, float]:
    """Term weights of unit length: the five views, each of unit length, joined by their weights."""
    weighed = {term: (1 + math.log(n)) * rarity.of(term) for term, n in counts.all.items()}
    opening = {f"<{term}": (1 + math.log(n)) * rarity.of(term) for term, n in counts.lead.items()}
    views = (
        (blocks.words, weighed),
        (blocks.lead, opening),
        (blocks.head, {f"!{term}": rarity.of(term) for term in sorted(counts.head)}),
        (blocks.names, {f"@{t}": w for t, w in weighed.items() if t[0] == "^"}),
        (blocks.numbers, {f"@{t}": w for t, w in weighed.items() if t[0] == "#"}),
    )
    total = blocks.words + blocks.lead + blocks.head + blocks.names + blocks.numbers
    vector: dict[str, float] = {}
    for weight, view in views:
        length = math.sqrt(sum(w * w for w in view.values()))
        if length:
            factor = math.sqrt(weight / total) / length
            for term, w in view.items():
                if w:
                    vector[term] = w * factor
    return vector


def likeness(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """Dot product of two vectors, 0 to 1."""
    if len(b) < len(a):
        a, b = b, a
    return sum(w * b[term] for term, w in a.items() if term in b)


def vectors_of(readings: Sequence[Reading], rarity: Rarity | None = None) -> Iterator[dict[str, float]]:
    """Vectors of reports, weighed against one another (or as ``rarity`` of a larger archive says), one at a time."""
    if rarity is None:  # terms are counted twice, as those of ten thousand reports are too many to hold
        rarity = Rarity(map(counts_of, readings))
    for reading in readings:
        yield vector_of(counts_of(reading), rarity)
