"""Sentences that tell nothing of a story: labels of pictures, galleries and other reports, and lines that hold but a date."""

import re
from functools import lru_cache

from crossread.calendar_words import MONTHS, WEEKDAY
from crossread.linking.sentences import Sentence

_LABEL = re.compile(
    r"^\W*(?:images? (?:caption|copyright|source|\d)|embed\b(?! with)|advertisement\b(?! for)"
    r"|(?:ad|photos?|pictures?|images?|gallery|video|audio|graphic|map|chart|slideshow|related|(?:related|more|other|top) stories"
    r"|read (?:more|also|next)|see also|watch|watch next|listen|live|in pictures|pics?|poll|quiz|factbox|timeline)\s*(?::|\||$))",
    re.IGNORECASE,
)
_DATE = re.compile(rf"\d+|gmt|utc|bst|[ecmp][sd]?t|am|pm|{'|'.join(MONTHS)}|{WEEKDAY}|updated|published|posted")
_WORD = re.compile(r"\w+")


def is_label(sentence: Sentence) -> bool:
    """Whether a sentence is a label of something else, or but a date."""
    return _is_label(sentence.text)


@lru_cache(maxsize=4096)
def _is_label(text: str) -> bool:
    return _LABEL.match(text) is not None or all(is_of_date(word) for word in _WORD.findall(text.lower()))


def is_of_date(word: str) -> bool:
    """Whether a folded word is a number or stands in a date line."""
    return _DATE.fullmatch(word) is not None
