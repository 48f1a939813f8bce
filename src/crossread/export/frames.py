"""Lists of stories and readings as data frames (extra ``crossread[frames]``)."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from crossread.errors import MissingExtra
from crossread.export.columns import Cell, Column, Row
from crossread.export.context import context_of
from crossread.export.reading_tables import READING_TABLES
from crossread.export.tables import TABLES
from crossread.records import Reading, Story

if TYPE_CHECKING:
    import pandas
    import polars


def columns_of(owner: Story | Reading, field: str) -> tuple[Column, ...]:
    """Columns of one list of a story or reading, in order; raises `KeyError` for a field that is no list of records."""
    return TABLES[field].columns if isinstance(owner, Story) else READING_TABLES[field].columns


def rows_of_list(owner: Story | Reading, field: str, readings: Mapping[str, Reading] | None = None) -> list[Row]:
    """Rows of one list.

    Args:
        owner: A story or reading.
        field: The name of the list, as ``events``.
        readings: Readings by document id, for the words behind the rows of a story.
    """
    if isinstance(owner, Story):
        return list(TABLES[field].rows(context_of(owner, readings or {})))
    return list(READING_TABLES[field].rows(owner))


def _missing(package: str) -> MissingExtra:
    return MissingExtra(f"data frames need {package}: pip install 'crossread[frames]'")


def to_pandas(owner: Story | Reading, field: str, readings: Mapping[str, Reading] | None = None) -> "pandas.DataFrame":
    """One list as a pandas data frame: days as ``datetime64``, gaps as missing values, lists as lists.

    Raises:
        MissingExtra: If pandas is not installed.
    """
    try:
        import numpy
        import pandas
    except ImportError as err:
        raise _missing("pandas") from err

    def series(column: Column, cells: list[Cell]) -> Any:
        if column.kind == "date":
            return pandas.Series(numpy.array([c or "NaT" for c in cells], dtype="datetime64[s]"))
        if column.kind == "list":
            return pandas.Series([list(c) if isinstance(c, tuple) else c for c in cells], dtype="object")
        return pandas.Series(cells, dtype={"integer": "Int64", "number": "float64", "boolean": "boolean"}.get(column.kind, "str"))

    return pandas.DataFrame(_by_column(owner, field, readings, series))


def to_polars(owner: Story | Reading, field: str, readings: Mapping[str, Reading] | None = None) -> "polars.DataFrame":
    """One list as a polars data frame with typed columns.

    Raises:
        MissingExtra: If polars is not installed.
    """
    try:
        import polars
    except ImportError as err:
        raise _missing("polars") from err
    kinds: dict[str, Any] = {
        "date": polars.Date,
        "list": polars.List(polars.String),
        "integer": polars.Int64,
        "number": polars.Float64,
        "boolean": polars.Boolean,
    }

    def series(column: Column, cells: list[Cell]) -> Any:
        values = [_polars_cell(column, c) for c in cells]
        return polars.Series(column.name, values, dtype=kinds.get(column.kind, polars.String))

    return polars.DataFrame(_by_column(owner, field, readings, series))


def _polars_cell(column: Column, cell: Cell) -> Any:
    if isinstance(cell, tuple):
        return list(cell)
    return date.fromisoformat(cell) if column.kind == "date" and isinstance(cell, str) else cell


def _by_column(
    owner: Story | Reading, field: str, readings: Mapping[str, Reading] | None, series: Callable[[Column, list[Cell]], Any]
) -> dict[str, Any]:
    rows = rows_of_list(owner, field, readings)
    return {c.name: series(c, [row[c.name] for row in rows]) for c in columns_of(owner, field)}
