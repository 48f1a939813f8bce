"""Changing routes: plain forms, redirects back; documented in `crossread.desk`."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from anyio import to_thread
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from crossread.desk import arriving
from crossread.desk.desk import Desk
from crossread.desk.files import EDITABLE, Finding
from crossread.desk.render import PERSON_COOKIE, THEME_COOKIE, THEMES, has_template, person_of, render
from crossread.desk.review.actions import CannotDecide, Reviewer
from crossread.desk.security import safe_path
from crossread.records import Span

MOST_FIELDS, MOST_FILES, MOST_FIELD_BYTES = 2000, 500, 16 * 1024 * 1024
YEAR = 365 * 24 * 3600
Change = Callable[[Desk, "Form"], "Outcome"]


class Form:
    """The fields of a form, with the request they came in."""

    def __init__(self, request: Request, data: FormData) -> None:
        self.request = request
        self.data = data
        self.person = person_of(request)

    def text(self, name: str) -> str:
        """A field's words, empty where it is not there."""
        value = self.data.get(name, "")
        return value.replace("\x00", "").strip() if isinstance(value, str) else ""

    def texts(self, name: str) -> list[str]:
        """A repeated field."""
        return [v.replace("\x00", "").strip() for v in self.data.getlist(name) if isinstance(v, str) and v.strip()]

    def files(self, name: str) -> list[UploadFile]:
        """Uploaded files; those that were left empty are left out."""
        return [v for v in self.data.getlist(name) if isinstance(v, UploadFile) and v.filename]

    def number(self, name: str) -> int:
        """A whole number.

        Raises:
            CannotDecide: If the field holds none.
        """
        words = self.text(name)
        if not words.lstrip("-").isdecimal() or len(words) > 12:
            raise CannotDecide(f"{name} must be a whole number, got {words!r}")
        return int(words)

    def __contains__(self, name: str) -> bool:
        return name in self.data


class Outcome:
    """What a change leads to: where to go, what a fragment gets, cookies to set."""

    def __init__(self, default: str, context: Mapping[str, Any] | None = None, cookies: Mapping[str, str] | None = None) -> None:
        self.default = default
        self.context = dict(context or {})
        self.cookies = dict(cookies or {})


def changing(path: str, change: Change) -> Route:
    """A route that reads a form, makes the change in a thread, and answers with a redirect or a fragment."""

    async def answer(request: Request) -> Response:
        async with request.form(max_files=MOST_FILES, max_fields=MOST_FIELDS, max_part_size=MOST_FIELD_BYTES) as data:
            form = Form(request, data)
            outcome = await to_thread.run_sync(change, request.app.state.desk, form)
        return await to_thread.run_sync(_answer, form, path, outcome)

    return Route(path, answer, methods=["POST"], name=path.strip("/").replace("/", "_"))


def _answer(form: Form, path: str, outcome: Outcome) -> Response:
    where = safe_path(form.text("next"), outcome.default)
    template = f"fragments/{path.strip('/').replace('/', '_')}.html"
    response: Response
    if "hx-request" not in form.request.headers:
        response = RedirectResponse(where, status_code=303)
    elif has_template(template):
        response = render(form.request, template, **outcome.context)
    else:
        response = Response(status_code=200, headers={"HX-Redirect": where})
    for name, value in outcome.cookies.items():
        secure = form.request.app.state.door.secure
        response.set_cookie(name, quote(value), max_age=YEAR, httponly=True, samesite="strict", path="/", secure=secure)
    return response


# ---------------------------------------------------------------- inbox


def _inbox(desk: Desk) -> Outcome:
    return Outcome("/inbox", {"inbox": desk.inbox()})


def inbox_files(desk: Desk, form: Form) -> Outcome:
    """Files dropped on the inbox."""
    arriving.take_files(desk, form.files("files"))
    return _inbox(desk)


