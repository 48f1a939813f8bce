"""Templates to pages: autoescape, the nonce of the page, the person's name and theme."""

from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateNotFound
from starlette.requests import Request
from starlette.responses import HTMLResponse

from crossread.desk.files import progress

PERSON_COOKIE, THEME_COOKIE = "crossread_person", "crossread_theme"
THEMES = ("auto", "light", "dark")
FOLDER = Path(__file__).parent / "templates"


@cache
def environment() -> Environment:
    """The Jinja environment: everything is escaped, a name that is not there is an error.  Filters and globals may be added once,
    at import."""
    return Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def has_template(name: str) -> bool:
    """Whether there is a template of this name."""
    try:
        environment().get_template(name)
    except TemplateNotFound:
        return False
    return True


def person_of(request: Request) -> str:
    """The reviewer's name, empty when it is not known yet."""
    return " ".join(unquote(request.cookies.get(PERSON_COOKIE, "")).split())[:80]


def theme_of(request: Request) -> str:
    """``auto``, ``light`` or ``dark``."""
    theme = request.cookies.get(THEME_COOKIE, "auto")
    return theme if theme in THEMES else "auto"


def render(request: Request, template: str, *, status_code: int = 200, **context: Any) -> HTMLResponse:
    """A page from a template, with ``request``, ``nonce``, ``theme``, ``person``, ``path`` and ``work`` (that goes on) added to the context."""
    path = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    shared = {
        "request": request,
        "nonce": request.state.nonce,
        "theme": theme_of(request),
        "person": person_of(request),
        "path": path,
        "work": progress(request.app.state.desk.jobs.listing()),
    }
    return HTMLResponse(environment().get_template(template).render(shared | context), status_code=status_code)
