"""Stores for tests of the desk: the example story, read once a session, whole or in part."""

from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any

from starlette.testclient import TestClient

from crossread.calls import link, read_all
from crossread.desk.app import create_app
from crossread.desk.desk import Desk
from crossread.ingest import ingest_paths
from crossread.records import Reading
from crossread.store import Versions, open_store

TOKEN = "a-token-for-tests-only"
BASE = "http://127.0.0.1:80"
OWN = MappingProxyType({"Sec-Fetch-Site": "same-origin", "Origin": "http://127.0.0.1"})
"""What a browser sends with a form of the desk's own page."""
MADE_WITH = Versions(model="test", code="test", codebook="test")


@cache
def example_readings() -> tuple[Reading, ...]:
    """Readings of the example that the package ships."""
    return tuple(read_all(ingest_paths([str(files("crossread") / "examples" / "varnik")])))


def fill(path: Path, readings: tuple[Reading, ...]) -> Path:
    """A store with these readings and the stories that they link to."""
    with open_store(path) as store:
        for reading in readings:
            store.add(reading.document, arrived="2031-04-07T00:00:00Z")
            store.put_reading(reading, MADE_WITH)
        store.put_stories(link(readings))
    return path


def client(app: Any, **headers: str) -> TestClient:
    """A browser's session on the desk, entered by the one-time link."""
    browser = TestClient(app, base_url=BASE, follow_redirects=False, headers=dict(headers), raise_server_exceptions=True)
    assert browser.get(app.state.door.new_link()).status_code == 303
    return browser


def desk_on(path: Path, **options: Any) -> tuple[Any, Desk]:
    """The application on a store, and its desk."""
    app = create_app(path, token=TOKEN, **options)
    return app, app.state.desk
