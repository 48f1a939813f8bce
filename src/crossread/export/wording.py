"""Typed values in plain words: dates, numbers, bounds, documents."""

import re
from datetime import date
from pathlib import PurePath

from crossread.linking.number_disputes import SEVERAL, vague_words
from crossread.linking.value_ranges import range_ends
from crossread.records import Document, FigureValue, FileSource, LineSource, MemberSource, Reading, Span, StoryFigure, When
from crossread.vocabulary import Bound, FigureKind, Precision

_BOUND_WORDS = {
    Bound.EXACT: "",
    Bound.AT_LEAST: "at least ",
    Bound.MORE_THAN: "more than ",
    Bound.ABOUT: "about ",
    Bound.NEARLY: "nearly ",
    Bound.UP_TO: "up to ",
    Bound.VAGUE: "",
}


_REGULAR = (
    "second", "minute", "hour", "day", "night", "week", "month", "year", "decade", "tonne", "hectare", "acre", "mile", "litre", "barrel",
    "degree",
)  # fmt: skip
_PLURALS = {unit: f"{unit}s" for unit in _REGULAR} | {"foot": "feet", "inch": "inches", "century": "centuries"}
"""Units that are written out: what more than one is called."""
_SIZES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
_CURRENCIES = {"$": "dollars", "US$": "dollars", "£": "pounds", "€": "euros", "¥": "yen"}
"""Signs that stand before a number, and their names."""


_MARKS = re.compile(r"[\"“”‘’«»]")
_FEWEST_WORDS = 4
_LINKS = frozenset(
    ("a", "an", "and", "for", "from", "his", "her", "in", "its", "of", "on", "that", "the", "their", "this", "to", "with")
)


def says_something(text: str) -> bool:
    """Whether words tell what was said: quoted ones do, a bare name or a noun with its article ("that theme") does not."""
    words = text.split()
    if _MARKS.search(text):
        return True
    is_name = all(word[:1].isupper() or word.lower() in _LINKS for word in words)
    return len(words) >= _FEWEST_WORDS and not is_name


def shorten(text: str, width: int) -> str:
    """Text on one line, cut at a word and marked with an ellipsis when it is longer than ``width`` characters."""
    text = " ".join(text.split())
    if len(text) <= width:
        return text
    return text[: width - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def quoted(text: str) -> str:
    """Words of a report in quotation marks; where they hold marks of their own, as they stand."""
    return text if any(mark in text for mark in '“”"«»') else f"“{text}”"


def day_text(day: str) -> str:
    """``2016-10-08`` as ``8 Oct 2016``."""
    d = date.fromisoformat(day)
    return f"{d.day} {d:%b} {d.year}"


def published_text(reading: Reading) -> str:
    """When a report was published; where it gives no date, what others let tell of it."""
    told = (p.message for p in reading.problems if p.code == "date.by_others")
    return when_text(reading.document.published) or next(told, "")


def when_text(when: When | None) -> str:
    """A date interval in words, as vague as it is; empty when nothing is known."""
    if when is None or (when.start is None and when.end is None):
        return ""
    if when.start is None:
        return f"by {day_text(when.end or '')}"
    if when.end is None:
        return f"from {day_text(when.start)}"
    if when.start == when.end:
        return day_text(when.start)
    first, last = date.fromisoformat(when.start), date.fromisoformat(when.end)
    if when.precision is Precision.YEAR and first.year == last.year:
        return str(first.year)
    if when.precision is Precision.MONTH and (first.year, first.month) == (last.year, last.month):
        return f"{first:%B} {first.year}"
    if first.year == last.year:
        start = str(first.day) if first.month == last.month else f"{first.day} {first:%b}"
        return f"{start}–{day_text(when.end)}"
    return f"{day_text(when.start)} – {day_text(when.end)}"


def number_text(value: float | None, unit: str | None = None) -> str:
    """A number with thousands parted and round millions in words; shares as per cent, units of time in the plural, ``$2.5 million``."""
    if value is None:
        return "?"
    if unit == "share":
        return f"{round(value * 100, 1):g} %"
    return _with_unit(_plain_number(value), unit, one=value == 1)


def _plain_number(value: float) -> str:
    for size, name in _SIZES:
        if value >= size and (100 * value / size).is_integer():
            return f"{value / size:,g} {name}"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,g}"


