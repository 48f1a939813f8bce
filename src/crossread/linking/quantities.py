"""Quantities that sentences give, read from their words: how many of what, how much, how long, the how-manieth, how old.

Readings keep few of these as figures.  A quantity here is a number with the noun that it counts or the unit that it has, and the content
words and names beside it, by which those of two reports can be set side by side.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from math import inf

from crossread.linking.sentences import Sentence
from crossread.linking.stems import content_stems, stem

_ONES = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()  # noqa: SIM905
)
_TENS = {word: 10 * n for n, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}  # noqa: SIM905
_ORDINALS = {"second": 2, "third": 3, "fifth": 5, "eighth": 8, "ninth": 9, "twelfth": 12}
"""Those that are no number with two letters behind it."""
_TIMES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9, "k": 1e3, "dozen": 12.0}
_WORD_NUMBER = rf"(?:{'|'.join(_TENS)})(?:-(?:{'|'.join(_ONES[:9])}))?|{'|'.join(reversed(_ONES))}"
_HALF = r"(?: |-and-a-| and a )(?:1/2|half)"
_VALUE = rf"(?:\d[\d,]{{0,12}}(?:\.\d{{1,3}})?|{_WORD_NUMBER})"
_NUMBER = re.compile(
    rf"(?<![\w.,:/-])(?P<money>[$£€] ?)?(?P<low>{_VALUE})(?P<half>{_HALF})?"
    rf"(?: ?(?:-|to|or|and) ?(?P<high>{_VALUE}))?(?P<times>[ -](?:hundred|thousand|million|billion|m|bn|k|dozen)\b)?"
    r"(?P<th>(?:st|nd|rd|th)\b)?(?!(?!(?:km|kg|ft|lbs?|mph|kph)\b)\w|[:/]\d|-\d|\.\d|,\d)"
)
_ORDINAL = re.compile(rf"(?<![\w-])(?P<word>{'|'.join(_ORDINALS)})(?=[ -][a-z])")
_YEAR = re.compile(
    r"\b(?:in|since|of|during|from) (?:(?:early |late |mid-)?[a-z]{3,9},? (?:\d{1,2}, )?)?(?P<year>(?:19|20)\d\d)\b(?![-'%])"
)
_FRACTIONS = {"half": 0.5, "third": 1 / 3, "thirds": 1 / 3, "quarter": 0.25, "quarters": 0.25, "fifth": 0.2, "fifths": 0.2}
_FRACTION = re.compile(
    r"(?:(?:(?P<least>over|more than|at least)|(?P<about>about|almost|nearly|around|roughly|some)) )?\b(?:(?P<times>an?|one|two|three)[ -])?"
    rf"(?P<part>{'|'.join(sorted(_FRACTIONS, key=len, reverse=True))}) of (?=the|all|its|their|his|her|[a-z]+s\b)"
)
_HINT = re.compile(
    rf"(?<![\w.,:/-])(?:\d|(?:{'|'.join(sorted((*_TENS, *_ONES, *_ORDINALS, 'half', 'quarter', 'a third'), key=len, reverse=True))}))"
)
_UNITS = {
    form: (dimension, size)
    for dimension, units in {
        "length": {
            "foot feet ft": 0.3048, "metre metres meter meters": 1.0, "kilometre kilometres kilometer kilometers km kms": 1000.0,
            "mile miles": 1609.0, "yard yards": 0.9144, "inch inches": 0.0254, "centimetre centimetres centimeter centimeters cm": 0.01,
        },
        "weight": {
            "pound pounds lb lbs": 0.4536, "kilo kilos kilogram kilograms kg": 1.0, "ton tons tonne tonnes": 1000.0,
            "gram grams": 0.001, "ounce ounces": 0.0283, "carat carats": 0.0002,
        },
        "time": {
            "second seconds": 1.0, "minute minutes min mins": 60.0, "hour hours": 3600.0, "day days": 86400.0, "week weeks": 604800.0,
            "month months": 2629800.0, "year years": 31557600.0, "decade decades": 315576000.0,
        },
        "area": {"acre acres": 0.4047, "hectare hectares": 1.0},
        "share": {"percent % per": 1.0},
        "speed": {"mph": 1.609, "kph": 1.0},
    }.items()
    for forms, size in units.items()
    for form in forms.split()
}  # fmt: skip
_SMALL = frozenset(
    """of as in and or for to at by with from when while the a an on after before more other others than that who which were was are is had
    have has been be it its his her their he she they into since until but not about against over under out up down off during through within
    without between ago later earlier this these those if so because where will would could may might can did do does said says there all
    we you i my our your only just each every also then already""".split()  # noqa: SIM905
)
_PLURALS = frozenset("people men women children police troops personnel cattle sheep fish aircraft staff crew".split())  # noqa: SIM905
_PERSONS = frozenset("people men women children passengers soldiers workers students residents civilians officers".split())  # noqa: SIM905
_NO_PLURALS = ("ss", "us", "is", "'s")
_FOLLOWS = re.compile(r"\s{0,2}(?P<word>[a-z%][\w'-]{0,30})")
_MOST_FOLLOWING = 4
_BOUND = re.compile(
    r"\b(?:(?P<least>(?<!no )(?<!not )more than|over|at least|above|upwards? of|as many as)|(?P<most>less than|under|fewer than|up to|at most)"
    r"|(?P<nearly>almost|nearly)|(?P<about>about|around|some|roughly|approximately|an estimated|estimated|close to)) (?:the |an? )?$"
)
_AFTER_BOUND = re.compile(r" or (?P<least>more)\b| or (?P<about>so)\b|\+")
_MARK = re.compile(
    r"\b(?P<mark>first|last|next|final|past|another|other|additional|further|remaining|every|previous|top)(?: of the)? $"
)
_MORE = re.compile(r"\s(?:more(?! than)|other|others|further|additional)\b")
_OF_THE = re.compile(r"[- ](?:out )?of (?:the|them|those|these|his|her|its|their|whom|\d)")
_AGO = re.compile(r"(?:\s\w+)?\s(?:ago|earlier|before|(?P<later>later|after|from now))\b")
_OLD = re.compile(r" ?-? ?years?(?: ?- ?| )olds?\b|(?: |-)years? of age\b")
_JOINED = re.compile(r"(?: ?- ?[a-zA-Z]{2,20}){1,3}|%| ?per ?cent\b|(?<=\d)[a-z]{2,3}\b")
_CONVERTED = re.compile(r"\$ ?[a-z]{0,3}\d[\d.,]{0,12}(?: ?(?:million|billion|m|bn))? \($")
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
_YEARS = range(1900, 2101)
_NAMES = re.compile(r"(?<![.!?] )(?<!^)\b[A-Z][\w'’-]{2,30}")
_PLAYER = re.compile(r"\b([A-Z][\w'’-]{2,30})(?: [a-z-]{1,14}){1,4} $")
_SENTENCE_PIECE = re.compile(r"[,;:()]|\b(?:and|while) (?=[A-Z])")
_CAPITAL = re.compile(r"\b[A-Z][\w'’-]{1,30}")
_BEFORE, _AFTER = 7, 7
"""Content words before and after a number that tell of what it is one."""
_NEAR = 48
"""Characters before and after a number in which names stand beside it."""


@dataclass(eq=False)
class Quantity:
    """A number in a sentence, what it counts or measures, and what stands beside it."""

    sentence: Sentence
    at: int
    end: int
    kind: str
    low: float
    high: float
    head: frozenset[str]
    """Stems of what is counted, of what has the age or follows the ordinal."""
    part: frozenset[str] = frozenset()
    """Words before what is counted that tell which of them are ("female", "American")."""
    mark: str = ""
    """A word that makes it a part of a row or of a whole ("the first", "another")."""
    is_about: bool = False

    @property
    def key(self) -> tuple[tuple[str, str, int], int]:
        """Sorts quantities by publication, document and place."""
        return (self.sentence.key, self.at)

    @cached_property
    def near(self) -> frozenset[str]:
        """Stems of the content words around it."""
        folded = self.sentence.folded
        before, after = _plain_stems(_last_piece(folded[: self.at])), _plain_stems(_CLAUSE_END.split(folded[self.end :], 1)[0])
        if not after and len(before) < _LEAST_OF_CLAUSE:
            after = _plain_stems(" ".join(_CLAUSE_END.split(folded[self.end :], 2)[:2]))
        return frozenset((*before[-_BEFORE:], *after[:_AFTER])) - self.head

    @cached_property
    def beside(self) -> frozenset[str]:
        """Stems of the three content words right before it and the one right after it; of the two after it where it opens a sentence."""
        folded = self.sentence.folded
        before = _plain_stems(folded[max(0, self.at - _NEAR) : self.at])[-3:]
        pieces = _CLAUSE_END.split(folded[self.end : self.end + _NEAR], 2)
        after = _plain_stems(pieces[0] if before else " ".join(pieces[:2]))
        return frozenset((*before, *after[: 1 if before else 2]))

    @cached_property
    def names(self) -> frozenset[str]:
        """Stems of the capitalised words close to it."""
        text = self.sentence.text
        start = max(0, self.at - _NEAR)
        found = (*_NAMES.findall(text, start, self.at), *_NAMES.findall(text, self.end, self.end + _NEAR))
        return frozenset(s for name in found for s in content_stems(name.lower()))

    @cached_property
    def owner(self) -> frozenset[str]:
        """Stems of the name of who is so old; empty where a word for a person stands there."""
        text = self.sentence.text
        printed = (*_CAPITAL.findall(text, max(0, self.at - _NEAR), self.at), *_CAPITAL.findall(text, self.end, self.end + _NEAR))
        return frozenset(s for name in printed for s in content_stems(name.lower())) & self.head

    @cached_property
    def player(self) -> str:
        """Stem of the last word of the name that stands before it in its clause, with at most four plain words between; else empty."""
        before = self.sentence.text[max(0, self.at - 2 * _NEAR) : self.at]
        name = _PLAYER.search(_SENTENCE_PIECE.split(before)[-1])
        return stem(name[1].lower()) if name is not None else ""

    @property
    def words(self) -> str:
        """The number with the words that it counts, as printed."""
        text, end = self.sentence.text, self.end
        joined = _JOINED.match(text, end)
        if joined is not None:
            return " ".join(text[self.at : joined.end()].split())
        for _ in range(_MOST_FOLLOWING):
            following = _FOLLOWS.match(self.sentence.folded, end)
            if following is None or following["word"] in _SMALL:
                break
            end = following.end()
            if stem(following["word"]) in self.head or following["word"] in _UNITS:
                break
        return " ".join(text[self.at : end].split())


_CLAUSE_END = re.compile(r"[,;:!?()\"]|\. |\b(?:and|but|while|when|after|before|which|who|that|where|although|though)\b")
_LEAST_OF_CLAUSE = 2
"""Content words that a clause holds before a number, else the one before it is told with it."""


def _last_piece(before: str) -> str:
    """The clause that ends a text, with the one before it where it holds too little."""
    pieces = _CLAUSE_END.split(before)
    piece = pieces.pop()
    while pieces and len(_plain_stems(piece)) < _LEAST_OF_CLAUSE:
        piece = f"{pieces.pop()} {piece}"
    return piece


def _plain_stems(text: str) -> list[str]:
    return [_SAME.get(s, s) for s in content_stems(text) if not s[0].isdigit() and s not in _NUMBER_STEMS]


_SAME = {
    stem(word): stem(base)
    for base, words in (
        ("rescued", "saved"),
        ("injured", "hurt wounded"),
        ("arrested", "detained custody"),
        ("bought", "purchased acquired"),
        ("began", "started"),
        ("visit", "trip tour"),
        ("destroyed", "demolished flattened razed"),
        ("cost", "price worth"),
        ("jailed", "imprisoned prison jail"),
        ("deliberated", "deliberations"),
    )
    for word in words.split()
}
"""Words beside a number that tell the same of what it counts, by stem."""


_NUMBER_STEMS = frozenset(
    map(stem, (*_ONES, *_TENS, *_ORDINALS, *_TIMES, "half", "percent", "cent", *(u for u in _UNITS if u.isalpha())))
)


def quantities_of(sentence: Sentence) -> Iterator[Quantity]:
    """The quantities of a sentence, in order; dates, clock times and numbers of which nothing is told are left out."""
    folded, end = sentence.folded, 0
    hints = list(_HINT.finditer(folded))
    starts = [match.start() - (folded[match.start() - 1 : match.start()] in _CURRENCY) for match in hints]
    for start in starts:
        number = _NUMBER.match(folded, start) if start >= end else None
        if number is not None:
            end = number.end()
            if (found := _quantity(sentence, number)) is not None:
                yield found
    if starts:
        yield from _further(sentence, frozenset(match.group() for match in hints))


def _further(sentence: Sentence, hints: frozenset[str]) -> Iterator[Quantity]:
    """Ordinals that are words of their own, years, fractions and ages behind names."""
    folded = sentence.folded
    for match in _ORDINAL.finditer(folded) if not hints.isdisjoint(_ORDINALS) else ():
        following = _following(folded, match.end() + (folded[match.end()] == "-"))
        if following:
            head = frozenset(stem(w) for w in following[:2])
            number = float(_ORDINALS[match["word"]])
            yield Quantity(sentence, match.start(), match.end(), "ordinal", number, number, head)
    for match in _YEAR.finditer(folded) if " 19" in folded or " 20" in folded else ():
        year = float(match["year"])
        yield Quantity(sentence, match.start(), match.end(), "year", year, year, frozenset())
    for match in _FRACTION.finditer(folded) if " of " in folded else ():
        share = 100.0 * _FRACTIONS[match["part"]] * {"two": 2.0, "three": 3.0}.get(match["times"], 1.0)
        low, high = (share, 100.0) if match["least"] is not None else (share, share)
        yield Quantity(sentence, match.start(), match.end(), "share", low, high, frozenset(), is_about=match["about"] is not None)
    if not hints.isdisjoint("123456789") and ("," in folded or "(" in folded):
        yield from _ages(sentence)


def _ages(sentence: Sentence) -> Iterator[Quantity]:
    """Ages behind a name ("Ana Holt, 41,")."""
    for match in _AGED.finditer(sentence.text):
        years, head = float(match["age"]), frozenset(content_stems(match["name"].lower()))
        yield Quantity(sentence, match.start("age"), match.end("age"), "age", years, years, head)


def _quantity(sentence: Sentence, match: re.Match[str]) -> Quantity | None:
    folded, end = sentence.folded, match.end()
    extent = _extent(folded, match)
    if extent is None or _BROKEN.search(folded, max(0, match.start() - 5), match.start()):
        return None
    if _ROOM.search(folded, max(0, match.start() - 40), match.start()):
        return None
    if _OF_THE.match(folded, end) or _CONVERTED.search(folded, max(0, match.start() - 30), match.start()):
        return None
    low, high, is_about = extent
    if match["money"] or folded.startswith((" euros", " dollars", " pounds sterling"), end):
        return _made(sentence, match, f"sum in {_currency(folded, match)}", low, high, is_about)
    old = _OLD.match(folded, end)
    if old is not None:
        return _made(sentence, match, "age", low, high, is_about, _following(folded, old.end()))
    hyphen = _HYPHEN.match(folded, end)
    following = _following(folded, hyphen.end() if hyphen else end)
    if folded.startswith(("%", " %"), end):
        following = ("%",)
    if not following:
        return None
    if match["th"]:
        return _made(sentence, match, "ordinal", low, high, is_about, following[:2])
    unit, _, rest = following[0].partition("-")
    if unit in _UNITS and (unit != "per" or folded.startswith((" per cent", "-per-cent"), end)):
        kind, size = _UNITS[unit]
        if kind == "share":
            return _made(sentence, match, kind, low, high, is_about)
        apart = _AGO.match(folded, end) if kind == "time" else None
        if apart is not None:
            kind = "time after" if apart["later"] else "time ago"
        return _made(sentence, match, kind, low * size, high * size, is_about, (*((rest,) if rest else ()), *following[1:3]))
    return _count_of(sentence, match, (low, high), following, hyphen is not None, is_about)


def _count_of(
    sentence: Sentence, match: re.Match[str], extent: tuple[float, float], following: tuple[str, ...], joined: bool, is_about: bool
) -> Quantity | None:
    """A count of what the words behind it name, in the plural or joined by a hyphen; a year and a number of a name are none."""
    low, high = extent
    if low == high and low in _YEARS and match["times"] is None and "," not in match["low"]:
        return None
    if joined:
        return _made(sentence, match, "count", low, high, is_about, (following[0].partition("-")[0],))
    plural = next((w for w in following if w in _PLURALS or (w.endswith("s") and not w.endswith(_NO_PLURALS) and len(w) > 2)), None)
    if plural is None and low == high == 1.0:
        plural = following[0]
    if plural is not None and plural not in _PERSONS and _is_name(sentence, match):
        return None
    plural = plural.split("-")[0] if plural is not None else None
    return _made(sentence, match, "count", low, high, is_about, (plural,)) if plural is not None else None


_NAMED = re.compile(r"(?<![.!?] )(?<!^)\b(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)[A-Z][\w'’-]{1,20} $")


def _is_name(sentence: Sentence, match: re.Match[str]) -> bool:
    """Whether a small number belongs to the name before it ("Flight 12", "Delta 4 rockets")."""
    if match["low"][0].isalpha() or "," in match["low"] or match["times"]:
        return False
    return _NAMED.search(sentence.text, max(0, match.start() - 24), match.start()) is not None


def _made(
    sentence: Sentence, match: re.Match[str], kind: str, low: float, high: float, is_about: bool, following: tuple[str, ...] = ()
) -> Quantity:
    folded = sentence.folded
    mark = _MARK.search(folded, max(0, match.start() - 24), match.start())
    marked = mark["mark"] if mark is not None else "more" if _MORE.match(folded, match.end()) else ""
    if _OUT_OF.search(folded, max(0, match.start() - 12), match.start()):
        marked = "of"
    head = frozenset(stem(w) for word in following for w in word.split("-") if w and w not in _UNITS and w not in ("old", "olds"))
    part = frozenset(_PARTS.findall(folded, match.end(), match.end() + 30)) if kind == "count" else frozenset()
    return Quantity(sentence, match.start(), match.end(), kind, low, high, head, part, marked, is_about)


_CURRENCY = {"$": "dollars", "£": "pounds", "€": "euros"}


def _currency(folded: str, match: re.Match[str]) -> str:
    return _CURRENCY[match["money"].strip()] if match["money"] else folded[match.end() :].split(None, 1)[0][:5]


def _following(folded: str, at: int) -> tuple[str, ...]:
    """The words that follow, up to one of no content or a mark."""
    found: list[str] = []
    while len(found) < _MOST_FOLLOWING:
        match = _FOLLOWS.match(folded, at)
        if match is None or match["word"] in _SMALL:
            break
        found.append(match["word"])
        at = match.end()
    return tuple(found)


def _extent(folded: str, match: re.Match[str]) -> tuple[float, float, bool] | None:
    """The numbers that it leaves possible, and whether they are given as about so much."""
    low, high = _value(match["low"]), _value(match["high"] or match["low"])
    if match["half"]:
        low, high = low + 0.5, high + 0.5
    times = _TIMES[match["times"].strip(" -")] if match["times"] else 1.0
    low, high = low * (times if match["high"] is None or low < high else 1.0), high * times
    if high < low:
        return None
    bound = _BOUND.search(folded, max(0, match.start() - 24), match.start()) or _AFTER_BOUND.match(folded, match.end())
    kinds = {kind for kind, words in bound.groupdict().items() if words} if bound is not None else set()
    if "least" in kinds:
        return (low, inf, False)
    if "most" in kinds:
        return (0.0, high, False)
    return (low * 0.8, high, False) if "nearly" in kinds else (low, high, "about" in kinds and high % _ROUND_STEP == 0)


_ROUND_STEP = 5
"""What is told of as about so much is a multiple of it; "some 122" was counted."""


def _value(words: str) -> float:
    if words[0].isdigit():
        return float(words.replace(",", ""))
    if words in _ONES:
        return float(_ONES.index(words) + 1)
    tens, _, ones = words.partition("-")
    return float(_TENS[tens] + (_ONES.index(ones) + 1 if ones else 0))
