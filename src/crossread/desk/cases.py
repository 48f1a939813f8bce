"""Records of a store put together with the history: files of stories, documents and actors."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from crossread.desk.files import ActorFile, Finding, FindingState, StoryFile, StoryLine
from crossread.desk.review.of_reading import Decided, decide_reading
from crossread.desk.review.of_story import Base, decide_story
from crossread.desk.review.propagate import item_of_added
from crossread.records import Reading, Story, StoryActor
from crossread.store.review import LogLine
from crossread.vocabulary import DisputeKind


class Records(Mapping[tuple[str, str], Finding]):
    """Findings of the documents of a story by (document, record id), worked out for a document when it is first asked for."""

    def __init__(self, names: Sequence[str], decided: Callable[[str], Decided | None]) -> None:
        self._names = tuple(names)
        self._decided = decided

    def __getitem__(self, key: tuple[str, str]) -> Finding:
        decided = self._decided(key[0]) if key[0] in self._names else None
        if decided is None:
            raise KeyError(key)
        return decided.by_record[key[1]]

    def __iter__(self) -> Iterator[tuple[str, str]]:
        for name in self._names:
            decided = self._decided(name)
            yield from ((name, record) for record in (decided.by_record if decided else ()))

    def __len__(self) -> int:
        return sum(1 for _ in self)


class LazyDecided:
    """Readings with decisions applied; a document that nobody decided on costs nothing until its findings are asked for."""

    def __init__(self, readings: Mapping[str, Reading], lines: Callable[[str], list[LogLine]]) -> None:
        self._readings = readings
        self._lines = lines
        self._known: dict[str, Decided] = {}

    def __call__(self, name: str) -> Decided | None:
        """The decided reading of a document."""
        known = self._known.get(name)
        if known is None and name in self._readings:
            known = self._known[name] = decide_reading(self._readings[name], self._lines(name))
        return known

    def light(self) -> dict[str, Decided]:
        """All readings; findings only of documents that somebody decided on."""
        return {
            name: self(name) or _plain(reading) if self._lines(name) else _plain(reading)
            for name, reading in self._readings.items()
        }


def _plain(reading: Reading) -> Decided:
    return Decided(reading=reading, findings={}, by_record={})


def story_file(
    base: Base, readings: Mapping[str, Reading], lines: Sequence[LogLine], lines_of: Callable[[str], list[LogLine]]
) -> StoryFile:
    """A story as people decided it.

    Args:
        base: As the machine wrote it.
        readings: As the machine wrote them, of its documents and of those set aside.
        lines: Lines that count about findings of the story; ``lines_of`` gives those of a document.
    """
    lazy = LazyDecided(readings, lines_of)
    light = lazy.light()
    done = decide_story(base, light, lines)
    by_record = Records(list(readings), lazy)
    by_item = {f.item: f for f in done.findings.values() if f.item is not None}
    for document, decided in light.items():
        for name in decided.added:
            by_item[item_of_added(name)] = by_record[document, name]
    return StoryFile(
        line=_line(done.story, readings, list(done.findings.values())),
        story=done.story,
        proposed=base.story,
        readings={name: d.reading for name, d in light.items()},
        findings=done.findings,
        by_item=by_item,
        by_record=by_record,
        lost=(*done.lost, *(f for d in light.values() for f in d.lost)),
    )


def _line(story: Story, readings: Mapping[str, Reading], findings: list[Finding]) -> StoryLine:
    inside = [readings[name].document for name in story.documents if name in readings]
    days = sorted(w.start for d in inside if (w := d.published) and w.start)
    reviewed = sum(f.state is not FindingState.PROPOSED for f in findings)
    return StoryLine(
        id=story.id,
        title=story.title or "Untitled story",
        n_documents=len(story.documents),
        n_outside=len(story.outside),
        n_disputes=len(story.disputes),
        first_day=days[0] if days else None,
        last_day=days[-1] if days else None,
        n_findings=len(findings),
        n_reviewed=reviewed,
        reviewed=reviewed / len(findings) if findings else 0.0,
        publishers=tuple(sorted({d.publisher for d in inside if d.publisher})),
    )


def actor_file(file: StoryFile, name: str) -> ActorFile | None:
    """An actor of a story with all that it said and did; ``name`` is its id in the story or the key of its finding."""
    finding = file.by_item.get(name) or file.findings.get(name)
    if finding is not None and finding.merged_into is not None:
        finding = file.findings.get(finding.merged_into)
    actor = next((a for a in file.story.actors if finding is not None and a.id == finding.item), None)
    if actor is None or finding is None:
        return None
    return ActorFile(
        file=file,
        actor=actor,
        finding=finding,
        claims=tuple(sorted((c for c in file.story.claims if actor.id in c.speakers), key=lambda c: (_day(c.when), c.id))),
        acted=tuple(sorted((e for e in file.story.events if actor.id in e.actors), key=lambda e: (_day(e.when), e.id))),
        received=tuple(sorted((e for e in file.story.events if actor.id in e.recipients), key=lambda e: (_day(e.when), e.id))),
        changes=tuple(d for d in file.story.disputes if d.kind is DisputeKind.POSITION_CHANGE and _is_side(d, actor)),
        disputes=tuple(d for d in file.story.disputes if d.kind is not DisputeKind.POSITION_CHANGE and _is_side(d, actor)),
        merged=tuple(f for f in file.findings.values() if f.merged_into == finding.key),
    )


def _day(when: object) -> str:
    return getattr(when, "start", None) or getattr(when, "end", None) or "9999"


def _is_side(dispute: object, actor: StoryActor) -> bool:
    return any(actor.id in side.held_by for side in getattr(dispute, "sides", ()))
