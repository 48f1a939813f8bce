"""How surely two event mentions of a story are one event: what their words and their records say for and against it.

A story of ten long reports compares tens of thousands of pairs, so all that a mention brings is worked out once (`Side`), and the
comparison itself is plain arithmetic.  The weights beside the words are set by hand: in the corpora that carry gold events all mentions of
one story agree on place and day, so nothing about those can be learnt there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, sqrt

from crossread.codebook.happenings import Weights
from crossread.linking.features import Rarity
from crossread.linking.happenings import MUTUAL, VERBAL, Happening, is_saying
from crossread.linking.mentions import sets_in
from crossread.linking.places import place_key
from crossread.records import Event
from crossread.vocabulary import DONE, Basis, EventType, Status

_BIAS, _TYPES_DIFFER = -3.2, -2.0
_LEXICAL, _LABEL, _NEAR, _CONTEXT, _SAME_SENTENCE = 4.0, 1.6, 1.0, 1.2, -1.5
_ACTORS, _ACTORS_DIFFER, _RECIPIENTS, _RECIPIENTS_DIFFER, _COUNTRIES = 0.9, -1.2, 1.2, -1.0, 0.4
_PLACE, _PLACE_DIFFERS, _DAYS, _DAYS_DIFFER = 0.6, -6.0, 0.8, -6.0
_OTHER_SPEAKER, _SPEAKER_UNKNOWN, _DONE_AND_TO_COME, _OTHER_PLACE, _OTHER_TURN = -4.0, -0.8, -2.0, -1.0, -6.0
_OTHER_TARGET = -3.0
_MOST_FOR_WORDS = _LEXICAL + _NEAR + _CONTEXT
_HOPELESS = -2.0
"""A pair that stays below this however alike its words is not compared word by word."""
_TO_COME = frozenset({Status.PLANNED, Status.PROPOSED, Status.HYPOTHETICAL})
_SHORT, _GAP = 7, 2
"""Days that intervals may last to agree, and that may lie between them before they differ (a dateline lags behind a happening)."""


@dataclass(frozen=True, slots=True)
class Side:
    """What a mention brings to a comparison."""

    happening: Happening
    event: Event
    anchor: frozenset[str]
    head: str
    start: str
    sets: frozenset[int]
    near: frozenset[str]
    context: frozenset[str]
    near_square: float
    context_square: float
    rarity: float
    is_saying: bool
    is_verbal: bool
    is_mutual: bool
    is_done: bool
    is_to_come: bool
    parties: frozenset[str]
    place_names: frozenset[str]
    place_within: frozenset[str]
    days: tuple[int, int] | None
    """First and last day, where these are told and not inferred from publication."""


def side_of(happening: Happening, rarity: Rarity) -> Side:
    """A mention made ready for comparison."""
    event, words = happening.event, happening.words
    told = event.when is not None and event.when.basis is not Basis.PUBLICATION
    place = event.place
    return Side(
        happening=happening,
        event=event,
        anchor=frozenset(words.anchor),
        head=words.head,
        start=words.head[:5],
        sets=sets_in(words.anchor),
        near=words.near,
        context=words.context,
        near_square=rarity.squares(words.near),
        context_square=rarity.squares(words.context),
        rarity=rarity.of(words.head),
        is_saying=is_saying(happening),
        is_verbal=event.type in VERBAL,
        is_mutual=event.type in MUTUAL,
        is_done=event.status in DONE,
        is_to_come=event.status in _TO_COME,
        parties=happening.actors | happening.recipients,
        place_names=frozenset({place_key(place.name or place.text)}) if place is not None else frozenset(),
        place_within=frozenset(place_key(w) for w in place.within) if place is not None else frozenset(),
        days=happening.days if told else None,
    )


class EventPairs:
    """Compares the mentions of one story."""

    def __init__(self, rarity: Rarity, weights: Weights) -> None:
        self._rarity, self._weights = rarity, weights

    def probability(self, a: Side, b: Side) -> float | None:
        """Probability that two mentions are one event; ``None`` where nothing speaks for it."""
        label = a.event.label is not None and a.event.label == b.event.label and a.event.type is b.event.type
        lexical = self._may_corefer(a, b)
        if not (lexical or label):
            return None
        total = _of_records(a, b) + _LABEL * label
        if total + _MOST_FOR_WORDS < _HOPELESS:
            return None
        near = self._cosine(a.near & b.near, a.near_square * b.near_square)
        context = self._cosine(a.context & b.context, a.context_square * b.context_square)
        total += _NEAR * near + _CONTEXT * context
        one, other = a.happening.words, b.happening.words
        same_document = one.document == other.document
        if same_document and one.sentence == other.sentence:
            total += _SAME_SENTENCE
        if lexical and not (a.is_saying or b.is_saying):
            total += _LEXICAL * self._same_words(a, b, near, context)
        return 1.0 / (1.0 + exp(-total))

    def _may_corefer(self, a: Side, b: Side) -> bool:
        if a.head == b.head or a.start == b.start or not a.anchor.isdisjoint(b.anchor) or not a.sets.isdisjoint(b.sets):
            return True
        return (min(a.head, b.head), max(a.head, b.head)) in self._weights.synonyms

    def _cosine(self, shared: frozenset[str], squares: float) -> float:
        if not shared or squares <= 0:
            return 0.0
        return self._rarity.squares(shared) / sqrt(squares)

    def _same_words(self, a: Side, b: Side, near: float, context: float) -> float:
        """The trained model of `crossread.linking.mentions.pair_features`, worked out term by term."""
        of: Mapping[str, float] = self._weights.by_feature
        head, rare = a.head == b.head, min(a.rarity, b.rarity)
        one, other = a.happening.words, b.happening.words
        total = self._weights.bias + of["rare"] * rare + of["near"] * near + of["context"] * context
        if head:
            total += of["head"] + of["rare_head"] * rare + of["head_near"] * near + of["head_context"] * context
        total += of["word"] * (not a.anchor.isdisjoint(b.anchor)) + of["anchor"] * (one.anchor == other.anchor)
        total += of["synonym"] * ((min(a.head, b.head), max(a.head, b.head)) in self._weights.synonyms)
        total += of["set"] * (not a.sets.isdisjoint(b.sets)) + of["prefix"] * (a.start == b.start)
        if one.document == other.document:
            apart = abs(one.sentence - other.sentence)
            total += of["same_document"] + of["same_sentence"] * (apart == 0) + of["apart"] * min(apart, 8) / 8
            total += of["head_same_document"] * head
        if one.numbers and other.numbers:
            total += of["numbers_differ"] if one.numbers.isdisjoint(other.numbers) else of["number_shared"]
        return 1.0 / (1.0 + exp(-max(-30.0, min(30.0, total))))


def _of_records(a: Side, b: Side) -> float:
    """What types, parties, places, days and statuses say; nothing where one of the two does not say it."""
    one, other = a.happening, b.happening
    total = _BIAS
    if a.event.type is not b.event.type and EventType.NONE not in (a.event.type, b.event.type):
        total += _TYPES_DIFFER
    total += _of_parties(a, b)
    total += _OTHER_TARGET * _other_target(a, b)
    if one.turn is not None and other.turn is not None:
        total += _OTHER_TURN * (one.turn != other.turn)
    if one.place is not None and other.place is not None:
        if one.place == other.place:
            total += _PLACE
        else:
            countries = (one.place_country, other.place_country)
            total += _PLACE_DIFFERS * (None not in countries and countries[0] != countries[1])
            within, names = a.place_within | b.place_within, a.place_names | b.place_names
            total += _OTHER_PLACE * within.isdisjoint(names)
    same_days = False
    if a.days is not None and b.days is not None:
        gap = max(a.days[0] - b.days[1], b.days[0] - a.days[1])
        same_days = gap <= 0 and max(a.days[1] - a.days[0], b.days[1] - b.days[0]) <= _SHORT
        total += _DAYS * same_days + _DAYS_DIFFER * (gap > (0 if _dated_apart(a, b) else _GAP))
    if not same_days and ((a.is_done and b.is_to_come) or (a.is_to_come and b.is_done)):
        total += _DONE_AND_TO_COME
    return total


def _dated_apart(a: Side, b: Side) -> bool:
    """Whether any gap between days tells of two happenings: one report gives single days to both ("Friday's talks were the second since
    Tuesday"), and neither is only planned."""
    one_report = a.happening.document == b.happening.document
    single = a.days is not None and b.days is not None and a.days[0] == a.days[1] and b.days[0] == b.days[1]
    return one_report and single and a.is_done and b.is_done


def _other_target(a: Side, b: Side) -> bool:
    """Whether the words tell of two different names to which it was done, of which neither lies in the other."""
    ours, theirs = a.happening.hit, b.happening.hit
    if not (ours and theirs) or not ours.isdisjoint(theirs):
        return False
    return (ours | theirs).isdisjoint(word for name in (*a.place_within, *b.place_within) for word in name.split())


def _of_parties(a: Side, b: Side) -> float:
    """Who acts and who is acted upon; the sides of talks and deals are one group."""
    one, other = a.happening, b.happening
    together = not one.countries.isdisjoint(other.countries)
    total = _COUNTRIES * together
    verbal = a.is_verbal and b.is_verbal
    if a.is_mutual and b.is_mutual:
        ours, theirs = a.parties, b.parties
    else:
        ours, theirs = one.actors, other.actors
        if one.recipients and other.recipients:
            shared = not one.recipients.isdisjoint(other.recipients)
            total += _RECIPIENTS if shared else 0.0 if together else _RECIPIENTS_DIFFER
    if not ours or not theirs:
        return total + _SPEAKER_UNKNOWN * verbal
    if not ours.isdisjoint(theirs):
        return total + _ACTORS
    return total + (0.0 if together else _ACTORS_DIFFER) + _OTHER_SPEAKER * verbal
