"""What other media have reported, and that those of whom they report it call the report wrong."""

import re
from collections.abc import Iterator, Sequence

from crossread.linking.camps import camps_of
from crossread.linking.sentences import StoryView
from crossread.linking.sides import dispute_of, plain, shorten, side_of
from crossread.linking.statements import Statement, statements_of_view
from crossread.linking.stems import fold
from crossread.records import Dispute
from crossread.vocabulary import Compatible, DisputeKind

_REPORT = r"(?:report(?:s|ing)?|articles?|stor(?:y|ies)|accounts?|coverage|headlines?)"
_WRONG = (
    r"(?:misleading|inaccurate|inaccuracies|erroneous|wrong|incorrect|untrue|distort\w{0,5}|exaggerat\w{1,5}|sensational\w{0,5}|one-sided|mischaracteri[sz]\w{1,6}"
    r"|out of context|overblown|speculative|miscommunication|misunderstanding|irresponsible|fake)"
)
_CALLED_WRONG = re.compile(
    rf"\b(?:the|that|this|these|those|media|news|press|\w{{1,20}}'s?) (?:\w{{1,20}} ){{0,3}}?{_REPORT}\b[^.;]{{0,50}}?\b{_WRONG}\b"
    rf"|\b{_WRONG}\b[\"']? (?:(?:media|news|press|newspaper) |(?:with|about|in) (?:[\w'’]{{1,20}} ){{0,4}}?){_REPORT}\b"
    rf"|\b(?:push(?:ed|es|ing) back|hit(?:s|ting)? back|took issue|takes issue|taking issue|disagreed)"
    rf" (?:\w{{1,12}} )?(?:on|against|at|with) (?:[\w'’]{{1,20}} ){{0,4}}?{_REPORT}\b"
    rf"|\b(?:refut(?:ed|es|ing)|disput(?:ed|es|ing)|contradict(?:ed|s|ing)|play(?:ed|s|ing) down) (?:[\w'’]{{1,20}} ){{0,4}}?{_REPORT}\b"
)
"""Said of a report by those whom it is about."""
_REPORTED = re.compile(r"\b(?:report(?:ed|s)|first reported|wrote|published|revealed|disclosed)\b")
_MEDIUM = re.compile(
    r"\b(?:times|journal|post|herald|tribune|telegraph|guardian|gazette|chronicle|news|newspaper|paper|magazine|network|reuters|agency|website"
    r"|broadcaster|daily|weekly|media|politico|bloomberg|channel|tabloid)\b"
)
"""In the name of a source that is a medium."""
_POINTS = re.compile(rf"\b(?:the|that|this|newspaper's|paper's|journal) {_REPORT}\b")
"""What points to a report told of just before."""
_NEAR = 3
"""Sentences between a report and the answer that points to it."""
_VOICES = 6
"""Statements shown on one side."""


def disputed_reports(view: StoryView) -> Iterator[Dispute]:
    """One dispute for each speaker or body that calls wrong what other media report of it."""
    told = [s for s in statements_of_view(view) if s.attribution is not None and s.speakers and not s.sentence.is_title]
    reported = [s for s in told if _REPORTED.search(s.cue) and _is_medium(s)]
    answers = [s for s in told if _calls_wrong(s)] if reported else []
    groups: list[tuple[list[Statement], list[Statement]]] = []
    for answer in answers:
        met = [r for r in reported if _is_about(view, r, answer)]
        home = next((g for g in groups if any(r in g[0] for r in met)), None)
        if home is not None:
            home[1].append(answer)
        elif met:
            groups.append((met, [answer]))
    for ours, theirs in groups:
        yield _dispute(view, ours, theirs)


def _is_medium(statement: Statement) -> bool:
    said = statement.attribution
    text = statement.sentence.reading.document.text
    return said is not None and any(_MEDIUM.search(fold(s.of(text))) for s in said.source)


def _calls_wrong(statement: Statement) -> bool:
    """Whether the words of saying and what is said call a report wrong."""
    return _CALLED_WRONG.search(f"{statement.cue} {statement.folded}") is not None and not statement.is_question


def _is_about(view: StoryView, report: Statement, answer: Statement) -> bool:
    """Whether a medium reports something of those who answer, or has just been named in the report that tells of the answer."""
    if report.sentence is answer.sentence or camps_of(view, report.speakers) & camps_of(view, answer.speakers):
        return False
    named = camps_of(view, (*report.about, *report.sentence.actors))
    near = report.sentence.document == answer.sentence.document and 0 < answer.sentence.number - report.sentence.number <= _NEAR
    if near and _POINTS.search(answer.sentence.folded):
        return True
    if not named & camps_of(view, (*answer.speakers, *answer.about)):
        return False
    if report.sentence.document == answer.sentence.document:
        return True
    return (
        bool(camps_of(view, report.speakers) & camps_of(view, answer.sentence.actors))
        or view.likeness(report.bag, answer.bag) > 0.2
    )


def _dispute(view: StoryView, reports: Sequence[Statement], answers: Sequence[Statement]) -> Dispute:
    topic = f"Reported and called wrong: {shorten(plain(reports[0].sentence.text), 90)}"
    sides = (side_of(view.case, reports[:_VOICES]), side_of(view.case, answers[:_VOICES]))
    why = "those of whom a medium reports something call the report wrong"
    return dispute_of(DisputeKind.ACCUSATION_VS_DENIAL, topic, sides, Compatible.UNCLEAR, why)
