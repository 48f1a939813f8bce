"""Quantities on which reports differ, found by setting each number of one report beside the number of the other that it is most like.

Two numbers are of one thing when each is the other's nearest among the numbers of its report that count or measure the same, in words and
beside names that the two share.  A report that also gives the other value for such a thing tells of two things.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from crossread.linking.named_days import days_of_sentence
from crossread.linking.nearness import nearness
from crossread.linking.one_thing import Pair, of_one_sort, of_one_thing, slightly_apart
from crossread.linking.play import PLAYED
from crossread.linking.quantities import Quantity
from crossread.linking.sentences import Sentence, StoryView
from crossread.linking.sides import Passage, dispute_of, plain, shorten, side_told
from crossread.linking.stems import stem
from crossread.linking.told_days import DAYS, days_apart, days_of
from crossread.linking.told_measures import OF_ONE_KIND, measures_of
from crossread.linking.told_quantities import quantities_of
from crossread.records import Dispute
from crossread.vocabulary import Compatible, DisputeKind


def _stems(words: str) -> frozenset[str]:
    return frozenset(map(stem, words.split()))


_ALIKE = {
    word: group
    for group in map(
        _stems,
        (
            "people persons marchers protesters protestors demonstrators participants supporters victims civilians mourners",
            "workers employees staff jobs posts",
            "residents inhabitants villagers families",
            "shots rounds bullets",
            "users customers consumers clients accounts",
            "houses homes buildings properties",
            "games matches",
            "fighters militants rebels insurgents",
            "firefighters firemen",
            "emails e-mails messages",
            "wins victories",
            "officers policemen cops",
            "men suspects gunmen robbers thieves attackers assailants",
            "stores shops",
            "cars vehicles",
            "kids children youngsters",
            "times shots",
        ),
    )
    for word in group
}
"""Words for those counted that may stand for each other, by word."""
_SLACK = {"length": 0.12, "weight": 0.08, "speed": 0.1, "area": 0.1, "time": 0.15, "share": 0.02}
_SUM_SLACK = 0.03
_ABOUT_SLACK, _ROUND_SLACK, _LEAST_ROUND = 0.15, 0.05, 1000
_FARTHEST = {"age": 2.0, "share": 2.5, "ordinal": 3.0, "length": 4.0, "time ago": 3.0, "time after": 3.0}
_FAR, _FAR_LARGE, _LEAST_LARGE = 3.0, 10.0, 1000
_LAST = _stems("lasted")
"""What says plainly that a length of time is that of what stands before it."""


_TOPICS = {
    "age": "How old", "length": "How far", "weight": "How heavy", "time": "How long", "time ago": "When", "time after": "How long after",
    "share": "What share", "ordinal": "Which one in a row", "area": "How large", "speed": "How fast", "count": "How many",
    "year": "In which year", "day": "On which day", "weekday": "On which day", "date": "On which day", "clock": "At what time",
    "magnitude": "How strong", "calibre": "Of what calibre", "children": "How many children", "since": "Since which year",
    "until": "Until which year",
}  # fmt: skip
_MOST_APART = {"year": (0, 30), "since": (0, 30), "until": (0, 30), "clock": (25, 360)}
"""Years, and minutes of a day, by which two may be apart: more than, at most."""
_MOST = 8
"""Such differences shown of one story."""


def quantity_disputes(view: StoryView) -> Iterator[Dispute]:
    """One dispute for each thing of which two reports give numbers that exclude each other, the surest first."""
    found = sorted(pairs_of(view), key=lambda p: (-p.near - p.alike, p.one.key, p.other.key))
    seen: set[Quantity] = set()
    shown = 0
    for pair in found:
        if shown == _MOST or pair.one in seen or pair.other in seen:
            continue
        sides = [_like(found, pair.one, pair.other), _like(found, pair.other, pair.one)]
        seen.update(q for side in sides for q in side)
        shown += 1
        yield _dispute(view, pair, sides)


def _like(found: Sequence[Pair], one: Quantity, against: Quantity) -> list[Quantity]:
    """A number and the equal ones that stand against what it is set against, or against its equals."""
    sides = [(p.one, p.other) for p in found] + [(p.other, p.one) for p in found]
    return [one, *dict.fromkeys(a for a, b in sides if a is not one and _equal(a, one) and _equal(b, against))]


def _equal(one: Quantity, other: Quantity) -> bool:
    return _bucket(one) == _bucket(other) and (one.low, one.high) == (other.low, other.high)


def _dispute(view: StoryView, pair: Pair, sides: Sequence[Sequence[Quantity]]) -> Dispute:
    kind = DisputeKind.DATE if pair.one.kind in _DATES else DisputeKind.NUMBER
    rough = any(q.is_about for side in sides for q in side)
    days = {q.sentence.published for side in sides for q in side if q.sentence.published is not None}
    made = [side_told(view.case, [Passage(q.sentence, q.at, q.end) for q in side], side[0].words) for side in sides]
    made.sort(key=lambda side: -len(side.evidence))
    asked = _TOPICS.get(pair.one.kind, _TOPICS.get(pair.one.kind.split(" ", 1)[0], "How much"))
    topic = f"{asked}: {shorten(plain(pair.one.sentence.text), 90)}"
    if pair.one.kind == "count" and _grew(*sides):
        return dispute_of(kind, topic, made, Compatible.YES, "later reports give higher values: the count grew")
    compatible = Compatible.UNCLEAR if rough or len(days) > 1 else Compatible.NO
    return dispute_of(kind, topic, made, compatible, "two reports give numbers that exclude each other, in like words")


def _grew(*sides: Sequence[Quantity]) -> bool:
    """Whether every report that gives the higher of two counts of people is of a later day than those that give the lower."""
    low, high = sorted(sides, key=lambda side: side[0].low)
    if not low[0].head & _PEOPLE:
        return False
    before, after = ([q.sentence.published for q in side] for side in (low, high))
    return all(a is not None and b is not None and b < a for b in before for a in after)


_PEOPLE = _stems("people persons dead deaths bodies victims casualties fatalities arrests cases homes houses")
"""What is counted further from day to day."""


def pairs_of(view: StoryView) -> Iterator[Pair]:
    """The pairs of numbers of two reports that are each other's nearest and do not meet."""
    buckets: dict[tuple[str, str], list[Quantity]] = {}
    given: Given = {}
    for sentence in view.sentences:
        for quantity in (*quantities_of(sentence), *measures_of(sentence), *days_of(sentence)):
            bucket = _bucket(quantity)
            buckets.setdefault(bucket, []).append(quantity)
            if quantity.kind == "count" and quantity.low > 1:
                given.setdefault(sentence, set()).add((bucket, quantity.low, quantity.high))
    for key in sorted(buckets):
        if len(buckets[key]) > 1:
            yield from _nearest(view, buckets[key], given)


