"""What a person does in the journeys: sit down as someone, open a room, read a card."""

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser.government import DIRECTORATE, MEASURES_HEADER, MINISTRY, STRATEGIC, TEAM
from tests.server import Server, write_csv

PAGES = {
    "public": ("/",),
    "team": (f"/operationnel/{TEAM}",),
    "manager": (f"/tactique/{DIRECTORATE}", "/donnees"),
    "deputy": (
        f"/strategique/{MINISTRY}",
        f"/indicateurs/{STRATEGIC}?org={MINISTRY}",
        "/bloquants",
    ),
    "treasury": ("/gouvernement",),
    "administrator": ("/",),
}
"""The pages each sample person is sure to have, the way she would open them."""

EVERY_PAGE = [(viewer, path) for viewer, paths in PAGES.items() for path in paths]
DROP_MS = 30_000


def sit_down_as(page: Page, server: Server, viewer: str) -> None:
    """Look through the eyes of a sample person, as the switch of the header does."""
    page.goto(f"{server.address}/healthz")
    answer = page.request.post(
        f"{server.address}/voir-comme",
        form={"viewer": viewer},
        headers={"Origin": server.address},
        max_redirects=0,
    )
    assert answer.status in {200, 302, 303}, answer.text()


def open_page(page: Page, server: Server, path: str) -> Locator:
    """Open an address and wait until its page is drawn; its ``<main>``."""
    page.goto(server.address + path)
    main = page.locator("main")
    expect(main.locator("h1")).to_be_visible(timeout=DROP_MS)
    return main


def card(page: Page, title: str) -> Locator:
    """The card of an indicator, found by its title."""
    return page.locator("#wall-cards .card").filter(has_text=title).first


def drop(incoming: Path, name: str, month: str, value: str) -> Path:
    """Put a file of one measurement into the watched folder."""
    row = f"{STRATEGIC};{MINISTRY};{month};{value}"
    return write_csv(incoming / name, MEASURES_HEADER, [row])


def figure(text: str) -> re.Pattern[str]:
    """A figure as a person reads it, whatever space or mark stands in it."""
    return re.compile(text.replace(",", "[,.]").replace(" ", r"\s"))
