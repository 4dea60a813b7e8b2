"""What is done on a page before it is looked at again: a menu opened, a file sent."""

import csv
from collections.abc import Callable

from playwright.sync_api import FilePayload, Page

_HEADER = "indicateur_id;organisation_id;periode;valeur\n"
_PATIENCE_MS = 60_000


def _menu(page: Page) -> None:
    page.locator("details.who > summary").click()


def _send(page: Page, content: str) -> None:
    """Put a file in the field, where this viewer has one, and wait for what is said of it."""
    field = page.locator("#data-pick input[type=file]")
    if not field.count():
        return
    file = FilePayload(name="envoi.csv", mimeType="text/csv", buffer=content.encode())
    field.set_input_files(file)
    page.locator("#data-report > *, #data-said.refused").first.wait_for(timeout=_PATIENCE_MS)


def _sound_file(page: Page) -> None:
    # A known indicator is read from the page's own template: the file is one that could be loaded.
    template = page.request.get(f"{_origin(page)}/api/contrats/mesures-a-remplir.csv")
    if not template.ok:
        return
    row = next(csv.DictReader(template.text().lstrip("\ufeff").splitlines(), delimiter=";"), {})
    cells = [row.get(name, "") for name in ("indicateur_id", "organisation_id", "periode")]
    _send(page, _HEADER + ";".join([*cells, "12"]) + "\n")


def _refused_file(page: Page) -> None:
    _send(page, _HEADER + "INCONNU;INCONNUE;31/02/2026;douze\n;;;\n")


def _unread_file(page: Page) -> None:
    _send(page, "Ville,Total\nQuébec,12\nLévis,13\n")


def _origin(page: Page) -> str:
    return str(page.evaluate("location.origin"))


DEEDS: dict[str, Callable[[Page], None]] = {
    "menu": _menu,
    "sound file": _sound_file,
    "refused file": _refused_file,
    "unread file": _unread_file,
}
"""Each leaves the data as they were: a file is checked, never loaded."""
