"""What commands do with a store (``--store FILE``), and the commands that look after one."""

import os
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from crossread.cli.console import Messages
    from crossread.ingest import Entry
    from crossread.ingest.readers import Fetch
    from crossread.records import Document, Reading
    from crossread.store import State, Store, Versions
    from crossread.store.maintenance import Health

BATCH = 100
BATCH_SECONDS = 5.0
FAILED_SHOWN = 20
_FILE = Annotated[str, typer.Argument(metavar="STORE", help="The store.")]
T = TypeVar("T")


def batches(items: Iterable[T]) -> Iterator[list[T]]:
    """Items in lists of `BATCH`, fewer when `BATCH_SECONDS` have gone by: what one commit carries, so that slow work is kept in time too."""
    batch: list[T] = []
    since = time.monotonic()
    for item in items:
        batch.append(item)
        if len(batch) >= BATCH or time.monotonic() - since >= BATCH_SECONDS:
            yield batch
            batch, since = [], time.monotonic()
    if batch:
        yield batch


def ingest_into(
    path: str,
    paths: Iterable[str],
    *,
    messages: "Messages",
    as_is: bool = False,
    resume: bool = False,
    fetch: "Fetch | None" = None,
    keep_originals: bool = False,
) -> int:
    """Take reports into a store, a batch a commit, each with its position in its input; returns how many arrived.

    Args:
        path: The store.
        paths: Files, folders, globs or archives.
        messages: Told of what could not be read.
        as_is: Leave text untouched.
        resume: Go on where an earlier run stopped: inputs taken in wholly are passed over, one that was cut short goes on at its position.
        fetch: Asks addresses; without it they are not asked.
        keep_originals: Keep the bytes of each report as they came.
    """
    from crossread.ingest import ingest_entries
    from crossread.store import open_store

    count = 0
    with open_store(path) as store:
        intake = _Intake(store, messages, resume=resume)
        how = {"fetch": fetch, "keep_originals": keep_originals}
        entries = ingest_entries(paths, as_is=as_is, on_problem=messages.note, after=intake.after, **how)  # type: ignore[arg-type]
        with messages.progress(entries, what="ingesting") as stream:
            for batch in batches(stream):
                with store.batch():
                    count += intake.take(batch)
        intake.report()
    return count


class _Intake:
    """Puts entries of inputs into a store and keeps how far each input has come."""

    def __init__(self, store: "Store", messages: "Messages", *, resume: bool) -> None:
        self.store, self.messages, self.resume = store, messages, resume
        self.fingerprints: dict[str, str | None] = {}
        self.failing: set[str] = set()
        self.n_passed = 0

    def after(self, path: str) -> int | None:
        """How many documents of an input were taken in before; ``None`` for all of them."""
        name = _position_name(path)
        now = self.fingerprints[path] = fingerprint(path)
        known = self.store.position(name) if self.resume else None
        if known is None or now is None or known[1] != now:
            return 0
        self.n_passed += 1
        return None if self.store.is_done(name) else known[0]

    def take(self, batch: "list[Entry]") -> int:
        """Put a batch into the store, inside a transaction; returns how many documents."""
        arrived, count = _now(), 0
        reached: dict[str, Entry] = {}
        for entry in batch:
            reached[entry.path] = entry
            if entry.document is not None:
                count += 1
                self.messages.check(entry.document)
                if not entry.document.text.strip():
                    self.failing.add(entry.path)
                self.store.add(entry.document, arrived=arrived, original=entry.original)
        for path, entry in reached.items():
            self._mark(path, entry)
        return count

    def _mark(self, path: str, entry: "Entry") -> None:
        mark = self.fingerprints[path]
        is_retried = path in self.failing and entry.number <= 1  # a file that could not be read is tried again
        if mark is not None and not is_retried:
            self.store.put_position(_position_name(path), entry.number, mark, done=entry.document is None)

    def report(self) -> None:
        """Say what a resumed run passed over."""
        if self.n_passed:
            self.messages.say(f"taken in before, wholly or in part, and gone on from there: {self.n_passed} of the inputs")


def _position_name(path: str) -> str:
    from crossread.ingest.readers import shown

    return shown(os.path.abspath(path))


def fingerprint(path: str) -> str | None:
    """What tells a file from a later state of it: size, time of change, digest of its beginning; ``None`` for what is no file."""
    import hashlib

    try:
        if not os.path.isfile(path):
            return None
        status = os.stat(path)
        with open(path, "rb") as handle:
            head = hashlib.sha256(handle.read(65_536)).hexdigest()[:16]
    except OSError:
        return None
    return f"{status.st_size}:{status.st_mtime_ns}:{head}"


