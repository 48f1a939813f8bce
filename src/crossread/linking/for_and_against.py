"""For and against one thing: the voices that welcome or defend a law, a visit or a plan, and those that condemn it."""

from collections.abc import Iterator, Sequence

from crossread.linking.attitudes import Attitude, attitudes
from crossread.linking.camps import camps_of
from crossread.linking.sentences import StoryView
from crossread.linking.sides import dispute_of, plain, position_of, shorten, side_of
from crossread.linking.statements import Statement, statements_of_view
from crossread.linking.stems import fold
from crossread.records import Dispute
from crossread.vocabulary import Compatible, DisputeKind, Stance

_MOST, _VOICES = 4, 8
"""Such differences shown of one story; statements shown on one side of one."""


def for_and_against(view: StoryView) -> Iterator[Dispute]:
    """One dispute for each thing that some voices are for and others against, those on which most have their say first."""
    found = list(attitudes(view))
    split = [(group, *_sides(group)) for group in _by_thing(view, [*found, *_accusers(view, found)])]
    contested = [(group, ours, theirs) for group, ours, theirs in split if ours and theirs]
    for group, ours, theirs in sorted(contested, key=lambda c: (-len(c[1]) - len(c[2]), c[1][0].statement.key))[:_MOST]:
        sides = [side_of(view.case, [a.statement for a in side], position=_position(side)) for side in (ours, theirs)]
        topic = f"For and against: {_name(group)}"
        yield dispute_of(
            DisputeKind.CLAIM_VS_COUNTERCLAIM, topic, sides, Compatible.UNCLEAR, "some voices are for what others are against"
        )


_TAKEN = frozenset(("position", "decision"))
"""Classes of things that somebody takes: who accuses him or her of them is against them."""


def _accusers(view: StoryView, found: Sequence[Attitude]) -> Iterator[Attitude]:
    """Those who accuse, or are sorry about, somebody whose position or decision others welcome."""
    welcomed = [a for a in found if a.is_for and a.thing.sorts & _TAKEN and a.thing.owners]
    known = {a.statement for a in found}
    for statement in statements_of_view(view) if welcomed else ():
        if statement.stance not in (Stance.ACCUSE, Stance.LAMENT) or not statement.speakers or statement in known:
            continue
        about = camps_of(view, statement.about)
        home = next((a for a in welcomed if about & camps_of(view, sorted(a.thing.owners)) and _is_near(a, statement)), None)
        if home is not None:
            yield Attitude(statement, home.thing, is_for=False)


_NEAR = 6
"""Sentences of one report within which a welcome and an accusation are likely to be of one thing."""


def _is_near(attitude: Attitude, statement: Statement) -> bool:
    one, other = attitude.statement.sentence, statement.sentence
    return one.document == other.document and abs(one.number - other.number) <= _NEAR


def _by_thing(view: StoryView, found: Sequence[Attitude]) -> list[list[Attitude]]:
    """Attitudes by the thing that they are about: one class of things, of one owner where several are told."""
    groups: list[list[Attitude]] = []
    for attitude in sorted(found, key=lambda a: (not a.thing.owners, -len(a.thing.words), a.statement.key)):
        home = next((g for g in groups if all(_is_one(view, attitude, other) for other in g)), None)
        if home is None:
            groups.append([attitude])
        else:
            home.append(attitude)
    return groups


def _is_one(view: StoryView, one: Attitude, other: Attitude) -> bool:
    """Whether two attitudes are about one thing: of one class, and nothing told of them sets them apart."""
    if one.thing.sorts.isdisjoint(other.thing.sorts):
        return False
    ours, theirs = _parties(view, one), _parties(view, other)
    if ours and theirs and ours.isdisjoint(theirs):
        return False
    if one.is_for != other.is_for and camps_of(view, one.statement.speakers) & camps_of(view, other.statement.speakers):
        return False  # nobody is for and against one thing
    words = one.thing.words & other.thing.words
    own = min(len(one.thing.words), len(other.thing.words))
    return bool(words) or own <= 1


def _parties(view: StoryView, attitude: Attitude) -> frozenset[str]:
    """Whose a thing is; those who speak of a meeting are parties to it."""
    owners = attitude.thing.owners
    speakers = attitude.statement.speakers if "meeting" in attitude.thing.sorts and owners else ()
    return camps_of(view, (*sorted(owners), *speakers))


def _sides(group: Sequence[Attitude]) -> tuple[list[Attitude], list[Attitude]]:
    """Those for and those against a thing."""
    ours, theirs = (_unique([a for a in group if a.is_for is side]) for side in (True, False))
    return ours[:_VOICES], theirs[:_VOICES]


def _unique(side: Sequence[Attitude]) -> list[Attitude]:
    """Attitudes in the order of their statements, one for each sentence and speaker."""
    found = {(a.statement.sentence, a.statement.speakers): a for a in sorted(side, key=lambda a: a.statement.key)}
    return list(found.values())


def _name(group: Sequence[Attitude]) -> str:
    """The fullest words for the thing, without "that" before them."""
    named = [_words(a.statement, a.thing.start, a.thing.end) for a in group if a.is_for or not a.thing.sorts & _TAKEN]
    chosen = max(named, key=lambda n: (min(len(n.split()), _FULLEST), -len(n)))
    return shorten(chosen, 90)


_FULLEST = 6
"""Words for a thing beyond which more tell no more."""


def _words(statement: Statement, start: int, end: int) -> str:
    words = plain(statement.sentence.text[start:end]).strip(" ,“”\"'‘")
    return words.removeprefix("that ").removeprefix("how ").removeprefix("for ")


_SHOWN = 2
"""Tellings of one side that are shown as its position."""


def _position(side: Sequence[Attitude]) -> str:
    """How the voices of one side put it: the shortest tellings, each in its own words."""
    told = {fold(words): words for words in (shorten(position_of(a.statement), _LONG) for a in side)}
    return shorten("; ".join(sorted(told.values(), key=lambda w: (w.endswith("…"), w.lower()))[:_SHOWN]))


_LONG = 110
"""Characters of one telling, where several are shown."""
