# ruff: noqa: SIM905  (word lists read better as text)
"""Where time expressions may begin, found cheaply: at certain words, shortly before a word that tells a time.

The grammar of `crossread.reading.timewords` is tried there only, which gives what trying it at every character would.
"""

import re
from collections.abc import Iterator

from crossread.calendar_words import MONTH, MONTHS, WEEKDAYS

_HINT = re.compile(
    r"day|night|month|week|year|decade|centur|hour|ago\b|recent|morning|evening|noon|dawn|dusk|lunchtime|20\d\d|1[89]\d\d|christmas|easter\b|thanksgiving"
    r"|tomorrow|9/11"
    rf"|\b(?:summer|spring|winter|autumn|fall)\b|\b{MONTH}"
)
_WORD = re.compile(r"\w+")
_BEFORE = 90
"""Characters that an expression may have before the first word that tells a time ("since the end of the previous year")."""
_FIRST = frozenset(
    (
        "since until till by before after from between through as on in the during of for at over within throughout that around back"
        " jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun"
        " early late mid last next this earlier later past previous coming yesterday tomorrow today tonight overnight year"
        " just about some nearly almost more less only a an couple few several many"
        " one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
        " twenty thirty forty fifty hours days nights weeks fortnights months years decades centurys centuries"
        " christmas new bastille boxing easter good thanksgiving"
    ).split()
).union(MONTHS, WEEKDAYS)
"""What an expression begins with, if not with a digit."""


def starts(text: str, start: int, end: int) -> Iterator[tuple[int, Iterator[int]]]:
    """For each word of ``[start, end)`` that tells a time, left to right: where it ends, and the offsets where an expression that
    holds it may begin."""
    part = text[start:end]
    lowered = part.lower()
    if len(lowered) != len(part):  # the few letters whose lower case is longer stay as they are
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in part)
    for hint in _HINT.finditer(lowered):
        words = _WORD.finditer(lowered, max(0, hint.start() - _BEFORE), hint.end())
        yield start + hint.end(), (start + w.start() for w in words if w.group() in _FIRST or w.group()[0].isdigit())
