"""A page that arrives pushes nothing of what is being read."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.government import MINISTRY
from tests.browser.journey import open_page, sit_down_as
from tests.server import Server

_WATCH = """
    window.shifted = 0;
    new PerformanceObserver(list => {
      list.getEntries().forEach(one => { window.shifted += one.value; });
    }).observe({type: 'layout-shift', buffered: true});
"""
_GOOD = 0.1
"""What the browsers' makers call a good cumulative layout shift."""


@pytest.mark.parametrize("width", [1440, 390])
def test_the_cascade_arrives_without_a_jump(page: Page, server: Server, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    sit_down_as(page, server, "deputy")
    page.add_init_script(_WATCH)
    open_page(page, server, f"/cascade/{MINISTRY}")
    expect(page.locator("main aside")).to_be_visible()
    assert page.evaluate("window.shifted") < _GOOD


@pytest.mark.parametrize("width", [1440, 390])
def test_a_room_arrives_without_a_jump(page: Page, server: Server, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    sit_down_as(page, server, "deputy")
    page.add_init_script(_WATCH)
    open_page(page, server, f"/strategique/{MINISTRY}")
    expect(page.locator("#wall-cards[data-drawn]")).to_be_visible()
    expect(page.locator("#room-rest")).to_be_visible()
    assert page.evaluate("window.shifted") < _GOOD
