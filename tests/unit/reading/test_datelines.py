"""Datelines stay out of the grammar of the first sentence."""

import pytest

from crossread.reading.datelines import dateline_end


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("KOLM , North Plain — A court on Friday indicted two men .", 4),
        ("Klow ( SNA ) -- The premier on Monday vetoed the bill .", 4),
        ("SAN MARCO DEL SUR , Borduria , March 3 — Rebels left the town .", 9),
        ("Marta Dret — the mayor of Klow — vetoed the bill .", None),
        ("The premier — who was away — vetoed the bill .", None),
        ("KLOW — Rain .", None),
        ("Sen. Mara Holm ( D - Vt. ) left the town on Monday .", None),
        ("Rebels left the town .", None),
    ],
)
def test_a_dateline_ends_at_its_dash(text: str, end: int | None) -> None:
    words = text.split()
    assert dateline_end(words, 0, len(words)) == end
