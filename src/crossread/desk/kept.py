"""Stories worked out once and kept: in full those looked at last, of all others what lists and searches need."""

import gc
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from crossread.desk.cases import story_file
from crossread.desk.files import StoryFile, StoryLine
from crossread.desk.history import History
from crossread.desk.review.of_story import Base, base_of
from crossread.records import Reading, Story
from crossread.store import Store

MOST_DOCUMENTS = 4000
"""Documents of stories that are kept in full, together; one story is kept however many it has."""
MOST_FORMER = 1000
"""Stories under former ids that are remembered."""
MANY = 100
"""Documents from which on a story's records are set apart from searches for cycles."""
Seqs = tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Light:
    """What lists and searches need of a story: its line, documents, the forms of its actors' names, its words, and kinds of
    findings by state."""

    line: StoryLine
    documents: tuple[str, ...]
    names: tuple[str, ...]
    """Documents of the story and those set aside."""
    forms: tuple[tuple[str, ...], ...]
    text: str
    """Title, brief and names, folded."""
    kinds: frozenset[tuple[str, str]]


@dataclass(slots=True)
class _Entry:
    base: Base
    readings: Mapping[str, Reading]
    names: tuple[str, ...]
    seqs: Seqs | None = None
    file: StoryFile | None = None


@contextmanager
def unhindered() -> Iterator[None]:
    """No search for cycles inside: records are in none, and there may be hundreds of thousands of them."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def names_of(story: Story) -> tuple[str, ...]:
    """Documents of a story and those set aside."""
    return (*story.documents, *(o.document for o in story.outside))


def seqs_of(history: History, names: tuple[str, ...]) -> Seqs:
    """Numbers of the lines that a story on these documents depends on."""
    return (*(x.seq for x in history.of_story(names)), -1, *(x.seq for name in names for x in history.of_document(name)))


class Kept:
    """Stories of a store as they are now; `clear` when the store's stories have changed."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._entries: OrderedDict[str, _Entry] = OrderedDict()
        self._lights: dict[str, tuple[Seqs, Light]] = {}
        self._former: OrderedDict[str, tuple[str, ...]] = OrderedDict()

    def former(self, name: str) -> tuple[str, ...]:
        """Documents of a story that was kept under this id before the stories changed."""
        return self._former.get(name, ())

    def clear(self) -> None:
        """Forget everything but which documents each story had."""
        self._former |= {name: light.documents for name, (_, light) in self._lights.items()}
        while len(self._former) > MOST_FORMER:
            self._former.popitem(last=False)
        self._entries.clear()
        self._lights.clear()

    def file(self, name: str, history: History) -> StoryFile | None:
        """A story as people decided it; ``None`` when the store has none of this id."""
        entry = self._entries.get(name) or self._load(name)
        if entry is None:
            return None
        self._entries.move_to_end(name)
        seqs = seqs_of(history, entry.names)
        if entry.file is None or entry.seqs != seqs:
            with unhindered():
                entry.file = story_file(entry.base, entry.readings, history.of_story(entry.names), history.of_document)
            entry.seqs = seqs
            self._lights[name] = seqs, _light(entry.file, entry.names)
        return entry.file

    def light(self, name: str, history: History) -> Light | None:
        """What lists and searches need of a story."""
        known = self._lights.get(name)
        if known is None or known[0] != seqs_of(history, known[1].names):
            self.file(name, history)
            known = self._lights.get(name)
        return known[1] if known else None

    def _load(self, name: str) -> _Entry | None:
        with unhindered():
            story = self._store.story(name)
            if story is None:
                return None
            names = names_of(story)
            readings = {r.document.id: r for r in self._store.readings(names)}
            entry = self._entries[name] = _Entry(base=base_of(story, readings), readings=readings, names=names)
        if len(names) >= MANY:
            gc.collect()
            gc.freeze()  # these records stay: later searches for cycles need not look at them
        while len(self._entries) > 1 and sum(len(e.names) for e in self._entries.values()) > MOST_DOCUMENTS:
            self._entries.popitem(last=False)
        return entry


def _light(file: StoryFile, names: tuple[str, ...]) -> Light:
    story = file.story
    forms = tuple((a.name, *(f.text for f in a.forms)) for a in story.actors)
    return Light(
        line=file.line,
        documents=story.documents,
        names=names,
        forms=forms,
        text=" ".join([file.line.title, *(b.text for b in story.brief), *(f[0] for f in forms)]).casefold(),
        kinds=frozenset((f.kind, f.state.value) for f in file.findings.values()),
    )
