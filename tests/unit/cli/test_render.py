"""The story in the terminal: what is cut is said, and notes are those of the lines shown."""

import re

import msgspec
import pytest

from crossread.cli.render import Most, print_story
from tests.stories import readings, story


def test_a_short_story_is_shown_whole(capsys: pytest.CaptureFixture[str]) -> None:
    print_story(story(), readings())
    text = capsys.readouterr().out
    for part in (
        "Brief",
        "Disputes",
        "Figures",
        "Timeline",
        "Who says what",
        "Agreements",
        "Threads",
        "Shared words",
        "Set aside",
        "Notes",
    ):
        assert f"{part} ─" in text
    assert " more" not in text


def test_a_long_story_says_what_it_leaves_out(capsys: pytest.CaptureFixture[str]) -> None:
    entry, claim = story().timeline[0], story().claims[0]
    long = msgspec.structs.replace(
        story(),
        timeline=tuple(msgspec.structs.replace(entry, id=f"e{n}", text=f"Entry number {n}") for n in range(9)),
        claims=tuple(msgspec.structs.replace(claim, id=f"c{n}", text=f"Claim number {n}") for n in range(5)),
    )
    print_story(long, readings(), most=Most(timeline=4, statements=2))
    text = capsys.readouterr().out
    assert "5 earlier ones" in text
    assert "Entry number 8" in text
    assert "Entry number 4" not in text
    assert "… and 3 more" in text


def test_every_citation_shown_has_its_note(capsys: pytest.CaptureFixture[str]) -> None:
    print_story(story(), readings(), most=Most(disputes=0, figures=0))
    shown, notes = capsys.readouterr().out.split("Notes ─")
    assert set(re.findall(r"\[(\d+)\]", shown)) == set(re.findall(r"^\[(\d+)\]", notes, re.MULTILINE))
