"""``crossread desk`` and ``crossread evaluate``."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from crossread.cli.fetching import FetchFlag
from crossread.errors import StoreError


def desk(
    files: Annotated[
        list[str] | None,
        typer.Argument(metavar="PATHS", help="Reports to read first: files, folders, globs or archives.", show_default=False),
    ] = None,
    store: Annotated[
        str | None, typer.Option("--store", metavar="FILE", help="The store to work on (default: a temporary one).")
    ] = None,
    port: Annotated[int, typer.Option("--port", metavar="N", min=0, max=65535, help="Port to listen on; 0 takes a free one.")] = 0,
    no_open: Annotated[bool, typer.Option("--no-open", help="Do not open the browser.")] = False,
    host: Annotated[
        str,
        typer.Option("--host", metavar="ADDRESS", help="Address to listen on; others than this machine's need TLS and a password."),
    ] = "127.0.0.1",
    certificate: Annotated[Path | None, typer.Option("--certificate", metavar="FILE", help="TLS certificate (PEM).")] = None,
    key: Annotated[Path | None, typer.Option("--key", metavar="FILE", help="Key of the certificate (PEM).")] = None,
    password_file: Annotated[
        Path | None, typer.Option("--password-file", metavar="FILE", help="File with the password in its first line.")
    ] = None,
    name: Annotated[
        list[str] | None, typer.Option("--name", metavar="HOST", help="Further host name that browsers reach the desk by.")
    ] = None,
    model: Annotated[
        str | None, typer.Option("--model", metavar="NAME", help="An installed spaCy pipeline for syntax and names.")
    ] = None,
    fetch: FetchFlag = False,
) -> None:
    """Open the desk in the browser: read, compare, correct, search.  Prints a link that works once.

    Listens on 127.0.0.1 and loads nothing from outside (with --fetch, the feeds and pages that you name).  With files, these are ingested,
    read and linked into the store first.
    """
    from crossread.desk.serve import Address, read_password, run_desk

    password = read_password(password_file) if password_file is not None else None
    address = Address(host=host, port=port, certificate=certificate, key=key, password=password, names=tuple(name or ()))
    run_desk(files or [], store=store, address=address, open_browser=not no_open, model=model, fetch=fetch)


def evaluate(
    store: Annotated[str, typer.Option("--store", metavar="FILE", help="The store with people's decisions.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print as one line of JSON instead.")] = False,
) -> None:
    """Score the reader against what people decided at the desk.

    Precision of what was decided, and what had to be added.
    """
    from crossread.evaluate import evaluate_store, score_table

    if not Path(store).is_file():
        raise StoreError(f"{store}: there is no such file; give the store that the decisions are in")
    scores = evaluate_store(store)
    if as_json:
        import msgspec

        sys.stdout.buffer.write(msgspec.json.encode(scores) + b"\n")
    else:
        sys.stdout.write(score_table(scores))


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(desk)
    app.command()(evaluate)
