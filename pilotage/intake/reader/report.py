"""What was decided of a file and what is wrong with it, as JSON."""

from typing import Any

from pilotage.intake.problem import Problem, sentence
from pilotage.intake.reader.column import Column
from pilotage.intake.reader.read import ReadTable


def report_of(table: ReadTable, file_name: str) -> dict[str, Any]:
    """The report: dialect with its confidence (0–1), columns, what was set aside, the problems.

    ``counts`` says how many there are of each code; ``problems`` holds the first of each.

    ``state`` is refused where a problem is an error.
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
        "counts": dict(table.counts) or {one.code: 1 for one in table.problems},
        "problems": [_problem(problem) for problem in table.problems],
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
        "column": problem.column_name,
        "column_letter": problem.column_letter,
        "found": problem.found,
        "message_fr": sentence(problem, "fr"),
        "message_en": sentence(problem, "en"),
    }
