"""What is said in a story, and by whom: the content of each attribution, and each sentence of the reporters' own."""

import re
from dataclasses import dataclass, replace
from functools import cached_property

from crossread.linking.case import Case
from crossread.linking.concepts import Sort, Touch, excluded_by, is_negative, negated_stems, sorts_of, touches
from crossread.linking.incidents import days_in, places_in
from crossread.linking.sentences import Sentence, StoryView
from crossread.linking.stems import content_stems, fold, stem
from crossread.records import Attribution, Evidence, Span, Voice, When
from crossread.vocabulary import Stance

_POINTING = re.compile(r"\b(?:it|its|he|his|him|she|her|they|their|them|we|our|us|i|my|there)\b")
_CALLED_FALSE = re.compile(
    r"\b(?:is|are|was|were|as|totally|completely|absolutely|utterly|simply|just) (?:an? |all )?(?:false|untrue|lies?)\b"
    r"|\blies\b|^\W*(?:a lie|false|untrue)\b"
)
_DENYING_CUE = re.compile(r"\b(?:den(?:y|ied|ies|ying)|reject|dismiss|refut|rebut|rebuff|disput|rul(?:e|ed|es|ing) out)")

_BELIEVING = re.compile(r"\b(?:believ|think|thinks|thought|expect|accept|agree|consider|regard)")
"""In a cue that is denied: what is not believed is denied."""
_UNSAID = re.compile(
    r"\b(?:sa(?:y|ys|id|ying)|reveal\w*|told) nothing\b|\b(?:silent|no comment)\b"
    r"|(?:\bnot|n't) (?:\w+ly )?(?:repeat|mention|comment|elaborate|specify|disclose|name|answer|address|respond|refer|say|tell|explain|give"
    r"|discuss|reveal|release|provide|identify|confirm|describe|speculate)"
)
"""In a cue: what was left unsaid is not denied."""
_NOT_GIVEN = re.compile(
    r"\W*(?:(?:an?|the|his|her|its|their|any|further|\w{1,30}'s) )?(?:[\w.-]{1,30} ){0,2}(?:offers?|requests?|applications?|bail|permission"
    r"|access|visas?|entry|appeals?|motions?|petitions?|bids?)\b"
)
"""What is denied to somebody rather than said not to be so."""
_JUSTIFYING = re.compile(
    r"\b(?:justif\w+|pretext|in response to|self-?defen[cs]e|retaliat\w+"
    r"|counter-?terroris\w+|to protect|legitimate target\w*|target only|only target)\b"
)
_OPEN = re.compile(
    r"^\W*(?:if|whether|why)\b(?!.*(?:,|\bthen\b))"
    r"|\b(?:unclear|uncertain|unsure|unknown"
    r"|not (?:yet |immediately |entirely )?(?:clear|known|sure|certain)|n't (?:yet )?(?:clear|known|sure))"
    r" (?:exactly )?(?:if|whether|how|why|who|what|which|when|where)\b"
    r"|\b(?:do|does|did)(?: not|n't) (?:yet )?(?:know|say|specify|recall|remember|explain)"
    r" (?:exactly )?(?:if|whether|how|why|who|what|which|when|where)\b"
    r"|\bwould(?: not|n't) (?:have|be)\b.{0,120}\bif\b|\bif\b.{0,120}\bwould(?: not|n't) (?:have|be)\b"
)
_OPENING = (
    "if ",
    " if",
    "whether ",
    "why ",
    "unclear",
    "uncertain",
    "unsure",
    "known ",
    "not sure",
    "n't sure",
    " know ",
    " say ",
    "specify",
    "recall",
    "remember",
    "explain",
)
"""Words by which a statement leaves open what is so: asked whether, unclear who."""
META = frozenset(
    stem(w)
    for w in (
        "charge", "claim", "accusation", "allegation", "report", "lie", "false", "involvement", "never", "none", "nothing", "role",
        "suggestion", "propaganda", "rumour", "fabrication",
    )
)  # fmt: skip
"""Words about saying and denying: sharing them brings no two statements together."""
NOT_TOLD = frozenset({Stance.DEMAND, Stance.PROPOSE, Stance.THREATEN, Stance.SILENCE})
"""Stances that tell nothing as so: what is asked for or threatened is refused, not denied."""
NO_CLAIM = NOT_TOLD | {Stance.PROMISE}
"""The same with promises, of which nothing is so yet."""

_CHARGES = re.compile(r"\b(?:allegation|accusation|charge)s?\b")


