"""Which one of a series a happening is: the second round of talks is not the eighth."""

import re

from crossread.records import Span

_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth",
    "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth",
)  # fmt: skip
_REACH = 60  # code points before a happening in which its ordinal stands
_TURN = re.compile(
    rf"\b(?:(?P<word>{'|'.join(_ORDINALS)})|(?P<number>\d{{1,3}})(?:st|nd|rd|th))"
    r"(?!-| (?:(?:straight|consecutive|successive|full) )?(?:second|minute|hour|day|night|week|month|year|decade|century|anniversary|time)\b)"
    r"(?: [\w'’-]{1,20}){0,2}?(?: of(?: the)?(?: [\w'’-]{1,20}){0,2}?)? $",
    re.IGNORECASE,
)


def turn_of(text: str, sentence: Span, anchor: Span) -> int | None:
    """The number of a happening in its series, from the ordinal before it (``the second round of peace`` talks: 2); none from days of
    one thing that goes on (``the third week of the`` siege)."""
    found = _TURN.search(text, max(sentence.start, anchor.start - _REACH), anchor.start)
    if found is None:
        return None
    return int(found["number"]) if found["number"] else _ORDINALS.index(found["word"].lower()) + 1
