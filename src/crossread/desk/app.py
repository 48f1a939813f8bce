"""The application: pages, changing routes, the API and static files behind the guard."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from anyio import to_thread
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from crossread.desk.desk import Desk
from crossread.desk.entering import ENTERING, Tries
from crossread.desk.pages.shared import StoryMoved
from crossread.desk.render import has_template, render
from crossread.desk.security import LOCAL_HOSTS, Doorkeeper, Guard, TooLarge
from crossread.errors import CrossreadError

STATIC = Path(__file__).parent / "static"


def create_app(
    store_path: str | Path,
    *,
    token: str | None = None,
    hosts: tuple[str, ...] = LOCAL_HOSTS,
    password: str | None = None,
    secure: bool = False,
    model: str | None = None,
    fetch: bool = False,
) -> Starlette:
    """The desk on a store, as an ASGI application; ``app.state.desk`` is its `Desk`, ``app.state.door`` its `Doorkeeper`.

    Args:
        store_path: The store's file, made when it is not there.
        token: What ``Authorization: Bearer`` must carry; a random one when not given.
        hosts: Names that the desk answers to, without the port.
        password: Lets people in at ``/enter`` who have no link (needed for other addresses than this machine's).
        secure: Whether it is served over TLS (cookies are then marked as such).
        model: An installed spaCy pipeline for syntax and names.
        fetch: Whether addresses may be asked for reports.

    Raises:
        StoreError: If the store cannot be opened.
    """
    app = build_app(Desk(store_path, model=model, fetch=fetch), hosts=hosts, password=password, secure=secure)
    if token is not None:
        app.state.door.token = token
    return app


def build_app(desk: Desk, *, hosts: tuple[str, ...], password: str | None, secure: bool) -> Starlette:
    """The application on a `Desk` that is there already; arguments as for `create_app`."""
    door = Doorkeeper(hosts=hosts, password=password, secure=secure)
    app = Starlette(
        routes=_routes(),
        exception_handlers={
            StoryMoved: _moved,
            HTTPException: _http_error,
            CrossreadError: _refused,
            TooLarge: _too_large,
            Exception: _broken,
        },
    )
    app.state.desk = desk
    app.state.door = door
    app.state.tries = Tries()
    app.add_middleware(Guard, door=door)
    return app


def _routes() -> list[Any]:
    from crossread.desk.changes import CHANGES
    from crossread.desk.downloads import DOWNLOADS
    from crossread.desk.pages.routes import ROUTES

    return [
        *ENTERING,
        *CHANGES,
        *DOWNLOADS,
        Mount("/api/v1", LazyApi(), name="api"),
        Mount("/static", StaticFiles(directory=STATIC, check_dir=False), name="static"),
        *ROUTES,
    ]


class LazyApi:
    """The API, put together when it is first asked for: its framework takes longer to load than all the rest of the server."""

    def __init__(self) -> None:
        self._app: ASGIApp | None = None
        self._lock = threading.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand a request on."""
        if self._app is None:
            await to_thread.run_sync(self._build)
        assert self._app is not None
        scope["crossread.desk"] = scope["app"].state.desk
        await self._app(scope, receive, send)

    def _build(self) -> None:
        from crossread.desk.api import api_app

        with self._lock:
            self._app = self._app or api_app()


def _page(request: Request, status: int, title: str, message: str) -> Response:
    if has_template("error.html"):
        return render(request, "error.html", status_code=status, status=status, title=title, message=message)
    return PlainTextResponse(f"{title}\n\n{message}\n", status_code=status)


_TITLES = {
    404: "There is no such page",
    405: "This page cannot be asked like that",
    400: "That cannot be done",
    422: "That does not fit",
}


def _moved(request: Request, err: Exception) -> Response:
    assert isinstance(err, StoryMoved)
    return RedirectResponse(err.address, status_code=303)


def _handler(look: Callable[[Exception], tuple[int, str, str]]) -> Callable[[Request, Exception], Response]:
    def handle(request: Request, err: Exception) -> Response:
        return _page(request, *look(err))

    return handle


def _http(err: Exception) -> tuple[int, str, str]:
    assert isinstance(err, HTTPException)
    detail = (
        "Nothing lies at this address; the stories, or the search above, lead to every page."
        if err.detail == "Not Found"
        else err.detail
    )
    return err.status_code, _TITLES.get(err.status_code, "That did not work"), str(detail)


_http_error = _handler(_http)
_refused = _handler(lambda err: (400, _TITLES[400], str(err)))
_too_large = _handler(lambda err: (413, "Too large", "What was sent is larger than the desk takes."))
_broken = _handler(lambda err: (500, "Something broke", "The desk has a fault; the terminal that it runs in says more."))
