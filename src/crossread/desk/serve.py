"""Starting the desk: the address it listens on, the store, the one-time link, the worker, the server."""

import contextlib
import os
import shutil
import socket
import sys
import tempfile
import threading
import webbrowser
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from crossread.desk.jobs import Jobs
from crossread.errors import ConfigError

if TYPE_CHECKING:
    from starlette.applications import Starlette

    from crossread.desk.desk import Desk

LOCAL_ADDRESSES = ("127.0.0.1", "::1", "localhost")
SHORTEST_PASSWORD = 12
MOST_CONNECTIONS = 256
TEMPORARY = "This desk has no store: what you do here is gone when it is closed.  Start it with --store FILE to keep it."


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where the desk listens.

    ``host`` other than this machine needs ``certificate``, ``key`` and ``password``; ``names`` are further names that browsers
    reach it by. ``port`` 0 takes a free one.
    """

    host: str = "127.0.0.1"
    port: int = 0
    certificate: Path | None = None
    key: Path | None = None
    password: str | None = None
    names: tuple[str, ...] = ()

    @property
    def is_local(self) -> bool:
        """Whether only this machine can reach it."""
        return self.host in LOCAL_ADDRESSES

    @property
    def scheme(self) -> str:
        """``https`` where a certificate is given."""
        return "https" if self.certificate is not None else "http"

    def check(self) -> None:
        """Refuse an address that is not safe.

        Raises:
            ConfigError: If other machines could reach it without TLS and a password, or a file is missing.
        """
        if not self.is_local and (self.certificate is None or self.key is None or not self.password):
            raise ConfigError(
                f"{self.host}: other machines could reach this address, so the desk needs --certificate, --key and a password"
                " (in --password-file); without them it listens on 127.0.0.1 only"
            )
        if (self.certificate is None) != (self.key is None):
            raise ConfigError("--certificate and --key belong together; give both or none")
        for path in (self.certificate, self.key):
            if path is not None and not path.is_file():
                raise ConfigError(f"{path}: there is no such file; give the certificate and its key in PEM")
        if self.password is not None and len(self.password) < SHORTEST_PASSWORD:
            raise ConfigError(f"the password is too short: {SHORTEST_PASSWORD} characters at least")

    def hosts(self) -> tuple[str, ...]:
        """Host names that requests may carry."""
        from crossread.desk.security import LOCAL_HOSTS

        here = () if self.host in ("0.0.0.0", "::") else (f"[{self.host}]" if ":" in self.host else self.host,)
        return tuple(dict.fromkeys((*LOCAL_HOSTS, *here, *self.names)))


def read_password(path: Path) -> str:
    """The password in the first line of a file that nobody else may read.

    Raises:
        ConfigError: If the file is missing, empty, or readable by others.
    """
    try:
        mode, lines = path.stat().st_mode, path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as err:
        raise ConfigError(f"{path}: the password cannot be read ({err}); give a file with the password in its first line") from err
    if os.name == "posix" and mode & 0o077:
        raise ConfigError(f"{path}: others may read this password; run `chmod 600 {path}` first")
    if not lines or not lines[0].strip():
        raise ConfigError(f"{path}: is empty; put the password in its first line")
    return lines[0].strip()


def listen(address: Address) -> socket.socket:
    """A socket on the address.

    Raises:
        ConfigError: If the port is taken or may not be used.
    """
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    host = "127.0.0.1" if address.host == "localhost" else address.host
    bound = socket.socket(family, socket.SOCK_STREAM)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((host, address.port))
        bound.listen(128)
    except OSError as err:
        bound.close()
        raise ConfigError(
            f"port {address.port} of {host}: {err.strerror or err}; give another --port, or none for a free one"
        ) from err
    return bound


@contextlib.contextmanager
def store_file(given: str | None) -> Iterator[Path]:
    """The store's file; a temporary one, gone at the end, where none is given."""
    if given is not None:
        yield Path(given)
        return
    folder = Path(tempfile.mkdtemp(prefix="crossread-desk-"))  # made with mode 0700
    try:
        yield folder / "desk.db"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def check_paths(paths: Sequence[str], *, fetch: bool = False) -> list[str]:
    """Inputs as absolute paths; addresses as they are, where they may be asked.

    Raises:
        ConfigError: If one is not there, or is an address that may not be asked.
    """
    checked = []
    for path in paths:
        if "://" in path:
            if not fetch:
                raise ConfigError(f"{path}: an address is asked only with --fetch; or save the page and give the file")
            checked.append(path)
            continue
        if not any(c in path for c in "*?[") and not os.path.exists(path):
            raise ConfigError(f"{path}: there is no such file or folder; give files, folders, globs or archives of reports")
        checked.append(os.path.abspath(path))
    return checked


