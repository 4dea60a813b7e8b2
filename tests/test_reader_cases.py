"""Each reference file, read as its description says; codes, lines, cells and exact numbers."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pilotage.intake.problem import Severity
from pilotage.intake.reader.column import numbers
from pilotage.intake.reader.read import ReadTable, read

REFERENCE = Path(__file__).parents[2] / "shared" / "reference" / "csv"
CASES = REFERENCE / "cases.json"
TOLD = ("reject", "load+warn")

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not CASES.exists(), reason="the reference files are not here"),
]


def cases(must: str | None = None) -> list[Any]:
    listed = json.loads(CASES.read_text(encoding="utf-8")) if CASES.exists() else []
    listed = [case for case in listed if must in {None, case["must"]}]
    return [pytest.param(case, id=case["file"]) for case in listed]


def told(table: ReadTable) -> set[tuple[str, int | None]]:
    return {(problem.code, problem.line) for problem in table.problems}


@pytest.mark.parametrize("case", cases())
def test_a_reference_file_is_read_as_described(case: dict[str, Any]) -> None:
    table = read(REFERENCE / case["file"])
    codes = {problem.code for problem in table.problems}
    assert set(case["codes"]) <= codes
    assert {(code, line) for code, line in case["at"]} <= told(table)
    if case["cells"]:
        assert [list(table.header), *(row.cells for row in table.rows)] == case["cells"]
    for name, expected in (case["num"] or {}).items():
        position = table.header.index(name)
        found = numbers(table.columns[position], [row.cells[position] for row in table.rows])
        assert found == [None if text is None else Decimal(text) for text in expected]
    if case["must"] == "reject":
        assert table.is_refused
    if case["must"] == "load":
        assert not table.is_refused


@pytest.mark.parametrize("case", cases(must="load"))
def test_a_sound_reference_file_is_not_blamed(case: dict[str, Any]) -> None:
    table = read(REFERENCE / case["file"])
    blamed = {p.code for p in table.problems if p.severity is not Severity.NOTICE}
    assert blamed <= {*case["codes"], "formula-text"}
