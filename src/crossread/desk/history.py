"""The history in memory: its lines, which of them count, and which are about what."""

from collections.abc import Iterable, Sequence

from crossread.desk.files import Decision
from crossread.desk.review.targets import targets_in
from crossread.store.review import LogLine, effective


class History:
    """All lines of the history, looked up by document and by finding."""

    def __init__(self, lines: Sequence[LogLine]) -> None:
        self.lines = tuple(lines)
        self.counting = tuple(effective(self.lines))
        self.last = self.lines[-1].seq if self.lines else 0
        counted = {line.seq for line in self.counting}
        self.undone = frozenset(line.seq for line in self.lines if line.undoes is None and line.seq not in counted)
        self._by_document: dict[str, list[LogLine]] = {}
        self._by_story_document: dict[str, list[LogLine]] = {}
        for line in self.counting:
            document = line.details.get("document")
            if document is not None:
                self._by_document.setdefault(str(document), []).append(line)
                continue
            for name in line.details.get("documents") or ():
                self._by_story_document.setdefault(str(name), []).append(line)

    def of_document(self, document: str) -> list[LogLine]:
        """Lines that count, about findings of one document."""
        return self._by_document.get(document, [])

    def of_story(self, documents: Iterable[str]) -> list[LogLine]:
        """Lines that count, about findings of stories that rest on any of the documents."""
        found = {line.seq: line for name in documents for line in self._by_story_document.get(name, ())}
        return [found[seq] for seq in sorted(found)]

    def line(self, seq: int) -> LogLine | None:
        """A line by number."""
        return next((line for line in self.lines if line.seq == seq), None)

    def to_undo(self, person: str) -> LogLine | None:
        """The newest line of a person that counts."""
        return next((line for line in reversed(self.counting) if line.person == person), None)

    def decisions(self, *, finding: str | None = None, documents: Iterable[str] | None = None) -> list[Decision]:
        """Lines as people read them, newest first; of one finding, or of stories and documents that rest on any of these
        documents."""
        known = None if documents is None else set(documents)
        by_seq = {line.seq: line for line in self.lines}
        found = []
        for line in reversed(self.lines):
            about = by_seq.get(line.undoes, line) if line.undoes is not None else line
            if finding is not None and finding != about.finding and finding not in (about.details.get("others") or ()):
                continue
            if known is not None and not known & _documents(about):
                continue
            found.append(self._decision(line, about))
        return found

    def _decision(self, line: LogLine, about: LogLine) -> Decision:
        return Decision(
            seq=line.seq,
            at=line.at,
            person=line.person,
            action=line.action,
            finding=about.finding,
            details=line.details,
            reason=line.reason,
            undone=line.seq in self.undone,
            undoes=line.undoes,
            words=words_of(about),
        )


def _documents(line: LogLine) -> set[str]:
    document = line.details.get("document")
    return {str(document)} if document is not None else {str(d) for d in line.details.get("documents") or ()}


def words_of(line: LogLine) -> str:
    """What a line is about, in the words of the finding when it was decided on."""
    if line.details.get("words"):
        return str(line.details["words"])
    target = targets_in(line).get(line.finding)
    return target.words if target is not None else ""
