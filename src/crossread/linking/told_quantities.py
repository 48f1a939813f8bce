"""Quantities read from the words of a sentence: how many of what, how much, how long, the how-manieth, how old.

Readings keep few of these as figures.  The numbers are those of `crossread.reading.numbers`; here they get what they count or measure.
"""

import re
from collections.abc import Iterator
from math import inf

from crossread.linking.quantities import FOLLOWS, MOST_FOLLOWING, NO_CONTENT, UNITS, Quantity
from crossread.linking.sentences import Sentence
from crossread.linking.stems import content_stems, stem
from crossread.reading.numbers import Number, find_numbers
from crossread.vocabulary import Bound

_ORDINALS = {
    word: n
    for n, word in enumerate(
        "second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth".split(),  # noqa: SIM905
        2,
    )
}
_ORDINAL = re.compile(rf"(?<![\w-])(?:(?P<word>{'|'.join(_ORDINALS)})|(?P<digits>[1-9]\d{{0,2}})(?:st|nd|rd|th))(?=[ -][a-z])")
_YEAR = re.compile(
    r"\b(?:in|since|of|during|from) (?:(?:early |late |mid-)?[a-z]{3,9},? (?:\d{1,2}, )?)?(?P<year>1[6-9]\d\d|20\d\d)\b(?![-'%]| ?years?\b)"
)
_PLURALS = frozenset("people men women children police troops personnel cattle sheep fish aircraft staff crew".split())  # noqa: SIM905
_PERSONS = frozenset("people men women children passengers soldiers workers students residents civilians officers".split())  # noqa: SIM905
_NO_PLURALS = ("ss", "us", "is", "'s")
_MARK = re.compile(
    r"\b(?P<mark>first|last|next|final|past|another|other|additional|further|remaining|every|previous|top)(?: of the)? $"
)
_POPULATION = re.compile(
    r"\b(?:town|city|village|nation|country|population|community|island|district|province|camp) of (?:about |some |around |over |nearly )?$"
)
_MORE = re.compile(r"\s(?:more(?! than)|other|others|further|additional)\b")
_OF_THE = re.compile(r"[- ](?:out )?of (?:the|them|those|these|his|her|its|their|whom|\d)")
_AGO = re.compile(r"(?:\s\w+)?\s(?:ago|earlier|before|(?P<later>later|after|from now))\b")
_AN_HOUR = re.compile(r"\s(?:an|per|a) (?P<unit>hour|second|minute|day|week|month|year)\b")
"""What makes a speed or a rate of a length, a weight or a sum."""
_OLD = re.compile(r" ?-? ?years?(?: ?- ?| )olds?\b|(?: |-)years? of age\b")
_CONVERTED = re.compile(r"\$ ?[a-z]{0,3}\d[\d.,]{0,12}(?: ?(?:million|billion|m|bn))? \( ?$")
"""A sum in one sort of dollars before the same sum in another."""
_BROKEN = re.compile(r"\d ?[/-] ?$")
"""What stands before the second half of a number that was printed in two."""
_ROOM = re.compile(r"\b(?:capacity (?:of|for)|room for|seats? for|space for|able to (?:carry|hold|seat)) (?:up to |about |some )?$")
_OUT_OF = re.compile(r"\d of (?:his |her |their |its )?$")
_HYPHEN = re.compile(r" ?- ?(?=[a-z])")
_PARTS = re.compile(
    r"\b(?:female|male|women|young|adult|armed|wounded|injured|dead|foreign|local|civilian|senior|black|white|new|old|empty|major|other)\b"
)
_AGED = re.compile(
    r"(?P<name>[A-Z][\w'’-]{1,30}(?: [A-Z][\w'’.-]{0,30}){0,3})(?:,? \(|, (?:aged? )?| aged )(?P<age>[1-9]\d)(?=,|\)| and\b|\.$|;| -(?! ?\d))"
)
_DESCRIBED = re.compile(r"\b(?:an?|the) (?:[a-z]+ ){0,2}?(?P<who>[a-z]{3,20}), (?:aged )?(?P<age>[1-9]\d)(?=,|\.$| and\b)")
"""An age behind a word for a person ("a teacher, 47,")."""
_ONE_UNIT = re.compile(
    r"\b(?:(?:for|about|around|nearly|almost|over|than|lasted|took|within|after) )(?P<a>half an?|an?)"
    r" (?P<unit>hour|day|week|month|year|decade)\b(?!(?:-| )and(?:-| )a)"
    r"|\b(?P<long>an?) (?P<of>hour|day|week|month|year)-long\b"
)
"""One unit of time, or half of one, as what something takes."""
_CALENDAR = range(1600, 2101)
_NAMED = re.compile(r"(?<![.!?] )(?<!^)\b(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)[A-Z][\w'’-]{1,20} $")
_CURRENCIES = {"$": "dollars", "£": "pounds", "€": "euros"}
_VAGUE = frozenset({"several", "couple", "vague", "vague_of", "vague_some"})
_ROUGH = frozenset({"scale", "half_scale"})
"""Forms that are about so many ("a hundred", "half a million")."""
_ROUND_STEP = 5
"""What is told of as about so much is a multiple of it; "some 122" was counted."""
_ALMOST, _MORE_THAN = 0.8, 1.000001
"""What "almost" may fall short by; what is more than twenty is not twenty."""
_WORTH = (" euros", " dollars", " pounds sterling")


