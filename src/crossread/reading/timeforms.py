"""What each form of time expression covers, seen from the day of writing.

A maker takes the match of its pattern (see `crossread.reading.timewords`) and a `View`, and returns a `Reach`; ``None`` where the
calendar has no such day.  Groups that the makers read: ``y m d`` year, month, day; ``e`` last day of a range; ``w`` weekday;
``q`` last, this, next; ``n`` a number; ``u`` a unit; ``t`` early, mid, late; ``x`` earlier, later.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from crossread.calendar_words import month_number, number_of_day, weekday_number
from crossread.reading.days import (
    NOWHERE,
    Direction,
    Reach,
    around,
    back,
    cut,
    date_near,
    last_weekday,
    make_date,
    month_near,
    month_of,
    next_weekday,
    one_day,
    season_of,
    shift,
    shift_months,
    week_of,
    weekday_near,
    weekend_of,
    year_of,
)
from crossread.vocabulary import Precision

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve"
    " thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
)
_NUMBERS: dict[str, float] = {word: n for n, word in enumerate(_SMALL.split())}
_NUMBERS |= {"a": 1, "an": 1, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "couple": 2, "half": 0.5}
_VAGUE: dict[str, tuple[float, float]] = {"few": (2, 7), "several": (2, 10), "many": (3, 30), "some": (2, 10)}
_THIRDS = {
    "early": "early",
    "late": "late",
    "mid": "mid",
    "end": "late",
    "close": "late",
    "beginning": "early",
    "start": "early",
    "middle": "mid",
}


@dataclass(frozen=True, slots=True)
class View:
    """From where an expression is read: the day of writing, which way it looks, and the day that 'the next day' counts from."""

    day: date
    direction: Direction | None = None
    reference: Reach = NOWHERE


Maker = Callable[[re.Match[str], View], Reach | None]


def group(m: re.Match[str], name: str) -> str:
    """A group of the match in lower case; empty where the form has no such group."""
    return " ".join((m.groupdict().get(name) or "").lower().replace("’", "'").split())


def _third(m: re.Match[str]) -> str | None:
    words = group(m, "t").replace("-", " ").split()
    return next((third for word, third in _THIRDS.items() if word in words), None)


def amount(text: str) -> tuple[float, float]:
    """Lowest and highest number that a number word of a time expression may mean."""
    for word in reversed(text.lower().split()):
        if word in _VAGUE:
            return _VAGUE[word]
        if word.isdigit():
            return int(word), int(word)
        if word in _NUMBERS:
            return _NUMBERS[word], _NUMBERS[word]
    return 1, 1


def unit(text: str) -> str:
    """Singular of a unit of time."""
    return "century" if text.startswith("centur") else text.lower().rstrip("s")


def iso_date(m: re.Match[str], view: View) -> Reach | None:
    """2016-10-07."""
    made = make_date(int(m["y"]), int(m["m"]), int(m["d"]))
    return one_day(made) if made else None


def whole_date(m: re.Match[str], view: View) -> Reach | None:
    """October 7, 2016."""
    made = make_date(int(m["y"]), month_number(m["m"]), number_of_day(m["d"]))
    return one_day(made) if made else None


def _year_of_words(m: re.Match[str], view: View) -> int:
    """The year of "last year" behind a date or a month; 0 where there is none."""
    return {"last": view.day.year - 1, "this": view.day.year, "next": view.day.year + 1}.get(group(m, "w"), 0)


def yearless_date(m: re.Match[str], view: View) -> Reach | None:
    """October 7, or October 7 last year."""
    if year := _year_of_words(m, view):
        named = make_date(year, month_number(m["m"]), number_of_day(m["d"]))
        return one_day(named) if named else None
    month, day = month_number(m["m"]), number_of_day(m["d"])
    made = date_near(view.day, month, day, view.direction)
    if made and (month, day) == (9, 11) and view.day.year > 2001 and (view.day - made).days > _ITS_SEASON:
        return eleventh_september(m, view)
    return one_day(made) if made else None


_ITS_SEASON = 60
"""Days after an eleventh of September beyond which the one of 2001 is meant, where no year is told."""


def date_range(m: re.Match[str], view: View) -> Reach | None:
    """October 7-9, with or without a year."""
    month, year = month_number(m["m"]), group(m, "y")
    days = (number_of_day(m["d"]), number_of_day(m["e"]))
    first, last = (make_date(int(year), month, d) if year else date_near(view.day, month, d, view.direction) for d in days)
    return None if first is None or last is None or first > last else Reach(first, last, Precision.DAY)


def month_and_year(m: re.Match[str], view: View) -> Reach | None:
    """Late October 2016."""
    return month_of(int(m["y"]), month_number(m["m"]), _third(m))


def month_alone(m: re.Match[str], view: View) -> Reach | None:
    """In October, last October; "that October" is the next one from the day that the text spoke of."""
    month, which = month_number(m["m"]), group(m, "q")
    if named := _year_of_words(m, view):
        return month_of(named, month, _third(m))
    year = month_near(view.day, month, view.direction)
    if "next" in which:
        year = view.day.year + (month <= view.day.month)
    elif "last" in which:
        year = view.day.year - (month >= view.day.month)
    elif "this" in which:
        year = view.day.year
    elif "that" in which and view.reference.start is not None:
        year = view.reference.start.year + (month < view.reference.start.month)
    if not 1 <= year <= 9999:
        return None
    reach = month_of(year, month, _third(m))
    is_ahead = view.direction is Direction.FUTURE or (reach.start is not None and reach.start > view.day)
    return reach if is_ahead else cut(reach, before=view.day)


def year_alone(m: re.Match[str], view: View) -> Reach | None:
    """In 2011."""
    return year_of(int(m["y"]), _third(m))


def decade(m: re.Match[str], view: View) -> Reach | None:
    """The 1990s."""
    first = int(m["y"])
    return Reach(date(first, 1, 1), date(first + 9, 12, 31), Precision.YEAR)


def weekday(m: re.Match[str], view: View) -> Reach | None:
    """Tuesday, last Tuesday, next Tuesday."""
    number, which = weekday_number(m["w"]), group(m, "q")
    if "following" in which or "previous" in which:
        base = view.reference.start
        if base is None:
            return Reach(precision=Precision.DAY)
        sign = 1 if "following" in which else -1
        return one_day(next(d for n in range(1, 8) if (d := shift(base, sign * n)).weekday() == number))
    if "next" in which:
        return one_day(next_weekday(view.day, number))
    if "last" in which or "past" in which:
        return one_day(last_weekday(view.day, number))
    if "coming" in which:
        return one_day(weekday_near(view.day, number, Direction.FUTURE))
    if "this" in which:
        return one_day(shift(view.day, number - view.day.weekday()))
    return one_day(weekday_near(view.day, number, view.direction))


_NEAR_DAYS = {
    "day before": (-2, -2),
    "day after": (2, 2),
    "yesterday": (-1, -1),
    "tomorrow": (1, 1),
    "last night": (-1, -1),
    "overnight": (-1, 0),
}
"""Days from the day of writing, the longest words first."""


def near_day(m: re.Match[str], view: View) -> Reach | None:
    """Yesterday, last night, this morning."""
    text = " ".join(m[0].lower().split())
    for word, (first, last) in _NEAR_DAYS.items():
        if re.search(rf"\b{word}\b", text):
            return Reach(shift(view.day, first), shift(view.day, last), Precision.DAY)
    return one_day(view.day)


def ago(m: re.Match[str], view: View) -> Reach | None:
    """Two weeks ago, years ago."""
    name = unit(m["u"])
    if not group(m, "n"):
        return Reach(None, back(view.day, 2, name), Precision.UNKNOWN)
    low, high = amount(group(m, "n"))
    if low == high:
        return around(back(view.day, low, name), name)
    return Reach(back(view.day, high, name), back(view.day, low, name), around(view.day, name).precision)


def from_now(m: re.Match[str], view: View) -> Reach | None:
    """In two weeks' time."""
    (low, high), name = amount(group(m, "n")), unit(m["u"])
    first, last = around(back(view.day, -low, name), name), around(back(view.day, -high, name), name)
    return Reach(first.start, last.end, first.precision)


