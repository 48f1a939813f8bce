"""Make the pictures of docs/desk.md: a real desk on the example, in a real browser.

python docs/make_pictures.py        # from the project's folder; needs chromium and the development requirements
"""

import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.browser.sites import Site, serving  # noqa: E402
from tests.desk.material import example_readings, fill  # noqa: E402

TO = Path(__file__).parent / "pictures"
SIZE = {"width": 1100, "height": 560}
MOST_BYTES = 1_500_000


def _open(page: Page, nth: int) -> None:
    """Stand on a line by key and open its sentence."""
    for _ in range(nth):
        page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.locator("#panel .context mark").first.wait_for()


def _story(page: Page, site: Site) -> None:
    page.goto(site.at("{story}"))
    _open(page, 4)


def _disputes(page: Page, site: Site) -> None:
    page.goto(site.at("{story}/disputes"))
    _open(page, 2)


def _figures(page: Page, site: Site) -> None:
    page.goto(site.at("{story}/figures"))
    _open(page, 3)


def _section(name: str) -> Callable[[Page, Site], None]:
    return lambda page, site: (page.goto(site.at("{story}/" + name)), None)[1]


def _document(page: Page, site: Site) -> None:
    page.goto(site.at("{story}/disputes"))
    page.keyboard.press("j")
    page.keyboard.press("o")
    page.locator(".report mark").first.wait_for()
    page.locator(".sentence-panel").wait_for()


def _queue(page: Page, site: Site) -> None:
    page.goto(site.at("{story}/queue"))
    page.keyboard.press("j")
    with page.expect_response("**/review/decide"):
        page.keyboard.press("a")
    _open(page, 1)


def _finding(page: Page, site: Site) -> None:
    event = site.app.state.desk.story(site.story).story.events[0]
    key = site.app.state.desk.story(site.story).by_item[event.id].key
    page.goto(site.at(f"{{story}}/findings/{key}"))


def _search(page: Page, site: Site) -> None:
    page.goto(site.base + "/stories?q=truce")


def _history(page: Page, site: Site) -> None:
    page.goto(site.at("{story}/history"))


PICTURES: dict[str, Callable[[Page, Site], None]] = {
    "brief": _story,
    "disputes": _disputes,
    "figures": _figures,
    "timeline": _section("timeline"),
    "threads": _section("threads"),
    "who-said-what": _section("speakers"),
    "network": _section("network"),
    "agreements": _section("agreements"),
    "document": _document,
    "why": _finding,
    "queue": _queue,
    "history": _history,
    "search": _search,
}


def make(site: Site, browser_path: str) -> None:
    """Take all pictures."""
    TO.mkdir(exist_ok=True)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=browser_path, args=["--no-sandbox", "--disable-lcd-text"])
        context = browser.new_context(viewport=SIZE, color_scheme="light")  # type: ignore[arg-type]
        context.add_cookies([{"name": "crossread_person", "value": "Ada%20Vell", "url": site.base}])
        page = context.new_page()
        page.goto(site.enter())
        for name, go in PICTURES.items():
            go(page, site)
            page.wait_for_timeout(300)
            page.screenshot(path=TO / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    found = next((p for n in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(n))), None)
    if found is None:
        raise SystemExit("no chromium: install it (on Debian: apt-get install chromium), then run this again")
    with tempfile.TemporaryDirectory() as folder, serving(fill(Path(folder) / "example.db", example_readings())) as desk:
        make(desk, found)
    total = sum(p.stat().st_size for p in TO.glob("*.png"))
    sys.stderr.write(f"{len(PICTURES)} pictures, {total} bytes\n")
    raise SystemExit(total > MOST_BYTES)
