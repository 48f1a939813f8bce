"""The vocabulary that all documents share does not grow with them."""

import threading

from crossread.ingest import ingest_text
from crossread.reading import read_documents
from crossread.reading.language import load_reader
from crossread.records import Document

LINE = "The mayor of Veln{0} said on Monday that troops had shelled the bridge near Karsa{0}, killing {0} people."


def report(number: int) -> Document:
    """A report with names that no other has."""
    return ingest_text(LINE.format(number), id=str(number))


def test_words_of_a_document_leave_the_vocabulary_with_it() -> None:
    strings = load_reader().nlp.vocab.strings
    list(read_documents([report(11)]))
    before = len(strings)
    readings = list(read_documents(report(n) for n in range(20, 40)))
    assert len(strings) == before
    assert all(f"Veln{n}" in r.document.text and r.attributions for n, r in zip(range(20, 40), readings, strict=True))


def test_threads_that_read_at_once_read_the_same() -> None:
    documents = [report(n) for n in range(50, 60)]
    alone = list(read_documents(documents))
    found: list[list[object]] = []
    threads = [threading.Thread(target=lambda: found.append(list(read_documents(documents)))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [alone, alone, alone]