def _coarse(day: date, number: float, name: str) -> Precision:
    """How exact the days of a stretch are."""
    precision = around(day, name).precision
    return Precision.WEEK if precision is Precision.DAY and abs((back(day, number, name) - day).days) > 2 else precision


def stretch(m: re.Match[str], view: View) -> Reach | None:
    """For the past two weeks, in recent days, in the coming months."""
    name, number = unit(m["u"]), group(m, "n")
    high = amount(number)[1] if number else 5 if name != "day" else 7
    precision = _coarse(view.day, high, name)
    if group(m, "q") in ("coming", "next"):
        return Reach(view.day, back(view.day, -high, name), precision)
    return Reach(back(view.day, high, name), view.day, precision)


def stretch_to(m: re.Match[str], view: View) -> Reach | None:
    """In the three weeks to Sunday."""
    name, high = unit(m["u"]), amount(group(m, "n"))[1]
    if m["w"]:
        last: date | None = weekday_near(view.day, weekday_number(m["w"]), view.direction)
    else:
        last = date_near(view.day, month_number(m["m"] or m["o"]), number_of_day(m["d"] or m["e"]), view.direction)
    return None if last is None else Reach(back(last, high, name), last, _coarse(last, high, name))


def this_time(m: re.Match[str], view: View) -> Reach | None:
    """This time last year: the month of it, the days around it for a week or a month."""
    name, sign = unit(m["u"]), -1 if "next" in group(m, "q") else 1
    then = back(view.day, sign, name)
    if name == "year":
        return month_of(then.year, then.month)
    return Reach(shift(then, -1), shift(then, 1), Precision.DAY) if name == "week" else around(then, "week")


