"""Whoever is named between two commas says both halves of the sentence, whole."""

import pytest

from crossread import read


@pytest.mark.parametrize(
    ("sentence", "who", "said"),
    [
        (
            "Soldiers shot dead two fishermen on Friday, the coast guard said, a day after a similar incident.",
            "the coast guard",
            ["Soldiers shot dead two fishermen on Friday", "a day after a similar incident"],
        ),
        ("Rebels seized the dam at Osk on Tuesday, residents said.", "residents", ["Rebels seized the dam at Osk on Tuesday"]),
        (
            "Rebels seized the dam on Tuesday, residents said, in the biggest offensive of the year.",
            "residents",
            ["Rebels seized the dam on Tuesday", "in the biggest offensive of the year"],
        ),
        (
            "The bridge was closed on Friday, said Ada Loth, the mayor of Osk.",
            "Ada Loth, the mayor of Osk",
            ["The bridge was closed on Friday"],
        ),
    ],
)
def test_both_halves_are_what_is_said(sentence: str, who: str, said: list[str]) -> None:
    reading = read(sentence)
    (attribution,) = reading.attributions
    assert [s.of(sentence) for s in attribution.source] == [who]
    assert [s.of(sentence).rstrip(".") for s in attribution.content] == said


@pytest.mark.parametrize(
    ("sentence", "left"),
    [
        ("The mine was closed on Friday, the owner said, speaking from his home in Osk.", "speaking from his home"),
        ("The mine was closed on Friday, said Ada Loth, who has run it for ten years.", "who has run it"),
    ],
)
def test_what_tells_of_the_speaker_is_not_said(sentence: str, left: str) -> None:
    reading = read(sentence)
    assert reading.attributions
    assert not any(left in s.of(sentence) for a in reading.attributions for s in a.content)
