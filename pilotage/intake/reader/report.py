"""What was decided of a file and what is wrong with it, as JSON."""

from typing import Any

from pilotage.i18n import Lang, translator
from pilotage.intake.problem import RULES, Problem, sentence
from pilotage.intake.reader.column import Column
from pilotage.intake.reader.read import ReadTable


def report_of(table: ReadTable, file_name: str) -> dict[str, Any]:
    """The report: dialect with its confidence (0–1), columns, what was set aside, every problem.

    ``state`` is refused where a problem is an error. ``left_off`` says how many problems of a code
    there are beyond those listed; ``problem_count`` counts them all.
    """
    return {
        "file": file_name,
        "state": "refused" if table.is_refused else "read",
        "confidence": table.confidence,
        "dialect": _dialect(table),
        "header": list(table.header),
        "rows": len(table.rows),
        "columns": [_column(column) for column in table.columns],
        "preamble_lines": list(table.preamble),
        "header_lines": list(table.header_lines),
        "footer_lines": list(table.footer),
        "sheet": table.sheet,
        "problem_count": table.problem_count,
        "problems": [_problem(problem) for problem in table.problems],
        "left_off": [_left_off(code, count) for code, count in table.left_off.items()],
    }


def _dialect(table: ReadTable) -> dict[str, Any]:
    dialect = table.dialect
    marks = {column.decimal for column in table.columns if column.decimal}
    return {
        "encoding": table.encoding,
        "encoding_confidence": table.encoding_confidence,
        "line_ends": table.line_ends,
        "delimiter": dialect.delimiter if dialect else None,
        "quote": dialect.quote if dialect else None,
        "escape": (dialect.escape or dialect.quote) if dialect else None,
        "decimal": marks.pop() if len(marks) == 1 else None,
        "has_header": bool(table.header),
    }


def _column(column: Column) -> dict[str, Any]:
    return {
        "name": column.name,
        "kind": column.kind,
        "decimal": column.decimal or None,
        "thousands": column.group or None,
        "dates": f"{column.order} first" if column.order else None,
        "missing": list(column.missing),
    }


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "code": problem.code,
        "severity": str(problem.severity),
        "line": problem.line,
        "column": problem.column_shown,
        "column_letter": problem.column_letter,
        "found": problem.found,
        "message_fr": sentence(problem, "fr"),
        "message_en": sentence(problem, "en"),
    }


def _left_off(code: str, count: int) -> dict[str, Any]:
    return {
        "code": code,
        "severity": str(RULES[code][0]),
        "count": count,
        "message_fr": left_off_sentence(code, count, "fr"),
        "message_en": left_off_sentence(code, count, "en"),
    }


def left_off_sentence(code: str, count: int, lang: Lang) -> str:
    """How many problems of a code are not listed, and what to do about it."""
    _ = translator(lang)
    told = _("Encore {count} de même code [{code}], non listés : corrigez les premiers et relisez.")
    return told.format(count=count, code=code)
