"""When undated reports of a story were written, by what they share with dated ones, and what their "Tuesday" then means.

Every day near those of the dated reports is weighed for an undated one.  A telling of what a dated report puts on a day speaks for the days
from which its own words mean that day ("over the weekend", of a vote expected for Saturday); a whole copy is printed a day from the other
at most; and the last weekday that a report tells of is that of its own day, or of the day before, in nine of ten dated reports.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from math import exp, log
from typing import NamedTuple

from crossread.calendar_words import WEEKDAY, WEEKDAY_ANY, weekday_number
from crossread.codebook.happenings import OUTCOMES
from crossread.linking.case import Case
from crossread.linking.dating import dating_of
from crossread.linking.happenings import Happening, days_of
from crossread.records import When
from crossread.vocabulary import TO_COME, Basis, CopyKind, Precision, Status

_WEEKDAY = re.compile(
    rf"(?:on |late |early |late on |early on |this )?({WEEKDAY_ANY})(?: (?:morning|afternoon|evening|night))?", re.IGNORECASE
)
_NAMED = re.compile(rf"\b{WEEKDAY}\b", re.IGNORECASE)
_DONE = frozenset({Status.HAPPENED, Status.ONGOING, Status.CALLED_OFF})

_LAG = tuple(log(share) for share in (0.74, 0.16, 0.05, 0.02, 0.01, 0.01, 0.01))
"""Days from the last weekday that a report tells of to its publication: shares of 202 dated reports of three corpora, rounded."""
_OPENING_LAG, _OPENING = tuple(log(share) for share in (0.67, 0.20, 0.03, 0.02, 0.02, 0.02, 0.04)), 900
"""The same from the weekday that a report names first in its opening, of so many characters: shares of 270 reports of the same corpora."""
_EACH = 0.5
"""Weight of either: they are two views of one thing, how soon a report follows what it tells of."""
_MEANT, _NOT_MEANT, _PER_DAY = 2.0, -1.5, -0.1
"""Weight of a telling whose words mean the day that others give, or another day; the longer the time that they mean, the less."""
_NOT_YET, _FRESH, _FRESH_DAYS = -2.0, 0.4, 3
"""Weight of what is told as done, without a time, on a day before it happened, and in the days after it."""
_COPIED, _OUTSIDE = 3.0, -0.2
"""Weight of a day beside that of a copy, and of each day before the first or behind the last dated report."""
_BEFORE, _BEHIND, _MOST_TOLD = 14, 21, 40
"""Days before and behind a day known in the story that are weighed; tellings of one report that are."""
_LAST_DAY = date.max.toordinal()
_CREDIBLE, _LONGEST, _VAGUE = 0.8, 7, 14
"""Share of the weight that a window must hold; most days of a window; days of a time that says nothing of when it was told."""


class Window(NamedTuple):
    """First and last day, as numbers, on which a report may have been published."""

    first: int
    last: int


class _Told(NamedTuple):
    """What an undated report tells again: words for its time, whether they look ahead, and the days that dated reports give."""

    words: str
    is_ahead: bool
    days: frozenset[int]


def publication_windows(case: Case, groups: Sequence[Sequence[Happening]]) -> dict[str, Window]:
    """For each undated report the days on which it was most likely published, where the story narrows them to a week or less."""
    dates = {r.document.id: dating_of(r.document).day for r in case.readings}
    undated = sorted(name for name, day in dates.items() if day is None)
    known = sorted(int(day) for day in dates.values() if day is not None)
    if not undated or not known:
        return {}
    again = _told_again(groups, dates)
    texts = {r.document.id: r.document.text for r in case.readings}
    found = {}
    for name in undated:
        told = again.get(name, ())
        timed = [t for t in told if t.words][:_MOST_TOLD]
        copies = _copies(case, name, dates)
        if not timed and not copies:
            continue
        weekdays = _weekdays_told(h for group in groups for h in group if h.document == name)
        done = sorted({min(t.days) for t in told if not t.words})
        window = _most_likely(known, timed, done, copies, weekdays, _opening_weekday(texts[name]))
        if window is not None:
            found[name] = window
    return found


def _told_again(groups: Sequence[Sequence[Happening]], dates: Mapping[str, float | None]) -> dict[str, list[_Told]]:
    """For each undated report what it tells of happenings, or of outcomes of what was expected, that dated reports put on a day."""
    days: dict[tuple[str, str, bool], set[int]] = {}
    for group in groups:
        given = {h.days[0] for h in group if h.days is not None and dates[h.document] is not None and _is_day(h)}
        if not given:
            continue
        expected = {h.event.label for h in group if h.event.status in TO_COME}
        outcomes = frozenset().union(*(OUTCOMES.get(label or "", frozenset()) for label in expected))
        told = list(group)
        told += [h for other in groups if outcomes and other is not group for h in other if h.event.label in outcomes]
        for h in told:
            words = ((h.event.when.text if h.event.when is not None else None) or "").casefold()
            if dates[h.document] is None and (words or h.event.status in _DONE):
                days.setdefault((h.document, words, h.event.status in TO_COME), set()).update(given)
    made: dict[str, list[_Told]] = {}
    for (name, words, is_ahead), meant in sorted(days.items()):
        made.setdefault(name, []).append(_Told(words, is_ahead, frozenset(meant)))
    return made


def _is_day(h: Happening) -> bool:
    when = h.event.when
    return h.days is not None and when is not None and when.basis is not Basis.PUBLICATION and h.days[1] - h.days[0] <= 1


def _copies(case: Case, name: str, dates: Mapping[str, float | None]) -> list[int]:
    """Days of the dated reports that an undated one is a copy of."""
    groups = (c for c in case.copies if c.kind in (CopyKind.COPY, CopyKind.PARTIAL) and name in c.documents)
    return sorted({int(day) for group in groups for other in group.documents if (day := dates.get(other)) is not None})


def _weekdays_told(happenings: Iterable[Happening]) -> frozenset[int]:
    """Weekdays on which a report says that something was done."""
    named = (
        _WEEKDAY.fullmatch(h.event.when.text) for h in happenings if h.event.status in _DONE and h.event.when and h.event.when.text
    )
    return frozenset(weekday_number(match[1]) for match in named if match is not None)


def _opening_weekday(text: str) -> int | None:
    """The weekday that a report names first, where it does so in its opening."""
    found = _NAMED.search(text, 0, _OPENING)
    return None if found is None else weekday_number(found[0])


def _most_likely(
    known: Sequence[int],
    timed: Sequence[_Told],
    done: Sequence[int],
    copies: Sequence[int],
    weekdays: frozenset[int],
    opening: int | None,
) -> Window | None:
    anchors = {*known, *done, *(day for told in timed for day in told.days)}
    scores: dict[int, float] = {}
    vouched = set()
    for day in sorted({d for anchor in anchors for d in range(anchor - _BEFORE, anchor + _BEHIND) if 1 < d < _LAST_DAY}):
        score = _OUTSIDE * max(0, known[0] - day, day - known[-1])
        score += _EACH * _LAG[min((day - 1 - w) % 7 for w in weekdays)] if weekdays else 0.0
        score += _EACH * _OPENING_LAG[(day - 1 - opening) % 7] if opening is not None else 0.0
        score += sum(_NOT_YET if day < d else _FRESH if day <= d + _FRESH_DAYS else 0.0 for d in done)
        near = sum(abs(day - d) <= 1 for d in copies)
        meant = [weight for told in timed if (weight := _weight(told, day)) is not None]
        scores[day] = score + _COPIED * near + sum(meant)
        if near or any(weight > 0 for weight in meant):
            vouched.add(day)
    best = max(scores, key=lambda d: (scores[d], -d))
    return _around(best, scores) if best in vouched else None


def _weight(told: _Told, day: int) -> float | None:
    """What a telling says for a report of this day; ``None`` where its words say nothing."""
    meant = _meant(told.words, told.is_ahead, day)
    if meant is None or meant[1] - meant[0] >= _VAGUE:
        return None
    return _MEANT + _PER_DAY * (meant[1] - meant[0]) if any(meant[0] <= d <= meant[1] for d in told.days) else _NOT_MEANT


def _around(best: int, scores: Mapping[int, float]) -> Window | None:
    """The days around the best one that hold most of the weight; ``None`` where they are too many."""
    shares = {day: exp(score - scores[best]) for day, score in scores.items()}
    whole, first, last, held = sum(shares.values()), best, best, shares[best]
    while held < _CREDIBLE * whole and last - first + 1 < _LONGEST:
        before, behind = shares.get(first - 1, 0.0), shares.get(last + 1, 0.0)
        if before > behind:
            first, held = first - 1, held + before
        else:
            last, held = last + 1, held + behind
    return Window(first, last) if held >= _CREDIBLE * whole else None


# ---------------------------------------------------------------- what the time words mean then


@lru_cache(maxsize=20_000)
def _meant(words: str, is_ahead: bool, day: int) -> tuple[int, int] | None:
    """First and last day that words of a time mean in a report of a day; ``None`` where an end is open."""
    from crossread.reading.days import Direction
    from crossread.reading.when import TimeContext, resolve

    written = date.fromordinal(day).isoformat()
    context = TimeContext(direction=Direction.FUTURE if is_ahead else None)
    return days_of(resolve(words, When(start=written, end=written), context))


def resolve_in(window: Window, when: When | None, status: Status) -> When | None:
    """The interval of an expression of a report published within the window; for no expression, about the day of publication."""
    text = (when.text if when is not None else None) or ""
    days = _days_in(text.casefold(), window, is_ahead=status in TO_COME) if text else None
    if days is None and not text and status in _DONE:
        days = (window.first - 1, window.last)
    if days is None or days[1] - days[0] > _VAGUE:
        return None
    first, last = (date.fromordinal(d).isoformat() for d in days)
    precision = Precision.DAY if days[1] - days[0] <= 1 else Precision.WEEK
    return When(text=text or None, start=first, end=last, precision=precision, basis=Basis.CONTEXT if text else Basis.PUBLICATION)


def _days_in(words: str, window: Window, *, is_ahead: bool) -> tuple[int, int] | None:
    """What words mean from most days of a window, else from any of them."""
    seen = [meant for day in range(window.first, window.last + 1) if (meant := _meant(words, is_ahead, day)) is not None]
    if not seen:
        return None
    days, n_times = Counter(seen).most_common(1)[0]
    return days if 2 * n_times > len(seen) else (min(s[0] for s in seen), max(s[1] for s in seen))
