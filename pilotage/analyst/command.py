"""The two commands of analysts; ``cli`` gives them their names."""

import csv
import math
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, get_args

import typer

from pilotage.analyst.case import sign_of
from pilotage.analyst.project import Aim, Answer, answers
from pilotage.analyst.project import sentence as answer_sentence
from pilotage.analyst.series_file import series_of
from pilotage.analyst.spc import chart_files
from pilotage.assessment.outlook import Transform
from pilotage.assessment.remark import sentence as remark_sentence
from pilotage.assessment.xmr import RULE_SETS
from pilotage.errors import Refused
from pilotage.i18n import language, translator

Series = Annotated[Path, typer.Argument(help="Séries : case_id,idx,date,value.")]
Language = Annotated[str, typer.Option("--lang", help="fr ou en.")]
_SHOWN = 200


def spc(
    series: Series,
    cases: Annotated[Path, typer.Option("--cases", help="Sens, cible, phases de chaque série.")],
    out: Annotated[Path, typer.Option("--out", help="Points, à écrire.")],
    summary: Annotated[Path, typer.Option("--summary", help="Résumé par série, à écrire.")],
    rules: Annotated[
        str, typer.Option("--rules", help="Règles : reference, nhs-excel ou abspc.")
    ] = "reference",
    lang: Language = "fr",
) -> None:
    """Juger la variation de chaque série (carte XmR) et sa capacité à atteindre sa cible."""
    said = language(lang)
    _ = translator(said)
    if rules not in RULE_SETS:
        names = ", ".join(RULE_SETS)
        raise Refused(f"--rules attend l'une de {names}.", f"--rules takes one of {names}.")
    try:
        charted = chart_files(series, cases, out, summary, RULE_SETS[rules])
    except OSError:
        raise _cannot_write() from None
    told = [(name, one) for name, chart in charted.items() for one in chart.remarks]
    for name, remark in told[:_SHOWN]:
        colon = " :" if said == "fr" else ":"
        print(f"{name}{colon} {remark_sentence(remark, said)}", file=sys.stderr)
    points = sum(len(chart.points) for chart in charted.values())
    print(
        _("{series} séries, {points} points jugés, {remarks} remarques.").format(
            series=len(charted), points=points, remarks=len(told)
        )
    )


def project(  # noqa: PLR0913, PLR0917 -- the options of a command
    series: Series,
    target: Annotated[float, typer.Option("--target", help="La cible, dans l'unité des valeurs.")],
    at: Annotated[str, typer.Option("--at", help="Son échéance, par exemple 2027-03-31.")],
    direction: Annotated[
        str, typer.Option("--direction", help="increase, decrease ou neutral.")
    ] = "increase",
    nature: Annotated[
        str, typer.Option("--nature", help="level, rate (0-1), percent (0-100) ou count.")
    ] = "level",
    total: Annotated[
        bool, typer.Option("--total", help="La cible porte sur la somme du cycle qui finit là.")
    ] = False,
    out: Annotated[Path | None, typer.Option("--out", help="Réponses, à écrire en CSV.")] = None,
    lang: Language = "fr",
) -> None:
    """Projeter chaque série et dire la probabilité d'atteindre une cible à une date."""
    aim = Aim(target, _due(at), sign_of(direction, "--direction"), _nature(nature), total)
    found = answers(series_of(series), aim)
    for answer in found[:_SHOWN]:
        print(answer_sentence(answer, aim, language(lang)))
    if out:
        try:
            _write(out, found)
        except OSError:
            raise _cannot_write() from None


def _write(path: Path, found: tuple[Answer, ...]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(Answer._fields)
        for answer in found:
            writer.writerow(["" if _is_nan(cell) else cell for cell in answer])


def _is_nan(cell: object) -> bool:
    return isinstance(cell, float) and math.isnan(cell)


def _nature(text: str) -> Transform:
    if text not in get_args(Transform):
        raise Refused(
            "--nature attend level, rate, percent ou count.",
            "--nature takes level, rate, percent or count.",
        )
    known: Any = text
    return known  # type: ignore[no-any-return]


def _due(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        raise Refused(
            f"« {text} » n'est pas une date. Écrivez par exemple 2027-03-31.",
            f"“{text}” is not a date. Write for example 2027-03-31.",
        ) from None


def _cannot_write() -> Refused:
    return Refused(
        "Les résultats ne peuvent pas s'écrire là ; choisissez un autre dossier.",
        "Results cannot be written there; choose another folder.",
    )
