"""Which entities the sides of an event mean, and sides that only an earlier clause names."""

import pytest

import crossread
from crossread.records import Event, Reading


def event_at(reading: Reading, words: str) -> Event:
    start = reading.document.text.rindex(words)
    return next(e for e in reading.events if any(s.start < start + len(words) and start < s.end for s in e.anchor))


def names(reading: Reading, role: str, words: str) -> list[str]:
    known = {e.id: e.name for e in reading.entities}
    return [known[p.entity] for p in getattr(event_at(reading, words), role) if p.entity is not None]


def test_parties_of_a_coordination_have_spans_of_their_own() -> None:
    reading = crossread.read("France and Germany condemned the raid.")
    actors = event_at(reading, "condemned").actors
    assert [reading.document.text[slice(*p.span)] for p in actors if p.span] == ["France", "Germany"]


def test_parties_of_a_joint_office_are_its_states() -> None:
    reading = crossread.read("Norway agreed. The defence ministers of Norway, Chile and Japan held a meeting in Oslo.")
    assert names(reading, "actors", "meeting") == ["Norway", "Chile", "Japan"]


@pytest.mark.parametrize(
    ("text", "anchor", "owner"),
    [
        ("Turkey spoke. Deputies criticised Turkey's handling of the strike.", "criticised", "Turkey"),
        ("France had asked for it. Russia vetoed the French-backed resolution.", "vetoed", "France"),
    ],
)
def test_recipients_of_acts_on_a_thing_are_those_whose_it_is(text: str, anchor: str, owner: str) -> None:
    assert owner in names(crossread.read(text), "recipients", anchor)


def test_recipients_are_no_towns() -> None:
    reading = crossread.read("Russian jets bombed Aleppo on Monday.")
    recipients = event_at(reading, "bombed").recipients
    assert [(p.span is None, p.entity) for p in recipients] == [(False, None)]


def test_implied_actor_of_a_known_event_has_no_span() -> None:
    reading = crossread.read("Turkey bombed two camps on Sunday. The bombing killed fourteen people.")
    actors = event_at(reading, "bombing").actors
    assert [p.span for p in actors] == [None]
    assert names(reading, "actors", "bombing") == ["Turkey"]


@pytest.mark.parametrize(
    "text",
    [
        "Turkey bombed two camps on Sunday. A bombing killed fourteen people in another town.",
        "Turkey bombed two camps. It rained. It snowed. It was dark. It was cold. The bombing killed two.",
    ],
)
def test_implied_actor_is_not_given_to_new_or_far_events(text: str) -> None:
    assert not event_at(crossread.read(text), "bombing").actors
