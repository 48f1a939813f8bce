"""Looking near a passage finds the same voice as looking at every attribution."""

from hypothesis import given
from hypothesis import strategies as st

from crossread.reading.voices import BLOCK, Voices
from crossread.records import Attribution, Span
from crossread.vocabulary import AttributionKind, Stance

SPANS = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 4 * BLOCK), st.integers(1, 3 * BLOCK))


def innermost(span: Span, attributions: list[Attribution]) -> str | None:
    """The rule itself: of all contents that hold the start or the middle of the passage, the one that holds no other, then the shortest."""
    middle = (span.start + span.end) // 2
    held = [a for a in attributions if any(s.start <= x < s.end for s in a.content for x in (span.start, middle))]
    outer = {a.inside for a in held}
    held = [a for a in held if a.id not in outer] or held
    return min(held, key=lambda a: sum(s.end - s.start for s in a.content)).id if held else None


@given(st.lists(st.tuples(st.lists(SPANS, min_size=1, max_size=3), st.integers(-1, 9)), max_size=10), SPANS)
def test_voice_near_a_passage_is_the_voice_among_all(given_spans: list[tuple[list[Span], int]], span: Span) -> None:
    attributions = [
        Attribution(
            id=f"a{n}",
            content=tuple(sorted(spans)),
            kind=AttributionKind.INDIRECT,
            stance=Stance.ASSERT,
            inside=f"a{inside}" if 0 <= inside < n else None,
        )
        for n, (spans, inside) in enumerate(given_spans)
    ]
    assert Voices(attributions).of(span) == innermost(span, attributions)
