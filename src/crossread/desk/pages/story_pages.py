"""The pages of a story."""

from collections.abc import Callable
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from crossread.desk.downloads import FORMATS
from crossread.desk.draw.network import links_of
from crossread.desk.files import StoryFile
from crossread.desk.pages.cites import Line, Notes
from crossread.desk.pages.disputes import agreement_view, copy_view, dispute_view, document_row
from crossread.desk.pages.figures import figure_view, is_minor
from crossread.desk.pages.paging import page_of
from crossread.desk.pages.places import map_view
from crossread.desk.pages.shared import desk_of, render_story, story_file
from crossread.desk.pages.speakers import (
    actor_view,
    chosen_claims,
    event_view,
    matrix_of,
    network_view,
    statement_view,
)
from crossread.desk.pages.timeline import thread_view, timeline_view

COMMON_FORMATS = ("html", "md", "xlsx", "csv", "json", "webannotation", "geojson", "csl-json", "bibtex", "ris")
"""What the export page lists first."""

FEW = 4
"""How many disputes, figures and threads the first page of a story shows."""


def _brief(file: StoryFile, notes: Notes) -> tuple[Line, ...]:
    return tuple(notes.line(line.id, line.text, line.evidence) for line in file.story.brief)


def overview(request: Request) -> Response:
    """The brief, and the first of what is disputed, counted and followed."""
    file = story_file(request)
    notes, story = Notes(file), file.story
    figures = sorted(
        (f for f in story.figures if not is_minor(f)),
        key=lambda f: (-len({(v.low, v.best, v.high) for v in f.values}), -f.n_documents),
    )
    return render_story(
        request,
        "story.html",
        file,
        notes,
        section="",
        brief=_brief(file, notes),
        disputes=[dispute_view(d, notes) for d in story.disputes[:FEW]],
        figures=[figure_view(f, notes) for f in figures[:FEW]],
        threads=[thread_view(t, notes) for t in story.threads[:FEW]],
        reports=[document_row(d, notes) for d in story.documents[:12]],
    )


Section = Callable[[Request, StoryFile, Notes], dict[str, Any]]


def _disputes(request: Request, file: StoryFile, notes: Notes) -> dict[str, Any]:
    page = page_of(request, file.story.disputes, size=30)
    return {"page": page, "disputes": [dispute_view(d, notes) for d in page.items]}


def _figures(request: Request, file: StoryFile, notes: Notes) -> dict[str, Any]:
    page = page_of(request, sorted(file.story.figures, key=is_minor), size=25)
    return {"page": page, "figures": [figure_view(f, notes) for f in page.items]}


def _timeline(request: Request, file: StoryFile, notes: Notes) -> dict[str, Any]:
    page = page_of(request, file.story.timeline, size=100)
    return {"page": page, "timeline": timeline_view(page.items, notes)}


def _threads(request: Request, file: StoryFile, notes: Notes) -> dict[str, Any]:
    page = page_of(request, file.story.threads, size=20)
    return {"page": page, "threads": [thread_view(t, notes) for t in page.items]}


def _speakers(request: Request, file: StoryFile, notes: Notes) -> dict[str, Any]:
    claims = chosen_claims(file.story, request.query_params)
    page = page_of(request, claims)
    who, stance = request.query_params.get("who", ""), request.query_params.get("stance", "")
    return {
        "page": page,
        "matrix": matrix_of(file.story),
        "statements": [statement_view(c, notes) for c in page.items],
        "chosen": " · ".join(x for x in (notes.names.get(who, who), stance) if x),
        "who": who,
        "stance": stance,
    }


def _events(request: Request, file: StoryFile, notes: Notes) -> dict[str, Any]:
    wanted = request.query_params.get("type", "")
    types: dict[str, int] = {}
    for event in file.story.events:
        types[event.type.value] = types.get(event.type.value, 0) + 1
    page = page_of(request, [e for e in file.story.events if not wanted or e.type.value == wanted])
    kinds = sorted(types.items(), key=lambda pair: (-pair[1], pair[0]))
    return {"page": page, "events": [event_view(e, notes) for e in page.items], "kinds": kinds, "wanted": wanted}


