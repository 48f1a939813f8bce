"""Durations without a number word: "for years", "more than an hour", "lasted an hour and a half"."""

import re

from crossread.reading.counted import Draft
from crossread.reading.numbers import Number, with_bound
from crossread.reading.timewords import Expression
from crossread.records import Span
from crossread.vocabulary import Bound, FigureKind

_MANY = re.compile(
    r"\b(?:for|tak(?:e|es|ing)|took|taken|last(?:ed|s|ing)?|within)\s+(?P<d>(?:(?:many|long)\s+)?(?P<u>hours|days|weeks|months|years|decades|centuries))\b"
    r"(?!\s+(?:to\s+come|ago))",
    re.IGNORECASE,
)
_BOUND = (
    (Bound.MORE_THAN, r"(?:well\s+|slightly\s+|just\s+)?(?:more\s+than|over)"),
    (Bound.AT_LEAST, r"at\s+least"),
    (Bound.NEARLY, r"nearly|almost|just\s+under|less\s+than|under"),
    (Bound.UP_TO, r"up\s+to"),
    (Bound.ABOUT, r"about|around|roughly|some"),
)
_LASTING = r"(?:for|tak(?:e|es|ing)|took|taken|last(?:ed|s|ing)?|within|spent|spend(?:s|ing)?|waited|waiting)"
_BOUNDS = "|".join(f"(?P<{bound.value}>{words})" for bound, words in _BOUND)
_ONE = re.compile(
    rf"\b(?P<lasting>{_LASTING}\s+)?(?P<d>(?:(?:{_BOUNDS})\s+)?an?\s+(?P<u>minute|hour|day|week|month|year|decade|century)(?P<half>\s+and\s+a\s+half)?)\b"
    r"(?!\s+(?:ago|earlier|later|before|after|old|from|to\s+come|or\s+two|in\s+(?:advance|which))|-|[’']s)",
    re.IGNORECASE,
)
_ONCE = frozenset((Bound.ABOUT, Bound.UP_TO))
"""Words of bounds that mean other things too ("about a year that changed it") unless something lasts."""


def has_durations(text: str, start: int, end: int) -> bool:
    """Whether a stretch of text may hold such a duration."""
    return _MANY.search(text, start, end) is not None or _ONE.search(text, start, end) is not None


def bare_times(text: str, sentence: Span, expressions: tuple[Expression, ...]) -> list[Draft]:
    """Drafts of the durations without a number word in a sentence."""
    made = []
    for found in _MANY.finditer(text, sentence.start, sentence.end):
        start, end = found.span("d")
        unit = "century" if found["u"].lower().startswith("cent") else found["u"].lower().removesuffix("s")
        number = Number(start, end, start, "several", 2.0, None, None, bound=Bound.VAGUE, written=True)
        made.append(_draft(found, number, unit))
    for found in _ONE.finditer(text, sentence.start, sentence.end):
        if (one := _one(found)) is not None:
            made.append(_draft(found, one, found["u"].lower()))
    times = [e for e in expressions if e.rule.name not in ("stretch", "spell")]
    return [d for d in made if not any(e.start < d.end and d.start < e.end for e in times)]


def _draft(found: re.Match[str], number: Number, unit: str) -> Draft:
    noun = Span(*found.span("u"))
    return Draft(number, number.start, number.end, noun=noun, head=found["u"], kind=FigureKind.DURATION, unit=unit, by="unit")


def _one(found: re.Match[str]) -> Number | None:
    """One unit, or one and a half, where it is bounded or something lasts so long; "for a day" by itself is an idiom as often."""
    bound = next((b for b, _ in _BOUND if found[b.value]), None)
    lasting, half = found["lasting"], found["half"]
    if bound is None and not half and not (lasting and not lasting.lower().startswith("for")):
        return None
    if bound in _ONCE and not lasting and not half:
        return None
    start, end = found.span("d")
    value = 1.5 if half else 1.0
    number = Number(start, end, start, "words", value, value, value, written=True)
    return with_bound(number, bound) if bound is not None else number
