"""``crossread brief`` and ``crossread demo``."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from crossread.cli.console import Messages, counted
from crossread.cli.fetching import FetchFlag
from crossread.cli.inputs import readings_of
from crossread.cli.options import AsIs, AsJson, Html, KeepAll, Markdown, Model, Paths, Quiet, Since, Until, Who, Words

if TYPE_CHECKING:
    from crossread.records import Reading, Story


def brief(
    paths: Paths,
    words: Words = 250,
    keep_all: KeepAll = False,
    as_json: AsJson = False,
    html: Html = None,
    md: Markdown = None,
    since: Since = None,
    until: Until = None,
    who: Who = None,
    as_is: AsIs = False,
    fetch: FetchFlag = False,
    model: Model = None,
    quiet: Quiet = False,
) -> None:
    """Print a cited brief of the reports of one story.

    With disputes, figures, timeline, statements, agreements, threads, and the sentences that every line rests on.

    \b
        crossread brief reports/
        crossread brief reports/ --html report.html
        crossread brief reports/ --json | jq .disputes
    """
    from crossread.cli.window import check_days

    check_days(since, until)
    if who is not None and as_json:
        raise typer.BadParameter("--who prints one actor's statements and --json the whole story; give one of them")
    messages = Messages(quiet=quiet)
    pages: dict[str, Any] = {"as_json": as_json, "html": html, "md": md}
    _brief(
        paths,
        messages,
        words=words,
        keep_all=keep_all,
        window=(since, until),
        who=who,
        as_is=as_is,
        model=model,
        fetch=fetch,
        **pages,
    )
    raise typer.Exit(messages.exit_code)


def _brief(
    paths: list[str],
    messages: Messages,
    *,
    words: int,
    keep_all: bool = False,
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

    with messages.progress(readings_of(paths, messages, as_is=as_is, model=model, fetch=fetch), what="reading") as stream:
        readings = [r for r in stream if r.sentences]
    if not readings:
        raise UnreadableDocument(
            f"no report could be read under {', '.join(paths)}; give files, folders or archives of English reports"
        )
    inside, outside = within_window(readings, *window)
    story = link_one(inside, words=words, keep_all=keep_all)
    if story.outside:
        messages.say(
            f"{counted(len(story.outside), 'report')} set aside as no part of the story; `crossread brief --keep-all` takes them in"
        )
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
    from crossread.vocabulary import EntityType

    if not actors_named(story, who):
        known = ", ".join(sorted({a.name for a in story.actors if a.type is not EntityType.OTHER})[:20])
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


def demo(html: Html = None, quiet: Quiet = False) -> None:
    """Read the example story and print its brief.

    The example ships with the package: nine reports from an invented country.
    """
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


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(brief)
    app.command()(demo)
