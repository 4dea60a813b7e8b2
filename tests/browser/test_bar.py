"""The bar holds its doors and says who looks, at the width of a laptop."""

import pytest
from playwright.sync_api import Page

from tests.browser.journey import open_page, sit_down_as
from tests.server import Server


@pytest.mark.parametrize("viewer", ["deputy", "treasury"])
def test_no_door_is_cut_on_a_laptop(page: Page, server: Server, viewer: str) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    sit_down_as(page, server, viewer)
    open_page(page, server, "/bloquants")
    nav = page.locator(".bar nav")
    assert nav.evaluate("one => one.scrollWidth <= one.clientWidth")
    said = page.locator(".who summary")
    assert said.get_attribute("title") == said.inner_text().strip()
