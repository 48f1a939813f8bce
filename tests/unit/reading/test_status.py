"""Status of events from hand-made parses."""

import pytest

from crossread.reading.events import Voices, draft_events
from crossread.reading.status import auxiliary_of
from crossread.reading.tree import Tree
from crossread.records import Attribution, Span
from crossread.vocabulary import Auxiliary, EventType, Stance, Status
from tests.docs import Row, make_doc


def clause(*before: tuple[str, str, str, str], form: tuple[str, str] = ("attacked", "VBD")) -> list[Row]:
    """ "The army ... attacked Klow" with words between subject and verb: (word, lemma, tag, label)."""
    verb = 3 + len(before)
    rows: list[Row] = [("The", "the", "DT", 2, "det"), ("army", "army", "NN", verb, "nsubj")]
    rows += [(word, lemma, tag, verb, dep) for word, lemma, tag, dep in before]
    return [*rows, (form[0], "attack", form[1], 0, "root"), ("Klow", "Klow", "NNP", verb, "obj")]


def under(matrix: tuple[str, str, str], dep: str = "xcomp") -> list[Row]:
    """ "The army <matrix> to attack Klow"."""
    word, lemma, tag = matrix
    return [
        ("The", "the", "DT", 2, "det"), ("army", "army", "NN", 3, "nsubj"), (word, lemma, tag, 0, "root"), ("to", "to", "TO", 5, "mark"),
        ("attack", "attack", "VB", 3, dep), ("Klow", "Klow", "NNP", 5, "obj"),
    ]  # fmt: skip


def status_of(rows: list[Row], attributions: tuple[Attribution, ...] = ()) -> Status:
    drafts = draft_events(Tree(make_doc(rows)), Voices(attributions))
    return next(d.status.status for d in drafts if d.coding.type is EventType.ASSAULT)


@pytest.mark.parametrize(
    ("rows", "status"),
    [
        (clause(), Status.HAPPENED),
        (clause(("has", "have", "VBZ", "aux"), form=("attacked", "VBN")), Status.HAPPENED),
        (clause(("is", "be", "VBZ", "aux"), form=("attacking", "VBG")), Status.ONGOING),
        (clause(("will", "will", "MD", "aux"), form=("attack", "VB")), Status.PLANNED),
        (clause(("could", "could", "MD", "aux"), form=("attack", "VB")), Status.HYPOTHETICAL),
        (clause(("must", "must", "MD", "aux"), form=("attack", "VB")), Status.PROPOSED),
        (clause(("did", "do", "VBD", "aux"), ("not", "not", "RB", "advmod"), form=("attack", "VB")), Status.NEGATED),
        (clause(("never", "never", "RB", "advmod")), Status.NEGATED),
        (clause(("if", "if", "IN", "mark")), Status.HYPOTHETICAL),
        (under(("planned", "plan", "VBD")), Status.PLANNED),
        (under(("refused", "refuse", "VBD")), Status.NEGATED),
        (under(("threatened", "threaten", "VBD")), Status.HYPOTHETICAL),
        (under(("continued", "continue", "VBD")), Status.ONGOING),
        (under(("began", "begin", "VBD")), Status.HAPPENED),
        (under(("proposed", "propose", "VBD")), Status.PROPOSED),
        (under(("is", "be", "VBZ")), Status.HAPPENED),
    ],
)
def test_status_of_a_clause(rows: list[Row], status: Status) -> None:
    assert status_of(rows) is status


def test_denial_governs_a_clause() -> None:
    rows = under(("denied", "deny", "VBD"), dep="ccomp")
    assert status_of(rows) is Status.DENIED


def test_accusation_around_a_clause_makes_a_claim() -> None:
    attribution = Attribution(id="a", content=(Span(0, 100),), stance=Stance.ACCUSE)
    assert status_of(clause(), (attribution,)) is Status.ALLEGED


def test_plain_assertion_leaves_a_fact() -> None:
    attribution = Attribution(id="a", content=(Span(0, 100),), stance=Stance.ASSERT)
    assert status_of(clause(), (attribution,)) is Status.HAPPENED


def noun(*, modifier: str | None = None, verb: tuple[str, str] = ("shocked", "shock"), dep: str = "obj") -> list[Row]:
    rows: list[Row] = [("Voss", "Voss", "NNP", 2, "nsubj"), (verb[0], verb[1], "VBD", 0, "root")]
    if modifier:
        rows.append((modifier, modifier, "JJ", 4, "amod"))
    return [*rows, ("bombardment", "bombardment", "NN", 2, dep)]


def test_lasting_noun_is_ongoing() -> None:
    assert status_of(noun()) is Status.ONGOING


def test_adjective_of_a_noun_speaks() -> None:
    assert status_of(noun(modifier="alleged")) is Status.ALLEGED
    assert status_of(noun(modifier="possible")) is Status.HYPOTHETICAL


def test_cancelled_noun_is_called_off() -> None:
    assert status_of(noun(verb=("cancelled", "cancel"))) is Status.CALLED_OFF


def test_called_off_beats_planned() -> None:
    assert status_of(noun(modifier="planned", verb=("cancelled", "cancel"))) is Status.CALLED_OFF


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (Status.HAPPENED, ()),
        (Status.PLANNED, (Auxiliary.FUTURE,)),
        (Status.HYPOTHETICAL, (Auxiliary.HYPOTHETICAL,)),
        (Status.NEGATED, (Auxiliary.NEGATION,)),
    ],
)
def test_auxiliary_modes_follow_status(status: Status, expected: tuple[Auxiliary, ...]) -> None:
    assert auxiliary_of(status) == expected


def test_history_is_marked_first() -> None:
    assert auxiliary_of(Status.PLANNED, historical=True) == (Auxiliary.HISTORICAL, Auxiliary.FUTURE)
