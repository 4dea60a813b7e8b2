"""Who adds up to whom: the same indicator in the organisations below, and additive links.

A key is an indicator in an organisation. Its children are the nearest keys below, in the tree of
organisations, where the indicator rolls up; without any, what additive links tie to the indicator,
held in the lead organisation.
"""

from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pilotage.assessment.code import Flags, Floats, Indices

_DEEPEST = 32  # levels of organisations; a loop among them ends there
_CURRENT = "superseded_seq is null"
_HAS_ROLL_UPS = (
    f"select exists(select 1 from indicator_links where kind = 'additive' and {_CURRENT})"
    f" or (exists(select 1 from indicators where roll_up <> 'none' and {_CURRENT})"
    f" and exists(select 1 from organisations where parent_id is not null and {_CURRENT}))"
)
_ABOVE = (
    "create or replace temp table above as with recursive up as ("
    f"select organisation_key, parent_id, 1 as steps from organisations where {_CURRENT} union all"
    " select up.organisation_key, o.parent_id, steps + 1 from up join organisations o"
    f" on o.organisation_id = up.parent_id and o.{_CURRENT} where steps < {_DEEPEST})"
    " select up.organisation_key, o.organisation_key as above_key, min(steps) as steps"
    f" from up join organisations o on o.organisation_id = up.parent_id and o.{_CURRENT}"
    " where o.organisation_key <> up.organisation_key group by all"
)
_ADDITIVE = (
    "create or replace temp table additive as select p.indicator_key as parent_indicator,"
    " po.organisation_key as parent_organisation, c.indicator_key as child_indicator,"
    " co.organisation_key as child_organisation, l.child_id, l.weight"
    f" from indicator_links l join indicators p on p.indicator_id = l.parent_id and p.{_CURRENT}"
    f" join organisations po on po.organisation_id = p.organisation_id and po.{_CURRENT}"
    f" left join indicators c on c.indicator_id = l.child_id and c.{_CURRENT}"
    f" left join organisations co on co.organisation_id = c.organisation_id and co.{_CURRENT}"
    f" where l.kind = 'additive' and l.parent_id <> l.child_id and l.{_CURRENT}"
)
_ROLLING = (
    "create or replace temp table rolling as"
    f" select indicator_key from indicators where roll_up <> 'none' and {_CURRENT}"
)


@dataclass(frozen=True)
class Edges:
    """m children of their parents, by parent; positions among the keys of ``batch_keys``."""

    parent: Indices
    child: Indices  # −1: the child is no key
    is_link: Flags  # an additive link, not an organisation below
    weight: Floats  # of the link; NaN: none
    identity: Indices  # equal for the copies of one shared indicator
    name: NDArray[Any]  # the organisation below, or the indicator tied
    valid_from: NDArray[Any]  # when the child's organisation exists, datetime64[D]; NaT: unbounded
    valid_to: NDArray[Any]

    def taken(self, rows: NDArray[Any]) -> "Edges":
        """Some of the children."""
        return Edges(**{name: column[rows] for name, column in vars(self).items()})


def has_roll_ups(duck: duckdb.DuckDBPyConnection) -> bool:
    """Whether any parent may have children at all; costs next to nothing."""
    (found,) = duck.execute(_HAS_ROLL_UPS).fetchone() or (False,)
    return bool(found)


def add_parents(duck: duckdb.DuckDBPyConnection, keys: str) -> None:
    """Add to the temp table ``keys`` all that its keys may add up to, at any height."""
    _prepare(duck)
    duck.execute(
        "create or replace temp table widened as with recursive up as ("
        f"select * from {keys} union (select up.indicator_key, a.above_key from up"
        " semi join rolling using (indicator_key)"
        " join above a on a.organisation_key = up.organisation_key"
        " union all select l.parent_indicator, l.parent_organisation from up join additive l"
        " on l.child_indicator = up.indicator_key)) select * from up"
    )
    duck.execute(f"create or replace temp table {keys} as select * from widened")


