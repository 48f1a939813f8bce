"""Which reported numbers of dead belong to which event.

A figure belongs to at most one event, so that nobody who adds up a column counts the dead twice: the violent event whose evidence shares
the most passages with the figure's.  Breakdowns ("of them seven children") are left out, as the total holds them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from crossread.export.context import Context
from crossread.export.wording import figure_value_text
from crossread.records import Evidence, FigureValue, Proof, StoryEvent, StoryFigure
from crossread.vocabulary import EventType, FigureKind

_DEADLY = {EventType.ASSAULT: 3, EventType.COERCE: 2, EventType.PROTEST: 1, EventType.MOBILIZE: 1}
"""Types whose events have dead, the likelier ones higher."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deaths:
    """Numbers of dead that reports give for one event: bounds over all values, ``best`` only where they agree."""

    low: float | None = None
    best: float | None = None
    high: float | None = None
    disputed: bool = False
    reported: tuple[str, ...] = ()


def deaths_of(context: Context) -> dict[str, Deaths]:
    """Deaths by event id, for the events of a story that have any."""
    figures: dict[str, list[StoryFigure]] = {}
    for figure in context.story.figures:
        if figure.kind is FigureKind.KILLED and not _is_part(context, figure):
            event = _event_of(context.story.events, figure)
            if event is not None:
                figures.setdefault(event.id, []).append(figure)
    return {name: _summed_up(context, found) for name, found in figures.items()}


def _is_part(context: Context, figure: StoryFigure) -> bool:
    """Whether every value of the figure is read as a part of another number."""
    marks = [_part_of(context, e) for v in figure.values for e in v.evidence if e.record is not None]
    return bool(marks) and all(marks)


def _part_of(context: Context, evidence: Evidence) -> bool:
    reading = context.readings.get(evidence.document)
    return reading is not None and any(f.id == evidence.record and f.part_of is not None for f in reading.figures)


def _event_of(events: Sequence[StoryEvent], figure: StoryFigure) -> StoryEvent | None:
    """The event that shares the most passages with the figure; of several the likelier type, then the better supported one."""
    ranked = [
        (shared, _DEADLY[e.type], e.n_independent, -n)
        for n, e in enumerate(events)
        if e.type in _DEADLY and (shared := _shared(e.evidence, figure.evidence))
    ]
    return events[-max(ranked)[3]] if ranked else None


def _shared(ours: Proof, theirs: Proof) -> int:
    return sum(any(a.document == b.document and a.span.overlaps(b.span) for b in theirs) for a in set(ours))


def _summed_up(context: Context, figures: Sequence[StoryFigure]) -> Deaths:
    """The best supported figure gives the bounds; the others are listed with it, as nobody says whether they add up."""
    leading = max(figures, key=lambda f: (f.n_documents, f.range[1] or f.range[0] or 0.0, f.id))
    numbers = [n for v in leading.values for n in (v.low, v.best, v.high) if n is not None]
    best = _agreed(leading.values)
    return Deaths(
        low=min(numbers, default=None),
        best=best,
        high=max(numbers, default=None),
        disputed=best is None and len({(v.low, v.best, v.high) for v in leading.values}) > 1,
        reported=tuple(_told(context, f, v) for f in (leading, *(f for f in figures if f is not leading)) for v in f.values),
    )


def _agreed(values: Sequence[FigureValue]) -> float | None:
    """The number that all values give, exactly or as a bound that it meets; ``None`` where they do not agree."""
    given = {v.best for v in values if v.best is not None}
    return given.pop() if len(given) == 1 else None


def _told(context: Context, figure: StoryFigure, value: FigureValue) -> str:
    voice = context.voice(value.voice)
    where = context.label(value.voice.document) if value.voice else ""
    what = f"{figure_value_text(value, figure.unit)} {' '.join(figure.counted.split())}".strip()
    return f"{what} ({f'{voice} in {where}' if voice else where})"
