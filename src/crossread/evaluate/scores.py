"""What people decided, counted against what the machine finds now.

Only findings that a person decided on are counted: those that nobody looked at say nothing.  The store may have been read again
since with another model; then the same decisions score the new readings.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from math import sqrt
from pathlib import Path
from typing import Any

from crossread.desk.cases import story_file
from crossread.desk.files import Finding, FindingState
from crossread.desk.history import History
from crossread.desk.review.agreement import agreements
from crossread.desk.review.items import Item, reading_items, story_items
from crossread.desk.review.of_reading import decide_reading
from crossread.desk.review.of_story import base_of
from crossread.records import Record
from crossread.store import Store, open_store
from crossread.store.review import ReviewLog

Z = 1.959964
"""Of the 95 % interval."""


class Confusion(Record, frozen=True, kw_only=True):
    """How often a field was corrected from one value to another."""

    field: str
    proposed: str
    decided: str
    count: int


class LayerScore(Record, frozen=True, kw_only=True):
    """One kind of finding.

    ``right``: accepted, or corrected to what the machine says now.  ``corrected``: found, but with something wrong.  ``wrong``:
    rejected and still proposed.  ``missed``: added by hand, or accepted once, and not proposed now.  ``mended``: rejected once
    and not proposed any more (not counted further).

    ``precision`` is right / (right + corrected + wrong); ``precision_lenient`` counts corrected as right; ``recall`` is (right +
    corrected) / (right + corrected + missed): the share of what people know to be there that is found, which is too high where
    documents were not searched for what is missing.  Intervals are Wilson's, 95 %.  ``None`` where nothing was decided.
    """

    layer: str
    decided: int
    right: int
    corrected: int
    wrong: int
    missed: int
    mended: int
    precision: float | None
    precision_interval: tuple[float, float] | None
    precision_lenient: float | None
    recall: float | None
    recall_interval: tuple[float, float] | None
    types: dict[str, tuple[int, int, int]]
    """By the type that the machine gives: right, corrected, wrong."""
    confusions: tuple[Confusion, ...]


class PairAgreement(Record, frozen=True, kw_only=True):
    """Two people who decided on the same findings."""

    first: str
    second: str
    n_both: int
    n_agreed: int
    kappa: float | None


class StoreScores(Record, frozen=True, kw_only=True):
    """Scores of all layers with anything decided, of documents first, then of stories."""

    people: tuple[str, ...]
    lines: int
    documents: int
    layers: tuple[LayerScore, ...]
    agreement: tuple[PairAgreement, ...]


class _Tally:
    """Counts of one layer while decisions are gone through."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.types: dict[str, Counter[str]] = {}
        self.confusions: Counter[tuple[str, str, str]] = Counter()

    def add(self, word: str, type_: str | None = None) -> None:
        self.counts[word] += 1
        if type_ is not None and word in ("right", "corrected", "wrong"):
            self.types.setdefault(type_, Counter())[word] += 1

    def score(self, layer: str) -> LayerScore:
        right, corrected, wrong, missed, mended = (self.counts[w] for w in ("right", "corrected", "wrong", "missed", "mended"))
        found = right + corrected
        known = tuple(
            Confusion(field=f, proposed=a, decided=b, count=n)
            for (f, a, b), n in sorted(self.confusions.items(), key=lambda p: (-p[1], p[0]))
        )
        return LayerScore(
            layer=layer,
            decided=right + corrected + wrong + missed + mended,
            right=right,
            corrected=corrected,
            wrong=wrong,
            missed=missed,
            mended=mended,
            precision=_share(right, found + wrong),
            precision_interval=wilson(right, found + wrong),
            precision_lenient=_share(found, found + wrong),
            recall=_share(found, found + missed),
            recall_interval=wilson(found, found + missed),
            types={t: (c["right"], c["corrected"], c["wrong"]) for t, c in sorted(self.types.items())},
            confusions=known,
        )


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def wilson(part: int, whole: int) -> tuple[float, float] | None:
    """Wilson's 95 % interval of a share; ``None`` of nothing."""
    if not whole:
        return None
    p, n = part / whole, whole
    middle, width = p + Z * Z / (2 * n), Z * sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
    return max(0.0, (middle - width) / (1 + Z * Z / n)), min(1.0, (middle + width) / (1 + Z * Z / n))


