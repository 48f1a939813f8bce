"""Write docs/notebook.ipynb: the cells below, run on the shipped example.  ``--check`` only runs them and fails when one fails."""

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

PATH = Path(__file__).parent / "notebook.ipynb"

CELLS = (
    (
        "text",
        """# One story in a notebook

Nine invented reports of a siege, as the package ships them: which accounts differ, who says which number, which sentence it rests on, and a
table of events whose ids last. Everything runs offline, on a CPU. `pip install 'crossread[frames]'` brings the data frames.""",
    ),
    (
        "code",
        """from importlib.resources import files

import crossread

folder = files("crossread") / "examples" / "varnik"
story = crossread.brief([folder])
story""",
    ),
    (
        "text",
        """The numbers in brackets say on how many passages a line rests. Every list of a story is a table: in the notebook, as rows, as a
pandas or polars data frame.""",
    ),
    ("code", """story.figures.to_pandas().query("kind == 'killed'")[["counted", "value", "voice", "published", "place"]]"""),
    ("code", """story.disputes.to_polars().select("topic", "side", "position", "held_by", "compatible").head(8)"""),
    ("text", """`n_independent` counts origins: one wire text printed by two papers is one."""),
    (
        "code",
        """copied = story.copies.to_pandas()[["kind", "documents", "reason"]]
agreements = story.corroborations.to_pandas()
agreements[agreements.n_documents > agreements.n_independent][["text", "n_documents", "n_independent"]].head()""",
    ),
    (
        "text",
        """## One report

`crossread.read` takes one document. Spans are half-open, in Unicode code points of `document.text`, which holds the report's own words.""",
    ),
    (
        "code",
        """from crossread.ingest import ingest_paths

documents = list(ingest_paths([str(folder)]))
reading = crossread.read(documents[0])
reading.attributions.to_pandas()[["speaker", "stance", "cue", "content"]].head(6)""",
    ),
    (
        "code",
        """first = reading.attributions[1]
[span.of(reading.document.text) for span in first.content], first.stance""",
    ),
    (
        "text",
        """## Event data whose ids last

The event table has the columns that ACLED and UCDP users know. Give it the table of yesterday and events keep their ids; what was merged or
withdrawn stays as a tombstone, and `updated_at` says which rows changed.""",
    ),
    (
        "code",
        """import io

import pandas

from crossread.calls import link, read_all
from crossread.export import export_stories

readings = sorted(read_all(documents), key=lambda r: (r.document.published.start or "") if r.document.published else "")
yesterday = export_stories(link(readings[:5]), readings[:5], to="event-table", as_of="2023-05-12")
today = export_stories(link(readings), readings, to="event-table", previous=yesterday, as_of="2023-05-18")
before, after = pandas.read_csv(io.BytesIO(yesterday)), pandas.read_csv(io.BytesIO(today))
len(before), len(after), before.event_id.isin(after.event_id).all()""",
    ),
    (
        "code",
        """after["news"] = after.event_id.isin(before.event_id).map({True: "known", False: "new"})
after.groupby(["news", "state"]).size()""",
    ),
    (
        "code",
        """violent = after[(after.state == "active") & (after.event_type == "ASSAULT") & after.status.isin(["happened", "ongoing", "disputed"])]
violent[["event_id", "date_start", "date_end", "location", "status", "deaths_low", "deaths_best", "deaths_high", "n_independent"]]""",
    ),
    ("text", """Every row says why it is there, in the reports' own words:"""),
    ("code", """violent.sort_values("n_documents").iloc[-1].notes"""),
    (
        "text",
        """## Files

`crossread.export.EXPORTS` lists the formats; each is a function to bytes.""",
    ),
    (
        "code",
        """from crossread.export import EXPORTS, Material

material = Material(stories=[story], readings=readings)
{name: len(EXPORTS[name].make(material)) for name in ("xlsx", "geojson", "webannotation", "plover", "bibtex", "html")}""",
    ),
)


def notebook() -> nbformat.NotebookNode:
    """The notebook without outputs."""
    cells = []
    for number, (kind, source) in enumerate(CELLS):
        cell = new_code_cell(source) if kind == "code" else new_markdown_cell(source)
        cell["id"] = f"cell-{number}"
        cells.append(cell)
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return new_notebook(cells=cells, metadata=kernel)


def run(made: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """The notebook with outputs; raises `nbclient.exceptions.CellExecutionError` when a cell fails."""
    return NotebookClient(made, timeout=240, kernel_name="python3", record_timing=False).execute()


def main() -> int:
    """Run the notebook and write it, unless only a check is asked for."""
    made = run(notebook())
    for cell in made.cells:
        cell.metadata = {}
        for output in cell.get("outputs", ()):
            data = output.get("data", {})
            if "text/html" in data:  # what a notebook shows instead of the repr
                data["text/plain"] = data["text/plain"][:80]
    if "--check" not in sys.argv:
        PATH.write_text(nbformat.writes(made) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
