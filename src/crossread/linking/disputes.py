"""Where the reports, or those whom they quote, disagree: found by structure, each with its sides, its reason and whether both can be true."""

from collections.abc import Sequence
from itertools import chain

import msgspec

from crossread.linking.case import Case
from crossread.linking.contradictions import contradictions
from crossread.linking.differing_events import differing_events
from crossread.linking.headlines import headline_disputes
from crossread.linking.number_disputes import number_disputes
from crossread.linking.opposed_states import denied_claims, opposed_states
from crossread.linking.replies import replies
from crossread.linking.sentences import view_of
from crossread.linking.voices import voice_disputes
from crossread.records import Claim, Dispute, StoryEvent, StoryFigure
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
            contradictions(view, claims),
            opposed_states(view),
            replies(view),
            differing_events(view, events),
            headline_disputes(view),
            voice_disputes(view),
        )
    )
    found = _without_repeats(found)
    found += denied_claims(
        view, {(e.document, e.span) for d in found if d.kind is DisputeKind.ACCUSATION_VS_DENIAL for e in d.evidence}
    )
    ordered = sorted(
        found, key=lambda d: (_WORTH[d.compatible], -len(d.evidence), d.kind, d.topic, d.evidence[0].document, d.evidence[0].span)
    )
    return tuple(msgspec.structs.replace(dispute, id=f"dispute-{n}") for n, dispute in enumerate(ordered, 1))


def _without_repeats(found: Sequence[Dispute]) -> list[Dispute]:
    """Disputes of which no earlier one of a like kind sets the same sentences against each other."""
    kept: list[Dispute] = []
    for dispute in found:
        if not any(repeats(dispute, other) for other in kept):
            kept.append(dispute)
    return kept


def repeats(dispute: Dispute, other: Dispute) -> bool:
    """Whether two sides of a dispute cite nothing but what two different sides of the other cite."""
    if dispute.kind is not other.kind and not {dispute.kind, other.kind} <= _SPOKEN:
        return False
    cited = [{(e.document, e.span) for e in side.evidence} for side in dispute.sides]
    known = [{(e.document, e.span) for e in side.evidence} for side in other.sides]
    homes = [{n for n, k in enumerate(known) if c <= k} for c in cited]
    return all(homes) and len(set.union(*homes)) > 1
