"""Ids of events over the shipped example, reports added one after the other, with the shipped model."""

import random

import pytest
from benchmarks.stable_ids import Step, example, grow

from crossread.records import Reading


@pytest.fixture(scope="module")
def known() -> list[Reading]:
    return example()


def accounted_for(step: Step) -> bool:
    """Whether each id of the table before is still an event or a tombstone."""
    return step.n_kept + step.n_merged + step.n_withdrawn == step.n_before


def test_ids_last_while_reports_are_added(known: list[Reading]) -> None:
    steps = list(grow(known, batch=3))
    assert len(steps) == 3
    assert all(accounted_for(s) for s in steps)
    assert sum(s.n_kept for s in steps) >= 0.95 * sum(s.n_before for s in steps) > 50
    assert sum(s.n_withdrawn for s in steps) == 0  # nothing is taken away, so nothing is withdrawn


def test_ids_last_in_any_order_of_arrival(known: list[Reading]) -> None:
    first, last = grow(random.Random(7).sample(known, len(known)), batch=5)
    assert accounted_for(last)
    assert last.n_kept >= 0.95 * first.n_active
