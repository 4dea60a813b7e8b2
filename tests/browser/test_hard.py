"""Whatever is in the files, a page stays a page: text stays text, nothing leaves its frame."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.government import AS_OF
from tests.browser.hard_government import (
    HOSTILE,
    HOW_MANY,
    MANY,
    MINISTRY,
    NONE,
    write_hard_government,
)
from tests.browser.journey import DROP_MS, open_page, sit_down_as
from tests.server import Server, pilotage

PAGES = [
    "/gouvernement",
    f"/strategique/{MINISTRY}",
    f"/strategique/{MINISTRY}?vue=tableau&lang=en",
    f"/strategique/{MINISTRY}/caucus",
    f"/strategique/{MANY}",
    f"/strategique/{NONE}",
    f"/indicateurs/H-0?org={MINISTRY}",
    f"/indicateurs/H-1?org={MINISTRY}",
    f"/indicateurs/H-5?org={MINISTRY}",
    "/bloquants",
    f"/cascade/{MINISTRY}",
    "/donnees",
]


@pytest.fixture(scope="module")
def hard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The house on that government."""
    place = tmp_path_factory.mktemp("hard")
    files = [str(path) for path in write_hard_government(place / "files")]
    answer = pilotage(place / "home", "load", *files, PILOTAGE_AS_OF=AS_OF)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    with Server(place / "home", PILOTAGE_AS_OF=AS_OF) as running:
        yield running


def test_no_page_is_broken_by_what_files_hold(page: Page, hard: Server) -> None:
    sit_down_as(page, hard, "treasury")
    for path in PAGES:
        page.set_viewport_size({"width": 1440, "height": 900})
        open_page(page, hard, path)
        page.locator("main :is(.card, .item, .empty, table, .roster):visible").first.wait_for()
        for width in (1440, 390, 320):
            page.set_viewport_size({"width": width, "height": 900})
            # A chart takes the new width a moment after the page does.  A property is awaited
            # and not an expression: the page's policy forbids evaluating one.
            root = page.locator("html")
            expect(root).to_have_js_property("scrollWidth", width, timeout=DROP_MS)
        assert page.evaluate("window.hacked") is None, path
        assert page.locator("main img").count() == 0, path
        assert "49" not in page.locator("h1").inner_text(), path


def test_five_hundred_indicators_are_drawn_where_all_are_asked_for(
    page: Page, hard: Server
) -> None:
    sit_down_as(page, hard, "treasury")
    open_page(page, hard, f"/strategique/{MANY}")
    expect(page.locator("#wall-cards .card")).to_have_count(12)
    page.get_by_role("link", name=f"Tous les indicateurs ({HOW_MANY})").click()
    expect(page.locator("#wall-cards .card")).to_have_count(HOW_MANY)


def test_hostile_text_is_shown_as_it_was_written(page: Page, hard: Server) -> None:
    sit_down_as(page, hard, "treasury")
    main = open_page(page, hard, f"/strategique/{MINISTRY}")
    expect(main.locator("h1")).to_have_text(HOSTILE)
    expect(page.locator(".card h3").filter(has_text="onerror").first).to_contain_text(HOSTILE)
