"""Tables as CSV (RFC 4180, UTF-8), made safe for spreadsheets, alone or all together in one ZIP file.

A spreadsheet runs a cell that starts like a formula, and report text comes from strangers.  Such text gets a leading apostrophe
(OWASP, "CSV Injection"), and every text stands in quotation marks, so that no other separator parts it anew.
"""

import io
import json
import re
import zipfile
from collections.abc import Iterable, Sequence
from functools import partial

from crossread.export.columns import Cell, Column, Row, flat
from crossread.export.encoding import clean, utf8
from crossread.export.registry import Material
from crossread.export.tables import TABLES, Table, rows_of

_SPACE = "\\s\x00-\x20\x7f-\xa0\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"  # white space, controls, marks nobody sees
_FORMULA = re.compile(f"'*(?:[{_SPACE}]*[=+\\-@\uff1d\uff0b\uff0d\uff20\u2212]|[\t\r\n])")
_NUL = str.maketrans({"\x00": "\ufffd"})
_ZIP_DAY = (1980, 1, 1, 0, 0, 0)  # the same bytes every time


def safe_cell(value: str | float | int | None) -> str | float | int | None:
    """A cell that no spreadsheet takes for a formula: text that starts like one gets a leading apostrophe."""
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value


def unescaped(text: str) -> str:
    """The cell as it was before `safe_cell`."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text[1:]) else text


def _written(cell: Cell, *, raw: bool) -> str | float | int | None:
    value = flat(cell)
    if isinstance(value, str):
        value = clean(value).translate(_NUL)  # many readers end a line at a NUL
    return value if raw else safe_cell(value)


def csv_text(rows: Sequence[Row], *, raw: bool = False, columns: Iterable[str] | None = None) -> str:
    """Rows as CSV with a header line; formula-safe unless ``raw``.

    Args:
        rows: The rows.
        raw: Leave cells that a spreadsheet would take for formulas as they are.
        columns: Names of the columns; those of the first row where they are not given (then no rows give an empty text).
    """
    names = list(columns if columns is not None else rows[0] if rows else ())
    if not names:
        return ""
    lines = [",".join(map(_quoted, names))]
    lines += [",".join(_quoted(_written(row[name], raw=raw)) for name in names) for row in rows]
    return "\n".join(lines) + "\n"


def _quoted(value: str | float | int | None) -> str:
    """Text in quotation marks, numbers bare, and nothing at all for ``None``, so that programs tell a gap from an empty text."""
    if value is None:
        return ""
    return f'"{value.replace(chr(34), chr(34) * 2)}"' if isinstance(value, str) else str(value)


def table_csv(material: Material, name: str) -> bytes:
    """One table as CSV; its header stands there also when it has no rows."""
    rows = rows_of(material.stories, name, material.by_document)
    return utf8(csv_text(rows, raw=material.raw_csv, columns=[c.name for c in TABLES[name].columns]))


brief_csv = partial(table_csv, name="brief")
events_csv = partial(table_csv, name="events")
figures_csv = partial(table_csv, name="figures")
claims_csv = partial(table_csv, name="claims")
disputes_csv = partial(table_csv, name="disputes")
corroborations_csv = partial(table_csv, name="corroborations")
threads_csv = partial(table_csv, name="threads")
timeline_csv = partial(table_csv, name="timeline")
actors_csv = partial(table_csv, name="actors")
places_csv = partial(table_csv, name="places")
copies_csv = partial(table_csv, name="copies")
documents_csv = partial(table_csv, name="documents")

_TYPES = {"text": "string", "list": "string", "date": "date", "integer": "integer", "number": "number", "boolean": "integer"}


def _field(column: Column) -> dict[str, str]:
    return {"name": column.name, "type": _TYPES[column.kind], "description": column.meaning}


def _resource(table: Table) -> dict[str, object]:
    return {
        "name": table.name,
        "path": f"{table.name}.csv",
        "description": table.meaning,
        "profile": "tabular-data-resource",
        "encoding": "utf-8",
        "schema": {"fields": [_field(c) for c in table.columns], "missingValues": [""]},
    }


def csv_package(material: Material) -> bytes:
    """All tables as CSV files in one ZIP file, with a Frictionless ``datapackage.json`` that says what the columns mean."""
    package = {
        "name": "crossread",
        "profile": "tabular-data-package",
        "title": "; ".join(s.title or s.id for s in material.stories[:3]),
        "resources": [_resource(t) for t in TABLES.values()],
    }
    files = {"datapackage.json": utf8(json.dumps(package, indent=1, ensure_ascii=False) + "\n")}
    files |= {f"{name}.csv": table_csv(material, name) for name in TABLES}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _ZIP_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return out.getvalue()
