"""Mentions of happenings as linking compares them: the words of the anchor and what stands around it."""

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from math import exp, fsum, sqrt
from typing import NamedTuple

from crossread.codebook.happenings import Weights, happening_sets
from crossread.linking.features import Rarity
from crossread.linking.stems import is_content, stem
from crossread.linking.words import WORD
from crossread.records import Span

_NEAR = 3


class EventWords(NamedTuple):
    """An event mention in stems: its anchor, the nearest words on either side, the whole sentence, its numbers."""

    document: str
    key: str
    anchor: tuple[str, ...]
    near: frozenset[str]
    context: frozenset[str]
    numbers: frozenset[str]
    sentence: int

    @property
    def head(self) -> str:
        """The last word of the anchor."""
        return self.anchor[-1] if self.anchor else ""


def event_words(document: str, key: str, text: str, anchor: Sequence[Span], sentence: Span, number: int) -> EventWords:
    """The words of an anchor and its sentence; ``number`` counts sentences, so that distance can be told."""
    first, last = anchor[0].start, anchor[-1].end
    own = tuple(stem(w) for span in anchor for w in _folded(span.of(text)))
    left = _content(text[min(sentence.start, first) : first])
    right = _content(text[last : max(sentence.end, last)])
    numbers = frozenset(w for w in (*left, *right) if w[0].isdigit())
    return EventWords(
        document, key, own or (text[first:last].casefold(),), frozenset(left[-_NEAR:] + right[:_NEAR]), frozenset(left + right),
        numbers, number,
    )  # fmt: skip


def _folded(text: str) -> list[str]:
    return [m.group().lower().replace("’", "'") for m in WORD.finditer(text)]


def _content(text: str) -> list[str]:
    return [stem(w) for w in _folded(text) if is_content(w)]


@cache
def sets_of() -> Mapping[str, frozenset[int]]:
    """The numbers of the sets of happenings in which a stem stands."""
    found: dict[str, set[int]] = {}
    for number, words in enumerate(happening_sets()):
        for word in words:
            found.setdefault(stem(word), set()).add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


@lru_cache(maxsize=65_536)
def sets_in(anchor: tuple[str, ...]) -> frozenset[int]:
    """All sets that the words of an anchor stand in."""
    known = sets_of()
    return frozenset(number for word in anchor for number in known.get(word, ()))


def may_corefer(a: EventWords, b: EventWords, synonyms: frozenset[tuple[str, str]]) -> bool:
    """Whether the anchors have anything in common: a word, five first letters, a set, or a trained pair."""
    return (
        a.head == b.head
        or not set(a.anchor).isdisjoint(b.anchor)
        or a.head[:5] == b.head[:5]
        or (min(a.head, b.head), max(a.head, b.head)) in synonyms
        or not sets_in(a.anchor).isdisjoint(sets_in(b.anchor))
    )


def pair_features(a: EventWords, b: EventWords, rarity: Rarity, synonyms: frozenset[tuple[str, str]]) -> dict[str, float]:
    """What speaks for and against two mentions being one event."""
    head = a.head == b.head
    near, context = _cosine(a.near, b.near, rarity), _cosine(a.context, b.context, rarity)
    same = a.document == b.document
    apart = abs(a.sentence - b.sentence)
    rare = min(rarity.of(a.head), rarity.of(b.head))
    return {
        "head": float(head),
        "word": float(not set(a.anchor).isdisjoint(b.anchor)),
        "anchor": float(a.anchor == b.anchor),
        "synonym": float((min(a.head, b.head), max(a.head, b.head)) in synonyms),
        "set": float(not sets_in(a.anchor).isdisjoint(sets_in(b.anchor))),
        "prefix": float(a.head[:5] == b.head[:5]),
        "rare_head": head * rare,
        "rare": rare,
        "near": near,
        "context": context,
        "head_near": head * near,
        "head_context": head * context,
        "same_document": float(same),
        "same_sentence": float(same and apart == 0),
        "apart": same * min(apart, 8) / 8,
        "head_same_document": float(head and same),
        "numbers_differ": float(bool(a.numbers and b.numbers) and a.numbers.isdisjoint(b.numbers)),
        "number_shared": float(not a.numbers.isdisjoint(b.numbers)),
    }


def _cosine(a: frozenset[str], b: frozenset[str], rarity: Rarity) -> float:
    shared = a & b
    if not shared:
        return 0.0
    length = sqrt(rarity.squares(a) * rarity.squares(b))
    return fsum(rarity.of(word) ** 2 for word in shared) / length if length else 0.0


def same_event_probability(features: Mapping[str, float], weights: Weights) -> float:
    """Probability of the logistic model, calibrated on the training stories of ECB+."""
    total = weights.bias + sum(weights.by_feature.get(name, 0.0) * value for name, value in features.items())
    return 1.0 / (1.0 + exp(-max(-30.0, min(30.0, total))))
