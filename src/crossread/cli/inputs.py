"""The reports behind the paths that a command is given."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from crossread.cli.console import Messages, counted
from crossread.cli.fetching import fetching

if TYPE_CHECKING:
    from crossread.records import Document, Reading


def documents_of(paths: list[str], messages: Messages, *, as_is: bool = False, fetch: bool = False) -> "Iterator[Document]":
    """Documents under the paths; Document records (from ``crossread ingest``) are taken as they are."""
    from crossread.ingest import ingest_paths

    with fetching(fetch) as asked:
        for document in ingest_paths(paths, as_is=as_is, on_problem=messages.note, fetch=asked):
            messages.check(document)
            yield document


def readings_of(
    paths: list[str],
    messages: Messages,
    *,
    as_is: bool,
    model: str | None,
    workers: int = 1,
    fetch: bool = False,
    alone: bool = False,
) -> "Iterator[Reading]":
    """Readings of what lies under the paths, in their order, in this process or in several; failures are told to ``messages``.

    With ``alone`` each report is read by itself; else undated ones are dated by the others (`crossread.calls.read_together`).
    """
    from crossread.calls import read_all, read_together

    documents = documents_of(paths, messages, as_is=as_is, fetch=fetch)
    if workers > 1:
        from crossread.scale import read_with_workers

        readings: Iterable[Reading] = read_with_workers(documents, workers=workers, model=model)
    else:
        readings = read_all(documents, model=model)
    n_dated = 0
    for reading in readings if alone else read_together(readings, model=model):
        messages.check(reading.document, reading.problems)
        n_dated += any(p.code == "date.by_others" for p in reading.problems)
        yield reading
    if n_dated:
        messages.say(f"{counted(n_dated, 'report')} without a date: dated by what the others of the story say")
