"""The words under which a finding is shown: of the sentences that tell it, the one that says in plain words what the others say, too."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import fsum

from crossread.linking.backgrounds import looks_back
from crossread.linking.independence import Telling
from crossread.linking.sentences import Sentence, StoryView
from crossread.linking.sides import plain, shorten
from crossread.records import Span
from crossread.vocabulary import FigureKind, Stance

_QUARRELS = frozenset({Stance.ACCUSE, Stance.DENY, Stance.REJECT, Stance.DOUBT})
_VICTIMS = frozenset({FigureKind.KILLED, FigureKind.WOUNDED, FigureKind.KILLED_OR_WOUNDED})


def best_words(view: StoryView, tellings: Sequence[Telling]) -> str:
    """The telling that says in plain words what the others say, too: a whole sentence of fair length, most like the others."""
    whole = [
        t.sentence
        for t in tellings
        if not t.sentence.is_title and 6 <= len(t.sentence.text.split()) <= 45 and not t.sentence.text.endswith("?")
    ]

    others = list({t.sentence.folded: t.sentence for t in tellings}.values())  # a text printed twice weighs once

    def central(sentence: Sentence) -> float:
        return fsum(view.nearness(sentence, o) for o in others if o.folded != sentence.folded)

    def rank(sentence: Sentence) -> tuple[float, int, str]:
        return round(central(sentence), 6), -len(sentence.text), sentence.text

    possible = whole or [t.sentence for t in tellings]
    own = [
        _counts_alone(s, tellings) + _in_quarrel(s) + is_said(s) + 2 * is_caption(s) + (looks_back(s) is not None) for s in possible
    ]
    least = min(own)
    return shorten(plain(max((s for s, n in zip(possible, own, strict=True) if n == least), key=rank).text))


_CAPTION = re.compile(
    r"\bcaption\b|\bphotos?:|\b(?:image|images|photo|picture) (?:copyright|credit|source)\b"
    r"|^\W*(?:\w+[/*: ]+)?(?:photos?|pictures?|images?|video|getty images|ap|afp|epa|reuters|rex|twitter|facebook|instagram)\b"
    r"(?! (?:is|was|has|said|says))",
    re.IGNORECASE,
)


def is_caption(sentence: Sentence) -> bool:
    """Whether a sentence stands under a picture, or begins with the name of the agency that took it."""
    return _has_caption(sentence.text)


@lru_cache(maxsize=4096)
def _has_caption(text: str) -> bool:
    return _CAPTION.search(text) is not None


def _counts_alone(sentence: Sentence, tellings: Sequence[Telling]) -> bool:
    """Whether a sentence counts victims as no other report that is cited does."""
    ours = {f.best for f in sentence.figures if f.kind in _VICTIMS}
    if not ours:
        return False
    others = {
        f.best for t in tellings if t.sentence.document != sentence.document for f in t.sentence.figures if f.kind in _VICTIMS
    }
    return not ours <= others


def _in_quarrel(sentence: Sentence) -> bool:
    """Whether somebody accuses or denies in a good part of a sentence."""
    return 3 * _length_of(sentence, [s for a in sentence.attributions if a.stance in _QUARRELS for s in a.content]) > len(
        sentence.text
    )


def is_said(sentence: Sentence) -> bool:
    """Whether most of a sentence is in somebody's voice."""
    return 2 * _length_of(sentence, [s for a in sentence.attributions for s in a.content]) > len(sentence.text)


def _length_of(sentence: Sentence, spans: Iterable[Span]) -> int:
    return sum(max(0, min(s.end, sentence.span.end) - max(s.start, sentence.span.start)) for s in spans)
