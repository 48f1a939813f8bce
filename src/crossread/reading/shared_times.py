"""Times that a report gives to one telling of a happening and not to the others.

A headline and a lead tell one act under several words ("suspends trip ... has postponed the visit"), a clause is about what another one
dates ("two weeks of shelling that have killed dozens", "told him during Thursday's meeting"), what was called off lay on the day that
was planned, and the veto that is expected falls on the day of the vote.  Times taken over have basis ``context``.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

import msgspec

from crossread.codebook.happenings import OUTCOMES
from crossread.codebook.plover import word_list
from crossread.reading.tree import Tree
from crossread.records import Event, Mention, Party, When
from crossread.vocabulary import Basis, EventType, Status

if TYPE_CHECKING:
    from crossread.reading.events import Draft

_AHEAD = frozenset({Status.PLANNED, Status.PROPOSED, Status.CALLED_OFF})
_BY_WORDS = frozenset(
    {EventType.ACCUSE, EventType.AGREE, EventType.CONCEDE, EventType.REQUEST, EventType.SUPPORT, EventType.THREATEN}
)
_WORDS = frozenset({"reject", "deny", "claim", "criticize", "concern", "consider"})
_LONGEST, _FEW, _MOST_NOUNS, _MOST_TOLD = 31, 3, 4, 60
"""Days of a time that is shared, at most, and of one that a word gives; nouns above a clause, and tellings of a kind, that are looked at."""
_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_ANOTHER = frozenset({"more", "further", "another", "other", "future", "possible", "fresh", "new"})
_AT = frozenset({"during", "at", "in"})


@dataclass(frozen=True)
class _Report:
    """The tellings of one report: words, drafts, and the events that they have become, one each."""

    tree: Tree
    drafts: Sequence["Draft"]
    events: Sequence[Event]
    written: str | None
    """The first day on which it may have been written."""
    named: frozenset[str]

    @cached_property
    def by_head(self) -> dict[int, int]:
        """The telling of which a word is the head."""
        return {d.predicate.head: n for n, d in enumerate(self.drafts)}

    @cached_property
    def by_act(self) -> dict[tuple[EventType, str], list[int]]:
        """The first tellings of each kind of act that have a time, and are more than words."""
        kinds = (
            (n, (e.type, e.label))
            for n, e in enumerate(self.events)
            if e.label is not None and e.when is not None and not _is_speech(self, n)
        )
        return _first_of_each(kinds)

    @cached_property
    def by_word(self) -> dict[str, list[int]]:
        """The first tellings by each word that give it a day or two of its own."""
        told = (n for n, e in enumerate(self.events) if e.when is not None and e.when.basis is not Basis.PUBLICATION)
        words = ((n, self.tree.lemmas[self.drafts[n].predicate.head]) for n in told if _length(self.events[n].when) <= _FEW)
        return _first_of_each(words)

    @cached_property
    def planned(self) -> dict[str, list[int]]:
        """What is planned, by its label."""
        return _first_of_each((n, e.label) for n, e in enumerate(self.events) if e.status is Status.PLANNED and e.label is not None)


Kind = TypeVar("Kind")


def _first_of_each(numbered: Iterable[tuple[int, Kind]]) -> dict[Kind, list[int]]:
    """Numbers by their kind, of each kind as many as are looked at."""
    found: dict[Kind, list[int]] = {}
    for n, kind in numbered:
        of_kind = found.setdefault(kind, [])
        if len(of_kind) < _MOST_TOLD:
            of_kind.append(n)
    return found


def with_shared_times(
    tree: Tree, drafts: Sequence["Draft"], events: Sequence[Event], published: When | None, named: frozenset[str]
) -> tuple[Event, ...]:
    """Events, those without a time of their own with the one that another telling of the same report gives them.

    Args:
        tree: The words of the report.
        drafts: What the events were made of, one each.
        events: The events of the report.
        published: When it was written, where that is known.
        named: Ids of the entities that have a name (`named_entities`).
    """
    events = [_without_bound(event) for event in events]
    for givers in (_same_act, _same_happening, _around, _vote):
        report = _Report(tree, drafts, events, published.start if published is not None else None, named)
        shared = [_shared(report, n, givers) for n in range(len(events))]
        events = [e if when is None else msgspec.structs.replace(e, when=when) for e, when in zip(events, shared, strict=True)]
    return tuple(events)


def _shared(report: _Report, number: int, givers: Callable[[_Report, int], list[int]]) -> When | None:
    """The time that others give a telling: where it has none, or only that of the report and a noun names it as known."""
    when = report.events[number].when
    if _is_open(when):
        return _one_of(report.events, givers(report, number))
    if when is None or when.basis is not Basis.PUBLICATION or givers is not _same_happening:
        return None
    told = _one_of(report.events, givers(report, number))
    return told if told is not None and told.basis is not Basis.PUBLICATION else None


def named_entities(tree: Tree, mentions: Iterable[Mention]) -> frozenset[str]:
    """Entities of which a mention holds a word that is a name: of "the police" there are many."""
    named = set()
    for mention in mentions:
        first, last = bisect_left(tree.starts, mention.span.start), bisect_left(tree.starts, mention.span.end)
        if mention.entity is not None and any(tree.tags[i].startswith("NNP") for i in range(first, last)):
            named.add(mention.entity)
    return frozenset(named)


def _without_bound(event: Event) -> Event:
    """What was called off has not happened by the day of the report."""
    when = event.when
    if event.status is Status.CALLED_OFF and when is not None and when.basis is Basis.PUBLICATION:
        return msgspec.structs.replace(event, when=None)
    return event


def _is_open(when: When | None) -> bool:
    return when is None or (when.start is None and when.text is None)


def _one_of(events: Sequence[Event], givers: Iterable[int]) -> When | None:
    """The one time of the givers; those that words tell go before those of the day of the report."""
    whens = [w for n in givers if (w := events[n].when) is not None and w.start is not None and w.end is not None]
    told = [w for w in whens if w.basis is not Basis.PUBLICATION] or whens
    if not told or len({(w.start, w.end) for w in told}) > 1:
        return None
    return told[0] if told[0].basis is Basis.PUBLICATION else msgspec.structs.replace(told[0], basis=Basis.CONTEXT)


# ---------------------------------------------------------------- by the clause


def _around(report: _Report, number: int) -> list[int]:
    """The happening of which a relative clause tells more, or during which something was done."""
    tree, predicate = report.tree, report.drafts[number].predicate
    verb = predicate.head
    if predicate.kind == "n" or not tree.is_verb(verb):
        return []
    at = [k for k in tree.kids[verb] if tree.deps[k] == "obl" and _AT & {tree.lower[c] for c in tree.kids[k]}]
    during = [report.by_head[k] for k in at if k in report.by_head]
    if during:
        return during[:1]
    top = tree.heads[verb] if tree.deps[verb] == "conj" else verb
    subject = tree.child(top, "nsubj")
    if tree.deps[top] != "acl:relcl" or subject is None or tree.lower[subject] not in ("which", "that") or not _is_past(tree, verb):
        return []
    noun = tree.heads[top]
    for _ in range(_MOST_NOUNS):  # "shelling of the port, which has killed dozens"
        if noun in report.by_head or tree.deps[noun] != "nmod":
            break
        noun = tree.heads[noun]
    return [report.by_head[noun]] if noun in report.by_head else []


def _is_past(tree: Tree, verb: int) -> bool:
    helpers = {tree.lower[k] for k in tree.kids[verb]}
    return tree.tags[verb] in ("VBD", "VBN") and not helpers & {"will", "would", "could", "may", "might", "had"}


# ---------------------------------------------------------------- by the act


def _same_act(report: _Report, number: int) -> list[int]:
    """Other tellings of an act: of its kind, by the same actor, to the same recipients or to none that are named."""
    event = report.events[number]
    if event.label is None or event.status is Status.ONGOING or _is_speech(report, number):
        return []
    actors, recipients = _entities(event.actors) & report.named, _entities(event.recipients)
    return [
        n
        for n in (report.by_act.get((event.type, event.label), ()) if actors else ())
        if n != number
        and actors & _entities(report.events[n].actors)
        and _meet(recipients, _entities(report.events[n].recipients))
        and _is_alike(event, report.events[n], report.written)
        and _is_near(report, number, n)
    ]


def _same_happening(report: _Report, number: int) -> list[int]:
    """Other tellings of what a noun names as known ("the bombing", after "Friday's bombing of a school"): by its word, at no other place."""
    event, predicate, tree = report.events[number], report.drafts[number].predicate, report.tree
    before = {tree.lower[k] for k in tree.kids[predicate.head]}
    known = _DEFINITE & before or (event.sentence.start == 0 and not _ANOTHER & before)
    if predicate.kind != "n" or event.type in _BY_WORDS or not known:
        return []
    forms = (tree.tags[predicate.head], "VBD", "VBN")
    found = [
        n
        for n in report.by_word.get(tree.lemmas[predicate.head], ())
        if n != number
        and tree.tags[report.drafts[n].predicate.head] in forms
        and _is_alike(event, report.events[n], report.written)
        and _is_near(report, number, n)
    ]
    return found if all(_is_at_one_place(event, report.events[n]) for n in found) else []


def _is_at_one_place(event: Event, other: Event) -> bool:
    ours, theirs = (e.place.name if e.place is not None else None for e in (event, other))
    return ours is None or theirs is None or ours == theirs


def _is_near(report: _Report, number: int, other: int) -> bool:
    """Whether a time is that of one act: not of months, and by the day of the report only among verbs ("suspends", "has postponed")."""
    when = report.events[other].when
    if when is None or when.start is None or when.end is None:
        return False
    if when.basis is Basis.PUBLICATION and "n" in (report.drafts[number].predicate.kind, report.drafts[other].predicate.kind):
        return False
    return _length(when) <= _LONGEST


def _length(when: When | None) -> int:
    """Days from the first to the last; more than any where an end is open."""
    if when is None or when.start is None or when.end is None:
        return 2 * _LONGEST
    return (date.fromisoformat(when.end) - date.fromisoformat(when.start)).days


def _is_speech(report: _Report, number: int) -> bool:
    """Whether an act is done by saying something: the next saying is another one."""
    predicate, event = report.drafts[number].predicate, report.events[number]
    by_words = event.type in _BY_WORDS or event.label in _WORDS
    return by_words or predicate.kind == "s" or report.tree.lemmas[predicate.head] in word_list("saying")


def _is_alike(event: Event, other: Event, written: str | None) -> bool:
    """Whether both have happened, or both were to come and the other has a day to come."""
    if event.status in _AHEAD:
        when = other.when
        return (
            other.status in _AHEAD and when is not None and when.start is not None and written is not None and when.start > written
        )
    return event.status is other.status


def _entities(parties: Iterable[Party]) -> frozenset[str]:
    return frozenset(p.entity for p in parties if p.entity is not None)


def _meet(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    return not ours or not theirs or bool(ours & theirs)


def _vote(report: _Report, number: int) -> list[int]:
    """The expected vote of which something is the expected outcome."""
    event = report.events[number]
    if event.status not in (Status.PLANNED, Status.PROPOSED):
        return []
    return [n for label, outcomes in OUTCOMES.items() if event.label in outcomes for n in report.planned.get(label, ())]
