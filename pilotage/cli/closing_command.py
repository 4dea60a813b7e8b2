"""Commands that close periods and open them again; through the server where one runs."""

import importlib
from pathlib import Path
from typing import Annotated, Any

import typer

from pilotage.access.operator import OPERATOR
from pilotage.cli.option import Home, Language, home_of, lang_of, opened
from pilotage.i18n import N_, translator
from pilotage.rooms.closing import close_period

Organisation = Annotated[str, typer.Argument(help=N_("Elle, et tout ce qui en dépend."))]


def close(
    organisation: Organisation,
    through: Annotated[str, typer.Option("--through", help=N_("Dernier jour clos, 2026-03-31."))],
    note: Annotated[str, typer.Option("--note", help=N_("Un mot pour l'historique."))] = "",
    home: Home = None,
    lang: Language = "fr",
) -> None:
    """Close the periods that end on a day or before: their values are then only revised."""
    _ = translator(lang_of(lang))
    asked = {"organisation_id": organisation, "through": through, "note": note}
    _recorded(home_of(home), asked)
    words = _(
        "Périodes de {organisation} closes jusqu'au {day} : une valeur n'y change plus sans raison."
    )
    print(words.format(organisation=organisation, day=through))


def reopen(
    organisation: Organisation,
    reason: Annotated[str, typer.Option("--reason", help=N_("Pourquoi."))],
    home: Home = None,
    lang: Language = "fr",
) -> None:
    """Open the periods of an organisation again."""
    _ = translator(lang_of(lang))
    _recorded(home_of(home), {"organisation_id": organisation, "through": None, "note": reason})
    print(_("Périodes de {organisation} rouvertes.").format(organisation=organisation))


def _recorded(home: Path, asked: dict[str, Any]) -> None:
    if importlib.import_module("pilotage.web.remote").ask_server(home, "/api/closings", asked):
        return
    with opened(home) as warehouse:
        close_period(OPERATOR, warehouse, OPERATOR.viewer_id, asked)
