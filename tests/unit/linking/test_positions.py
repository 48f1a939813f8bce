"""One actor's statements over time."""

import msgspec

from crossread.linking.positions import actors_called, statements_of
from crossread.records import Claim, Dispute, Evidence, Side, Span, Story, When
from crossread.vocabulary import Compatible, DisputeKind, Precision, Stance
from tests.stories import readings, story


def told(name: str, document: str, start: int, *, stance: Stance = Stance.ASSERT, day: str | None = None) -> Claim:
    when = When(start=day, end=day, precision=Precision.DAY) if day else None
    evidence = (Evidence(document=document, span=Span(start, start + 5)),)
    return Claim(id=name, text=f"words of {name}", speakers=("actor-1",), stance=stance, when=when, evidence=evidence)


def with_claims(*claims: Claim, disputes: tuple[Dispute, ...] = ()) -> Story:
    return msgspec.structs.replace(story(), claims=claims, disputes=disputes)


def test_actor_is_found_by_any_of_its_names() -> None:
    for name in ("Oda Renn", "oda renn", "Renn"):
        assert [a.id for a in actors_called(story(), name)] == ["actor-1"]
    assert actors_called(story(), "Rennard") == ()
    assert actors_called(story(), "") == ()


def test_statements_come_by_date_and_undated_ones_last() -> None:
    found = statements_of(
        with_claims(
            told("late", "one", 30, day="2031-04-09"),
            told("printed", "one", 40),
            told("open", "two", 20),
            told("early", "two", 30, day="2031-04-01"),
        ),
        readings(),
        "Renn",
    )
    assert [p.claim for p in found] == ["early", "printed", "late", "open"]
    assert found[-1].said is None


def test_change_of_position_is_marked_on_both_statements() -> None:
    first, second, other = (
        told("first", "one", 30, day="2031-04-01"),
        told("second", "one", 60, day="2031-04-05"),
        told("other", "one", 90),
    )
    sides = tuple(Side(position=c.text, held_by=("actor-1",), evidence=c.evidence) for c in (first, second))
    change = Dispute(
        id="dispute-9",
        kind=DisputeKind.POSITION_CHANGE,
        topic="the draft",
        sides=sides,
        compatible=Compatible.YES,
        reason="supported, later refused",
        evidence=first.evidence + second.evidence,
    )
    found = statements_of(with_claims(first, second, other, disputes=(change,)), readings(), "Oda Renn")
    assert {p.claim: p.changed for p in found} == {"first": True, "second": True, "other": False}
    assert found[0].note == "the draft: supported, later refused"


def test_somebody_unknown_said_nothing() -> None:
    assert statements_of(story(), readings(), "Nobody") == ()
