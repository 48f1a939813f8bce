"""Records and the event table as Parquet, written by DuckDB (extra ``crossread[parquet]``), and records read back.

One row a record, its parts nested as in JSON: lists of structs, spans as ``[start, end]``.  What has no fixed shape (facts of a thread's
state) is a text of JSON.  `records_of` turns rows back into the same records, whoever read the file.
"""

import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from msgspec import inspect

from crossread.errors import ExportError, MissingExtra
from crossread.export.encoding import cleaned
from crossread.export.event_table import COLUMNS, event_rows
from crossread.export.jsonl import reading_lines, story_lines
from crossread.export.registry import Material
from crossread.jsonlines import convert
from crossread.records import Reading, Record, Story

R = TypeVar("R", bound=Record)

_PLAIN = {inspect.StrType: "VARCHAR", inspect.IntType: "BIGINT", inspect.FloatType: "DOUBLE", inspect.BoolType: "BOOLEAN"}
_MAX_RECORD = 2**31 - 1  # bytes of JSON; DuckDB takes 16 MiB a line unless told otherwise
_KINDS = {"integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN", "list": "VARCHAR[]", "date": "DATE"}


def _name(field: str) -> str:
    return '"' + field.replace('"', '""') + '"'


def _structs(kind: inspect.Type) -> tuple[inspect.StructType, ...]:
    """The struct, or the structs of a tagged union; none for other types."""
    parts = kind.types if isinstance(kind, inspect.UnionType) else (kind,)
    return tuple(p for p in parts if isinstance(p, inspect.StructType))


def _fields(structs: Sequence[inspect.StructType]) -> dict[str, inspect.Type]:
    """Fields of a struct; of a union all fields of its structs, the tag first."""
    fields: dict[str, inspect.Type] = {}
    for struct in structs:
        if struct.tag_field is not None:
            fields[struct.tag_field] = inspect.StrType()
    for struct in structs:
        fields |= {f.encode_name: f.type for f in struct.fields}
    return fields


def duckdb_type(kind: inspect.Type) -> str:
    """The DuckDB type that holds values of a record's field."""
    structs = _structs(kind)
    if structs:
        return "STRUCT(" + ", ".join(f"{_name(n)} {duckdb_type(t)}" for n, t in _fields(structs).items()) + ")"
    if isinstance(kind, inspect.UnionType):
        return duckdb_type(next(t for t in kind.types if not isinstance(t, inspect.NoneType)))
    if isinstance(kind, inspect.VarTupleType | inspect.ListType):
        return duckdb_type(kind.item_type) + "[]"
    if isinstance(kind, inspect.TupleType):
        return duckdb_type(kind.item_types[0]) + "[]"
    if isinstance(kind, inspect.NamedTupleType):
        return duckdb_type(kind.fields[0].type) + "[]"
    if isinstance(kind, inspect.EnumType):
        return "VARCHAR"
    return _PLAIN.get(type(kind), "VARCHAR")  # what has no fixed shape: a text of JSON


def _columns(kind: type[Record]) -> dict[str, str]:
    return {n: duckdb_type(t) for n, t in _fields(_structs(inspect.type_info(kind))).items()}


def _duckdb() -> Any:
    try:
        import duckdb
    except ImportError as err:
        raise MissingExtra("Parquet needs duckdb: pip install 'crossread[parquet]'") from err
    return duckdb


def lines_to_parquet(lines: bytes, columns: Mapping[str, str]) -> bytes:
    """JSON Lines as a Parquet file with the given columns (name: DuckDB type), rows in order.

    Raises:
        MissingExtra: If DuckDB is not installed.
        ExportError: If DuckDB cannot write it (no space for temporary files, say).
    """
    duckdb = _duckdb()
    with tempfile.TemporaryDirectory(prefix="crossread-") as folder:
        source, target = Path(folder, "rows.jsonl"), Path(folder, "rows.parquet")
        source.write_bytes(lines)
        shape = "{" + ", ".join(f"'{n}': '{t.replace(chr(39), chr(39) * 2)}'" for n, t in columns.items()) + "}"
        sql = (
            f"COPY (SELECT * FROM read_json(?, format = 'newline_delimited', columns = {shape},"
            f" maximum_object_size = {_MAX_RECORD})) TO '{str(target).replace(chr(39), chr(39) * 2)}'"
            " (FORMAT parquet, COMPRESSION zstd)"
        )
        try:
            with duckdb.connect(config={"threads": 1, "autoinstall_known_extensions": False}) as connection:
                connection.execute(sql, [str(source)])
            return target.read_bytes()
        except (duckdb.Error, OSError) as err:
            raise ExportError(f"Parquet cannot be written ({err}); check the space left for temporary files") from err


def story_parquet(material: Material) -> bytes:
    """Stories, one row each."""
    return lines_to_parquet(story_lines(material), _columns(Story))


def reading_parquet(material: Material) -> bytes:
    """Readings of the stories' documents, one row each, by document id."""
    return lines_to_parquet(reading_lines(material), _columns(Reading))


def event_table_parquet(material: Material) -> bytes:
    """The event table; lists are lists, days are dates."""
    lines = b"".join(json.dumps(cleaned(row), ensure_ascii=False).encode() + b"\n" for row in event_rows(material))
    return lines_to_parquet(lines, {c.name: _KINDS.get(c.kind, "VARCHAR") for c in COLUMNS})


# ---------------------------------------------------------------- and back


def records_of(rows: Iterable[Mapping[str, Any]], kind: type[R]) -> Iterator[R]:
    """Records of rows as any Parquet reader gives them (dicts and lists).

    Raises:
        SchemaMismatch: If a row has another shape.
    """
    shape = inspect.type_info(kind)
    for number, row in enumerate(rows, start=1):
        yield convert(_rebuilt(dict(row), shape), kind, where=f"row {number}")


def read_parquet_records(path: str | Path, kind: type[R]) -> list[R]:
    """Records of a Parquet file that `story_parquet` or `reading_parquet` made.

    Raises:
        MissingExtra: If DuckDB is not installed.
        SchemaMismatch: If the file holds other records.
    """
    with _duckdb().connect(config={"threads": 1, "autoinstall_known_extensions": False}) as connection:
        found = connection.execute("SELECT * FROM read_parquet(?)", [str(path)])
        names = [column[0] for column in found.description or ()]
        return list(records_of((dict(zip(names, row, strict=True)) for row in found.fetchall()), kind))


def _rebuilt(value: Any, kind: inspect.Type) -> Any:
    """A value as JSON has it: keys of other structs of a union left out, texts of JSON parsed."""
    if value is None:
        return None
    structs = _structs(kind)
    if structs:
        return _struct(value, structs)
    if isinstance(kind, inspect.UnionType):
        return _rebuilt(value, next(t for t in kind.types if not isinstance(t, inspect.NoneType)))
    if isinstance(kind, inspect.VarTupleType | inspect.ListType):
        return [_rebuilt(v, kind.item_type) for v in value]
    if isinstance(kind, inspect.DictType | inspect.AnyType):
        return json.loads(value) if isinstance(value, str) else value
    return value


def _struct(value: Mapping[str, Any], structs: Sequence[inspect.StructType]) -> dict[str, Any]:
    tag = structs[0].tag_field
    struct = next((s for s in structs if tag is not None and s.tag == value.get(tag)), structs[0])
    tags = {tag: value.get(tag)} if tag is not None else {}
    return tags | {f.encode_name: _rebuilt(value.get(f.encode_name), f.type) for f in struct.fields}
