"""Measures on which reports differ: how old, how heavy, how far, how long, in which year, at what time of day."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from crossread.linking.concepts import opposition
from crossread.linking.incidents import in_months, other_matter, other_places
from crossread.linking.measures import Measure, counted_alike, counts_told, kindred, measures_of, years_of
from crossread.linking.one_thing import STAGES
from crossread.linking.sentences import Sentence, StoryView
from crossread.linking.sides import dispute_of, side_of, topic_of
from crossread.linking.statements import Statement
from crossread.linking.stems import stem
from crossread.records import Dispute
from crossread.vocabulary import Compatible, DisputeKind

_SLACK = {
    "age": 0.0,
    "magnitude": 0.0,
    "calibre": 0.0,
    "since": 0.0,
    "until": 0.0,
    "year": 0.0,
    "clock": 0.0,
    "share": 0.03,
    "length": 0.12,
    "weight": 0.08,
    "time": 0.15,
    "speed": 0.1,
}
"""Part of a value by which two measures of one thing may be off by rounding."""
_MINUTES = 25.0
"""Minutes by which two times of day may be off."""
_ROUNDED, _COUNTED_SLACK, _COUNTED_ROUNDED = 0.2, 0.01, 0.1
"""The same where one of them is given as about so much; for counts and sums; for these where one is given as about so much."""
_FARTHEST = {
    "length": 6.0,
    "weight": 4.0,
    "time": 30.0,
    "speed": 3.0,
    "share": 3.0,
    "age": 2.5,
    "magnitude": 1.6,
    "year": 1.05,
    "clock": 9.0,
}
"""How many times one may be the other; more is of another thing."""
_LAST = frozenset({stem("lasted")})
"""What says plainly that a length of time is that of what stands before it."""
_LEAST_BESIDE = {"year": 1, "clock": 1}
"""Stems near both measures."""
_LEAST_ALIKE = {"year": 0.55, "clock": 0.4, "speed": 0.5}
_ALIKE, _ALIKE_HEADED = 0.4, 0.25
"""Weighted overlap of two sentences, against the smaller, from which measures are of one thing: by the words beside them; by what has
them."""
_TOPICS = {
    "age": "How old", "length": "How far", "weight": "How heavy", "time": "How long", "speed": "How fast", "share": "What share",
    "magnitude": "How strong", "calibre": "Of what calibre", "children": "How many children", "year": "In which year",
    "since": "Since which year", "until": "Until which year", "clock": "At what time",
}  # fmt: skip
_MONEY = frozenset(
    map(stem, ("million", "billion", "thousand", "dollars", "euros", "pounds", "crowns", "francs", "roubles", "yen", "worth"))
)
_OF_ANY_YEAR = frozenset(map(stem, ("became", "become", "made", "took", "went", "got", "came", "began", "started")))
"""Verbs that do not tell what happened in a year."""
_LEAST_OF_SUMS = 2
_COUNTED_ALIKE, _SAME_SUM = 0.4, 0.3
_ANOTHER = re.compile(r"\b(?:second|third|another|other|younger|older|elder|brothers?|sisters?|twins?|both)\b")
"""Words by which a sentence tells of more than one person, who each have an age."""
_ANOTHER_QUAKE = re.compile(
    r"\b(?:after-?shocks?|foreshocks?|(?:second|third|another|later|previous) (?:\w+ )?(?:quake|earthquake|tremor))\b"
)
_AT_LARGE, _COUNTED = "How much", "How many"
_DATES = frozenset(("year", "since", "until", "clock"))
"""Kinds of measures that are dates."""
_MOST = 6
"""Such differences shown of one story."""


def measure_disputes(view: StoryView) -> Iterator[Dispute]:
    """One dispute for each thing of which two voices give measures that exclude each other, the surest first."""
    measures = [*measures_of(view), *years_of(view), *counts_told(view)]
    by_kind: dict[str, list[Measure]] = {}
    for measure in measures:
        by_kind.setdefault(measure.kind, []).append(measure)
    found = []
    for kind in sorted(by_kind):
        by_sentence = _by_sentence(by_kind[kind])
        twice = _told_twice(by_sentence) | _counted_twice(by_kind[kind])
        for one, other in combinations(by_kind[kind], 2):
            if not _differ(one, other) or one in twice or other in twice or _told_beside(by_sentence, one, other):
                continue
            if (alike := _one_thing(view, one, other)) and not _elsewhere(one.sentence, other.sentence):
                found.append((alike, one, other))
    seen: set[Statement] = set()
    shown = 0
    for _, one, other in sorted(found, key=lambda f: (-f[0], f[1].statement.key, f[2].statement.key)):
        if one.statement in seen or other.statement in seen or shown == _MOST:
            continue
        sides = (_agreeing(view, one, by_kind[one.kind], other), _agreeing(view, other, by_kind[one.kind], one))
        seen.update(m.statement for side in sides for m in side)
        shown += 1
        yield _dispute(view, *sides)


def _elsewhere(one: Sentence, other: Sentence) -> bool:
    """Whether two whole sentences put what they tell in other places."""
    return other_places(one, (one.span,), other, (other.span,))


def _by_sentence(measures: Sequence[Measure]) -> dict[Sentence, list[Measure]]:
    found: dict[Sentence, list[Measure]] = {}
    for measure in measures:
        found.setdefault(measure.sentence, []).append(measure)
    return found


def _told_twice(by_sentence: Mapping[Sentence, Sequence[Measure]]) -> set[Measure]:
    """Measures of a sentence that gives two that differ: it compares, or tells of two things."""
    return {m for own in by_sentence.values() for a, b in combinations(own, 2) if not _meet(a, b) and _beside(a, b) for m in (a, b)}


def _counted_twice(measures: Sequence[Measure]) -> set[Measure]:
    """Counts of which a report gives two in its own voice, by the same words: of two things."""
    found: dict[tuple[str, frozenset[str]], list[Measure]] = {}
    for measure in measures:
        if measure.kind.startswith("count") and measure.head and not measure.statement.speakers:
            found.setdefault((measure.sentence.document, measure.head), []).append(measure)
    return {m for own in found.values() for a, b in combinations(own, 2) if not _meet(a, b) and a.beside & b.beside for m in (a, b)}


def _told_beside(by_sentence: Mapping[Sentence, Sequence[Measure]], one: Measure, other: Measure) -> bool:
    """Whether the sentence of one measure gives that of the other, too: they are of two things."""
    if any(_meet(m, other) for m in by_sentence[one.sentence]) or any(_meet(m, one) for m in by_sentence[other.sentence]):
        return True
    if not one.kind.startswith("count"):
        return False
    pairs = ((one, other), (other, one))
    return any(figure.best is not None and a.low <= figure.best <= a.high for a, b in pairs for figure in b.sentence.figures)


def _beside(one: Measure, other: Measure) -> bool:
    """Whether two measures of a sentence are told by the same words."""
    return not one.kind.startswith("sum") or bool(one.beside & other.beside)


def _meet(one: Measure, other: Measure) -> bool:
    return one.low <= other.high and other.low <= one.high


def _differ(one: Measure, other: Measure) -> bool:
    """Whether two measures exclude each other, by more than rounding, without being of quite another size."""
    if _meet(one, other):
        return False
    low, high = sorted((one, other), key=lambda m: m.low)
    upper, lower = low.high, high.low
    if one.kind == "clock":
        return lower - upper > _MINUTES
    slack = _SLACK.get(one.kind, _ROUND_SLACK if any(_is_round(m.low) for m in (one, other)) else _COUNTED_SLACK)
    if one.kind not in ("age", "year") and (one.is_about or other.is_about):
        slack = max(slack, _ROUNDED if one.kind in _SLACK else _COUNTED_ROUNDED)
    return lower > upper * (1 + slack) and lower <= upper * _FARTHEST.get(one.kind, 3.0)


_ROUND_SLACK, _LEAST_ROUND = 0.05, 1000
"""Part of a large count by which a round number may be off."""


def _is_round(number: float) -> bool:
    """Whether a large number is given in two figures and zeros."""
    return number >= _LEAST_ROUND and len(f"{number:.0f}".rstrip("0")) <= _TWO


_TWO = 2


def _one_thing(view: StoryView, one: Measure, other: Measure) -> float:
    """How surely two measures are of one thing (0 where they are not)."""
    ours, theirs = one.statement, other.statement
    first, second = one.sentence, other.sentence
    if first is second or (first.document, ours.speakers) == (second.document, theirs.speakers):
        return 0.0
    if first.document == second.document and not (ours.speakers and theirs.speakers):
        return 0.0
    if other_matter(first, ours.spans, second, theirs.spans):
        return 0.0
    if one.kind in ("age", "children") and (_ANOTHER.search(first.folded) or _ANOTHER.search(second.folded)):
        return 0.0
    if one.kind == "age" and any(h.startswith("name ") for h in one.head | other.head):
        return 1.0 + view.likeness(first.bag, second.bag) if _one_person(one.head, other.head) else 0.0
    if one.kind == "time" and first.published != second.published and (_so_far(one) or _so_far(other)):
        return 0.0
    if one.kind == "time" and first.published is None and _so_far(one) and _so_far(other):
        return 0.0
    if one.kind == "clock" and _zone(one) != _zone(other):
        return 0.0
    alike = view.likeness(_words_of(first), _words_of(second))
    if one.kind == "children":
        return alike if one.head & other.head else 0.0
    if one.kind == "share":
        return alike if _RATES & one.beside & other.beside else 0.0
    headed = bool(one.head and other.head and kindred(one.head, other.head))
    if one.kind in ("age", "weight") and not headed:
        return 0.0
    if one.kind == "age" and not _of_one_name(one, other):
        return 0.0
    shared = (_words_of(first) & _words_of(second)) - one.head - other.head
    if headed and alike >= _ALIKE_HEADED and len(shared) > 1:
        return alike + 0.5
    return alike if _told_alike(view, one, other, shared, alike) else 0.0


def _zone(measure: Measure) -> str:
    """The zone of a time of day ("et"); empty where none is given."""
    last = measure.words.split()[-1]
    return "" if last[:1].isdigit() or last.startswith(("a.", "p.", "am", "pm")) else last


def _of_one_name(one: Measure, other: Measure) -> bool:
    """Whether the names behind two ages can be of one person: one is the other, or a part of it."""
    ours, theirs = one.head & one.sentence.name_stems, other.head & other.sentence.name_stems
    return ours <= theirs or theirs <= ours


def _one_person(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two names before an age are of one person: the same surname and, where both have one, the same first name."""
    (last, first), (other_last, other_first) = _name_of(one), _name_of(other)
    if last and other_last:
        return last == other_last and (not first or not other_first or first == other_first)
    named, plain = (one, other) if last else (other, one)
    return {stem for h in named for stem in h.split()[1:]} <= plain


