"""Places of a story on a small map: Natural Earth coast lines and borders, a circle for how exactly each place is known.

The map is drawn on the server, so that it is there without JavaScript and in print; desk.js puts a movable one (Leaflet) over it.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from markupsafe import Markup

from crossread.desk.draw.svg import element, picture

WIDTH, HEIGHT = 720, 420
_KM_PER_DEGREE = 111.2
WIDE_KM = 250.0
"""Places known no better than this (countries, seas) get no circle: it would cover the map."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the map: degrees, the radius in which it surely lies in km, and its number in the table beside the map."""

    number: int
    name: str
    lat: float
    lon: float
    radius_km: float
    line: str
    n_events: int = 0


@dataclass(frozen=True, slots=True)
class Window:
    """The part of the world that is shown, in degrees; longitudes are squeezed by the cosine of the middle latitude."""

    west: float
    south: float
    east: float
    north: float

    @property
    def squeeze(self) -> float:
        """Width of a degree of longitude over that of latitude, at the middle of the window."""
        return max(0.2, math.cos(math.radians((self.south + self.north) / 2)))

    @property
    def per_degree(self) -> float:
        """Pixels to a degree of latitude."""
        return HEIGHT / (self.north - self.south)

    def at(self, lon: float, lat: float) -> Point:
        """Where a point of the world lies in the picture."""
        return (lon - self.west) * self.squeeze * self.per_degree, (self.north - lat) * self.per_degree


def central(spots: Sequence[Spot]) -> tuple[Spot, ...]:
    """The places that the window is made for: without countries and the like, and only those where most events happen."""
    narrow = [s for s in spots if s.radius_km <= WIDE_KM] or list(spots)
    ranked = sorted(narrow, key=lambda s: (-s.n_events, s.number))
    wanted, seen = 0.6 * sum(s.n_events for s in narrow), 0
    kept: list[Spot] = []
    for spot in ranked:
        if kept and seen >= wanted:
            break
        seen += spot.n_events
        kept.append(spot)
    return tuple(kept)


def window_for(spots: Sequence[Spot]) -> Window:
    """A window that holds all places with air, at least four degrees high, in the shape of the picture.

    Raises:
        ValueError: If there are no places.
    """
    if not spots:
        raise ValueError("a map needs at least one place")
    south, north = min(s.lat for s in spots), max(s.lat for s in spots)
    west, east = min(s.lon for s in spots), max(s.lon for s in spots)
    middle_lat, middle_lon = (south + north) / 2, (west + east) / 2
    squeeze = max(0.2, math.cos(math.radians(middle_lat)))
    high = max(4.0, (north - south) * 1.35, (east - west) * 1.35 * squeeze * HEIGHT / WIDTH)
    high = min(high, 170.0)
    wide = high * WIDTH / HEIGHT / squeeze
    return Window(middle_lon - wide / 2, middle_lat - high / 2, middle_lon + wide / 2, middle_lat + high / 2)


@cache
def _world() -> tuple[tuple[tuple[Point, ...], ...], tuple[tuple[Point, ...], ...]]:
    """Rings of the land and lines of the borders."""
    content = (files("crossread.desk") / "static" / "vendor" / "natural-earth-110m.json").read_text(encoding="utf-8")
    land, border = (f["geometry"]["coordinates"] for f in json.loads(content)["features"])
    rings = tuple(tuple((x, y) for x, y in ring) for polygon in land for ring in polygon)
    return rings, tuple(tuple((x, y) for x, y in line) for line in border)


def _clip(ring: Sequence[Point], window: Window) -> list[Point]:
    """A ring cut to the window (Sutherland and Hodgman, 1974)."""
    points = list(ring)
    edges = ((0, window.west, 1), (0, window.east, -1), (1, window.south, 1), (1, window.north, -1))
    for axis, limit, sign in edges:
        kept: list[Point] = []
        for n, b in enumerate(points):
            a = points[n - 1]
            a_in, b_in = (a[axis] - limit) * sign >= 0, (b[axis] - limit) * sign >= 0
            if a_in != b_in:
                part = (limit - a[axis]) / (b[axis] - a[axis])
                cut = (a[0] + part * (b[0] - a[0]), a[1] + part * (b[1] - a[1]))
                kept.append((limit, cut[1]) if axis == 0 else (cut[0], limit))
            if b_in:
                kept.append(b)
        points = kept
        if not points:
            break
    return points


