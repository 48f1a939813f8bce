"""Sentences that tell of a state of a process: where, by whom, when, in whose voice."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from msgspec.structs import replace

from crossread.linking.allies import ACTING, is_label, names_a_side
from crossread.linking.blame_words import in_words, names_charge, says_accusing, says_denying
from crossread.linking.ground import takes_ground
from crossread.linking.named_days import days_of_sentence
from crossread.linking.sentences import Named, Sentence, StoryView
from crossread.linking.stems import fold
from crossread.linking.thread_codebook import StateRule, state_index, states_in_order
from crossread.linking.turns import turn_of
from crossread.records import Attribution, Event, Evidence, Span, When
from crossread.vocabulary import Basis, EntityType, Precision, Stance, Status, ThreadKind

_UNREAL = re.compile(
    r"(?<![\w'])(?:would|could|(?<!in )(?<!of )(?<!last )(?<!since )(?<!\d )may(?! \d)|might|should|must|will|if|unless|whether|not|never|no"
    r"|without|cannot|expected|scheduled|due|set|likely|unlikely|plans?|planned|planning|hopes?|hoped|wants?|wanted|attempt(?:s|ed|ing)?|threatens?|threatened|threatening|vows?|vowed|ready|refus\w+|fail\w*|luring|aims?|aimed"
    r"|seeks?|calls? for|called for|urg\w+|demand\w*|offer\w*|propos\w+|\w+n't)(?![\w'])"
)
_WORDS_BEFORE = re.compile(r"(?:[\w'-]+[^\w;,()]+){0,4}$")
_TO = re.compile(r"\bto $")
_UNREAL_STATUS = frozenset({Status.PLANNED, Status.PROPOSED, Status.HYPOTHETICAL, Status.NEGATED, Status.CALLED_OFF})
_TRAVELLING = frozenset({EntityType.PERSON})


@dataclass(frozen=True, eq=False)
class Sighting:
    """One telling of a state; ``start`` and ``end`` are offsets into the sentence."""

    kind: ThreadKind
    state: str
    sentence: Sentence
    start: int
    end: int
    by: tuple[str, ...] = ()
    toward: tuple[str, ...] = ()
    when: When | None = None
    voice: Attribution | None = None
    record: str | None = None
    by_is_read: bool = False
    """Whether ``by`` comes from an event that was read there, rather than from who is named nearby."""
    when_is_read: bool = False
    """The same for ``when``."""

    has_own_day: bool = False
    """Whether the sentence dates the state: by an event, or by the one day that it prints."""

    @cached_property
    def turn(self) -> int | None:
        """Which one of a series it is, where an ordinal says so."""
        return turn_of(self.sentence.folded, Span(0, self.end), Span(self.start, self.end))

    @cached_property
    def says_blame(self) -> bool:
        """Whether a word of accusing stands in the cue itself."""
        return self.voice is not None and says_accusing(self.sentence, self.voice)

    @cached_property
    def says_denial(self) -> bool:
        """Whether the source denies in so many words."""
        return self.voice is not None and says_denying(self.sentence, self.voice)

    @property
    def evidence(self) -> Evidence:
        """The sentence, with the record that told the state where there is one."""
        return self.sentence.evidence(self.record)


def sightings(view: StoryView) -> tuple[Sighting, ...]:
    """All tellings of all states in a story, in the order of its sentences."""
    found: list[Sighting] = []
    for document in sorted(view.by_document):
        sentences = view.by_document[document]
        for number, sentence in enumerate(sentences):
            said = tuple(_said_blame(view, sentence))
            told = {(s.kind, s.state) for s in said}
            denying = {s.by for s in said if s.state == "denied"}
            said = tuple(s for s in said if s.state == "denied" or s.by not in denying or not names_charge(sentence, s.voice))
            found += (
                s for s in _in_sentence(view, sentence, sentences[max(0, number - 2) : number + 1]) if (s.kind, s.state) not in told
            )
            found += said
    return tuple(found)


def _in_sentence(view: StoryView, sentence: Sentence, near: Sequence[Sentence]) -> Iterator[Sighting]:
    for kind, topic, state in (states_in_order()[n] for n in sorted(state_index().candidates(sentence.starts))):
        if topic is not None and not any(kind in s.topics for s in near):
            continue
        match = _first_match(state, sentence)
        if match is not None:
            yield _sighting(view, state, sentence, *match.span())


def _first_match(rule: StateRule, sentence: Sentence) -> re.Match[str] | None:
    if rule.against is not None and rule.against.search(sentence.folded, sentence.starts):
        return None
    for match in rule.told.finditer(sentence.folded, sentence.starts):
        if _within_a_name(sentence, match) or not _is_of_kind(rule, sentence, match):
            continue
        if not rule.must_be_real or _is_real(rule, sentence, match):
            return match
    return None


def _is_of_kind(rule: StateRule, sentence: Sentence, match: re.Match[str]) -> bool:
    """Whether words that tell other things too tell of sides here, or of ground."""
    if rule.kind is ThreadKind.ALLIANCE:
        return names_a_side(sentence, match)
    return rule.kind is not ThreadKind.GROUND_CONTROL or takes_ground(sentence, match)


def _within_a_name(sentence: Sentence, match: re.Match[str]) -> bool:
    """Whether all of a phrase is part of somebody's name ("the Liberation Front", "the Opposition Party"), and tells nothing."""
    start, end = sentence.span.start + match.start(), sentence.span.start + match.end()
    return sentence.text[match.start()].isupper() and any(
        (n.span.start < start and end <= n.span.end) or (n.span.start <= start and end < n.span.end)
        for n in sentence.named
        if n.actor is not None
    )


