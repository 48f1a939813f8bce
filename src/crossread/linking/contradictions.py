"""Statements that exclude each other: claim and counterclaim, accusation and denial, justification and rebuttal, a position that changed."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from crossread.linking.camps import camps_of
from crossread.linking.concepts import Touch, opposition
from crossread.linking.incidents import apart
from crossread.linking.sentences import StoryView
from crossread.linking.sides import dispute_of, shorten, side_of
from crossread.linking.statements import Statement, statements_of_view
from crossread.linking.stems import is_content, stem, words_of
from crossread.records import Claim, Dispute
from crossread.vocabulary import Compatible, DisputeKind, Stance

_LEAST = 0.4
"""Score (see `_score`) from which two opposed statements are on one matter."""
_LEAST_DENIED = 0.25
"""The same where one of them is an outright denial of the same concept."""
_SURE = 0.7
_POSITIONS = frozenset({"SUPPORT", "OPPOSE", "ACCEPT", "REFUSE"})
_TARGETS = frozenset({"MILITARY_TARGET", "CIVILIAN_TARGET"})
_COMMON = 60
"""Stems that more statements than this share do not bring statements together."""
_FIRST_PERSON = re.compile(r"\b(?:we|us|our|ours|i|me|my)\b")
_JUSTIFYING = re.compile(
    r"\b(?:justif\w+|pretext|in response to|self-?defen[cs]e|retaliat\w+"
    r"|counter-?terroris\w+|to protect|legitimate target\w*|target only|only target)\b"
)


@dataclass(eq=False)
class _Clash:
    kind: DisputeKind
    one: list[Statement]
    other: list[Statement]
    score: float
    why: set[str] = field(default_factory=set)


def contradictions(view: StoryView, claims: Sequence[Claim]) -> Iterator[Dispute]:
    """Disputes between statements of a story."""
    statements = statements_of_view(view)
    pairs = sorted(_opposed(view, statements), key=lambda p: (-p.score, p.one[0].key, p.other[0].key))
    for clash in _merged(pairs):
        yield _dispute(view, clash)


def _candidates(view: StoryView, statements: Sequence[Statement]) -> list[tuple[int, int]]:
    """Pairs of statements that share words rare enough to be worth comparing."""
    holding: dict[str, list[int]] = defaultdict(list)
    for number, statement in enumerate(statements):
        for word in statement.bag:
            holding[word].append(number)
        for actor in {*statement.speakers, *statement.about}:
            holding[f"actor {actor}"].append(number)
    pairs: set[tuple[int, int]] = set()
    for numbers in holding.values():
        if 1 < len(numbers) <= _COMMON:
            pairs.update((a, b) for i, a in enumerate(numbers) for b in numbers[i + 1 :])
    return sorted(pairs)


def _opposed(view: StoryView, statements: Sequence[Statement]) -> Iterator[_Clash]:
    for a, b in _candidates(view, statements):
        one, other = statements[a], statements[b]
        if _overlap(one, other):
            continue
        if one.is_question or other.is_question:
            continue
        clash = _clash(view, one, other)
        if clash is not None:
            yield clash


def _comparable(one: Statement, other: Statement, opposed: tuple[Touch, Touch]) -> bool:
    """Whether opposed concepts can be set against each other: positions need holders, targets need strikes."""
    concepts = {opposed[0].concept, opposed[1].concept}
    if concepts & _POSITIONS and not all(s.attribution is not None and s.attribution.speaker for s in (one, other)):
        return False
    if concepts <= _TARGETS:
        return all(any(t.concept == "ATTACK" for t in s.touches) for s in (one, other))
    return True


def _overlap(one: Statement, other: Statement) -> bool:
    """Whether one statement is part of the other, or both are pieces of one attribution."""
    if one.sentence.document != other.sentence.document:
        return False
    if one.attribution is not None and one.attribution is other.attribution:
        return True
    return any(a.overlaps(b) for a in one.spans for b in other.spans)


def _clash(view: StoryView, one: Statement, other: Statement) -> _Clash | None:
    opposed = opposition(one.touches, other.touches)
    if (opposed is None and one.is_negative == other.is_negative) or apart(one.where, one.days, other.where, other.days):
        return None
    kind = _kind(view, one, other)
    if kind is None:
        return None
    if opposed is not None:
        score = _score(view, one, other, opposed)
        outright = (one.is_denial or other.is_denial) and opposed[0].concept == opposed[1].concept
        if score >= (_LEAST_DENIED if outright else _LEAST) and _comparable(one, other, opposed):
            why = f"{opposed[0].concept.lower()} against {'not ' if opposed[1].negated else ''}{opposed[1].concept.lower()}"
            return _Clash(kind, [one], [other], score, {why})
    alike = _polar(view, one, other)
    if alike is not None:
        return _Clash(_denial_kind(kind, one, other), [one], [other], alike, {"the same is affirmed and denied"})
    return None


_SAME_BUT_NOT_JACCARD = 0.4
_SAME_BUT_NOT, _SAME_BUT_DENIED = 0.78, 0.5
"""Weighted overlap from which a statement and its negation are on one matter: by a negation in the words, by an outright denial."""
_META = frozenset(
    {
        stem(w)
        for w in ("charge", "claim", "accusation", "report", "lie", "false", "involvement", "never", "none", "nothing", "role")
    }
)


def _polar(view: StoryView, one: Statement, other: Statement) -> float | None:
    """How alike two statements are of which one negates the other; ``None`` when they do not."""
    if one.is_negative == other.is_negative:
        return None
    ours, theirs = one.bag - _META, other.bag - _META
    if len(ours & theirs) < 2 or min(len(ours), len(theirs)) < 3:
        return None
    negative, other_bag = (one, theirs) if one.is_negative else (other, ours)
    outright = one.is_denial or other.is_denial
    positive = other if negative is one else one
    if negative.negated_stems & positive.negated_stems:
        return None
    if not outright and not (negative.negated_stems & other_bag and view.jaccard(ours, theirs) >= _SAME_BUT_NOT_JACCARD):
        return None
    alike = view.likeness(ours, theirs)
    outright = one.is_denial or other.is_denial
    return alike if alike >= (_SAME_BUT_DENIED if outright else _SAME_BUT_NOT) else None


def _denial_kind(kind: DisputeKind, one: Statement, other: Statement) -> DisputeKind:
    if kind is DisputeKind.CLAIM_VS_COUNTERCLAIM and (one.is_denial or other.is_denial):
        return DisputeKind.ACCUSATION_VS_DENIAL
    return kind


def _score(view: StoryView, one: Statement, other: Statement, opposed: tuple[Touch, Touch]) -> float:
    """How surely two statements are on one matter: words shared at large and around the opposed concepts, shared actors."""
    ours, theirs = _around(one, opposed[0]), _around(other, opposed[1])
    answers = _speaks_of(view, one, other) or _speaks_of(view, other, one)
    if not ours & theirs and not answers:
        return 0.0
    score = 0.5 * view.likeness(one.bag, other.bag) + 0.5 * view.likeness(ours, theirs)
    named = {n.actor for n in one.sentence.named if n.actor} & {n.actor for n in other.sentence.named if n.actor}
    named -= {*one.speakers, *other.speakers}
    score += 0.1 * min(len(named), 2) + 0.2 * answers
    if one.sentence.document == other.sentence.document and abs(one.sentence.number - other.sentence.number) <= _CLOSE:
        score += 0.1
    return score


_WORDS_AROUND = 8
_CLOSE = 6


def _around(statement: Statement, touch: Touch) -> frozenset[str]:
    """Stems of the content words near a concept, its own words left out."""
    before = words_of(statement.folded[: touch.start])[-_WORDS_AROUND:]
    after = words_of(statement.folded[touch.end :])[:_WORDS_AROUND]
    return frozenset(stem(w) for w in (*before, *after) if is_content(w))


def _speaks_of(view: StoryView, one: Statement, other: Statement) -> bool:
    """Whether one statement, in the first person, answers another that names its speaker."""
    if not one.speakers or not _FIRST_PERSON.search(one.folded):
        return False
    return bool(camps_of(view, other.sentence.actors) & camps_of(view, one.speakers))


def _kind(view: StoryView, one: Statement, other: Statement) -> DisputeKind | None:
    if camps_of(view, one.speakers) & camps_of(view, other.speakers):
        return DisputeKind.POSITION_CHANGE if one.day != other.day else None
    own = (one.attribution is None) + (other.attribution is None)
    same_document = one.sentence.document == other.sentence.document
    if same_document and (own == 2 or (own == 1 and (one.sentence.is_title or other.sentence.is_title))):
        return None
    stances = {one.stance, other.stance}
    if Stance.DENY in stances and stances & {Stance.ACCUSE, Stance.ASSERT}:
        return DisputeKind.ACCUSATION_VS_DENIAL
    if _JUSTIFYING.search(one.folded) or _JUSTIFYING.search(other.folded):
        return DisputeKind.JUSTIFICATION
    return DisputeKind.CLAIM_VS_COUNTERCLAIM


def _merged(pairs: Sequence[_Clash]) -> list[_Clash]:
    """Pairs that share a statement on the same side become one clash."""
    clashes: list[_Clash] = []
    for pair in pairs:
        (one,), (other,) = pair.one, pair.other
        home = next((c for c in clashes if c.kind is pair.kind and _fits(c, one, other)), None)
        if home is None:
            clashes.append(_Clash(pair.kind, [one], [other], pair.score, set(pair.why)))
            continue
        left, right = (home.one, home.other) if one in home.one or other in home.other else (home.other, home.one)
        if one not in left:
            left.append(one)
        if other not in right:
            right.append(other)
        home.why |= pair.why
    return clashes


def _fits(clash: _Clash, one: Statement, other: Statement) -> bool:
    straight = (one in clash.one and other not in clash.one) or (other in clash.other and one not in clash.other)
    crossed = (one in clash.other and other not in clash.other) or (other in clash.one and one not in clash.one)
    return straight or crossed


def _dispute(view: StoryView, clash: _Clash) -> Dispute:
    case = view.case
    first, second = clash.one, clash.other
    if clash.kind is DisputeKind.POSITION_CHANGE and (second[0].day or "9999") < (first[0].day or "9999"):
        first, second = second, first
    sides = (side_of(case, first), side_of(case, second))
    why = "; ".join(sorted(clash.why)[:3])
    if clash.kind is DisputeKind.POSITION_CHANGE:
        return dispute_of(
            clash.kind, shorten(first[0].text, 100), sides, Compatible.YES, f"the same speaker at another time: {why}"
        )
    compatible = Compatible.NO if clash.score >= _SURE else Compatible.UNCLEAR
    return dispute_of(clash.kind, shorten(first[0].text, 100), sides, compatible, f"opposite statements on one matter: {why}")
