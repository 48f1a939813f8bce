"""Small files that ask for much: each ends in bounded time and memory with a reason, and what else is there is read."""

import gzip
import io
import os
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from crossread.ingest import ingest_paths, is_failed
from crossread.records import Problem
from tests.unit.ingest.bounds import within_bounds
from tests.unit.ingest.test_packed import LEAD, PAGE, ROWS, SECOND, warc, zstd

ZEROS = b"0" * 150_000_000
ITEM = b"<item><title>Rain</title></item>"
GOOD = f"{LEAD}\n\n{SECOND}\n".encode()


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytearray:
    """A zip archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return bytearray(out.getvalue())


def nested(times: int) -> bytes:
    """An archive in an archive in an archive, ten side by side each time."""
    data = bytes(zipped({f"{n}.txt": b"0" * 1_000_000 for n in range(10)}))
    for _ in range(times):
        data = bytes(zipped({f"{n}.zip": data for n in range(10)}))
    return data


def overlapping() -> bytes:
    """A thousand members in the directory that all are the same bytes."""
    data = zipped({"a.txt": GOOD, "b.txt": os.urandom(100) + b"0" * 900_000})
    start = data.index(b"PK\x01\x02")
    second = data.index(b"PK\x01\x02", start + 4)
    end = data.index(b"PK\x05\x06")
    entry, first = data[second:end], data[start:second]
    directory = first + entry * 1_000
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1_001, 1_001, len(directory), start, 0)
    return bytes(data[:start] + directory + tail)


def many_entries() -> bytes:
    """A directory of a million members, none of which is there: refused for their number, or where listing them takes too long."""
    entry = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 0, 0, 33, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0) + b"a"
    directory = entry * 1_000_000
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 65_535, 65_535, len(directory), 0, 0)
    return directory + tail


def huge_dictionary() -> bytes:
    """An LZMA member that asks for a dictionary of 4 GB."""
    data = zipped({"a.txt": GOOD, "b.txt": SECOND.encode() * 5}, zipfile.ZIP_LZMA)
    at = data.index(b"b.txt") + 5  # behind the name stand version, size and the five bytes of properties
    data[at + 5 : at + 9] = b"\xff\xff\xff\xff"
    return bytes(data)


def lying(size: int) -> bytes:
    """A member that unpacks to 200 MB and says that it has so many bytes."""
    data = zipped({"a.txt": GOOD, "b.txt": b"0" * 200_000_000})
    at = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 4)
    data[at + 24 : at + 28] = struct.pack("<L", size)
    return bytes(data)


def huge_record() -> bytes:
    """A web archive whose second record unpacks to 150 MB and says that it has 100 GB."""
    page = ("https://courier.example/a", "200 OK", PAGE.encode())
    head, body = warc(("https://courier.example/b", "200 OK", b"x")).split(b"\r\n\r\n", 1)
    head = head.rpartition(b" ")[0] + b" 99999999998"
    return warc(page, gzipped=True) + gzip.compress(head + b"\r\n\r\n" + body + ZEROS)


def encoded_body() -> bytes:
    """A web archive with a page whose body, as the server packed it, unpacks to 150 MB."""
    bomb = ("https://courier.example/b", "200 OK\r\nContent-Encoding: gzip", gzip.compress(ZEROS))
    return warc(bomb, ("https://courier.example/a", "200 OK", PAGE.encode()))


def parts(count: int, *, inside: bool) -> bytes:
    """A message of so many parts, in each other or side by side, then a report."""
    head, lines = "From: Belgor Herald <n@herald.example>\nSubject: Varnik shelled\nMIME-Version: 1.0\n", []
    for n in range(count if inside else 1):
        lines.append(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n')
    for _ in range(0 if inside else count):
        lines.append("Content-Type: application/octet-stream\n\nx\n--b0\n")
    return (head + "".join(lines) + f"Content-Type: text/plain\n\n{LEAD}\n").encode()


def line_of_a_gigabyte(path: Path) -> None:
    """JSON Lines with a line of 1 GB between two reports (a file with a hole)."""
    with open(path, "wb") as file:
        file.write(ROWS.split("\n")[0].encode() + b'\n{"text": "')
        file.seek(1024**3, os.SEEK_CUR)
        file.write(b'"}\n' + ROWS.split("\n")[1].encode() + b"\n")


def equal_rows(path: Path) -> None:
    """A table of the same megabyte a thousand times, which the file holds once."""
    duckdb = pytest.importorskip("duckdb")
    with duckdb.connect() as connection:
        connection.execute(f"COPY (SELECT repeat('rain ', 200000) AS text FROM range(1000)) TO '{path}' (FORMAT parquet)")


Make = Callable[[Path], object]


def of(make: Callable[[], bytes]) -> Make:
    """Writes the bytes that are made."""
    return lambda path: path.write_bytes(make())


FOUND = f"\n{ROWS}\n".encode()
BOMBS: dict[str, tuple[str, Make, str, int]] = {
    # what it is: the file's name, what writes it, words of the reason, how many reports are read beside it
    "gzip stream": ("a.jsonl.gz", of(lambda: gzip.compress(FOUND + ZEROS)), "longer than 32 MB", 3),
    "gzip of short lines": ("a.jsonl.gz", of(lambda: gzip.compress(FOUND + b"[]\n" * 40_000_000)), "entries in a row are no reports", 3),
    "zstd stream": ("a.txt.zst", of(lambda: zstd(ZEROS)), "larger than 32 MB", 0),
    "gzip in gzip": ("a.txt.gz.gz.gz", of(lambda: gzip.compress(gzip.compress(gzip.compress(ZEROS)))), "2 deep at most", 0),
    "zip member": ("a.zip", of(lambda: bytes(zipped({"a.txt": GOOD, "b.txt": ZEROS}))), "which no report does", 1),
    "zip in zip": ("a.zip", of(lambda: bytes(zipped({"a.txt": GOOD, "b.zip": nested(2)}))), "2 deep at most", 1),
    "overlapping members": ("a.zip", of(overlapping), "lies inside another member", 1),
    "directory of a million": ("a.zip", of(many_entries), "at most 100000 are read|not a readable zip archive", 0),
    "dictionary of 4 GB": ("a.zip", of(huge_dictionary), "more memory than there is", 1),
    "size that is too small": ("a.zip", of(lambda: lying(10)), "damaged", 1),
    "size that is too large": ("a.zip", of(lambda: lying(2**32 - 2)), "which no report does", 1),
    "web archive's record": ("a.warc.gz", of(huge_record), "larger than 32 MB", 1),
    "web archive's body": ("a.warc", of(encoded_body), "larger than 32 MB", 1),
    "web archive's head": ("a.warc", of(lambda: b"WARC/1.0\r\nWARC-Type: " + b"a" * 100_000_000), "Maximum header length", 0),
    "mail of nested parts": ("a.eml", of(lambda: parts(1_000, inside=True)), "not a readable message", 0),
    "mail of many parts": ("a.eml", of(lambda: parts(100_000, inside=False)), "not a readable message", 0),
    "mail of long words": ("a.eml", of(lambda: b"Subject: " + b"=?utf-8?q?a?= " * 500_000 + b"\n\n" + GOOD), "not a readable", 0),
    "nested JSON": ("a.json", of(lambda: b'{"text":' * 1_000_000 + FOUND), "not a JSON object", 3),
    "nested JSON line": ("a.jsonl", of(lambda: b"[" * 1_000_000 + FOUND), "not a JSON object", 3),
    "JSON line of many lists": ("a.jsonl", of(lambda: b'{"text":[' + b"[[[]]]," * 4_000_000 + b"0]}" + FOUND), "lists and objects", 3),
    "JSON of many objects": ("a.json", of(lambda: b"[" + b'{"a":0},' * 4_000_000 + b"0]"), "lists and objects", 0),
    "number of a million digits": ("a.jsonl", of(lambda: b'{"text":' + b"9" * 1_000_000 + b"}" + FOUND), "not a JSON object", 3),
    "line of 1 GB": ("a.jsonl", line_of_a_gigabyte, "longer than 32 MB", 2),
    "cell of 30 MB": ("a.csv", of(lambda: b'id,text\na,"' + b"x" * 30_000_000 + b'"\nb,"' + LEAD.encode() + b'"\n'), "30000000 characters", 2),
    "table of a million columns": ("a.csv", of(lambda: b"text," + b"a," * 16_000_000 + b"\n" + LEAD.encode()), "split the table", 0),
    "table of empty lines": ("a.csv", of(lambda: b"id,text\na," + LEAD.encode() + b"\n" * 33_000_000), "split the table", 0),
    "table of equal rows": ("a.parquet", equal_rows, "not a readable Parquet file", 0),
    "feed of 60,000 entries": ("a.rss", of(lambda: b"<rss version='2.0'><channel>" + ITEM * 60_000), "50000 more entries", 1),
}  # fmt: skip


@pytest.mark.parametrize("kind", BOMBS)
def test_bomb_ends_with_a_reason_and_the_rest_is_read(kind: str, tmp_path: Path) -> None:
    name, make, reason, n_good = BOMBS[kind]
    path = tmp_path / name
    make(path)
    with within_bounds():
        documents = list(ingest_paths([path]))
    told = [p.message for d in documents for p in d.problems if p.severity == "error"]
    assert any(why in message for message in told for why in reason.split("|")), told[:5]
    assert sum(bool(d.text) for d in documents) == n_good
    assert all(d.text or is_failed(d) for d in documents)


NAMES = ("../out.txt", "/out.txt", "b\\..\\out.txt", "C:\\out.txt", "a/../../out.txt", "//host/share/out.txt", "con.txt", "a\n.txt")


def test_names_that_lead_out_of_an_archive_lead_nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Members are read as reports whatever they are called, and nothing is ever written."""
    (tmp_path / "in").mkdir()
    monkeypatch.chdir(tmp_path / "in")
    Path("a.zip").write_bytes(zipped({name: f"{LEAD} It was report {n}.\n".encode() for n, name in enumerate(NAMES)}))
    documents = list(ingest_paths(["a.zip"]))
    assert len([d for d in documents if d.text]) == len(NAMES)
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["a.zip", "in"]
    assert not Path("/out.txt").exists()


def test_links_pipes_and_devices_in_a_folder_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("The canary sings in the mine.")
    folder = tmp_path / "in"
    (folder / "deep").mkdir(parents=True)
    (folder / "a.txt").write_bytes(GOOD)
    (folder / "b.txt").symlink_to(tmp_path / "secret")
    (folder / "c.txt").symlink_to("/dev/zero")
    (folder / "deep" / "round").symlink_to(folder, target_is_directory=True)
    os.mkfifo(folder / "d.txt")
    told: list[Problem] = []
    (document,) = ingest_paths([folder], on_problem=told.append)
    assert document.text.startswith(LEAD)
    assert sorted(p.code for p in told) == ["file.link", "file.link", "file.skipped"]
