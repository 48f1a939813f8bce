"""Which arrivals are one report, in whatever order they come."""

from itertools import permutations
from pathlib import Path

import msgspec
import pytest

from crossread.records import Document, FileSource, Problem, Reading, Span
from crossread.store import State, Versions, open_store
from crossread.store.maintenance import check
from tests.torture.content import digest_of

NOW = "2031-04-07T10:00:00Z"
VERSIONS = Versions(model="m1", code="0.1", codebook="c1")
WORDS = "Rain fell on the town, its mayor said."


def arrival(name: str, publisher: str | None = None, *, text: str = WORDS) -> Document:
    """One arrival of a report."""
    return Document(id="r", text=text, publisher=publisher, raw_sha256=name * 64, source=FileSource(path=name))


def kept(path: Path) -> set[tuple[object, ...]]:
    """What a store keeps of its documents, without their ids."""
    with open_store(path) as store:
        found = {f.id: f for f in store.listing()}
        rows = store._all("SELECT document, source FROM arrivals")
        return {(found[d].publisher, found[d].state, source) for d, source in rows}


@pytest.mark.parametrize("order", list(permutations("abc")))
def test_one_text_in_two_outlets_is_two_documents_in_any_order(order: tuple[str, ...], tmp_path: Path) -> None:
    arrivals = {"a": arrival("a", "Herald"), "b": arrival("b", "Tribune"), "c": arrival("c", " herald ")}
    with open_store(tmp_path / "s.db") as store:
        for name in (*order, *order):
            store.add(arrivals[name], arrived=NOW)
        assert len(store.listing()) == 2
    assert {(p.strip().casefold(), s) for p, s, _ in kept(tmp_path / "s.db") if isinstance(p, str)} == {
        ("herald", State.NEW),
        ("tribune", State.NEW),
    }


ARRIVALS = {
    "same words as page, lines and text": [
        arrival("a", "Herald"),
        msgspec.structs.replace(arrival("b", "Herald"), id="own"),
        msgspec.structs.replace(arrival("c"), text=WORDS.replace("town, ", "town,\n\n"), id="wrapped"),
        msgspec.structs.replace(arrival("d", "HERALD"), title="Rain"),
    ],
    "one text in three outlets": [arrival("a", "Herald"), arrival("b", "Tribune"), arrival("c", "Post"), arrival("d", "Post")],
    "one id for several texts": [
        arrival("a"),
        arrival("b", text="Snow fell."),
        msgspec.structs.replace(arrival("c", "Herald", text="Snow fell."), id="own"),
        msgspec.structs.replace(arrival("d", text="Hail fell."), id="own"),
    ],
}


@pytest.mark.parametrize("kind", ARRIVALS)
def test_store_is_the_same_whatever_the_order_of_arrivals(kind: str, tmp_path: Path) -> None:
    found = set()
    for number, order in enumerate(permutations(ARRIVALS[kind])):
        path = tmp_path / f"{number}.db"
        with open_store(path) as store:
            for document in (*order, order[0]):
                store.add(document, arrived=NOW)
        assert check(path).faults == ()
        found.add(digest_of(path))
    assert len(found) == 1


@pytest.mark.parametrize("order", list(permutations("ab")))
def test_arrival_without_outlet_belongs_to_the_one_that_is_known(order: tuple[str, ...], tmp_path: Path) -> None:
    arrivals = {"a": arrival("a"), "b": arrival("b", "Herald")}
    with open_store(tmp_path / "s.db") as store:
        names = {store.add(arrivals[name], arrived=NOW) for name in order}
        assert names == {"r"}
        document = store.document("r")
    assert document is not None
    assert (document.publisher, document.raw_sha256) == ("Herald", "b" * 64)


def test_outlet_known_after_reading_waits_for_a_new_reading(tmp_path: Path) -> None:
    with open_store(tmp_path / "s.db") as store:
        store.add(arrival("a"), arrived=NOW)
        store.put_reading(Reading(document=arrival("a"), sentences=(Span(0, len(WORDS)),)), VERSIONS)
        store.add(arrival("b", "Herald"), arrived=NOW)
        assert store.state("r") is State.NEW
        store.put_reading(Reading(document=arrival("b", "Herald"), sentences=(Span(0, len(WORDS)),)), VERSIONS)
        store.add(arrival("0", "Herald"), arrived=NOW)
        assert store.state("r") is State.READ


def test_inputs_without_words_stay_apart_and_are_forgotten_once_they_can_be_read(tmp_path: Path) -> None:
    problem = Problem(step="ingest", code="document.unreadable", message="no right to read it", severity="error")
    with open_store(tmp_path / "s.db") as store:
        for name in ("a", "b"):
            store.add(Document(id=f"failed-{name}", text="", source=FileSource(path=name), problems=(problem,)), arrived=NOW)
        assert [f.reason for f in store.listing(state=State.FAILED)] == ["no right to read it"] * 2
        store.add(arrival("a"), arrived=NOW)
        assert {(f.id, f.state) for f in store.listing()} == {("failed-b", State.FAILED), ("r", State.NEW)}


def test_report_that_was_cut_waits_to_be_read(tmp_path: Path) -> None:
    problem = Problem(step="ingest", code="document.cut", message="what stands after was left out", severity="error")
    with open_store(tmp_path / "s.db") as store:
        store.add(Document(id="long", text=WORDS, problems=(problem,)), arrived=NOW)
        assert store.state("long") is State.NEW
