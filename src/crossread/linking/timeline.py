"""The timeline of a story: what happened when, each entry with every report that tells it."""

from collections.abc import Sequence

import msgspec

from crossread.linking.case import Case
from crossread.records import Evidence, StoryEvent, TimelineEntry, When
from crossread.vocabulary import EventType, Status


def draw_timeline(case: Case, events: Sequence[StoryEvent]) -> tuple[TimelineEntry, ...]:
    """Entries by first day, then by how many reports tell them; only what the reports date."""
    entries = [entry for event in events if (entry := _of_event(case, event)) is not None]
    entries.sort(
        key=lambda e: (e.when.start or e.when.end or "", e.when.end or "9999", -len({p.document for p in e.evidence}), e.text)
    )
    return tuple(msgspec.structs.replace(entry, id=f"entry-{n}") for n, entry in enumerate(entries, 1))


def _of_event(case: Case, event: StoryEvent) -> TimelineEntry | None:
    when = event.when
    if when is None or (when.start is None and when.end is None) or (event.type is EventType.NONE and event.n_documents < 2):
        return None
    status = event.statuses[0].status if event.statuses else Status.HAPPENED
    return TimelineEntry(id="entry", when=_bare(when), text=_text(case, event.evidence), status=status, evidence=event.evidence)


def _bare(when: When) -> When:
    """The interval without the span, which belongs to one report."""
    return msgspec.structs.replace(when, span=None)


def _text(case: Case, evidence: Sequence[Evidence]) -> str:
    """The shortest whole sentence of the evidence that says more than a few words."""
    sentences = [" ".join(e.span.of(case.reading(e.document).document.text).split()) for e in evidence]
    full = [s for s in sentences if len(s) >= 40]
    return min(full or sentences, key=lambda s: (len(s), s))
