"""Voices that a report sets against each other by *but*, *though*, *while* and the like, in one sentence or in two."""

import re
from collections.abc import Iterator

from crossread.codebook.things import thing_book
from crossread.linking.camps import camps_of
from crossread.linking.common_matters import general_weight
from crossread.linking.concepts import opposition
from crossread.linking.sentences import Sentence, StoryView
from crossread.linking.sides import dispute_of, plain, shorten, side_of
from crossread.linking.statements import META, NOT_TOLD, Statement, statements_of_view
from crossread.linking.stems import stem, words_of
from crossread.records import Dispute
from crossread.vocabulary import Compatible, DisputeKind, Stance

_JOINED = re.compile(r"^\W*(?:even )?(?:though|although|while|whereas)\b|, ?(?:(?:even )?though|although|while|whereas|but|yet)\b")
"""Words by which one sentence sets two voices against each other."""
_THOUGH = re.compile(r"^\W*(?:even )?(?:though|although)\b")
_OPENS = re.compile(r"^\W*(?:but|yet|however)\b|^[^,;]{2,60}, however,")
"""How a sentence begins that sets its voice against the one before."""
_FINDING = re.compile(r"\b(?:notic|found|find|discover|learn|realis|realiz)")
"""In a cue: what was found goes on with the story rather than answers."""
_LEAST_WORDS = 3
"""Content words of what each voice says."""
_REACH = 2
"""Sentences before one that opens with *but* in which the voice stands that it answers."""


def set_against(view: StoryView) -> Iterator[Dispute]:
    """One dispute for each pair of voices on one matter that a report joins by *though*, *but* and the like."""
    by_sentence: dict[Sentence, list[Statement]] = {}
    for statement in statements_of_view(view):
        said = statement.attribution
        is_own = said is None and _OPENS.search(statement.sentence.folded) is not None
        if (is_own or (said is not None and (statement.speakers or said.source))) and not statement.sentence.is_title:
            by_sentence.setdefault(statement.sentence, []).append(statement)
    for sentence in sorted(by_sentence, key=lambda s: s.key):
        pairs = list(_pairs(view, by_sentence, sentence))
        found = next((p for p in pairs if _contrast(view, *p)), None) or next((p for p in pairs if _answers(view, *p)), None)
        if found is not None:
            yield _contrasted(view, *found)


def _pairs(
    view: StoryView, by_sentence: dict[Sentence, list[Statement]], sentence: Sentence
) -> Iterator[tuple[Statement, Statement]]:
    """Two statements of a sentence, or one of it and one shortly before, between which words stand that set them against each other."""
    own = by_sentence[sentence]
    if _JOINED.search(sentence.folded):
        yield from ((a, b) for a in own for b in own if a.spans[-1].end <= b.spans[0].start)
    if sentence.number and not _OPENS.search(sentence.folded):
        before = view.by_document[sentence.document][sentence.number - 1]
        yield from (
            (a, b) for b in own if b.attribution is not None and _points_back(before, b) for a in by_sentence.get(before, ())
        )
    if sentence.number and _OPENS.search(sentence.folded):
        opened = [b for b in own if b.attribution is None or b.spans[0].start > sentence.span.start]
        for back in range(1, min(_REACH, sentence.number) + 1):
            before = view.by_document[sentence.document][sentence.number - back]
            yield from ((a, b) for b in opened for a in reversed(by_sentence.get(before, ())))


_SUCH = re.compile(r"(?:that )?such an? (?P<thing>\w{3,30})\b")
"""How a statement opens that points to a thing of which the sentence before tells ("warned that such a deal would ...")."""


def _points_back(before: Sentence, statement: Statement) -> bool:
    match = _SUCH.match(statement.folded)
    return match is not None and stem(match["thing"]) in before.bag


