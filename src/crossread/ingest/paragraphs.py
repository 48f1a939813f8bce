"""Text to paragraphs with the line on which each begins; hard-wrapped lines are joined again."""

import re
from itertools import pairwise
from typing import NamedTuple

_SPACE = re.compile(r"[^\S\n]+")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064]")
_TERMINAL = re.compile(r"""[.!?:;…]['"”’)\]]*$""")
_INDENT = re.compile(r"^(?:\t| {2,})")


class Paragraph(NamedTuple):
    """One paragraph, white space collapsed; ``line`` is its 1-based first line in the input."""

    text: str
    line: int


def tidy(text: str) -> str:
    """One line of text with white space collapsed to single spaces and invisible marks taken out."""
    return _SPACE.sub(" ", _INVISIBLE.sub("", text)).strip()


def split_paragraphs(text: str) -> list[Paragraph]:
    """Paragraphs of a text: every line is one, unless the text is hard-wrapped; then blank lines and indents part them."""
    lines = text.split("\n")
    if not _is_wrapped(lines):
        return [Paragraph(tidied, n) for n, line in enumerate(lines, start=1) if (tidied := tidy(line))]
    paragraphs: list[Paragraph] = []
    open_block = False
    for number, line in enumerate(lines, start=1):
        tidied = tidy(line)
        if not tidied:
            open_block = False
            continue
        if open_block and not _INDENT.match(line):
            last = paragraphs[-1]
            paragraphs[-1] = Paragraph(f"{last.text} {tidied}", last.line)
        else:
            paragraphs.append(Paragraph(tidied, number))
        open_block = True
    return paragraphs


def _is_wrapped(lines: list[str]) -> bool:
    """Whether line breaks inside blocks fall where the margin is rather than where paragraphs end.

    True when the lines that another line follows directly are of much the same length and mostly stop in mid-sentence.
    """
    inner = [line.rstrip() for line, following in pairwise(lines) if line.strip() and following.strip()]
    if len(inner) < 3:
        return False
    lengths = sorted(len(line) for line in inner)
    middle = lengths[len(lengths) // 2]
    even = sum(0.6 * middle <= n <= 1.4 * middle for n in lengths)
    ends = sum(bool(_TERMINAL.search(line[-6:])) for line in inner)
    return 35 <= middle <= 110 and even >= 0.75 * len(inner) and ends <= 0.4 * len(inner)
