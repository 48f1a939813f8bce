"""The columns of a ``Doc`` say what its tokens say, and remembered sums of weights what the features say."""

import spacy
from spacy.tokens import Doc

from crossread.reading.joining import Weights
from crossread.reading.token_table import TokenTable


def parsed() -> Doc:
    words = ["Brek", "'s", " ", "Envoys", "left", ".", "He", "stayed", "…"]
    return Doc(
        spacy.blank("en").vocab,
        words=words,
        spaces=[False, True, False, True, False, True, True, False, False],
        heads=[3, 0, 1, 4, 4, 4, 7, 7, 7],
        deps=["nmod:poss", "case", "", "nsubj", "ROOT", "punct", "nsubj", "ROOT", "punct"],
        lemmas=["Brek", "'s", "", "envoy", "leave", ".", "he", "stay", "…"],
        tags=["NNP", "POS", "_SP", "NNS", "VBD", ".", "PRP", "VBD", "."],
        pos=["PROPN", "PART", "SPACE", "NOUN", "VERB", "PUNCT", "PRON", "VERB", "PUNCT"],
        sent_starts=[True, False, False, False, False, False, True, False, False],
    )


def test_the_table_says_what_the_tokens_say() -> None:
    doc = parsed()
    table = TokenTable.of(doc)
    assert table.words == [t.text for t in doc]
    assert table.lower == [t.text.lower() for t in doc]
    assert table.lemmas == [(t.lemma_ or t.text).lower() for t in doc]
    assert table.tags == [t.tag_ for t in doc]
    assert table.pos == [t.pos_ for t in doc]
    assert table.deps == [t.dep_.lower() for t in doc]
    assert table.heads == [t.head.i for t in doc]
    assert (table.starts, table.ends) == ([t.idx for t in doc], [t.idx + len(t.text) for t in doc])
    assert table.is_space == [t.is_space for t in doc]
    assert table.is_word == [any(c.isalnum() for c in t.text) for t in doc]
    assert table.sentences == [0, 0, 0, 0, 0, 0, 1, 1, 1]
    assert table.children == [[k for k, head in enumerate(table.heads) if head == i != k] for i in range(len(doc))]


def test_the_table_of_no_tokens_is_empty() -> None:
    table = TokenTable.of(Doc(spacy.blank("en").vocab))
    assert (table.words, table.heads, table.sentences, table.children) == ([], [], [], [])


def test_the_table_is_made_once() -> None:
    doc = parsed()
    assert TokenTable.of(doc) is TokenTable.of(doc)


def test_sums_of_weights_are_those_of_the_features() -> None:
    weights = Weights({"a": 1.5, "b": -0.5})
    assert weights.sum_of("ab", lambda: ["a", "b", "c"]) == 1.0
    assert weights.sum_of("ab", list) == 1.0, "the key stands for its features"
    assert weights.sum_of("b", lambda: ["b"]) == -0.5
