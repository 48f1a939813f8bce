"""Feeds and pages by address: never without ``--fetch``, and with it only through the gate that keeps the inside of the network out."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from crossread.desk import worker
from crossread.desk.files import JobState
from crossread.desk.serve import check_paths
from crossread.errors import ConfigError
from crossread.ingest import fetch
from crossread.ingest.fetch import Fetcher
from crossread.store import State, open_store
from tests.desk.material import OWN, client, desk_on
from tests.desk.test_jobs import FEED, finished
from tests.unit.ingest.test_fetch import Site, say

FORM = "Address of a feed, a page or a sitemap"


@pytest.fixture
def site() -> Iterator[Site]:
    """A server on this machine with a feed."""
    found = Site({"/feed.xml": say(200, FEED.encode(), Content_Type="application/rss+xml")})
    yield found
    found.close()


@pytest.fixture
def asking(tmp_path: Path) -> Iterator[Any]:
    """A desk that may ask addresses."""
    app, desk = desk_on(tmp_path / "asking.db", fetch=True)
    yield app
    desk.close()


def test_without_fetch_there_is_no_such_form_and_no_such_work(app: Any) -> None:
    browser = client(app)
    page = browser.get("/inbox").text
    assert FORM not in page
    assert "fetches nothing from the web" in page
    answer = browser.post("/inbox/address", data={"address": "https://lindholm.example/feed.xml"}, headers=dict(OWN))
    assert answer.status_code == 400
    assert "--fetch" in answer.text
    assert not app.state.desk.jobs.listing()


@pytest.mark.parametrize(
    "address", ["", "feed.xml", "file:///etc/passwd", "javascript:alert(1)", "ftp://lindholm.example/x", "https:///x"]
)
def test_what_is_no_address_of_the_web_is_refused(asking: Any, address: str) -> None:
    browser = client(asking)
    assert FORM in browser.get("/inbox").text
    assert browser.post("/inbox/address", data={"address": address}, headers=dict(OWN)).status_code == 400
    assert not asking.state.desk.jobs.listing()


@pytest.mark.timeout(300)
def test_an_address_inside_the_network_is_never_asked(asking: Any, site: Site) -> None:
    desk, browser = asking.state.desk, client(asking)
    for address in (site.url.replace("news.test", "127.0.0.1") + "/feed.xml", "http://127.0.0.1/feed.xml"):
        assert browser.post("/inbox/address", data={"address": address}, headers=dict(OWN)).status_code == 303
    assert finished(desk).state is JobState.DONE
    assert site.asked == []
    assert desk.inbox().counts[State.FAILED] == 2
    assert all("http://127.0.0.1" in f.reason for f in desk.inbox().failures)


@pytest.mark.timeout(300)
def test_a_feed_by_address_is_read(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The worker's own task, on a server of this machine that stands for one of the web."""
    local = Fetcher(lookup=site.lookup, allowed=lambda address: True, pause=0, check=lambda url: url)
    monkeypatch.setattr(fetch, "Fetcher", lambda: local)
    monkeypatch.setattr(worker, "_read_and_link", lambda *a, **k: "")
    worker._TASKS["paths"](str(tmp_path / "web.db"), None, lambda *words: None, [f"{site.url}/feed.xml"], True)
    assert [path for path, _ in site.asked] == ["/robots.txt", "/feed.xml"]
    with open_store(tmp_path / "web.db") as store:
        assert [found.title for found in store.listing(state=State.NEW)] == ["Ferry freed"]


def test_the_command_takes_addresses_only_with_fetch() -> None:
    with pytest.raises(ConfigError, match="--fetch"):
        check_paths(["https://lindholm.example/feed.xml"])
    assert check_paths(["https://lindholm.example/feed.xml"], fetch=True) == ["https://lindholm.example/feed.xml"]
    command = [sys.executable, "-m", "crossread", "desk", "--no-open", "https://lindholm.example/feed.xml"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 3
    assert "--fetch" in done.stderr
