"""What the commands are given, and what it means; every misuse is one sentence."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, cast

import typer

from pilotage.errors import Refused
from pilotage.i18n import N_, Lang
from pilotage.intake import loading
from pilotage.settings import from_environment
from pilotage.store.warehouse import Warehouse, open_warehouse

Home = Annotated[
    Path | None, typer.Option("--home", help=N_("Dossier de l'installation (PILOTAGE_HOME)."))
]
Files = Annotated[
    list[Path], typer.Argument(help=N_("Fichiers CSV, ou dossiers de tels fichiers."))
]
ProfileName = Annotated[
    str | None, typer.Option("--profile", help=N_("Profil de lecture : infobase, pilote…"))
]
Language = Annotated[str, typer.Option("--lang", help=N_("fr ou en."))]
PolicyName = Annotated[str, typer.Option("--policy", help=N_("strict ou quarantine."))]
Port = Annotated[int | None, typer.Option("--port", help=N_("Port où écouter."))]


def home_of(given: Path | None) -> Path:
    """The home asked for, else the one of the environment."""
    return given or from_environment().home


def lang_of(text: str) -> Lang:
    """The language asked for. Raises Refused for another than fr or en."""
    if text not in {"fr", "en"}:
        raise Refused("--lang attend fr ou en.", "--lang takes fr or en.")
    return cast("Lang", text)


def policy_of(text: str) -> loading.Policy:
    """The policy asked for. Raises Refused for another than strict or quarantine."""
    if text not in {"strict", "quarantine"}:
        raise Refused(
            "--policy attend strict ou quarantine.", "--policy takes strict or quarantine."
        )
    return cast("loading.Policy", text)


def moment_of(text: str | None) -> datetime | None:
    """A day or a moment; None where nothing is given. Raises Refused for what is neither."""
    if text is None:
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise Refused(
            f"« {text} » n'est pas une date. Écrivez par exemple 2026-03-31.",
            f"“{text}” is not a date. Write for example 2026-03-31.",
        ) from None


def day_of(text: str | None) -> date | None:
    """The day of ``moment_of``."""
    moment = moment_of(text)
    return moment.date() if moment else None


def files_of(given: Sequence[Path]) -> list[Path]:
    """The files named, and those of the folders named, in name order. Raises Refused for none."""
    found: list[Path] = []
    for path in given:
        if path.is_dir():
            found += sorted(
                p
                for p in path.rglob("*")
                if p.is_file() and p.name.endswith((".csv", ".csv.gz", ".xlsx"))
            )
        elif path.is_file():
            found.append(path)
        else:
            raise Refused(f"« {path} » n'existe pas.", f"“{path}” does not exist.")
    if not found:
        raise Refused("Aucun fichier CSV à lire.", "No CSV file to read.")
    return found


@contextmanager
def opened(home: Path) -> Iterator[Warehouse]:
    """The store of a home, closed at the end with its checking process."""
    chosen = from_environment()
    warehouse = open_warehouse(home, chosen.as_of, chosen.rules)
    try:
        yield warehouse
    finally:
        loading.stop_checking(warehouse)
        warehouse.close()


def say_problem(line: str) -> None:
    """One line on the error stream, apart from the answer."""
    print(line, file=sys.stderr)


Progress = Callable[[float], None]
