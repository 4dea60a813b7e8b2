"""A home as it stood at the end of a past day: the same questions, other answers.

Each connection hides the tables behind temporary views of the same names, which hold what was
published by the end of that day, so that every query reads the past without knowing it. A load
withdrawn later still stands on the days it really stood. Names, passports and the tree of
organisations, hence who may see what, stay today's.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from threading import Lock
from typing import TypeVar
from weakref import WeakKeyDictionary

import duckdb
import pyarrow as pa
import sqlalchemy as sa

from pilotage.domain.period import GOVERNMENT_ZONE
from pilotage.store.engine import native
from pilotage.store.tables import loads
from pilotage.store.verdict import ALL_KEYS, judged_on
from pilotage.store.version import KEYS
from pilotage.store.warehouse import Warehouse

T = TypeVar("T")
_FACTS = ("mesures", "cibles")
_DATED = ("bloquants", "actions", "plans", "objectifs")
_MOST_DAYS = 4
_VERDICTS = "past_verdicts"


class PastWarehouse(Warehouse):
    """A warehouse read as it stood on a day before today; nothing is written through it."""

    def __init__(self, present: Warehouse, on: date) -> None:
        """Use ``warehouse_on``."""
        self.home, self.journal, self.archive = present.home, present.journal, present.archive
        self.as_of = on
        self.present = present
        self._version, self._facts = present.version, present.facts_version
        self._lock, self._chain_lock = Lock(), Lock()
        self._verdicts: pa.Table | None = None
        self._chains: dict[str, pa.Table] | None = None
        self._withdrawn = _withdrawals(present)

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """A connection that reads that day, given back without a trace."""
        verdicts = self._judged()
        with self._dated() as connection:
            duck = native(connection)
            duck.register(_VERDICTS, verdicts)
            try:
                duck.execute(f"create temp view verdicts as select * from {_VERDICTS}")
                yield connection
            finally:
                connection.rollback()
                duck.unregister(_VERDICTS)

    @contextmanager
    def _dated(self) -> Iterator[sa.Connection]:
        """The same before anything is judged: its verdicts are still today's."""
        with self.present.read() as connection:
            duck = native(connection)
            try:
                withdrawn = _dated_withdrawals(duck, self._withdrawn, self.today)
                chains = self._turned(duck, withdrawn)
                _hide_facts(duck, self.today, withdrawn.main, chains)
                _hide(duck, self.today, withdrawn)
                yield connection
            finally:
                connection.rollback()

    def _turned(
        self, duck: duckdb.DuckDBPyConnection, withdrawn: "_Withdrawn"
    ) -> Mapping[str, pa.Table]:
        with self._chain_lock:
            if self._chains is None:
                self._chains = {name: _chain(duck, name, self.today, withdrawn) for name in _FACTS}
            return self._chains

    def _judged(self) -> pa.Table:
        with self._lock:
            if self._verdicts is None:
                with self._dated() as connection:
                    duck = native(connection)
                    judged = judged_on(duck, ALL_KEYS, self.today)
                    self._verdicts = _known(duck, judged, self.today)
            return self._verdicts

    def submit(self, work: Callable[[], T]) -> Future[T]:
        """Never: what is past is not written."""
        del work
        raise RuntimeError("a past day is only read")


_days: "WeakKeyDictionary[Warehouse, OrderedDict[tuple[int, date], PastWarehouse]]"
_days = WeakKeyDictionary()
_days_lock = Lock()


def warehouse_on(warehouse: Warehouse, on: date | None) -> Warehouse:
    """The warehouse as it stood at the end of that day; itself for none, and for today or later."""
    if on is None or on >= warehouse.today:
        return warehouse
    key = (warehouse.version, on)
    with _days_lock:
        kept = _days.setdefault(warehouse, OrderedDict())
        if key not in kept:
            kept[key] = PastWarehouse(warehouse, on)
        kept.move_to_end(key)
        while len(kept) > _MOST_DAYS:
            kept.popitem(last=False)
        return kept[key]


def is_past(warehouse: Warehouse) -> bool:
    """True for a warehouse read on a past day, where nothing can be done."""
    return isinstance(warehouse, PastWarehouse)


def is_known_by(column: str, on: date) -> str:
    """SQL: what that column dates had happened by the end of the day, in the government's zone.

    A day that a file declares is kept as its own midnight, a moment in UTC.
    """
    following = datetime.combine(on + timedelta(days=1), time())
    ended = following.replace(tzinfo=GOVERNMENT_ZONE).astimezone(UTC).replace(tzinfo=None)
    return f"({column} < timestamp '{ended}' and {column} <> timestamp '{following}')"


def _withdrawals(warehouse: Warehouse) -> Mapping[int, tuple[int, datetime]]:
    """By load: the event that withdrew it, and its moment in UTC."""
    asked = sa.select(loads.c.load_seq, loads.c.withdrawn_seq).where(
        loads.c.withdrawn_seq.is_not(None)
    )
    with warehouse.read() as connection:
        found = connection.execute(asked).all()
    if not found:
        return {}
    wanted = {row.withdrawn_seq for row in found}
    moments = {
        event.seq: event.at.astimezone(UTC).replace(tzinfo=None)
        for event in warehouse.journal.after(min(wanted) - 1)
        if event.seq in wanted
    }
    return {row.load_seq: (row.withdrawn_seq, moments[row.withdrawn_seq]) for row in found}


