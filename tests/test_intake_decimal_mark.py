"""A cell that reads one way only decides for its column; one that reads two ways is refused."""

from collections.abc import Iterator

import pyarrow.parquet as pq
import pytest

from pilotage.intake import loading
from tests.door import Door, HereChecker, opened_door

MARKS = [
    # beside a decimal comma, a point before three digits is no decimal
    (";", ["1.104", "13.472", "62,5"], {4: 62.5}, {"ambiguous-number": 2}),
    (";", ["1.104", "62,5", "1.104,5"], {3: 62.5, 4: 1104.5}, {"ambiguous-number": 1}),
    # beside thousands in commas, a comma before three digits is none either
    (",", ["1,061.2", "1,104"], {2: 1061.2}, {"ambiguous-number": 1}),
    (",", ["1,061,200", "1,104", "62.5"], {2: 1061200.0, 4: 62.5}, {"ambiguous-number": 1}),
    (";", ["1.061.200", "62,5"], {2: 1061200.0, 3: 62.5}, {}),
    # a nought before the mark, or another number of digits after it, is a decimal
    (";", ["0.403", "1.104"], {2: 0.403, 3: 1.104}, {}),
    (";", ["0,403", "1,104", "-2,5 %"], {2: 0.403, 3: 1.104, 4: -2.5}, {}),
    # nothing decides: beside a « ; » a comma is a decimal, beside commas it may be either
    (";", ["1,104", "2,250"], {2: 1.104, 3: 2.25}, {}),
    (",", ["1,104", "2,250"], {}, {"ambiguous-number": 2}),
    # both are proved: the cell of the lesser mark is told
    (";", ["1,5", "2,5", "3.5"], {2: 1.5, 3: 2.5, 4: 3.5}, {"mixed-decimal": 1}),
]


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loading, "Checker", HereChecker)
        with opened_door(tmp_path_factory.mktemp("marques")) as opened:
            yield opened


@pytest.mark.parametrize(("delimiter", "cells", "values", "codes"), MARKS)
def test_each_cell_is_read_as_its_column_shows(
    door: Door, delimiter: str, cells: list[str], values: dict[int, float], codes: dict[str, int]
) -> None:
    heads = ["indicateur_id", "organisation_id", "periode", "valeur"]
    lines = [delimiter.join(heads)]
    for month, cell in enumerate(cells, 1):
        lines.append(delimiter.join(["I-M", "M", f"2025-{month:02d}", f'"{cell}"']))
    report = door.check("\n".join(lines) + "\n")
    staged = pq.read_table(report.staged[0].path).to_pylist()
    refused = {one.line for one in report.problems if one.severity == "error"}
    read = {row["load_line"]: row["value"] for row in staged if row["load_line"] not in refused}
    assert report.staged[0].rows_sound == len(values)
    assert read == pytest.approx(values)
    told = {code: n for code, n in report.codes.items() if code in {*codes, "ambiguous-number"}}
    assert told == codes
