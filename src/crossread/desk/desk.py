"""The read side of the desk: everything that pages and the API show, kept until the store changes."""

import gc
import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import msgspec

from crossread.desk.cases import actor_file
from crossread.desk.files import (
    ActorFile,
    Agreement,
    Arrival,
    Decision,
    DocumentFile,
    Facets,
    Failure,
    Finding,
    FindingState,
    Inbox,
    SearchPage,
    StoryFile,
    StoryLine,
)
from crossread.desk.history import History
from crossread.desk.jobs import Jobs
from crossread.desk.kept import Kept, Light
from crossread.desk.review.agreement import agreements
from crossread.desk.review.of_reading import Decided, decide_reading
from crossread.desk.review.targets import MADE
from crossread.desk.search import search_page
from crossread.store import Found, State, Store, open_store
from crossread.store.lookups import arrivals, documents_with, has_original, original, standing, story_ids
from crossread.store.review import ReviewLog, SavedSearch

MOST_SEARCHES, MOST_DECIDED, MOST_IDLE = 400, 2000, 4
"""Pages of searches, readings with decisions applied, and connections without work that are kept."""


class Desk:
    """A store as people see it.  Calls may come from several threads.

    Args:
        store_path: The store's file, made when it is not there.
        model: An installed spaCy pipeline for syntax and names.
        jobs: The background work on this store, where it runs already.
        fetch: Whether addresses may be asked for reports.

    Raises:
        StoreError: If the store cannot be opened.
    """

    def __init__(self, store_path: str | Path, *, model: str | None = None, jobs: Jobs | None = None, fetch: bool = False) -> None:
        self.path = Path(store_path)
        self.model = model
        self.fetch = fetch
        self.notices: tuple[str, ...] = ()
        self._lock = threading.RLock()
        self._store: Store = open_store(self.path)
        self._log = ReviewLog(self._store)
        self._history = History(())
        self._stamps: tuple[int, ...] = ()
        self._kept = Kept(self._store)
        self._decided: OrderedDict[str, tuple[tuple[int, ...], Decided]] = OrderedDict()
        self._searches: OrderedDict[tuple[object, ...], SearchPage] = OrderedDict()
        self._idle: list[Store] = []
        self._closed = False
        self.jobs = jobs or Jobs(self.path, model=model)
        self.jobs.on_done = self.warm

    def close(self) -> None:
        """End the background work and close the store."""
        self.jobs.close()
        with self._lock:
            self._closed = True
            self._store.close()
            while self._idle:
                self._idle.pop().close()
        gc.unfreeze()

    # ------------------------------------------------------------ what is kept

    def _fresh(self) -> None:
        """Forget what the store has changed since."""
        stamps, last = self._log.stamps(), self._log.last()
        if stamps != self._stamps:
            if not self._stamps or stamps[2] != self._stamps[2]:
                self._kept.clear()
            self._decided.clear()
            self._searches.clear()
            self._stamps = stamps
        if last != self._history.last:
            self._history = History(self._log.lines())
            self._searches.clear()

    def warm(self) -> None:
        """Work out all stories, so that the first page is quick."""
        self.stories()

    def history_now(self) -> History:
        """The history as it is now."""
        with self._lock:
            self._fresh()
            return self._history

    # ------------------------------------------------------------ stories

    def stories(self) -> list[StoryLine]:
        """All stories, most documents first."""
        return sorted((x.line for x in self._lights()), key=lambda line: (-line.n_documents, line.title, line.id))

    def _lights(self) -> list[Light]:
        with self._lock:
            self._fresh()
            return [x for name in story_ids(self._store) if (x := self._kept.light(name, self._history)) is not None]

    def files(self) -> Iterator[StoryFile]:
        """All stories as people decided them, one at a time."""
        with self._lock:
            names = story_ids(self._store)
        yield from (f for name in names if (f := self.story(name)) is not None)

    def story(self, name: str) -> StoryFile | None:
        """A story as people decided it; ``None`` when the store has none of this id."""
        with self._lock:
            self._fresh()
            return self._kept.file(name, self._history)

    def now_called(self, name: str) -> str | None:
        """The id of the story that most documents of a former story are in now; ``None`` where none is."""
        with self._lock:
            former = set(self._kept.former(name))
            lights = self._lights() if former else []
        best = max(lights, key=lambda x: len(former.intersection(x.documents)), default=None)
        return best.line.id if best is not None and former.intersection(best.documents) else None

    def actor(self, story: str, name: str) -> ActorFile | None:
        """An actor of a story with all that it said and did; ``name`` is its id there or the key of its finding."""
        file = self.story(story)
        return actor_file(file, name) if file is not None else None

    # ------------------------------------------------------------ documents

    def decided(self, name: str) -> Decided | None:
        """A document's reading with decisions applied; ``None`` where it has not been read."""
        with self._lock:
            self._fresh()
            lines = self._history.of_document(name)
            seqs = tuple(line.seq for line in lines)
            known = self._decided.get(name)
            if known is None or known[0] != seqs:
                reading = self._store.reading(name)
                if reading is None:
                    return None
                known = self._decided[name] = seqs, decide_reading(reading, lines)
                while len(self._decided) > MOST_DECIDED:
                    self._decided.popitem(last=False)
            self._decided.move_to_end(name)
            return known[1]

    def document(self, name: str) -> DocumentFile | None:
        """A document with what was read from it; ``None`` when the store has none of this id."""
        with self._lock:
            document, stands = self._store.document(name), standing(self._store, name)
            if document is None or stands is None:
                return None
            decided = self.decided(name)
            files = [f for s in documents_with(self._store, [name]).get(name, ()) if (f := self.story(s)) is not None]
            rejected = () if decided is None else tuple(f for f in decided.findings.values() if f.state is FindingState.REJECTED)
            return DocumentFile(
                document=document,
                reading=None if decided is None else decided.reading,
                state=stands.state,
                failure=stands.reason,
                arrivals=tuple(
                    Arrival(where=_where(source), raw_sha256=raw, arrived=at) for source, raw, at in arrivals(self._store, name)
                ),
                stories=tuple(f.line for f in files),
                has_original=has_original(self._store, name),
                findings={} if decided is None else decided.by_record,
                rejected=rejected,
            )

    def original(self, name: str) -> bytes | None:
        """The bytes that a document came from, where they were kept."""
        with self._lock:
            return original(self._store, name)

    def listing(self, state: State | None = None) -> list[Found]:
        """All documents (in a state) in order of id."""
        with self._lock:
            return self._store.listing(state=state)

    def inbox(self) -> Inbox:
        """Jobs, failures with their reasons, and how many documents are in which state."""
        with self._lock:
            failures = tuple(
                Failure(
                    document=found.id,
                    title=found.title,
                    where=next((_where(source) for source, _, _ in arrivals(self._store, found.id)), found.id),
                    reason=found.reason or "",
                    attempts=found.attempts,
                )
                for found in self._store.listing(state=State.FAILED)
            )
            counts = self._store.counts()
        return Inbox(
            jobs=self.jobs.listing(), failures=failures, counts=counts, busy=self.jobs.busy, notices=self.notices, fetch=self.fetch
        )

    # ------------------------------------------------------------ review

    def find(self, key: str, *, story: str | None = None, document: str | None = None) -> Finding | None:
        """A finding by key; ``story`` and ``document`` say where to look first."""
        places = [self.story(story)] if story else []
        for file in (f for f in places if f is not None):
            found = self._in_story(file, key)
            if found is not None:
                return found
        if document and (decided := self.decided(document)) is not None and key in decided.findings:
            return decided.findings[key]
        if key.startswith(("story-", MADE)):
            return next((f for file in self.files() if (f := self._in_story(file, key)) is not None), None)
        return next((f for file in self.files() if (f := self._in_documents(file, key)) is not None), None)

    def _in_story(self, file: StoryFile, key: str) -> Finding | None:
        known = file.findings.get(key) or next((f for f in file.lost if f.key == key), None)
        return known or self._in_documents(file, key)

    def _in_documents(self, file: StoryFile, key: str) -> Finding | None:
        if key.startswith("story-"):
            return None
        for name in file.readings:
            decided = self.decided(name)
            if decided is not None and key in decided.findings:
                return decided.findings[key]
        return None

    def queue(self, story: str, *, level: str = "story", kind: str | None = None, limit: int | None = None) -> list[Finding]:
        """Findings of a story that nobody decided on, most doubtful first.

        Args:
            story: Its id.
            level: ``story`` for what the documents say together, ``document`` for what is read from each.
            kind: Only findings of this kind.
            limit: At most so many.
        """
        file = self.story(story)
        if file is None:
            return []
        pool: Iterable[Finding] = file.findings.values()
        if level == "document":
            pool = (f for name in file.story.documents if (d := self.decided(name)) is not None for f in d.findings.values())
        open_ = [f for f in pool if f.state is FindingState.PROPOSED and f.item is not None and (kind is None or f.kind == kind)]
        return sorted(open_, key=lambda f: (-f.doubt, f.key))[:limit]

    def dump(self) -> bytes:
        """All that people see now as JSON: stories, readings and the state of every finding; the same bytes for the same decisions."""
        with self._lock:
            stories = [
                [
                    f.story,
                    sorted(
                        (x.key, x.state.value, x.item, x.words, x.by, x.merged_into, x.lost)
                        for x in (*f.findings.values(), *f.lost)
                    ),
                ]
                for f in self.files()
            ]
            decided = [
                (found.id, d) for found in self._store.listing(state=State.READ) if (d := self.decided(found.id)) is not None
            ]
            readings = [
                [n, d.reading, sorted((x.key, x.state.value, x.item, x.by) for x in d.findings.values())] for n, d in decided
            ]
        return msgspec.json.encode([stories, readings])

    def history(self, *, finding: str | None = None, story: str | None = None, limit: int | None = None) -> list[Decision]:
        """Lines of the history, newest first: all, of one finding, or of one story."""
        file = self.story(story) if story else None
        documents = [*file.story.documents, *(o.document for o in file.story.outside)] if file is not None else None
        if story and file is None:
            return []
        return self.history_now().decisions(finding=finding, documents=documents)[:limit]

    def agreement(self, story: str | None = None) -> list[Agreement]:
        """How far any two people who decided on the same findings agree; of one story, or of all."""
        history = self.history_now()
        file = self.story(story) if story else None
        lines = history.counting
        if file is not None:
            names = [*file.story.documents, *(o.document for o in file.story.outside)]
            lines = (*history.of_story(names), *(line for n in names for line in history.of_document(n)))
        return agreements(lines)

    @property
    def log(self) -> ReviewLog:
        """The review log, for those who write to it."""
        return self._log

    @property
    def lock(self) -> AbstractContextManager[bool]:
        """Held while something is decided, so that what was looked at is what is decided on."""
        return self._lock

    # ------------------------------------------------------------ search

    def search(self, query: str, facets: Facets | None = None, page: int = 1) -> SearchPage:
        """Sentences and stories that hold all words of the query and fit the facets, a page at a time."""
        with self._lock:
            self._fresh()
            saved = tuple(self._log.searches())
            key = (query, facets, page, self._stamps, self._history.last, saved)
            if key in self._searches:
                self._searches.move_to_end(key)
                return self._searches[key]
            lights = self._lights()
        with self._searcher() as store:
            found = search_page(store, query, facets or Facets(), page, stories=lights, decide=self.decided, saved=saved)
        with self._lock:
            self._searches[key] = found
            while len(self._searches) > MOST_SEARCHES:
                self._searches.popitem(last=False)
        return found

    @contextmanager
    def _searcher(self) -> Iterator[Store]:
        """A connection that nobody else uses meanwhile, so that searches do not wait for one another."""
        with self._lock:
            store = self._idle.pop() if self._idle else None
        store = store or open_store(self.path)
        try:
            yield store
        finally:
            with self._lock:
                if len(self._idle) < MOST_IDLE and not self._closed:
                    self._idle.append(store)
                    store = None
            if store is not None:
                store.close()

    def saved_searches(self) -> list[SavedSearch]:
        """Saved searches, by name."""
        with self._lock:
            return self._log.searches()


def _where(source: dict[str, object]) -> str:
    """Where a document came from, in words."""
    path = source.get("path")
    if path is None:
        return str(source.get("url") or "pasted text")
    extra = next((source[k] for k in ("member", "line", "record_id", "entry", "message_id") if source.get(k) is not None), None)
    return f"{path}:{extra}" if extra is not None else str(path)
