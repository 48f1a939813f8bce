"""Pictures: where marks stand, how they look, that reports cannot break out of them."""

from datetime import date
from xml.etree import ElementTree

import pytest

from crossread.desk.draw.network import links_of, network, shown_links
from crossread.desk.draw.ranges import Point, figure_scale, mark_of, over_time, range_row
from crossread.desk.draw.scales import NumberScale, TimeScale, number_scale, time_scale
from crossread.desk.draw.timeline import Interval, axis, interval_of, span_row
from crossread.desk.draw.worldmap import Spot, central, window_for, world_map
from crossread.records import FigureValue, StatusVoices, Story, StoryEvent, Voice, When
from crossread.vocabulary import Bound, EventType, Precision, Status


def _day(n: int) -> When:
    return When(start=f"2031-04-{n:02d}", end=f"2031-04-{n:02d}", precision=Precision.DAY)


def test_number_scale_starts_at_nought_when_values_differ_much() -> None:
    scale = number_scale([12, 60], 100)
    assert (scale.low, scale.is_log) == (0, False)
    assert scale.at(0) == 0
    assert scale.at(12) < scale.at(60) < 100


def test_number_scale_keeps_close_values_apart() -> None:
    scale = number_scale([180_000, 210_000], 100)
    assert scale.low > 150_000
    assert scale.at(210_000) - scale.at(180_000) > 50


def test_number_scale_is_logarithmic_for_a_hundredfold() -> None:
    scale = number_scale([3, 90_000], 100)
    assert scale.is_log
    assert scale.ticks(4) == (10, 100, 1000, 10_000)


@pytest.mark.parametrize("values", [[5], [0], [-3, -3], [0, 0.5], [1e9, 1e9]])
def test_number_scale_holds_any_values(values: list[float]) -> None:
    scale = number_scale(values, 100)
    assert all(0 <= scale.at(v) <= 100 for v in values)
    assert scale.ticks()


def test_number_scale_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        number_scale([], 10)


def test_time_scale_cuts_off_what_lies_years_before_publication() -> None:
    days = [date(1990, 1, 1), date(2031, 4, 1), date(2031, 4, 9)]
    scale = time_scale(days, 100, around=days[1:])
    assert scale is not None
    assert scale.first == date(2031, 3, 18)
    assert not scale.holds(days[0])
    assert scale.at(days[0]) == 0


def test_time_scale_ticks_are_months_on_long_scales() -> None:
    scale = TimeScale(date(2031, 1, 10), date(2031, 12, 20), 100)
    assert all(t.day == 1 for t in scale.ticks())
    assert scale.label(scale.ticks()[0]) == f"{scale.ticks()[0]:%b %Y}"


@pytest.mark.parametrize(
    ("value", "kind", "arrow"),
    [
        (FigureValue(low=12, best=12, bound=Bound.AT_LEAST), "exact", 1),
        (FigureValue(high=12, best=12, bound=Bound.UP_TO), "exact", -1),
        (FigureValue(low=20, best=20, high=20, bound=Bound.ABOUT), "about", 0),
        (FigureValue(low=60, high=80), "range", 0),
        (FigureValue(low=200, high=999, bound=Bound.VAGUE), "vague", 0),
        (FigureValue(low=7, best=7, high=7), "exact", 0),
    ],
)
def test_bounds_are_drawn_as_what_they_are(value: FigureValue, kind: str, arrow: int) -> None:
    mark = mark_of(value)
    assert mark is not None
    assert (mark.kind, mark.arrow) == (kind, arrow)


def test_value_without_a_number_has_no_mark() -> None:
    assert mark_of(FigureValue()) is None
    assert figure_scale([FigureValue()]) is None


def test_arrows_stay_within_the_row() -> None:
    values = [FigureValue(low=10, best=10, bound=Bound.AT_LEAST), FigureValue(high=2, best=2, bound=Bound.UP_TO)]
    scale = figure_scale(values)
    assert scale is not None
    for value in values:
        drawn = ElementTree.fromstring(str(range_row(value, scale)))
        width = float(drawn.get("width", "0"))
        tips = [float(x.split(",")[0]) for e in drawn.iter() if e.tag.endswith("polygon") for x in e.get("points", "").split()]
        assert tips
        assert all(0 <= x <= width for x in tips)


def test_over_time_numbers_every_point_and_escapes_who_says_it() -> None:
    values = [FigureValue(low=n * 10, best=n * 10, high=n * 10, published=_day(n)) for n in (1, 2, 2, 3)]
    points = [Point(n, v, f"f-v{n}", "<b>", "<i>Karsa Post</i>") for n, v in enumerate(values, start=1)]
    drawn = over_time(points, label="a & b")
    tree = ElementTree.fromstring(str(drawn))
    texts = [e.text or "" for e in tree.iter() if e.tag.endswith("text")]
    assert sum(t.split()[0] in {"1", "2", "3", "4"} for t in texts if "<i>" in t or t in {"1", "2", "3", "4"}) == 4
    assert tree.get("aria-label") == "a & b"
    assert "<i>" not in str(drawn)


def test_over_time_needs_two_days_and_two_values() -> None:
    same_day = [Point(n, FigureValue(low=n, best=n, high=n, published=_day(1)), "x", "") for n in (1, 2)]
    same_value = [Point(n, FigureValue(low=5, best=5, high=5, published=_day(n)), "x", "") for n in (1, 2)]
    assert over_time(same_day, label="") == over_time(same_value, label="") == ""


