"""A person follows her room, then reads what changed in all she follows."""

from playwright.sync_api import Page, expect

from tests.browser.government import MINISTRY
from tests.browser.journey import open_page, sit_down_as
from tests.server import Server


def test_a_room_is_followed_read_among_the_others_and_left(page: Page, server: Server) -> None:
    sit_down_as(page, server, "treasury")
    open_page(page, server, f"/strategique/{MINISTRY}")
    page.get_by_role("button", name="Suivre").click()
    expect(page.get_by_role("button", name="Suivi")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("link", name="mes suivis (1)").click()
    expect(page.get_by_role("heading", name="Mes suivis", level=1)).to_be_visible()
    expect(page.locator("main")).to_contain_text("Ministère de la Santé d'essai")
    page.get_by_role("button", name="ne plus suivre").click()
    expect(page.locator("main")).to_contain_text("Vous ne suivez rien encore.")
