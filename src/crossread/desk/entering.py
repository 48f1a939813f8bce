"""The door: by the one-time link, or by the password where one was set."""

import threading
import time

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from crossread.desk.security import ENTER, Doorkeeper, entered

MOST_TRIES, TRY_SECONDS = 10, 60.0
MOST_PASSWORD = 200
_PAGE = (
    "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width, initial-scale=1'>"
    "<title>crossread desk</title><main><h1>{title}</h1><p>{message}</p>{form}</main></html>"
)
_FORM = (
    "<form method=post action=/enter><p><label for=password>Password</label> "
    "<input id=password name=password type=password autocomplete=current-password required> <button>Open the desk</button></p></form>"
)


class Tries:
    """Wrong passwords of the last minute, from all sides together."""

    def __init__(self) -> None:
        self._times: list[float] = []
        self._lock = threading.Lock()

    def may(self) -> bool:
        """Whether another password may be tried now."""
        with self._lock:
            self._times = [t for t in self._times if t > time.monotonic() - TRY_SECONDS]
            return len(self._times) < MOST_TRIES

    def failed(self) -> None:
        """Remember a wrong one."""
        with self._lock:
            self._times.append(time.monotonic())


def _page(status: int, title: str, message: str, *, form: bool) -> Response:
    return HTMLResponse(_PAGE.format(title=title, message=message, form=_FORM if form else ""), status_code=status)


def _look(request: Request) -> Response:
    door: Doorkeeper = request.app.state.door
    code = request.query_params.get("code", "")
    session = door.enter(code) if code else None
    if session is not None:
        return entered(door, session)
    if door.password and not code:
        return _page(200, "crossread desk", "Give the password of this desk.", form=True)
    message = "Start <code>crossread desk</code> again for a new one, or use the address that it printed last."
    return _page(401, "This link was used, is too old, or is none", message, form=bool(door.password))


async def _try(request: Request) -> Response:
    door: Doorkeeper = request.app.state.door
    tries: Tries = request.app.state.tries
    if not tries.may():
        return _page(429, "Too many wrong passwords", "Wait a minute, then try again.", form=False)
    async with request.form(max_files=0, max_fields=5) as data:
        given = str(data.get("password", ""))
    if len(given) <= MOST_PASSWORD and await to_thread.run_sync(door.takes_password, given):
        return entered(door, door.new_session())
    tries.failed()
    return _page(401, "That is not the password", "Try again.", form=bool(door.password))


ENTERING: list[Route] = [
    Route(ENTER, _look, methods=["GET"], name="enter"),
    Route(ENTER, _try, methods=["POST"], name="enter-by-password"),
]
