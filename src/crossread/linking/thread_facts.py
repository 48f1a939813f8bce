"""Facts of thread states (tally, terms, who is left out), and what the reports leave open."""

from collections.abc import Sequence
from typing import Any

from crossread.linking.sentences import StoryView
from crossread.linking.sightings import Sighting
from crossread.records import ThreadState
from crossread.vocabulary import FigureKind, ThreadKind

_VOTES = {FigureKind.VOTES_FOR: "for", FigureKind.VOTES_AGAINST: "against", FigureKind.ABSTENTIONS: "abstained"}


def facts_of(view: StoryView, kind: ThreadKind, told: Sequence[Sighting]) -> dict[str, Any]:
    """Typed facts that the tellings of one state give."""
    if kind is ThreadKind.RESOLUTION and told[0].state in ("voted", "adopted", "vetoed"):
        return _tally(told)
    return {}


def _tally(told: Sequence[Sighting]) -> dict[str, Any]:
    tally: dict[str, Any] = {}
    for sighting in told:
        for figure in sighting.sentence.figures:
            name = _VOTES.get(figure.kind)
            value = figure.best if figure.best is not None else figure.low
            if name is not None and value is not None:
                tally.setdefault(name, int(value))
                if figure.of is not None:
                    tally.setdefault("of", int(figure.of))
    return {"tally": tally} if tally else {}


_NEXT = {
    ThreadKind.RESOLUTION: (("tabled", "expected", "drafted"), ("voted", "adopted", "vetoed"), "Whether it was put to the vote is not reported."),
    ThreadKind.TRUCE: (("proposed",), ("agreed", "in_force"), "Whether a truce was agreed is not reported."),
    ThreadKind.TALKS: (("called",), ("opened", "resumed"), "Whether talks were held is not reported."),
    ThreadKind.VISIT: (("planned",), ("held", "called_off", "postponed"), "Whether the visit took place is not reported."),
    ThreadKind.SIEGE_AID: (("access_asked", "granted"), ("delivered", "refused"), "Whether aid arrived is not reported."),
    ThreadKind.INVESTIGATION: (("called_for",), ("opened", "found"), "Whether an investigation was opened is not reported."),
    ThreadKind.SANCTION: (("threatened",), ("imposed",), "Whether sanctions were imposed is not reported."),
    ThreadKind.OFFER: (("made",), ("accepted", "refused", "carried_out"), "How the offer was answered is not reported."),
    ThreadKind.BLAME: (("accused",), ("denied",), "No answer of the accused is reported."),
}


def open_questions(kind: ThreadKind, states: Sequence[ThreadState]) -> tuple[str, ...]:
    """What a reader would want to know of the process and no report tells."""
    seen = {s.state for s in states}
    questions = []
    if kind in _NEXT:
        before, after, question = _NEXT[kind]
        if seen & set(before) and not seen & set(after):
            questions.append(question)
    if kind is ThreadKind.RESOLUTION and seen & {"voted", "adopted", "vetoed"} and not any("tally" in s.facts for s in states):
        questions.append("The count of the vote is not reported.")
    return tuple(questions)
