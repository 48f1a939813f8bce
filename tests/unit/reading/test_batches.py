"""Documents are read some at a time; nobody notices but the clock."""

from collections.abc import Iterator

import pytest

from crossread.reading import TOGETHER, read_documents
from crossread.reading.encoder import load_encoder
from crossread.reading.language import Reader
from crossread.reading.tokenize import blank_pipeline
from crossread.records import Document


def documents(n: int) -> list[Document]:
    return [Document(id=f"d{k}", text=f"The mayor of Karsa said on Monday that {k + 2} bridges were closed.") for k in range(n)]


def test_order_is_that_of_the_documents_with_unread_ones_between() -> None:
    given = documents(2 * TOGETHER + 1)
    given[1] = Document(id="d1", text=" \n")
    given[TOGETHER] = Document(id=f"d{TOGETHER}", text="Le pont est fermé.", language="fr")
    readings = list(read_documents(given))
    assert [r.document.id for r in readings] == [d.id for d in given]
    assert [bool(r.attributions) for r in readings] == [d.id not in ("d1", f"d{TOGETHER}") for d in given]
    assert readings[1].problems[0].code == "document.empty"


def test_what_one_gives_does_not_hang_on_the_others() -> None:
    given = documents(TOGETHER + 3)
    assert list(read_documents(given)) == [next(read_documents([d])) for d in given]


def test_what_came_before_a_fault_of_the_source_is_read() -> None:
    def source() -> Iterator[Document]:
        yield from documents(3)
        raise OSError("the disk is gone")

    found = read_documents(source())
    assert [next(found).document.id for _ in range(3)] == ["d0", "d1", "d2"]
    with pytest.raises(OSError, match="disk is gone"):
        next(found)


def test_few_long_documents_are_as_many_short_ones() -> None:
    asked = 0

    def source() -> Iterator[Document]:
        nonlocal asked
        for document in documents(TOGETHER):
            asked += 1
            yield Document(id=document.id, text=document.text * 400)

    next(read_documents(source()))
    assert asked == 1


def test_a_new_vocabulary_changes_nothing_that_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    given = documents(3 * TOGETHER)
    kept = list(read_documents(given))
    reader = Reader(load_encoder(), blank_pipeline())
    first = reader.nlp.vocab
    monkeypatch.setattr("crossread.reading.language.RENEWED_AFTER", TOGETHER)
    assert list(read_documents(given, reader=reader)) == kept
    assert reader.nlp.vocab is not first
    assert reader.nlp is blank_pipeline()
    assert list(read_documents(given[:2])) == kept[:2]  # by a reader that has the older one
