"""Files written as governments write them, with what each must give decided before it was read."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pilotage.intake.problem import Severity
from pilotage.intake.reader.column import numbers
from pilotage.intake.reader.read import ReadTable, read

HELD_OUT = Path(__file__).parent / "data" / "held_out"
CASES = json.loads((HELD_OUT / "expected.json").read_text(encoding="utf-8"))


BEYOND = {
    "24_avertissement_avec_virgules.csv": "a sentence with as many commas as the header looks like "
    "a first row of labels: it is joined to them, and told (multi-header)",
    "28_long_preambule.csv": "seventy lines of the same number of words outweigh the table below: "
    "spaces are taken for its delimiter, and the file is refused (missing-cell)",
}
"""Files that are read wrong, and why; each is told."""


def _marked(case: dict[str, Any]) -> Any:
    why = BEYOND.get(case["file"])
    marks = [pytest.mark.xfail(strict=True, reason=why)] if why else []
    return pytest.param(case, id=case["file"], marks=marks)


@pytest.fixture(scope="module", params=map(_marked, CASES))
def case(request: pytest.FixtureRequest) -> dict[str, Any]:
    return dict(request.param)


@pytest.fixture(scope="module")
def table(case: dict[str, Any]) -> ReadTable:
    return read(HELD_OUT / case["file"])


def test_every_cell_is_the_one_written(case: dict[str, Any], table: ReadTable) -> None:
    if case["cells"]:
        assert [list(table.header), *(row.cells for row in table.rows)] == case["cells"]
    assert table.encoding == case["encoding"]


def test_every_number_is_exact_or_missing(case: dict[str, Any], table: ReadTable) -> None:
    for name, expected in case["num"].items():
        position = table.header.index(name)
        found = numbers(table.columns[position], [row.cells[position] for row in table.rows])
        assert found == [None if text is None else Decimal(text) for text in expected], name


def test_what_is_wrong_is_told_and_nothing_else(case: dict[str, Any], table: ReadTable) -> None:
    told = {(p.code, p.line) for p in table.problems}
    assert {(code, line) for code, line in case["at"]} <= told
    blamed = {p.code for p in table.problems if p.severity is not Severity.NOTICE}
    assert blamed == set(case["codes"])
    assert table.is_refused or case["must"] != "reject"


def test_titles_and_totals_are_set_aside_by_line(case: dict[str, Any], table: ReadTable) -> None:
    assert list(table.preamble) == case["preamble"]
    assert set(case["footer"]) <= set(table.footer)
