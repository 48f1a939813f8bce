"""Decisions: checked against what is shown, then added to the history."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from crossread.desk.desk import Desk
from crossread.desk.files import EDITABLE, Finding
from crossread.desk.review.joining import MERGEABLE, NAME_FIELDS
from crossread.desk.review.of_reading import ADDABLE, SPAN_PARTS
from crossread.desk.review.targets import MADE, MOST_EVIDENCE, Target
from crossread.desk.worker import now
from crossread.errors import RecordError
from crossread.records import (
    Attribution,
    Claim,
    CopyGroup,
    Corroboration,
    Dispute,
    Event,
    Figure,
    Mention,
    Reading,
    Span,
    StoryActor,
    StoryEvent,
    StoryFigure,
    StoryPlace,
    Thread,
    TimelineEntry,
)
from crossread.store.review import UNDO, LogLine

MOST_WORDS = 2000
"""Longest reason or text that a person may give, in characters."""
NUMBERS = frozenset({"low", "best", "high", "of", "lat", "lon", "precision_km"})
_TYPES: dict[str, type[Any]] = {
    "mention": Mention,
    "attribution": Attribution,
    "event": Event,
    "figure": Figure,
    "story-actor": StoryActor,
    "story-place": StoryPlace,
    "story-event": StoryEvent,
    "story-claim": Claim,
    "story-figure": StoryFigure,
    "story-corroboration": Corroboration,
    "story-dispute": Dispute,
    "story-thread": Thread,
    "story-entry": TimelineEntry,
    "story-copy": CopyGroup,
}


class CannotDecide(RecordError):
    """A decision that does not fit what is shown; the message says why and what would."""


class Reviewer:
    """One person's decisions on one desk.

    Args:
        desk: Where.
        person: The name that goes into the history.

    Raises:
        CannotDecide: If there is no name.
    """

    def __init__(self, desk: Desk, person: str) -> None:
        if not person.strip():
            raise CannotDecide("give your name first: every decision is kept with the name of who made it")
        self.desk = desk
        self.person = " ".join(person.split())[:80]

    # ------------------------------------------------------------ single findings

    def decide(self, finding: Finding, action: str, fields: Mapping[str, Any] | None = None, *, reason: str | None = None) -> int:
        """Accept, reject, edit or reset a finding; returns the number of the line in the history."""
        if action not in ("accept", "reject", "edit", "reset"):
            raise CannotDecide(f"there is no action {action!r}; there are accept, reject, edit and reset")
        details: dict[str, Any] = {}
        if action == "edit":
            details["fields"] = self._checked(finding.kind, fields or {}, finding.record)
        if finding.merged_into is not None and action != "reset":
            raise CannotDecide("this finding was merged into another: decide on that one, or undo the merge")
        return self._write(action, [finding], details, reason)

    def rename(self, finding: Finding, name: str, *, reason: str | None = None) -> int:
        """Give an actor, place, event or thread another name."""
        field = NAME_FIELDS.get(finding.kind)
        if field is None:
            raise CannotDecide(f"a {finding.kind} has no name to change; actors, places, events and threads have")
        return self._write("rename", [finding], {"fields": self._checked(finding.kind, {field: name}, finding.record)}, reason)

    def correct_span(self, finding: Finding, part: str, span: Span, *, reason: str | None = None) -> int:
        """Say which words a finding of a document really rests on."""
        parts = SPAN_PARTS.get(finding.kind, ())
        if part not in parts:
            raise CannotDecide(f"{part!r} is no span of a {finding.kind}; there are {', '.join(parts) or 'none'}")
        self._check_span(self._reading(finding.document), span)
        return self._write("span", [finding], {"part": part, "span": [span.start, span.end]}, reason)

    def add(
        self, document: str, kind: str, span: Span, fields: Mapping[str, Any] | None = None, *, reason: str | None = None
    ) -> tuple[str, int]:
        """Add what the machine missed; returns the new finding's key and the number of the line."""
        if kind not in ADDABLE:
            raise CannotDecide(f"a {kind!r} cannot be added; there are {', '.join(ADDABLE)}")
        reading = self._reading(document)
        self._check_span(reading, span)
        checked = self._checked(kind, fields or {}, None) if fields else {}
        key = MADE + uuid.uuid4().hex[:16]
        words = " ".join(span.of(reading.document.text).split())[:160]
        details = {"kind": kind, "document": document, "span": [span.start, span.end], "fields": checked, "words": words}
        return key, self._append("add", key, details, reason)

    # ------------------------------------------------------------ merging and splitting

    def merge(self, kept: Finding, others: Sequence[Finding], *, name: str | None = None, reason: str | None = None) -> int:
        """Say that several actors, places or events are one."""
        others = [o for o in {o.key: o for o in others}.values() if o.key != kept.key]
        for finding in (kept, *others):
            self._check_mergeable(finding)
            if finding.kind != kept.kind:
                raise CannotDecide(f"a {kept.kind} and a {finding.kind} cannot be one; merge findings of one kind")
        if not others:
            raise CannotDecide("name at least one other finding to merge")
        details: dict[str, Any] = {"others": [o.key for o in others]}
        if name and name.strip():
            details["fields"] = self._checked(kept.kind, {NAME_FIELDS[kept.kind]: name}, kept.record)
        return self._write("merge", [kept, *others], details, reason)

    def split(
        self, finding: Finding, part: Iterable[tuple[str, int, int]], *, name: str | None = None, reason: str | None = None
    ) -> tuple[str, int]:
        """Say that part of the evidence is about another; returns the new finding's key and the number of the line."""
        self._check_mergeable(finding)
        pieces = {(e.document, e.span.start, e.span.end) for e in finding.evidence}
        chosen = sorted(set(part))
        if unknown := [p for p in chosen if p not in pieces]:
            raise CannotDecide(
                f"{unknown[0][0]}:{unknown[0][1]}-{unknown[0][2]} is no evidence of this finding; choose from what is listed"
            )
        if not chosen or len(chosen) == len(pieces):
            raise CannotDecide("choose some of the evidence for the new one, and leave some with the old one")
        key = MADE + uuid.uuid4().hex[:16]
        details = {"part": [list(p) for p in chosen], "new": key, "name": _text(name) if name and name.strip() else None}
        return key, self._write("split", [finding], details, reason)

    # ------------------------------------------------------------ taking back

    def undo(self, seq: int | None = None, *, reason: str | None = None) -> LogLine:
        """Take back a line (that of another undo too), or this person's newest one that counts; returns the line taken back."""
        with self.desk.lock:
            history = self.desk.history_now()
            line = history.to_undo(self.person) if seq is None else history.line(seq)
            if line is None:
                raise CannotDecide("there is nothing to undo" if seq is None else f"the history has no line {seq}; reload the page")
            self._log(UNDO, "", {"words": ""}, reason, undoes=line.seq)
        return line

    # ------------------------------------------------------------ checks

    def _reading(self, document: str | None) -> Reading:
        decided = self.desk.decided(document) if document else None
        if decided is None:
            raise CannotDecide("this document has not been read; wait for the job in the inbox, or try it again there")
        return decided.reading

    def _check_span(self, reading: Reading, span: Span) -> None:
        length = len(reading.document.text)
        if not 0 <= span.start < span.end <= length:
            raise CannotDecide(
                f"{span.start} to {span.end} is no stretch of the text, which has {length} characters; select some words"
            )
        if not span.of(reading.document.text).strip():
            raise CannotDecide("only blanks were selected; select some words")

    def _check_mergeable(self, finding: Finding) -> None:
        if finding.kind not in MERGEABLE:
            raise CannotDecide(f"a {finding.kind} cannot be merged or split; actors, places and events can")
        if finding.item is None:
            why = "was merged already" if finding.merged_into else "is not shown any more"
            raise CannotDecide(f"“{finding.words}” {why}; reload the page")

    def _checked(self, kind: str, fields: Mapping[str, Any], record: Any) -> dict[str, Any]:
        """Fields of an edit, as the history keeps them."""
        allowed = EDITABLE.get(kind, ())
        if unknown := sorted(set(fields) - set(allowed)):
            raise CannotDecide(f"{unknown[0]!r} of a {kind} cannot be edited; fields are {', '.join(allowed)}")
        if not fields:
            raise CannotDecide(f"say what to change; fields are {', '.join(allowed)}")
        values = {name: _value(name, value) for name, value in fields.items()}
        plain = {n: v for n, v in values.items() if n not in ("start", "end", "speaker") and not (kind == "event" and n == "place")}
        for name in ("start", "end"):
            if values.get(name):
                _check_day(str(values[name]))
        base = msgspec.to_builtins(record) if record is not None else _EMPTY[kind]
        try:
            msgspec.convert(base | plain, _TYPES[kind])
        except (msgspec.ValidationError, RecordError) as err:
            raise CannotDecide(f"that does not fit: {err}") from err
        return values

    # ------------------------------------------------------------ writing

    def _write(self, action: str, findings: Sequence[Finding], details: Mapping[str, Any], reason: str | None) -> int:
        first = findings[0]
        targets = {
            f.key: Target(
                kind=f.kind, type=f.proposed_type, words=f.words, evidence=f.proposed_evidence[:MOST_EVIDENCE], document=f.document
            )
            for f in findings
        }
        scope: dict[str, Any] = {"targets": msgspec.to_builtins(targets)}
        if first.document is not None:
            scope["document"] = first.document
        else:
            scope["documents"] = sorted({e.document for f in findings for e in f.evidence})
        return self._append(action, first.key, {**scope, **details, "words": first.words}, reason)

    def _append(self, action: str, key: str, details: Mapping[str, Any], reason: str | None) -> int:
        with self.desk.lock:
            return self._log(action, key, details, reason)

    def _log(self, action: str, key: str, details: Mapping[str, Any], reason: str | None, *, undoes: int | None = None) -> int:
        words = _text(reason) if reason and reason.strip() else None
        return self.desk.log.append(
            at=now(), person=self.person, action=action, finding=key, details=details, reason=words, undoes=undoes
        )


