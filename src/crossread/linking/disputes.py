"""Where the reports, or those whom they quote, disagree."""

from collections.abc import Sequence

from crossread.linking.case import Case
from crossread.records import Claim, Dispute, StoryEvent, StoryFigure


def find_disputes(
    case: Case, events: Sequence[StoryEvent], claims: Sequence[Claim], figures: Sequence[StoryFigure]
) -> tuple[Dispute, ...]:
    """The disputes of a story, found by structure."""
    return ()
