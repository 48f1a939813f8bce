"""Lists of records that notebooks can show and turn into data frames.

``story.events`` is a tuple like any other, and also has ``to_pandas()``, ``to_polars()``, ``to_rows()`` and a table for notebooks.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

if TYPE_CHECKING:
    import pandas
    import polars

    from crossread.export.columns import Row

T = TypeVar("T", covariant=True)


class Listing(tuple[T, ...]):
    """A tuple of records that knows which list of which kind of record it is, and what its rows look up.

    Equality, hash, order and JSON are those of a tuple; what is cut out of it (a slice, a sum) is a plain tuple.  It holds the parts of its
    owner that it needs and not the owner, so that no cycle keeps memory.
    """

    _kind: type[Any]
    _field: str
    _parts: Mapping[str, Any]

    def owner(self) -> Any:
        """A story or reading with this list and what its rows look up, and nothing else."""
        return self._kind(**{**self._parts, self._field: tuple(self)})

    def __reduce__(self) -> tuple[type[tuple[Any, ...]], tuple[tuple[T, ...]]]:
        """Copies and pickles are plain tuples; the record that they go into makes them listings again."""
        return tuple, (tuple(self),)

    def to_rows(self) -> "list[Row]":
        """One flat row a record (figures of a story: a reported value; disputes: a side; threads: a state), names looked up."""
        from crossread.export.frames import rows_of_list

        return rows_of_list(self.owner(), self._field)

    def to_pandas(self) -> "pandas.DataFrame":
        """A pandas data frame; docs/reference/codebook.md says what the columns mean.

        Raises:
            MissingExtra: If pandas is not installed (``pip install 'crossread[frames]'``).
        """
        from crossread.export.frames import to_pandas

        return to_pandas(self.owner(), self._field)

    def to_polars(self) -> "polars.DataFrame":
        """A polars data frame with typed columns; raises as `to_pandas` does."""
        from crossread.export.frames import to_polars

        return to_polars(self.owner(), self._field)

    def _repr_html_(self) -> str:
        from crossread.export.notebook import list_html

        return list_html(self.owner(), self._field)


def make_listings(owner: Any, fields: tuple[str, ...], parts: tuple[str, ...]) -> None:
    """Make the named fields of a frozen record listings; called while it is built.

    Args:
        owner: The record.
        fields: Fields that hold tuples of records.
        parts: Fields whose content the rows of those look up.
    """
    needed = {part: tuple(value) if isinstance(value := getattr(owner, part), Listing) else value for part in parts}
    for field in fields:
        listing: Listing[Any] = Listing(getattr(owner, field))
        listing._kind, listing._field, listing._parts = type(owner), field, needed
        msgspec.structs.force_setattr(owner, field, listing)
