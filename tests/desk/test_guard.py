"""Who is not answered: other hosts, other sites, other users; and what every answer carries."""

from collections.abc import Iterator
from typing import Any

import pytest
from starlette.routing import Mount, Route
from starlette.testclient import TestClient

from crossread.desk.api import api_app
from crossread.desk.changes import CHANGES
from crossread.desk.desk import Desk
from tests.desk.material import BASE, OWN, TOKEN

TITLE = "Hospital bombed"
FOREIGN_HOSTS = [
    "evil.example",
    "evil.example:80",
    "127.0.0.1.evil.example",
    "127.0.0.1:8080",
    "127.0.0.1:80@evil.example",
    "evil.example@127.0.0.1",
    "localhost.evil.example",
    "localhost:81",
    "127.1",
    "2130706433",
    "0x7f000001",
    "0.0.0.0",
    "[::]",
    "[::ffff:127.0.0.1]",
    "127.0.0.2",
    "192.168.1.10",
    "desk.local",
    "",
    " 127.0.0.1, evil.example",
    "127.0.0.1\tevil.example",
    "xn--lcalhost-54a",
    "local%68ost",
    "127.0.0.1.",
]
PLACES = ["/", "/enter", "/static/desk.css", "/api/v1/stories", "/api/v1/openapi.json"]


def data_in(text: str) -> bool:
    """Whether anything of the store is in an answer."""
    return "Varnik" in text or "Hospital" in text or "story-" in text


@pytest.mark.parametrize("host", FOREIGN_HOSTS)
def test_a_foreign_host_gets_nothing_even_with_the_session(browser: TestClient, host: str) -> None:
    assert data_in(browser.get("/api/v1/stories").text)
    for place in [*PLACES, f"/api/v1/search?q={TITLE}"]:
        answer = browser.get(place, headers={"Host": host, "Authorization": f"Bearer {TOKEN}"})
        assert answer.status_code == 421
        assert not data_in(answer.text)


def test_two_host_headers_get_nothing(app: Any) -> None:
    import anyio

    sent: list[dict[str, Any]] = []

    async def ask() -> None:
        scope = {
            "type": "http",
            "method": "GET",
            "path": "/api/v1/stories",
            "raw_path": b"/api/v1/stories",
            "query_string": b"",
            "scheme": "http",
            "server": ("127.0.0.1", 80),
            "headers": [(b"host", b"127.0.0.1"), (b"host", b"evil.example"), (b"authorization", f"Bearer {TOKEN}".encode())],
        }

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Any) -> None:
            sent.append(dict(message))

        await app(scope, receive, send)

    anyio.run(ask)
    assert sent[0]["status"] == 421


def changing_routes(app: Any) -> list[tuple[str, str]]:
    """Every path of the application that takes anything but GET, the API's too, with a method that it takes."""
    found: list[tuple[str, str]] = []

    def walk(routes: Any, prefix: str) -> Iterator[tuple[str, str]]:
        for route in routes:
            if isinstance(route, Mount):
                inner = api_app().routes if route.path == "/api/v1" else route.routes
                yield from walk(inner or (), prefix + route.path)
            elif getattr(route, "methods", None):
                for method in sorted(route.methods - {"GET", "HEAD", "OPTIONS"}):
                    yield method, prefix + route.path

    found += walk(app.routes, "")
    return found


def test_the_list_of_changing_routes_is_whole(app: Any) -> None:
    paths = {path for _, path in changing_routes(app)}
    assert {r.path for r in CHANGES} <= paths
    assert "/api/v1/findings/{key}/decisions" in paths
    assert len(paths) >= 22


