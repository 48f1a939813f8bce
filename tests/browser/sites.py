"""Real desks on real stores, served on a free port, for a real browser."""

import copy
import re
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import uvicorn

from crossread.desk import create_app
from crossread.linking import link_one
from crossread.records import Reading, Story
from crossread.store import open_store
from tests.desk.material import MADE_WITH, example_readings

ARRIVED = "2031-04-07T00:00:00Z"


@dataclass(frozen=True, slots=True)
class Site:
    """A desk that answers: where, its application, and its first story (empty where there is none)."""

    base: str
    app: Any
    story: str

    def enter(self) -> str:
        """A new one-time link."""
        return self.base + str(self.app.state.door.new_link())

    def at(self, path: str) -> str:
        """A page; ``{story}`` stands for the story's address."""
        return self.base + path.replace("{story}", f"/stories/{self.story}")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(store: Path) -> Iterator[Site]:
    """A desk on a store for as long as the block runs."""
    app = create_app(store)
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 60
    while not server.started:
        if time.monotonic() > until or not thread.is_alive():
            raise RuntimeError("the desk did not start within a minute")
        time.sleep(0.02)
    stories = app.state.desk.stories()
    try:
        yield Site(f"http://127.0.0.1:{port}", app, stories[0].id if stories else "")
    finally:
        server.should_exit = True
        thread.join(timeout=20)
        app.state.desk.close()


def fill_store(path: Path, readings: tuple[Reading, ...], stories: tuple[Story, ...]) -> Path:
    """A store with readings and stories."""
    with open_store(path) as store:
        with store.batch():
            for reading in readings:
                store.add(reading.document, arrived=ARRIVED)
                store.put_reading(reading, MADE_WITH)
        store.put_stories(stories)
    return path


def example_store(path: Path) -> Path:
    """The example as one story."""
    readings = example_readings()
    return fill_store(path, readings, (link_one(readings),))


def empty_store(path: Path) -> Path:
    """A store with nothing in it."""
    return fill_store(path, (), ())


def large_store(path: Path, *, n_documents: int = 500) -> Path:
    """One story of many documents: the example again and again under other names, as large as life and as quick to make."""
    readings = example_readings()
    story = link_one(readings)
    rounds = -(-n_documents // len(readings))
    every: list[Reading] = []
    parts: dict[str, list[Any]] = {}
    for n in range(rounds):
        renamed = {r.document.id: f"{r.document.id}-{n}" for r in readings}
        every.extend(_copied(r, renamed, n) for r in readings)
        for field, items in _renumbered(story, renamed, n).items():
            parts.setdefault(field, []).extend(items)
    every = every[:n_documents]
    kept = {r.document.id for r in every}
    parts["documents"] = [d for d in parts["documents"] if d in kept]
    parts["outside"] = [o for o in parts["outside"] if o["document"] in kept]
    whole = msgspec.convert(
        {"id": story.id, "title": story.title, "brief": parts["brief"][:12]} | {k: v for k, v in parts.items() if k != "brief"},
        Story,
    )
    return fill_store(path, tuple(every), (whole,))


def _copied(reading: Reading, renamed: dict[str, str], n: int) -> Reading:
    document = reading.document
    other = msgspec.structs.replace(document, id=renamed[document.id], publisher=f"{document.publisher or 'Gazette'} {n}")
    return msgspec.structs.replace(reading, document=other)


def _renumbered(story: Story, renamed: dict[str, str], n: int) -> dict[str, list[Any]]:
    """The story's lists with all ids of this round's own."""
    built = msgspec.json.decode(msgspec.json.encode(story))
    own = {
        item["id"]: f"{item['id']}-{n}"
        for value in built.values()
        if isinstance(value, list)
        for item in value
        if isinstance(item, dict) and "id" in item
    }

    def walk(value: Any) -> Any:
        if isinstance(value, str):
            return renamed.get(value) or own.get(value) or value
        if isinstance(value, list):
            return [walk(v) for v in value]
        return {k: walk(v) for k, v in value.items()} if isinstance(value, dict) else value

    return {k: walk(copy.deepcopy(v)) for k, v in built.items() if isinstance(v, list)}


def pages_of(site: Site) -> dict[str, str]:
    """Every kind of page of a site by name, as paths."""
    paths = {
        "stories": "/stories",
        "search": "/stories?q=truce",
        "inbox": "/inbox",
        "history": "/history",
        "help": "/help",
        "missing": "/nothing-here",
    }
    file = site.app.state.desk.story(site.story) if site.story else None
    if file is None:
        return paths
    home = f"/stories/{site.story}"
    sections = (
        "disputes",
        "figures",
        "timeline",
        "threads",
        "speakers",
        "events",
        "network",
        "map",
        "agreements",
        "copies",
        "documents",
    )
    tools = ("print", "queue", "queue?level=document", "history", "agreement", "add", "export")
    paths |= {"story": home} | {re.sub(r"\W.*", "-of-documents", x): f"{home}/{x}" for x in (*sections, *tools)}
    actor = next(a for a in file.story.actors if len(a.forms) > 1)
    finding = file.by_item[file.story.events[0].id]
    found = {d: list(site.app.state.desk.decided(d).findings) for d in file.story.documents}
    document, (single, *_) = next((d, findings) for d, findings in found.items() if findings)
    return paths | {
        "actor": f"{home}/actors/{actor.id}",
        "finding": f"{home}/findings/{finding.key}",
        "finding-of-document": f"/documents/{document}/findings/{single}",
        "document": f"/documents/{document}?story={site.story}",
    }


def copy_of(store: Path, folder: Path) -> Path:
    """A copy that a test may change."""
    target = folder / "desk.db"
    shutil.copy(store, target)
    return target
