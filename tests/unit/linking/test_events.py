"""Events across reports."""

from collections.abc import Mapping
from typing import Any

import pytest

from crossread.linking.actors import link_actors
from crossread.linking.case import Case
from crossread.linking.copies import find_copies
from crossread.linking.events import link_events, range_of
from crossread.linking.places import link_places
from crossread.records import Place, Reading, StoryEvent, When
from crossread.vocabulary import Basis, EntityType, Precision, Status
from tests.unit.linking.happen import with_events
from tests.unit.linking.reports import day, report

NAMES = {"Oda Renn": EntityType.PERSON, "Veltland": EntityType.GPE, "Kessaria": EntityType.GPE, "Ada Loth": EntityType.PERSON}


def case_of(*readings: Reading) -> Case:
    ordered = tuple(sorted(readings, key=lambda r: r.document.id))
    case = Case(readings=ordered, copies=find_copies(ordered))
    return Case(readings=ordered, copies=case.copies, actors=link_actors(case), places=link_places(case))


def events(*readings: Reading) -> tuple[StoryEvent, ...]:
    return link_events(case_of(*readings))


def told(name: str, text: str, published: str | None = "2031-05-14", **event: Any) -> Reading:
    given: Mapping[str, Any] = event
    return with_events(report(name, text, names={n: k for n, k in NAMES.items() if n in text}, published=published), given)


VETO = {"type": "REJECT", "label": "veto", "actor": "Veltland"}


def test_one_happening_in_two_reports_is_one_event() -> None:
    found = events(
        told("a", "Veltland vetoed the draft on aid to Karsa.", words="vetoed", **VETO),
        told("b", "Diplomats regretted that Veltland had vetoed the draft on aid.", words="vetoed", **VETO),
    )
    assert [(e.n_documents, e.n_independent) for e in found] == [(2, 2)]
    assert found[0].wordings == ("vetoed",)


def test_differing_words_of_one_label_are_one_event() -> None:
    cancel = {"type": "REJECT", "label": "cancel", "actor": "Oda Renn"}
    found = events(
        told("a", "Oda Renn called off her visit to Kessaria.", words="called off", **cancel),
        told("b", "Oda Renn suspended her visit to Kessaria, aides said.", words="suspended", **cancel),
    )
    assert len(found) == 1
    assert found[0].wordings == ("called off", "suspended")


def test_the_same_act_by_another_speaker_is_another_event() -> None:
    accuse = {"type": "ACCUSE", "label": "accuse"}
    found = events(
        told("a", "Oda Renn accused Kessaria of lying.", words="accused", actor="Oda Renn", recipient="Kessaria", **accuse),
        told("b", "Ada Loth accused Kessaria of lying.", words="accused", actor="Ada Loth", recipient="Kessaria", **accuse),
    )
    assert len(found) == 2


def test_the_same_words_on_other_days_are_two_events() -> None:
    strike = {"type": "ASSAULT", "label": "air_strike", "actor": "Veltland"}
    found = events(
        told("a", "Veltland bombed the port.", words="bombed", when=day("2031-05-01"), **strike),
        told("b", "Veltland bombed the port.", words="bombed", when=day("2031-05-12"), **strike),
    )
    assert len(found) == 2


def test_other_rounds_of_talks_are_other_events() -> None:
    meet = {"type": "CONSULT", "label": "meet"}
    second = "Kessaria and Veltland began a second round of talks on the harbour."
    found = events(
        told("a", second, words="talks", **meet),
        told("b", "Kessaria and Veltland began an eighth round of talks on the harbour.", words="talks", **meet),
        told("c", second, words="talks", **meet),
    )
    assert sorted(len(e.mentions) for e in found) == [1, 2]


def test_one_report_dates_one_happening_once() -> None:
    text = "Kessaria and Veltland met on Friday over the harbour. They had met on Tuesday over the harbour too."
    names = {n: NAMES[n] for n in ("Kessaria", "Veltland")}
    first, second = (
        {"type": "CONSULT", "label": "meet", "words": f"met on {name}", "when": day(date)}
        for name, date in (("Friday", "2031-05-09"), ("Tuesday", "2031-05-06"))
    )
    assert len(events(with_events(report("a", text, names=names), first, second))) == 2


