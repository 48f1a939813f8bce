"""Whether two numbers of two reports, each the other's nearest, are of one thing: by what stands beside them and by their sentences."""

import re
from dataclasses import dataclass

from crossread.linking.backgrounds import looks_back
from crossread.linking.concepts import opposition, touches
from crossread.linking.incidents import days_in, in_months, other_matter, other_places, over_days
from crossread.linking.play import PLAYED, tells_of_play
from crossread.linking.quantities import Quantity
from crossread.linking.sentences import Sentence, StoryView
from crossread.linking.stems import stem
from crossread.linking.told_counts import scope_of
from crossread.linking.told_days import DAYS, told_beside, told_of_one
from crossread.linking.told_measures import OF_ONE_KIND


@dataclass(frozen=True, eq=False)
class Pair:
    """Two numbers of two reports that are each other's nearest, and how alike what stands beside them and their sentences are."""

    one: Quantity
    other: Quantity
    near: float
    alike: float


def _stems(words: str) -> frozenset[str]:
    return frozenset(map(stem, words.split()))


_LEAST_POINTS, _MORE_OF_MANY, _MOST_OF_MANY = 0.55, 0.08, 4
"""What the two likenesses of a pair add up to at least; more where the reports give several such numbers."""
_NEAR, _ALIKE, _NEAR_BACK, _POINTS_BACK, _POINTS_ELSEWHERE, _NEAR_YEAR = 0.22, 0.2, 0.6, 1.2, 0.8, 0.4
_MOST_YEARS, _POINTS_FAR_YEARS, _ALIKE_YEARS, _LESS = 10, 1.2, 0.55, 0.1
"""Years apart up to which two are likely to be of one thing; the points that more need; likeness of sentences that needs no points."""
_SHARED, _SHARED_AT_LARGE = 2, 3
"""Stems that two sentences share; the same where a number may be of anything (sums, shares, times)."""
_AT_LARGE = frozenset(("share", "time", "time ago", "time after", "length", "weight", "speed", "area"))
_STRAIGHT = _stems("day days week month year night time times hour")
"""What goes on: its how-manieth is another one on another day."""
_ANOTHER = re.compile(r"\b(?:second|third|another|other|younger|older|elder|brothers?|sisters?|twins?|both)\b")
_RELATIVE = re.compile(r"\b(?:mother|father|parents?|son|daughter|wife|husband|sister|brother|uncle|aunt|cousin|grand\w+)\b")
"""Those who share a surname, each with an age."""
_CHANGED = re.compile(r"\b(?:(?:narrow|widen|shrank|shrunk|dwindl)\w*|(?:up|down) from)\b")
"""What tells that a number was another one before."""
STAGES = _stems("acquitted convicted sentenced released freed pardoned died born married resigned retired opened closed")
"""What befalls somebody or something once, each in a year of its own."""
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_PLAIN_NUMBER = re.compile(r"\d{1,3}(?!\d)|\d{5,}")


def of_one_thing(view: StoryView, pair: Pair, many: int = 2) -> bool:
    """Whether two nearest numbers are alike enough in what stands beside them to be of one thing.

    Args:
        view: The story.
        pair: The two numbers.
        many: How many such numbers the two reports give together.
    """
    one, other = pair.one, pair.other
    first, second = one.sentence, other.sentence
    if one.kind == "age" and one.owner and other.owner:
        if one.owner != other.owner and (_RELATIVE.search(first.folded) or _RELATIVE.search(second.folded)):
            return False
        return not (_ANOTHER.search(first.folded) or _ANOTHER.search(second.folded))
    if one.kind in DAYS:
        return bool(first.events and second.events) and told_of_one(pair.near, pair.alike, one, other)
    if one.kind in OF_ONE_KIND or one.kind in ("age", "clock") or _is_rate(one, other) or of_one_sort(one, other):
        return _by_kind(pair)
    if one.kind == "year":
        return _year_of_one(view, pair)
    return _number_of_one(pair, many)


