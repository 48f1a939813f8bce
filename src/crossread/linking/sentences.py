"""The sentences of a story as linking sees them: words, who is named, which records they hold, in whose voice.

Records of a reading point into its text; this view turns them round, so that each sentence knows its records.  It is computed from
a `Case` alone and kept for the last one asked for, since several linking steps need it.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import fsum, log
from typing import TypeVar

from crossread.linking.case import Case
from crossread.linking.phrases import Starts, starts_of
from crossread.linking.stems import content_stems, fold
from crossread.linking.thread_codebook import topics_in
from crossread.records import Attribution, Event, Evidence, Figure, Reading, Span
from crossread.vocabulary import Basis, EntityType

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Named:
    """Someone or something that a sentence names: where, the actor of the story (when it is one), its name and type."""

    span: Span
    actor: str | None
    name: str
    type: EntityType


_WHERE = re.compile(r"\b(?:in|at|near|around|outside|inside|across|over|on|of|off|from)(?: the)?(?: \w+)? $")
_PLACES = frozenset({EntityType.GPE, EntityType.LOCATION, EntityType.FACILITY})


@dataclass(frozen=True, eq=False)
class Sentence:
    """One sentence of one document, with all that its reading knows of it."""

    reading: Reading
    number: int
    span: Span
    named: tuple[Named, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    """Attributions whose content, source or cue touches the sentence."""
    events: tuple[Event, ...] = ()
    figures: tuple[Figure, ...] = ()
    is_title: bool = False

    @property
    def document(self) -> str:
        """Id of the document."""
        return self.reading.document.id

    @cached_property
    def placed(self) -> tuple[tuple[Span, str], ...]:
        """Where names of places stand behind ``in``, ``near`` and the like, and the names, folded."""
        start = self.span.start
        return tuple(
            (n.span, n.name.casefold())
            for n in self.named
            if n.type in _PLACES and _WHERE.search(self.folded, max(0, n.span.start - start - 24), n.span.start - start)
        )

    @cached_property
    def text(self) -> str:
        """The words as printed."""
        return self.span.of(self.reading.document.text)

    @cached_property
    def folded(self) -> str:
        """Lower-case words; offsets are those of `text`."""
        return fold(self.text)

    @cached_property
    def starts(self) -> Starts:
        """Where its words begin, for a quick test of which phrases it cannot hold."""
        return starts_of(self.folded)

    @cached_property
    def topics(self) -> frozenset[int]:
        """Numbers of the kinds of thread whose topic it names."""
        return topics_in(self.folded, self.starts)

    @cached_property
    def stems(self) -> tuple[str, ...]:
        """Stems of content words in order."""
        return content_stems(self.folded)

    @cached_property
    def bag(self) -> frozenset[str]:
        """Different stems of content words."""
        return frozenset(self.stems)

    @cached_property
    def name_stems(self) -> frozenset[str]:
        """Stems of the capitalised words of those whom it names."""
        text = self.reading.document.text
        words = {w for n in self.named for w in n.span.of(text).split() if w[:1].isupper()}
        return frozenset(stem for word in words for stem in content_stems(fold(word)))

    @cached_property
    def told(self) -> frozenset[str]:
        """Different stems outside the words that name its sources."""
        return frozenset(self.told_in_order)

    @cached_property
    def told_in_order(self) -> tuple[str, ...]:
        """Stems of content words outside the words that name its sources, in order."""
        spans = sorted((s for a in self.attributions for s in (*a.source, *a.cue) if self.span.overlaps(s)), reverse=True)
        if not spans:
            return self.stems
        words, start = self.folded, self.span.start
        for span in spans:
            words = f"{words[: max(0, span.start - start)]} {words[max(0, span.end - start) :]}"
        return content_stems(words)

    @cached_property
    def deeds(self) -> frozenset[str]:
        """Stems of the words that stand for its happenings."""
        text = self.reading.document.text
        return frozenset(stem for e in self.events for span in e.anchor for stem in content_stems(fold(span.of(text))))

    @property
    def published(self) -> str | None:
        """Day of publication (ISO), where it is known; of some days that others give an undated report the last."""
        when = self.reading.document.published
        return None if when is None else when.end if when.basis is Basis.CONTEXT else when.start

    @property
    def key(self) -> tuple[str, str, int]:
        """Sorts sentences of a story by publication, document and place in it."""
        return (self.published or "9999", self.document, self.number)

    @cached_property
    def actors(self) -> tuple[str, ...]:
        """Ids of the actors that it names, in order, each once."""
        return tuple(dict.fromkeys(n.actor for n in self.named if n.actor is not None))

    def evidence(self, record: str | None = None) -> Evidence:
        """The sentence as evidence."""
        return Evidence(document=self.document, span=self.span, record=record)

    def voice_at(self, start: int, end: int) -> Attribution | None:
        """The innermost attribution whose content covers a stretch (offsets into `text`); ``None`` for the reporter's own voice."""
        at = Span(self.span.start + start, self.span.start + max(end, start + 1))
        holding = [
            (min(c.end - c.start for c in a.content if c.overlaps(at)), a.id, a)
            for a in self.attributions
            if any(c.overlaps(at) for c in a.content)
        ]
        return min(holding, key=lambda h: h[:2])[2] if holding else None

    def named_between(self, start: int, end: int) -> tuple[Named, ...]:
        """Who is named in a stretch (offsets into `text`)."""
        return tuple(n for n in self.named if self.span.start + start <= n.span.start < self.span.start + end)


