"""The story in the terminal: what is cut is said, and notes are those of the lines shown."""

import re

import msgspec
import pytest

from crossread.cli.render import Most, _cites, print_story
from crossread.records import Evidence
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
    twice = tuple(Evidence(document=r.document.id, span=r.sentences[0]) for r in readings())
    long = msgspec.structs.replace(
        story(),
        timeline=tuple(
            msgspec.structs.replace(entry, id=f"e{n}", text=f"Entry number {n}", evidence=twice if n == 2 else entry.evidence)
            for n in range(9)
        ),
        claims=tuple(msgspec.structs.replace(claim, id=f"c{n}", text=f"Claim number {n}") for n in range(5)),
    )
    print_story(long, readings(), most=Most(timeline=4, statements=2))
    text = capsys.readouterr().out
    assert "… and 5 more" in text
    assert [n for n in range(9) if f"Entry number {n}" in text] == [2, 6, 7, 8]
    assert "… and 3 more" in text


def test_every_citation_shown_has_its_note(capsys: pytest.CaptureFixture[str]) -> None:
    print_story(story(), readings(), most=Most(disputes=0, figures=0))
    shown, notes = capsys.readouterr().out.split("Notes ─")
    assert set(re.findall(r"\[(\d+)\]", shown)) == set(re.findall(r"^\[(\d+)\]", notes, re.MULTILINE))


def test_piped_lines_end_without_blanks(capsys: pytest.CaptureFixture[str]) -> None:
    print_story(story(), readings())
    assert not [line for line in capsys.readouterr().out.splitlines() if line != line.rstrip()]


def test_head_counts_reports_and_names_them(capsys: pytest.CaptureFixture[str]) -> None:
    print_story(story(), readings())
    head = capsys.readouterr().out.splitlines()[1]
    assert re.fullmatch(r"\d reports \(.+\); 1 set aside", head), head
    alone = msgspec.structs.replace(story(), documents=story().documents[:1], outside=())
    print_story(alone, readings())
    assert capsys.readouterr().out.splitlines()[1].startswith("1 report (")


def test_citations_beyond_the_first_are_counted() -> None:
    assert _cites(range(1, 9)).plain == "[1][2][3][4][5] +3 more"
    assert _cites((1, 2)).plain == "[1][2]"


def test_sides_that_find_no_room_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    dispute = story().disputes[0]
    side = dispute.sides[0]
    wide = msgspec.structs.replace(dispute, sides=(side,) * 6)
    print_story(msgspec.structs.replace(story(), disputes=(wide,)), readings())
    assert "… and 2 more (see --html, --md or --json)" in capsys.readouterr().out


def test_whom_most_reports_give_speaks_first_and_says_something_first(capsys: pytest.CaptureFixture[str]) -> None:
    actor, claim = story().actors[0], story().claims[0]
    names = {"one": "Ana Brandt", "two": "Jon Orlen"}
    everywhere = tuple(Evidence(document=r.document.id, span=r.sentences[0]) for r in readings())
    texts = (
        ("one", "that theme"),
        ("one", "that the quay was closed"),
        ("one", "that nine boats had left"),
        ("two", "that the quay was open"),
    )
    claims = tuple(
        msgspec.structs.replace(
            claim, id=f"c{n}", text=text, speakers=(who,), evidence=everywhere if who == "two" else everywhere[:1]
        )
        for n, (who, text) in enumerate(texts)
    )
    actors = tuple(msgspec.structs.replace(actor, id=key, name=name) for key, name in names.items())
    print_story(msgspec.structs.replace(story(), actors=actors, claims=claims, disputes=(), threads=()), readings())
    said = capsys.readouterr().out.split("Who says what")[1]
    assert said.index("Jon Orlen") < said.index("Ana Brandt")
    assert said.index("nine boats") < said.index("that theme")


def test_fewer_statements_are_shown_of_those_who_come_later(capsys: pytest.CaptureFixture[str]) -> None:
    actor, claim = story().actors[0], story().claims[0]
    actors = tuple(msgspec.structs.replace(actor, id=f"a{n}", name=f"Speaker {n}") for n in range(2))
    claims = tuple(
        msgspec.structs.replace(claim, id=f"c{n}{m}", text=f"that boat {n}{m} had left", speakers=(f"a{n}",))
        for n in range(2)
        for m in range(4)
    )
    long = msgspec.structs.replace(story(), actors=actors, claims=claims, disputes=(), threads=())
    print_story(long, readings(), most=Most(leading=1))
    text = capsys.readouterr().out
    assert [m for m in range(4) if f"boat 0{m}" in text] == [0, 1, 2, 3]
    assert [m for m in range(4) if f"boat 1{m}" in text] == [0, 1]
