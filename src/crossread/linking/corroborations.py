"""What several documents report, and whether they do so independently."""

from collections.abc import Sequence

from crossread.linking.case import Case
from crossread.records import Claim, Corroboration, StoryEvent, StoryFigure


def find_corroborations(
    case: Case, events: Sequence[StoryEvent], claims: Sequence[Claim], figures: Sequence[StoryFigure]
) -> tuple[Corroboration, ...]:
    """What several documents of a story report."""
    return ()
