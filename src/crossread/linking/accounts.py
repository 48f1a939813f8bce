"""One happening and its tellings: which sentences tell of it, where in them, who is said to have done it and when."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from crossread.linking.sentences import Sentence, StoryView
from crossread.linking.sides import shorten, unique_voices
from crossread.linking.sightings import Sighting
from crossread.linking.threads import sightings_of
from crossread.records import Attribution, Evidence, Side, StoryEvent, Voice, When
from crossread.vocabulary import ThreadKind


@dataclass(frozen=True, eq=False)
class Account:
    """One telling of a happening; ``start`` and ``end`` are offsets into the sentence."""

    sentence: Sentence
    start: int
    end: int
    by: tuple[str, ...]
    when: When | None
    voice: Attribution | None
    speakers: tuple[str, ...]
    record: str | None = None

    @property
    def evidence(self) -> Evidence:
        """The whole sentence."""
        return self.sentence.evidence(self.record)

    @property
    def voices(self) -> tuple[Voice, ...]:
        """Who tells it."""
        record = self.voice.id if self.voice is not None else None
        return tuple(Voice(speaker=s, document=self.sentence.document, record=record) for s in self.speakers or (None,))

    @property
    def source(self) -> tuple[str, tuple[str, ...]]:
        """What makes two accounts different accounts: the document and who speaks."""
        return (self.sentence.document, self.speakers)


@dataclass(frozen=True, eq=False)
class Happening:
    """What several accounts tell of."""

    topic: str
    family: str
    accounts: tuple[Account, ...]
    is_process: bool = False
    """Whether it is a state of a followed process rather than an event joined from mentions."""


_FAMILIES: dict[str, tuple[ThreadKind, frozenset[str]]] = {
    "visit off": (ThreadKind.VISIT, frozenset({"called_off", "postponed"})),
    "visit changed": (ThreadKind.VISIT, frozenset({"changed"})),
    "draft": (ThreadKind.RESOLUTION, frozenset({"drafted", "tabled", "expected"})),
    "veto": (ThreadKind.RESOLUTION, frozenset({"vetoed", "voted"})),
    "truce ended": (ThreadKind.TRUCE, frozenset({"collapsed"})),
    "talks stopped": (ThreadKind.TALKS, frozenset({"suspended", "ended"})),
    "air strikes": (ThreadKind.AIR_CAMPAIGN, frozenset({"started", "resumed"})),
    "ground taken": (ThreadKind.GROUND_CONTROL, frozenset({"taken", "retaken"})),
    "offer": (ThreadKind.OFFER, frozenset({"made"})),
}
_TOPICS = {
    "visit off": "The visit that did not take place", "visit changed": "The change of the visit's programme", "draft": "The draft resolution",
    "veto": "The vote", "truce ended": "The end of the truce", "talks stopped": "The end of the talks", "air strikes": "The air strikes",
    "ground taken": "Who took ground", "offer": "The offer",
}  # fmt: skip


def happenings(view: StoryView, events: Sequence[StoryEvent]) -> tuple[Happening, ...]:
    """Happenings with two accounts at least: from states of processes, then from events."""
    found = [_of_family(view, name) for name in _FAMILIES]
    found += [_of_event(view, event) for event in events if len(event.mentions) > 1]
    return tuple(h for h in found if len({a.source for a in h.accounts}) > 1)


def _of_family(view: StoryView, name: str) -> Happening:
    kind, states = _FAMILIES[name]
    told = [s for s in sightings_of(view) if s.kind is kind and s.state in states]
    if kind is ThreadKind.VISIT:
        told = _most_told(told)
    accounts = {(s.sentence.document, s.sentence.number): _account(view, s) for s in reversed(told)}
    ordered = sorted(accounts.values(), key=lambda a: (a.sentence.key, a.start))
    return Happening(_TOPICS[name], name, tuple(ordered), is_process=True)


def _most_told(told: Sequence[Sighting]) -> list[Sighting]:
    """The tellings of the visitor that most documents speak of; tellings that name no visitor go with them."""
    by_visitor: dict[str, set[str]] = defaultdict(set)
    for sighting in told:
        for actor in sighting.by[:1]:
            by_visitor[actor].add(sighting.sentence.document)
    if not by_visitor:
        return list(told)
    chosen = min(by_visitor, key=lambda a: (-len(by_visitor[a]), a))
    return [s for s in told if not s.by or s.by[0] == chosen or chosen in s.sentence.actors]


def _account(view: StoryView, sighting: Sighting) -> Account:
    voice = sighting.sentence.voice_at(sighting.start, sighting.end)
    speakers = view.case.speaker_of(sighting.sentence.reading, voice.id) if voice is not None else ()
    return Account(
        sentence=sighting.sentence,
        start=sighting.start,
        end=sighting.end,
        by=sighting.by if sighting.by_is_read else (),
        when=sighting.when if sighting.when_is_read else None,
        voice=voice,
        speakers=speakers,
        record=sighting.record,
    )


def _of_event(view: StoryView, event: StoryEvent) -> Happening:
    accounts = []
    for mention in event.mentions:
        reading = view.case.reading(mention.document)
        record = next((e for e in reading.events if e.id == mention.event), None)
        sentence = view.at(mention.document, record.anchor[0].start) if record is not None else None
        if record is None or sentence is None:
            continue
        start = record.anchor[0].start - sentence.span.start
        voice = next((a for a in reading.attributions if a.id == record.voice), None)
        by = (view.case.actors.of(mention.document, p.entity) for p in record.actors)
        accounts.append(
            Account(
                sentence=sentence,
                start=start,
                end=record.anchor[-1].end - sentence.span.start,
                by=tuple(dict.fromkeys(a for a in by if a is not None)),
                when=record.when,
                voice=voice,
                speakers=view.case.speaker_of(reading, record.voice),
                record=record.id,
            )
        )
    wording = event.wordings[0] if event.wordings else event.label or event.type.value.lower()
    return Happening(wording, event.type.value, tuple(sorted(accounts, key=lambda a: (a.sentence.key, a.start))))


def account_side(accounts: Sequence[Account], position: str) -> Side:
    """The side of a dispute that some accounts take."""
    ordered = sorted(accounts, key=lambda a: (a.sentence.key, a.start))
    return Side(
        position=shorten(position),
        held_by=tuple(dict.fromkeys(s for a in ordered for s in a.speakers)),
        voices=unique_voices(v for a in ordered for v in a.voices),
        evidence=tuple(dict.fromkeys(a.evidence for a in ordered)),
    )
