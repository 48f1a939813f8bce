"""Fetching pages, feeds and sitemaps: the only code that opens a connection, and only when it was asked to.

Whoever wrote a page or a feed is taken for an attacker who wants us to ask an address inside the network: only ``http`` and ``https``
are spoken, the name of a host is looked up once, every address it has must be public, and the connection goes to the address that
was looked at.  Redirects pass the same gate.  Sizes and times are bounded, cookies and proxies are not used, robots.txt is respected.
"""

import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import httpcore2
import httpx2

from crossread.errors import InputError

MAX_BYTES = 10 * 1024 * 1024
MAX_ROBOTS_BYTES = 512 * 1024
MAX_REDIRECTS = 5
MAX_ADDRESS = 2_000
SECONDS, PATIENCE = 30.0, 10.0
"""Longest time for one address in all, and for one answer of a server."""
PORTS = (80, 443, 8080, 8443)
_AGENT = "crossread"

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Lookup = Callable[..., list[Any]]


class NotFetched(InputError):
    """An address that was not fetched; ``code`` is that of the problem."""

    def __init__(self, message: str, *, code: str = "address.unreachable") -> None:
        super().__init__(message)
        self.code = code


class Refused(NotFetched):
    """An address that is never asked: not of the web, not public, or closed to robots."""

    def __init__(self, message: str) -> None:
        super().__init__(message, code="address.refused")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What an address gave: its bytes, the address after redirects, and when (ISO time)."""

    url: str
    data: bytes
    media_type: str
    fetched: str


def is_public(address: Address) -> bool:
    """Whether an address lies in the public internet, whatever older address it carries inside."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = _inner(address)
        if inner is not None:
            return is_public(inner)
        if address.scope_id:
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved and not address.is_unspecified


_NAT64 = (ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("64:ff9b:1::/48"))
_COMPATIBLE = ipaddress.IPv6Network("::/96")


