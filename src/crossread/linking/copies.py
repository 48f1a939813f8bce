"""Which documents and passages share one origin."""

from collections.abc import Sequence

from crossread.records import CopyGroup, Reading


def find_copies(readings: Sequence[Reading]) -> tuple[CopyGroup, ...]:
    """Groups of documents that share words."""
    return ()
