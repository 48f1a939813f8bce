"""Deciding in the browser: every form, by mouse, by key and without script; undo; what people decided stays."""

import re

from playwright.sync_api import Browser, Page, expect

from crossread.desk.files import FindingState
from tests.browser.conftest import entered
from tests.browser.sites import Site


def _file(site: Site):  # type: ignore[no-untyped-def]
    return site.app.state.desk.story(site.story)


def _state(site: Site, key: str) -> FindingState:
    found = site.app.state.desk.find(key, story=site.story)
    assert found is not None
    return found.state


def _key(page: Page, nth: int = 0) -> str:
    return page.locator("main .line[data-finding]").nth(nth).get_attribute("data-finding") or ""


def test_keys_accept_reject_and_take_back(own_page: Page, own: Site) -> None:
    own_page.goto(own.at("{story}/agreements"))
    first, second = _key(own_page, 0), _key(own_page, 1)
    own_page.keyboard.press("j")
    own_page.keyboard.press("a")
    expect(own_page.locator(f'.state[data-key="{first}"]')).to_have_class("state accepted")
    assert _state(own, first) is FindingState.ACCEPTED
    own_page.keyboard.press("j")
    own_page.keyboard.press("r")
    expect(own_page.locator(f'.state[data-key="{second}"]')).to_have_class("state rejected")
    assert _state(own, second) is FindingState.REJECTED
    own_page.keyboard.press("z")
    expect(own_page.locator(f'.state[data-key="{second}"]')).to_have_class("state proposed")
    assert _state(own, second) is FindingState.PROPOSED
    assert _state(own, first) is FindingState.ACCEPTED


def test_panel_decides_on_the_line_that_opened_it(own_page: Page, own: Site) -> None:
    own_page.goto(own.at("{story}/events"))
    key = _key(own_page)
    own_page.locator("main .line a.open").first.click()
    form = own_page.locator(f'#panel form[data-decide="{key}"]')
    form.locator("input[name=reason]").fill("two witnesses")
    form.locator("button.accept").click()
    expect(own_page.locator(f'main .state[data-key="{key}"]')).to_have_class("state accepted")
    expect(form.locator("button.accept")).to_have_attribute("aria-pressed", "true")
    assert own.app.state.desk.history(finding=key)[0].reason == "two witnesses"


def test_queue_shrinks_and_is_ordered_by_doubt(own_page: Page, own: Site) -> None:
    own_page.goto(own.at("{story}/queue"))
    keys = own_page.locator("main .queue > .line").evaluate_all("all => all.map(e => e.dataset.finding)")
    doubts = [own.app.state.desk.find(k, story=own.story).doubt for k in keys]
    assert doubts == sorted(doubts, reverse=True)
    own_page.keyboard.press("j")
    own_page.keyboard.press("a")
    expect(own_page.locator(f'.state[data-key="{keys[0]}"]').first).to_have_class("state accepted")
    own_page.reload()
    assert own_page.locator(f'.queue > .line[data-finding="{keys[0]}"]').count() == 0


def test_edit_rename_merge_split_and_undo(own_page: Page, own: Site) -> None:
    desk = own.app.state.desk
    actors = sorted((a for a in _file(own).story.actors if len(a.evidence) > 2), key=lambda a: -len(a.evidence))
    kept, other = actors[0], actors[1]
    key = _file(own).by_item[kept.id].key
    before = _file(own).story
    own_page.goto(own.at(f"{{story}}/findings/{key}"))

    own_page.locator("#rename > summary").click()
    own_page.locator("#rename-name").fill("Renamed One")
    own_page.locator("#rename button").click()
    assert "Renamed One" in [a.name for a in _file(own).story.actors]

    own_page.locator("#merge > summary").click()
    own_page.locator("#merge-other").select_option(
        _file(own).by_item[next(a.id for a in _file(own).story.actors if a.name == other.name and a.id == other.id)].key
    )
    own_page.locator("#merge button").click()
    assert len(_file(own).story.actors) == len(before.actors) - 1

    own_page.locator("#split > summary").click()
    own_page.locator("#split input[type=checkbox]").first.check()
    own_page.locator("#split-name").fill("Split Off")
    own_page.locator("#split button").click()
    assert "Split Off" in [a.name for a in _file(own).story.actors]

    own_page.locator("#edit > summary").click()
    own_page.locator("#edit-country").fill("FRA")
    own_page.locator("#edit button").click()
    assert "FRA" in [a.country for a in _file(own).story.actors if a.name == "Renamed One"]

    own_page.goto(own.at("{story}/history"))
    assert own_page.locator("tr.line").count() == 4
    for _ in range(4):
        _undo_last(own_page)
    assert desk.story(own.story).story == before


