"""Searches for cycles are rarer while records are worked on, and as frequent as before once that is done."""

import gc
from collections.abc import Iterator

import pytest

from crossread.collecting import rare_collections


@pytest.fixture(autouse=True)
def thresholds() -> Iterator[None]:
    before = gc.get_threshold()
    gc.set_threshold(700, 10, 10)
    yield
    gc.set_threshold(*before)


def test_what_was_set_comes_back_when_the_last_has_left() -> None:
    with rare_collections():
        with rare_collections():
            assert gc.get_threshold()[0] > 700
        assert gc.get_threshold()[0] > 700
    assert gc.get_threshold() == (700, 10, 10)


def test_what_was_set_comes_back_after_a_fault() -> None:
    with pytest.raises(ValueError, match="no"), rare_collections():
        raise ValueError("no")
    assert gc.get_threshold() == (700, 10, 10)


def test_nobody_gets_searches_who_wants_none() -> None:
    gc.set_threshold(0)
    with rare_collections():
        assert gc.get_threshold()[0] == 0


def test_rarer_searches_stay_rarer() -> None:
    gc.set_threshold(90_000, 30, 30)
    with rare_collections():
        assert gc.get_threshold() == (90_000, 30, 30)
