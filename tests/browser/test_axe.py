"""axe on every kind of page: WCAG 2.0 to 2.2, A and AA, no violation.

The whole matrix (pages x light, dark, forced colours x 360, 1280 x empty, example, 500 documents) is marked slow; each run covers every
page and every setting at least once.
"""

import itertools
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import entered
from tests.browser.sites import Site, pages_of

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
SETTINGS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "forced": {"color_scheme": "light", "forced_colors": "active"},
}
OPTIONS = {"runOnly": {"type": "tag", "values": list(TAGS)}, "resultTypes": ["violations"]}
MOST_ALIKE = 40
"""So many children of one list, table or drawing are looked at; a page with thousands of rows alike takes axe minutes."""
SHORTEN = """most => {
    const doubled = [...document.querySelectorAll("[id]")].map(e => e.id).filter((id, at, all) => all.indexOf(id) !== at);
    if (document.querySelectorAll("*").length > 2000)
        for (const parent of document.querySelectorAll("ol, ul, dl, tbody, svg, g, select, main, section, p"))
            for (const tag of new Set([...parent.children].map(e => e.tagName)))
                [...parent.children].filter(e => e.tagName === tag).slice(most).forEach(e => e.remove());
    return doubled;
}"""


def violations(page: Page) -> list[str]:
    """What axe finds, one line each, and ids that two elements have."""
    doubled = page.evaluate(SHORTEN, MOST_ALIKE)
    found = Axe().run(page, options=OPTIONS).response["violations"]
    return [f"two elements with the id {name}" for name in doubled[:3]] + [
        f"{v['id']} ({len(v['nodes'])}): {n['html'][:160]} | {n.get('failureSummary', '')[:200]}"
        for v in found
        for n in v["nodes"][:2]
    ]


def _look(chrome: Browser, site: Site, setting: str, width: int, names: list[str] | None = None) -> dict[str, list[str]]:
    context = entered(chrome, site, viewport={"width": width, "height": 900}, bypass_csp=True, **SETTINGS[setting])
    page = context.new_page()
    found = {}
    for name, path in pages_of(site).items():
        if names is None or name in names:
            answer = page.goto(site.base + path)
            assert answer is not None
            assert answer.status == (404 if name == "missing" else 200), path
            found[name] = violations(page)
    context.close()
    return {name: lines for name, lines in found.items() if lines}


def test_pages_of_the_example(chrome: Browser, example: Site) -> None:
    assert _look(chrome, example, "light", 1280) == {}


@pytest.mark.parametrize(
    ("setting", "width", "share"), [("dark", 1280, 0), ("forced", 1280, 1), ("light", 360, 2), ("dark", 360, 3), ("forced", 360, 4)]
)
def test_other_settings_by_turns(chrome: Browser, example: Site, setting: str, width: int, share: int) -> None:
    names = list(pages_of(example))
    assert _look(chrome, example, setting, width, [*names[share::5], "timeline"]) == {}


def test_pages_of_an_empty_desk(chrome: Browser, empty: Site) -> None:
    assert _look(chrome, empty, "dark", 360) == {}


@pytest.mark.parametrize("width", [1280, 360])
def test_open_panel_and_forms(chrome: Browser, example: Site, width: int) -> None:
    context = entered(chrome, example, viewport={"width": width, "height": 900}, bypass_csp=True)
    page = context.new_page()
    page.goto(example.at("{story}/events"))
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator("#panel .context mark").first).to_be_visible()
    found = violations(page)
    page.goto(example.base + pages_of(example)["finding"])
    for fold in page.locator("main details > summary").all():
        fold.click()
    page.locator(".me summary").click()
    found += violations(page)
    context.close()
    assert found == []


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize(
    ("which", "setting", "width"), list(itertools.product(("empty", "example", "large"), SETTINGS, (360, 1280)))
)
def test_whole_matrix(chrome: Browser, request: pytest.FixtureRequest, which: str, setting: str, width: int) -> None:
    assert _look(chrome, request.getfixturevalue(which), setting, width) == {}


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("setting", SETTINGS)
def test_pages_at_a_zoom_of_four_hundred_percent(chrome: Browser, example: Site, setting: str) -> None:
    assert _look(chrome, example, setting, 1280 // 4) == {}
