"""Commands on a home: demo, run, serve, watch, rebuild, export."""

import csv
import importlib
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from pilotage.access.operator import OPERATOR
from pilotage.cli.option import Home, Language, Port, day_of, home_of, lang_of, opened
from pilotage.demonstration import SOURCES, prepare
from pilotage.domain.period import GOVERNMENT_ZONE
from pilotage.errors import Refused
from pilotage.i18n import N_, Lang, translator
from pilotage.intake.neutral import neutral
from pilotage.sample.government import write_government
from pilotage.settings import from_environment
from pilotage.store.queries.export import verdict_table
from pilotage.store.warehouse import rebuild as rebuild_home


def demo(
    out: Annotated[Path, typer.Option("--out", help=N_("Dossier où écrire les fichiers."))] = Path(
        "var/sample-files"
    ),
    on: Annotated[
        str | None, typer.Option("--date", help=N_("Date d'ancrage ; aujourd'hui par défaut."))
    ] = None,
    seed: Annotated[int, typer.Option("--seed", help=N_("Graine du hasard."))] = 2026,
) -> None:
    """Write the sample government, its figures made up, as contract files."""
    anchor = day_of(on) or datetime.now(GOVERNMENT_ZONE).date()
    for path in write_government(out, anchor, seed):
        print(path)


def watch(
    folder: Annotated[Path, typer.Argument(help=N_("Dossier surveillé."))],
    home: Home = None,
    lang: Language = "fr",
) -> None:
    """Load every complete file dropped into a folder."""
    _ = translator(lang_of(lang))
    if not folder.is_dir():
        raise Refused(f"« {folder} » n'est pas un dossier.", f"“{folder}” is not a folder.")
    with opened(home_of(home)) as warehouse:
        print(_("Dossier surveillé : {folder}. Ctrl-C pour arrêter.").format(folder=folder))
        importlib.import_module("pilotage.live.watch").watch_until_stopped(warehouse, folder)


def serve(home: Home = None, port: Port = None, lang: Language = "fr") -> None:
    """Serve the rooms of a home."""
    _serve(home_of(home), port, lang_of(lang))


def run(
    source: Annotated[str, typer.Option("--source", help=" | ".join(SOURCES))] = "sample",
    port: Port = None,
    lang: Language = "fr",
) -> None:
    """Prepare the home of a source, then serve it."""
    if source not in SOURCES:
        known = ", ".join(SOURCES)
        raise Refused(
            f"Source « {source} » inconnue ; choisissez : {known}.",
            f"Unknown source “{source}”; choose: {known}.",
        )
    described, said = SOURCES[source], lang_of(lang)
    home = prepare(described, Path("var") / source, print, said)
    _serve(home, port, said, **described.settings(home))


def _serve(home: Path, port: int | None, lang: Lang, **choices: Any) -> None:
    settings = replace(from_environment(), home=home, **choices)
    if port is not None:
        settings = replace(settings, port=port)
    # The composition root stands above this layer; it is found by name, at run time only.
    sys.path.insert(0, str(Path(__file__).parents[2]))
    raise typer.Exit(importlib.import_module("app").main(settings, lang))


def rebuild(home: Home = None, lang: Language = "fr") -> None:
    """Make the projection again from the archive and the journal."""
    _, place = translator(lang_of(lang)), home_of(home)
    if not (place / "journal.sqlite").is_file():
        raise Refused(
            f"Il n'y a pas d'installation dans « {place} ».", f"There is no home in “{place}”."
        )
    print(_("Refaite : version {version}.").format(version=rebuild_home(place)))


def export_verdicts(
    out: Annotated[Path, typer.Option("--out", help=N_("Fichier CSV à écrire."))],
    as_of: Annotated[str | None, typer.Option("--as-of", help=N_("Date du jugement."))] = None,
    published_by: Annotated[
        str | None,
        typer.Option("--published-by", help=N_("Ce qui était publié à cette date.")),
    ] = None,
    home: Home = None,
    lang: Language = "fr",
) -> None:
    """Write every verdict: value, target, judgement and provenance."""
    _, on, by = translator(lang_of(lang)), day_of(as_of), day_of(published_by)
    with opened(home_of(home)) as warehouse:
        table = verdict_table(OPERATOR, warehouse, on, by)
    columns = ([_cell(cell) for cell in column.to_pylist()] for column in table.columns)
    with out.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(table.column_names)
        writer.writerows(zip(*columns, strict=True))
    print(_("{file} : {n} verdicts.").format(file=out, n=table.num_rows))


def _cell(cell: Any) -> Any:
    return neutral(cell) if isinstance(cell, str) else cell
