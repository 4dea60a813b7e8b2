"""Read with a keyboard, at twice the size, and in the colours a reader forces."""

from base64 import b64encode

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.government import MINISTRY, STRATEGIC
from tests.browser.journey import open_page, sit_down_as
from tests.server import Server

ROOM = f"/strategique/{MINISTRY}"
_WALK = """() => {
    const here = document.activeElement, style = getComputedStyle(here), seen = window.walked || [];
    window.walked = [...seen, here];
    const last = seen[seen.length - 1];
    return {
        what: here.outerHTML.slice(0, 120),
        isEnd: here === document.body,
        follows: !last || Boolean(last.compareDocumentPosition(here) & 4),
        shows: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0
    };
}"""
_SHARES = """async bytes => {
    const raw = Uint8Array.from(atob(bytes), c => c.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([raw]));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height), pen = canvas.getContext('2d');
    pen.drawImage(bitmap, 0, 0);
    const {data} = pen.getImageData(0, 0, bitmap.width, bitmap.height), ground = data.slice(0, 3);
    let inked = 0;
    for (let at = 0; at < data.length; at += 4) {
        inked += [0, 1, 2].some(n => Math.abs(data[at + n] - ground[n]) > 40) ? 1 : 0;
    }
    return 4 * inked / data.length;
}"""


def _inked(page: Page, picture: bytes) -> float:
    """The share of a picture that is not of the colour of its corner."""
    return float(page.evaluate(_SHARES, b64encode(picture).decode()))


def test_tab_follows_the_order_of_reading_and_always_shows_where_one_is(
    page: Page, server: Server
) -> None:
    sit_down_as(page, server, "deputy")
    open_page(page, server, ROOM)
    expect(page.locator("#wall-cards[data-drawn]")).to_be_visible()
    page.evaluate("document.activeElement.blur()")
    for _ in range(60):
        page.keyboard.press("Tab")
        told = page.evaluate(_WALK)
        if told["isEnd"]:
            break
        assert told["follows"], told["what"]
        assert told["shows"], told["what"]
    assert page.evaluate("window.walked.length") > 20


@pytest.mark.parametrize(
    "path",
    [ROOM, "/gouvernement", "/bloquants", f"/cascade/{MINISTRY}", f"/indicateurs/{STRATEGIC}"],
)
def test_at_twice_the_size_nothing_scrolls_sideways(page: Page, server: Server, path: str) -> None:
    page.set_viewport_size({"width": 720, "height": 450})
    sit_down_as(page, server, "treasury")
    open_page(page, server, path)
    wide = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert wide <= 0


def test_forced_colours_keep_the_shape_of_every_state(browser: Browser, server: Server) -> None:
    with browser.new_context(
        forced_colors="active", viewport={"width": 1440, "height": 900}
    ) as seen:
        page = seen.new_page()
        sit_down_as(page, server, "deputy")
        open_page(page, server, ROOM)
        shapes = page.locator(".status .shape")
        expect(shapes.first).to_be_visible()
        for shape in shapes.all():
            ink = _inked(page, shape.screenshot())
            assert ink > 0.02
