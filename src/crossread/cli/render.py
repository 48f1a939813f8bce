"""The story in the terminal, with rich: brief, timeline, who says what, figures, disputes, agreements, threads, documents set aside, notes."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from crossread.export.view import Citations, DisputeBlock, FigureBlock, Note, StoryView, ThreadBlock, lay_out
from crossread.export.wording import shorten, when_text
from crossread.records import Reading, Story

if TYPE_CHECKING:
    from crossread.reading.explain import Explanation

MOST_STATEMENTS = 8
MOST_CITES = 5
MOST_ROWS = 25
_STATUS_STYLE = {
    "denied": "yellow",
    "negated": "yellow",
    "alleged": "yellow",
    "planned": "cyan",
    "proposed": "cyan",
    "called_off": "magenta",
    "hypothetical": "dim",
}


def console() -> Console:
    """A console on stdout; plain text where stdout is no terminal."""
    return Console(highlight=False)


def print_story(story: Story, readings: Sequence[Reading]) -> None:
    """Print everything that a person wants of a story, every line with its citations."""
    out, view = console(), lay_out(story, readings)
    _header(out, view)
    for title, part in (
        ("Brief", _brief(view)),
        ("Disputes", _disputes(view)),
        ("Figures", _figures(view)),
        ("Timeline", _timeline(view)),
        ("Who says what", _speakers(view)),
        ("Agreements", _agreements(view)),
        ("Threads", _threads(view)),
        ("Shared words", _copies(view)),
        ("Set aside", _outside(view)),
        ("Notes", _notes(view)),
    ):
        if part is not None:
            out.print()
            out.rule(Text(title, style="bold"), align="left", style="dim")
            out.print(part)


def _cites(numbers: Iterable[int]) -> Text:
    numbers = tuple(numbers)
    shown = "".join(f"[{n}]" for n in numbers[:MOST_CITES])
    more = f"+{len(numbers) - MOST_CITES}" if len(numbers) > MOST_CITES else ""
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
    labels = list(dict.fromkeys(d.label for d in view.documents))
    aside = f", {len(view.outside)} set aside" if view.outside else ""
    out.print(Text(f"{len(view.documents)} reports{aside}: {shorten(', '.join(labels), 200)}", style="dim"))


def _brief(view: StoryView) -> RenderableType | None:
    return Group(*(_cited(line.text, line.cites) for line in view.brief)) if view.brief else None


def _timeline(view: StoryView) -> RenderableType | None:
    if not view.timeline:
        return None
    grid = _grid(0, 1)
    for entry in view.timeline[: MOST_ROWS * 2]:
        style = _STATUS_STYLE.get(entry.status, "")
        text = entry.text if entry.status in ("happened", "ongoing") else f"({entry.status.replace('_', ' ')}) {entry.text}"
        grid.add_row(Text(entry.when or "no date", style="bold"), _cited(shorten(text, 240), entry.cites, style))
    return _with_rest(grid, len(view.timeline) - MOST_ROWS * 2)


def _with_rest(part: RenderableType, rest: int) -> RenderableType:
    return Group(part, Text(f"… and {rest} more (see --html, --md or --json)", style="dim")) if rest > 0 else part


def _speakers(view: StoryView) -> RenderableType | None:
    parts: list[RenderableType] = []
    for speaker in view.speakers:
        about = f"  {shorten(speaker.about, 80)}" if speaker.about else ""
        parts.append(Text.assemble((speaker.name, "bold"), (about, "dim")))
        grid = _grid(0, 1)
        for s in speaker.statements[:MOST_STATEMENTS]:
            stance = s.stance if s.polarity == "affirmed" or s.stance == "deny" else f"{s.stance}, denied"
            grid.add_row(Text(stance, style="italic"), _cited(shorten(s.text, 300), s.cites))
        parts.append(Padding(_with_rest(grid, len(speaker.statements) - MOST_STATEMENTS), (0, 0, 0, 2)))
    shown = parts[: MOST_ROWS * 2]
    return _with_rest(Group(*shown), (len(parts) - len(shown)) // 2) if parts else None


def _figures(view: StoryView) -> RenderableType | None:
    if not view.figures:
        return None
    table = Table(box=None, padding=(0, 2, 0, 0), expand=True)
    for column, ratio in (("what", 3), ("range", 2), ("who says which number", 6)):
        table.add_column(column, ratio=ratio, header_style="dim", overflow="fold")
    for figure in view.figures[:MOST_ROWS]:
        table.add_row(*_figure_row(figure))
    return _with_rest(table, len(view.figures) - MOST_ROWS)


def _figure_row(figure: FigureBlock) -> tuple[RenderableType, RenderableType, RenderableType]:
    where = ", ".join(x for x in (figure.place, figure.when) if x)
    what = Text.assemble((figure.kind, "bold"), f": {shorten(figure.counted, 60)}", (f"\n{where}" if where else "", "dim"))
    grew = " (grew)" if figure.grew else ""
    values = [_cited(f"{v.text}: {v.voice}" if v.voice else v.text, v.cites) for v in figure.values]
    return what, Text(f"{figure.range}{grew}", style="bold" if figure.differs else ""), Group(*values)


def _disputes(view: StoryView) -> RenderableType | None:
    parts = [_dispute(d) for d in view.disputes[:MOST_ROWS]]
    return _with_rest(Group(*parts), len(view.disputes) - MOST_ROWS) if parts else None


def _dispute(dispute: DisputeBlock) -> RenderableType:
    verdict = {"yes": "both can be true", "no": "cannot both be true", "unclear": "unclear whether both can be true"}
    head = Text.assemble((shorten(dispute.topic, 120), "bold"), (f"  {dispute.kind}; {verdict[dispute.compatible]}", "dim"))
    sides = Table(box=None, padding=(0, 2, 0, 0), expand=True)
    for side in dispute.sides[:4]:
        sides.add_column(side.held_by, ratio=1, header_style="bold cyan", overflow="fold")
    sides.add_row(*(_cited(shorten(s.position, 320), s.cites) for s in dispute.sides[:4]))
    return Group(head, Padding(sides, (0, 0, 1, 2)))


def _agreements(view: StoryView) -> RenderableType | None:
    if not view.agreements:
        return None
    grid = _grid(0, 1)
    for a in view.agreements[:MOST_ROWS]:
        voices = (
            f"{a.n_independent} of {a.n_documents} independent"
            if a.independent != "unknown"
            else f"{a.n_documents} reports, origin unknown"
        )
        grid.add_row(Text(voices, style="bold" if a.n_independent > 1 else "yellow"), _cited(shorten(a.text, 240), a.cites))
    return _with_rest(grid, len(view.agreements) - MOST_ROWS)


def _threads(view: StoryView) -> RenderableType | None:
    return Group(*(_thread(t) for t in view.threads)) if view.threads else None


def _thread(thread: ThreadBlock) -> RenderableType:
    track = " → ".join(dict.fromkeys(s.state for s in thread.states))
    head = Text.assemble((thread.kind, "bold"), f"  {shorten(thread.title, 90)}  ", (track, "green"))
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
        parts += [Padding(_cited(f"“{shorten(p.text, 160)}”", p.cites), (0, 0, 0, 2)) for p in group.passages[:3]]
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

    out = console()
    found = statements_of(story, readings, name)
    if not found:
        known = ", ".join(a.name for a in story.actors[:12])
        out.print(Text(f"No statement of {name!r} is reported. Actors of the story: {known}"))
        return
    cites = Citations(readings)
    wanted = actors_named(story, name)
    out.print(Text(f"What {', '.join(a.name for a in story.actors if a.id in wanted)} is reported to have said", style="bold"))
    reasons = {d.id: f"{d.topic}: {d.reason}" for d in story.disputes}
    grid = _grid(0, 0, 1)
    for line in found:
        stance = line.stance.value if line.polarity == "affirmed" else f"{line.stance.value}, denied"
        words = _cited(line.text, cites.of(line.evidence))
        change = (Text(f"changed position: {reasons[line.changes]}", style="magenta"),) if line.changes else ()
        day = when_text(line.when) or when_text(line.published) or "no date"
        grid.add_row(Text(day, style="dim"), Text(stance, style="italic"), Group(words, *change))
    out.print(grid)
    out.print()
    out.print(_note_grid(cites.notes.values()))


def print_explanation(explanation: "Explanation") -> None:
    """Print how one sentence was read."""
    import msgspec

    tree = msgspec.json.decode(msgspec.json.encode(explanation))
    words = tree.pop("words", [])
    tree["words"] = [f"{w['text']}  {w['tag']}  {w['dep']} of {words[w['head']]['text']}" for w in words]
    for candidate in tree.get("candidates", []):
        candidate.pop("span", None)
        candidate["types"] = [f"{name} {probability:.2f}" for name, probability in candidate.get("types", [])]
        for party in ("actors", "recipients"):
            candidate[party] = [phrase["text"] for phrase in candidate.get(party, [])]
        for sense in candidate.get("senses", []):
            sense["conditions"] = [f"{'holds' if holds else 'fails'}: {what}" for what, holds in sense.get("conditions", [])]
    tree["classes"] = [f"{name} {probability:.2f}" for name, probability in tree.get("classes", [])]
    _print_tree(console(), tree, 0)


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
