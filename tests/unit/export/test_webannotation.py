"""Web Annotations: their shape as the W3C's model asks for it, and selectors that find the words."""

import json

import jsonschema

from crossread.export import export_stories
from crossread.export.registry import Material
from tests.unit.export.material import hostile, plain

STRING = {"type": "string", "minLength": 1}
SHAPE = {
    "type": "object",
    "required": ["@context", "id", "type", "total", "first"],
    "properties": {
        "@context": {"type": "array", "prefixItems": [{"const": "http://www.w3.org/ns/anno.jsonld"}]},
        "type": {"const": "AnnotationCollection"},
        "id": {"type": "string", "pattern": "^(urn|https?):"},
        "total": {"type": "integer", "minimum": 0},
        "first": {
            "type": "object",
            "required": ["id", "type", "startIndex", "items"],
            "properties": {
                "type": {"const": "AnnotationPage"},
                "items": {"type": "array", "items": {"$ref": "#/$defs/annotation"}},
            },
        },
    },
    "$defs": {
        "annotation": {
            "type": "object",
            "required": ["id", "type", "motivation", "body", "target"],
            "additionalProperties": False,
            "properties": {
                "id": {"type": "string", "pattern": r"^urn:[a-z0-9][a-z0-9-]{0,31}:[\w()+,\-.:=@;$*!'%/?#~]+$"},
                "type": {"const": "Annotation"},
                "motivation": {"enum": ["classifying", "linking", "describing", "tagging", "commenting"]},
                "body": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/body"}},
                "target": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/target"}},
            },
        },
        "body": {
            "type": "object",
            "required": ["type", "value", "purpose"],
            "properties": {"type": {"const": "TextualBody"}, "purpose": {"enum": ["tagging", "describing"]}, "value": STRING},
        },
        "target": {
            "type": "object",
            "required": ["type", "source", "selector"],
            "properties": {
                "type": {"const": "SpecificResource"},
                "source": {"type": "object", "required": ["id", "type"], "properties": {"type": {"const": "Text"}, "id": STRING}},
                "selector": {
                    "type": "array",
                    "prefixItems": [{"$ref": "#/$defs/quote"}, {"$ref": "#/$defs/position"}],
                    "minItems": 2,
                    "items": False,
                },
            },
        },
        "quote": {
            "type": "object",
            "required": ["type", "exact", "prefix", "suffix"],
            "properties": {"type": {"const": "TextQuoteSelector"}, "exact": STRING},
        },
        "position": {
            "type": "object",
            "required": ["type", "start", "end"],
            "properties": {
                "type": {"const": "TextPositionSelector"},
                "start": {"type": "integer", "minimum": 0},
                "end": {"type": "integer", "minimum": 1},
            },
        },
    },
}


def collection(material: Material) -> dict:
    return json.loads(export_stories(material.stories, material.readings, to="webannotation"))


def test_shape_is_that_of_the_model() -> None:
    found = collection(plain())
    jsonschema.Draft202012Validator(SHAPE).validate(found)
    assert found["total"] == len(found["first"]["items"]) > 8


def test_one_annotation_a_finding_with_an_id_of_its_own() -> None:
    material = plain()
    items = collection(material)["first"]["items"]
    ids = [a["id"] for a in items]
    assert len(set(ids)) == len(ids)
    story = material.stories[0]
    findings = (story.events, story.claims, story.figures, story.disputes, story.actors, story.brief, story.timeline, story.threads)
    assert {i.rsplit(":", 1)[1] for i in ids} == {r.id for part in (*findings, story.corroborations) for r in part}


def test_selectors_find_the_words_in_code_points() -> None:
    material = hostile("𝔸 raid — “at dawn” 🚁 by Osk")
    text = material.readings[0].document.text
    for annotation in collection(material)["first"]["items"]:
        for target in annotation["target"]:
            quote, position = target["selector"]
            assert text[position["start"] : position["end"]] == quote["exact"]


def test_quotes_carry_what_stands_around_them() -> None:
    material = plain()
    for annotation in collection(material)["first"]["items"]:
        for target in annotation["target"]:
            quote, position = target["selector"]
            text = material.by_document[target["source"]["crossread:document"]].document.text
            assert quote["prefix"] + quote["exact"] + quote["suffix"] in text
            assert text[: position["start"]].endswith(quote["prefix"])


def test_source_is_the_address_where_there_is_one() -> None:
    assert (
        collection(hostile("https://post.example/1"))["first"]["items"][0]["target"][0]["source"]["id"] == "https://post.example/1"
    )
    assert collection(plain())["first"]["items"][0]["target"][0]["source"]["id"] == "urn:crossread:document:one"
