"""The brief: a short text in which every line cites its words."""

from crossread.linking.case import Case
from crossread.records import BriefLine, Story


def write_brief(case: Case, story: Story, *, words: int = 250) -> tuple[BriefLine, ...]:
    """At most ``words`` words on a story."""
    return ()
