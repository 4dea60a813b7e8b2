"""A deputy minister answers a blocker from her room: one tap, and the room says so."""

from playwright.sync_api import Page, expect

from tests.browser.government import MINISTRY
from tests.browser.journey import open_page, sit_down_as
from tests.server import Server


def test_a_blocker_is_taken_in_one_tap_then_answered_in_the_room(
    page: Page, server: Server
) -> None:
    sit_down_as(page, server, "deputy")
    open_page(page, server, f"/bloquants?signaler=1&org={MINISTRY}")
    page.get_by_label("Ce qui bloque, en une phrase").fill("Pas de quai de déchargement")
    page.get_by_role("button", name="Signaler", exact=True).click()
    expect(page.get_by_text("Bloquant signalé")).to_be_visible()
    open_page(page, server, f"/strategique/{MINISTRY}")
    one = page.locator("#room-side article").filter(has_text="Pas de quai de déchargement")
    one.get_by_role("button", name="Prendre en charge").click()
    expect(page.locator("#room-answered")).to_contain_text("Pas de quai de déchargement")
    expect(one).to_contain_text("pris en charge")
    one.get_by_text("Répondre ou agir").click()
    one.get_by_text("Résoudre", exact=True).click()
    one.get_by_label("Ce qui a été fait").fill("Un quai est prêté.")
    one.get_by_role("button", name="Confirmer : résoudre").click()
    expect(one).to_have_count(0)
