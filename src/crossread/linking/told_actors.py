"""Two voices that tell one act in like words of different actors."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from crossread.linking.camps import camps_of
from crossread.linking.incidents import other_matter
from crossread.linking.sentences import Sentence, StoryView
from crossread.linking.sides import dispute_of, shorten
from crossread.linking.stems import content_stems, fold
from crossread.records import Dispute, Event, Side, Voice
from crossread.vocabulary import Compatible, DisputeKind, Status

_SAME_ACT = 0.7
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
            if key in seen or one.sentence is other.sentence or (one.sentence.document, one.speakers) == (other.sentence.document, other.speakers):
                continue
            if camps_of(view, one.by) & camps_of(view, other.by) or len(one.words & other.words) < 2:
                continue
            if other_matter(one.sentence, (one.sentence.span,), other.sentence, (other.sentence.span,)):
                continue
            if view.likeness(one.words, other.words) >= _SAME_ACT:
                seen.add(key)
                sides = (_side(view, one), _side(view, other))
                topic = f"Who did it: {shorten(one.sentence.text, 90)}"
                yield dispute_of(DisputeKind.ACTOR, topic, sides, Compatible.UNCLEAR, "one act is told of different actors")


_COUNTED = re.compile(r"\d|\b(?:dozens|hundreds|thousands|scores)\b", re.IGNORECASE)


def _act(view: StoryView, sentence: Sentence, event: Event) -> _Act | None:
    by = frozenset(a for p in event.actors if p.span is not None and (a := view.case.actors.of(sentence.document, p.entity)) is not None)
    if any(p.span is not None and _COUNTED.search(p.span.of(sentence.reading.document.text)) for p in event.actors):
        return None
    if not by or event.status not in _TOLD or len(event.actors) > 2:
        return None
    text = sentence.reading.document.text
    names = {w for p in event.actors if p.span is not None for w in content_stems(fold(p.span.of(text)))}
    voice = next((a for a in sentence.attributions if a.id == event.voice), None)
    said = {w for s in (*voice.source, *voice.cue) for w in content_stems(fold(s.of(text)))} if voice is not None else set()
    speakers = view.case.speaker_of(sentence.reading, event.voice)
    anchor = " ".join(content_stems(fold(event.anchor[0].of(text))))
    return _Act(sentence, event, by, speakers, frozenset(sentence.bag - names - said), anchor) if anchor else None


def _side(view: StoryView, act: _Act) -> Side:
    names = {a.id: a.name for a in view.case.actors.actors}
    voices = tuple(Voice(speaker=s, document=act.sentence.document, record=act.event.id) for s in act.speakers or (None,))
    return Side(
        position=" and ".join(sorted(names.get(a, a) for a in act.by)),
        held_by=act.speakers,
        voices=voices,
        evidence=(act.sentence.evidence(act.event.id),),
    )
