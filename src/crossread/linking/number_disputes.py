"""Counts on which reports differ: values that do not meet, values that differ but can both be true, tolls that grew."""

from collections.abc import Iterator, Sequence
from math import inf

from crossread.linking.case import Case
from crossread.linking.sides import dispute_of, unique_voices
from crossread.records import Dispute, FigureValue, Side, StoryFigure
from crossread.vocabulary import Bound, Compatible, DisputeKind, FigureKind

_ABOUT = 0.15
"""Part of a value by which "about" may be off."""
_SILENT = frozenset({FigureKind.DURATION, FigureKind.OTHER, FigureKind.MEMBERS})
"""Kinds whose groups are too loose to set values against each other."""

_BOUND_WORDS = {
    Bound.AT_LEAST: "at least ", Bound.MORE_THAN: "more than ", Bound.ABOUT: "about ", Bound.NEARLY: "nearly ", Bound.UP_TO: "up to ",
}  # fmt: skip


def number_disputes(case: Case, figures: Sequence[StoryFigure]) -> Iterator[Dispute]:
    """One dispute for each count of which reports give different values."""
    for figure in figures:
        if (
            figure.kind in _SILENT
            or "background" in figure.reason
            or (figure.kind is FigureKind.MONEY and len(figure.counted.split()) < 3)
        ):
            continue
        by_words: dict[str, list[FigureValue]] = {}
        for value in figure.values:
            if _extent(value) is not None and value.bound is not Bound.VAGUE:
                by_words.setdefault(in_words(value), []).append(value)
        if len({_main(v[0]) for v in by_words.values()}) < 2:
            continue
        sides = [_side(words, values) for words, values in by_words.items()]
        compatible, reason = _judge(figure, [v for values in by_words.values() for v in values])
        yield dispute_of(DisputeKind.NUMBER, f"How many {_thing(figure)}", sides, compatible, reason)


def _thing(figure: StoryFigure) -> str:
    kind = figure.kind.value.replace("_", " ")
    return kind if kind in figure.counted.casefold() else f"{figure.counted} {kind}"


def _side(words: str, values: Sequence[FigureValue]) -> Side:
    return Side(
        position=words,
        held_by=tuple(dict.fromkeys(v.voice.speaker for v in values if v.voice is not None and v.voice.speaker is not None)),
        voices=unique_voices(v.voice for v in values if v.voice is not None),
        evidence=tuple(dict.fromkeys(e for v in values for e in v.evidence)),
    )


def in_words(value: FigureValue) -> str:
    """A value as a reader would write it: ``at least 12``, ``200 to 999``."""
    number = _main(value)
    if number is None:
        return vague_words(value) or f"{_plain(value.low)} to {_plain(value.high)}"
    return _BOUND_WORDS.get(value.bound, "") + _plain(number)


_VAGUE = {
    (24, 99): "dozens",
    (40, 99): "scores",
    (200, 999): "hundreds",
    (2000, 9999): "thousands",
    (20_000, 99_999): "tens of thousands",
    (200_000, 999_999): "hundreds of thousands",
    (2_000_000, 9_999_999): "millions",
}
"""What words such as *hundreds* leave possible, as `crossread.reading.numbers` reads them."""


def vague_words(value: FigureValue) -> str | None:
    """The word behind a vague value (``hundreds``), where it is one of the usual ones."""
    if value.bound is not Bound.VAGUE or value.low is None or value.high is None:
        return None
    return _VAGUE.get((int(value.low), int(value.high)))


def _plain(number: float | None) -> str:
    return "?" if number is None else f"{number:,.0f}" if number == int(number) else f"{number:,}"


def _main(value: FigureValue) -> float | None:
    if value.best is not None:
        return value.best
    if value.low is not None and value.high is not None and value.low != value.high:
        return None
    return value.low if value.low is not None else value.high


def _extent(value: FigureValue) -> tuple[float, float] | None:
    """The numbers that a value leaves possible, both ends included."""
    main = _main(value)
    if main is None:
        return (value.low, value.high) if value.low is not None and value.high is not None else None
    if value.bound in (Bound.AT_LEAST, Bound.MORE_THAN):
        return (main, inf)
    if value.bound is Bound.ABOUT:
        return (main * (1 - _ABOUT), main * (1 + _ABOUT))
    if value.bound is Bound.NEARLY:
        return (main * (1 - _ABOUT), main)
    if value.bound is Bound.UP_TO:
        return (0.0, main)
    return (value.low if value.low is not None else main, value.high if value.high is not None else main)


def _judge(figure: StoryFigure, values: Sequence[FigureValue]) -> tuple[Compatible, str]:
    extents = [e for v in values if (e := _extent(v)) is not None]
    if max(e[0] for e in extents) <= min(e[1] for e in extents):
        return Compatible.YES, "the values differ, but their bounds leave a number that fits all of them"
    if figure.grew:
        return Compatible.YES, "later reports give higher values: the count grew"
    days = {v.published.start for v in values if v.published is not None}
    voices = {v.voice.speaker for v in values if v.voice is not None}
    if len(days) > 1:
        return Compatible.UNCLEAR, "the values exclude each other, but were reported on different days"
    if len(voices) > 1:
        return Compatible.NO, "different voices give values that exclude each other"
    return Compatible.UNCLEAR, "the values exclude each other; one may be the later count"
