"""Three hundred pieces of script stored in every field: none runs, none is even read as markup, nothing outside is asked."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import entered
from tests.browser.hostile import DOCUMENT_ID, PAYLOADS, hostile_store
from tests.browser.sites import Site, pages_of, serving

_WATCH = """
window.__ran = [];
for (const name of ["alert", "confirm", "prompt", "print"]) window[name] = value => { window.__ran.push(name + value); };
document.addEventListener("securitypolicyviolation", e => {
  window.__ran.push("csp " + e.violatedDirective + " " + e.blockedURI + " " + e.sample);
});
"""
_FOUND = """(() => {
const bad = Array.from(document.querySelectorAll("[data-xss], [onerror], [onload], [onfocus], iframe, object, embed, base"));
const found = bad.map(e => e.outerHTML.slice(0, 120));
for (const e of document.querySelectorAll("a[href], form[action], [src]")) {
  const value = e.getAttribute("href") || e.getAttribute("action") || e.getAttribute("src");
  if (/^\\s*(javascript|data|vbscript):/i.test(value)) found.push(value.slice(0, 120));
}
return window.__ran.concat(found);
})()"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A desk on the hostile story, on which hostile people have reviewed."""
    with serving(hostile_store(tmp_path_factory.mktemp("hostile") / "hostile.db")) as site:
        yield site


def _watched(context: BrowserContext, site: Site, asked: set[str]) -> Page:
    context.add_init_script(_WATCH)
    page = context.new_page()
    page.on("request", lambda r: asked.add(r.url))
    page.on("dialog", lambda d: (asked.add("dialog " + d.message), d.dismiss()))
    return page


def _outside(site: Site, asked: set[str]) -> list[str]:
    return [url for url in asked if not url.startswith((site.base + "/", "file://", "data:image"))]


def _post(page: Page, site: Site, path: str, **form: str) -> None:
    own = {"Origin": site.base, "Sec-Fetch-Site": "same-origin"}
    assert page.request.post(site.base + path, form=dict(form), headers=own, max_redirects=0).status == 303


def _review(page: Page, site: Site) -> None:
    """Decisions with payloads as person, reason, name and search."""
    file = site.app.state.desk.story(site.story)
    keys = [file.by_item[e.id].key for e in (*file.story.events[:6], *file.story.actors[:6], *file.story.claims[:6])]
    for n, key in enumerate(keys):
        payload = PAYLOADS[n * 16]
        page.context.add_cookies([{"name": "crossread_person", "value": quote(payload[:60]), "url": site.base}])
        _post(page, site, "/review/decide", finding=key, story=site.story, action=("accept", "reject")[n % 2], reason=payload)
    actor = file.by_item[file.story.actors[8].id].key
    _post(page, site, "/review/rename", finding=actor, story=site.story, name=PAYLOADS[1], reason=PAYLOADS[2])
    for payload in PAYLOADS[:5]:
        _post(page, site, "/searches/save", name=payload[:80], query="q=" + quote(payload))


def test_there_are_three_hundred() -> None:
    assert len(set(PAYLOADS)) == 300


@pytest.mark.parametrize("bypass", [False, True], ids=["with the policy", "by escaping alone"])
def test_nothing_runs_on_any_page(chrome: Browser, hostile: Site, bypass: bool) -> None:
    asked: set[str] = set()
    context = entered(chrome, hostile, bypass_csp=bypass)
    page = _watched(context, hostile, asked)
    _review(page, hostile)
    paths = pages_of(hostile) | {
        "searched": "/stories?q=" + quote(PAYLOADS[0]) + "&actor=" + quote(PAYLOADS[1]) + "&publisher=" + quote(PAYLOADS[3]),
        "odd id": f"/documents/{quote(DOCUMENT_ID, safe='')}?story={hostile.story}&at=0-40&layer=" + quote(PAYLOADS[1]) + "#s3",
        "chosen": f"/stories/{hostile.story}/speakers?who=" + quote(PAYLOADS[2]) + "&stance=" + quote(PAYLOADS[3]),
    }
    for path in list(paths.values()):
        page.goto(hostile.base + path)
        assert page.evaluate(_FOUND) == [], path
    for section in ("disputes", "events", "map", "copies"):
        page.goto(hostile.at("{story}/" + section))
        for n in range(3):
            page.locator("main a.open:visible").nth(n).click()
            expect(page.locator("#panel .context .this")).to_be_visible()
            assert page.evaluate(_FOUND) == [], section
    for document in hostile.app.state.desk.story(hostile.story).story.documents[1:]:
        page.goto(f"{hostile.base}/documents/{quote(document, safe='')}")
        assert page.evaluate(_FOUND) == [], document
    context.close()
    assert _outside(hostile, asked) == []


def test_every_payload_is_shown_as_text(chrome: Browser, hostile: Site) -> None:
    """The payloads are really there, or the test above would prove nothing."""
    context = entered(chrome, hostile)
    page = context.new_page()
    shown = ""
    for document in [
        *hostile.app.state.desk.story(hostile.story).story.documents,
        *(o.document for o in hostile.app.state.desk.story(hostile.story).story.outside),
    ]:
        page.goto(f"{hostile.base}/documents/{quote(document, safe='')}")
        shown += page.evaluate("document.querySelector('.report').textContent")
    context.close()
    assert [p for p in PAYLOADS if p not in shown] == []


def test_nothing_runs_in_the_html_report(chrome: Browser, hostile: Site, tmp_path: Path) -> None:
    asked: set[str] = set()
    context = entered(chrome, hostile)
    content = context.request.get(hostile.at("{story}/export/html")).body()
    context.close()
    target = tmp_path / "report.html"
    target.write_bytes(content)
    for bypass in (False, True):
        plain = chrome.new_context(bypass_csp=bypass)
        page = _watched(plain, hostile, asked)
        page.goto(target.as_uri())
        found = page.evaluate(_FOUND)
        assert found == []
        plain.close()
    assert _outside(hostile, asked) == []


def test_nothing_runs_after_linking_again(chrome: Browser, hostile: Site) -> None:
    """Pasted scripts come in, and the stories are put together anew out of what is read in hostile reports."""
    asked: set[str] = set()
    context = entered(chrome, hostile)
    page = _watched(context, hostile, asked)
    _post(page, hostile, "/inbox/text", text=PAYLOADS[1], title=PAYLOADS[0], publisher=PAYLOADS[3])
    page.goto(hostile.base + "/inbox")
    expect(page.locator(".job.done").first).to_be_visible(timeout=90_000)
    linked = replace(hostile, story=hostile.app.state.desk.stories()[0].id)
    for path in pages_of(linked).values():
        page.goto(hostile.base + path)
        assert page.evaluate(_FOUND) == [], path
    context.close()
    assert _outside(hostile, asked) == []


def test_sinks_for_markup_and_script_are_closed(chrome: Browser, example: Site) -> None:
    """The policy of the page refuses text that is to become markup or script, also to our own code."""
    context = entered(chrome, example)
    page = context.new_page()
    page.goto(example.base + "/help")
    refused = page.evaluate(
        """() => [() => { document.createElement("div").innerHTML = "<b>x</b>"; },
        () => { const s = document.createElement("script"); s.text = "1"; document.head.append(s); },
        () => { document.body.insertAdjacentHTML("beforeend", "<i></i>"); }]
        .map(attempt => { try { attempt(); return false; } catch (err) { return true; } })"""
    )
    let_through = page.evaluate(
        "(() => { const d = document.createElement('div'); d.innerHTML = '<svg/>'; return d.children.length; })()"
    )
    context.close()
    assert refused == [True] * 3
    assert let_through == 1
