"""Counts that a text gives in two parts without their sum: "six men and one woman died"."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from crossread.reading.breakdowns import PERSONS
from crossread.reading.counted import Draft
from crossread.vocabulary import Bound

_BY_SEX = re.compile(r"(?:wo)?m[ae]n|boys?|girls?|child(?:ren)?|adults?", re.IGNORECASE)
"""What says no more of people than their sex or age; "two guards and three clerks" stay two counts."""


def with_sums(text: str, drafts: Sequence[Draft]) -> list[Draft]:
    """ "Six men and one woman died": the sum of the two as a figure, of which they are parts."""
    made = list(drafts)
    for left, right in pairwise(drafts):
        numbers = left.number, right.number
        if text[left.end : right.start].split() != ["and"] or left.part_of is not None or right.part_of is not None:
            continue
        if (
            left.kind is not right.kind
            or left.kind not in PERSONS
            or any(n.bound is not Bound.EXACT or n.best is None for n in numbers)
        ):
            continue
        if not all(_BY_SEX.fullmatch(d.head) for d in (left, right)) or left.head == right.head or left.of or right.of:
            continue
        value = (left.number.best or 0) + (right.number.best or 0)
        number = replace(left.number, low=value, best=value, high=value)
        whole = Draft(
            number, left.start, right.end, noun=left.noun, head="people", kind=left.kind, by=right.by, cue=right.cue or left.cue
        )
        left.part_of = right.part_of = whole
        made.insert(made.index(left), whole)
    return made
