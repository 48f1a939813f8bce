"""The commands.  Each is one call of the core, with the same name and options as the Python call."""

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from crossread.cli.archive_command import Address, EngineName, Seconds, ShardSize, ToFolder
from crossread.cli.console import CANNOT_RUN, Messages
from crossread.cli.desk_commands import register as register_desk_commands
from crossread.cli.export_command import register as register_export
from crossread.cli.fetching import FetchFlag, KeepOriginal, fetching
from crossread.cli.store_commands import register as register_store_commands
from crossread.cli.watch_command import register as register_watch
from crossread.errors import CrossreadError

if TYPE_CHECKING:
    from crossread.records import Document, Reading, Story

app = typer.Typer(
    name="crossread",
    help="Read many reports of one story: what happened, who says so, how many, and where the reports disagree.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Paths = Annotated[list[str], typer.Argument(help="Files, folders, globs or archives; - is stdin.", show_default=False)]
Inputs = Annotated[list[str], typer.Argument(help="JSON Lines files, or - for stdin.", show_default=False)]
AsIs = Annotated[
    bool, typer.Option("--as-is", help="Leave the text untouched: take no furniture out, so that other people's offsets still fit.")
]
OptionalPaths = Annotated[
    list[str] | None, typer.Argument(help="Files, folders, globs or archives; - is stdin.", show_default=False)
]
OptionalInputs = Annotated[list[str] | None, typer.Argument(help="JSON Lines files, or - for stdin.", show_default=False)]
StoreFile = Annotated[str | None, typer.Option("--store", metavar="FILE", help="Keep everything in this store (one SQLite file).")]
Resume = Annotated[
    bool, typer.Option("--resume", help="With --store: go on where an earlier run stopped, also in the middle of a big file.")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Show only failures on stderr.")]
Model = Annotated[
    str | None,
    typer.Option("--model", metavar="NAME", help="An installed spaCy pipeline for syntax and names instead of the shipped model."),
]
Workers = Annotated[int, typer.Option("--workers", min=1, help="Processes that read side by side.")]
Words = Annotated[int, typer.Option("--words", min=20, help="Length of the brief in words, at most.")]
Html = Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Write one self-contained HTML page.")]
Markdown = Annotated[Path | None, typer.Option("--md", metavar="FILE", help="Write Markdown.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the story as one line of JSON instead.")]
Day = Annotated[
    str | None, typer.Option(metavar="YYYY-MM-DD", help="Leave out what is dated outside these days.", show_default=False)
]
Who = Annotated[
    str | None, typer.Option("--who", metavar="NAME", help="Show one actor's statements over time and changes of position instead.")
]


def _version(value: bool) -> None:
    if value:
        from crossread import __version__

        typer.echo(f"crossread {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")] = False,
) -> None:
    """Read many reports of one story: what happened, who says so, how many, and where the reports disagree."""


def _documents(paths: list[str], messages: Messages, *, as_is: bool = False, fetch: bool = False) -> "Iterator[Document]":
    """Documents under the paths; Document records (from ``crossread ingest``) are taken as they are."""
    from crossread.ingest import ingest_paths

    with fetching(fetch) as asked:
        for document in ingest_paths(paths, as_is=as_is, on_problem=messages.note, fetch=asked):
            messages.check(document)
            yield document


def _read(
    paths: list[str], messages: Messages, *, as_is: bool, model: str | None, workers: int = 1, fetch: bool = False
) -> "Iterator[Reading]":
    documents = _documents(paths, messages, as_is=as_is, fetch=fetch)
    if workers > 1:
        from crossread.scale import read_with_workers

        readings: Iterable[Reading] = read_with_workers(documents, workers=workers, model=model)
    else:
        from crossread.calls import read_all

        readings = read_all(documents, model=model)
    for reading in readings:
        messages.check(reading.document, reading.problems)
        yield reading


@app.command()
def ingest(
    paths: Paths,
    as_is: AsIs = False,
    store: StoreFile = None,
    resume: Resume = False,
    fetch: FetchFlag = False,
    keep_original: KeepOriginal = False,
    quiet: Quiet = False,
) -> None:
    """Turn files into Document records (JSON Lines on stdout, or into a store): the reports' own words, furniture set apart."""
    from crossread.cli.store_commands import ingest_into
    from crossread.cli.streams import write_records

    if store is None and (resume or keep_original):
        raise typer.BadParameter("--resume and --keep-original need --store FILE: positions and originals are kept in the store")
    messages = Messages(quiet=quiet)
    if store is not None:
        with fetching(fetch) as asked:
            how: dict[str, Any] = {"as_is": as_is, "resume": resume, "fetch": asked, "keep_originals": keep_original}
            count = ingest_into(store, paths, messages=messages, **how)
    else:
        with messages.progress(_documents(paths, messages, as_is=as_is, fetch=fetch), what="ingesting") as documents:
            count = write_records(documents, sys.stdout.buffer)
    messages.say(f"{count} documents, {len(messages.failed)} not read")
    raise typer.Exit(messages.exit_code)


