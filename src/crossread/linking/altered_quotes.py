"""One quotation that two reports print with another word in it."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from crossread.linking.independence import alike_sentences
from crossread.linking.sentences import Sentence, StoryView
from crossread.linking.sides import Passage, dispute_of, shorten, side_told
from crossread.linking.stems import fold, is_content, stem
from crossread.records import Dispute
from crossread.vocabulary import Compatible, DisputeKind

_QUOTED = re.compile(r"[\"“]([^\"“”]{25,600})[\"”]")
_QUOTES = re.compile(r"[\"“]")
_WORD = re.compile(r"\w{1,60}(?:['’.-]\w{1,60}){0,6}")
_LEAST, _LONGEST, _MOST = 6, 3, 3
"""Words that a quotation holds; words that may differ in one place; such differences shown of one story."""
_MOST_OF_IT = 0.7
"""Share of the words of the shorter quotation that the other holds."""
_SHARED = 0.5
"""Share of the different words of one that the other must hold to be worth comparing word by word."""
_SAME_LETTERS = 0.7
"""Likeness of two words from which they are one in two spellings."""


def altered_quotes(view: StoryView) -> Iterator[Dispute]:
    """One dispute for each pair of reports that print a quotation with other words in one place."""
    shown: set[frozenset[str]] = set()
    for one, other in alike_sentences(view):
        found = _altered(one, other) if _QUOTES.search(one.text) and _QUOTES.search(other.text) else None
        if found is None or frozenset(found) in shown or len(shown) == _MOST:
            continue
        shown.add(frozenset(found))
        told = zip((one, other), found, strict=True)
        sides = [side_told(view.case, [Passage(s)], f"“{words}”: {shorten(s.text, 180)}") for s, words in told]
        topic = f"How the quotation runs: “{found[0]}” or “{found[1]}”"
        why = "two reports print one quotation with different words"
        yield dispute_of(DisputeKind.WORDING, topic, sides, Compatible.UNCLEAR, why)


def _altered(one: Sentence, other: Sentence) -> tuple[str, str] | None:
    """The words in which a quotation differs between two sentences."""
    for ours in _QUOTED.findall(one.text):
        for theirs in _QUOTED.findall(other.text):
            found = _in_one_place(_WORD.findall(ours), _WORD.findall(theirs))
            if found is not None:
                return found
    return None


def _in_one_place(ours: list[str], theirs: list[str]) -> tuple[str, str] | None:
    """The words in one place in which two rows of words differ, between words that they share."""
    if (
        min(len(ours), len(theirs)) < _LEAST
        or ours == theirs
        or len({*ours} & {*theirs}) < _SHARED * min(len({*ours}), len({*theirs}))
    ):
        return None
    matcher = SequenceMatcher(None, [fold(w) for w in ours], [fold(w) for w in theirs], autojunk=False)
    replaced = [c for c in matcher.get_opcodes() if c[0] == "replace"]
    inside = [
        c
        for c in matcher.get_opcodes()
        if c[0] in ("insert", "delete") and c[1] and c[3] and c[2] < len(ours) and c[4] < len(theirs)
    ]
    if len(replaced) != 1 or any(is_content(fold(w)) for _, a, b, c, d in inside for w in (*ours[a:b], *theirs[c:d])):
        return None
    _, a, b, c, d = replaced[0]
    if a == 0 or c == 0 or b == len(ours) or d == len(theirs) or max(b - a, d - c) > _LONGEST:
        return None
    if sum(n for *_, n in matcher.get_matching_blocks()) < _MOST_OF_IT * min(len(ours), len(theirs)):
        return None
    first, second = " ".join(ours[a:b]), " ".join(theirs[c:d])
    return (first, second) if _say_other(first, second) else None


def _say_other(first: str, second: str) -> bool:
    """Whether two stretches differ in more than spelling, form or words that carry nothing."""
    words = [[w for w in map(str.lower, text.split()) if is_content(w)] for text in (first, second)]
    if not all(words) or {stem(w) for w in words[0]} & {stem(w) for w in words[1]}:
        return False
    return SequenceMatcher(None, first.lower(), second.lower()).ratio() < _SAME_LETTERS
