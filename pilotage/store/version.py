"""Vintages: a newer row supersedes an older one with the same key; the older one stays.

Order of vintages: publication, then load, then line. Same key and same content as the vintage
before it: unchanged, no new row. This module speaks DuckDB (``rowid``); see docs/decisions/0002.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb
import sqlalchemy as sa

from pilotage.store import tables

KEYS = {
    "organisations": (tables.organisations, ("organisation_id",)),
    "plans": (tables.plans, ("plan_id",)),
    "objectifs": (tables.objectives, ("objective_id",)),
    "indicateurs": (tables.indicators, ("indicator_id",)),
    "liens": (tables.indicator_links, ("parent_id", "child_id", "kind")),
    "cibles": (tables.targets, ("indicator_key", "organisation_key", "period_start", "period_end")),
    "mesures": (
        tables.measurements,
        ("indicator_key", "organisation_key", "period_start", "period_end"),
    ),
    "bloquants": (tables.blockers, ("blocker_id",)),
    "actions": (tables.actions, ("action_id",)),
}
_PROVENANCE = ("published_at", "load_seq", "load_line", "load_file", "superseded_seq")


@dataclass(frozen=True)
class Counts:
    """What a load's rows were: keys never seen, other values for a known key, the same again."""

    new: int
    changed: int
    unchanged: int


def _content(table: sa.Table, keys: tuple[str, ...]) -> list[str]:
    return [c.name for c in table.columns if c.name not in keys and c.name not in _PROVENANCE]


@dataclass(frozen=True)
class StagedRows:
    """A staged file: rows load where ``flags & mask`` is 0.

    ``first_line``: physical line of the first row where lines are positions; None where the file
    says them.
    """

    path: Path
    mask: int
    first_line: int | None = None

    @property
    def scan(self) -> str:
        """The rows that load, with their line."""
        source = f"read_parquet('{self.path}', file_row_number = true)"
        if self.first_line is None:
            return f"(select * from {source} where flags & {self.mask} = 0)"
        line = f"(file_row_number + {self.first_line})::integer as load_line"
        return f"(select *, {line} from {source} where flags & {self.mask} = 0)"


def insert_versions(
    duck: duckdb.DuckDBPyConnection,
    subject: str,
    staged: StagedRows,
    seq: int,
    published_at: datetime,
) -> Counts:
    """Insert a staged file's sound rows as vintages of load ``seq``; mark what they supersede."""
    table, keys = KEYS[subject]
    incoming, dated = _incoming(duck, table, staged)
    given = {"published": published_at}
    empty = duck.execute(f"select 1 from {table.name} limit 1").fetchone() is None
    if not empty or dated:
        return _insert_compared(duck, table, keys, incoming, given, seq)
    columns = ", ".join(_of_load(c.name, seq) for c in table.columns)
    duck.execute(f"insert into {table.name} select {columns} from ({incoming})", given)
    (rows,) = duck.execute(f"select count(*) from {table.name}").fetchone() or (0,)
    return Counts(rows, 0, 0)


def _incoming(
    duck: duckdb.DuckDBPyConnection, table: sa.Table, staged: StagedRows
) -> tuple[str, bool]:
    """The rows of a staged file in the table's columns; True when they say when published."""
    present = _columns(duck, staged)
    given = {"load_seq", "superseded_seq", "published_at"}
    taken = [c.name for c in table.columns if c.name not in given]
    columns = ", ".join(n if n in present else f"null as {n}" for n in taken)
    dated = "published_at" in present and _dated(duck, staged)
    published = "coalesce(published_at::timestamp, $published)" if dated else "$published"
    return f"select {columns}, {published}::timestamp as published_at from {staged.scan}", dated


def _columns(duck: duckdb.DuckDBPyConnection, staged: StagedRows) -> set[str]:
    """Columns of a staged file, which leaves out what the received file does not have."""
    return {row[0] for row in duck.execute(f"describe select * from {staged.scan}").fetchall()}


def _of_load(name: str, seq: int, prefix: str = "") -> str:
    """A column of a fresh row: its own, or what the load gives it."""
    given = {"load_seq": f"{seq} as load_seq", "superseded_seq": "null as superseded_seq"}
    return given.get(name, f"{prefix}{name}")


def _dated(duck: duckdb.DuckDBPyConnection, staged: StagedRows) -> bool:
    asked = f"select 1 from {staged.scan} where published_at is not null limit 1"
    return duck.execute(asked).fetchone() is not None


