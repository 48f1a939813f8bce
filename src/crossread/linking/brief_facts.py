"""Lines of the brief that are filled from typed facts: a tally, counts with their range, the sides of a dispute, what is not known."""

import re
from collections.abc import Iterator

from crossread.linking.brief_sentences import say
from crossread.linking.number_disputes import in_words, vague_words
from crossread.linking.sentences import Sentence, StoryView
from crossread.linking.sides import OPPOSITES
from crossread.linking.value_ranges import range_ends
from crossread.records import Dispute, FigureValue, Proof, Side, Story, StoryFigure, ThreadState
from crossread.vocabulary import Compatible, DisputeKind, FigureKind

_COUNTED = {
    FigureKind.KILLED: "killed", FigureKind.WOUNDED: "wounded", FigureKind.KILLED_OR_WOUNDED: "killed or wounded",
    FigureKind.MISSING: "missing", FigureKind.DETAINED: "detained", FigureKind.FREED: "freed", FigureKind.ESCAPED: "escaped",
    FigureKind.ABDUCTED: "abducted", FigureKind.DISPLACED: "displaced", FigureKind.TRAPPED: "trapped", FigureKind.BESIEGED: "besieged",
    FigureKind.IN_NEED: "in need", FigureKind.AFFECTED: "affected", FigureKind.ABOARD: "aboard",
}  # fmt: skip
_MOST_FIGURES = 3
_MOST_DISPUTES = 2
_ON_ONE_MATTER = 0.2
_OF_OPPOSITES = 0.4
"""Likeness of two sentences found by opposite words alone, which are more often of two matters."""
_BESIDE = 0.2
"""What it counts that a report sets the two beside each other."""
_REPEATED = 0.6
_DENIES = re.compile(r"\b(?:den(?:y|ies|ied|ying)|reject(?:s|ed|ing)?|dismiss(?:es|ed|ing)?)\b")
_ORDER = (
    DisputeKind.ACCUSATION_VS_DENIAL, DisputeKind.CLAIM_VS_COUNTERCLAIM, DisputeKind.CAUSE, DisputeKind.JUSTIFICATION, DisputeKind.DATE,
    DisputeKind.ACTOR,
)  # fmt: skip


def tally_lines(story: Story) -> Iterator[tuple[str, Proof]]:
    """The count of a vote; of several votes on one matter each, with its day where it has one."""
    for thread in story.threads:
        counted: dict[str, ThreadState] = {}
        for state in thread.states:
            words = _tally_words(state)
            if words is not None:
                counted.setdefault(words, state)
        for words, state in list(counted.items())[:_MOST_VOTES]:
            day = state.when.start if state.when is not None and state.when.start == state.when.end else None
            of_day = f" of {day}" if len(counted) > 1 and day is not None else ""
            yield f"The vote{of_day} as reported: {words}.", state.evidence
        if counted:
            return


_MOST_VOTES = 2


def _tally_words(state: ThreadState) -> str | None:
    tally = state.facts.get("tally")
    if not isinstance(tally, dict) or len(tally) < 2:
        return None
    names = {"for": "in favour", "against": "against", "abstained": "abstaining"}
    counts = [f"{tally[key]} {name}" for key, name in names.items() if key in tally]
    of = f", of {tally['of']} members" if "of" in tally else ""
    return ", ".join(counts) + of


def figure_lines(story: Story) -> Iterator[tuple[str, Proof]]:
    """Counts of people, the most reported ones, each with the range of its values."""
    shown = [
        f
        for f in story.figures
        if f.kind in _COUNTED and "background" not in f.reason and "counted words" not in f.reason and f.n_documents > 1
    ]
    kinds: set[FigureKind] = set()
    for figure in shown:
        if figure.kind not in kinds and len(kinds) < _MOST_FIGURES:
            kinds.add(figure.kind)
            yield _figure_line(figure), figure.evidence


def _figure_line(figure: StoryFigure) -> str:
    latest = _latest(figure)
    name = _COUNTED[figure.kind]
    reports = f"{figure.n_documents} reports"
    if figure.n_independent < figure.n_documents:
        reports += f", {figure.n_independent} independent"
    ends = range_ends(figure, lambda number: f"{number:,.0f}")
    line = f"Reported {name}: {in_words(latest)} ({reports})"
    if len(ends) == 2 and (latest.best is not None or figure.range != (latest.low, latest.high)):
        line += f"; values range from {ends[0]} to {ends[1]}" + (" and rose over time" if figure.grew else "")
    return line + "."


