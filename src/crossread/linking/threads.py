"""Processes followed over the reports."""

from collections.abc import Sequence

from crossread.linking.case import Case
from crossread.records import Claim, StoryEvent, StoryFigure, Thread


def follow_threads(
    case: Case, events: Sequence[StoryEvent], claims: Sequence[Claim], figures: Sequence[StoryFigure]
) -> tuple[Thread, ...]:
    """The processes of a story with the states that they passed through."""
    return ()
