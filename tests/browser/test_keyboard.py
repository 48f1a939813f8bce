"""The whole tutorial of the desk (docs/desk.md) without a mouse."""

import re

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import entered
from tests.browser.sites import Site

_FOCUSED = """(() => {
const e = document.activeElement, s = getComputedStyle(e), r = e.getBoundingClientRect();
return [e.tagName, s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2, r.width > 0 && r.bottom > 0 && r.top < innerHeight];
})()"""


def _tab_to(page: Page, selector: str, *, most: int = 200) -> None:
    """Press Tab until the element has the focus, seen each time."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
            return
    raise AssertionError(f"{selector} is not reached by Tab on {page.url}")


def test_tutorial_without_a_mouse(chrome: Browser, own: Site) -> None:
    context = entered(chrome, own, person="", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(own.at("/stories"))
    for step in (
        _says_who,
        _reads,
        _compares,
        _asks_why_and_edits,
        _reviews,
        _reads_a_report_and_searches,
        _looks_back_and_exports,
    ):
        step(page)
    context.close()


def _says_who(page: Page) -> None:
    """A name, by Tab."""
    _tab_to(page, ".me summary")
    page.keyboard.press("Enter")
    _tab_to(page, "#person-name")
    page.keyboard.type("Ada Vell")
    page.keyboard.press("Enter")
    expect(page.locator(".me summary")).to_have_text("Ada Vell")
    page.wait_for_load_state()


def _reads(page: Page) -> None:
    """A story, its brief, a sentence and back."""
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Brief")
    page.wait_for_load_state()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator("#panel .context mark").first).to_be_visible()
    page.keyboard.press("p")
    assert page.evaluate("document.activeElement.id") == "panel"
    page.keyboard.press("Escape")
    expect(page.locator(".sentence-panel")).to_have_count(0)
    assert page.evaluate("document.activeElement.matches('main a.open')")


def _compares(page: Page) -> None:
    """Disputes; a line accepted."""
    page.keyboard.press("Shift+Tab")
    _to_section(page, "disputes", "Disputes")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator("#panel .context mark").first).to_be_visible()
    page.keyboard.press("a")
    expect(page.locator("main .state.accepted")).to_have_count(1)


def _asks_why_and_edits(page: Page) -> None:
    """Why it is there; another one edited."""
    page.keyboard.press("w")
    expect(page.locator("h2", has_text="Why")).to_be_visible()
    page.wait_for_load_state()
    page.go_back()
    page.wait_for_load_state()
    page.keyboard.press("j")
    page.keyboard.press("e")
    expect(page.locator("#edit")).to_have_attribute("open", "")
    page.wait_for_load_state()
    expect(page.locator("#edit-kind")).to_be_focused()
    _tab_to(page, "#edit-reason")
    page.keyboard.type("looked at both")
    page.keyboard.press("Enter")
    expect(page.locator("table.history tr.line")).to_have_count(2)
    page.wait_for_load_state()


def _reviews(page: Page) -> None:
    """The queue; a rejection taken back."""
    page.keyboard.press("g")
    page.keyboard.press("q")
    expect(page.locator("h1")).to_contain_text("Review")
    page.wait_for_load_state()
    page.keyboard.press("j")
    page.keyboard.press("r")
    expect(page.locator("main .state.rejected")).to_have_count(1)
    page.keyboard.press("z")
    expect(page.locator("main .state.rejected")).to_have_count(0)


def _reads_a_report_and_searches(page: Page) -> None:
    """The report at its sentence; a search."""
    page.keyboard.press("o")
    expect(page).to_have_url(re.compile(r"/documents/.+#s\d+$"))
    expect(page.locator(".report mark").first).to_be_visible()
    page.wait_for_load_state()

    page.keyboard.press("/")
    page.keyboard.type("truce")
    page.keyboard.press("Enter")
    expect(page.locator(".hits mark").first).to_be_visible()
    page.wait_for_load_state()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator(".report mark").first).to_be_visible()
    page.wait_for_load_state()


def _looks_back_and_exports(page: Page) -> None:
    """History, an export, the keys."""
    page.keyboard.press("g")
    page.keyboard.press("h")
    expect(page.locator("h1")).to_have_text("History")
    page.go_back()
    expect(page.locator(".report")).to_be_visible()
    page.wait_for_load_state()
    _tab_to(page, '.story-tools a[href$="/export"]')
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Export")
    page.wait_for_load_state()
    _tab_to(page, 'a[href$="/export/md"]')
    with page.expect_download() as got:
        page.keyboard.press("Enter")
    assert got.value.suggested_filename.endswith(".md")
    page.keyboard.press("?")
    expect(page.locator("h1")).to_have_text("Keys")


def _to_section(page: Page, name: str, title: str) -> None:
    page.keyboard.press("Home")
    page.evaluate("document.activeElement.blur()")
    _tab_to(page, f'.sections a[href$="/{name}"]')
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(title)
    page.wait_for_load_state()


def test_skip_link_comes_first_and_leads_to_the_page(page: Page, example: Site) -> None:
    page.goto(example.at("{story}"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_every_focusable_thing_shows_its_focus(page: Page, example: Site) -> None:
    page.goto(example.at("{story}/queue"))
    seen = 0
    for _ in range(60):
        page.keyboard.press("Tab")
        found = page.evaluate(_FOCUSED)
        if found[0] == "BODY":
            break
        seen += 1
        assert found[1], found
        assert found[2], found
    assert seen > 40


def test_single_keys_can_be_turned_off(page: Page, example: Site) -> None:
    page.goto(example.at("/help"))
    page.locator("#keys-off").check()
    page.goto(example.at("{story}"))
    page.keyboard.press("j")
    assert page.locator(".here").count() == 0
    page.goto(example.at("/help"))
    page.locator("#keys-off").uncheck()
    page.goto(example.at("{story}"))
    page.keyboard.press("j")
    assert page.locator(".here").count() == 1


def test_nothing_moves_where_motion_is_not_wanted(chrome: Browser, example: Site) -> None:
    context = entered(chrome, example, reduced_motion="reduce")
    page = context.new_page()
    page.goto(example.at("{story}"))
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    context.close()
