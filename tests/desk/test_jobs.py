"""Work in the background: what arrives is read and linked, and a fault costs one document."""

import io
import os
import stat
import zipfile
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from crossread.desk.desk import Desk
from crossread.desk.files import JobState
from crossread.store import State
from tests.desk.material import OWN, client, desk_on

REPORT = (
    "Ferry aground off Lindholm\n\nLINDHOLM, 3 March 2031 - A ferry with 40 people aboard ran aground off Lindholm on Monday, "
    "the harbour office said. Nobody was hurt, said Mayor Ines Dahl.\n"
)
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Lindholm Daily</title>
<item><title>Ferry freed</title><link>https://lindholm.example/1</link><pubDate>Tue, 04 Mar 2031 08:00:00 GMT</pubDate>
<description>The ferry was freed on Tuesday, the harbour office said. Mayor Ines Dahl thanked the crews who had worked
all night.</description></item>
</channel></rss>"""


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Any]:
    """A desk on an empty store."""
    app, desk = desk_on(tmp_path / "empty.db")
    yield app
    desk.close()


def finished(desk: Desk) -> Any:
    """The newest job, when all have ended."""
    assert desk.jobs.wait(240)
    return desk.jobs.listing()[0]


@pytest.mark.timeout(400)
def test_files_texts_and_feeds_become_stories_and_faults_are_listed(empty: Any) -> None:
    desk, browser = empty.state.desk, client(empty)
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("a.txt", REPORT)
    dropped = [
        ("files", ("../../etc/ferry.txt", REPORT.encode(), "text/plain")),
        ("files", ("nothing.txt", b"", "text/plain")),
        ("files", ("noise.bin", os.urandom(4000), "application/octet-stream")),
        ("files", ("again.zip", archive.getvalue(), "application/zip")),
    ]
    assert browser.post("/inbox/files", files=dropped, headers=dict(OWN)).status_code == 303
    text = {
        "text": "The ferry was towed to Lindholm, said Mayor Ines Dahl.",
        "title": "Towed",
        "publisher": "Lindholm Post",
        "published": "2031-03-05",
    }
    assert browser.post("/inbox/text", data=text, headers=dict(OWN)).status_code == 303
    feed = {"feed": ("news", FEED.encode(), "application/xml")}
    assert browser.post("/inbox/feed", files=feed, headers=dict(OWN)).status_code == 303
    assert finished(desk).state is JobState.DONE
    jobs = desk.jobs.listing()
    assert {j.state for j in jobs} == {JobState.DONE}
    assert "not read" in jobs[-1].message
    inbox = desk.inbox()
    assert inbox.counts[State.READ] == 3
    assert not inbox.busy
    assert all(f.reason for f in inbox.failures)
    assert {f.where for f in inbox.failures} <= {"nothing.txt", "noise.bin"}
    titles = {d.title: d for d in desk.listing(State.READ)}
    assert {"Ferry aground off Lindholm", "Towed", "Ferry freed"} <= set(titles)
    file = desk.document(titles["Ferry aground off Lindholm"].id)
    assert file is not None
    assert file.arrivals[0].where == "ferry.txt"
    assert desk.original(file.document.id) == REPORT.encode()
    answer = browser.get(f"/documents/{file.document.id}/original")
    assert answer.content == REPORT.encode()
    assert answer.headers["content-type"] == "application/octet-stream"
    assert desk.stories()


@pytest.mark.timeout(400)
def test_a_killed_worker_costs_one_document_at_most(empty: Any) -> None:
    desk = empty.state.desk
    example = sorted(p for p in (files("crossread") / "examples" / "varnik").iterdir() if p.name.endswith(".txt"))
    desk.jobs.submit("paths", "example", [str(p) for p in example[:4]])
    killed = False
    import time

    deadline = time.monotonic() + 200
    while desk.jobs.busy and time.monotonic() < deadline:
        if not killed and desk.jobs.listing()[0].step == "reading" and desk.jobs.listing()[0].done >= 1:
            desk.jobs._process.kill()
            killed = True
        time.sleep(0.005)
    assert killed
    job = finished(desk)
    assert job.state is JobState.DONE
    counts = desk.inbox().counts
    assert counts[State.READ] + counts[State.FAILED] == 4
    assert counts[State.FAILED] <= 1
    assert desk.stories()
    if desk.inbox().failures:
        answer = client(empty).post("/inbox/retry", headers=dict(OWN))
        assert answer.status_code == 303
        assert finished(desk).state is JobState.DONE
        assert desk.inbox().counts[State.READ] == 4


def test_uploads_and_store_are_private(empty: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import tempfile

    private = tmp_path / "uploads"
    private.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(private))
    desk = empty.state.desk
    taken: list[Any] = []
    monkeypatch.setattr(desk.jobs, "submit", lambda *task: taken.append(task))
    client(empty).post("/inbox/files", files=[("files", ("a.txt", b"words", "text/plain"))], headers=dict(OWN))
    place = Path(taken[0][2][0][1])
    assert place.read_bytes() == b"words"
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700
    for path in desk.path.parent.glob("empty.db*"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_progress_is_shown_while_it_runs(empty: Any) -> None:
    desk = empty.state.desk
    job = desk.jobs.submit("text", "one", REPORT, {})
    assert job.state is JobState.WAITING
    assert desk.inbox().busy
    done = finished(desk)
    assert done.id == job.id
    assert done.started is not None
    assert done.ended is not None
    assert "1 stories" in done.message or "1 story" in done.message


def test_a_job_that_cannot_be_done_says_why(empty: Any) -> None:
    desk = empty.state.desk
    desk.jobs.submit("paths", "gone", ["/no/such/file.txt"])
    job = finished(desk)
    assert "/no/such/file.txt" in job.message
    desk.jobs.submit("no such kind", "x")
    job = finished(desk)
    assert job.state is JobState.FAILED
    desk.jobs.submit("text", "after a fault", REPORT, {})
    assert finished(desk).state is JobState.DONE


def test_the_client_of_an_empty_desk_gets_pages(empty: Any) -> None:
    browser: TestClient = client(empty)
    for place in ("/stories", "/inbox", "/history"):
        assert browser.get(place).status_code == 200


@pytest.mark.timeout(400)
def test_a_story_that_was_linked_again_is_found_under_its_former_address(empty: Any) -> None:
    """A page that was opened while reports were still being read leads on to the story that they are in now."""
    desk, browser = empty.state.desk, client(empty)
    browser.post("/inbox/text", data={"text": REPORT}, headers=dict(OWN))
    assert finished(desk).state is JobState.DONE
    former = desk.stories()[0].id
    later = "A ferry with 40 people aboard that ran aground off Lindholm on Monday was freed, said Mayor Ines Dahl of Lindholm."
    browser.post("/inbox/text", data={"text": f"Lindholm ferry freed\n\n{later}", "published": "2031-03-04"}, headers=dict(OWN))
    assert finished(desk).state is JobState.DONE
    now = next(s.id for s in desk.stories() if desk.now_called(former) == s.id)
    answer = browser.get(f"/stories/{former}/timeline")
    assert answer.status_code == 200 if now == former else answer.headers["location"] == f"/stories/{now}/timeline"
    assert browser.get("/stories/story-never").status_code == 404
