"""A word of blame that some use and others turn down: "it licenses fraud", "the rule has been misread as a licence for fraud"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from crossread.codebook.things import thing_book
from crossread.linking.camps import camps_of
from crossread.linking.common_matters import general_weight
from crossread.linking.sentences import StoryView
from crossread.linking.sides import dispute_of, plain, shorten, side_of
from crossread.linking.statements import META, NOT_TOLD, Statement, statements_of_view
from crossread.linking.stems import content_stems, stem, words_of
from crossread.records import Dispute
from crossread.vocabulary import Compatible, DisputeKind, Stance

_WHAT = r"(?P<what>[^.;:!?,]{3,80})"
_MISREAD = re.compile(
    r"\b(?:mis(?:perce(?:ption|ived)|understanding|understood|conception|reading|read|interpret(?:ation|ed)|represent(?:ation|ed)|constru(?:ed|al)"
    r"|characteri[sz](?:ation|ed)|taken)|(?:wrongly|falsely|unfairly|mistakenly) (?:seen|portrayed|described|depicted|cast|labell?ed"
    r"|presented|viewed))"
    rf" (?:by (?:\w{{1,20}} ){{1,2}})?(?:of|as|about|that|for) (?:to be )?{_WHAT}"
    rf"|\b(?:been|was|were|is|are|being) (?:perceived|seen|viewed|interpreted|portrayed|regarded)"
    rf" (?:by (?:\w{{1,20}} ){{1,2}})?(?:as|to be) (?P<seen>[^.;:!?,]{{3,80}})"
)
"""A charge is called a misreading."""
_REGRETS = re.compile(r"\b(?:regret|sorry|unfortunate|sad|disappointed|wrong)")
"""Said of how something has been seen, by those who do not see it so."""
_NOT = re.compile(
    r"(?:\b(?:not|never)|n't) (?:\w{1,15}ly )?"
    r"(?:about|mean(?:t)? to|intended to|designed to|the intent (?:of [^.;]{3,30} )?to|an? |any |the )?(?P<what>[^.;:!?,]{3,60})"
    r"|\b(?:no (?:intent(?:ion)?|desire|wish|plans?) (?:to|of)|nothing to do with|no) (?P<seen>[^.;:!?,]{3,60})"
)
"""Something is said not to be so."""
_CLAIM = re.compile(r"\b(?:claims?|charges|allegations?|cases?|complaints?|reports?|laws?|rules?)\b")
"""What is told of charges as such, not of what somebody is charged with."""
_NEAR = 2
"""Content words after a negation of which one is what is denied."""
_RARITY = 3.0
"""How rare in news at large a word must be that can be what a story is in dispute about."""
_MOST, _VOICES = 2, 8
"""Such differences shown of one story; statements shown on one side of one."""


@dataclass(frozen=True, eq=False)
class _Denial:
    """A statement and the stems of what it says is not so; outright where it names the charge as a misreading."""

    statement: Statement
    words: frozenset[str]
    is_misreading: bool


def issues(view: StoryView) -> Iterator[Dispute]:
    """One dispute for each word of blame that some voices use of something and others say does not fit it."""
    told = [s for s in statements_of_view(view) if s.attribution is not None and s.speakers and not s.is_question]
    denials = [d for s in told if s.stance not in NOT_TOLD and (d := _denial(s)) is not None]
    groups: dict[str, list[_Denial]] = {}
    for denial in denials:
        for word in denial.words:
            groups.setdefault(word, []).append(denial)
    shown, done = 0, set[Statement]()
    for word in sorted(groups, key=lambda w: (-len(groups[w]), w)):
        answers = [d for d in groups[word] if d.statement not in done]
        charges = _charges(view, word, answers, told)
        if charges and shown < _MOST:
            shown += 1
            done |= {d.statement for d in answers} | set(charges)
            yield _dispute(view, charges, [d.statement for d in answers])


@cache
def _charge_stems() -> frozenset[str]:
    return frozenset(map(stem, thing_book().charges))


@cache
def _thing_stems() -> frozenset[str]:
    return frozenset(map(stem, thing_book().nouns))


_CALLED_FALSE = re.compile(
    r"\b(?:bogus|sham|hoax|fake|false|witch hunt|baseless|absurd|ridiculous|phony|so-called|nonsense|no evidence)\b"
)


def _denial(statement: Statement) -> _Denial | None:
    """What a statement says is not so, in words that may be a charge."""
    folded, names = statement.folded, statement.sentence.name_stems
    match = _MISREAD.search(folded)
    misread = match is not None and (match["what"] is not None or _REGRETS.search(statement.sentence.folded) is not None)
    if match is None or not misread:
        match = _NOT.search(folded)
    elif match is not None and _CLAIM.search(match["what"] or match["seen"]) is None:
        words = frozenset(content_stems(match["what"] or match["seen"])) - names - META - _thing_stems()
        return _Denial(
            statement, words & _charge_stems() or frozenset(w for w in words if general_weight(w) >= _RARITY), is_misreading=True
        )
    if statement.denies_content and (statement.is_denial or statement.stance is Stance.REJECT):
        words = statement.bag - names - META
    elif match is not None and _CLAIM.search(match["what"] or match["seen"]) is None:
        words = frozenset(content_stems(match["what"] or match["seen"])[:_NEAR]) - names - META
    else:
        return None
    kept = words & _charge_stems()
    return _Denial(statement, kept, is_misreading=False) if kept else None


def _charges(view: StoryView, word: str, answers: Sequence[_Denial], told: Sequence[Statement]) -> list[Statement]:
    """The statements by others that use a word as a charge, of what the answers speak of."""
    if not answers:
        return []
    ours = frozenset(c for d in answers for c in camps_of(view, d.statement.speakers))
    found = [s for s in told if word in s.bag and not s.is_negative and not s.is_denial and s.stance not in NOT_TOLD]
    found = [s for s in found if not _CALLED_FALSE.search(s.folded)]
    found = [s for s in found if not camps_of(view, s.speakers) & ours and not s.sentence.is_title]
    return [s for s in found if any(_is_of_one(view, d, s, word) for d in answers)][:_VOICES]


def _is_of_one(view: StoryView, denial: _Denial, charge: Statement, word: str) -> bool:
    """Whether a charge is of what a denial speaks of: its speaker, or a thing that both name."""
    answer = denial.statement
    if denial.is_misreading or (charge.stance is Stance.ACCUSE and camps_of(view, answer.speakers) & camps_of(view, charge.about)):
        return True
    return bool(_things(answer) & _things(charge)) or len((answer.bag & charge.bag) - META - {word}) > 1


def _things(statement: Statement) -> frozenset[str]:
    nouns = thing_book().nouns
    return frozenset(nouns[w] for w in words_of(statement.sentence.folded) if w in nouns)


def _dispute(view: StoryView, charges: Sequence[Statement], answers: Sequence[Statement]) -> Dispute:
    sides = (side_of(view.case, charges), side_of(view.case, answers[:_VOICES]))
    topic = f"Charged and denied: {shorten(plain(charges[0].sentence.text), 90)}"
    why = "some voices use a word of blame that others say does not fit"
    return dispute_of(DisputeKind.ACCUSATION_VS_DENIAL, topic, sides, Compatible.UNCLEAR, why)
