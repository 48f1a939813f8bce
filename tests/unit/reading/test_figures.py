"""The figures step: ids, parts, voices, places and times of the numbers that a sentence reports."""

import pytest
import spacy

from crossread.codebook.units import load_units
from crossread.errors import StepOrderError
from crossread.reading.figures import read_figures, read_figures_step, sentence_drafts
from crossread.reading.numbers import find_numbers
from crossread.reading.timewords import scan
from crossread.reading.uncounted import why_uncounted
from crossread.reading.voices import Voices
from crossread.records import Attribution, Document, Figure, Reading, Span, When
from crossread.steps import compose
from crossread.vocabulary import FigureKind
from tests.docs import make_doc

NLP = spacy.blank("en")


def figures(text: str, *attributions: Attribution, published: When | None = None) -> tuple[Figure, ...]:
    document = Document(id="d", text=text, published=published)
    so_far = Reading(document=document, sentences=(Span(0, len(text)),), attributions=attributions)
    return read_figures(document, NLP(text), so_far)


def test_read_figures_links_parts_to_their_whole_by_id() -> None:
    whole, part = figures("At least 41 villagers, including seven pupils, were killed.")
    assert (whole.id, part.id, part.part_of, whole.part_of) == ("f1", "f2", "f1", None)


def test_read_figures_gives_spans_of_words_and_counted_thing() -> None:
    text = "Nearly 60 villagers were wounded."
    (figure,) = figures(text)
    assert figure.span.of(text) == "Nearly 60 villagers"
    assert figure.counted is not None
    assert figure.counted.of(text) == "villagers"


def test_read_figures_takes_the_voice_of_the_innermost_attribution() -> None:
    text = "The mayor said that, according to medics, 20 people were killed."
    outer = Attribution(id="a1", content=(Span(15, len(text) - 1),))
    inner = Attribution(id="a2", content=(Span(42, len(text) - 1),), inside="a1")
    (figure,) = figures(text, outer, inner)
    assert figure.voice == "a2"


def test_read_figures_leaves_the_reporters_own_figures_without_voice() -> None:
    text = "Shells killed nine men, the mayor said they were shepherds."
    said = Attribution(id="a1", content=(Span(40, len(text) - 1),))
    assert [f.voice for f in figures(text, said)] == [None]


def test_voice_of_takes_the_shortest_content() -> None:
    wide, narrow = Attribution(id="w", content=(Span(0, 90),)), Attribution(id="n", content=(Span(10, 40),))
    assert Voices((wide, narrow)).of(Span(12, 20)) == "n"
    assert Voices((wide, narrow)).of(Span(95, 99)) is None


def test_read_figures_adds_place_and_time() -> None:
    published = When(start="2021-06-18", end="2021-06-18")
    doc = make_doc(
        [
            ("Shells", "shell", "NNS", 2, "nsubj"), ("killed", "kill", "VBD", 0, "root"), ("nine", "nine", "CD", 4, "nummod"),
            ("men", "man", "NNS", 2, "obj"), ("in", "in", "IN", 6, "case"), ("Homs", "Homs", "NNP", 2, "obl"), ("on", "on", "IN", 8, "case"),
            ("Tuesday", "Tuesday", "NNP", 2, "obl"), (".", ".", ".", 2, "punct"),
        ],
        ents=[(5, 6, "GPE")],
    )  # fmt: skip
    document = Document(id="d", text=doc.text, published=published)
    (figure,) = read_figures(document, doc, Reading(document=document, sentences=(Span(0, len(doc.text)),)))
    assert (figure.kind, figure.best) == (FigureKind.KILLED, 9)
    assert figure.place is not None
    assert figure.place.name == "Homs"
    assert figure.when is not None
    assert figure.when.start == "2021-06-15"


def test_read_figures_finds_nothing_in_a_text_without_numbers() -> None:
    assert figures("The guns fell silent.") == ()


def test_read_figures_reads_a_sentence_over_hard_line_ends() -> None:
    (figure,) = figures("SHELLS KILLED NINE\nPOLICE OFFICERS IN ORLAN.")
    assert (figure.kind, figure.best) == (FigureKind.KILLED, 9)


def test_read_figures_does_not_count_across_a_heading() -> None:
    text = "Three Travel Tips\nFour people were wounded."
    assert [(f.kind.value, f.best) for f in figures(text)] == [("wounded", 4)]


def test_figures_step_is_registered_and_needs_attributions() -> None:
    document = Document(id="d", text="Nine men died.")
    reading = read_figures_step(document, NLP(document.text), Reading(document=document, sentences=(Span(0, 14),)))
    assert len(reading.figures) == 1
    with pytest.raises(StepOrderError, match=r"figures\.v1"):
        compose(["figures.v1"])


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Mira Vell, 42, said no.", "age"),
        ("A 9-year-old sang.", "age"),
        ("They met on May 5.", "date"),
        ("It began at 7 pm.", "clock"),
        ("Resolution 2254 holds.", "name"),
        ("The Group of Seven met.", "name"),
        ("One of the ministers left.", "idiom"),
        ("He lives at 10 Varnik Street.", "address"),
        ("The 2016 elections were held.", "date"),
        ("Nine men died.", None),
        ("2000 people came.", None),
    ],
)
def test_why_uncounted_names_its_reason(text: str, reason: str | None) -> None:
    number = find_numbers(text)[0]
    assert why_uncounted(text, number, tuple(scan(text))) == reason


def test_units_cover_every_kind_that_words_can_decide() -> None:
    named = {k.kind for k in load_units().kinds}
    assert named | {FigureKind.DURATION, FigureKind.OTHER} == set(FigureKind)


def test_sentence_drafts_of_a_breakdown_followed_by_another_kind() -> None:
    text = "The blast killed ten people, including three nurses, and wounded 40."
    rows = [
        (d.kind.value if d.kind else "", d.number.best, d.part_of is not None) for d in sentence_drafts(text, Span(0, len(text)))
    ]
    assert rows == [("killed", 10, False), ("killed", 3, True), ("wounded", 40, False)]


def test_vague_numbers_that_act_themselves_and_single_speakers() -> None:
    from crossread.reading.language import load_reader

    texts = ["Thousands took to the streets of Orlan.", "Dozens of songs were sung.", "The rise was in the hundreds by noon."]
    found = []
    for text, doc in zip(texts, load_reader().docs(texts), strict=True):
        found.append([text[d.start : d.end] for d in sentence_drafts(text, Span(0, len(text)), doc)])
    assert found == [["Thousands"], ["Dozens of songs"], []]


def test_one_who_speaks_is_no_count() -> None:
    text = "One woman aboard the ferry said it sank."
    told = Attribution(id="a1", source=(Span(0, 25),), cue=(Span(26, 30),), content=(Span(31, 39),))
    assert [f.span.of(text) for f in figures(text)] == ["One woman"]
    assert figures(text, told) == ()
