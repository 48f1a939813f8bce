"""Spans of an attribution come in the order of the text."""

from crossread.reading.attribution import in_order
from crossread.records import Span


def test_pieces_are_put_in_order() -> None:
    assert in_order([Span(20, 30), Span(5, 9), Span(10, 12)]) == (Span(5, 9), Span(10, 12), Span(20, 30))


def test_overlapping_and_repeated_pieces_become_one() -> None:
    assert in_order([Span(5, 9), Span(5, 9), Span(7, 12), Span(12, 15)]) == (Span(5, 12), Span(12, 15))


def test_no_pieces_give_none() -> None:
    assert in_order([]) == ()
