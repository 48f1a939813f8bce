"""Which statements of a story are worth comparing: those that share a word or an actor, and that could exclude each other.

A story of forty reports makes thousands of statements, millions of pairs; nearly all have nothing in common.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from crossread.linking.concepts import Touch, may_exclude
from crossread.linking.statements import Statement

_COMMON = 60
"""Stems that more statements than this share do not bring statements together."""


def comparable_pairs(statements: Sequence[Statement]) -> Iterator[tuple[Statement, Statement]]:
    """Pairs, in the order given, that share a stem or an actor and of which one may negate or oppose the other."""
    holders = _holders(statements)
    opposing = _opposing(statements)
    negative = frozenset(n for n, s in enumerate(statements) if s.is_negative)
    for number, statement in enumerate(statements):
        if statement.is_question:
            continue
        near: set[int] = set()
        for key in _keys(statement):
            near.update(holders.get(key, ()))
        others = opposing[number] & near
        others |= near - negative if number in negative else near & negative
        for other in sorted(others):
            if other > number and not statements[other].is_question and not _overlap(statement, statements[other]):
                yield statement, statements[other]


def _keys(statement: Statement) -> list[str]:
    return [*statement.matter, *(f"actor {a}" for a in {*statement.speakers, *statement.about})]


def _holders(statements: Sequence[Statement]) -> dict[str, list[int]]:
    """Numbers of the statements that hold a stem or an actor, of those that not too many hold."""
    holding: dict[str, list[int]] = defaultdict(list)
    for number, statement in enumerate(statements):
        for key in _keys(statement):
            holding[key].append(number)
    return {key: numbers for key, numbers in holding.items() if 1 < len(numbers) <= _COMMON}


def _opposing(statements: Sequence[Statement]) -> list[set[int]]:
    """For each statement the numbers of those that touch a concept which one of its own may exclude."""
    touching: dict[tuple[str, bool, bool], list[int]] = defaultdict(list)
    kinds: dict[tuple[str, bool, bool], Touch] = {}
    for number, statement in enumerate(statements):
        for touch in statement.touches:
            touching[_sort(touch)].append(number)
            kinds[_sort(touch)] = touch
    against = {sort: [o for o, other in kinds.items() if may_exclude(touch, other)] for sort, touch in kinds.items()}
    found: list[set[int]] = []
    for statement in statements:
        sorts = {o for touch in statement.touches for o in against[_sort(touch)]}
        found.append({n for sort in sorts for n in touching[sort]})
    return found


def _sort(touch: Touch) -> tuple[str, bool, bool]:
    return (touch.concept, touch.negated, touch.unreal)


def _overlap(one: Statement, other: Statement) -> bool:
    """Whether one statement is part of the other, or both are pieces of one attribution."""
    if one.sentence.document != other.sentence.document:
        return False
    if one.attribution is not None and one.attribution is other.attribution:
        return True
    return any(a.overlaps(b) for a in one.spans for b in other.spans)
