"""Figures across reports."""

from crossread.linking.case import Case
from crossread.records import StoryFigure


def link_figures(case: Case) -> tuple[StoryFigure, ...]:
    """The counts of a story with every value that its documents report."""
    return ()
