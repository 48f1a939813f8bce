"""The grammar of time expressions in English news: finding them in a text, and resolving one from the day of writing.

One compiled pattern finds them: its alternatives are the rules of `_RULES` in order, so the more exact form comes first.  A leading
"since", "until", "by", "before", "after" belongs to the expression and turns its day into an open or closed stretch.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from crossread.calendar_words import ATTACK_DAY, DAY, MONTH, OF_YEAR, WEEKDAY, WEEKDAY_ANY, YEAR
from crossread.reading import timeforms as make
from crossread.reading.dated_names import names_a_year
from crossread.reading.days import Direction, Reach, merged
from crossread.reading.feasts import feast, movable_feast
from crossread.reading.time_parts import ABOUT, NUM, PART, THIRD_NAMED, UNIT
from crossread.reading.timeforms import Maker, View
from crossread.reading.timestarts import starts
from crossread.vocabulary import Precision


@dataclass(frozen=True, slots=True)
class Rule:
    """A form of expression: how it is written and what it covers; ``absolute`` forms need no day of writing."""

    name: str
    pattern: str
    make: Maker
    absolute: bool = False


_DATED = rf"(?:{MONTH}\s+{DAY}|{DAY}\s+{MONTH}),?\s+{YEAR}"
"""A whole date, behind "this" that points at something else ("in this May 3, 2031, photo")."""
_RULES = (
    Rule("iso", rf"(?P<y>{YEAR})-(?P<m>[01]\d)-(?P<d>[0-3]\d)(?![\d-])", make.iso_date, absolute=True),
    Rule("nine_eleven", ATTACK_DAY, make.eleventh_september, absolute=True),
    Rule(
        "range_mdy_year",
        rf"(?:on\s+)?(?P<m>{MONTH})\s+(?P<d>{DAY})\s?(?:-|–|to|and|until|through)\s?(?P<e>{DAY}),?\s+(?P<y>{YEAR})(?!\d)",
        make.date_range,
        absolute=True,
    ),
    Rule(
        "range_dmy_year",
        rf"(?:on\s+)?(?P<d>{DAY})\s?(?:-|–|to|and|until)\s?(?P<e>{DAY})\s+(?P<m>{MONTH}),?\s+(?P<y>{YEAR})(?!\d)",
        make.date_range,
        absolute=True,
    ),
    Rule(
        "mdy",
        rf"(?:on\s+)?(?:{WEEKDAY_ANY},?\s+)?(?P<m>{MONTH})\s+(?P<d>{DAY})\s?,?\s+\(?(?P<y>{YEAR})(?!\d)",
        make.whole_date,
        absolute=True,
    ),
    Rule(
        "dmy",
        rf"(?:on\s+)?(?:{WEEKDAY_ANY},?\s+)?(?:the\s+)?(?P<d>{DAY})\s+(?:of\s+)?(?P<m>{MONTH})\s?,?\s+\(?(?P<y>{YEAR})(?!\d)",
        make.whole_date,
        absolute=True,
    ),
    Rule(
        "range_mdy",
        rf"(?:on\s+(?!{MONTH}\s+{DAY}\s+to\b))?(?P<m>{MONTH})\s+(?P<d>{DAY})\s?(?:-|–|to|and|until|through)\s?(?P<e>{DAY})(?![\d:/]|[.,]\d)",
        make.date_range,
    ),
    Rule("range_dmy", rf"(?:on\s+)?(?P<d>{DAY})\s?(?:-|–|to|and|until)\s?(?P<e>{DAY})\s+(?P<m>{MONTH})(?![a-z])", make.date_range),
    Rule(
        "md",
        rf"(?:on\s+)?(?:{WEEKDAY_ANY},?\s+)?(?P<m>{MONTH})\s+(?:the\s+)?(?P<d>{DAY})(?![\d:/%]|[,.]\d|\s+per){OF_YEAR}",
        make.yearless_date,
    ),
    Rule("dm", rf"(?:on\s+)?(?:{WEEKDAY_ANY},?\s+)?(?:the\s+)?(?P<d>{DAY})\s+(?:of\s+)?(?P<m>{MONTH})(?![a-z]){OF_YEAR}", make.yearless_date),
    Rule(
        "month_year",
        rf"(?:(?:in|during)\s+)?(?:{THIRD_NAMED}[\s-]+)?(?P<m>{MONTH}),?\s+(?:of\s+)?(?P<y>{YEAR})(?!\d)",
        make.month_and_year,
        absolute=True,
    ),
    Rule(
        "month",
        rf"(?:(?:in|during)\s+|(?:of|for)\s+(?!{MONTH}\s+(?:the\s+)?{DAY}(?![\d:/%]|[,.]\d|\s+per)))?"
        rf"(?:{THIRD_NAMED}[\s-]+|(?P<q>last|next|this(?!\s+{_DATED})|that)\s+)?(?P<m>{MONTH})(?![a-z])(?!\.?,?\s+(?:of\s+)?\(?{YEAR}(?![\d/%]|[.,]\d)){OF_YEAR}",
        make.month_alone,
    ),
    Rule(
        "season_year",
        rf"(?:in\s+the\s+|the\s+|in\s+)(?P<s>spring|summer|autumn|fall|winter)\s+(?:of\s+)?(?P<y>{YEAR})(?!\d)",
        make.season,
        absolute=True,
    ),
    Rule(
        "season",
        r"(?:(?:earlier|later)\s+)?(?P<q>last|this|next)\s+(?P<s>spring|summer|autumn|fall|winter)(?![a-z])",
        make.season,
    ),
    Rule(
        "decade",
        r"(?:in\s+)?the\s+(?:(?:early|late|mid)[\s-]+)?(?P<y>(?:1[89]|20)\d0)[’']?s(?![a-z])",
        make.decade,
        absolute=True,
    ),
    Rule(
        "year",
        rf"(?:(?:back\s+in|in|of|during|the|for|around)\s+)?(?:{THIRD_NAMED}[\s-]+)?(?<![\d.,$€£/-])(?P<y>{YEAR})(?![\d%/"
        r"–-]|[.,:]\d|\s?(?:per\b|percent|e[sd]t\b|gmt|hours))",
        make.year_alone,
        absolute=True,
    ),
    Rule(
        "near_day",
        r"the\s+day\s+before\s+yesterday|the\s+day\s+after\s+tomorrow|(?:(?:late|early|earlier|later)\s+)?(?:yesterday"
        rf"|tomorrow|today|tonight)(?:\s+{PART})?|(?:late\s+)?last\s+night|overnight|(?:(?:earlier"
        rf"|later|late|early)\s+)?this\s+{PART}|(?:earlier|later)\s+in\s+the\s+day",
        make.near_day,
    ),
    Rule(
        "weekday",
        r"(?:on\s+)?(?:(?:late|early|earlier|later)\s+(?:on\s+)?)?(?:(?P<q>last|next|this\s+past"
        rf"|this\s+coming|this(?!\s+{WEEKDAY},?\s+{_DATED})|the\s+following|the\s+previous)\s+)?(?P<w>{WEEKDAY})(?:\s+{PART})?(?![a-z])",
        make.weekday,
    ),
    Rule(
        "end_of",
        r"the\s+(?:very\s+)?end\s+of\s+(?P<q>the|this|next|last)\s+(?P<u>week|month|year|decade|century)(?![a-z])"
        r"|year(?:[’']s)?[\s-]end",
        make.end_of_unit,
    ),
    Rule("start_of", r"the\s+(?:very\s+)?(?:start|beginning)\s+of\s+the\s+(?P<u>week|month|year|decade|century)(?![a-z])", make.start_of_unit),
    Rule(
        "part_of_year",
        r"(?:(?:in|during|for)\s+)?the\s+(?P<k>first|second|third|fourth|final|last)\s+(?P<u>quarter|half)\s+of\s+(?:(?P<y>20\d\d)(?!\d)"
        r"|(?P<q>this|last|next|the)\s+year(?![a-z]))",
        make.part_of_year,
    ),
    Rule("this_time", r"(?:at\s+)?this\s+time\s+(?P<q>last|next)\s+(?P<u>week|month|year)(?![a-z])", make.this_time),
    Rule(
        "stretch_to",
        rf"(?:in|over|during|for)\s+the\s+(?:past\s+|last\s+)?(?P<n>{NUM})\s+(?P<u>{UNIT})s?\s+(?:up\s+)?(?:to|until|ending(?:\s+on)?)"
        rf"\s+(?:(?P<w>{WEEKDAY})|(?P<m>{MONTH})\s+(?P<d>{DAY})|(?P<e>{DAY})\s+(?P<o>{MONTH}))(?![a-z])",
        make.stretch_to,
    ),
    Rule("ago", rf"{ABOUT}(?P<n>{NUM})[\s-]+(?P<u>{UNIT})s?\s+ago", make.ago),
    Rule("plural_ago", rf"(?P<u>{UNIT})s\s+ago", make.ago),
    Rule("from_now", rf"(?P<n>{NUM})\s+(?P<u>{UNIT})s?(?:\s+from\s+now|[’']s?\s+time)", make.from_now),
    Rule(
        "stretch",
        r"(?:(?:in|over|during|for|within|throughout)\s+)?(?:the\s+)?(?P<q>past|last|previous|next"
        rf"|coming)\s+(?P<n>{NUM})\s+(?P<u>{UNIT})s?(?![a-z])",
        make.stretch,
    ),
    Rule(
        "plural_stretch",
        rf"(?:in|over|during|within)\s+(?:the\s+)?(?:(?:most|more)\s+)?(?P<q>recent|coming|past|previous)\s+(?P<u>{UNIT})s"
        r"(?![a-z])",
        make.stretch,
    ),
    Rule(
        "next_day",
        r"the\s+(?:very\s+)?(?:next|following|previous|same)\s+(?P<u>day|night|morning|evening|afternoon"
        r"|week|month|year)(?![a-z])",
        make.counted_from_reference,
    ),
    Rule(
        "day_later",
        rf"(?P<n>{NUM})\s+(?P<u>{UNIT})s?\s+(?:later|earlier|before|after|afterwards?|previously)(?![a-z])",
        make.counted_from_reference,
    ),
    Rule("day_before", r"the\s+(?P<u>day|night|week|month|year)\s+(?:before|after)(?![a-z])", make.counted_from_reference),
    Rule("that_day", r"that\s+(?:same\s+)?(?P<u>day|night|morning|evening|afternoon)(?![a-z])", make.counted_from_reference),
    Rule(
        "weekend",
        r"(?:(?:over|at|on|during)\s+)?(?P<q>this\s+past|the\s+past|the\s+previous|this\s+coming"
        r"|the\s+coming|the|this|last|next)\s+weekend(?![a-z])",
        make.weekend,
    ),
    Rule(
        "whole",
        rf"(?:in\s+)?(?:(?P<x>earlier|later)\s+(?:in\s+)?)?(?:{THIRD_NAMED}\s+)?(?P<q>the\s+previous"
        r"|the\s+coming|the\s+next|the\s+past|the\s+last|last|this|next)\s+(?P<u>week|month|year|decade|century)(?![a-z]|\s+of\b)",
        make.whole_unit,
    ),
    Rule("earlier_in", r"(?P<x>earlier|later)\s+in\s+the\s+(?P<u>week|month|year)(?![a-z])", make.whole_unit),
    Rule("spell", rf"(?P<n>{NUM})\s+(?P<u>{UNIT})s?\s+of(?=\s)", make.spell),
    Rule(
        "movable_feast",
        r"(?:the\s+)?easter(?:\s+(?:weekend|sunday|monday)|(?!\s+(?:island|egg|rising))(?=\W|$))|good\s+friday|thanksgiving(?:\s+day)?",
        movable_feast,
    ),
    Rule("feast", r"christmas(?:\s+(?:eve|day)|(?=\s*(?:[.,;:)\n]|$)))|new\s+year[’']s\s+(?:eve|day)|bastille\s+day|boxing\s+day", feast),
)  # fmt: skip

_OPS = r"since|until|till|by|before|after|from|between|through|as\s+of"
_NAMED = re.compile(r"\(\?P<\w+>")
_CORE = "|".join(f"(?P<{rule.name}>{_NAMED.sub('(?:', rule.pattern)})" for rule in _RULES)
_MASTER = re.compile(rf"(?<![\w-])(?:(?P<op>{_OPS})\s+)?(?:{_CORE})(?!\w)", re.IGNORECASE)
_BY_NAME = {rule.name: (rule, re.compile(rule.pattern, re.IGNORECASE)) for rule in _RULES}
_JOINS = re.compile(r"\s*(?:to|until|till|through|and|-|–)\s*", re.IGNORECASE)
_DASHES = re.compile(r"\s{0,3}[-–]\s{0,3}|\s{1,3}(?:to|through)\s{1,3}", re.IGNORECASE)
_DAYS_OF_MONTH = frozenset(("md", "mdy", "dm", "dmy"))
_NOT_DAYS_BEFORE = re.compile(r"\b(?:black|good|bloody|super|ash|cyber|palm|holy)\s+$", re.IGNORECASE)
_NOT_DAYS_AFTER = re.compile(r"\s+(?:times|telegraph|mirror|mail|express|world|herald|agreement|club|book)\b", re.IGNORECASE)
_OF_THAT_DAY = re.compile(
    r"['’]s\s|\s(?!(?:before|after|when|that|which|where|following|until|since|with|from|they|there|this|then|prior|were|would|will|papers?|newspapers?)\b)"
    r"[a-z][a-z-]{3,}"
)
"""A noun that a weekday behind an article tells the day of ("the Friday session"), and not the day of another week ("the Friday before")."""
_NAME_MONTHS = frozenset(("may", "march"))


@dataclass(frozen=True, slots=True)
class Expression:
    """A time expression at ``[start, end)`` of a text; ``to`` is the second end of "from Monday to Friday"."""

    start: int
    end: int
    rule: Rule
    match: re.Match[str]
    op: str = ""
    to: "Expression | None" = None

    @property
    def is_absolute(self) -> bool:
        """Whether it says the whole date itself."""
        return self.rule.absolute

    def reach(self, view: View) -> Reach | None:
        """The days that it covers, its "since" or "until" included."""
        if self.op in ("until", "till", "by", "before", "through") and view.direction is None:
            view = replace(view, direction=Direction.FUTURE)
        elif self.op in ("since", "after", "from") and self.to is None and view.direction is None:
            view = replace(view, direction=Direction.PAST)
        made = self.rule.make(self.match, view)
        if made is None:
            return None
        if self.to is not None:
            last = self.to.rule.make(self.to.match, view)
            if self.to.is_absolute and not self.is_absolute and last is not None and last.end is not None:
                made = self.rule.make(self.match, View(last.end, Direction.PAST)) or made  # "between April 16 and May 28 2029"
            return _from_to(made, last) if last is not None else made
        return _opened(made, self.op, view)


def _from_to(first: Reach, last: Reach) -> Reach:
    if first.start is not None and last.end is not None and first.start > last.end:
        return Reach(None, last.end, last.precision)
    return Reach(first.start, last.end, first.precision)


def _opened(made: Reach, op: str, view: View) -> Reach:
    """The stretch that "since", "until", "by", "before", "after", "from" make of a day."""
    forward = view.direction is Direction.FUTURE
    day: date = view.day
    if op == "since":
        return Reach(made.start, day if made.start is None or made.start <= day else None, made.precision)
    if op in ("until", "till", "by", "before", "through"):
        end = made.start if op == "before" and made.precision is Precision.DAY else made.end
        return Reach(day if forward and end is not None and end >= day else None, end, made.precision)
    if op in ("after", "from"):
        first = made.end if op == "after" else made.start
        return Reach(first, day if not forward and first is not None and first <= day else None, made.precision)
    return made


def _is_wrong(rule: str, found: re.Match[str], core: int, text: str) -> bool:
    """Whether the words are something else: a modal "may", a newspaper called after a day, a number that only looks like a year."""
    end, words = found.end(), text[core : found.end()]
    if text[end : end + 6] in ("-style", "-type "):
        return True  # "a September 11-style attack"
    if rule == "weekday":
        is_name = _NOT_DAYS_BEFORE.search(text, max(0, core - 8), core) is not None
        of_another = text[max(0, core - 4) : core].lower() == "the " and _OF_THAT_DAY.match(text, end) is None
        return (words[:1].isupper() and (is_name or of_another)) or _NOT_DAYS_AFTER.match(text, end) is not None
    if rule in ("month", "md", "dm", "range_mdy", "range_dmy"):
        month = next((w for w in re.findall(r"[^\W\d_]+", words) if w.lower() in _NAME_MONTHS), None)
        if rule == "month":
            bare = month is not None and (found["op"] or "").lower() not in ("since", "until") and words.lower() == month.lower()
            return bare or (month is not None and month.islower()) or words.lower().rstrip(".") in ("mar", "dec", "jan")
        return month is not None and month.islower()
    if rule == "spell":
        return _SPELL_BEFORE.search(text, max(0, core - 24), core) is None
    if rule == "year":
        bare = words[:1].isdigit() and not found["op"] and text[core - 1 : core] != "(" and not names_a_year(text, core, end)
        return bare or (words[-2:] == "00" and not words.lower().startswith("the") and _PLURAL.match(text, end) is not None)
    return False


_SPELL_BEFORE = re.compile(
    r"\b(?:follow(?:s|ed|ing)?|after|amid|despite|during|ends?|ended|ending|through)\s+(?:the\s+|more\s+than\s+|nearly\s+|about\s+|some\s+)?$",
    re.IGNORECASE,
)
_PLURAL = re.compile(r"\s[a-z]+s\b|\s(?:people|men|women|children|troops)\b")


def scan(text: str, start: int = 0, end: int | None = None) -> Iterator[Expression]:
    """Time expressions of a stretch of text, left to right, none overlapping."""
    end = len(text) if end is None else end
    held: Expression | None = None
    for found in _forms(text, start, end):
        joined = held is not None and held.to is None and _is_joined(held, found, text)
        made = _expression(found, text, joined=joined)
        if made is None:
            continue
        if held is not None and joined:
            held = replace(held, end=made.end, to=made)
            continue
        if held is not None:
            yield held
        held = made
    if held is not None:
        yield held


def _is_joined(held: Expression, found: re.Match[str], text: str) -> bool:
    """Whether an expression is the end of a stretch that the one before begins ("from Monday to Friday", "March 30 – April 1")."""
    if held.op in ("from", "between"):
        return _JOINS.fullmatch(text, held.end, found.start()) is not None
    both = not held.op and not found["op"] and held.rule.name in _DAYS_OF_MONTH and found.lastgroup in _DAYS_OF_MONTH
    return both and _DASHES.fullmatch(text, held.end, found.start()) is not None


def _forms(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Where the rules match, left to right, none overlapping: tried only where one may begin."""
    for hint_end, places in starts(text, start, end):
        if hint_end <= start:
            continue
        for at in places:
            found = _MASTER.match(text, at, end) if at >= start else None
            if found is not None:
                start = found.end()
                yield found
                break


