"""The options of commands that may ask the network, and the fetcher behind them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from crossread.ingest.readers import Fetch

FetchFlag = Annotated[
    bool,
    typer.Option("--fetch", help="Ask the addresses given (pages, feeds, sitemaps, OPML); without it the network is never used."),
]
KeepOriginal = Annotated[bool, typer.Option("--keep-original", help="With --store: keep the bytes of each report as they came.")]


@contextmanager
def fetching(wanted: bool) -> "Iterator[Fetch | None]":
    """What asks addresses, ``None`` where that is not wanted."""
    if not wanted:
        yield None
        return
    from crossread.ingest.fetch import Fetcher

    fetcher = Fetcher()
    try:
        yield fetcher.get
    finally:
        fetcher.close()