def _undo_last(page: Page) -> None:
    page.keyboard.press("z")
    expect(page.locator("#said")).to_have_text(re.compile("taken back"), timeout=5000)
    page.reload()


def test_span_is_corrected_by_selecting_words(own_page: Page, own: Site) -> None:
    desk = own.app.state.desk
    document = _file(own).story.documents[0]
    decided = desk.decided(document)
    event = next(e for e in decided.reading.events if e.anchor)
    key = decided.by_record[event.id].key
    text = decided.reading.document.text
    own_page.goto(own.at(f"/documents/{document}?story={own.story}&edit={key}&part=anchor"))
    sentence = next(n for n, s in enumerate(decided.reading.sentences) if s.overlaps(event.anchor[0]))
    span = decided.reading.sentences[sentence]
    own_page.evaluate(
        """id => { const s = document.getElementById(id), walk = document.createTreeWalker(s, NodeFilter.SHOW_TEXT), r = document.createRange();
        let node = walk.nextNode(); while (node.parentElement.closest('.sn')) node = walk.nextNode();
        r.setStart(node, 0); let last = node; while (walk.nextNode()) last = walk.currentNode; r.setEnd(last, last.length);
        getSelection().removeAllRanges(); getSelection().addRange(r); }""",
        f"s{sentence}",
    )
    own_page.locator(".select-bar button").click()
    expect(own_page.locator("h1")).to_be_visible()
    changed = [e for e in desk.decided(document).reading.events if e.anchor and e.anchor[0] == span]
    assert changed, text[span.start : span.end]


def test_finding_is_added_by_hand(own_page: Page, own: Site) -> None:
    document = _file(own).story.documents[0]
    text = own.app.state.desk.document(document).document.text
    start = text.index(" ") + 1
    own_page.goto(own.at(f"{{story}}/add?document={document}&at={start}-{start + 5}"))
    own_page.locator("#add-event-type").select_option("PROTEST")
    own_page.locator("#add-event-reason").fill("seen by eye")
    own_page.locator("#add-event button").click()
    expect(own_page.locator(".state.added").first).to_be_attached()  # the page that comes after may take its time
    added = [f for f in own.app.state.desk.document(document).findings.values() if f.state is FindingState.ADDED]
    assert [f.type for f in added] == ["PROTEST"]


def test_reviewing_without_script(chrome: Browser, own: Site) -> None:
    context = entered(chrome, own, java_script_enabled=False)
    page = context.new_page()
    page.goto(own.at("{story}/queue"))
    key = page.locator(".queue > .line").first.get_attribute("data-finding") or ""
    page.locator(".queue > .line").first.locator("button.reject").click()
    page.wait_for_load_state()
    assert page.url.startswith(own.at("{story}/queue"))
    assert _state(own, key) is FindingState.REJECTED
    page.goto(own.at("{story}/history"))
    page.locator("tr.line button").first.click()
    page.wait_for_load_state()
    assert _state(own, key) is FindingState.PROPOSED
    page.goto(own.at(f"{{story}}/findings/{key}"))
    page.locator("form.decide button.accept").click()
    page.wait_for_load_state()
    assert _state(own, key) is FindingState.ACCEPTED
    assert page.locator("table.history tr.line").count() == 3
    context.close()


def test_agreement_of_two_people(own_page: Page, own: Site) -> None:
    for person, key in (("Ada", "a"), ("Ben", "r")):
        own_page.goto(own.at("{story}/disputes"))
        own_page.locator(".me summary").click()
        own_page.locator("#person-name").fill(person)
        own_page.locator(".me button").click()
        expect(own_page.locator(".me summary")).to_have_text(person)
        own_page.wait_for_load_state()
        own_page.keyboard.press("j")
        with own_page.expect_response("**/review/decide"):
            own_page.keyboard.press(key)
    own_page.goto(own.at("{story}/agreement"))
    assert "Ada and Ben" in own_page.locator("main").inner_text()


def test_name_is_asked_for_before_the_first_decision(chrome: Browser, own: Site) -> None:
    context = entered(chrome, own, person="")
    page = context.new_page()
    page.goto(own.at("{story}/disputes"))
    key = _key(page)
    page.keyboard.press("j")
    page.keyboard.press("a")
    expect(page.locator("#said")).to_contain_text("name")
    expect(page.locator("#person-name")).to_be_focused()
    page.keyboard.type("Cara Voss")
    page.keyboard.press("Enter")
    expect(page.locator(".me summary")).to_have_text("Cara Voss")
    page.wait_for_load_state()
    page.keyboard.press("j")
    page.keyboard.press("a")
    expect(page.locator(f'.state[data-key="{key}"]')).to_have_class("state accepted")
    assert own.app.state.desk.history(finding=key)[0].person == "Cara Voss"
    context.close()