def _with_unit(words: str, unit: str | None, *, one: bool = False) -> str:
    if not unit:
        return words
    if unit in _CURRENCIES:
        return f"{unit}{words}"
    return f"{words} {unit if one else _PLURALS.get(unit, unit)}"


def figure_value_text(value: FigureValue, unit: str | None = None) -> str:
    """A reported value with its bound, as reported: ``at least 35``, ``60 to 80``."""
    bound = _BOUND_WORDS[value.bound]
    if value.best is not None:
        text = f"{bound}{number_text(value.best, unit)}"
    elif (vague := _vague_text(value, unit)) is not None:
        text = vague
    elif value.low is not None and value.high is not None and value.low != value.high:
        text = f"{number_text(value.low, unit if unit == 'share' else None)} to {number_text(value.high, unit)}"
    else:
        known = value.low if value.low is not None else value.high
        text = f"{bound}{number_text(known, unit)}" if known is not None else "a number not given"
    return f"{text} of {number_text(value.of)}" if value.of is not None else text


def _vague_text(value: FigureValue, unit: str | None) -> str | None:
    """``hundreds``, with what they are of: ``thousands of tonnes``."""
    words = vague_words(value)
    if words is None or not unit:
        return words
    if words == SEVERAL:
        return f"{words} {_CURRENCIES.get(unit) or _with_unit('', unit).strip()}"
    return f"{words} of {_CURRENCIES.get(unit) or _with_unit('', unit).strip()}"


def range_text(figure: StoryFigure) -> str:
    """The range of all reported values."""
    unit = figure.unit
    each = unit if unit == "share" or unit in _CURRENCIES else None  # what stands with both ends
    ends = range_ends(figure, lambda number: number_text(number, each))
    words = " to ".join(ends) or "not given"
    if each or not ends or not unit:
        return words
    if ends[-1] == SEVERAL:
        return f"{words} {_with_unit('', unit).strip()}"
    if ends[-1][:1].isalpha():  # a vague word
        return f"{words} of {_with_unit('', unit).strip()}"
    return _with_unit(words, unit, one=words == "1")


def kind_and_detail(figure: StoryFigure) -> tuple[str, str]:
    """What a figure counts: its kind (for `other` the counted thing), and the counted thing where that says more than kind and unit do."""
    kind, counted = figure.kind.value.replace("_", " "), " ".join(figure.counted.split())
    if figure.kind is FigureKind.OTHER:
        return counted or kind, ""
    units = {figure.unit or "", _CURRENCIES.get(figure.unit or "", "")} | (
        set(_REGULAR) if figure.kind is FigureKind.DURATION else set()
    )
    same = {kind, *units} - {""}
    return kind, "" if counted.lower() in same or counted.lower().removesuffix("s") in same else counted


_BEFORE, _AROUND = 18, 58
"""Characters of a sentence before a figure, and in all, by which it is told what it is of."""


def words_around(text: str, sentence: Span, figure: Span) -> str:
    """A figure in the words around it, cut at words and marked where cut: ``… spent more than a year repairing the quay …``."""
    start = max(sentence.start, figure.start - _BEFORE)
    end = min(sentence.end, max(figure.end, start + _AROUND))
    start = start if start == sentence.start else start + len(text[start : figure.start].split(" ", 1)[0])
    words = text[start:end] if end == sentence.end else text[start : max(figure.end, start + text[start:end].rfind(" "))]
    shown = " ".join(words.split()).strip(" .,;:")
    return f"{'… ' if start > sentence.start else ''}{shown}{' …' if end < sentence.end else ''}"


def document_label(document: Document) -> str:
    """How a document is called in citations: its publisher, else its file, else its headline or id."""
    if document.publisher:
        return document.publisher
    if isinstance(document.source, FileSource):
        return "stdin" if document.source.path == "-" else PurePath(document.source.path).name
    if isinstance(document.source, MemberSource):
        return document.source.member
    if document.title:
        return shorten(document.title, 40)
    if isinstance(document.source, LineSource):
        return f"{'stdin' if document.source.path == '-' else PurePath(document.source.path).name}:{document.source.line}"
    return document.id


def fact_text(value: object) -> str:
    """A fact of a thread's state in words."""
    if isinstance(value, dict):
        return ", ".join(f"{str(k).replace('_', ' ')} {fact_text(v)}" for k, v in value.items() if v not in (None, [], ()))
    if isinstance(value, list | tuple):
        return ", ".join(fact_text(v) for v in value)
    return f"{value:g}" if isinstance(value, float) else str(value)
