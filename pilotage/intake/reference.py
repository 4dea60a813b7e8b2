"""What a file may refer to: the organisations, indicators, plans… known when it is checked.

The store writes them as Parquet for the checking process, which never opens the projection.
"""

from pathlib import Path

import duckdb

from pilotage.domain.period import KINDS_OF_FREQUENCY

KINDS_MASK = {
    str(frequency): sum(1 << int(kind) for kind in kinds)
    for frequency, kinds in KINDS_OF_FREQUENCY.items()
}
"""Frequency → bit mask of the period kinds in which it is measured."""

COLUMNS = {
    "organisations": "organisation_id varchar, organisation_key integer, parent_id varchar,"
    " loadable boolean",
    "indicators": "indicator_id varchar, indicator_key integer, organisation_id varchar,"
    " frequency varchar, minimum double, maximum double, direction varchar, unit varchar,"
    " loadable boolean",
    "plans": "plan_id varchar, loadable boolean",
    "objectives": "objective_id varchar, loadable boolean",
    "blockers": "blocker_id varchar, loadable boolean",
    "actions": "action_id varchar, loadable boolean",
    "organisation_keys": "id varchar, key integer",
    "indicator_keys": "id varchar, key integer",
}
KEYS = {
    "organisations": ("organisations", "organisation_id"),
    "indicateurs": ("indicators", "indicator_id"),
    "plans": ("plans", "plan_id"),
    "objectifs": ("objectives", "objective_id"),
    "bloquants": ("blockers", "blocker_id"),
    "actions": ("actions", "action_id"),
}
"""Subject → (reference table, its key): where a foreign key is looked up."""


OWNED_BY = {
    "organisations": "parent_id",
    "plans": "organisation_id",
    "objectifs": "plan_id",
    "indicateurs": "organisation_id",
    "liens": "enfant_id",
    "cibles": "organisation_id",
    "mesures": "organisation_id",
    "bloquants": "organisation_id",
    "actions": "organisation_id",
}
"""Subject → the foreign key that says for whom a row is loaded."""


def open_reference(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Make the ``ref_…`` tables from the store's Parquet files; empty where there is none."""
    for name, columns in COLUMNS.items():
        connection.execute(f"create temp table ref_{name} ({columns})")
        path = folder / f"{name}.parquet"
        if path.exists():
            connection.execute(f"insert into ref_{name} select * from read_parquet(?)", [str(path)])


_ADDED = {
    "organisations": ("organisation", "organisation_id, organisation_key, parent_id, true"),
    "indicateurs": (
        "indicator",
        "indicator_id, indicator_key, organisation_id, frequency, minimum, maximum, direction,"
        " unit, true",
    ),
    "plans": ("plan", "plan_id, true"),
    "objectifs": ("objective", "objective_id, true"),
    "bloquants": ("blocker", "blocker_id, true"),
}
"""Subject → what it is called in the reference, and what its rows add there."""


def extend_reference(
    connection: duckdb.DuckDBPyConnection, subject: str, path: Path, mask: int
) -> None:
    """Make what this subject's rows bring known to the subjects after it."""
    if subject not in _ADDED:
        return
    name, columns = _ADDED[subject]
    connection.execute(
        f"insert into ref_{name}s select {columns} from read_parquet('{path}')"
        f" where flags & {mask} = 0 and {name}_id not in (select {name}_id from ref_{name}s)"
    )
