"""Events told as background: the auxiliary mode ``historical``."""

import pytest

import crossread
from crossread.records import Document, Event, When
from crossread.vocabulary import Auxiliary


def event_at(text: str, anchor: str, published: str | None) -> Event:
    when = When(start=published, end=published) if published else None
    reading = crossread.read(Document(id="d", text=text, published=when))
    start = text.rindex(anchor)
    return next(e for e in reading.events if any(s.start < start + len(anchor) and start < s.end for s in e.anchor))


@pytest.mark.parametrize(
    ("text", "anchor"),
    [
        ("Varga resigned on Monday. He had been arrested in 2009 during the protests.", "arrested"),
        ("Ministers met in Klow on Tuesday. Last year the two countries expelled diplomats.", "expelled"),
        ("Freedonia has long backed the rebels in the hills.", "backed"),
        ("Crowds marked the tenth anniversary of the bombing.", "bombing"),
    ],
)
@pytest.mark.parametrize("published", [None, "2019-05-07"])
def test_background_is_historical(text: str, anchor: str, published: str | None) -> None:
    assert Auxiliary.HISTORICAL in event_at(text, anchor, published).auxiliary


@pytest.mark.parametrize(
    ("text", "anchor", "published"),
    [
        ("Police arrested the smuggler on Monday.", "arrested", "2019-05-07"),
        ("Police arrested the smuggler on Monday.", "arrested", None),
        ("The army had shelled the town on Sunday.", "shelled", "2019-05-07"),
        ("Elbonia has supplied the rebels with arms since 2016.", "supplied", "2019-05-07"),
        ("Graustark will host the talks in 2020.", "host", "2019-05-07"),
        ("The army shelled the town in April 2019.", "shelled", "2019-05-07"),
    ],
)
def test_news_is_not_historical(text: str, anchor: str, published: str | None) -> None:
    assert Auxiliary.HISTORICAL not in event_at(text, anchor, published).auxiliary


def test_background_is_less_sure_than_news() -> None:
    old = event_at("Police arrested the smuggler in 2009.", "arrested", "2019-05-07")
    new = event_at("Police arrested the smuggler on Monday.", "arrested", "2019-05-07")
    assert old.confidence < new.confidence
