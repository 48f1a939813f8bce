"""The commands.  Each is one call of the core, with the same name and options as the Python call."""

import os
import sys
from typing import Annotated, Any

import typer

from crossread.cli.archive_command import Address, EngineName, Seconds, ShardSize, ToFolder
from crossread.cli.brief_command import register as register_brief
from crossread.cli.console import CANNOT_RUN, Messages, counted
from crossread.cli.desk_commands import register as register_desk_commands
from crossread.cli.export_command import register as register_export
from crossread.cli.fetching import FetchFlag, KeepOriginal, fetching
from crossread.cli.inputs import documents_of, readings_of
from crossread.cli.options import (
    AsIs,
    Model,
    OptionalInputs,
    OptionalPaths,
    Paths,
    Quiet,
    Resume,
    StoreFile,
    Workers,
)
from crossread.cli.store_commands import register as register_store_commands
from crossread.cli.watch_command import register as register_watch
from crossread.errors import CrossreadError

app = typer.Typer(
    name="crossread",
    help="Read many reports of one story: what happened, who says so, how many, and where the reports disagree.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


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
    """Turn files into documents: the reports' own words.

    Share buttons, captions and other furniture are set apart, with the reason.  Documents go to stdout (JSON Lines) or into a store.
    """
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
        with messages.progress(documents_of(paths, messages, as_is=as_is, fetch=fetch), what="ingesting") as documents:
            count = write_records(documents, sys.stdout.buffer)
    messages.say(f"{counted(count, 'document')}, {len(messages.failed)} not read")
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
    fetch: FetchFlag = False,
    alone: Annotated[
        bool, typer.Option("--alone", help="Read each report by itself, as they come; undated ones are not dated by the others.")
    ] = False,
    quiet: Quiet = False,
) -> None:
    """Read documents one by one: who said what, what happened.

    Takes documents, or files to ingest first; gives readings with mentions, attributions, events and figures (JSON Lines on stdout).

    Of up to 500 reports, those that give no date are read again where dated reports of their story show when they were published.

    With --store, what waits in the store is read and kept there; with --to, whole archives are read into a folder of Parquet files, on
    this machine or on a cluster.  A run that was interrupted goes on where it stopped.
    """
    _check_outlets(store=store, to=to, alone=alone, of_store=only_failed or reread or resume, of_archive=bool(engine or address))
    messages = Messages(quiet=quiet)
    if to is not None:
        if as_is or fetch:
            raise typer.BadParameter(
                "--as-is and --fetch do not go with --to; `crossread ingest` takes both, and --to its documents"
            )
        if store is not None or not paths:
            raise typer.BadParameter("--to FOLDER takes inputs, and no --store")
        from crossread.cli.archive_command import read_to

        how: dict[str, Any] = {"engine": engine, "address": address, "workers": workers, "model": model}
        read_to(to, paths, messages, shard_size=shard_size, seconds=seconds, **how)
        return
    if store is not None:
        from crossread.cli.store_commands import ingest_into, read_into

        if paths:
            with fetching(fetch) as asked:
                ingest_into(store, paths, messages=messages, as_is=as_is, resume=resume, fetch=asked)
        again: dict[str, Any] = {"only_failed": only_failed, "reread": reread, "resume": resume}
        count = read_into(store, messages=messages, model=model, workers=workers, **again)
    else:
        count = _read_to_stdout(paths, messages, as_is=as_is, model=model, workers=workers, fetch=fetch, alone=alone)
    messages.say(f"{counted(count, 'document')}, {len(messages.failed)} not read")
    raise typer.Exit(messages.exit_code)


def _check_outlets(*, store: str | None, to: str | None, alone: bool, of_store: bool, of_archive: bool) -> None:
    """Options of `read` that go with a store, with an archive, or with neither."""
    if store is None and of_store:
        raise typer.BadParameter(
            "--only-failed, --reread and --resume need --store FILE: what was read before is kept in the store"
        )
    if to is None and of_archive:
        raise typer.BadParameter("--engine and --address need --to FOLDER: an engine reads into an archive")
    if alone and (to or store):
        raise typer.BadParameter("--alone is for readings on stdout: with --store and --to each report is read by itself anyway")


def _read_to_stdout(
    paths: list[str] | None, messages: Messages, *, as_is: bool, model: str | None, workers: int, fetch: bool, alone: bool
) -> int:
    from crossread.cli.streams import write_records

    if not paths:
        raise typer.BadParameter("give files, folders or archives to read, or --store FILE")
    with messages.progress(
        readings_of(paths, messages, as_is=as_is, model=model, workers=workers, fetch=fetch, alone=alone), what="reading"
    ) as readings:
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
    """Read readings against each other: one story a line.

    Stories, those of single documents included, go to stdout (JSON Lines) or are kept in the store.

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
        empty = [r.document.id for r in loaded if not r.document.text.strip()]
        if empty:
            shown = ", ".join(empty[:3]) + (", ..." if len(empty) > 3 else "")
            messages.say(f"left out: {counted(len(empty), 'document')} without text ({shown}); the reading holds the reason")
    messages.say(f"{counted(n_readings, 'reading')}, {counted(count, 'story', 'stories')}")


register_brief(app)


@app.command()
def explain(
    sentence: Annotated[str, typer.Argument(help="One sentence.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """Show how one sentence is read, decision by decision.

    Its words, the candidates for events, the rules that fired, probabilities.
    """
    if not sentence.strip():
        raise typer.BadParameter("give one sentence, in quotation marks")
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
