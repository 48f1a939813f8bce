"""One quotation that two reports print with another word in it."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import combinations

from crossread.linking.independence import alike_sentences
from crossread.linking.sentences import Sentence, StoryView
from crossread.linking.sides import Passage, dispute_of, shorten, side_of, side_told
from crossread.linking.statements import Statement, statements_of_view
from crossread.linking.stems import fold, is_content, stem, words_of
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
    for first, second in _short_ones(view):
        if frozenset((first[1], second[1])) not in shown:
            shown.add(frozenset((first[1], second[1])))
            yield _of_one_word(view, first, second)
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


_SHORTEST = 4
"""Words of a short sentence of a quotation that two reports print with another word in it."""


def _short_ones(view: StoryView) -> Iterator[tuple[tuple[Statement, str], tuple[Statement, str]]]:
    """Short sentences that differ by a word between two reports of a quotation of which both print another sentence alike."""
    runs: dict[tuple[str, str], list[Statement]] = {}
    for statement in statements_of_view(view):
        said = statement.attribution
        if said is not None and statement.speakers and _QUOTES.match(said.content[0].of(statement.sentence.reading.document.text)):
            runs.setdefault((statement.sentence.document, said.id), []).append(statement)
    several = [run for run in runs.values() if len(run) > 1]
    for one, other in combinations(several, 2):
        found = _in_a_run(one, other) if one[0].sentence.document != other[0].sentence.document else None
        if found is not None and not any(_prints(view, a, b) for a, b in (found, found[::-1])):
            yield found


def _prints(view: StoryView, one: tuple[Statement, str], other: tuple[Statement, str]) -> bool:
    """Whether the report of one sentence prints the other sentence, too."""
    words = " ".join(words_of(other[0].folded))
    return any(words in " ".join(words_of(s.folded)) for s in view.by_document[one[0].sentence.document])


def _of_one_word(view: StoryView, first: tuple[Statement, str], second: tuple[Statement, str]) -> Dispute:
    sides = [side_of(view.case, [statement], position=f"“{word}”: {statement.text}") for statement, word in (first, second)]
    topic = f"How the quotation runs: “{first[1]}” or “{second[1]}”"
    return dispute_of(DisputeKind.WORDING, topic, sides, Compatible.UNCLEAR, "two reports print one quotation with different words")


def _in_a_run(one: Sequence[Statement], other: Sequence[Statement]) -> tuple[tuple[Statement, str], tuple[Statement, str]] | None:
    """The sentences in which two quotations of one speaker differ by one word, where they share another sentence."""
    if one[0].speakers != other[0].speakers:
        return None
    ours, theirs = ({tuple(words_of(s.folded)): s for s in run} for run in (one, other))
    if not any(len(words) >= _SHORTEST for words in ours.keys() & theirs.keys()):
        return None
    for a in ours.keys() - theirs.keys():
        for b in theirs.keys() - ours.keys():
            differing = [n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y]
            if len(a) == len(b) >= _SHORTEST and len(differing) == 1 and _say_other(a[differing[0]], b[differing[0]]):
                return (ours[a], a[differing[0]]), (theirs[b], b[differing[0]])
    return None


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