@dataclass(frozen=True, eq=False)
class Statement:
    """A stretch of text in one voice; ``attribution`` is ``None`` for the reporter's own."""

    sentence: Sentence
    spans: tuple[Span, ...]
    speakers: tuple[str, ...]
    attribution: Attribution | None
    about: tuple[str, ...] = ()

    @cached_property
    def text(self) -> str:
        """Its words, pieces joined by a blank."""
        document = self.sentence.reading.document.text
        return " ".join(" ".join(s.of(document).split()) for s in self.spans)

    @cached_property
    def folded(self) -> str:
        """Its words in lower case."""
        return fold(self.text)

    @cached_property
    def bag(self) -> frozenset[str]:
        """Different stems of its content words."""
        return self.sentence.bag if self._is_whole else frozenset(content_stems(self.folded))

    @cached_property
    def _is_whole(self) -> bool:
        """Whether it is its sentence, word for word."""
        return self.folded == self.sentence.folded

    @cached_property
    def source_bag(self) -> frozenset[str]:
        """Different stems of the words that name its source; empty for the reporter's own voice."""
        if self.attribution is None:
            return frozenset()
        document = self.sentence.reading.document.text
        return frozenset(s for span in self.attribution.source for s in content_stems(fold(span.of(document))))

    @cached_property
    def matter(self) -> frozenset[str]:
        """Stems of what it is about: its own, with those of its source where a pronoun may point there."""
        return self.bag | self.source_bag if _POINTING.search(self.folded) else self.bag

    @cached_property
    def touches(self) -> tuple[Touch, ...]:
        """Concepts that it affirms or negates; all turned round where the source denies the content."""
        found = touches(self.folded, self.sentence.starts if self._is_whole else None)
        if self.attribution is not None and (self.denies or self.stance is Stance.DENY) and self.denies_content:
            return tuple(replace(t, negated=not t.negated) for t in found)
        return found

    @cached_property
    def sorts(self) -> frozenset[Sort]:
        """The sorts of concepts that it touches."""
        return sorts_of(self.touches)

    @cached_property
    def excluded(self) -> frozenset[Sort]:
        """The sorts of concepts that one of its own may exclude."""
        return frozenset().union(*map(excluded_by, self.sorts))

    @cached_property
    def substance(self) -> frozenset[str]:
        """What it is about, words of saying and denying left out."""
        return self.matter - META

    @cached_property
    def names_charges(self) -> bool:
        """Whether it names blame as such: an answer to that is none to a worry, a demand or an offer."""
        return _CHARGES.search(self.folded) is not None

    @cached_property
    def justifies(self) -> bool:
        """Whether it gives or denies the grounds of an act."""
        return bool(_JUSTIFYING.search(self.folded))

    @cached_property
    def is_question(self) -> bool:
        """Whether it asks, or leaves open what is so."""
        if self.text.endswith("?"):
            return True
        return any(word in self.folded for word in _OPENING) and _OPEN.search(self.folded) is not None

    @cached_property
    def where(self) -> frozenset[str]:
        """Places in which it puts what it tells."""
        return places_in(self.sentence, self.spans)

    @cached_property
    def days(self) -> frozenset[str]:
        """Days of the week that it names."""
        return days_in(self.sentence, self.spans)

    @cached_property
    def amounts(self) -> frozenset[float]:
        """Numbers that it gives."""
        found = (f for f in self.sentence.figures if any(f.span.overlaps(s) for s in self.spans))
        return frozenset(n for f in found for n in (f.low, f.best, f.high) if n is not None)

    @cached_property
    def negated_stems(self) -> frozenset[str]:
        """Stems of the content words that follow its negations closely, or precede them where nothing follows."""
        return negated_stems(self.folded)

    @cached_property
    def is_denial(self) -> bool:
        """Whether the source rejects the content or calls it false."""
        if self.attribution is None:
            return False
        if self.denies or self.stance is Stance.DENY:
            return _UNSAID.search(self.cue) is None and _NOT_GIVEN.match(self.folded) is None
        return bool(_CALLED_FALSE.search(self.folded))

    @cached_property
    def is_negative(self) -> bool:
        """Whether, all negations taken together, it says that something is not so."""
        return is_negative(self.folded) != (self.is_denial and self.denies_content)

    @cached_property
    def denies_content(self) -> bool:
        """Whether the content is what the source denies (``denied that X``), rather than the words of the denial (``"We did not"``)."""
        if self.attribution is None:
            return False
        if _NOT_GIVEN.match(self.folded) is not None:
            return False
        return bool(_DENYING_CUE.search(self.cue)) or (self.denies and _BELIEVING.search(self.cue) is not None)

    @cached_property
    def cue(self) -> str:
        """The folded words of its cue."""
        document = self.sentence.reading.document.text
        return fold(" ".join(s.of(document) for s in self.attribution.cue)) if self.attribution is not None else ""

    @cached_property
    def stance(self) -> Stance:
        """What the source does by saying it, in a long quotation by its own sentences; ``assert`` for the reporter."""
        if self.attribution is None:
            return Stance.ASSERT
        parts = [p.stance for p in self.attribution.parts if any(p.span.overlaps(s) for s in self.spans)]
        return next((s for s in parts if s is not Stance.ASSERT), Stance.ASSERT) if parts else self.attribution.stance

    @property
    def denies(self) -> bool:
        """Whether its source denies what it says; a sentence of a long quotation only where that sentence does."""
        said = self.attribution
        return said is not None and said.denied and (not said.parts or self.stance is Stance.DENY)

    @property
    def when(self) -> When | None:
        """When it was said, as far as the attribution tells."""
        return self.attribution.when if self.attribution is not None else None

    @property
    def day(self) -> str | None:
        """Day on which it was said, else published."""
        when = self.when
        if when is not None and (when.start or when.end):
            return when.start or when.end
        return self.sentence.published

    @property
    def evidence(self) -> Evidence:
        """The whole sentence, with the attribution."""
        return self.sentence.evidence(self.attribution.id if self.attribution is not None else None)

    @property
    def key(self) -> tuple[tuple[str, str, int], int]:
        """Sorts statements by publication, document and place."""
        return (self.sentence.key, self.spans[0].start)

    def voices(self, case: Case) -> tuple[Voice, ...]:
        """Who says it."""
        if self.attribution is None:
            return (Voice(speaker=None, document=self.sentence.document, record=None),)
        return case.voices(self.sentence.reading, self.attribution)


