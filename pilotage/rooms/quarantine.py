"""The rows of a load that wait to be corrected, each with what is wrong in it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pilotage.domain.viewer import Scope
from pilotage.i18n import Lang
from pilotage.intake.contract import contracts
from pilotage.intake.problem import from_row, sentence
from pilotage.store.queries import quarantine as queries
from pilotage.store.warehouse import Warehouse

SHOWN_ROWS = 20
"""Rows offered at a time: the next ones come once these are settled."""


@dataclass(frozen=True)
class RefusedCell:
    """One cell as it came; ``is_wrong`` where a problem names its column."""

    field: str
    text: str
    is_wrong: bool


@dataclass(frozen=True)
class RefusedRow:
    """A row that waits: its place, its cells, and the sentence of each of its errors."""

    row_no: int
    subject: str
    file: str | None
    line: int
    cells: tuple[RefusedCell, ...]
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Quarantine:
    """The first rows of a load that wait, how many there are, and whether one may correct them."""

    load_seq: int
    rows: tuple[RefusedRow, ...]
    total: int
    may_correct: bool


def quarantine_of(
    scope: Scope, warehouse: Warehouse, load_seq: int, lang: Lang, *, is_past: bool
) -> Quarantine:
    """What of a load still waits."""
    total = queries.waiting_count(scope, warehouse, [load_seq]).get(load_seq, 0)
    found = queries.waiting_rows(scope, warehouse, load_seq, SHOWN_ROWS) if total else []
    told = queries.problems_at(scope, warehouse, load_seq, {row["line"] for row in found})
    return Quarantine(
        load_seq=load_seq,
        rows=tuple(_row(row, told, lang) for row in found),
        total=total,
        may_correct=bool(found)
        and not is_past
        and (scope.loads_everything or bool(scope.loadable)),
    )


def _row(row: Mapping[str, Any], told: Sequence[Mapping[str, Any]], lang: Lang) -> RefusedRow:
    place = (row["load_file"], row["line"])
    mine = [one for one in told if (one["load_file"], one["line"]) == place]
    contract = contracts()[row["subject"]]
    named = (contract.field_of(one["column_name"]) for one in mine if one["column_name"])
    wrong = {field.name for field in named if field}
    cells = zip(json.loads(row["fields"]), json.loads(row["cells"]), strict=True)
    return RefusedRow(
        row_no=row["row_no"],
        subject=row["subject"],
        file=row["load_file"],
        line=row["line"],
        cells=tuple(RefusedCell(name, text, name in wrong) for name, text in cells),
        sentences=tuple(dict.fromkeys(sentence(from_row(dict(one)), lang) for one in mine)),
    )