def quantities_of(sentence: Sentence) -> Iterator[Quantity]:
    """The quantities of a sentence, in order; dates, clock times and numbers of which nothing is told are left out."""
    text = sentence.text
    if "http" in sentence.folded:
        return
    for number in find_numbers(text):
        if (found := _quantity(sentence, number)) is not None:
            yield found
    yield from _further(sentence)


def _further(sentence: Sentence) -> Iterator[Quantity]:
    """Ordinals, years, single units of time, and ages behind names."""
    folded = sentence.folded
    for match in _ORDINAL.finditer(folded):
        following = _following(folded, match.end() + (folded[match.end()] == "-"))
        if following:
            number = float(match["digits"] or _ORDINALS[match["word"]])
            yield Quantity(
                sentence, match.start(), match.end(), "ordinal", number, number, frozenset(stem(w) for w in following[:2])
            )
    for match in _YEAR.finditer(folded):
        year = float(match["year"])
        yield Quantity(sentence, match.start(), match.end(), "year", year, year)
    for match in _ONE_UNIT.finditer(folded):
        if _AGO.match(folded, match.end()) is None:
            words = match["a"] or match["long"]
            seconds = UNITS[match["unit"] or match["of"]][1] * (0.5 if words.startswith("half") else 1.0)
            at = match.start("a") if match["a"] else match.start("long")
            yield Quantity(sentence, at, match.end(), "time", seconds, seconds)
    for match in _AGED.finditer(sentence.text) if "," in folded or "(" in folded else ():
        years, head = float(match["age"]), frozenset(content_stems(match["name"].lower()))
        yield Quantity(sentence, match.start("age"), match.end("age"), "age", years, years, head)
    for match in _DESCRIBED.finditer(folded) if "," in folded else ():
        years = float(match["age"])
        yield Quantity(sentence, match.start("age"), match.end("age"), "age", years, years, frozenset((stem(match["who"]),)))


def _quantity(sentence: Sentence, number: Number) -> Quantity | None:
    folded, at, end = sentence.folded, number.core, number.end
    sign = number.currency[-1] if number.currency else ""
    at = folded.rfind(sign, 0, at) if sign else at
    extent = _extent(number)
    if extent is None or _BROKEN.search(folded, max(0, at - 5), at) or _ROOM.search(folded, max(0, at - 40), at):
        return None
    if number.unit == "share":
        return Quantity(sentence, at, end, "share", 100 * extent[0], 100 * extent[1], is_about=_is_about(number))
    if number.unit is not None or _CONVERTED.search(folded, max(0, at - 30), at):
        return None
    worth = folded.startswith(_WORTH, end)
    if number.currency is not None or worth:
        currency = _CURRENCIES.get(sign, sign) or folded[end:].split(None, 1)[0][:5]
        rate = _AN_HOUR.match(folded, end)
        kind = f"sum in {currency}{' a ' + rate['unit'] if rate else ''}"
        return _made(sentence, (at, end), kind, extent, is_about=_is_about(number))
    if _OF_THE.match(folded, end):
        return None
    return _of_words(sentence, number, (at, end), extent)


