"""The page of a document, and the sentence that the side panel shows."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from crossread.desk.files import DocumentFile, StoryFile
from crossread.desk.pages import links
from crossread.desk.pages.cites import Notes
from crossread.desk.pages.documents import asked_span, document_view, panel_view, safe_url
from crossread.desk.pages.review import finding_view
from crossread.desk.pages.shared import desk_of, story_head
from crossread.desk.render import render
from crossread.records import Span


def documents(request: Request) -> Response:
    """The list of documents is that of a story; without one, the stories."""
    return RedirectResponse("/stories", status_code=303)


def _file(request: Request) -> DocumentFile:
    file = desk_of(request).document(request.path_params["document"])
    if file is None:
        raise HTTPException(404, "The store has no document of this id.")
    return file


def home_story(request: Request, file: DocumentFile) -> StoryFile | None:
    """The story from which a document was opened, else the first that it belongs to."""
    desk = desk_of(request)
    asked = request.query_params.get("story") or (file.stories[0].id if file.stories else None)
    return desk.story(asked) if asked else None


def _shared(name: str, story: StoryFile | None, group: str | None) -> list[Span]:
    if story is None:
        return []
    return [p.span for c in story.story.copies if group in (None, c.id) for p in c.passages if p.document == name]


def document(request: Request) -> Response:
    """The report with everything found in it."""
    file = _file(request)
    story = home_story(request, file)
    at = asked_span(request.query_params.get("at"))
    group = request.query_params.get("copies")
    view = document_view(file, at=at, shared=_shared(file.document.id, story, group), story=story)
    layers = request.query_params.getlist("layer")
    default = ["copied"] if group else ["statement", "event", "figure"]
    return render(
        request,
        "document.html",
        document=view,
        url=safe_url(view.url),
        head=story_head(story) if story else None,
        section="documents",
        on=set(layers or default),
        links=links,
    )


def sentence(request: Request) -> Response:
    """One sentence for the side panel; a whole page where the browser asks for one."""
    file = _file(request)
    story = home_story(request, file)
    number = request.path_params["number"]
    at = asked_span(request.query_params.get("at"))
    panel = panel_view(file, number, at=at, story=story)
    if panel is None:
        raise HTTPException(404, "The document has no such sentence.")
    if "hx-request" not in request.headers:
        return RedirectResponse(panel.href, status_code=303)
    key = request.query_params.get("finding", "")
    finding = story.findings.get(key) if story and key else None
    view = finding_view(story, finding, Notes(story)) if story and finding else None
    return render(request, "fragments/panel.html", panel=panel, finding=view, links=links, story=story.story.id if story else "")