def inbox_feed(desk: Desk, form: Form) -> Outcome:
    """A feed that was saved as a file."""
    arriving.take_files(desk, form.files("feed"), kind="feed")
    return _inbox(desk)


def inbox_address(desk: Desk, form: Form) -> Outcome:
    """The address of a feed or page, where the desk may ask addresses."""
    arriving.take_address(desk, form.text("address"))
    return _inbox(desk)


def inbox_text(desk: Desk, form: Form) -> Outcome:
    """Text that was pasted."""
    known = {name: form.text(name)[:2000] or None for name in ("title", "publisher", "published", "url")}
    arriving.take_text(desk, form.text("text"), known)
    return _inbox(desk)


def inbox_retry(desk: Desk, form: Form) -> Outcome:
    """Try again what failed."""
    arriving.retry(desk, form.texts("document"))
    return _inbox(desk)


def inbox_link(desk: Desk, form: Form) -> Outcome:
    """Link all readings again."""
    arriving.submit(desk, "link", "Link all documents again")
    return _inbox(desk)


# ---------------------------------------------------------------- review


def _found(desk: Desk, form: Form, key: str) -> Finding:
    finding = desk.find(key, story=form.text("story") or None, document=form.text("document") or None)
    if finding is None:
        raise HTTPException(404, "There is no such finding any more; reload the page and look again.")
    return finding


def _reviewed(desk: Desk, form: Form, key: str, changed: Sequence[str] = ()) -> Outcome:
    story, document = form.text("story"), form.text("document")
    file = desk.story(story) if story else None
    finding = desk.find(key, story=story or None, document=document or None) if key else None
    if file is not None:
        default = f"/stories/{quote(story)}#{key}"
    elif finding is not None and finding.document is not None:
        default = f"/documents/{quote(finding.document, safe='')}#{key}"
    else:
        default = "/"
    return Outcome(default, {"file": file, "finding": finding, "changed": tuple(dict.fromkeys((key, *changed)))})


def review_decide(desk: Desk, form: Form) -> Outcome:
    """Accept, reject, edit or reset."""
    finding = _found(desk, form, form.text("finding"))
    action = form.text("action")
    fields = _fields(form, finding.kind) if action == "edit" else None
    Reviewer(desk, form.person).decide(finding, action, fields, reason=form.text("reason"))
    return _reviewed(desk, form, finding.key)


def _fields(form: Form, kind: str) -> dict[str, Any]:
    return {name: form.text(name) for name in EDITABLE.get(kind, ()) if name in form}


def review_add(desk: Desk, form: Form) -> Outcome:
    """Add what the machine missed."""
    kind, document = form.text("kind"), form.text("document")
    fields = {k: v for k, v in _fields(form, kind).items() if v and k not in ("kind", "start", "end")}
    if kind == "figure" and form.text("counts"):
        fields["kind"] = form.text("counts")
    if kind == "attribution" and form.text("quoted"):
        fields["kind"] = form.text("quoted")
    span = _span(desk, form, document)
    key, _ = Reviewer(desk, form.person).add(document, kind, span, fields, reason=form.text("reason"))
    return _reviewed(desk, form, key)


def review_merge(desk: Desk, form: Form) -> Outcome:
    """Several actors, places or events are one."""
    kept = _found(desk, form, form.text("finding"))
    others = [_found(desk, form, key) for key in form.texts("other")]
    Reviewer(desk, form.person).merge(kept, others, name=form.text("name"), reason=form.text("reason"))
    return _reviewed(desk, form, kept.key, [o.key for o in others])


def review_split(desk: Desk, form: Form) -> Outcome:
    """Part of the evidence is about another."""
    finding = _found(desk, form, form.text("finding"))
    part = [_piece(text) for text in form.texts("part")]
    key, _ = Reviewer(desk, form.person).split(finding, part, name=form.text("name"), reason=form.text("reason"))
    return _reviewed(desk, form, finding.key, [key])


