"""Records as HTML in notebooks (``_repr_html_``).  Report text is always escaped, and nothing is loaded or run."""

from collections.abc import Sequence
from html import escape

from crossread.export.columns import Cell, Row, flat
from crossread.export.frames import columns_of, rows_of_list
from crossread.export.reading_tables import READING_TABLES
from crossread.export.wording import document_label, shorten, when_text
from crossread.records import Document, Reading, Story

MAX_ROWS = 20
MAX_CELL = 160
_HIDDEN = frozenset({"story", "evidence", "words", "from", "to", "date_precision"})
_STYLE = "text-align:left;vertical-align:top;max-width:34em;white-space:normal"


def _cell(cell: Cell, tag: str = "td") -> str:
    value = flat(cell)
    text = f"{value:g}" if isinstance(value, float) else "" if value is None else str(value)
    return f'<{tag} style="{_STYLE}">{escape(shorten(text, MAX_CELL))}</{tag}>'


def table_html(names: Sequence[str], rows: Sequence[Row], *, what: str) -> str:
    """Rows as a table; of more than `MAX_ROWS` the first ones, and how many there are."""
    head = "".join(_cell(n, "th") for n in names)
    body = "".join("<tr>" + "".join(_cell(row[n]) for n in names) + "</tr>" for row in rows[:MAX_ROWS])
    more = f"<p>{len(rows) - MAX_ROWS} more of {len(rows)} {escape(what)}</p>" if len(rows) > MAX_ROWS else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


def list_html(owner: Story | Reading, field: str) -> str:
    """One list of a story or reading."""
    rows = rows_of_list(owner, field)
    if not rows:
        return f"<p>no {escape(field)}</p>"
    names = [
        c.name for c in columns_of(owner, field) if c.name not in _HIDDEN and any(r[c.name] not in (None, (), "") for r in rows)
    ]
    return table_html(names, rows, what=field)


def document_html(document: Document) -> str:
    """A document: what it is, and its text, paragraph by paragraph."""
    about = (
        document_label(document),
        document.agency,
        document.byline,
        when_text(document.published),
        f"{len(document.text.split())} words",
    )
    paragraphs = [p for p in document.text.split("\n\n") if p.strip()]
    if document.title_span is not None and paragraphs:
        paragraphs = paragraphs[1:]
    body = "".join(f"<p>{escape(p)}</p>" for p in paragraphs)
    removed = (
        f"<p><em>{len(document.removed)} {'piece' if len(document.removed) == 1 else 'pieces'} of furniture taken out</em></p>"
        if document.removed
        else ""
    )
    title = escape(shorten(document.title or document.id, 200))
    return f"<div><h4>{title}</h4><p>{escape(', '.join(a for a in about if a))}</p>{body}{removed}</div>"


def reading_html(reading: Reading) -> str:
    """A reading: what it holds, then its statements, events and figures."""
    counts = ", ".join(f"{len(getattr(reading, name))} {name}" for name in READING_TABLES)
    parts = [f"<h4>{escape(shorten(reading.document.title or reading.document.id, 200))}</h4><p>{counts}</p>"]
    parts += [f"<p><strong>{name}</strong></p>{list_html(reading, name)}" for name in ("attributions", "events", "figures")]
    problems = "".join(f"<li>{escape(p.message)}</li>" for p in reading.problems)
    return f"<div>{''.join(parts)}{f'<ul>{problems}</ul>' if problems else ''}</div>"


def story_html(story: Story) -> str:
    """A story: its brief, its disputes and how much else there is."""
    lists = ("events", "claims", "figures", "disputes", "corroborations", "threads", "timeline", "actors", "places", "copies")
    counts = ", ".join(f"{len(getattr(story, name))} {name}" for name in lists)
    lines = "".join(f"<p>{escape(line.text)} <small>[{len(line.evidence)}]</small></p>" for line in story.brief)
    disputes = f"<p><strong>disputes</strong></p>{list_html(story, 'disputes')}" if story.disputes else ""
    about = f"{len(story.documents)} documents, {len(story.outside)} set aside; {counts}"
    return f"<div><h4>{escape(shorten(story.title or story.id, 200))}</h4><p>{about}</p>{lines}{disputes}</div>"
