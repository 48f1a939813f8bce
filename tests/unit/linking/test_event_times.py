"""Mentions joined as one event are parted where reports date them far apart."""

from typing import Any

from crossread.linking.event_times import apart_in_time
from crossread.linking.happenings import happenings_of
from crossread.records import When
from tests.unit.linking.reports import day
from tests.unit.linking.test_events import case_of, told


def parts(*days: When | None, near: dict[tuple[int, int], float] | None = None) -> list[list[int]]:
    """What becomes of one group of attacks on these days; ``near`` says how alike pairs of them are."""
    attack: dict[str, Any] = {"type": "ASSAULT", "label": "attack", "words": "attack"}
    text = "The attack in the port of Karsa killed sailors."
    case = case_of(*(told(f"r{n}", text, when=when, published=None, **attack) for n, when in enumerate(days)))
    happenings = happenings_of(case)
    return apart_in_time(case, happenings, [list(range(len(happenings)))], near or {})


def test_days_of_one_week_are_one_event() -> None:
    assert parts(day("2031-05-13"), day("2031-05-14"), None) == [[0, 1, 2]]


def test_an_earlier_attack_is_kept_apart() -> None:
    assert sorted(parts(day("2031-05-13"), day("2030-11-02"), day("2031-05-12"))) == [[0, 2], [1]]


def test_a_mention_without_a_day_goes_where_it_is_most_alike() -> None:
    days = day("2031-05-13"), day("2030-11-02"), None
    assert sorted(parts(*days, near={(1, 2): 0.9})) == [[0], [1, 2]]
    assert sorted(parts(*days, near={(0, 2): 0.9})) == [[0, 2], [1]]
