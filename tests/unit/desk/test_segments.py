"""Documents cut at the edges of findings: nothing lost, marks exact."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from crossread.desk.pages.documents import asked_span, safe_url
from crossread.desk.pages.segments import marks_of, paragraphs
from crossread.records import Document, Reading, Span
from tests.stories import FIRST, readings, span_of


def _words(reading: Reading, marks: list[tuple[Span, str]], at: Span | None = None) -> str:
    return "".join(p.text for x in paragraphs(reading, marks, at=at) for s in x.sentences for p in s.pieces)


def test_pieces_carry_what_covers_them() -> None:
    reading = readings()[0]
    pieces = [p for x in paragraphs(reading, marks_of(reading)) for s in x.sentences for p in s.pieces]
    assert ("Oda Renn", ("source", "name")) in [(p.text, p.layers) for p in pieces]
    assert ("vetoed", ("event",)) in [(p.text, p.layers) for p in pieces]


def test_asked_span_is_marked_exactly() -> None:
    reading = readings()[0]
    span = span_of(FIRST, "asked> us,” said Minister")
    pieces = [p for x in paragraphs(reading, marks_of(reading), at=span) for s in x.sentences for p in s.pieces]
    assert "".join(p.text for p in pieces if p.at) == span.of(FIRST)


def test_headline_is_a_paragraph_of_its_own() -> None:
    shown = paragraphs(readings()[0], [])
    assert [p.is_title for p in shown] == [True, False]


def test_text_outside_sentences_is_kept() -> None:
    text = "Head\n\nOne. odd bit Two."
    reading = Reading(document=Document(id="d", text=text), sentences=(Span(6, 10), Span(19, 23)))
    assert _words(reading, []).split() == text.split()
    assert Reading(document=Document(id="d", text="")).sentences == ()
    assert paragraphs(Reading(document=Document(id="d", text="")), []) == ()


@given(
    st.text(max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=8),
    st.lists(st.integers(0, 60), max_size=6),
)
def test_no_character_is_lost_or_doubled(text: str, marked: list[tuple[int, int]], cuts: list[int]) -> None:
    edges = sorted({c for c in cuts if c < len(text)} | {0, len(text)})
    spans = tuple(Span(a, b) for a, b in pairwise(edges) if a < b)
    reading = Reading(document=Document(id="d", text=text), sentences=spans)
    marks = [(Span(a, min(a + n, len(text))), "name") for a, n in marked if a < len(text)]
    assert "".join(_words(reading, marks).split()) == "".join(text.split())


def test_spans_in_addresses() -> None:
    assert asked_span("12-20") == Span(12, 20)
    assert [asked_span(x) for x in (None, "", "20-12", "a-b", "1-2-3", "-1-4", "5")] == [None] * 7


def test_only_web_addresses_become_links() -> None:
    assert safe_url("https://example.org/a") == "https://example.org/a"
    assert [
        safe_url(x)
        for x in (None, "", "javascript:alert(1)", "data:text/html,x", "//evil", "https://", " https://x", "file:///etc")
    ] == [""] * 8
