"""Scripts and the map that the desk serves are the publishers' own, named by digest, and may be shipped."""

import json
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

VENDOR = Path(str(files("crossread.desk"))) / "static" / "vendor"
SCRIPT = Path(__file__).parents[3] / "docs" / "vendor_desk.py"


def test_files_are_those_that_versions_name() -> None:
    done = subprocess.run([sys.executable, str(SCRIPT), "--check"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_every_package_brings_its_licence() -> None:
    record = json.loads((VENDOR / "versions.json").read_text(encoding="utf-8"))
    for name, entry in record.items():
        assert entry["version"], name
        assert any(f.endswith(".LICENSE") for f in entry["sha256"]), name


def test_map_is_small_and_whole() -> None:
    path = VENDOR / "natural-earth-110m.json"
    assert path.stat().st_size < 300_000
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    assert [f["properties"]["kind"] for f in features] == ["land", "border"]
    points = [p for polygon in features[0]["geometry"]["coordinates"] for ring in polygon for p in ring]
    assert all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in points)


def test_pages_load_nothing_from_outside() -> None:
    root = VENDOR.parents[1]
    for path in [*root.joinpath("templates").rglob("*.html"), *root.joinpath("static").glob("*.*")]:
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert "http:" not in text, path.name
        assert "https:" not in text, path.name
