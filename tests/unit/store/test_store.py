"""The store: documents by content, states, search, batches, backup, damage."""

import sqlite3
from pathlib import Path

import msgspec
import pytest

from crossread.errors import StoreError
from crossread.records import Document, FileSource, Problem, Reading, Span
from crossread.store import State, Store, Versions, open_store
from crossread.store.maintenance import backup, check, restore
from tests.stories import readings, story

VERSIONS = Versions(model="m1", code="0.1", codebook="c1")
NOW = "2031-04-07T10:00:00Z"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path / "s.db")


def fill(store: Store) -> None:
    for reading in readings():
        store.add(reading.document, arrived=NOW)
        store.put_reading(reading, VERSIONS)
    store.put_stories([story()])


def test_document_is_known_by_its_content(store: Store) -> None:
    first = Document(id="a", text="Rain fell.\n\nIt stopped.", raw_sha256="2" * 64, source=FileSource(path="a.txt"))
    second = Document(id="b", text="Rain fell.\nIt  stopped.", raw_sha256="1" * 64, source=FileSource(path="b.html"))
    assert store.add(first, arrived=NOW) == "a"
    assert store.add(second, arrived=NOW) == "b"  # whose record is kept
    assert store.add(first, arrived=NOW) == "b"
    assert [f.id for f in store.listing()] == ["b"]


def test_order_of_arrival_does_not_matter(tmp_path: Path) -> None:
    copies = [
        Document(id="same", text="Rain fell.", title=t, raw_sha256=h * 64, source=FileSource(path=t))
        for t, h in (("x", "2"), ("y", "1"))
    ]
    kept = []
    for n, order in enumerate((copies, copies[::-1])):
        with open_store(tmp_path / f"{n}.db") as store:
            for document in (*order, *order):
                store.add(document, arrived=NOW)
            kept.append(store.document("same"))
    assert kept[0] == kept[1]
    assert kept[0] is not None
    assert kept[0].title == "y"


def test_two_contents_under_one_id_are_two_documents(store: Store) -> None:
    rain, snow = Document(id="a", text="Rain fell."), Document(id="a", text="Snow fell.")
    assert store.add(rain, arrived=NOW) == "a"
    other = store.add(snow, arrived=NOW)
    assert len({other, store.add(rain, arrived=NOW)}) == 2
    assert [f.id[:2] for f in store.listing()] == ["a", "a-"]
    found = store.document(other)
    assert found is not None
    assert found.text == "Snow fell."


def test_id_of_a_report_stays_once_it_is_read(store: Store) -> None:
    texts = [f"Rain fell on day {n}." for n in range(8)]
    name = store.add(Document(id="a", text=texts[0]), arrived=NOW)
    first = store.document(name)
    assert first is not None
    assert store.put_reading(Reading(document=first, sentences=(Span(0, 4),)), VERSIONS)
    for text in texts[1:]:
        store.add(Document(id="a", text=text), arrived=NOW)
    assert store.document("a") == first
    assert len(store.listing()) == len(texts)


def test_reading_of_a_document_that_goes_by_another_id_now_is_not_kept(store: Store) -> None:
    """Another process may have added a report between the reading of a document and the keeping of it."""
    texts = [f"Rain fell on day {n}." for n in range(8)]
    taken = []
    for text in texts:
        name = store.add(Document(id="a", text=text), arrived=NOW)
        document = store.document(name)
        assert document is not None
        taken.append(document)
    kept = [store.put_reading(Reading(document=d, sentences=(Span(0, 4),)), VERSIONS) for d in taken]
    assert (kept.count(True) < len(texts), store.counts()[State.READ]) == (True, kept.count(True))
    for reading in store.readings():
        document = store.document(reading.document.id)
        assert document is not None
        assert document.text == reading.document.text


def test_states_follow_reading_and_failure(store: Store) -> None:
    reading = readings()[0]
    store.add(reading.document, arrived=NOW)
    assert store.counts() == {State.NEW: 1, State.READ: 0, State.FAILED: 0}
    store.put_failure("one", "took too long")
    (found,) = store.listing(state=State.FAILED)
    assert (found.attempts, found.reason) == (1, "took too long")
    store.put_reading(reading, VERSIONS)
    (found,) = store.listing()
    assert (found.state, found.reason) == (State.READ, None)
    assert store.reading("one") == reading
    assert store.versions("one") == VERSIONS


def test_document_with_error_arrives_as_failed(store: Store) -> None:
    problem = Problem(step="ingest", code="document.empty", message="no text", severity="error")
    store.add(Document(id="e", text="", problems=(problem,)), arrived=NOW)
    assert store.listing()[0].state is State.FAILED


def test_batch_is_undone_as_a_whole(store: Store) -> None:
    with pytest.raises(RuntimeError, match="stop"), store.batch():  # noqa: PT012
        store.add(Document(id="a", text="Rain fell."), arrived=NOW)
        raise RuntimeError("stop")
    assert store.listing() == []
    with store.batch():
        store.add(Document(id="a", text="Rain fell."), arrived=NOW)
    assert len(store.listing()) == 1


