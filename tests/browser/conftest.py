"""A real browser for the tests: the system's chromium, installed with the package manager where that may be done.

Under CI a browser test that cannot run is a failure, not a skip.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.sites import Site, copy_of, empty_store, example_store, large_store, serving

_NAMES = ("chromium", "chromium-browser", "google-chrome")
expect.set_options(timeout=30_000)  # a busy machine is no fault of the desk
_HOW = "no chromium: install it (on Debian: apt-get install chromium), then run the tests again"


def _find() -> str | None:
    return next((path for name in _NAMES if (path := shutil.which(name))), None)


def _install() -> None:
    """Install chromium where this is Debian and we may."""
    if os.geteuid() != 0 or not Path("/etc/debian_version").exists() or shutil.which("apt-get") is None:
        return
    quiet = {"DEBIAN_FRONTEND": "noninteractive", **os.environ}
    for command in (["apt-get", "update", "-q"], ["apt-get", "install", "-q", "-y", "--no-install-recommends", "chromium"]):
        subprocess.run(command, check=False, capture_output=True, env=quiet, timeout=900)


@pytest.fixture(scope="package")
def chromium() -> str:
    """Path of the browser."""
    found = _find()
    if found is None:
        _install()
        found = _find()
    if found is None:
        if os.environ.get("CI"):
            pytest.fail(_HOW)
        pytest.skip(_HOW)
    return found


@pytest.fixture(scope="package")
def chrome(chromium: str) -> Iterator[Browser]:
    """The running browser."""
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=arguments)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def example_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the example; not to be changed."""
    return example_store(tmp_path_factory.mktemp("example") / "example.db")


@pytest.fixture(scope="package")
def example(example_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A desk with the example, for tests that only look."""
    with serving(copy_of(example_file, tmp_path_factory.mktemp("looked-at"))) as site:
        yield site


@pytest.fixture(scope="package")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A desk with nothing in it."""
    with serving(empty_store(tmp_path_factory.mktemp("empty") / "empty.db")) as site:
        yield site


@pytest.fixture(scope="package")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A desk with a story of 500 documents."""
    with serving(large_store(tmp_path_factory.mktemp("large") / "large.db")) as site:
        yield site


@pytest.fixture
def own(example_file: Path, tmp_path: Path) -> Iterator[Site]:
    """A desk with the example of the test's own, to change at will."""
    with serving(copy_of(example_file, tmp_path)) as site:
        yield site


def entered(chrome: Browser, site: Site, *, person: str = "Ada Vell", **options: object) -> BrowserContext:
    """A window of the browser that is let in, with the name of who reviews."""
    context = chrome.new_context(**options)  # type: ignore[arg-type]
    if person:
        context.add_cookies([{"name": "crossread_person", "value": quote(person), "url": site.base}])
    page = context.new_page()
    page.goto(site.enter())
    page.close()
    return context


@pytest.fixture
def page(chrome: Browser, example: Site) -> Iterator[Page]:
    """A page of the example's desk, let in; faults on the console fail the test."""
    context = entered(chrome, example, viewport={"width": 1280, "height": 900})
    faults: list[str] = []
    page = context.new_page()
    watch(page, faults)
    yield page
    context.close()
    assert not faults


@pytest.fixture
def own_page(chrome: Browser, own: Site) -> Iterator[Page]:
    """A page of the test's own desk."""
    context = entered(chrome, own, viewport={"width": 1280, "height": 900})
    faults: list[str] = []
    page = context.new_page()
    watch(page, faults)
    yield page
    context.close()
    assert not faults


def watch(page: Page, faults: list[str]) -> None:
    """Note errors on the console (content security included), faults of script and dialogs."""
    page.on("console", lambda message: faults.append(f"{page.url}: {message.text}") if message.type == "error" else None)
    page.on("pageerror", lambda fault: faults.append(f"{page.url}: {fault}"))
    page.on("dialog", lambda dialog: (faults.append(f"{page.url}: dialog {dialog.message}"), dialog.dismiss()))
