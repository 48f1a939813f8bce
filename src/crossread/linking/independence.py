"""Whether agreeing reports rest on different origins, and why that is thought so."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from crossread.linking.sentences import Sentence, StoryView
from crossread.linking.stems import words_of
from crossread.records import Evidence
from crossread.vocabulary import Independence

_SAME_WORDS = 0.6
"""Weighted share of common words from which two sentences of different documents are taken for one wire sentence."""
_HELD_WORDS, _HELD_STEMS = 0.8, 6
"""The same where one sentence holds the other: share of the shorter one's words, and how many stems they share at least."""


@dataclass(frozen=True, slots=True)
class Telling:
    """One sentence that reports something, the actors in whose voice it does so, and the record behind it."""

    sentence: Sentence
    speakers: tuple[str, ...] = ()
    attributed: bool = False
    record: str | None = None

    @property
    def evidence(self) -> Evidence:
        """The whole sentence."""
        return self.sentence.evidence(self.record)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Independence with its reason and the counts behind it."""

    independent: Independence
    reason: str
    evidence: tuple[Evidence, ...]
    n_documents: int
    n_independent: int


def judge(view: StoryView, tellings: Sequence[Telling]) -> Verdict:
    """Whether tellings rest on different origins: copies, shared sentences and one speaker behind all are one origin."""
    evidence = cited(tellings)
    documents = {e.document for e in evidence}
    origins = view.case.n_origins(evidence)
    independent, reason = _judge(view, tellings, len(documents), origins)
    if independent is Independence.NO:
        origins = min(origins, 1)
    return Verdict(independent, reason, evidence, len(documents), origins)


def cited(tellings: Iterable[Telling]) -> tuple[Evidence, ...]:
    """Evidence of tellings by publication, each sentence once."""
    ordered = sorted(tellings, key=lambda t: (t.sentence.key, t.record is None, t.record or ""))
    pieces: dict[tuple[str, object], Evidence] = {}
    for telling in ordered:
        pieces.setdefault((telling.sentence.document, telling.sentence.span), telling.evidence)
    return tuple(pieces.values())


def _judge(view: StoryView, tellings: Sequence[Telling], n_documents: int, origins: int) -> tuple[Independence, str]:
    if n_documents < 2:
        return Independence.NO, "one document only"
    if origins < 2:
        return Independence.NO, "all reports rest on one text"
    if _one_speaker(tellings):
        return Independence.NO, f"all {n_documents} reports pass on the word of one speaker"
    alike = _joined_by_words(view, tellings)
    if alike == 1:
        return Independence.NO, "the reports use the same sentence, as wire copy does"
    if origins < n_documents or alike < n_documents:
        return Independence.PARTLY, f"{n_documents} reports, of which some share their text"
    if _shared_speaker(tellings):
        return Independence.PARTLY, "some of the reports rest on the same speaker"
    return Independence.YES, f"{origins} reports in different words; no common origin is known"


def _one_speaker(tellings: Sequence[Telling]) -> bool:
    """Whether everything is in the voice of one speaker, in each document."""
    if not all(t.attributed for t in tellings):
        return False
    common = set(tellings[0].speakers)
    for telling in tellings[1:]:
        common &= set(telling.speakers)
    return bool(common)


def _shared_speaker(tellings: Sequence[Telling]) -> bool:
    """Whether reports rest on one speaker, of which no two tell it in their own voice as well."""
    by_document: dict[str, set[str]] = {}
    for telling in tellings:
        by_document.setdefault(telling.sentence.document, set()).update(telling.speakers if telling.attributed else ())
    if len({t.sentence.document for t in tellings if not t.attributed}) > 1:
        return False
    seen: set[str] = set()
    for speakers in by_document.values():
        if seen & speakers:
            return True
        seen |= speakers
    return False


def _joined_by_words(view: StoryView, tellings: Sequence[Telling]) -> int:
    """Number of documents after those whose cited sentences are nearly the same are joined."""
    heads: list[list[Telling]] = []
    by_document: dict[str, list[Telling]] = {}
    for telling in tellings:
        by_document.setdefault(telling.sentence.document, []).append(telling)
    for document in sorted(by_document):
        own = by_document[document]
        if not any(_share_a_sentence(view, own, other) for other in heads):
            heads.append(own)
    return len(heads)


def _share_a_sentence(view: StoryView, own: Sequence[Telling], other: Sequence[Telling]) -> bool:
    """Whether two documents tell it in one wire sentence: what else they say of it then rests on that text too."""
    return any(one_sentence(view, a.sentence, b.sentence) for a in own for b in other)


def one_sentence(view: StoryView, one: Sentence, other: Sentence) -> bool:
    """Whether two sentences are one, printed with small changes: most words, and these in the same order."""
    same = view.nearness(one, other) >= _SAME_WORDS
    held = len(one.bag & other.bag) >= _HELD_STEMS and view.likeness(one.bag, other.bag) >= _HELD_WORDS
    return (same or held) and _in_one_order(one, other)


_RUN, _SAME_RUNS = 3, 0.4


def _in_one_order(one: Sentence, other: Sentence) -> bool:
    """Whether a fair part of the shorter sentence's runs of words stand in the other."""
    ours, theirs = sorted((_runs(one), _runs(other)), key=len)
    return len(ours & theirs) >= _SAME_RUNS * len(ours)


def _runs(sentence: Sentence) -> frozenset[tuple[str, ...]]:
    words = words_of(sentence.folded)
    return frozenset(tuple(words[n : n + _RUN]) for n in range(max(1, len(words) - _RUN + 1)))


_LEAST_STEMS, _RARE = 5, 12


def alike_sentences(view: StoryView) -> tuple[tuple[Sentence, Sentence], ...]:
    """Pairs of sentences of different documents that share a rare word and most of their words; found once for each story."""
    if view.alike is None:
        view.alike = tuple(_alike_sentences(view))
    return view.alike


def _alike_sentences(view: StoryView) -> Iterator[tuple[Sentence, Sentence]]:
    holding: dict[str, list[int]] = {}
    sentences = [s for s in view.sentences if len(s.bag) >= _LEAST_STEMS]
    for number, sentence in enumerate(sentences):
        for stem in sentence.bag:
            holding.setdefault(stem, []).append(number)
    shared: Counter[tuple[int, int]] = Counter()
    for numbers in holding.values():
        if 1 < len(numbers) <= _RARE:
            shared.update(combinations(numbers, 2))
    for a, b in sorted(pair for pair, n in shared.items() if n > 1 or len(sentences) < _RARE):
        one, other = sentences[a], sentences[b]
        if one.document != other.document and (view.nearness(one, other) >= _ALIKE or one_sentence(view, one, other)):
            yield one, other


_ALIKE = 0.35
