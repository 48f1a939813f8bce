"""Backup, restore, check and migration of a store."""

import contextlib
import os
import sqlite3
from pathlib import Path

import pytest

from crossread.errors import StoreError
from crossread.records import Document
from crossread.store import Versions, open_store
from crossread.store.connection import connect
from crossread.store.maintenance import backup, check, restore
from crossread.store.migrations import APPLICATION_ID, MIGRATIONS, SUMS, row_sum, statements
from crossread.store.review import ReviewLog
from tests.stories import readings, story

NOW = "2031-04-07T10:00:00Z"
OLD, NEW = (Versions(model=m, code="0.1", codebook="c") for m in ("m1", "m2"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store with readings, a story and a decision."""
    path = tmp_path / "s.db"
    with open_store(path) as store:
        for reading in readings():
            store.add(reading.document, arrived=NOW)
            store.put_reading(reading, OLD)
        store.put_stories([story()])
        ReviewLog(store).append(at=NOW, person="ada", action="reject", finding="event:1", reason="not so")
    return path


def all_rows(path: Path) -> dict[str, list[object]]:
    """Rows of all tables."""
    with contextlib.closing(sqlite3.connect(path)) as db:
        names = [
            r[0] for r in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sentence_search%'")
        ]
        return {name: db.execute(f"SELECT * FROM {name}").fetchall() for name in names}


def test_reading_again_leaves_decisions_and_all_else_alone(path: Path) -> None:
    before = all_rows(path)
    with open_store(path) as store:
        for reading in readings():
            store.put_reading(reading, NEW)
        store.put_stories([story()])
        assert store.made_with() == [(NEW, 3)]
        assert store.not_made_with(OLD) == ["one", "three", "two"]
    after = all_rows(path)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"readings", "sentences", "stamps", "sums"}
    assert after["review"] == before["review"] != []


def test_check_says_what_readings_were_made_with(path: Path) -> None:
    with open_store(path) as store:
        store.put_reading(readings()[0], NEW)
    assert check(path).made_with == ((OLD, 2), (NEW, 1))


@pytest.mark.parametrize("table", [t for t in SUMS if t not in ("originals", "saved_searches", "inputs")])
def test_check_names_the_row_that_was_changed_from_outside(table: str, path: Path) -> None:
    with contextlib.closing(connect(path)) as db:
        triggers = db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        kept = {t: db.execute("SELECT sql FROM sqlite_master WHERE name = ?", t).fetchone()[0] for t in triggers}
        for (name,) in triggers:
            db.execute(f"DROP TRIGGER {name}")
        db.execute("PRAGMA foreign_keys = OFF")
        column = SUMS[table][1][-1]
        kind = db.execute(f"SELECT typeof({column}) FROM {table}").fetchone()[0]
        value = {"blob": b"{}", "text": "x", "integer": 7, "null": 1}[kind]
        db.execute(f"UPDATE {table} SET {column} = ? WHERE {column} IS (SELECT {column} FROM {table} LIMIT 1)", (value,))
        for sql in kept.values():
            db.execute(sql)
    assert any(f"a row of {table} was changed from outside" in fault for fault in check(path).faults)


def test_check_names_a_row_that_is_gone(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute("DROP TRIGGER review_is_not_deleted")
        db.execute("DROP TRIGGER review_summed_no_more")
        db.execute("DELETE FROM review")
        db.commit()
    with pytest.raises(StoreError, match=r"review_is_not_deleted is not as it was made.*crossread restore"):
        open_store(path)


def test_check_compares_sentences_and_search_index_to_the_readings(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute("UPDATE sentences SET text = 'Snow fell.' WHERE rowid = 1")
        db.commit()
    assert "the sentences of one are not those of its reading" in check(path).faults
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute(
            "UPDATE sentences SET text = substr(?, start + 1, until - start) WHERE rowid = 1", (readings()[0].document.text,)
        )
        db.execute("DELETE FROM sentence_search_data WHERE id > 10")
        db.commit()
    assert check(path).faults


def test_row_sum_knows_values_and_kinds_apart() -> None:
    assert len({row_sum(*values) for values in (("1",), (1,), (b"1",), (None,), ("",), ("1", "2"), ("12",), ("", "12"))}) == 8


def test_store_of_the_first_schema_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    document = Document(id="a", text="Rain fell.", publisher="Herald")
    from crossread.jsonlines import encode

    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as db:
        for statement in statements(MIGRATIONS[0]):
            db.execute(statement)
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute("PRAGMA user_version = 1")
        from crossread.store.identity import words_key

        values = ("a", words_key(document), None, "Herald", None, "new", 0, None, encode(document))
        db.execute("INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
        db.execute("INSERT INTO arrivals VALUES ('a', '{}', '', ?)", (NOW,))
    assert check(path).faults == ()
    with open_store(path) as store:
        assert store.document("a") == document
        assert store.add(document, arrived=NOW) == "a"
        store.add(Document(id="a", text="Rain fell.", publisher="Tribune"), arrived=NOW)
        assert [f.id[:2] for f in store.listing()] == ["a", "a-"]
    assert check(path).schema == len(MIGRATIONS)


def test_store_that_was_only_begun_has_no_faults(tmp_path: Path) -> None:
    path = tmp_path / "begun.db"
    path.touch()
    assert (check(path).schema, check(path).faults) == (0, ())
    backup(path, tmp_path / "copy.db")


def test_check_changes_nothing(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    backup(path, copy)
    before = copy.read_bytes()
    assert check(copy).faults == ()
    assert copy.read_bytes() == before
    assert [p.name for p in tmp_path.glob("copy.db*")] == ["copy.db"]


def test_backup_of_an_older_store_leaves_it_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as db:
        for statement in statements(MIGRATIONS[0]):
            db.execute(statement)
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute("PRAGMA user_version = 1")
    backup(path, tmp_path / "copy.db")
    for name in (path, tmp_path / "copy.db"):
        with contextlib.closing(sqlite3.connect(name)) as db:
            assert db.execute("PRAGMA user_version").fetchone() == (1,)


def test_backup_of_a_damaged_store_is_refused_and_leaves_nothing(path: Path, tmp_path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute("UPDATE sentences SET text = 'Snow fell.' WHERE rowid = 1")
        db.commit()
    with pytest.raises(StoreError, match="cannot be backed up, it is damaged"):
        backup(path, tmp_path / "copy.db")
    assert not list(tmp_path.glob("copy.db*"))


def test_backup_takes_away_what_a_killed_one_left(path: Path, tmp_path: Path) -> None:
    dead = os.fork()
    if dead == 0:
        os._exit(0)
    os.waitpid(dead, 0)
    (tmp_path / f"copy.db.{dead}.part").write_text("half")
    (tmp_path / f"copy.db.{os.getppid()}.part").write_text("of a process that is alive")
    backup(path, tmp_path / "copy.db")
    assert [p.name for p in tmp_path.glob("*.part")] == [f"copy.db.{os.getppid()}.part"]


def test_restore_is_refused_while_the_store_is_in_use(path: Path, tmp_path: Path) -> None:
    backup(path, tmp_path / "copy.db")
    with open_store(path) as store:
        store.counts()
        with pytest.raises(StoreError, match="is in use"):
            restore(tmp_path / "copy.db", path)
    assert restore(tmp_path / "copy.db", path) == tmp_path / "s.db.before-restore"
    assert restore(tmp_path / "copy.db", path) == tmp_path / "s.db.before-restore-2"


@pytest.mark.parametrize("command", [check, lambda p: backup(p, p), lambda p: restore(p, p)])
def test_missing_file_is_named(command: object, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"none\.db: there is no such file"):
        command(tmp_path / "none.db")  # type: ignore[operator]


def test_log_and_copy_are_readable_by_their_owner_alone(path: Path, tmp_path: Path) -> None:
    with open_store(path) as store:
        store.add(Document(id="a", text="Rain fell."), arrived=NOW)
        backup(path, tmp_path / "copy.db")
        for name in ("s.db", "s.db-wal", "s.db-shm", "copy.db"):
            assert (tmp_path / name).stat().st_mode & 0o077 == 0, name
