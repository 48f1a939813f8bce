"""A clause and its flat denial ("the pilot was ill", "the pilot was never ill"), however long the statements around them are."""

import re
from collections.abc import Iterator, Sequence

from crossread.linking.camps import camps_of
from crossread.linking.contradictions import kind_of
from crossread.linking.incidents import apart
from crossread.linking.sentences import StoryView
from crossread.linking.sides import OPPOSITES, dispute_of, side_of, topic_of
from crossread.linking.statements import META, Statement, statements_of_view
from crossread.linking.stems import content_stems
from crossread.records import Dispute
from crossread.vocabulary import Compatible, DisputeKind, Stance

_SPLIT = re.compile(
    r"[,;:.!?\"“”()]|\b(?:and|but|because|while|when|after|before|although|though|which|who|whether|that|until|since|unless|if)\b"
)
_FLAT = re.compile(
    r"\b(?:was|were|had|did|has been|have been)(?: not|n't| never)\b|\bnever\b"
    r"|\b(?:there (?:was|were|had been|has been|have been)|had been) no (?!longer|more|less|fewer)|^ ?no (?:\w+ ){1,3}(?:was|were|had)\b"
)
_OTHERWISE_NEGATIVE = re.compile(
    r"\b(?:not|never|no|nobody|none|nothing|without|neither|nor|den(?:y|ied|ies|ying)|fail(?:s|ed|ing)?|refus\w+|reject\w*)\b|n't\b"
)
_SUPPOSED = re.compile(
    r"\b(?:would|will|could|may|might|should|must|can|to be|plans?|hop\w+|fear\w*|likely|first|again|yet|still)\b"
)
_FEWEST, _MOST = 2, 5
"""Content words of a clause that says one thing."""
_ASKING = frozenset({Stance.DEMAND, Stance.PROPOSE, Stance.THREATEN, Stance.PROMISE, Stance.SILENCE, Stance.DOUBT})


def flat_denials(view: StoryView) -> Iterator[Dispute]:
    """One dispute for each clause that one voice tells and another flatly denies."""
    told: dict[frozenset[str], list[Statement]] = {}
    denied: dict[frozenset[str], list[Statement]] = {}
    for statement in statements_of_view(view):
        for bag, is_denied in _clauses(statement):
            (denied if is_denied else told).setdefault(bag, []).append(statement)
    holders: dict[str, list[frozenset[str]]] = {}
    for bag in told:
        for stem in bag:
            holders.setdefault(stem, []).append(bag)
    for bag in sorted(denied, key=sorted):
        rarest = min(bag, key=lambda stem: (len(holders.get(stem, ())), stem))
        same = [other for other in sorted(holders.get(rarest, ()), key=sorted) if bag <= other]
        yield from _dispute(view, list(dict.fromkeys(s for other in same for s in told[other])), denied[bag])


def _clauses(statement: Statement) -> Iterator[tuple[frozenset[str], bool]]:
    """Stems of each clause that says one thing, and whether it denies it."""
    if statement.stance in _ASKING or statement.is_question or statement.sentence.is_title:
        return
    turned = statement.is_denial and statement.denies_content
    for words in _SPLIT.split(statement.folded):
        bag = frozenset(content_stems(words)) - META
        if not _FEWEST <= len(bag) <= _MOST or _SUPPOSED.search(words):
            continue
        flat = _FLAT.search(words) is not None
        if flat or not _OTHERWISE_NEGATIVE.search(words):
            yield bag, flat != turned


def _dispute(view: StoryView, told: Sequence[Statement], denied: Sequence[Statement]) -> Iterator[Dispute]:
    pairs = ((t, d) for t in told[:_TRIED] for d in denied[:_TRIED])
    first = next(((t, d, kind) for t, d in pairs if (kind := _kind(view, t, d)) is not None), None)
    if first is None:
        return
    one, other, kind = first
    ours = [t for t in told if t.speakers == one.speakers and _kind(view, t, other) is kind]
    theirs = [d for d in denied if d.speakers == other.speakers and _kind(view, one, d) is kind]
    sides = (side_of(view.case, ours), side_of(view.case, theirs))
    why = "the same is affirmed and denied"
    if kind is DisputeKind.POSITION_CHANGE:
        yield dispute_of(kind, topic_of(one), sides, Compatible.YES, f"the same speaker at another time: {why}")
        return
    compatible = Compatible.NO if one.day == other.day else Compatible.UNCLEAR
    yield dispute_of(kind, topic_of(one), sides, compatible, f"{OPPOSITES}: {why}")


_TRIED = 20
"""Statements of one clause that are tried; the others print the same."""


def _kind(view: StoryView, told: Statement, denied: Statement) -> DisputeKind | None:
    """The kind of dispute that a clause and its denial make; ``None`` where they tell of two things, or of one that came later."""
    one, other = told.sentence, denied.sentence
    if one is other or apart(told.where, told.days, denied.where, denied.days):
        return None
    if denied.day is not None and told.day is not None and denied.day < told.day:
        return None  # what was not so at first may have come
    if one.document == other.document and told.attribution is None and denied.attribution is None:
        return None
    kind = kind_of(view, told, denied)
    return kind if kind is DisputeKind.POSITION_CHANGE or not _same_voice(view, told, denied) else None


def _same_voice(view: StoryView, one: Statement, other: Statement) -> bool:
    return bool(camps_of(view, one.speakers) & camps_of(view, other.speakers))
