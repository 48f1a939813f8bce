"""What every flat table is made of: cells, columns, and the columns that several tables share.

A cell is a text, a number, a yes or no, a list of texts, or ``None`` where nothing is known.
"""

from dataclasses import dataclass

from crossread.records import Place, When

Cell = str | float | int | bool | tuple[str, ...] | None
Row = dict[str, Cell]

LIST_MARK = "; "
"""What parts the items of a list where a format has no lists."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the kind of its cells (``text``, ``date``, ``integer``, ``number``, ``boolean``, ``list``) and what they mean."""

    name: str
    kind: str
    meaning: str


DAYS = (
    Column("start", "date", "first day, empty when open or not known"),
    Column("end", "date", "last day (included), empty when open or not known"),
    Column("date_precision", "text", "how exact the days are: day, week, month, year, unknown"),
)
VOICE = Column("voice", "text", "who says so; empty for the reporter's own voice")


def days(when: When | None) -> Row:
    """The cells of `DAYS`."""
    return {
        "start": when.start if when else None,
        "end": when.end if when else None,
        "date_precision": when.precision.value if when else None,
    }


def place_name(place: Place | None) -> str | None:
    """What a place is called, in the words of the text where it has no name."""
    return (place.name or place.text) if place else None


def flat(cell: Cell) -> str | float | int | None:
    """A cell for formats without lists and truth values: lists joined, yes and no as 1 and 0."""
    if isinstance(cell, tuple):
        return LIST_MARK.join(cell)
    return int(cell) if isinstance(cell, bool) else cell
