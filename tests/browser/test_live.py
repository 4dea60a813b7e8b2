"""Open pages keep up: with what is dropped, and with a server that was lost."""

from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.browser.government import AS_OF, MINISTRY
from tests.browser.journey import DROP_MS, card, drop, figure, open_page, sit_down_as
from tests.server import Server, pilotage

TITLE = "Demandes traitées à temps"


def watch_the_card(page: Page, server: Server) -> None:
    """Open the strategic room and leave a mark that a reload would wipe out."""
    sit_down_as(page, server, "deputy")
    open_page(page, server, f"/strategique/{MINISTRY}")
    expect(page.locator("#live-state")).to_have_attribute("data-state", "live")
    page.evaluate("window.neverReloaded = true")


def test_a_file_dropped_in_the_watched_folder_changes_a_card_without_reload(
    page: Page, server: Server, incoming: Path
) -> None:
    watch_the_card(page, server)
    drop(incoming, "fevrier.csv", "2026-02", "77,7")
    expect(card(page, TITLE)).to_contain_text(figure("77,7"), timeout=DROP_MS)
    assert page.evaluate("window.neverReloaded")


def test_a_change_elsewhere_asks_nothing_of_a_room_it_does_not_concern(
    page: Page, server: Server, incoming: Path
) -> None:
    with page.expect_websocket() as opened:
        watch_the_card(page, server)
    page.evaluate("document.getElementById('page').dataset.place = 'AUTRE'")
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url))
    with opened.value.expect_event("framereceived"):
        drop(incoming, "fevrier.csv", "2026-02", "74,2")
    page.evaluate("document.getElementById('page').dataset.place = ''")
    drop(incoming, "fevrier-2.csv", "2026-02", "75,3")
    expect(card(page, TITLE)).to_contain_text(figure("75,3"), timeout=DROP_MS)
    assert len([url for url in asked if "_dash-update-component" in url]) == 1


def test_a_page_open_while_the_server_restarts_catches_up_by_itself(
    page: Page, server: Server, tmp_path: Path, complaints: list[str]
) -> None:
    watch_the_card(page, server)
    server.stop()
    expect(page.locator("#live-banner")).to_be_visible(timeout=DROP_MS)
    missed = drop(tmp_path, "rattrapage.csv", "2026-02", "81,3")
    answer = pilotage(server.home, "load", str(missed), PILOTAGE_AS_OF=AS_OF)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    server.start()
    expect(card(page, TITLE)).to_contain_text(figure("81,3"), timeout=DROP_MS)
    expect(page.locator("#live-banner")).to_be_hidden(timeout=DROP_MS)
    assert page.evaluate("window.neverReloaded")
    complaints.clear()  # the browser reports each refused connection itself


def test_a_page_asked_for_while_the_server_was_down_is_shown_once_it_is_back(
    page: Page, server: Server, complaints: list[str]
) -> None:
    watch_the_card(page, server)
    server.stop()
    page.get_by_role("link", name="Bloquants", exact=True).click()
    expect(page).to_have_url(f"{server.address}/bloquants")
    expect(page.locator("#live-banner")).to_be_visible(timeout=DROP_MS)
    server.start()
    expect(page.locator("main h1")).to_have_text("Bloquants", timeout=DROP_MS)
    expect(page.locator("main")).not_to_have_attribute("aria-busy", "true")
    complaints.clear()  # the browser reports each refused connection itself


def test_the_live_mark_tells_the_government_s_time_wherever_the_reader_is(
    browser: Browser, server: Server
) -> None:
    with browser.new_context(locale="fr-CA", timezone_id="Asia/Tokyo") as far:
        page = far.new_page()
        sit_down_as(page, server, "deputy")
        # Half past noon in Tokyo is half past ten the evening before in Québec.
        page.clock.set_fixed_time("2026-11-10T12:30:00+09:00")
        page.goto(f"{server.address}/strategique/{MINISTRY}")
        expect(page.locator("#live-state")).to_contain_text("22 h 30")
