"""Matters that several reports tell within sentences of other words: what two sentences share is more than chance would bring.

A long sentence tells several things, so that the share of its words that another sentence holds says little; what counts is how rare the
words are that both hold, in the story and in news at large.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations
from math import fsum, log
from typing import NamedTuple

from crossread.calendar_words import MONTHS
from crossread.codebook.word_counts import word_counts
from crossread.linking.clusters import average_link
from crossread.linking.labels import is_label
from crossread.linking.sentences import Sentence, StoryView
from crossread.linking.stems import stem as stem_of

_RARE, _RARE_SHARED = 12, 2
"""Sentences of a story that hold a stem at most, for it to bring sentences together; how many such stems they must share."""
_IN_NAMES, _SELDOM_NAMED, _SELDOM = 0.5, 0.8, 3
"""What a stem counts for that both sentences hold in a name: whom they speak of, not what is told of them; the same of a name that so many
sentences hold at most."""
_OF_A_DATE, _YEAR = 0.4, 4
_ENOUGH, _LEAST, _FOR_SHARE = 10.9, 7.5, 12.0
"""Weight of what two sentences share from which they tell one matter; the least, and how much less will do where it is also a share of
the words of both."""
_OF_TWO, _IN_LONG = 3.8, 5.3
"""What a stem weighs that two of a hundred sentences of a story hold, and two of five hundred: where there are more, chance brings more
together, and what two sentences share must weigh more."""
_OF_ONE_MATTER = 0.5
_OF_DATES = frozenset((
    "gmt", "bst", "edt", "est", *(stem_of(name) for name in MONTHS if name != "may"), "jan", "feb", "apr", "aug", "sept", "oct", "nov", "dec"
))  # fmt: skip
"""Stems of date lines; "may" is mostly no month."""


@lru_cache(maxsize=65536)
def general_weight(stem: str) -> float:
    """How rare a stem is in general news (inverse document frequency)."""
    counts = word_counts()
    return log((counts.reports + 1) / (counts.holders.get(stem, 0) + 0.5))


def weight_in_common(view: StoryView, one: Sentence, other: Sentence) -> float:
    """How much two sentences share, their words for who said it with them; in a short story, where no word is rare, as in a long one."""
    pair = (id(one), id(other)) if id(one) < id(other) else (id(other), id(one))
    known = view.common.get(pair)
    if known is None:
        scale = max(1.0, _OF_TWO / _of_two(view))
        known = view.common[pair] = scale * _weight(view, one.bag & other.bag, one.name_stems & other.name_stems)
    return known


def _of_two(view: StoryView) -> float:
    """What a stem weighs in a story that two of its sentences hold."""
    return log(1 + (len(view.sentences) + 1) / 2.5)


def _weight(view: StoryView, shared: frozenset[str], names: frozenset[str]) -> float:
    """Summed rarity of shared stems; less of those in names and dates."""
    dated, rarity, weights = not shared.isdisjoint(_OF_DATES), view.rarity, []
    for stem in shared:
        known = rarity.get(stem)
        if known is None:
            known = rarity[stem] = min(view.weights[stem], general_weight(stem))
        if stem in names:
            known *= _SELDOM_NAMED if view.spread(stem) <= _SELDOM else _IN_NAMES
        elif (dated or len(stem) == _YEAR) and _is_of_date(stem):
            known *= _OF_A_DATE
        weights.append(known)
    return fsum(weights)


def _is_of_date(stem: str) -> bool:
    return stem.isdigit() or stem in _OF_DATES


_MOST_TOGETHER, _PARTS, _FEWEST = 9, 6.0, 3
"""Sentences on one happening that stand together however they tell it; the mean weight of what more of them share where they stand
together, and stems that two of them must share."""


def parts(sentences: Sequence[Sentence], view: StoryView) -> list[tuple[int, ...]]:
    """Numbers of sentences on one happening that stand together: where they are many, by what they share beside the word for it."""
    if len(sentences) <= _MOST_TOGETHER:
        return [tuple(range(len(sentences)))]
    edges = {
        (n, m): weight_in_common(view, one, other)
        for (n, one), (m, other) in combinations(enumerate(sentences), 2)
        if len(one.bag & other.bag) >= _FEWEST
    }
    return average_link(len(sentences), edges, _PARTS, 0)


class _Shared(NamedTuple):
    """Two sentences of different documents and the stems that they share, with their weight."""

    weight: float
    one: Sentence
    other: Sentence
    stems: frozenset[str]


class _Matter(NamedTuple):
    """What some sentences tell: the stems that the first two of them share."""

    stems: frozenset[str]
    sentences: dict[Sentence, None]


def common_matters(view: StoryView) -> Iterator[tuple[Sentence, ...]]:
    """Sentences that tell one matter, by what they share: pairs that share nearly the same words are of one."""
    matters: list[_Matter] = []
    telling: dict[Sentence, list[_Matter]] = {}
    for pair in sorted(_pairs(view), key=lambda p: (-round(p.weight, 6), p.one.key, p.other.key)):
        both = (pair.one, pair.other)
        known = (m for s in both for m in telling.get(s, ()))
        home = next((m for m in known if view.likeness(pair.stems, m.stems) >= _OF_ONE_MATTER), None)
        if home is None:
            home = _Matter(pair.stems, {})
            matters.append(home)
        for sentence in both:
            if sentence not in home.sentences:
                home.sentences[sentence] = None
                telling.setdefault(sentence, []).append(home)
    yield from (tuple(matter.sentences) for matter in matters)


def _pairs(view: StoryView) -> Iterator[_Shared]:
    sentences = [s for s in view.sentences if len(s.told) >= _RARE_SHARED and not is_label(s)]
    holding: dict[str, list[int]] = {}
    for number, sentence in enumerate(sentences):
        for stem in sentence.told:
            holding.setdefault(stem, []).append(number)
    shared: Counter[tuple[int, int]] = Counter()
    for numbers in holding.values():
        if 1 < len(numbers) <= _RARE:
            shared.update(combinations(numbers, 2))
    more = max(1.0, _of_two(view) / _IN_LONG)
    for (a, b), n in shared.items():
        if n >= _RARE_SHARED and sentences[a].document != sentences[b].document:
            found = _shared(view, sentences[a], sentences[b], more)
            if found is not None:
                yield found


def _shared(view: StoryView, one: Sentence, other: Sentence, more: float) -> _Shared | None:
    """What two sentences share, where it is enough; in a long story ``more`` times as much is asked for."""
    stems = one.told & other.told
    if view.total(stems) < more * _LEAST:
        return None
    names = one.name_stems & other.name_stems
    weight = _weight(view, stems, names)
    if weight < more * _LEAST or all(s in names or _is_of_date(s) for s in stems):
        return None
    share = view.jaccard(one.told, other.told)
    if weight < more * (_ENOUGH - _FOR_SHARE * share):
        return None
    least = _CLOSE if _names_a_deed(stems, one, other) else _CLOSE_WITHOUT
    if min(closeness(view, s, stems, names) for s in (one, other)) + _CLOSE_FOR_SHARE * share < more * least:
        return None
    return _Shared(weight, one, other, stems)


_CLOSE, _CLOSE_WITHOUT, _CLOSE_FOR_SHARE, _BETWEEN = 9.2, 12.0, 20.0, 0.35
"""Weight of the closest of what two sentences share from which they tell one matter; the same where no word for a happening is shared, as
in the name of a place or of an office; how much less will do where it is also a share of the words of both; what part of their own weight
the words between take off."""


def _names_a_deed(stems: frozenset[str], one: Sentence, other: Sentence) -> bool:
    """Whether shared stems tell what happens or how much: a word for a happening, or a number."""
    return any(stem in one.deeds or stem in other.deeds or stem[0].isdigit() for stem in stems)


def closeness(view: StoryView, sentence: Sentence, shared: frozenset[str], names: frozenset[str]) -> float:
    """Weight of the stretch of a sentence that holds most of what is shared and least of what is not (largest sum of a run)."""
    best = here = 0.0
    seen: set[str] = set()
    for stem in sentence.told_in_order:
        weight = _weight(view, frozenset((stem,)), names)
        here += -_BETWEEN * weight if stem not in shared else 0.0 if stem in seen else weight
        seen.add(stem)
        if here <= 0.0:
            here = 0.0
            seen.clear()
        best = max(best, here)
    return best
