"""Two voices that tell one act in like words, but of different actors or on different days."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from crossread.linking.backgrounds import disjoint
from crossread.linking.camps import camps_of
from crossread.linking.incidents import other_matter, other_places
from crossread.linking.sentences import Sentence, StoryView
from crossread.linking.sides import dispute_of, shorten
from crossread.linking.stems import content_stems, fold, stem
from crossread.records import Dispute, Event, Side, Voice
from crossread.vocabulary import Basis, Compatible, DisputeKind, EventType, Status

_SAME_ACT, _SAME_ACT_JACCARD = 0.7, 0.4
_TOLD = frozenset({Status.HAPPENED, Status.ALLEGED, Status.CALLED_OFF, Status.ONGOING})


@dataclass(frozen=True, eq=False)
class _Act:
    """An event as one voice tells it: its actors, and its sentence's words without theirs and those of saying it."""

    sentence: Sentence
    event: Event
    by: frozenset[str]
    speakers: tuple[str, ...]
    words: frozenset[str]
    anchor: str
    acted: bool
    """Whether ``by`` acted; else it was acted upon and only the day can be compared."""


def told_actors(view: StoryView) -> Iterator[Dispute]:
    """Disputes over who did something, between voices that tell the act itself alike."""
    by_anchor: dict[str, list[_Act]] = defaultdict(list)
    for sentence in view.sentences:
        for event in sentence.events:
            act = _act(view, sentence, event)
            if act is not None:
                by_anchor[act.anchor].append(act)
    for anchor in sorted(by_anchor):
        yield from _in_group(view, by_anchor[anchor])


def _in_group(view: StoryView, acts: list[_Act]) -> Iterator[Dispute]:
    seen: set[frozenset[str]] = set()
    for i, one in enumerate(acts):
        for other in acts[i + 1 :]:
            key = one.by | other.by
            if (
                key in seen
                or one.sentence is other.sentence
                or (one.sentence.document, one.speakers) == (other.sentence.document, other.speakers)
            ):
                continue
            if one.by & other.by and len(one.words & other.words) > 1 and (dated := _other_day(view, one, other)) is not None:
                seen.add(key)
                yield dated
                continue
            if not one.acted or not other.acted:
                continue
            if (
                camps_of(view, one.by) & camps_of(view, other.by)
                or _names(view, one) & _names(view, other)
                or len(one.words & other.words) < 2
            ):
                continue
            if other_matter(one.sentence, (one.sentence.span,), other.sentence, (other.sentence.span,)):
                continue
            if view.likeness(one.words, other.words) >= _SAME_ACT and view.jaccard(one.words, other.words) >= _SAME_ACT_JACCARD:
                seen.add(key)
                sides = (_side(view, one), _side(view, other))
                topic = f"Who did it: {shorten(one.sentence.text, 90)}"
                yield dispute_of(DisputeKind.ACTOR, topic, sides, Compatible.UNCLEAR, "one act is told of different actors")


_FIRST_PERSON = re.compile(r"\b(?:we|our|us|i|my)\b")
_ACTS = frozenset(
    {
        EventType.ASSAULT, EventType.COERCE, EventType.PROTEST, EventType.SANCTION, EventType.MOBILIZE, EventType.REJECT, EventType.RETREAT,
        EventType.AID, EventType.NONE,
    }
)  # fmt: skip
_COUNTED = re.compile(r"\d|\b(?:dozens|hundreds|thousands|scores)\b", re.IGNORECASE)


