"""The six people, each from what is off target to what they do about it."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.government import (
    DIRECTORATE,
    MEASURES_HEADER,
    MINISTRY,
    OPERATIONAL,
    STRATEGIC,
    TACTICAL,
    TEAM,
)
from tests.browser.journey import DROP_MS, card, open_page, sit_down_as
from tests.server import Server, write_csv


@pytest.fixture(scope="module", autouse=True)
def february(incoming: Path) -> Path:
    """Last month's values, waiting before the house opens: nothing is late."""
    rows = [
        f"{STRATEGIC};{MINISTRY};2026-02;73,2",
        f"E-S2;{MINISTRY};2026-02;75",
        f"{TACTICAL};{DIRECTORATE};2026-02;73",
        f"{OPERATIONAL};{TEAM};2026-02;73",
    ]
    return write_csv(incoming / "mensuel.csv", MEASURES_HEADER, rows)


def test_a_deputy_minister_reads_what_is_off_target_why_who_and_answers(
    page: Page, server: Server
) -> None:
    sit_down_as(page, server, "deputy")
    main = open_page(page, server, "/")
    expect(main.locator(".lede")).to_contain_text("hors cible")
    off = page.locator(".card").filter(has_text="hors cible").first
    expect(off).to_contain_text("aucune explication donnée", ignore_case=True)
    blocker = page.locator(".item").filter(has_text="Deux guichets fermés")
    expect(blocker).to_contain_text("personne ne l'a pris")
    blocker.get_by_role("button", name="Prendre en charge").click()
    expect(page.locator("#room-answered")).to_contain_text("Deux guichets fermés")
    expect(blocker).not_to_contain_text("personne ne l'a pris", timeout=DROP_MS)


def test_a_manager_finds_why_a_figure_is_off_and_thanks_the_team(
    page: Page, server: Server
) -> None:
    sit_down_as(page, server, "manager")
    open_page(page, server, f"/tactique/{DIRECTORATE}")
    card(page, "Attente au comptoir").locator("a.open").click()
    expect(page.locator("h1")).to_contain_text("Attente au comptoir")
    expect(page.get_by_role("heading", name="Qui porte l'écart")).to_be_visible()
    page.get_by_label("Votre commentaire").fill("Deux personnes absentes en octobre.")
    page.get_by_role("button", name="Commenter").click()
    expect(page.locator(".prose").filter(has_text="Deux personnes absentes")).to_be_visible()
    open_page(page, server, f"/tactique/{DIRECTORATE}")
    page.get_by_text("Dire bravo").first.click()
    page.get_by_label("Pourquoi bravo").fill("Le guichet est resté ouvert.")
    page.get_by_role("button", name="Dire bravo").click()
    # Nothing chosen and no practice: the browser asks beside the field, the server above nothing.
    practice = page.get_by_label("Quelle pratique")
    assert practice.evaluate("field => !field.validity.valid && document.activeElement === field")
    practice.fill("Deux personnes à l'ouverture")
    page.get_by_role("button", name="Dire bravo").click()
    expect(page.get_by_text("C'est écrit.")).to_be_visible()
    thanks = page.locator(".item").filter(has_text="Le guichet est resté ouvert.")
    thanks.get_by_role("link", name="Retirer").click()
    page.get_by_label("Pourquoi retirer").fill("Écrit deux fois")
    page.get_by_role("button", name="Retirer le bravo").click()
    expect(page.get_by_text("C'est retiré")).to_be_visible()
    assert "retirer=" not in page.url


def test_someone_of_a_team_raises_what_blocks_in_ten_seconds(page: Page, server: Server) -> None:
    sit_down_as(page, server, "team")
    open_page(page, server, f"/operationnel/{TEAM}")
    expect(card(page, "Personnes reçues")).to_be_visible()
    page.get_by_role("link", name="Signaler un bloquant").click()
    page.get_by_label("Ce qui bloque, en une phrase").fill("Imprimante en panne")
    page.get_by_role("button", name="Signaler").click()
    expect(page.locator("#blockers-answer")).to_contain_text("Imprimante en panne")
    expect(page.locator(".board")).to_contain_text("Imprimante en panne", timeout=DROP_MS)


def test_an_analyst_goes_from_the_table_to_the_file_it_came_from(
    page: Page, server: Server
) -> None:
    sit_down_as(page, server, "treasury")
    main = open_page(page, server, "/gouvernement?lang=en")
    expect(main.locator(".lede")).to_contain_text("off target")
    page.get_by_role("link", name="order by share off target").click()
    page.get_by_role("link", name="Test Department of Health").first.click()
    expect(page.locator("h1")).to_contain_text("Test Department of Health")
    card(page, "Average access time").locator("a.open").click()
    expect(page.locator("#indicator-origin")).to_contain_text("mensuel.csv")
    with page.expect_download() as taken:
        page.get_by_role("link", name="Download this table as XLSX").first.click()
    assert taken.value.suggested_filename.endswith(".xlsx")


def test_a_steward_sends_a_file_and_sees_it_change_the_room(
    page: Page, server: Server, tmp_path: Path
) -> None:
    sit_down_as(page, server, "manager")
    main = open_page(page, server, "/donnees")
    rows = [f"{TACTICAL};{DIRECTORATE};2026-02;77"]
    file = write_csv(tmp_path / "fevrier.csv", MEASURES_HEADER, rows)
    page.locator("input[type=file]").first.set_input_files(str(file))
    expect(main).to_contain_text("Ce que le versement changerait", timeout=DROP_MS)
    page.get_by_role("button", name="Verser", exact=True).click()
    load = main.get_by_role("row").filter(has_text="fevrier.csv")
    expect(load).to_contain_text("versé", timeout=DROP_MS)
    load.get_by_role("link").first.click()
    expect(page.get_by_role("heading", name="Provenance")).to_be_visible()
    open_page(page, server, f"/tactique/{DIRECTORATE}")
    expect(card(page, "Attente au comptoir")).to_contain_text("77")


def test_a_page_one_may_not_open_says_so_and_shows_the_way_back(
    page: Page, server: Server, complaints: list[str]
) -> None:
    sit_down_as(page, server, "team")
    for path in (f"/strategique/{MINISTRY}", f"/indicateurs/{TACTICAL}?org={DIRECTORATE}"):
        main = open_page(page, server, path)
        expect(main.get_by_role("link", name="Ma salle")).to_be_visible()
    # The address itself answers 404, which a browser tells its console.
    assert all("404" in one for one in complaints)
    complaints.clear()
