"""From an event of the journal to the rows that are read: a projection made again at any time."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import sqlalchemy as sa

from pilotage.store import tables
from pilotage.store.authority_row import AUTHORITY, add_sign_off
from pilotage.store.authority_tables import closings
from pilotage.store.blocker_row import add_blocker
from pilotage.store.engine import native
from pilotage.store.follow_row import add_follow
from pilotage.store.held_row import add_held, release_held, touch_held
from pilotage.store.journal import Event
from pilotage.store.post_row import add_post
from pilotage.store.publication_row import add_publication
from pilotage.store.quarantine_row import (
    add_refused,
    await_again,
    leave_refused,
    settle_corrected,
)
from pilotage.store.reason_row import add_reason
from pilotage.store.step_row import add_step
from pilotage.store.verdict import judge_touched
from pilotage.store.version import (
    KEYS,
    StagedRows,
    insert_versions,
    restate_versions,
    withdraw_versions,
)

SCHEMA_VERSION = 13
Locate = Callable[[str], Path]
_REFERENCE_SUBJECTS = ("organisations", "plans", "objectifs", "indicateurs", "bloquants")


_APART = {**AUTHORITY, "quarantine_left": leave_refused, "follow": add_follow}
"""Events that change no figure and concern no room."""
_FOLLOWED = {"blocker": add_blocker, "post": add_post}


def open_projection(engine: sa.Engine) -> bool:
    """Create the tables of a new file; True when the file is of another schema: to be rebuilt."""
    with engine.begin() as connection:
        tables.metadata.create_all(connection)
        found = connection.execute(sa.select(tables.projection_state.c.schema_version)).scalar()
        if found is None:
            connection.execute(
                tables.projection_state.insert().values(
                    last_seq=0, schema_version=SCHEMA_VERSION, rules="reference"
                )
            )
        return found not in {None, SCHEMA_VERSION}


def project(connection: sa.Connection, event: Event, locate: Locate, today: date) -> frozenset[str]:
    """Apply one event; the ids of the organisations it touched, their ancestors included.

    ``locate`` says where the file of a hash lies.
    """
    if event.kind == "load":
        return _load(connection, event, locate, today)
    if event.kind == "load_refused":
        _add_load(connection, event, "refused", (0, 0, 0))
        _add_problems(connection, event, locate)
        return frozenset()
    if event.kind == "load_held":
        return _hold(connection, event, locate)
    if event.kind in {"load_returned", "sign_off"}:
        return _signed(connection, event)
    if event.kind == "withdraw":
        return _withdraw(connection, event, locate, today)
    if event.kind in _FOLLOWED:
        return _followed(connection, event)
    if event.kind == "step":
        return _step(connection, event, today)
    if event.kind in _APART:
        _APART[event.kind](connection, event)
    elif event.kind == "publication":
        add_publication(connection, event, locate)
    return frozenset()


def before_rehearsal(connection: sa.Connection) -> None:
    """Keep the standings as they are, to compare with what a rehearsed load makes of them."""
    native(connection).execute(
        "create or replace temp table verdicts_before as"
        " select indicator_key, organisation_key, result, trajectory, data_state, value"
        " from verdicts"
    )


def _load(connection: sa.Connection, event: Event, locate: Locate, today: date) -> frozenset[str]:
    duck = native(connection)
    published = _moment(event.payload["published_at"])
    new = changed = unchanged = 0
    for subject in event.payload["subjects"]:
        rows = _rows(subject, locate)
        counts = insert_versions(duck, subject["subject"], rows, event.seq, published)
        _restate(duck, subject["subject"], "turned", event, locate)
        new, changed, unchanged = (
            new + counts.new,
            changed + counts.changed,
            unchanged + counts.unchanged,
        )
    if held := event.payload.get("held_seq"):
        release_held(connection, event, held, "approved")
    _add_load(connection, event, "loaded", (new, changed, unchanged))
    _add_problems(connection, event, locate)
    add_refused(connection, event, locate)
    settle_corrected(connection, event, "corrected")
    touch_load(duck, event.seq, [s["subject"] for s in event.payload["subjects"]])
    judge_touched(duck, today)
    return touched_organisations(duck, event.seq)


def _signed(connection: sa.Connection, event: Event) -> frozenset[str]:
    """One of the approvals a load waits for, or its return to its sender."""
    load_seq = event.payload["load_seq"]
    if event.kind == "load_returned":
        release_held(connection, event, load_seq, "returned")
    else:
        add_sign_off(connection, event, load_seq, "approved")
        touch_held(native(connection), load_seq)
    return touched_organisations(native(connection), event.seq)


def _hold(connection: sa.Connection, event: Event, locate: Locate) -> frozenset[str]:
    """A load that waits for an approval: known of, and in no figure."""
    _add_load(connection, event, "held", (0, 0, 0))
    _add_problems(connection, event, locate)
    add_held(connection, event, locate)
    settle_corrected(connection, event, "held")
    return touched_organisations(native(connection), event.seq)


def touch_load(duck: duckdb.DuckDBPyConnection, seq: int, subjects: list[str]) -> None:
    """Fill ``touched`` with the indicator × organisation keys whose verdict a load may change."""
    parts = []
    for subject in subjects:
        table = KEYS[subject][0].name
        if subject in {"mesures", "cibles"}:
            duck.execute(
                f"create or replace temp table touched_{table} as select distinct"
                f" indicator_key, organisation_key from {table} where load_seq = {seq}"
            )
            parts.append(f"from touched_{table}")
            # Measured elsewhere, an indicator may no longer be expected of its lead.
            parts.append(
                f"{_LED} and i.indicator_key in (select indicator_key from touched_{table})"
            )
        elif subject == "indicateurs":
            parts += _turned(f"select indicator_key from indicators where load_seq = {seq}")
        elif subject == "organisations":
            parts += _moved(seq)
        elif subject == "liens":
            parts.append(_ADDED_UP)
    union = " union ".join(parts) or "select 0 as indicator_key, 0 as organisation_key where false"
    duck.execute(f"create or replace temp table touched as {union}")


_LED = (
    "select i.indicator_key, o.organisation_key from indicators i join organisations o"
    " on i.organisation_id = o.organisation_id and o.superseded_seq is null"
    " where i.superseded_seq is null"
)
_ADDED_UP = (
    f"{_LED} and i.indicator_id in (select parent_id from indicator_links where kind = 'additive')"
)


def _turned(indicators: str) -> list[str]:
    """Every key of these indicators, those left by a new lead organisation included."""
    known = [
        f"select indicator_key, organisation_key from {table} where indicator_key in ({indicators})"
        for table in ("measurements", "targets", "verdicts")
    ]
    return [*known, f"{_LED} and i.indicator_key in ({indicators})"]


def _moved(seq: int) -> list[str]:
    """Keys of the organisations of a load, and of all that were or are above them."""
    changed = f"select organisation_key from organisations where load_seq = {seq}"
    above = (
        "with recursive up as ("
        f"select organisation_id from organisations where load_seq = {seq} union"
        " select o.parent_id from organisations o join up using (organisation_id))"
        " select organisation_key from organisations where organisation_id in (from up)"
    )
    known = [
        f"select indicator_key, organisation_key from {table} where organisation_key in ({keys})"
        for table, keys in (("measurements", changed), ("targets", changed), ("verdicts", above))
    ]
    return [*known, f"{_LED} and o.organisation_key in ({changed})"]


def touched_organisations(duck: duckdb.DuckDBPyConnection, seq: int) -> frozenset[str]:
    """Organisations of the touched keys and of the rows of this load, with all their ancestors."""
    rows = duck.execute(
        "with recursive named as ("
        " select organisation_id from organisations where superseded_seq is null"
        " and organisation_key in (select organisation_key from touched)"
        f" union select organisation_id from organisations where load_seq = {seq}"
        f" union select organisation_id from blockers where load_seq = {seq}"
        f" union select organisation_id from posts where seq = {seq}"
        f" union select organisation_id from actions where load_seq = {seq}"
        f" union select organisation_id from plans where load_seq = {seq}),"
        " up as (select organisation_id from named union"
        " select o.parent_id from organisations o join up on o.organisation_id = up.organisation_id"
        " where o.superseded_seq is null and o.parent_id is not null)"
        " select organisation_id from up"
    ).fetchall()
    return frozenset(row[0] for row in rows)


def _withdraw(
    connection: sa.Connection, event: Event, locate: Locate, today: date
) -> frozenset[str]:
    duck = native(connection)
    load_seq = int(event.payload["load_seq"])
    connection.execute(
        tables.loads.update()
        .where(tables.loads.c.load_seq == load_seq)
        .values(state="withdrawn", withdrawn_seq=event.seq)
    )
    await_again(connection, load_seq)
    add_reason(connection, event, "withdrawn")
    for subject in event.payload["subjects"]:
        withdraw_versions(duck, subject, load_seq, event.seq)
        _restate(duck, subject, "withdrawn_keys", event, locate)
    touch_load(duck, load_seq, event.payload["subjects"])
    judge_touched(duck, today)
    return touched_organisations(duck, load_seq)


def _restate(
    duck: duckdb.DuckDBPyConnection, subject: str, keys: str, event: Event, locate: Locate
) -> None:
    """Say again of the keys in the table ``keys`` what other loads said and had no need to keep."""
    told = [again for again in event.payload.get("again", ()) if again["subject"] == subject]
    if not told:
        return
    duck.execute(f"create or replace temp table restated_keys as select * from {keys}")
    for again in told:
        published = _moment(again["published_at"])
        restate_versions(duck, subject, _rows(again, locate), again["load_seq"], published)


def _rows(told: dict[str, Any], locate: Locate) -> StagedRows:
    return StagedRows(locate(told["rows_sha256"]), told["mask"], told.get("first_line"))


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=None)


_COPIED = (
    "load_id",
    "file_name",
    "sha256",
    "size_bytes",
    "profile",
    "policy",
    "encoding",
    "delimiter",
    "organisation_id",
    "way_in",
    "rows_read",
    "rows_refused",
    "held_seq",
)


def _add_load(
    connection: sa.Connection, event: Event, state: str, counts: tuple[int, int, int]
) -> None:
    payload = event.payload
    new, changed, unchanged = counts
    connection.execute(
        tables.loads.insert().values(
            load_seq=event.seq,
            state=state,
            subject=", ".join(s["subject"] for s in payload["subjects"]) or None,
            author=event.author,
            received_at=_moment(payload["received_at"]),
            published_at=_moment(payload["published_at"]),
            rows_new=new,
            rows_changed=changed,
            rows_unchanged=unchanged,
            **{name: payload.get(name) for name in _COPIED},
        )
    )


def _add_problems(connection: sa.Connection, event: Event, locate: Locate) -> None:
    sha256 = event.payload.get("problems_sha256")
    if sha256:
        native(connection).execute(
            f"insert into problems select {event.seq}, load_file, line, column_letter, column_name,"
            f" code, severity, found, detail from read_parquet('{locate(sha256)}')"
        )


def _step(connection: sa.Connection, event: Event, today: date) -> frozenset[str]:
    """A change of level decided: the key is judged anew."""
    add_step(connection, event)
    duck = native(connection)
    judge_touched(duck, today)
    return touched_organisations(duck, event.seq)


def _followed(connection: sa.Connection, event: Event) -> frozenset[str]:
    """What people do and write touches its organisation and those above; no verdict."""
    _FOLLOWED[event.kind](connection, event)
    duck = native(connection)
    duck.execute(
        "create or replace temp table touched (indicator_key integer, organisation_key integer)"
    )
    return touched_organisations(duck, event.seq)


def reference_version(connection: sa.Connection) -> int:
    """Sequence of the last event that changed what a file may say: references, closed periods."""
    subject = tables.loads.c.subject
    asked = sa.select(
        sa.func.max(sa.func.coalesce(tables.loads.c.withdrawn_seq, tables.loads.c.load_seq))
    ).where(
        sa.or_(*(subject.contains(name) for name in _REFERENCE_SUBJECTS)),
        tables.loads.c.state != "refused",
    )
    closed = connection.execute(sa.select(sa.func.max(closings.c.seq))).scalar() or 0
    return max(connection.execute(asked).scalar() or 0, closed)


__all__ = [
    "SCHEMA_VERSION",
    "before_rehearsal",
    "open_projection",
    "project",
    "reference_version",
    "touch_load",
]
