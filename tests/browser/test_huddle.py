"""A team's huddle from its wall: who is there, a blocker on the spot, the record that closes it."""

from playwright.sync_api import Page, expect

from tests.browser.government import TEAM
from tests.browser.journey import open_page, sit_down_as
from tests.server import Server

ROOM = f"/operationnel/{TEAM}"


def test_a_huddle_ends_with_a_record_nobody_had_to_write(page: Page, server: Server) -> None:
    sit_down_as(page, server, "team")
    open_page(page, server, ROOM)
    page.get_by_role("link", name="Tenir le caucus").click()
    page.get_by_label("Camille Roy").check()
    page.get_by_label("D'autres personnes").fill("Zoé Été, <b>Ana</b>")
    page.get_by_role("button", name="Commencer").click()
    expect(page.get_by_role("timer")).to_contain_text("sur 15 min")
    # A reload in the middle loses nothing.
    page.reload()
    expect(page.get_by_label("Camille Roy")).to_be_checked()
    expect(page.get_by_label("D'autres personnes")).to_have_value("Zoé Été, <b>Ana</b>")
    page.get_by_role("button", name="Résultats").click()
    expect(page.locator(".card").first).to_be_visible()
    expect(page.get_by_label("Camille Roy")).to_be_hidden()
    page.get_by_role("button", name="Point suivant").click()
    page.get_by_label("Ce qui bloque, en une phrase").fill("Le lecteur de cartes est en panne")
    page.get_by_role("button", name="Signaler", exact=True).click()
    expect(page.get_by_text("Bloquant signalé")).to_be_visible()
    page.get_by_role("button", name="Compte rendu").click()
    expect(page.locator("#huddle-facts")).to_contain_text("lecteur de cartes")
    page.get_by_label("À retenir, au besoin").fill("On appelle le fournisseur.")
    page.get_by_role("button", name="Clore et garder le compte rendu").click()
    expect(page.get_by_text("C'est écrit.")).to_be_visible()
    lines = page.locator("#huddle-records .minutes").first.locator("li")
    expect(lines.nth(0)).to_have_text("Présents (3) : Camille Roy, Zoé Été, <b>Ana</b>")
    expect(lines.nth(2)).to_contain_text("Le lecteur de cartes est en panne")
    expect(lines.nth(4)).to_have_text("À retenir : On appelle le fournisseur.")
    open_page(page, server, ROOM)
    expect(page.get_by_role("heading", name="Dernier caucus")).to_be_visible()
    page.get_by_text("Qu'est-ce qui a changé depuis…").click()
