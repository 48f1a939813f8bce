"""What reports measure of one thing, read from their words: ages, weights, lengths, times, years, hours of the day.

Readings keep few of these as figures, and none says of what it is a measure.  Two measures are of one thing when the words beside them
are, in sentences that tell one matter.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import inf

from crossread.linking.backgrounds import looks_back
from crossread.linking.counts import goes_back, is_room
from crossread.linking.play import PLAYED, tells_of_play
from crossread.linking.sentences import Sentence, StoryView
from crossread.linking.statements import Statement, statements_of_view
from crossread.linking.stems import content_stems, fold, stem
from crossread.records import Figure
from crossread.vocabulary import Bound, FigureKind

_UNITS = {
    "length": {
        "foot feet ft": 0.3048, "metre metres meter meters m": 1.0, "kilometre kilometres kilometer kilometers km": 1000.0,
        "mile miles": 1609.0, "yard yards": 0.9144, "inch inches": 0.0254, "centimetre centimetres centimeter centimeters cm": 0.01,
    },
    "weight": {
        "pound pounds lb lbs": 0.4536, "kilo kilos kilogram kilograms kg": 1.0, "ton tons tonne tonnes": 1000.0, "gram grams": 0.001,
        "ounce ounces": 0.0283,
    },
    "time": {
        "second seconds": 1.0, "minute minutes min mins": 60.0, "hour hours": 3600.0, "day days": 86400.0, "week weeks": 604800.0,
        "month months": 2629800.0, "year years": 31557600.0,
    },
    "speed": {"mph": 1.609, "kph": 1.0},
    "share": {"per_cent percent %": 1.0},
}  # fmt: skip
_SIZES = {
    form.replace("_", " "): (dimension, size)
    for dimension, units in _UNITS.items()
    for forms, size in units.items()
    for form in forms.split()
}
_WORDS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
    "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_NUMBER = (
    rf"(?:\d{{1,3}}[ -]1/2|\d[\d,]*(?:\.\d+)?|(?:{'|'.join(_TENS)})(?:-(?:{'|'.join(_WORDS[1:10])}))?"
    rf"|{'|'.join(_WORDS[1:20])}|an?|half an?)"
)
_BOUND = (
    r"(?P<least>(?<!no )(?<!not )more than|over|at least|above|longer than|older than|upwards? of)"
    r"|(?P<most>no more than|not more than|less than|under|fewer than|up to|at most|almost"
    r"|nearly|just under|as (?:much|many|long|far|high|deep) as)|(?P<about>about|around|some|roughly|approximately|an estimated|close to|or so)"
)
_UNIT = "|".join(sorted(_SIZES, key=len, reverse=True))
_MEASURE = re.compile(
    rf"(?<![\w.,$£€-])(?:(?:{_BOUND}) (?:a |an |the )?)?(?P<low>{_NUMBER})(?:(?: ?- ?| to | or )(?P<high>{_NUMBER}))?[ -]?(?P<unit>{_UNIT})"
    r"(?![\w.]\w)(?P<old>[ -]olds?\b| of age\b)?(?P<after> ago| later| earlier| before| after)?"
)
_OF_SOMETHING = re.compile(r" of (?!the\b)\w+")
"""What makes of a length of time one of something else ("two weeks of storms")."""
_AN_HOUR = re.compile(r" (?:an|per|a) (?:hour|second|minute|day|week|month|year)\b")
"""What makes a speed or a rate of a length, a weight or a sum."""
_MAGNITUDE = re.compile(rf"\b(?:magnitude(?:[ -]of)?[ -](?P<a>\d(?:\.\d)?|{'|'.join(_WORDS[3:10])})|(?P<b>\d\.\d)[ -]magnitude)\b")
_CALIBRE = re.compile(r"(?<![\d.])\. ?(?P<size>\d{2,3})[ -]{1,3}cali(?:ber|bre)\b")
_THINGS = (
    "villages|towns|houses|homes|buildings|shops|schools|cars|vehicles|trucks|lorries|buses|boats|tanks|aftershocks|tremors|explosions|blasts|bombs"
    "|shots|rounds|bullets|missiles|rockets|shells|mortars|strikes|raids|gunmen|attackers|robbers|suspects|assailants|hijackers|hostages"
    "|firefighters|officers|soldiers|troops|guards|witnesses|bodies|arrests|charges|counts|attacks|incidents|complaints|victims|cases|fires"
    "|carriages|wagons|floors|storeys|stories|trees|animals|weapons|guns|rifles|tents|families|children|women|men|students|workers|passengers"
)
_SMALL = (
    "of|as|in|and|or|for|to|at|by|with|from|when|while|the|a|an|on|after|before|more|other|others|people|per|percent|days|years"
)
_COUNT = rf"\d(?:[\d,]*\d)?|{'|'.join(_WORDS[2:20])}"
_THINGS_COUNTED = re.compile(
    rf"(?<![\w.,$£€-])(?:(?:{_BOUND}) )?(?P<low>{_COUNT})(?: (?:to|or) (?P<high>{_COUNT}))?"
    rf" (?:(?!(?:{_SMALL})\b)[a-z-]+ ){{0,2}}?(?P<thing>{_THINGS})\b(?!-)"
)
_PARENT = re.compile(rf"\b(?:mother|father|mom|mum|dad|parent)[- ]of[- ](?P<number>[1-9]\d?|{'|'.join(_WORDS[1:20])})\b")
_AGED = re.compile(r"(?<=, )(?P<age>[1-9]\d?)(?=,| and\b|\.$)|\baged (?P<aged>[1-9]\d?)\b|\((?P<round>[1-9]\d)\)")
_CLOCK = re.compile(
    r"(?<![\w.:])(?P<hour>1[0-2]|[1-9])(?:[.:](?P<minute>[0-5]\d))? ?(?P<half>[ap])\.?m\b(?:\.? (?P<zone>[ecmp][sd]?t|gmt|bst|utc|cet)\b)?"
)
_YEAR = re.compile(r"\bin (?:\w+ )?(?P<year>1[89]\d\d|20\d\d)\b(?!s)")
_YEARS = re.compile(r"\bfrom (?P<since>1[89]\d\d|20\d\d) (?:to|until|through) (?P<until>1[89]\d\d|20\d\d)\b")
_HINT = re.compile(rf"\d|\b(?:{'|'.join((*_WORDS[1:20], *_TENS))})\b|\ban? (?:{_UNIT})\b")
_PERSONS = (
    ("boy", "child toddler kid son youngster teenager pupil schoolboy baby infant"),
    ("girl", "child toddler kid daughter youngster teenager pupil schoolgirl baby infant"),
)
_ALIKE_COUNTED = tuple(
    frozenset(map(stem, words.split()))
    for words in (
        "people marchers protesters protestors demonstrators participants supporters",
        "people workers employees staff jobs posts",
        "people dead bodies victims deaths fatalities casualties persons",
        "people residents inhabitants villagers families refugees evacuees",
        "people users customers consumers clients accounts",
        "houses homes buildings properties",
    )
)
"""Words for those counted that may stand for each other."""
_KIN = {stem(word): {stem(base), *map(stem, others.split())} for base, others in _PERSONS for word in (base, *others.split())}
for _base, _others in _PERSONS:
    for _word in _others.split():
        _KIN.setdefault(stem(_word), set()).update({stem(_base), stem(_word)})


@dataclass(frozen=True, eq=False)
class Measure:
    """A measure in one statement: of which kind, the numbers that it leaves possible, and the words beside it."""

    statement: Statement
    kind: str
    low: float
    high: float
    words: str
    head: frozenset[str]
    """What is so old, heavy or long: stems of the words that follow a measure put before them, or the name before an age."""
    beside: frozenset[str]
    """Stems of the words around it in its clause."""
    is_about: bool = False

    @property
    def sentence(self) -> Sentence:
        """The sentence that holds it."""
        return self.statement.sentence


def measures_of(view: StoryView) -> Iterator[Measure]:
    """The measures that a story's statements give, those that look back left out."""
    for statement in statements_of_view(view):
        if _HINT.search(statement.folded) is None or statement.is_question or tells_of_play(statement.sentence):
            continue
        if looks_back(statement.sentence) is None:
            yield from _in_statement(statement)
        elif "old" in statement.folded:
            yield from (m for m in _in_statement(statement) if m.kind == "age")


