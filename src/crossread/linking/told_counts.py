"""A count as one report tells it, and whether two reports, or two whom they quote, tell of one thing by it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf

from crossread.codebook.actors import names
from crossread.linking.backgrounds import looks_back
from crossread.linking.case import Case
from crossread.linking.counts import goes_back
from crossread.linking.incidents import in_months, of_one_hospital, other_matter, over_days
from crossread.linking.nearness import nearness
from crossread.linking.quantities import Quantity
from crossread.linking.sentences import Sentence, StoryView, view_of
from crossread.reading.numbers import find_numbers
from crossread.records import FigureValue, StoryFigure

_UNSURE = re.compile(
    r"\b(?:suspected|suspects?|feared|fears?|possibl[ey]|probabl[ey]|may|might|could|expect\w*|likely|would|will|if|under investigation)\b"
)
_WIDE = re.compile(r"\b(?:worldwide|world-wide|global|globally|(?:around|across|in|over) the (?:world|globe)|world's)\b")
_RATE = re.compile(
    r"\b(?:every|each|per|in an average|annual|annually|yearly|a (?:year|month|week|day)|so far this|out of|one in)\b|\b\d+ in (?:every )?\d"
)
_FURTHER = re.compile(
    r"\b(?:another|more(?! than)|further|additional|other|others|new|remaining|including|among (?:them|whom|the))\b"
)
_OF_THE = re.compile(r"\W{0,2}of (?:the|those|these|them|whom|its|their|his|her)\b")
_CRITICAL = re.compile(r"\b(?:critical\w*|serious(?:ly)?|severe(?:ly)?|life-threatening|hospitali[sz]ed|in hospital|intensive)\b")
_CLAUSE_END = re.compile(r"[,;:.!?()\"]|\b(?:and|but|while|when|after|before|which|who|that|where|although|though|with|as)\b")
_ARMS = 60
"""Characters before and after a number in which words say how it is meant."""


def scope_of(quantity: Quantity) -> tuple[bool, ...]:
    """Whether a count is unsure, of the whole world, a rate, a part or a further lot, of those hurt badly, of several days, of one hospital."""
    folded, at, end = quantity.sentence.folded, quantity.at, quantity.end
    clause = _CLAUSE_END.split(folded[max(0, at - _ARMS) : at])[-1] + folded[at:end]
    around = clause + _CLAUSE_END.split(folded[end : end + _ARMS])[0]
    return (
        _UNSURE.search(around) is not None,
        _WIDE.search(folded) is not None,
        _RATE.search(around) is not None,
        _FURTHER.search(around) is not None or _OF_THE.match(folded, end) is not None,
        _CRITICAL.search(around) is not None,
        over_days(quantity.sentence),
        of_one_hospital(quantity.sentence),
    )


@dataclass(frozen=True, eq=False)
class Told:
    """One value of a count where a report tells it."""

    value: FigureValue
    record: str
    """Id of the figure in its reading."""
    quantity: Quantity
    is_first: bool
    """Whether it is the first value that its report gives for the count."""

    @property
    def sentence(self) -> Sentence:
        """The sentence that gives it."""
        return self.quantity.sentence

    @property
    def speaker(self) -> str | None:
        """Whoever gives it; ``None`` for the report itself."""
        return self.value.voice.speaker if self.value.voice is not None else None

    @cached_property
    def scope(self) -> tuple[bool, ...]:
        """How it is meant; see `scope_of`."""
        return scope_of(self.quantity)

    @property
    def number(self) -> float | None:
        """The number itself: best, else low, else high."""
        return next((n for n in (self.value.best, self.value.low, self.value.high) if n is not None), None)

    @cached_property
    def beside(self) -> frozenset[float | None]:
        """The other numbers of its sentence."""
        at, end = self.quantity.at, self.quantity.end
        return frozenset(n.value for n in find_numbers(self.sentence.text) if not at <= n.core < end)

    @property
    def is_total(self) -> bool:
        """Whether it is a plain count: no rate, no part or further lot."""
        return not (self.scope[2] or self.scope[3])

    @cached_property
    def countries(self) -> frozenset[str]:
        """Countries that its sentence names, by a place in them or by their people."""
        known = (names().get(form) for n in self.sentence.named for form in (n.name, *n.name.split()))
        return frozenset(n.country for n in known if n is not None and n.country)


def told_of(case: Case, figure: StoryFigure) -> list[Told]:
    """Where the reports tell the values of a count, in the order of the values."""
    view = view_of(case)
    found: list[tuple[FigureValue, str, Quantity]] = []
    for value in figure.values:
        for piece in value.evidence:
            sentence = view.at(piece.document, piece.span.start)
            told = next((f for f in sentence.figures if f.id == piece.record), None) if sentence is not None else None
            if sentence is None or told is None:
                continue
            at, end = told.span.start - sentence.span.start, told.span.end - sentence.span.start
            quantity = Quantity(sentence, max(at, 0), end, figure.kind.value, value.low or 0.0, value.high or inf)
            found.append((value, told.id, quantity))
    first: dict[str, tuple[int, int]] = {}
    for _, _, quantity in found:
        place = (quantity.sentence.number, quantity.at)
        document = quantity.sentence.document
        first[document] = min(first.get(document, place), place)
    return [Told(v, r, q, first[q.sentence.document] == (q.sentence.number, q.at)) for v, r, q in found]


_ALIKE_FIRST, _ALIKE_ONE_DAY, _POINTS, _POINTS_FAR, _OVERLAP = 0.12, 0.05, 0.5, 0.8, 0.3
"""Likeness of the sentences of two first values, and the two likenesses of others together, from which they count one thing; the
likenesses where one value is many times the other, or one sentence looks back or points back; overlap of sentences that is enough."""
_MANY_TIMES = 8.0


def of_one_count(view: StoryView, one: Told, other: Told, known: Sequence[Told]) -> bool:
    """Whether two values of a count are of one thing at one time.

    Args:
        view: The story.
        one: A value.
        other: One of another report, or of another speaker.
        known: All values of the count.
    """
    first, second = one.sentence, other.sentence
    if first is second or one.scope != other.scope or not one.is_total:
        return False
    if first.document == second.document and not (one.speaker and other.speaker and one.speaker != other.speaker):
        return False
    if one.countries and other.countries and not one.countries & other.countries:
        return False
    months = in_months(first), in_months(second)
    if (all(months) and months[0] != months[1]) or other_matter(first, (first.span,), second, (second.span,)):
        return False
    if _gives_both(one, other, known) or _gives_both(other, one, known):
        return False
    near, alike = nearness(view, one.quantity, other.quantity)
    if _many_times(one.number, other.number) or _is_back(view, first) != _is_back(view, second):
        return near + alike >= _POINTS_FAR
    if one.is_first and other.is_first and alike >= (_ALIKE_ONE_DAY if first.published == second.published else _ALIKE_FIRST):
        return True
    return near + alike >= _POINTS or view.jaccard(first.bag, second.bag) >= _OVERLAP


def _many_times(one: float | None, other: float | None) -> bool:
    return one is not None and other is not None and max(one, other) > _MANY_TIMES * min(one, other)


_POINTS_BACK = re.compile(r"^\W*(?:it|that|this|they) ")


def _is_back(view: StoryView, sentence: Sentence) -> bool:
    """Whether a sentence speaks of an earlier matter, or of what only the one before it names."""
    back = looks_back(sentence) is not None or goes_back(view, sentence) is not None
    return back or _POINTS_BACK.match(sentence.folded) is not None


def _gives_both(one: Told, other: Told, known: Sequence[Told]) -> bool:
    """Whether the report of one value gives the other's as well, in the same voice or beside the first."""
    if other.number in one.beside:
        return True
    return any(
        t.sentence.document == one.sentence.document
        and t.value.best == other.value.best
        and (t.value.low, t.value.high) == (other.value.low, other.value.high)
        and t.speaker == one.speaker
        for t in known
        if t is not one
    )
