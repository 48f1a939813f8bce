# ruff: noqa: E501  (lists of pieces read better on one line)
"""Whatever the text, a whole reading is made: no step fails, no span leaves the text, and white space alone is no reading."""

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crossread.reading import read_documents
from crossread.records import Document, Reading, Span

PIECES = st.sampled_from(
    ["Arvo Lind", "Veln", "Orsania", "rebels", "said", "denied", "attacked", "killed 12", "at least", "on Tuesday", "that", "not", "“", "”", '"', "'", ".", ",", ":", "?", "\n\n", "\n",
     "\t", "\x00", "\x85", "\u2028", "😀", "👩‍👩‍👧", "مرحبا", "שלום", "\u202e", "\u200f", "\u200b", "\ufeff", "e\u0301", "ß", "İ", "ﬁ", "𝔘", "U.S.", "don't", "12,000", "-", "—", "he", "it",
     "she told", "x" * 200, "http://a.b/c?d=e", "(", ")", "%", "1990s", "½", "٣", "half of", "hundreds of", "yesterday"]
)  # fmt: skip
TEXTS = st.one_of(
    st.lists(PIECES, max_size=50).map(" ".join),
    st.lists(PIECES, max_size=50).map("".join),
    st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=200),
)


def reading_of(text: str) -> Reading:
    return next(read_documents([Document(id="d", text=text)]))


def spans_in(value: Any) -> Iterator[Span]:
    """Every span of a record, however deep."""
    if isinstance(value, Span):
        yield value
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from spans_in(getattr(value, name))
    elif isinstance(value, tuple | list):
        for item in value:
            yield from spans_in(item)


def check(reading: Reading, text: str) -> None:
    assert reading.document.text == text
    assert [p.message for p in reading.problems if p.code == "step.failed"] == []
    assert all(0 <= s.start < s.end <= len(text) for s in spans_in(reading))
    assert all(a.end <= b.start for a, b in zip(reading.sentences, reading.sentences[1:], strict=False))
    for sentence in reading.sentences:
        assert sentence.of(text) == sentence.of(text).strip()
    for mention in reading.mentions:
        assert mention.span.of(text).strip()


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_any_text_gives_a_whole_reading(text: str) -> None:
    check(reading_of(text), text)


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u200b", "a", ".", "\x00", "😀", "ש"])
def test_a_text_of_one_character_or_none_is_read(text: str) -> None:
    reading = reading_of(text)
    check(reading, text)
    assert bool(reading.sentences) == bool(text.strip())


@pytest.mark.parametrize("odd", ["\x00", "👩‍👩‍👧 ", "\u202eשלום\u202c ", "e\u0301 ", "𝔘𝔘 "])
def test_odd_characters_before_a_sentence_shift_no_offset(odd: str) -> None:
    plain = "Arvo Lind said on Tuesday that rebels killed 12 people in Veln."
    text = f"{odd * 7}\n\n{plain}\n"
    at = text.index(plain)
    figures = [f for f in reading_of(text).figures if f.span is not None and f.span.start >= at]
    assert [f.span.of(text) for f in figures if f.span is not None and f.best == 12] in (["12"], ["12 people"])


def test_one_sentence_of_twenty_thousand_words_is_read() -> None:
    text = "Lind said that rebels killed 12 people and " * 2_500 + "left"
    check(reading_of(text), text)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_a_million_characters_are_read() -> None:
    paragraph = (
        "Arvo Lind said on Tuesday that rebels had killed at least 12 people in Veln. “We are ready,” he told reporters. "
        "The council denied it. Two bridges were closed.\n\n"
    )
    text = (paragraph * (1_000_000 // len(paragraph) + 1))[:1_000_000]
    reading = reading_of(text)
    check(reading, text)
    assert reading.sentences[-1].end > 999_000
