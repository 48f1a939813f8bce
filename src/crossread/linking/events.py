"""Events across reports."""

from crossread.linking.case import Case
from crossread.records import StoryEvent


def link_events(case: Case) -> tuple[StoryEvent, ...]:
    """The events of a story."""
    return ()