def years_of(view: StoryView) -> Iterator[Measure]:
    """The years in which statements that name just one put what they tell."""
    for statement in statements_of_view(view):
        if "in " not in statement.folded and "from " not in statement.folded:
            continue
        found = list(_YEAR.finditer(statement.folded))
        if len({m["year"] for m in found}) == 1:
            year = float(found[0]["year"])
            yield _measure(statement, "year", (year, year), found[0], found[0].end())
        spans = list(_YEARS.finditer(statement.folded)) if "from " in statement.folded else []
        for kind in ("since", "until") if len(spans) == 1 else ():
            year = float(spans[0][kind])
            yield _measure(statement, kind, (year, year), spans[0], spans[0].end())


_COUNTED = frozenset({FigureKind.AFFECTED, FigureKind.BUILDINGS, FigureKind.MONEY, FigureKind.OTHER})
"""Kinds of figures that are set against each other by the words beside them; victims are told apart by place and day elsewhere."""
_OF_MORE = re.compile(
    r"\b(?:other|another|further|additional|remaining|more|of the|of them|of whom|including|among them|first|last) $"
)
_MORE = re.compile(r"^\W*[\w,.-]+ (?:others?|another|more(?! than)|further|of (?:the|those|these|them|whom|its|their))\b")


def counts_told(view: StoryView) -> Iterator[Measure]:
    """The counts that statements give, those of parts, of measures and of vague words left out."""
    for statement in statements_of_view(view):
        figures = statement.sentence.figures
        if (
            not figures
            or statement.is_question
            or tells_of_play(statement.sentence)
            or looks_back(statement.sentence)
            or goes_back(view, statement.sentence)
        ):
            continue
        for figure in figures:
            measure = _count(statement, figure) if any(s.covers(figure.span) for s in statement.spans) else None
            if measure is not None:
                yield measure


