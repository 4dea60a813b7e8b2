"""``pilotage read``: a file given back as clean text, with its report."""

import json
from pathlib import Path

from pilotage.i18n import Lang, translator
from pilotage.intake.problem import located
from pilotage.intake.reader.clean import write_clean
from pilotage.intake.reader.read import ReadTable, read
from pilotage.intake.reader.report import left_off_sentence, report_of

_SHOWN = 200
_NAMES = {"\t": "TAB", " ": "SPACE"}


def mend(file: Path, out: Path | None, report: Path | None, lang: Lang) -> tuple[list[str], bool]:
    """Read a file and write what is asked; the lines to say, and whether it has an error.

    A file that cannot be read gives an empty ``out`` and its reason. Raises OSError where nothing
    can be written.
    """
    table = read(file)
    if out:
        write_clean(table, out)
    if report:
        told = json.dumps(report_of(table, file.name), ensure_ascii=False, indent=1)
        report.write_text(told + "\n", encoding="utf-8", errors="replace")
    said = [f"{located(p, file.name, lang)} [{p.code}]" for p in table.problems[:_SHOWN]]
    said += [left_off_sentence(code, count, lang) for code, count in table.left_off.items()]
    return [*said, _summary(table, file.name, lang)], table.is_refused


def _summary(table: ReadTable, name: str, lang: Lang) -> str:
    _ = translator(lang)
    delimiter = table.dialect.delimiter if table.dialect else ""
    return _(
        "{file} : {rows} lignes, {columns} colonnes ; {encoding}, séparateur « {delimiter} », "
        "confiance {confidence} ; {problems} problèmes."
    ).format(
        file=name,
        rows=len(table.rows),
        columns=len(table.columns),
        encoding=table.encoding or "—",
        delimiter=_NAMES.get(delimiter, delimiter) or "—",
        confidence=f"{table.confidence:.0%}",
        problems=table.problem_count,
    )
