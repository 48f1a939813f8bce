"""The built-in export formats, registered in the order in which they are listed."""

from crossread.export.registry import Export, register_export

_CSV = "text/csv; charset=utf-8"
_TABLES = {
    "events": "happenings, one row an event",
    "figures": "reported numbers, one row a value",
    "claims": "statements with speakers and stance",
    "disputes": "disagreements, one row a side",
    "corroborations": "what several reports say, and how independently",
    "threads": "processes, one row a state",
    "timeline": "dated happenings",
    "actors": "who takes part, under all names",
    "places": "places with coordinates as far as they are known",
    "copies": "documents that share words",
    "documents": "the reports",
    "brief": "lines of the brief",
}

for _export in (
    Export(
        name="json",
        suffix=".json",
        media_type="application/json",
        description="one story as one JSON object, the record itself",
        maker="crossread.export.jsonl:story_lines",
        one_story=True,
    ),
    Export(
        name="jsonl",
        suffix=".jsonl",
        media_type="application/x-ndjson",
        description="stories as JSON Lines, the records themselves",
        maker="crossread.export.jsonl:story_lines",
    ),
    Export(
        name="readings",
        suffix=".readings.jsonl",
        media_type="application/x-ndjson",
        description="the readings behind the stories as JSON Lines, texts included",
        maker="crossread.export.jsonl:reading_lines",
        needs_readings=True,
    ),
    Export(
        name="html",
        suffix=".html",
        media_type="text/html; charset=utf-8",
        description="one self-contained page; every line opens its sentence",
        maker="crossread.export.pages:html_file",
        needs_readings=True,
        one_story=True,
    ),
    Export(
        name="md",
        suffix=".md",
        media_type="text/markdown; charset=utf-8",
        description="Markdown, citations as footnotes",
        maker="crossread.export.pages:markdown_file",
        needs_readings=True,
        one_story=True,
    ),
    Export(
        name="xlsx",
        suffix=".xlsx",
        media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        description="spreadsheet: all tables, every line linked to its sentences",
        maker="crossread.export.xlsx:workbook",
        needs_readings=True,
    ),
    Export(
        name="csv",
        suffix=".csv.zip",
        media_type="application/zip",
        description="all tables as CSV files in one ZIP, with a data package that describes the columns",
        maker="crossread.export.csv_files:csv_package",
    ),
    *(
        Export(
            name=f"csv-{table}",
            suffix=f".{table}.csv",
            media_type=_CSV,
            description=f"CSV: {meaning}",
            maker=f"crossread.export.csv_files:{table}_csv",
        )
        for table, meaning in _TABLES.items()
    ),
    Export(
        name="webannotation",
        suffix=".annotations.jsonld",
        media_type='application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"',
        description="W3C Web Annotations, one a finding, with quote and position selectors",
        maker="crossread.export.webannotation:annotations",
        needs_readings=True,
    ),
    Export(
        name="csl-json",
        suffix=".csl.json",
        media_type="application/vnd.citationstyles.csl+json",
        description="the reports as CSL-JSON, for reference managers",
        maker="crossread.export.citations:csl_json",
        needs_readings=True,
    ),
    Export(
        name="bibtex",
        suffix=".bib",
        media_type="application/x-bibtex; charset=utf-8",
        description="the reports as BibTeX",
        maker="crossread.export.citations:bibtex",
        needs_readings=True,
    ),
    Export(
        name="ris",
        suffix=".ris",
        media_type="application/x-research-info-systems; charset=utf-8",
        description="the reports as RIS",
        maker="crossread.export.citations:ris",
        needs_readings=True,
    ),
):
    register_export(_export)