class StemWeights(dict[str, float]):
    """Inverse sentence frequency of stems, told when first asked for.

    A stem that every sentence holds still counts a little, as small stories have few others.
    """

    def __init__(self, spread: Counter[str], n_sentences: int) -> None:
        super().__init__()
        self.spread, self._n = spread, n_sentences

    def __missing__(self, stem: str) -> float:
        weight = self[stem] = log(1 + (self._n + 1) / (self.spread.get(stem, 0) + 0.5))
        return weight


@dataclass(eq=False)
class StoryView:
    """All sentences of a story by document, and how rare each stem is among its documents."""

    case: Case
    sentences: tuple[Sentence, ...]
    by_document: dict[str, tuple[Sentence, ...]]
    weights: "StemWeights" = field(default_factory=lambda: StemWeights(Counter(), 0))
    totals: dict[frozenset[str], float] = field(default_factory=dict)
    """Weights of bags already summed."""
    rarity: dict[str, float] = field(default_factory=dict)
    """How rare stems are in the story and in general news, once asked for."""
    camps: dict[str, frozenset[str]] = field(default_factory=dict)
    """Actor -> the sides for which it speaks, once asked for."""
    camps_of: dict[tuple[str, ...], frozenset[str]] = field(default_factory=dict)
    """The same for actors together."""
    near: dict[tuple[int, int], float] = field(default_factory=dict)
    """Nearness of pairs of sentences already worked out."""
    common: dict[tuple[int, int], float] = field(default_factory=dict)
    """Weight of what pairs of sentences share, already worked out."""
    alike: tuple[tuple[Sentence, Sentence], ...] | None = None
    """Pairs of sentences in nearly the same words, once asked for."""

    def weight(self, stem: str) -> float:
        """Inverse sentence frequency of a stem."""
        return self.weights[stem]

    def spread(self, stem: str) -> int:
        """How many sentences hold a stem."""
        return self.weights.spread[stem]

    def total(self, bag: frozenset[str]) -> float:
        """Summed weight of a bag of stems."""
        known = self.totals.get(bag)
        if known is None:
            known = self.totals[bag] = fsum([self.weights[s] for s in bag])
        return known

    def likeness(self, one: frozenset[str], other: frozenset[str]) -> float:
        """Weighted overlap of two bags of stems, against the smaller one (0 to 1)."""
        shared = one & other
        if not shared:
            return 0.0
        least = min(self.total(one), self.total(other))
        return fsum([self.weights[s] for s in shared]) / least if least > 0 else 0.0

    def jaccard(self, one: frozenset[str], other: frozenset[str]) -> float:
        """Weighted overlap of two bags of stems, against both together (0 to 1)."""
        common = one & other
        if not common:
            return 0.0
        shared = fsum([self.weights[s] for s in common])
        both = self.total(one) + self.total(other) - shared
        return shared / both if both > 0 else 0.0

    def nearness(self, one: Sentence, other: Sentence) -> float:
        """`jaccard` of two sentences of the story, worked out once."""
        pair = (id(one), id(other)) if id(one) < id(other) else (id(other), id(one))
        known = self.near.get(pair)
        if known is None:
            known = self.near[pair] = self.jaccard(one.bag, other.bag)
        return known

    def at(self, document: str, position: int) -> Sentence | None:
        """The sentence of a document that holds a position."""
        sentences = self.by_document.get(document, ())
        number = bisect_right(sentences, position, key=lambda s: s.span.end)
        if number < len(sentences) and sentences[number].span.start <= position:
            return sentences[number]
        return None


_last: list[StoryView] = []


def view_of(case: Case) -> StoryView:
    """The sentences of a story; the view of the last case is kept."""
    if _last and _last[0].case is case:
        return _last[0]
    view = _view(case)
    _last[:] = [view]
    return view


def _view(case: Case) -> StoryView:
    by_document = {r.document.id: tuple(_sentences(case, r)) for r in case.readings}
    sentences = tuple(s for r in case.readings for s in by_document[r.document.id])
    return StoryView(case, sentences, by_document, StemWeights(Counter(s for x in sentences for s in x.bag), len(sentences)))


def _sentences(case: Case, reading: Reading) -> Iterator[Sentence]:
    names = {e.id: e.name for e in reading.entities}
    title, spans = reading.document.title_span, reading.sentences
    mentions = _by_sentence(spans, reading.mentions, lambda m: (m.span,))
    attributions = _by_sentence(spans, reading.attributions, lambda a: (*a.content, *a.source, *a.cue))
    events = _by_sentence(spans, reading.events, lambda e: e.anchor)
    figures = _by_sentence(spans, reading.figures, lambda f: (f.span,))
    for number, span in enumerate(spans):
        here = [m for m in mentions.get(number, ()) if span.start <= m.span.start]
        yield Sentence(
            reading=reading,
            number=number,
            span=span,
            named=tuple(
                Named(m.span, case.actors.of(reading.document.id, m.entity), names.get(m.entity, ""), m.type)
                for m in sorted(here, key=lambda m: (m.span, m.id))
            ),
            attributions=tuple(attributions.get(number, ())),
            events=tuple(e for e in events.get(number, ()) if e.sentence.overlaps(span)),
            figures=tuple(figures.get(number, ())),
            is_title=title is not None and span.overlaps(title),
        )


def _by_sentence(sentences: Sequence[Span], records: Sequence[R], spans_of: Callable[[R], Iterable[Span]]) -> dict[int, list[R]]:
    """Records by the numbers of the sentences that their spans touch, in their own order, each once for a sentence."""
    starts, ends = [s.start for s in sentences], [s.end for s in sentences]
    found: dict[int, list[R]] = {}
    for record in records:
        numbers = {n for s in spans_of(record) for n in range(bisect_right(ends, s.start), bisect_left(starts, s.end))}
        for number in numbers:
            found.setdefault(number, []).append(record)
    return found
