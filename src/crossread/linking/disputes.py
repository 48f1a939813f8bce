"""Where the reports, or those whom they quote, disagree: found by structure, each with its sides, its reason and whether both can be true."""

from collections.abc import Sequence
from itertools import chain

import msgspec

from crossread.linking.adversatives import set_against
from crossread.linking.altered_quotes import altered_quotes
from crossread.linking.case import Case
from crossread.linking.clauses import flat_denials
from crossread.linking.contradictions import contradictions
from crossread.linking.contrasts import contrasts
from crossread.linking.critics import critics
from crossread.linking.degrees import degrees
from crossread.linking.demands import demands
from crossread.linking.differing_events import differing_events
from crossread.linking.disputed import rejected_claims
from crossread.linking.disputed_reports import disputed_reports
from crossread.linking.doubts import doubts
from crossread.linking.for_and_against import for_and_against
from crossread.linking.headlines import headline_disputes
from crossread.linking.issues import issues
from crossread.linking.judging_words import judging_words
from crossread.linking.motives import motives
from crossread.linking.number_disputes import number_disputes
from crossread.linking.opposed_states import denied_claims, opposed_states
from crossread.linking.quantity_disputes import quantity_disputes
from crossread.linking.refusals import refusals
from crossread.linking.replies import replies
from crossread.linking.retorts import retorts
from crossread.linking.reversals import called_false, reversals
from crossread.linking.sentences import StoryView, view_of
from crossread.linking.sides import unique_voices
from crossread.linking.spellings import spellings
from crossread.linking.stands import stands
from crossread.linking.superlatives import superlatives
from crossread.linking.two_answers import two_answers
from crossread.linking.voices import voice_disputes
from crossread.records import Claim, Dispute, Evidence, Side, Span, StoryEvent, StoryFigure
from crossread.vocabulary import Compatible, DisputeKind

_SPOKEN = frozenset({DisputeKind.ACCUSATION_VS_DENIAL, DisputeKind.CLAIM_VS_COUNTERCLAIM, DisputeKind.JUSTIFICATION})
_WORTH = {Compatible.NO: 0, Compatible.UNCLEAR: 1, Compatible.YES: 2}


def find_disputes(
    case: Case, events: Sequence[StoryEvent], claims: Sequence[Claim], figures: Sequence[StoryFigure]
) -> tuple[Dispute, ...]:
    """The disputes of a story, those that exclude each other first.

    A dispute whose sides can both be true (``compatible: yes``) is a difference worth seeing: a wording, a wider count, a position
    that changed over time.
    """
    view = view_of(case)
    found = list(
        chain(
            number_disputes(case, figures),
            quantity_disputes(view),
            contradictions(view, claims),
            opposed_states(view),
            replies(view),
            demands(view),
            flat_denials(view),
            contrasts(view),
            set_against(view),
            retorts(view),
            called_false(view),
            reversals(view),
            for_and_against(view),
            stands(view),
            critics(view),
            motives(view),
            issues(view),
            disputed_reports(view),
            two_answers(view),
            doubts(view),
            refusals(view),
            superlatives(view),
            differing_events(view, events),
            headline_disputes(view),
            voice_disputes(view),
            judging_words(view),
            altered_quotes(view),
            degrees(view),
            spellings(view),
        )
    )
    found = _without_repeats([d for d in found if not _is_one_text(view, d)])
    found += denied_claims(view, _denials(found))
    found += _without_repeats(tuple(rejected_claims(view, _denials(found))))
    found = _one_charge_each(_in_one_wording(found))
    ordered = sorted(
        found, key=lambda d: (_WORTH[d.compatible], -len(d.evidence), d.kind, d.topic, d.evidence[0].document, d.evidence[0].span)
    )
    return tuple(msgspec.structs.replace(dispute, id=f"dispute-{n}") for n, dispute in enumerate(ordered, 1))


def _denials(found: Sequence[Dispute]) -> frozenset[tuple[str, Span]]:
    """Sentences that stand in disputes of accusation and denial."""
    return frozenset((e.document, e.span) for d in found if d.kind is DisputeKind.ACCUSATION_VS_DENIAL for e in d.evidence)


