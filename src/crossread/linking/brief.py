"""The brief: a short text in which every line cites its words.

Lines are sentences taken word for word from the reports, or filled from typed facts (counts, a tally, two sides of a dispute).  A
sentence whose attribution stands in another sentence is not taken, so that nothing attributed is printed as plain fact.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from crossread.linking.brief_facts import dispute_lines, figure_lines, question_line, tally_lines
from crossread.linking.brief_sentences import Sayable, Telling, say, sayable_sentences, telling_of
from crossread.linking.case import Case
from crossread.linking.sentences import StoryView, view_of
from crossread.records import BriefLine, Evidence, Proof, Story

_TOO_ALIKE = 0.25
_SAME = 0.4
_NEW = 0.6
"""Weighted share of the words of a sentence that the lines before do not hold, from which it tells something new."""
_FACT_SHARE = 0.55
"""Part of the words that lines filled from facts may take."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line in the making."""

    text: str
    evidence: Proof
    bag: frozenset[str] = frozenset()


def write_brief(case: Case, story: Story, *, words: int = 250) -> tuple[BriefLine, ...]:
    """At most ``words`` words on a story: what happened, the outcome, the counts, where accounts differ, what led up to it."""
    view = view_of(case)
    sayable, telling = sayable_sentences(view), telling_of(view)
    lead = max((s for s in sayable if n_words(s.text) <= words), key=telling.centrality, default=None)
    chosen = [] if lead is None else [_line(view, lead)]
    left = words - sum(n_words(line.text) for line in chosen)
    facts = _fitting(_facts(view, story, lead), min(left, int(words * _FACT_SHARE)))
    left -= sum(n_words(line.text) for line in facts)
    for line in [*chosen, *facts]:
        telling.tell(line.bag)
    added = sorted(_adding(view, telling, sayable, [*chosen, *facts], left), key=lambda s: s.sentence.key)
    body = [_line(view, sentence) for sentence in added]
    question = question_line(story)
    left -= sum(n_words(line.text) for line in body)
    lines = [*chosen, *facts, *body]
    if question is not None and n_words(question[0]) <= left and lines:
        lines.append(Line(*question))
    return tuple(BriefLine(id=f"line-{n}", text=line.text, evidence=line.evidence) for n, line in enumerate(lines, 1))


def n_words(text: str) -> int:
    """Words of a line, as a reader counts them."""
    return len(text.split())


def _facts(view: StoryView, story: Story, lead: Sayable | None) -> Iterator[Line]:
    first = lead.sentence if lead is not None else None
    disputed = [Line(text, evidence, _bag(view, evidence)) for text, evidence in dispute_lines(view, story, first)]
    of_lead = [line for line in disputed if first is not None and first.evidence() in line.evidence]
    yield from of_lead
    for text, evidence in (*tally_lines(story), *figure_lines(story)):
        yield Line(text, evidence)
    yield from (line for line in disputed if line not in of_lead)


def _bag(view: StoryView, evidence: Proof) -> frozenset[str]:
    said = (view.at(e.document, e.span.start) for e in evidence)
    return frozenset(stem for s in said if s is not None for stem in s.bag)


def _fitting(lines: Iterable[Line], budget: int) -> list[Line]:
    """Lines in order as long as they fit; one that does not fit is passed over."""
    chosen: list[Line] = []
    for line in lines:
        size = n_words(line.text)
        if size <= budget:
            chosen.append(line)
            budget -= size
    return chosen


def _adding(
    view: StoryView, telling: Telling, sayable: Sequence[Sayable], before: Sequence[Line], budget: int
) -> Iterator[Sayable]:
    """Sentences that fit and say something else than the lines before, each time the one that adds most to what is told."""
    bags = [line.bag for line in before if line.bag]
    cited = {(e.document, e.span) for line in before for e in line.evidence}
    left = [s for s in sayable if (s.sentence.document, s.sentence.span) not in cited]
    while left:
        left = [
            s
            for s in left
            if n_words(s.text) <= budget
            and not any(_alike(view, s.sentence.bag, bag) for bag in bags)
            and view.total(s.sentence.bag - telling.told) >= _NEW * view.total(s.sentence.bag)
        ]
        best = max(left, key=telling.gain, default=None)
        if best is None:
            return
        telling.tell(best.sentence.bag)
        bags = [best.sentence.bag]
        budget -= n_words(best.text)
        yield best


def _alike(view: StoryView, one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two sentences say much the same."""
    return view.jaccard(one, other) > _TOO_ALIKE or view.likeness(one, other) > 0.6


def _line(view: StoryView, sayable: Sayable) -> Line:
    """A sentence with its own evidence and that of other documents which say the same in nearly the same words."""
    sentence = sayable.sentence
    same: list[Evidence] = [sentence.evidence()]
    documents = {sentence.document}
    for other in view.sentences:
        if other.document not in documents and view.jaccard(sentence.bag, other.bag) >= _SAME:
            documents.add(other.document)
            same.append(other.evidence())
    return Line(sayable.text, tuple(same), sentence.bag)


__all__ = ["Line", "n_words", "say", "write_brief"]
