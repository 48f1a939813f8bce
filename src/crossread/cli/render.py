"""The story in the terminal, with rich: brief, timeline, who says what, figures, disputes, agreements, threads, documents set aside, notes."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, Any

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from crossread.export.layout import lay_out
from crossread.export.notes import Citations, Note
from crossread.export.view import DisputeBlock, FigureBlock, StoryView, ThreadBlock, TimelineLine, ValueLine
from crossread.export.wording import quoted, shorten, when_text
from crossread.records import Reading, Story

if TYPE_CHECKING:
    from crossread.reading.explain import Explanation

MOST_CITES = 5
MOST_SIDES = 4
_STATUS_STYLE = {
    "denied": "yellow",
    "negated": "yellow",
    "alleged": "yellow",
    "planned": "cyan",
    "proposed": "cyan",
    "called_off": "magenta",
    "hypothetical": "dim",
}


@contextmanager
def console() -> Iterator[Console]:
    """A console on stdout; where stdout is no terminal, what is printed is plain text without blanks at the ends of its lines."""
    out = Console(highlight=False)
    if out.is_terminal:
        yield out
        return
    with out.capture() as printed:
        yield out
    sys.stdout.write("\n".join(line.rstrip() for line in printed.get().split("\n")))


@dataclass(frozen=True, slots=True)
class Most:
    """How much of each part a terminal shows: what fits into ten minutes of reading.  The pages and the JSON hold everything."""

    disputes: int = 12
    figures: int = 15
    timeline: int = 30
    speakers: int = 16
    statements: int = 4
    leading: int = 6
    """Speakers of whom that many statements are shown; of the others half as many."""
    agreements: int = 12
    threads: int = 8
    copies: int = 8


def print_story(story: Story, readings: Sequence[Reading], *, most: Most | None = None) -> None:
    """Print what a person wants of a story first, every line with its citations, and the sentences cited at the end."""
    whole = lay_out(story, readings)
    view = _cut(whole, most or Most())
    parts: tuple[tuple[str, RenderableType | None, Sequence[object], Sequence[object]], ...] = (
        ("Brief", _brief(view), (), ()),
        ("Disputes", _disputes(view), view.disputes, whole.disputes),
        ("Figures", _figures(view), view.figures, whole.figures),
        ("Timeline", _timeline(view), view.timeline, whole.timeline),
        ("Who says what", _speakers(view, whole), view.speakers, whole.speakers),
        ("Agreements", _agreements(view), view.agreements, whole.agreements),
        ("Threads", _threads(view), view.threads, whole.threads),
        ("Shared words", _copies(view), view.copies, whole.copies),
        ("Set aside", _outside(view), (), ()),
        ("Notes", _notes(view), (), ()),
    )
    with console() as out:
        _header(out, view)
        for title, part, shown, there in parts:
            if part is not None:
                out.print()
                out.rule(Text(title, style="bold"), align="left", style="dim")
                out.print(_with_rest(part, len(there) - len(shown)))


def _cut(view: StoryView, most: Most) -> StoryView:
    """The parts of a view that are shown, and the notes that those cite."""
    n_shown = [most.statements if n < most.leading else most.statements // 2 for n in range(most.speakers)]
    speakers = tuple(replace(s, statements=s.statements[:n]) for s, n in zip(view.speakers, n_shown, strict=False))
    cut = replace(
        view,
        disputes=view.disputes[: most.disputes],
        figures=view.figures[: most.figures],
        timeline=_best_told(view.timeline, most.timeline),
        speakers=speakers,
        agreements=view.agreements[: most.agreements],
        threads=view.threads[: most.threads],
        copies=tuple(replace(c, passages=c.passages[:3]) for c in view.copies[: most.copies]),
    )
    lines: Iterable[Any] = chain(
        cut.brief,
        cut.timeline,
        cut.agreements,
        *(s.statements for s in speakers),
        *(d.sides for d in cut.disputes),
        *(t.states for t in cut.threads),
        *(c.passages for c in cut.copies),
        *(f.values for f in cut.figures),
    )
    cited = {n for line in lines for n in line.cites[:MOST_CITES]}
    return replace(cut, notes=tuple(n for n in view.notes if n.number in cited))


def _best_told(entries: Sequence[TimelineLine], most: int) -> tuple[TimelineLine, ...]:
    """The entries that rest on most sentences, the latest of those that rest on as many, in their own order."""
    ranked = sorted(range(len(entries)), key=lambda n: (len(entries[n].cites), n), reverse=True)
    return tuple(entries[n] for n in sorted(ranked[:most]))


def _cites(numbers: Iterable[int]) -> Text:
    numbers = tuple(numbers)
    shown = "".join(f"[{n}]" for n in numbers[:MOST_CITES])
    more = f" +{len(numbers) - MOST_CITES} more" if len(numbers) > MOST_CITES else ""
    return Text(f"{shown}{more}", style="blue")


def _cited(text: str, numbers: Iterable[int], style: str = "") -> Text:
    return Text.assemble((text, style), " ", _cites(numbers)) if numbers else Text(text, style=style)


def _grid(*ratios: int) -> Table:
    grid = Table.grid(padding=(0, 2), expand=True)
    for ratio in ratios:
        grid.add_column(ratio=ratio or None, no_wrap=ratio == 0, overflow="fold")
    return grid


def _header(out: Console, view: StoryView) -> None:
    out.print(Text(view.title, style="bold"))
    out.print(Text(view.head, style="dim"))


def _brief(view: StoryView) -> RenderableType | None:
    return Group(*(_cited(line.text, line.cites) for line in view.brief)) if view.brief else None


def _timeline(view: StoryView) -> RenderableType | None:
    if not view.timeline:
        return None
    grid, day = _grid(0, 1), ""
    for entry in view.timeline:
        style = _STATUS_STYLE.get(entry.status, "")
        text = f"({entry.mark}) {entry.text}" if entry.mark else entry.text
        when = entry.when or "no date"
        grid.add_row(Text("" if when == day else when, style="bold"), _cited(shorten(text, 240), entry.cites, style))
        day = when
    return grid


def _with_rest(part: RenderableType, rest: int) -> RenderableType:
    """A part with a line that says how much of it is not shown."""
    if rest <= 0:
        return part
    return Group(part, Text(f"… and {rest} more (see --html, --md or --json)", style="dim"))


def _speakers(view: StoryView, whole: StoryView) -> RenderableType | None:
    parts: list[RenderableType] = []
    for speaker, entire in zip(view.speakers, whole.speakers, strict=False):
        about = f"  {shorten(speaker.about, 80)}" if speaker.about else ""
        parts.append(Text.assemble((speaker.name, "bold"), (about, "dim")))
        grid = _grid(0, 1)
        for s in speaker.statements:
            grid.add_row(Text(s.manner, style="italic"), _cited(shorten(s.text, 300), s.cites))
        rest = len(entire.statements) - len(speaker.statements)
        parts.append(Padding(Group(grid, Text(f"… and {rest} more", style="dim")) if rest else grid, (0, 0, 0, 2)))
    return Group(*parts) if parts else None


def _figures(view: StoryView) -> RenderableType | None:
    if not view.figures:
        return None
    table = Table(box=None, padding=(0, 2, 0, 0), expand=True)
    for column, ratio in (("what", 3), ("range", 2), ("who says which number", 6)):
        table.add_column(column, ratio=ratio, header_style="dim", overflow="fold")
    for figure in view.figures:
        table.add_row(*_figure_row(figure))
    return table


def _figure_row(figure: FigureBlock) -> tuple[RenderableType, RenderableType, RenderableType]:
    where = ", ".join(x for x in (figure.place, figure.when) if x)
    detail = f": {shorten(figure.detail, 60)}" if figure.detail else ""
    what = Text.assemble((figure.kind, "bold"), detail, (f"\n{where}" if where else "", "dim"))
    grew = " (grew)" if figure.grew else ""
    values = [_said(text, group) for text, group in figure.grouped]
    return what, Text(f"{figure.range}{grew}", style="bold" if figure.differs else ""), Group(*values)


def _said(text: str, values: Sequence[ValueLine]) -> Text:
    """A number with all who give it."""
    said = Text(text, style="bold")
    for n, value in enumerate(values):
        said.append("; " if n else ": " if value.voice else " ", style="")
        said.append_text(_cited(value.voice, value.cites) if value.voice else _cites(value.cites))
    return said


def _disputes(view: StoryView) -> RenderableType | None:
    parts = [_dispute(d) for d in view.disputes]
    return Group(*parts) if parts else None


def _dispute(dispute: DisputeBlock) -> RenderableType:
    head = Text.assemble((shorten(dispute.topic, 120), "bold"), (f"  {dispute.kind}; {dispute.verdict}", "dim"))
    sides = Table(box=None, padding=(0, 2, 0, 0), expand=True)
    shown = dispute.sides[:MOST_SIDES]
    for side in shown:
        sides.add_column(side.held_by, ratio=1, header_style="bold cyan", overflow="fold")
    sides.add_row(*(_cited(shorten(s.position, 320), s.cites) for s in shown))
    return Group(head, Padding(_with_rest(sides, len(dispute.sides) - len(shown)), (0, 0, 1, 2)))


def _agreements(view: StoryView) -> RenderableType | None:
    if not view.agreements:
        return None
    grid = _grid(0, 1)
    for a in view.agreements:
        grid.add_row(Text(a.support, style="bold" if a.n_independent > 1 else "yellow"), _cited(shorten(a.text, 240), a.cites))
    return grid


def _threads(view: StoryView) -> RenderableType | None:
    return Group(*(_thread(t) for t in view.threads)) if view.threads else None


def _thread(thread: ThreadBlock) -> RenderableType:
    track = " → ".join(dict.fromkeys(s.state for s in thread.states))
    head = Text.assemble((shorten(thread.heading, 90), "bold"), "  ", (track, "green"))
    grid = _grid(0, 0, 1)
    for s in thread.states:
        details = "; ".join(x for x in (f"by {s.by}" if s.by else "", s.facts) if x)
        grid.add_row(Text(s.state, style="italic"), Text(s.when or "no date", style="dim"), _cited(shorten(details, 240), s.cites))
    questions = [Text(f"not known: {q}", style="dim") for q in thread.open_questions]
    return Group(head, Padding(Group(grid, *questions), (0, 0, 1, 2)))


def _copies(view: StoryView) -> RenderableType | None:
    parts: list[RenderableType] = []
    for group in view.copies:
        parts.append(Text.assemble((group.kind, "bold"), f"  {', '.join(group.documents)}  ", (shorten(group.reason, 200), "dim")))
        parts += [Padding(_cited(quoted(shorten(p.text, 160)), p.cites), (0, 0, 0, 2)) for p in group.passages]
    return Group(*parts) if parts else None


def _outside(view: StoryView) -> RenderableType | None:
    lines = [Text.assemble((d.label, "bold"), f"  {shorten(d.title, 90)}  ", (d.reason, "dim")) for d in view.outside]
    return Group(*lines) if lines else None


def _notes(view: StoryView) -> RenderableType | None:
    if not view.notes:
        return None
    return _note_grid(view.notes)


def _note_grid(notes: Iterable[Note]) -> RenderableType:
    grid = _grid(0, 0, 1)
    for note in notes:
        grid.add_row(
            Text(f"[{note.number}]", style="blue"), Text(shorten(note.label, 26), style="bold"), Text(shorten(note.sentence, 400))
        )
    return grid


def print_positions(story: Story, readings: Sequence[Reading], name: str) -> None:
    """Print one actor's statements over time, changes of position marked."""
    from crossread.linking.positions import actors_named, statements_of

    found = statements_of(story, readings, name)
    if not found:
        known = ", ".join(dict.fromkeys(a.name for a in story.actors[:12]))
        with console() as out:
            out.print(Text(f"No statement of {name!r} is reported. Actors of the story: {known}"))
        return
    cites = Citations(readings)
    wanted = actors_named(story, name)
    head = Text(f"What {', '.join(a.name for a in story.actors if a.id in wanted)} is reported to have said", style="bold")
    reasons = {d.id: f"{d.topic}: {d.reason}" for d in story.disputes}
    grid = _grid(0, 0, 1)
    for line in found:
        stance = line.stance.value if line.polarity == "affirmed" else f"{line.stance.value}, denied"
        words = _cited(line.text, cites.of(line.evidence))
        change = (Text(f"changed position: {reasons[line.changes]}", style="magenta"),) if line.changes else ()
        day = when_text(line.when) or when_text(line.published) or "no date"
        grid.add_row(Text(day, style="dim"), Text(stance, style="italic"), Group(words, *change))
    with console() as out:
        for part in (head, grid, "", _note_grid(cites.notes.values())):
            out.print(part)


