"""Headlines that say more than the report under them."""

from collections.abc import Iterator

from crossread.linking.sentences import StoryView
from crossread.records import Dispute


def headline_disputes(view: StoryView) -> Iterator[Dispute]:
    """Disputes between headline and body."""
    yield from ()
