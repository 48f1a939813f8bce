"""``python -m benchmarks.exports``: every export of the shipped example read back by a library that is not ours, and counted.

One line a format: what read it, how many pieces were compared with the story, how many differed, bytes, milliseconds of processor time.
"""

import csv
import io
import json
import time
import zipfile
from collections.abc import Callable, Iterator

import bibtexparser
import lxml.html
import markdown_it
import openpyxl
import pandas
import polars
import pyarrow.parquet
import rispy
import shapely.geometry

from benchmarks.stable_ids import example
from crossread.export import EXPORTS, Material
from crossread.export.cameo import GDELT_COLUMNS
from crossread.export.citations import entries
from crossread.export.columns import flat
from crossread.export.context import context_of
from crossread.export.event_rows import mentions_of
from crossread.export.event_table import event_rows
from crossread.export.layout import lay_out
from crossread.export.parquet import records_of
from crossread.export.tables import TABLES
from crossread.jsonlines import decode
from crossread.linking import link_one
from crossread.records import Reading, Story

Pairs = Iterator[tuple[object, object]]
"""What was read back, and what it should be."""


def _rows(material: Material, name: str) -> list[list[object]]:
    rows = TABLES[name].rows(context_of(material.stories[0], material.by_document))
    return [[flat(cell) for cell in row.values()] for row in rows]


def _table(content: bytes, material: Material, name: str) -> Pairs:
    back = list(csv.reader(io.StringIO(content.decode(), newline="")))[1:]
    for read, told in zip(back, _rows(material, name), strict=True):
        for cell, value in zip(read, told, strict=True):
            shown = "" if value is None else str(value)
            yield cell.removeprefix("'") if cell != shown else cell, shown


def _package(content: bytes, material: Material) -> Pairs:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in TABLES:
            yield from _table(archive.read(f"{name}.csv"), material, name)


def _json(content: bytes, material: Material) -> Pairs:
    yield decode(content, Story), material.stories[0]


def _readings(content: bytes, material: Material) -> Pairs:
    for line in content.splitlines():
        reading = decode(line, Reading)
        yield reading, material.by_document[reading.document.id]


def _html(content: bytes, material: Material) -> Pairs:
    page = lxml.html.document_fromstring(content)
    text = " ".join(page.text_content().split())
    anchors = {e.get("id") for e in page.iter() if e.get("id")}
    for line in material.stories[0].brief:
        yield " ".join(line.text.split()) in text, True
    for link in page.iter("a"):
        yield link.get("href", "#")[1:] in anchors, True


def _markdown(content: bytes, material: Material) -> Pairs:
    tokens = markdown_it.MarkdownIt().parse(content.decode())
    text = " ".join(" ".join(c.content for c in t.children or ()) for t in tokens if t.type == "inline")
    for note in lay_out(material.stories[0], material.readings).notes:
        yield f"[^{note.number}]:" in text, True


def _workbook(content: bytes, material: Material) -> Pairs:
    book = openpyxl.load_workbook(io.BytesIO(content))
    for name, table in TABLES.items():
        for number, told in enumerate(_rows(material, name), start=2):
            for n, (column, value) in enumerate(zip(table.columns, told, strict=True), start=1):
                cell = book[name].cell(number, n)
                if column.name == "evidence":
                    yield cell.hyperlink is not None, bool(value)
                else:
                    read = cell.value.date().isoformat() if column.kind == "date" and cell.value else cell.value
                    yield read, None if value == "" else value


def _event_table(content: bytes, material: Material) -> Pairs:
    frame = pandas.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False)
    for told, (_, read) in zip(event_rows(material), frame.iterrows(), strict=True):
        for name, cell in told.items():
            if name != "mentions":
                yield read[name].removeprefix("'"), ("" if flat(cell) is None else str(flat(cell))).removeprefix("'")


def _event_lines(content: bytes, material: Material) -> Pairs:
    for told, line in zip(event_rows(material), content.decode().removesuffix("\n").split("\n"), strict=True):
        yield json.loads(line), json.loads(json.dumps(told))


def _plover(content: bytes, material: Material) -> Pairs:
    for line in content.decode().removesuffix("\n").split("\n"):
        record = json.loads(line)
        info, text = record["text_info"], material.by_document[record["cite_info"]["document"]].document.text
        yield text[info["start"] : info["end"]], info["text_story"]


def _cameo(content: bytes, material: Material) -> Pairs:
    context = context_of(material.stories[0], material.by_document)
    mentions = {f"{d}:{m.id}": m for e in material.stories[0].events for d, m in mentions_of(context, e)}
    for row in csv.DictReader(io.StringIO(content.decode(), newline="")):
        yield (row["plover_type"], row["status"]), (mentions[row["id"]].type.value, mentions[row["id"]].status.value)


