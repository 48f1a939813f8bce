"""Undated reports among dated ones of their story: when they were published, and their readings by that."""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date

import msgspec

from crossread.linking.case import Case
from crossread.linking.dating import dating_of
from crossread.linking.windows import Window
from crossread.records import Document, Event, Problem, Reading, When
from crossread.vocabulary import Basis, Precision

log = logging.getLogger("crossread.linking")


def is_dated(reading: Reading) -> bool:
    """Whether a report gives its own date, or tells of no event that would want one."""
    return not reading.events or dating_of(reading.document).day is not None


def publication_by_others(readings: Iterable[Reading]) -> dict[str, When]:
    """By document id, when undated reports were published as the dated ones of their stories let it be told (basis ``context``)."""
    from crossread.linking.clusters import cluster_readings

    found: dict[str, When] = {}
    for story in cluster_readings(tuple(sorted(readings, key=lambda r: r.document.id))):
        if len({is_dated(r) for r in story}) == 2:
            found |= {name: _when(window) for name, window in _windows(story).items()}
    return found


def _windows(story: Sequence[Reading]) -> dict[str, Window]:
    from crossread.linking import case_of

    return _windows_of(case_of(tuple(story)))


def _windows_of(case: Case) -> dict[str, Window]:
    from crossread.linking.events import event_groups
    from crossread.linking.windows import publication_windows

    return publication_windows(case, event_groups(case))


def dated_by_others(case: Case) -> Case:
    """The same story, undated reports with the days on which they were published, and their times by that, where the others show them.

    The dates are there for linking alone: the documents of the readings keep theirs.
    """
    if len({is_dated(r) for r in case.readings}) < 2:
        return case
    windows = _windows_of(case)
    readings = tuple(_dated(r, windows[r.document.id]) if r.document.id in windows else r for r in case.readings)
    return replace(case, readings=readings) if windows else case


def _dated(reading: Reading, window: Window) -> Reading:
    from crossread.linking.windows import resolve_in

    events = (
        msgspec.structs.replace(e, when=resolve_in(window, e.when, e.status) or e.when) if _is_open(e) else e
        for e in reading.events
    )
    document = msgspec.structs.replace(reading.document, published=_when(window))
    return msgspec.structs.replace(reading, document=document, events=tuple(events))


def _is_open(event: Event) -> bool:
    return event.when is None or (event.when.start is None and event.when.end is None)


def _when(window: Window) -> When:
    first, last = (date.fromordinal(day).isoformat() for day in window)
    return When(start=first, end=last, precision=Precision.DAY if first == last else Precision.WEEK, basis=Basis.CONTEXT)


def read_by_others(readings: Sequence[Reading], read: Callable[[Iterable[Document]], Iterable[Reading]]) -> dict[str, Reading]:
    """By document id, readings of the undated reports that others date, made again by their date.

    The document stays as it is, without a date of its own; times that rest on the others have basis ``context``, and a problem says so.

    Args:
        readings: Readings of dated and undated reports.
        read: Reads documents.
    """
    try:
        published = publication_by_others(readings)
    except Exception:  # a fault in comparing reports must not cost their readings
        log.exception("undated reports could not be dated by the others; each is read by itself, as with --alone")
        return {}
    documents = {r.document.id: r.document for r in readings if r.document.id in published}
    dated = (msgspec.structs.replace(document, published=published[name]) for name, document in documents.items())
    return {r.document.id: _undated(r, documents[r.document.id], published[r.document.id]) for r in read(dated)}


def _undated(reading: Reading, document: Document, published: When) -> Reading:
    span = published.start if published.start == published.end else f"{published.start} to {published.end}"
    problem = Problem(
        step="read",
        code="date.by_others",
        doc_id=document.id,
        message=f"no date is given; by what other reports of the story say it was published {span}, and its times are told by that; "
        "give `published` where you know better",
    )
    return msgspec.structs.replace(
        reading,
        document=document,
        problems=(*reading.problems, problem),
        attributions=tuple(msgspec.structs.replace(a, when=_by_context(a.when)) for a in reading.attributions),
        events=tuple(msgspec.structs.replace(e, when=_by_context(e.when)) for e in reading.events),
        figures=tuple(msgspec.structs.replace(f, when=_by_context(f.when)) for f in reading.figures),
    )


def _by_context(when: When | None) -> When | None:
    if when is None or when.basis is not Basis.RELATIVE or (when.start is None and when.end is None):
        return when
    return msgspec.structs.replace(when, basis=Basis.CONTEXT)
