"""Stance of hand-made attributions."""

import pytest
from spacy.tokens import Doc

from crossread.codebook.cues import cue_codebook, cue_words, inflections, verb_forms
from crossread.reading.columns import Columns
from crossread.reading.joining import Joined, Piece
from crossread.reading.stance import judge
from crossread.vocabulary import Stance
from tests.docs import Row, make_doc


def said(content: list[Row], *, verb: Row = ("said", "say", "VBD", 0, "root"), subject: str = "Olsan") -> tuple[Joined, Columns]:
    """``subject verb content .``: the content's heads count from 1 within it, 0 hangs from the verb as its clause."""
    rows: list[Row] = [(subject, subject, "NNP", 2, "nsubj"), verb]
    for word, lemma, tag, head, label in content:
        rows.append((word, lemma, tag, head + 2 if head else 2, label if head else "ccomp"))
    doc: Doc = make_doc([*rows, (".", ".", ".", 2, "punct")])
    pieces: tuple[Piece, ...] = ((2, 2 + len(content)),)
    return Joined(((0, 1),), ((1, 2),), pieces), Columns(doc)


LEFT: list[Row] = [("troops", "troop", "NNS", 2, "nsubj"), ("left", "leave", "VBD", 0, "")]


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        (LEFT, Stance.ASSERT),
        ([("troops", "troop", "NNS", 3, "nsubj"), ("should", "should", "MD", 3, "aux"), ("leave", "leave", "VB", 0, "")], Stance.DEMAND),
        ([("we", "we", "PRP", 3, "nsubj"), ("will", "will", "MD", 3, "aux"), ("leave", "leave", "VB", 0, "")], Stance.PROMISE),
        ([("rain", "rain", "NN", 3, "nsubj"), ("will", "will", "MD", 3, "aux"), ("stop", "stop", "VB", 0, "")], Stance.ASSERT),
        (
            [
                ("we", "we", "PRP", 3, "nsubj"), ("will", "will", "MD", 3, "aux"), ("punish", "punish", "VB", 0, ""),
                ("them", "they", "PRP", 3, "obj"),
            ],
            Stance.THREATEN,
        ),
        (
            [
                ("Varra", "Varra", "NNP", 2, "nsubj"), ("violated", "violate", "VBD", 0, ""), ("the", "the", "DT", 4, "det"),
                ("truce", "truce", "NN", 2, "obj"),
            ],
            Stance.ACCUSE,
        ),
        (
            [
                ("the", "the", "DT", 2, "det"), ("plan", "plan", "NN", 4, "nsubj"), ("was", "be", "VBD", 4, "cop"),
                ("unacceptable", "unacceptable", "JJ", 0, ""),
            ],
            Stance.REJECT,
        ),
        ([("No", "no", "UH", 2, "discourse"), ("withdrawal", "withdrawal", "NN", 3, "nsubj"), ("began", "begin", "VBD", 0, "")], Stance.DENY),
        (
            [
                ("they", "they", "PRP", 4, "nsubj"), ("do", "do", "VBP", 4, "aux"), ("not", "not", "RB", 4, "advmod"),
                ("trust", "trust", "VB", 0, ""),
            ],
            Stance.DOUBT,
        ),
        (
            [
                ("Varra", "Varra", "NNP", 3, "nsubj"), ("was", "be", "VBD", 3, "cop"), ("ready", "ready", "JJ", 0, ""),
                ("to", "to", "TO", 5, "mark"), ("sign", "sign", "VB", 3, "xcomp"),
            ],
            Stance.PROMISE,
        ),
    ],
)  # fmt: skip
def test_a_plain_report_takes_the_stance_of_its_content(content: list[Row], wanted: Stance) -> None:
    assert judge(*said(content)).stance is wanted


@pytest.mark.parametrize(
    ("lemma", "form", "wanted"),
    [
        ("accuse", "accused", Stance.ACCUSE),
        ("deny", "denied", Stance.DENY),
        ("demand", "demanded", Stance.DEMAND),
        ("promise", "promised", Stance.PROMISE),
        ("threaten", "threatened", Stance.THREATEN),
        ("welcome", "welcomed", Stance.SUPPORT),
        ("reject", "rejected", Stance.REJECT),
        ("propose", "proposed", Stance.PROPOSE),
        ("doubt", "doubted", Stance.DOUBT),
        ("lament", "lamented", Stance.LAMENT),
        ("expresse", "urged", Stance.DEMAND),
        ("waffle", "waffled", Stance.ASSERT),
    ],
)
def test_the_cue_decides_first_even_with_a_wrong_lemma(lemma: str, form: str, wanted: Stance) -> None:
    assert judge(*said(LEFT, verb=(form, lemma, "VBD", 0, "root"))).stance is wanted


def test_denied_is_set_by_cues_that_negate_and_undone_by_negation() -> None:
    joined, columns = said(LEFT, verb=("denied", "deny", "VBD", 0, "root"))
    assert judge(joined, columns).denied
    rows: list[Row] = [
        ("Olsan", "Olsan", "NNP", 4, "nsubj"),
        ("did", "do", "VBD", 4, "aux"),
        ("not", "not", "RB", 4, "advmod"),
        ("deny", "deny", "VB", 0, "root"),
        ("it", "it", "PRP", 4, "obj"),
    ]
    verdict = judge(Joined(((0, 1),), ((1, 4),), ((4, 5),)), Columns(make_doc(rows)))
    assert (verdict.stance, verdict.denied) == (Stance.ASSERT, False)


def test_silence_is_told_from_speech() -> None:
    rows: list[Row] = [
        ("Olsan", "Olsan", "NNP", 2, "nsubj"),
        ("declined", "decline", "VBD", 0, "root"),
        ("to", "to", "TO", 4, "mark"),
        ("comment", "comment", "VB", 2, "xcomp"),
        ("on", "on", "IN", 6, "case"),
        ("it", "it", "PRP", 4, "obl"),
    ]
    assert judge(Joined(((0, 1),), ((1, 4),), ((4, 6),)), Columns(make_doc(rows))).stance is Stance.SILENCE


def test_the_codebook_is_whole() -> None:
    book = cue_codebook()
    assert len(book.verbs) > 400
    assert book.verbs["deny"].denied
    assert book.verbs["say"].stance is Stance.ASSERT
    assert {
        cue.stance for table in (book.verbs, book.nouns, book.adjectives, book.adverbs, book.phrases) for cue in table.values()
    } == set(Stance)
    assert verb_forms()["said"].lemma == "say"
    assert "documents" in cue_words()._fields


@pytest.mark.parametrize(
    ("verb", "form"),
    [("deny", "denied"), ("plan", "planned"), ("accuse", "accusing"), ("call for", "calls for"), ("push", "pushes")],
)
def test_verbs_are_inflected(verb: str, form: str) -> None:
    assert form in inflections(verb)