def test_the_same_words_in_other_countries_are_two_events() -> None:
    strike = {"type": "ASSAULT", "label": "air_strike"}
    here, there = Place(text="Karsa", name="Karsa", country="FRA"), Place(text="Lorne", name="Lorne", country="DEU")
    found = events(
        told("a", "Planes bombed the port of Karsa.", words="bombed", place=here, **strike),
        told("b", "Planes bombed the port of Lorne.", words="bombed", place=there, **strike),
    )
    assert len(found) == 2


def test_a_plan_and_another_matter_that_is_done_stay_apart() -> None:
    truce = {"type": "RETREAT", "label": "ceasefire"}
    found = events(
        told("a", "The draft asks for a truce in Karsa.", words="truce", status="proposed", **truce),
        told("b", "The spring truce broke down within days.", words="truce", status="happened", **truce),
    )
    assert len(found) == 2


def test_statuses_carry_their_voices() -> None:
    found = events(
        told("a", "Veltland vetoed the draft on aid to Karsa.", words="vetoed", **VETO),
        told("b", "Veltland vetoed the draft on aid to Karsa, it is claimed.", words="vetoed", status="alleged", **VETO),
    )
    assert [(s.status, [v.document for v in s.voices]) for s in found[0].statuses] == [
        (Status.HAPPENED, ["a"]), (Status.ALLEGED, ["b"]),
    ]  # fmt: skip


def test_copies_are_one_independent_voice() -> None:
    text = "Veltland vetoed the draft on aid to Karsa after a night of talks in which nobody gave way, diplomats said on Monday."
    found = events(told("a", text, words="vetoed", **VETO), told("b", text, words="vetoed", **VETO))
    assert [(e.n_documents, e.n_independent) for e in found] == [(2, 1)]


def test_every_mention_is_in_exactly_one_event() -> None:
    readings = [told(n, "Veltland vetoed the draft on aid to Karsa.", words="vetoed", **VETO) for n in "abc"]
    mentions = [(m.document, m.event) for e in events(*readings) for m in e.mentions]
    assert sorted(mentions) == [("a", "v0"), ("b", "v0"), ("c", "v0")]


@pytest.mark.parametrize(
    ("whens", "expected"),
    [
        ([day("2031-05-01")], ("2031-05-01", "2031-05-01")),
        ([day("2031-05-01"), day("2031-05-03")], ("2031-05-01", "2031-05-03")),
        ([When(end="2031-05-09")], (None, "2031-05-09")),
        ([day("2031-05-01"), When(end="2031-05-09")], ("2031-05-01", "2031-05-01")),
        (
            [day("2031-05-01"), When(start="2031-05-08", end="2031-05-09", precision=Precision.DAY, basis=Basis.PUBLICATION)],
            ("2031-05-01", "2031-05-01"),
        ),
    ],
)
def test_the_range_spans_what_reports_give(whens: list[When], expected: tuple[str | None, str | None]) -> None:
    found = range_of(whens)
    assert found is not None
    assert (found.start, found.end) == expected


def test_no_time_is_no_range() -> None:
    assert range_of([]) is None


def test_an_attack_of_an_earlier_year_is_kept_apart_from_the_one_at_hand() -> None:
    attack = {"type": "ASSAULT", "label": "attack"}
    now = [
        told(name, f"The attack in the port of Karsa killed sailors, {who} said.", words="attack", when=when, **attack)
        for name, who, when in (("a", "police", day("2031-05-13")), ("b", "doctors", None), ("c", "divers", day("2031-05-13")))
    ]
    then = [
        told(
            name,
            f"The attack in the port of Karsa in {words} killed sailors, too.",
            words="attack",
            when=day("2030-11-02"),
            **attack,
        )
        for name, words in (("d", "November"), ("e", "the autumn"))
    ]
    found = events(*now, *then)
    assert sorted(sorted(m.document for m in e.mentions) for e in found) == [["a", "b", "c"], ["d", "e"]]
    assert link_events(case_of(*now, *then)) == link_events(case_of(*then[::-1], *now[::-1]))


def test_a_range_of_two_open_ends_that_do_not_meet_is_in_order() -> None:
    since = When(start="2031-05-14", end=None, precision=Precision.UNKNOWN)
    until = When(start=None, end="2031-05-13", precision=Precision.UNKNOWN)
    found = range_of([since, until])
    assert found is not None
    assert (found.start, found.end) == ("2031-05-13", "2031-05-14")
