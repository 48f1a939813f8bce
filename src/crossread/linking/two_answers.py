"""Questions to which the voices of a story give two answers: whether somebody has changed position, whether a law is like another."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from crossread.codebook.things import thing_book
from crossread.linking.camps import camps_of
from crossread.linking.sentences import StoryView
from crossread.linking.sides import dispute_of, plain, shorten, side_of
from crossread.linking.statements import META, NO_CLAIM, Statement, statements_of_view
from crossread.linking.stems import words_of
from crossread.records import Dispute
from crossread.vocabulary import Compatible, DisputeKind


@dataclass(frozen=True, slots=True)
class _Question:
    """The concepts of its two answers, what an answer is about, how it is put."""

    yes: str
    no: str
    subjects: Callable[[StoryView, Statement], frozenset[str]]
    topic: str


_OWN = re.compile(r"\b(?:we|our|us|i|my|it|its|they|their|he|his|she|her)\b")
_VOICES = 8
"""Statements shown on one side."""
_NO_CONTENT = 3
"""Content words of an answer at least."""


def _actors(view: StoryView, statement: Statement) -> frozenset[str]:
    """Those whom a statement names, and who speaks where he or she may be meant."""
    named = [n.actor for n in statement.sentence.named if n.actor and any(s.covers(n.span) for s in statement.spans)]
    own = statement.speakers if _OWN.search(statement.folded) else ()
    return camps_of(view, tuple(dict.fromkeys((*named, *own))))


def _things(_: StoryView, statement: Statement) -> frozenset[str]:
    """Classes of the things that a statement names."""
    nouns = thing_book().nouns
    return frozenset(nouns[w] for w in words_of(statement.folded) if w in nouns)


_QUESTIONS = (
    _Question("CHANGED", "UNCHANGED", _actors, "Whether the position has changed"),
    _Question("SAME", "DIFFERENT", _things, "Whether it is like others"),
)


def two_answers(view: StoryView) -> Iterator[Dispute]:
    """One dispute for each question to which some voices say yes and others no."""
    told = [s for s in statements_of_view(view) if not s.is_question and not s.sentence.is_title and s.stance not in NO_CLAIM]
    for question in _QUESTIONS:
        yes = [s for s in told if _answer(question, s) is True]
        no = [s for s in told if _answer(question, s) is False]
        yes, no = _without_both(view, yes, no)
        pairs = [(a, b) for a in yes for b in no if _disagree(view, question, a, b)]
        if pairs:
            sides = [list(dict.fromkeys(side))[:_VOICES] for side in zip(*pairs, strict=True)]
            yield _dispute(view, question, sides)


def _answer(question: _Question, statement: Statement) -> bool | None:
    """Whether a statement answers yes or no; ``None`` where it does neither or both."""
    if len(statement.bag) < _NO_CONTENT:
        return None
    told = {
        (t.concept == question.yes) != t.negated
        for t in statement.touches
        if t.concept in (question.yes, question.no) and not t.unreal
    }
    return told.pop() if len(told) == 1 else None


def _without_both(view: StoryView, yes: Sequence[Statement], no: Sequence[Statement]) -> tuple[list[Statement], list[Statement]]:
    """Both sides, without the voices of the smaller one that are on the larger one, too."""
    smaller, larger = sorted((yes, no), key=len)
    known = {name for s in larger for name in camps_of(view, s.speakers)}
    kept = [s for s in smaller if known.isdisjoint(camps_of(view, s.speakers))]
    return (kept, list(no)) if smaller is yes else (list(yes), kept)


def _disagree(view: StoryView, question: _Question, one: Statement, other: Statement) -> bool:
    """Whether two answers by two voices are about one thing."""
    if not (one.speakers or other.speakers) or one.sentence is other.sentence:
        return False
    if camps_of(view, one.speakers) & camps_of(view, other.speakers):
        return False
    if not question.subjects(view, one) & question.subjects(view, other):
        return False
    return bool((one.matter & other.matter) - META)


def _dispute(view: StoryView, question: _Question, sides: Sequence[Sequence[Statement]]) -> Dispute:
    chief = next((s for side in sides for s in side if s.speakers), sides[0][0])
    topic = f"{question.topic}: {shorten(plain(chief.sentence.text), 80)}"
    told = [side_of(view.case, side) for side in sides]
    why = "some voices say that it is so, others that it is not"
    return dispute_of(DisputeKind.CLAIM_VS_COUNTERCLAIM, topic, told, Compatible.NO, why)
