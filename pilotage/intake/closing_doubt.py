"""Values of a closed period: a revision that says why, in its comment, or a refused row."""

from datetime import UTC, datetime, time, timedelta

import duckdb

from pilotage.domain.period import GOVERNMENT_ZONE, PeriodKind
from pilotage.intake.report import Staged
from pilotage.store.version import StagedRows

_COLUMNS = ("value", "state", "comment", "value_text", "published_at", "load_file")
_SAID = ("value", "state", "value_text")

# The latest day closed by an organisation or by one above it.
_CLOSED = """
    create or replace temp table closed as
    with recursive last as (
        select organisation_id, arg_max_null(through, seq) as through from closings group by all
    ),
    up as (
        select organisation_key, organisation_id, parent_id from organisations
        where superseded_seq is null
        union
        select u.organisation_key, o.organisation_id, o.parent_id
        from up u join organisations o on o.organisation_id = u.parent_id
        where o.superseded_seq is null
    )
    select u.organisation_key, max(l.through) as through
    from up u join last l using (organisation_id)
    where l.through is not null group by all
"""
# Hours are kept in UTC, longer periods as local midnights.
_UNTIL = """
    create or replace temp table closed as
    select c.*, u.until_utc from closed c
    join (select unnest($days) as through, unnest($ends) as until_utc) u using (through)
"""
_DIFFERS = " or ".join(f"i.{name} is distinct from m.{name}" for name in _SAID)
_TOLD = f"""
    insert into doubts
    select row_no, load_file, line, $letter, $label,
        if(is_said, 'closed-revision', 'closed-period'), if(is_said, 'notice', 'error'),
        null, json_object('through', through)
    from (
        select i.file_row_number as row_no, i.load_file, i.load_line as line,
            strftime(c.through, '%Y-%m-%d') as through,
            nullif(trim(coalesce(i.comment, '')), '') is not null
                and i.comment is distinct from m.comment as is_said
        from {{rows}} i
        join closed c on c.organisation_key = i.organisation_key
            and i.period_end <= if(i.period_kind = $hour, c.until_utc, c.through + interval 1 day)
        left join measurements m on m.indicator_key = i.indicator_key
            and m.organisation_key = i.organisation_key
            and m.period_start = i.period_start and m.period_end = i.period_end
            and m.superseded_seq is null
        where coalesce(i.published_at::timestamp >= m.published_at, true)
            and (m.indicator_key is null or {_DIFFERS})
    )
"""


def doubt_closed(duck: duckdb.DuckDBPyConnection, staged: Staged) -> None:
    """Fill ``doubts``; nothing when no period is closed."""
    duck.execute(_CLOSED)
    days = [day for (day,) in duck.execute("select distinct through from closed").fetchall()]
    if not days:
        return
    ends = [
        datetime.combine(day + timedelta(days=1), time(), GOVERNMENT_ZONE).astimezone(UTC)
        for day in days
    ]
    duck.execute(_UNTIL, {"days": days, "ends": [end.replace(tzinfo=None) for end in ends]})
    scan = StagedRows(staged.path, staged.mask, staged.first_line).scan
    names = {row[0] for row in duck.execute(f"describe select * from {scan}").fetchall()}
    absent = "".join(f", null as {name}" for name in _COLUMNS if name not in names)
    letter, label = staged.labels.get("periode", ("", "periode"))
    rows = f"(select *{absent} from {scan})"
    given = {"letter": letter, "label": label, "hour": int(PeriodKind.HOUR)}
    duck.execute(_TOLD.format(rows=rows), given)
