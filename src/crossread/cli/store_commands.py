"""What commands do with a store (``--store FILE``), and the commands that look after one."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from crossread.cli.console import Messages
    from crossread.records import Document, Reading
    from crossread.store import State, Store, Versions

BATCH = 50
_FILE = Annotated[str, typer.Argument(help="The store.")]


def ingest_into(path: str, documents: "Iterable[Document]") -> int:
    """Add documents to a store, a batch a commit; returns how many arrived."""
    from crossread.store import open_store

    stream, count = iter(documents), 0
    with open_store(path) as store:
        while batch := list(islice(stream, BATCH)):
            arrived = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
            with store.batch():
                for document in batch:
                    store.add(document, arrived=arrived)
            count += len(batch)
    return count


@cache
def versions_of(model: str | None) -> "Versions":
    """What readings are made with now: model (with its digest), code, codebook."""
    import hashlib
    from importlib.resources import files

    from crossread import __version__
    from crossread.models.load import read_meta
    from crossread.store import Versions

    if model is None:
        digests = sorted(str(v) for v in read_meta()["files"].values())
        model = "crossread:" + hashlib.sha256("".join(digests).encode()).hexdigest()[:12]
    digest = hashlib.sha256()
    for content in _contents(files("crossread") / "codebook"):
        digest.update(content)
    return Versions(model=model, code=__version__, codebook=digest.hexdigest()[:12])


def _contents(folder: "Traversable") -> "Iterator[bytes]":
    """Contents of all files below a folder of the package, in order of their names; compiled code is left out."""
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.is_dir():
            if entry.name != "__pycache__":
                yield from _contents(entry)
        else:
            yield entry.read_bytes()


def waiting(store: "Store", states: "tuple[State, ...]") -> "Iterator[Document]":
    """Documents of a store that are in one of the states when their turn comes."""
    names = [found.id for state in states for found in store.listing(state=state)]
    for name in sorted(names):
        document = store.document(name)
        if document is not None:
            yield document


def read_into(path: str, *, only_failed: bool, reread: bool, model: str | None, workers: int, messages: "Messages") -> int:
    """Read what waits in a store (new documents; failed ones; or all again) and keep the readings; returns how many were read.

    A run that was interrupted goes on where it stopped: what is read already is not read again.
    """
    from crossread.calls import read_all
    from crossread.scale import read_with_workers
    from crossread.store import State, open_store

    states = (State.FAILED,) if only_failed else (State.NEW, State.READ, State.FAILED) if reread else (State.NEW,)
    count = 0
    with open_store(path) as store:
        documents = waiting(store, states)
        readings = read_with_workers(documents, workers=workers, model=model) if workers > 1 else read_all(documents, model=model)
        with messages.progress(readings, what="reading") as stream:
            while batch := list(islice(stream, BATCH)):
                with store.batch():
                    for reading in batch:
                        count += keep(store, reading, versions_of(model), messages)
    return count


def keep(store: "Store", reading: "Reading", versions: "Versions", messages: "Messages") -> bool:
    """Put one reading into the store, or its failure where nothing of it could be read."""
    failure = next((p.message for p in reading.problems if p.severity == "error"), None)
    if failure is not None and not reading.sentences:
        messages.check(reading.document, reading.problems)
        store.put_failure(reading.document.id, failure)
        return False
    store.put_reading(reading, versions)
    return True


def link_in(path: str) -> tuple[int, int]:
    """Link all readings of a store and keep the stories; returns how many readings and stories."""
    from crossread.calls import link
    from crossread.store import open_store

    with open_store(path) as store:
        readings = list(store.readings())
        stories = link(readings)
        store.put_stories(stories)
    return len(readings), len(stories)


def register(app: typer.Typer) -> None:
    """Add the commands that look after a store."""

    @app.command()
    def backup(store: _FILE, to: Annotated[str, typer.Argument(help="A new file for the copy.")]) -> None:
        """Copy a store, also while it is in use; the copy appears whole or not at all."""
        from crossread.store.maintenance import backup as copy

        copy(store, to)
        typer.echo(f"{to}: written", err=True)

    @app.command()
    def restore(copy: Annotated[str, typer.Argument(help="The backup.")], store: _FILE) -> None:
        """Put a backup in the place of a store; what was there is kept as NAME.before-restore."""
        from crossread.store.maintenance import restore as put_back

        put_back(copy, store)
        typer.echo(f"{store}: restored from {copy}", err=True)

    @app.command()
    def check(store: _FILE) -> None:
        """Look for damage in a store; exit code 1 when there is some."""
        from crossread.store.maintenance import check as look

        health = look(store)
        for fault in health.faults:
            typer.echo(f"{store}: {fault}", err=True)
        state = (
            f"{len(health.faults)} faults; `crossread restore BACKUP {store}` brings a backup back"
            if health.faults
            else "no faults"
        )
        typer.echo(
            f"{store}: {health.documents} documents, {health.readings} readings, {health.stories} stories; {state}", err=True
        )
        raise typer.Exit(1 if health.faults else 0)
