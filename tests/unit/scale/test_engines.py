"""The pool of processes that stands in where no engine does."""

import os
from collections.abc import Iterator
from concurrent.futures import wait

import pytest

from crossread.scale import LocalEngine


@pytest.fixture
def engine() -> Iterator[LocalEngine]:
    made = LocalEngine(2)
    yield made
    made.close()


def killed(engine: LocalEngine) -> None:
    """One of the pool's processes ends, and the pool has noticed before the next call is made."""
    wait([engine._opened().submit(os._exit, 9)])


def test_process_that_dies_between_two_calls_costs_no_call(engine: LocalEngine) -> None:
    outcomes = engine.run("math:sqrt", [(float(n * n),) for n in range(12)])
    first = next(outcomes)
    killed(engine)
    found = {o.number: o.result for o in (first, *outcomes)}
    assert found == {n: float(n) for n in range(12)}


def test_process_that_dies_before_the_first_call_costs_no_call(engine: LocalEngine) -> None:
    killed(engine)
    assert [o.result for o in engine.run("math:sqrt", [(4.0,)])] == [2.0]


def test_call_that_ends_its_process_is_told_and_the_others_are_made(engine: LocalEngine) -> None:
    outcomes = {o.number: o for o in engine.run("os:_exit", [(9,)])}
    assert outcomes[0].died
    assert [o.result for o in engine.run("math:sqrt", [(9.0,)])] == [3.0]
