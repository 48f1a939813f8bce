"""Bring the scripts, styles and the map that the desk serves into the package, with versions, licences and digests.

    python docs/vendor_desk.py            # needs npm and its registry; writes src/crossread/desk/static/vendor
    python docs/vendor_desk.py --check    # offline: the files are those that versions.json names

Nothing is changed on the way: the minified files are the publishers' own.  The map is Natural Earth 1:110m (public domain) out of world-atlas:
coast lines and land borders as one small GeoJSON, two decimals of a degree.
"""

import argparse
import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

TO = Path(__file__).parent.parent / "src" / "crossread" / "desk" / "static" / "vendor"
PACKAGES = {
    "htmx.org": (
        "4.0.1",
        "0BSD",
        {"dist/htmx.min.js": "htmx.min.js", "dist/ext/hx-csp.min.js": "hx-csp.min.js", "LICENSE": "htmx.LICENSE"},
    ),
    "leaflet": (
        "1.9.4",
        "BSD-2-Clause",
        {"dist/leaflet.js": "leaflet.js", "dist/leaflet.css": "leaflet.css", "LICENSE": "leaflet.LICENSE"},
    ),
    "world-atlas": ("2.0.2", "ISC; data public domain", {"LICENSE": "world-atlas.LICENSE"}),
}
MAP = "natural-earth-110m.json"

Point = tuple[float, float]


def sha256(content: bytes) -> str:
    """Digest in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def fetch(name: str, version: str, folder: Path) -> tuple[tarfile.TarFile, str]:
    """The package as npm packs it, and npm's own integrity value."""
    done = subprocess.run(
        ["npm", "pack", f"{name}@{version}", "--json", "--pack-destination", str(folder)],
        check=True,
        capture_output=True,
        text=True,
    )
    packed = json.loads(done.stdout)
    entry = packed[0] if isinstance(packed, list) else next(iter(packed.values()))
    return tarfile.open(folder / entry["filename"]), entry["integrity"]


def content_of(archive: tarfile.TarFile, path: str) -> bytes:
    """A file of a package."""
    member = archive.extractfile(f"package/{path}")
    if member is None:
        raise SystemExit(f"{archive.name} has no {path}")
    return member.read()


def arcs_of(topology: dict[str, Any]) -> list[list[Point]]:
    """The arcs of a quantized topology, in degrees."""
    (kx, ky), (dx, dy) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((round(x * kx + dx, 2), round(y * ky + dy, 2)))
        arcs.append(points)
    return arcs


def ring(arcs: list[list[Point]], numbers: list[int]) -> list[Point]:
    """Arcs put together; ``~n`` is arc n backwards."""
    points: list[Point] = []
    for n in numbers:
        arc = arcs[n] if n >= 0 else arcs[~n][::-1]
        points.extend(arc[1:] if points else arc)
    return points


def polygons(geometry: dict[str, Any]) -> Iterator[list[list[int]]]:
    """Polygons (lists of rings of arc numbers) of a geometry, collections included."""
    for part in geometry.get("geometries", ()):
        yield from polygons(part)
    if geometry["type"] == "Polygon":
        yield geometry["arcs"]
    elif geometry["type"] == "MultiPolygon":
        yield from geometry["arcs"]


def unrolled(points: list[Point]) -> list[Point]:
    """A ring without jumps over the date line: longitudes run on; a ring around a pole is closed along the pole."""
    run, shift = [points[0]], 0.0
    for (x0, _), (x, y) in pairwise(points):
        shift += 360.0 if x - x0 < -180 else -360.0 if x - x0 > 180 else 0.0
        run.append((x + shift, y))
    if abs(shift) > 1:
        pole = -90.0 if run[0][1] < 0 else 90.0
        run += [(run[-1][0], pole), (run[0][0], pole), run[0]]
    return run


