"""The read side of the desk: everything that pages and the API show, kept until the store changes."""

import threading
from pathlib import Path
from typing import TypeVar

from crossread.desk.files import (
    DocumentFile,
    Finding,
    FindingState,
    Inbox,
    StoryFile,
    StoryLine,
)
from crossread.desk.review.items import Item, reading_items, story_items
from crossread.records import Reading, Story
from crossread.store import State, Store, open_store
from crossread.store.review import ReviewLog

T = TypeVar("T")


class Desk:
    """A store as people see it.  Calls may come from several threads."""

    def __init__(self, store_path: str | Path, *, may_fetch: bool = False, model: str | None = None) -> None:
        self.path = Path(store_path)
        self.may_fetch = may_fetch
        self.model = model
        self._lock = threading.RLock()
        self._store: Store = open_store(self.path)
        self._log = ReviewLog(self._store)
        self._files: dict[str, StoryFile] = {}
        self._stamp: tuple[int, ...] = ()

    def close(self) -> None:
        """Close the store."""
        with self._lock:
            self._store.close()

    def _fresh(self) -> None:
        stamp = (*self._log.stamps(), self._log.last())
        if stamp != self._stamp:
            self._files.clear()
            self._stamp = stamp

    def stories(self) -> list[StoryLine]:
        """All stories, most documents first."""
        with self._lock:
            files = [f for s in self._store.stories() if (f := self.story(s.id)) is not None]
        return sorted((f.line for f in files), key=lambda line: (-line.n_documents, line.id))

    def story(self, name: str) -> StoryFile | None:
        """A story as people decided it."""
        with self._lock:
            self._fresh()
            known = self._files.get(name)
            if known is not None:
                return known
            story = self._store.story(name)
            if story is None:
                return None
            readings = {r.document.id: r for r in self._store.readings([*story.documents, *(o.document for o in story.outside)])}
            file = _file(story, readings)
            self._files[name] = file
            return file

    def document(self, name: str) -> DocumentFile | None:
        """A document with its reading."""
        with self._lock:
            document = self._store.document(name)
            if document is None:
                return None
            reading = self._store.reading(name)
            findings = {} if reading is None else {i.item: _finding(i) for i in reading_items(reading)}
            lines = tuple(s for s in self.stories() if name in self._files[s.id].story.documents)
            return DocumentFile(
                document=document,
                reading=reading,
                state=State.READ if reading else State.NEW,
                failure=None,
                arrivals=(),
                stories=lines,
                has_original=False,
                findings=findings,
            )

    def inbox(self) -> Inbox:
        """Jobs and failures."""
        with self._lock:
            return Inbox(jobs=(), failures=(), counts=self._store.counts(), busy=False)


def _finding(item: Item) -> Finding:
    return Finding(
        key=item.key,
        kind=item.kind,
        item=item.item,
        type=item.type,
        words=item.words,
        evidence=item.evidence,
        state=FindingState.PROPOSED,
        doubt=0.5,
        document=item.document,
        record=item.record,
    )


def _file(story: Story, readings: dict[str, Reading]) -> StoryFile:
    findings = {i.key: _finding(i) for i in story_items(story)}
    days = sorted(w.start for r in readings.values() if (w := r.document.published) and w.start)
    line = StoryLine(
        id=story.id,
        title=story.title or "Untitled story",
        n_documents=len(story.documents),
        n_outside=len(story.outside),
        n_disputes=len(story.disputes),
        first_day=days[0] if days else None,
        last_day=days[-1] if days else None,
        n_findings=len(findings),
        n_reviewed=0,
        reviewed=0.0,
        publishers=tuple(sorted({q for r in readings.values() if (q := r.document.publisher)})),
    )
    by_record = {(d, i.item): _finding(i) for d, r in readings.items() for i in reading_items(r)}
    return StoryFile(
        line=line,
        story=story,
        proposed=story,
        readings=readings,
        findings=findings,
        by_item={f.item: f for f in findings.values() if f.item},
        by_record=by_record,
    )