def _now() -> str:
    """Time of arrival; ``SOURCE_DATE_EPOCH`` fixes it, for runs that must give the same bytes (https://reproducible-builds.org)."""
    fixed = os.environ.get("SOURCE_DATE_EPOCH", "")
    moment = datetime.fromtimestamp(int(fixed), UTC) if fixed.isdigit() else datetime.now(UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


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


def waiting(store: "Store", states: "tuple[State, ...]", *, not_by: "Versions | None" = None) -> "Iterator[Document]":
    """Documents of a store that are in one of the states when their turn comes; ``not_by`` leaves out what these versions have read."""
    from crossread.store import State

    names = {found.id for state in states for found in store.listing(state=state)}
    if not_by is not None:
        read_before = {found.id for found in store.listing(state=State.READ)} - set(store.not_made_with(not_by))
        names -= read_before
    for name in sorted(names):
        if store.state(name) in states:  # another process may have read it meanwhile
            document = store.document(name)
            if document is not None:
                yield document


def read_into(
    path: str,
    *,
    messages: "Messages",
    only_failed: bool = False,
    reread: bool = False,
    resume: bool = False,
    model: str | None = None,
    workers: int = 1,
) -> int:
    """Read what waits in a store (new documents; failed ones; or all again) and keep the readings; returns how many were read.

    A run that was interrupted goes on where it stopped: what is read already is not read again.  With ``reread``, ``resume`` leaves out what
    was read with the present model, code and codebook.
    """
    from crossread.calls import read_all
    from crossread.scale import read_with_workers
    from crossread.store import State, open_store

    states = (State.FAILED,) if only_failed else (State.NEW, State.READ, State.FAILED) if reread else (State.NEW,)
    count = 0
    with open_store(path) as store:
        documents = waiting(store, states, not_by=versions_of(model) if reread and resume else None)
        readings = read_with_workers(documents, workers=workers, model=model) if workers > 1 else read_all(documents, model=model)
        with messages.progress(readings, what="reading") as stream:
            for batch in batches(stream):
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
    return store.put_reading(reading, versions)


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
    def backup(store: _FILE, to: Annotated[str, typer.Argument(metavar="COPY", help="A new file for the copy.")]) -> None:
        """Copy a store, also while it is in use.

        The copy appears whole or not at all.
        """
        from crossread.store.maintenance import backup as copy

        copy(store, to)
        typer.echo(f"{to}: written", err=True)

    @app.command()
    def restore(copy: Annotated[str, typer.Argument(metavar="COPY", help="The backup.")], store: _FILE) -> None:
        """Put a backup in the place of a store.

        What was there is kept beside it, its name ending in .before-restore.
        """
        from crossread.store.maintenance import restore as put_back

        kept = put_back(copy, store)
        typer.echo(f"{store}: restored from {copy}" + (f"; what was there is now {kept}" if kept else ""), err=True)

    @app.command()
    def check(store: _FILE) -> None:
        """Look for damage in a store, and for what is not read yet.

        Shows what waits, what failed and why, and what readings were made with; exit code 1 when there is damage.
        """
        from crossread.store.maintenance import check as look

        health = look(store)
        for versions, n in health.made_with:
            typer.echo(f"{store}: {n} readings made with {_versions_text(versions)}", err=True)
        for line in (*_left_over(health, store), *health.faults):
            typer.echo(f"{store}: {line}", err=True)
        state = (
            f"{len(health.faults)} faults; `crossread restore BACKUP {store}` brings a backup back"
            if health.faults
            else "no faults"
        )
        typer.echo(
            f"{store}: {health.documents} documents, {health.readings} readings, {health.stories} stories; {state}", err=True
        )
        raise typer.Exit(1 if health.faults else 0)


def _left_over(health: "Health", store: str) -> "Iterator[str]":
    """What is not read, with the reasons and the command that reads it."""
    if health.waiting:
        yield f"{health.waiting} documents are not read yet: `crossread read --store {store}` reads them"
    for name, attempts, reason in health.failed[:FAILED_SHOWN]:
        yield f"failed: {name}: {reason}" + (f" ({attempts} attempts)" if attempts > 1 else "")
    if health.failed:
        more = len(health.failed) - FAILED_SHOWN
        yield (f"and {more} more; " if more > 0 else "") + f"`crossread read --store {store} --only-failed` tries them again"


def _versions_text(versions: "Versions") -> str:
    """Versions in words; what differs from this crossread is said, with the command that makes the readings new."""
    text = f"model {versions.model}, crossread {versions.code}, codebook {versions.codebook}"
    now = versions_of(None)
    differ = [
        what
        for what, has, have in (
            ("crossread", versions.code, now.code),
            ("codebook", versions.codebook, now.codebook),
            ("model", versions.model, now.model if versions.model.startswith("crossread:") else versions.model),
        )
        if has != have
    ]
    return f"{text} ({' and '.join(differ)} changed since: `crossread read --reread --resume` reads them again)" if differ else text
