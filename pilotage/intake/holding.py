"""Whether a checked file must wait for an approval before its values show, and whose.

One rule covers an organisation and what is below it, or one indicator there
(``pilotage/domain/sign_off.py``). A file waits whole: half of a file would be a figure nobody sent.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pilotage.access.operator import OPERATOR
from pilotage.domain.sign_off import approver_of, signs_for
from pilotage.intake.report import CheckReport
from pilotage.store.engine import native
from pilotage.store.queries.directory import organisations
from pilotage.store.queries.sign_off import standing_delegations, standing_rules
from pilotage.store.version import StagedRows
from pilotage.store.warehouse import Warehouse

_PAIRS = """
    select distinct i.indicator_id, o.organisation_id
    from (select distinct indicator_key, organisation_key from {rows}) r
    join indicators i on i.indicator_key = r.indicator_key and i.superseded_seq is null
    join organisations o on o.organisation_key = r.organisation_key and o.superseded_seq is null
"""


@dataclass(frozen=True)
class Held:
    """The approvers a file waits for, in order, and the organisation that holds all its values."""

    approvers: tuple[str, ...]
    organisation_id: str | None


def held(warehouse: Warehouse, report: CheckReport, author: str) -> Held | None:
    """What the file waits for; None where nobody else than its sender has to approve it."""
    rules = standing_rules(OPERATOR, warehouse)
    if not any(rule.approver for rule in rules):
        return None
    above = {one.organisation_id: one.parent_id for one in organisations(OPERATOR, warehouse)}
    pairs = _pairs(warehouse, report)
    lines = {place: _line(place, above) for _, place in pairs}
    asked = {approver_of(rules, lines[place], indicator) for indicator, place in pairs}
    today = warehouse.today
    own = signs_for(author, standing_delegations(OPERATOR, warehouse, today), today)
    approvers = tuple(sorted(one for one in asked if one is not None and one not in own))
    return Held(approvers, _common(lines.values())) if approvers else None


def _pairs(warehouse: Warehouse, report: CheckReport) -> list[tuple[str, str]]:
    """The indicators and organisations whose values the file brings."""
    found: list[tuple[str, str]] = []
    for staged in report.staged:
        if staged.subject == "mesures" and staged.rows_sound:
            rows = StagedRows(staged.path, staged.mask, staged.first_line).scan
            with warehouse.read() as connection:
                found += native(connection).execute(_PAIRS.format(rows=rows)).fetchall()
    return found


def _line(place: str, above: Mapping[str, str | None]) -> tuple[str, ...]:
    """The organisation, then those above it; a loop in the tree ends where it closes."""
    line: list[str] = []
    here: str | None = place
    while here is not None and here not in line:
        line.append(here)
        here = above.get(here)
    return tuple(line)


def _common(lines: Iterable[tuple[str, ...]]) -> str | None:
    """The nearest organisation that is on every line."""
    first, *others = lines
    return next((place for place in first if all(place in line for line in others)), None)
