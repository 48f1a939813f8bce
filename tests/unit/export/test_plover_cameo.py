"""PLOVER records, and CAMEO and GDELT rows."""

import csv
import io
import json

import msgspec
import polars
import pytest

from crossread.errors import ExportError
from crossread.export import export_stories
from crossread.export.cameo import GDELT_COLUMNS, GOLDSTEIN, actor_code, quad_class
from crossread.export.registry import Material
from crossread.records import Party, Span
from crossread.vocabulary import Status
from tests.unit.export.material import hostile, plain


def records(material: Material) -> list[dict]:
    return [json.loads(line) for line in export_stories(material.stories, material.readings, to="plover").splitlines()]


def test_plover_records_have_the_fields_that_the_manual_requires() -> None:
    material = hostile("A raid.")
    (record,) = records(material)
    assert {"id", "date", "actor", "event"} <= set(record)
    assert (record["event"], record["mode"], record["quad_code"], record["event_scale"]) == (["ASSAULT"], ["beat"], 4, -9.0)
    assert record["date"] == "2031-04-07"
    assert record["actor"] == [
        {"code": "FRA", "sector": "GOV", "entity_text": "A raid.", "identifier_text": "A raid.", "office": "A raid."}
    ]
    assert record["size"] == {"dead": 3.0}
    info = record["text_info"]
    assert (info["sequence"], material.readings[0].document.text[info["start"] : info["end"]]) == (1, "A raid.")


def test_plover_date_stays_open_where_the_text_tells_none() -> None:
    (record,) = records(plain())
    assert record["date"] is None
    assert record["cite_info"]["published"] == "2031-04-07"


def test_gdelt_rows_have_61_columns_and_text_codes() -> None:
    assert len(GDELT_COLUMNS) == 61 == len(set(GDELT_COLUMNS))
    material = hostile('Osk\traid\n"now"')
    content = export_stories(material.stories, material.readings, to="gdelt", as_of="2031-04-09T10:11:12Z")
    frame = polars.read_csv(
        io.BytesIO(content), separator="\t", has_header=False, infer_schema=False, new_columns=list(GDELT_COLUMNS)
    )
    assert frame.shape == (1, 61)
    row = frame.row(0, named=True)
    assert (row["EventCode"], row["EventRootCode"], row["QuadClass"], row["GoldsteinScale"]) == ("180", "18", "4", "-9.0")
    assert (row["SQLDATE"], row["DATEADDED"], row["Actor1CountryCode"]) == ("20310407", "20310409101112", "FRA")
    assert row["Actor1Name"] == "OSK RAID ”NOW”"
    assert row["AvgTone"] is None
    assert (row["ActionGeo_Lat"], row["ActionGeo_Long"]) == ("48.85661", "2.35222")


def test_gdelt_leaves_out_what_did_not_happen() -> None:
    material = hostile("A raid.")
    event = msgspec.structs.replace(material.readings[0].events[0], status=Status.PLANNED)
    planned = Material(stories=material.stories, readings=(msgspec.structs.replace(material.readings[0], events=(event,)),))
    assert export_stories(planned.stories, planned.readings, to="gdelt") == b""
    assert b'"planned"' in export_stories(planned.stories, planned.readings, to="cameo")


def test_cameo_rows_keep_leading_zeros_and_have_one_row_a_pair() -> None:
    material = hostile("A raid.")
    event = msgspec.structs.replace(
        material.readings[0].events[0], cameo="04", actors=(Party(entity="e1"), Party(span=Span(0, 1))), recipients=()
    )
    changed = Material(stories=material.stories, readings=(msgspec.structs.replace(material.readings[0], events=(event,)),))
    rows = list(csv.DictReader(io.StringIO(export_stories(changed.stories, changed.readings, to="cameo").decode())))
    assert [(r["cameo_root"], r["source_code"], r["target_code"]) for r in rows] == [("04", "FRAGOV", ""), ("04", "", "")]
    assert rows[1]["source_name"] == "A"


def test_roots_have_classes_and_scales() -> None:
    assert sorted(GOLDSTEIN) == [f"{n:02d}" for n in range(1, 21)]
    assert [quad_class(r) for r in ("05", "06", "08", "09", "13", "14", "20")] == [1, 2, 2, 3, 3, 4, 4]
    assert actor_code("FRA", "JRN") == "FRAMED"
    assert actor_code(None, "PRM") == ""


def test_readings_of_another_run_are_an_error() -> None:
    material = hostile("A raid.")
    other = Material(stories=material.stories, readings=(msgspec.structs.replace(material.readings[0], events=()),))
    with pytest.raises(ExportError, match="link again"):
        export_stories(other.stories, other.readings, to="plover")
