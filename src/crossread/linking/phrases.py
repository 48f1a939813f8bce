"""A small language for phrases of news English, compiled to linear-time regular expressions over folded text.

A phrase is a row of elements parted by spaces:

- ``veto`` the word itself; ``veto*`` words that begin so; ``*backed`` words that end so;
- ``draft*|text`` one of several; ``call*_off`` words that stand together, inside one alternative;
- ``TRUCE`` a named list of alternatives; ``NUM`` a number in digits or words; ``NAME`` any word;
- ``..`` up to three words between, ``...`` up to eight; a gap never runs over a semicolon, a bracket or a sentence end;
- ``(may)`` an element that may be left out.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

Starts = Mapping[str, Sequence[int]]
"""Offsets of words."""

_GAPS = {"..": 3, "...": 8}
_BETWEEN = r"[^\w;()]+"
_NUMBER = (
    r"(?:\d[\d,.]{0,20}+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen"
    r"|nineteen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-\w+)?|hundreds?|dozens?)"
)
_SPECIAL = {"NUM": _NUMBER, "NAME": r"\w[\w'.-]*"}


@dataclass(frozen=True, slots=True)
class Phrases:
    """Compiled phrases, with a quick test of which texts cannot hold any of them."""

    pattern: re.Pattern[str]
    anchors: tuple[tuple[frozenset[str], ...], ...]
    """For each phrase, for each of its elements that is fixed enough: how its words may begin (`beginnings_of`)."""
    firsts: frozenset[str] | None = None
    """How the first word of any phrase may begin; ``None`` where nothing is known of one of them."""

    def search(self, folded: str, starts: Starts | None = None) -> re.Match[str] | None:
        """The first place of a phrase in folded text."""
        if starts is None or self.firsts is None:
            return self.pattern.search(folded)
        for start in self._possible(starts):
            match = self.pattern.match(folded, start)
            if match is not None:
                return match
        return None

    def finditer(self, folded: str, starts: Starts | None = None) -> Iterable[re.Match[str]]:
        """All places of phrases in folded text; with the starts of its words (`starts_of`) only these are tried."""
        if starts is None or self.firsts is None:
            return self.pattern.finditer(folded)
        found, end = [], 0
        for start in self._possible(starts):
            match = self.pattern.match(folded, start) if start >= end else None
            if match is not None:
                end = match.end()
                found.append(match)
        return found

    def _possible(self, starts: Starts) -> list[int]:
        """Places of words with which a phrase may begin, in order."""
        firsts = self.firsts or frozenset()
        return sorted([at for word in starts if not firsts.isdisjoint(beginnings_of(word)) for at in starts[word]])


class PhraseIndex:
    """Finds at once which of many `Phrases` a text may hold."""

    def __init__(self, all_phrases: Iterable[Phrases]) -> None:
        self._by_beginning: dict[str, list[tuple[int, tuple[frozenset[str], ...]]]] = {}
        self._always: set[int] = set()
        self._known: set[str] = set()
        self._of_word: dict[str, frozenset[str]] = {}
        for number, phrases in enumerate(all_phrases):
            for anchors in phrases.anchors:
                if not anchors:
                    self._always.add(number)
                    continue
                self._known.update(*anchors)
                rarest = min(anchors, key=len)
                others = tuple(a for a in anchors if a is not rarest)
                for beginning in rarest:
                    self._by_beginning.setdefault(beginning, []).append((number, others))

    def candidates(self, words: Iterable[str]) -> list[int]:
        """Numbers of the phrases that a text of these words may hold, in order."""
        held: set[str] = set()
        for word in words:
            own = self._of_word.get(word)
            if own is None:
                if len(self._of_word) >= _MOST_WORDS:
                    self._of_word.clear()
                own = self._of_word[word] = beginnings_of(word) & self._known
            if own:
                held |= own
        found = set(self._always)
        for beginning in held:
            for number, others in self._by_beginning.get(beginning, ()):
                if number not in found and not any(map(held.isdisjoint, others)):
                    found.add(number)
        return sorted(found)


_LEAST, _MOST_WORDS = 3, 131_072
_WORD = re.compile(r"\w+")


def starts_of(folded: str) -> Starts:
    """Where the words of folded text begin."""
    starts: dict[str, list[int]] = {}
    for match in _WORD.finditer(folded):
        starts.setdefault(match.group(), []).append(match.start())
    return starts


@lru_cache(maxsize=_MOST_WORDS)
def beginnings_of(word: str) -> frozenset[str]:
    """How a word of a phrase may be put down that this word of a text is: in full, without an ending, or by its first letters and ``*``."""
    found = {word}
    if word.endswith("s") and len(word) >= _LEAST + 2:
        found.add(word[:-2])  # what is called a *veto* may be *vetoes*
    found.update(f"{word[:n]}*" for n in range(_LEAST, len(word) + 1))
    return frozenset(found)


def compile_phrases(phrases: Iterable[str], lists: Mapping[str, str] | None = None) -> Phrases:
    """One pattern that finds any of the phrases in folded text.

    Raises:
        ValueError: If a phrase names a list that is not there.
    """
    known, given = dict(lists or {}), tuple(phrases)
    pattern = re.compile("|".join(f"(?:{_phrase(p, known)})" for p in given))
    return Phrases(pattern, tuple(_anchors(p, known) for p in given), _firsts(given, known))


def _firsts(phrases: Iterable[str], lists: Mapping[str, str]) -> frozenset[str] | None:
    """How the first words of phrases may begin, elements that may be left out and those after them included."""
    found: set[str] = set()
    for phrase in phrases:
        for element in phrase.split():
            found |= {b for word in element.strip("()").split("|") for b in _beginnings(word, lists)}
            if not element.startswith("("):
                break
    return None if "" in found else frozenset(found)


def _anchors(phrase: str, lists: Mapping[str, str]) -> tuple[frozenset[str], ...]:
    found = []
    for element in phrase.split():
        if element in _GAPS or element.startswith("("):
            continue
        begins = {b for word in element.split("|") for b in _beginnings(word, lists)}
        if "" not in begins:
            found.append(frozenset(begins))
    return tuple(found)


def _beginnings(word: str, lists: Mapping[str, str]) -> Iterator[str]:
    """How a word of a phrase may begin (`beginnings_of`); ``""`` when nothing is known."""
    if word in _SPECIAL or word.startswith("*"):
        yield ""
    elif word.isupper() and len(word) > 2:
        for alternative in lists.get(word, "").replace("|", " ").split():
            yield from _beginnings(alternative, lists)
    else:
        start = re.split(r"[_*.'-]", word)[0]
        goes_on = word[len(start) : len(start) + 1] in ("*", "-")
        if len(start) >= _LEAST:
            yield f"{start}*" if goes_on else start
        else:
            yield start if "*" not in word[: len(start) + 1] else ""


def _phrase(phrase: str, lists: Mapping[str, str]) -> str:
    pattern, pending = r"(?<![\w'])", ""
    for element in phrase.split():
        if element in _GAPS:
            pending += rf"(?:[\w']+{_BETWEEN}){{0,{_GAPS[element]}}}?"
            continue
        optional = element.startswith("(") and element.endswith(")")
        words = _element(element.strip("()"), lists)
        if optional:
            pending += f"(?:{words}{_BETWEEN})?"
        else:
            pattern += f"{pending}{words}"
            pending = _BETWEEN
    return pattern + r"(?![\w'](?!s\b))"


def _element(element: str, lists: Mapping[str, str]) -> str:
    alternatives = []
    for word in element.split("|"):
        if word in _SPECIAL:
            alternatives.append(_SPECIAL[word])
        elif word.isupper() and len(word) > 2:
            if word not in lists:
                raise ValueError(f"unknown list {word!r} in a phrase; lists are {', '.join(sorted(lists))}")
            alternatives.append(_element("|".join(lists[word].split()), lists))
        else:
            alternatives.append(_word(word))
    return f"(?:{'|'.join(alternatives)})"


@lru_cache(maxsize=4096)
def _word(word: str) -> str:
    parts = (re.escape(part).replace(r"\*", r"\w*").replace(r"\-", "[ -]?") for part in word.split("_"))
    return r"[ -]".join(parts)
