"""Decisions on a whole story, after all its documents were read again and more reports arrived."""

import shutil
from pathlib import Path

import msgspec

from crossread.calls import link
from crossread.desk.desk import Desk
from crossread.desk.files import FindingState
from crossread.desk.review.actions import Reviewer
from crossread.records import Reading
from crossread.store import open_store
from tests.desk.material import MADE_WITH, example_readings, fill

REPLACES = msgspec.structs.replace


def renumbered(reading: Reading) -> Reading:
    """The same reading with other ids throughout, as another run may give them."""

    def other(name: str | None) -> str | None:
        return None if name is None else f"again-{name}"

    def many(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(f"again-{n}" for n in names)

    def parties(found: tuple) -> tuple:  # type: ignore[type-arg]
        return tuple(REPLACES(p, entity=other(p.entity)) for p in found)

    return REPLACES(
        reading,
        mentions=tuple(REPLACES(m, id=other(m.id), entity=other(m.entity)) for m in reading.mentions),
        entities=tuple(REPLACES(e, id=other(e.id), mentions=many(e.mentions)) for e in reading.entities),
        attributions=tuple(
            REPLACES(
                a, id=other(a.id), speaker=many(a.speaker), about=many(a.about), addressee=many(a.addressee), inside=other(a.inside)
            )
            for a in reading.attributions
        ),
        events=tuple(
            REPLACES(e, id=other(e.id), voice=other(e.voice), actors=parties(e.actors), recipients=parties(e.recipients))
            for e in reading.events
        ),
        figures=tuple(REPLACES(f, id=other(f.id), voice=other(f.voice), part_of=other(f.part_of)) for f in reading.figures),
    )


def test_decisions_survive_reading_again(example_store: Path, tmp_path: Path) -> None:
    """Every record of every reading has another id afterwards; all decisions hold."""
    path = tmp_path / "s.db"
    shutil.copy(example_store, path)
    desk = Desk(path)
    ada = Reviewer(desk, "Ada")
    file = desk.story(desk.stories()[0].id)
    assert file is not None
    words: dict[str, tuple[str, str]] = {}
    for number, finding in enumerate([*file.findings.values()][::5] + [*file.by_record.values()][::25]):
        ada.decide(finding, "accept" if number % 2 else "reject")
        words[finding.key] = (finding.words, "accepted" if number % 2 else "rejected")
    desk.close()
    with open_store(path) as store:
        for reading in example_readings():
            store.put_reading(renumbered(reading), MADE_WITH)
        store.put_stories(link([renumbered(r) for r in example_readings()]))
    desk = Desk(path)
    for line in desk.stories():
        file = desk.story(line.id)
        assert file is not None
        assert file.lost == ()
        for found in (*file.findings.values(), *file.by_record.values()):
            if found.by:
                assert (found.words, found.state.value) == words.pop(found.key)
    left = {k: v for k, v in words.items() if v[1] != "rejected"}
    assert not left  # what was rejected in a document has no record any more, so that it is not among those above
    desk.close()


def test_decisions_survive_more_reports(tmp_path: Path) -> None:
    """Two more reports change what evidence findings have; nearly all decisions hold, and those that do not are kept and shown."""
    first, later = example_readings()[:-2], example_readings()[-2:]
    desk = Desk(fill(tmp_path / "s.db", first))
    ada, n_decided = Reviewer(desk, "Ada"), 0
    file = desk.story(desk.stories()[0].id)
    assert file is not None
    for number, finding in enumerate(list(file.findings.values())[::3]):
        ada.decide(finding, "accept" if number % 2 else "reject")
        n_decided += 1
    desk.close()
    with open_store(desk.path) as store:
        for reading in later:
            store.add(reading.document, arrived="2031-04-08T00:00:00Z")
            store.put_reading(reading, MADE_WITH)
        store.put_stories(link(example_readings()))
    desk = Desk(desk.path)
    files = [f for line in desk.stories() if (f := desk.story(line.id)) is not None]
    held = [f for file in files for f in file.findings.values() if f.by]
    lost = [f for file in files for f in file.lost]
    assert len(held) >= 0.95 * n_decided
    assert len(held) + len(lost) == n_decided
    assert all(f.lost and f.words and f.state is not FindingState.PROPOSED for f in lost)
    desk.close()


def test_merges_and_splits_survive_reading_again(tmp_path: Path) -> None:
    desk = Desk(fill(tmp_path / "s.db", example_readings()))
    story = desk.stories()[0].id
    file = desk.story(story)
    assert file is not None
    actors = [f for f in file.findings.values() if f.kind == "story-actor" and len(f.evidence) > 2]
    kept, other = actors[0], actors[1]
    ada = Reviewer(desk, "Ada")
    ada.merge(kept, [other], name="One name for both")
    merged = desk.find(kept.key)
    assert merged is not None
    piece = merged.evidence[0]
    made, _ = ada.split(merged, [(piece.document, piece.span.start, piece.span.end)], name="Split off")
    before = {(a.name, a.evidence) for a in desk.story(story).story.actors}  # type: ignore[union-attr]
    desk.close()
    with open_store(desk.path) as store:
        again = [renumbered(r) for r in example_readings()]
        for reading in again:
            store.put_reading(reading, MADE_WITH)
        store.put_stories(link(again))
    desk = Desk(desk.path)
    now = desk.story(story)
    assert now is not None
    assert {a.name for a in now.story.actors} == {name for name, _ in before}
    assert now.findings[other.key].merged_into == kept.key
    assert [a.name for a in now.story.actors if a.id == now.findings[made].item] == ["Split off"]
    desk.close()
