"""A quantity that a sentence gives, with the words and names beside it, by which those of two reports can be set side by side."""

import re
from dataclasses import dataclass
from functools import cached_property

from crossread.linking.sentences import Sentence
from crossread.linking.stems import content_stems, stem

UNITS = {
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
        "speed": {"mph": 1.609, "kph": 1.0},
    }.items()
    for forms, size in units.items()
    for form in forms.split()
}  # fmt: skip
"""Words for units: what they measure, and how large they are."""
NO_CONTENT = frozenset(
    """of as in and or for to at by with from when while the a an on after before more other others than that who which were was are is had
    have has been be it its his her their he she they into since until but not about against over under out up down off during through within
    without between ago later earlier this these those if so because where will would could may might can did do does said says there all
    we you i my our your only just each every also then already""".split()  # noqa: SIM905
)
"""Words that end what a number counts."""
FOLLOWS = re.compile(r"\s{0,2}(?P<word>[a-z%][\w'-]{0,30})")
MOST_FOLLOWING = 4
_NUMBER_STEMS = frozenset(
    map(
        stem,
        """one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty
        thirty forty fifty sixty seventy eighty ninety hundred thousand million billion dozen second third fifth eighth ninth twelfth m bn k
        half percent cent per old""".split(),  # noqa: SIM905
    )
) | {stem(unit) for unit in UNITS}
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
        ("earthquake", "quake tremor"),
        ("blast", "explosion exploded"),
        ("shooting", "shot gunned"),
        ("attack", "assault"),
        ("moved", "transported transferred brought came"),
        ("took", "seized confiscated"),
    )
    for word in words.split()
}
"""Words beside a number that tell the same of what it counts, by stem."""
_NAMES = re.compile(r"(?<![.!?] )(?<!^)\b[A-Z][\w'’-]{2,30}")
_CAPITAL = re.compile(r"\b[A-Z][\w'’-]{1,30}")
_PLAYER = re.compile(r"\b([A-Z][\w'’-]{2,30})(?: [a-z-]{1,14}){1,4} $")
_SENTENCE_PIECE = re.compile(r"[,;:()]|\b(?:and|while) (?=[A-Z])")
_JOINED = re.compile(r"(?: ?- ?[a-zA-Z]{2,20}){1,3}|%| ?per ?cent\b|(?<=\d)[a-z]{2,3}\b")
_CLAUSE_END = re.compile(r"[,;:!?()\"]|\. |\b(?:and|but|while|when|after|before|which|who|that|where|although|though)\b")
_WHOLE = frozenset("year since until clock day weekday date magnitude calibre children".split())  # noqa: SIM905
"""Kinds whose own words say all."""
_BEFORE, _AFTER = 7, 7
"""Content words before and after a number that tell of what it is one."""
_NEAR = 48
"""Characters before and after a number in which names stand beside it."""
_LEAST_OF_CLAUSE = 2
"""Content words that a clause holds before a number, else the one before it is told with it."""


@dataclass(eq=False)
class Quantity:
    """A number in a sentence, what it counts or measures, and what stands beside it."""

    sentence: Sentence
    at: int
    end: int
    kind: str
    low: float
    high: float
    head: frozenset[str] = frozenset()
    """Stems of what is counted, of what has the age or follows the ordinal."""
    part: frozenset[str] = frozenset()
    """Words before what is counted that tell which of them are ("female", "American")."""
    mark: str = ""
    """A word that makes it a part of a row or of a whole ("the first", "another"); the zone of a time of day."""
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
        if self.kind in _WHOLE:
            return " ".join(text[self.at : end].split())
        joined = _JOINED.match(text, end)
        if joined is not None:
            return " ".join(text[self.at : joined.end()].split())
        for _ in range(MOST_FOLLOWING):
            following = FOLLOWS.match(self.sentence.folded, end)
            if following is None or following["word"] in NO_CONTENT:
                break
            end = following.end()
            if stem(following["word"]) in self.head or following["word"] in UNITS:
                break
        return " ".join(text[self.at : end].split())


def _last_piece(before: str) -> str:
    """The clause that ends a text, with the one before it where it holds too little."""
    pieces = _CLAUSE_END.split(before)
    piece = pieces.pop()
    while pieces and len(_plain_stems(piece)) < _LEAST_OF_CLAUSE:
        piece = f"{pieces.pop()} {piece}"
    return piece


def _plain_stems(text: str) -> list[str]:
    return [_SAME.get(s, s) for s in content_stems(text) if not s[0].isdigit() and s not in _NUMBER_STEMS]
