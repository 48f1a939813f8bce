"""The history as the state of each finding: a fold over the lines that count, in their order, that never fails.

A line about a finding that is not there (its document was read anew, the line that made it was taken back) has no effect, and
comes back into effect when the finding does.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from crossread.desk.files import FindingState
from crossread.desk.review.items import Item
from crossread.desk.review.targets import Target, Wanted
from crossread.store.review import LogLine


@dataclass(slots=True)
class Verdict:
    """What people decided about one finding: fields to change, spans to correct, and its state."""

    state: FindingState = FindingState.PROPOSED
    by: list[str] = field(default_factory=list)
    fields: dict[str, Any] = field(default_factory=dict)
    spans: dict[str, tuple[int, int]] = field(default_factory=dict)
    is_added: bool = False

    def resting(self) -> FindingState:
        """The state of a finding that nobody rejected."""
        if self.is_added:
            return FindingState.ADDED
        return FindingState.EDITED if self.fields or self.spans else FindingState.ACCEPTED


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A merge or a split: ``kind`` of findings, the finding kept, and the others or the new one with its part of the evidence."""

    action: str
    seq: int
    finding: str
    others: tuple[str, ...] = ()
    new: str | None = None
    part: frozenset[tuple[str, int, int]] = frozenset()
    name: str | None = None
    person: str = ""


@dataclass(slots=True)
class Folded:
    """The history of one document or one story, applied: verdicts by key, merges and splits in order, findings added, targets not
    found."""

    verdicts: dict[str, Verdict] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    added: list[LogLine] = field(default_factory=list)
    lost: dict[str, Target] = field(default_factory=dict)

    def verdict(self, key: str) -> Verdict:
        """The verdict on a finding, a fresh one where there is none."""
        return self.verdicts.setdefault(key, Verdict())


def fold(lines: Sequence[LogLine], items: Sequence[Item]) -> Folded:
    """Apply lines (those that count, in order) to findings.

    Args:
        lines: Lines about these findings, or about others of their kind that are not there now.
        items: The findings of one document or one story.
    """
    wanted = Wanted(lines)
    aliases = wanted.aliases(items)
    folded = Folded()
    made: set[str] = set()
    for line in lines:
        if line.action == "add":
            folded.added.append(line)
            made.add(line.finding)
            folded.verdicts[line.finding] = Verdict(state=FindingState.ADDED, by=[line.person], is_added=True)
            continue
        key = line.finding if line.finding in made else aliases.get(line.finding)
        if key is None:
            target = wanted.targets.get(line.finding)
            if target is not None:
                folded.lost[line.finding] = target
            key = line.finding
        _apply(folded, line, key, aliases, made)
    return folded


def _apply(folded: Folded, line: LogLine, key: str, aliases: Mapping[str, str], made: set[str]) -> None:
    verdict = folded.verdict(key)
    details = line.details
    match line.action:
        case "accept":
            verdict.state = verdict.resting()
        case "reject":
            verdict.state = FindingState.REJECTED
        case "reset":
            folded.verdicts[key] = Verdict(is_added=verdict.is_added)
            if verdict.is_added:
                folded.verdicts[key].state, folded.verdicts[key].by = FindingState.ADDED, verdict.by[:1]
            return
        case "edit" | "rename":
            verdict.fields |= dict(details.get("fields") or {})
            verdict.state = verdict.resting()
        case "span":
            start, end = details["span"]
            verdict.spans[str(details["part"])] = (int(start), int(end))
            verdict.state = verdict.resting()
        case "merge" | "split":
            change = _change(line, key, aliases, made)
            folded.changes.append(change)
            if change.new is not None:
                made.add(change.new)
                folded.verdicts[change.new] = Verdict(state=FindingState.ADDED, by=[line.person], is_added=True)
            for other in change.others:
                _mark(folded.verdict(other), line.person)
            verdict.fields |= dict(details.get("fields") or {})
            verdict.state = FindingState.ADDED if verdict.is_added else FindingState.EDITED
    _sign(verdict, line.person)


def _change(line: LogLine, key: str, aliases: Mapping[str, str], made: set[str]) -> Change:
    others = [str(o) for o in line.details.get("others") or ()]
    part = frozenset((str(d), int(s), int(e)) for d, s, e in line.details.get("part") or ())
    return Change(
        action=line.action,
        seq=line.seq,
        finding=key,
        others=tuple(o if o in made else aliases.get(o, o) for o in others),
        new=line.details.get("new"),
        part=part,
        name=line.details.get("name"),
        person=line.person,
    )


def _mark(verdict: Verdict, person: str) -> None:
    verdict.state = FindingState.ADDED if verdict.is_added else FindingState.EDITED
    _sign(verdict, person)


def _sign(verdict: Verdict, person: str) -> None:
    if person in verdict.by:
        verdict.by.remove(person)
    verdict.by.append(person)


def lines_of_document(lines: Iterable[LogLine], document: str) -> list[LogLine]:
    """Lines about findings of one document."""
    return [line for line in lines if line.details.get("document") == document]


def lines_of_story(lines: Iterable[LogLine], documents: Iterable[str]) -> list[LogLine]:
    """Lines about findings of stories that rest on any of these documents."""
    known = set(documents)
    return [line for line in lines if line.details.get("document") is None and known & set(line.details.get("documents") or ())]
