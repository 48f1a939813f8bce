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
_BUDGET = 100_000_000  # code points compared in one text; what is left beyond it stays in the text
_REACH = 40  # paragraphs around a shortened pull quote in which its original is looked for
_OPENING = ("“", '"', "‘", "'")
_QUOTE_ENDS = ("”", '"', "’", "'")
_CLOSING = (".", "!", "?", *_QUOTE_ENDS)
_HEAD = 6  # paragraphs among which a shortened headline is looked for


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
    _find_pull_quotes(paragraphs, folded, reasons)
    return reasons


def _find_pull_quotes(paragraphs: Sequence[str], folded: Sequence[str], reasons: dict[int, str]) -> None:
    """Add the paragraphs that are a piece of another, longer one that stays, and the names under them."""
    whole = " \n ".join("" if n in reasons else words for n, words in enumerate(folded))
    whole = f" {whole} "
    budget = _BUDGET
    for n in range(1, len(paragraphs)):
        words = folded[n]
        length = words.count(" ") + 1
        if n in reasons or not _MIN_PULL <= length <= _MAX_PULL or budget <= 0:
            continue
        budget -= len(whole)
        if whole.count(f" {words} ") < 2 and not (length >= 2 * _MIN_PULL and _is_loose_piece(n, paragraphs, folded, reasons)):
            continue
        reasons[n] = "pull_quote"
        if n + 1 < len(paragraphs) and n + 1 not in reasons and _is_signature(paragraphs[n + 1]):
            reasons[n + 1] = "pull_quote_signature"


def _repeated_titles(folded: Sequence[str], title: str | None) -> dict[int, str]:
    if not title:
        return {}
    prints = [n for n, words in enumerate(folded) if words == title]
    pieces = [n for n, words in enumerate(folded[:_HEAD]) if words != title and _is_piece(words, title)]
    return dict.fromkeys([*prints[1:], *pieces], "repeated_headline")


def is_shortened(line: str, headline: str) -> bool:
    """Whether a line prints the headline again, whole or for the most part."""
    return _is_piece(fold(line), fold(headline))


def _is_piece(words: str, whole: str) -> bool:
    return words.count(" ") + 1 >= _MIN_PULL and f" {words} " in f" {whole} " and len(words) > 0.6 * len(whole)


def _runs(words: str) -> set[tuple[str, ...]]:
    parts = words.split()
    return set(zip(parts, parts[1:], parts[2:], strict=False))


def _is_loose_piece(n: int, paragraphs: Sequence[str], folded: Sequence[str], gone: dict[int, str]) -> bool:
    """Whether a line set apart (in quotation marks, or without a full stop) has nearly all its words in another paragraph.

    Pull quotes are often shortened, or drop the "he said" in their middle.
    """
    text = paragraphs[n]
    if text.endswith(_CLOSING) and not (text.startswith(_OPENING) and text.endswith(_QUOTE_ENDS)):
        return False
    runs = _runs(folded[n])
    near = range(max(0, n - _REACH), min(len(folded), n + _REACH + 1))
    others = (m for m in near if m != n and m not in gone and len(folded[m]) > len(folded[n]))
    return any(len(runs & _runs(folded[m])) >= _SHARE * len(runs) for m in others)


def _is_signature(text: str) -> bool:
    """A name and what its bearer is, as printed under a pull quote."""
    words = text.lstrip("–—- ").split()
    return 1 <= len(words) <= _SIGNATURE_WORDS and not text.endswith((".", "!", "?", ":", "”", '"')) and words[0][0].isupper()
