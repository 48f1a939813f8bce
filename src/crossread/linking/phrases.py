"""A small language for phrases of news English, compiled to linear-time regular expressions over folded text.

A phrase is a row of elements parted by spaces:

- ``veto`` the word itself; ``veto*`` words that begin so; ``*backed`` words that end so;
- ``draft*|text`` one of several; ``call*_off`` words that stand together, inside one alternative;
- ``TRUCE`` a named list of alternatives; ``NUM`` a number in digits or words; ``NAME`` any word;
- ``..`` up to three words between, ``...`` up to eight; a gap never runs over a semicolon, a bracket or a sentence end;
- ``(may)`` an element that may be left out.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache

Starts = Mapping[str, Sequence[int]]
"""Offsets of words by their first letters."""

_GAPS = {"..": 3, "...": 8}
_BETWEEN = r"[^\w;()]+"
_NUMBER = (
    r"(?:\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen"
    r"|nineteen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-\w+)?|hundreds?|dozens?)"
)
_SPECIAL = {"NUM": _NUMBER, "NAME": r"\w[\w'.-]*"}


@dataclass(frozen=True, slots=True)
class Phrases:
    """Compiled phrases, with a quick test of which texts cannot hold any of them."""

    pattern: re.Pattern[str]
    anchors: tuple[tuple[frozenset[str], ...], ...]
    """For each phrase, for each of its elements that is fixed enough: how its words may begin (`starts_of`)."""
    firsts: frozenset[str] | None = None
    """How the first word of any phrase may begin; ``None`` where nothing is known of one of them."""

    def may_match(self, prefixes: Set[str]) -> bool:
        """Whether a text whose words begin so may hold a phrase; ``False`` is sure."""
        for phrase in self.anchors:
            for anchor in phrase:
                if anchor.isdisjoint(prefixes):
                    break
            else:
                return True
        return False

    def search(self, folded: str, starts: Starts | None = None) -> re.Match[str] | None:
        """The first place of a phrase in folded text."""
        return next(self.finditer(folded, starts), None)

    def finditer(self, folded: str, starts: Starts | None = None) -> Iterator[re.Match[str]]:
        """All places of phrases in folded text; with the starts of its words (`starts_of`) only these are tried."""
        if starts is None or self.firsts is None:
            yield from self.pattern.finditer(folded)
            return
        end = 0
        for start in sorted([at for first in self.firsts & starts.keys() for at in starts[first]]):
            match = self.pattern.match(folded, start) if start >= end else None
            if match is not None:
                end = match.end()
                yield match


class PhraseIndex:
    """Finds at once which of many `Phrases` a text may hold."""

    def __init__(self, all_phrases: Iterable[Phrases]) -> None:
        self._by_prefix: dict[str, list[tuple[int, tuple[frozenset[str], ...]]]] = {}
        self._always: set[int] = set()
        for number, phrases in enumerate(all_phrases):
            for anchors in phrases.anchors:
                if not anchors:
                    self._always.add(number)
                    continue
                rarest = min(anchors, key=len)
                others = tuple(a for a in anchors if a is not rarest)
                for prefix in rarest:
                    self._by_prefix.setdefault(prefix, []).append((number, others))

    def candidates(self, prefixes: Set[str]) -> list[int]:
        """Numbers of the phrases that a text whose words begin so may hold, in order."""
        found = set(self._always)
        for prefix in self._by_prefix.keys() & prefixes:
            for number, others in self._by_prefix[prefix]:
                if number not in found and not any(map(prefixes.isdisjoint, others)):
                    found.add(number)
        return sorted(found)


_PREFIX = 3
_WORD = re.compile(r"\w+")


def starts_of(folded: str) -> Starts:
    """Where the words of folded text begin, by their first letters."""
    starts: dict[str, list[int]] = {}
    for match in _WORD.finditer(folded):
        at = match.start()
        starts.setdefault(folded[at : min(at + _PREFIX, match.end())], []).append(at)
    return starts


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
    """How a word of a phrase may begin; ``""`` when nothing is known."""
    if word in _SPECIAL or word.startswith("*"):
        yield ""
    elif word.isupper() and len(word) > 2:
        for alternative in lists.get(word, "").split():
            yield from _beginnings(alternative, lists)
    else:
        start = re.split(r"[_*.'-]", word)[0]
        yield start[:_PREFIX] if len(start) >= _PREFIX or "*" not in word[: len(start) + 1] else ""


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