def _contrast(view: StoryView, one: Statement, other: Statement) -> bool:
    """Whether two voices say opposite things of one matter."""
    if {one.stance, other.stance} & NOT_TOLD or not _are_two(view, one, other):
        return False
    if one.sentence is not other.sentence and (_FINDING.search(other.cue) or one.sentence.number != other.sentence.number - 1):
        return False
    ours, theirs = one.bag | one.source_bag, other.bag | other.source_bag
    shared = (ours & theirs) - META - (one.source_bag & other.source_bag)
    if one.is_denial and one.bag and one.bag <= other.bag:
        return True  # "no bribes", but "the search for bribes goes on"
    if not shared or not shared & (one.bag | other.bag) or min(len(one.bag), len(other.bag)) < _LEAST_WORDS:
        return False
    if other.attribution is None:
        return opposition(one.touches, other.touches) is not None
    if _THOUGH.search(one.sentence.folded) and one.sentence is other.sentence:
        return len(shared - one.sentence.name_stems) > 1
    opposed = one.is_negative != other.is_negative or opposition(one.touches, other.touches) is not None
    return opposed and (len(shared) > 1 or bool(shared - one.sentence.name_stems - other.sentence.name_stems))


def _are_two(view: StoryView, one: Statement, other: Statement) -> bool:
    """Whether two voices of two sides say something."""
    if one.is_question or other.is_question or not (one.speakers or other.speakers or one.is_denial):
        return False
    return not camps_of(view, one.speakers) & camps_of(view, other.speakers)


# ---------------------------------------------------------------- one voice takes a stand on what the other said

_TAKING = frozenset({Stance.ACCUSE, Stance.REJECT, Stance.DENY, Stance.DOUBT, Stance.SUPPORT, Stance.DEMAND})
"""What takes a stand on something."""
_FAVOURABLE = {Stance.SUPPORT: True, Stance.ACCUSE: False, Stance.REJECT: False, Stance.DENY: False, Stance.DOUBT: False}
_INSISTING = re.compile(
    r"\b(?:insist|argu|counter|warn|defend|dismiss|maintain|disput|disagre|caution|object|complain|question|contend)\w*"
)
"""Cues of those who hold something against others."""
_OWN_RARITY = 2.5
"""How rare in news at large a word must be that shows by itself that two voices are on one matter."""


def _answers(view: StoryView, one: Statement, other: Statement) -> bool:
    """Whether a voice takes a stand on what another has just said, or on what he or she did."""
    if not one.speakers or not other.speakers or not _are_two(view, one, other):
        return False
    if Stance.SILENCE in (one.stance, other.stance) or _FINDING.search(other.cue):
        return False
    if other.stance not in _TAKING and _INSISTING.search(other.cue) is None:
        return False
    if _is_one_stand(one, other) or min(len(one.bag), len(other.bag)) < _LEAST_WORDS - 1:
        return False
    return _is_on_one_matter(view, one, other)


def _is_one_stand(one: Statement, other: Statement) -> bool:
    """Whether two voices both ask for something, or both find something good or bad."""
    if one.stance is other.stance and one.stance in _TAKING:
        return True
    return one.stance in _FAVOURABLE and _FAVOURABLE[one.stance] == _FAVOURABLE.get(other.stance)


def _is_on_one_matter(view: StoryView, one: Statement, other: Statement) -> bool:
    """Whether a statement names the source of the one before, or a thing that both tell of."""
    if camps_of(view, one.speakers) & camps_of(view, other.about):
        return True
    names = one.sentence.name_stems | other.sentence.name_stems
    shared = (one.bag & other.bag) - META - names
    if len(shared) > 1 or any(general_weight(s) >= _OWN_RARITY for s in shared):
        return True
    return bool(_things(one) & _things(other))


def _things(statement: Statement) -> frozenset[str]:
    """Classes of the things and deeds of which a statement tells."""
    found = (thing_book().sort_of(w.removesuffix("'s")) for w in words_of(statement.folded))
    return frozenset(f for f in found if f is not None)


def _contrasted(view: StoryView, one: Statement, other: Statement) -> Dispute:
    sides = (side_of(view.case, [one]), side_of(view.case, [other]))
    topic = f"Set against each other: {shorten(plain(one.sentence.text), 90)}"
    kind = DisputeKind.ACCUSATION_VS_DENIAL if other.is_denial else DisputeKind.CLAIM_VS_COUNTERCLAIM
    return dispute_of(kind, topic, sides, Compatible.UNCLEAR, "a report sets what one voice says against what another says")
