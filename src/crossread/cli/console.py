"""What the commands print beside their data: messages, progress and problems, all on stderr."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from rich.console import Console

    from crossread.records import Document, Problem

T = TypeVar("T")

DONE, SOME_FAILED, USAGE, CANNOT_RUN = 0, 1, 2, 3


def counted(number: int, one: str, more: str | None = None) -> str:
    """A number with its noun: ``1 document``, ``3 documents``, ``2 stories``."""
    return f"{number} {one if number == 1 else more or one + 's'}"


def not_read(where: str, reason: str) -> str:
    """The line that says what was not read and why; a place that the reason names already is not named twice."""
    path = where.rpartition(":")[0] or where
    return f"not read: {reason}" if where in reason or reason.startswith(path) else f"not read: {where}: {reason}"


class Messages:
    """Messages to the person at the terminal; ``quiet`` keeps everything but failures back."""

    def __init__(self, *, quiet: bool = False) -> None:
        self.quiet = quiet
        self.failed: dict[str, str] = {}

    @property
    def console(self) -> "Console":
        """A rich console on stderr."""
        from rich.console import Console

        return Console(stderr=True, highlight=False, soft_wrap=True)

    def say(self, text: str) -> None:
        """A line of information."""
        if not self.quiet:
            print(text, file=sys.stderr)

    def warn(self, text: str) -> None:
        """A line that is shown even when quiet."""
        print(text, file=sys.stderr)

    def check(self, document: "Document", problems: "Iterable[Problem]" = ()) -> None:
        """Note a document's failures (problems of severity error) and show each document once."""
        from crossread.records.sources import source_text

        for problem in (*document.problems, *problems):
            if problem.severity == "error" and document.id not in self.failed:
                self.failed[document.id] = problem.message
                self.warn(not_read(source_text(document.source) or document.id, problem.message))

    def note(self, problem: "Problem") -> None:
        """A problem that belongs to no document: a pattern without a match, a file passed over, a report met twice."""
        if problem.severity == "error":
            self.failed[f"{problem.code} {problem.message}"] = problem.message
            self.warn(f"not read: {problem.message}")
        else:
            self.say(problem.message)

    @property
    def exit_code(self) -> int:
        """0 when every document was read, else 1."""
        return SOME_FAILED if self.failed else DONE

    @contextmanager
    def progress(self, items: Iterable[T], *, what: str) -> Iterator[Iterator[T]]:
        """Iterate with a progress line on a terminal (plain iteration elsewhere, or when quiet)."""
        if self.quiet or not sys.stderr.isatty():
            yield iter(items)
            return
        from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        total = len(items) if isinstance(items, list | tuple) else None
        columns = (SpinnerColumn(), TextColumn("{task.description}"), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=self.console, transient=True) as progress:
            task = progress.add_task(what, total=total)

            def counted() -> Iterator[T]:
                for item in items:
                    yield item
                    progress.advance(task)

            yield counted()
