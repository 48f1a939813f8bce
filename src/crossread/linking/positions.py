"""One actor's statements over time."""

from collections.abc import Iterable

from crossread.records import Claim, Reading, Story


def statements_of(story: Story, readings: Iterable[Reading], name: str) -> tuple[Claim, ...]:
    """What an actor is reported to have said, earliest first; ``name`` is any of its names."""
    return ()
