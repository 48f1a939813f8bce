"""Searching with facets, saved searches, the inbox, and every download."""

import json
import re
import zipfile
from io import BytesIO
from pathlib import Path

from playwright.sync_api import Page, expect

from crossread.desk.downloads import FORMATS
from tests.browser.sites import Site


def test_search_finds_marks_and_narrows(page: Page, example: Site) -> None:
    page.goto(example.at("/stories"))
    page.locator("#q-top").fill("truce")
    page.keyboard.press("Enter")
    total = int((page.locator("#hits-head").inner_text()).split()[0])
    assert total > 5
    assert set(page.locator(".hits mark").all_inner_texts()) <= {"truce", "Truce", "truces"}
    page.locator(".found-in a", has_text="Corvane").first.click()
    page.wait_for_load_state()
    fewer = int((page.locator("#hits-head").inner_text()).split()[0])
    assert 0 < fewer < total
    assert all("Corvane" in text for text in page.locator(".hits .meta").all_inner_texts())
    page.locator(".hits a.open").first.click()
    expect(page.locator(".report mark").first).to_be_visible()


def test_search_narrows_by_form(page: Page, example: Site) -> None:
    page.goto(example.at("/stories?q=varnik"))
    page.locator(".facets > summary").click()
    page.locator("#f-since").fill("2023-05-16")
    page.locator("#f-kind").select_option("figure")
    page.locator(".search button").click()
    page.wait_for_load_state()
    assert "since=2023-05-16" in page.url
    days = {re.search(r"\d+ May 2023", t)[0] for t in page.locator(".hits .meta").all_inner_texts()}  # type: ignore[index]
    assert days <= {"16 May 2023", "17 May 2023"}


def test_searches_are_saved_and_deleted(own_page: Page, own: Site) -> None:
    own_page.goto(own.at("/stories?q=veto&publisher=Ostrel+Daily"))
    own_page.locator("#save-name").fill("Vetoes <b>told</b>")
    own_page.locator("form:has(#save-name) button").click()
    own_page.wait_for_load_state()
    saved = own_page.locator(".saved a")
    assert saved.all_inner_texts() == ["Vetoes <b>told</b>"]
    own_page.goto(own.at("/stories"))
    own_page.locator(".saved a").click()
    own_page.wait_for_load_state()
    assert own_page.locator("#q").input_value() == "veto"
    own_page.locator(".saved button").click()
    own_page.wait_for_load_state()
    assert own_page.locator(".saved").count() == 0


def test_every_format_is_downloaded(page: Page, example: Site, tmp_path: Path) -> None:
    names = list(FORMATS)
    for first in range(0, len(names), 8):  # a browser lets one page start some twenty downloads
        tab = page.context.new_page()
        tab.goto(example.at("{story}/export"))
        for fold in tab.locator("details.fold > summary").all():
            fold.click()
        for name in names[first : first + 8]:
            check_download(tab, name, tmp_path)
        tab.close()


def check_download(page: Page, name: str, folder: Path) -> None:
    with page.expect_download() as got:
        page.locator(f'a[href$="/export/{name}"]').click()
    target = folder / got.value.suggested_filename
    got.value.save_as(target)
    content = target.read_bytes()
    assert len(content) > 100, name
    assert target.name.endswith(FORMATS[name].suffix), name
    if target.suffix == ".json":
        assert json.loads(content), name
    if target.suffix in (".zip", ".xlsx"):
        assert zipfile.ZipFile(BytesIO(content)).testzip() is None, name


def test_pasted_text_becomes_a_document(own_page: Page, own: Site) -> None:
    own_page.goto(own.at("/inbox"))
    own_page.locator("#text").fill(
        "Ferry leaves Aldport late\n\nThe ferry left Aldport two hours late on Monday, the harbour master said."
    )
    own_page.locator("#in-publisher").fill("Harbour News")
    own_page.locator("#in-published").fill("2023-05-18")
    own_page.locator("form:has(#text) button").click()
    expect(own_page.locator(".job").first).to_be_visible()
    expect(own_page.locator(".job.done").first).to_be_visible(timeout=90_000)
    own_page.goto(own.at("/stories?q=ferry"))
    assert own_page.locator(".hits .line").count() >= 1


def test_file_that_cannot_be_read_says_why(own_page: Page, own: Site) -> None:
    own_page.goto(own.at("/inbox"))
    own_page.locator("#files").set_input_files(
        [{"name": "broken.zip", "mimeType": "application/zip", "buffer": b"PK\x03\x04 broken"}]
    )
    own_page.locator("form:has(#files) button").click()
    expect(own_page.locator(".jobs .meta, .failures .problem, .notice").first).to_be_visible(timeout=60_000)
    own_page.goto(own.at("/inbox"))
    expect(own_page.locator("main")).to_contain_text("broken.zip", timeout=60_000)