def _name_of(head: frozenset[str]) -> tuple[str, str]:
    """Surname and first name before an age; empty where a measure has other words."""
    last, first = ("".join(h for h in head if h.startswith(kind)) for kind in ("name ", "first "))
    return last, first


_RATES = frozenset(
    map(stem, ("turnout", "unemployment", "inflation", "poverty", "literacy", "popularity", "approval", "growth", "interest"))
)
"""What has one share at a time; other shares are set beside each other as quantities."""


def _so_far(measure: Measure) -> bool:
    """Whether a length of time is how long something has gone on, which is another one on another day."""
    folded = measure.statement.folded
    if _DAYS.search(measure.words) is None:
        return False
    at = folded.find(measure.words)
    if at >= 0 and _GOING_ON.match(folded, at + len(measure.words)) is not None:
        return True  # "the 59-day hostage crisis"
    return at >= 0 and (
        _GONE_ON.search(folded, max(0, at - 30), at) is not None or folded.startswith(" of ", at + len(measure.words))
    )


_DAYS = re.compile(r"(?:day|week|month|year)")
_GOING_ON = re.compile(
    r"(?:-old)?(?: [a-z-]{2,15}){0,2} (?:crisis|standoff|stand-off|siege|war|conflict|strike|ordeal|protests?|uprising|occupation|blockade|hunt"
    r"|manhunt|search|fighting|campaign|offensive|insurgency|rebellion|revolt|impasse|deadlock|unrest|rule|reign"
    r"|drama|captivity)\b"
)
_GONE_ON = re.compile(
    r"\b(?:after|for|over|in|during|through|entering|past|last)(?: (?:more than|nearly|almost|about|at least|the|past|last))* $"
)


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