def _number_of_one(pair: Pair, many: int) -> bool:
    """Whether two counts, sums or measures of which a story has many are of one thing."""
    one, other = pair.one, pair.other
    first, second = one.sentence, other.sentence
    points = pair.near + pair.alike
    if slightly_apart(one, other) and points >= _POINTS_SLIGHT and pair.near >= _NEAR_SLIGHT:
        return True
    if pair.near < _NEAR or pair.alike < _ALIKE or points < _LEAST_POINTS + _MORE_OF_MANY * min(many - 2, _MOST_OF_MANY):
        return False
    if not _may_be_one(one, other, points) or _CHANGED.search(first.folded) or _CHANGED.search(second.folded):
        return False
    if one.kind in ("time ago", "time after") and not told_beside(one, other):
        return False
    if one.kind == "count" and not _meant_alike(one, other):
        return False
    years = [frozenset(_YEAR.findall(s.folded)) for s in (first, second)]
    if all(years) and years[0] != years[1]:
        return False
    if in_months(first) != in_months(second) and _has_day(first) and _has_day(second):
        return False
    if _is_back(first) != _is_back(second) and (pair.near < _NEAR_BACK or points < _POINTS_BACK):
        return False
    spans = (first, (first.span,), second, (second.span,))
    return not other_places(*spans) and (points >= _POINTS_ELSEWHERE or not other_matter(*spans))


_VICTIMS = _stems("people persons dead deaths bodies victims casualties fatalities cases infections patients injuries arrests")
_OF_ANYTHING = slice(2, 4)
"""Where the scope of a count tells of a rate, and of a part or a further lot: the rest is told of people."""


def _meant_alike(one: Quantity, other: Quantity) -> bool:
    """Whether two counts are both sure, of one part, time and place, as far as the words beside them tell."""
    ours, theirs = scope_of(one), scope_of(other)
    if (one.head | other.head) & _VICTIMS:
        return ours == theirs
    return ours[_OF_ANYTHING] == theirs[_OF_ANYTHING] and over_days(one.sentence) == over_days(other.sentence)


_ALIKE_BY_KIND = {"age": 0.28, "clock": 0.35}
_NEAR_CLOCK, _NEAR_SURELY = 0.4, 0.5
"""Likeness of what stands beside two times of day that needs no word right beside both."""
_ALIKE_OF_KIND = 0.22
"""What two sentences that give a measure of which a thing has one share at least."""
_ANOTHER_QUAKE = re.compile(
    r"\b(?:after-?shocks?|foreshocks?|(?:second|third|another|later|previous) (?:\w+ )?(?:quake|earthquake|tremor))\b"
)


def _by_kind(pair: Pair) -> bool:
    """Whether two measures of which a thing has one, or two ages of somebody without a name, are of one thing."""
    one, other = pair.one, pair.other
    first, second = one.sentence, other.sentence
    shared = (first.bag & second.bag) - one.head - other.head
    least = _ALIKE_OF_KIND if one.kind == "clock" and pair.near >= _NEAR_SURELY else _ALIKE_BY_KIND.get(one.kind, _ALIKE_OF_KIND)
    if pair.alike < least or len(shared) < _SHARED:
        return False
    if other_matter(first, (first.span,), second, (second.span,)):
        return False
    if one.kind in ("age", "children") and (_ANOTHER.search(first.folded) or _ANOTHER.search(second.folded)):
        return False
    if one.kind in ("magnitude", "calibre"):
        quakes = _ANOTHER_QUAKE.search(first.folded) or _ANOTHER_QUAKE.search(second.folded)
        return not quakes and in_months(first) == in_months(second)
    if one.kind in ("since", "until", "children"):
        return len(first.name_stems & second.name_stems) >= (1 if one.kind == "children" else _SHARED)
    if one.kind == "clock":
        told = [s for s in shared - _CALENDAR if not s[0].isdigit()]
        return len(told) > _SHARED and (pair.near >= _NEAR_CLOCK or told_beside(one, other))
    return True


_CALENDAR = _stems(
    """january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec
    monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun published updated posted morning afternoon evening"""
)
"""What two lines that only give a day and a time share."""
_RATES = _stems("turnout unemployment inflation poverty literacy popularity approval growth interest")
"""What has one share at a time."""
_SORTS = tuple(
    re.compile(words)
    for words in (
        r"\b(?:stole|stolen|steal|stealing|snatch\w*|loot\w*|haul|heist|theft|robb\w+|made off|making off)\b",
        r"\b(?:damage|damages|destruction|losses)\b",
        r"\bransom\b",
        r"\b(?:fine|fined|fines)\b",
        r"\bbail\b",
        r"\breward\b",
    )
)
"""Sums of which a story has one: what was stolen, what the damage is, what was asked as ransom."""


def _is_rate(one: Quantity, other: Quantity) -> bool:
    return one.kind == "share" and bool(_RATES & one.near & other.near)


def of_one_sort(one: Quantity, other: Quantity) -> bool:
    """Whether two sums are of a sort of which a story has one."""
    if not one.kind.startswith("sum"):
        return False
    return any(sort.search(one.sentence.folded) and sort.search(other.sentence.folded) for sort in _SORTS)