Given = dict[Sentence, set[tuple[tuple[str, str], float, float]]]
"""The counts that each sentence gives."""


def _bucket(quantity: Quantity) -> tuple[str, str]:
    if quantity.kind != "count":
        return (quantity.kind, quantity.mark)
    word = min(quantity.head, default="")
    if quantity.low >= _LEAST_LARGE and word in _ANYBODY:
        return (f"count {quantity.mark}", "anybody")
    return (f"count {quantity.mark}", min(_ALIKE.get(word, {word})))


_ANYBODY = _stems(
    "people persons users customers consumers clients residents inhabitants citizens americans britons canadians individuals"
)
"""Words for those of whom there are thousands: one report's consumers are another's people."""


def _nearest(view: StoryView, quantities: Sequence[Quantity], given: Given) -> Iterator[Pair]:
    by_document: dict[str, list[Quantity]] = {}
    for quantity in quantities:
        by_document.setdefault(quantity.sentence.document, []).append(quantity)
    for ours, theirs in combinations([by_document[d] for d in sorted(by_document)], 2):
        best: dict[Quantity, Pair] = {}
        for one in ours:
            for other in theirs:
                pair = _pair(view, one, other, given)
                if pair is not None:
                    for side in (one, other):
                        if side not in best or pair.near + pair.alike > best[side].near + best[side].alike:
                            best[side] = pair
        for one in ours:
            pair_ = best.get(one)
            if pair_ is None or best[pair_.other] is not pair_ or not _differ(one, pair_.other):
                continue
            slight = slightly_apart(one, pair_.other)
            if not slight and (_told_twice(view, one, ours) or _told_twice(view, pair_.other, theirs)):
                continue
            if not _told_there(view, pair_, ours, theirs, given) and of_one_thing(view, pair_, len(ours) + len(theirs)):
                yield pair_


def _pair(view: StoryView, one: Quantity, other: Quantity, given: Given) -> Pair | None:
    listed = one.kind == "count" and not given.get(one.sentence, set()).isdisjoint(given.get(other.sentence, ()))
    shared, plainly = one.near & other.near, listed or one.kind == "age" or one.kind in OF_ONE_KIND or of_one_sort(one, other)
    if not (shared or plainly) or one.part != other.part or not _of_one(one, other):
        return None
    if one.kind == "count" and _on_other_days(one, other):
        return None
    if one.kind in DAYS and _with_other_counts(one.sentence, other.sentence):
        return None
    near, alike = nearness(view, one, other)
    if near < _HARDLY_NEAR and not plainly:
        return None
    return Pair(one, other, near + _LISTED * listed, alike)


def _on_other_days(one: Quantity, other: Quantity) -> bool:
    """Whether the sentences of two counts name a day each, and not the same or the next: Tuesday's dead are not those of the Tuesday before."""
    ours, theirs = (days_of_sentence(q.sentence) for q in (one, other))
    return len(ours) == len(theirs) == 1 and abs(ours[0] - theirs[0]) > 1