def _sums_of_one_sort(one: str, other: str) -> bool:
    return any(sort.search(one) and sort.search(other) for sort in _SORTS)


def _told_alike(view: StoryView, one: Measure, other: Measure, shared: frozenset[str], alike: float) -> bool:
    """Whether the words beside two measures, in sentences so much alike, tell that they are of one thing."""
    first, second, beside = one.sentence, other.sentence, one.beside & other.beside
    names = first.name_stems | second.name_stems
    if one.kind.startswith("sum"):
        plainly = shared - _MONEY
        if _sums_of_one_sort(first.folded, second.folded) and len(plainly) > 1 and alike >= _ALIKE_HEADED:
            return True
        if len(beside) < 2 or alike < _COUNTED_ALIKE or not plainly - names:
            return False
        return view.jaccard(_words_of(first), _words_of(second)) >= _SAME_SUM and len(plainly) > _LEAST_OF_SUMS
    if one.kind.startswith("count"):
        if counted_alike(one.head, other.head) and beside and alike >= _COUNTED_ALIKE and len(shared) > 1:
            return True
        near = (
            _is_close(one, other)
            and len(shared - names) > 1
            and (counted_alike(one.head, other.head) or bool(one.head & other.head))
        )
        return near and len(shared) > _LEAST_OF_CLOSE and alike >= (_ALIKE_HEADED if not beside else _CLOSE_ALIKE)
    if one.kind in ("since", "until"):
        return len(first.name_stems & second.name_stems) > 1 and alike >= _ALIKE_HEADED
    if one.kind in ("magnitude", "calibre"):
        if _ANOTHER_QUAKE.search(first.folded) or _ANOTHER_QUAKE.search(second.folded):
            return False
        return alike >= _ALIKE_HEADED and in_months(first) == in_months(second)
    if one.kind == "year" and (one.beside ^ other.beside) & STAGES:
        return False
    if one.kind == "year" and not (one.beside & other.beside) - names - _OF_ANY_YEAR:
        return False
    if one.kind == "year" and opposition(one.statement.touches, other.statement.touches) is not None:
        return False  # opened in one year, closed in another
    if one.kind == "time" and _LAST & beside and beside - _LAST - names and alike >= _ALIKE_HEADED:
        return True
    return (
        len(beside) >= _LEAST_BESIDE.get(one.kind, 2) and len(shared | beside) > 2 and alike >= _LEAST_ALIKE.get(one.kind, _ALIKE)
    )


