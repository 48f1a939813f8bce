"""Votes counted by the names of those who cast them: "Alland and Borland voted against, and three countries abstained".

Names are a count only where they are the whole list: beside a count of the same vote, or after "only".
"""

import re
from collections.abc import Iterator, Sequence

from crossread.linking.sentences import Named, Sentence, StoryView
from crossread.records import Figure, Span
from crossread.vocabulary import EntityType, FigureKind

_TEXT = r"(?:resolution|draft|text|measure|motion|bill|proposal|plan|document)"
_IT = rf"(?: (?:it|(?:the|that|this) (?:\w+ ){{0,2}}{_TEXT}))?(?= *(?:[.,;:)]|$|\b(?:and|but|while|with|as|after|on)\b))"
_BEFORE = r"^ ?(?:both |all )?(?:(?:had|have) )?"
_CAST = {
    FigureKind.VOTES_AGAINST: re.compile(rf"{_BEFORE}(?:vot(?:ed|ing) (?:against|no)|opposed|opposing){_IT}"),
    FigureKind.VOTES_FOR: re.compile(rf"{_BEFORE}vot(?:ed|ing) (?:in favou?r(?: of)?|for|yes){_IT}"),
    FigureKind.ABSTENTIONS: re.compile(rf"{_BEFORE}abstain(?:ed|ing)(?: from voting)?{_IT}"),
}
_OPENING = re.compile(r"(?:^|[,;:–-] ?|\b(?:and|but|while|whereas|with|as|that|because|only|both|when) )(?:the |both |only )?$")
_ONLY = re.compile(r"\bonly (?:the )?$")
_BETWEEN = re.compile(r"^(?:, (?:and )?| and | as well as )(?:the )?$")
_VOTERS = frozenset({EntityType.GPE, EntityType.PERSON, EntityType.ORGANIZATION})


def votes_by_name(view: StoryView, sentence: Sentence) -> tuple[Figure, ...]:
    """Counts of votes that a sentence gives by names alone, as figures without an id, since no reading holds them."""
    if "vot" not in sentence.folded and "abstain" not in sentence.folded and "oppos" not in sentence.folded:
        return ()
    counted = {f.kind for f in sentence.figures} & _CAST.keys()
    beside = counted or {f.kind for other in _beside(view, sentence) for f in other.figures} & _CAST.keys()
    found = []
    for kind, names, only in _lists(sentence):
        if kind not in counted and (only or counted or (beside and len(names) > 1)):
            span = Span(names[0].span.start, names[-1].span.end)
            start = sentence.span.start
            voice = sentence.voice_at(span.start - start, span.end - start)
            n = float(len(names))
            found.append(Figure(id="", span=span, kind=kind, low=n, best=n, high=n, voice=voice.id if voice else None))
    return tuple(found)


def _beside(view: StoryView, sentence: Sentence) -> Iterator[Sentence]:
    """The sentences before and after."""
    around = view.by_document.get(sentence.document, ())
    for number in (sentence.number - 1, sentence.number + 1):
        if 0 <= number < len(around):
            yield around[number]


def _lists(sentence: Sentence) -> Iterator[tuple[FigureKind, Sequence[Named], bool]]:
    """Whole lists of names before words of voting, with how they voted and whether "only" stands before them."""
    start = sentence.span.start
    names = [n for n in sentence.named if n.type in _VOTERS and n.span.of(sentence.reading.document.text)[:1].isupper()]
    first = 0
    for last, name in enumerate(names):
        if last and not _BETWEEN.search(sentence.folded[names[last - 1].span.end - start : name.span.start - start]):
            first = last
        rest = sentence.folded[name.span.end - start :]
        kind = next((kind for kind, pattern in _CAST.items() if pattern.search(rest)), None)
        before = sentence.folded[: names[first].span.start - start]
        if kind is not None and _OPENING.search(before):
            yield kind, names[first : last + 1], _ONLY.search(before) is not None
