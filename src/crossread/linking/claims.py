"""Claims across reports."""

from crossread.linking.case import Case
from crossread.records import Claim


def link_claims(case: Case) -> tuple[Claim, ...]:
    """The statements of a story, each with all its reports."""
    return ()