@app.command()
def read(
    paths: OptionalPaths = None,
    as_is: AsIs = False,
    store: StoreFile = None,
    only_failed: Annotated[bool, typer.Option("--only-failed", help="With --store: try again what failed.")] = False,
    reread: Annotated[
        bool, typer.Option("--reread", help="With --store: read everything again, with a new model say; decisions of people stay.")
    ] = False,
    resume: Resume = False,
    model: Model = None,
    workers: Workers = 1,
    to: ToFolder = None,
    engine: EngineName = None,
    address: Address = None,
    shard_size: ShardSize = 500,
    seconds: Seconds = 60.0,
    quiet: Quiet = False,
) -> None:
    """Read documents (or files to ingest first) one by one: mentions, attributions, events, figures (JSON Lines on stdout).

    With --store, what waits in the store is read and kept there; with --to, whole archives are read into a folder of Parquet files, on
    this machine or on a cluster.  A run that was interrupted goes on where it stopped.
    """
    if store is None and (only_failed or reread or resume):
        raise typer.BadParameter(
            "--only-failed, --reread and --resume need --store FILE: what was read before is kept in the store"
        )
    if to is None and (engine or address):
        raise typer.BadParameter("--engine and --address need --to FOLDER: an engine reads into an archive")
    messages = Messages(quiet=quiet)
    if to is not None:
        from crossread.cli.archive_command import read_to

        if store is not None or not paths:
            raise typer.BadParameter("--to FOLDER takes inputs, and no --store")
        how: dict[str, Any] = {"engine": engine, "address": address, "workers": workers, "model": model}
        read_to(to, paths, messages, shard_size=shard_size, seconds=seconds, **how)
        return
    if store is not None:
        from crossread.cli.store_commands import ingest_into, read_into

        if paths:
            ingest_into(store, paths, messages=messages, as_is=as_is, resume=resume)
        again: dict[str, Any] = {"only_failed": only_failed, "reread": reread, "resume": resume}
        count = read_into(store, messages=messages, model=model, workers=workers, **again)
    else:
        count = _read_to_stdout(paths, messages, as_is=as_is, model=model, workers=workers)
    messages.say(f"{count} documents, {len(messages.failed)} not read")
    raise typer.Exit(messages.exit_code)


def _read_to_stdout(paths: list[str] | None, messages: Messages, *, as_is: bool, model: str | None, workers: int) -> int:
    from crossread.cli.streams import write_records

    if not paths:
        raise typer.BadParameter("give files, folders or archives to read, or --store FILE")
    with messages.progress(_read(paths, messages, as_is=as_is, model=model, workers=workers), what="reading") as readings:
        return write_records(readings, sys.stdout.buffer)


@app.command()
def link(
    inputs: OptionalInputs = None,
    store: StoreFile = None,
    workers: Workers = 1,
    engine: EngineName = None,
    address: Address = None,
    quiet: Quiet = False,
) -> None:
    """Read readings against each other: one story a line (JSON Lines on stdout, or kept in the store), single documents included.

    An archive that `crossread read --to FOLDER` made is linked in its place, on this machine or on a cluster.
    """
    from crossread.calls import link as link_readings
    from crossread.cli.archive_command import is_archive, link_in_archive
    from crossread.cli.store_commands import link_in
    from crossread.cli.streams import read_readings, write_records

    messages = Messages(quiet=quiet)
    if store is None and inputs and (engine or address or is_archive(inputs)):
        if len(inputs) != 1:
            raise typer.BadParameter("give one archive, the folder that `crossread read --to FOLDER` made")
        link_in_archive(inputs[0], messages, engine=engine, address=address, workers=workers)
        return
    if store is not None:
        n_readings, count = link_in(store)
    elif not inputs:
        raise typer.BadParameter("give JSON Lines files of readings, - for stdin, or --store FILE")
    else:
        with messages.progress(read_readings(inputs), what="loading readings") as readings:
            loaded = list(readings)
        n_readings, count = len(loaded), write_records(link_readings(loaded), sys.stdout.buffer)
    messages.say(f"{n_readings} readings, {count} stories")


@app.command()
def brief(
    paths: Paths,
    words: Words = 250,
    as_json: AsJson = False,
    html: Html = None,
    md: Markdown = None,
    since: Day = None,
    until: Day = None,
    who: Who = None,
    as_is: AsIs = False,
    fetch: FetchFlag = False,
    model: Model = None,
    quiet: Quiet = False,
) -> None:
    """Read the reports of one story and print a cited brief, timeline, statements, figures, disputes, agreements and threads."""
    messages = Messages(quiet=quiet)
    pages: dict[str, Any] = {"as_json": as_json, "html": html, "md": md}
    _brief(paths, messages, words=words, window=(since, until), who=who, as_is=as_is, model=model, fetch=fetch, **pages)
    raise typer.Exit(messages.exit_code)


