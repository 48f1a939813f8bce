"""Readings of reports that are read in the light of each other: their order, and which of them wait."""

from collections.abc import Iterable, Iterator

import msgspec
import pytest

import crossread.calls
from crossread.calls import read_together
from crossread.records import Document, Reading
from tests.unit.linking.test_undated import planned, undated


def named(reading: Reading, name: str) -> Reading:
    return msgspec.structs.replace(reading, document=msgspec.structs.replace(reading.document, id=name))


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Document]:
    """Documents that are read again."""
    given: list[Document] = []

    def read_all(documents: Iterable[Document], *, model: str | None = None) -> Iterator[Reading]:
        for document in documents:
            given.append(document)
            yield msgspec.structs.replace(undated(), document=document)

    monkeypatch.setattr(crossread.calls, "read_all", read_all)
    return given


def test_undated_reports_are_read_again_and_all_keep_their_order(asked: list[Document]) -> None:
    given = [named(undated(), "u"), named(planned(), "v"), named(undated(also="Then"), "w"), named(planned(), "x")]
    found = list(read_together(given))
    assert [r.document.id for r in found] == ["u", "v", "w", "x"]
    assert [[p.code for p in r.problems] for r in found] == [["date.by_others"], [], ["date.by_others"], []]
    assert [d.id for d in asked] == ["u", "w"]
    assert all(d.published is not None for d in asked)


def test_dated_reports_are_given_as_they_come(asked: list[Document]) -> None:
    def reports() -> Iterator[Reading]:
        yield named(planned(), "a")
        raise AssertionError("the next report was asked for before the first was given")

    assert next(read_together(reports())).document.id == "a"
    assert asked == []


def test_reports_that_nothing_dates_stay_as_they_are(asked: list[Document]) -> None:
    given = [named(undated(), "a"), named(undated(), "b")]
    assert list(read_together(given)) == given
    assert asked == []


def test_what_came_before_a_fault_is_given(asked: list[Document]) -> None:
    def reports() -> Iterator[Reading]:
        yield from (named(undated(), "a"), named(planned(), "b"))
        raise ValueError("a damaged file")

    given = read_together(reports())
    assert [next(given).document.id, next(given).document.id] == ["a", "b"]
    with pytest.raises(ValueError, match="a damaged file"):
        next(given)


def test_of_too_many_reports_each_is_left_as_it_is(asked: list[Document], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crossread.calls, "TOGETHER", 3)
    given = [named(undated(), "a"), *(named(planned(), f"b{n}") for n in range(4))]
    assert list(read_together(given)) == given
    assert asked == []