def print_explanation(explanation: "Explanation") -> None:
    """Print how one sentence was read."""
    import msgspec

    tree = msgspec.json.decode(msgspec.json.encode(explanation))
    words = tree.pop("words", [])
    tree["words"] = [f"{w['text']}  {w['tag']}  {w['dep']} of {words[w['head']]['text']}" for w in words]
    for candidate in tree.get("candidates", []):
        candidate.pop("span", None)
        candidate["types"] = [f"{name} {probability:.2f}" for name, probability in candidate.get("types", [])]
        for party in ("actors", "recipients", "implied"):
            candidate[party] = [phrase["text"] for phrase in candidate.get(party, [])]
        for sense in candidate.get("senses", []):
            sense["conditions"] = [f"{'holds' if holds else 'fails'}: {what}" for what, holds in sense.get("conditions", [])]
    tree["classes"] = [f"{name} {probability:.2f}" for name, probability in tree.get("classes", [])]
    with console() as out:
        _print_tree(out, tree, 0)


def _print_tree(out: Console, node: Any, depth: int) -> None:
    if isinstance(node, dict):
        for key, value in node.items():
            if isinstance(value, dict | list) and value:
                out.print(Padding(Text(str(key), style="bold"), (0, 0, 0, depth * 2)))
                _print_tree(out, value, depth + 1)
            elif value not in (None, [], {}, ""):
                out.print(Padding(Text.assemble((f"{key}: ", "dim"), str(value)), (0, 0, 0, depth * 2)))
    elif isinstance(node, list):
        for value in node:
            if isinstance(value, dict | list):
                _print_tree(out, value, depth)
                out.print()
            else:
                out.print(Padding(Text(f"- {value}"), (0, 0, 0, depth * 2)))
