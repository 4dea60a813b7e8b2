"""Each page opens for whoever may see it, in both languages, on a phone too."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.government import MINISTRY, OTHER_MINISTRY, STRATEGIC
from tests.browser.journey import EVERY_PAGE, open_page, sit_down_as
from tests.server import Server


def in_language(path: str, lang: str) -> str:
    if lang == "fr":
        return path
    return f"{path}{'&' if '?' in path else '?'}lang=en"


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize(("viewer", "path"), EVERY_PAGE)
def test_a_page_opens_in_its_language(
    page: Page, server: Server, viewer: str, path: str, lang: str
) -> None:
    sit_down_as(page, server, viewer)
    main = open_page(page, server, in_language(path, lang))
    expect(page.locator("html")).to_have_attribute("lang", lang)
    expect(main).not_to_contain_text("Chargement…")
    expect(page).to_have_title(re.compile(r"\S"))


@pytest.mark.parametrize(("viewer", "path"), EVERY_PAGE)
def test_a_phone_shows_a_page_without_scrolling_sideways(
    page: Page, server: Server, viewer: str, path: str
) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    sit_down_as(page, server, viewer)
    open_page(page, server, path)
    page.wait_for_load_state("networkidle")
    too_wide = page.evaluate(
        "document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"
    )
    assert too_wide == 0


def test_the_first_address_leads_to_ones_own_room(page: Page, server: Server) -> None:
    sit_down_as(page, server, "deputy")
    open_page(page, server, "/")
    expect(page).to_have_url(f"{server.address}/strategique/{MINISTRY}")
    expect(page.locator("h1")).to_contain_text("Santé")


def test_the_other_language_is_one_touch_away_and_keeps_the_page(
    page: Page, server: Server
) -> None:
    sit_down_as(page, server, "deputy")
    open_page(page, server, f"/strategique/{MINISTRY}")
    page.get_by_role("link", name="English").click()
    expect(page).to_have_url(f"{server.address}/strategique/{MINISTRY}?lang=en")
    expect(page.locator("#wall-cards")).to_contain_text("Requests handled on time")


def test_a_room_one_may_not_see_says_so_and_names_nothing(
    page: Page, server: Server, complaints: list[str]
) -> None:
    sit_down_as(page, server, "manager")
    open_page(page, server, f"/strategique/{OTHER_MINISTRY}")
    main = page.locator("main")
    expect(main).to_contain_text("votre salle")
    expect(main).not_to_contain_text("Dossiers fermés")
    complaints.clear()  # the browser reports the 403 itself; the page must still be drawn


def test_two_people_look_at_the_same_time(browser: Browser, server: Server) -> None:
    with browser.new_context() as one, browser.new_context() as other:
        deputy, manager = one.new_page(), other.new_page()
        sit_down_as(deputy, server, "deputy")
        sit_down_as(manager, server, "manager")
        open_page(deputy, server, "/")
        open_page(manager, server, "/")
        assert deputy.url != manager.url


@pytest.mark.parametrize(
    ("name", "room"), [("Public", "/public"), ("Dominique Gagnon", "/tactique/")]
)
def test_looking_as_someone_else_leads_every_open_page_to_her_own_room(
    page: Page, server: Server, name: str, room: str
) -> None:
    sit_down_as(page, server, "deputy")
    other = page.context.new_page()
    for opened in (page, other):
        open_page(opened, server, f"/strategique/{MINISTRY}")
        expect(opened.locator("#live-state")).to_have_attribute("data-state", "live")
    page.locator("details.who summary").click()
    page.locator("details.who button").filter(has_text=name).first.click()
    for opened in (page, other):
        expect(opened).to_have_url(re.compile(re.escape(server.address + room)))
        expect(opened.locator("header nav")).to_be_visible()


def test_the_indicator_s_chart_is_drawn_without_the_polyfill_of_old_browsers(
    page: Page, server: Server
) -> None:
    sit_down_as(page, server, "deputy")
    open_page(page, server, f"/indicateurs/{STRATEGIC}?org={MINISTRY}")
    expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible()
    loaded = page.evaluate("Array.from(document.scripts).map(one => one.src)")
    assert any("regenerator" in source for source in loaded)
    assert not any("polyfill" in source for source in loaded)


@pytest.mark.parametrize("width", [1024, 1280, 1366, 1440, 1600, 1920])
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_room_of_the_bar_shows_whole_on_a_laptop(
    page: Page, server: Server, width: int, lang: str
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    sit_down_as(page, server, "deputy")
    open_page(page, server, in_language(f"/strategique/{MINISTRY}", lang))
    hidden = page.evaluate(
        "(nav => nav.scrollWidth - nav.clientWidth)(document.querySelector('.bar nav'))"
    )
    assert hidden == 0
