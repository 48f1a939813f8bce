"""Worker processes: order, and documents that kill, hang or fail."""

import time

import pytest

from crossread.errors import ModelError
from crossread.records import Document
from crossread.scale import PoolOptions, read_with_workers

OPTIONS = PoolOptions(workers=2, shard_size=5, seconds_per_document=3.0, read="tests.unit.scale.faulty:read")


def documents(*ids: str) -> list[Document]:
    return [Document(id=name, text=f"Text of {name}.") for name in ids]


def test_readings_come_in_the_order_of_the_documents() -> None:
    names = [f"d{n}" for n in range(57)]
    readings = list(read_with_workers(documents(*names), OPTIONS))
    assert [r.document.id for r in readings] == names
    assert all(r.sentences for r in readings)


def test_no_documents_give_no_readings() -> None:
    assert list(read_with_workers([], OPTIONS)) == []


@pytest.mark.parametrize(
    ("bad", "why"), [("kill", "worker process ended (exit code -9)"), ("hang", "longer than 3 s"), ("fail", "odd document")]
)
def test_bad_document_is_set_aside_and_the_rest_is_read(bad: str, why: str) -> None:
    names = [*(f"d{n}" for n in range(7)), f"{bad}1", *(f"e{n}" for n in range(7))]
    readings = list(read_with_workers(documents(*names), OPTIONS))
    assert [r.document.id for r in readings] == names
    (aside,) = [r for r in readings if not r.sentences]
    assert aside.document.id == f"{bad}1"
    (problem,) = aside.problems
    assert problem.code == "document.quarantined"
    assert why in problem.message


def test_several_bad_documents_in_one_shard() -> None:
    names = ["d0", "kill1", "d1", "fail1", "kill2", "d2"]
    readings = list(read_with_workers(documents(*names), OPTIONS))
    assert [bool(r.sentences) for r in readings] == [True, False, True, False, False, True]


def test_documents_are_taken_as_workers_come_free() -> None:
    taken = 0

    def endless() -> "object":
        nonlocal taken
        while True:
            taken += 1
            yield Document(id=f"d{taken}", text="Some text.")

    stream = read_with_workers(endless(), OPTIONS, ahead=2)  # type: ignore[arg-type]
    first = [next(stream).document.id for _ in range(20)]
    assert first == [f"d{n}" for n in range(1, 21)]
    assert taken < 20 + 5 * (2 + 2 + 1) + 5
    stream.close()  # type: ignore[attr-defined]


def test_workers_that_never_start_end_the_run() -> None:
    start = time.monotonic()
    with pytest.raises(ModelError, match="do not start"):
        list(read_with_workers(documents("a"), OPTIONS, read="tests.unit.scale.faulty:nonsense"))
    assert time.monotonic() - start < 60
