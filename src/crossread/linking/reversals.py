"""What a report itself tells as a change: said one way at first and another way later; and what it calls false."""

import re
from collections.abc import Iterator

from crossread.linking.camps import camps_of
from crossread.linking.sentences import Sentence, StoryView
from crossread.linking.sides import Passage, dispute_of, plain, shorten, side_of, side_told
from crossread.linking.statements import Statement, statements_of_view
from crossread.linking.stems import fold, words_of
from crossread.records import Dispute, Side, Voice
from crossread.vocabulary import Compatible, DisputeKind, Stance

_SAY = (
    r"(?:said|say|says|saying|claim\w*|told|tell|den(?:y|ied)|insist\w*|estimat\w*|reported|report|put|describ\w*|call\w*|suggest\w*|promis\w*"
    r"|vow\w*|announc\w*|believed|thought|disclosed|stated|listed|given|maintain\w*|conceded|admitted|confessed)"
)
_AT_FIRST = re.compile(
    rf"\b(?:initially|originally|at first|previously|earlier)\b(?! this| that| in| today| on)[^.;]{{0,40}}?\b{_SAY}\b"
    rf"|\b{_SAY}\b[^.;]{{0,25}}?\b(?:initially|originally|at first|previously)\b"
)
"""Said or reported one way at first."""
_HINTS = frozenset(
    (
        "initially", "originally", "first", "previously", "previous", "earlier", "correction", "clarification", "version", "versions",
    )
)  # fmt: skip
"""Words of which such a sentence holds one."""
_LATER = re.compile(
    r"[,;:][\"']? ?(?:but|and) (?:(?:\w+ ){0,3}?)(?:later|now|since|then|has since|have since)\b|[,;][\"']? ?but\b"
    r"|\bbut (?:later|now|then|has since|have since)\b"
    r"|\band later\b|\bbefore (?:admitting|conceding|changing|revising|correcting|confessing)\b"
)
"""Where a sentence goes on to what was said later."""
_WHILE = re.compile(r"^\W*(?:while|although|though)\b")
_SAYS_NOW = re.compile(r",[\"']? (?:\w+ ){1,3}(?:now |later )?(?:said|says|told|admitted|conceded|confirmed|acknowledged)\b")
"""Where a sentence that opens with *while* goes on to what is said now."""
_LEAST, _LEAST_WORDS = 2, 4
"""Content words that two such sentences share; words that each half of one tells at least."""


def reversals(view: StoryView) -> Iterator[Dispute]:
    """One dispute for each sentence, or pair of sentences, that tells what was said first and what was said later."""
    for document in sorted(view.by_document):
        sentences = view.by_document[document]
        for sentence in sentences:
            if sentence.is_title or _HINTS.isdisjoint(sentence.starts):
                continue
            first = _AT_FIRST.search(sentence.folded) or _CORRECTED.search(sentence.folded)
            if first is None:
                continue
            later = _LATER.search(sentence.folded, first.end())
            if later is None and _WHILE.match(sentence.folded):
                later = _SAYS_NOW.search(sentence.folded, first.end())
            if later is not None and _tells_two(sentence.folded, first.start(), later.start(), later.end()):
                yield _in_one(view, sentence, later.start())
                continue
            after = sentences[sentence.number + 1] if sentence.number + 1 < len(sentences) else None
            if after is not None and _goes_on(sentence, after):
                yield _dispute(view, Passage(sentence), Passage(after))


_SAID_LATER = re.compile(
    rf"\b(?:later|has since|have since|then|now)\b[^.;]{{0,30}}?\b{_SAY}\b|\b{_SAY}\b (?:later|\w+day)\b|\b(?:revised|retracted|corrected)\b"
)


_CORRECTED = re.compile(
    r"^\W*(?:correction|clarification)\b|\b(?:earlier|previous) versions? of (?:this|the)\b"
    r"|\bthis (?:article|story|post|report) (?:originally|initially|previously)\b"
)
"""How a report opens the correction of itself."""
_POINTING = re.compile(r"\b(?:he|she|it|they|that|this)\b")
_PLAINLY = re.compile(r"\b(?:initially|originally|at first)\b")


