"""Statements that one sentence sets against each other: "the mine is safe, despite the union's claim that its roof leaks"."""

import re
from collections.abc import Iterator

from crossread.linking.sentences import Sentence, StoryView
from crossread.linking.sides import dispute_of, plain, shorten, side_of
from crossread.linking.statements import NOT_TOLD, Statement, statements_of_view
from crossread.linking.stems import fold
from crossread.records import Dispute
from crossread.vocabulary import Compatible, DisputeKind

_AGAINST = re.compile(
    r"\b(?:despite|in spite of|contrary to|contradict(?:s|ed|ing)|at odds with|belying|belied|flies in the face of|undercutting)\b"
)
_TOLD = re.compile(
    r"\b(?:claim\w*|assert\w*|insist\w*|statements?|stat(?:ed|ing)|den(?:y|ied|ies|ials?)|accounts?|reports?|said|sa(?:y|ys|ying)"
    r"|alleg\w+|accus\w+|assurances?|suggest\w+|boasts?|boasted|declar\w+|conclu\w+|version|testimony|testified|promises?|pledges?|vows?)\b"
)
"""Cues of what is told as so, or promised; calls and threats are none."""
_FARTHEST = 40
"""Characters between the word that sets against and the source of what it is set against."""


def contrasts(view: StoryView) -> Iterator[Dispute]:
    """One dispute for each sentence that sets what one says against what another says, in so many words."""
    by_sentence: dict[Sentence, list[Statement]] = {s: [] for s in view.sentences if _sets_against(s)}
    for statement in statements_of_view(view) if by_sentence else ():
        if statement.sentence in by_sentence:
            by_sentence[statement.sentence].append(statement)
    for sentence in sorted(by_sentence, key=lambda s: s.key):
        for match in _AGAINST.finditer(sentence.folded):
            at = sentence.span.start + match.end()
            told = next((s for s in by_sentence[sentence] if _is_set_against(s, at)), None)
            other = next((s for s in by_sentence[sentence] if told is not None and _is_other(s, told)), None)
            if told is not None and other is not None:
                yield _dispute(view, other, told)


_HINTS = ("spite ", "contrary to", "contradict", "at odds with", "bely", "belied", "flies in", "undercutting")


def _sets_against(sentence: Sentence) -> bool:
    """Whether a sentence in which somebody speaks sets something against something, in so many words."""
    if not sentence.attributions or sentence.is_title or not any(hint in sentence.folded for hint in _HINTS):
        return False
    return _AGAINST.search(sentence.folded) is not None


def _is_set_against(statement: Statement, at: int) -> bool:
    """Whether the source of a statement follows a place in its document closely."""
    said = statement.attribution
    if said is None or said.stance in NOT_TOLD or not said.source:
        return False
    text = statement.sentence.reading.document.text
    if not _TOLD.search(fold(" ".join(s.of(text) for s in said.cue))):
        return False
    first = min(s.start for s in (*said.source, *said.cue))
    return 0 <= first - at <= _FARTHEST and "," not in text[at:first]


def _is_other(statement: Statement, told: Statement) -> bool:
    """Whether a statement of the sentence is not the one that is set against, nor by the same speaker."""
    return statement is not told and set(statement.speakers).isdisjoint(told.speakers)


def _dispute(view: StoryView, one: Statement, other: Statement) -> Dispute:
    return dispute_of(
        DisputeKind.CLAIM_VS_COUNTERCLAIM,
        f"Set against each other: {shorten(plain(one.sentence.text), 90)}",
        (side_of(view.case, [one], position=_whole(one)), side_of(view.case, [other], position=_whole(other))),
        Compatible.UNCLEAR,
        "one sentence sets what one voice says against what another says",
    )


def _whole(statement: Statement) -> str | None:
    """The whole sentence for what a reporter says in pieces of it."""
    return shorten(plain(statement.sentence.text)) if statement.attribution is None else None