def evaluate_store(path: str | Path) -> StoreScores:
    """Score what a store's readings and stories hold against what people decided there.

    Raises:
        StoreError: If the store cannot be opened.
    """
    with open_store(path) as store:
        history = History(ReviewLog(store).lines())
        tallies: dict[str, _Tally] = {}
        documents = sorted({str(line.details["document"]) for line in history.counting if line.details.get("document") is not None})
        for name in documents:
            _document(store, name, history, tallies)
        for story in store.stories():
            _story(store, story, history, tallies)
    order = ("mention", "attribution", "event", "figure")
    ranked = sorted(tallies, key=lambda k: (order.index(k) if k in order else len(order), k))
    return StoreScores(
        people=tuple(sorted({line.person for line in history.counting})),
        lines=len(history.lines),
        documents=len(documents),
        layers=tuple(tallies[k].score(k) for k in ranked),
        agreement=tuple(
            PairAgreement(first=a.first, second=a.second, n_both=a.n_both, n_agreed=a.n_agreed, kappa=a.kappa)
            for a in agreements(history.counting)
        ),
    )


def _document(store: Store, name: str, history: History, tallies: dict[str, _Tally]) -> None:
    reading = store.reading(name)
    if reading is None:
        return
    items = {i.key: i for i in reading_items(reading)}
    decided = decide_reading(reading, history.of_document(name))
    _count([*decided.findings.values(), *decided.lost], items, tallies)


def _story(store: Store, story: Any, history: History, tallies: dict[str, _Tally]) -> None:
    names = [*story.documents, *(o.document for o in story.outside)]
    lines = history.of_story(names)
    if not lines:
        return
    readings = {r.document.id: r for r in store.readings(names)}
    file = story_file(base_of(story, readings), readings, lines, history.of_document)
    lost = (f for f in file.lost if f.document is None)
    _count([*(f for f in file.findings.values() if f.by), *lost], {i.key: i for i in story_items(story)}, tallies)


def _count(findings: Iterable[Finding], items: Mapping[str, Item], tallies: dict[str, _Tally]) -> None:
    for finding in findings:
        if finding.state is FindingState.PROPOSED:
            continue
        tally = tallies.setdefault(finding.kind, _Tally())
        item = items.get(finding.key)
        if finding.lost:
            tally.add("mended" if finding.state is FindingState.REJECTED else "missed")
        elif finding.state is FindingState.ADDED:
            tally.add("right" if _found_now(finding, items.values()) else "missed")
        elif item is None or finding.state is FindingState.REJECTED:
            if item is not None:
                tally.add("wrong", item.type)
        elif finding.state is FindingState.ACCEPTED or finding.record == item.record:
            tally.add("right", item.type)
        else:
            tally.add("corrected", item.type)
            tally.confusions.update(_differences(item.record, finding.record))


def _found_now(added: Finding, items: Iterable[Item]) -> bool:
    """Whether the machine proposes by now what a person once had to add."""
    return any(
        item.kind == added.kind
        and item.type == added.type
        and any(a.document == b.document and a.span.overlaps(b.span) for a in item.evidence for b in added.evidence)
        for item in items
    )


_SHOWN = (
    "type",
    "stance",
    "kind",
    "status",
    "bound",
    "denied",
    "low",
    "best",
    "high",
    "unit",
    "label",
    "name",
    "compatible",
    "independent",
)


def _differences(proposed: Any, decided: Any) -> Iterable[tuple[str, str, str]]:
    for field in _SHOWN:
        before, after = getattr(proposed, field, None), getattr(decided, field, None)
        if before != after:
            yield field, str(getattr(before, "value", before)), str(getattr(after, "value", after))
