"""The operations of the API."""

from collections.abc import Callable
from typing import Annotated, Any, Literal

from fastapi import Body, Depends, FastAPI, HTTPException, Path, Query, Request
from fastapi.exceptions import RequestValidationError
from starlette.responses import JSONResponse, Response

from crossread.desk import arriving
from crossread.desk.api import answers as out
from crossread.desk.api import bodies
from crossread.desk.desk import Desk
from crossread.desk.downloads import FORMATS, story_download
from crossread.desk.files import Facets, Finding, FindingState, StoryFile
from crossread.desk.review.actions import Reviewer
from crossread.desk.security import TooLarge
from crossread.errors import CrossreadError
from crossread.export.encoding import cleaned
from crossread.records import Reading, Span
from crossread.store import State

DESCRIPTION = "Stories, documents, readings, findings and what people decided about them.  All spans count Unicode code points."
Name = Annotated[str, Path(min_length=1, max_length=500)]
Limit = Annotated[int, Query(ge=1, le=1000)]
Kind = Annotated[str | None, Query(max_length=40, description="Kind of finding, such as event or story-dispute")]


def _desk(request: Request) -> Desk:
    desk: Desk = request.scope["crossread.desk"]
    return desk


Here = Annotated[Desk, Depends(_desk)]


def api_app() -> FastAPI:
    """The API as an application of its own, mounted by `crossread.desk.app`."""
    app = FastAPI(
        title="crossread desk", version="1", description=DESCRIPTION, docs_url=None, redoc_url=None, openapi_url="/openapi.json"
    )
    _put_in(app, _READ, "GET")
    _put_in(app, _CHANGE, "POST")
    app.add_exception_handler(CrossreadError, _cannot)
    app.add_exception_handler(TooLarge, _too_large)
    app.add_exception_handler(RequestValidationError, _unfit)
    plain = app.openapi
    app.openapi = lambda: _with_schemas(plain())  # type: ignore[method-assign]
    return app