def _path(points: Sequence[Point], window: Window, *, closed: bool) -> str:
    if len(points) < 2:
        return ""
    placed = (window.at(x, y) for x, y in points)
    return "M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in placed) + ("Z" if closed else "")


def _crosses(line: Sequence[Point], window: Window) -> bool:
    xs, ys = [p[0] for p in line], [p[1] for p in line]
    return min(xs) <= window.east and max(xs) >= window.west and min(ys) <= window.north and max(ys) >= window.south


def world_map(spots: Sequence[Spot]) -> Markup:
    """The map; empty where no place has coordinates."""
    if not spots:
        return Markup("")
    window = window_for(central(spots))
    rings, lines = _world()
    land = "".join(_path(_clip(r, window), window, closed=True) for r in rings)
    border = "".join(_path(line, window, closed=False) for line in lines if _crosses(line, window))
    drawn = [element("rect", x=0, y=0, width=WIDTH, height=HEIGHT, class_="sea")]
    if land:
        drawn.append(element("path", d=land, class_="land"))
    if border:
        drawn.append(element("path", d=border, class_="border"))
    spots = [s for s in spots if _holds(window, s)]
    drawn.extend(_spot(s, window) for s in sorted(spots, key=lambda s: -s.radius_km))
    drawn.extend(_numbers(spots, window))
    label = f"Map of {len(spots)} places: {', '.join(s.name for s in spots[:12])}. The table below lists them."
    return picture(drawn, width=WIDTH, height=HEIGHT, label=label, class_="plot map")


def _holds(window: Window, spot: Spot) -> bool:
    return window.west <= spot.lon <= window.east and window.south <= spot.lat <= window.north


def _spot(spot: Spot, window: Window) -> Markup:
    x, y = window.at(spot.lon, spot.lat)
    radius = spot.radius_km / _KM_PER_DEGREE * window.per_degree
    parts = [element("title", f"{spot.name}, known to within {spot.radius_km:g} km")]
    if radius > 5 and spot.radius_km <= WIDE_KM:
        parts.append(element("circle", cx=x, cy=y, r=radius, class_="radius"))
    parts.append(element("circle", cx=x, cy=y, r=4.0, class_="mark exact" if spot.radius_km <= WIDE_KM else "mark about"))
    return element("g", *parts, data_line=spot.line, class_="point")


def _numbers(spots: Sequence[Spot], window: Window) -> list[Markup]:
    """Numbers and names beside the spots, names only where they overlap nothing."""
    drawn, taken = [], [(x - 5, y - 5, x + 5, y + 5) for x, y in (window.at(s.lon, s.lat) for s in spots)]
    for spot in spots:
        x, y = window.at(spot.lon, spot.lat)
        for words in (f"{spot.number} {spot.name}", str(spot.number)):
            wide = 7.0 * len(words)
            for left, anchor, low in (
                (x + 8, "start", 4),
                (x - 8 - wide, "end", 4),
                (x - wide / 2, "middle", -9),
                (x - wide / 2, "middle", 18),
            ):
                box = (left, y + low - 11, left + wide, y + low + 3)
                if box[0] >= 0 and box[2] <= WIDTH and box[1] >= 0 and box[3] <= HEIGHT and not any(_meet(box, t) for t in taken):
                    at = {"start": left, "end": left + wide, "middle": x}[anchor]
                    drawn.append(element("text", words, x=at, y=y + low, text_anchor=anchor, class_="name halo"))
                    taken.append(box)
                    break
            else:
                continue
            break
    return drawn


def _meet(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
