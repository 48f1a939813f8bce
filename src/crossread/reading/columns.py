"""The columns of a ``Doc`` as plain lists, read once.

Attribution looks at every token many times; a list look-up costs a twentieth of a spaCy attribute.
"""

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from crossread.reading.doc_text import text_of
from crossread.reading.token_table import TokenTable
from crossread.records import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

_BREAK = re.compile(r"\n[ \t\u00a0]*(?:\n\s*)?")

NOMINAL = frozenset(("NOUN", "PROPN", "PRON"))
SUBJECTS = frozenset(("nsubj", "nsubj:pass", "nsubjpass", "csubj", "nsubj:outer"))


class Columns:
    """Tokens of one document: one list per property, indexed by token number; the lists are those of `TokenTable`.

    ``sentences`` and ``lines`` number the sentence and the line of each token, ``children`` holds its dependents, left to right.
    """

    __slots__ = (
        "_heads_of",
        "children",
        "deps",
        "doc",
        "ends",
        "heads",
        "lemmas",
        "lines",
        "lower",
        "n",
        "pos",
        "sentences",
        "starts",
        "tags",
        "text",
    )

    def __init__(self, doc: "Doc") -> None:
        self.doc = doc
        self._heads_of: dict[tuple[int, int], int] = {}
        self.text = text_of(doc)
        table = TokenTable.of(doc)
        self.n = len(table.words)
        self.lower, self.lemmas, self.tags, self.pos, self.deps = table.lower, table.lemmas, table.tags, table.pos, table.deps
        self.heads, self.starts, self.ends = table.heads, table.starts, table.ends
        self.sentences, self.children = table.sentences, table.children
        breaks = [m.end() for m in _BREAK.finditer(self.text)]
        self.lines = [bisect_right(breaks, start) for start in self.starts]

    def subtree(self, root: int, *, without: frozenset[str] = frozenset()) -> list[int]:
        """Token numbers under ``root``, itself included, in order; dependents of the root with a label in ``without`` left out."""
        children, found, stack = self.children, [root], [c for c in self.children[root] if self.deps[c] not in without]
        while stack:
            i = stack.pop()
            found.append(i)
            stack.extend(children[i])
        return sorted(found)

    def head_of(self, start: int, end: int) -> int:
        """The token of ``[start, end)`` whose head lies outside; the first nominal or verb of several, else the first."""
        known = self._heads_of.get((start, end))
        if known is None:
            known = self._heads_of[start, end] = self._head_of(start, end)
        return known

    def _head_of(self, start: int, end: int) -> int:
        heads, deps = self.heads, self.deps
        tops = [i for i in range(start, end) if (not start <= heads[i] < end or heads[i] == i) and deps[i] not in ("punct", "")]
        if not tops:
            return start
        for i in tops:
            if self.pos[i] in NOMINAL or self.pos[i] == "VERB":
                return i
        return tops[0]

    def span(self, start: int, end: int) -> Span:
        """Character span of the tokens ``[start, end)``."""
        return Span(self.starts[start], self.ends[end - 1])

    def token_at(self, offset: int) -> int:
        """Number of the last token that starts at or before a character offset."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def tokens_in(self, span: Span) -> tuple[int, int]:
        """Tokens ``[start, end)`` that a character span touches."""
        start = self.token_at(span.start)
        if self.ends[start] <= span.start:
            start += 1
        return start, max(start, bisect_right(self.starts, span.end - 1))
