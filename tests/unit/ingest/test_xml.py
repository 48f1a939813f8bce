"""XML made to read files, to call home or to grow: in feeds, pages, lists, mail and archives, the canary is never read and nobody is called."""

import gzip
import io
import json
import socket
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from crossread.ingest import ingest_bytes, ingest_paths, is_failed
from tests.unit.ingest.bounds import within_bounds
from tests.unit.ingest.test_packed import warc

CANARY = "canary-7f3a"
LAUGHS = "<!ENTITY a0 'ha'>" + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12))
SOAP = "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body><![CDATA[<!DOCTYPE r [<!ENTITY x SYSTEM '{file}'>]>"
XI = "xmlns:xi='http://www.w3.org/2001/XInclude'"
SVG = "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'>"
SCHEMA = "xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:schemaLocation"

ATTACKS = {  # what stands before the root element, and what stands in the text; {file} and {web} are addresses
    "file": ("<!DOCTYPE r [<!ENTITY x SYSTEM '{file}'>]>", "&x;"),
    "parameter": ("<!DOCTYPE r [<!ENTITY % x SYSTEM '{file}'> %x;]>", ""),
    "outer grammar": ("<!DOCTYPE r SYSTEM '{dtd}'>", "&x;"),
    "web grammar": ("<!DOCTYPE r SYSTEM '{web}x.dtd'>", "&x;"),
    "web entity": ("<!DOCTYPE r [<!ENTITY x PUBLIC '-//X//Y//EN' '{web}x'>]>", "&x;"),
    "blind": ("<!DOCTYPE r [<!ENTITY % f SYSTEM '{file}'><!ENTITY % d SYSTEM '{dtd}'> %d; %f;]>", "&x;"),
    "include": ("", "<xi:include " + XI + " href='{file}' parse='text'/><xi:include " + XI + " href='{web}'/>"),
    "stylesheet": ("<?xml-stylesheet href='{file}' type='text/xsl'?><?xml-stylesheet href='{web}' type='text/css'?>", ""),
    "laughs": ("<!DOCTYPE r [" + LAUGHS + "]>", "&a11;"),
    "quadratic": ("<!DOCTYPE r [<!ENTITY a '" + "x" * 50_000 + "'>]>", "&a;" * 20_000),
    "endless": ("<!DOCTYPE r [<!ENTITY a '&b;'><!ENTITY b '&a;'>]>", "&a;"),
    "attribute": ("<!DOCTYPE r [<!ENTITY x SYSTEM '{file}'><!ATTLIST p title CDATA '&x;'>]>", "<p title='&x;'>It rained.</p>"),
    "picture": ("", SVG + "<image xlink:href='{file}'/><use xlink:href='{web}#a'/><text>Rain</text></svg>"),
    "page parts": ("", "<iframe src='{file}'></iframe><object data='{file}'></object><embed src='{web}'><img src='{web}'>"),
    "base": ("", "<base href='{web}'><div xml:base='{file}'><a href='x'>It rained.</a></div>"),
    "schema": ("", "<d " + SCHEMA + "='urn:x {file} urn:y {web}'>It rained.</d>"),
    "nested sections": ("", SOAP + "&x;]]]]><![CDATA[></s:Body></s:Envelope>]]>"),
    "refresh": ("", "<meta http-equiv='refresh' content='0; url={web}'><link rel='stylesheet' href='{web}'>"),
}
DISGUISES: dict[str, Callable[[str], bytes]] = {
    "plain": lambda text: text.encode(),
    "UTF-16": lambda text: text.replace("utf-8", "utf-16").encode("utf-16"),
    "UTF-7": lambda text: text.replace("utf-8", "utf-7").encode("utf-7"),
}
HEAD = "<?xml version='1.0' encoding='utf-8'?>"
MAIL = b'From: A <a@herald.example>\nSubject: Rain\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: '


def rss(prolog: str, body: str) -> str:
    item = f"<item><title>Varnik</title><description>Nine died. {body}</description></item>"
    return f"{HEAD}{prolog}<rss version='2.0'><channel><title>T</title>{item}</channel></rss>"


def atom(prolog: str, body: str) -> str:
    entry = f"<entry><title>Varnik</title><id>a</id><content type='xhtml'><div>Nine died. {body}</div></content></entry>"
    return f"{HEAD}{prolog}<feed xmlns='http://www.w3.org/2005/Atom'><title>T</title><id>f</id>{entry}</feed>"


