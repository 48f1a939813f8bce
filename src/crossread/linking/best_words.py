"""The words under which a finding is shown: of the sentences that tell it, the one that says in plain words what the others say, too."""

import re
from collections.abc import Container, Iterable, Sequence
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
    records: dict[str, set[str]] = {}
    for telling in tellings:
        if telling.record is not None:
            records.setdefault(telling.sentence.document, set()).add(telling.record)
    own = [
        _counts_alone(s, tellings)
        + _in_quarrel(s)
        + is_said(s)
        + 2 * (is_caption(s) or is_frame(s))
        + _tells_something_else(view, s, tellings)
        + (looks_back(s) is not None)
        + tells_by_the_way(s, records.get(s.document, ()))
        for s in possible
    ]
    least = min(own)
    return shorten(plain(max((s for s, n in zip(possible, own, strict=True) if n == least), key=rank).text))


_BORNE, _FEWEST = 0.3, 3
"""Share of the weight of a sentence that the other reports cited hold, below which it mainly tells something else; sentences of which
one may be that."""


def _tells_something_else(view: StoryView, sentence: Sentence, tellings: Sequence[Telling]) -> bool:
    """Whether little of a sentence stands in the cited sentences of the other reports, and more of some other sentence does."""
    if len({t.sentence for t in tellings}) < _FEWEST:
        return False
    shares = {t.sentence: _borne(view, t.sentence, tellings) for t in tellings}
    return shares[sentence] < _BORNE and shares[sentence] < max(shares.values())


def _borne(view: StoryView, sentence: Sentence, tellings: Sequence[Telling]) -> float:
    """Share of the weight of a sentence that the cited sentences of other reports hold."""
    others = frozenset().union(*(t.sentence.bag for t in tellings if t.sentence.document != sentence.document))
    whole = view.total(sentence.bag)
    return view.total(sentence.bag & others) / whole if whole else 0.0


_FRAME = re.compile(r":\W*$")


def is_frame(sentence: Sentence) -> bool:
    """Whether a sentence only announces what the next one tells ("Loth answered in a letter:")."""
    return _FRAME.search(sentence.folded, max(0, len(sentence.folded) - 4)) is not None


_ASIDE = re.compile(
    r"(?:\b(?:who|whom|which|whose|until|since|following|despite|amid|over|because|unless|result of|response to|wake of|pending)\b"
    r"|\b(?:after|before|during|for) (?:the|its|his|her|their|an?)\b"
    r"|^\W*(?:when|while|as|if|after|before|with|although|though)\b)[^,;:]{0,120}$"
)
"""What opens a clause or a phrase, up to its happening, that is told by the way of another one."""
_WHEN = re.compile(r"\b(?:when|while|as) (?:he|she|it|they|\w+ \w+|\w+) (?:was|were|had been)? ?[^,;:]{0,20}$")
_GOING_ON = re.compile(r"\b(?:was|were|been) (?:\w+ ){0,2}\w+ing\b")
"""What was going on "when" the news came ("were fishing when they were seized")."""
_HELPER = re.compile(r"\b(?:was|were|is|are|be|been|being|has|have|had|got|gets?) (?:\w+ly |not |also |then |later |since )?$")
_DONE = re.compile(r"\w+(?:ed|en|ght|ung|old|ut|aken) by\b")


def tells_by_the_way(sentence: Sentence, records: Container[str]) -> bool:
    """Whether a sentence tells the happenings and counts of these records only beside another happening ("froze all trade until the men
    who were seized are freed")."""
    starts = [min(a.start for a in e.anchor) - sentence.span.start for e in sentence.events if e.id in records]
    starts += [f.span.start - sentence.span.start for f in sentence.figures if f.id in records]
    return bool(starts) and all(_is_aside(sentence.folded, start) for start in starts)


def _is_aside(folded: str, start: int) -> bool:
    if _ASIDE.search(folded, 0, max(start, 0)):
        return True
    if (when := _WHEN.search(folded, 0, max(start, 0))) is not None:
        return not _GOING_ON.search(folded, 0, when.start())
    return bool(_DONE.match(folded, max(start, 0))) and not _HELPER.search(folded, 0, max(start, 0))


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
