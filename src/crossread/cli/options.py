"""Arguments and options that commands share: one name and one help text each."""

from pathlib import Path
from typing import Annotated

import typer

Paths = Annotated[
    list[str], typer.Argument(metavar="PATHS", help="Files, folders, globs or archives; - is stdin.", show_default=False)
]
AsIs = Annotated[
    bool, typer.Option("--as-is", help="Leave the text untouched: take no furniture out, so that other people's offsets still fit.")
]
OptionalPaths = Annotated[
    list[str] | None, typer.Argument(metavar="PATHS", help="Files, folders, globs or archives; - is stdin.", show_default=False)
]
OptionalInputs = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="READINGS", help="JSON Lines files that `crossread read` wrote, or - for stdin; or one archive.", show_default=False
    ),
]
StoreFile = Annotated[str | None, typer.Option("--store", metavar="FILE", help="Keep everything in this store (one SQLite file).")]
Resume = Annotated[
    bool, typer.Option("--resume", help="With --store: go on where an earlier run stopped, also in the middle of a big file.")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Show only failures on stderr.")]
Model = Annotated[
    str | None,
    typer.Option("--model", metavar="NAME", help="An installed spaCy pipeline for syntax and names instead of the shipped model."),
]
Workers = Annotated[int, typer.Option("--workers", metavar="N", min=1, help="Processes that work side by side.")]
Words = Annotated[int, typer.Option("--words", metavar="N", min=20, help="Length of the brief in words, at most.")]
KeepAll = Annotated[bool, typer.Option("--keep-all", help="Take all reports for one story: set none aside.")]
Html = Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Write one self-contained HTML page.")]
Markdown = Annotated[Path | None, typer.Option("--md", metavar="FILE", help="Write Markdown.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the story as one line of JSON instead.")]
Since = Annotated[str | None, typer.Option("--since", metavar="YYYY-MM-DD", help="Leave out what is dated before this day.")]
Until = Annotated[str | None, typer.Option("--until", metavar="YYYY-MM-DD", help="Leave out what is dated after this day.")]
Who = Annotated[
    str | None, typer.Option("--who", metavar="NAME", help="Show one actor's statements over time and changes of position instead.")
]
