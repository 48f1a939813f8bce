"""The biggest or one of the biggest, the worst in a century or in two: how far reports go with one superlative."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from crossread.linking.sentences import Sentence, StoryView
from crossread.linking.sides import dispute_of, shorten
from crossread.linking.stems import content_stems, stem
from crossread.records import Dispute, Side, Voice
from crossread.vocabulary import Compatible, DisputeKind

_MOST_OF_ALL = (
    "biggest|largest|worst|deadliest|bloodiest|longest|strongest|heaviest|highest|richest|costliest|fiercest|greatest|oldest"
)
_SUPERLATIVE = re.compile(
    rf"\b(?P<among>(?:one|two|some|among) of (?:the|its|his|her|their|[\w'’]{{1,30}}'s) |among the )?"
    rf"(?:[\w'’-]{{1,30}} ){{0,2}}?(?P<how>{_MOST_OF_ALL})\b(?![ -](?:hit|affected|off|known|paid|placed)\b)"
    r"(?P<after>[^.;:]{0,90})"
)
_SPAN = re.compile(
    r"\bin (?:(?:more|less) than |over |about |almost |nearly |at least |the last |the past )*(?P<number>an?|\d{1,3}|two|three|four|five"
    r"|six|seven|eight|nine|ten|twenty|thirty|forty|fifty|sixty) (?P<unit>year|decade|century|centuries|generation)"
)
_NUMBERS = {
    "a": 1, "an": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twenty": 20,
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
}  # fmt: skip
_YEARS = {"year": 1, "decade": 10, "century": 100, "centuries": 100, "generation": 25}
_EVER = re.compile(r"\bin (?:(?:\w+['’]s|its|the|their|(?:\w+ ){1,2}) )?history\b|\bever\b|\bof all time\b|\bsince\b")
_HINTS = frozenset(_MOST_OF_ALL.split("|"))
_ANOTHER_SPAN = 1.3
"""How many times one span is another to be another one."""
_ALIKE = 0.2
_MOST = 2
"""Weighted overlap of two sentences on one thing; such differences shown of one story."""


@dataclass(frozen=True, eq=False)
class _Use:
    """A superlative in a sentence: of what, whether among others, and in how many years."""

    sentence: Sentence
    how: str
    words: str
    of: frozenset[str]
    is_among: bool
    years: float | None
    is_ever: bool


def superlatives(view: StoryView) -> Iterator[Dispute]:
    """One dispute for each thing that one report calls the biggest of its kind and another one of the biggest, or that of fewer years."""
    uses = [u for s in view.sentences if not s.is_title and not _HINTS.isdisjoint(s.starts) for u in _uses(s)]
    found = [(alike, a, b) for a, b in combinations(uses, 2) if (alike := _one_thing(view, a, b))]
    seen: set[str] = set()
    for _, one, other in sorted(found, key=lambda f: (-f[0], f[1].sentence.key, f[2].sentence.key)):
        if one.how in seen or len(seen) == _MOST:
            continue
        seen.add(one.how)
        sides = [_side(view, use) for use in (one, other)]
        topic = f"How far it goes: “{shorten(one.words, 50)}” or “{shorten(other.words, 50)}”"
        why = "one report goes farther with a superlative than another"
        yield dispute_of(DisputeKind.WORDING, topic, sides, Compatible.YES, why)


def _uses(sentence: Sentence) -> Iterator[_Use]:
    for match in _SUPERLATIVE.finditer(sentence.folded):
        span = _SPAN.search(match["after"])
        years = float(_number(span["number"]) * _YEARS[span["unit"]]) if span is not None else None
        of = frozenset(s for s in content_stems(_CLAUSE.split(match["after"])[0])[:_NOUNS] if s not in _TIMES)
        of = of or frozenset(content_stems(sentence.folded[: match.start("how")])[-_NOUNS:])
        end = match.start("after") + (span.end() if span is not None else _short(match["after"]))
        words = sentence.text[match.start("among") if match["among"] else match.start("how") : end]
        yield _Use(sentence, match["how"], words, of, match["among"] is not None, years, _EVER.search(match["after"]) is not None)


_CLAUSE = re.compile(r"\b(?:that|which|who|in|of|since|to|for|on|at|ever)\b|,")
_NOUNS = 3
"""Content words after a superlative that may name what it is one of."""
_TIMES = frozenset(map(stem, ("year", "decade", "century", "generation", "history", "centuries")))
_LONGEST = 40


def _short(after: str) -> int:
    return len(after[:_LONGEST].rsplit(" ", 1)[0])


def _number(words: str) -> int:
    return int(words) if words.isdigit() else _NUMBERS[words]


def _one_thing(view: StoryView, one: _Use, other: _Use) -> float:
    """How surely two superlatives are of one thing, of which one goes farther (0 where they are not)."""
    if one.how != other.how or one.sentence.document == other.sentence.document or not one.of & other.of:
        return 0.0
    if one.years is not None and other.years is not None:
        low, high = sorted((one.years, other.years))
        differ = high > low * _ANOTHER_SPAN
    else:
        differ = one.is_among != other.is_among and one.years is None and other.years is None
    alike = view.likeness(one.sentence.bag, other.sentence.bag)
    return 0.5 + alike if differ and alike >= _ALIKE else 0.0


def _side(view: StoryView, use: _Use) -> Side:
    at = use.sentence.text.find(use.words)
    said = use.sentence.voice_at(max(at, 0), max(at, 0) + len(use.words))
    speakers = view.case.speaker_of(use.sentence.reading, said.id) if said is not None else ()
    return Side(
        position=f"“{shorten(use.words, 60)}”: {shorten(use.sentence.text, 160)}",
        held_by=speakers,
        voices=tuple(Voice(speaker=s, document=use.sentence.document) for s in speakers or (None,)),
        evidence=(use.sentence.evidence(),),
    )
