"""Downloads: stories in all export formats, as people decided them, and the originals of documents."""

import re
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from crossread.desk.desk import Desk
from crossread.desk.files import StoryFile
from crossread.export import EXPORTS, Export, Material

FORMATS: dict[str, Export] = EXPORTS
"""Formats by name, as ``crossread export`` knows them."""


def story_download(file: StoryFile, export: Export) -> Response:
    """A story as a file of that format, what people decided applied."""
    made = export.make(Material(stories=(file.story,), readings=tuple(file.readings.values())))
    return download(made, f"{file.line.title}{export.suffix}", export.media_type)


def download(content: bytes, name: str, media_type: str) -> Response:
    """Bytes that the browser saves and never shows in the desk's own origin."""
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", name).strip("-.")[-120:] or "download"
    headers = {
        "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name[-120:].replace('/', '-'), safe='')}"
    }
    return Response(content, media_type=media_type, headers=headers)


def _export(request: Request) -> Response:
    desk: Desk = request.app.state.desk
    file = desk.story(request.path_params["story"])
    if file is None:
        raise HTTPException(404, "The store has no story of this name; it may have been linked again since.")
    export = FORMATS.get(request.path_params["format"])
    if export is None:
        raise HTTPException(404, f"There is no such format; there are {', '.join(FORMATS)}.")
    return story_download(file, export)


def _original(request: Request) -> Response:
    desk: Desk = request.app.state.desk
    content = desk.original(request.path_params["document"])
    if content is None:
        raise HTTPException(404, "The original of this document was not kept.")
    return download(content, f"{request.path_params['document']}.original", "application/octet-stream")


DOWNLOADS: list[Route] = [
    Route("/stories/{story}/export/{format}", _export, name="export"),
    Route("/documents/{document:path}/original", _original, name="original"),
]
