"""Which documents and passages share one origin.

Two reports of one happening use the same words for three reasons: both print an agency's text, both quote the same people, or
their outlet prints the same footer under everything.  Only the first makes one report the copy of the other, so the shared words
are sorted into reporting, quotation and furniture before a pair is named.  Numbers are compared as printed.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from crossread.linking.alignment import GRAM, GramPlaces, Run, common_in_order, gram_numbers, shared_runs, word_bits
from crossread.linking.furniture import Furniture, learn_furniture
from crossread.linking.origins import Joining
from crossread.linking.words import Words, quoted_spans, sentences_of, words_of
from crossread.records import CopyGroup, CopyPair, Evidence, Passage, Reading, Span
from crossread.vocabulary import CopyKind


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyOptions:
    """When shared words make a copy.  Shares are of the words of the shorter side; set on the labelled pairs of `wirecopy`."""

    copy_share: float = 0.755
    """Shared five words in a row over those of the shorter report, furniture aside, from which one is the other, whole or cut."""
    whole_share: float = 0.95
    """The same from which this holds for reports of any length and kind."""
    partial_share: float = 0.3
    """The same for words of reporting only (no quotations), from which one borrows from the other."""
    partial_words: int = 40
    """Fewer shared words of reporting than this are a sentence or two, not a borrowed report."""
    passage_words: int = 8
    """Shared words from which a sentence, quoted or not, counts as one passage with one origin."""
    sentence_share: float = 0.7
    """Words in the same order, over the shorter sentence, from which two sentences are one."""
    longer_share: float = 0.4
    """The same over the longer sentence."""
    most_common: int = 25
    """Five words that more documents than this share link only neighbours in the list of documents."""


class Pair(NamedTuple):
    """What two documents have in common, counted in words."""

    a: str
    b: str
    kind: CopyKind
    share: float
    reporting: int
    quoted: int
    furniture: int
    passages: tuple[Passage, ...]


class _Side:
    """One document, ready for comparison."""

    def __init__(self, reading: Reading, furniture: Furniture) -> None:
        self.id = reading.document.id
        self.reading = reading
        self.words: Words = words_of(reading.document.text)
        self.grams = gram_numbers(self.words)
        self._furniture = furniture
        self._bits: dict[int, dict[str, int]] = {}

    @cached_property
    def places(self) -> GramPlaces:
        """Where each gram stands; asked for only by those that share some."""
        return GramPlaces(self.grams)

    @cached_property
    def quoted(self) -> list[bool]:
        """For each word whether it is quoted."""
        return self.words.marked(quoted_spans(self.reading))

    @cached_property
    def furniture(self) -> list[bool]:
        """For each word whether it is furniture of the outlet."""
        return self.words.marked(self._furniture.spans(self.reading))

    @cached_property
    def sentences(self) -> list[tuple[int, int, Span]]:
        """First word, end word and span of each sentence."""
        return [(*self.words.range_of(s), s) for s in sentences_of(self.reading)]

    @cached_property
    def sentence_ends(self) -> list[int]:
        """End words of the sentences."""
        return [end for _, end, _ in self.sentences]

    def bits(self, sentence: int) -> dict[str, int]:
        """`word_bits` of a sentence."""
        known = self._bits.get(sentence)
        if known is None:
            first, end, _ = self.sentences[sentence]
            known = self._bits[sentence] = word_bits(self.words.folded[first:end])
        return known

    @cached_property
    def n_reporting(self) -> int:
        """Words outside quotations and furniture."""
        return sum(not q and not f for q, f in zip(self.quoted, self.furniture, strict=True))

    @cached_property
    def n_grams(self) -> int:
        """Grams that do not begin in furniture."""
        return sum(not f for f in self.furniture[: len(self.grams)])


def find_copies(
    readings: Sequence[Reading], furniture: Furniture | None = None, *, options: CopyOptions = CopyOptions()
) -> tuple[CopyGroup, ...]:
    """Groups of documents that share words, each pair named by what is shared.

    Args:
        readings: Readings of one story.
        furniture: Lines known to recur at the outlets; learnt from these readings where not given.
        options: Thresholds.

    Returns:
        One group per set of whole copies, then one per further set of shared passages.  Documents and spans are in order.
    """
    known = furniture if furniture is not None else learn_furniture(readings)
    sides = [_Side(r, known) for r in sorted(readings, key=lambda r: r.document.id)]
    pairs = [compare(sides[i], sides[j], options) for i, j in _candidates(sides, options.most_common)]
    return _groups([p for p in pairs if p is not None])


def _candidates(sides: Sequence[_Side], most_common: int) -> list[tuple[int, int]]:
    """Pairs of documents with at least two grams, or all words, in common."""
    shared: dict[tuple[int, int], int] = {}
    for found in _holders(sides):
        if len(found) > most_common:
            linked: Iterable[tuple[int, int]] = pairwise(found)
        else:
            linked = ((i, j) for k, i in enumerate(found) for j in found[k + 1 :])
        for pair in linked:
            shared[pair] = shared.get(pair, 0) + 1
    same: dict[tuple[str, ...], int] = {}
    for n, side in enumerate(sides):
        first = same.setdefault(side.words.folded, n)
        if first != n and len(side.words):
            shared[first, n] = 2
    return sorted(pair for pair, n in shared.items() if n > 1)


def _holders(sides: Sequence[_Side]) -> Iterator[list[int]]:
    """For each gram that several documents hold the numbers of these, in order."""
    own = [np.unique(side.grams) for side in sides]
    grams = np.concatenate([*own, np.empty(0, np.uint64)])
    numbers = np.repeat(np.arange(len(own)), [len(g) for g in own])
    order = np.argsort(grams, kind="stable")
    grams, numbers = grams[order], numbers[order]
    starts = np.flatnonzero(np.concatenate([[True], grams[1:] != grams[:-1]])) if len(grams) else np.empty(0, np.int64)
    ends = np.concatenate([starts[1:], [len(grams)]])
    several = ends - starts > 1
    for start, end in zip(starts[several].tolist(), ends[several].tolist(), strict=True):
        yield numbers[start:end].tolist()


def compare(a: _Side, b: _Side, options: CopyOptions) -> Pair | None:
    """What two documents share; ``None`` where that is chance."""
    runs = shared_runs(a.words, b.words, b.places, a.grams)
    quoted_a: dict[int, bool] = {}
    quoted_b: dict[int, bool] = {}
    for run in runs:
        for i, j in zip(range(run.a, run.a + run.length), range(run.b, run.b + run.length), strict=True):
            quoted_a[i] = quoted_b[j] = a.quoted[i] or b.quoted[j]  # one outlet may have lost its quotation marks
    counts_a, counts_b = _count(quoted_a, a.furniture), _count(quoted_b, b.furniture)
    share = _gram_share(runs, 0, a) if len(a.words) <= len(b.words) else _gram_share(runs, 1, b)
    reporting = max(c.reporting / max(1, side.n_reporting) for c, side in ((counts_a, a), (counts_b, b)))
    passages = _passages(a, b, runs, options)
    most = max(counts_a, counts_b)
    whole = a.words.folded == b.words.folded or share >= options.whole_share
    if whole or (share >= options.copy_share and most.reporting >= options.partial_words):
        kind = CopyKind.COPY
    elif reporting >= options.partial_share and most.reporting >= options.partial_words:
        kind = CopyKind.PARTIAL
    elif not passages:
        return None
    else:
        kind = CopyKind.BOILERPLATE if most.furniture > most.reporting + most.quoted else CopyKind.QUOTE
    return Pair(a.id, b.id, kind, share, most.reporting, most.quoted, most.furniture, passages)


def _gram_share(runs: Sequence[Run], of: int, side: _Side) -> float:
    """Share of the grams of one side that the other has, those of furniture left out."""
    kept = sum(not f for run in runs for f in side.furniture[run[of] : run[of] + run.length - GRAM + 1])
    return kept / max(1, side.n_grams)


class _Counts(NamedTuple):
    reporting: int
    quoted: int
    furniture: int


def _count(quoted: Mapping[int, bool], furniture: Sequence[bool]) -> _Counts:
    """Shared words by what they are; ``quoted`` tells of each shared word whether it is quoted."""
    n = [0, 0, 0]
    for at, is_quoted in quoted.items():
        n[2 if furniture[at] else 1 if is_quoted else 0] += 1
    return _Counts(*n)


def _passages(a: _Side, b: _Side, runs: Sequence[Run], options: CopyOptions) -> tuple[Passage, ...]:
    """Shared passages: whole sentences where two are nearly the same, else the shared words themselves."""
    found: set[Passage] = set()
    tried: set[tuple[int, int]] = set()
    for run in runs:
        touched = 0
        ours, theirs = _sentences_in(a, run.a, run.a + run.length), _sentences_in(b, run.b, run.b + run.length)
        for pair in ((m, n) for m in ours for n in theirs):
            if pair not in tried:
                tried.add(pair)
                if _same_sentence(a, b, *pair, options):
                    found |= {Passage(document=side.id, span=side.sentences[k][2]) for side, k in zip((a, b), pair, strict=True)}
                    touched += 1
        if not touched and run.length >= options.passage_words + GRAM:
            found.add(Passage(document=a.id, span=a.words.span(run.a, run.a + run.length)))
            found.add(Passage(document=b.id, span=b.words.span(run.b, run.b + run.length)))
    return tuple(sorted(found, key=_by_place))


def _sentences_in(side: _Side, first: int, end: int) -> range:
    """Numbers of the sentences that words stand in."""
    start = stop = bisect_right(side.sentence_ends, first)
    while stop < len(side.sentences) and side.sentences[stop][0] < end:
        stop += 1
    return range(start, stop)


def _same_sentence(a: _Side, b: _Side, m: int, n: int, options: CopyOptions) -> bool:
    """Whether sentence ``m`` of one document and sentence ``n`` of another are one, printed with small changes."""
    first_a, end_a, _ = a.sentences[m]
    first_b, end_b, _ = b.sentences[n]
    shorter, longer = sorted((end_a - first_a, end_b - first_b))
    if shorter < options.passage_words or longer > 400:
        return False
    least = max(options.passage_words, options.sentence_share * shorter, options.longer_share * longer)
    if shorter < least:
        return False
    other, bits = b.words.folded[first_b:end_b], a.bits(m)
    if sum(map(bits.__contains__, other)) < least:  # words in any order: a bound that is cheap to tell
        return False
    return common_in_order(end_a - first_a, bits, other) >= least


def _by_place(passage: Passage) -> tuple[str, Span]:
    return passage.document, passage.span


def _groups(pairs: Sequence[Pair]) -> tuple[CopyGroup, ...]:
    """Whole copies by what they are copies of; other pairs by the documents and the kind of sharing."""
    copies = Joining()
    for pair in pairs:
        if pair.kind is CopyKind.COPY:
            copies.join(pair.a, pair.b)
    grouped: dict[tuple[str, ...], list[Pair]] = {}
    for pair in pairs:
        key = ("copy", copies.find(pair.a)) if pair.kind is CopyKind.COPY else (pair.kind.value, pair.a, pair.b)
        grouped.setdefault(key, []).append(pair)
    order = list(CopyKind)
    ranked = sorted(grouped.items(), key=lambda x: (order.index(CopyKind(x[0][0])), x[0]))
    return tuple(_group(f"copy-{n}", members) for n, (_, members) in enumerate(ranked, 1))


def _group(name: str, pairs: Sequence[Pair]) -> CopyGroup:
    passages = sorted({p for pair in pairs for p in pair.passages}, key=_by_place)
    documents = tuple(sorted({d for pair in pairs for d in (pair.a, pair.b)}))
    return CopyGroup(
        id=name,
        documents=documents,
        kind=pairs[0].kind,
        pairs=tuple(CopyPair(a=p.a, b=p.b, kind=p.kind) for p in pairs),
        passages=tuple(passages),
        reason="; ".join(_reason(p) for p in pairs[:3]) + (f"; and {len(pairs) - 3} pairs more" if len(pairs) > 3 else ""),
        evidence=tuple(Evidence(document=p.document, span=p.span) for p in passages),
    )


def _reason(pair: Pair) -> str:
    said = {
        CopyKind.COPY: "are one text, whole or cut",
        CopyKind.PARTIAL: "share passages of reporting",
        CopyKind.QUOTE: "share no more than quotations or single sentences",
        CopyKind.BOILERPLATE: "share no more than lines that the outlet prints under many reports",
    }[pair.kind]
    return (
        f"{pair.a} and {pair.b} {said}: {pair.reporting} words of reporting, {pair.quoted} quoted, "
        f"{pair.furniture} of furniture in common, {pair.share:.0%} of the shorter"
    )
