"""Measures that are told in a form of their own: times of day, strengths of a quake, calibres, how many children, years of an office."""

import re
from collections.abc import Iterator

from crossread.linking.quantities import Quantity
from crossread.linking.sentences import Sentence
from crossread.reading.numbers import parse_number

_ONE_TO_TEN = "one|two|three|four|five|six|seven|eight|nine|ten"
_MAGNITUDE = re.compile(rf"\bmagnitude(?:[ -]of)?[ -](?P<a>\d(?:\.\d)?|{_ONE_TO_TEN})\b|\b(?P<b>\d\.\d)[ -]magnitude\b")
_CALIBRE = re.compile(r"(?<![\d.])\. ?(?P<size>\d{2,3})[ -]{1,3}cali(?:ber|bre)\b")
_PARENT = re.compile(rf"\b(?:mother|father|mom|mum|dad|parent)[- ]of[- ](?P<number>[1-9]\d?|{_ONE_TO_TEN}|eleven|twelve)\b")
_CLOCK = re.compile(
    r"(?<![\w.:])(?P<hour>1[0-2]|[1-9])(?: ?[.:] ?(?P<minute>[0-5]\d))? ?(?P<half>[ap]) ?\.? ?m\b"
    r"(?:\.? (?P<zone>[ecmp][sd]?t|gmt|bst|utc|cet)\b)?"
)
_HOURS = re.compile(
    r"(?<![\d.,:$£€])(?P<h>[01]\d|2[0-3])[:.]?(?P<m>[0-5]\d) ?(?:hrs|hours|(?P<zone>gmt|bst|utc|ist|cet)\b)|\b(?P<noon>noon|midday|midnight)\b"
)
_YEARS = re.compile(r"\bfrom (?P<since>1[6-9]\d\d|20\d\d) (?:to|until|through) (?P<until>1[6-9]\d\d|20\d\d)\b")

OF_ONE_KIND = frozenset(("magnitude", "calibre", "children", "since", "until"))
"""Kinds of which a thing has one."""


def measures_of(sentence: Sentence) -> Iterator[Quantity]:
    """The measures of such forms that a sentence gives."""
    folded = sentence.folded
    if "magnitude" in folded:
        for match in _MAGNITUDE.finditer(folded):
            yield _measure(sentence, match, "magnitude", parse_number(match["a"] or match["b"]))
    if "calib" in folded:
        for match in _CALIBRE.finditer(folded):
            yield _measure(sentence, match, "calibre", float(f"0.{match['size']}"))
    if "of" in folded:
        for match in _PARENT.finditer(folded):
            yield _measure(sentence, match, "children", parse_number(match["number"]))
    if "from " in folded:
        spans = list(_YEARS.finditer(folded))
        for kind in ("since", "until") if len(spans) == 1 else ():
            yield _measure(sentence, spans[0], kind, float(spans[0][kind]))
    for match in _HOURS.finditer(folded):
        clock = (
            720.0
            if match["noon"] in ("noon", "midday")
            else 0.0
            if match["noon"]
            else float(int(match["h"]) * 60 + int(match["m"]))
        )
        yield _measure(sentence, match, "clock", clock)
    if "|" not in folded and "m" in folded:
        for match in _CLOCK.finditer(folded):
            minutes = float(int(match["hour"]) % 12 * 60 + int(match["minute"] or 0) + (720 if match["half"] == "p" else 0))
            yield _measure(sentence, match, "clock", minutes, match["zone"] or "")


def _measure(sentence: Sentence, match: re.Match[str], kind: str, number: float | None, mark: str = "") -> Quantity:
    value = number or 0.0
    return Quantity(sentence, match.start(), match.end(), kind, value, value, mark=mark)
