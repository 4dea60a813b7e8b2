"""A manager brings a file through the page: a good one shows, a bad one is refused line by line."""

from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser.government import DIRECTORATE, MEASURES_HEADER, TACTICAL
from tests.browser.journey import DROP_MS, open_page, sit_down_as
from tests.server import Server, write_csv


def choose(page: Page, server: Server, file: Path) -> Locator:
    """Choose a file on the data page and wait until it is checked; the page's ``<main>``."""
    sit_down_as(page, server, "manager")
    main = open_page(page, server, "/donnees")
    page.locator("input[type=file]").first.set_input_files(str(file))
    expect(main).to_contain_text("Vérification terminée", timeout=DROP_MS)
    return main


def bad_file(folder: Path) -> Path:
    """A sound row for January, then a day that does not exist with a value that is no number."""
    rows = [f"{TACTICAL};{DIRECTORATE};2026-01;47", f"{TACTICAL};{DIRECTORATE};31/02/2026;n.d."]
    return write_csv(folder / "fautive.csv", MEASURES_HEADER, rows)


def test_a_sound_file_is_checked_previewed_and_loaded(
    page: Page, server: Server, tmp_path: Path
) -> None:
    rows = [f"{TACTICAL};{DIRECTORATE};2026-02;41"]
    main = choose(page, server, write_csv(tmp_path / "attente.csv", MEASURES_HEADER, rows))
    expect(main).to_contain_text("Ce que le versement changerait")
    page.get_by_role("button", name="Verser", exact=True).click()
    history = main.get_by_role("row").filter(has_text="attente.csv")
    expect(history).to_contain_text("versé", timeout=DROP_MS)
    open_page(page, server, f"/tactique/{DIRECTORATE}")
    expect(page.locator("#wall-cards")).to_contain_text("41", timeout=DROP_MS)


def test_every_problem_of_a_bad_file_is_said_with_its_line_and_what_to_write(
    page: Page, server: Server, tmp_path: Path
) -> None:
    main = choose(page, server, bad_file(tmp_path))
    for found, remedy in (("31/02/2026", "2026-03-31"), ("n.d.", "1234,5")):
        row = main.get_by_role("row").filter(has_text=found)
        expect(row).to_contain_text("3")
        expect(row).to_contain_text(remedy)


def test_under_the_strict_policy_a_bad_file_is_refused_and_changes_nothing(
    page: Page, server: Server, tmp_path: Path
) -> None:
    main = choose(page, server, bad_file(tmp_path))
    page.get_by_role("button", name="Verser sous la politique stricte").click()
    history = main.get_by_role("row").filter(has_text="fautive.csv")
    expect(history).to_contain_text("refusé", timeout=DROP_MS)
    open_page(page, server, f"/tactique/{DIRECTORATE}")
    expect(page.locator("#wall-cards")).not_to_contain_text("47")


def test_a_foreign_file_is_mapped_on_the_page_and_its_profile_serves_again(
    page: Page, server: Server, tmp_path: Path
) -> None:
    foreign = tmp_path / "etranger.csv"
    text = "Attente au comptoir\n\nMesure;Unité;2026-01;2026-02\nAttente;Accueil;52,5;n.d.\n"
    foreign.write_bytes(text.encode("cp1252"))
    main = choose(page, server, foreign)
    expect(main).to_contain_text("en-tête à la ligne 3")
    page.locator("select[name=from-indicateur_id]").select_option("Mesure")
    page.locator("select[name=from-organisation_id]").select_option("Unité")
    page.locator("textarea[name=exchanged]").fill(f"Attente = {TACTICAL}\nAccueil = {DIRECTORATE}")
    page.locator("input[name=name]").fill("Comptoir")
    page.get_by_role("button", name="Vérifier avec cette lecture").click()
    page.get_by_role("button", name="Verser", exact=True).click(timeout=DROP_MS)
    history = main.get_by_role("row").filter(has_text="etranger.csv")
    expect(history).to_contain_text("versé", timeout=DROP_MS)
    open_page(page, server, "/donnees")
    page.get_by_label("Lire avec le profil").select_option("comptoir")
    foreign.write_bytes(text.replace("n.d.", "41").encode("cp1252"))
    page.locator("input[type=file]").first.set_input_files(str(foreign))
    expect(page.get_by_role("button", name="Verser", exact=True)).to_be_visible(timeout=DROP_MS)
    expect(main).to_contain_text("Ce que le versement changerait")


def test_a_file_that_is_no_csv_gets_its_sentence(
    page: Page, server: Server, tmp_path: Path
) -> None:
    picture = tmp_path / "photo.csv"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    sit_down_as(page, server, "manager")
    main = open_page(page, server, "/donnees")
    page.locator("input[type=file]").first.set_input_files(str(picture))
    expect(main).to_contain_text("format-error", timeout=DROP_MS)


def test_refused_rows_are_corrected_in_place(page: Page, server: Server, tmp_path: Path) -> None:
    rows = [f"{TACTICAL};{DIRECTORATE};2026-01;48", f"{TACTICAL};{DIRECTORATE};2026-02;n.d."]
    main = choose(page, server, write_csv(tmp_path / "partielle.csv", MEASURES_HEADER, rows))
    page.get_by_role("button", name="Verser les lignes saines").click()
    history = main.get_by_role("row").filter(has_text="partielle.csv")
    expect(history).to_contain_text("1 à corriger", timeout=DROP_MS)
    history.get_by_role("link", name="partielle.csv").click()
    main = page.locator("main")
    expect(main).to_contain_text("1 ligne attend", timeout=DROP_MS)
    page.get_by_role("textbox", name="valeur").fill("43")
    page.get_by_role("button", name="Vérifier les corrections").click()
    page.get_by_role("button", name="Verser", exact=True).click(timeout=DROP_MS)
    expect(main).to_contain_text("Plus aucune ligne n'attend", timeout=DROP_MS)
