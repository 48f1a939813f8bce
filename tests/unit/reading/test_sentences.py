"""Where sentences start."""

import pytest

from crossread.reading.segment import Position, Shape
from crossread.reading.sentences import after_full_stops, behind_slugs
from crossread.reading.windows import Words


def words(*shapes: Shape, ends: set[int], glued: set[int] = frozenset()) -> Words:  # type: ignore[assignment]
    n = len(shapes)
    positions = [int(Position.GLUED if i in glued else Position.SPACED) for i in range(n)]
    return Words([(7,)] * n, [int(s) for s in shapes], [0] * n, positions, [i in ends for i in range(n)])


LOWER, STOP, TITLE = Shape.LOWER, Shape.OTHER, Shape.TITLE


@pytest.mark.parametrize(
    ("found", "starts"),
    [
        (words(LOWER, STOP, TITLE, ends={1}), [2]),
        (words(Shape.DIGITS, STOP, TITLE, ends={1}), [2]),
        (words(TITLE, STOP, TITLE, ends={1}), []),  # "Sens. Moss"
        (words(LOWER, STOP, LOWER, ends={1}), []),
        (words(LOWER, STOP, TITLE, ends=set()), []),
        (words(LOWER, STOP, TITLE, ends={1}, glued={2}), []),  # "newsfeed.Com"
        (words(STOP, TITLE, ends={0}), []),
        (words(TITLE, ends=set()), []),
    ],
)
def test_a_capital_after_a_plain_full_stop(found: Words, starts: list[int]) -> None:
    assert [i for i, is_start in enumerate(after_full_stops(found)) if is_start] == starts


def test_sentences_inside_quotation_marks_are_parted() -> None:
    from crossread.reading.language import load_reader

    text = "“We will not sign the deal. The offer is too low. We want more,” Lt. Col. Brek told Sens. Ada Moss and Ivo Renn. He left at noon."
    (doc,) = load_reader().docs([text])
    assert [s.text.strip() for s in doc.sents] == [
        "“We will not sign the deal.",
        "The offer is too low.",
        "We want more,” Lt. Col. Brek told Sens. Ada Moss and Ivo Renn.",
        "He left at noon.",
    ]


@pytest.mark.parametrize(
    ("line", "behind"),
    [
        ("KENYA : Six held", [2]),
        ("SOUTH AFRICA : Envoy meets rebels", [3]),
        ("Kenya : Six held", []),
        ("NATO : We will stay", []),  # who speaks, not where
        ("KENYA : six held", []),
        ("Held in KENYA : Six men", []),
    ],
)
def test_a_slug_is_no_part_of_its_headline(line: str, behind: list[int]) -> None:
    found = line.split()
    assert behind_slugs(found, [int(Position.LINE), *[int(Position.SPACED)] * (len(found) - 1)]) == behind


def test_a_slug_is_a_sentence_of_its_own() -> None:
    from crossread.reading.language import load_reader

    (doc,) = load_reader().docs(["KENYA: Jets bomb rebel city.\nJets bombed the city of Velm on Monday."])
    assert [s.text.strip() for s in doc.sents][:2] == ["KENYA:", "Jets bomb rebel city."]
