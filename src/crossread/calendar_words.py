"""The calendar in the words of English news: months, weekdays, printed dates, and the words by which a day is still to come.

Pieces of patterns are for patterns that ignore case, unless they say otherwise.  Which day a name means, `crossread.reading.days` tells.
"""

import re

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_LETTERS = 3
"""Letters by which months and weekdays are told apart, however they are cut short."""
_MONTH_STARTS = tuple(name[:_LETTERS] for name in MONTHS)
_WEEKDAY_STARTS = tuple(name[:_LETTERS] for name in WEEKDAYS)

MONTH = rf"(?:{'|'.join(MONTHS)}|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?)"
WEEKDAY = rf"(?:{'|'.join(name.removesuffix('day') for name in WEEKDAYS)})day"
WEEKDAY_ANY = rf"(?:{WEEKDAY}|(?:mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)\b\.?)"
DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
YEAR = r"(?:1[89]|20)\d\d"
OF_YEAR = r"(?:,?\s+(?:of\s+)?(?P<w>last|next|this)\s+year(?![\w’'-]))?"
"""The year of a date, told from the day of writing."""

_ELEVENTH = rf"(?:sept(?:ember|\.)?\s+11(?:th)?|11(?:th)?\s+sept(?:ember)?\b\.?)(?!\s?,?\s+{YEAR})"
ATTACK_DAY = (
    rf"9/11(?![\d/])|(?:(?<=attacks\sof\s)|(?<=attacks\son\s)){_ELEVENTH}"
    rf"|(?:the\s+)?{_ELEVENTH}(?=,?\s+(?:[a-z]{{2,15}}\s+)?(?:attack|hijack|terror|plot|commission|bombing|atrocit))"
)
"""The day of the attacks of 2001 as the name of a day, told without a year."""


def month_number(word: str) -> int:
    """1 for January, "Jan." or "jan"."""
    return _MONTH_STARTS.index(word[:_LETTERS].lower()) + 1


def weekday_number(word: str) -> int:
    """0 for Monday or "Mon.", as `datetime.date.weekday` counts."""
    return _WEEKDAY_STARTS.index(word[:_LETTERS].lower())


def number_of_day(words: str) -> int:
    """3 for "3rd"."""
    return int(words.lower().rstrip("stndrh"))


# ---------------------------------------------------------------- days to come

_BEFORE = re.compile(
    r"(?:\b(?:will|shall|won['’]t|would|(?:(?-i:may)|might|could)(?! have)|tomorrow|going to|about to|due|deadline"
    r"|set (?:to|for)|slated|scheduled|expected|to be (?:held|voted)|(?:is|are) to"
    r"|plann(?:ed|ing)|plans?(?: to| for|(?= (?:an?|another|further|more|new)\b))"
    r"|(?:hop(?:es?|ing)|intends?|aims?|vow(?:s|ed)?|agreed|prepar(?:es?|ed|ing)) to"
    r"|(?:is|are) (?:gathering|meeting|holding|travell?ing|arriving|voting|flying|convening|returning|hosting))\b|['’]ll\b)"
    r"(?:(?!, (?:after|but|which|who)\b)(?:[^.;:\"“”\n]|:(?=\d)|\.(?=m\. )|(?<=\.m)\.)){0,60}$",
    re.IGNORECASE,
)
"""Words before a day by which it is still to come; a comma that opens another clause, or a quotation mark, ends their reach."""
_RIGHT_BEFORE = re.compile(
    r"\b(?:(?:to|should|must) (?:cancel|postpone|delay|attend|skip|boycott|join|scrap|call off)|upcoming|ahead of"
    r"|(?:begins?|starts?|opens?|kicks? off|convenes?|resumes?|concludes?|takes? place)(?: (?:in|at) (?:[A-Z][\w'’-]{0,30} ?){1,3})?)"
    r" (?:(?:the|a|his|her|their|its|on|from) ){0,2}$"
)
"""The same right before it: "begins on Monday", "to cancel the Monday session"."""
_BEHIND = re.compile(
    r"['’]s (?:expected|planned|scheduled|upcoming|forthcoming|proposed) [a-z]"
    r"|(?:['’]s(?: [a-z]{1,20}){1,2})? [\"“]?(?:should|will|would(?! (?:have|later)\b)|must|is (?:due|set|expected|scheduled|planned) to)\b"
)
"""And right behind it: "the talks on Monday should not go ahead", "Monday's vote will be close"."""
_REACH = 80


def looks_ahead(text: str, start: int, end: int) -> bool:
    """Whether the words around a day at ``[start, end)``, which may begin with "on", tell that it is still to come.

    For text without a parse; `crossread.reading.directions` asks the grammar of the clause.
    """
    first = max(0, start - _REACH)
    return (
        _BEHIND.match(text, end) is not None
        or _BEFORE.search(text, first, start) is not None
        or _RIGHT_BEFORE.search(text, first, start) is not None
    )
