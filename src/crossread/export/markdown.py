"""A story as Markdown, citations as numbered footnotes."""

from collections.abc import Iterable, Sequence

from crossread.export.layout import lay_out
from crossread.export.view import StoryView
from crossread.export.wording import quoted, shorten
from crossread.records import Reading, Story

_SPECIAL = str.maketrans({c: f"\\{c}" for c in "\\`*_[]<>#|"})


def _safe(text: str) -> str:
    """Report text as text: whatever Markdown or HTML would read as a mark is escaped."""
    return " ".join(text.split()).translate(_SPECIAL)


def _cites(numbers: Iterable[int]) -> str:
    return "".join(f"[^{n}]" for n in numbers)


def markdown_page(story: Story, readings: Sequence[Reading]) -> str:
    """The whole story as one Markdown text."""
    view = lay_out(story, readings)
    lines = [
        f"# {_safe(view.title)}",
        "",
        _safe(view.head),
        "",
    ]
    for title, part in (
        ("Brief", [f"{_safe(line.text)}{_cites(line.cites)}\n" for line in view.brief]),
        ("Disputes", _disputes(view)),
        ("Figures", _figures(view)),
        (
            "Timeline",
            [
                f"- **{e.when or 'no date'}** {f'({e.mark}) ' if e.mark else ''}{_safe(e.text)}{_cites(e.cites)}"
                for e in view.timeline
            ],
        ),
        ("Who says what", _speakers(view)),
        (
            "Agreements",
            [f"- {a.support}: {_safe(a.text)}{_cites(a.cites)}" for a in view.agreements],
        ),
        ("Threads", _threads(view)),
        ("Shared words", _copies(view)),
        ("Set aside", [f"- {_safe(d.label)}: {_safe(d.title)} ({_safe(d.reason)})" for d in view.outside]),
    ):
        if part:
            lines += [f"## {title}", "", *part, ""]
    lines += [f"[^{n.number}]: {_safe(n.label)}: {_safe(quoted(n.sentence))}" for n in view.notes]
    return "\n".join(lines) + "\n"


def _disputes(view: StoryView) -> list[str]:
    lines = []
    for d in view.disputes:
        lines += [f"### {_safe(shorten(d.topic, 140))}", "", f"{d.kind}; {d.verdict}: {_safe(d.reason)}", ""]
        lines += ["| " + " | ".join(_safe(s.held_by) for s in d.sides) + " |", "|" + " --- |" * len(d.sides)]
        lines += ["| " + " | ".join(f"{_safe(s.position)}{_cites(s.cites)}" for s in d.sides) + " |", ""]
    return lines


def _figures(view: StoryView) -> list[str]:
    if not view.figures:
        return []
    lines = ["| what | place, time | range | who says which number |", "| --- | --- | --- | --- |"]
    for f in view.figures:
        values = "; ".join(
            f"**{_safe(text)}** " + ", ".join(f"{_safe(v.voice)}{_cites(v.cites)}" for v in group) for text, group in f.grouped
        )
        where = ", ".join(x for x in (f.place, f.when) if x)
        what = _safe(f.kind) + (f": {_safe(f.detail)}" if f.detail else "")
        lines.append(f"| {what} | {_safe(where)} | {f.range}{' (grew)' if f.grew else ''} | {values} |")
    return lines


def _speakers(view: StoryView) -> list[str]:
    lines = []
    for speaker in view.speakers:
        lines += [f"### {_safe(speaker.name)}", ""]
        lines += [f"- *{s.manner}* {_safe(s.text)}{_cites(s.cites)}" for s in speaker.statements] + [""]
    return lines


def _threads(view: StoryView) -> list[str]:
    lines = []
    for t in view.threads:
        lines += [f"### {_safe(t.heading)}", ""]
        for s in t.states:
            details = "; ".join(_safe(x) for x in (s.when, f"by {s.by}" if s.by else "", s.facts) if x)
            lines.append(f"- **{s.state}** {details}{_cites(s.cites)}")
        lines += [f"- not known: {_safe(q)}" for q in t.open_questions] + [""]
    return lines


def _copies(view: StoryView) -> list[str]:
    lines = []
    for c in view.copies:
        lines.append(f"- {c.kind}: {_safe(', '.join(c.documents))}. {_safe(c.reason)}")
        lines += [f"  - {_safe(quoted(p.text))}{_cites(p.cites)}" for p in c.passages]
    return lines