def with_children(duck: duckdb.DuckDBPyConnection, keys: str) -> str:
    """A temp table of the keys in ``keys`` and of all that adds up to them, at any depth."""
    _prepare(duck)
    duck.execute(
        "create or replace temp table known_keys as"
        f" select indicator_key, organisation_key from verdicts union select * from {keys}"
    )
    duck.execute(
        "create or replace temp table deepened as with recursive down as ("
        f"select * from {keys} union (select k.indicator_key, k.organisation_key from down"
        " semi join rolling using (indicator_key)"
        " join above a on a.above_key = down.organisation_key join known_keys k"
        " on k.indicator_key = down.indicator_key and k.organisation_key = a.organisation_key"
        " union all select l.child_indicator, l.child_organisation from down"
        " join additive l on l.parent_indicator = down.indicator_key"
        " and l.parent_organisation = down.organisation_key"
        " where l.child_organisation is not null)) select * from down"
    )
    return "deepened"


def _prepare(duck: duckdb.DuckDBPyConnection) -> None:
    for statement in (_ABOVE, _ADDITIVE, _ROLLING):
        duck.execute(statement)


def edges_of(duck: duckdb.DuckDBPyConnection, is_known: Flags) -> Edges:
    """Who adds up to whom among the keys of ``batch_keys``; those not known are no one's child."""
    below, tied = _below(duck, is_known), _tied(duck)
    found = pa.concat_tables([below.select(tied.column_names), tied], promote_options="permissive")
    number = np.arange(below.num_rows)
    edges = Edges(
        parent=found["parent"].to_numpy().astype(np.int64),
        child=found["child"].to_numpy().astype(np.int64),
        is_link=np.arange(found.num_rows) >= below.num_rows,
        weight=found["weight"].to_numpy().astype(np.float64),
        identity=np.concatenate([number, len(number) + _identities(duck, tied)]),
        name=np.array(found["name"].to_pylist(), object),
        valid_from=found["valid_from"].to_numpy().astype("M8[D]"),
        valid_to=found["valid_to"].to_numpy().astype("M8[D]"),
    )
    return edges.taken(np.lexsort((edges.name.astype(str), edges.is_link, edges.parent)))


def _below(duck: duckdb.DuckDBPyConnection, is_known: Flags) -> pa.Table:
    """Each key under the nearest key above it: so a parent has its nearest ones below."""
    pairs = duck.execute(
        "select c.k as child, p.k as parent, a.steps, null::double as weight,"
        " c.organisation_id as name, o.valid_from, o.valid_to"
        " from batch_keys c semi join rolling using (indicator_key)"
        " join above a on a.organisation_key = c.organisation_key"
        " join batch_keys p"
        " on p.indicator_key = c.indicator_key and p.organisation_key = a.above_key"
        f" join organisations o on o.organisation_key = c.organisation_key and o.{_CURRENT}"
        " order by c.k, a.steps"
    ).to_arrow_table()
    child, parent = pairs["child"].to_numpy(), pairs["parent"].to_numpy()
    live = np.flatnonzero(is_known[child] & is_known[parent])
    _, nearest = np.unique(child[live], return_index=True)
    return pairs.take(pa.array(live[nearest]))


def _tied(duck: duckdb.DuckDBPyConnection) -> pa.Table:
    return duck.execute(
        "select p.k as parent, coalesce(c.k, -1) as child, l.weight, l.child_id as name,"
        " o.valid_from, o.valid_to from additive l join batch_keys p"
        " on p.indicator_key = l.parent_indicator and p.organisation_key = l.parent_organisation"
        " left join batch_keys c"
        " on c.indicator_key = l.child_indicator and c.organisation_key = l.child_organisation"
        " left join organisations o"
        f" on o.organisation_key = l.child_organisation and o.{_CURRENT}"
    ).to_arrow_table()


def _identities(duck: duckdb.DuckDBPyConnection, tied: pa.Table) -> Indices:
    """A number per child tied, the same for indicators said to be identical, however far round."""
    same: dict[str, str] = {}

    def first(name: str) -> str:
        while name in same:
            name = same[name]
        return name

    if tied.num_rows:
        pairs = duck.execute(
            "select parent_id, child_id from indicator_links"
            f" where kind = 'identical' and {_CURRENT}"
        ).fetchall()
        for one, other in sorted(pairs):
            if first(one) != first(other):
                same[first(other)] = first(one)
    names = np.array([first(name) for name in tied["name"].to_pylist()], str)
    return np.unique(names, return_inverse=True)[1].astype(np.int64)