def _of_words(sentence: Sentence, number: Number, place: tuple[int, int], extent: tuple[float, float]) -> Quantity | None:
    """An age, a measure or a count, by the words behind a number."""
    folded, end, is_about = sentence.folded, place[1], _is_about(number)
    old = _OLD.match(folded, end)
    if old is not None:
        return _made(sentence, place, "age", extent, _following(folded, old.end()), is_about=is_about)
    hyphen, more = _HYPHEN.match(folded, end), _MORE.match(folded, end)
    following = _following(folded, hyphen.end() if hyphen else more.end() if more else end)
    if not following:
        return None
    unit, _, rest = following[0].partition("-")
    if unit not in UNITS:
        return _count_of(sentence, number, place, extent, following, joined=hyphen is not None)
    kind, size = UNITS[unit]
    apart = _AGO.match(folded, end) if kind == "time" else None
    if apart is not None:
        kind = "time after" if apart["later"] else "time ago"
    rate = _AN_HOUR.match(folded, folded.find(unit, end) + len(unit))
    if rate is not None:
        kind, size = ("speed", size / 1000) if (kind, rate["unit"]) == ("length", "hour") else (f"{kind} a {rate['unit']}", size)
    low, high = extent
    return _made(sentence, place, kind, (low * size, high * size), (*((rest,) if rest else ()), *following[1:3]), is_about=is_about)


def _count_of(
    sentence: Sentence,
    number: Number,
    place: tuple[int, int],
    extent: tuple[float, float],
    following: tuple[str, ...],
    *,
    joined: bool,
) -> Quantity | None:
    """A count of what the words behind it name, in the plural or joined by a hyphen; a year and a number of a name are none."""
    low, high = extent
    digits = sentence.folded[place[0] : place[1]]
    if low == high and low in _CALENDAR and digits.isdigit():
        return None
    if joined:
        return _made(sentence, place, "count", extent, (following[0].partition("-")[0],), is_about=_is_about(number))
    plural = next((w for w in following if w in _PLURALS or (w.endswith("s") and not w.endswith(_NO_PLURALS) and len(w) > 2)), None)
    if plural is None and low == high == 1.0:
        plural = following[0]
    if plural is None or (
        plural not in _PERSONS and digits.isdigit() and _NAMED.search(sentence.text, max(0, place[0] - 24), place[0])
    ):
        return None
    return _made(sentence, place, "count", extent, (plural.split("-")[0],), is_about=_is_about(number))


def _made(
    sentence: Sentence,
    place: tuple[int, int],
    kind: str,
    extent: tuple[float, float],
    following: tuple[str, ...] = (),
    *,
    is_about: bool = False,
) -> Quantity:
    folded, (at, end) = sentence.folded, place
    mark = _MARK.search(folded, max(0, at - 24), at)
    marked = mark["mark"] if mark is not None else "more" if _MORE.match(folded, end) else ""
    if _OUT_OF.search(folded, max(0, at - 12), at):
        marked = "of"
    if _POPULATION.search(folded, max(0, at - 40), at):
        marked = "population"
    head = frozenset(stem(w) for word in following for w in word.split("-") if w and w not in UNITS and w not in ("old", "olds"))
    part = frozenset(_PARTS.findall(folded, end, end + 30)) if kind == "count" else frozenset()
    return Quantity(sentence, at, end, kind, *extent, head, part, marked, is_about)


def _following(folded: str, at: int) -> tuple[str, ...]:
    """The words that follow, up to one of no content or a mark."""
    found: list[str] = []
    while len(found) < MOST_FOLLOWING:
        match = FOLLOWS.match(folded, at)
        if match is None or match["word"] in NO_CONTENT:
            break
        found.append(match["word"])
        at = match.end()
    return tuple(found)


def _extent(number: Number) -> tuple[float, float] | None:
    """The numbers that it leaves possible; ``None`` for vague ones ("dozens")."""
    value = number.value
    if number.form in _VAGUE or value is None:
        return None
    if number.bound in (Bound.AT_LEAST, Bound.MORE_THAN):
        return (value * (_MORE_THAN if number.bound is Bound.MORE_THAN else 1.0), inf)
    if number.bound is Bound.UP_TO:
        return (0.0, value)
    if number.bound is Bound.NEARLY:
        return (value * _ALMOST, value)
    return (value, number.high if number.best is None and number.high is not None else value)


def _is_about(number: Number) -> bool:
    """Whether it is given as about so much."""
    if number.form in _ROUGH:
        return True
    value = number.value or 0.0
    return number.bound is Bound.ABOUT and (number.unit == "share" or value % _ROUND_STEP == 0)
