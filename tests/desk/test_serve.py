"""The command itself: a real server on a real port, its link, who else may come in, and how it ends."""

import http.client
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from http.cookiejar import CookieJar
from importlib.resources import files
from pathlib import Path
from typing import Any

import psutil
import pytest

from crossread.desk.serve import Address, check_paths, listen, read_password
from crossread.errors import ConfigError

EXAMPLE = str(files("crossread") / "examples" / "varnik")


@contextmanager
def running(*arguments: str, **environment: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A desk in a process of its own, and its one-time link."""
    process = subprocess.Popen(
        [sys.executable, "-m", "crossread", "desk", "--no-open", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | environment,
    )
    assert process.stdout is not None
    try:
        yield process, process.stdout.readline().strip()
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
        process.stdout.close()
        if process.stderr is not None:
            process.stderr.close()


def session(link: str, context: ssl.SSLContext | None = None) -> urllib.request.OpenerDirector:
    """A browser without a window that has opened the link."""
    handlers: list[Any] = [urllib.request.HTTPCookieProcessor(CookieJar())]
    if context is not None:
        handlers.append(urllib.request.HTTPSHandler(context=context))
    opener = urllib.request.build_opener(*handlers)
    opener.open(link, timeout=60).close()
    return opener


def base_of(link: str) -> str:
    return link.partition("/enter")[0]


def first_story(opener: urllib.request.OpenerDirector, base: str) -> Callable[[], str]:
    """Waits for the first story; gives what opens its page."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        found = re.search(r'href="(/stories/story-\w+)"', opener.open(f"{base}/stories").read().decode())
        if found is not None:
            address = base + found[1]
            return lambda: str(opener.open(address).read().decode())
        time.sleep(0.05)
    raise AssertionError("no story within two minutes")


@pytest.fixture(scope="module")
def served(example_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Any]]:
    """A running desk on the example: its address, and a session."""
    path = tmp_path_factory.mktemp("served") / "desk.db"
    shutil.copy(example_store, path)
    with running("--store", str(path)) as (_, link):
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/enter\?code=[\w-]{40,}", link)
        yield base_of(link), session(link)


def test_from_the_command_to_the_story(tmp_path: Path) -> None:
    """Files are read in the background; the story shows, and Ctrl-C ends everything in peace."""
    with running(EXAMPLE, TMPDIR=str(tmp_path)) as (process, link):
        opener, base = session(link), base_of(link)
        assert "Varnik" in first_story(opener, base)()
        children = subprocess.run(["ps", "-o", "pid=", "--ppid", str(process.pid)], capture_output=True, text=True).stdout.split()
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
        assert "Traceback" not in (process.stderr.read() if process.stderr else "")
    time.sleep(0.5)
    assert not [c for c in children if Path(f"/proc/{c}").exists() and "crossread" in Path(f"/proc/{c}/cmdline").read_text()]
    assert list(tmp_path.glob("crossread-desk-*")) == []


def test_it_listens_on_this_machine_only(served: tuple[str, Any]) -> None:
    port = int(served[0].rpartition(":")[2])
    addresses = {info[4][0] for info in socket.getaddrinfo(socket.gethostname(), port, socket.AF_INET)} - {"127.0.0.1"}
    for address in addresses:
        if not address.startswith("127."):
            with socket.socket() as line:
                line.settimeout(2)
                assert line.connect_ex((address, port)) != 0
    assert served[1].open(f"{served[0]}/api/v1/stories").status == 200


def test_another_user_of_this_machine_gets_nothing(served: tuple[str, Any]) -> None:
    """Whoever can reach the port but has neither link nor token; the store's file is closed to them too."""
    base, _ = served
    for place in (
        "/",
        "/stories",
        "/inbox",
        "/api/v1/stories",
        "/api/v1/openapi.json",
        "/static/desk.css",
        "/enter",
        "/enter?code=guess",
    ):
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(base + place)
        assert refused.value.code == 401
        assert "Varnik" not in refused.value.read().decode()


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root can become another user")
def test_another_user_cannot_read_the_store(tmp_path: Path) -> None:
    path = tmp_path / "mine.db"
    tmp_path.chmod(0o755)
    with running("--store", str(path)) as (_, link):
        session(link)
        for name in path.parent.glob("mine.db*"):
            seen = subprocess.run(
                ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "cat", str(name)], capture_output=True, check=False
            )
            assert seen.returncode != 0


