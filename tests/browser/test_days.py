"""A person who comes back: she picks a day, and asks what has changed since her last visit."""

from playwright.sync_api import Page, expect

from tests.browser.government import MINISTRY
from tests.browser.journey import open_page, sit_down_as
from tests.server import Server

ROOM = f"/strategique/{MINISTRY}"


def test_a_day_is_chosen_in_a_field_and_left_by_a_link(page: Page, server: Server) -> None:
    sit_down_as(page, server, "deputy")
    open_page(page, server, ROOM)
    page.locator("summary").filter(has_text="Au 15 mars 2026").click()
    page.get_by_label("Un autre jour").fill("2025-12-31")
    page.get_by_role("button", name="Voir ce jour").click()
    expect(page).to_have_url(f"{server.address}{ROOM}?au=2025-12-31")
    expect(page.locator("summary").filter(has_text="Au 31 décembre 2025")).to_be_visible()
    page.get_by_role("link", name="Revenir à aujourd'hui").click()
    expect(page).to_have_url(f"{server.address}{ROOM}")


def test_the_last_visit_is_kept_by_the_browser_and_offered(page: Page, server: Server) -> None:
    sit_down_as(page, server, "deputy")
    open_page(page, server, ROOM)
    page.evaluate(
        """room => localStorage.setItem(
            "pilotage-visits", JSON.stringify({ [room]: { last: "2026-02-10" } }))""",
        ROOM,
    )
    open_page(page, server, ROOM)
    expect(page.locator(".card").first).to_be_visible()
    page.get_by_text("Qu'est-ce qui a changé depuis…").click()
    page.get_by_role("link", name="Ma dernière visite").click()
    expect(page).to_have_url(f"{server.address}{ROOM}?depuis=2026-02-09")
    expect(
        page.get_by_role("heading", name="Ce qui a changé depuis le 9 février 2026")
    ).to_be_visible()
