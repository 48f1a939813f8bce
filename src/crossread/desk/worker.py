"""The process that ingests, reads and links for the desk, so that pages stay quick and a document that kills it costs one document.

Tasks come over a pipe as ``(kind, arguments)``; it answers with ``(word, ...)``: ``step`` (name, done, total, message),
``reading`` (document id, before it is read), ``linked``, ``done`` (message) and ``failed`` (message).
"""

import contextlib
import gc
import hashlib
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path
from types import ModuleType
from typing import Any, Protocol

from crossread.errors import CrossreadError
from crossread.records import Document, FileSource
from crossread.store import State, Store, open_store

MOST_ORIGINAL = 20 * 1024 * 1024
"""Originals larger than this are not kept."""
FIRST_LOOK = 3
"""Documents that are read before a first look at the stories."""
Tell = Callable[..., None]


class Closable(Protocol):
    """A pipe or socket."""

    def close(self) -> None:
        """Let go of it."""


def main(pipe: Connection, store: str, model: str | None, inherited: Iterable[Closable] = ()) -> None:
    """Do tasks until the pipe closes; ``inherited`` is what a forked worker has from the desk and must not hold open."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the desk decides when to stop
    for end in inherited:
        end.close()
    _loading.start(model)
    while True:
        try:
            kind, arguments = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            message = _TASKS[kind](store, model, lambda *words: pipe.send(words), *arguments)
        except CrossreadError as err:
            pipe.send(("failed", str(err)))
        except Exception as err:  # told to the desk; the next task may do better
            pipe.send(("failed", f"{type(err).__name__}: {err}"))
        else:
            pipe.send(("done", message))


class _Loading:
    """Loads what reading and linking need, while documents are being taken in and read."""

    def __init__(self) -> None:
        self._reader_is_there = threading.Event()

    def start(self, model: str | None) -> None:
        """Begin, in a thread."""
        threading.Thread(target=self._load, args=(model,), daemon=True).start()

    def wait(self) -> None:
        """Until the reader is loaded, so that it is not loaded twice."""
        self._reader_is_there.wait()

    def _load(self, model: str | None) -> None:
        from importlib import import_module

        gc.disable()  # what is loaded stays: searching it for cycles takes a tenth of the time
        try:
            with contextlib.suppress(CrossreadError), _without_commands(model):  # the first task says what is wrong
                from crossread.calls import read_all

                list(read_all([], model=model))
        finally:
            gc.freeze()
            gc.enable()
            self._reader_is_there.set()
        for name in ("clusters", "copies", "places", "actors", "events", "figures", "disputes", "threads", "timeline", "brief"):
            import_module(f"crossread.linking.{name}")


_loading = _Loading()


@contextlib.contextmanager
def _without_commands(model: str | None) -> Iterator[None]:
    """Import spaCy without its command line, two fifths of the import, which a worker with the shipped model has no use for."""
    names = ("spacy.cli", "spacy.cli.info")
    left_out = model is None and not any(name in sys.modules for name in ("spacy", *names))
    if left_out:
        sys.modules |= {name: ModuleType(name) for name in names}
        sys.modules["spacy.cli.info"].__dict__["info"] = None
    try:
        yield
    finally:
        for name in names if left_out else ():
            del sys.modules[name]


def now() -> str:
    """This moment in UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


# ---------------------------------------------------------------- arrival


def _add(
    store: Store, documents: Iterator[Document], tell: Tell, original: Callable[[Document], bytes | None]
) -> tuple[int, list[str]]:
    count, failed = 0, []
    for document in documents:
        with store.batch():
            store.add(document, arrived=now(), original=original(document))
        count += 1
        failed += [p.message for p in document.problems if p.severity == "error"][:1]
        tell("step", "ingesting", count, None, document.title or document.id)
    return count, failed


def _files(path: str, model: str | None, tell: Tell, files: list[tuple[str, str]]) -> str:
    """Files that were dropped on the desk: ``(name, where they lie now)``."""
    from crossread.ingest import ingest_bytes

    total, failed = 0, list[str]()
    with open_store(path) as store:
        for name, place in files:
            data = Path(place).read_bytes()
            documents = ingest_bytes(data, name=name, source=FileSource(path=name))
            n, wrong = _add(store, documents, tell, lambda document, data=data: _kept(document, data))  # type: ignore[misc]
            total, failed = total + n, failed + wrong
    return _read_and_link(path, model, tell, f"{total} documents arrived", failed)