def _expression(found: re.Match[str], text: str, *, joined: bool = False) -> Expression | None:
    name, op = found.lastgroup or "", " ".join((found["op"] or "").lower().split())
    core = found.start(name)
    if _is_wrong(name, found, core, text) and not (joined and name == "year"):
        return None
    rule, pattern = _BY_NAME[name]
    match = pattern.match(text, core)
    if match is None:
        return None
    if op == "from" and text[found.end() : found.end() + 2] in ("'s", "’s"):
        op = ""
    if name == "nine_eleven" and not text[core].isdigit() and op not in ("between", "from"):
        op = ""  # "after the September 11 attacks": the day is part of a name
    plain = op in ("", "between", "as of")
    return Expression(found.start() if op else core, found.end(), rule, match, "" if plain and op != "between" else op)


@cache
def _parsed(text: str) -> Expression | None:
    return next(scan(text), None)


def parse(text: str) -> Expression | None:
    """The first expression of a short text; texts of more than 64 characters hold none."""
    return _parsed(text) if len(text) <= MAX_LENGTH else None


def resolve_reach(
    expression: Expression, days: tuple[date | None, date | None], direction: Direction | None, reference: Reach
) -> Reach:
    """The days of an expression seen from a window of writing days; ends that nothing bounds stay open."""
    first, last = days
    if expression.is_absolute and expression.op in ("", "between"):
        first = last = first or last or _ANY_DAY
    if first is None and last is None:
        if expression.is_absolute:
            made = expression.rule.make(expression.match, View(_ANY_DAY))
            return _half(expression, made) if made is not None else Reach()
        probe = expression.reach(View(_ANY_DAY, direction, reference)) if not reference.start else None
        by_reference = expression.rule.make is make.counted_from_reference
        if by_reference and reference.start is not None:
            return expression.reach(View(reference.start, direction, reference)) or Reach()
        return Reach(precision=probe.precision if probe else Precision.UNKNOWN)
    views = [View(d, direction, reference) for d in (first or last, last or first) if d is not None]
    seen = [r for r in (expression.reach(v) for v in views) if r is not None]
    if not seen:
        return Reach()
    reach = merged(seen[0], seen[-1])
    fixed = expression.is_absolute or expression.rule.make is make.counted_from_reference
    if fixed:
        return reach
    return Reach(reach.start if first is not None else None, reach.end if last is not None else None, reach.precision)


def _half(expression: Expression, made: Reach) -> Reach:
    """ "Since 2011" where the day of writing is not known."""
    if expression.op in ("since", "from", "after"):
        return Reach(made.start if expression.op != "after" else made.end, None, made.precision)
    return Reach(None, made.end, made.precision)


_ANY_DAY = date(2000, 6, 15)
MAX_LENGTH = 64
