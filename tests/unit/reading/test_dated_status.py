"""Statuses that a day decides, and what a report says of one visit in several places."""

import pytest

from crossread.reading import read_documents
from crossread.records import Document, Event, When
from crossread.vocabulary import Basis, Precision, Status

_DAY = When(start="2031-04-10", end="2031-04-10", precision=Precision.DAY, basis=Basis.STATED)


def events_of(text: str) -> dict[str, Event]:
    reading = next(iter(read_documents([Document(id="d", text=text, published=_DAY)])))
    return {reading.document.text[slice(*e.anchor[0])]: e for e in reading.events}


@pytest.mark.parametrize(
    ("text", "anchor", "status"),
    [
        ("A two-day summit opens in Klow on 11 July.", "summit", Status.PLANNED),
        ("A two-day summit opened in Klow on 8 April.", "summit", Status.HAPPENED),
        ("Leaders agreed to meet on 13 July.", "agreed", Status.HAPPENED),
        ("It would throw doubt on the inquiry into the attacks on the station in 2027.", "attacks", Status.HAPPENED),
        ("The war in Borduria goes on.", "war", Status.ONGOING),
    ],
)
def test_day_decides_status(text: str, anchor: str, status: Status) -> None:
    assert events_of(text)[anchor].status is status


def test_visit_without_host_has_the_one_that_the_text_names() -> None:
    found = events_of("Milan Dret was to visit Syria next week. On Monday Dret cancelled the trip.")
    assert {p.entity for p in found["trip"].recipients} == {p.entity for p in found["visit"].recipients} != set()
    assert found["visit"].status is Status.CALLED_OFF


def test_blame_reaches_the_subject_of_what_is_said() -> None:
    text = "The mayor said France had shredded international law by arming the Syrian army."
    reading = next(iter(read_documents([Document(id="d", text=text, published=_DAY)])))
    names = {e.id: e.name for e in reading.entities}
    blame = next(e for e in reading.events if e.type.value == "ACCUSE")
    assert [names[p.entity] for p in blame.recipients if p.entity is not None] == ["France"]
