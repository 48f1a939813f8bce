"""Common mistakes of a person at the terminal: what the command says to each, under snapshot.

Every message is shown without a traceback, ends with the exit code of the contract, and names the file, the cause and the next step.
"""

import gzip
import io
import json
import os
import re
import resource
import signal
import sqlite3
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

REPORT = "Engineers in Osteld said on Monday that the bridge over the Marn would open again. The mayor thanked them."
STORY_WORDS = ("brief", "ok.txt")


def _files(folder: Path) -> None:
    """Files that people give by mistake, beside one that is right."""
    (folder / "ok.txt").write_text(REPORT)
    (folder / "empty.txt").write_bytes(b"")
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    (folder / "letter.docx").write_bytes(b"PK\x03\x04" + b"\x00" * 40)
    (folder / "paper.pdf").write_bytes(b"%PDF-1.7\n" + bytes(range(128, 256)) * 20)
    (folder / "nothing").mkdir()
    (folder / "programs").mkdir()
    (folder / "programs" / "run.exe").write_bytes(b"MZ")
    (folder / "broken.jsonl").write_text('{"text": "half a li')
    (folder / "numbers.jsonl").write_text("[1, 2]\n3\n")
    (folder / "keys.jsonl").write_text('{"headline": "Bridge", "words": "It opened."}\n')
    (folder / "columns.csv").write_text("name,year\nOsteld,2031\n")
    (folder / "empty.csv").write_text("")
    (folder / "damaged.zip").write_bytes(b"PK\x03\x04 this is no archive")
    (folder / "damaged.jsonl.gz").write_bytes(b"\x1f\x8b\x08\x00 nothing packed")
    (folder / "cut.jsonl.gz").write_bytes(gzip.compress(json.dumps({"text": REPORT * 400}).encode())[:-20])
    (folder / "damaged.parquet").write_bytes(b"PAR1 and nothing else PAR1")
    (folder / "damaged.warc").write_bytes(b"WARC/1.0\r\nthis is no record")
    (folder / "feed.rss").write_text("<rss version='2.0'><channel><title>Osteld Post</title></channel></rss>")
    (folder / "feeds.opml").write_text("<opml version='2.0'><body/></opml>")
    (folder / "german.txt").write_text(
        "Die Brücke über die Marn wird am Montag wieder geöffnet, sagte der Bürgermeister von Osteld am Abend. " * 3
    )
    (folder / "story.jsonl").write_text('{"schema_version":1,"id":"story-1","documents":["a"]}\n')
    (folder / "newer.jsonl").write_text('{"schema_version":7,"document":{"id":"a","text":"x"}}\n')
    (folder / "notes.db").write_text("a list of things to do, kept in a text file that somebody called a database")
    (folder / "mail.eml").write_bytes(b"\x00\x01\x02")
    (folder / "broken-link").symlink_to("nowhere.txt")
    _archives(folder)
    _databases(folder)


