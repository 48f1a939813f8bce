"""Places of a story: the map and its table."""

from dataclasses import dataclass, replace

from markupsafe import Markup

from crossread.desk.draw.worldmap import Spot, central, world_map
from crossread.desk.pages.cites import Line, Notes
from crossread.records import Story, StoryPlace

UNKNOWN_KM = 25.0


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place; ``number`` is that on the map, 0 where it has no coordinates."""

    line: Line
    number: int
    type: str
    within: str
    lat: float | None
    lon: float | None
    precision_km: float | None
    n_events: int
    n_documents: int
    is_central: bool
    """Whether the map's window is made for it."""


@dataclass(frozen=True, slots=True)
class MapView:
    """The map and the places, those with coordinates first."""

    picture: Markup
    rows: tuple[PlaceRow, ...]
    n_placed: int


def map_view(story: Story, notes: Notes) -> MapView:
    """Places laid out."""
    events = {p.id: 0 for p in story.places}
    for event in story.events:
        for name in event.places:
            events[name] = events.get(name, 0) + 1
    ranked = sorted(story.places, key=lambda p: (p.lat is None or p.lon is None, -events[p.id], p.name))
    rows, spots = [], []
    for number, place in enumerate(ranked, start=1):
        placed = place.lat is not None and place.lon is not None
        rows.append(_row(place, number if placed else 0, events[place.id], notes))
        if place.lat is not None and place.lon is not None:
            radius = place.precision_km if place.precision_km is not None else UNKNOWN_KM
            spots.append(Spot(number, place.name, place.lat, place.lon, radius, place.id, events[place.id]))
    middle = {s.number for s in central(spots)} if spots else set()
    shown = tuple(replace(r, is_central=True) if r.number in middle else r for r in rows)
    return MapView(picture=world_map(spots), rows=shown, n_placed=len(spots))


def _row(place: StoryPlace, number: int, n_events: int, notes: Notes) -> PlaceRow:
    return PlaceRow(
        line=notes.line(place.id, place.name, place.evidence),
        number=number,
        type=place.type.value.lower(),
        within=", ".join(place.within) or (place.country or ""),
        lat=place.lat,
        lon=place.lon,
        precision_km=place.precision_km,
        n_events=n_events,
        n_documents=len({e.document for e in place.evidence}),
        is_central=False,
    )
