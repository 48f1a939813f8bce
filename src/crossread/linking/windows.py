"""When undated reports of a story were written, by what they share with dated ones, and what their "Tuesday" then means.

A report that tells as done what a dated report expects for Saturday was written after that Saturday; if it puts it "last week", in the
week that follows.  Each constraint is an interval of days of publication; they are intersected, the tellings with time words first.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from crossread.linking.case import Case
from crossread.linking.dating import dating_of
from crossread.linking.happenings import Happening
from crossread.records import When
from crossread.vocabulary import Basis, Precision, Status

_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()  # noqa: SIM905
_WEEKDAY = re.compile(rf"\b(?P<which>last|next|this|coming)? ?(?P<day>{'|'.join(_WEEKDAYS)})\b", re.IGNORECASE)
_DONE = frozenset({Status.HAPPENED, Status.ONGOING, Status.CALLED_OFF})
_OUTCOMES: Mapping[str, frozenset[str]] = {"vote": frozenset({"veto", "adopt", "pass", "approve", "reject"})}
"""Labels that report how something expected came out."""
_LONGEST = 10


class Window(NamedTuple):
    """First and last day, as numbers, on which a report may have been published."""

    first: int
    last: int

    def meet(self, other: "Window") -> "Window | None":
        """Days in both; ``None`` where there are none."""
        first, last = max(self.first, other.first), min(self.last, other.last)
        return Window(first, last) if first <= last else None


def publication_windows(case: Case, groups: Sequence[Sequence[Happening]]) -> dict[str, Window]:
    """For each undated report the days on which it may have been published, where the story narrows them to ten or fewer."""
    dates = {r.document.id: dating_of(r.document).day for r in case.readings}
    undated = sorted(name for name, day in dates.items() if day is None)
    if len(undated) == len(dates):
        return {}
    sharp: dict[str, list[Window]] = {name: [] for name in undated}
    after: dict[str, list[Window]] = {name: [] for name in undated}
    for day, happening in _told_again(groups, dates):
        window = _published(happening.event.when.text if happening.event.when else None, day)
        if window is not None:
            sharp[happening.document].append(window)
        elif happening.event.status in _DONE:
            after[happening.document].append(Window(day, day + 60))
    found = {}
    for name in undated:
        window = _intersect([*sorted(sharp[name]), *sorted(after[name])]) if sharp[name] else None
        if window is not None and window.last - window.first <= _LONGEST:
            found[name] = window
    return found


def _told_again(groups: Sequence[Sequence[Happening]], dates: Mapping[str, float | None]) -> Iterable[tuple[int, Happening]]:
    """(day that a dated report gives, mention of the same happening, or of its outcome, in an undated report)."""
    for group in groups:
        days = [h.days[0] for h in group if h.days is not None and dates[h.document] is not None and _is_day(h)]
        labels = {h.event.label for h in group if h.event.status in (Status.PLANNED, Status.PROPOSED)}
        outcomes = frozenset().union(*(_OUTCOMES.get(label or "", frozenset()) for label in sorted(labels, key=str)))
        if not days:
            continue
        told = [h for h in group if dates[h.document] is None]
        told += [h for other in groups if outcomes and other is not group for h in other if h.event.label in outcomes]
        for h in told:
            if dates[h.document] is None:
                yield min(days), h


def _is_day(h: Happening) -> bool:
    when = h.event.when
    return h.days is not None and when is not None and when.basis is not Basis.PUBLICATION and h.days[1] - h.days[0] <= 1


def _published(words: str | None, day: int) -> Window | None:
    """Days of publication from which these words mean this day."""
    if not words:
        return None
    text = words.casefold()
    monday = day - date.fromordinal(day).weekday()
    named = _WEEKDAY.search(text)
    if named is not None and named["which"] not in ("next", "coming"):
        return Window(day, day + 6) if _WEEKDAYS.index(named["day"].lower()) == day - monday else None
    if "weekend" in text:
        return Window(monday + 7, monday + 13) if day - monday >= 4 else None
    if "last week" in text:
        return Window(monday + 7, monday + 13)
    if "the week" in text or "this week" in text:
        return Window(day, monday + 6)
    if "yesterday" in text or "last night" in text:
        return Window(day + 1, day + 1)
    return Window(day, day) if "today" in text else None


def _intersect(windows: Sequence[Window]) -> Window | None:
    """What most constraints leave; one that contradicts those before it is passed over."""
    result: Window | None = None
    for window in windows:
        met = window if result is None else result.meet(window)
        result = met or result
    return result


# ---------------------------------------------------------------- what the time words mean then


def resolve_in(window: Window, when: When | None, status: Status) -> When | None:
    """The interval of an expression of a report published within the window; for no expression, about the day of publication."""
    text = (when.text if when is not None else None) or ""
    days = _days_of(text.casefold(), window) if text else None
    if days is None and not text and status in _DONE:
        days = (window.first - 1, window.last)
    if days is None or days[1] - days[0] > 14:
        return None
    first, last = (date.fromordinal(d).isoformat() for d in days)
    precision = Precision.DAY if days[1] - days[0] <= 1 else Precision.WEEK
    return When(text=text or None, start=first, end=last, precision=precision, basis=Basis.CONTEXT)


def _days_of(text: str, window: Window) -> tuple[int, int] | None:
    monday = window.last - date.fromordinal(window.last).weekday()
    named = _WEEKDAY.search(text)
    if named is not None:
        day = monday + _WEEKDAYS.index(named["day"].lower())
        if named["which"] in ("next", "coming"):
            return day + 7, day + 7
        while day > window.last:
            day -= 7
        return (day - 7, day - 7) if named["which"] == "last" else (day, day)
    if "weekend" in text:
        return monday - 2, monday - 1
    if "last week" in text:
        return monday - 7, monday - 1
    if "the week" in text or "this week" in text:
        return monday, window.last
    if "yesterday" in text or "last night" in text:
        return window.first - 1, window.last - 1
    return (window.first, window.last) if "today" in text else None
