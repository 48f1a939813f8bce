"""Who is answered at all: one-time link, session cookie or bearer token; Host, Origin and Sec-Fetch-Site; headers on every
answer; limits on what is sent.

The attacker is any page open in the same browser (forms, frames, DNS rebinding), whoever wrote a report (script in its text), and
any other user of the same machine.
"""

import hmac
import secrets
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from typing import Any

from anyio.to_thread import current_default_thread_limiter
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "crossread_desk"
ENTER = "/enter"
LOCAL_HOSTS = ("127.0.0.1", "localhost", "[::1]")
SESSION_SECONDS = 7 * 24 * 3600
MOST_SESSIONS = 200
LINK_SECONDS = 15 * 60
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
MOST_THREADS = 8
"""Pages that are made at a time; more would only wait for one another, each with memory of its own."""
MOST_FORM_BYTES = 1024 * 1024
MOST_UPLOAD_BYTES = 64 * 1024 * 1024
UPLOADS = frozenset({"/inbox/files", "/inbox/feed", "/inbox/text"})

_FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "X-Robots-Tag": "noindex, nofollow",
}


def content_security_policy(nonce: str) -> str:
    """The policy of a page: own files only, own scripts by nonce, no sinks that take text for code."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'nonce-{nonce}'",
            f"style-src 'self' 'nonce-{nonce}'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types crossread htmx default 'allow-duplicates'",
        )
    )


@dataclass(slots=True)
class Doorkeeper:
    """Knows the one-time links, the sessions and the bearer token of one running desk."""

    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    """What ``Authorization: Bearer`` must carry where there is no cookie."""
    hosts: tuple[str, ...] = LOCAL_HOSTS
    password: str | None = None
    secure: bool = False
    _links: dict[str, float] = field(default_factory=dict)
    _sessions: dict[str, float] = field(default_factory=dict)

    def new_link(self) -> str:
        """Path of a link that opens the desk once, within a quarter of an hour."""
        code = secrets.token_urlsafe(32)
        self._links[code] = time.monotonic() + LINK_SECONDS
        return f"{ENTER}?code={code}"

    def enter(self, code: str) -> str | None:
        """A new session for a one-time code, which is spent by this; ``None`` if it is not known any more."""
        now = time.monotonic()
        known = next((c for c in list(self._links) if hmac.compare_digest(c.encode(), code.encode("utf-8", "replace"))), None)
        if known is None or self._links.pop(known) < now:
            return None
        return self.new_session()

    def new_session(self) -> str:
        """A session that starts now."""
        now = time.monotonic()
        alive = sorted(((s, t) for s, t in self._sessions.items() if t > now), key=lambda pair: pair[1])
        self._sessions = dict(alive[-(MOST_SESSIONS - 1) :])
        session = secrets.token_urlsafe(32)
        self._sessions[session] = now + SESSION_SECONDS
        return session

    def knows(self, session: str | None) -> bool:
        """Whether a cookie's value is a session that still runs."""
        if not session:
            return False
        given = session.encode("utf-8", "replace")
        found = [t for s, t in list(self._sessions.items()) if hmac.compare_digest(s.encode(), given)]
        return bool(found) and found[0] > time.monotonic()

    def bears(self, authorization: str | None) -> bool:
        """Whether an ``Authorization`` header carries the token."""
        if not authorization:
            return False
        scheme, _, given = authorization.partition(" ")
        return scheme.lower() == "bearer" and hmac.compare_digest(given.strip().encode("utf-8", "replace"), self.token.encode())

    def takes_password(self, given: str) -> bool:
        """Whether a password is the one that was set; never where none was."""
        return bool(self.password) and hmac.compare_digest(given.encode("utf-8", "replace"), str(self.password).encode())


def cookie_of(headers: Headers) -> str | None:
    """The session in the request's cookies."""
    try:
        jar: SimpleCookie = SimpleCookie(headers.get("cookie", ""))
    except CookieError:
        return None
    return jar[COOKIE].value if COOKIE in jar else None


def own_origins(hosts: Iterable[str], port: int, scheme: str) -> set[str]:
    """Hosts (with the port where it is not the scheme's own) that the desk answers to."""
    usual = {"http": 80, "https": 443}[scheme]
    return {f"{h}:{port}" for h in hosts} | ({*hosts} if port == usual else set())


