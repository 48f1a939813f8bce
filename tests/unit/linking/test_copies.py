"""Which documents and passages share one origin."""

import msgspec

from crossread.linking.copies import find_copies
from crossread.linking.furniture import learn_furniture
from crossread.linking.origins import Origins
from crossread.records import Evidence, Reading, Span
from crossread.vocabulary import CopyKind
from tests.unit.linking.reports import report, span_of

WIRE = (
    "The harbour of Port Allen was closed on Monday after a tanker ran aground at the mouth of the river. "
    "Pilots had warned for months that the channel was too narrow for ships of that size. "
    "Tugs pulled the vessel free at dawn, and no oil was spilled, the harbour master said in a statement. "
    "Some forty ships waited outside the port, and the first of them entered shortly before noon."
)
OTHER = (
    "Traffic through Port Allen came to a halt when a large ship got stuck in the estuary. "
    "It took rescue crews the whole night to refloat it, and dozens of freighters had to anchor in the bay."
)
SPEECH = "“We shall rebuild every single house on this island before the first snow falls, and nobody will be left to pay alone,”"


def kinds(*readings: Reading) -> dict[tuple[str, str], CopyKind]:
    return {(p.a, p.b): p.kind for group in find_copies(readings) for p in group.pairs}


def of_outlet(reading: Reading, outlet: str) -> Reading:
    return msgspec.structs.replace(reading, document=msgspec.structs.replace(reading.document, publisher=outlet))


def test_the_same_text_is_a_copy() -> None:
    assert kinds(report("a", WIRE), report("b", WIRE)) == {("a", "b"): CopyKind.COPY}


def test_a_cut_text_is_a_copy() -> None:
    cut = WIRE[: WIRE.index("Some forty")]
    assert kinds(report("a", WIRE), report("b", cut)) == {("a", "b"): CopyKind.COPY}


def test_own_words_on_one_event_are_no_copy() -> None:
    assert kinds(report("a", WIRE), report("b", OTHER)) == {}


def test_borrowed_passages_make_a_partial_copy() -> None:
    borrowed = (
        WIRE[: WIRE.index("Tugs")]
        + OTHER
        + " "
        + WIRE[WIRE.index("Some forty") :]
        + " The mayor of the town asked for a wider channel, as she had done in spring."
    )
    assert kinds(report("a", WIRE), report("b", borrowed)) == {("a", "b"): CopyKind.PARTIAL}


def test_a_shared_quotation_is_no_copy() -> None:
    first = report(
        "a", f"The governor of Lorne spoke on Sunday in the ruins of the town. {SPEECH} she said. Few people had come to listen."
    )
    second = report(
        "b", f"Hundreds of homes fell in the storm. {SPEECH} the head of the island told reporters as rain set in again."
    )
    assert kinds(first, second) == {("a", "b"): CopyKind.QUOTE}


def test_a_quotation_whose_marks_one_outlet_lost_is_still_a_quotation() -> None:
    bare = SPEECH.strip("“”,")
    first = report("a", f"The governor of Lorne spoke on Sunday in the ruins of the town. {SPEECH} she said. Few people had come.")
    second = report("b", f"Hundreds of homes fell in the storm. {bare} - so the head of the island, as the rain set in again.")
    assert kinds(first, second) == {("a", "b"): CopyKind.QUOTE}


def test_a_footer_is_no_copy() -> None:
    footer = "\n\nLorne Daily was founded in the year of the great flood and is owned by the readers who pay for it each month."
    texts = (WIRE, OTHER, "The council met on Friday to vote on the new bridge, and the vote was put off until the autumn. " * 2)
    readings = [of_outlet(report(n, t + footer), "lorne.example") for n, t in zip("abc", texts, strict=True)]
    assert set(kinds(*readings).values()) == {CopyKind.BOILERPLATE}


def test_reprints_of_one_outlet_are_not_taken_for_furniture() -> None:
    readings = [of_outlet(report(name, WIRE), "lorne.example") for name in "abc"]
    assert learn_furniture(readings).lines == frozenset()
    assert set(kinds(*readings).values()) == {CopyKind.COPY}


def test_sentences_nearly_the_same_are_one_passage() -> None:
    first = report("a", "Rebel guns opened heavy fire on the old harbour of Karsa after several nights of calm. " + OTHER)
    second = report("b", "Guns opened heavy fire on the harbour of Karsa on Friday after several nights of calm, a doctor and a pilot said. "
                         "Nobody knew who had given the order to break the silence, and the streets emptied at once.")  # fmt: skip
    group = find_copies([first, second])[0]
    assert {(p.document, p.span.start) for p in group.passages} == {("a", 0), ("b", 0)}


def test_numbers_are_compared_as_printed() -> None:
    first = report("a", "At least 12 people died in the flood at Karsa bridge on Sunday night, police said.")
    changed = report("b", "At least 21 people died in the flood at Karsa bridge on Sunday night, police said.")
    passages = find_copies([first, changed])[0]
    assert passages.kind is not CopyKind.COPY


def test_copies_count_as_one_origin() -> None:
    readings = [report("a", WIRE), report("b", WIRE), report("c", OTHER)]
    origins = Origins(find_copies(readings))
    cited = [Evidence(document=r.document.id, span=r.sentences[0]) for r in readings]
    assert origins.count(cited) == 2


def test_a_shared_passage_joins_only_what_lies_inside_it() -> None:
    shared = "Guns opened heavy fire on the old harbour of Karsa after several nights of calm."
    first, second = (
        report("a", f"{shared} {OTHER}"),
        report("b", f"{shared} Nobody knew who had given the order to break the silence."),
    )
    origins = Origins(find_copies([first, second]))
    inside = [Evidence(document=r.document.id, span=span_of(r.document.text, shared)) for r in (first, second)]
    assert origins.count(inside) == 1
    beyond = [inside[0], Evidence(document="b", span=Span(inside[1].span.start, inside[1].span.end + 20))]
    assert origins.count(beyond) == 2


def test_the_reason_says_what_is_shared() -> None:
    assert "one text" in find_copies([report("a", WIRE), report("b", WIRE)])[0].reason
