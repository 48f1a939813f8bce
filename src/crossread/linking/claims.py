"""Claims across reports: one statement of the same speakers, in however many documents."""

from collections import defaultdict
from collections.abc import Sequence

from crossread.linking.case import Case
from crossread.linking.concepts import opposition
from crossread.linking.sentences import StoryView, view_of
from crossread.linking.statements import Statement, statements_of_view
from crossread.records import Claim, ClaimMention, Evidence
from crossread.vocabulary import Stance

_SAME = 0.5
"""Weighted overlap of words, against the shorter statement, from which two statements of one speaker are one claim."""
_SAME_JACCARD = 0.22
_SAME_DAY, _SAME_DAY_JACCARD = 0.35, 0.15
"""The same for statements of one day in two reports: the same words given in other words."""


def link_claims(case: Case) -> tuple[Claim, ...]:
    """The statements of a story, each with all its reports, in order of publication."""
    view = view_of(case)
    by_speaker: dict[tuple[str, ...], list[Statement]] = defaultdict(list)
    for statement in statements_of_view(view):
        if statement.attribution is not None and statement.stance is not Stance.SILENCE:
            by_speaker[tuple(sorted(statement.speakers))].append(statement)
    groups = []
    for speakers in sorted(by_speaker):
        groups += _grouped(view, sorted(by_speaker[speakers], key=lambda s: s.key), named=bool(speakers))
    ordered = sorted(groups, key=lambda g: g[0].key)
    return tuple(_claim(case, group, f"claim-{n}") for n, group in enumerate(ordered, 1))


def _grouped(view: StoryView, statements: Sequence[Statement], *, named: bool) -> list[list[Statement]]:
    """Statements of one speaker, parted by what they say; those of unnamed speakers are not joined."""
    groups: list[list[Statement]] = []
    for statement in statements:
        homes = [g for g in groups if named and same_claim(view, g[0], statement)]
        if homes:
            max(homes, key=lambda g: view.jaccard(g[0].bag, statement.bag)).append(statement)
        else:
            groups.append([statement])
    return groups


def same_claim(view: StoryView, one: Statement, other: Statement) -> bool:
    """Whether two statements say the same, in similar words, with the same polarity and without differing numbers."""
    if polarity_of(one) != polarity_of(other) or not _same_words(view, one, other):
        return False
    if one.amounts and other.amounts and one.amounts.isdisjoint(other.amounts):
        return False
    return opposition(one.touches, other.touches) is None


def _same_words(view: StoryView, one: Statement, other: Statement) -> bool:
    if min(len(one.bag), len(other.bag)) < 3:
        return one.bag == other.bag
    likeness = view.likeness(one.bag, other.bag)
    if likeness < _SAME_DAY:
        return False
    jaccard = view.jaccard(one.bag, other.bag)
    if one.sentence.document != other.sentence.document and one.day == other.day:
        return jaccard >= _SAME_DAY_JACCARD
    return likeness >= _SAME and jaccard >= _SAME_JACCARD


def polarity_of(statement: Statement) -> str:
    """``denied`` when the source denies the content, else ``affirmed``, also where the words themselves deny ("it was misconstrued")."""
    return "denied" if statement.denies and statement.denies_content else "affirmed"


def _claim(case: Case, group: Sequence[Statement], name: str) -> Claim:
    evidence = tuple(dict.fromkeys(e for s in group for e in _cited(s)))
    return Claim(
        id=name,
        text=max((s.text for s in group), key=lambda t: (min(len(t), 300), t)),
        speakers=group[0].speakers,
        stance=group[0].stance,
        polarity=polarity_of(group[0]),
        when=next((s.when for s in group if s.when is not None), None),
        mentions=tuple(
            ClaimMention(document=s.sentence.document, attribution=s.attribution.id) for s in group if s.attribution is not None
        ),
        evidence=evidence,
        n_documents=len({e.document for e in evidence}),
        n_independent=case.n_origins(evidence),
    )


def _cited(statement: Statement) -> tuple[Evidence, ...]:
    record = statement.attribution.id if statement.attribution is not None else None
    return tuple(Evidence(document=statement.sentence.document, span=span, record=record) for span in statement.spans)