def _count(statement: Statement, figure: Figure) -> Measure | None:
    is_sum = figure.kind is FigureKind.MONEY and figure.unit is not None
    if (
        figure.kind not in _COUNTED
        or (figure.unit is not None and not is_sum)
        or figure.part_of is not None
        or figure.of is not None
    ):
        return None
    if figure.bound is Bound.VAGUE or (figure.counted is None and not is_sum):
        return None
    sentence = statement.sentence
    at, end = figure.span.start - sentence.span.start, figure.span.end - sentence.span.start
    folded = sentence.folded
    if folded[:at].endswith("(") or _OF_MORE.search(folded, 0, at) or _MORE.search(folded[at:end]) or is_room(sentence, figure):
        return None
    low, high = figure.low or 0.0, inf if figure.bound in (Bound.AT_LEAST, Bound.MORE_THAN) else figure.high
    low, high = (
        (figure.best, figure.best) if figure.best is not None and high is not inf else (low, high if high is not None else low)
    )
    if figure.bound is Bound.UP_TO:
        low = 0.0
    text = sentence.reading.document.text
    stems = content_stems(fold(figure.counted.of(text))) if figure.counted is not None and not is_sum else ()
    before, after = _CLAUSE_END.split(folded[:at])[-1], _CLAUSE_END.split(folded[end:])[0]
    beside = frozenset((*_stems_of(before)[-_BEFORE:], *_stems_of(after)[:_AFTER]))
    words = " ".join(figure.span.of(sentence.reading.document.text).split())
    is_about = figure.bound in (Bound.ABOUT, Bound.NEARLY)
    head = frozenset(s for s in stems if not s[0].isdigit() and s not in _NOT_BESIDE)
    if head & PLAYED:
        return None
    kind = f"sum in {figure.unit}" if is_sum else f"count of {figure.kind.value}"
    return Measure(statement, kind, low, high, words, head, beside - head, is_about)


def _in_statement(statement: Statement) -> Iterator[Measure]:
    folded = statement.folded
    for match in _MEASURE.finditer(folded):
        kind, size = _SIZES[match["unit"]]
        of_something = kind != "share" and _OF_SOMETHING.match(folded, match.end()) is not None
        if match["after"] is None and not of_something and (extent := _extent(match)) is not None:
            if _AN_HOUR.match(folded, match.end()):
                kind = "speed" if kind == "length" else f"{kind} rate"
            age = match["old"] is not None and kind == "time"
            scaled = (extent[0] * size, extent[1] * size)
            yield _measure(statement, "age" if age else kind, scaled, match, match.end(), is_about=match["about"] is not None)
    yield from _things_counted(statement)
    for match in _PARENT.finditer(folded):
        number = _value(match["number"])
        if number is not None and statement.sentence.name_stems:
            yield replace(_measure(statement, "children", (number, number), match, match.end()), head=statement.sentence.name_stems)
    for match in _MAGNITUDE.finditer(folded):
        value = _value(match["a"] or match["b"]) or 0.0
        yield _measure(statement, "magnitude", (value, value), match, match.end())
    for match in _CALIBRE.finditer(folded) if "calib" in folded else ():
        value = float(f"0.{match['size']}")
        yield _measure(statement, "calibre", (value, value), match, match.end())
    for match in _CLOCK.finditer(folded) if "|" not in folded else ():
        minutes = float(int(match["hour"]) % 12 * 60 + int(match["minute"] or 0) + (720 if match["half"] == "p" else 0))
        yield _measure(statement, "clock", (minutes, minutes), match, match.end())
    for match in _AGED.finditer(folded):
        name = _named_before(statement, match.start())
        if name is not None:
            years = float(match["age"] or match["aged"] or match["round"]) * _SIZES["year"][1]
            yield Measure(statement, "age", years, years, match.group(), name, frozenset())