def _archives(folder: Path) -> None:
    locked = io.BytesIO()
    with zipfile.ZipFile(locked, "w") as archive:
        archive.writestr("report.txt", REPORT)
    data = bytearray(locked.getvalue())
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    (folder / "locked.zip").write_bytes(bytes(data))
    with zipfile.ZipFile(folder / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("big.txt", b"0" * 30_000_000)


def _databases(folder: Path) -> None:
    from crossread.store import open_store

    with sqlite3.connect(folder / "other.db") as db:
        db.execute("CREATE TABLE contacts (name TEXT)")
        db.execute("PRAGMA application_id = 77")
    with open_store(folder / "newer.db"):
        pass
    with sqlite3.connect(folder / "newer.db") as db:
        db.execute("PRAGMA user_version = 9999")
        db.execute("CREATE TABLE of_a_later_day (x TEXT)")
    with open_store(folder / "good.db"):
        pass
    whole = (folder / "good.db").read_bytes()
    (folder / "cut.db").write_bytes(whole[: len(whole) // 2])


MISTAKES: dict[str, tuple[str, ...]] = {
    # the wrong path or the wrong kind of file
    "no such file": ("brief", "reprots.txt"),
    "no such folder": ("ingest", "reports/"),
    "pattern without a match": ("ingest", "*.html"),
    "empty file": ("ingest", "empty.txt"),
    "picture called text": ("ingest", "picture.txt"),
    "word processor file": ("ingest", "letter.docx"),
    "pdf": ("ingest", "paper.pdf"),
    "empty folder": ("brief", "nothing"),
    "folder without reports": ("brief", "programs"),
    "link to nowhere": ("ingest", "broken-link"),
    "half a line of json": ("ingest", "broken.jsonl"),
    "lines that are no objects": ("ingest", "numbers.jsonl"),
    "objects without a text": ("ingest", "keys.jsonl"),
    "table without a text": ("ingest", "columns.csv"),
    "empty table": ("ingest", "empty.csv"),
    "damaged zip": ("ingest", "damaged.zip"),
    "zip with a password": ("ingest", "locked.zip"),
    "zip that unpacks to far too much": ("ingest", "bomb.zip"),
    "damaged gzip": ("ingest", "damaged.jsonl.gz"),
    "gzip cut short": ("ingest", "cut.jsonl.gz"),
    "damaged parquet": ("ingest", "damaged.parquet"),
    "damaged web archive": ("ingest", "damaged.warc"),
    "damaged mail": ("ingest", "mail.eml"),
    "feed without entries": ("ingest", "feed.rss"),
    "list without feeds": ("ingest", "feeds.opml"),
    "another language": ("brief", "german.txt"),
    "one of three cannot be read": ("ingest", "ok.txt", "empty.txt", "missing.txt", "-q"),
    # addresses
    "address without leave": ("brief", "https://news.example/report.html"),
    "address of another kind": ("ingest", "--fetch", "ftp://news.example/report.html"),
    "address inside the network": ("ingest", "--fetch", "http://192.168.1.20/report.html"),
    # records in the wrong place
    "link of documents": ("link", "keys.jsonl"),
    "link of stories": ("link", "story.jsonl"),
    "link of a missing file": ("link", "readings.jsonl"),
    "link of a report": ("link", "ok.txt"),
    "link of a folder": ("link", "programs"),
    "readings of a newer version": ("link", "newer.jsonl"),
    "export of readings that are none": ("export", "keys.jsonl", "--format", "json"),
    "export of an unknown format": ("export", "story.jsonl", "--format", "word"),
    "export without input": ("export", "--format", "csv"),
    # options
    "no command": ("breif", "ok.txt"),
    "no input": ("brief",),
    "unknown option": ("brief", "ok.txt", "--lenght", "100"),
    "brief that is too short": ("brief", "ok.txt", "--words", "3"),
    "day that is none": ("brief", "ok.txt", "--since", "31.12.2031"),
    "days in the wrong order": ("brief", "ok.txt", "--since", "2031-05-02", "--until", "2031-05-01"),
    "actor that nobody names": ("brief", "ok.txt", "--who", "Zebulon"),
    "model that is not installed": ("brief", "ok.txt", "--model", "en_core_news_xxl"),
    "no workers": ("read", "ok.txt", "--workers", "0"),
    "resume without a store": ("ingest", "ok.txt", "--resume"),
    "only failed without a store": ("read", "--only-failed"),
    "originals without a store": ("ingest", "ok.txt", "--keep-original"),
    "engine without an archive": ("read", "ok.txt", "--engine", "ray"),
    "unknown engine": ("read", "ok.txt", "--to", "archive", "--engine", "spark"),
    "address of a cluster for the local engine": ("read", "ok.txt", "--to", "archive", "--address", "10.0.0.1:6379"),
    "watch without a store": ("watch", "feed.rss"),
    # stores
    "store that is a text file": ("read", "--store", "notes.db"),
    "store that is a folder": ("ingest", "ok.txt", "--store", "nothing"),
    "store of another program": ("ingest", "ok.txt", "--store", "other.db"),
    "store of a newer version": ("read", "--store", "newer.db"),
    "store in a folder that is not there": ("ingest", "ok.txt", "--store", "work/reports.db"),
    "store cut short": ("read", "--store", "cut.db"),
    "check of a missing store": ("check", "reports.db"),
    "backup of a missing store": ("backup", "reports.db", "copy.db"),
    "backup onto a file": ("backup", "good.db", "ok.txt"),
    "restore of a missing backup": ("restore", "copy.db", "good.db"),
    "restore of something else": ("restore", "notes.db", "good.db"),
    "evaluation of a missing store": ("evaluate", "--store", "reports.db"),
    # outputs
    "page into a folder that is not there": (*STORY_WORDS, "--html", "pages/report.html"),
    "page onto a folder": (*STORY_WORDS, "--html", "nothing"),
    "export into a file that is a folder": ("export", "story.jsonl", "--format", "json", "--out", "nothing/x/y.json"),
    # the desk
    "desk for everybody": ("desk", "--store", "good.db", "--no-open", "--host", "0.0.0.0"),
    "desk on a store that is none": ("desk", "--store", "notes.db", "--no-open"),
    "desk with a missing report": ("desk", "reprots.txt", "--no-open"),
}


def said(words: tuple[str, ...], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> tuple[int, str]:
    """Exit code and what the command said, run as a person runs it."""
    from crossread.cli.app import run

    monkeypatch.setattr(sys, "argv", ["crossread", *words])
    capsys.readouterr()
    try:
        run()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 3
    shown = capsys.readouterr().err
    shown = shown.replace("python -m pytest.crossread", "crossread")
    return code, re.sub(r"knows \d+", "knows N", re.sub(r"\d+\.\d MB free", "N MB free", shown))


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    _files(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "120")
    return tmp_path


@pytest.mark.parametrize("name", MISTAKES)
def test_mistake(
    name: str, place: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, snapshot: SnapshotAssertion
) -> None:
    code, shown = said(MISTAKES[name], capsys, monkeypatch)
    shown = shown.replace(str(place), "FOLDER")
    assert code in (1, 2, 3), shown
    assert "Traceback" not in shown
    assert shown.strip()
    assert {"command": " ".join(("crossread", *MISTAKES[name])), "exit code": code, "says": shown.splitlines()} == snapshot


def test_no_right_to_read(place: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    from crossread.ingest import ingest_paths

    list(ingest_paths(["ok.txt"]))  # what is loaded later must not need the rights that are given up
    (place / "ok.txt").chmod(0)
    place.chmod(0o755)
    is_root = os.geteuid() == 0
    try:
        if is_root:
            os.seteuid(65534)
        code, shown = said(("ingest", "ok.txt"), capsys, monkeypatch)
    finally:
        if is_root:
            os.seteuid(0)
    assert code == 1
    assert "ok.txt" in shown
    assert "no right to read it; change the file's rights or copy it to a place of your own" in shown


@pytest.mark.parametrize(
    "words",
    [(*STORY_WORDS, "--html", "page.html"), (*STORY_WORDS, "--md", "page.md"), ("ingest", "ok.txt", "--store", "new.db")],
    ids=lambda w: w[-2],
)
def test_full_disk(
    words: tuple[str, ...], place: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    said(STORY_WORDS, capsys, monkeypatch)
    code, shown = _on_a_full_disk(lambda: said(words, capsys, monkeypatch))
    assert code == 3
    assert words[-1] in shown
    assert re.search("disk|space|room|too large", shown), shown
    assert not (place / words[-1]).exists() or words[-1].endswith(".db")


def _on_a_full_disk(work: Callable[[], tuple[int, str]]) -> tuple[int, str]:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (400, before[1]))
    try:
        return work()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)


def test_two_commands_at_once_wait_for_each_other(
    place: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import threading
    import time

    other = sqlite3.connect(place / "good.db", check_same_thread=False, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    def end() -> None:
        time.sleep(1)
        other.execute("COMMIT")

    threading.Thread(target=end).start()
    code, shown = said(("ingest", "ok.txt", "--store", "good.db"), capsys, monkeypatch)
    other.close()
    assert (code, "1 document, 0 not read" in shown) == (0, True), shown


def test_there_are_at_least_sixty() -> None:
    assert len(MISTAKES) >= 60