_last: list[tuple[StoryView, tuple[Statement, ...]]] = []


def statements_of_view(view: StoryView) -> tuple[Statement, ...]:
    """All statements of a story, in the order of its sentences; those of the last story are kept."""
    if not _last or _last[0][0] is not view:
        _last[:] = [(view, _statements(view))]
    return _last[0][1]


def _statements(view: StoryView) -> tuple[Statement, ...]:
    found = []
    for sentence in view.sentences:
        said = [_said(view, sentence, a) for a in sentence.attributions]
        found += [s for s in said if s is not None]
        own = _own_words(sentence)
        if own is not None:
            found.append(own)
    return tuple(sorted(found, key=lambda s: (s.sentence.document, s.spans[0].start, s.attribution is None)))


def _said(view: StoryView, sentence: Sentence, attribution: Attribution) -> Statement | None:
    """What an attribution gives in one sentence; content that runs over several sentences is one statement for each."""
    spans = tuple(
        Span(max(c.start, sentence.span.start), min(c.end, sentence.span.end))
        for c in attribution.content
        if c.overlaps(sentence.span)
    )
    if not spans or spans[-1].of(sentence.reading.document.text).endswith(_CUT_OFF):
        return None
    case = view.case
    about = (case.actors.of(sentence.document, entity) for entity in attribution.about)
    return Statement(
        sentence=sentence,
        spans=spans,
        speakers=case.speaker_of(sentence.reading, attribution.id),
        attribution=attribution,
        about=tuple(dict.fromkeys(a for a in about if a is not None)),
    )


_CUT_OFF = tuple(f" {word}" for word in "who whom whose which and the of as to by with from at".split())  # noqa: SIM905
"""Words at the end of a content that was cut off before what it tells."""
_LEAST_OWN = 25
"""Characters that a sentence must hold outside of attributed content to be a statement of the reporter's own."""


def _own_words(sentence: Sentence) -> Statement | None:
    """What the reporter says in a sentence: all of it, or what lies outside of attributions."""
    taken = sorted(s for a in sentence.attributions for s in (*a.content, *a.source, *a.cue) if s.overlaps(sentence.span))
    pieces, at = [], sentence.span.start
    for span in taken:
        if span.start > at:
            pieces.append(Span(at, min(span.start, sentence.span.end)))
        at = max(at, span.end)
    if at < sentence.span.end:
        pieces.append(Span(at, sentence.span.end))
    text = sentence.reading.document.text
    pieces = [p for p in pieces if len(p.of(text).strip()) > 2]
    if sum(len(p.of(text).strip()) for p in pieces) < _LEAST_OWN:
        return None
    return Statement(sentence=sentence, spans=tuple(pieces), speakers=(), attribution=None)
