"""``crossread export``: stories of a file or a store, in any number of formats."""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crossread.cli.console import Messages
from crossread.cli.options import Quiet
from crossread.errors import InputError

if TYPE_CHECKING:
    from crossread.export import Export
    from crossread.records import Reading, Story

_NOT_IN_NAMES = re.compile(r"[^\w.-]+")

_HELP = """Write stories in other formats, whole files or nothing.

\b
    crossread export stories.jsonl --readings readings.jsonl --format xlsx --out varnik.xlsx
    crossread export --store desk.db --format event-table --format geojson --out exports/
    crossread export --list
"""

StoriesFile = Annotated[
    str | None,
    typer.Argument(
        metavar="STORIES", help="Stories (JSON Lines) as `crossread link` writes them, or - for stdin.", show_default=False
    ),
]
Formats = Annotated[
    list[str] | None,
    typer.Option("--format", "--to", "-f", metavar="NAME", help="A format; may be given several times (--list shows all)."),
]
ReadingsFiles = Annotated[
    list[str] | None,
    typer.Option("--readings", metavar="FILE", help="The readings behind the stories; formats that quote need them."),
]
StoreFile = Annotated[str | None, typer.Option("--store", metavar="FILE", help="Take stories and readings from this store.")]
StoryIds = Annotated[list[str] | None, typer.Option("--story", metavar="ID", help="Only this story (several times: these).")]
Out = Annotated[Path | None, typer.Option("--out", "-o", metavar="PATH", help="A file; or a folder for several (default: stdout).")]
Previous = Annotated[
    Path | None,
    typer.Option("--previous", metavar="FILE", help="The former event table: events keep their ids, gone ones stay as tombstones."),
]
AsOf = Annotated[
    str | None, typer.Option("--as-of", metavar="TIME", help="Stamp changed rows of the event table with this (default: now).")
]
RawCsv = Annotated[bool, typer.Option("--raw-csv", help="Leave cells that a spreadsheet would take for formulas as they are.")]


@dataclass(frozen=True, slots=True)
class Job:
    """One file to write: its format, its stories, its place (``None``: stdout)."""

    export: "Export"
    stories: "list[Story]"
    path: Path | None


def file_name(export: "Export", stories: "list[Story]") -> str:
    """Name of an export's file in a folder: after its story, or ``stories`` where it holds several."""
    stem = _NOT_IN_NAMES.sub("-", stories[0].id).strip(".-")[:80] or "story"
    return (stem if len(stories) == 1 else "stories") + export.suffix


def plan(exports: "list[Export]", stories: "list[Story]", out: Path | None) -> list[Job]:
    """The files to write.

    Raises:
        InputError: If several files would go to one place.
    """
    parts = [(e, group) for e in exports for group in ([[s] for s in stories] if e.one_story else [stories])]
    folder = out if out is not None and (out.is_dir() or len(parts) > 1) else None
    if len(parts) > 1 and folder is None:
        raise InputError(f"{len(parts)} files are to be written; give a folder with --out, or one format and --story ID")
    if folder is not None and folder.exists() and not folder.is_dir():
        raise InputError(f"{folder} is a file, and {len(parts)} files are to be written; give a folder with --out")
    return [Job(e, group, folder / file_name(e, group) if folder else out) for e, group in parts]


def _chosen(stories: "Iterator[Story]", wanted: list[str]) -> "list[Story]":
    """The stories asked for (all when none is named)."""
    known = list(stories)
    chosen = [s for s in known if not wanted or s.id in wanted]
    lacking = sorted(set(wanted) - {s.id for s in chosen})
    if lacking:
        there = ", ".join(s.id for s in known[:8]) or "none"
        raise InputError(f"no story is called {', '.join(lacking)}; there are {there}{' ...' if len(known) > 8 else ''}")
    return chosen


