"""Events across reports: mentions of one happening joined over differing words, with everybody who vouches for it.

Two mentions are compared by their words and by what their records say of parties, place and time (`crossread.linking.event_pairs`).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

import msgspec

from crossread.codebook.happenings import coreference_weights
from crossread.linking.case import Case
from crossread.linking.clusters import average_link
from crossread.linking.event_pairs import EventPairs, side_of
from crossread.linking.event_times import apart_in_time
from crossread.linking.features import Rarity, counts_of
from crossread.linking.happenings import Happening, happenings_of
from crossread.linking.likeness import Edges
from crossread.linking.mentions import sets_in
from crossread.records import EventMention, Evidence, StatusVoices, StoryEvent, Voice, When
from crossread.vocabulary import Basis, EventType, Precision, Status

T = TypeVar("T")

SAME_EVENT = 0.5
_MOST_IN_BLOCK = 250
"""Mentions of one word in one story beyond which only those that share a party, a place or a day are compared."""


def link_events(case: Case) -> tuple[StoryEvent, ...]:
    """The events of a story, those in most reports first; every event mention belongs to exactly one."""
    groups = event_groups(case)
    whens = whens_of(case)
    built = [_event(case, group, whens) for group in groups]
    built.sort(key=lambda e: (-e[0].n_documents, -len(e[0].mentions), e[1]))
    return tuple(_with_id(event, f"event-{n}") for n, (event, _) in enumerate(built, 1))


_last: list[tuple[Case, list[list[Happening]]]] = []


def event_groups(case: Case) -> list[list[Happening]]:
    """Event mentions of a story, those of one happening together; those of the last story are kept."""
    for known, groups in _last:
        if known is case:
            return groups
    happenings = happenings_of(case)
    edges = event_edges(case, happenings)
    joined = apart_in_time(case, happenings, average_link(len(happenings), edges, SAME_EVENT, 0), edges)
    groups = [[happenings[n] for n in group] for group in joined]
    _last[:] = [(case, groups)]
    return groups


def whens_of(case: Case) -> dict[tuple[str, str], When]:
    """``(document, event) -> when`` of all event mentions that have a time."""
    whens = ((h.document, h.event.id, h.event.when) for h in happenings_of(case))
    return {
        (name, event): when for name, event, when in whens if when is not None and (when.start is not None or when.end is not None)
    }


def event_edges(case: Case, happenings: Sequence[Happening]) -> Edges:
    """Probability of being one happening for pairs of mentions that share words or a label."""
    rarity = Rarity(counts_of(r) for r in case.readings)
    pairs, sides = EventPairs(rarity, coreference_weights()), [side_of(h, rarity) for h in happenings]
    edges: Edges = {}
    for i, j in _proposed(happenings):
        probability = pairs.probability(sides[i], sides[j])
        if probability is not None:
            edges[i, j] = probability
    return edges


def _proposed(happenings: Sequence[Happening]) -> list[tuple[int, int]]:
    """Pairs that share a word of the anchor, a set of words, or type and label."""
    blocks: dict[str, list[int]] = {}
    for n, h in enumerate(happenings):
        keys = {f"word {w}" for w in h.words.anchor} | {f"start {h.words.head[:5]}"}
        keys |= {f"set {number}" for number in sets_in(h.words.anchor)}
        if h.event.label is not None:
            keys.add(f"label {h.event.type} {h.event.label}")
        for key in sorted(keys):
            blocks.setdefault(key, []).append(n)
    pairs: set[tuple[int, int]] = set()
    for block in blocks.values():
        for part in _parts(block, happenings):
            pairs.update((i, j) for k, i in enumerate(part) for j in part[k + 1 :])
    return sorted(pairs)


def _parts(block: list[int], happenings: Sequence[Happening]) -> Iterable[list[int]]:
    if len(block) <= _MOST_IN_BLOCK:
        return (block,)
    finer: dict[str, list[int]] = {}
    for n in block:
        h = happenings[n]
        keys = {f"party {a}" for a in h.actors | h.recipients}
        keys |= {f"place {h.place}"} if h.place else set()
        keys |= {f"day {h.days[0]}"} if h.days else set()
        for key in sorted(keys):
            finer.setdefault(key, []).append(n)
    return [part[k : k + _MOST_IN_BLOCK] for part in finer.values() for k in range(0, len(part), _MOST_IN_BLOCK)]


# ---------------------------------------------------------------- records


def _event(case: Case, members: Sequence[Happening], whens: Mapping[tuple[str, str], When]) -> tuple[StoryEvent, tuple[str, int]]:
    evidence = tuple(
        sorted({_evidence(h) for h in members}, key=lambda e: (e.document, e.span, e.record or ""))
    )  # one piece per mention: its whole sentence
    n_documents = len({h.document for h in members})
    known = [h.event.type for h in members if h.event.type is not EventType.NONE]
    event = StoryEvent(
        id="event",
        type=_commonest(known) or EventType.NONE,
        label=_commonest(h.event.label for h in members if not known or h.event.type in known),
        statuses=_statuses(case, members),
        actors=_by_frequency(a for h in members for a in h.actors),
        recipients=_by_frequency(r for h in members for r in h.recipients),
        places=_by_frequency(p for h in members if (p := _place_id(case, h)) is not None),
        when=range_of([w for h in members if (w := whens.get((h.document, h.event.id))) is not None]),
        wordings=_by_frequency(_wording(case, h) for h in members),
        mentions=tuple(EventMention(document=h.document, event=h.event.id) for h in members),
        evidence=evidence,
        n_documents=n_documents,
        n_independent=min(n_documents, case.n_origins(evidence)),
        reason=_reason(case, members),
    )
    return event, (members[0].document, members[0].event.anchor[0].start)


def _with_id(event: StoryEvent, name: str) -> StoryEvent:
    return msgspec.structs.replace(event, id=name)


def _evidence(h: Happening) -> Evidence:
    return Evidence(document=h.document, span=h.event.sentence, record=h.event.id)


def _place_id(case: Case, h: Happening) -> str | None:
    place = h.event.place
    return None if place is None else case.places.of(place.text) or case.places.of(place.name)


def _wording(case: Case, h: Happening) -> str:
    text = case.reading(h.document).document.text
    return " ".join(" ".join(span.of(text).split()) for span in h.event.anchor)


def _statuses(case: Case, members: Iterable[Happening]) -> tuple[StatusVoices, ...]:
    found: dict[Status, dict[Voice, None]] = {}
    for h in members:
        for voice in case.voices(case.reading(h.document), h.event):
            found.setdefault(h.event.status, {}).setdefault(voice)
    order = list(Status)
    return tuple(StatusVoices(status=s, voices=tuple(found[s])) for s in sorted(found, key=order.index))


def range_of(whens: Sequence[When]) -> When | None:
    """From the earliest to the latest day that the reports give; days only inferred from publication count where there is no other."""
    if not whens:
        return None
    bounded = [w for w in whens if w.start is not None and w.end is not None]
    told = [w for w in bounded if w.basis is not Basis.PUBLICATION]
    use = told or bounded or list(whens)
    if len(use) == 1:
        return msgspec.structs.replace(use[0], span=None)
    starts, ends = [w.start for w in use if w.start is not None], [w.end for w in use if w.end is not None]
    order = list(Precision)
    first, last = min(starts) if starts else None, max(ends) if ends else None
    if first is not None and last is not None and first > last:
        first, last = last, first  # one report gives only from when, another only until when
    return When(
        start=first,
        end=last,
        precision=max((w.precision for w in use), key=order.index),
        basis=_commonest(w.basis for w in use) or Basis.STATED,
    )


def _by_frequency(values: Iterable[str]) -> tuple[str, ...]:
    counts = Counter(values)
    return tuple(sorted(counts, key=lambda v: (-counts[v], v)))


def _commonest(values: Iterable[T | None]) -> T | None:
    counts = Counter(v for v in values if v is not None)
    return min(counts, key=lambda v: (-counts[v], str(v))) if counts else None


def _reason(case: Case, members: Sequence[Happening]) -> str:
    if len(members) == 1:
        return "one mention"
    wordings = _by_frequency(_wording(case, h).casefold() for h in members)
    shared = frozenset.intersection(*(h.actors | h.recipients for h in members))
    who = f"; all name {', '.join(sorted(shared))}" if shared else ""
    return f"{len(members)} mentions alike in words, parties, place and time: {', '.join(wordings[:5])}{who}"