def _with_other_counts(one: Sentence, other: Sentence) -> bool:
    """Whether both sentences count something and nothing alike: two days are then those of two happenings."""
    ours, theirs = ({f.best for f in s.figures} for s in (one, other))
    return bool(ours and theirs) and ours.isdisjoint(theirs)


_LISTED = 0.35
"""Likeness of what stands beside two counts whose sentences give another count alike: two tellings of one list."""
_HARDLY_NEAR = 0.12
"""Likeness of what stands beside two numbers below which they are not set beside each other."""


def _of_one(one: Quantity, other: Quantity) -> bool:
    """Whether what follows two numbers lets them be of one thing: the same ordinal word, the same person's age."""
    if one.kind == "age":
        return _one_owner(one, other)
    if one.kind == "count" or not one.head or not other.head:
        return one.kind != "ordinal"
    return bool(one.head & other.head)


def _one_owner(one: Quantity, other: Quantity) -> bool:
    """Whether two ages are of one person: by the names, else by the word for a person, beside them."""
    ours, theirs = one.owner, other.owner
    if ours and theirs:
        return bool(ours & theirs) and (ours <= theirs or theirs <= ours or len(ours & theirs) > 1)
    return not (ours or theirs) and any(b in _KIN.get(a, (a,)) for a in one.head for b in other.head)


_KIN = {
    word: group
    for group in map(
        _stems,
        ("boy child toddler kid son youngster teenager pupil schoolboy baby", "girl child toddler daughter teenager pupil baby"),
    )
    for word in group
}
"""Words for one sort of person, by word."""


def _is_round(number: float) -> bool:
    return len(f"{number:.0f}".rstrip("0")) <= _FIGURES


_FIGURES = 2


def _told_twice(view: StoryView, one: Quantity, own: Sequence[Quantity]) -> bool:
    """Whether a report gives two counts of such things in like words: of two lots."""
    if one.kind != "count":
        return False
    if one.head & PLAYED and any(_apart(q, one) and q.player in ("", one.player) for q in own):
        return True
    return any(_apart(q, one) and q.part == one.part and view.likeness(q.near, one.near) >= _TWICE for q in own)


_TWICE = 0.5


def _told_there(view: StoryView, pair: Pair, ours: Sequence[Quantity], theirs: Sequence[Quantity], given: Given) -> bool:
    """Whether one of the two reports gives the value of the other as well, for such a thing; a day or a year, for a thing like it."""
    known = [(q, pair.other) for q in ours if not _apart(q, pair.other)] + [
        (q, pair.one) for q in theirs if not _apart(q, pair.one)
    ]
    if pair.one.head & PLAYED and pair.one.kind == "count":
        return any(a.player == b.player for a, b in known)
    if pair.one.kind not in _DATED and (pair.one.kind != "age" or pair.one.owner):
        return bool(known)
    least = (pair.near + pair.alike) / 2
    return any(p.near + p.alike >= least for a, b in known if (p := _pair(view, a, b, given)) is not None)


_NEAR_TO = re.compile(r"\b(?:about|around|shortly|just|before|after|by|since|almost|nearly|until|till|from|roughly)(?: \w+)? $")


def _to_the_minute(quantity: Quantity) -> bool:
    """Whether a time of day is given to the minute ("7.13am")."""
    folded = quantity.sentence.folded
    minute = _MINUTE.search(folded, quantity.at, quantity.end) is not None
    return minute and _NEAR_TO.search(folded, max(0, quantity.at - 24), quantity.at) is None


_MINUTE = re.compile(r"\d ?[.:] ?\d\d")
_DATED = frozenset(("year", *DAYS))
_DATES = _DATED | {"time ago", "time after", "clock", "since", "until"}


def _apart(one: Quantity, other: Quantity) -> bool:
    return one.high < other.low or other.high < one.low


def _differ(one: Quantity, other: Quantity) -> bool:
    if not _apart(one, other):
        return False
    if one.kind in DAYS:
        return days_apart(one, other)
    low, high = sorted((one, other), key=lambda q: q.low)
    if one.kind in _MOST_APART:
        least, most = _MOST_APART[one.kind]
        to_the_minute = one.kind == "clock" and all(_to_the_minute(q) for q in (one, other))
        return (0 if to_the_minute else least) < high.low - low.high <= most
    slack = _SLACK.get(one.kind, _SUM_SLACK if one.kind.startswith("sum") else 0.0)
    if one.is_about or other.is_about:
        slack = max(slack, _ABOUT_SLACK)
    if low.low >= _LEAST_ROUND and one.kind.startswith(("count", "sum")) and (_is_round(low.high) or _is_round(high.low)):
        slack = max(slack, _ROUND_SLACK)
    if one.near & other.near & _LAST:
        return high.low > low.high * (1 + slack)
    if of_one_sort(one, other):
        return high.low > low.high * (1 + slack) and high.low <= low.high * _FAR_LARGE
    farthest = _FARTHEST.get(one.kind, _FAR_LARGE if low.low >= _LEAST_LARGE and one.kind == "count" else _FAR)
    return high.low > low.high * (1 + slack) and high.low <= low.high * farthest