def _from_store(path: str, wanted: list[str]) -> "tuple[list[Story], list[Reading]]":
    from crossread.store import open_store

    if not Path(path).is_file():
        raise InputError(f"{path}: no such store; `crossread ingest FILES --store {path}` makes one")
    with open_store(path) as store:
        stories = _chosen(store.stories(), wanted)
        names = {d for s in stories for d in (*s.documents, *(o.document for o in s.outside))}
        readings = list(store.readings(names))
    if not stories:
        raise InputError(f"{path} holds no stories yet; run `crossread read --store {path}` and `crossread link --store {path}`")
    return stories, readings


def _from_files(path: str | None, readings: list[str], wanted: list[str]) -> "tuple[list[Story], list[Reading]]":
    from crossread.cli.streams import read_readings, read_stories

    if path is None:
        raise typer.BadParameter("give a file of stories (JSON Lines), - for stdin, or --store FILE")
    if path == "-" and "-" in readings:
        raise typer.BadParameter("stories and readings cannot both come from stdin; put one of them into a file")
    return _chosen(read_stories(path), wanted), list(read_readings(readings))


def _stamp(as_of: str | None) -> str:
    """ISO time in UTC, now unless one is given."""
    from datetime import UTC, datetime

    if as_of is None:
        return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    try:
        datetime.fromisoformat(as_of)
    except ValueError:
        raise typer.BadParameter(f"--as-of {as_of!r} is no time; write it as 2031-04-07 or 2031-04-07T12:00:00Z") from None
    return as_of


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as err:
        raise InputError(f"{path}: {err.strerror or err}; leave --previous out where there is no former table yet") from err


def _list_formats() -> None:
    from crossread.export import EXPORTS

    width = max(len(name) for name in EXPORTS)
    for name, export in EXPORTS.items():
        notes = ["needs --readings"] if export.needs_readings else []
        notes += [f"needs crossread[{export.extra}]"] if export.extra else []
        tail = f" ({'; '.join(notes)})" if notes else ""
        typer.echo(f"{name.ljust(width)}  {export.description}{tail}")


def run_export(
    stories: str | None,
    *,
    formats: list[str],
    readings: list[str],
    store: str | None,
    wanted: list[str],
    out: Path | None,
    previous: Path | None,
    as_of: str | None,
    raw_csv: bool,
    messages: Messages,
) -> None:
    """Load, make every file, write: nothing is written before all that was asked for is known to be there."""
    from crossread.export import Material, find_export, write_bytes

    exports = [find_export(name) for name in dict.fromkeys(formats)]
    if store is not None and stories is not None:
        raise typer.BadParameter("give a file of stories or --store, not both")
    chosen, known = _from_store(store, wanted) if store else _from_files(stories, readings, wanted)
    former = _bytes_of(previous) if previous else None
    jobs = plan(exports, chosen, out)
    if out is not None and len(jobs) > 1:
        out.mkdir(parents=True, exist_ok=True)
    for job in jobs:
        material = Material(stories=job.stories, readings=known, raw_csv=raw_csv, previous=former, as_of=_stamp(as_of))
        content = job.export.make(material)
        if job.path is not None:
            write_bytes(job.path, content)
            messages.say(f"{job.path}: {job.export.name}, {len(content):,} bytes")
        elif sys.stdout.isatty() and not job.export.is_text:
            raise InputError(f"{job.export.name} is no text for a terminal; give a file with --out")
        else:
            sys.stdout.buffer.write(content)


def export(
    stories: StoriesFile = None,
    formats: Formats = None,
    readings: ReadingsFiles = None,
    store: StoreFile = None,
    story: StoryIds = None,
    out: Out = None,
    previous: Previous = None,
    as_of: AsOf = None,
    raw_csv: RawCsv = False,
    list_formats: Annotated[bool, typer.Option("--list", help="List the formats and stop.")] = False,
    quiet: Quiet = False,
) -> None:
    """The command: its options checked and handed on to `run_export`."""
    if list_formats:
        _list_formats()
        return
    if not formats:
        raise typer.BadParameter("give a format with --format; `crossread export --list` shows all")
    run_export(
        stories,
        formats=formats,
        readings=readings or [],
        store=store,
        wanted=story or [],
        out=out,
        previous=previous,
        as_of=as_of,
        raw_csv=raw_csv,
        messages=Messages(quiet=quiet),
    )


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help=_HELP)(export)
