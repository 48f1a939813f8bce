"""How many independent origins stand behind evidence, given what the documents of a story have in common."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from itertools import accumulate

from crossread.records import CopyGroup, Evidence, Passage, Span
from crossread.vocabulary import CopyKind


class Joining:
    """Names that fall into groups (union-find); the smallest name stands for its group, so the order of joins does not matter."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._parent = {name: name for name in names}

    def find(self, name: str) -> str:
        """The name that stands for the group of ``name``."""
        parent = self._parent
        root = parent.setdefault(name, name)
        while parent[root] != root:
            root = parent[root]
        while parent[name] != root:
            parent[name], name = root, parent[name]
        return root

    def join(self, a: str, b: str) -> None:
        """Put two names into one group."""
        a, b = self.find(a), self.find(b)
        if a != b:
            self._parent[max(a, b)] = min(a, b)

    def groups(self) -> dict[str, list[str]]:
        """Groups by the name that stands for them, both sorted."""
        found: dict[str, list[str]] = {}
        for name in sorted(self._parent):
            found.setdefault(self.find(name), []).append(name)
        return found


class Origins:
    """Counts origins: documents that are copies of one another, and shared passages, are one origin.

    A document counts as resting on a shared passage when everything cited of it lies inside passages of one group.
    """

    def __init__(self, copies: Iterable[CopyGroup]) -> None:
        groups = tuple(copies)
        self._whole = [(p.a, p.b) for g in groups for p in g.pairs if p.kind is CopyKind.COPY]
        for group in groups:
            if group.kind is CopyKind.COPY and not group.pairs:
                self._whole += [(group.documents[0], other) for other in group.documents[1:]]
        self._passages = [_by_document(group) for group in groups]
        self._groups_of: dict[str, list[int]] = {}
        for number, passages in enumerate(self._passages):
            for name in passages:
                self._groups_of.setdefault(name, []).append(number)
        self._holding: dict[tuple[str, Span], frozenset[int]] = {}

    def count(self, evidence: Iterable[Evidence]) -> int:
        """Number of origins of the documents that the evidence cites; 0 for no evidence."""
        return len(set(self.of(evidence).values()))

    def of(self, evidence: Iterable[Evidence]) -> dict[str, str]:
        """``document id -> the document that stands for its origin`` for the documents cited."""
        cited: dict[str, list[Span]] = {}
        for piece in evidence:
            cited.setdefault(piece.document, []).append(piece.span)
        joining = Joining(cited)
        for a, b in self._whole:
            if a in cited and b in cited:
                joining.join(a, b)
        resting: dict[int, str] = {}
        for name, spans in cited.items():
            if name in self._groups_of:
                for number in frozenset.intersection(*(self._held_by(name, span) for span in spans)):
                    joining.join(resting.setdefault(number, name), name)
        return {name: joining.find(name) for name in cited}

    def _held_by(self, name: str, span: Span) -> frozenset[int]:
        """Numbers of the groups of which a passage of the document holds the span."""
        known = self._holding.get((name, span))
        if known is None:
            groups = (n for n in self._groups_of[name] if self._passages[n][name].holds(span))
            known = self._holding[name, span] = frozenset(groups)
        return known


class _Passages:
    """Passages of one document, ready to be asked whether one of them holds a span."""

    def __init__(self, spans: Iterable[Span]) -> None:
        ordered = sorted(spans)
        self._starts = [s.start for s in ordered]
        self._reach = list(accumulate((s.end for s in ordered), max))

    def holds(self, span: Span) -> bool:
        """Whether a passage that begins no later ends no earlier."""
        at = bisect_right(self._starts, span.start)
        return at > 0 and self._reach[at - 1] >= span.end


def _by_document(group: CopyGroup) -> Mapping[str, _Passages]:
    found: dict[str, list[Span]] = {}
    pieces: tuple[Passage | Evidence, ...] = (*group.passages, *group.evidence)
    for piece in pieces:
        found.setdefault(piece.document, []).append(piece.span)
    return {name: _Passages(spans) for name, spans in found.items()}