def _latest(figure: StoryFigure) -> FigureValue:
    """The number that most documents of the last day give; of several the higher one, and "dozens" only where none gives a number."""
    last = max(_day(v) for v in figure.values)
    values = [v for v in figure.values if _day(v) == last]
    values = [v for v in values if vague_words(v) is None] or values
    reports: dict[float, set[str]] = {}
    for value in values:
        reports.setdefault(_number(value), set()).update(e.document for e in value.evidence)
    chosen = max(reports, key=lambda number: (len(reports[number]), number))
    return min((v for v in values if _number(v) == chosen), key=in_words)


def _day(value: FigureValue) -> str:
    return (value.published.start or "") if value.published is not None else ""


def _number(value: FigureValue) -> float:
    return next((n for n in (value.best, value.low, value.high) if n is not None), 0.0)


def dispute_lines(view: StoryView, story: Story, lead: Sentence | None = None) -> Iterator[tuple[str, Proof]]:
    """The main disputes whose sides exclude each other, both in the words of the reports; those with most evidence first.

    Of a dispute on the ``lead`` of the brief, which is printed before, only the other side is told.
    """
    open_ones = [d for d in story.disputes if d.compatible is Compatible.NO and d.kind in _ORDER]
    open_ones.sort(key=lambda d: (_ORDER.index(d.kind) > 1, d.reason.startswith(OPPOSITES), -len(d.evidence), d.id))
    shown = 0
    used: set[tuple[str, object]] = set()
    for dispute in open_ones:
        pair = _best_pair(view, dispute)
        if pair is None or shown == _MOST_DISPUTES or used & {(s.document, s.span) for s in pair}:
            continue
        used |= {(s.document, s.span) for s in pair}
        shown += 1
        one, other = (_curly(say(s, _SHORTEST) or "") for s in pair)
        evidence = tuple(s.evidence() for s in pair)
        if lead in pair:
            yield f"Accounts of this differ: {other if pair[0] is lead else one}", evidence
        else:
            yield f"Accounts differ: {one} Against this: {other}", evidence


def _best_pair(view: StoryView, dispute: Dispute) -> tuple[Sentence, Sentence] | None:
    """A sentence of either side that may be printed, those two that speak most of one matter; ``None`` where none do."""
    if not all(side.held_by for side in dispute.sides[:2]):
        return None
    least = _ON_ONE_MATTER if not dispute.reason.startswith(OPPOSITES) else _OF_OPPOSITES
    sides = [_printable(view, side) for side in dispute.sides[:2]]
    found = [
        (view.likeness(_matter(one), _matter(other)) + (_BESIDE if _stand_together(one, other) else 0.0), one, other)
        for one in sides[0]
        for other in sides[1]
        if one is not other
        and view.jaccard(one.bag, other.bag) < _REPEATED
        and not (_DENIES.search(one.folded) and _DENIES.search(other.folded))
    ]
    best = max(found, key=lambda f: f[0], default=None)
    return (best[1], best[2]) if best is not None and best[0] >= least else None


def _matter(sentence: Sentence) -> frozenset[str]:
    """What a sentence says, beside whom it names."""
    return sentence.bag - sentence.name_stems


def _printable(view: StoryView, side: Side) -> list[Sentence]:
    sentences = (view.at(e.document, e.span.start) for e in side.evidence)
    return [s for s in dict.fromkeys(sentences) if s is not None and say(s, _SHORTEST) is not None]


_SHORTEST = 5
"""Words of a denial that may stand beside what it denies."""
_NEAR = 4


def _stand_together(one: Sentence, other: Sentence) -> bool:
    """Whether a report itself sets two sentences beside each other."""
    return one.document == other.document and abs(one.number - other.number) <= _NEAR


def _curly(text: str) -> str:
    """Straight double quotation marks, which come in pairs, made to open and close, so that two sentences in one line do not mix."""
    parts = text.split('"')
    return "".join(part + ("" if n == len(parts) - 1 else "“" if n % 2 == 0 else "”") for n, part in enumerate(parts))


def question_line(story: Story) -> tuple[str, Proof] | None:
    """What the reports leave open, of the process that most documents follow."""
    asked = [t for t in story.threads if t.open_questions]
    if not asked:
        return None
    thread = max(asked, key=lambda t: (len({e.document for e in t.evidence}), t.id))
    return f"Not known: {thread.title}: {' '.join(thread.open_questions)}", thread.evidence