class Guard:
    """ASGI middleware: refuses what is not from here, bounds bodies, and puts the safety headers on every answer."""

    def __init__(self, app: ASGIApp, *, door: Doorkeeper) -> None:
        self.app = app
        self.door = door
        self._bounds_threads = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":  # no websockets here
            return
        if not self._bounds_threads:
            current_default_thread_limiter().total_tokens = MOST_THREADS
            self._bounds_threads = True
        nonce = secrets.token_urlsafe(16)
        scope.setdefault("state", {})["nonce"] = nonce
        refusal = self._refusal(scope)
        dressed = _dressed(send, nonce, secure=self.door.secure)
        if refusal is not None:
            await refusal(scope, receive, dressed)
            return
        limit = MOST_UPLOAD_BYTES if scope["path"] in UPLOADS else MOST_FORM_BYTES
        length = Headers(scope=scope).get("content-length", "")
        if length.isdigit() and int(length) > limit:
            await _refuse(scope, 413, f"what was sent is larger than {limit // 1024 // 1024} MB")(scope, receive, dressed)
            return
        await self.app(scope, _bounded(receive, limit), dressed)

    def _refusal(self, scope: Scope) -> Response | None:
        """Why a request is refused; ``None`` when it is not."""
        headers = Headers(scope=scope)
        if not self._host_is_ours(scope, headers):
            return _refuse(scope, 421, "this address is not the desk's: open it at the address that the command printed")
        if not _comes_from_here(scope, headers):
            return _refuse(scope, 403, "another site asked for this; the desk answers its own pages only")
        if scope["path"] == ENTER:
            return None
        if self.door.knows(cookie_of(headers)):
            return None
        if self.door.bears(headers.get("authorization")):
            return None
        return _refuse(scope, 401, "open the link that `crossread desk` printed; it works once, a new start prints a new one")

    def _host_is_ours(self, scope: Scope, headers: Headers) -> bool:
        given = headers.getlist("host")
        server = scope.get("server") or (None, None)
        port = server[1] or 80
        return len(given) == 1 and given[0].lower() in own_origins(self.door.hosts, port, _scheme(scope))


def _scheme(scope: Scope) -> str:
    return "https" if scope.get("scheme") == "https" else "http"


def _comes_from_here(scope: Scope, headers: Headers) -> bool:
    """Whether the browser says that a page of the desk, or the person, made the request.

    ``Origin`` is ``null`` on forms because of our own ``no-referrer``: then ``Sec-Fetch-Site``, which no page can set, decides.
    """
    sites, origins = headers.getlist("sec-fetch-site"), headers.getlist("origin")
    own = f"{_scheme(scope)}://{headers.get('host', '').lower()}"
    if len(sites) > 1 or len(origins) > 1:
        return False
    site, origin = next(iter(sites), None), next(iter(origins), None)
    if scope["method"] in SAFE_METHODS:
        navigates = headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
        return (site in (None, "same-origin", "none") or navigates) and (origin is None or origin.lower() == own)
    if site not in (None, "same-origin"):
        return False
    if origin is not None and origin != "null":
        return origin.lower() == own
    return site == "same-origin" or (origin is None and "authorization" in headers)


def _refuse(scope: Scope, status: int, message: str) -> Response:
    headers = (
        {"Cache-Control": "no-store", "WWW-Authenticate": 'Bearer realm="crossread"'}
        if status == 401
        else {"Cache-Control": "no-store"}
    )
    if scope["path"].startswith("/api/"):
        return JSONResponse({"detail": message}, status_code=status, headers=headers)
    page = f"<!doctype html><html lang=en><meta charset=utf-8><title>crossread</title><h1>Not here</h1><p>{message}.</p></html>"
    return HTMLResponse(page, status_code=status, headers=headers)


def _dressed(send: Send, nonce: str, *, secure: bool) -> Send:
    async def dressed(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _FIXED.items():
                headers[name] = value
            headers["Content-Security-Policy"] = content_security_policy(nonce)
            if "cache-control" not in headers:
                headers["Cache-Control"] = "no-store"
            if secure:
                headers["Strict-Transport-Security"] = "max-age=31536000"
            if "server" in headers:
                del headers["server"]
        await send(message)

    return dressed


class TooLarge(Exception):
    """A body that grew over its limit."""


def _bounded(receive: Receive, limit: int) -> Receive:
    seen = 0

    async def bounded() -> Message:
        nonlocal seen
        message = await receive()
        if message["type"] == "http.request":
            seen += len(message.get("body", b""))
            if seen > limit:
                raise TooLarge
        return message

    return bounded


def set_cookie(response: Response, session: str, *, secure: bool) -> None:
    """Put a session into the browser."""
    response.set_cookie(COOKIE, session, max_age=SESSION_SECONDS, httponly=True, samesite="strict", secure=secure, path="/")


def entered(door: Doorkeeper, session: str, where: str = "/") -> Response:
    """The answer that starts a session."""
    response = RedirectResponse(where, status_code=303)
    set_cookie(response, session, secure=door.secure)
    return response


def safe_path(given: Any, default: str) -> str:
    """A path of the desk to go back to; the default for anything that could lead elsewhere."""
    text = str(given or "")
    is_path = text.startswith("/") and not text.startswith(("//", "/\\")) and "\\" not in text
    return text if is_path and text.isprintable() and len(text) <= 2000 else default
