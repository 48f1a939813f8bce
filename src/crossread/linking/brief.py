"""The brief: a short text in which every line cites its words.

Lines are sentences taken word for word from the reports, or filled from typed facts (counts, a tally, two sides of a dispute).  A
sentence whose attribution stands in another sentence is not taken, so that nothing attributed is printed as plain fact.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crossread.linking.brief_facts import dispute_lines, figure_lines, question_line, tally_lines
from crossread.linking.brief_sentences import Sayable, ranked_sentences, say
from crossread.linking.case import Case
from crossread.linking.sentences import StoryView, view_of
from crossread.records import BriefLine, Evidence, Proof, Story

_TOO_ALIKE = 0.4
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
    ranked = ranked_sentences(view)
    chosen: list[Line] = []
    lead = next((s for s in ranked if n_words(s.text) <= words), None)
    if lead is not None:
        chosen.append(_line(view, lead))
    left = words - sum(n_words(line.text) for line in chosen)
    facts = _fitting(_facts(view, story), min(left, int(words * _FACT_SHARE)))
    left -= sum(n_words(line.text) for line in facts)
    body = list(_developments(view, ranked, [*chosen, *facts], left))
    question = question_line(story)
    left -= sum(n_words(line.text) for line in body)
    lines = [*chosen, *facts, *body]
    if question is not None and n_words(question[0]) <= left and lines:
        lines.append(Line(*question))
    return tuple(BriefLine(id=f"line-{n}", text=line.text, evidence=line.evidence) for n, line in enumerate(lines, 1))


def n_words(text: str) -> int:
    """Words of a line, as a reader counts them."""
    return len(text.split())


def _facts(view: StoryView, story: Story) -> Iterator[Line]:
    for text, evidence in (*tally_lines(story), *figure_lines(story)):
        yield Line(text, evidence)
    for text, evidence in dispute_lines(view, story):
        said = (view.at(e.document, e.span.start) for e in evidence)
        yield Line(text, evidence, frozenset(stem for s in said if s is not None for stem in s.bag))


def _fitting(lines: Iterator[Line], budget: int) -> list[Line]:
    """Lines in order as long as they fit; one that does not fit is passed over."""
    chosen: list[Line] = []
    for line in lines:
        size = n_words(line.text)
        if size <= budget:
            chosen.append(line)
            budget -= size
    return chosen


def _developments(view: StoryView, ranked: Sequence[Sayable], before: Sequence[Line], budget: int) -> Iterator[Line]:
    """The best sentences that add something, in the order of publication and place."""
    bags = [line.bag for line in before if line.bag]
    cited = {(e.document, e.span) for line in before for e in line.evidence}
    taken: list[Sayable] = []
    for candidate in ranked:
        size = n_words(candidate.text)
        if size > budget or (candidate.sentence.document, candidate.sentence.span) in cited:
            continue
        if any(
            view.jaccard(candidate.sentence.bag, bag) > _TOO_ALIKE or view.likeness(candidate.sentence.bag, bag) > 0.6
            for bag in bags
        ):
            continue
        taken.append(candidate)
        bags.append(candidate.sentence.bag)
        budget -= size
    for candidate in sorted(taken, key=lambda c: c.sentence.key):
        yield _line(view, candidate)


def _line(view: StoryView, sayable: Sayable) -> Line:
    """A sentence with its own evidence and that of other documents which say the same in nearly the same words."""
    sentence = sayable.sentence
    same: list[Evidence] = [sentence.evidence()]
    documents = {sentence.document}
    for other in view.sentences:
        if other.document not in documents and view.jaccard(sentence.bag, other.bag) >= _TOO_ALIKE:
            documents.add(other.document)
            same.append(other.evidence())
    return Line(sayable.text, tuple(same), sentence.bag)


__all__ = ["Line", "n_words", "say", "write_brief"]
