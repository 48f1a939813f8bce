"""Random walks of deciding, editing, merging, splitting, renaming, adding and undoing: taking lines back restores the exact dump."""

import os
import shutil
import tempfile
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from crossread.desk.desk import Desk
from crossread.desk.files import Finding
from crossread.desk.review.actions import CannotDecide, Reviewer
from crossread.desk.review.joining import MERGEABLE, NAME_FIELDS
from crossread.desk.review.of_reading import SPAN_PARTS
from crossread.records import Span
from tests.desk.material import example_readings, fill

WALKS = int(os.environ.get("CROSSREAD_WALKS", "100"))
STEPS = 14
EDITS = {
    "mention": [{"type": "GROUP"}, {"type": "OTHER"}],
    "attribution": [{"stance": "deny"}, {"denied": "true"}, {"speaker": "Somebody New"}, {"kind": "direct"}],
    "event": [{"type": "ASSAULT"}, {"status": "denied", "label": "raid"}, {"start": "2023-05-01"}, {"place": "Lakeside"}],
    "figure": [{"low": "1", "best": "2", "high": "3"}, {"bound": "vague"}, {"kind": "killed"}],
    "story-actor": [{"type": "GROUP"}, {"country": "FRA", "name": "Other name"}],
    "story-place": [{"lat": "1.5", "lon": "2.5"}],
    "story-event": [{"type": "AID"}, {"start": "2023-05-02", "end": "2023-05-03"}],
    "story-claim": [{"polarity": "denied"}, {"text": "in other words"}],
    "story-figure": [{"counted": "souls"}],
    "story-corroboration": [{"independent": "unknown"}],
    "story-dispute": [{"compatible": "yes"}, {"topic": "another topic"}],
    "story-thread": [{"title": "another thread"}],
    "story-entry": [{"status": "alleged"}, {"start": "2023-01-01"}],
    "story-copy": [{"kind": "partial"}],
}


@cache
def _template() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="crossread-walks-"))
    return fill(folder / "walk.db", example_readings()[2:4])


