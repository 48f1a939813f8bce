"""The timeline of a story."""

from crossread.linking.case import Case
from crossread.records import StoryEvent, TimelineEntry


def draw_timeline(case: Case, events: tuple[StoryEvent, ...]) -> tuple[TimelineEntry, ...]:
    """Dated happenings in order."""
    return ()
