"""Words of a report as the linking steps compare them: folded, with their offsets, numbers as printed, quoted words marked."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from crossread.records import Reading, Span
from crossread.vocabulary import AttributionKind

WORD = re.compile(r"\d+(?:[.,:/]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)?")
_SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]{0,2}\s+(?=[\"“‘'(\[]?[A-Z0-9])|\n+")
_DOUBLE = re.compile(r"(?:“|(?<![^\s(\[—–-])\")(?=\S)[^“”\"\n]{1,1500}(?:[”\"]|$|(?=[\n“]))")
_SINGLE = re.compile(r"(?<![\w'’])['‘](?=\w)[^\n\"“”]{2,900}?(?<=[\w.,!?…])['’](?!\w)")


@dataclass(frozen=True)
class Words:
    """The words of one text; ``folded[i]`` stands at ``starts[i]:ends[i]``."""

    folded: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.folded)

    def range_of(self, span: Span) -> tuple[int, int]:
        """First word and end word that lie in the span, in whole or in part."""
        return bisect_right(self.ends, span.start), bisect_left(self.starts, span.end)

    def span(self, first: int, end: int) -> Span:
        """The span from word ``first`` to the word before ``end``."""
        return Span(self.starts[first], self.ends[end - 1])

    def marked(self, spans: Iterable[Span]) -> list[bool]:
        """For each word whether it lies in one of the spans."""
        marks = [False] * len(self)
        for span in spans:
            first, end = self.range_of(span)
            marks[first:end] = [True] * (end - first)
        return marks

    @cached_property
    def counts(self) -> dict[str, int]:
        """How often each word occurs."""
        found: dict[str, int] = {}
        for word in self.folded:
            found[word] = found.get(word, 0) + 1
        return found


def words_of(text: str) -> Words:
    """The words of a text, folded to lower case and straight apostrophes."""
    spans = [m.span() for m in WORD.finditer(text)]
    starts, ends = zip(*spans, strict=True) if spans else ((), ())
    low = text.lower()
    if len(low) != len(text):  # a few letters lower-case to two characters
        return Words(tuple([text[start:end].lower().replace("’", "'") for start, end in spans]), starts, ends)
    low = low.replace("’", "'")
    return Words(tuple([low[start:end] for start, end in spans]), starts, ends)


def sentences_of(reading: Reading) -> Sequence[Span]:
    """Sentences of a reading, or a plain cut at full stops and line breaks where it has none."""
    return reading.sentences or plain_sentences(reading.document.text)


def plain_sentences(text: str) -> list[Span]:
    """Sentences cut at full stops before a capital letter and at line breaks."""
    spans, start = [], 0
    for match in (*_SENTENCE_END.finditer(text), None):
        end = len(text) if match is None else match.end()
        piece = text[start:end]
        stripped = piece.strip()
        if stripped:
            first = start + len(piece) - len(piece.lstrip())
            spans.append(Span(first, first + len(stripped)))
        start = end
    return spans


def quoted_spans(reading: Reading) -> list[Span]:
    """What stands between quotation marks, by the marks and by the direct speech that was read."""
    text = reading.document.text
    spans = [Span(*m.span()) for m in _DOUBLE.finditer(text)]
    spans += [Span(*m.span()) for m in _SINGLE.finditer(text)]
    spans += [s for a in reading.attributions if a.kind is AttributionKind.DIRECT for s in a.content]
    return spans
