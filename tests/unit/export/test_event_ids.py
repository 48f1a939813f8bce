"""Ids of events over a growing corpus: keep, merge, split, withdraw, come back."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossread.export.event_ids import Former, Ids, State, give_ids, new_id

A, B, C, D, E = "d1:0-4", "d1:9-12", "d2:3-8", "d3:0-2", "d4:1-5"


def stored(events: list[list[str]], ids: Ids, former: list[Former], stamp: str) -> list[Former]:
    """What the table keeps of a run for the next one."""
    known = {f.id: f for f in former}
    rows = [
        Former(
            id=g.id,
            state=State.ACTIVE,
            created=known[g.id].created if g.id in known else stamp,
            reported=known[g.id].reported if g.id in known else stamp,
            mentions=tuple(m),
        )
        for g, m in zip(ids.given, events, strict=True)
    ]
    for stone in ids.gone:
        old = known[stone.id]
        rows.append(
            Former(
                id=stone.id,
                state=stone.state,
                created=old.created,
                reported=old.reported,
                mentions=old.mentions,
                superseded_by=stone.superseded_by,
            )
        )
    return rows


def run(*steps: list[list[str]]) -> list[tuple[list[str], dict[str, tuple[State, str | None]]]]:
    """Ids and tombstones after each step."""
    former: list[Former] = []
    told = []
    for number, events in enumerate(steps):
        ids = give_ids(events, former)
        former = stored(events, ids, former, f"2031-04-{number + 1:02d}")
        told.append(([g.id for g in ids.given], {g.id: (g.state, g.superseded_by) for g in ids.gone}))
    return told


def test_an_event_keeps_its_id_when_reports_are_added() -> None:
    (first, _), (second, stones) = run([[A]], [[A, C], [D]])
    assert second[0] == first[0]
    assert second[1] != first[0]
    assert not stones


def test_an_older_report_that_arrives_later_does_not_change_the_id() -> None:
    (first, _), (second, _) = run([[C]], [[A, C]])
    assert first == second


def test_without_a_former_table_the_oldest_mention_makes_the_id() -> None:
    assert give_ids([[A, C]]).given[0].id == give_ids([[A]]).given[0].id == new_id(A, set())
    assert give_ids([[C]]).given[0].id != new_id(A, set())


def test_merge_the_id_of_the_oldest_survives() -> None:
    (one, _), (two, _), (three, stones) = run([[C]], [[C], [A]], [[A, C]])
    assert three == one
    assert stones == {two[1]: (State.MERGED, one[0])}


def test_merge_within_one_run_takes_the_day_of_the_first_report() -> None:
    old = Former(id="ev-z", state=State.ACTIVE, created="2031-05-01", reported="2031-04-01", mentions=(A,))
    young = Former(id="ev-a", state=State.ACTIVE, created="2031-05-01", reported="2031-04-02", mentions=(C,))
    ids = give_ids([[A, C]], [young, old])
    assert ids.given[0].id == "ev-z"
    assert (ids.gone[0].id, ids.gone[0].superseded_by) == ("ev-a", "ev-z")


def test_split_the_part_with_the_oldest_mention_keeps_the_id() -> None:
    former = stored([[A, B, C]], give_ids([[A, B, C]]), [], "2031-04-01")
    ids = give_ids([[B, C], [A]], former)
    assert ids.given[1].id == former[0].id
    assert ids.given[0].id != former[0].id
    assert ids.given[0].split_from == former[0].id
    assert ids.given[1].split_from is None


def test_a_merged_id_comes_back_when_its_mentions_part_again() -> None:
    (_, _), (two, _), (three, stones), (four, none) = run([[A]], [[A], [C]], [[A, C]], [[A], [C]])
    assert two == four
    assert list(stones) == [two[1]]
    assert not none
    assert three == [two[0]]


def test_a_withdrawn_event_is_a_tombstone_and_comes_back_with_its_id() -> None:
    (one, _), (_, stones), (three, none) = run([[A], [C]], [[A]], [[A], [C]])
    assert stones == {one[1]: (State.WITHDRAWN, None)}
    assert three == one
    assert not none


def test_a_merged_one_follows_its_survivor() -> None:
    (_, _), (_, _), (_, _), (last, stones) = run([[A], [C], [D]], [[A], [C, D]], [[A, C, D]], [[A, C, D]])
    assert {to for _, to in stones.values()} == {last[0]}


def test_a_merged_one_keeps_its_survivor_when_both_are_gone() -> None:
    (one, _), (two, _), _, (_, stones) = run([[A]], [[A], [C]], [[A, C]], [[D]])
    assert stones == {one[0]: (State.WITHDRAWN, None), two[1]: (State.MERGED, one[0])}


def test_ids_never_meet_an_old_one() -> None:
    taken = {new_id(A, set())}
    assert new_id(A, taken) not in taken


ALL = [f"d{n}:{m}-{m + 1}" for n in range(4) for m in range(3)]


@st.composite
def partitions(draw: st.DrawFn) -> list[list[str]]:
    """Some of the mentions, parted into events."""
    kept = draw(st.lists(st.sampled_from(ALL), unique=True))
    groups: dict[int, list[str]] = {}
    for mention in sorted(kept):
        groups.setdefault(draw(st.integers(0, 4)), []).append(mention)
    return list(groups.values())


@given(st.lists(partitions(), min_size=1, max_size=5), st.randoms(use_true_random=False))
def test_rules_hold_over_any_history(steps: list[list[list[str]]], chance: random.Random) -> None:
    former: list[Former] = []
    ever: set[str] = set()
    for number, events in enumerate(steps):
        shuffled = chance.sample(events, len(events))
        ids = give_ids(shuffled, chance.sample(former, len(former)))
        names = [g.id for g in ids.given]
        assert len(set(names)) == len(names)
        ever |= set(names)
        assert set(names) | {g.id for g in ids.gone} == ever  # no id is ever lost
        assert set(names).isdisjoint(g.id for g in ids.gone)
        again = give_ids(events, former)  # nothing depends on the order of the input
        assert {tuple(m): g for m, g in zip(shuffled, ids.given, strict=True)} == {
            tuple(m): g for m, g in zip(events, again.given, strict=True)
        }
        alive = {m: f.id for f in former if f.state is State.ACTIVE for m in f.mentions}
        for mentions, name in zip(shuffled, names, strict=True):
            owners = {alive[m] for m in mentions if m in alive}
            whole = len(owners) == 1 and all(f.id not in owners or set(f.mentions) <= set(mentions) for f in former)
            if whole:
                assert name == owners.pop()  # what only grew keeps its id
        for stone in ids.gone:
            old = next(f for f in former if f.id == stone.id)
            held = {m for mentions in events for m in mentions} & set(old.mentions)
            assert (stone.state is State.MERGED) == bool(held) or old.state is State.MERGED
        former = stored(shuffled, ids, former, f"2031-04-{number + 1:02d}")
        settled = give_ids(shuffled, former)
        assert [g.id for g in settled.given] == names  # the same corpus again changes nothing
        assert settled.gone == ids.gone


@pytest.mark.parametrize("seed", range(3))
def test_ten_thousand_events_take_their_ids_in_linear_time(seed: int) -> None:
    chance = random.Random(seed)
    events = [[f"d{n}:{m}-{m + 1}" for m in range(chance.randrange(1, 6))] for n in range(10_000)]
    ids = give_ids(events)
    former = stored(events, ids, [], "2031-04-01")
    grown = [[*m, f"new{n}:0-1"] for n, m in enumerate(events)]
    assert [g.id for g in give_ids(grown, former).given] == [g.id for g in ids.given]
