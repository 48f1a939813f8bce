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
    touched, against = _masks(statements)
    for number, statement in enumerate(statements):
        if statement.is_question:
            continue
        near: set[int] = set()
        for key in _keys(statement):
            near.update(holders.get(key, ()))
        mask, is_negative = against[number], statement.is_negative
        for other in sorted([n for n in near if n > number and (mask & touched[n] or statements[n].is_negative != is_negative)]):
            if not statements[other].is_question and not _overlap(statement, statements[other]):
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


def _masks(statements: Sequence[Statement]) -> tuple[list[int], list[int]]:
    """For each statement, as bits, the sorts of concepts that it touches, and those which one of its own may exclude."""
    kinds: dict[tuple[str, bool, bool], Touch] = {}
    for statement in statements:
        kinds.update((_sort(touch), touch) for touch in statement.touches)
    bits = {sort: 1 << n for n, sort in enumerate(sorted(kinds))}
    excluded = {sort: sum(bits[o] for o in bits if may_exclude(kinds[sort], kinds[o])) for sort in bits}
    touched, against = [], []
    for statement in statements:
        sorts = {_sort(touch) for touch in statement.touches}
        touched.append(sum(bits[s] for s in sorts))
        mask = 0
        for sort in sorts:
            mask |= excluded[sort]
        against.append(mask)
    return touched, against


def _sort(touch: Touch) -> tuple[str, bool, bool]:
    return (touch.concept, touch.negated, touch.unreal)


def _overlap(one: Statement, other: Statement) -> bool:
    """Whether one statement is part of the other, or both are pieces of one attribution."""
    if one.sentence.document != other.sentence.document:
        return False
    if one.attribution is not None and one.attribution is other.attribution:
        return True
    return any(a.overlaps(b) for a in one.spans for b in other.spans)
