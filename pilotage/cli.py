"""The command line: 0 when all is well, 1 when problems were found, 2 when misused."""

import csv
import importlib
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from pilotage.access.operator import OPERATOR
from pilotage.analyst import command as analyst
from pilotage.demonstration import SOURCES, prepare
from pilotage.domain.period import GOVERNMENT_ZONE
from pilotage.errors import PilotageError, Refused
from pilotage.i18n import Lang
from pilotage.intake import loading
from pilotage.intake.check import CheckReport
from pilotage.intake.problem import located
from pilotage.sample.government import write_government
from pilotage.settings import from_environment
from pilotage.store.queries.export import verdict_table
from pilotage.store.warehouse import Warehouse, open_warehouse
from pilotage.store.warehouse import rebuild as rebuild_home

app = typer.Typer(
    help="Salle de pilotage virtuelle : vérifier, verser, servir. (Steering room: check, load, serve.)",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
export = typer.Typer(help="Sortir des tableaux.", no_args_is_help=True)
app.add_typer(export, name="export")
app.command()(analyst.spc)
app.command()(analyst.project)

Home = Annotated[
    Path | None, typer.Option("--home", help="Dossier de l'installation (PILOTAGE_HOME).")
]
Files = Annotated[list[Path], typer.Argument(help="Fichiers CSV, ou dossiers de tels fichiers.")]
ProfileName = Annotated[
    str | None, typer.Option("--profile", help="Profil de lecture : infobase, pilote…")
]
Language = Annotated[str, typer.Option("--lang", help="fr ou en.")]
PolicyName = Annotated[str, typer.Option("--policy", help="strict ou quarantine.")]
_SHOWN = 200
_QUICK_BYTES = 4_000_000


def _home(given: Path | None) -> Path:
    return given or from_environment().home


def _lang(text: str) -> Lang:
    return "en" if text == "en" else "fr"


def _files(given: Sequence[Path]) -> list[Path]:
    """The files named, and those of the folders named, in name order. Raises Refused for none."""
    found: list[Path] = []
    for path in given:
        if path.is_dir():
            found += sorted(
                p for p in path.rglob("*") if p.is_file() and p.name.endswith((".csv", ".csv.gz"))
            )
        elif path.is_file():
            found.append(path)
        else:
            raise Refused(f"« {path} » n'existe pas.", f"“{path}” does not exist.")
    if not found:
        raise Refused("Aucun fichier CSV à lire.", "No CSV file to read.")
    return found


@contextmanager
def _bar(size_bytes: int, label: str) -> Iterator[Callable[[float], None]]:
    """A progress bar on the error stream for files that take more than a second."""
    if size_bytes < _QUICK_BYTES or not sys.stderr.isatty():
        yield lambda _: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(label, total=1.0)
        yield lambda fraction: progress.update(task, completed=fraction)


@contextmanager
def _opened(home: Path) -> Iterator[Warehouse]:
    warehouse = open_warehouse(home, from_environment().as_of)
    try:
        yield warehouse
    finally:
        loading.stop_checking(warehouse)
        warehouse.close()


def _say(report: CheckReport, lang: Lang) -> None:
    """Every problem, one a line; the summary last."""
    name = report.inputs[0].name
    for problem in report.problems[:_SHOWN]:
        print(f"{located(problem, name, lang)} [{problem.code}]", file=sys.stderr)
    total = report.errors + report.warnings + report.notices
    if total > _SHOWN:
        more = total - _SHOWN
        print(f"… {more} autres." if lang == "fr" else f"… {more} more.", file=sys.stderr)
    counts = (
        name,
        report.subject or "—",
        report.rows_read,
        report.errors,
        report.warnings,
        report.notices,
    )
    told = (
        "{} : {} ; {} lignes lues, {} erreurs, {} avertissements, {} avis."
        if lang == "fr"
        else "{}: {}; {} rows read, {} errors, {} warnings, {} notices."
    )
    print(told.format(*counts))


def _checked(warehouse: Warehouse, paths: Sequence[Path], profile: str | None) -> CheckReport:
    received = [loading.receive(warehouse, path, path.name) for path in paths]
    size = sum(r.size_bytes for r in received)
    with _bar(size, paths[0].name) as told:
        return loading.check(warehouse, OPERATOR, received, profile, told)


def _groups(paths: list[Path], profile: str | None) -> list[list[Path]]:
    """One load a contract file; one load for all the files of a profile."""
    return [paths] if profile else [[path] for path in paths]


@app.command()
def check(
    files: Files, profile: ProfileName = None, home: Home = None, lang: Language = "fr"
) -> None:
    """Dire tout ce qui ne va pas dans des fichiers, sans rien verser."""
    wrong = False
    with _opened(_home(home)) as warehouse:
        for paths in _groups(_files(files), profile):
            report = _checked(warehouse, paths, profile)
            _say(report, _lang(lang))
            wrong |= bool(report.errors)
            loading.discard(report)
    raise typer.Exit(1 if wrong else 0)


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise Refused(
            f"« {text} » n'est pas une date. Écrivez par exemple 2026-03-31.",
            f"“{text}” is not a date. Write for example 2026-03-31.",
        ) from None


@app.command("read")
def read_file(
    file: Annotated[Path, typer.Argument(help="Fichier à lire.")],
    out: Annotated[Path | None, typer.Option("--out", help="Tableau en CSV UTF-8.")] = None,
    report: Annotated[Path | None, typer.Option("--report", help="Rapport en JSON.")] = None,
    lang: Language = "fr",
) -> None:
    """Rendre n'importe quel CSV en UTF-8 net, avec son rapport, sans rien verser."""
    from pilotage.intake.reader.mending import mend

    if not file.is_file():
        raise Refused(f"« {file} » n'existe pas.", f"“{file}” does not exist.")
    told, is_refused = mend(file, out, report, _lang(lang))
    print("\n".join(told))
    raise typer.Exit(1 if is_refused else 0)


@app.command()
def load(
    files: Files,
    profile: ProfileName = None,
    policy: PolicyName = "strict",
    published_at: Annotated[
        str | None, typer.Option("--published-at", help="Date de publication.")
    ] = None,
    home: Home = None,
    lang: Language = "fr",
) -> None:
    """Vérifier, puis verser ; un fichier en erreur est refusé en entier, ou ses seules lignes (quarantine)."""
    if policy not in {"strict", "quarantine"}:
        raise Refused(
            "--policy attend strict ou quarantine.", "--policy takes strict or quarantine."
        )
    moment, place, wrong = _moment(published_at), _home(home), False
    for paths in _groups(_files(files), profile):
        wrong |= _load_one(place, paths, profile, policy, moment, _lang(lang))
    raise typer.Exit(1 if wrong else 0)


def _load_one(
    home: Path,
    paths: list[Path],
    profile: str | None,
    policy: Any,
    moment: datetime | None,
    lang: Lang,
) -> bool:
    """Load one group, through the running server where there is one; True when problems were found."""
    remote = importlib.import_module("pilotage.web.remote").load_remotely(
        home, paths, profile, policy, moment, lang
    )
    if remote is not None:
        print(remote.sentence)
        return bool(remote.is_wrong)
    with _opened(home) as warehouse:
        report = _checked(warehouse, paths, profile)
        _say(report, lang)
        outcome = loading.load(warehouse, OPERATOR, report, policy, "command", "operator", moment)
        print(outcome.sentence(lang))
        return outcome.state == "refused" or bool(report.errors)


@app.command()
def demo(
    out: Annotated[Path, typer.Option("--out", help="Dossier où écrire les fichiers.")] = Path(
        "var/sample-files"
    ),
    on: Annotated[
        str | None, typer.Option("--date", help="Date d'ancrage ; aujourd'hui par défaut.")
    ] = None,
    seed: Annotated[int, typer.Option("--seed", help="Graine du hasard.")] = 2026,
) -> None:
    """Écrire le gouvernement d'exemple, aux chiffres fictifs, en fichiers de contrat."""
    moment = _moment(on)
    anchor = moment.date() if moment else datetime.now(GOVERNMENT_ZONE).date()
    for path in write_government(out, anchor, seed):
        print(path)


@app.command()
def watch(
    folder: Annotated[Path, typer.Argument(help="Dossier surveillé.")], home: Home = None
) -> None:
    """Verser chaque fichier complet déposé dans un dossier."""
    with _opened(_home(home)) as warehouse:
        importlib.import_module("pilotage.live.watch").watch_until_stopped(warehouse, folder)


@app.command()
def serve(
    home: Home = None,
    port: Annotated[int | None, typer.Option("--port")] = None,
    lang: Language = "fr",
) -> None:
    """Servir les salles d'une installation."""
    _serve(_home(home), port, lang)


def _serve(home: Path, port: int | None, lang: str, **choices: Any) -> None:
    settings = replace(from_environment(), home=home, **choices)
    if port is not None:
        settings = replace(settings, port=port)
    # The composition root stands above this layer; it is found by name, at run time only.
    sys.path.insert(0, str(Path(__file__).parents[1]))
    raise typer.Exit(importlib.import_module("app").main(settings, lang))


@app.command()
def run(
    source: Annotated[str, typer.Option("--source", help=" | ".join(SOURCES))] = "sample",
    port: Annotated[int | None, typer.Option("--port")] = None,
    lang: Language = "fr",
) -> None:
    """Préparer l'installation d'une source (le gouvernement d'exemple par défaut), puis la servir."""
    if source not in SOURCES:
        known = ", ".join(SOURCES)
        raise Refused(
            f"Source « {source} » inconnue ; choisissez : {known}.",
            f"Unknown source “{source}”; choose: {known}.",
        )
    described = SOURCES[source]
    home = prepare(described, Path("var") / source, print)
    _serve(home, port, lang, **described.settings(home))


@app.command()
def rebuild(home: Home = None) -> None:
    """Refaire la projection à partir de l'archive et du journal."""
    print(f"Refaite : version {rebuild_home(_home(home))}.")


@export.command("verdicts")
def export_verdicts(
    out: Annotated[Path, typer.Option("--out", help="Fichier CSV à écrire.")],
    as_of: Annotated[str | None, typer.Option("--as-of", help="Date du jugement.")] = None,
    published_by: Annotated[
        str | None, typer.Option("--published-by", help="Ce qui était publié à cette date.")
    ] = None,
    home: Home = None,
) -> None:
    """Sortir chaque verdict : valeur, cible, jugement et provenance."""
    with _opened(_home(home)) as warehouse:
        table = verdict_table(OPERATOR, warehouse, _day(as_of), _day(published_by))
    with out.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(table.column_names)
        writer.writerows(zip(*(column.to_pylist() for column in table.columns), strict=True))
    print(f"{out} : {table.num_rows} verdicts.")


def _day(text: str | None) -> date | None:
    moment = _moment(text)
    return moment.date() if moment else None


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; one sentence on the error stream for what was misused."""
    try:
        app(args=list(arguments) if arguments is not None else None, standalone_mode=False)
    except typer.Exit as ended:
        return ended.exit_code
    except (typer.Abort, KeyboardInterrupt):
        return 2
    except PilotageError as fault:
        print(fault.fr, file=sys.stderr)
        return fault.exit_code
    except Exception as fault:
        if hasattr(fault, "format_message"):
            print(fault.format_message(), file=sys.stderr)
            return 2
        raise
    return 0