def _kept(document: Document, data: bytes) -> bytes | None:
    """The bytes, where they are this document's alone and not too large."""
    is_whole = document.raw_sha256 == hashlib.sha256(data).hexdigest()
    return data if is_whole and len(data) <= MOST_ORIGINAL else None


def _paths(path: str, model: str | None, tell: Tell, paths: list[str], fetch: bool = False) -> str:
    """Files, folders and archives of this machine, named by who started the desk; with ``fetch`` also addresses."""
    from crossread.cli.fetching import fetching
    from crossread.ingest import ingest_paths

    noted: list[str] = []
    with fetching(fetch) as asked, open_store(path) as store:
        documents = ingest_paths(
            paths, on_problem=lambda p: noted.append(p.message) if p.severity == "error" else None, fetch=asked
        )
        total, failed = _add(store, documents, tell, _on_disk)
    return _read_and_link(path, model, tell, f"{total} documents arrived", [*noted, *failed])


def _on_disk(document: Document) -> bytes | None:
    source = document.source
    if not isinstance(source, FileSource):
        return None
    place = Path(source.path)
    if not place.is_file() or place.stat().st_size > MOST_ORIGINAL:
        return None
    return _kept(document, place.read_bytes())


def _text(path: str, model: str | None, tell: Tell, text: str, known: dict[str, Any]) -> str:
    """Text that was pasted, with what is known beside it."""
    from crossread.ingest import ingest_text

    document = ingest_text(text, **known)
    with open_store(path) as store:
        _, failed = _add(store, iter([document]), tell, lambda _: None)
    return _read_and_link(path, model, tell, "1 document arrived", failed)


# ---------------------------------------------------------------- reading and linking


def _retry(path: str, model: str | None, tell: Tell, names: list[str]) -> str:
    """Read again what failed."""
    return _read_and_link(path, model, tell, "tried again", [], retry=names)


def _again(path: str, model: str | None, tell: Tell) -> str:
    """Go on after a document that killed this process, or link everything anew."""
    return _read_and_link(path, model, tell, "", [])


def _read_and_link(
    path: str, model: str | None, tell: Tell, message: str, failed: list[str], *, retry: list[str] | None = None
) -> str:
    with open_store(path) as store:
        names = retry or [f.id for f in store.listing(state=State.NEW)]
        failed = failed + _read(store, names, model, tell)
    n_stories = _link(path, tell)
    parts = [message, f"{len(names)} read" if names else "", f"{n_stories} stories", f"{len(failed)} not read" if failed else ""]
    return ", ".join(p for p in parts if p) + (f" ({failed[0]})" if failed else "")


def _link(path: str, tell: Tell) -> int:
    from crossread.cli.store_commands import link_in

    tell("step", "linking", 0, None, "")
    _, n_stories = link_in(path)
    tell("linked")
    return n_stories


def _read(store: Store, names: list[str], model: str | None, tell: Tell) -> list[str]:
    from crossread.calls import read_all
    from crossread.cli.store_commands import versions_of

    _loading.wait()
    failed: list[str] = []
    next_look = FIRST_LOOK
    for number, name in enumerate(names):
        document = store.document(name)
        if document is None:
            continue
        if number == next_look:  # stories show while the rest is read; four times as many each time, so that it costs little
            tell("reading", "")
            _link(str(store.path), tell)
            next_look *= 4
        tell("reading", name)
        tell("step", "reading", number, len(names), document.title or name)
        reading = next(iter(read_all([document], model=model)))
        failure = next((p.message for p in reading.problems if p.severity == "error"), None)
        if failure is not None and not reading.sentences:
            store.put_failure(name, failure)
            failed.append(failure)
        else:
            store.put_reading(reading, versions_of(model))
    tell("reading", "")
    return failed


_TASKS: dict[str, Callable[..., str]] = {"files": _files, "paths": _paths, "text": _text, "retry": _retry, "link": _again}