def _network(request: Request, file: StoryFile, notes: Notes) -> dict[str, Any]:
    page = page_of(request, links_of(file.story), size=40)
    actors = page_of(request, file.story.actors, size=200)
    rows = [(notes.line(a.id, a.name, a.evidence[:3]), a) for a in actors.items]
    return {"page": page, "network": network_view(file, notes, page.items), "actors": rows}


def _map(request: Request, file: StoryFile, notes: Notes) -> dict[str, Any]:
    view = map_view(file.story, notes)
    return {"map": view, "page": page_of(request, view.rows, size=100)}


def _agreements(request: Request, file: StoryFile, notes: Notes) -> dict[str, Any]:
    page = page_of(request, file.story.corroborations)
    return {"page": page, "agreements": [agreement_view(c, notes) for c in page.items]}


def _copies(request: Request, file: StoryFile, notes: Notes) -> dict[str, Any]:
    page = page_of(request, file.story.copies, size=15)
    return {"page": page, "copies": [copy_view(c, notes) for c in page.items]}


def _documents(request: Request, file: StoryFile, notes: Notes) -> dict[str, Any]:
    page = page_of(request, file.story.documents, size=100)
    outside = [document_row(o.document, notes, reason=o.reason) for o in file.story.outside]
    return {"page": page, "documents": [document_row(d, notes) for d in page.items], "outside": outside if page.number == 1 else []}


PRINTED = 60
"""Most items of a kind on the page for paper; it says how many it leaves out."""


def _print(request: Request, file: StoryFile, notes: Notes) -> dict[str, Any]:
    story = file.story
    figures = [f for f in story.figures if not is_minor(f)]
    lists = (story.disputes, figures, story.timeline, story.threads, story.corroborations)
    names = ("disputes", "figures", "dated lines", "threads", "agreements")
    return {
        "brief": _brief(file, notes),
        "disputes": [dispute_view(d, notes) for d in story.disputes[:PRINTED]],
        "figures": [figure_view(f, notes) for f in figures[:PRINTED]],
        "timeline": timeline_view(story.timeline[: 3 * PRINTED], notes),
        "threads": [thread_view(t, notes) for t in story.threads[:PRINTED]],
        "agreements": [agreement_view(c, notes) for c in story.corroborations[:PRINTED]],
        "documents": [document_row(d, notes) for d in story.documents],
        "outside": [document_row(o.document, notes, reason=o.reason) for o in story.outside],
        "left_out": [
            f"{len(x)} {n}" for x, n in zip(lists, names, strict=True) if len(x) > (3 if n == "dated lines" else 1) * PRINTED
        ],
    }


def _export(request: Request, file: StoryFile, notes: Notes) -> dict[str, Any]:
    first = [FORMATS[name] for name in COMMON_FORMATS if name in FORMATS]
    return {"formats": first, "others": [e for e in FORMATS.values() if e not in first]}


SECTIONS: dict[str, Section] = {
    "export": _export,
    "disputes": _disputes,
    "figures": _figures,
    "timeline": _timeline,
    "threads": _threads,
    "speakers": _speakers,
    "events": _events,
    "network": _network,
    "map": _map,
    "agreements": _agreements,
    "copies": _copies,
    "documents": _documents,
    "print": _print,
}


def section(request: Request) -> Response:
    """One section of a story."""
    name = request.path_params["section"]
    build = SECTIONS.get(name)
    if build is None:
        raise HTTPException(404, f"A story has no section of this name; there are {', '.join(SECTIONS)}.")
    file = story_file(request)
    notes = Notes(file)
    context = build(request, file, notes)
    return render_story(request, f"{name}.html", file, notes, section=name, **context)


def actor(request: Request) -> Response:
    """One actor of a story."""
    file = story_file(request)
    found = desk_of(request).actor(file.story.id, request.path_params["actor"])
    if found is None:
        raise HTTPException(404, "The story has no actor of this name; it may have been merged into another.")
    notes = Notes(found.file)
    view = actor_view(found, notes)
    merged = [(f.words, f"/stories/{file.story.id}/findings/{f.key}") for f in found.merged]
    return render_story(request, "actor.html", found.file, notes, section="network", actor=view, merged=merged)
