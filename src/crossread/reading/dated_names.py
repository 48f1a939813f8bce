"""Years in the names of happenings: "Velm's 2006 war", "the disputed 2009 elections", "the 2006 bombing"."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crossread.reading.timewords import Expression

_OF_THE_YEAR = re.compile(
    r"(?:\s(?!of\b|and\b|in\b)[A-Za-z][a-z-]{2,20}){0,2}?\s(?:elections?|polls?|vote|referendum|war|invasion|coup|uprising|revolution|revolt|massacre|genocide"
    r"|bombings?|attacks?|raid|siege|earthquake|quake|tsunami|floods?|ceasefire|truce|accords?|treaty|agreement|deal|summit|conference|killings?"
    r"|murders?|assassination|crash|protests?|riots?|conflict|crisis)\b"
)
_OWNED = re.compile(
    r"(?:['’]s|s['’]|\b(?:its|his|her|their|our|an?)|(?:['’]s|\b(?:its|his|her|their|our|an?|the))\s[a-z][a-z-]{2,14})\s$",
    re.IGNORECASE,
)


def names_a_year(text: str, core: int, end: int) -> bool:
    """Whether a bare number is the year of a happening ("Velm's 2006 war", "the disputed 2009 elections")."""
    return _OF_THE_YEAR.match(text, end) is not None and _OWNED.search(text, max(0, core - 24), core) is not None


def is_of_happening(text: str, expression: "Expression") -> bool:
    """Whether an expression is the year in the name of a happening ("Velm's 2006 war", "the 2006 bombing"), which is all that it dates."""
    if (
        expression.rule.name != "year"
        or expression.op
        or expression.to is not None
        or _OF_THE_YEAR.match(text, expression.end) is None
    ):
        return False
    words = text[expression.start : expression.end].lower()
    return words.startswith("the ") or (words[:1].isdigit() and text[expression.start - 1 : expression.start] != "(")
