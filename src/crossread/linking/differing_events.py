"""Tellings of one happening that differ: another cause, actor, date, place or wording."""

from collections.abc import Iterator, Sequence

from crossread.linking.sentences import StoryView
from crossread.records import Dispute, StoryEvent


def differing_events(view: StoryView, events: Sequence[StoryEvent]) -> Iterator[Dispute]:
    """Disputes about one happening."""
    yield from ()
