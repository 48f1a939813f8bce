"""The tutorial's pictures are there, small, and all shown; its keys are those of the desk."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[3]
TUTORIAL = (ROOT / "docs" / "desk.md").read_text(encoding="utf-8")
PICTURES = ROOT / "docs" / "pictures"


def test_pictures_are_those_of_the_tutorial() -> None:
    shown = set(re.findall(r"\]\(pictures/([\w-]+\.png)\)", TUTORIAL))
    assert shown == {p.name for p in PICTURES.glob("*.png")}
    assert sum(p.stat().st_size for p in PICTURES.glob("*.png")) < 1_500_000


def test_every_picture_says_what_it_shows() -> None:
    assert all(len(words) > 8 for words in re.findall(r"!\[([^]]*)\]", TUTORIAL))


def test_keys_are_those_of_the_desk() -> None:
    script = (ROOT / "src" / "crossread" / "desk" / "static" / "desk.js").read_text(encoding="utf-8")
    page = (ROOT / "src" / "crossread" / "desk" / "templates" / "help.html").read_text(encoding="utf-8")
    handled = set(re.findall(r'case "([^"]+)":', script)) | {"Enter", "Escape"}
    told = {
        key.replace("Esc", "Escape")
        for row in re.findall(r"^\| (`.*?) \|", TUTORIAL, re.MULTILINE)
        for key in re.findall(r"`([^`]+)`", row)
    }
    shown = {key.replace("Esc", "Escape") for key in re.findall(r"<kbd>([^<]+)</kbd>", page)}
    assert handled | {"s", "i", "h", "q"} == told == shown
