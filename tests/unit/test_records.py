"""Records: what cannot be built, and that JSON gives back what was written."""

import pytest

from crossread.errors import RecordError, SchemaMismatch, SpanOutOfRange
from crossread.jsonlines import convert, decode, encode, read_lines
from crossread.records import Dispute, Document, Entity, Event, Figure, Reading, Side, Span, Story, When
from crossread.vocabulary import Compatible, DisputeKind, EntityType, EventType
from tests.stories import readings, story


def test_reading_survives_json() -> None:
    for reading in readings():
        assert decode(encode(reading), Reading) == reading


def test_story_survives_json() -> None:
    assert decode(encode(story()), Story) == story()


def test_span_is_written_as_pair() -> None:
    assert b'"title_span":[0,26]' in encode(readings()[0])


def test_absent_values_are_written_as_null() -> None:
    line = encode(Document(id="d", text="x"))
    assert b'"publisher":null' in line
    assert b'"published":null' in line


@pytest.mark.parametrize("span", [(3, 3), (4, 2)])
def test_title_span_must_not_be_empty_or_backwards(span: tuple[int, int]) -> None:
    with pytest.raises(SpanOutOfRange, match="title_span"):
        Document(id="d", text="longer text", title_span=Span(*span))


def test_title_span_must_end_within_text() -> None:
    with pytest.raises(SpanOutOfRange, match="ends after the text"):
        Document(id="d", text="abc", title_span=Span(0, 4))


def test_when_must_not_run_backwards() -> None:
    with pytest.raises(RecordError, match="2031-04-08 lies after 2031-04-07"):
        When(start="2031-04-08", end="2031-04-07")


def test_when_takes_iso_dates_only() -> None:
    with pytest.raises(RecordError, match="7 April"):
        When(start="7 April")


def test_figure_range_must_not_decrease() -> None:
    with pytest.raises(RecordError, match="must not decrease"):
        Figure(id="f1", span=Span(0, 1), low=5, best=4)


def test_country_must_be_alpha3() -> None:
    with pytest.raises(RecordError, match="'France'"):
        Entity(id="e1", name="x", type=EntityType.GPE, country="France")


@pytest.mark.parametrize("confidence", [-0.1, 1.1])
def test_confidence_is_within_0_and_1(confidence: float) -> None:
    with pytest.raises(RecordError, match="confidence"):
        Event(id="v1", anchor=(Span(0, 1),), sentence=Span(0, 1), type=EventType.NONE, confidence=confidence)


def test_dispute_has_two_sides() -> None:
    with pytest.raises(RecordError, match="at least two sides"):
        Dispute(
            id="x",
            kind=DisputeKind.NUMBER,
            topic="t",
            sides=(Side(position="p"),),
            compatible=Compatible.NO,
            reason="r",
            evidence=(),
        )


def test_decode_names_the_line_of_a_broken_record() -> None:
    good = encode(Document(id="d", text="x"))
    with pytest.raises(SchemaMismatch, match=r"in\.jsonl, line 3"):
        list(read_lines([good, b"", b'{"id": 7}'], Document, where="in.jsonl"))


def test_decode_refuses_another_schema_version() -> None:
    line = encode(readings()[0]).replace(b'"schema_version":1', b'"schema_version":9')
    with pytest.raises(SchemaMismatch, match="schema_version 9"):
        decode(line, Reading)


def test_convert_takes_plain_objects() -> None:
    import json

    reading = readings()[0]
    assert convert(json.loads(encode(reading)), Reading) == reading
    with pytest.raises(SchemaMismatch, match="not a Reading"):
        convert({"document": 1}, Reading)