def test_position_is_written_with_its_document(store: Store) -> None:
    store.add(Document(id="a", text="Rain fell."), arrived=NOW, position=("in.jsonl", 120, "f1"))
    assert store.position("in.jsonl") == (120, "f1")
    assert store.position("other.jsonl") is None


def test_search_finds_sentences_with_their_spans(store: Store) -> None:
    fill(store)
    (hit,) = store.search("killed doctors")
    assert hit.text == "Some 20 people were killed in Karsa, doctors said."
    document = store.document(hit.document)
    assert document is not None
    assert hit.span.of(document.text) == hit.text
    assert [h.document for h in store.search('"people died"')] == ["one"]


@pytest.mark.parametrize("words", ['"', "AND", "a OR", "NEAR(", "*", "karsa*", "text:x", "-", "(", '""" "', "\x00", "“"])
def test_search_takes_any_words(store: Store, words: str) -> None:
    fill(store)
    assert isinstance(store.search(words), list)


def test_search_weighs_the_sentences_kept_last_where_too_many_hold_the_words(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(30):  # later ones are longer, which makes them worse
        text = f"Rain fell on town {number}{' again' * number}."
        name = store.add(Document(id=f"d{number}", text=text), arrived=NOW)
        store.put_reading(Reading(document=Document(id=name, text=text), sentences=(Span(0, len(text)),)), VERSIONS)
    assert [h.document for h in store.search("rain town", limit=2)] == ["d0", "d1"]
    monkeypatch.setattr("crossread.store.repository.MOST_WEIGHED", 10)
    assert [h.document for h in store.search("rain town", limit=2)] == ["d20", "d21"]
    assert len(store.search("rain town", limit=15)) == 15
    assert len(store.search("rain town", limit=50)) == 30


def test_a_store_opened_to_be_read_is_read_and_not_written(tmp_path: Path) -> None:
    with open_store(tmp_path / "s.db") as store:
        fill(store)
    with open_store(tmp_path / "s.db", read_only=True) as store:
        assert [h.text for h in store.search("killed doctors")] == ["Some 20 people were killed in Karsa, doctors said."]
        with pytest.raises(StoreError, match="readonly"):
            store.add(Document(id="a", text="Rain fell."), arrived=NOW)


def test_rereading_replaces_sentences(store: Store) -> None:
    fill(store)
    reading = readings()[1]
    store.put_reading(msgspec.structs.replace(reading, sentences=reading.sentences[:1]), VERSIONS)
    assert store.search("doctors") == []


def test_stories_come_back(store: Store) -> None:
    fill(store)
    assert list(store.stories()) == [story()]
    store.put_stories([])
    assert list(store.stories()) == []


def test_readings_come_in_order_of_id(store: Store) -> None:
    fill(store)
    found: list[Reading] = list(store.readings())
    assert [r.document.id for r in found] == ["one", "three", "two"]


def test_backup_and_restore_give_the_same_content(store: Store, tmp_path: Path) -> None:
    fill(store)
    backup(store.path, tmp_path / "b.db")
    store.put_stories([])
    store.close()
    restore(tmp_path / "b.db", store.path)
    with open_store(store.path) as again:
        assert list(again.stories()) == [story()]
    assert (tmp_path / "s.db.before-restore").exists()


def test_backup_never_overwrites(store: Store, tmp_path: Path) -> None:
    (tmp_path / "b.db").write_text("mine")
    with pytest.raises(StoreError, match="exists already"):
        backup(store.path, tmp_path / "b.db")


def test_check_finds_nothing_wrong_in_a_good_store(store: Store) -> None:
    fill(store)
    health = check(store.path)
    assert (health.documents, health.readings, health.stories, health.faults) == (3, 3, 1, ())


def test_check_names_a_broken_promise(store: Store) -> None:
    fill(store)
    store.close()
    with sqlite3.connect(store.path) as db:
        db.execute("DELETE FROM readings WHERE document = 'one'")
    assert any("no reading: one" in f for f in check(store.path).faults)


@pytest.mark.parametrize("content", [b"not a database at all, only words" * 40, b"SQLite format 3\x00" + b"\xff" * 4000])
def test_damaged_file_is_named_with_the_next_step(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bad.db"
    path.write_bytes(content)
    with pytest.raises(StoreError, match=r"bad\.db.*crossread restore"):
        open_store(path)


def test_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE mine (x)")
    with pytest.raises(StoreError, match="another program"):
        open_store(path)


def test_newer_schema_is_refused(store: Store) -> None:
    store.close()
    with sqlite3.connect(store.path) as db:
        db.execute("CREATE TABLE later (x)")
        db.execute("PRAGMA user_version = 99")
    with pytest.raises(StoreError, match="newer crossread"):
        open_store(store.path)


def test_store_is_readable_by_its_owner_alone(store: Store) -> None:
    assert store.path.stat().st_mode & 0o077 == 0
