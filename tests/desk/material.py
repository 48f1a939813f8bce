"""Stores for tests of the desk: the example story, read once a session, whole or in part."""

import re
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any

import msgspec
from starlette.testclient import TestClient

from crossread.calls import link, read_all
from crossread.desk.app import create_app
from crossread.desk.desk import Desk
from crossread.ingest import ingest_paths
from crossread.jsonlines import decode, encode
from crossread.linking import link_one
from crossread.records import Reading, Story
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


_LISTS = (
    "documents",
    "copies",
    "actors",
    "places",
    "events",
    "claims",
    "figures",
    "corroborations",
    "disputes",
    "threads",
    "timeline",
)
_ITEM = re.compile(r'"(actor|place|event|claim|figure|corroboration|dispute|thread|entry|copy|line)-(\d+)"')


def large(path: Path, n_documents: int = 500) -> Path:
    """A store with one story of many documents: the example's again and again, under other ids and in other outlets."""
    inside = link_one(example_readings())
    readings = [r for r in example_readings() if r.document.id in inside.documents]
    kept: list[Reading] = []
    lists: dict[str, list[Any]] = {name: [] for name in _LISTS}
    for turn in range(-(-n_documents // len(readings))):
        text = _ITEM.sub(rf'"\1-{turn}-\2"', encode(inside).decode())
        for reading in readings:
            name, outlet = reading.document.id, f"{reading.document.publisher or 'Gazette'} {turn}"
            text = text.replace(f'"{name}"', f'"{name}-{turn}"')
            document = msgspec.structs.replace(reading.document, id=f"{name}-{turn}", publisher=outlet)
            kept.append(msgspec.structs.replace(reading, document=document))
        copy = decode(text, Story)
        for name in _LISTS:
            lists[name] += getattr(copy, name)
    story = msgspec.structs.replace(inside, outside=(), **{name: tuple(values) for name, values in lists.items()})
    with open_store(path) as store:
        with store.batch():
            for reading in kept:
                store.add(reading.document, arrived="2031-04-07T00:00:00Z")
                store.put_reading(reading, MADE_WITH)
        store.put_stories([story])
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
