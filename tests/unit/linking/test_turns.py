"""Which one of a series a happening is."""

import pytest

from crossread.linking.turns import turn_of
from crossread.records import Span


@pytest.mark.parametrize(
    ("text", "anchor", "turn"),
    [
        ("They held a second round of crisis talks on Friday.", "talks", 2),
        ("It came on the eve of the eighth round of face-to-face talks.", "talks", 8),
        ("The envoy's second visit ended early.", "visit", 2),
        ("The 12th meeting of the panel broke up.", "meeting", 12),
        ("The first Kardenian and third Ostrelian strikes fell.", "strikes", 3),
        ("On the first day, rebels attacked.", "attacked", None),
        ("In the third week of the siege, bread ran out.", "siege", None),
        ("After a third straight night of strikes, they left.", "strikes", None),
        ("He was charged with second-degree murder.", "murder", None),
        ("They talked.", "talked", None),
    ],
)
def test_an_ordinal_before_a_happening_is_its_turn(text: str, anchor: str, turn: int | None) -> None:
    at = text.index(anchor)
    assert turn_of(text, Span(0, len(text)), Span(at, at + len(anchor))) == turn
