"""A manager brings a file through the page: a good one shows, a bad one is refused line by line."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.government import DIRECTORATE, MEASURES_HEADER, TACTICAL
from tests.browser.journey import DROP_MS, open_page, sit_down_as
from tests.server import Server, write_csv


def choose(page: Page, server: Server, file: Path) -> None:
    sit_down_as(page, server, "manager")
    open_page(page, server, "/donnees")
    page.locator("input[type=file]").first.set_input_files(str(file))


def test_a_sound_file_is_checked_previewed_and_loaded(
    page: Page, server: Server, tmp_path: Path
) -> None:
    rows = [f"{TACTICAL};{DIRECTORATE};2026-02;41"]
    choose(page, server, write_csv(tmp_path / "attente.csv", MEASURES_HEADER, rows))
    main = page.locator("main")
    expect(main).to_contain_text("attente.csv", timeout=DROP_MS)
    page.get_by_role("button", name="Charger").click(timeout=DROP_MS)
    expect(main).to_contain_text("chargé", timeout=DROP_MS)
    open_page(page, server, f"/tactique/{DIRECTORATE}")
    expect(page.locator("#wall-cards")).to_contain_text("41", timeout=DROP_MS)


def test_a_bad_file_is_refused_with_its_line_and_what_to_write(
    page: Page, server: Server, tmp_path: Path
) -> None:
    rows = [f"{TACTICAL};{DIRECTORATE};2026-02;42", f"{TACTICAL};{DIRECTORATE};31/02/2026;n.d."]
    choose(page, server, write_csv(tmp_path / "fautive.csv", MEASURES_HEADER, rows))
    main = page.locator("main")
    expect(main).to_contain_text("fautive.csv", timeout=DROP_MS)
    expect(main).to_contain_text("n.d.", timeout=DROP_MS)
    expect(main).to_contain_text("31/02/2026")
    expect(main).to_contain_text("ligne 3")
