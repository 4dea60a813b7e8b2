"""What a file being checked may refer to, written for the checking process."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import sqlalchemy as sa

from pilotage.domain.viewer import Scope
from pilotage.store import tables
from pilotage.store.engine import native
from pilotage.store.warehouse import Warehouse

_ASKED = {
    "indicators": "select indicator_id, indicator_key, organisation_id, frequency, minimum,"
    " maximum, direction, unit, organisation_id as owner"
    " from indicators where superseded_seq is null",
    "plans": "select plan_id, organisation_id as owner from plans where superseded_seq is null",
    "objectives": "select o.objective_id, p.organisation_id as owner from objectives o join plans p"
    " on p.plan_id = o.plan_id and p.superseded_seq is null where o.superseded_seq is null",
    "blockers": "select blocker_id, organisation_id as owner"
    " from blockers where superseded_seq is null",
    "actions": "select action_id, organisation_id as owner"
    " from actions where superseded_seq is null",
}


_GIVEN = {
    name: f"select distinct {name}_id as id, {name}_key as key from {name}s"
    for name in ("organisation", "indicator")
}
"""Every key ever given, to what is no longer there too: facts still name it."""


def write_reference(scope: Scope, warehouse: Warehouse, folder: Path) -> None:
    """Write the known keys as Parquet; ``loadable`` says for whom this scope may load."""
    folder.mkdir(parents=True, exist_ok=True)
    with warehouse.read() as connection:
        duck = native(connection)
        for name, asked in _ASKED.items():
            found = duck.execute(asked).to_arrow_table()
            pq.write_table(_marked(found, scope), folder / f"{name}.parquet")
        for name, asked in _GIVEN.items():
            pq.write_table(duck.execute(asked).to_arrow_table(), folder / f"{name}_keys.parquet")
        o = tables.organisations.c
        rows = connection.execute(
            sa.select(o.organisation_id, o.organisation_key, o.parent_id).where(
                o.superseded_seq.is_(None)
            )
        ).all()
    loadable = [scope.may_load(row.organisation_id) for row in rows]
    organisations = pa.table(
        {
            "organisation_id": pa.array([r.organisation_id for r in rows], pa.string()),
            "organisation_key": pa.array([r.organisation_key for r in rows], pa.int32()),
            "parent_id": pa.array([r.parent_id for r in rows], pa.string()),
            "loadable": pa.array(loadable, pa.bool_()),
        }
    )
    pq.write_table(organisations, folder / "organisations.parquet")


def _marked(found: pa.Table, scope: Scope) -> pa.Table:
    owners = found["owner"].to_pylist()
    known = {owner: scope.may_load(owner) for owner in set(owners)}
    marks = pa.array([known[owner] for owner in owners], pa.bool_())
    return found.drop_columns("owner").append_column("loadable", marks)