class Walk(RuleBasedStateMachine):
    """One desk, two people, and the dump that each set of lines that count gave when it was first seen."""

    @initialize()
    def start(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="crossread-walk-"))
        shutil.copy(_template(), self.folder / "walk.db")
        self.desk = Desk(self.folder / "walk.db")
        self.stories = [line.id for line in self.desk.stories()]
        self.pristine = self.desk.dump()
        self.seen: dict[tuple[int, ...], bytes] = {(): self.pristine}

    def teardown(self) -> None:
        if not hasattr(self, "desk"):
            return
        person = Reviewer(self.desk, "Cleo")
        while counting := self.desk.history_now().counting:
            person.undo(counting[-1].seq)
            self.same_lines_same_dump()
        assert self.desk.dump() == self.pristine
        self.desk.close()
        shutil.rmtree(self.folder)

    # -------------------------------------------------------- choosing

    def _shown(self, pick: int, *, kinds: tuple[str, ...] = ()) -> Finding | None:
        """Some finding that is shown, of the story or of its documents."""
        file = self.desk.story(self.stories[pick % len(self.stories)])
        assert file is not None
        pool = [f for f in file.findings.values() if f.item is not None]
        for name in file.story.documents:
            decided = self.desk.decided(name)
            pool += [f for f in (decided.findings.values() if decided else ()) if f.item is not None]
        chosen = [f for f in pool if not kinds or f.kind in kinds]
        return chosen[pick % len(chosen)] if chosen else None

    # -------------------------------------------------------- deciding

    @rule(pick=st.integers(0, 10**6), action=st.sampled_from(["accept", "reject", "reset"]), who=st.sampled_from(["Ada", "Bo"]))
    def decide(self, pick: int, action: str, who: str) -> None:
        finding = self._shown(pick)
        assert finding is not None
        Reviewer(self.desk, who).decide(finding, action, reason="because" if pick % 2 else None)

    @rule(pick=st.integers(0, 10**6), edit=st.integers(0, 10), who=st.sampled_from(["Ada", "Bo"]))
    def edit(self, pick: int, edit: int, who: str) -> None:
        finding = self._shown(pick)
        assert finding is not None
        fields = EDITS[finding.kind][edit % len(EDITS[finding.kind])]
        line = Reviewer(self.desk, who).decide(finding, "edit", fields)
        assert line == self.desk.history_now().last

    @rule(
        pick=st.integers(0, 10**6),
        others=st.lists(st.integers(0, 10**6), min_size=1, max_size=3),
        kind=st.sampled_from(sorted(MERGEABLE)),
    )
    def merge(self, pick: int, others: list[int], kind: str) -> None:
        kept = self._shown(pick, kinds=(kind,))
        found = [f for n in others if (f := self._shown(n - n % len(self.stories) + pick % len(self.stories), kinds=(kind,)))]
        if kept is None or not [f for f in found if f.key != kept.key]:
            return
        Reviewer(self.desk, "Ada").merge(kept, found, name="All of them" if pick % 3 == 0 else None)
        for other in found:
            if other.key != kept.key:
                now = self.desk.find(other.key)
                assert now is None or now.item is None

    @rule(pick=st.integers(0, 10**6), half=st.integers(1, 5), kind=st.sampled_from(sorted(MERGEABLE)))
    def split(self, pick: int, half: int, kind: str) -> None:
        finding = self._shown(pick, kinds=(kind,))
        if finding is None or len(finding.evidence) < 2:
            return
        part = [(e.document, e.span.start, e.span.end) for e in finding.evidence[:half]]
        pieces = {(e.document, e.span.start, e.span.end) for e in finding.evidence}
        if len(set(part)) == len(pieces):
            return
        key, _ = Reviewer(self.desk, "Bo").split(finding, part)
        made = self.desk.find(key)
        assert made is not None
        assert {(e.document, e.span.start, e.span.end) for e in made.evidence} == set(part)

    @rule(pick=st.integers(0, 10**6), kind=st.sampled_from(sorted(NAME_FIELDS)))
    def rename(self, pick: int, kind: str) -> None:
        finding = self._shown(pick, kinds=(kind,))
        if finding is not None:
            Reviewer(self.desk, "Bo").rename(finding, f"Name {pick}")

    @rule(pick=st.integers(0, 10**6), start=st.integers(0, 400), kind=st.sampled_from(sorted(SPAN_PARTS)))
    def correct_span(self, pick: int, start: int, kind: str) -> None:
        finding = self._shown(pick, kinds=(kind,))
        if finding is not None:
            Reviewer(self.desk, "Ada").correct_span(finding, SPAN_PARTS[kind][pick % len(SPAN_PARTS[kind])], Span(start, start + 9))

    @rule(pick=st.integers(0, 10**6), start=st.integers(0, 400), kind=st.sampled_from(["attribution", "event", "figure"]))
    def add(self, pick: int, start: int, kind: str) -> None:
        file = self.desk.story(self.stories[pick % len(self.stories)])
        assert file is not None
        document = file.story.documents[pick % len(file.story.documents)]
        key, _ = Reviewer(self.desk, "Bo").add(document, kind, Span(start, start + 9), EDITS[kind][pick % 2])
        found = self.desk.find(key, document=document)
        assert found is not None
        assert found.item is not None

    # -------------------------------------------------------- taking back

    @rule(who=st.sampled_from(["Ada", "Bo"]))
    def undo(self, who: str) -> None:
        try:
            Reviewer(self.desk, who).undo()
        except CannotDecide:
            assert all(line.person != who for line in self.desk.history_now().counting)

    @rule(pick=st.integers(0, 10**6))
    def undo_any_line(self, pick: int) -> None:
        lines = self.desk.history_now().lines
        if lines:
            Reviewer(self.desk, "Cleo").undo(lines[pick % len(lines)].seq)

    @rule()
    def open_again(self) -> None:
        before = self.desk.dump()
        self.desk.close()
        self.desk = Desk(self.folder / "walk.db")
        assert self.desk.dump() == before

    # -------------------------------------------------------- what must hold

    @invariant()
    def same_lines_same_dump(self) -> None:
        if hasattr(self, "desk"):
            counting = tuple(line.seq for line in self.desk.history_now().counting)
            dump = self.desk.dump()
            assert self.seen.setdefault(counting, dump) == dump

    @invariant()
    def links_lead_somewhere(self) -> None:
        for name in getattr(self, "stories", ()):
            file = self.desk.story(name)
            assert file is not None
            story = file.story
            actors = {a.id for a in story.actors} | {p.id for p in story.places}
            assert {s for c in story.claims for s in c.speakers} <= actors
            assert {a for e in story.events for a in (*e.actors, *e.recipients, *e.places)} <= actors
            assert {v.speaker for e in story.events for s in e.statuses for v in s.voices if v.speaker} <= actors
            assert {a for d in story.disputes for s in d.sides for a in s.held_by} <= actors
            ids = [x.id for field in ("actors", "places", "events", "claims", "figures") for x in getattr(story, field)]
            assert len(ids) == len(set(ids))
            assert set(file.by_item) >= set(ids)


def _walk(walks: int) -> None:
    run_state_machine_as_test(Walk, settings=settings(max_examples=walks, stateful_step_count=STEPS, deadline=None))


@pytest.mark.timeout(600)
def test_taking_lines_back_restores_the_exact_dump() -> None:
    _walk(WALKS)


@pytest.mark.torture
@pytest.mark.timeout(3600)
def test_taking_lines_back_restores_the_exact_dump_in_a_thousand_walks() -> None:
    _walk(1000)
