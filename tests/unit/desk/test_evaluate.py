"""The reader scored against people's decisions."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest

from crossread.desk.desk import Desk
from crossread.desk.review.actions import Reviewer
from crossread.evaluate import evaluate_store, score_table
from crossread.evaluate.scores import LayerScore, wilson
from crossread.records import Reading, Span
from crossread.store import open_store
from crossread.vocabulary import EventType, Stance
from tests.desk.material import MADE_WITH
from tests.stories import readings, story

REPLACES = msgspec.structs.replace


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store with the hand-made story."""
    place = tmp_path / "s.db"
    with open_store(place) as store:
        for reading in readings():
            store.add(reading.document, arrived="t")
            store.put_reading(reading, MADE_WITH)
        store.put_stories([story()])
    return place


def read_again(path: Path, **changes: Any) -> None:
    """Another model's reading of the first document."""
    first: Reading = readings()[0]
    with open_store(path) as store:
        store.put_reading(REPLACES(first, **changes), MADE_WITH)


def layer(path: Path, name: str) -> LayerScore:
    return next(x for x in evaluate_store(path).layers if x.layer == name)


def finding(desk: Desk, kind: str) -> Any:
    decided = desk.decided("one")
    assert decided is not None
    return next(f for f in decided.findings.values() if f.kind == kind)


def test_nothing_decided_nothing_scored(path: Path) -> None:
    scores = evaluate_store(path)
    assert scores.layers == ()
    assert "nothing was decided" in score_table(scores)


def test_right_wrong_corrected_and_missed_are_counted(path: Path) -> None:
    desk = Desk(path)
    ada = Reviewer(desk, "Ada")
    ada.decide(finding(desk, "event"), "accept")
    ada.decide(finding(desk, "attribution"), "edit", {"stance": "assert"})
    ada.decide(finding(desk, "mention"), "reject")
    ada.add("one", "event", Span(0, 8), {"type": "AID"})
    desk.close()
    event, attribution, mention = (layer(path, n) for n in ("event", "attribution", "mention"))
    assert (event.right, event.missed, event.precision, event.recall) == (1, 1, 1.0, 0.5)
    assert (attribution.corrected, attribution.precision, attribution.precision_lenient) == (1, 0.0, 1.0)
    assert [(c.field, c.proposed, c.decided) for c in attribution.confusions] == [("stance", "deny", "assert")]
    assert (mention.wrong, mention.precision, mention.types) == (1, 0.0, {"PERSON": (0, 0, 1)})


def test_the_same_decisions_score_another_model(path: Path) -> None:
    desk = Desk(path)
    ada = Reviewer(desk, "Ada")
    ada.decide(finding(desk, "event"), "accept")
    ada.decide(finding(desk, "attribution"), "edit", {"stance": "assert"})
    ada.decide(finding(desk, "mention"), "reject")
    ada.add("one", "event", Span(0, 8), {"type": "AID"})
    desk.close()
    first = readings()[0]
    found = REPLACES(first.events[0], id="v2", anchor=(Span(0, 9),), type=EventType.AID)
    mended = REPLACES(first.attributions[0], stance=Stance.ASSERT)
    read_again(path, events=(found,), attributions=(mended,), mentions=())
    event, attribution, mention = (layer(path, n) for n in ("event", "attribution", "mention"))
    assert (event.right, event.missed) == (1, 1)  # what was added is found now, what was accepted is not
    assert (attribution.right, attribution.corrected) == (1, 0)
    assert (mention.wrong, mention.mended, mention.precision) == (0, 1, None)


def test_findings_of_stories_are_layers_too(path: Path) -> None:
    desk = Desk(path)
    file = desk.story("s1")
    assert file is not None
    Reviewer(desk, "Ada").decide(next(f for f in file.findings.values() if f.kind == "story-dispute"), "reject")
    Reviewer(desk, "Bo").decide(next(f for f in file.findings.values() if f.kind == "story-dispute"), "accept")
    desk.close()
    scores = evaluate_store(path)
    assert [(x.layer, x.right) for x in scores.layers] == [("story-dispute", 1)]
    assert [(a.first, a.second, a.n_both, a.n_agreed) for a in scores.agreement] == [("Ada", "Bo", 1, 0)]


def test_the_command_prints_a_table_or_json(path: Path) -> None:
    desk = Desk(path)
    Reviewer(desk, "Ada").decide(finding(desk, "event"), "accept")
    desk.close()
    command = [sys.executable, "-m", "crossread", "evaluate", "--store", str(path)]
    table = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "event" in table
    assert "1.00" in table
    found = json.loads(subprocess.run([*command, "--json"], capture_output=True, text=True, check=True).stdout)
    assert found["layers"][0]["right"] == 1
    gone = subprocess.run([*command[:-1], str(path) + ".no"], capture_output=True, text=True)
    assert (gone.returncode, gone.stdout) == (3, "")
    assert "no such file" in gone.stderr


def test_wilsons_interval_by_hand() -> None:
    low, high = wilson(8, 10) or (0.0, 0.0)
    assert (round(low, 3), round(high, 3)) == (0.490, 0.943)
    assert wilson(0, 0) is None
    assert (wilson(5, 5) or (0, 0))[1] == pytest.approx(1.0)
