"""What a decision was about, as kept in the history, and how it is found again after a document was read or linked anew."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from crossread.desk.review.items import Item
from crossread.records import Evidence, Record
from crossread.store.review import LogLine

ENOUGH = 0.5
"""Share of a target's evidence that a finding must still touch to be taken for it."""
MOST_EVIDENCE = 400
"""Most pieces of evidence that a target keeps."""
MADE = "made-"
"""How keys of findings begin that people made, by adding or splitting; they are there as long as the line that made them counts."""
BOUND_TO_TYPE = frozenset({"accept", "reject"})
"""Decisions on what exactly the machine said: a finding of another type at the same place is not what was decided on."""


class Target(Record, frozen=True, kw_only=True):
    """A finding as it was when somebody decided on it."""

    kind: str
    type: str
    words: str
    evidence: tuple[Evidence, ...]
    document: str | None = None


def target_of(item: Item) -> Target:
    """What the history keeps of a finding."""
    return Target(kind=item.kind, type=item.type, words=item.words, evidence=item.evidence[:MOST_EVIDENCE], document=item.document)


def targets_in(line: LogLine) -> dict[str, Target]:
    """Findings of the machine that a line is about, by key; a damaged entry is left out."""
    found: dict[str, Target] = {}
    for key, value in dict(line.details.get("targets") or {}).items():
        if key.startswith(MADE):
            continue
        try:
            found[key] = msgspec.convert(value, Target)
        except msgspec.ValidationError:
            continue
    return found


class Wanted:
    """Findings that lines are about, and whether their type must be the same still."""

    def __init__(self, lines: Iterable[LogLine]) -> None:
        self.targets: dict[str, Target] = {}
        self.actions: dict[str, set[str]] = {}
        for line in lines:
            for key, target in targets_in(line).items():
                self.targets.setdefault(key, target)
                self.actions.setdefault(key, set()).add(line.action)

    def aliases(self, items: Sequence[Item]) -> dict[str, str]:
        """Key in the history -> key of the finding that it means now; keys that no finding answers to are left out."""
        here = {item.key for item in items}
        exact = {key: key for key in self.targets if key in here}
        missing = {key: target for key, target in self.targets.items() if key not in here}
        if not missing:
            return exact
        taken = set(exact)
        places = _by_place(items)
        for key in sorted(missing):
            best = self._closest(key, missing[key], places)
            if best is not None and best not in taken:
                exact[key] = best
                taken.add(best)
        return exact

    def _closest(self, key: str, target: Target, places: Mapping[tuple[str, str], list[tuple[int, int, Item]]]) -> str | None:
        met: dict[str, int] = {}
        types: dict[str, str] = {}
        for piece in target.evidence:
            touched = {
                item.key: item.type
                for start, end, item in places.get((target.kind, piece.document), ())
                if start < piece.span.end and piece.span.start < end
            }
            types |= touched
            for other in touched:
                met[other] = met.get(other, 0) + 1
        if self.actions[key] <= BOUND_TO_TYPE:
            met = {other: n for other, n in met.items() if types[other] == target.type}
        ranked = sorted(met.items(), key=lambda pair: (-pair[1], types[pair[0]] != target.type, pair[0]))
        return ranked[0][0] if ranked and ranked[0][1] >= ENOUGH * len(target.evidence) else None


def _by_place(items: Sequence[Item]) -> dict[tuple[str, str], list[tuple[int, int, Item]]]:
    places: dict[tuple[str, str], list[tuple[int, int, Item]]] = {}
    for item in items:
        for piece in item.evidence:
            places.setdefault((item.kind, piece.document), []).append((piece.span.start, piece.span.end, item))
    return places
