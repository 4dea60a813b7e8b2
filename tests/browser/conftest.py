"""A headless Chromium, a small government behind a real server, and pages that must stay quiet."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.government import AS_OF, write_government
from tests.server import Server, pilotage

# What a busy machine draws late is not wrong: no test of ours asserts how long it took.
expect.set_options(timeout=30_000)

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs a browser; without one it is skipped, and says so."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="no Chromium on this machine"))


# Playwright's synchronous door keeps an event loop running in its thread for as long as it is
# open: left open for the whole session, it breaks every test of the same worker that runs a loop.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def loaded_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the small government loaded; copy it, do not touch it."""
    place = tmp_path_factory.mktemp("government")
    home = place / "home"
    files = [str(path) for path in write_government(place / "files")]
    answer = pilotage(home, "load", *files, PILOTAGE_AS_OF=AS_OF)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return home


@pytest.fixture(scope="module")
def incoming(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("incoming")


@pytest.fixture(scope="module")
def server(
    loaded_home: Path, incoming: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """The house on its own copy of the small government, watching ``incoming``."""
    home = tmp_path_factory.mktemp("served") / "home"
    shutil.copytree(loaded_home, home)
    with Server(home, PILOTAGE_AS_OF=AS_OF, PILOTAGE_INCOMING=str(incoming)) as running:
        yield running


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    with browser.new_context(locale="fr-CA", viewport={"width": 1280, "height": 900}) as opened:
        yield opened


@pytest.fixture
def page(context: BrowserContext, complaints: list[str]) -> Iterator[Page]:
    """A page on which any error of the console or of a script fails the test."""
    opened = context.new_page()
    opened.on("pageerror", lambda error: complaints.append(f"script: {error}"))
    opened.on(
        "console",
        lambda said: complaints.append(said.text) if said.type == "error" else None,
    )
    yield opened
    assert complaints == []


@pytest.fixture
def complaints() -> list[str]:
    """What a page complained of; a test that expects a complaint clears it, and says why."""
    return []
