"""What a page prints twice: the headline, whole paragraphs, pull quotes."""

import re
import unicodedata
from collections.abc import Sequence

_WORD = re.compile(r"\w+")
_MIN_REPEAT = 6  # words; shorter paragraphs may rightly come back ("He declined to comment.")
_MIN_PULL = 5
_MAX_PULL = 70
_SHARE = 0.85  # of a pull quote's three-word runs that stand in one other paragraph
_SIGNATURE_WORDS = 12


def fold(text: str) -> str:
    """Words of a text, lower case and without marks, joined by single spaces: equal for prints that differ in style alone."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(_WORD.findall(plain.replace("’", "").replace("'", "")))


def repeated(paragraphs: Sequence[str], *, title: str | None) -> dict[int, str]:
    """Indexes of the paragraphs that repeat something, with the reason; the first print is never among them."""
    folded = [fold(p) for p in paragraphs]
    reasons = _repeated_titles(folded, fold(title) if title else None)
    seen: dict[str, int] = {}
    for n, words in enumerate(folded):
        if n in reasons or words.count(" ") + 1 < _MIN_REPEAT:
            continue
        if words in seen:
            reasons[n] = "repeated_paragraph"
        else:
            seen[words] = n
    runs = [_runs(words) for words in folded]
    for n in range(len(paragraphs)):
        if n and n not in reasons and _is_pull_quote(n, folded, runs, reasons):
            reasons[n] = "pull_quote"
            if n + 1 < len(paragraphs) and n + 1 not in reasons and _is_signature(paragraphs[n + 1]):
                reasons[n + 1] = "pull_quote_signature"
    return reasons


def _repeated_titles(folded: Sequence[str], title: str | None) -> dict[int, str]:
    if not title:
        return {}
    prints = [n for n, words in enumerate(folded) if words == title]
    return dict.fromkeys(prints[1:], "repeated_headline")


def _runs(words: str) -> frozenset[tuple[str, ...]]:
    parts = words.split()
    return frozenset(zip(parts, parts[1:], parts[2:], strict=False))


def _is_pull_quote(n: int, folded: Sequence[str], runs: Sequence[frozenset[tuple[str, ...]]], gone: dict[int, str]) -> bool:
    """Whether the paragraph is a piece of another, longer one that stays."""
    words = folded[n]
    length = words.count(" ") + 1
    if not _MIN_PULL <= length <= _MAX_PULL:
        return False
    for other, text in enumerate(folded):
        if other == n or other in gone or len(text) <= len(words):
            continue
        if f" {words} " in f" {text} ":
            return True
        if length >= 2 * _MIN_PULL and runs[n] and len(runs[n] & runs[other]) >= _SHARE * len(runs[n]):
            return True
    return False


def _is_signature(text: str) -> bool:
    """A name and what its bearer is, as printed under a pull quote."""
    words = text.lstrip("–—- ").split()
    return 1 <= len(words) <= _SIGNATURE_WORDS and not text.endswith((".", "!", "?", ":", "”", '"')) and words[0][0].isupper()