@pytest.mark.parametrize(
    "raw",
    [
        b"GET /api/v1/stories HTTP/1.0\r\n\r\n",
        b"GET http://evil.example/api/v1/stories HTTP/1.1\r\nHost: evil.example\r\n\r\n",
        b"GET /api/v1/stories HTTP/1.1\r\nHost: evil.example\r\nHost: {own}\r\nCookie: {cookie}\r\n\r\n",
        b"GET /api/v1/stories HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: {own}\r\nCookie: {cookie}\r\n\r\n",
        b"GET /api/v1/stories HTTP/1.1\r\nHost: evil.example:{port}\r\nForwarded: host={own}\r\nCookie: {cookie}\r\n\r\n",
        b"GET //api/v1/stories HTTP/1.1\r\nHost: {own}\r\n\r\n",
        b"GET /static/../desk.db HTTP/1.1\r\nHost: {own}\r\nCookie: {cookie}\r\n\r\n",
        b"GET /static/..%2f..%2fdesk.py HTTP/1.1\r\nHost: {own}\r\nCookie: {cookie}\r\n\r\n",
        b"OPTIONS * HTTP/1.1\r\nHost: evil.example\r\n\r\n",
        b"TRACE /api/v1/stories HTTP/1.1\r\nHost: {own}\r\nCookie: {cookie}\r\n\r\n",
    ],
)
def test_crafted_requests_get_nothing(served: tuple[str, Any], raw: bytes) -> None:
    base, opener = served
    own = base.removeprefix("http://")
    jar = next(h.cookiejar for h in opener.handlers if hasattr(h, "cookiejar"))
    cookie = "; ".join(f"{c.name}={c.value}" for c in jar)
    text = (
        raw.replace(b"{own}", own.encode())
        .replace(b"{cookie}", cookie.encode())
        .replace(b"{port}", own.rpartition(":")[2].encode())
    )
    with socket.create_connection(("127.0.0.1", int(own.rpartition(":")[2])), timeout=10) as line:
        line.sendall(text)
        line.shutdown(socket.SHUT_WR)
        got = b""
        while piece := line.recv(65536):
            got += piece
    assert not got.startswith(b"HTTP/1.1 200")
    assert b"story-" not in got
    assert b"import " not in got


@pytest.mark.timeout(120)
def test_dns_rebinding_in_a_real_browser(served: tuple[str, Any]) -> None:
    """A page of evil.example, whose name suddenly means 127.0.0.1, reads nothing of the desk and changes nothing."""
    playwright = pytest.importorskip("playwright.sync_api")
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        assert not os.environ.get("CI"), "chromium is missing: install it with the system's package manager"
        pytest.skip("chromium is not installed")
    base, opener = served
    port = base.rpartition(":")[2]
    jar = next(h.cookiejar for h in opener.handlers if hasattr(h, "cookiejar"))
    with playwright.sync_playwright() as browsers:
        browser = browsers.chromium.launch(
            executable_path=program, args=["--no-sandbox", f"--host-resolver-rules=MAP evil.example 127.0.0.1:{port}"]
        )
        context = browser.new_context()
        context.add_cookies([{"name": c.name, "value": c.value or "", "url": base} for c in jar])  # the victim has a session
        page = context.new_page()
        answer = page.goto(f"http://evil.example:{port}/api/v1/stories")
        assert answer is not None
        assert answer.status == 421
        assert "story-" not in page.content()
        stolen = page.evaluate(
            """async port => {
                const tried = {};
                for (const place of [`http://127.0.0.1:${port}`, `http://localhost:${port}`, `http://evil.example:${port}`, ''])
                    for (const path of ['/api/v1/stories', '/stories', '/history']) {
                        for (const mode of ['cors', 'no-cors'])
                            try {
                                const got = await fetch(place + path, {mode, credentials: 'include'});
                                tried[place + path + mode] = [got.status, await got.text()];
                            } catch (e) { tried[place + path + mode] = [0, String(e)]; }
                        try {
                            const got = await fetch(place + '/person', {method: 'POST', mode: 'no-cors', credentials: 'include',
                                body: new URLSearchParams({name: 'Mallory'})});
                            tried[place + 'post'] = [got.status, await got.text()];
                        } catch (e) { tried[place + 'post'] = [0, String(e)]; }
                    }
                return tried;
            }""",
            port,
        )
        assert stolen
        for place, (status, text) in stolen.items():
            assert status in (0, 401, 403, 421), (place, status)
            assert "story-" not in text, place
        assert "crossread_person" not in {c["name"] for c in context.cookies()}
        own = context.new_page()
        answer = own.goto(f"{base}/stories")  # the same browser, at the desk's own address, is let in
        assert answer is not None
        assert answer.status == 200
        browser.close()