_EMPTY: dict[str, dict[str, Any]] = {
    "attribution": {"id": "new"},
    "event": {"id": "new", "anchor": [[0, 1]], "sentence": [0, 1], "type": "NONE"},
    "figure": {"id": "new", "span": [0, 1]},
}


def _text(value: Any) -> str:
    words = str(value).strip()
    if len(words) > MOST_WORDS:
        raise CannotDecide(f"that is longer than {MOST_WORDS} characters; shorten it")
    return words


def _value(name: str, value: Any) -> Any:
    if isinstance(value, bool) or value is None:
        return value
    if name == "denied":
        return str(value).lower() in ("true", "on", "yes", "1")
    if name in NUMBERS:
        words = str(value).strip().replace(",", "")
        if not words:
            return None
        try:
            number = float(words)
        except ValueError:
            raise CannotDecide(f"{value!r} is no number; write {name} like 12 or 1200.5") from None
        if number != number or abs(number) > 1e15:
            raise CannotDecide(f"{value!r} is no number that a report could give")
        return number
    words = _text(value)
    return words or (None if name in ("label", "country", "unit", "place", "start", "end") else "")


def _check_day(day: str) -> None:
    from datetime import date

    try:
        date.fromisoformat(day)
    except ValueError:
        raise CannotDecide(f"{day!r} is no day; write it like 2023-05-16") from None
    if len(day) != 10:
        raise CannotDecide(f"{day!r} is no day; write it like 2023-05-16")