def run_desk(
    paths: Sequence[str] = (),
    *,
    store: str | None = None,
    address: Address | None = None,
    open_browser: bool = True,
    model: str | None = None,
    fetch: bool = False,
) -> None:
    """Serve the desk until it is stopped (Ctrl-C); prints its one-time link on stdout.

    Args:
        paths: Reports to ingest, read and link first, in the background.
        store: The store's file; a temporary one where none is given.
        address: Where to listen.
        open_browser: Whether to open the link in the default browser.
        model: An installed spaCy pipeline for syntax and names.
        fetch: Whether addresses of feeds and pages may be asked.

    Raises:
        ConfigError: If the address is not safe or taken, or a path is not there.
        StoreError: If the store cannot be opened.
    """
    address = address or Address()
    address.check()
    given = check_paths(paths, fetch=fetch)
    with (
        store_file(store) as path,
        contextlib.closing(listen(address)) as bound,
        contextlib.closing(Jobs(path, model=model)) as jobs,
    ):
        if given:  # first of all, so that it runs while the server loads
            jobs.start_worker(bound)
            jobs.submit("paths", _title(given), given, fetch)
        from crossread.desk.desk import Desk

        desk = Desk(path, model=model, jobs=jobs, fetch=fetch)
        if store is None:
            desk.notices = (TEMPORARY,)
        with contextlib.closing(desk):
            _serve(desk, address, bound, open_browser=open_browser)


def _title(paths: Sequence[str]) -> str:
    name = os.path.basename(paths[0].rstrip(os.sep)) or paths[0]
    return name if len(paths) == 1 else f"{name} and {len(paths) - 1} more"


def _serve(desk: "Desk", address: Address, bound: socket.socket, *, open_browser: bool) -> None:
    import uvicorn

    from crossread.desk.app import build_app

    app = build_app(desk, hosts=address.hosts(), password=address.password, secure=address.scheme == "https")
    port = bound.getsockname()[1]
    config = uvicorn.Config(
        app,
        log_level="error",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        lifespan="off",
        ws="none",
        limit_concurrency=MOST_CONNECTIONS,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=3,
        ssl_certfile=address.certificate,
        ssl_keyfile=address.key,
    )
    link = _announce(app, address, port)
    if open_browser:
        threading.Timer(0.2, webbrowser.open, (link,)).start()
    with contextlib.suppress(KeyboardInterrupt):  # Ctrl-C is how the desk is closed
        uvicorn.Server(config).run(sockets=[bound])


def _announce(app: "Starlette", address: Address, port: int) -> str:
    shown = next(iter(address.names), None) or ("127.0.0.1" if address.host in ("localhost", "0.0.0.0") else address.host)
    host = f"[{shown}]" if ":" in shown else shown
    link = f"{address.scheme}://{host}:{port}{app.state.door.new_link()}"
    print("The desk is open.  This link works once, in this browser, within 15 minutes; Ctrl-C closes the desk:", file=sys.stderr)  # noqa: T201
    print(link, flush=True)  # noqa: T201
    return link
