"""Governments of any size as contract files, from a fixed seed."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from tests.server import write_csv

SEED = 20_260_331
FIRST_DAY = date(2024, 1, 1)
MEASURES_HEADER = "indicateur_id;organisation_id;periode;valeur"
_BAD_SHARE = 0.001
_DIRECTIONS, _TARGETS = ("au moins", "au plus"), ("4000;", ";1000")
_ROW_END = "\r\n"


def write_reference(
    folder: Path, organisations: int, indicators: int, frequency: str, target_period: str
) -> list[Path]:
    """Organisations, indicators and one target for each pair of them, in the order of loading."""
    pairs = [(i, o) for o in range(organisations) for i in range(indicators)]
    return [
        write_csv(
            folder / "organisations.csv",
            "organisation_id;genre;libelle_fr;libelle_en;parent_id",
            ["GV;gouvernement;Gouvernement;Government;"]
            + [
                f"ORG-{o:04d};ministère;Ministère {o:04d};Department {o:04d};GV"
                for o in range(organisations)
            ],
        ),
        write_csv(
            folder / "indicateurs.csv",
            "indicateur_id;titre_fr;titre_en;unite;sens;nature;niveau;frequence;organisation_id;"
            "decimales;visibilite",
            [
                f"IND-{i:04d};Indicateur {i:04d};Indicator {i:04d};nombre;{_DIRECTIONS[i % 2]};"
                f"résultat;stratégique;{frequency};GV;2;gouvernement"
                for i in range(indicators)
            ],
        ),
        write_csv(
            folder / "cibles.csv",
            "indicateur_id;organisation_id;periode;cible_min;cible_max;depart;depart_date",
            [
                f"IND-{i:04d};ORG-{o:04d};{target_period};{_TARGETS[i % 2]};2500;2023-12-31"
                for i, o in pairs
            ],
        ),
    ]


def write_big_file(path: Path, organisations: int, indicators: int, days: int) -> dict[int, str]:
    """Daily measurements as ministries write them; the physical line and column of every bad cell.

    ``;``, decimal comma, dd/mm/yyyy, CRLF, one row in a thousand with a day that does not exist or
    a value that is no number.
    """
    draw = np.random.default_rng(SEED)
    keys = [f"IND-{i:04d};ORG-{o:04d}" for o in range(organisations) for i in range(indicators)]
    bad: dict[int, str] = {}
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(MEASURES_HEADER + _ROW_END)
        for index in range(days):
            day = (FIRST_DAY + timedelta(days=index)).strftime("%d/%m/%Y")
            values = draw.uniform(1, 5000, len(keys))
            luck = draw.random(len(keys))
            lines = [
                f"{k};{day};{v:.2f}".replace(".", ",") for k, v in zip(keys, values, strict=True)
            ]
            for row in np.flatnonzero(luck < _BAD_SHARE):
                column = "periode" if luck[row] < _BAD_SHARE / 2 else "valeur"
                bad[2 + index * len(keys) + int(row)] = column
                lines[row] = (
                    f"{keys[row]};31/02/2024;1,00"
                    if column == "periode"
                    else f"{keys[row]};{day};n.d."
                )
            file.write(_ROW_END.join(lines) + _ROW_END)
    return bad


def months(count: int, last: tuple[int, int] = (2026, 2)) -> Iterator[str]:
    """``count`` months ending with ``last``, oldest first, in the contract's writing."""
    final = last[0] * 12 + last[1] - 1
    for index in range(final - count + 1, final + 1):
        yield f"{index // 12}-{index % 12 + 1:02d}"


def write_history(
    path: Path, organisations: int, indicators: int, count: int, *, is_dated: bool = False
) -> Path:
    """``count`` months of every indicator in every organisation.

    ``is_dated``: each month is published on the 10th of the next one, so that there is a past.
    """
    draw = np.random.default_rng(SEED)
    keys = [f"IND-{i:04d};ORG-{o:04d}" for o in range(organisations) for i in range(indicators)]
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(MEASURES_HEADER + (";publie_le" if is_dated else "") + "\n")
        for month in months(count):
            values = draw.uniform(1, 5000, len(keys))
            told = f";{_month_after(month)}-10" if is_dated else ""
            rows = (f"{k};{month};{v:.2f}{told}" for k, v in zip(keys, values, strict=True))
            file.write("\n".join(rows).replace(".", ",") + "\n")
    return path


def _month_after(month: str) -> str:
    year, number = map(int, month.split("-"))
    return f"{year + number // 12}-{number % 12 + 1:02d}"
