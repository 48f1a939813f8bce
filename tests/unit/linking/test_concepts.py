"""Concepts that words touch."""

import pytest

from crossread.linking.concepts import touches


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("the raid was an act of aggression", True),
        ("missiles for defence against borland aggression", False),
        ("the wall protects the town from further aggression", False),
        ("the defence ministry called it aggression", True),
    ],
)
def test_what_is_warded_off_is_not_told_as_done(words: str, told: bool) -> None:
    assert ("AGGRESSION" in {t.concept for t in touches(words)}) is told


def test_what_would_not_be_without_somebody_is_not_denied() -> None:
    assert touches("without us they wouldn't be negotiating with anybody") == ()
    assert [t.negated for t in touches("they are not negotiating with anybody")] == [True]