def _shapes(row: object) -> list[tuple[str, str]]:
    return [
        (e.tag.split("}")[1], e.get("class", ""))
        for e in ElementTree.fromstring(str(row)).iter()
        if e.get("class") not in (None, "grid", "row")
    ]


SCALE = TimeScale(date(2031, 4, 1), date(2031, 4, 30), 300)


@pytest.mark.parametrize(
    ("when", "status", "shapes"),
    [
        (_day(7), "happened", [("circle", "mark sure")]),
        (_day(7), "planned", [("circle", "mark maybe")]),
        (_day(7), "called_off", [("circle", "mark not"), ("line", "strike")]),
        (When(start="2031-04-07", end="2031-04-13", precision=Precision.WEEK), "happened", [("rect", "span sure")]),
        (When(end="2031-04-13"), "happened", [("rect", "span sure"), ("polygon", "mark sure")]),
        (When(start="2031-04-07"), "alleged", [("rect", "span maybe"), ("polygon", "mark maybe")]),
        (When(start="2020-01-01", end="2020-12-31", precision=Precision.YEAR), "happened", [("polygon", "mark sure")]),
        (None, "happened", []),
    ],
)
def test_rows_of_the_timeline(when: When | None, status: str, shapes: list[tuple[str, str]]) -> None:
    assert _shapes(span_row(interval_of(when), SCALE, status=status)) == shapes


def test_axis_names_do_not_overlap() -> None:
    for last in (date(2031, 4, 2), date(2031, 4, 9), date(2031, 5, 30), date(2033, 1, 1), date(2099, 1, 1)):
        drawn = ElementTree.fromstring(str(axis(TimeScale(date(2031, 4, 1), last, 184))))
        ends = 0.0
        for text in drawn:
            assert float(text.get("x", "0")) >= ends
            ends = float(text.get("x", "0")) + 6 * len(text.text or "")
        assert ends <= 190


def test_an_open_interval_has_no_ends() -> None:
    assert interval_of(When()) == Interval(None, None)


def _event(name: str, actors: tuple[str, ...], recipients: tuple[str, ...], type_: EventType = EventType.ASSAULT) -> StoryEvent:
    said = (StatusVoices(status=Status.ALLEGED, voices=(Voice(document="d"),)),)
    return StoryEvent(id=name, type=type_, actors=actors, recipients=recipients, statuses=said)


def test_links_weigh_events_of_few_more_than_of_many() -> None:
    crowd = tuple(f"a{n}" for n in range(10))
    story = Story(
        id="s",
        events=(
            _event("e1", crowd, crowd),
            _event("e2", ("x",), ("y",)),
            _event("e3", ("x",), ("x",)),
            _event("e4", ("x",), ("y",), EventType.NONE),
        ),
    )
    links = links_of(story)
    assert (links[0].actor, links[0].recipient, links[0].events, links[0].n_doubtful) == ("x", "y", ("e2",), 1)
    assert len(links) == 1 + 10 * 9
    assert len(shown_links(links)) <= 32
    drawn = ElementTree.fromstring(str(network(shown_links(links), {"x": "<script>"})))
    assert drawn.get("role") == "img"
    assert "<script>" not in str(network(shown_links(links), {"x": "<script>"}))
    assert network((), {}) == ""


def test_map_is_made_for_where_most_events_happen() -> None:
    spots = [
        Spot(1, "Port", 36.2, 37.1, 8, "p1", 9),
        Spot(2, "Far", -33.9, 151.2, 8, "p2", 1),
        Spot(3, "Land", 34.0, 36.0, 300, "p3", 20),
    ]
    assert [s.number for s in central(spots)] == [1]
    window = window_for(central(spots))
    x, y = window.at(37.1, 36.2)
    assert (round(x), round(y)) == (360, 210)
    drawn = ElementTree.fromstring(str(world_map(spots)))
    assert "1 Port" in "".join(drawn.itertext())
    assert "Far" not in "".join(drawn.itertext())
    assert [e.get("class") for e in drawn.iter() if "land" in e.get("class", "")] == ["land"]


def test_land_lies_where_it_should() -> None:
    """A town inland stands on land, a buoy in mid-ocean in the sea, also by the date line and the pole."""
    for lat, lon, is_land in ((47, 8, True), (0, -30, False), (66, 178, True), (-85, 170, True), (0, 179, False)):
        drawn = ElementTree.fromstring(str(world_map([Spot(1, "x", lat, lon, 1, "p", 1)])))
        land = next((e.get("d", "") for e in drawn.iter() if e.get("class") == "land"), "")
        rings = [[tuple(map(float, p.split(","))) for p in ring.rstrip("Z").split("L")] for ring in land.split("M") if ring]
        inside = sum(_inside(360.0, 210.0, ring) for ring in rings) % 2 == 1
        assert inside is is_land, (lat, lon)


def _inside(x: float, y: float, ring: list[tuple[float, ...]]) -> bool:
    hit = False
    for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1):
            hit = not hit
    return hit


def test_scale_is_plain_arithmetic() -> None:
    assert NumberScale(0, 10, 100).at(5) == 50
    assert NumberScale(1, 100, 100, is_log=True).at(10) == pytest.approx(50)
