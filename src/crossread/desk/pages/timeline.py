"""The timeline and the threads of a story."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from crossread.desk.draw.scales import TimeScale
from crossread.desk.draw.timeline import axis, interval_of, span_row, timeline_scale
from crossread.desk.pages.cites import Cite, Line, Notes
from crossread.export.wording import fact_text, when_text
from crossread.records import Thread, ThreadState, TimelineEntry
from crossread.vocabulary import THREAD_STATES


@dataclass(frozen=True, slots=True)
class Entry:
    """A dated line with its place on the shared scale; ``month`` heads the first line of each month, ``again`` says that the line before
    is of the same day and sentence."""

    line: Line
    when: str
    status: str
    mark: Markup
    month: str
    again: bool


@dataclass(frozen=True, slots=True)
class TimelineView:
    """Lines of the timeline with the head of their column."""

    axis: Markup
    entries: tuple[Entry, ...]


def publication_days(notes: Notes) -> tuple[date, ...]:
    """Days on which the story's documents were published."""
    days = (r.document.published.start for d in notes.file.story.documents if (r := notes.readings.get(d)) and r.document.published)
    return tuple(date.fromisoformat(d) for d in days if d)


def story_scale(notes: Notes) -> TimeScale | None:
    """The scale of all of a story's timeline."""
    return timeline_scale([interval_of(e.when) for e in notes.file.story.timeline], publication_days(notes))


def timeline_view(entries: Sequence[TimelineEntry], notes: Notes) -> TimelineView:
    """Entries laid out on the scale of the whole story."""
    scale = story_scale(notes)
    shown: list[Entry] = []
    month = ""
    for entry in entries:
        start = entry.when.start or entry.when.end
        its_month = f"{date.fromisoformat(start):%B %Y}" if start else "No date"
        line, when = notes.line(entry.id, entry.text, entry.evidence), when_text(entry.when) or "no date"
        before = shown[-1] if shown else None
        shown.append(
            Entry(
                line=line,
                when=when,
                status=entry.status.value.replace("_", " "),
                mark=span_row(interval_of(entry.when), scale, status=entry.status.value) if scale else Markup(""),
                month=its_month if its_month != month else "",
                again=before is not None and (before.line.text, before.line.cites, before.when) == (line.text, line.cites, when),
            )
        )
        month = its_month
    return TimelineView(axis=axis(scale) if scale else Markup(""), entries=tuple(shown))


@dataclass(frozen=True, slots=True)
class Stop:
    """A state that a process may pass through; ``when`` and ``by`` are those of the reports that say it did."""

    name: str
    reached: bool
    times: int
    when: str


@dataclass(frozen=True, slots=True)
class StateRow:
    """One reported state."""

    id: str
    state: str
    when: str
    by: str
    facts: tuple[tuple[str, str], ...]
    cites: tuple[Cite, ...]

    @property
    def href(self) -> str:
        """Where the state's first sentence opens."""
        return self.cites[0].href if self.cites else ""


@dataclass(frozen=True, slots=True)
class ThreadView:
    """A process: its track of states and the reports of each."""

    line: Line
    kind: str
    title: str
    stops: tuple[Stop, ...]
    rows: tuple[StateRow, ...]
    open_questions: tuple[str, ...]
    latest: str


def thread_view(thread: Thread, notes: Notes) -> ThreadView:
    """A thread laid out: states in their usual order as a track, reports of them in the order of time."""
    order = THREAD_STATES[thread.kind]
    names = list(order) + [s for s in dict.fromkeys(s.state for s in thread.states) if s not in order]
    stops = []
    for name in names:
        reported = [s for s in thread.states if s.state == name]
        whens = list(dict.fromkeys(w for s in reported if (w := when_text(s.when))))
        when = whens[0] + (f" +{len(whens) - 1}" if len(whens) > 1 else "") if whens else ""
        stops.append(Stop(name=name.replace("_", " "), reached=bool(reported), times=len(reported), when=when))
    rows = tuple(_state(thread, s, n, notes) for n, s in enumerate(thread.states, start=1))
    dated = [s for s in thread.states if s.when and (s.when.end or s.when.start)]
    latest = max(dated, key=lambda s: (s.when.end or s.when.start or "") if s.when else "", default=None)
    return ThreadView(
        line=notes.line(thread.id, thread.title, thread.evidence),
        kind=thread.kind.value.replace("_", " "),
        title=thread.title,
        stops=tuple(stops),
        rows=rows,
        open_questions=thread.open_questions,
        latest=latest.state.replace("_", " ") if latest else "",
    )


def _state(thread: Thread, state: ThreadState, number: int, notes: Notes) -> StateRow:
    return StateRow(
        id=f"{thread.id}-s{number}",
        state=state.state.replace("_", " "),
        when=when_text(state.when),
        by=", ".join(dict.fromkeys(notes.names.get(a, a) for a in state.by)),
        facts=tuple((k.replace("_", " "), fact_text(v)) for k, v in state.facts.items()),
        cites=notes.of(state.evidence),
    )
