"""Which mentions of an event bear each other out: what their sentences share beside the word for it and the names of the story.

A noun names a happening without telling it ("his visit", "a deal with the north"), so that two sentences that only hold it tell two other
things; a verb tells it, so that little more is needed.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from crossread.linking.backgrounds import looks_back
from crossread.linking.common_matters import weight_in_common
from crossread.linking.happenings import VERBAL
from crossread.linking.incidents import other_places
from crossread.linking.independence import Telling
from crossread.linking.sentences import Sentence, StoryView
from crossread.linking.stems import content_stems, fold
from crossread.linking.stems import stem as stem_of
from crossread.records import Event, Party
from crossread.vocabulary import EventType

_SHARED, _LEAST_TOLD = 3, 3
"""Stems that a telling of an event must share with one of another report, by itself or with the sentences beside it; stems that it
must hold in the second case: a greeting is no telling."""
_ALIKE, _ALIKE_TO_BOTH, _SURROUNDINGS = 0.25, 0.15, 0.08
"""Weighted overlap of two such tellings, against the shorter and against both together, where they share less; the same of them with the
sentences beside them."""
_LEAST_WEIGHT, _LEAST_NAMED = 4.5, 6.5
"""Weight of what two tellings of an event must share; the same where a noun only names it in one of them."""
_BESIDES = 2
"""Stems that two sentences of which one only names a happening share beside that noun, what stands right beside it, and names."""
_BESIDE = 2
"""Content words on either side of a noun for a happening that belong to it ("a nuclear deal with Kessaria")."""
_EMPTY = frozenset(
    map(stem_of, ("want", "like", "know", "think", "thing", "get", "go", "come", "make", "take", "see", "look", "way"))
)
"""Stems that say nothing of what happened."""


@dataclass(frozen=True, eq=False)
class Mention:
    """A sentence that tells an event, with what its words for the event are."""

    telling: Telling
    anchor: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()
    """Stems right beside the anchor."""
    asked: frozenset[str] = frozenset()
    """Stems of the words after the anchor of an act by words: what is asked for, promised or refused."""
    is_named: bool = False
    """Whether a noun only names the event."""
    is_attack: bool = False
    """Whether it is an act of force: a noun for it tells of it, as what goes on is seldom told otherwise."""
    is_verbal: bool = False
    actors: frozenset[str] = frozenset()
    charged: frozenset[str] = frozenset()
    """Those against whom a charge is brought."""

    @property
    def sentence(self) -> Sentence:
        """The sentence."""
        return self.telling.sentence


_NOUN = re.compile(
    r"(?:(?:\b(?:an?|the|this|that|these|those|his|her|its|their|our|my|your|no|any|some|another|upcoming|planned)|['’]s?)"
    r"(?: (?!(?:to|and|or|not|who|that|will|would|should|could|can|may|might|must)\b)[\w'’.-]{1,20}){0,2}"
    r"|\b(?:of|for|in|on|at|about|over|by|from|with|after|before|during|against|into|between|amid|despite)) $"
)
"""What stands before a noun."""
_PAST = re.compile(
    r"(?:\w{1,20}ed|met|said|told|held|led|left|fought|shot|struck|took|taken|gave|given|began|begun|broke|broken|spoke|spoken|flew|flown|went|gone"
    r"|came|made|sent|won|lost|found|kept|thought|brought|bought|sought|withdrew|withdrawn|rose|risen|fell|fallen|grew|grown|knew|known|saw"
    r"|seen|chose|chosen|fled|bore|stole|stolen|threw|thrown|wrote|written|built|spent|paid|sold|became|ran|sank|sunk|swore|sworn|forbade)\b"
)
"""Forms of the past: never a noun."""
_AFTER = 120
"""Characters after a verb in which what is asked for, promised or refused is said."""


def mention_of(view: StoryView, telling: Telling) -> Mention:
    """A telling with the words of its event; without any where no event stands behind it."""
    event = _event(view, telling)
    if event is None:
        return Mention(telling)
    text, sentence = telling.sentence.folded, telling.sentence
    start, end = event.anchor[0].start - sentence.span.start, event.anchor[-1].end - sentence.span.start
    whole = sentence.reading.document
    return Mention(
        telling=telling,
        anchor=frozenset(stem for span in event.anchor for stem in content_stems(fold(span.of(whole.text)))),
        beside=_beside(text, start, end),
        asked=frozenset(content_stems(text[max(end, 0) : max(end, 0) + _AFTER])),
        is_named=_is_noun(text, start),
        is_attack=event.type is EventType.ASSAULT,
        is_verbal=event.type in VERBAL,
        actors=_known(view, sentence, event.actors),
        charged=_known(view, sentence, event.recipients) if event.type is EventType.ACCUSE else frozenset(),
    )


def _known(view: StoryView, sentence: Sentence, parties: Iterable[Party]) -> frozenset[str]:
    """Actors of the story among those who take part."""
    return frozenset(a for p in parties if (a := view.case.actors.of(sentence.document, p.entity)) is not None)


def _is_noun(text: str, start: int) -> bool:
    """Whether the word at a place of folded text is a noun, as far as its form and the words before it tell."""
    return _NOUN.search(text, max(0, start - 60), max(start, 0)) is not None and _PAST.match(text, max(start, 0)) is None


def _event(view: StoryView, telling: Telling) -> Event | None:
    return next((e for e in telling.sentence.events if e.id == telling.record), None)


@lru_cache(maxsize=8192)
def _beside(text: str, start: int, end: int) -> frozenset[str]:
    before, after = content_stems(text[: max(start, 0)]), content_stems(text[max(end, 0) :])
    return frozenset((*before[-_BESIDE:], *after[:_BESIDE]))


def borne_out(view: StoryView, tellings: Sequence[Telling]) -> tuple[Telling, ...]:
    """Tellings of an event that one of another report bears out, and those of an attack that stand beside such a one."""
    mentions = [mention_of(view, t) for t in _at_hand(tellings)]
    shown: set[tuple[str, int]] = set()
    for one, other in combinations(mentions, 2):
        if one.sentence.document != other.sentence.document and _bear_out(view, one, other):
            shown |= {(m.sentence.document, m.sentence.number) for m in (one, other)}
    pairs = combinations([m.sentence for m in mentions], 2)
    if not any(weight_in_common(view, a, b) >= _LEAST_WEIGHT for a, b in pairs if a.document != b.document):
        return ()
    return tuple(m.telling for m in mentions if _places(m) & shown)


def _places(mention: Mention) -> set[tuple[str, int]]:
    """Where a mention stands; an act of force is told over sentences that follow each other."""
    steps = (-1, 0, 1) if mention.is_attack else (0,)
    return {(mention.sentence.document, mention.sentence.number + step) for step in steps}


def _at_hand(tellings: Sequence[Telling]) -> Sequence[Telling]:
    """Tellings that do not look back to something else of the kind, where they are more than half and of two reports."""
    now = [t for t in tellings if looks_back(t.sentence) is None]
    return now if 2 * len(now) > len(tellings) and len({t.sentence.document for t in now}) > 1 else tellings


def _bear_out(view: StoryView, one: Mention, other: Mention) -> bool:
    """Whether two sentences of two reports share more than the word for what happened."""
    if one.is_attack and other.is_attack:
        return _share(view, one.sentence, other.sentence) or _share_around(view, one.sentence, other.sentence)
    if not _share(view, one.sentence, other.sentence) or _elsewhere(one.sentence, other.sentence):
        return False
    weight = weight_in_common(view, one.sentence, other.sentence)
    if weight < _LEAST_WEIGHT:
        return False
    if one.is_named or other.is_named:
        return weight >= _LEAST_NAMED and len(_besides(one, other)) >= _BESIDES
    return not (one.is_verbal and other.is_verbal) or _says_the_same(one, other)


def _besides(one: Mention, other: Mention) -> frozenset[str]:
    """What two sentences share beside the words for the event, what belongs to them, and names."""
    shared = one.sentence.bag & other.sentence.bag
    names = one.sentence.name_stems | other.sentence.name_stems
    return shared - names - one.anchor - other.anchor - (one.beside & other.beside) - _EMPTY


def _says_the_same(one: Mention, other: Mention) -> bool:
    """Whether two acts by words may be one: a charge against one actor, or with enough of what is said in common."""
    asked = (one.asked & other.asked) - _EMPTY
    if one.charged & other.charged or (asked and one.actors & other.actors):
        return True
    return len(asked) > 1 or bool(asked - one.sentence.name_stems - other.sentence.name_stems)


def _elsewhere(one: Sentence, other: Sentence) -> bool:
    """Whether two sentences put what they tell in places of different names."""
    return other_places(one, (one.span,), other, (other.span,))


def _share(view: StoryView, one: Sentence, other: Sentence) -> bool:
    """Whether two sentences share stems that say something, three or a good part of what they hold."""
    shared = _telling(one, other)
    if len(shared) >= _SHARED:
        return True
    if min(len(one.bag), len(other.bag)) < _LEAST_TOLD or not shared:
        return False
    return view.likeness(one.bag, other.bag) >= _ALIKE and view.jaccard(one.bag, other.bag) >= _ALIKE_TO_BOTH


def _share_around(view: StoryView, one: Sentence, other: Sentence) -> bool:
    """Whether they share something, and more together with the sentences beside them."""
    if min(len(one.bag), len(other.bag)) < _LEAST_TOLD or not _telling(one, other):
        return False
    ours, theirs = _around(view, one), _around(view, other)
    return len(ours & theirs) >= _SHARED and view.jaccard(ours, theirs) >= _SURROUNDINGS


def _telling(one: Sentence, other: Sentence) -> frozenset[str]:
    return frozenset(stem for stem in one.bag & other.bag if not stem.endswith("n't")) - _EMPTY


def _around(view: StoryView, sentence: Sentence) -> frozenset[str]:
    """Stems of a sentence and of those beside it."""
    near = view.by_document[sentence.document][max(0, sentence.number - 1) : sentence.number + 2]
    return frozenset().union(*(s.bag for s in near))
