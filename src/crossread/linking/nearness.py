"""How alike what stands beside two numbers is, and how alike their sentences are."""

from math import fsum, log

from crossread.linking.quantities import Quantity
from crossread.linking.sentences import StoryView
from crossread.linking.told_days import DAYS

_SHARED_BY = 2.5
"""Sentences that hold a stem which two of them share, with the half that weights add."""
_LEAST_NEAR, _LEAST_SENTENCE = 8.0, 10.0
"""Weight that the words beside a number, and a sentence, are taken to have at least in a long story: few shared words say little."""
_STEMS_NEAR, _STEMS_SENTENCE = 2.5, 3.0
"""The same in a short one, in stems that two sentences share."""
_BY_THE_VERB = frozenset(("speed", *DAYS))
"""Kinds of which a thing has another at each stage: a short story needs as much as a long one."""


def nearness(view: StoryView, one: Quantity, other: Quantity) -> tuple[float, float]:
    """The weighted overlap of what stands beside two numbers and of their sentences, each against the smaller, 0 to 1."""
    stem = log(1 + (len(view.sentences) + 1) / _SHARED_BY) if one.kind not in _BY_THE_VERB else _LEAST_SENTENCE
    ours, theirs = one.sentence.bag, other.sentence.bag
    return (
        _overlap(view, one.near, other.near, min(_LEAST_NEAR, _STEMS_NEAR * stem)),
        _overlap(view, ours, theirs, min(_LEAST_SENTENCE, _STEMS_SENTENCE * stem)),
    )


def _overlap(view: StoryView, one: frozenset[str], other: frozenset[str], least: float) -> float:
    """Weight that two bags share, against the smaller one, which counts for at least so much."""
    shared = fsum([view.weights[s] for s in one & other])
    return shared / max(least, min(view.total(one), view.total(other))) if shared else 0.0
