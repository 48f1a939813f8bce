"""Every page: it answers, has its heads, asks nobody else, and fits narrow windows and large print."""

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import entered, watch
from tests.browser.sites import Site, pages_of

_TWICE = """(() => {
const seen = new Set(), twice = [];
for (const e of document.querySelectorAll("[id]")) { if (seen.has(e.id)) twice.push(e.id); seen.add(e.id); }
return twice;
})()"""


@pytest.mark.parametrize("which", ["example", "empty"])
@pytest.mark.parametrize("width", [1280, 360, 320])
def test_pages_answer_and_fit(chrome: Browser, request: pytest.FixtureRequest, which: str, width: int) -> None:
    """At 320 pixels a page is what 1280 pixels are at a zoom of 400 %."""
    site: Site = request.getfixturevalue(which)
    context = entered(chrome, site, viewport={"width": width, "height": 800})
    page, faults, asked = context.new_page(), [], set()
    watch(page, faults)
    page.on("request", lambda r: asked.add(r.url.split("/")[2]))
    for name, path in pages_of(site).items():
        answer = page.goto(site.base + path)
        assert answer is not None
        assert answer.status == (404 if name == "missing" else 200), name
        assert page.locator("h1").count() == 1, name
        assert page.title().endswith("crossread"), name
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{name} is wider than {width}"
    context.close()
    assert asked == {site.base.split("/")[2]}
    assert [f for f in faults if "404" not in f] == []


def test_ids_on_a_page_are_unique(page: Page, example: Site) -> None:
    for name, path in pages_of(example).items():
        if name == "missing":
            continue
        page.goto(example.base + path)
        twice = page.evaluate(_TWICE)
        assert twice == [], name


def test_links_lead_somewhere(page: Page, example: Site) -> None:
    """Each page's links (a sample of each kind) answer, and those to a sentence find it."""
    seen: set[str] = set()
    for name, path in pages_of(example).items():
        if name == "missing":
            continue
        page.goto(example.base + path)
        hrefs: list[str] = page.evaluate("Array.from(document.querySelectorAll('a[href^=\"/\"]'), a => a.getAttribute('href'))")
        for href in hrefs[:: max(1, len(hrefs) // 12)]:
            if href in seen or "/export/" in href:
                continue
            seen.add(href)
            answer = page.request.get(example.base + href.split("#")[0])
            assert answer.status == 200, href
            if "#s" in href:
                assert f'id="{href.split("#")[1]}"' in answer.text(), href
    assert len(seen) > 60


def test_theme_is_kept(own_page: Page, own: Site) -> None:
    own_page.goto(own.at("{story}"))
    own_page.locator(".me summary").click()
    own_page.locator("#person-theme").select_option("dark")
    own_page.locator("#person-name").fill("Bo Tarn")
    own_page.locator(".me button").click()
    own_page.wait_for_load_state()
    assert own_page.locator("html").get_attribute("data-theme") == "dark"
    assert own_page.locator(".me summary").inner_text() == "Bo Tarn"
    assert own_page.url == own.at("{story}")


def test_print_has_numbered_notes(page: Page, example: Site) -> None:
    page.goto(example.at("{story}/print"))
    page.emulate_media(media="print")
    notes = page.locator(".notes li")
    cited = page.evaluate("Array.from(new Set(Array.from(document.querySelectorAll('main .c .n'), n => n.textContent)))")
    assert notes.first.is_visible()
    assert {f"[{n}]" for n in range(1, notes.count() + 1)} >= set(cited)
    assert not page.locator(".top").is_visible()