# ---------------------------------------------------------------- other addresses


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate of its own making."""
    folder = tmp_path_factory.mktemp("tls")
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    command = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=desk.example -keyout key.pem -out cert.pem"
    names = "subjectAltName=DNS:desk.example,IP:127.0.0.1"
    made = subprocess.run([*command.split(), "-addext", names], cwd=folder, capture_output=True)
    assert made.returncode == 0
    return folder / "cert.pem", folder / "key.pem"


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "desk.example"])
def test_other_addresses_need_tls_and_a_password(host: str, certificate: tuple[Path, Path]) -> None:
    cert, key = certificate
    for address in (
        Address(host=host),
        Address(host=host, certificate=cert, key=key),
        Address(host=host, password="long enough words"),
        Address(host=host, certificate=cert, key=key, password="short"),
    ):
        with pytest.raises(ConfigError):
            address.check()
    Address(host=host, certificate=cert, key=key, password="long enough words").check()


def test_the_command_refuses_another_address() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "crossread", "desk", "--no-open", "--host", "0.0.0.0"], capture_output=True, text=True
    )
    assert done.returncode == 3
    assert "--certificate" in done.stderr
    assert done.stdout == ""


def test_with_tls_and_a_password_people_come_in_by_password(tmp_path: Path, certificate: tuple[Path, Path]) -> None:
    cert, key = certificate
    words = tmp_path / "password"
    words.write_text("correct horse battery\n")
    words.chmod(0o600)
    options = ["--host", "127.0.0.1", "--certificate", str(cert), "--key", str(key), "--password-file", str(words)]
    with running("--store", str(tmp_path / "tls.db"), *options) as (_, link):
        assert link.startswith("https://127.0.0.1:")
        context = ssl.create_default_context(cafile=str(cert))
        base = base_of(link)
        port = int(base.rpartition(":")[2])

        def enter(password: str) -> tuple[int, str]:
            line = http.client.HTTPSConnection("127.0.0.1", port, context=context, timeout=30)
            headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": base, "Sec-Fetch-Site": "same-origin"}
            line.request("POST", "/enter", f"password={password}", headers)
            with closing(line), line.getresponse() as answer:
                return answer.status, (answer.headers["Set-Cookie"] or "").lower()

        assert enter("wrong") == (401, "")
        status, cookie = enter("correct+horse+battery")
        assert status == 303
        assert "secure" in cookie
        opener = session(link, context)
        with opener.open(f"{base}/api/v1/stories") as answer:
            assert answer.headers["Strict-Transport-Security"]


def test_a_password_that_others_may_read_is_refused(tmp_path: Path) -> None:
    words = tmp_path / "password"
    words.write_text("correct horse battery\n")
    words.chmod(0o644)
    with pytest.raises(ConfigError, match="chmod 600"):
        read_password(words)
    words.chmod(0o600)
    assert read_password(words) == "correct horse battery"
    words.write_text("\n")
    with pytest.raises(ConfigError, match="empty"):
        read_password(words)


def test_a_taken_port_and_a_missing_file_are_told() -> None:
    with listen(Address()) as taken, pytest.raises(ConfigError, match="--port"):
        listen(Address(port=taken.getsockname()[1]))
    with pytest.raises(ConfigError, match=r"/no/such"):
        check_paths(["/no/such/report.txt"])


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks at processes in /proc")
def test_a_desk_that_is_killed_leaves_no_process_and_no_open_port() -> None:
    """The worker lets go of the port and of its pipe to the desk, and so ends with it."""
    with running(EXAMPLE) as (process, link):
        children = psutil.Process(process.pid).children(recursive=True)
        assert children
        process.kill()
        process.wait(20)
        gone, alive = psutil.wait_procs(children, timeout=60)
        assert (len(gone), alive) == (len(children), [])
        with socket.socket() as line:
            assert line.connect_ex(("127.0.0.1", int(base_of(link).rpartition(":")[2]))) != 0


def test_a_worker_that_is_killed_is_replaced(tmp_path: Path) -> None:
    """What it was reading is set aside, everything else is read."""
    with running(EXAMPLE) as (process, link):
        opener, base = session(link), base_of(link)
        first_story(opener, base)
        (worker,) = psutil.Process(process.pid).children()
        worker.kill()
        deadline = time.monotonic() + 120
        while "set aside" not in (page := opener.open(f"{base}/inbox").read().decode()) or "unning" in page:
            assert time.monotonic() < deadline, page
            time.sleep(0.2)