_CLOSE, _CLOSE_ALIKE, _LEAST_OF_CLOSE = 1.4, 0.2, 2
"""How many times one count may be another that is close to it; what such counts' sentences share at least."""


def _is_close(one: Measure, other: Measure) -> bool:
    """Whether two counts differ by so little that one is likely to stand for the other."""
    low, high = sorted((one, other), key=lambda m: m.low)
    return one.low >= _LEAST_CLOSE and high.low <= low.high * _CLOSE


_LEAST_CLOSE = 20
"""Smaller counts are close to each other by chance."""


def _words_of(sentence: Sentence) -> frozenset[str]:
    return frozenset(s for s in sentence.bag if not s[0].isdigit())


def _agreeing(view: StoryView, one: Measure, others: Sequence[Measure], against: Measure) -> list[Measure]:
    """A measure and those of the same thing that fit it and do not fit what it is set against."""
    return [one, *(m for m in others if m is not one and _meet(m, one) and not _meet(m, against) and _one_thing(view, m, against))]


def _dispute(view: StoryView, ours: Sequence[Measure], theirs: Sequence[Measure]) -> Dispute:
    first, second = sorted((ours, theirs), key=lambda side: (-len({m.sentence.document for m in side}), side[0].statement.key))
    kind = DisputeKind.DATE if first[0].kind in _DATES else DisputeKind.NUMBER
    rough = any(m.is_about for m in (*first, *second))
    sides = [side_of(view.case, [m.statement for m in side], position=side[0].words) for side in (first, second)]
    topic = f"{_TOPICS.get(first[0].kind, _AT_LARGE if first[0].kind.startswith('sum') else _COUNTED)}: {topic_of(first[0].statement, 90)}"
    compatible = Compatible.UNCLEAR if rough or kind is DisputeKind.DATE else Compatible.NO
    return dispute_of(kind, topic, sides, compatible, "two measures of one thing exclude each other")
