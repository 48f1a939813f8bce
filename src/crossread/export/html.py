"""A story as one self-contained HTML page: every line opens its sentence, highlighted, in the report's own text.

Nothing is loaded from outside, and the page works without JavaScript (links and ``:target`` do the opening; a few lines of script add
highlighting of citations that run over several sentences).  Report text is always escaped.
"""

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, select_autoescape

from crossread.export.layout import lay_out
from crossread.export.notes import Note
from crossread.export.plots import range_plot, time_plot
from crossread.export.view import StoryView
from crossread.export.wording import document_label, published_text, quoted
from crossread.records import Reading, Removed, Story


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence on the page: its anchor, its words, whether something cites it, and the words between it and the next."""

    anchor: str
    text: str
    cited: bool
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A document on the page."""

    anchor: str
    label: str
    title: str
    published: str
    byline: str
    has_headline: bool
    paragraphs: tuple[tuple[Sentence, ...], ...]
    removed: tuple[Removed, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where a citation leads: the first and the last sentence of its words."""

    first: str
    last: str
    title: str


def _asset(name: str) -> str:
    return (files("crossread.export") / "templates" / name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    environment = Environment(
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(range_plot=range_plot, time_plot=time_plot, quoted=quoted)
    return environment


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _paragraphs(reading: Reading, prefix: str, cited: set[int]) -> tuple[tuple[Sentence, ...], ...]:
    """The report's text as sentences, grouped by paragraph; text outside any sentence is kept."""
    text, paragraphs, current = reading.document.text, [], []
    spans = reading.sentences
    for n, span in enumerate(spans):
        until = spans[n + 1].start if n + 1 < len(spans) else len(text)
        gap = text[span.end : until]
        current.append(Sentence(anchor=f"{prefix}-{n}", text=span.of(text), cited=n in cited, after=" ".join(gap.split()) + " "))
        if "\n\n" in gap.replace("\r", "") or until == len(text):
            paragraphs.append(tuple(current))
            current = []
    if not spans and text.strip():
        paragraphs.append((Sentence(anchor=f"{prefix}-0", text=text, cited=False, after=""),))
    return tuple(paragraphs)


def _targets(view: StoryView, readings: dict[str, Reading], anchors: dict[str, str]) -> dict[int, Target]:
    targets = {}
    for note in view.notes:
        first, last = _touched(note, readings[note.document])
        prefix = anchors[note.document]
        targets[note.number] = Target(first=f"{prefix}-{first}", last=f"{prefix}-{last}", title=f"{note.label}: {note.sentence}")
    return targets


def _touched(note: Note, reading: Reading) -> tuple[int, int]:
    touched = [n for n, s in enumerate(reading.sentences) if s.overlaps(note.sentence_span)]
    return (touched[0], touched[-1]) if touched else (0, 0)


def _report(reading: Reading, anchor: str, cited: set[int], reason: str) -> Report:
    document = reading.document
    return Report(
        anchor=anchor,
        label=document_label(document),
        title=" ".join((document.title or "").split()),
        published=published_text(reading),
        byline=document.byline or "",
        has_headline=document.title_span is not None,
        paragraphs=_paragraphs(reading, anchor, cited),
        removed=document.removed,
        reason=reason,
    )


def html_page(story: Story, readings: Sequence[Reading]) -> str:
    """The whole story as one HTML page.

    Args:
        story: The story.
        readings: Readings of its documents and of those set aside.
    """
    view = lay_out(story, readings)
    by_id = {r.document.id: r for r in readings}
    order = [d for d in (*story.documents, *(o.document for o in story.outside)) if d in by_id]
    anchors = {name: f"r{n}" for n, name in enumerate(order)}
    cited: dict[str, set[int]] = {}
    for note in view.notes:
        first, last = _touched(note, by_id[note.document])
        cited.setdefault(note.document, set()).update(range(first, last + 1))
    reasons = {o.document: o.reason for o in story.outside}
    reports = tuple(_report(by_id[d], anchors[d], cited.get(d, set()), reasons.get(d, "")) for d in order)
    style, script = _asset("report.css"), _asset("report.js")
    return (
        _environment()
        .from_string(_asset("report.html.j2"))
        .render(
            view=view,
            reports=reports,
            targets=_targets(view, by_id, anchors),
            style=style,
            script=script,
            style_digest=_digest(style),
            script_digest=_digest(script),
        )
    )
