# ruff: noqa: E501  (word lists and tables read better on one line)
"""Lemmas by rule, by exception and by the model's choice."""

import pytest

from crossread.reading.lemmas import Lemmatizer, default_lemma, without_ending

KNOWN = frozenset(
    [
        "hope",
        "hop",
        "vote",
        "army",
        "watch",
        "make",
        "fall",
        "control",
        "visit",
        "die",
        "die",
        "run",
        "large",
        "big",
        "easy",
        "leaf",
        "church",
        "city",
    ]
).__contains__


@pytest.mark.parametrize(
    ("word", "ending", "lemma"),
    [
        ("votes", "s", "vote"), ("armies", "s", "army"), ("watches", "s", "watch"), ("leaves", "s", "leaf"), ("churches", "s", "church"),
        ("making", "ing", "make"), ("falling", "ing", "fall"), ("controlling", "ing", "control"), ("visited", "ed", "visit"), ("hoped", "ed", "hope"),
        ("hopped", "ed", "hop"), ("running", "ing", "run"), ("largest", "est", "large"), ("biggest", "est", "big"), ("easier", "er", "easy"),
        ("zorbed", "ed", "zorb"), ("grimonized", "ed", "grimonize"),
    ],
)  # fmt: skip
def test_without_ending(word: str, ending: str, lemma: str) -> None:
    assert without_ending(word, ending, KNOWN) == lemma


@pytest.mark.parametrize(
    ("word", "ending"), [("loss", "s"), ("sing", "ing"), ("red", "ed"), ("u.s.", "s"), ("gone", "ed"), ("city", "")]
)
def test_without_ending_says_nothing_where_there_is_none(word: str, ending: str) -> None:
    assert without_ending(word, ending, KNOWN) is None


def test_default_lemma_keeps_the_letters_of_names_only() -> None:
    assert default_lemma("Veln", "PROPN", "NNP", KNOWN) == "Veln"
    assert default_lemma("Cities", "NOUN", "NNS", KNOWN) == "city"
    assert default_lemma("BRIDGE", "NOUN", "NN", KNOWN) == "bridge"


def test_lemmatizer_prefers_exceptions_then_endings_then_the_chosen_rule() -> None:
    lemmatizer = Lemmatizer(
        ["l|0|", "=be", "k|1|y"], ["NOUN", "VERB", "X"], ["NNS", "VBD", "FW"], {"women NOUN NNS": "woman"}, KNOWN
    )
    assert lemmatizer(["Women", "voted", "went", "was"], [0, 0, 2, 1], [0, 1, 2, 2], [0, 1, 2, 2]) == [
        "woman",
        "vote",
        "weny",
        "be",
    ]
