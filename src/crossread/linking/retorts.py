"""Answers of which a report says that they are some: "he fired back", "this drew a sharp response from the mayor", "she for her part"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from crossread.linking.camps import camps_of
from crossread.linking.common_matters import general_weight
from crossread.linking.sentences import Sentence, StoryView
from crossread.linking.sides import dispute_of, plain, shorten, side_of
from crossread.linking.statements import META, Statement, statements_of_view
from crossread.records import Dispute
from crossread.vocabulary import Compatible, DisputeKind, Stance

_HITS_BACK = re.compile(
    r"\b(?:(?:fir(?:ed|es|ing)|hit|hits|hitting|shot|shoots|struck|snapped|clapped|punched|swiped) back|retort(?:ed|s)|returned fire"
    r"|(?:play(?:s|ed|ing) down|down-?play(?:s|ed|ing)|ma(?:de|kes) light of)"
    r"|begged to differ|took issue with|(?:set|setting) the record straight"
    r"|(?:that|this|the|their|his|her) (?:argument|claim|explanation|reasoning) (?:does(?: not|n't) (?:wash|hold|stand)"
    r"|is (?:wrong|false|nonsense)))\b"
)
"""Said of somebody who answers an attack."""
_RESPONDS = re.compile(
    r"\b(?:(?:fiery|furious|angry|sharp|swift|heated|terse|defiant|scathing|blunt) (?:response|reply|rebuke|retort|reaction) from"
    r"|respond(?:ed|s|ing)? to (?:[\w.'’]{1,20} ){0,4}?(?:attacks?|criticisms?|comments?|remarks?|accusations?|charges?|tweets?|claims?|words"
    r"|jabs?)"
    r"|(?:tweet(?:ed|s)|wr(?:ote|ites)|said|says)[^.;]{0,60}? in (?:response|reply|return)|shot back|for (?:his|her|its|their) part)\b"
)
"""Said of somebody who answers, whatever was said."""
_REACH, _FARTHEST = 3, 4
"""Sentences before an answer in which the attack stands that it answers; in which it may stand where both share a telling word."""
_ATTACKS = frozenset({Stance.ACCUSE, Stance.REJECT, Stance.DOUBT, Stance.DENY, Stance.LAMENT})
_ANSWERS = _ATTACKS | {Stance.DEMAND}


@dataclass(eq=False)
class _Exchange:
    """What two voices say, one against the other, in whatever reports tell of it."""

    attacks: list[Statement] = field(default_factory=list)
    answers: list[Statement] = field(default_factory=list)


def retorts(view: StoryView) -> Iterator[Dispute]:
    """One dispute for each pair of voices of which a report says that the second answers what the first has just said."""
    told: dict[str, list[Statement]] = {}
    for statement in statements_of_view(view):
        if statement.attribution is not None and statement.speakers and not statement.sentence.is_title:
            told.setdefault(statement.sentence.document, []).append(statement)
    found: dict[tuple[tuple[str, ...], tuple[str, ...]], _Exchange] = {}
    for document in sorted(told):
        for sentence in view.by_document[document]:
            pair = _pair(view, told[document], sentence)
            if pair is not None:
                exchange = found.setdefault((pair[0].speakers, pair[1].speakers), _Exchange())
                exchange.attacks.append(pair[0])
                exchange.answers.append(pair[1])
    for exchange in found.values():
        yield _dispute(view, exchange)


def _dispute(view: StoryView, exchange: _Exchange) -> Dispute:
    sides = (side_of(view.case, exchange.attacks), side_of(view.case, exchange.answers))
    topic = f"Said and answered: {shorten(plain(exchange.attacks[0].sentence.text), 90)}"
    why = "a report tells of one as the answer to the other"
    return dispute_of(DisputeKind.CLAIM_VS_COUNTERCLAIM, topic, sides, Compatible.UNCLEAR, why)


def _pair(view: StoryView, told: Sequence[Statement], sentence: Sentence) -> tuple[Statement, Statement] | None:
    """What somebody has said, and the answer of which a sentence tells."""
    hits = _HITS_BACK.search(sentence.folded) is not None
    if not hits and _RESPONDS.search(sentence.folded) is None:
        return None
    told_here = [s for s in told if s.sentence.number in (sentence.number, sentence.number + 1) and _comes_after(s, sentence)]
    answer = next((s for s in told_here if camps_of(view, s.speakers) & camps_of(view, sentence.actors)), None)
    if answer is None:
        return None
    attack = _attacked(view, told, sentence, answer)
    if attack is None or not (hits or _is_exchange(view, attack, answer)):
        return None
    return attack, answer


def _is_exchange(view: StoryView, attack: Statement, answer: Statement) -> bool:
    """Whether of two voices each speaks of the other, or the second of what the first attacks."""
    ours, theirs = camps_of(view, attack.speakers), camps_of(view, answer.speakers)
    aimed = bool(camps_of(view, (*attack.about, *attack.sentence.actors)) & theirs)
    back = bool(camps_of(view, (*answer.about, *answer.sentence.actors)) & ours) or _YOU.search(answer.folded) is not None
    return aimed and back and (attack.stance in _ATTACKS or answer.stance in _ANSWERS or _shared(attack, answer))


_YOU = re.compile(r"\b(?:you|your)\b")
_RARITY = 3.0
"""How rare in news at large a word must be that shows what is answered."""


def _shared(one: Statement, other: Statement) -> bool:
    """Whether two statements share a word that tells what they are about."""
    shared = (one.bag & other.bag) - META - one.sentence.name_stems - other.sentence.name_stems
    return any(general_weight(s) >= _RARITY for s in shared)


def _comes_after(statement: Statement, sentence: Sentence) -> bool:
    """Whether a statement does not stand before the words by which its sentence plays something down."""
    match = _PLAYED_DOWN.search(sentence.folded)
    return match is None or statement.spans[0].start > sentence.span.start + match.start()


def _attacked(view: StoryView, told: Sequence[Statement], sentence: Sentence, answer: Statement) -> Statement | None:
    """What somebody else said shortly before, of those who answer or to them: what shares most with the answer, else the last."""
    ours = camps_of(view, answer.speakers)
    before = [s for s in told if 0 < sentence.number - s.sentence.number <= _FARTHEST and not camps_of(view, s.speakers) & ours]
    before = [s for s in before if sentence.number - s.sentence.number <= _REACH or _shared(s, answer)]
    if answer.names_charges:
        before = [s for s in before if s.stance in (Stance.ACCUSE, Stance.ASSERT)]
    theirs = camps_of(view, (*sentence.actors, *answer.sentence.actors))
    aimed = [s for s in before if _aims_at(view, s, sentence, theirs, ours)]
    return max(aimed, key=lambda s: (_shared(s, answer), s.key), default=None)


def _aims_at(view: StoryView, attack: Statement, sentence: Sentence, theirs: frozenset[str], ours: frozenset[str]) -> bool:
    """Whether a statement is what is hit back at: its source or its target is named, or it accuses right before."""
    if camps_of(view, attack.speakers) & theirs or camps_of(view, attack.sentence.actors) & ours:
        return True
    if _THAT_ARGUMENT.search(sentence.folded) or _PLAYED_DOWN.search(sentence.folded):
        return True
    return attack.stance is Stance.ACCUSE and attack.sentence.number == sentence.number - 1


_PLAYED_DOWN = re.compile(r"\b(?:play(?:s|ed|ing) down|down-?play(?:s|ed|ing)|ma(?:de|kes) light of)\b")
_THAT_ARGUMENT = re.compile(r"\b(?:that|this) (?:argument|claim|explanation|reasoning)\b")
