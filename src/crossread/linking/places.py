"""Places across reports."""

from crossread.linking.case import Case, PlaceIndex


def link_places(case: Case) -> PlaceIndex:
    """The places of a story."""
    return PlaceIndex()
