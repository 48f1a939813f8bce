"""GeoJSON read back by shapely."""

import json

import msgspec
import pytest
import shapely.geometry

from crossread.export import export_stories
from crossread.export.geojson import digits_for
from crossread.export.registry import Material
from tests.unit.export.material import hostile


def features(material: Material) -> list[dict]:
    found = json.loads(export_stories(material.stories, material.readings, to="geojson"))
    assert found["type"] == "FeatureCollection"
    assert "crs" not in found
    return found["features"]


def test_points_are_longitude_then_latitude() -> None:
    event, place = features(hostile("A raid."))
    for feature in (event, place):
        point = shapely.geometry.shape(feature["geometry"])
        assert point.is_valid
        assert (point.x, point.y) == (2.35, 48.86)
    assert (event["properties"]["kind"], place["properties"]["kind"]) == ("event", "place")
    assert event["properties"]["precision_km"] == 10.0


def test_evidence_are_the_words_of_the_report() -> None:
    material = hostile("A raid on the camp.")
    for feature in features(material):
        for item in feature["properties"]["evidence"]:
            start, end = item["span"]
            assert material.by_document[item["document"]].document.text[start:end] == item["words"]


def test_what_is_not_located_has_no_geometry() -> None:
    material = hostile("A raid.")
    story = material.stories[0]
    unlocated = msgspec.structs.replace(story.places[0], lat=None, lon=None)
    found = features(Material(stories=(msgspec.structs.replace(story, places=(unlocated,)),), readings=material.readings))
    assert [f["geometry"] for f in found] == [None, None]


@pytest.mark.parametrize(("km", "digits"), [(0.01, 5), (0.4, 4), (5.0, 3), (10.0, 2), (300.0, 1), (None, 4)])
def test_coordinates_have_no_more_digits_than_the_precision(km: float | None, digits: int) -> None:
    assert digits_for(km) == digits


def test_ids_are_unique() -> None:
    ids = [f["id"] for f in features(hostile("A raid."))]
    assert len(set(ids)) == len(ids)