_POINTS_SLIGHT, _NEAR_SLIGHT = 0.4, 0.15
_SLIGHT, _LEAST_LARGE, _ROUND, _MILLION, _ROUND_MILLIONS = 1.06, 1000, 3, 1e6, 2


def slightly_apart(one: Quantity, other: Quantity) -> bool:
    """Whether two large exact counts differ by so little that one is likely to be the other misprinted ("2,106", "2,116")."""
    low, high = sorted((one.low, other.low))
    if one.kind != "count" or one.is_about or other.is_about or low < _LEAST_LARGE or high > _SLIGHT * low:
        return False
    return (
        one.low == one.high
        and other.low == other.high
        and all(len(f"{n:.0f}".rstrip("0")) > (_ROUND if low < _MILLION else _ROUND_MILLIONS) for n in (low, high))
    )


def _is_back(sentence: Sentence) -> bool:
    """Whether a sentence speaks of an earlier matter, or names a month as that of what it tells."""
    return looks_back(sentence) is not None or bool(in_months(sentence))


def _has_day(sentence: Sentence) -> bool:
    """Whether a sentence names a day of the week or a month for what it tells."""
    return bool(days_in(sentence, (sentence.span,)) or in_months(sentence))


def _may_be_one(one: Quantity, other: Quantity, points: float) -> bool:
    """Whether the kinds of two numbers, the words that their sentences share and the names beside them let them be of one thing."""
    first, second = one.sentence, other.sentence
    at_large = one.kind in _AT_LARGE or one.kind.startswith("sum")
    if len((first.bag & second.bag) - one.head) < (_SHARED_AT_LARGE if at_large else _SHARED):
        return False
    if at_large and one.names and other.names and not one.names & other.names:
        return False
    if one.kind == "time" and (_goes_on(one) or _goes_on(other)):
        return False
    if one.kind == "ordinal" and ((one.head | other.head) & _STRAIGHT or points < _POINTS_ELSEWHERE):
        return False
    if (one.head | other.head) & PLAYED or (tells_of_play(first) and tells_of_play(second)):
        return one.player != "" and one.player == other.player
    return True


def _year_of_one(view: StoryView, pair: Pair) -> bool:
    """Whether two years are of one act, at one stage of a case: by a word beside them, or by another number of their sentences."""
    one, other, points = pair.one, pair.other, pair.near + pair.alike
    first, second = one.sentence, other.sentence
    if one.names and other.names and not one.names & other.names:
        return False
    least = _POINTS_FAR_YEARS if abs(one.low - other.low) > _MOST_YEARS else _POINTS_ELSEWHERE
    if points < least or pair.near < _NEAR_YEAR:
        return view.likeness(first.bag, second.bag) >= _ALIKE_YEARS and _told_by_one_word(one, other)
    if one.near == other.near and len(one.near) > _SHARED:
        return True
    if pair.alike >= _ALIKE_YEARS and points >= _POINTS_FAR_YEARS - _LESS and not (one.near ^ other.near) & STAGES:
        return opposition(touches(first.folded), touches(second.folded)) is None
    return _told_by_one_word(one, other) or (
        len(_said(first) & _said(second)) >= _SHARED_AT_LARGE
        and not (one.near ^ other.near) & STAGES
        and any(_PLAIN_NUMBER.match(s) for s in _said(first) & _said(second))
    )


def _told_by_one_word(one: Quantity, other: Quantity) -> bool:
    """Whether a word right beside both says what happened in that year, in sentences that share more than it."""
    shared = _said(one.sentence) & _said(other.sentence)
    return len(shared) >= _SHARED_AT_LARGE and not (one.near ^ other.near) & STAGES and told_beside(one, other)


def _said(sentence: Sentence) -> frozenset[str]:
    return sentence.bag - sentence.name_stems


_DAYS = re.compile(r"[ -](?:day|week|month|year)")
_GOES_ON = re.compile(
    r"\b(?:after|for|over|in|during|through|entering|past|last)(?: (?:more than|nearly|almost|about|at least|the|past|last))* $"
)


def _goes_on(quantity: Quantity) -> bool:
    """Whether a length of time is how long something has gone on, which is another one on another day."""
    folded = quantity.sentence.folded
    if _DAYS.match(folded, quantity.end) is None or "enough" in folded:
        return False
    return (
        folded.startswith(" of ", folded.find(" ", quantity.end + 1))
        or _GOES_ON.search(folded, max(0, quantity.at - 30), quantity.at) is not None
    )