def _without_repeats(found: Sequence[Dispute]) -> list[Dispute]:
    """Disputes of which no earlier one of a like kind sets the same sentences against each other."""
    kept: list[Dispute] = []
    for dispute in found:
        if not any(repeats(dispute, other) for other in kept):
            kept.append(dispute)
    return kept


def _in_one_wording(found: Sequence[Dispute]) -> list[Dispute]:
    """Disputes that several reports tell by the same words (a borrowed passage) as one, with the evidence of all."""
    kept: dict[tuple[str, ...], Dispute] = {}
    for dispute in found:
        words = (dispute.kind.value, dispute.topic, *(side.position for side in dispute.sides))
        kept[words] = _with_denials(kept[words], dispute) if words in kept else dispute
    return list(kept.values())


def _one_charge_each(found: Sequence[Dispute]) -> list[Dispute]:
    """Denials of one accusation are one dispute, whoever denies it (a government, its party, its leader)."""
    kept: list[Dispute] = []
    for dispute in found:
        home = next((n for n, other in enumerate(kept) if _same_charge(other, dispute)), None)
        if home is None:
            kept.append(dispute)
        else:
            kept[home] = _with_denials(kept[home], dispute)
    return kept


_SAME_CHARGE = 0.5
"""Share of the sentences that accuse, or that deny, of the shorter list, from which two disputes are about one accusation."""
_POINTING_WORDS = 3
"""A denial of so many words only points to what it denies ("the charge")."""


def _same_charge(one: Dispute, other: Dispute) -> bool:
    if not one.kind is other.kind is DisputeKind.ACCUSATION_VS_DENIAL or one.compatible is not other.compatible:
        return False
    if len(one.sides) != 2 or len(other.sides) != 2:
        return False
    return any(_share(a, b) >= _SAME_CHARGE for a, b in zip(one.sides, other.sides, strict=True))


def _share(one: Side, other: Side) -> float:
    ours, theirs = ({(e.document, e.span) for e in side.evidence} for side in (one, other))
    return len(ours & theirs) / min(len(ours), len(theirs))


def _with_denials(one: Dispute, other: Dispute) -> Dispute:
    sides = tuple(_both(a, b) for a, b in zip(one.sides, other.sides, strict=True))
    return msgspec.structs.replace(one, sides=sides, evidence=tuple(dict.fromkeys(e for side in sides for e in side.evidence)))


def _both(one: Side, other: Side) -> Side:
    says_more = len(one.position.split()) <= _POINTING_WORDS < len(other.position.split())
    return msgspec.structs.replace(
        one,
        position=other.position if says_more else one.position,
        held_by=tuple(dict.fromkeys((*one.held_by, *other.held_by))),
        voices=unique_voices((*one.voices, *other.voices)),
        evidence=tuple(dict.fromkeys((*one.evidence, *other.evidence))),
    )


def _is_one_text(view: StoryView, dispute: Dispute) -> bool:
    """Whether a side is nothing but a sentence of the other in another report, which was read otherwise there."""
    if dispute.kind not in _SPOKEN:
        return False
    cited = [{(e.document, e.span) for e in side.evidence} for side in dispute.sides]
    texts = [{_squeezed(view, e) for e in side.evidence} for side in dispute.sides]
    return len(cited) == 2 and cited[0].isdisjoint(cited[1]) and (texts[0] <= texts[1] or texts[1] <= texts[0])


def _squeezed(view: StoryView, evidence: Evidence) -> str:
    sentence = view.at(evidence.document, evidence.span.start)
    text = sentence.text if sentence is not None else evidence.span.of(view.case.reading(evidence.document).document.text)
    return "".join(c for c in text.casefold() if c.isalnum())


def repeats(dispute: Dispute, other: Dispute) -> bool:
    """Whether two sides of a dispute cite nothing but what two different sides of the other cite."""
    if dispute.kind is not other.kind and not {dispute.kind, other.kind} <= _SPOKEN:
        return False
    cited = [{(e.document, e.span) for e in side.evidence} for side in dispute.sides]
    known = [{(e.document, e.span) for e in side.evidence} for side in other.sides]
    homes = [{n for n, k in enumerate(known) if c <= k} for c in cited]
    return all(homes) and len(set.union(*homes)) > 1