_TEXT_AT_END = re.compile(r" (?:plans?|proposals?|offers?)$")
"""What is turned down or passed, at the end of a phrase: no word of doubt there."""


_NAMED_SO = re.compile(r"(?<=[\w,] )(?:May|Will)\b")
"""A month or people whose names fold to words of doubt."""
_UNDONE = frozenset({"ended", "suspended", "vetoed", "collapsed", "refused"})
_FAILING = re.compile(r"\bfail\w*")
"""States that are reached by failing, and its words, which tell elsewhere that something did not come about."""


def _is_real(rule: StateRule, sentence: Sentence, match: re.Match[str]) -> bool:
    folded = _NAMED_SO.sub(lambda name: "-" * len(name.group()), sentence.text) if _NAMED_SO.search(sentence.text) else ""
    folded = fold(folded) or sentence.folded
    before = _WORDS_BEFORE.search(folded, max(0, match.start() - 80), match.start())
    told = _TEXT_AT_END.sub("", folded[match.start() : match.end()])
    window = (before.group() if before else "") + (_FAILING.sub("", told) if rule.state in _UNDONE else told)
    if _UNREAL.search(window) or _TO.search(before.group() if before else ""):
        return False
    touching = events_at(sentence, match.start(), match.end())
    return not touching or any(e.status not in _UNREAL_STATUS for e in touching)


def events_at(sentence: Sentence, start: int, end: int) -> tuple[Event, ...]:
    """Events whose anchor lies in a stretch of a sentence."""
    first, last = sentence.span.start + start, sentence.span.start + end
    return tuple(e for e in sentence.events if any(a.start < last and first < a.end for a in e.anchor))


def _sighting(view: StoryView, rule: StateRule, sentence: Sentence, start: int, end: int) -> Sighting:
    touching = events_at(sentence, start, end)
    by, toward = _parties(view, sentence, touching, start, end, rule)
    voice = sentence.voice_at(start, end)
    record = touching[0].id if touching else voice.id if voice is not None else None
    when = _when(rule, sentence, touching, start, end)
    is_read = any(e.when is not None and e.when.basis is not Basis.PUBLICATION for e in touching)
    read_by = {view.case.actors.of(sentence.document, p.entity) for e in touching for p in e.actors}
    return Sighting(
        kind=rule.kind,
        state=rule.state,
        sentence=sentence,
        start=start,
        end=end,
        by=by,
        toward=toward,
        when=when,
        voice=voice,
        record=record,
        by_is_read=bool(by) and set(by) <= read_by,
        when_is_read=is_read,
        has_own_day=is_read or (when is not None and when == _printed(sentence, start)),
    )