def spell(m: re.Match[str], view: View) -> Reach | None:
    """(After) two weeks of: the time up to now."""
    name, high = unit(m["u"]), amount(group(m, "n"))[1]
    return Reach(back(view.day, high, name), view.day, around(view.day, name).precision)


def counted_from_reference(m: re.Match[str], view: View) -> Reach | None:
    """The next day, two days later, a week earlier, the same day."""
    text, base, name = m[0].lower(), view.reference, unit(group(m, "u") or "day")
    name = "day" if name in ("night", "morning", "evening", "afternoon") else name
    low, high = amount(group(m, "n"))
    if base.start is None or base.end is None:
        return Reach(precision=around(view.day, name).precision)
    if "same" in text or text.startswith("that"):
        return base
    sign = -1 if re.search(r"later|after|next|following", text) else 1
    first, last = sorted((back(base.start, sign * low, name), back(base.end, sign * high, name)))
    return Reach(around(first, name).start, around(last, name).end, around(first, name).precision)


def _step(which: str) -> int:
    if re.search(r"last|past|previous", which):
        return -1
    return 1 if re.search(r"next|coming", which) else 0


def _whole(name: str, step: int, view: View) -> Reach:
    """Last, this or next week, month, year or the like."""
    if name == "week":
        return week_of(view.day, step)
    if name == "month":
        month = shift_months(view.day, step)
        return month_of(month.year, month.month)
    if name == "year":
        return year_of(min(max(view.day.year + step, 1), 9999))
    n_years = 10 if name == "decade" else 100
    first = min(max(view.day.year // n_years * n_years + step * n_years, 1), 9900)
    return Reach(date(first, 1, 1), date(first + n_years - 1, 12, 31), Precision.YEAR)


def whole_unit(m: re.Match[str], view: View) -> Reach | None:
    """Last week, earlier this month, late next year."""
    name, step, third = unit(m["u"]), _step(group(m, "q")), _third(m)
    if group(m, "q") in ("the past", "the last") and not third:
        return Reach(
            back(view.day, 1, name), view.day, around(view.day, name).precision
        )  # not the calendar's last week: the days up to now
    if group(m, "q") == "the next" and name in ("decade", "century"):
        return Reach(view.day, back(view.day, -1, name), Precision.YEAR)  # from now on, not the calendar's
    reach = _whole(name, step, view)
    if third and reach.start is not None:
        if name == "month":
            return month_of(reach.start.year, reach.start.month, third)
        if name == "year":
            return year_of(reach.start.year, third)
    if step == 0 and group(m, "x") == "later":
        return cut(reach, after=view.day)
    if step == 0 and (group(m, "x") == "earlier" or view.direction is Direction.PAST):
        return cut(reach, before=view.day)
    return reach


def end_of_unit(m: re.Match[str], view: View) -> Reach | None:
    """The end of the year."""
    name = unit(group(m, "u") or "year")
    reach = _whole(name, _step(group(m, "q")), view)
    if reach.end is None:
        return None
    return Reach(shift(reach.end, -6 if name != "week" else -1), reach.end, reach.precision)


def start_of_unit(m: re.Match[str], view: View) -> Reach | None:
    """The start of the year."""
    name = unit(m["u"])
    reach = _whole(name, 0, view)
    n_days = {"week": 1, "month": 6, "year": 30}.get(name, 364)
    return None if reach.start is None else Reach(reach.start, shift(reach.start, n_days), reach.precision)


def part_of_year(m: re.Match[str], view: View) -> Reach | None:
    """The first quarter of 2031, the second half of last year."""
    which = {"first": 0, "second": 1, "third": 2, "fourth": 3}.get(group(m, "k"), -1)
    n_months = 3 if group(m, "u") == "quarter" else 6
    if which * n_months >= 12:
        return None
    year = int(m["y"]) if m["y"] else min(max(view.day.year + _step(group(m, "q")), 1), 9998)
    first = date(year, 1 + n_months * which if which >= 0 else 13 - n_months, 1)
    return Reach(first, shift(shift_months(first, n_months), -1), Precision.MONTH)


def weekend(m: re.Match[str], view: View) -> Reach | None:
    """Over the weekend, next weekend."""
    which = group(m, "q")
    if "next" in which or "coming" in which:
        coming = weekend_of(view.day, Direction.FUTURE)
        return coming if view.day.weekday() < 4 else weekend_of(shift(view.day, 7), Direction.FUTURE)
    if _step(which) < 0 and view.day.weekday() >= 5:
        return weekend_of(shift(view.day, -7), None)
    ahead = "this" in which and view.day.weekday() >= 2 and view.direction is not Direction.PAST
    return weekend_of(view.day, Direction.FUTURE if ahead else view.direction)


def season(m: re.Match[str], view: View) -> Reach | None:
    """This summer, last winter, in the spring of 2014."""
    name, which, day = m["s"].lower(), group(m, "q"), view.day
    if group(m, "y"):
        return season_of(int(m["y"]), name)
    near = [season_of(y, name) for y in range(max(day.year - 2, 1), min(day.year + 2, 9998) + 1)]
    if "next" in which or view.direction is Direction.FUTURE:
        ahead = [
            r
            for r in near
            if r.end is not None and r.end >= day and not ("next" in which and r.start is not None and r.start <= day)
        ]
        return ahead[0] if ahead else None
    behind = [
        r for r in near if r.start is not None and r.start <= day and not ("last" in which and r.end is not None and r.end >= day)
    ]
    return cut(behind[-1], before=day) if behind else None


def eleventh_september(m: re.Match[str], view: View) -> Reach | None:
    """9/11, the name of a day."""
    return one_day(date(2001, 9, 11))
