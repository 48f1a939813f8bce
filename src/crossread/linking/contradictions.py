"""Statements that exclude each other: claim and counterclaim, accusation and denial, justification and rebuttal, a position that changed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from crossread.linking.camps import camps_of
from crossread.linking.concepts import Touch, is_negative, opposition
from crossread.linking.denials import answers_charge, denied_likeness
from crossread.linking.incidents import apart
from crossread.linking.matters import comparable_pairs
from crossread.linking.named_days import days_of_sentence
from crossread.linking.sentences import StoryView
from crossread.linking.sides import chief_of, dispute_of, side_of, topic_of
from crossread.linking.statements import Statement, statements_of_view
from crossread.linking.stems import is_content, stem, words_of
from crossread.records import Claim, Dispute
from crossread.vocabulary import Compatible, DisputeKind, Stance

_LEAST = 0.4
"""Score (see `_score`) from which two opposed statements are on one matter."""
_LEAST_DENIED = 0.25
"""The same where one of them is an outright denial of the same concept."""
_LEAST_BOTH = 0.16
"""Weighted overlap of two statements, against both together, without which words that exclude each other are of two matters."""
_SURE = 0.7
_POSITIONS = frozenset({"SUPPORT", "OPPOSE", "ACCEPT", "REFUSE"})
_GROUND, _LEAVING = frozenset({"CAPTURE", "HOLD"}), frozenset({"HOLD", "RETREAT"})
_FOLLOWING = frozenset(
    frozenset(pair.split())
    for pair in (
        "START STOP", "FREE HOLD_PERSON", "FOUND MISSING_THING", "POSTPONE GO_AHEAD", "POSTPONE CANCEL", "CANCEL GO_AHEAD", "RISE FALL",
        "RETREAT STAY", "CALM FIGHTING", "WORKING BROKEN",
    )
)  # fmt: skip
"""Opposites of which one often follows the other: reporters who tell one each do not disagree, nor do speakers of different days."""
_TARGETS = frozenset({"MILITARY_TARGET", "CIVILIAN_TARGET"})
_SET_IN_TIME = re.compile(r"\bsince (?:[\w'’-]+ ){0,4}$")
"""What stands after it sets the time of something else; no other voice denies it by telling of another time."""
_FIRST_PERSON = re.compile(r"\b(?:we|us|our|ours|i|me|my)\b")


@dataclass(eq=False)
class _Clash:
    kind: DisputeKind
    one: list[Statement]
    other: list[Statement]
    score: float
    why: set[str] = field(default_factory=set)
    follows: bool = False
    """Whether one may have followed the other."""


def contradictions(view: StoryView, claims: Sequence[Claim]) -> Iterator[Dispute]:
    """Disputes between statements of a story."""
    statements = statements_of_view(view)
    pairs = sorted(_opposed(view, statements), key=lambda p: (-p.score, p.one[0].key, p.other[0].key))
    for clash in _merged(pairs):
        yield _dispute(view, clash)


def _opposed(view: StoryView, statements: Sequence[Statement]) -> Iterator[_Clash]:
    for one, other in comparable_pairs(statements):
        clash = _clash(view, one, other)
        if clash is not None and (len(statements) < _MANY or _is_likely(view, clash, one, other)):
            yield clash


_MANY = 16
"""Statements from which some are alike by chance."""


_OVERLAP, _OVERLAP_DENIED, _OVERLAP_ALONE, _WHOLLY = 0.25, 0.2, 0.4, 0.95
"""Weighted overlap of two statements, against both together, that opposites need; where one is a denial; in one report without a
denial; overlap against the smaller that does as well."""
_SURE_OWN = 0.8
"""Score that two statements need which nobody is said to have made."""
_APART = 8
"""Sentences of one report that may lie between a claim and what answers it."""


def _is_likely(view: StoryView, clash: _Clash, one: Statement, other: Statement) -> bool:
    """Whether two opposed statements share so much that they answer each other, as few pairs of a long story do."""
    denied = one.is_denial or other.is_denial
    if one.is_denial and other.is_denial:
        return False
    if _speaks_of(view, one, other) or _speaks_of(view, other, one):
        return True
    overlap, least = view.jaccard(one.matter, other.matter), view.likeness(one.matter, other.matter)
    if not (one.speakers or other.speakers) and clash.score < _SURE_OWN:
        return False
    if one.sentence.document == other.sentence.document:
        near = abs(one.sentence.number - other.sentence.number) <= _APART
        return near and overlap >= (_OVERLAP_DENIED if denied else _OVERLAP_ALONE)
    return overlap >= (_OVERLAP_DENIED if denied else _OVERLAP) or least >= _WHOLLY


def _comparable(one: Statement, other: Statement, opposed: tuple[Touch, Touch]) -> bool:
    """Whether opposed concepts can be set against each other: positions need holders, targets need strikes."""
    concepts = {opposed[0].concept, opposed[1].concept}
    if concepts & _POSITIONS and not all(s.attribution is not None and s.attribution.speaker for s in (one, other)):
        return False
    if concepts in (_GROUND, _LEAVING) and not (one.speakers and other.speakers):
        return False  # who has taken ground holds it
    if concepts in _FOLLOWING and not (one.speakers or other.speakers):
        return False
    if len(concepts) == 1 and any(
        not t.negated and _SET_IN_TIME.search(s.folded, max(0, t.start - 40), t.start)
        for s, t in zip((one, other), opposed, strict=True)
    ):
        return False
    if concepts <= _TARGETS:
        return all(any(t.concept == "ATTACK" for t in s.touches) for s in (one, other))
    return True


_OURSELVES = re.compile(r"\b(?:we|us|i|me)\b")


def _other_parties(one: Statement, other: Statement, opposed: tuple[Touch, Touch]) -> bool:
    """Whether two statements on talks name parties, and none in common: "they may discuss it", "the premier has not spoken to her"."""
    if {t.concept for t in opposed} != {"TALK"}:
        return False
    ours, theirs = _parties(one), _parties(other)
    return bool(ours) and bool(theirs) and ours.isdisjoint(theirs)


def _parties(statement: Statement) -> frozenset[str]:
    """Whom a statement names, its speakers among them where they speak of themselves."""
    named = {n.actor for n in statement.sentence.named if n.actor and any(x.covers(n.span) for x in statement.spans)}
    return frozenset(named | set(statement.speakers if _OURSELVES.search(statement.folded) else ()))


def _clash(view: StoryView, one: Statement, other: Statement) -> _Clash | None:
    opposed = None if one.excluded.isdisjoint(other.sorts) else opposition(one.touches, other.touches)
    alike = denied_likeness(view, one, other) if opposed is None and not _holds_words(one, other) else None
    if (opposed is None and alike is None) or apart(one.where, one.days, other.where, other.days):
        return None
    kind = kind_of(view, one, other)
    if kind is None or Stance.SILENCE in (one.stance, other.stance) or _one_sentence(view, one, other):
        return None
    if opposed is not None and (_is_stand(opposed) or view.jaccard(one.bag, other.bag) >= _LEAST_BOTH):
        score = _score(view, one, other, opposed)
        outright = (one.is_denial or other.is_denial) and opposed[0].concept == opposed[1].concept
        fits = _comparable(one, other, opposed) and not _other_parties(one, other, opposed)
        if score >= (_LEAST_DENIED if outright else _LEAST) and fits:
            names = [o.concept.lower().replace("_", " ") for o in opposed]
            other_name = f"not {names[1]}" if opposed[1].negated else names[1]
            why = f"{names[0]} against {other_name}" if names[0] != names[1] else f"{names[0]}: said to be so, and not to be so"
            follows = frozenset(t.concept for t in opposed) in _FOLLOWING and one.day != other.day
            return _Clash(kind, [one], [other], score, {why}, follows)
        alike = denied_likeness(view, one, other) if not _holds_words(one, other) else None
    if alike is not None:
        return _Clash(_denial_kind(view, kind, one, other), [one], [other], alike, {"the same is affirmed and denied"})
    return None


_LEAST_LETTERS = 16
"""Letters of a statement that another one holds as it stands: it repeats it, and does not deny it."""


def _holds_words(one: Statement, other: Statement) -> bool:
    """Whether one of two statements is in the other, word for word, and neither of them denied."""
    if one.is_denial or other.is_denial:
        return False
    shorter, longer = sorted(("".join(filter(str.isalnum, s.folded)) for s in (one, other)), key=len)
    return len(shorter) >= _LEAST_LETTERS and shorter in longer


_SAME_SENTENCE = 0.6


def _one_sentence(view: StoryView, one: Statement, other: Statement) -> bool:
    """Whether two reports print one sentence, of which a different half was read as said: it does not contradict itself."""
    ours, theirs = one.sentence, other.sentence
    if ours is theirs or view.jaccard(ours.bag, theirs.bag) < _SAME_SENTENCE:
        return False
    return is_negative(ours.folded) == is_negative(theirs.folded)


def _denial_kind(view: StoryView, kind: DisputeKind, one: Statement, other: Statement) -> DisputeKind:
    negative, positive = (one, other) if one.is_negative else (other, one)
    denied = one.is_denial or other.is_denial or answers_charge(view, negative, positive)
    return DisputeKind.ACCUSATION_VS_DENIAL if kind is DisputeKind.CLAIM_VS_COUNTERCLAIM and denied else kind


def _score(view: StoryView, one: Statement, other: Statement, opposed: tuple[Touch, Touch]) -> float:
    """How surely two statements are on one matter: words shared at large and around the opposed concepts, shared actors."""
    ours, theirs = _around(one, opposed[0]), _around(other, opposed[1])
    answers = _speaks_of(view, one, other) or _speaks_of(view, other, one)
    enough = 1 if one.is_denial or other.is_denial or _is_stand(opposed) else _LEAST_AROUND
    if len(ours & theirs) < enough and not answers:
        return 0.0
    bags = one.bag | (one.source_bag & other.bag), other.bag | (other.source_bag & one.bag)  # who speaks of whom is shared, too
    score = 0.5 * view.likeness(*bags) + 0.5 * view.likeness(ours, theirs)
    named = {n.actor for n in one.sentence.named if n.actor} & {n.actor for n in other.sentence.named if n.actor}
    named -= {*one.speakers, *other.speakers}
    score += 0.1 * min(len(named), 2) + 0.2 * answers
    if one.sentence.document == other.sentence.document and abs(one.sentence.number - other.sentence.number) <= _CLOSE:
        score += 0.1
    return score


def _is_stand(opposed: tuple[Touch, Touch]) -> bool:
    """Whether the opposed concepts say by themselves what is at issue: who did it, who is for it, whether it is true."""
    return {t.concept for t in opposed} <= _STANDS


_STANDS = frozenset(
    {
        "GUILTY", "INNOCENT", "TRUE", "FALSE", "LEGAL", "ILLEGAL", "SELF_DEFENCE", "AGGRESSION", "DELIBERATE", "ACCIDENT", "CAPTURE", "HOLD",
        "ALONE", "HELPED", "TALK", "INCLUDE", "LEAVE_OUT", "GOOD_FAITH", "BAD_FAITH", "VOLUNTARY", "FORCED", "TRUCE_HOLDS", "TRUCE_BROKEN",
    }
)  # fmt: skip
_LEAST_AROUND = 2
"""Stems that must stand near both opposed concepts: what starts or stops, is safe or harmed."""
_WORDS_AROUND = 8
_BUT = ", but "
"""Parts one thing from another: "no longer held the figures, but did name the report"."""
_SPANNING = frozenset({"TRUCE_HOLDS", "TRUCE_BROKEN"})
"""Concepts whose phrases hold what they are about ("the truce around the town is holding")."""
_CLOSE = 6


def _around(statement: Statement, touch: Touch) -> frozenset[str]:
    """Stems of the content words near a concept, its own words and what stands behind a "but" left out."""
    before = words_of(statement.folded[: touch.start].rpartition(_BUT)[2])[-_WORDS_AROUND:]
    after = words_of(statement.folded[touch.end :].partition(_BUT)[0])[:_WORDS_AROUND]
    inside = words_of(statement.folded[touch.start : touch.end]) if touch.concept in _SPANNING else ()
    return frozenset(stem(w) for w in (*before, *inside, *after) if is_content(w))


def _speaks_of(view: StoryView, one: Statement, other: Statement) -> bool:
    """Whether one statement, in the first person, answers another that names its speaker."""
    if not one.speakers or not _FIRST_PERSON.search(one.folded):
        return False
    return bool(camps_of(view, other.sentence.actors) & camps_of(view, one.speakers))


def kind_of(view: StoryView, one: Statement, other: Statement) -> DisputeKind | None:
    """The kind of dispute that two opposed statements make; ``None`` where they make none."""
    if camps_of(view, one.speakers) & camps_of(view, other.speakers):
        return DisputeKind.POSITION_CHANGE if one.day != other.day and _may_have_changed(view, one, other) else None
    own = (one.attribution is None) + (other.attribution is None)
    same_document = one.sentence.document == other.sentence.document
    if same_document and (own == 2 or (own == 1 and (one.sentence.is_title or other.sentence.is_title))):
        return None
    stances = {one.stance, other.stance}
    if Stance.DENY in stances and stances & {Stance.ACCUSE, Stance.ASSERT}:
        return DisputeKind.ACCUSATION_VS_DENIAL
    if one.justifies or other.justifies:
        return DisputeKind.JUSTIFICATION
    return DisputeKind.CLAIM_VS_COUNTERCLAIM


_CHANGED = re.compile(
    r"\b(?:earlier|previously|originally|initially|at first|once|had (?:said|insisted|vowed|promised|denied|claimed|ruled)|revers\w+"
    r"|back-?track\w*|u-turn|retract\w*|no longer|now|since then|chang\w+ (?:his|her|its|their) (?:mind|position|stance|view)|climb\w* down)\b"
)
_ONE_MATTER = 0.3


def _may_have_changed(view: StoryView, one: Statement, other: Statement) -> bool:
    """Whether two statements of one voice can be two positions: a report says so, or two reports put them in much the same words."""
    if one.sentence is other.sentence:
        return False
    if _CHANGED.search(one.sentence.folded) or _CHANGED.search(other.sentence.folded):
        return True
    return one.sentence.document != other.sentence.document and view.jaccard(one.bag, other.bag) >= _ONE_MATTER


def _merged(pairs: Sequence[_Clash]) -> list[_Clash]:
    """Pairs that share a statement on the same side become one clash."""
    clashes: list[_Clash] = []
    for pair in pairs:
        (one,), (other,) = pair.one, pair.other
        home = next((c for c in clashes if c.kind is pair.kind and _fits(c, one, other)), None)
        if home is None:
            clashes.append(_Clash(pair.kind, [one], [other], pair.score, set(pair.why), pair.follows))
            continue
        left, right = (home.one, home.other) if one in home.one or other in home.other else (home.other, home.one)
        if one not in left:
            left.append(one)
        if other not in right:
            right.append(other)
        home.why |= pair.why
        home.follows &= pair.follows
    return clashes


def _fits(clash: _Clash, one: Statement, other: Statement) -> bool:
    straight = (one in clash.one and other not in clash.one) or (other in clash.other and one not in clash.other)
    crossed = (one in clash.other and other not in clash.other) or (other in clash.one and one not in clash.one)
    return straight or crossed


def _came_later(one: Statement, other: Statement) -> bool:
    """Whether one statement dates what it tells after the day on which the other said that it is not so."""
    negative, positive = (one, other) if one.is_negative else (other, one)
    if one.is_negative == other.is_negative or negative.day is None:
        return False
    days = days_of_sentence(positive.sentence, positive.text)
    return bool(days) and min(days) > date.fromisoformat(negative.day).toordinal()


def _dispute(view: StoryView, clash: _Clash) -> Dispute:
    case = view.case
    first, second = clash.one, clash.other
    if clash.kind is DisputeKind.POSITION_CHANGE and (second[0].day or "9999") < (first[0].day or "9999"):
        first, second = second, first
    sides = (side_of(case, first), side_of(case, second))
    why = "; ".join(sorted(clash.why)[:3])
    if clash.kind is DisputeKind.POSITION_CHANGE:
        return dispute_of(clash.kind, topic_of(chief_of(first)), sides, Compatible.YES, f"the same speaker at another time: {why}")
    if all(_came_later(a, b) for a in first for b in second):
        return dispute_of(
            clash.kind,
            topic_of(chief_of(first)),
            sides,
            Compatible.YES,
            f"what was not so at first is told of a later day: {why}",
        )
    if clash.follows:
        return dispute_of(
            clash.kind,
            topic_of(chief_of(first)),
            sides,
            Compatible.YES,
            f"told of different days, one may have followed the other: {why}",
        )
    compatible = Compatible.NO if clash.score >= _SURE else Compatible.UNCLEAR
    return dispute_of(clash.kind, topic_of(chief_of(first)), sides, compatible, f"opposite statements on one matter: {why}")
