"""What a page prints twice: the headline, whole paragraphs, pull quotes."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence

_WORD = re.compile(r"\w+")
_MIN_REPEAT = 6  # words; shorter paragraphs may rightly come back ("He declined to comment.")
_MIN_PULL = 5
_MAX_PULL = 70
_SHARE = 0.85  # of a pull quote's three-word runs that stand in one other paragraph
_SIGNATURE_WORDS = 12
_MOST_PLACES = 40
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
    places = _places_of_runs(folded, reasons)
    for n in range(1, len(paragraphs)):
        if n not in reasons and _is_pull_quote(n, folded, places, reasons):
            reasons[n] = "pull_quote"
            if n + 1 < len(paragraphs) and n + 1 not in reasons and _is_signature(paragraphs[n + 1]):
                reasons[n + 1] = "pull_quote_signature"
    return reasons


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


def _runs(words: str) -> list[tuple[str, ...]]:
    parts = words.split()
    return list(zip(parts, parts[1:], parts[2:], strict=False))


def _places_of_runs(folded: Sequence[str], gone: dict[int, str]) -> dict[tuple[str, ...], list[int]]:
    """Paragraphs in which each run of three words stands; of a run that stands everywhere the first few."""
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for n, words in enumerate(folded):
        if n not in gone:
            for run in dict.fromkeys(_runs(words)):
                if len(places[run]) < _MOST_PLACES:
                    places[run].append(n)
    return places


def _is_pull_quote(n: int, folded: Sequence[str], places: dict[tuple[str, ...], list[int]], gone: dict[int, str]) -> bool:
    """Whether the paragraph is a piece of another, longer one that stays."""
    words = folded[n]
    length = words.count(" ") + 1
    if not _MIN_PULL <= length <= _MAX_PULL:
        return False
    runs = list(dict.fromkeys(_runs(words)))
    shared = Counter(other for run in runs for other in places[run])
    for other, n_shared in shared.items():
        if other == n or other in gone or len(folded[other]) <= len(words):
            continue
        if n_shared == len(runs) and f" {words} " in f" {folded[other]} ":
            return True
        if length >= 2 * _MIN_PULL and n_shared >= _SHARE * len(runs):
            return True
    return False


def _is_signature(text: str) -> bool:
    """A name and what its bearer is, as printed under a pull quote."""
    words = text.lstrip("–—- ").split()
    return 1 <= len(words) <= _SIGNATURE_WORDS and not text.endswith((".", "!", "?", ":", "”", '"')) and words[0][0].isupper()
