"""An archive: a folder of Parquet files, local or in object storage, written a file at a time and never changed in place.

    plan.json                    what the shards are
    documents/SHARD.parquet      one row a document: who printed it, when, its text, whether it could be read
    readings/SHARD.parquet       one row a reading: the record as JSON
    signatures/SHARD.parquet     MinHash keys for finding copies
    done/STEP-PART.json          completion marker of a part, written last
    index, edges, copies, stories, events      what linking adds

A part whose marker is there is whole.  A run that was interrupted leaves parts without markers; the next run makes those again.
"""

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from crossread.errors import ExportError, MissingExtra, StoreError

if TYPE_CHECKING:
    import duckdb
    import pyarrow

HINT = "the distributed engine needs more packages: pip install 'crossread[scale]'"


class Archive:
    """Files of one archive.

    Args:
        url: A folder, or any address that fsspec opens for writing.

    Raises:
        MissingExtra: If the packages of the extra ``scale`` are not installed.
    """

    def __init__(self, url: str) -> None:
        try:
            import fsspec
            import pyarrow  # noqa: F401
        except ImportError as err:
            raise MissingExtra(HINT) from err
        self.url = url
        self._fs, root = fsspec.core.url_to_fs(url)
        self._root = root.rstrip("/")
        self.is_local = "file" in _protocols(self._fs)

    # ------------------------------------------------------------ tables

    def write(self, table: str, part: str, rows: "pyarrow.Table", *, together: int | None = None) -> None:
        """Write one part of a table, whole or not at all.

        Args:
            table: Its name.
            part: The part's name.
            rows: What it holds.
            together: Rows that are packed together: few, so that single rows can be had without unpacking the whole part.

        Raises:
            ExportError: If it cannot be written.
        """
        import pyarrow.parquet as pq

        with self._whole(f"{table}/{part}.parquet") as out:
            pq.write_table(rows, out, compression="zstd", row_group_size=together, use_dictionary=together is None)

    def rows_at(self, table: str, part: str, column: str, places: Sequence[int]) -> list[Any]:
        """Values of a column at places of a part, in that order; only the rows packed together with them are unpacked."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        with self._fs.open(f"{self._root}/{table}/{part}.parquet", "rb") as stream:
            packed = pq.ParquetFile(stream)
            size = packed.metadata.row_group(0).num_rows
            wanted = sorted({place // size for place in places})
            values = packed.read_row_groups(wanted, columns=[column], use_threads=False).column(0)
        start = {group: n * size for n, group in enumerate(wanted)}
        chosen = values.take(pa.array([start[p // size] + p % size for p in places], pa.int64()))
        found: list[Any] = chosen.to_pylist()
        return found

    def read(self, table: str, part: str) -> "pyarrow.Table":
        """One part of a table."""
        import pyarrow.parquet as pq

        with self._fs.open(f"{self._root}/{table}/{part}.parquet", "rb") as stream:
            return pq.ParquetFile(stream).read(use_threads=False)

    def parts(self, table: str) -> list[str]:
        """Names of the parts of a table, in order."""
        return [
            path.rsplit("/", 1)[-1].removesuffix(".parquet") for path in sorted(self._fs.glob(f"{self._root}/{table}/*.parquet"))
        ]

    def files(self, table: str) -> list[str]:
        """Addresses of the parts of a table, in order, as DuckDB takes them."""
        found = sorted(self._fs.glob(f"{self._root}/{table}/*.parquet"))
        return [f if self.is_local else self._fs.unstrip_protocol(f) for f in found]

    def query(self, sql: str, **tables: Any) -> "pyarrow.Table":
        """The answer to SQL over the archive; ``{documents}`` in it stands for the parts of that table.

        Args:
            sql: One statement, tables of the archive in braces.
            tables: Arrow tables that the statement names.
        """
        with self.connection() as connection:
            for name, rows in tables.items():
                connection.register(name, rows)
            answer: pyarrow.Table = connection.sql(self.filled(sql)).to_arrow_table()
            return answer

    def filled(self, sql: str) -> str:
        """SQL with the tables of the archive put in place of their names in braces."""
        for table in TABLES:
            if f"{{{table}}}" in sql:
                files = self.files(table)
                if not files:
                    raise StoreError(f"{self.url}: no {table} in it; run `crossread read INPUTS --to {self.url}` first")
                listed = ", ".join("'" + f.replace("'", "''") + "'" for f in files)
                sql = sql.replace(f"{{{table}}}", f"read_parquet([{listed}])")
        return sql

    @contextmanager
    def connection(self, *, threads: int = 1, memory: str = "2GB") -> "Iterator[duckdb.DuckDBPyConnection]":
        """A DuckDB connection that reaches the archive and nothing outside it."""
        try:
            import duckdb
        except ImportError as err:
            raise MissingExtra(HINT) from err
        options: dict[str, str | bool | int | float | list[str]] = {"threads": threads, "memory_limit": memory}
        options["autoinstall_known_extensions"] = False
        with duckdb.connect(config=options) as connection:
            if not self.is_local:
                connection.register_filesystem(self._fs)
            yield connection

    # ------------------------------------------------------------ small files

    def is_empty(self) -> bool:
        """Whether nothing lies in the folder, or it is not there."""
        try:
            return not self._fs.ls(self._root, detail=False)
        except FileNotFoundError:
            return True

    def put_json(self, name: str, value: Any) -> None:
        """Write a small JSON file."""
        with self._whole(name) as out:
            out.write(json.dumps(value, sort_keys=True).encode())

    def get_json(self, name: str) -> Any:
        """A small JSON file, ``None`` where there is none.

        Raises:
            StoreError: If it is damaged.
        """
        try:
            with self._fs.open(f"{self._root}/{name}", "rb") as stream:
                return json.loads(stream.read())
        except FileNotFoundError:
            return None
        except ValueError as err:
            raise StoreError(f"{self.url}/{name}: damaged ({err}); remove it, and the run makes its part again") from err

    def finish(self, step: str, part: str, facts: Mapping[str, Any]) -> None:
        """Write the completion marker of a part."""
        self.put_json(f"done/{step}-{part}.json", dict(facts))

    def finished(self, step: str) -> dict[str, Any]:
        """Completion markers of a step, by part; a damaged one does not count."""
        found = {}
        for path in sorted(self._fs.glob(f"{self._root}/done/{step}-*.json")):
            name = path.rsplit("/", 1)[-1]
            try:
                found[name.removeprefix(f"{step}-").removesuffix(".json")] = self.get_json(f"done/{name}")
            except StoreError:
                self._fs.rm_file(path)
        return found

    def clear(self, step: str, tables: Iterable[str]) -> None:
        """Remove what a step left, its markers first."""
        for path in self._fs.glob(f"{self._root}/done/{step}-*.json"):
            self._fs.rm_file(path)
        for table in tables:
            for path in self._fs.glob(f"{self._root}/{table}/*"):
                self._fs.rm_file(path)

    def keep_only(self, table: str, parts: Sequence[str]) -> None:
        """Remove parts of a table that no longer belong to it."""
        wanted = {f"{part}.parquet" for part in parts}
        for path in self._fs.glob(f"{self._root}/{table}/*"):
            if path.rsplit("/", 1)[-1] not in wanted:
                self._fs.rm_file(path)

    @contextmanager
    def _whole(self, name: str) -> Iterator[Any]:
        """A file that appears under its name when it is whole: beside it first, on disk, then renamed (one object in object storage)."""
        final = f"{self._root}/{name}"
        path = f"{final}.{os.getpid()}.part" if self.is_local else final
        try:
            self._fs.makedirs(final.rsplit("/", 1)[0], exist_ok=True)
            with self._fs.open(path, "wb") as out:
                yield out
                out.flush()
                if self.is_local:
                    os.fsync(out.fileno())
            if self.is_local:
                os.replace(path, final)
        except OSError as err:
            if self.is_local and os.path.exists(path):
                os.unlink(path)
            reason = err.strerror or str(err)
            raise ExportError(
                f"{final}: cannot be written ({reason}); make room or rights there and run the same command again"
            ) from err


TABLES = ("documents", "readings", "signatures", "index", "terms", "lines", "furniture", "edges", "copies", "stories", "events")


def _protocols(fs: Any) -> tuple[str, ...]:
    return (fs.protocol,) if isinstance(fs.protocol, str) else tuple(fs.protocol)
