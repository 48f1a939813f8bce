"""Which statements of a story are worth comparing: those that share a word or an actor, and that could exclude each other.

A story of forty reports makes thousands of statements, millions of pairs; nearly all have nothing in common.
"""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import TypeVar

from crossread.linking.statements import Statement

K = TypeVar("K", bound=Hashable)

_COMMON = 60
"""Stems that more statements than this share do not bring statements together."""


def comparable_pairs(statements: Sequence[Statement]) -> Iterator[tuple[Statement, Statement]]:
    """Pairs, in the order given, that share a stem or an actor and of which one may negate or oppose the other.

    Sets of statements are numbers here, of which each bit stands for a statement.
    """
    asking = sum(1 << n for n, s in enumerate(statements) if s.is_question)
    negative = sum(1 << n for n, s in enumerate(statements) if s.is_negative)
    keys = [_keys(s) for s in statements]
    holders = {key: bits for key, bits in _holders(keys).items() if bits.bit_count() <= _COMMON}
    touching = _holders([s.sorts for s in statements])
    for number, statement in enumerate(statements):
        if asking >> number & 1:
            continue
        near, against = 0, ~negative if statement.is_negative else negative
        for key in keys[number]:
            near |= holders.get(key, 0)
        for sort in statement.excluded:
            against |= touching.get(sort, 0)
        for other in _after(number, near & against & ~asking):
            if not _overlap(statement, statements[other]):
                yield statement, statements[other]


def _keys(statement: Statement) -> list[str]:
    return [*statement.matter, *(f"actor {a}" for a in {*statement.speakers, *statement.about})]


def _holders(keys: Sequence[Iterable[K]]) -> dict[K, int]:
    """The statements that hold each key."""
    holders: dict[K, int] = {}
    for number, own in enumerate(keys):
        bit = 1 << number
        for key in own:
            holders[key] = holders.get(key, 0) | bit
    return holders


def _after(number: int, statements: int) -> Iterator[int]:
    """Numbers of the statements of a set that come after one."""
    left, at = statements >> number + 1, number
    while left:
        step = (left & -left).bit_length()
        at += step
        yield at
        left >>= step


def _overlap(one: Statement, other: Statement) -> bool:
    """Whether one statement is part of the other, or both are pieces of one attribution."""
    if one.sentence.document != other.sentence.document:
        return False
    if one.attribution is not None and one.attribution is other.attribution:
        return True
    return any(a.overlaps(b) for a in one.spans for b in other.spans)
