"""Headlines and first lines that say more than the report under them: an attribution dropped, a doubt or a condition left out."""

import re
from collections.abc import Iterator

from crossread.linking.independence import Telling
from crossread.linking.sentences import Sentence, StoryView
from crossread.linking.sides import dispute_of, shorten
from crossread.linking.stems import content_stems, fold
from crossread.records import Dispute, Figure, Side, Voice
from crossread.vocabulary import Compatible, DisputeKind, FigureKind

_ALIKE = 0.45
_DEPTH = 14
"""Sentences of the body in which the headline's matter is looked for."""
_DOUBTFUL = re.compile(
    r"\b(?:claim(?:s|ed|ing)?(?! (?:(?:more than|over|about|nearly|almost|at least|some|up to|the|many|several|\d[\d,.]*) ){0,3}"
    r"(?:lives|life|victims|casualties|dead|responsibility|asylum|damages|compensation)\b)"
    r"|alleg\w+|accus\w+|reportedly|suspected|believed to|may(?! \d)|might|could(?! not)"
    r"|apparently|purported\w*|unconfirmed|so-called"
    r"|not been (?:independently )?(?:verified|confirmed)|(?:is|are|was|were|been) (?:considering|weighing)|possible|possibly|feared)\b"
)
_ATTRIBUTED = re.compile(
    r"\b(?:say|says|said|claim\w*|alleg\w+|accus\w+|accord\w+|warn\w*|tell|tells|told|report\w*|den(?:y|ies|ied)|:)\b|['\"]"
)
_HEDGED = re.compile(r"\b(?:thought|believed|presumed|likely|probably|suspects?|unclear|unsure)\b")
"""Words by which a headline doubts, too."""
_VICTIMS = frozenset({FigureKind.KILLED, FigureKind.WOUNDED, FigureKind.KILLED_OR_WOUNDED, FigureKind.MISSING, FigureKind.DETAINED})
_CONDITION = re.compile(
    r"\b(?:the condition|on condition|provided that|only if|only on|unless|as long as|conditional on|subject to|depends on)\b"
)


def headline_disputes(view: StoryView) -> Iterator[Dispute]:
    """One dispute at most for each document."""
    for document in sorted(view.by_document):
        sentences = view.by_document[document]
        found = next(_in_document(view, sentences), None) or _higher_number(view, sentences)
        if found is not None:
            yield found
        conditions = next(_without_condition(view, sentences), None)
        if conditions is not None:
            yield conditions


_LEAST_OF_HEADLINE = 3
"""Stems without which a first line is a place or a section."""


_SLUG = re.compile(r"[A-Z][A-Z ]{1,40}:")
"""The place under which an agency files a report, before its headline."""


def _headline(sentences: tuple[Sentence, ...]) -> Sentence | None:
    if not sentences:
        return None
    first = sentences[1] if len(sentences) > 1 and _SLUG.fullmatch(sentences[0].text) else sentences[0]
    if "http" in first.folded or len(first.bag) < _LEAST_OF_HEADLINE:
        return None
    return first if first.is_title or not first.text.rstrip("”\"'’ ").endswith((".", "!", ":")) else None


def _in_document(view: StoryView, sentences: tuple[Sentence, ...]) -> Iterator[Dispute]:
    """The headline states as fact what the body gives as somebody's claim, or with a doubt."""
    headline = _headline(sentences)
    if (
        headline is None
        or _ATTRIBUTED.search(headline.folded)
        or _DOUBTFUL.search(headline.folded)
        or _HEDGED.search(headline.folded)
        or headline.folded.endswith("?")
    ):
        return
    body = [s for s in sentences[1:_DEPTH] if s.bag != headline.bag]
    scored = [(view.likeness(headline.bag, s.bag), -s.number, s) for s in body]
    likely = [s for score, _, s in sorted(scored, key=lambda x: x[:2], reverse=True) if score >= _ALIKE][:3]
    doubting = [s for s in likely[:1] if _doubts(view, headline, s)]
    if not doubting:
        return
    word = _DOUBTFUL.search(doubting[0].folded)
    reason = f"the headline states as fact what the report gives with “{word.group() if word else ''}”"
    yield _dispute(view, [headline], doubting, reason)


_HIGHER = 1.25


def _higher_number(view: StoryView, sentences: tuple[Sentence, ...]) -> Dispute | None:
    """The headline counts more victims than any sentence of the report."""
    headline = _headline(sentences)
    for figure in headline.figures if headline is not None else ():
        body = [(f, s) for s in sentences[1:] for f in s.figures if f.kind is figure.kind and f.part_of is None]
        told = [_most(f) for f, _ in body]
        if figure.kind not in _VICTIMS or figure.low is None or not told or max(told) <= 0:
            continue
        if figure.low > _HIGHER * max(told) and headline is not None:
            nearest = [s for f, s in body if _most(f) == max(told)][:1]
            return _dispute(view, [headline], nearest, "the headline gives a higher number than the report")
    return None


def _most(figure: Figure) -> float:
    return max(v for v in (figure.low, figure.best, figure.high, 0.0) if v is not None)


def _doubts(view: StoryView, headline: Sentence, body: Sentence) -> bool:
    """Whether the doubt of a sentence falls on what the headline says: its words follow the doubtful word, or are the claim's content."""
    match = _DOUBTFUL.search(body.folded)
    if match is None:
        return False
    text = body.reading.document.text
    for attribution in body.attributions:
        cue = fold(" ".join(s.of(text) for s in attribution.cue))
        content = frozenset(w for s in attribution.content for w in content_stems(fold(s.of(text))))
        if _DOUBTFUL.search(cue) and view.likeness(headline.bag, content) >= _ALIKE:
            return True
    after = frozenset(content_stems(body.folded[match.end() :]))
    return view.likeness(headline.bag, after) >= _ALIKE and len(headline.bag & after) > 1


def _without_condition(view: StoryView, sentences: tuple[Sentence, ...]) -> Iterator[Dispute]:
    """The first line promises without the condition that the body adds."""
    openings = [s for s in sentences[:3] if not _CONDITION.search(s.folded) and len(s.bag) >= _LEAST_OF_HEADLINE]
    for body in sentences[1:_DEPTH]:
        alike = [o for o in openings if o.number < body.number and o.bag != body.bag and view.likeness(o.bag, body.bag) >= _ALIKE]
        after = [s for s in sentences[body.number : body.number + 2] if _CONDITION.search(s.folded)]
        if alike and after:
            rest = [body, *(s for s in after if s is not body)]
            yield _dispute(view, alike, rest, "the report adds a condition that its opening leaves out")


def _dispute(view: StoryView, opening: list[Sentence], body: list[Sentence], reason: str) -> Dispute:
    sides = (_side(view, opening), _side(view, body))
    return dispute_of(DisputeKind.HEADLINE_VS_BODY, shorten(opening[0].text, 110), sides, Compatible.UNCLEAR, reason)


def _side(view: StoryView, sentences: list[Sentence]) -> Side:
    tellings = [Telling(s) for s in sentences]
    voices: list[Voice] = []
    held: list[str] = []
    for sentence in sentences:
        speakers = [a for x in sentence.attributions for a in view.case.speaker_of(sentence.reading, x.id)]
        held += speakers
        record = sentence.attributions[0].id if sentence.attributions else None
        voices += [Voice(speaker=s, document=sentence.document, record=record) for s in (speakers or (None,))]
    return Side(
        position=shorten(sentences[0].text),
        held_by=tuple(dict.fromkeys(held)),
        voices=tuple(dict.fromkeys(voices)),
        evidence=tuple(t.evidence for t in tellings),
    )