def _parties(
    view: StoryView, sentence: Sentence, touching: tuple[Event, ...], start: int, end: int, rule: StateRule
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who did it and to whom: parties of the events told, else who is named before and after."""
    of, side, kind = view.case.actors.of, rule.by, rule.kind
    text = sentence.reading.document.text
    named = [p for e in touching for p in e.actors if p.span is None or not _COUNTED.match(p.span.of(text))]
    by = [of(sentence.document, p.entity) for p in named]
    if sentence.folded.startswith("lost ", start):
        side, by = "after", []  # who loses ground is not the one who takes it
    toward = [of(sentence.document, p.entity) for e in touching for p in e.recipients]
    acting = _TRAVELLING if kind is ThreadKind.VISIT else ACTING
    before = [
        n
        for n in sentence.named_between(0, start + 1)
        if n.type in acting and not _is_where(sentence, n) and not _COUNTED.match(n.name)
    ]
    if is_label(sentence, start):
        before = [n for n in before if n.span.end == sentence.span.start + start - 1]
    elif _PASSIVE.search(sentence.folded, max(0, start - 30), end) or _DONE_TO.match(sentence.folded, start):
        before = [n for n in before if n.span.end == sentence.span.start + sentence.folded.find("-", start)]
    after = [n for n in sentence.named_between(start + 1, len(sentence.text)) if n.type in ACTING]
    found_by, found_to = _known(by), _known(toward)
    if not found_by and side == "before" and _PRONOUN.search(sentence.folded, max(0, start - 24), start):
        said = sentence.voice_at(start, end)
        found_by = view.case.speaker_of(sentence.reading, said.id) if said is not None else ()
    if not found_by and side != "none":
        is_after = side != "before" or (kind is ThreadKind.VISIT and sentence.folded.startswith(" with ", end))
        doers = _doers(sentence, after, end) if side == "before" else []
        chosen = doers or (_nearest(after) if is_after else _nearest(before, last=True))
        found_by = _known(n.actor for n in chosen)
    if not found_to:
        found_to = tuple(a for a in _known(n.actor for n in _nearest(after)) if a not in found_by)
    return found_by, found_to


def _doers(sentence: Sentence, after: list[Named], end: int) -> list[Named]:
    """Who is named behind "by" right after a phrase, with one joined to it by "and" ("announced by Alland and Borland")."""
    by = None if _TOLD.search(sentence.folded, max(0, end - 12), end + 14) else _BY.match(sentence.folded, end)
    first = next((n for n in after if by is not None and 0 <= n.span.start - sentence.span.start - by.end() <= _TITLE), None)
    if first is None:
        return []
    joined = [
        n for n in after if sentence.folded[first.span.end - sentence.span.start : n.span.start - sentence.span.start] == " and "
    ]
    return [first, *joined]


_BY = re.compile(r"(?: \w+)? by (?:the )?")
_TOLD = re.compile(r"\b(?:reported|published|quoted|seen|obtained)\b")
_TITLE = 25
"""Characters that a title may take between "by" and a name."""
_COUNTED = re.compile(r"(?:some |about |more than |at least |nearly )?(?:\d|dozens|hundreds|thousands|scores)", re.IGNORECASE)
"""People who are only counted do not act by name."""
_PRONOUN = re.compile(r"\b(?:he|she|it|they|we|i) (?:\w+ly |also |now )?$")
"""Who speaks of himself: "said that he would not travel"."""
_PASSIVE = re.compile(r"\b(?:is|are|was|were|been|being|be) (?:\w+ly )?\w+(?:ed|en|t|d)\b")
_DONE_TO = re.compile(
    r"\w+-\w+ed\b|(?:accused|charged|indicted|blamed|criticised|criticized|condemned|suspected) (?:of|with|over|for|on|by|in)\b"
    r"|(?:come?s?|came|coming|dr[ae]wn?|draws|faced?|facing|sparked) (?:\w+ ){0,3}(?:criticism|condemnation|fire|rebuke)\b|falsely\b"
)
"""Of what is done to somebody ("the man accused of theft"), and of "US-backed", who stands before is not the one who does it, save as the
first part of the word."""
_WHERE = re.compile(
    r"\b(?:in|at|near|from|to|around|outside|inside|into|across|on"
    r"|(?<!government )(?<!army )(?<!ministry )(?<!president )(?<!forces )(?<!parliament )of) (?:the )?$"
)


def _is_where(sentence: Sentence, named: Named) -> bool:
    """Whether a place is only told as where something happens or to whom it belongs, not as acting."""
    at = named.span.start - sentence.span.start
    return named.type is EntityType.GPE and _WHERE.search(sentence.folded, max(0, at - 24), at) is not None


def _known(actors: "Iterator[str | None] | list[str | None]") -> tuple[str, ...]:
    return tuple(dict.fromkeys(a for a in actors if a is not None))


def _nearest(named: list[Named], *, last: bool = False) -> list[Named]:
    named = [n for n in named if n.actor is not None]
    return named[-1:] if last else named[:1]


def when_of(sentence: Sentence, touching: tuple[Event, ...] = (), start: int = 0) -> When | None:
    """When a stretch of a sentence happened: from its events, else from the sentence's other records, else by publication."""
    position = sentence.span.start + start
    near = (e for e in sentence.events if not _is_apart(sentence, start, e))
    others = sorted(near, key=lambda e: (min(abs(a.start - position) for a in e.anchor), e.id))
    for event in (*touching, *others):
        if event.when is not None and (event.when.start or event.when.end) and event.when.basis is not Basis.PUBLICATION:
            return event.when
    for attribution in sentence.attributions:
        if attribution.when is not None and (attribution.when.start or attribution.when.end):
            return attribution.when
    return _printed(sentence, start) or _published(sentence)


_OTHER_TIME = re.compile(
    r"\b(?:after|before|since|until|following|when|who|which|that|where|because|over|for|said|says|saying)\b|,"
)
"""Words between two deeds of a sentence by which they need not be of one time."""


def _is_apart(sentence: Sentence, start: int, event: Event) -> bool:
    """Whether an event stands in another clause than a stretch of its sentence, and may be of another time."""
    at = min(a.start for a in event.anchor) - sentence.span.start
    first, last = sorted((start, at))
    return _OTHER_TIME.search(sentence.folded, first, last) is not None


def _when(rule: StateRule, sentence: Sentence, touching: tuple[Event, ...], start: int, end: int) -> When | None:
    """When a state was told to be reached: not after its report, unless it looks ahead, nor on the day of what came later."""
    if not touching and (rule.kind is ThreadKind.ALLIANCE or rule.state == "reduced" or is_label(sentence, start)):
        return _published(sentence)
    if rule.state in ("postponed", "called_off") and _PLANNED_FOR.search(sentence.folded, 0, start):
        return _published(sentence)
    when = when_of(sentence, touching, start)
    if when is not None and _is_loose(rule.kind, when, sentence.published):
        return _published(sentence)
    day, published = when.start if when is not None else None, sentence.published
    is_read = any(e.when is when for e in touching)
    is_late = day is not None and published is not None and day > published and rule.state not in AHEAD - _ASKED
    if is_late or (not is_read and _EARLIER.search(sentence.folded, max(0, start - 30), end)):
        return _published(sentence)
    return when


def _is_loose(kind: ThreadKind, when: When, published: str | None) -> bool:
    """Whether a time is too wide for a state: it runs on beyond the report, or is that of what somebody is accused of."""
    if when.basis is Basis.PUBLICATION or published is None:
        return False
    if when.start is None or when.end is None or (kind is ThreadKind.BLAME and when.start > published):
        return when.start is not None and when.start > published
    length = (date.fromisoformat(when.end) - date.fromisoformat(when.start)).days
    if kind is ThreadKind.BLAME and when.end < published and length > _RUNNING:
        return True  # a month or a year that has passed is that of what somebody is blamed for, or of his election
    if when.start <= published < when.end:
        return length > _RUNNING
    return length > _WIDE and (when.end > published or kind is ThreadKind.BLAME)


_PLANNED_FOR = re.compile(r"\b(?:scheduled|due|planned|set|slated|expected) [^.;]{0,60}?\b(?:on|for) ")
"""Words before a day for which something was planned that is off now."""
_RUNNING = 7
"""Days that the time of a state may last where it began before the report and goes on."""
_WIDE = 31
"""Days that the time of a state may last where it is not all past."""
AHEAD = frozenset({"planned", "expected", "called", "called_for", "threatened", "proposed", "access_asked", "granted", "made"})
"""States that look ahead: a process is in them from the day on which they are told, not from the day that they speak of."""
_ASKED = frozenset({"called", "called_for", "proposed", "made"})
"""States that are reached by words: what these are about may be of a later day."""
_EARLIER = re.compile(r"\bhad (?:\w+ )?(?:been|\w+ed)\b")


_DAY = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|today|(?:jan|febr)uary|march|april|may \d|june|july|august"
    r"|(?:sept|nov|dec)ember|october|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\. \d)"
)
_OTHER_DAY = re.compile(r"\b(?:after|before|since|until|following|when|who|which|where)\b")