def page(prolog: str, body: str) -> str:
    return f"{HEAD}{prolog}<html><head><title>Varnik</title></head><body><article><p>Nine died. {body}</p></article></body></html>"


def opml(prolog: str, body: str) -> str:
    return f"{HEAD}{prolog}<opml version='2.0'><body><outline text='A' xmlUrl='{{file}}'/>{body}</body></opml>"


def sitemap(prolog: str, body: str) -> str:
    return f"{HEAD}{prolog}<urlset><url><loc>{{file}}</loc></url><url><loc>{{web}}</loc></url><url><loc>{body}</loc></url></urlset>"


def zipped(data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.rss", data)
    return out.getvalue()


CARRIERS: dict[str, tuple[str, Callable[[str, str], str], Callable[[bytes], bytes]]] = {
    # what it is: its name, how the XML looks in it, what is made of the XML's bytes
    "feed": ("a.xml", rss, bytes),
    "Atom feed": ("a.atom", atom, bytes),
    "page": ("a.html", page, bytes),
    "XHTML page": ("a.xhtml", page, bytes),
    "OPML": ("a.opml", opml, bytes),
    "sitemap": ("a.xml", sitemap, bytes),
    "mail": ("a.eml", page, lambda data: MAIL + b"text/html\n\n" + data + b"\n--b--\n"),
    "attachment": (
        "a.eml",
        rss,
        lambda data: MAIL + b"text/plain\n\nIt rained.\n--b\nContent-Type: text/xml\nContent-Disposition: attachment\n\n" + data + b"\n--b--\n",
    ),
    "zip member": ("a.zip", rss, zipped),
    "packed feed": ("a.rss.gz", rss, gzip.compress),
    "line": ("a.jsonl", page, lambda data: json.dumps({"html": data.decode("latin-1")}).encode()),
    "web archive": ("a.warc", page, lambda data: warc(("https://h.example/a", "200 OK", data))),
}  # fmt: skip


@pytest.fixture(scope="module")
def listener() -> Iterator[socket.socket]:
    """A server that nobody may call."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server


@pytest.fixture(scope="module")
def places(listener: socket.socket, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Addresses of files that may not be read and of the server."""
    folder = tmp_path_factory.mktemp("secret")
    (folder / "secret.txt").write_text(CANARY)
    (folder / "secret.dtd").write_text(f"<!ENTITY x '{CANARY}'>")
    web = f"http://127.0.0.1:{listener.getsockname()[1]}/"
    return {"file": (folder / "secret.txt").as_uri(), "dtd": (folder / "secret.dtd").as_uri(), "web": web}


def expect_no_call(server: socket.socket) -> None:
    """Nobody has called."""
    with pytest.raises(BlockingIOError):
        server.accept()


def made(attack: str, disguise: str, carrier: str, places: dict[str, str]) -> tuple[str, bytes]:
    """Name and bytes of an attack."""
    name, shape, wrap = CARRIERS[carrier]
    text = shape(*ATTACKS[attack])
    for place, address in places.items():
        text = text.replace(f"{{{place}}}", address)
    return name, wrap(DISGUISES[disguise](text))


@pytest.mark.parametrize("carrier", CARRIERS)
@pytest.mark.parametrize("attack", ATTACKS)
def test_attack_reads_nothing_and_calls_nobody(attack: str, carrier: str, places: dict[str, str], listener: socket.socket) -> None:
    for disguise in DISGUISES if attack in ("file", "outer grammar", "web grammar") else ("plain",):
        name, data = made(attack, disguise, carrier, places)
        with within_bounds():
            documents = list(ingest_bytes(data, name=name))
        assert documents
        assert CANARY not in msgspec.json.encode(documents).decode()
        assert all(d.text.strip() or is_failed(d) for d in documents)
        assert all(len(d.text) <= 1_000_000 for d in documents)
    expect_no_call(listener)


@pytest.mark.parametrize("name", ["a.rss", "a.xml", "a.atom", "a.html", "a.opml", "a.txt"])
def test_input_that_is_only_an_address_is_not_followed(
    name: str, places: dict[str, str], listener: socket.socket, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.rss"
    secret.write_text(f"<rss version='2.0'><channel><title>T</title><item><title>{CANARY}</title></item></channel></rss>")
    for address in (str(secret), secret.as_uri(), places["web"], f"<!--<rss-->{secret}"):
        (tmp_path / name).write_text(address)
        documents = list(ingest_paths([tmp_path / name]))
        assert CANARY not in msgspec.json.encode(documents).decode()
    expect_no_call(listener)
