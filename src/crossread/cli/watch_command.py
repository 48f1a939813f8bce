"""``crossread watch``: take new reports of feeds, lists and folders into a store, round after round."""

import time
from typing import TYPE_CHECKING, Annotated, Any

import typer

from crossread.cli.console import Messages, counted
from crossread.cli.fetching import FetchFlag, KeepOriginal, fetching
from crossread.cli.options import Quiet

if TYPE_CHECKING:
    from crossread.store import Store

SHOWN = 20


def watch_round(store: str, inputs: list[str], messages: Messages, *, fetch: Any, keep_original: bool, is_linked: bool) -> int:
    """Take in what the inputs hold now, read what is new, and link; returns how many reports are new."""
    from crossread.cli.store_commands import ingest_into, link_in, read_into
    from crossread.ingest.addresses import is_address
    from crossread.store import State, open_store

    with open_store(store) as known:
        before = {found.id for found in known.listing(state=State.READ)}
    lists = [path for path in inputs if is_address(path) or path.lower().endswith((".opml", ".xml"))]
    for paths, resume in ((lists, False), ([p for p in inputs if p not in lists], True)):  # what a list names may have changed
        if paths:
            ingest_into(store, paths, messages=messages, resume=resume, fetch=fetch, keep_originals=keep_original)
    read_into(store, messages=messages, only_failed=False, reread=False, resume=True, model=None, workers=1)
    with open_store(store) as known:
        new = sorted(found.id for found in known.listing(state=State.READ) if found.id not in before)
        _say_new(known, new, messages)
    if new and is_linked:
        _, stories = link_in(store)
        messages.say(counted(stories, "story", "stories"))
    return len(new)


def _say_new(store: "Store", names: list[str], messages: Messages) -> None:
    titles = {found.id: (found.publisher, found.title) for found in store.listing()}
    for name in names[:SHOWN]:
        publisher, title = titles[name]
        messages.say(f"new: {' – '.join(part for part in (publisher, title) if part) or name}")
    if len(names) > SHOWN:
        messages.say(f"and {len(names) - SHOWN} more")
    messages.say(counted(len(names), "new report"))


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command()
    def watch(
        inputs: Annotated[
            list[str],
            typer.Argument(metavar="INPUTS", help="Feeds, OPML lists, sitemaps or folders: files, or addresses with --fetch."),
        ],
        store: Annotated[str, typer.Option("--store", metavar="FILE", help="The store that reports go into.")],
        every: Annotated[float, typer.Option("--every", min=0.05, metavar="MINUTES", help="Time between two rounds.")] = 15.0,
        once: Annotated[bool, typer.Option("--once", help="One round, then stop (for cron and the like).")] = False,
        link: Annotated[bool, typer.Option("--link/--no-link", help="Link the stories again after new reports.")] = True,
        fetch: FetchFlag = False,
        keep_original: KeepOriginal = False,
        quiet: Quiet = False,
    ) -> None:
        """Take new reports of feeds and folders into a store.

        They are read and linked, and the inputs (feeds, OPML lists, sitemaps, folders) looked at again and again until Ctrl-C.
        """
        told: set[str] = set()
        while True:
            messages = _OncePerReason(told, quiet=quiet)
            with fetching(fetch) as asked:
                watch_round(store, inputs, messages, fetch=asked, keep_original=keep_original, is_linked=link)
            if once:
                raise typer.Exit(messages.exit_code)
            time.sleep(every * 60)


class _OncePerReason(Messages):
    """Messages of many rounds: a failure that stays is shown in its first round only."""

    def __init__(self, told: set[str], *, quiet: bool) -> None:
        super().__init__(quiet=quiet)
        self._told = told

    def warn(self, text: str) -> None:
        """A line that is shown once."""
        if text not in self._told:
            self._told.add(text)
            super().warn(text)
