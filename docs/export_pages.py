"""The reference pages of exports, made from the code: formats, the codebook of all columns, the JSON Schema."""

import json
from collections.abc import Iterable

from crossread.codebook.plover import CAMEO_OF_TYPE, MODES, PENTA
from crossread.export import EXPORTS
from crossread.export.cameo import CAMEO_COLUMNS, GDELT_COLUMNS, GOLDSTEIN
from crossread.export.columns import Column
from crossread.export.event_table import COLUMNS
from crossread.export.plover import SCORES
from crossread.export.reading_tables import READING_TABLES
from crossread.export.tables import TABLES
from crossread.jsonlines import schema
from crossread.vocabulary import EventType

_CLASSES = ("none", "verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
_KINDS = (
    "Kinds of cells: `text`; `date` (ISO, `YYYY-MM-DD`); `integer`; `number`; `boolean` (1 and 0 in CSV and spreadsheets); `list`"
    ' (joined by "; " in CSV and spreadsheets, lists in JSON, Parquet and data frames). An empty cell means that nothing is known;'
    " it never stands for zero or"
    ' "no".'
)


def _table(columns: Iterable[Column]) -> str:
    rows = "\n".join(f"| `{c.name}` | {c.kind} | {c.meaning.replace('|', '/')} |" for c in columns)
    return f"| column | kind | meaning |\n| --- | --- | --- |\n{rows}\n"


def exports_page() -> str:
    """Formats of ``crossread export``."""
    rows = "\n".join(
        f"| `{e.name}` | `{e.suffix}` | {e.description} | {'yes' if e.needs_readings else ''} | {'one' if e.one_story else 'any number'} |"
        f" {f'`crossread[{e.extra}]`' if e.extra else ''} | `{e.media_type}` |"
        for e in EXPORTS.values()
    )
    return (
        "# Export formats\n\n`crossread export STORIES --format NAME` writes them, `GET /stories/{id}/export/{name}` of the desk serves"
        " them, and `crossread.export.export_stories(stories, readings, to=NAME)` gives their bytes. Files appear whole or not at all"
        " (temporary file, fsync, rename). The same input gives the same bytes.\n\n"
        "| name | ending | holds | needs readings | stories a file | extra | media type |\n| --- | --- | --- | --- | --- | --- | --- |\n"
        f"{rows}\n"
    )


def codebook_page() -> str:
    """Every column of every table, and the codes in them."""
    parts = [
        f"# Codebook\n\nEvery column of the exports. {_KINDS} The closed lists of words stand in [records.md](records.md).\n",
        "## Event table\n\nFormats `event-table`, `event-table-jsonl`, `parquet-event-table`. How ids last:"
        " [researchers.md](../researchers.md).\n",
        _table(COLUMNS),
        "# Tables of a story\n\nFormats `csv-NAME`, `csv` (all), `xlsx` (a sheet each), and `story.NAME.to_pandas()`.\n",
    ]
    for table in TABLES.values():
        parts.append(f"## {table.name}\n\n{table.meaning[0].upper()}{table.meaning[1:]}.\n\n{_table(table.columns)}")
    parts.append("# Tables of a reading\n\n`reading.NAME.to_pandas()` and `.to_polars()`.\n")
    for reading_table in READING_TABLES.values():
        meaning = reading_table.meaning
        parts.append(
            f"## {reading_table.name} of a reading\n\n{meaning[0].upper()}{meaning[1:]}.\n\n{_table(reading_table.columns)}"
        )
    parts += [f"# CAMEO dyads\n\nFormat `cameo`.\n\n{_table(CAMEO_COLUMNS)}", _gdelt(), _types()]
    return "\n".join(parts)


def _gdelt() -> str:
    scale = ", ".join(f"{root}: {value:g}" for root, value in GOLDSTEIN.items())
    names = ", ".join(f"`{n}`" for n in GDELT_COLUMNS)
    return (
        "# GDELT rows\n\nFormat `gdelt`: tab-separated, no header, GDELT 2.0's 61 columns. Only events that a report says happened, go on or"
        " are alleged become rows. Tone, FIPS codes, ethnic and religious codes are not known and stay empty; codes end in 0, as"
        f" only CAMEO's roots are coded.\n\n{names}.\n\nGoldstein scale by root: {scale}.\n"
    )


def _types() -> str:
    rows = "\n".join(
        f"| `{t.value}` | {PENTA[t]} {_CLASSES[PENTA[t]]} | {f'{SCORES[t]:g}' if t in SCORES else ''} | {CAMEO_OF_TYPE[t]} |"
        f" {', '.join(MODES.get(t, ()))} |"
        for t in EventType
    )
    return f"# PLOVER types\n\n| type | class | score | CAMEO root | modes |\n| --- | --- | --- | --- | --- |\n{rows}\n"


def schema_text() -> str:
    """JSON Schema of the records, as ``crossread schema`` prints it."""
    return json.dumps(schema(), indent=1, sort_keys=True) + "\n"
