"""What must hold for any set of reports: order does not matter, a copy is no new voice, a removed report takes only its own along."""

import hashlib
import os
import subprocess
import sys

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crossread.jsonlines import encode
from crossread.linking import build_story, corefer, link_stories
from crossread.linking.copies import find_copies
from crossread.linking.furniture import Furniture
from crossread.records import Reading, Story
from crossread.vocabulary import CopyKind, EntityType
from tests.unit.linking.happen import with_events
from tests.unit.linking.reports import day, report

NAMES = {"Oda Renn": EntityType.PERSON, "Veltland": EntityType.GPE, "Kessaria": EntityType.GPE, "Karsa": EntityType.GPE}
SENTENCES = (
    "Veltland vetoed the draft on aid to Karsa on Monday.",
    "Oda Renn called off her visit to Kessaria after the vote.",
    "At least 12 people died when shells hit the harbour of Karsa.",
    "Some 20 people were killed in Karsa, doctors of the harbour clinic said.",
    "Kessaria accused Veltland of starving the people of Karsa.",
    "The truce of May 3 did not hold for a single night.",
    "“Nobody asked us before the draft was tabled, and nobody will ask us now,” said Oda Renn.",
    "Rain fell on the hills all week.",
)
ANCHORS = ("vetoed", "called off", "hit", "killed", "accused", "hold")
FIGURES = (("12", "killed", 12.0), ("20", "killed", 20.0))
few = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def reading(name: str, chosen: list[int], published: str | None) -> Reading:
    text = " ".join(SENTENCES[n] for n in chosen)
    figures = [{"words": w, "kind": k, "best": v, "low": v, "high": v} for w, k, v in FIGURES if w in text]
    made = report(name, text, names={n: k for n, k in NAMES.items() if n in text}, figures=figures, published=published)
    events = [
        {
            "words": a,
            "actor": next((n for n in ("Veltland", "Kessaria") if n in SENTENCES[i]), None),
            "when": day("2031-05-12") if i == 0 else None,
        }
        for i, a in enumerate(ANCHORS)
        if i in chosen
    ]
    return with_events(made, *events)


texts = st.lists(st.integers(0, len(SENTENCES) - 1), min_size=1, max_size=5, unique=True)
reports = st.lists(st.tuples(texts, st.sampled_from(["2031-05-13", "2031-05-14", None])), min_size=1, max_size=5).map(
    lambda found: [reading(f"d{n}", chosen, published) for n, (chosen, published) in enumerate(found)]
)


def counted(story: Story) -> list[tuple[int, int]]:
    return [(i.n_documents, i.n_independent) for i in (*story.events, *story.claims, *story.figures, *story.corroborations)]


@few
@given(reports, st.randoms(use_true_random=False))
def test_order_does_not_matter(readings: list[Reading], random: object) -> None:
    shuffled = list(readings)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert [encode(s) for s in link_stories(shuffled)] == [encode(s) for s in link_stories(readings)]


@few
@given(reports)
def test_an_exact_copy_adds_no_independent_voice_and_changes_no_range(readings: list[Reading]) -> None:
    copied = readings[0]
    copy = msgspec.structs.replace(copied, document=msgspec.structs.replace(copied.document, id="z-copy"))
    before, after = build_story(readings), build_story([*readings, copy])
    assert all(independent <= min(n, len(readings)) for n, independent in counted(after))
    assert any(p.kind is CopyKind.COPY and {p.a, p.b} == {copied.document.id, "z-copy"} for g in after.copies for p in g.pairs)
    ranges = [sorted({(f.kind, f.range) for f in s.figures}, key=str) for s in (before, after)]
    assert ranges[0] == ranges[1]


@few
@given(reports)
def test_a_removed_report_takes_only_its_own_along(readings: list[Reading]) -> None:
    kept = readings[1:]
    story = build_story(kept)
    gone = readings[0].document.id
    assert gone not in encode(story).decode()
    mentions = {(m.document, m.event) for e in story.events for m in e.mentions}
    assert mentions == {(r.document.id, e.id) for r in kept for e in r.events}
    pairs = [{(p.a, p.b, p.kind) for g in find_copies(rs, Furniture()) for p in g.pairs} for rs in (readings, kept)]
    assert {p for p in pairs[0] if gone not in p[:2]} == pairs[1]


@few
@given(reports)
def test_every_report_is_in_exactly_one_story(readings: list[Reading]) -> None:
    placed = [d for s in link_stories(readings) for d in s.documents]
    assert sorted(placed) == sorted(r.document.id for r in readings)


@few
@given(reports)
def test_independent_voices_never_outnumber_documents(readings: list[Reading]) -> None:
    assert all(1 <= independent <= n for story in link_stories(readings) for n, independent in counted(story))


@few
@given(reports)
def test_coreference_does_not_depend_on_order(readings: list[Reading]) -> None:
    mentions = [
        {"doc": r.document.id, "mention": e.id, "span": e.anchor[0], "anchor": e.anchor} for r in readings for e in r.events
    ]
    assert corefer(readings, mentions) == corefer(readings[::-1], mentions)


@few
@given(st.text(max_size=400), st.text(max_size=400))
def test_no_text_breaks_linking(first: str, second: str) -> None:
    link_stories([report("a", first or "x"), report("b", second or "y")])


@pytest.mark.parametrize("seed", ["1", "2"])
def test_stories_are_the_same_in_every_process(seed: str) -> None:
    code = (
        "from tests.property.test_linking import reading; from crossread.linking import link_stories; from crossread.jsonlines import encode;"
        "import hashlib; rs = [reading(f'd{n}', c, None) for n, c in enumerate([[0, 1, 2], [0, 3, 4], [2, 3, 5, 6]])];"
        "print(hashlib.sha256(b''.join(map(encode, link_stories(rs)))).hexdigest())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={**os.environ, "PYTHONHASHSEED": seed}
    )
    here = [reading(f"d{n}", c, None) for n, c in enumerate([[0, 1, 2], [0, 3, 4], [2, 3, 5, 6]])]
    assert done.stdout.strip() == hashlib.sha256(b"".join(map(encode, link_stories(here)))).hexdigest()
