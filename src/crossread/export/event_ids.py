"""Ids of events that stay the same while a corpus grows.

An event is known by its mentions: places in documents (``document:start-end``) that tell of it.  The rules:

- A new event gets an id made from its oldest mention (day of publication, then document, then place), so that the same corpus always gives
  the same ids.
- With a former table, an event that shares mentions with a former one keeps that one's id.
- **Merge**: where several former events are one now, the id of the oldest survives; the others become tombstones that name it.
- **Split**: where a former event is several now, the part with its oldest mention keeps the id; the others get ids of their own (or an id
  that a merge had taken from them) and name the one that they came from.
- **Withdrawn**: a former event none of whose mentions are there any more becomes a tombstone.  Should they come back, so does the id.
- No id is ever given to something else.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Whether an id stands for an event of the corpus as it is now."""

    ACTIVE = "active"
    MERGED = "merged"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Former:
    """An id as the former table had it; ``mentions`` oldest first, ``reported`` the day of the first."""

    id: str
    state: State
    created: str
    reported: str
    mentions: tuple[str, ...]
    superseded_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """The id that an event gets; ``split_from``: the former event that it was a part of, where it does not keep that one's id."""

    id: str
    split_from: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """A tombstone: an id that stands for no event of its own any more."""

    id: str
    state: State
    superseded_by: str | None = None


@dataclass(frozen=True, slots=True)
class Ids:
    """Ids of all events, in the order in which the events were given, and the tombstones."""

    given: tuple[Given, ...]
    gone: tuple[Gone, ...]


def give_ids(events: Sequence[Sequence[str]], former: Iterable[Former] = ()) -> Ids:
    """Ids of events.

    Args:
        events: The mentions of each event, oldest first; no mention stands in two events, and none is empty.
        former: The ids of the former table, tombstones included.
    """
    known = sorted(former, key=_age)
    holder = {mention: n for n, mentions in enumerate(events) for mention in mentions}
    keeps, gone = _kept(known, holder)
    taken = {f.id for f in known}
    parents = _parents(known, events)
    living = {f.id for f in known if f.state is State.ACTIVE}
    given = []
    for n, mentions in enumerate(events):
        name = keeps.get(n)
        if name is None:
            name = new_id(mentions[0], taken)
            taken.add(name)
        given.append(Given(id=name, split_from=None if name in living else parents.get(n)))
    return Ids(tuple(given), _settled(known, gone, holder, given))


def _age(former: Former) -> tuple[bool, str, str, str]:
    """Living ids first, then by the time at which they were given, then by the day on which the event was first reported."""
    return (former.state is not State.ACTIVE, former.created, former.reported or "9999", former.id)


def _kept(known: Sequence[Former], holder: Mapping[str, int]) -> tuple[dict[int, str], list[Former]]:
    """Which event keeps which former id, and the former ids that no event keeps."""
    keeps: dict[int, str] = {}
    gone = []
    for old in known:
        free = [holder[m] for m in old.mentions if m in holder and holder[m] not in keeps]
        if old.state is State.MERGED and free and free[0] != _first_holder(old, holder):
            free = []  # its oldest mention still stands in the event that it was merged into
        if free:
            keeps[free[0]] = old.id  # mentions run oldest first: the part with the oldest one goes on
        else:
            gone.append(old)
    return keeps, gone


def _first_holder(old: Former, holder: Mapping[str, int]) -> int | None:
    return next((holder[m] for m in old.mentions if m in holder), None)


def _parents(known: Sequence[Former], events: Sequence[Sequence[str]]) -> dict[int, str]:
    """The living former event that most of an event's mentions stood in; the older of two with as many."""
    owner = {m: old.id for old in reversed(known) if old.state is State.ACTIVE for m in old.mentions}
    order = {old.id: n for n, old in enumerate(known)}
    parents = {}
    for n, mentions in enumerate(events):
        counts: dict[str, int] = {}
        for m in mentions:
            if m in owner:
                counts[owner[m]] = counts.get(owner[m], 0) + 1
        if counts:
            parents[n] = min(counts, key=lambda name: (-counts[name], order[name]))
    return parents


def _settled(
    known: Sequence[Former], gone: Sequence[Former], holder: Mapping[str, int], given: Sequence[Given]
) -> tuple[Gone, ...]:
    """Tombstones: merged into what holds their oldest mention now, or withdrawn; a merged one follows its survivor."""
    stones = []
    for old in gone:
        at = _first_holder(old, holder)
        if at is not None:
            stones.append(Gone(id=old.id, state=State.MERGED, superseded_by=given[at].id))
        elif old.state is State.MERGED:
            stones.append(Gone(id=old.id, state=State.MERGED, superseded_by=old.superseded_by))
        else:
            stones.append(Gone(id=old.id, state=State.WITHDRAWN))
    return tuple(sorted(stones, key=lambda s: s.id))


def new_id(oldest: str, taken: "set[str]") -> str:
    """An id made from the oldest mention that no other event has or had."""
    number = 0
    while True:
        salt = f"\n{number}" if number else ""
        name = "ev-" + hashlib.sha256((oldest + salt).encode("utf-8", "surrogatepass")).hexdigest()[:12]
        if name not in taken:
            return name
        number += 1
