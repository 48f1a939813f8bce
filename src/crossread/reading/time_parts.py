"""Parts of the grammar of time expressions: numbers, units, parts of the day; and the whole dates that a text prints."""

import re
from collections.abc import Iterator
from datetime import date

from crossread.calendar_words import DAY, MONTH, YEAR, month_number, number_of_day
from crossread.reading.days import make_date

NUM = (
    r"(?:an?\s+couple\s+of|an?\s+couple|an?\s+few|\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen"
    r"|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|few|several|many|some)"
)
UNIT = r"(?:hour|day|night|week|fortnight|month|year|decade|century|centurie)"
PART = r"(?:early\s+|late\s+|mid-?)?(?:morning|afternoon|evening|night|noon|midnight|dawn|dusk|lunchtime)"
THIRD = r"(?:the\s+(?:end|close|beginning|start|middle)\s+of|early|late|mid)"
THIRD_NAMED = rf"(?P<t>{THIRD})"
ABOUT = r"(?:(?:just|about|some|around|nearly|almost|over|more\s+than|less\s+than|only|at\s+least)\s+)?"

_WHOLE = re.compile(
    rf"(?<!\w)(?:(?P<m>{MONTH})\s+(?P<d>{DAY})\s?,?\s+\(?(?P<y>{YEAR})|(?P<e>{DAY})\s+(?P<n>{MONTH}),?\s+\(?(?P<z>{YEAR}))(?!\d)",
    re.IGNORECASE,
)


def whole_dates(text: str) -> Iterator[date]:
    """Days that a text prints with month and year."""
    for found in _WHOLE.finditer(text):
        day, year = found["d"] or found["e"], int(found["y"] or found["z"])
        made = make_date(year, month_number(found["m"] or found["n"]), number_of_day(day))
        if made is not None:
            yield made
