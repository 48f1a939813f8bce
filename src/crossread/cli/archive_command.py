"""Reading and linking whole archives: `crossread read INPUTS --to FOLDER` and `crossread link FOLDER`."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from crossread.cli.console import counted, not_read

if TYPE_CHECKING:
    from crossread.cli.console import Messages

SHOWN = 10

ToFolder = Annotated[
    str | None,
    typer.Option(
        "--to", metavar="FOLDER", help="Read into an archive of Parquet files (a folder or an fsspec address) shard by shard."
    ),
]
EngineName = Annotated[
    str | None, typer.Option("--engine", metavar="NAME", help="For archives: local (processes here, the default) or ray.")
]
Address = Annotated[
    str | None,
    typer.Option("--address", metavar="ADDRESS", help="With --engine ray: a running cluster; without it Ray is started here."),
]
ShardSize = Annotated[int, typer.Option("--shard-size", metavar="N", min=1, help="With --to: documents that one task reads.")]
Seconds = Annotated[
    float,
    typer.Option("--seconds", metavar="N", min=1, help="With --to: longest time for one document; it is set aside after that."),
]


def is_archive(inputs: list[str] | None) -> bool:
    """Whether the one input is an archive that `crossread read --to` made."""
    if not inputs or len(inputs) != 1:
        return False
    (path,) = inputs
    return "://" in path or (os.path.isdir(path) and os.path.exists(os.path.join(path, "plan.json")))


@contextmanager
def _counting(messages: "Messages") -> Iterator[Any]:
    """A function that shows a step and its parts: a bar on a terminal, nothing elsewhere."""
    if messages.quiet or not sys.stderr.isatty():
        yield lambda step, done, of, note="": None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[note]}"))
    with Progress(*columns, TimeElapsedColumn(), TimeRemainingColumn(), console=messages.console, transient=True) as progress:
        bars: dict[str, Any] = {}

        def show(step: str, done: int, of: int, note: str = "") -> None:
            if step not in bars:
                bars[step] = progress.add_task(step, total=of, note=note)
            progress.update(bars[step], completed=done, total=of, note=note)

        yield show


def read_to(
    folder: str,
    paths: list[str],
    messages: "Messages",
    *,
    engine: str | None,
    address: str | None,
    workers: int,
    shard_size: int,
    seconds: float,
    model: str | None,
) -> None:
    """Read inputs into an archive; exits 1 where documents failed."""
    from crossread.scale import ReadOptions, open_engine, read_archive

    options = ReadOptions(shard_size=shard_size, seconds=seconds, model=model)
    runs = open_engine(engine or "local", workers=workers, address=address)
    try:
        with _counting(messages) as show:
            found = read_archive(
                paths, folder, runs, options, tell=lambda p: show("reading", p.done, p.of, f"{p.documents:,} documents")
            )
    finally:
        runs.close()
    messages.say(f"{folder}: {counted(found.documents, 'document')} in {counted(found.of, 'shard')}, {found.failed} not read")
    if found.failed:
        _say_failures(folder, found.failed, messages)
        raise typer.Exit(1)


def _say_failures(folder: str, n_failed: int, messages: "Messages") -> None:
    from crossread.scale.archive import Archive

    rows = Archive(folder).query(
        f"SELECT id, source, reason FROM {{documents}} WHERE state = 'failed' ORDER BY shard, row LIMIT {SHOWN}"
    )
    for row in rows.to_pylist():
        messages.warn(not_read(row["source"] or row["id"], row["reason"]))
    if n_failed > SHOWN:
        messages.warn(f"and {n_failed - SHOWN} more: the table documents of {folder} has the reason of each")


def link_in_archive(folder: str, messages: "Messages", *, engine: str | None, address: str | None, workers: int) -> None:
    """Link an archive."""
    from crossread.scale import link_archive, open_engine

    runs = open_engine(engine or "local", workers=workers, address=address)
    try:
        with _counting(messages) as show:
            found = link_archive(folder, runs, tell=show)
    finally:
        runs.close()
    messages.say(
        f"{folder}: {counted(found.documents, 'document')} ({found.repeats} repeats left out), {counted(found.stories, 'story', 'stories')}, "
        f"{counted(found.events, 'event')}, {counted(found.copies, 'pair')} of copies"
    )
