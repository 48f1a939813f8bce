"""What a story is called."""

from itertools import permutations

from crossread.linking.titles import title_of
from crossread.records import Document, When


def report(name: str, title: str | None, text: str, day: str = "2031-05-14") -> Document:
    return Document(id=name, title=title, text=text, published=When(start=day, end=day))


FERRY = "A ferry sank off Lorne on Monday. The coast guard of Lorne saved nine sailors."
DOCUMENTS = (
    report("a", "Seven things to know", FERRY, "2031-05-13"),
    report("b", "Ferry sinks off Lorne", "The ferry sank off Lorne. Nine were saved."),
    report("c", "Coast guard chief: never again", f"{FERRY} The chief spoke."),
    report("d", None, FERRY),
)


def test_the_headline_that_tells_what_most_reports_tell() -> None:
    assert {title_of(order) for order in permutations(DOCUMENTS)} == {"Ferry sinks off Lorne"}


def test_a_question_tells_nothing() -> None:
    asked = report("e", "Why did the ferry sink off Lorne?", FERRY)
    assert title_of((asked, *DOCUMENTS)) == "Ferry sinks off Lorne"


def test_of_equals_the_earliest() -> None:
    pair = (report("a", "Ferry sinks", FERRY, "2031-05-14"), report("b", "Ferry sinks!", FERRY, "2031-05-13"))
    assert title_of(pair) == "Ferry sinks!"


def test_few_reports() -> None:
    assert title_of(DOCUMENTS[3:]) is None
    assert title_of(DOCUMENTS[:1]) == title_of((DOCUMENTS[0], DOCUMENTS[3])) == "Seven things to know"
    assert title_of(()) is None