def _printed(sentence: Sentence, start: int) -> When | None:
    """The day that a sentence prints, where it is one and has come, and no word of another time parts it from a stretch."""
    day = _DAY.search(sentence.folded)
    if sentence.published is None or (day is not None and _OTHER_DAY.search(sentence.folded, *sorted((start, day.start())))):
        return None
    today = date.fromisoformat(sentence.published).toordinal()
    days = days_of_sentence(sentence)
    if len(days) != 1 or days[0] > today:
        return None
    iso = date.fromordinal(days[0]).isoformat()
    return When(start=iso, end=iso, precision=Precision.DAY, basis=Basis.RELATIVE)


def _published(sentence: Sentence) -> When | None:
    if sentence.published is None:
        return None
    return When(end=sentence.published, precision=Precision.UNKNOWN, basis=Basis.PUBLICATION)


def _day_of_blame(sentence: Sentence, attribution: Attribution) -> When | None:
    """When somebody is blamed: at the time of an act read from the very words, for other times there are of what he is blamed for."""
    near = [e for e in sentence.events if any(a.overlaps(c) for a in e.anchor for c in attribution.cue)]
    return next((e.when for e in near if e.when is not None and e.when.start), None) or _published(sentence)


_BLAMING = {Stance.ACCUSE: "accused", Stance.DENY: "denied"}


