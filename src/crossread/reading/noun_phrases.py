"""Heads, edges and coordinated parts of noun phrases, from a parsed ``Doc`` (Universal Dependencies labels).

Everything here copes with a wrong or missing parse: without one, the last noun before a preposition or comma is the head.
"""

import bisect
import re
from typing import TYPE_CHECKING

from crossread.reading.doc_text import text_of
from crossread.reading.token_table import TokenTable
from crossread.records import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

ELECT = ("-elect", "-designate")
"""Ends of words for an office to come."""
ARTICLES = frozenset({"the", "a", "an"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_POSSESSIVE = ("'s", "’s", "'", "’")
_BLANK_LINE = re.compile(r"\n[ \t\u00a0]*\n\s*|\n")
_STOPS = frozenset({"ADP", "SCONJ", "VERB", "AUX"})


def own_words(text: str, span: Span) -> str:
    """The words of a phrase as a name: white space evened out, leading article and possessive ending dropped."""
    words = span.of(text).split()
    while len(words) > 1 and words[0].lower() in ARTICLES:
        words = words[1:]
    name = " ".join(words)
    for ending in _POSSESSIVE[:2]:
        name = name.removesuffix(ending)
    return name.strip(" ,;:.\"“”'‘’()[]") or name


class PhraseTokens:
    """The tokens of a ``Doc`` as plain lists, for look-ups by offset."""

    def __init__(self, doc: "Doc") -> None:
        table = TokenTable.of(doc)
        self.words, self.lower, self.lemmas = table.words, table.lower, table.lemmas
        self.starts, self.ends, self.is_space, self.is_word = table.starts, table.ends, table.is_space, table.is_word
        self.heads, self.deps, self.pos, self.tags = table.heads, table.deps, table.pos, table.tags
        self.sentences, self.children = table.sentences, table.children
        breaks = [m.end() for m in _BLANK_LINE.finditer(text_of(doc))]
        self._known_heads: dict[Span, int | None] = {}
        self.paragraphs = [bisect.bisect_right(breaks, s) for s in self.starts]

    @classmethod
    def of(cls, doc: "Doc") -> "PhraseTokens":
        """The lists of a ``Doc``, made once and kept in its ``user_data``."""
        known = doc.user_data.get("crossread.phrase_tokens")
        if known is None:
            known = doc.user_data["crossread.phrase_tokens"] = cls(doc)
        return known

    def __len__(self) -> int:
        return len(self.words)

    def joined(self, i: int) -> bool:
        """Whether token ``i`` follows the one before without white space."""
        return i > 0 and self.starts[i] == self.ends[i - 1]

    def indices(self, span: Span) -> range:
        """Indices of the tokens that the span touches."""
        return range(bisect.bisect_right(self.ends, span.start), bisect.bisect_left(self.starts, span.end))

    def span(self, first: int, last: int | None = None) -> Span:
        """The span from one token to another, both included."""
        return Span(self.starts[first], self.ends[first if last is None else last])

    def trimmed(self, span: Span) -> Span:
        """The span without a leading article, outer punctuation and white space, and a possessive ending."""
        numbers, words = self.indices(span), self.words
        first, last = numbers.start, numbers.stop - 1
        while first <= last and not words[first][0].isalnum():
            first += 1
        while first <= last and (words[last] in _POSSESSIVE or not self.is_word[last]):
            last -= 1
        if first < last and self.lower[first] in ARTICLES:
            first += 1
        return self.span(first, last) if first <= last else span

    def head(self, span: Span) -> int | None:
        """The token of the span that all its others depend on; of several, the first nominal one that is not an article."""
        if span not in self._known_heads:
            self._known_heads[span] = self._find_head(span)
        return self._known_heads[span]

    def _find_head(self, span: Span) -> int | None:
        numbers = self.indices(span)
        words = [i for i in numbers if self.is_word[i]]
        if not words:
            return None
        roots = [i for i in words if self.heads[i] not in numbers or self.heads[i] == i]
        nominal = [i for i in roots if self.pos[i] in _NOMINAL]
        if len(roots) == 1 and (nominal or self.pos[roots[0]] not in _STOPS):
            return roots[0]
        return nominal[0] if nominal else self._last_noun(words)

    def _last_noun(self, words: list[int]) -> int:
        """The last noun before the first preposition, comma or verb; the last word where there is none."""
        found = None
        for i in words:
            if found is not None and (self.pos[i] in _STOPS or i - found > 1):
                break
            if self.pos[i] in _NOMINAL:
                found = i
        return words[-1] if found is None else found

    def parts(self, span: Span) -> list[Span]:
        """The phrase split at its coordinations ("residents and activists"); one part when nothing is coordinated."""
        head = self.head(span)
        if head is None:
            return []
        numbers = self.indices(span)
        heads = [head, *(i for i in numbers if self.deps[i] == "conj" and self._conj_root(i) == head)]
        if len(heads) == 1:
            return [span]
        firsts = [numbers[0]]
        for i in heads[1:]:
            first = i
            while first - 1 > firsts[-1] and self._under(first - 1, i) and self.deps[first - 1] not in ("cc", "punct"):
                first -= 1
            firsts.append(first)
        lasts = [self._before(n, numbers[0]) for n in firsts[1:]] + [numbers[-1]]
        return [self.span(a, max(a, b)) for a, b in zip(firsts, lasts, strict=True)]

    def _before(self, first: int, least: int) -> int:
        """The last word before a part, leaving out conjunctions, commas and spaces."""
        i = first - 1
        while i > least and (self.deps[i] in ("cc", "punct") or self.is_space[i] or self.words[i] == ","):
            i -= 1
        return i

    def _conj_root(self, i: int) -> int:
        for _ in range(50):
            if self.deps[i] != "conj":
                return i
            i = self.heads[i]
        return i

    def _under(self, i: int, top: int) -> bool:
        for _ in range(50):
            if i == top:
                return True
            if self.heads[i] == i:
                return False
            i = self.heads[i]
        return False
