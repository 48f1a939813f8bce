"""The codebook of counted things: units, and the words that decide what a reported number counts.

``units.toml`` holds the words; this module compiles them once, on first use.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from crossread.vocabulary import FigureKind

Pattern = re.Pattern[str]

_NEVER = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class KindWords:
    """Words that make a number a figure of one kind; see ``units.toml`` for the four places where they stand."""

    kind: FigureKind
    after: Pattern
    before: Pattern
    toll: Pattern
    noun: Pattern
    needs: Pattern | None


@dataclass(frozen=True, slots=True)
class Units:
    """The compiled codebook."""

    version: str
    kinds: tuple[KindWords, ...]
    stop: frozenset[str]
    people: Pattern
    time: Pattern
    money: Pattern
    measures: Pattern
    after: Pattern
    before: Pattern
    toll: Pattern
    labels: tuple[tuple[str, Pattern], ...]

    def of_kind(self, kind: FigureKind) -> KindWords:
        """The words of one kind."""
        return next(k for k in self.kinds if k.kind is kind)


def _any(entries: list[str]) -> str:
    return "|".join(sorted((e.replace(" ", r"\s+") for e in entries), key=len, reverse=True))


def _whole(entries: list[str]) -> Pattern:
    return re.compile(rf"(?:{_any(entries)})", re.IGNORECASE) if entries else _NEVER


def _named(table: dict[str, list[str]]) -> str:
    return "|".join(f"(?P<{name}>{_any(entries)})" for name, entries in table.items() if entries)


_FILL = (
    r"(?:(?:himself|herself|themselves|itself)\s+and\s+)?"
    r"(?:(?:the|an?|some|of|other|another|its|their|his|these|those|as|at|to|about|only|also|both|all)\s+){0,3}"
)
_TOLL_JOIN = (
    r"[^.;]{0,140}?\b(?:to|at|of|as|is|was|were|reach(?:ed|es|ing)?|hit|pass(?:ed|es|ing)?|exceed(?:ed|s|ing)?|top(?:ped|s|ping)?|surpass(?:ed|es)?"
    r"|stands?|stood|rose|rises|climb(?:ed|s)?|put)\s+"
)


@cache
def load_units() -> Units:
    """The codebook, read and compiled once."""
    raw: dict[str, Any] = tomllib.loads(files("crossread.codebook").joinpath("units.toml").read_text(encoding="utf-8"))
    kinds = tuple(
        KindWords(
            kind=FigureKind(name),
            after=_whole(words.get("after", [])),
            before=_whole(words.get("before", [])),
            toll=_whole(words.get("toll", [])),
            noun=_whole(words.get("nouns", [])),
            needs=re.compile(words["needs"], re.IGNORECASE) if "needs" in words else None,
        )
        for name, words in raw["kinds"].items()
    )
    sets = {part: {name: words.get(part, []) for name, words in raw["kinds"].items()} for part in ("after", "before", "toll")}
    return Units(
        version=raw["version"],
        kinds=kinds,
        stop=frozenset(raw["phrase"]["stop"]),
        people=re.compile(rf"(?:{_any(raw['people']['words'])})", re.IGNORECASE),
        time=re.compile(rf"(?:{_named(raw['time'])})\b", re.IGNORECASE),
        money=re.compile(rf"(?:{_any(raw['money']['words'])})\b", re.IGNORECASE),
        measures=re.compile(rf"(?:{_named(raw['measures'])})\b", re.IGNORECASE),
        after=re.compile(rf"(?<![\w-])(?:{_named(sets['after'])})(?![\w-])", re.IGNORECASE),
        before=re.compile(rf"(?<![\w-])(?:{_named(sets['before'])})\s+{_FILL}$", re.IGNORECASE),
        toll=re.compile(rf"(?<![\w-])(?:{_named(sets['toll'])})\b{_TOLL_JOIN}{_FILL}$", re.IGNORECASE),
        labels=tuple((name, re.compile(words, re.IGNORECASE)) for name, words in raw["labels"].items()),
    )
