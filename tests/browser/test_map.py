"""The map: drawn on the server, movable with script, the same places in its table."""

from collections.abc import Iterator

import msgspec
import pytest
from playwright.sync_api import Browser, expect

from crossread.linking import link_one
from tests.browser.conftest import entered, watch
from tests.browser.sites import Site, fill_store, serving
from tests.desk.material import example_readings

_WHERE = ((46.0, 14.5, 5.0), (46.2, 14.9, 40.0), (47.0, 15.4, 8.0), (46.1, 14.8, 400.0))


@pytest.fixture(scope="module")
def mapped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The example with four of its places put somewhere."""
    readings = example_readings()
    story = link_one(readings)
    placed = [
        msgspec.structs.replace(place, lat=lat, lon=lon, precision_km=km)
        for place, (lat, lon, km) in zip(story.places, _WHERE, strict=False)
    ]
    path = tmp_path_factory.mktemp("mapped") / "mapped.db"
    moved = msgspec.structs.replace(story, places=(*placed, *story.places[len(placed) :]))
    with serving(fill_store(path, readings, (moved,))) as site:
        yield site


def test_map_without_script(chrome: Browser, mapped: Site) -> None:
    context = entered(chrome, mapped, java_script_enabled=False)
    page = context.new_page()
    page.goto(mapped.at("{story}/map"))
    assert page.locator("svg.map").get_attribute("role") == "img"
    assert page.locator("svg.map .radius").count() == 2  # five kilometres are too small to see, a country gets none
    assert page.locator("svg.map .mark").count() == 4
    assert page.locator("tr[data-lat]").count() == 4
    assert page.locator("svg.map .land").count() == 1
    context.close()


def test_map_moves_and_opens_sentences(chrome: Browser, mapped: Site) -> None:
    context = entered(chrome, mapped, viewport={"width": 1280, "height": 900})
    page, faults = context.new_page(), []
    watch(page, faults)
    page.goto(mapped.at("{story}/map"))
    frame = page.locator(".leaflet-container")
    expect(frame).to_be_visible()
    expect(page.locator("path.mark")).to_have_count(4)
    assert page.locator("svg.map").count() == 0
    before = page.locator("path.mark").evaluate_all("all => all.map(e => e.getBoundingClientRect().x)")
    page.get_by_role("button", name="Farther").focus()
    page.keyboard.press("Enter")
    expect(page.locator("path.mark")).to_have_count(4)
    assert page.locator("path.mark").evaluate_all("all => all.map(e => e.getBoundingClientRect().x)") != before
    page.locator("path.mark").last.click(force=True)
    expect(page.locator("#panel .context .this")).to_be_visible()
    context.close()
    assert faults == []