def _things_counted(statement: Statement) -> Iterator[Measure]:
    """Counts of things that stand in the words of a statement and in none of its figures."""
    folded, known = (
        statement.folded,
        {f.span.of(statement.sentence.reading.document.text).lower() for f in statement.sentence.figures},
    )
    for match in _THINGS_COUNTED.finditer(folded):
        extent = _extent(match)
        inside = any(match["thing"] in words and match["low"] in words for words in known)
        if (
            extent is None
            or inside
            or _OF_MORE.search(folded, 0, match.start())
            or _MORE.search(folded[match.start() : match.end()])
        ):
            continue
        told = _measure(statement, "count of other", extent, match, match.end(), is_about=match["about"] is not None)
        yield replace(told, head=frozenset((stem(match["thing"]),)))


def _extent(match: re.Match[str]) -> tuple[float, float] | None:
    """The numbers that a measure leaves possible, in its own unit."""
    low, high = _value(match["low"]), _value(match["high"] or match["low"])
    if low is None or high is None or high < low:
        return None
    if match["least"] is not None:
        return (low, inf)
    if match["most"] is not None:
        return (high * 0.8, high) if match["most"] in ("almost", "nearly", "just under") else (0.0, high)
    return (low, high)


def _value(words: str) -> float | None:
    if words[0].isdigit():
        if words.endswith("1/2"):
            return float(words[:-4]) + 0.5
        digits = words.replace(",", "")
        return float(digits) if digits.count(".") < 2 else None
    if words in ("a", "an"):
        return 1.0
    if words.startswith("half"):
        return 0.5
    if words in _WORDS:
        return float(_WORDS.index(words))
    tens, _, ones = words.partition("-")
    return float(_TENS[tens] + (_WORDS.index(ones) if ones else 0))


_CLAUSE_END = re.compile(r"[,;:.!?()\"]|\b(?:and|but|while|when|after|before|which|who|that)\b")
_SOON = re.compile(r"\b(?:(?:shortly|just|soon|some time|not long|long) )?(?:before|after|at|around|about)\W*$")
"""What leads to a time of day, and ends no clause."""
_BEFORE, _AFTER = 6, 5
"""Content words before and after a measure that tell of what it is one."""
_ATTRIBUTE = re.compile(r"\W*(?P<words>(?:[\w'-]+,? ?){1,4})")
_NO_HEAD = re.compile(
    r"^\W*(?:of|in|on|at|to|into|for|from|with|by|and|or|but|when|while|as|that|who|which|before|after|is|was|were|are|had|has|have|it|he|she|they"
    r"|down|up|away|long|deep|high|wide|tall|apart)\b"
)


def _measure(
    statement: Statement, kind: str, extent: tuple[float, float], match: re.Match[str], end: int, *, is_about: bool = False
) -> Measure:
    folded = statement.folded
    pieces = _CLAUSE_END.split(_SOON.sub("", folded[: match.start()]))
    before = next((piece for piece in reversed(pieces) if piece.strip()), "")
    after = _CLAUSE_END.split(folded[end:])[0]
    head: frozenset[str] = frozenset()
    follows = _ATTRIBUTE.match(folded, end)
    if follows is not None and not _NO_HEAD.match(folded[end:]) and _CLAUSE_END.match(folded[end : end + 1]) is None:
        head = frozenset(content_stems(follows["words"]))
    stems = (*_stems_of(before)[-_BEFORE:], *_stems_of(after)[:_AFTER])
    return Measure(statement, kind, *extent, " ".join(match.group().split()), head, frozenset(stems), is_about)


def _stems_of(text: str) -> tuple[str, ...]:
    return tuple(s for s in content_stems(text) if not s[0].isdigit() and s not in _NOT_BESIDE)


_NOT_BESIDE = frozenset(
    map(stem, (*_WORDS, *_TENS, "old", "long", "short", "half", "quarter", *(u for u in _SIZES if u.isalpha())))
)
_NAME = re.compile(r"((?:[A-Z][\w'’.-]{1,30} ){0,5}[A-Z][\w'’-]{1,30})(?:, (?:aged )?|,? \()$|([A-Z][\w'’-]{1,30}) aged $")


_DESCRIBED = re.compile(r"\b(?:an?|the) (?:\w+ ){0,2}?([a-z]{3,}), (?:aged )?$")


def _named_before(statement: Statement, at: int) -> frozenset[str] | None:
    """Stem of the last name before an age ("Ana Holt, 41,")."""
    found = _NAME.search(statement.text[:at])
    if found is None or len(statement.text) != len(statement.folded):
        described = _DESCRIBED.search(statement.folded[:at])
        return frozenset((stem(described[1]),)) if described is not None else None
    name = next(group for group in found.groups() if group)
    words = [stem(word.lower()) for word in name.split()]
    return frozenset((f"name {words[-1]}", f"first {words[0]}")) if len(words) > 1 else None


def counted_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two counts are told in one word, or in words that may stand for each other."""
    return one == other or any(one <= group and other <= group for group in _ALIKE_COUNTED)


def kindred(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether heads share a word, or words for one sort of person."""
    return any(a == b or b in _KIN.get(a, ()) for a in one for b in other)