def _in_sentence_only(attribution: Attribution, sentence: Sentence) -> Attribution:
    """An attribution as far as a sentence of its content goes, where the sentences of a long quotation do different things."""
    parts = [p for p in attribution.parts if p.span.overlaps(sentence.span)]
    if not parts:
        return attribution
    stance = next((p.stance for p in parts if p.stance is not Stance.ASSERT), Stance.ASSERT)
    return replace(
        attribution,
        content=tuple(p.span for p in parts),
        stance=stance,
        denied=attribution.denied and stance is Stance.DENY,
        parts=(),
    )


def _said_blame(view: StoryView, sentence: Sentence) -> Iterator[Sighting]:
    """Accusations and denials that the attributions of the sentence report."""
    case = view.case
    for attribution in (_in_sentence_only(a, sentence) for a in sentence.attributions):
        state = "denied" if attribution.denied else _BLAMING.get(attribution.stance)
        spans = attribution.content or attribution.cue
        if state is not None and not in_words(sentence, attribution, state):
            continue
        if state is None or not spans or not sentence.span.start <= spans[0].start < sentence.span.end:
            continue
        start = spans[0].start - sentence.span.start
        about = _known(case.actors.of(sentence.document, e) for e in attribution.about)
        by = case.speaker_of(sentence.reading, attribution.id)
        when = attribution.when or _day_of_blame(sentence, attribution)
        when = _published(sentence) if when is not None and _is_loose(ThreadKind.BLAME, when, sentence.published) else when
        yield Sighting(ThreadKind.BLAME, state, sentence, start, start + 1, by, about, when, attribution, attribution.id)
