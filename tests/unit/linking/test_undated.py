"""When undated reports were published, by what they share with dated ones, and their times by that."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import permutations
from typing import Any

import msgspec
import pytest

from crossread.linking.events import event_groups, whens_of
from crossread.linking.undated import dated_by_others, is_dated, publication_by_others, read_by_others
from crossread.linking.windows import Window, publication_windows, resolve_in
from crossread.records import Document, Event, Reading, When
from crossread.vocabulary import Basis, Status
from tests.unit.linking.happen import with_events
from tests.unit.linking.reports import day, report
from tests.unit.linking.test_events import NAMES, case_of, told

DRAFT = "the draft resolution on aid to Karsa"
VETO: dict[str, Any] = {"type": "REJECT", "label": "veto", "actor": "Veltland", "words": "vetoed"}
SATURDAY = day("2031-05-17")


def planned(published: str = "2031-05-16") -> Reading:
    vote = {"type": "NONE", "label": "vote", "words": "vote", "when": SATURDAY, "status": "planned"}
    veto = {**VETO, "words": "veto", "when": SATURDAY, "status": "planned"}
    text = f"The council is to vote on Saturday on {DRAFT}. Veltland is expected to veto {DRAFT} on Saturday."
    names = {n: k for n, k in NAMES.items() if n in text}
    return with_events(report("a", text, names=names, published=published), vote, veto)


def undated(name: str = "b", words: str = "Over the weekend", also: str = "On Tuesday") -> Reading:
    """A report without a date that tells the veto by words of a time, and what Veltland did later."""
    veto = {**VETO, "when": When(text=words)}
    attack = {"type": "ASSAULT", "label": "attack", "actor": "Veltland", "words": "bombed", "when": When(text=also)}
    text = f"{words} Veltland vetoed {DRAFT}. {also} Veltland bombed the harbour of Lorne."
    names = {n: k for n, k in NAMES.items() if n in text}
    return with_events(report(name, text, names=names, published=None), veto, attack)


def windows(*readings: Reading) -> dict[str, tuple[str, str]]:
    case = case_of(*readings)
    found = publication_windows(case, event_groups(case))
    return {name: (date.fromordinal(w.first).isoformat(), date.fromordinal(w.last).isoformat()) for name, w in found.items()}


def test_a_report_is_of_the_week_from_which_its_words_mean_the_day_of_others_and_of_the_last_weekday_that_it_tells_of() -> None:
    assert windows(planned(), undated()) == {"b": ("2031-05-20", "2031-05-21")}


def test_without_a_weekday_of_its_own_a_report_is_of_any_day_of_that_week() -> None:
    first, last = windows(planned(), undated(also="Then"))["b"]
    assert "2031-05-17" <= first <= "2031-05-19" < "2031-05-22" <= last


def test_two_tellings_narrow_more_than_one() -> None:
    assert windows(planned(), undated(words="Yesterday", also="On Saturday")) == {"b": ("2031-05-17", "2031-05-18")}
    first, last = windows(planned(), undated(words="Yesterday", also="Then"))["b"]
    assert first < "2031-05-18" == last


def test_reports_of_other_things_say_nothing() -> None:
    other = told("a", "Veltland invaded the island of Lorne.", words="invaded", when=SATURDAY, type="ASSAULT")
    assert windows(other, undated()) == {}


def test_undated_reports_alone_stay_undated() -> None:
    assert windows(undated("b"), undated("c")) == {}


def test_words_without_a_day_say_nothing() -> None:
    assert windows(planned(), undated(words="In a long night", also="Then")) == {}


def test_a_copy_is_of_the_days_around_the_other_print() -> None:
    text = (
        "The harbour of Karsa was closed by a storm that broke two cranes and tore the roof off the fish market. The mayor said that nobody "
        "was hurt, that the ferries to Lorne would stay in port until the sea was calm, and that the hall would be roofed again. Traders "
        "had moved their stalls to the old school the evening before, when the first gusts were felt, and sold what they had saved there."
    )
    copies = windows(report("a", text, published="2031-05-14"), report("b", text, published=None))
    assert copies == {"b": ("2031-05-13", "2031-05-15")}


def test_the_order_of_reports_does_not_matter() -> None:
    given = (planned(), undated("b"), undated("c", also="On Wednesday"))
    assert len({tuple(sorted(publication_by_others(order).items())) for order in permutations(given)}) == 1


def test_dates_of_others_are_marked_as_such() -> None:
    found = publication_by_others([planned(), undated()])["b"]
    assert (found.start, found.end, found.basis) == ("2031-05-20", "2031-05-21", Basis.CONTEXT)


def test_what_counts_as_dated() -> None:
    assert is_dated(planned())
    assert not is_dated(undated())
    assert is_dated(report("c", "A cat.", published=None)), "nothing in it wants a date"


def test_an_undated_report_is_read_again_by_its_date_and_keeps_none_of_its_own() -> None:
    asked: list[Document] = []

    def read(documents: Iterable[Document]) -> Iterator[Reading]:
        for document in documents:
            asked.append(document)
            one, other = undated().events
            events: tuple[Event, ...] = (
                msgspec.structs.replace(one, when=When(start="2031-05-17", end="2031-05-18", basis=Basis.RELATIVE)),
                msgspec.structs.replace(other, when=When(end="2031-05-21", basis=Basis.PUBLICATION)),
            )
            yield msgspec.structs.replace(undated(), document=document, events=events)

    again = read_by_others([planned(), undated()], read)
    assert [d.published.end for d in asked if d.published] == ["2031-05-21"]
    assert list(again) == ["b"]
    assert again["b"].document.published is None
    assert [(e.when.end, e.when.basis) for e in again["b"].events if e.when] == [
        ("2031-05-18", Basis.CONTEXT),
        ("2031-05-21", Basis.PUBLICATION),
    ]
    assert [(p.code, p.severity) for p in again["b"].problems] == [("date.by_others", "warning")]
    assert "2031-05-20 to 2031-05-21" in again["b"].problems[0].message


def test_a_fault_in_comparing_costs_no_reading(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    def fails(readings: object) -> dict[str, When]:
        raise ValueError("no such day")

    monkeypatch.setattr("crossread.linking.undated.publication_by_others", fails)
    assert read_by_others([planned(), undated()], lambda documents: iter(())) == {}
    assert "each is read by itself" in caplog.text


@pytest.mark.parametrize(("published", "vote"), [("0001-01-03", "0001-01-06"), ("9999-12-26", "9999-12-29")])
def test_reports_at_the_ends_of_the_calendar(published: str, vote: str) -> None:
    first = planned(published)
    events = tuple(msgspec.structs.replace(e, when=day(vote)) for e in first.events)
    found = windows(msgspec.structs.replace(first, events=events), undated())
    assert all(first <= last for first, last in found.values())


def test_in_linking_undated_reports_are_told_by_the_dates_of_others() -> None:
    case = dated_by_others(case_of(planned(), undated()))
    whens = whens_of(case)
    assert (whens["b", "v0"].start, whens["b", "v0"].end) == ("2031-05-17", "2031-05-18")
    assert (whens["b", "v1"].start, whens["b", "v1"].end) == ("2031-05-20", "2031-05-20")
    alone = case_of(undated())
    assert dated_by_others(alone) is alone


MONDAY = date(2031, 5, 12).toordinal()


def resolved(text: str | None, status: Status = Status.HAPPENED) -> tuple[str | None, str | None] | None:
    found = resolve_in(Window(MONDAY, MONDAY + 6), When(text=text) if text else None, status)
    return None if found is None else (found.start, found.end)


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("on Tuesday", ("2031-05-13", "2031-05-13")),
        ("over the weekend", ("2031-05-10", "2031-05-11")),
        ("last week", ("2031-05-05", "2031-05-11")),
        ("yesterday", ("2031-05-11", "2031-05-17")),
        ("in the days of the old king", None),
    ],
)
def test_time_words_mean_what_they_mean_from_most_days_of_the_window(words: str, days: tuple[str, str] | None) -> None:
    assert resolved(words) == days


def test_what_is_to_come_lies_ahead() -> None:
    assert resolved("next Tuesday", Status.PLANNED) == ("2031-05-20", "2031-05-20")


def test_done_things_without_a_time_lie_in_the_window() -> None:
    assert resolved(None) == ("2031-05-11", "2031-05-18")
    assert resolved(None, Status.PLANNED) is None
