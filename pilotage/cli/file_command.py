"""Commands on files: check, read, load, withdraw."""

import importlib
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from pilotage.access.operator import OPERATOR
from pilotage.cli.option import (
    Files,
    Home,
    Language,
    PolicyName,
    ProfileName,
    files_of,
    home_of,
    lang_of,
    moment_of,
    opened,
    policy_of,
    say_problem,
)
from pilotage.cli.progress_bar import progress_bar
from pilotage.errors import NotFound, Refused
from pilotage.i18n import N_, Lang, translator
from pilotage.intake import loading
from pilotage.intake.check import CheckReport
from pilotage.intake.header import in_loading_order
from pilotage.intake.problem import located
from pilotage.store.warehouse import Warehouse

_SHOWN = 200


def check(
    files: Files, profile: ProfileName = None, home: Home = None, lang: Language = "fr"
) -> None:
    """Say everything that is wrong; each file is checked as if those before it were loaded."""
    said, reports = lang_of(lang), list[CheckReport]()
    groups = _groups(files_of(files), profile)
    remote = importlib.import_module("pilotage.web.remote")
    answers = remote.check_remotely(home_of(home), groups, profile, said)
    if answers is not None:
        raise typer.Exit(1 if _say_answers(answers, remote.problems_of, said) else 0)
    with opened(home_of(home)) as warehouse:
        for paths in groups:
            reports.append(_checked(warehouse, paths, profile, reports))
            _say(reports[-1], said)
        for report in reports:
            loading.discard(report)
    raise typer.Exit(1 if any(report.errors for report in reports) else 0)


def read(
    file: Annotated[Path, typer.Argument(help=N_("Fichier à lire."))],
    out: Annotated[Path | None, typer.Option("--out", help=N_("Tableau en CSV UTF-8."))] = None,
    report: Annotated[Path | None, typer.Option("--report", help=N_("Rapport en JSON."))] = None,
    lang: Language = "fr",
) -> None:
    """Give any CSV back as clean UTF-8, with its report; load nothing."""
    from pilotage.intake.reader.mending import mend

    if not file.is_file():
        raise Refused(f"« {file} » n'existe pas.", f"“{file}” does not exist.")
    told, is_refused = mend(file, out, report, lang_of(lang))
    print("\n".join(told))
    raise typer.Exit(1 if is_refused else 0)


def load(
    files: Files,
    profile: ProfileName = None,
    policy: PolicyName = "strict",
    published_at: Annotated[
        str | None, typer.Option("--published-at", help=N_("Date de publication."))
    ] = None,
    home: Home = None,
    lang: Language = "fr",
) -> None:
    """Check, then load, file by file, organisations first."""
    place, said, moment = home_of(home), lang_of(lang), moment_of(published_at)
    way = policy_of(policy)
    wrong = False
    for paths in _groups(files_of(files), profile):
        wrong |= _load_one(place, paths, profile, way, moment, said)
    raise typer.Exit(1 if wrong else 0)


def withdraw(
    load_seq: Annotated[int, typer.Argument(metavar="LOAD", help=N_("Numéro du versement."))],
    reason: Annotated[str, typer.Option("--reason", help=N_("Pourquoi."))],
    home: Home = None,
    lang: Language = "fr",
) -> None:
    """Take a load back: the values before it stand again."""
    _ = translator(lang_of(lang))
    if not reason.strip():
        raise Refused("--reason attend une raison.", "--reason takes a reason.")
    place, said = home_of(home), lang_of(lang)
    address = f"/api/loads/{load_seq}/withdraw?lang={said}"
    remote = importlib.import_module("pilotage.web.remote")
    told = remote.ask_server(place, address, {"reason": reason.strip()})
    version = told["version"] if told else _withdrawn(place, load_seq, reason.strip())
    print(_("Versement {load} retiré : version {version}.").format(load=load_seq, version=version))


def _withdrawn(home: Path, load_seq: int, reason: str) -> int:
    with opened(home) as warehouse:
        try:
            return loading.withdraw(warehouse, OPERATOR, load_seq, "operator", reason)
        except NotFound as fault:
            raise Refused(fault.fr, fault.en) from None


def _groups(paths: list[Path], profile: str | None) -> list[list[Path]]:
    """One load a contract file, in the order they refer to one another; one for a profile."""
    return [paths] if profile else [[path] for path in in_loading_order(paths)]


def _checked(
    warehouse: Warehouse,
    paths: Sequence[Path],
    profile: str | None,
    earlier: Sequence[CheckReport] = (),
) -> CheckReport:
    with progress_bar(paths[0].name) as told:
        received = [loading.receive(warehouse, path, path.name) for path in paths]
        return loading.check(warehouse, OPERATOR, received, profile, told, earlier)


def _load_one(
    home: Path,
    paths: list[Path],
    profile: str | None,
    policy: loading.Policy,
    moment: datetime | None,
    lang: Lang,
) -> bool:
    """Load one group, through the running server if any; True when problems were found."""
    remote = importlib.import_module("pilotage.web.remote").load_remotely(
        home, paths, profile, policy, moment, lang
    )
    if remote is not None:
        for line in remote.problems:
            say_problem(line)
        print(remote.sentence)
        return bool(remote.is_wrong)
    with opened(home) as warehouse:
        report = _checked(warehouse, paths, profile)
        _say(report, lang)
        outcome = loading.load(warehouse, OPERATOR, report, policy, "command", "operator", moment)
        print(outcome.sentence(lang))
        return outcome.state == "refused" or bool(report.errors)


def _say_answers(
    answers: Sequence[dict[str, Any]], problems_of: Callable[[Any], tuple[str, ...]], lang: Lang
) -> bool:
    """What the server found in each file; True when anything is wrong."""
    wrong = False
    for answer in answers:
        for line in problems_of(answer):
            say_problem(line)
        report = answer["report"]
        if report:
            print(_summary(lang, answer["file_name"], report))
        else:
            print(answer["sentence"])
        wrong |= report is None or bool(report["errors"])
    return wrong


def _summary(lang: Lang, name: str, counts: Mapping[str, Any]) -> str:
    _ = translator(lang)
    words = _(
        "{file} : {subject} ; lignes lues : {rows}, erreurs : {errors},"
        " avertissements : {warnings}, avis : {notices}."
    )
    named = {key: counts[key] for key in ("errors", "warnings", "notices")}
    return words.format(
        file=name,
        subject=", ".join(_(one) for one in (counts["subject"] or "—").split(", ")),
        rows=counts["rows_read"],
        **named,
    )


def _say(report: CheckReport, lang: Lang) -> None:
    """Every problem, one a line; the summary last."""
    _ = translator(lang)
    name = report.inputs[0].name
    for problem in report.problems[:_SHOWN]:
        say_problem(f"{located(problem, name, lang)} [{problem.code}]")
    more = report.errors + report.warnings + report.notices - _SHOWN
    if more > 0:
        say_problem(_("… {n} autres.").format(n=more))
    counts = {
        "subject": report.subject,
        "rows_read": report.rows_read,
        "errors": report.errors,
        "warnings": report.warnings,
        "notices": report.notices,
    }
    print(_summary(lang, name, counts))