def _piece(text: str) -> tuple[str, int, int]:
    document, _, span = text.rpartition(":")
    start, _, end = span.partition("-")
    if not document or not start.isdecimal() or not end.isdecimal() or len(span) > 24:
        raise CannotDecide(f"{text!r} is no piece of evidence; it is written document:start-end")
    return document, int(start), int(end)


def review_rename(desk: Desk, form: Form) -> Outcome:
    """Another name."""
    finding = _found(desk, form, form.text("finding"))
    Reviewer(desk, form.person).rename(finding, form.text("name"), reason=form.text("reason"))
    return _reviewed(desk, form, finding.key)


def review_span(desk: Desk, form: Form) -> Outcome:
    """Other words of the text."""
    finding = _found(desk, form, form.text("finding"))
    span = _span(desk, form, finding.document or "")
    Reviewer(desk, form.person).correct_span(finding, form.text("part"), span, reason=form.text("reason"))
    return _reviewed(desk, form, finding.key)


def _span(desk: Desk, form: Form, document: str) -> Span:
    start, end = form.number("start"), form.number("end")
    if form.text("units") != "utf16":
        return Span(start, end)
    decided = desk.decided(document)
    if decided is None:
        raise CannotDecide("this document has not been read; wait for the job in the inbox, or try it again there")
    text = decided.reading.document.text
    return Span(code_points(text, start), code_points(text, end))


def code_points(text: str, units: int) -> int:
    """Where a count of UTF-16 units (as JavaScript counts) lies in code points; -1 where it lies outside the text."""
    if units < 0:
        return -1
    seen = 0
    for number, character in enumerate(text):
        if seen >= units:
            return number
        seen += 2 if ord(character) > 0xFFFF else 1
    return len(text) if seen == units else -1


def review_undo(desk: Desk, form: Form) -> Outcome:
    """Take a line of the history back."""
    seq = form.number("line") if form.text("line") else None
    line = Reviewer(desk, form.person).undo(seq, reason=form.text("reason"))
    return _reviewed(desk, form, line.finding, [str(o) for o in line.details.get("others") or ()])


# ---------------------------------------------------------------- searches and the person


def searches_save(desk: Desk, form: Form) -> Outcome:
    """Keep a search under a name."""
    arriving.save_search(desk, form.text("name"), form.text("query"))
    return Outcome("/search", {"searches": desk.saved_searches()})


def searches_delete(desk: Desk, form: Form) -> Outcome:
    """Forget a saved search."""
    with desk.lock:
        if not desk.log.delete_search(form.text("name")):
            raise HTTPException(404, "There is no saved search of this name any more.")
    return Outcome("/search", {"searches": desk.saved_searches()})


def person(desk: Desk, form: Form) -> Outcome:
    """Who is reviewing, and in which colours."""
    cookies = {}
    if "name" in form:
        cookies[PERSON_COOKIE] = " ".join(form.text("name").split())[:80]
    if form.text("theme") in THEMES:
        cookies[THEME_COOKIE] = form.text("theme")
    if not cookies:
        raise CannotDecide(f"give a name, or a theme ({', '.join(THEMES)})")
    return Outcome("/", {"person": cookies.get(PERSON_COOKIE, form.person)}, cookies)


_CHANGES: dict[str, Change] = {
    "/inbox/files": inbox_files,
    "/inbox/text": inbox_text,
    "/inbox/feed": inbox_feed,
    "/inbox/address": inbox_address,
    "/inbox/retry": inbox_retry,
    "/inbox/link": inbox_link,
    "/review/decide": review_decide,
    "/review/add": review_add,
    "/review/merge": review_merge,
    "/review/split": review_split,
    "/review/rename": review_rename,
    "/review/span": review_span,
    "/review/undo": review_undo,
    "/searches/save": searches_save,
    "/searches/delete": searches_delete,
    "/person": person,
}
CHANGES: list[Route] = [changing(path, change) for path, change in _CHANGES.items()]
