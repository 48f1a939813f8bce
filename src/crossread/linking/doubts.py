"""Doubts that quote a word of what somebody else has claimed: "the fleet is ready", "I would not call it 'ready'"."""

import re
from collections.abc import Iterator, Sequence

from crossread.linking.camps import camps_of
from crossread.linking.common_matters import general_weight
from crossread.linking.sentences import StoryView
from crossread.linking.sides import dispute_of, plain, shorten, side_of
from crossread.linking.statements import META, Statement, statements_of_view
from crossread.linking.stems import content_stems, fold
from crossread.records import Dispute
from crossread.vocabulary import Compatible, DisputeKind, Stance

_QUOTED = re.compile(r"(?<!\w)[\"“'‘]([^\"“”'‘’]{3,40})[\"”'’](?!\w)")
_DOUBTING = re.compile(
    r"\b(?:s[kc]eptical|doubt\w{0,5}|not (?:sure|convinced|believe|buy)|n't (?:believe|buy|call|think)|so-called|whatever that means"
    r"|question\w{0,3}"
    r"|disbelief|mocked|ridiculed|scoffed|hardly|anything but|far from|no such)\b"
)
_DOUBTERS = frozenset({Stance.DOUBT, Stance.DENY, Stance.REJECT, Stance.ACCUSE})
_RARITY, _LONGEST, _VOICES = 1.5, 3, 6
"""How rare in news at large a quoted word must be; content words of a quoted stretch; statements shown on one side."""


def doubts(view: StoryView) -> Iterator[Dispute]:
    """One dispute for each claim of which somebody quotes a word to doubt it."""
    told = [s for s in statements_of_view(view) if s.attribution is not None and s.speakers and not s.is_question]
    for doubt in told:
        words = _doubted(doubt)
        claims = [s for s in told if words and _is_claimed(view, s, doubt, words)][:_VOICES]
        if claims:
            yield _dispute(view, claims, doubt)


def _doubted(statement: Statement) -> frozenset[str]:
    """Stems of the words that a doubt quotes within what is said."""
    if statement.stance not in _DOUBTERS or _DOUBTING.search(statement.folded) is None:
        return frozenset()
    inner = statement.text.strip().strip("\"“”'‘’")
    found = [frozenset(content_stems(fold(m))) for m in _QUOTED.findall(inner)]
    return next(
        (f - META for f in found if 0 < len(f) <= _LONGEST and any(general_weight(s) >= _RARITY for s in f - META)), frozenset()
    )


def _is_claimed(view: StoryView, claim: Statement, doubt: Statement, words: frozenset[str]) -> bool:
    """Whether somebody else says what a doubt quotes, and both tell of one thing or of whoever claims it."""
    if not words <= claim.bag or claim.sentence.is_title or claim.stance in _DOUBTERS or claim.is_negative:
        return False
    if camps_of(view, claim.speakers) & camps_of(view, doubt.speakers):
        return False
    near = claim.sentence.document == doubt.sentence.document
    told = camps_of(view, (*doubt.about, *doubt.sentence.actors)) & camps_of(view, claim.speakers)
    return near or bool(told) or len((claim.bag & doubt.bag) - META - words) > 0


def _dispute(view: StoryView, claims: Sequence[Statement], doubt: Statement) -> Dispute:
    topic = f"Claimed and doubted: {shorten(plain(claims[0].sentence.text), 90)}"
    sides = (side_of(view.case, claims), side_of(view.case, [doubt]))
    why = "one voice doubts, in the words of the other, what that one claims"
    return dispute_of(DisputeKind.CLAIM_VS_COUNTERCLAIM, topic, sides, Compatible.UNCLEAR, why)
