"""The review log: only ever added to."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossread.errors import StoreError
from crossread.store import open_store
from crossread.store.review import LogLine, ReviewLog, effective, undone


def test_lines_come_back_as_they_were_written(tmp_path: Path) -> None:
    with open_store(tmp_path / "s.db") as store:
        log = ReviewLog(store)
        first = log.append(
            at="2031-04-07T00:00:00Z", person="Ada", action="accept", finding="k", details={"a": [1, None, "é"]}, reason="so"
        )
        second = log.append(at="2031-04-07T00:00:01Z", person="Bo", action="undo", undoes=first)
        assert log.last() == second
        lines = log.lines()
        assert [(x.seq, x.person, x.action, x.undoes) for x in lines] == [
            (first, "Ada", "accept", None),
            (second, "Bo", "undo", first),
        ]
        assert lines[0].details == {"a": [1, None, "é"]}
        assert lines[0].reason == "so"
        assert log.lines(after=first) == lines[1:]


def test_nothing_is_ever_changed_or_deleted(tmp_path: Path) -> None:
    with open_store(tmp_path / "s.db") as store:
        log = ReviewLog(store)
        log.append(at="t", person="Ada", action="accept", finding="k")
        before = log.lines()
        for statement in ("UPDATE review SET person = 'Mallory'", "DELETE FROM review", "REPLACE INTO review SELECT * FROM review"):
            with pytest.raises(StoreError, match="only added to"), store._transaction("x") as db:
                db.execute(statement)
        assert log.lines() == before


def test_a_line_that_is_not_there_cannot_be_taken_back(tmp_path: Path) -> None:
    with open_store(tmp_path / "s.db") as store, pytest.raises(StoreError, match="no line 7"):
        ReviewLog(store).append(at="t", person="Ada", action="undo", undoes=7)


def test_stamps_tell_what_changed(tmp_path: Path) -> None:
    from tests.desk.material import MADE_WITH
    from tests.stories import readings, story

    with open_store(tmp_path / "s.db") as store:
        log, seen = ReviewLog(store), []
        seen.append(log.stamps())
        for reading in readings():
            store.add(reading.document, arrived="t")
        seen.append(log.stamps())
        for reading in readings():
            store.put_reading(reading, MADE_WITH)
        seen.append(log.stamps())
        store.put_stories([story()])
        seen.append(log.stamps())
        store.put_stories([])
        seen.append(log.stamps())
    assert len(set(seen)) == 5
    assert seen[3][2] > seen[2][2]
    assert seen[4][2] > seen[3][2]


def test_searches_are_kept_under_their_names(tmp_path: Path) -> None:
    with open_store(tmp_path / "s.db") as store:
        log = ReviewLog(store)
        log.save_search("b", "q=1", at="t")
        log.save_search("a", "q=2", at="t")
        log.save_search("b", "q=3", at="u")
        assert [(s.name, s.query) for s in log.searches()] == [("a", "q=2"), ("b", "q=3")]
        assert log.delete_search("a")
        assert not log.delete_search("a")


def _line(seq: int, undoes: int | None) -> LogLine:
    return LogLine(seq=seq, at="", person="", action="undo" if undoes else "accept", undoes=undoes)


@given(st.lists(st.integers(0, 30), max_size=30))
def test_an_undo_of_an_undo_brings_the_line_back(picks: list[int]) -> None:
    """Against a plain model: a line counts when no undo that counts names it; undos only name earlier lines."""
    lines: list[LogLine] = []
    for seq, pick in enumerate(picks, start=1):
        lines.append(_line(seq, pick if 0 < pick < seq else None))
    counts: dict[int, bool] = {}
    for line in reversed(lines):
        counts[line.seq] = not any(counts[later.seq] for later in lines if later.undoes == line.seq)
    assert [x.seq for x in effective(lines)] == [x.seq for x in lines if x.undoes is None and counts[x.seq]]
    assert undone(lines) == {x.seq for x in lines if x.undoes is None and not counts[x.seq]}