def _goes_on(first: Sentence, later: Sentence) -> bool:
    """Whether a sentence tells what was said later of what the one before has as said at first."""
    if _CORRECTED.search(first.folded):
        return bool(first.bag & later.bag) and _AT_FIRST.search(later.folded) is None
    if _SAID_LATER.search(later.folded) is None:
        return False
    points = _PLAINLY.search(first.folded) is not None and _POINTING.search(later.folded) is not None
    return points or len(first.bag & later.bag) >= _LEAST


def _tells_two(folded: str, start: int, middle: int, end: int) -> bool:
    return len(words_of(folded[start:middle])) >= _LEAST_WORDS and len(words_of(folded[end:])) >= _LEAST


def _in_one(view: StoryView, sentence: Sentence, at: int) -> Dispute:
    return _dispute(view, Passage(sentence, 0, at), Passage(sentence, at))


def _dispute(view: StoryView, first: Passage, later: Passage) -> Dispute:
    sides = [side_told(view.case, [p], shorten(plain(p.sentence.text[p.start : p.end].lstrip(" ,;:")))) for p in (first, later)]
    topic = f"First and later: {shorten(plain(first.sentence.text), 90)}"
    return dispute_of(
        DisputeKind.POSITION_CHANGE, topic, sides, Compatible.YES, "a report tells what was said first and what later"
    )


# ---------------------------------------------------------------- called false

_FALSELY = re.compile(r"\b(?:falsely|wrongly|erroneously|incorrectly|mistakenly|without evidence|baselessly)\b")
_FALSE_CLAIM = re.compile(
    r"\b(?:a|the|his|her|their|this) (?:false|bogus|baseless|untrue|discredited|debunked|misleading) (?:claim|statement|assertion)\b"
)
_IN_FACT = re.compile(
    r"^\W*(?:but )?(?:in fact|in reality|actually|in truth|the truth is|that is (?:not true|false|wrong)|that's (?:not true|false|wrong))\b"
)
_TOLD = frozenset({Stance.ASSERT, Stance.ACCUSE, Stance.DENY})


def called_false(view: StoryView) -> Iterator[Dispute]:
    """One dispute for each claim that a report calls false, or sets right in its next sentence."""
    for statement in statements_of_view(view):
        sentence = statement.sentence
        if statement.attribution is None or not statement.speakers or sentence.is_title or statement.stance not in _TOLD:
            continue
        after = view.by_document[sentence.document][sentence.number + 1 : sentence.number + 1 + _REACH]
        answer = next((s for s in after if _sets_right(view, statement, s)), None)
        if answer is None and not _is_called_false(statement):
            continue
        position = "the report calls it false" if answer is None else shorten(plain(answer.text))
        cited = answer if answer is not None else sentence
        fact = Side(position=position, voices=(Voice(document=sentence.document),), evidence=(cited.evidence(),))
        topic = f"Claim and fact: {shorten(plain(sentence.text), 90)}"
        sides = (side_of(view.case, [statement]), fact)
        yield dispute_of(DisputeKind.CLAIM_VS_COUNTERCLAIM, topic, sides, Compatible.NO, "the report says that the claim is not so")


def _sets_right(view: StoryView, statement: Statement, answer: Sentence) -> bool:
    if _IN_FACT.match(answer.folded) is None or not statement.bag & answer.bag:
        return False
    speakers = tuple(a for x in answer.attributions for a in view.case.speaker_of(answer.reading, x.id))
    return not camps_of(view, speakers) & camps_of(view, statement.speakers)


def _is_called_false(statement: Statement) -> bool:
    """Whether the words around a statement call it false."""
    text = statement.sentence.reading.document.text
    said = statement.attribution
    if said is None:
        return False
    first, last = statement.spans[0].start, statement.spans[-1].end
    before = fold(text[max(statement.sentence.span.start, first - _NEAR) : first])
    after = fold(text[last : min(statement.sentence.span.end, last + 2 * _NEAR)])
    return _FALSELY.search(before) is not None or _FALSE_CLAIM.search(after) is not None


_REACH = 3
"""Sentences after a claim in which a report sets it right."""
_NEAR = 40
"""Characters before what is said in which a word may call it false."""
