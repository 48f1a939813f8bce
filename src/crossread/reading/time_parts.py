"""Parts of the grammar of time expressions: months, weekdays, numbers, units; and the whole dates that a text prints."""

import re
from collections.abc import Iterator
from datetime import date

from crossread.reading.days import make_date
from crossread.reading.timeforms import month_number

MO = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?)"
)
WD = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
WD_ANY = rf"(?:{WD}|(?:mon|tues?|wed|thurs?|fri|sat|sun)\b\.?)"
DD = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
YYYY = r"(?:1[89]|20)\d\d"
NUM = (
    r"(?:an?\s+couple\s+of|an?\s+couple|an?\s+few|\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen"
    r"|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|few|several|many|some)"
)
UNIT = r"(?:hour|day|night|week|fortnight|month|year|decade|century|centurie)"
PART = r"(?:early\s+|late\s+|mid-?)?(?:morning|afternoon|evening|night|noon|midnight|dawn|dusk|lunchtime)"
THIRD = r"(?:the\s+(?:end|close|beginning|start|middle)\s+of|early|late|mid)"
THIRD_NAMED = rf"(?P<t>{THIRD})"
OF_YEAR = r"(?:,?\s+(?:of\s+)?(?P<w>last|next|this)\s+year(?![\w’'-]))?"
_ELEVENTH = r"(?:sept(?:ember|\.)?\s+11(?:th)?|11(?:th)?\s+sept(?:ember)?\b\.?)(?!\s?,?\s+(?:1[89]|20)\d\d)"
ATTACK_DAY = (
    rf"(?:(?<=attacks\sof\s)|(?<=attacks\son\s)){_ELEVENTH}"
    rf"|(?:the\s+)?{_ELEVENTH}(?=,?\s+(?:[a-z]{{2,15}}\s+)?(?:attack|hijack|terror|plot|commission|bombing|atrocit))"
)
"""The day of the attacks of 2001, told without a year."""
ABOUT = r"(?:(?:just|about|some|around|nearly|almost|over|more\s+than|less\s+than|only|at\s+least)\s+)?"

_WHOLE = re.compile(
    rf"(?<!\w)(?:(?P<m>{MO})\s+(?P<d>{DD})\s?,?\s+\(?(?P<y>{YYYY})|(?P<e>{DD})\s+(?P<n>{MO}),?\s+\(?(?P<z>{YYYY}))(?!\d)",
    re.IGNORECASE,
)


def whole_dates(text: str) -> Iterator[date]:
    """Days that a text prints with month and year."""
    for found in _WHOLE.finditer(text):
        day, year = found["d"] or found["e"], int(found["y"] or found["z"])
        made = make_date(year, month_number(found["m"] or found["n"]), int(day.lower().rstrip("stndrh")))
        if made is not None:
            yield made
