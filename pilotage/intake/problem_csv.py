"""Every problem of a check as a CSV to work from: place, code, what was found, what to write."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from pilotage.i18n import Lang, translator
from pilotage.intake.neutral import neutral
from pilotage.intake.problem import from_row, sentence

_BATCH_ROWS = 5000


def problem_csv(problems: Path, lang: Lang) -> Iterator[bytes]:
    """The Parquet table of problems as CSV: ``;``, UTF-8 with a BOM for spreadsheets."""
    _ = translator(lang)
    titles = (_("fichier"), _("ligne"), _("lettre"), _("colonne"), _("gravité"), _("code"))
    yield _written([[*titles, _("trouvé"), _("à faire")]], bom=True)
    with pq.ParquetFile(problems) as table:
        for batch in table.iter_batches(_BATCH_ROWS):
            yield _written([_line(row, lang) for row in batch.to_pylist()])


def _line(row: dict[str, Any], lang: Lang) -> list[str]:
    problem = from_row(row)
    cells = (
        problem.file,
        problem.line,
        problem.column_letter,
        problem.column_shown,
        str(problem.severity),
        problem.code,
        problem.found,
        sentence(problem, lang),
    )
    return ["" if cell is None else neutral(str(cell)) for cell in cells]


def _written(lines: list[list[str]], bom: bool = False) -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows(lines)
    return text.getvalue().encode("utf-8-sig" if bom else "utf-8")