def cut(points: list[Point], limit: float, sign: int) -> list[Point]:
    """The part of a ring east (1) or west (-1) of a meridian."""
    kept: list[Point] = []
    for n, (x, y) in enumerate(points):
        x0, y0 = points[n - 1]
        if ((x0 - limit) * sign >= 0) != ((x - limit) * sign >= 0):
            kept.append((limit, round(y0 + (limit - x0) / (x - x0) * (y - y0), 2)))
        if (x - limit) * sign >= 0:
            kept.append((x, y))
    return kept


def flat(points: list[Point]) -> Iterator[list[Point]]:
    """A ring as the rings that it makes on a map from -180 to 180 degrees."""
    run = unrolled(points)
    for shift in (-360.0, 0.0, 360.0):
        piece = cut(cut([(round(x + shift, 2), y) for x, y in run], -180.0, 1), 180.0, -1)
        if len(piece) > 2:
            yield [*piece, piece[0]] if piece[0] != piece[-1] else piece


def split(line: list[Point]) -> Iterator[list[Point]]:
    """A line cut where it jumps over the date line."""
    piece = [line[0]]
    for before, point in pairwise(line):
        if abs(point[0] - before[0]) > 180:
            yield piece
            piece = []
        piece.append(point)
    yield piece


def world_map(land: dict[str, Any], countries: dict[str, Any]) -> bytes:
    """Land as polygons (the one sea within land, the Caspian, is filled too) and land borders (arcs that two countries share) as lines."""
    land_arcs, arcs = arcs_of(land), arcs_of(countries)
    used: dict[int, int] = {}
    for polygon in polygons(countries["objects"]["countries"]):
        for numbers in polygon:
            for n in numbers:
                used[n if n >= 0 else ~n] = used.get(n if n >= 0 else ~n, 0) + 1
    features = [
        {
            "type": "Feature",
            "properties": {"kind": "land"},
            "geometry": {
                "type": "MultiPolygon",
                "coordinates": [[r] for polygon in polygons(land["objects"]["land"]) for r in flat(ring(land_arcs, polygon[0]))],
            },
        },
        {
            "type": "Feature",
            "properties": {"kind": "border"},
            "geometry": {
                "type": "MultiLineString",
                "coordinates": [p for n, times in sorted(used.items()) if times > 1 for p in split(arcs[n])],
            },
        },
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":")).encode() + b"\n"


def bring() -> None:
    """Fetch everything and write it with versions.json."""
    TO.mkdir(parents=True, exist_ok=True)
    record: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, (version, licence, files) in PACKAGES.items():
            archive, integrity = fetch(name, version, Path(folder))
            written = {target: content_of(archive, path) for path, target in files.items()}
            if name == "world-atlas":
                topologies = [json.loads(content_of(archive, f"{what}-110m.json")) for what in ("land", "countries")]
                written[MAP] = world_map(*topologies)
            for target, content in written.items():
                (TO / target).write_bytes(content)
            digests = {target: sha256(content) for target, content in sorted(written.items())}
            record[name] = {"version": version, "licence": licence, "integrity": integrity, "sha256": digests}
    (TO / "versions.json").write_text(json.dumps(record, indent=2, sort_keys=True) + "\n", encoding="utf-8")


def faults() -> list[str]:
    """What differs from versions.json."""
    record = json.loads((TO / "versions.json").read_text(encoding="utf-8"))
    named = {target: digest for entry in record.values() for target, digest in entry["sha256"].items()}
    there = {path.name for path in TO.iterdir()} - {"versions.json"}
    wrong = [
        f"{name}: not what versions.json names"
        for name in sorted(there & named.keys())
        if sha256((TO / name).read_bytes()) != named[name]
    ]
    return wrong + [f"{name}: in one of folder and versions.json only" for name in sorted(there ^ named.keys())]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="compare the files with versions.json, offline")
    if not parser.parse_args().check:
        bring()
    found = faults()
    sys.stderr.writelines(f"{line}\n" for line in found)
    sys.exit(bool(found))