def _gdelt(content: bytes, material: Material) -> Pairs:
    frame = polars.read_csv(io.BytesIO(content), separator="\t", has_header=False, infer_schema=False)
    for row in frame.iter_rows():
        yield (len(row), row[28]), (len(GDELT_COLUMNS), f"{row[28]:0>2}"[:2])


def _geojson(content: bytes, material: Material) -> Pairs:
    for feature in json.loads(content)["features"]:
        yield feature["geometry"] is None or shapely.geometry.shape(feature["geometry"]).is_valid, True
        for item in feature["properties"]["evidence"]:
            text = material.by_document[item["document"]].document.text
            yield " ".join(text[item["span"][0] : item["span"][1]].split()), item["words"]


def _annotations(content: bytes, material: Material) -> Pairs:
    for annotation in json.loads(content)["first"]["items"]:
        for target in annotation["target"]:
            quote, position = target["selector"]
            text = material.by_document[target["source"]["crossread:document"]].document.text
            yield text[position["start"] : position["end"]], quote["exact"]


def _parquet(content: bytes, material: Material) -> Pairs:
    yield from zip(records_of(pyarrow.parquet.read_table(io.BytesIO(content)).to_pylist(), Story), material.stories, strict=True)


def _parquet_readings(content: bytes, material: Material) -> Pairs:
    for reading in records_of(pyarrow.parquet.read_table(io.BytesIO(content)).to_pylist(), Reading):
        yield reading, material.by_document[reading.document.id]


def _parquet_events(content: bytes, material: Material) -> Pairs:
    for told, read in zip(event_rows(material), polars.read_parquet(io.BytesIO(content)).to_dicts(), strict=True):
        for name, cell in told.items():
            value = read[name].isoformat() if hasattr(read[name], "isoformat") else read[name]
            yield value, list(cell) if isinstance(cell, tuple) else cell


def _csl(content: bytes, material: Material) -> Pairs:
    yield from ((item["title"], e.title) for item, e in zip(json.loads(content), entries(material), strict=True))


def _bibtex(content: bytes, material: Material) -> Pairs:
    found = bibtexparser.parse_string(content.decode()).entries
    yield from ((b["title"].strip("{}"), e.title) for b, e in zip(found, entries(material), strict=True))


def _ris(content: bytes, material: Material) -> Pairs:
    yield from ((r["title"], e.title) for r, e in zip(rispy.loads(content.decode()), entries(material), strict=True))


CHECKS: dict[str, tuple[str, str, Callable[[bytes, Material], Pairs]]] = {
    "json": ("msgspec", "records", _json),
    "jsonl": ("msgspec", "records", _json),
    "readings": ("msgspec", "records", _readings),
    "html": ("lxml", "lines of the brief, links", _html),
    "md": ("markdown-it", "footnotes", _markdown),
    "xlsx": ("openpyxl", "cells and links", _workbook),
    "csv": ("csv", "cells", _package),
    "event-table": ("pandas", "cells", _event_table),
    "event-table-jsonl": ("json", "rows", _event_lines),
    "plover": ("json", "sentences by offset", _plover),
    "cameo": ("csv", "rows", _cameo),
    "gdelt": ("polars", "rows of 61 columns", _gdelt),
    "geojson": ("shapely", "points, words by offset", _geojson),
    "webannotation": ("json", "selectors", _annotations),
    "parquet": ("pyarrow", "records", _parquet),
    "parquet-readings": ("pyarrow", "records", _parquet_readings),
    "parquet-event-table": ("polars", "cells", _parquet_events),
    "csl-json": ("json", "entries", _csl),
    "bibtex": ("bibtexparser", "entries", _bibtex),
    "ris": ("rispy", "entries", _ris),
}


def main() -> None:
    """Print the table."""
    known = example()
    material = Material(stories=[link_one(known)], readings=known)
    print("| format | read back by | compared | count | differ | bytes | ms |\n| --- | --- | --- | --- | --- | --- | --- |")
    for name, (library, what, check) in CHECKS.items():
        start = time.process_time()
        content = EXPORTS[name].make(material)
        spent = time.process_time() - start
        pairs = [read == told for read, told in check(content, material)]
        cells = (name, library, what, f"{len(pairs):,}", pairs.count(False), f"{len(content):,}", f"{1000 * spent:.0f}")
        print("| " + " | ".join(map(str, cells)) + " |")


if __name__ == "__main__":
    main()
