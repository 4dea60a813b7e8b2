"""A wall screen shows its cards in dense columns: two rows of six are one screen."""

from playwright.sync_api import Page

from tests.browser.government import MINISTRY
from tests.browser.journey import open_page, sit_down_as
from tests.server import Server


def test_a_wall_screen_has_six_columns_of_cards(page: Page, server: Server) -> None:
    page.set_viewport_size({"width": 3840, "height": 2160})
    sit_down_as(page, server, "deputy")
    open_page(page, server, f"/strategique/{MINISTRY}")
    columns = page.locator("#wall-cards .cards").evaluate(
        "one => getComputedStyle(one).gridTemplateColumns"
    )
    assert len(columns.split()) == 6
