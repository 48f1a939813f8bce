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


@pytest.mark.parametrize(
    ("text", "anchor", "actors", "recipients"),
    [
        (  # whoever is called on is not who calls
            "Milan Orel ran for mayor. Ada Brandt praised Milan Orel. Then Brandt wrote to the guild, and he called on Milan Orel to act.",
            "called",
            None,
            ["Milan Orel"],
        ),
        (
            "Milan Orel fired back, reminding Mr. Varn that he invited him to Lutz.",
            "invited",
            ["Milan Orel"],
            ["Varn"],
        ),
        ("President Orel met President Brandt, and he thanked him.", "thanked", ["Orel"], ["Brandt"]),
        (
            "Milan Orel criticised President Brandt for inviting Dana Varn to meet with him in Lutz.",
            "meet",
            ["Dana Varn", "Brandt"],
            [],
        ),
        ("Senator Orel called on President Brandt to cancel his meeting with the king.", "meeting", ["Brandt"], []),
        (
            "The speech was arranged by Mr. Brandt and the ambassador without consulting the mayor.",
            "consulting",
            ["Brandt", "ambassador", "mayor"],
            None,
        ),
        ("The mayor was freed by the rebels after promising to leave.", "promising", ["mayor"], []),
        (
            "President Dret will visit Lutz in May. The king has said he will not meet with Dret during his visit.",
            "visit",
            ["Dret"],
            None,
        ),
        ("The king met President Dret during his visit to Lutz.", "visit", ["king"], None),
        ("She shrugged off signs of Mr. Varn easing his plans to deport miners.", "deport", ["Varn"], ["miners"]),
        (
            "“The president backs the bridge, but he does not support the tax,” Mr. Orel said on Friday.",
            "support",
            ["president"],
            None,
        ),
    ],
)
def test_parties_of_pronouns_and_participles(
    text: str, anchor: str, actors: list[str] | None, recipients: list[str] | None
) -> None:
    reading = crossread.read(text)
    found = names(reading, "actors", anchor)
    assert actors is None or found == actors
    assert recipients is None or names(reading, "recipients", anchor) == recipients
    assert not set(found) & set(names(reading, "recipients", anchor))
