"""What arrives at the desk from its forms: files and texts become jobs, searches are kept."""

import os
import re
import shutil
import tempfile
from pathlib import Path
from typing import Any

from crossread.desk.desk import Desk
from crossread.desk.files import Job
from crossread.desk.jobs import TooManyJobs
from crossread.desk.worker import now
from crossread.errors import InputError
from crossread.store import State

MOST_TEXT = 2_000_000
MOST_NAME, MOST_QUERY, MOST_SEARCHES = 100, 2000, 200


class NotTaken(InputError):
    """Something that the desk does not take; the message says why and what it would."""


def submit(desk: Desk, kind: str, title: str, *arguments: Any) -> Job:
    """Put a job into the queue.

    Raises:
        NotTaken: If too many wait already.
    """
    try:
        return desk.jobs.submit(kind, title, *arguments)
    except TooManyJobs:
        raise NotTaken("too many jobs wait already; wait for some of them to end, then try again") from None


def take_files(desk: Desk, files: list[Any], *, kind: str = "files") -> Job:
    """Uploaded files (`starlette.datastructures.UploadFile`) become a job; they lie in a private folder until it has read them."""
    if not files:
        raise NotTaken("no file was chosen; choose reports (text, HTML, JSON Lines, WARC, feeds, mail) or archives of them")
    folder = Path(tempfile.mkdtemp(prefix="crossread-"))
    kept: list[tuple[str, str]] = []
    try:
        for number, upload in enumerate(files):
            name, place = clean_name(upload.filename or "", kind), folder / str(number)
            with os.fdopen(os.open(place, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as out:
                shutil.copyfileobj(upload.file, out)
            kept.append((name, str(place)))
        title = kept[0][0] if len(kept) == 1 else f"{len(kept)} files ({kept[0][0]} and others)"
        return submit(desk, "files", title, kept)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def clean_name(name: str, kind: str) -> str:
    """The last part of a file's name, printable; a feed without a known ending gets one, so that it is read as a feed."""
    last = re.split(r"[\\/]", name)[-1]
    kept = "".join(c for c in last if c.isprintable()).strip()[:200] or "upload"
    if kind == "feed" and not kept.lower().endswith((".xml", ".rss", ".atom")):
        kept += ".xml"
    return kept


def take_text(desk: Desk, text: str, known: dict[str, str | None]) -> Job:
    """Pasted text becomes a job."""
    if not text.strip():
        raise NotTaken("no text was given; paste the report's words")
    if len(text) > MOST_TEXT:
        raise NotTaken(f"the text is longer than {MOST_TEXT:,} characters; save it as a file and drop that")
    if known.get("published") and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", known["published"] or ""):
        raise NotTaken(f"{known['published']!r} is no day; write it like 2023-05-16")
    title = known.get("title") or " ".join(text.split())[:60]
    return submit(desk, "text", str(title), text, known)


def take_address(desk: Desk, address: str) -> Job:
    """The address of a feed, a page or a sitemap becomes a job; what it gives passes the same gate as with ``crossread ingest --fetch``."""
    if not desk.fetch:
        raise NotTaken("this desk asks no addresses: start it with --fetch, or save the feed or page and drop the file")
    if not re.match(r"https?://[^\s/]", address, re.IGNORECASE) or len(address) > MOST_QUERY:
        raise NotTaken(f"{address[:200]!r} is no address of the web; give one that begins with https:// or http://")
    return submit(desk, "paths", address, [address], True)


def retry(desk: Desk, documents: list[str]) -> Job:
    """Documents that failed are read again."""
    failed = [f.document for f in desk.inbox().failures]
    chosen = [d for d in documents if d in failed] if documents else failed
    if not chosen:
        raise NotTaken(f"none of these documents is {State.FAILED.value} now; reload the page")
    return submit(desk, "retry", "Try again" if len(chosen) > 1 else f"Try {chosen[0]} again", chosen)


def save_search(desk: Desk, name: str, query: str) -> None:
    """Keep a search under a name."""
    if not name or len(name) > MOST_NAME:
        raise NotTaken(f"give the search a name of at most {MOST_NAME} characters")
    if len(query) > MOST_QUERY:
        raise NotTaken("the search is too long to be kept; shorten it")
    with desk.lock:
        known = {s.name for s in desk.log.searches()}
        if name not in known and len(known) >= MOST_SEARCHES:
            raise NotTaken(f"there are {MOST_SEARCHES} saved searches already; delete one first")
        desk.log.save_search(name, query.lstrip("?"), at=now())
