"""What people decided survives re-reading and re-linking."""

from typing import Any

import msgspec
import pytest

from crossread.desk.files import FindingState
from crossread.desk.review.fold import fold
from crossread.desk.review.items import Item, reading_items
from crossread.desk.review.of_reading import decide_reading
from crossread.desk.review.targets import Wanted, target_of
from crossread.records import Event, Reading, Span
from crossread.store.review import LogLine
from crossread.vocabulary import EventType, Stance
from tests.stories import readings

REPLACES = msgspec.structs.replace
FIRST = readings()[0]


def line(seq: int, action: str, item: Item, **details: Any) -> LogLine:
    """A line of the history about a finding."""
    targets = {item.key: msgspec.to_builtins(target_of(item))}
    return LogLine(
        seq=seq,
        at="2031-04-07T00:00:00Z",
        person="Ada",
        action=action,
        finding=item.key,
        details={"targets": targets, "document": item.document, **details},
    )


def item_of(kind: str, reading: Reading = FIRST) -> Item:
    return next(i for i in reading_items(reading) if i.kind == kind)


def with_event(**changes: Any) -> Reading:
    """The reading as another model could give it."""
    return REPLACES(FIRST, events=(REPLACES(FIRST.events[0], id="v77", **changes),))


def test_a_decision_holds_for_the_same_finding_under_another_id() -> None:
    decided = decide_reading(with_event(), [line(1, "reject", item_of("event"))])
    assert decided.reading.events == ()
    assert decided.dropped == {"v77"}


def test_a_decision_holds_where_the_span_moved_a_little() -> None:
    anchor = FIRST.events[0].anchor[0]
    moved = with_event(anchor=(Span(anchor.start - 3, anchor.end),))
    for action in ("accept", "reject"):
        decided = decide_reading(moved, [line(1, action, item_of("event"))])
        (finding,) = [f for f in decided.findings.values() if f.kind == "event"]
        assert finding.state is {"accept": FindingState.ACCEPTED, "reject": FindingState.REJECTED}[action]
        assert decided.lost == ()


def test_accepting_one_type_says_nothing_about_another() -> None:
    decided = decide_reading(with_event(type=EventType.AID), [line(1, "accept", item_of("event"))])
    (finding,) = [f for f in decided.findings.values() if f.kind == "event"]
    assert finding.state is FindingState.PROPOSED
    (lost,) = decided.lost
    assert (lost.state, lost.words, lost.lost, lost.item) == (FindingState.ACCEPTED, "vetoed", True, None)


def test_a_correction_holds_whatever_the_machine_says_there_now() -> None:
    edit = line(1, "edit", item_of("event"), fields={"type": "SANCTION", "label": "by hand"})
    for now in (EventType.AID, EventType.SANCTION, EventType.REJECT):
        decided = decide_reading(with_event(type=now), [edit])
        event: Event = decided.reading.events[0]
        assert (event.type, event.label) == (EventType.SANCTION, "by hand")
        assert decided.by_record["v77"].state is FindingState.EDITED


def test_a_decision_on_what_is_gone_is_kept_and_comes_back() -> None:
    lines = [line(1, "accept", item_of("attribution"))]
    gone = decide_reading(REPLACES(FIRST, attributions=()), lines)
    assert [f.kind for f in gone.lost] == ["attribution"]
    back = decide_reading(FIRST, lines)
    assert back.lost == ()
    assert back.by_record["a1"].state is FindingState.ACCEPTED


def test_two_decisions_never_fall_on_one_finding() -> None:
    item = item_of("event")
    other = REPLACES_ITEM(item, "event-other")
    aliases = Wanted([line(1, "edit", item), line(2, "edit", other)]).aliases(reading_items(with_event(anchor=(Span(28, 47),))))
    assert len(set(aliases.values())) == len(aliases)


def REPLACES_ITEM(item: Item, key: str) -> Item:  # noqa: N802
    from dataclasses import replace

    return replace(item, key=key)


def test_links_to_a_rejected_attribution_move_outward() -> None:
    a1 = FIRST.attributions[0]
    inner = REPLACES(a1, id="a2", inside="a1", stance=Stance.ACCUSE)
    nested = REPLACES(FIRST, attributions=(a1, inner), events=(REPLACES(FIRST.events[0], voice="a2"),))
    item = next(i for i in reading_items(nested) if i.item == "a2")
    assert decide_reading(nested, [line(1, "reject", item)]).reading.events[0].voice == "a1"
    both = [line(1, "reject", item), line(2, "reject", next(i for i in reading_items(nested) if i.item == "a1"))]
    assert decide_reading(nested, both).reading.events[0].voice is None


def test_an_edit_that_does_not_fit_any_more_changes_nothing() -> None:
    edit = line(1, "edit", item_of("event"), fields={"type": "NO LONGER A TYPE"})
    assert decide_reading(FIRST, [edit]).reading.events == FIRST.events


def test_a_damaged_line_does_no_harm() -> None:
    bad = LogLine(
        seq=1,
        at="",
        person="",
        action="accept",
        finding="event-x",
        details={"targets": {"event-x": {"kind": 5}}, "document": "one"},
    )
    assert decide_reading(FIRST, [bad]).reading == FIRST
    assert fold([bad], reading_items(FIRST)).lost == {}


@pytest.mark.parametrize(
    ("first", "second", "state"),
    [("accept", "reject", "rejected"), ("reject", "accept", "accepted"), ("accept", "reset", "proposed")],
)
def test_the_last_word_counts(first: str, second: str, state: str) -> None:
    item = item_of("figure" if FIRST.figures else "event")
    decided = decide_reading(FIRST, [line(1, first, item), line(2, second, item)])
    assert decided.findings[item.key].state.value == state