@dataclass(frozen=True)
class _Withdrawn:
    """SELECTs of the loads that do not stand that day, and where the real tables are."""

    main: str
    gone: str  # withdrawn by then
    never: str  # withdrawn since, and received after that day: no day it stood is seen from there


def _dated_withdrawals(
    duck: duckdb.DuckDBPyConnection, withdrawn: Mapping[int, tuple[int, datetime]], on: date
) -> _Withdrawn:
    """Write the withdrawals in the temp table ``withdrawals``, and how to read them that day."""
    (here,) = duck.execute("select current_database()").fetchone() or ("",)
    duck.execute(
        "create temp table withdrawals (load_seq integer, withdrawn_seq integer, moment timestamp)"
    )
    for load_seq, (seq, at) in withdrawn.items():
        duck.execute("insert into withdrawals values (?, ?, ?)", [load_seq, seq, at])
    main = f'"{here}".main'
    return _Withdrawn(
        main,
        f"select load_seq from withdrawals where {is_known_by('moment', on)}",
        f"select load_seq from withdrawals join {main}.loads using (load_seq)"
        f" where not {is_known_by('received_at', on)}",
    )


def _follower(keys: tuple[str, ...], withdrawn: _Withdrawn) -> str:
    """SQL: what replaced or withdrew a row of the table ``t`` by that day; null where it stands."""
    return (
        f"case when load_seq in ({withdrawn.gone})"
        " then (select w.withdrawn_seq from withdrawals w where w.load_seq = t.load_seq)"
        f" else lead(load_seq) over (partition by {', '.join(keys)}, load_seq in ({withdrawn.gone})"
        " order by published_at, load_seq, load_line) end"
    )


def _stood(on: date, withdrawn: _Withdrawn) -> str:
    """SQL: the row was there by the end of that day, standing or replaced."""
    return f"{is_known_by('published_at', on)} and load_seq not in ({withdrawn.never})"


def _chain(
    duck: duckdb.DuckDBPyConnection, subject: str, on: date, withdrawn: _Withdrawn
) -> pa.Table:
    """The rows of the facts that have several vintages: place, whether there by then, follower.

    They are few: nearly all facts are said once, and a whole history is never ordered again.
    """
    table, keys = KEYS[subject]
    source, same = (
        f"{withdrawn.main}.{table.name}",
        " and ".join(f"t.{key} is not distinct from k.{key}" for key in keys),
    )
    duck.execute(
        "create temp table several as"
        f" select distinct {', '.join(keys)} from {source} where superseded_seq is not null"
    )
    found = duck.execute(
        f"select place, was_there, case when was_there"
        f" then {_follower((*keys, 'was_there'), withdrawn)} end as follower"
        f" from (select t.*, t.rowid as place, {_stood(on, withdrawn)} as was_there"
        f" from {source} t semi join several k on {same}) t"
    ).to_arrow_table()
    duck.execute("drop table several")
    return found


def _hide_facts(
    duck: duckdb.DuckDBPyConnection, on: date, main: str, chains: Mapping[str, pa.Table]
) -> None:
    """Put the values and the targets that stood that day in front of all there are."""
    for subject, chain in chains.items():
        table, _ = KEYS[subject]
        # In a table of the engine's own: of an Arrow one it knows no size, and hashes the history.
        duck.register("chain_rows", chain)
        duck.execute(f"create temp table {table.name}_chain as select * from chain_rows")
        duck.unregister("chain_rows")
        duck.execute(
            f"create temp view {table.name} as select t.* replace (c.follower as superseded_seq)"
            f" from {main}.{table.name} t left join {table.name}_chain c"
            " on c.place = t.rowid where case when c.place is null"
            f" then {is_known_by('published_at', on)} else c.was_there end"
        )


def _hide(duck: duckdb.DuckDBPyConnection, on: date, withdrawn: _Withdrawn) -> None:
    """Put what stood that day in front of every other table that tells a history."""
    main = withdrawn.main
    for subject in _DATED:
        table, keys = KEYS[subject]
        duck.execute(
            f"create temp view {table.name} as select t.* replace ("
            f"{_follower(keys, withdrawn)} as superseded_seq)"
            f" from {main}.{table.name} t where {_stood(on, withdrawn)}"
        )
    gone = withdrawn.gone
    duck.execute(
        "create temp view loads as select * replace ("
        f"case when state = 'withdrawn' and load_seq not in ({gone}) then 'loaded' else state end"
        f" as state, case when load_seq in ({gone}) then withdrawn_seq end as withdrawn_seq)"
        f" from {main}.loads"
    )
    duck.execute(
        f"create temp view steps as select * from {main}.steps where {is_known_by('steps.at', on)}"
    )
    for told in ("blocker_events", "posts"):
        duck.execute(
            f"create temp view {told} as"
            f" select * from {main}.{told} where {is_known_by(f'{told}.at', on)}"
        )


def _known(duck: duckdb.DuckDBPyConnection, judged: pa.Table, on: date) -> pa.Table:
    """Without the keys of which nothing was published by then, their indicator's passport included.

    An indicator created since is not said to have been missing.
    """
    duck.register("judged", judged)
    try:
        return duck.execute(
            "select * from judged where value_source is not null or target_load is not null"
            " or len(recent_starts) > 0 or indicator_key in (select indicator_key from indicators"
            f" where {is_known_by('published_at', on)})"
        ).to_arrow_table()
    finally:
        duck.unregister("judged")


__all__ = ["PastWarehouse", "is_known_by", "is_past", "warehouse_on"]
