"""From a draft to the public page: written by the Treasury Board, read by anyone."""

from playwright.sync_api import Page, expect

from tests.browser.journey import open_page, sit_down_as
from tests.server import Server


def test_a_draft_is_read_again_published_and_read_by_the_public(page: Page, server: Server) -> None:
    sit_down_as(page, server, "public")
    open_page(page, server, "/public")
    expect(page.get_by_text("Rien n'est encore publié.")).to_be_visible()
    sit_down_as(page, server, "treasury")
    open_page(page, server, "/publications")
    page.get_by_label("Note, en français").fill("Un mot.")
    page.get_by_label("Note, en anglais").fill(" ")
    page.get_by_role("button", name="Préparer le brouillon").click()
    expect(page.get_by_text("il manque l'anglais")).to_be_visible()
    expect(page.get_by_label("Note, en français")).to_have_value("Un mot.")
    page.get_by_label("Note, en anglais").fill("A <b>word</b>.")
    page.get_by_role("button", name="Préparer le brouillon").click()
    page.get_by_role("link", name="Ouvrir le brouillon").click()
    expect(page.get_by_text("le public ne le lit pas encore")).to_be_visible()
    page.get_by_text("Publier…").click()
    page.get_by_role("button", name="Publier maintenant").click()
    expect(page.get_by_text("tout le monde peut le lire")).to_be_visible()
    sit_down_as(page, server, "public")
    open_page(page, server, "/public?lang=en")
    expect(page.locator(".public-note")).to_have_text("A <b>word</b>.")
    article = page.locator(".published").first
    expect(article.locator("h3")).to_be_visible()
    expect(article.locator(".small-curve svg")).to_be_visible()
    expect(page.get_by_text("These figures no longer change")).to_be_visible()
