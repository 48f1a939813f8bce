"""Words are cut as spaCy's rules and ours say, whatever is left untried."""

import sys
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.lang.en import English
from spacy.tokenizer import Tokenizer
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

from crossread.reading.tokenize import RUNS, blank_pipeline

PLAIN: Any = English()
RULES: Any = PLAIN.Defaults
PREFIX = compile_prefix_regex([*RUNS, *RULES.prefixes])
SUFFIX = compile_suffix_regex([*RULES.suffixes, *RUNS])
INFIX = compile_infix_regex(RULES.infixes)
PLAIN.tokenizer = Tokenizer(
    PLAIN.vocab,
    rules=RULES.tokenizer_exceptions,
    prefix_search=PREFIX.search,
    suffix_search=SUFFIX.search,
    infix_finditer=INFIX.finditer,
    token_match=RULES.token_match,
    url_match=RULES.url_match,
)
TEXTS = (
    "“We'll go,” said Ms. Oda-Renn of karsa.example.org/news?x=1 (aged 47km).", "He paid US$5m, i.e. 3.5%... and left!!! Can't they?",
    "İstanbul's 1920s–30s re-opening; the non-\nproliferation talks #3 @oda ~~ C$7 7C$ €9 9€ 20kg :-) ((",
    "12:30p.m. a.m ლ5 5ლ naïve café ≤3 a—b",
)  # fmt: skip


def words(nlp: Any, text: str) -> list[tuple[str, int]]:
    return [(t.text, t.idx) for t in nlp.tokenizer(text)]


@pytest.mark.parametrize("text", TEXTS)
def test_cut_as_the_rules_say(text: str) -> None:
    assert words(blank_pipeline(), text) == words(PLAIN, text)


def test_example_reports_are_cut_as_the_rules_say() -> None:
    folder = files("crossread") / "examples" / "varnik"
    for path in folder.iterdir():
        if path.name.endswith(".txt"):
            text = path.read_text(encoding="utf-8")
            assert words(blank_pipeline(), text) == words(PLAIN, text), path.name


@given(st.text(max_size=60))
def test_any_text_is_cut_as_the_rules_say(text: str) -> None:
    assert words(blank_pipeline(), text) == words(PLAIN, text)


def test_letters_alone_match_none_of_the_patterns() -> None:
    letters = [c for c in map(chr, range(sys.maxunicode + 1)) if c.isalpha()]
    assert len(letters) > 100_000
    for start in range(0, len(letters), 500):
        some = letters[start : start + 500]
        for text in (*some, "a".join(some), "".join(some), "a" + some[-1] + "B"):
            assert text.isalpha()
            found = (PREFIX.search(text), SUFFIX.search(text), next(INFIX.finditer(text), None), RULES.url_match(text))
            assert found == (None, None, None, None), text


def test_rules_can_be_written_and_read_again() -> None:
    again: Any = English()
    ours: Any = blank_pipeline()
    again.tokenizer.from_bytes(ours.tokenizer.to_bytes())
    for text in TEXTS:
        assert words(again, text) == words(PLAIN, text)


def test_words_know_what_is_read_of_them() -> None:
    doc = blank_pipeline().tokenizer("The Bridge\n\nfell")
    assert [(t.lower_, t.is_space) for t in doc] == [("the", False), ("bridge", False), ("\n\n", True), ("fell", False)]
