# ruff: noqa: E501  (word lists and tables read better on one line)
"""Whatever the text, a document is read without a crash and no offset moves."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crossread.reading.language import layers_of, load_reader

PIECES = st.sampled_from(
    ["Veln", "said", "“", "”", '"', "'", ".", "?", "\n\n", "\n", " ", "  ", "\t", "\x00", "😀", "👩‍👩‍👧", "مرحبا", "שלום", "\u202e", "\u200b", "e\u0301", "ß", "İ", "ﬁ", "\ud800",
     "U.S.", "don't", "12,000", "-", "—", "A", "x" * 200, "http://a.b/c?d=e"]
)  # fmt: skip
TEXTS = st.one_of(st.lists(PIECES, max_size=60).map("".join), st.text(max_size=200), st.lists(PIECES, max_size=60).map(" ".join))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_any_text_is_read_with_its_offsets(text: str) -> None:
    doc = next(load_reader().docs([text]))
    clean = "".join("\N{REPLACEMENT CHARACTER}" if "\ud800" <= c <= "\udfff" else c for c in text)
    assert doc.text == clean
    assert all(clean[t.idx : t.idx + len(t)] == t.text for t in doc)
    layers = layers_of(doc)
    assert layers is not None
    assert len(layers.roles) == len(doc)
    assert len(layers.sentence_vectors) == len(list(doc.sents))
    for sentence in doc.sents:
        assert sum(t.head.i == t.i for t in sentence) == 1


@pytest.mark.slow
def test_a_million_characters_are_read_in_bounded_memory() -> None:
    import resource

    line = "The council of Veln met on Monday and said that the bridge would be closed. "
    text = (line * 13_200)[:1_000_000]
    doc = next(load_reader().docs([text]))
    assert doc.text == text
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 2_500_000


def test_a_sentence_of_twenty_thousand_words_is_read() -> None:
    text = "and " * 20_000
    doc = next(load_reader().docs([text]))
    assert doc.text == text
    assert max(len(s) for s in doc.sents) < 310
