"""Attributions by cue words and dependencies, on hand-made sentences."""

from crossread.reading.attribution import nested_attributions
from crossread.reading.columns import Columns
from crossread.reading.cues import RuleReader
from crossread.reading.joining import Joined, Piece
from crossread.reading.quotes import find_quotations
from tests.docs import Row, make_doc

SAID: list[Row] = [
    ("Police", "police", "NNS", 2, "nsubj"),
    ("said", "say", "VBD", 0, "root"),
    ("two", "two", "CD", 4, "nummod"),
    ("men", "man", "NNS", 5, "nsubj"),
    ("fled", "flee", "VBD", 2, "ccomp"),
    (".", ".", ".", 2, "punct"),
]
TRAILING: list[Row] = [
    ("Two", "two", "CD", 2, "nummod"),
    ("men", "man", "NNS", 3, "nsubj"),
    ("fled", "flee", "VBD", 0, "root"),
    (",", ",", ",", 3, "punct"),
    ("police", "police", "NNS", 6, "nsubj"),
    ("said", "say", "VBD", 3, "parataxis"),
    (".", ".", ".", 3, "punct"),
]
ACCORDING: list[Row] = [
    ("Two", "two", "CD", 2, "nummod"),
    ("men", "man", "NNS", 3, "nsubj"),
    ("fled", "flee", "VBD", 0, "root"),
    ("according", "accord", "VBG", 6, "case"),
    ("to", "to", "IN", 4, "fixed"),
    ("residents", "resident", "NNS", 3, "obl"),
    (".", ".", ".", 3, "punct"),
]
BELIEVED: list[Row] = [
    ("Hostages", "hostage", "NNS", 3, "nsubj:pass"),
    ("are", "be", "VBP", 3, "aux:pass"),
    ("believed", "believe", "VBN", 0, "root"),
    ("to", "to", "TO", 5, "mark"),
    ("live", "live", "VB", 3, "xcomp"),
    (".", ".", ".", 3, "punct"),
]
FLED: list[Row] = [
    ("Two", "two", "CD", 2, "nummod"),
    ("men", "man", "NNS", 3, "nsubj"),
    ("fled", "flee", "VBD", 0, "root"),
    (".", ".", ".", 3, "punct"),
]


def read(rows: list[Row]) -> tuple[Columns, list[Joined]]:
    columns = Columns(make_doc(rows))
    rules = RuleReader(columns, find_quotations(columns.text))
    return columns, rules.within(0, columns.n)


def words(columns: Columns, pieces: tuple[Piece, ...]) -> list[str]:
    return [" ".join(columns.lower[a:b]) for a, b in pieces]


def told(rows: list[Row]) -> list[tuple[list[str], list[str], list[str]]]:
    columns, found = read(rows)
    return [(words(columns, j.source), words(columns, j.cue), words(columns, j.content)) for j in found]


def test_a_clause_under_a_verb_of_speech_is_content() -> None:
    assert told(SAID) == [(["police"], ["said"], ["two men fled"])]


def test_a_trailing_cue_takes_the_clause_before_it() -> None:
    assert told(TRAILING) == [(["police"], ["said"], ["two men fled"])]


def test_according_to_has_its_noun_as_source() -> None:
    assert told(ACCORDING) == [(["residents"], ["according to"], ["two men fled"])]


def test_a_passive_belief_is_agentless_and_its_content_in_two_pieces() -> None:
    assert told(BELIEVED) == [([], ["are believed"], ["hostages", "to live"])]


def test_a_sentence_without_a_cue_attributes_nothing() -> None:
    assert told(FLED) == []


def test_speech_inside_content_is_nested_and_a_wish_is_not() -> None:
    def ferro(verb: Row) -> list[Joined]:
        rows: list[Row] = [
            ("Ferro", "Ferro", "NNP", 2, "nsubj"),
            ("said", "say", "VBD", 0, "root"),
            ("Brek", "Brek", "NNP", 4, "nsubj"),
            verb,
            ("troops", "troop", "NNS", 6, "nsubj"),
            ("left", "leave", "VBD", 4, "ccomp"),
            (".", ".", ".", 2, "punct"),
        ]
        columns = Columns(make_doc(rows))
        rules = RuleReader(columns, ())
        return nested_attributions(Joined(((0, 1),), ((1, 2),), ((2, 6),)), rules)

    assert [j.cue for j in ferro(("claimed", "claim", "VBD", 2, "ccomp"))] == [((3, 4),)]
    assert ferro(("hoped", "hope", "VBD", 2, "ccomp")) == []