def _insert_compared(
    duck: duckdb.DuckDBPyConnection,
    table: sa.Table,
    keys: tuple[str, ...],
    incoming: str,
    given: dict[str, datetime],
    seq: int,
) -> Counts:
    """Insert the rows that say something else than the vintage before them."""
    duck.execute(
        "create or replace temp table incoming as"
        f" select *, row_number() over () as row_no from ({incoming})",
        given,
    )
    duck.execute(_chain(table, keys, seq))
    duck.execute(
        "create or replace temp table fresh as"
        f" select * from chain where load_seq = {seq} and before is distinct from said"
    )
    columns = ", ".join(_of_load(c.name, seq, "i.") for c in table.columns)
    duck.execute(
        f"insert into {table.name} select {columns} from incoming i semi join fresh f"
        " on i.row_no = f.row_no"
    )
    duck.execute(
        f"create or replace temp table turned as select distinct {', '.join(keys)} from fresh"
    )
    mark_superseded(duck, table, keys, "turned")
    return _counted(duck)


def _counted(duck: duckdb.DuckDBPyConnection) -> Counts:
    (total,) = duck.execute("select count(*) from incoming").fetchone() or (0,)
    new, changed = duck.execute(
        "select count(*) filter (before is null), count(*) filter (before is not null) from fresh"
    ).fetchone() or (0, 0)
    return Counts(new, changed, total - new - changed)


def _chain(table: sa.Table, keys: tuple[str, ...], seq: int) -> str:
    """Every vintage of the incoming keys in order, each with what the one before it said.

    ``said`` is a hash of all a row says but its key and its provenance.
    """
    content, key = _content(table, keys), ", ".join(keys)
    said, said_before = (
        f"hash({', '.join(prefix + name for name in content)})" for prefix in ("", "t.")
    )
    kept = ", ".join(f"t.{name}" for name in keys)
    return (
        "create or replace temp table chain as"
        f" select *, lag(said) over (partition by {key}"
        " order by published_at, load_seq, load_line) as before from ("
        f"select {key}, published_at, load_line, {seq} as load_seq, row_no, {said} as said"
        f" from incoming union all select {kept}, t.published_at, t.load_line, t.load_seq,"
        f" null, {said_before} from {table.name} t semi join incoming i on {_same(keys, 't', 'i')}"
        f" where {_STANDING})"
    )


def _same(keys: tuple[str, ...], one: str, other: str) -> str:
    return " and ".join(f"{one}.{k} is not distinct from {other}.{k}" for k in keys)


_STANDING = "t.load_seq not in (select load_seq from loads where withdrawn_seq is not null)"


def mark_superseded(
    duck: duckdb.DuckDBPyConnection, table: sa.Table, keys: tuple[str, ...], touched: str
) -> None:
    """Set ``superseded_seq`` along the chain of vintages of the keys in ``touched``."""
    key, name = ", ".join(f"t.{k}" for k in keys), table.name
    duck.execute(
        f"update {name} set superseded_seq = n.follower from ("
        f"select t.rowid as place, lead(t.load_seq) over (partition by {key}"
        " order by t.published_at, t.load_seq, t.load_line) as follower"
        f" from {name} t semi join {touched} k on {_same(keys, 't', 'k')} where {_STANDING}) n"
        f" where {name}.rowid = n.place"
        f" and {name}.superseded_seq is distinct from n.follower"
    )


def withdraw_versions(
    duck: duckdb.DuckDBPyConnection, subject: str, load_seq: int, seq: int
) -> None:
    """Take a load's rows of one subject out of the chain; those before them stand again."""
    table, keys = KEYS[subject]
    duck.execute(
        f"create or replace temp table withdrawn_keys as select distinct {', '.join(keys)}"
        f" from {table.name} where load_seq = {load_seq}"
    )
    duck.execute(f"update {table.name} set superseded_seq = {seq} where load_seq = {load_seq}")
    mark_superseded(duck, table, keys, "withdrawn_keys")


def restate_versions(
    duck: duckdb.DuckDBPyConnection,
    subject: str,
    staged: StagedRows,
    seq: int,
    published_at: datetime,
) -> None:
    """Insert what load ``seq`` said of ``restated_keys`` and was then unchanged, so not kept."""
    table, keys = KEYS[subject]
    incoming, _ = _incoming(duck, table, staged)
    missing = (
        f"select s.* from ({incoming}) s semi join restated_keys k on {_same(keys, 's', 'k')}"
        f" anti join (select * from {table.name} where load_seq = {seq}) t"
        f" on {_same((*keys, 'published_at'), 's', 't')}"
    )
    _insert_compared(duck, table, keys, missing, {"published": published_at}, seq)