def _with_schemas(document: dict[str, Any]) -> dict[str, Any]:
    parts = document.setdefault("components", {})
    parts.setdefault("schemas", {}).update(out.components())
    parts["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    document["security"] = [{"token": []}]
    document["servers"] = [{"url": "/api/v1"}]
    return document


def _cannot(request: Request, err: Exception) -> Response:
    return JSONResponse({"detail": cleaned(str(err))}, status_code=400)


def _too_large(request: Request, err: Exception) -> Response:
    return JSONResponse({"detail": "what was sent is larger than the desk takes"}, status_code=413)


def _unfit(request: Request, err: Exception) -> Response:
    assert isinstance(err, RequestValidationError)
    wrong = [
        {"loc": [str(x) for x in e.get("loc", ())], "msg": str(e.get("msg", "")), "type": str(e.get("type", ""))}
        for e in err.errors()
    ]
    return JSONResponse({"detail": cleaned(wrong)}, status_code=422)


def _file(desk: Desk, story: str) -> StoryFile:
    file = desk.story(story)
    if file is None:
        raise HTTPException(404, "there is no such story; it may have been linked again since")
    return file


def _finding(desk: Desk, key: str, story: str | None = None, document: str | None = None) -> Finding:
    finding = desk.find(key, story=story, document=document)
    if finding is None:
        raise HTTPException(404, "there is no such finding")
    return finding


# ---------------------------------------------------------------- reading


def stories(desk: Here) -> Response:
    """All stories, most documents first."""
    return out.answer([out.story_out(s) for s in desk.stories()])


def story(desk: Here, story: Name, version: Annotated[Literal["decided", "proposed"], Query()] = "decided") -> Response:
    """A story as people decided it, or as the machine proposed it."""
    return out.answer(out.file_out(_file(desk, story), proposed=version == "proposed"))


def story_export(desk: Here, story: Name, format: Name) -> Response:
    """A story as a file."""
    export = FORMATS.get(format)
    if export is None:
        raise HTTPException(404, f"there is no such format; there are {', '.join(FORMATS)}")
    return story_download(_file(desk, story), export)


def queue(
    desk: Here,
    story: Name,
    level: Annotated[Literal["story", "document"], Query()] = "story",
    kind: Kind = None,
    limit: Limit = 100,
) -> Response:
    """Findings that nobody decided on, most doubtful first."""
    _file(desk, story)
    return out.answer([out.finding_out(f) for f in desk.queue(story, level=level, kind=kind, limit=limit)])


def formats() -> Response:
    """Formats that stories can be written in."""
    return out.answer(
        [out.FormatOut(name=f.name, suffix=f.suffix, media_type=f.media_type, description=f.description) for f in FORMATS.values()]
    )


def documents(
    desk: Here, state: State | None = None, after: Annotated[str, Query(max_length=500)] = "", limit: Limit = 100
) -> Response:
    """Documents in order of id, a page at a time: ``after`` is the last id seen."""
    listed = [f for f in desk.listing(state) if f.id > after][:limit]
    return out.answer(
        [
            out.DocumentLineOut(
                id=f.id, title=f.title, publisher=f.publisher, published=f.published, state=f.state.value, reason=f.reason
            )
            for f in listed
        ]
    )


def document(desk: Here, document: Name) -> Response:
    """A document with where it stands."""
    file = desk.document(document)
    if file is None:
        raise HTTPException(404, "there is no such document")
    return out.answer(
        out.DocumentOut(
            document=file.document,
            state=file.state.value,
            failure=file.failure,
            has_original=file.has_original,
            arrivals=tuple({"where": a.where, "raw_sha256": a.raw_sha256, "arrived": a.arrived} for a in file.arrivals),
            stories=tuple(s.id for s in file.stories),
        )
    )


def reading(desk: Here, document: Name) -> Response:
    """What was read from a document, decisions applied."""
    decided = desk.decided(document)
    if decided is None:
        raise HTTPException(404, "there is no such document, or it has not been read")
    return out.answer(decided.reading)


def findings(
    desk: Here,
    story: Annotated[str | None, Query(max_length=500)] = None,
    document: Annotated[str | None, Query(max_length=500)] = None,
    kind: Kind = None,
    state: FindingState | None = None,
    limit: Limit = 1000,
) -> Response:
    """Findings of a story or of a document (one of both must be given)."""
    if (story is None) == (document is None):
        raise HTTPException(400, "give story or document")
    if story is not None:
        file = _file(desk, story)
        pool = [*file.findings.values(), *file.lost]
    else:
        decided = desk.decided(document or "")
        if decided is None:
            raise HTTPException(404, "there is no such document, or it has not been read")
        pool = [*decided.findings.values(), *decided.lost]
    chosen = [f for f in pool if (kind is None or f.kind == kind) and (state is None or f.state is state)]
    return out.answer([out.finding_out(f) for f in chosen[:limit]])


def finding(desk: Here, key: Name) -> Response:
    """A finding by key."""
    return out.answer(out.finding_out(_finding(desk, key)))


def history(
    desk: Here,
    story: Annotated[str | None, Query(max_length=500)] = None,
    finding: Annotated[str | None, Query(max_length=100)] = None,
    limit: Limit = 100,
) -> Response:
    """Lines of the history, newest first."""
    return out.answer([out.decision_out(d) for d in desk.history(finding=finding, story=story, limit=limit)])


def agreement(desk: Here, story: Annotated[str | None, Query(max_length=500)] = None) -> Response:
    """How far people agree who decided on the same findings."""
    return out.answer([out.agreement_out(a) for a in desk.agreement(story)])


def search(
    desk: Here,
    q: Annotated[str, Query(max_length=500)] = "",
    publisher: Annotated[list[str] | None, Query(max_length=50)] = None,
    since: Annotated[str | None, Query(pattern=r"^\d{4}-\d{2}-\d{2}$")] = None,
    until: Annotated[str | None, Query(pattern=r"^\d{4}-\d{2}-\d{2}$")] = None,
    actor: Annotated[str | None, Query(max_length=200)] = None,
    kind: Annotated[Literal["mention", "attribution", "event", "figure"] | None, Query()] = None,
    state: FindingState | None = None,
    story: Annotated[str | None, Query(max_length=500)] = None,
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> Response:
    """Sentences and stories that hold all words, narrowed by facets."""
    facets = Facets(publisher=tuple(publisher or ()), since=since, until=until, actor=actor, kind=kind, state=state, story=story)
    return out.answer(out.search_out(desk.search(q, facets, page)))


def jobs(desk: Here) -> Response:
    """Work in the background, newest first."""
    return out.answer([out.job_out(j) for j in desk.jobs.listing()])


def job(desk: Here, job: Name) -> Response:
    """One job."""
    found = desk.jobs.job(job)
    if found is None:
        raise HTTPException(404, "there is no such job, or it is no longer remembered")
    return out.answer(out.job_out(found))


# ---------------------------------------------------------------- changing


def _done(desk: Desk, line: int, key: str, finding: Finding | None = None) -> Response:
    where = finding.document if finding is not None else None
    now = desk.find(key, document=where) if key else None
    return out.answer(out.DoneOut(line=line, finding=None if now is None else out.finding_out(now)))


def _clean(body: Any) -> Any:
    if not bodies.is_clean(body.model_dump()):
        raise HTTPException(400, "texts must not hold NUL or halves of surrogate pairs")
    return body


def decide(desk: Here, key: Name, body: Annotated[bodies.Decide, Body()]) -> Response:
    """Accept, reject, edit or reset a finding."""
    body, found = _clean(body), _finding(desk, key)
    line = Reviewer(desk, body.person).decide(found, body.action, body.fields, reason=body.reason)
    return _done(desk, line, found.key, found)


def correct_span(desk: Here, key: Name, body: Annotated[bodies.CorrectSpan, Body()]) -> Response:
    """Say which words a finding of a document rests on."""
    body, found = _clean(body), _finding(desk, key)
    line = Reviewer(desk, body.person).correct_span(found, body.part, Span(body.start, body.end), reason=body.reason)
    return _done(desk, line, found.key, found)


def merge(desk: Here, key: Name, body: Annotated[bodies.Merge, Body()]) -> Response:
    """Say that several actors, places or events are one."""
    body, found = _clean(body), _finding(desk, key)
    others = [_finding(desk, other) for other in body.others]
    line = Reviewer(desk, body.person).merge(found, others, name=body.name, reason=body.reason)
    return _done(desk, line, found.key, found)


def split(desk: Here, key: Name, body: Annotated[bodies.Split, Body()]) -> Response:
    """Say that part of the evidence is about another; the answer holds the new finding."""
    body, found = _clean(body), _finding(desk, key)
    part = [(p.document, p.start, p.end) for p in body.part]
    new, line = Reviewer(desk, body.person).split(found, part, name=body.name, reason=body.reason)
    return _done(desk, line, new)


def add(desk: Here, body: Annotated[bodies.Add, Body()]) -> Response:
    """Add what the machine missed."""
    body = _clean(body)
    new, line = Reviewer(desk, body.person).add(
        body.document, body.kind, Span(body.start, body.end), body.fields, reason=body.reason
    )
    found = desk.find(new, document=body.document)
    return out.answer(out.DoneOut(line=line, finding=None if found is None else out.finding_out(found)))


def undo(desk: Here, seq: Annotated[int, Path(ge=1, le=2**53)], body: Annotated[bodies.Undo, Body()]) -> Response:
    """Take a line of the history back (that of another undo too)."""
    body = _clean(body)
    line = Reviewer(desk, body.person).undo(seq, reason=body.reason)
    document = line.details.get("document")
    now = desk.find(line.finding, document=document) if line.finding else None
    return out.answer(out.DoneOut(line=line.seq, finding=None if now is None else out.finding_out(now)))


def paste(desk: Here, body: Annotated[bodies.Paste, Body()]) -> Response:
    """Have a report's text read and linked in the background; the answer is the job."""
    body = _clean(body)
    known = {"title": body.title, "publisher": body.publisher, "published": body.published, "url": body.url}
    return out.answer(out.job_out(arriving.take_text(desk, body.text, known)))


Operation = tuple[str, Callable[..., Response], dict[int | str, dict[str, Any]]]
_READ: list[Operation] = [
    ("/stories", stories, out.gives(out.StoryOut, many=True)),
    ("/stories/{story}", story, out.gives(out.StoryFileOut, faults=out.NOT_FOUND)),
    ("/stories/{story}/queue", queue, out.gives(out.FindingOut, many=True, faults=out.NOT_FOUND)),
    ("/stories/{story}/exports/{format}", story_export, out.FILE),
    ("/formats", formats, out.gives(out.FormatOut, many=True)),
    ("/documents", documents, out.gives(out.DocumentLineOut, many=True)),
    ("/documents/{document:path}", document, out.gives(out.DocumentOut, faults=out.NOT_FOUND)),
    ("/readings/{document:path}", reading, out.gives(Reading, faults=out.NOT_FOUND)),
    ("/findings", findings, out.gives(out.FindingOut, many=True, faults=out.NOT_FOUND)),
    ("/findings/{key}", finding, out.gives(out.FindingOut, faults=out.NOT_FOUND)),
    ("/history", history, out.gives(out.DecisionOut, many=True)),
    ("/agreement", agreement, out.gives(out.AgreementOut, many=True)),
    ("/search", search, out.gives(out.SearchOut)),
    ("/jobs", jobs, out.gives(out.JobOut, many=True)),
    ("/jobs/{job}", job, out.gives(out.JobOut, faults=out.NOT_FOUND)),
]
_CHANGE: list[Operation] = [
    ("/findings", add, out.gives(out.DoneOut, faults=out.NOT_FOUND)),
    ("/findings/{key}/decisions", decide, out.gives(out.DoneOut, faults=out.NOT_FOUND)),
    ("/findings/{key}/span", correct_span, out.gives(out.DoneOut, faults=out.NOT_FOUND)),
    ("/findings/{key}/merge", merge, out.gives(out.DoneOut, faults=out.NOT_FOUND)),
    ("/findings/{key}/split", split, out.gives(out.DoneOut, faults=out.NOT_FOUND)),
    ("/history/{seq}/undo", undo, out.gives(out.DoneOut, faults=out.NOT_FOUND)),
    ("/jobs/text", paste, out.gives(out.JobOut)),
]


def _put_in(app: FastAPI, operations: list[Operation], method: str) -> None:
    for path, function, responses in operations:
        app.add_api_route(
            path, function, methods=[method], responses=responses, response_class=Response, operation_id=function.__name__
        )