CROSS_SITE = [
    {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"},
    {"Sec-Fetch-Site": "same-site", "Origin": "http://127.0.0.1:9999"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "null"},
    {"Origin": "https://evil.example"},
    {"Origin": "http://127.0.0.1:9999"},
    {"Origin": "http://127.0.0.1.evil.example"},
    {"Origin": "https://127.0.0.1"},
    {"Origin": "null"},
    {"Sec-Fetch-Site": "none", "Origin": "null"},
    {"Sec-Fetch-Site": "same-origin", "Origin": "https://evil.example"},
    {},
]


@pytest.mark.parametrize("headers", CROSS_SITE, ids=lambda h: " ".join(h.values()) or "no headers at all")
def test_no_other_site_changes_anything_on_any_route(app: Any, browser: TestClient, desk: Desk, headers: dict[str, str]) -> None:
    before = desk.dump()
    finding = desk.queue(desk.stories()[0].id)[0]
    form = {
        "finding": finding.key,
        "action": "reject",
        "name": "Mallory",
        "query": "q=x",
        "theme": "dark",
        "text": "Forged report.",
    }
    browser.cookies.set("crossread_person", "Victim")
    routes = changing_routes(app)
    for method, path in routes:
        place = path.replace("{key}", finding.key).replace("{seq}", "1").replace("{story}", desk.stories()[0].id)
        answer = browser.request(method, place, data=form, headers=headers)
        assert answer.status_code == 403, (method, path)
        assert "set-cookie" not in answer.headers
        assert not data_in(answer.text)
    assert desk.dump() == before
    assert not desk.history()
    assert not desk.saved_searches()
    assert not desk.jobs.listing()


def test_a_form_of_its_own_page_is_taken_also_where_the_browser_says_null(browser: TestClient, desk: Desk) -> None:
    finding = desk.queue(desk.stories()[0].id)[0]
    browser.cookies.set("crossread_person", "Ada")
    for headers in (OWN, {"Sec-Fetch-Site": "same-origin", "Origin": "null"}):
        answer = browser.post("/review/decide", data={"finding": finding.key, "action": "accept"}, headers=dict(headers))
        assert answer.status_code == 303
    assert len(desk.history()) == 2


def test_a_frame_or_script_of_another_site_gets_nothing(browser: TestClient) -> None:
    for mode, dest in (("no-cors", "script"), ("cors", "empty"), ("navigate", "iframe"), ("no-cors", "image")):
        headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": mode, "Sec-Fetch-Dest": dest}
        for place in ("/", "/api/v1/stories", "/static/desk.css"):
            answer = browser.get(place, headers=headers)
            assert answer.status_code == 403
            assert not data_in(answer.text)


def everything(app: Any) -> list[str]:
    """A path for each GET route."""
    found = []
    for route in app.routes:
        if isinstance(route, Route) and "GET" in (route.methods or ()):
            found.append(route.path)
    found += [f"/api/v1{r.path}" for r in api_app().routes if "GET" in (getattr(r, "methods", None) or ())]
    return [p for p in found if p != "/enter"]


def test_without_link_or_token_nothing_is_answered(app: Any, desk: Desk) -> None:
    stranger = TestClient(app, base_url=BASE, follow_redirects=False)
    line = desk.stories()[0]
    wrong = [
        {},
        {"Authorization": "Bearer wrong"},
        {"Authorization": f"Basic {TOKEN}"},
        {"Authorization": "Bearer "},
        {"Cookie": "crossread_desk=guess"},
        {"Cookie": "crossread_desk="},
        {"Cookie": f"crossread_desk={TOKEN}"},
    ]
    for headers in wrong:
        for path in everything(app):
            place = path.replace("{story}", line.id)
            for part in ("{document:path}", "{document}"):
                place = place.replace(part, desk.listing()[0].id)
            answer = stranger.get(place, headers=headers)
            assert answer.status_code == 401, place
            assert not data_in(answer.text)
        answer = stranger.post("/review/undo", headers=headers | dict(OWN))
        assert answer.status_code == 401


def test_the_link_works_once_and_the_token_always(app: Any) -> None:
    link = app.state.door.new_link()
    first, second = (TestClient(app, base_url=BASE, follow_redirects=False) for _ in range(2))
    entered = first.get(link)
    assert entered.status_code == 303
    cookie = entered.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert first.get("/api/v1/stories").status_code == 200
    assert second.get(link).status_code == 401
    assert second.get("/").status_code == 401
    for _ in range(2):
        assert second.get("/api/v1/stories", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200


def test_an_old_link_is_refused(app: Any) -> None:
    link = app.state.door.new_link()
    code = link.partition("code=")[2]
    app.state.door._links[code] -= 3600
    assert TestClient(app, base_url=BASE, follow_redirects=False).get(link).status_code == 401


@pytest.mark.parametrize("path", ["/", "/no/such/page", "/api/v1/stories", "/api/v1/nothing", "/static/desk.css", "/inbox"])
def test_every_answer_carries_the_safety_headers(browser: TestClient, path: str) -> None:
    headers = browser.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "require-trusted-types-for 'script'" in policy
    assert "unsafe" not in policy
    assert "server" not in headers


def test_the_nonce_is_new_each_time(browser: TestClient) -> None:
    policies = {browser.get("/").headers["content-security-policy"] for _ in range(5)}
    assert len(policies) == 5


def test_a_refusal_carries_them_too(app: Any) -> None:
    headers = TestClient(app, base_url=BASE).get("/").headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert headers["cache-control"] == "no-store"


def test_too_much_is_refused_before_it_is_read(browser: TestClient) -> None:
    answer = browser.post("/review/decide", content=b"x" * (1024 * 1024 + 1), headers=dict(OWN))
    assert answer.status_code == 413

    def stream() -> Iterator[bytes]:
        for _ in range(40):
            yield b"finding=" + b"x" * 100_000

    answer = browser.post(
        "/review/decide", content=stream(), headers=dict(OWN) | {"Content-Type": "application/x-www-form-urlencoded"}
    )
    assert answer.status_code == 413


@pytest.mark.parametrize(
    "where",
    ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)", "\\\\evil", "/a\nb", "evil", "/\x00"],
)
def test_nobody_is_sent_elsewhere(browser: TestClient, where: str) -> None:
    answer = browser.post("/person", data={"name": "Ada", "next": where}, headers=dict(OWN))
    assert answer.status_code == 303
    assert answer.headers["location"] == "/"