def _act(view: StoryView, sentence: Sentence, event: Event) -> _Act | None:
    by = frozenset(
        a for p in event.actors if p.span is not None and (a := view.case.actors.of(sentence.document, p.entity)) is not None
    )
    if sentence.is_title or not sentence.text.rstrip().endswith(_ENDS):
        return None  # headlines call by many words whom the report names
    if event.type not in _ACTS or _FIRST_PERSON.search(sentence.folded):
        return None
    if any(p.span is not None and _COUNTED.search(p.span.of(sentence.reading.document.text)) for p in event.actors):
        return None
    text = sentence.reading.document.text
    if any(p.span is not None and not p.span.of(text).removeprefix("the ")[:1].isupper() for p in event.actors):
        by = frozenset()
    if any(p.span is not None and (p.span.of(text).isupper() or _A_PERSON.match(fold(p.span.of(text)))) for p in event.actors):
        by = frozenset()
    if any(p.span is not None and _NOT_A_NAME.search(fold(p.span.of(text))) for p in event.actors) or _is_passive(sentence, event):
        by = frozenset()
    acted = bool(by)
    if not acted:
        by = frozenset(a for p in event.recipients if (a := view.case.actors.of(sentence.document, p.entity)) is not None)
    if not by or event.status not in _TOLD or len(event.actors) > 2:
        return None
    names = {w for p in event.actors if p.span is not None for w in content_stems(fold(p.span.of(text)))}
    voice = next((a for a in sentence.attributions if a.id == event.voice), None)
    said = {w for s in (*voice.source, *voice.cue) for w in content_stems(fold(s.of(text)))} if voice is not None else set()
    speakers = view.case.speaker_of(sentence.reading, event.voice)
    anchor = " ".join(content_stems(fold(event.anchor[0].of(text))))
    if anchor in _SPEECH or (event.type is EventType.NONE and anchor not in _ONCE):
        return None
    return _Act(sentence, event, by, speakers, frozenset(sentence.bag - names - said), anchor, acted) if anchor else None


_NOT_A_NAME = re.compile(r"^(?:his|her|their|its|my|our|he|she|they|it|who|which|that|a|an|some|two|three|several|other|another)\b")
_ENDS = (".", "!", "?", '"', "”", "'", "’", ")", ";", ":")
_A_PERSON = re.compile(
    r"(?:(?:the|a) )?(?:man|woman|boy|girl|son|daughter|brother|sister|mother|father|teenager|suspect|driver|gunman|people|men|women)$"
)
"""Words for people that name nobody, as headlines have them."""
_PASSIVE = re.compile(r"\b(?:was|were|been|being|be|is|are|got)(?: \w+ly)?(?: \w+ and)? $")


def _is_passive(sentence: Sentence, event: Event) -> bool:
    """Whether the anchor is a passive without "by": who stands before it did not act."""
    at, end = event.anchor[0].start - sentence.span.start, event.anchor[-1].end - sentence.span.start
    return bool(_PASSIVE.search(sentence.folded, max(0, at - 25), at)) and " by " not in sentence.folded[end : end + 60]


_SPEECH = frozenset(stem(w) for w in ("denied", "said", "rejected", "accused", "know", "dismissed", "refused", "blamed"))
_ONCE = frozenset(
    stem(w) for w in (
        "arrested", "died", "resigned", "signed", "elected", "appointed", "collapsed", "opened", "closed", "sank", "crashed", "declared",
        "dismissed", "released", "born", "married", "ended", "assassinated", "surrendered",
    )
)  # fmt: skip
"""Acts that happen to somebody or something once, so that two dates for one exclude each other."""


def _other_day(view: StoryView, one: _Act, other: _Act) -> Dispute | None:
    """A dispute over the day of an act that happens once."""
    if (
        one.anchor not in _ONCE
        or not (_is_dated(one) and _is_dated(other) and disjoint(one.event.when, other.event.when))
        or other_places(one.sentence, (one.sentence.span,), other.sentence, (other.sentence.span,))
    ):
        return None
    if view.likeness(one.words, other.words) < _SAME_ACT and not one.by & other.by:
        return None
    sides = (_side(view, one, _day(one)), _side(view, other, _day(other)))
    return dispute_of(
        DisputeKind.DATE, f"When: {shorten(one.sentence.text, 90)}", sides, Compatible.UNCLEAR, "one act is dated differently"
    )


def _is_dated(act: _Act) -> bool:
    """Whether an act has a first and a last day, by words of its own sentence."""
    when = act.event.when
    return when is not None and None not in (when.start, when.end) and when.basis is not Basis.PUBLICATION


def _day(act: _Act) -> str:
    when = act.event.when
    return "undated" if when is None else f"{when.text or ''} ({when.start or '?'} to {when.end or '?'})".strip()


def _names(view: StoryView, act: _Act) -> set[str]:
    return {w for a in view.case.actors.actors if a.id in act.by for w in content_stems(fold(a.name))}


def _side(view: StoryView, act: _Act, position: str | None = None) -> Side:
    names = {a.id: a.name for a in view.case.actors.actors}
    voices = tuple(Voice(speaker=s, document=act.sentence.document, record=act.event.id) for s in act.speakers or (None,))
    return Side(
        position=position or " and ".join(sorted(names.get(a, a) for a in act.by)),
        held_by=act.speakers,
        voices=voices,
        evidence=(act.sentence.evidence(act.event.id),),
    )
