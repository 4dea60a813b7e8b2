"""A person who never leaves the keyboard: she searches, walks through a room, reads the keys."""

from playwright.sync_api import Page, expect

from tests.browser.government import DIRECTORATE, MINISTRY
from tests.browser.journey import open_page, sit_down_as
from tests.server import Server

ROOM = f"/strategique/{MINISTRY}"


def test_a_slash_opens_the_search_and_enter_opens_what_was_found(
    page: Page, server: Server
) -> None:
    sit_down_as(page, server, "deputy")
    open_page(page, server, ROOM)
    page.keyboard.press("/")
    field = page.get_by_role("searchbox")
    expect(field).to_be_focused()
    page.keyboard.type("/?jk")
    expect(page.get_by_role("status").filter(has_text="Rien de ce que vous pouvez")).to_be_visible()
    expect(page.locator("#keys")).to_be_hidden()
    field.fill(MINISTRY)
    first = page.locator("#search-found a").first
    expect(first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(field).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#search")).to_be_hidden()


def test_a_question_mark_lists_the_keys_and_letters_walk_through_the_room(
    page: Page, server: Server
) -> None:
    sit_down_as(page, server, "deputy")
    open_page(page, server, ROOM)
    expect(page.locator(".card").first).to_be_visible()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Touches du clavier")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    expect(page.locator(".card a.open").first).to_be_focused()
    page.get_by_role("button", name="Rechercher").click()
    page.get_by_role("searchbox").fill(DIRECTORATE)
    expect(page.locator("#search-found a").first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("#search")).to_be_hidden()
    expect(page.locator("main h1")).to_be_focused()