def _brief(
    paths: list[str],
    messages: Messages,
    *,
    words: int,
    as_json: bool,
    html: Path | None,
    md: Path | None,
    window: tuple[str | None, str | None],
    who: str | None,
    as_is: bool,
    model: str | None,
    fetch: bool = False,
) -> None:
    from crossread.cli.window import within_window
    from crossread.errors import UnreadableDocument
    from crossread.linking import link_one

    with messages.progress(_read(paths, messages, as_is=as_is, model=model, fetch=fetch), what="reading") as stream:
        readings = [r for r in stream if r.sentences]
    if not readings:
        raise UnreadableDocument(
            f"no report could be read under {', '.join(paths)}; give files, folders or archives of English reports"
        )
    inside, outside = within_window(readings, *window)
    story = link_one(inside, words=words)
    story = outside.applied_to(story)
    _write_pages(story, readings, html=html, md=md, messages=messages)
    if as_json:
        from crossread.jsonlines import encode

        sys.stdout.buffer.write(encode(story) + b"\n")
        return
    from crossread.cli import render

    if who is not None:
        _check_named(story, who)
        render.print_positions(story, readings, who)
    else:
        render.print_story(story, readings)


def _check_named(story: "Story", who: str) -> None:
    from crossread.errors import InputError
    from crossread.linking.positions import actors_named

    if not actors_named(story, who):
        known = ", ".join(sorted(a.name for a in story.actors)[:20])
        raise InputError(f"no actor of these reports is called {who!r}; the actors are: {known or 'none'}")


def _write_pages(story: "Story", readings: "list[Reading]", *, html: Path | None, md: Path | None, messages: Messages) -> None:
    from crossread.cli.streams import write_file

    if html is not None:
        from crossread.export.html import html_page

        write_file(html, html_page(story, readings))
        messages.say(f"HTML report: {html}")
    if md is not None:
        from crossread.export.markdown import markdown_page

        write_file(md, markdown_page(story, readings))
        messages.say(f"Markdown: {md}")


@app.command()
def demo(html: Html = None, quiet: Quiet = False) -> None:
    """Read the example story that the package ships (an invented country) and print its brief."""
    from importlib.resources import as_file, files

    messages = Messages(quiet=quiet)
    with as_file(files("crossread") / "examples") as folder:
        stories = sorted(p for p in folder.iterdir() if p.is_dir() and not p.name.startswith("__"))
        messages.say(f"reading the example story in {stories[0]}")
        _brief(
            [str(stories[0])],
            messages,
            words=250,
            as_json=False,
            html=html,
            md=None,
            window=(None, None),
            who=None,
            as_is=False,
            model=None,
        )
    raise typer.Exit(messages.exit_code)


@app.command()
def explain(
    sentence: Annotated[str, typer.Argument(help="One sentence.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """Show how one sentence is read: candidates, rules that fired, probabilities."""
    from crossread.cli import render
    from crossread.reading.explain import explain_sentence

    explanation = explain_sentence(sentence)
    if as_json:
        from crossread.jsonlines import encode

        sys.stdout.buffer.write(encode(explanation) + b"\n")
    else:
        render.print_explanation(explanation)


@app.command()
def schema() -> None:
    """Print the JSON Schema of the records."""
    import json

    from crossread.jsonlines import schema as record_schema

    typer.echo(json.dumps(record_schema(), indent=1, sort_keys=True))


register_export(app)
register_watch(app)
register_store_commands(app)
register_desk_commands(app)


def run() -> None:
    """Run the command line; errors that stop the work become one message and exit code 3, never a traceback."""
    try:
        try:
            app()
        except SystemExit:
            sys.stdout.flush()  # what waits in the buffer may find the disk full
            raise
    except CrossreadError as err:
        typer.echo(f"crossread: {err}", err=True)
        sys.exit(CANNOT_RUN)
    except BrokenPipeError:  # the reader of our output has seen enough, as in `crossread read ... | head`
        sys.stderr.close()
        sys.exit(0)
    except OSError as err:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # the rest of the output is given up, not tried again at the end
        where = f"{err.filename}: the file" if err.filename else "the output"
        typer.echo(
            f"crossread: {where} cannot be read or written ({err.strerror or err}); check the disk that holds it, its space and rights",
            err=True,
        )
        sys.exit(CANNOT_RUN)
    except KeyboardInterrupt:
        typer.echo("crossread: stopped; nothing more was written", err=True)
        sys.exit(CANNOT_RUN)