def _inner(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that an IPv6 address stands for."""
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if address.teredo is not None:
        return address.teredo[1]
    if any(address in net for net in _NAT64) or (address in _COMPATIBLE and int(address) > 1):
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return None


class _Clock:
    """The time that is left for one address."""

    def __init__(self) -> None:
        self.until = 0.0

    def start(self) -> None:
        """Start the time of an address."""
        self.until = time.monotonic() + SECONDS

    def left(self, timeout: float | None) -> float:
        """Seconds that one operation may take: what is left, or less where less is asked."""
        left = self.until - time.monotonic()
        if left <= 0:
            raise httpcore2.ReadTimeout(f"took longer than {SECONDS:g} s")
        return min(left, timeout if timeout is not None else PATIENCE)


class _Stream(httpcore2.NetworkStream):
    """A connection that ends when the time for its address is up, however slowly a server drips."""

    def __init__(self, stream: httpcore2.NetworkStream, clock: _Clock) -> None:
        self._stream, self._clock = stream, clock

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """As the connection reads, within the time."""
        return self._stream.read(max_bytes, self._clock.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """As the connection writes, within the time."""
        self._stream.write(buffer, self._clock.left(timeout))

    def close(self) -> None:
        """Close the connection."""
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        """The connection under TLS, within the same time."""
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, self._clock.left(timeout)), self._clock)

    def get_extra_info(self, info: str) -> Any:
        """What the connection knows of itself."""
        return self._stream.get_extra_info(info)


class _Gate(httpcore2.NetworkBackend):
    """Opens connections to public addresses only, and to the very address that was looked at."""

    def __init__(self, clock: _Clock, *, lookup: Lookup, allowed: Callable[[Address], bool]) -> None:
        self._clock, self._lookup, self._allowed = clock, lookup, allowed
        self._inner = httpcore2.SyncBackend()
        self._known: dict[tuple[str, int], str] = {}

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        """A connection to a host whose address was looked up once and is public."""
        address = self._known.get((host, port))
        if address is None:
            address = self._known[host, port] = self._looked_up(host, port)
        stream = self._inner.connect_tcp(address, port, self._clock.left(timeout), local_address, socket_options)
        return _Stream(stream, self._clock)

    def connect_unix_socket(self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None) -> Any:
        """Refused: no report lies behind a socket of this machine."""
        raise Refused(f"{path}: not an address of the web")

    def sleep(self, seconds: float) -> None:
        """Wait, as retries do."""
        time.sleep(seconds)

    def _looked_up(self, host: str, port: int) -> str:
        try:
            found = self._lookup(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as err:
            raise NotFetched(f"the host {host} is not known ({err}); check the spelling and the connection") from err
        addresses = [str(entry[4][0]) for entry in found]
        for text in addresses:
            try:
                public = self._allowed(ipaddress.ip_address(text))
            except ValueError:
                public = False
            if not public:
                raise Refused(f"the host {host} has the address {text}, which is not public; save the page and give the file")
        if not addresses:
            raise NotFetched(f"the host {host} has no address; check the spelling")
        return addresses[0]


class _Transport(httpx2.HTTPTransport):
    """Plain transport behind the gate: no proxy, no HTTP/2, nothing from the environment."""

    def __init__(self, gate: _Gate) -> None:
        super().__init__(trust_env=False)
        self._pool = httpcore2.ConnectionPool(
            ssl_context=httpx2.create_ssl_context(trust_env=False), max_connections=4, http2=False, network_backend=gate
        )


def checked(url: str) -> str:
    """An address that may be asked, its fragment gone.

    Raises:
        Refused: If it is not of the web, or names a user, or a port that pages are not served on.
    """
    if len(url) > MAX_ADDRESS or any(ord(c) < 33 or ord(c) == 127 for c in url) or "\\" in url:
        raise Refused(f"{url[:80]!r}: not a well-formed address")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as err:
        raise Refused(f"{url[:80]!r}: not a well-formed address ({err})") from err
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        raise Refused(f"{url[:80]}: only http:// and https:// addresses are fetched; save the page and give the file")
    if parts.username is not None or parts.password is not None:
        raise Refused(f"{parts.hostname}: an address with a user name in it is not fetched")
    if port is not None and port not in PORTS:
        raise Refused(f"{parts.hostname}: port {port} is not one that pages are served on ({', '.join(map(str, PORTS))})")
    return parts._replace(fragment="").geturl()


class Fetcher:
    """Fetches addresses one at a time.

    Args:
        lookup: Looks up a host, as `socket.getaddrinfo` does.
        allowed: Which addresses may be asked.
        pause: Seconds between two requests to one host.
        check: What an address must pass before anything is asked.
    """

    def __init__(
        self,
        *,
        lookup: Lookup = socket.getaddrinfo,
        allowed: Callable[[Address], bool] = is_public,
        pause: float = 1.0,
        check: Callable[[str], str] = checked,
    ) -> None:
        from crossread import __version__

        self._clock, self._pause, self._check = _Clock(), pause, check
        self._last: dict[str, float] = {}
        self._robots: dict[str, RobotFileParser] = {}
        self._client = httpx2.Client(
            transport=_Transport(_Gate(self._clock, lookup=lookup, allowed=allowed)),
            follow_redirects=False,
            trust_env=False,
            timeout=PATIENCE,
            headers={
                "User-Agent": f"{_AGENT}/{__version__}",
                "Accept-Encoding": "gzip",
                "Accept": "text/html, application/xml, */*;q=0.5",
            },
        )

    def get(self, url: str) -> Fetched:
        """What an address gives.

        Raises:
            NotFetched: If it may not be asked, cannot be reached, answers with an error, or gives too much.
        """
        target = url
        for _ in range(MAX_REDIRECTS + 1):
            target = self._check(target)
            if not self._may_ask(target):
                raise Refused(f"{target}: the site's robots.txt closes this address to programs; save the page and give the file")
            status, headers, data = self._asked(target, MAX_BYTES)
            if status in (301, 302, 303, 307, 308) and headers.get("location"):
                target = urljoin(target, headers["location"])
                continue
            if status != 200:
                raise NotFetched(f"{target}: the server answered {status}; open it in a browser, save the page and give the file")
            media = headers.get("content-type", "").split(";")[0].strip().lower()
            return Fetched(url=target, data=data, media_type=media, fetched=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
        raise NotFetched(f"{url}: more than {MAX_REDIRECTS} redirects")

    def close(self) -> None:
        """Close all connections."""
        self._client.close()

    def _asked(self, url: str, most: int) -> tuple[int, Any, bytes]:
        self._wait(url)
        self._clock.start()
        self._client.cookies.clear()
        try:
            with self._client.stream("GET", url) as response:
                return response.status_code, response.headers, b"".join(_bounded(response.iter_bytes(), url, most))
        except (
            httpx2.HTTPError,
            httpx2.InvalidURL,
            httpcore2.TimeoutException,
            httpcore2.NetworkError,
            httpcore2.ProtocolError,
        ) as err:
            raise NotFetched(
                f"{url}: {str(err) or type(err).__name__}; try again later, or save the page and give the file"
            ) from err

    def _wait(self, url: str) -> None:
        host = urlsplit(url).hostname or ""
        left = self._last.get(host, 0.0) + self._pause - time.monotonic()
        if left > 0:
            time.sleep(left)
        self._last[host] = time.monotonic()

    def _may_ask(self, url: str) -> bool:
        """Whether robots.txt lets programs ask an address; where the server fails to say, it does not (RFC 9309)."""
        parts = urlsplit(url)
        root = f"{parts.scheme}://{parts.netloc}"
        if root not in self._robots:
            self._robots[root] = self._rules(root)
        return self._robots[root].can_fetch(_AGENT, url)

    def _rules(self, root: str) -> RobotFileParser:
        rules, target = RobotFileParser(), f"{root}/robots.txt"
        for _ in range(MAX_REDIRECTS + 1):
            status, headers, data = self._asked(self._check(target), MAX_ROBOTS_BYTES)
            if status in (301, 302, 303, 307, 308) and headers.get("location"):
                target = urljoin(target, headers["location"])
                continue
            break
        if status == 200:
            rules.parse(data.decode("utf-8", "replace").splitlines())
        else:
            rules.parse(["User-agent: *", "Disallow: /"] if status >= 500 else [])
        return rules


def _bounded(pieces: Iterator[bytes], url: str, most: int) -> Iterator[bytes]:
    total = 0
    with closing(pieces):  # type: ignore[type-var]
        for piece in pieces:
            total += len(piece)
            if total > most:
                raise NotFetched(
                    f"{url}: more than {most // 1024} KB, larger than any report; save the part you need and give the file"
                )
            yield piece
