"""``--since`` and ``--until``: what is dated outside the days asked for is left out, and said to be."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import msgspec
import typer

from crossread.errors import InputError
from crossread.records import Outside, Reading, Story, When


@dataclass(frozen=True, slots=True)
class Window:
    """The days asked for, and the documents that were published outside them."""

    since: str | None
    until: str | None
    outside: tuple[Outside, ...] = ()

    def misses(self, when: When | None) -> bool:
        """Whether an interval lies wholly outside the window; what has no date does not."""
        if when is None:
            return False
        before = self.since is not None and when.end is not None and when.end < self.since
        after = self.until is not None and when.start is not None and when.start > self.until
        return before or after

    def applied_to(self, story: Story) -> Story:
        """The story without timeline entries outside the window, documents set aside listed."""
        timeline = tuple(e for e in story.timeline if not self.misses(e.when))
        return msgspec.structs.replace(story, timeline=timeline, outside=(*story.outside, *self.outside))


def check_days(since: str | None, until: str | None) -> None:
    """Refuse days that are no dates or run backwards, as wrong usage: before anything is read."""
    for option, day in (("--since", since), ("--until", until)):
        if day is not None:
            try:
                date.fromisoformat(day)
            except ValueError:
                raise typer.BadParameter(f"{option} {day!r} is no date; write it as YYYY-MM-DD") from None
    if since is not None and until is not None and since > until:
        raise typer.BadParameter(f"--since {since} is after --until {until}; swap the two days")


def within_window(readings: Sequence[Reading], since: str | None, until: str | None) -> tuple[list[Reading], Window]:
    """Readings published within the days (those without a date stay), and the window with the rest.

    Raises:
        InputError: If no reading is left; the message names the days that the reports cover.
    """
    window = Window(since, until)
    inside = [r for r in readings if not window.misses(r.document.published)]
    kept = {r.document.id for r in inside}
    asked = f"{since or '…'} to {until or '…'}"
    out = tuple(
        Outside(
            document=r.document.id,
            reason=f"published {r.document.published.start if r.document.published else '?'}, outside the days asked for ({asked})",
        )
        for r in readings
        if r.document.id not in kept
    )
    if not inside:
        days = sorted(
            d for r in readings if r.document.published for d in (r.document.published.start, r.document.published.end) if d
        )
        raise InputError(f"no report was published within the days asked for ({asked}); they run from {days[0]} to {days[-1]}")
    return inside, Window(since, until, out)
