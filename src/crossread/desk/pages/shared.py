"""What all pages need: the story that an address names, its navigation, and the rendering with both."""

from dataclasses import dataclass
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from crossread.desk.desk import Desk
from crossread.desk.files import StoryFile
from crossread.desk.pages import links
from crossread.desk.pages.cites import Notes
from crossread.desk.render import render
from crossread.export.wording import day_text


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a story in its navigation."""

    name: str
    title: str
    href: str
    count: int


@dataclass(frozen=True, slots=True)
class StoryHead:
    """What stands over every page of a story."""

    id: str
    title: str
    href: str
    days: str
    n_documents: int
    n_outside: int
    n_findings: int
    n_reviewed: int
    reviewed: float
    sections: tuple[Section, ...]


def desk_of(request: Request) -> Desk:
    """The desk that answers."""
    desk: Desk = request.app.state.desk
    return desk


class StoryMoved(Exception):
    """The story that an address names has another id since its reports were linked again; ``address`` is the new one."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


def story_file(request: Request) -> StoryFile:
    """The story that the address names.

    Raises:
        StoryMoved: If its reports are in a story of another id now.
        HTTPException: 404 if there is none.
    """
    desk, name = desk_of(request), request.path_params["story"]
    file = desk.story(name)
    if file is None and (now := desk.now_called(name)) is not None:
        raise StoryMoved(links.with_query(request.url.path.replace(name, now, 1), **dict(request.query_params)))
    if file is None:
        raise HTTPException(
            404,
            "The store has no story of this name; after new reports were linked it may have another. All stories are under Stories.",
        )
    return file


def days_text(first: str | None, last: str | None) -> str:
    """Two days in words."""
    if first is None or last is None:
        return "no date"
    return day_text(first) if first == last else f"{day_text(first)} – {day_text(last)}"


def story_head(file: StoryFile) -> StoryHead:
    """Title, size and navigation of a story."""
    story, line = file.story, file.line
    counts = (
        ("", "Brief", len(story.brief)),
        ("disputes", "Disputes", len(story.disputes)),
        ("figures", "Figures", len(story.figures)),
        ("timeline", "Timeline", len(story.timeline)),
        ("threads", "Threads", len(story.threads)),
        ("speakers", "Who said what", len(story.claims)),
        ("events", "Events", len(story.events)),
        ("network", "Network", len(story.actors)),
        ("map", "Map", len(story.places)),
        ("agreements", "Agreements", len(story.corroborations)),
        ("copies", "Shared words", len(story.copies)),
        ("documents", "Documents", len(story.documents) + len(story.outside)),
    )
    return StoryHead(
        id=story.id,
        title=line.title or "Untitled story",
        href=links.story(story.id),
        days=days_text(line.first_day, line.last_day),
        n_documents=line.n_documents,
        n_outside=line.n_outside,
        n_findings=line.n_findings,
        n_reviewed=line.n_reviewed,
        reviewed=line.reviewed,
        sections=tuple(Section(name, title, links.story(story.id, name), n) for name, title, n in counts),
    )


def render_story(request: Request, template: str, file: StoryFile, notes: Notes, **context: Any) -> Response:
    """A page of a story; the notes are numbered by what the context has cited so far."""
    return render(request, template, head=story_head(file), notes=notes.all(), links=links, **context)
